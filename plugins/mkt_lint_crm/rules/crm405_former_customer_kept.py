from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import AnyOf, F, Message, Period, Rows, RuleOptions, Table, TableRule, option
from mkt_lint_crm.references import CNIL_FRAMEWORK, GDPR_STORAGE

_ENDS = (F.LAST_ORDER_AT, F.CONTRACT_END_AT)
_SIGNS = (
    F.CONSENT_DATE, F.LAST_CONTACT_AT, F.LAST_CLICK_AT, F.LAST_LOGIN_AT, F.LAST_ACTIVITY_AT, F.COLLECTED_AT,
    F.CREATED_AT,
)  # fmt: skip


class FormerCustomerKept(TableRule):
    """Customers kept for longer than three years after their last order, contract or contact.

    ## Why

    Personal data may be kept no longer than its purpose needs (GDPR article 5(1)(e)). To advertise to customers, the
    CNIL's reference (deliberation 2021-131 of 23 September 2021) is three years after the end of the relation. It is a
    reference value, not a binding norm: a controller may justify another period, and laws ask to keep invoices and
    contracts for longer, apart from marketing.

    ## Examples

    ```csv bad
    email,status,last order date
    jeanne@example.com,customer,2021-03-12
    ```

    ```csv good
    email,status,last order date,contract end date
    jeanne@example.com,customer,2025-03-12,
    paul@example.com,customer,2021-03-12,2027-03-11
    ```

    ## Options

    `max-age`: the retention period of your own register, where you have documented another one.

    ## When not to use it

    On files that are kept for accounts, guarantees or disputes. Left out by themselves: customers with a contract that
    runs, with any sign of life since, and people who opted out.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (GDPR_STORAGE, CNIL_FRAMEWORK)
    about = (AnyOf(*_ENDS),)
    messages: ClassVar = {
        "kept": Message(
            what="Records of customers that show no order, contract or contact since {cutoff}: {count}.",
            why="This exceeds the CNIL's reference of three years after the end of the relation, under GDPR article "
            "5(1)(e).",
            todo="Take them off mailing lists, and keep apart what the law asks to keep. "
            "Where a longer period is justified, document it and set max-age.",
            severity="note",
        ),
    }

    class Options(RuleOptions):
        max_age: Period = option(Period("3y"), "Kept at most this long after the end of the relation.")

    options: Options

    def check(self, table: Table) -> Iterator[Rows]:
        cutoff = self.options.max_age.before(table.as_of)
        ended = pl.max_horizontal(table.date(F.LAST_ORDER_AT), table.date(F.CONTRACT_END_AT, future=True))
        alive = pl.max_horizontal(table.date(field) for field in _SIGNS) >= cutoff
        former = ~table.is_prospect & ~table.lists(F.STATUS, "other") & ~table.has_current_contract
        kept = former & (ended < cutoff) & ~alive.fill_null(False) & ~table.flag(F.OPTED_OUT).fill_null(False)
        yield Rows(kept, at=_ENDS, message="kept", cutoff=cutoff)
