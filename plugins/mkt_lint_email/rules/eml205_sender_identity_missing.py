from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.addresses import postal_address
from mkt_lint_email.includes import unread
from mkt_lint_email.information import names_sender
from mkt_lint_email.references import EPRIVACY_13, GDPR_13, L34_5

_WHY = "A commercial message must show on whose behalf it is sent (CPCE L34-5, ePrivacy directive article 13)."


class SenderIdentityMissing(TemplateRule):
    """Marketing message in which nothing says who sends it.

    ## Why

    A commercial message must not hide on whose behalf it is sent (CPCE L34-5, ePrivacy directive article 13(4)),
    and says who the controller is (GDPR article 13(1)(a)).

    The rule is silent as soon as something may name the sender: a copyright line, a legal form, a signature, a
    postal address, a variable for the company, a platform's tag, the `From` field of a file, “you subscribed to” with
    a name, a mailbox at a domain of one's own, a name of the title that the end of the message repeats, or any picture,
    since a logo holds a name too.

    ## Examples

    ```html bad
    <html><body>
    <p>20% off everything, this week only. Shop now!</p>
    <p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>20% off everything, this week only. Shop now!</p>
    <p>© Acme SAS. <a href="{{ unsubscribe_url }}">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If the platform wraps every message in a layout that names the sender, ignore the rule for those files.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (L34_5, EPRIVACY_13, GDPR_13)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        "missing": Message(
            what="Nothing in this marketing message says who sends it.",
            why=_WHY,
            todo="Name the company in the text; the footer is the usual place.",
            severity="warning",
        ),
        "appended": Message(
            what="Nothing in this marketing message says who sends it, unless {platform} adds it.",
            why=_WHY,
            todo="Name the company in the text, if the platform's footer does not.",
            severity="note",
        ),
        "include": Message(
            what="Nothing in this marketing message says who sends it, and it includes {name}, which {problem}.",
            why="Whether the sender is named cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if names_sender(template) or postal_address(template) != "missing":
            return
        adding = [platform for platform in template.platforms if platform.appends in ("yes", "refuse", "option")]
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
        elif adding:
            name = adding[0].name.replace("_", " ")
            yield self.finding("appended", at=template.body_span, platform=name)
        else:
            yield self.finding("missing", at=template.body_span)
