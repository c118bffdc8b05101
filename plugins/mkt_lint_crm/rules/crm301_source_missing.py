from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions, origins
from mkt_lint_crm.exemptions import CONTACT
from mkt_lint_crm.references import GDPR_ACCOUNTABILITY, GDPR_INFORMATION

_ORIGINS = (F.SOURCE, F.SOURCE_URL, F.SOURCE_BROKER, F.CONSENT_SOURCE, F.SOURCE_CONTRACT)
_WHY = (
    "Who does not know where data come from cannot tell people, who have a right to know (GDPR articles 14(2)(f) and "
    "15(1)(g)), nor show that they may be used (article 5(2))."
)


class SourceMissing(TableRule):
    """Contacts whose origin nobody recorded.

    ## Why

    People must be told where their data come from if they did not give them themselves (GDPR article 14(2)(f)), and
    whenever they ask (article 15(1)(g)). The controller must be able to show that data were collected lawfully (article
    5(2)); that begins with knowing where.

    ## Examples

    ```csv bad
    email,status,lead source
    jeanne@example.com,prospect,
    ```

    ```csv good
    email,status,lead source
    jeanne@example.com,prospect,Trade fair 2026
    paul@example.com,customer,
    contact@example.com,prospect,
    luc@example.com,prospect,Manual entry
    ```

    ## When not to use it

    Where the origin is kept in another table. Left out by themselves: customers, people who opted out, addresses of
    a function without a name, and records that name a page, or the form that consent was given on. A source that
    only says how the record came into the system, such as "import", makes a note.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_INFORMATION, GDPR_ACCOUNTABILITY)
    needs = (AnyOf(F.SOURCE, F.SOURCE_BROKER, F.SOURCE_CONTRACT),)
    spares = ((F.OPTED_OUT, "yes"),)
    messages = {
        "missing": Message(
            what="Records without a source: {count}.",
            why=_WHY,
            todo="Find out where they come from and record it; delete those whose origin nobody knows.",
            severity="warning",
        ),
        "vague": Message(
            what="Records whose {column} says how they came into the system, not where they are from: {count}.",
            why=_WHY,
            todo="Record what was imported: the form, the event, the seller of the list.",
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        kept = table.is_prospect & ~exemptions.is_opted_out(table) & ~exemptions.is_generic(table)
        at = (*_ORIGINS, *CONTACT)
        yield Rows(kept & exemptions.is_blank(table, *_ORIGINS), at=at, message="missing")
        if table.has(F.SOURCE):
            further = exemptions.is_blank(table, *_ORIGINS[1:])
            yield Rows(kept & further & origins.is_vague(table), at=(F.SOURCE,), message="vague")
