from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from mkt_lint import AnyOf, F, Field, Message, Period, Rows, RuleOptions, Table, TableRule, option
from mkt_lint_crm.references import CPCE_L34_5, GDPR_OBJECTION

_MARKETING = "marketing|campaign|campagne|newsletter|mailing|prospect|commercial"
"""Headers of columns that hold no message but advertising."""

_WHY = "Who objects to direct marketing may not be contacted for it any more (GDPR article 21(3), CPCE article L34-5)."
_WAY_OUT = "Find out why the opposition did not reach the tool that sent, and put all of them on its suppression list."


class ContactedAfterOptOut(TableRule):
    """People who were contacted after they opted out.

    ## Why

    Everyone may object to direct marketing at any time, and their data may then no longer be used for it (GDPR
    article 21(2) and (3)). The text grants no period; large mailbox providers give bulk senders two days, and so
    does this rule before it says more than a note.

    An opposition to calls is compared with the last call, any other with the last message. It is an error where
    that was advertising: the header says so, or the record is a prospect's, whom nothing else is sent to. Otherwise
    it may have been a receipt.

    ## Examples

    ```csv bad
    email,unsubscribed at,last campaign date
    jeanne@example.com,2026-03-12,2026-05-02
    ```

    ```csv good
    email,unsubscribed at,last campaign date,consent date,consent
    jeanne@example.com,2026-03-12,2026-03-11,,
    paul@example.com,2026-03-12,2026-05-02,2026-04-20,yes
    ```

    ## Options

    `tolerance`: how long after the opposition a message may still have been under way.

    ## When not to use it

    Where the column holds receipts and other messages that are no advertising. Left out by themselves: people who
    consented again later, and those whom a column says not to be opted out.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_OBJECTION, CPCE_L34_5)
    about = (AnyOf(F.OPTED_OUT, F.OPT_OUT_AT, F.DO_NOT_CALL, F.DO_NOT_CALL_AT),)
    needs = (AnyOf(F.OPT_OUT_AT, F.DO_NOT_CALL_AT), AnyOf(F.LAST_OUTBOUND_AT, F.LAST_CALL_AT))
    messages = {
        "advertised": Message(
            "Records of people who were sent advertising, or called, after they opted out, in {column}: {count}.",
            _WHY,
            _WAY_OUT,
            "error",
        ),
        "contacted": Message(
            "Records of people who were contacted after they opted out, in {column}: {count}.",
            _WHY,
            f"{_WAY_OUT} Receipts and answers are no advertising.",
        ),
        "under-way": Message(
            "Records of people who were contacted within days after they opted out, in {column}: {count}.",
            _WHY,
            "See to it that oppositions are known before the next message goes out.",
            "note",
        ),
    }

    class Options(RuleOptions):
        tolerance: Period = option(Period("2d"), "A message so long after the opposition may have been under way.")

    options: Options

    def check(self, table: Table) -> Iterator[Rows]:
        prospect = (table.value(F.STATUS) == "prospect").fill_null(False) & table.is_prospect
        mailed = [column.identity for column in table.columns if column.field == F.LAST_OUTBOUND_AT]
        if table.has(F.OPT_OUT_AT, F.LAST_OUTBOUND_AT):
            out = table.flag(F.OPTED_OUT).fill_null(~table.flag(F.CONSENT_STATUS).fill_null(False))
            advertising = pl.lit(all(re.search(_MARKETING, header) for header in mailed)) | prospect
            yield from self._after(table, (F.OPT_OUT_AT, F.LAST_OUTBOUND_AT, F.CONSENT_DATE), out, advertising)
        if table.has(F.DO_NOT_CALL_AT, F.LAST_CALL_AT):
            out = table.flag(F.DO_NOT_CALL).fill_null(~table.flag(F.PHONE_CONSENT).fill_null(False))
            yield from self._after(table, (F.DO_NOT_CALL_AT, F.LAST_CALL_AT, F.PHONE_CONSENT_AT), out, prospect)

    def _after(
        self, table: Table, fields: tuple[Field, Field, Field], out: pl.Expr, advertising: pl.Expr
    ) -> Iterator[Rows]:
        opposed, sent, consented = (table.date(field) for field in fields)
        number, unit = self.options.tolerance[:-1], {"d": "d", "m": "mo", "y": "y"}[self.options.tolerance[-1]]
        late = sent > opposed.dt.offset_by(f"{number}{unit}")
        after = out & ~(consented > opposed).fill_null(False) & (sent > opposed)
        at = (fields[1],)
        yield Rows(after & late & advertising, at=at, message="advertised")
        yield Rows(after & late & ~advertising, at=at, message="contacted")
        yield Rows(after & ~late, at=at, message="under-way")
