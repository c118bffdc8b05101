from collections.abc import Iterator

from mkt_lint import Message, Purpose, Related, Template, TemplateRule, Verdict
from mkt_lint_email.references import LIL_82
from mkt_lint_email.tracking import tracked_links


class LinkTracking(TemplateRule):
    """Links that report who follows them.

    ## Why

    A link that passes through a server that notes who clicked observes that person (GDPR article 6; law 78-17, article
    82). The CNIL's recommendation 2026-042 is about images and leaves links open, so this is a note and a preview rule:
    it is on with `preview = true`.

    The rule looks for addresses of platforms' click servers and for tags that make such addresses. Links that the
    platform changes when it sends stand in no file.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter. <a href="https://acme.us7.list-manage.com/track/click?u=1&amp;id=2">Read on</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter. <a href="https://acme.fr/blog/may">Read on</a></p>
    </body></html>
    ```

    ## When not to use it

    If your notice tells people that clicks are measured and they agreed to it, leave the rule off.
    """

    confidence = "medium"
    status = "preview"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (LIL_82,)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL, Purpose.PAGE})
    messages = {
        "tracked": Message(
            what="Links that report who follows them: {count} in this file.",
            why="To measure one person’s clicks is to process personal data; the notice must say so (GDPR article 13).",
            todo="Check that people are told, and have agreed where the law asks for it.",
            severity="note",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        links = list(tracked_links(template))
        if links:
            related = tuple(Related(link.span) for link in links[1:])
            yield self.finding("tracked", at=links[0], related=related, count=len(links))
