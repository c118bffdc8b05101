from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import F, Message, Period, Rows, RuleOptions, Table, TableRule, option
from mkt_lint_crm.references import CNIL_FRAMEWORK, GDPR_STORAGE


class AccountInactive(TableRule):
    """Online accounts that nobody has used for two years.

    ## Why

    Personal data may be kept no longer than its purpose needs (GDPR article 5(1)(e)). For online accounts the CNIL's
    reference (deliberation 2021-131 of 23 September 2021) is two years without activity of the user; then the person
    is told, and the account deleted unless they answer. It is a reference value, not a binding norm.

    Activity is the last sign-in, a click, an order or a message from the person.

    ## Examples

    ```csv bad
    email,last login
    jeanne@example.com,2023-03-12
    ```

    ```csv good
    email,last login,last order date
    jeanne@example.com,2023-03-12,2025-06-01
    ```

    ## Options

    `max-age`: another period, where you have documented it.

    ## When not to use it

    On accounts that a contract or a paid subscription keeps alive; where the file says so, they are left out by
    themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (GDPR_STORAGE, CNIL_FRAMEWORK)
    about = (F.LAST_LOGIN_AT,)
    messages: ClassVar = {
        "inactive": Message(
            what="Accounts without activity since {cutoff}: {count}.",
            why="This exceeds the CNIL's reference of two years, under GDPR article 5(1)(e).",
            todo="Tell these people that their account will be deleted, and delete it unless they answer. "
            "Where a longer period is justified, document it and set max-age.",
            severity="note",
        ),
    }

    class Options(RuleOptions):
        max_age: Period = option(Period("2y"), "Kept at most this long after the last activity.")

    options: Options

    def check(self, table: Table) -> Iterator[Rows]:
        cutoff = self.options.max_age.before(table.as_of)
        others = (F.LAST_CLICK_AT, F.LAST_ORDER_AT, F.LAST_CONTACT_AT)
        seen = table.date(F.LAST_LOGIN_AT)
        last = pl.max_horizontal(seen, *(table.date(field) for field in others))
        inactive = seen.is_not_null() & (last < cutoff) & ~table.has_current_contract
        yield Rows(inactive, at=(F.LAST_LOGIN_AT,), message="inactive", cutoff=cutoff)
