from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import polars as pl

from mkt_lint import AnyOf, F, Groups, Message, Rows, RuleOptions, Table, TableCheck, TableRule, option
from mkt_lint_crm import exemptions
from mkt_lint_crm.exemptions import CONTACT
from mkt_lint_crm.references import CPCE_L34_5, GDPR_OBJECTION

_WHY = "Who objects to direct marketing may not be contacted for it any more (GDPR article 21(3), CPCE article L34-5)."


def _message(which: str, todo: str, severity: Literal["warning", "note"] = "warning") -> Message:
    return Message(f"Records {which}: {{count}}.", _WHY, todo, severity)


class OptedOutStillActive(TableRule):
    """People who opted out and are still marked as subscribed, here or in another record.

    ## Why

    An opposition holds for the person, not for the record in which it was noted (GDPR article 21(3)). Whoever is
    opted out in one record and active in another is mailed again with the next campaign; and a record that says both
    consent and opposition is mailed by whatever tool reads the consent alone.

    Records are compared by their e-mail address, without case, and, but for professionals, who share switchboards, by
    the last nine digits of their telephone number.

    ## Examples

    ```csv bad
    email,unsubscribed
    jeanne@example.com,yes
    Jeanne@example.com,no
    ```

    ```csv bad
    email,consent,unsubscribed
    jeanne@example.com,yes,yes
    ```

    ```csv good
    email,consent,consent date,unsubscribed,unsubscribed at
    jeanne@example.com,yes,2026-04-20,yes,2026-03-12
    paul@example.com,no,,yes,2026-03-12
    luc@example.com,yes,2026-04-20,no,
    ```

    ## Options

    `other-records`: turn it off where people share addresses, as families do; it then costs no memory for each record.

    ## When not to use it

    Where the platform that the file comes from goes by the opposition alone, as most do, and no other tool reads the
    consent; within one record it is therefore a note. A consent that is dated later than the opposition of the same
    record is left out; in another record it makes a note.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_OBJECTION, CPCE_L34_5)
    needs = (AnyOf(F.OPTED_OUT, F.OPT_OUT_AT, F.DO_NOT_CALL, F.SMS_OPTED_OUT),)
    messages = {
        "both": _message(
            "of people who opted out, and whose {column} still says yes",
            "Set the consent to withdrawn wherever it is kept.",
            "note",
        ),
        "channel": _message(
            "of people who opted out of calls or texts, and whose {column} still says yes",
            "Set the consent to them to withdrawn wherever it is kept.",
            "note",
        ),
        "number": _message(
            "with a telephone number that another record says not to call",
            "Mark every record of these people as not to be called, and merge their records.",
        ),
        "elsewhere": _message(
            "that are active, with an address that opted out in another record",
            "Mark every record of these people as opted out, and merge their records.",
        ),
        "consented-elsewhere": _message(
            "with a dated consent, and an address that opted out in another record",
            "Where the opposition is the later of the two, mark every record of the person as opted out.",
            "note",
        ),
    }

    class Options(RuleOptions):
        other_records: bool = option(True, "Whether to look for the person in other records too.")

    options: Options

    def check(self, table: Table) -> Iterator[TableCheck]:
        consented = table.flag(F.CONSENT_STATUS).fill_null(False)
        if table.column(F.CONSENT_STATUS):
            again = (table.date(F.CONSENT_DATE) > table.date(F.OPT_OUT_AT)).fill_null(False)
            both = table.flag(F.OPTED_OUT).fill_null(False) & consented & ~again
            yield Rows(both, at=(F.CONSENT_STATUS,), message="both")
        for opposition, consent in ((F.DO_NOT_CALL, F.PHONE_CONSENT), (F.SMS_OPTED_OUT, F.SMS_CONSENT)):
            if table.has(opposition) and table.column(consent):
                both = table.flag(opposition).fill_null(False) & table.flag(consent).fill_null(False)
                yield Rows(both, at=(consent,), message="channel")
        if self.options.other_records:
            yield from self._in_other_records(table, consented)

    def _in_other_records(self, table: Table, consented: pl.Expr) -> Iterator[Groups]:
        opted_out = exemptions.is_opted_out(table).fill_null(False)
        if table.has(F.DO_NOT_CALL, F.PHONE):
            number = table.text(F.PHONE).str.replace_all(r"\D", "").str.tail(9)
            kept = table.flag(F.DO_NOT_CALL).fill_null(False)
            callable_ = ~kept & ~exemptions.is_professional(table)
            yield Groups(number, where=callable_, others=kept, at=(F.PHONE,), message="number")
        if table.has(F.EMAIL) and (table.has(F.OPTED_OUT) or table.has(F.OPT_OUT_AT)):
            key = table.text(F.EMAIL).str.to_lowercase()
            dated = consented & ~exemptions.is_blank(table, F.CONSENT_DATE)
            yield Groups(key, where=~opted_out & ~dated, message="elsewhere", others=opted_out, at=CONTACT)
            yield Groups(key, where=~opted_out & dated, message="consented-elsewhere", others=opted_out, at=CONTACT)
