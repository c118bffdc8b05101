from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.forms import collecting_forms
from mkt_lint_email.includes import unread
from mkt_lint_email.information import tells
from mkt_lint_email.language import message_language
from mkt_lint_email.references import L223_2


class PhoneFormNoticeMissing(TemplateRule):
    """French form that asks for a telephone number and does not say that calls need consent.

    ## Why

    Since 11 August 2026 nobody may call a French consumer to sell without prior consent (code de la consommation,
    article L223-1), and whoever collects a consumer's telephone number says so on that occasion (article L223-2).

    The rule looks at forms on pages in French that ask for a telephone number and for no company, unless `audience` is
    `professionals` in the configuration. It looks on the whole page for words about calls and consent to them
    (“démarchage téléphonique”, “accord pour être appelé”).

    ## Examples

    ```html bad
    <html lang="fr"><body><nav>Acme</nav><main>
    <p>Demandez un devis pour votre cuisine, nous vous répondons dans la journée.</p>
    <form action="/devis"><input type="tel" name="telephone"><button>Demander un devis</button></form>
    <a href="/confidentialite">Confidentialité</a>
    </main></body></html>
    ```

    ```html good
    <html lang="fr"><body><nav>Acme</nav><main>
    <p>Demandez un devis pour votre cuisine, nous vous répondons dans la journée.</p>
    <form action="/devis"><input type="tel" name="telephone"><button>Demander un devis</button></form>
    <p>Le démarchage téléphonique est interdit sans votre consentement préalable.</p>
    <a href="/confidentialite">Confidentialité</a>
    </main></body></html>
    ```

    ## When not to use it

    If the form is for companies alone, set `audience = "professionals"` for it in an override of the configuration.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (L223_2,)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL, Purpose.PAGE})
    messages = {
        "missing": Message(
            what="This form asks for a telephone number and does not say that calls to sell need consent.",
            why="A consumer whose number is collected is told so (code de la consommation, article L223-2).",
            todo="Add a sentence on it beside the field.",
            severity="warning",
        ),
        "include": Message(
            what="This form says nothing of consent to calls, and its page includes {name}, which {problem}.",
            why="Whether it is said cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if template.config.audience == "professionals":
            return
        forms = [form for form in collecting_forms(template) if form.phone is not None and not form.for_companies]
        if not forms or tells(template, "calls") or not _is_french(template):
            return
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
            return
        for form in forms:
            if form.phone is not None:
                yield self.finding("missing", at=form.phone)


def _is_french(template: Template) -> bool:
    said = message_language(template)
    lang = next((element.get("lang") or "" for element in template.elements if element.tag == "html"), "")
    return said == "fr" or (said is None and lang.lower().startswith("fr"))
