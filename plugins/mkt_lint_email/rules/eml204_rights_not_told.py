from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.includes import unread
from mkt_lint_email.information import is_first_touch, tells
from mkt_lint_email.references import GDPR_14, GDPR_21, WP260


class RightsNotTold(TemplateRule):
    """First message to a contact that does not tell the person's rights.

    ## Why

    Whoever did not get the data from the person tells that person of the rights of access, rectification, erasure and
    objection (GDPR article 14(2)(c)); the right to object is told at the latest in the first message, apart from other
    information (article 21(4)). A link to a notice carries the details, but the rights belong to the first layer
    (WP260 rev.01).

    The rule looks at the templates under `templates.first-touch` in the configuration alone. It looks for words about
    rights, in eight languages; the words of an unsubscribe link are none of them.

    ## Examples

    With these templates under `templates.first-touch`:

    ```html bad {templates = {first-touch = ["*.html"]}}
    <html><body>
    <p>Hello, our tool could help your team. We found your address in the trade register.</p>
    </body></html>
    ```

    ```html good {templates = {first-touch = ["*.html"]}}
    <html><body>
    <p>Hello, our tool could help your team. We found your address in the trade register.</p>
    <p>You have the right of access, and to object, at any time: dpo@acme.fr.</p>
    </body></html>
    ```

    ## When not to use it

    If the addresses come from the people themselves, the template does not belong under `templates.first-touch`.
    """

    confidence = "low"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_14, GDPR_21, WP260)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL})
    messages = {
        "missing": Message(
            what="This first message does not tell people their rights.",
            why="People whose data came from elsewhere are told now at the latest (GDPR articles 14(2)(c) and 21(4)).",
            todo="Add a sentence on access, erasure and objection, and whom to write to.",
            severity="note",
        ),
        "include": Message(
            what="This first message does not tell people their rights, and includes {name}, which {problem}.",
            why="Whether it is told cannot be known without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if not is_first_touch(template) or tells(template, "rights"):
            return
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
        else:
            yield self.finding("missing", at=template.body_span)
