from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions
from mkt_lint_crm.references import CPCE_L34_5, GDPR_LAWFULNESS, UWG_7

_AT = (F.LAWFUL_BASIS, F.EMAIL)
_WHY = (
    "Without consent the CNIL accepts e-mails only to people at work, about something that their profession has to do "
    "with, who were told and can object (CPCE article L34-5, GDPR article 6(1)(f))."
)
_WAY_OUT = "Record the company and the job title that the offer has to do with, or ask for consent."
_ASK = "Ask for consent by another way than e-mail, or stop mailing them."


class B2bBasisWeak(TableRule):
    """People who are mailed on the basis of a legitimate interest, though nothing shows a profession.

    ## Why

    Legitimate interest (GDPR article 6(1)(f)) carries e-mails to people at work where the message has to do with
    their profession, they were informed and can object; all others must have consented (CPCE article L34-5). The
    CNIL fined Nestor 20,000 euros on 8 December 2020 (SAN-2020-018): office lunches have nothing to do with the
    profession of those who eat them. German law (UWG, section 7) and Italian law (Codice privacy, article 130) ask
    for consent of professionals too.

    ## Examples

    ```csv bad
    email,legal basis,company,job title
    jeanne@example.com,Legitimate interest,,
    ```

    ```csv bad
    email,legal basis,company,job title
    paul.durand@orange.fr,Legitimate interest,Example SA,
    ```

    ```csv good
    email,legal basis,company,job title
    jeanne@example.com,Legitimate interest,Example SA,Buyer
    paul.durand@orange.fr,Legitimate interest,Durand,Plombier indépendant
    contact@example.com,Legitimate interest,,
    ```

    ## When not to use it

    Where companies and job titles are kept in another table. People who work for themselves often have an address with
    a private provider: those whose record names both a company and a job title, or says so, are left out.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (CPCE_L34_5, GDPR_LAWFULNESS, UWG_7)
    about = (F.EMAIL, F.LAWFUL_BASIS)
    needs = (AnyOf(F.COMPANY, F.JOB_TITLE),)
    messages = {
        "no-profession": Message(
            "Records with the basis legitimate interest, without company and job title: {count}.", _WHY, _WAY_OUT
        ),
        "private-address": Message(
            "Records with the basis legitimate interest and the address of a private mail provider: {count}.",
            _WHY,
            _WAY_OUT,
        ),
        "consumers": Message(
            "Records of consumers with the basis legitimate interest: {count}.",
            "Consumers may be sent advertising by e-mail only after they consented, unless they are customers "
            "(CPCE article L34-5).",
            _ASK,
        ),
        "elsewhere": Message(
            "Records of people in Germany or Italy with the basis legitimate interest: {count}.",
            "There professionals too may be sent advertising by e-mail only after they consented (UWG, section "
            "7(2); Codice privacy, article 130).",
            _ASK,
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        relied_on = (
            table.lists(F.LAWFUL_BASIS, "legitimate_interest")
            & ~table.lists(F.LAWFUL_BASIS, "consent")
            & ~table.flag(F.CONSENT_STATUS).fill_null(False)
            & table.is_prospect
            & ~exemptions.is_opted_out(table)
            & exemptions.has_personal_address(table)
            & exemptions.is_under(table, self.jurisdictions)
        )
        elsewhere = exemptions.asks_professionals(table)
        yield Rows(relied_on & elsewhere, at=_AT, message="elsewhere")
        consumer = exemptions.is_known_consumer(table)
        yield Rows(relied_on & ~elsewhere & consumer, at=_AT, message="consumers")
        rest = relied_on & ~elsewhere & ~consumer & ~(table.value(F.CONTACT_TYPE) == "professional").fill_null(False)
        profession = exemptions.has_profession(table)
        yield Rows(rest & ~profession, at=_AT, message="no-profession")
        yield Rows(rest & profession & ~exemptions.is_professional(table), at=_AT, message="private-address")
