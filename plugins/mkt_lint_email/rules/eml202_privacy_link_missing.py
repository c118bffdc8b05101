from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.dead import why_dead
from mkt_lint_email.includes import unread
from mkt_lint_email.information import is_first_touch, leads_to_privacy, privacy_links
from mkt_lint_email.references import GDPR_12, GDPR_13, GDPR_14, WP260


class PrivacyLinkMissing(TemplateRule):
    """First message to a contact without a link to the notice about personal data.

    ## Why

    Whoever uses people's data tells them who, why, for how long and with which rights (GDPR articles 13 and 14), in
    a form that is easy to reach (article 12(1)). A message can carry but the first layer of that; the rest stands
    behind a link (WP260 rev.01). In the first message to people whose data came from elsewhere it is due (article
    14(3)(b)). The rule looks at the templates under `templates.first-touch` in the configuration, and at those alone:
    to all others the notice was given when they gave their address.

    A link counts by its address or by its label, in eight languages. So do a written-out address and template code
    whose name says privacy.

    ## Examples

    ```html bad {templates = {first-touch = ["*.html"]}}
    <html><body>
    <p>Hello, our tool could help your team. We found your address in the trade register.</p>
    </body></html>
    ```

    ```html good {templates = {first-touch = ["*.html"]}}
    <html><body>
    <p>Hello, our tool could help your team. We found your address in the trade register.</p>
    <p><a href="https://acme.fr/privacy">What we do with your data</a></p>
    </body></html>
    ```

    ## When not to use it

    If the message itself holds the whole notice, ignore the rule for that file.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_12, GDPR_13, GDPR_14, WP260)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL})
    messages = {
        "missing": Message(
            what="This first message has no link to a notice about personal data.",
            why="People whose data came from elsewhere must be told at the latest now (GDPR article 14(3)).",
            todo="Link to the notice.",
            severity="warning",
        ),
        "dead": Message(
            what="The link to the notice about personal data {reason}.",
            why="People whose data came from elsewhere must be told at the latest now (GDPR article 14(3)).",
            todo="Put the address of the notice there.",
            severity="warning",
        ),
        "include": Message(
            what="This message has no link to a notice about personal data, and includes {name}, which {problem}.",
            why="Whether there is a link cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if not is_first_touch(template):
            return
        if leads_to_privacy(template):
            yield from self._dead(template)
        elif gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
        else:
            yield self.finding("missing", at=template.body_span)

    def _dead(self, template: Template) -> Iterator[Verdict]:
        for link in privacy_links(template):
            dead = why_dead(template, link)
            if dead is not None and dead.certain:
                yield self.finding("dead", at=link.attributes.get("href") or link, reason=dead.reason)
