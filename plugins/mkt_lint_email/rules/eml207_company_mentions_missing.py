from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.includes import unread
from mkt_lint_email.information import names_company
from mkt_lint_email.language import message_language
from mkt_lint_email.references import R123_237


class CompanyMentionsMissing(TemplateRule):
    """French advertising message without the company's registration.

    ## Why

    Whoever is in the French register of commerce names, on commercial documents, advertisements and correspondence, the
    company's number (SIREN), “RCS” with the place of the registry, and the seat (code de commerce, article R123-237).
    The place in the document and the size are free, as long as it can be read.

    The rule looks at messages that are written in French, and for the words (RCS, SIREN, SIRET), for a number of nine
    digits in groups of three, and for variables that are named like them. It is a note: no file says whether the sender
    is in the register. Associations and sole traders that say so are passed over.

    ## Examples

    ```html bad
    <html><body>
    <p>Notre nouvelle collection est en ligne : profitez de 20 % de remise sur toutes les robes dans notre boutique.</p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Notre nouvelle collection est en ligne : profitez de 20 % de remise sur toutes les robes dans notre boutique.</p>
    <p>Acme SAS, 12 rue du Bac, 75007 Paris, 123 456 789 RCS Paris</p>
    </body></html>
    ```

    ## When not to use it

    If the sender is in no French register, put the rule under `ignore` in the configuration.
    """

    confidence = "low"
    jurisdictions = frozenset({"FR"})
    references = (R123_237,)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        "missing": Message(
            what="This French advertising message does not name the company's registration.",
            why="Companies in the register name their SIREN, “RCS” and its place (code de commerce, article R123-237).",
            todo="Add them to the footer, if the sender is in the register of commerce.",
            severity="note",
        ),
        "include": Message(
            what="This message does not name the company's registration, and includes {name}, which {problem}.",
            why="Whether the registration is named cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if message_language(template) != "fr" or names_company(template):
            return
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
        else:
            yield self.finding("missing", at=template.body_span)
