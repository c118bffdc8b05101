from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions
from mkt_lint_crm.exemptions import CONTACT
from mkt_lint_crm.references import CPCE_L34_5, EPRIVACY_13, GDPR_CONSENT, PECR_22, UWG_7

_WHY = (
    "A person may be sent advertising by e-mail only after they consented, unless they are a customer or are addressed "
    "in their profession (directive 2002/58 article 13; in France CPCE article L34-5)."
)
_WAY_OUT = (
    "Take them off every mailing list. Where they are customers or are addressed in their profession, record that: "
    "their status, their company and job title, the lawful basis."
)
_WORDS = (F.CONSENT_STATUS, F.CONSENT_DATE, F.SUBSCRIPTION, F.DOUBLE_OPT_IN)


class ConsentMissing(TableRule):
    """People with a personal address who have not consented to e-mails, and whom nothing exempts.

    ## Why

    Article L34-5 of the French code of posts and electronic communications (CPCE), directive 2002/58 (article 13)
    and, in the United Kingdom, regulation 22 of PECR forbid advertising by e-mail to a natural person who has not
    consented beforehand. Exempt are customers, for products like those they bought, and, but for Germany (UWG,
    section 7) and Italy, people who are addressed in their profession.

    It is an error where the consent says no and the record excludes every exemption: its status is prospect, and it
    is a consumer's, by its type, by the audience in the configuration, or by a private address without company and
    job title; or the country is Germany.

    ## Examples

    ```csv bad
    email,company,status,consent
    jeanne.martin@gmail.com,,prospect,no
    ```

    ```csv bad
    email,consent
    jeanne.martin@example.com,
    ```

    ```csv good
    email,company,status,consent
    jeanne.martin@gmail.com,,prospect,yes
    paul@example.com,,customer,no
    luc@example.com,Example SA,prospect,
    contact@example.com,,prospect,
    ```

    ## When not to use it

    On lists that nobody is mailed from. Left out by themselves: customers, partners and suppliers, records with a
    company or job title and no private address, addresses of a function such as contact@, people who opted out, and
    countries whose law the configuration does not name. A charity that asks for gifts is not bound by L34-5.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (CPCE_L34_5, EPRIVACY_13, GDPR_CONSENT, PECR_22, UWG_7)
    about = (F.EMAIL,)
    needs = (AnyOf(F.CONSENT_STATUS, F.CONSENT_DATE, F.LAWFUL_BASIS),)
    spares = ((F.OPTED_OUT, "yes"),)
    messages = {
        "refused-known": Message(
            "Records of prospects who did not consent, by the file's own word, and are not exempt: {count}.",
            _WHY,
            "Take them off every mailing list, and delete them if nothing else needs them.",
            "error",
        ),
        "refused": Message(
            "Records of people who did not consent, by the file's own word, and show no exemption: {count}.",
            _WHY,
            _WAY_OUT,
        ),
        "unrecorded": Message(
            "Records without a word on consent that show no exemption either: {count}.", _WHY, _WAY_OUT
        ),
        "no-basis": Message(
            "Records whose {column} is empty, in a file that has no column for consent: {count}.",
            _WHY,
            "Record the basis of each, or export the column for consent as well.",
            "note",
        ),
        "pending": Message(
            "Records whose consent still waits for confirmation: {count}.",
            "Until it is confirmed, it is no consent.",
            "Send them nothing but the request for confirmation, and delete those who do not answer.",
            "note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        said, value = table.flag(F.CONSENT_STATUS), table.value(F.CONSENT_STATUS)
        german = exemptions.is_german(table)
        asked = (
            exemptions.has_personal_address(table)
            & exemptions.needs_consent(table, self.jurisdictions)
            & ~table.lists(F.LAWFUL_BASIS, "consent")
        )
        at = (F.CONSENT_STATUS, F.CONSENT_DATE, F.LAWFUL_BASIS, *CONTACT)
        if table.has(F.CONSENT_STATUS):
            refused = asked & (~said).fill_null(False) & (value == "no").fill_null(False)
            known = exemptions.is_known_prospect(table) & (exemptions.is_known_consumer(table) | german)
            yield Rows(refused & known, at=at, message="refused-known")
            yield Rows(refused & ~known, at=at, message="refused")
            pending = asked & (value == "pending").fill_null(False) & ~said.fill_null(False)
            yield Rows(pending, at=at, message="pending")
        blank = exemptions.is_blank(table, *_WORDS) & said.is_null() & value.is_null()
        silent = asked & blank & ~table.lists(F.LAWFUL_BASIS, "legitimate_interest")
        if table.has(F.CONSENT_STATUS) or table.has(F.CONSENT_DATE):
            yield Rows(silent, at=at, message="unrecorded")
        else:
            unfounded = exemptions.is_blank(table, F.LAWFUL_BASIS) | table.lists(F.LAWFUL_BASIS, "none")
            yield Rows(silent & unfounded, at=at, message="no-basis")
