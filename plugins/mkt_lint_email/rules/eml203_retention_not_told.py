from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.includes import unread
from mkt_lint_email.information import is_first_touch, leads_to_privacy, tells
from mkt_lint_email.references import CNIL_2021_131, GDPR_14, WP260


class RetentionNotTold(TemplateRule):
    """First message to a contact that does not say how long the data are kept.

    ## Why

    Whoever did not get the data from the person tells that person how long they will be kept, or by what that is
    decided (GDPR article 14(2)(a)). The CNIL's framework 2021-131 names three years after the last contact from a
    prospect as a reference. The period may stand in a notice behind a link (WP260 rev.01), so a link to one is enough
    for the rule.

    It looks at the templates under `templates.first-touch` in the configuration alone.

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
    <p>We keep your data for three years at most; write to us and they are deleted.</p>
    </body></html>
    ```

    ## When not to use it

    If the addresses come from the people themselves, the template does not belong under `templates.first-touch`.
    """

    confidence = "low"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_14, CNIL_2021_131, WP260)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL})
    messages = {
        "missing": Message(
            what="This first message does not say how long the data are kept, and links to no notice that may.",
            why="People whose data came from elsewhere are told so at the latest now (GDPR article 14(2)(a) and (3)).",
            todo="Name the period, or link to the notice that does.",
            severity="note",
        ),
        "include": Message(
            what="This first message does not say how long the data are kept, and includes {name}, which {problem}.",
            why="Whether it is told cannot be known without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if not is_first_touch(template) or tells(template, "retention") or leads_to_privacy(template):
            return
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
        else:
            yield self.finding("missing", at=template.body_span)
