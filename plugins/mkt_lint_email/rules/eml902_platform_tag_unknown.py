from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.unknown_tags import UnknownTag, unknown_tags

_LITERAL = "A tag that no platform fills in is sent as it stands, and the link leads nowhere."


class PlatformTagUnknown(TemplateRule):
    """Tag for unsubscribing that no platform is known to fill in.

    ## Why

    `*|UNSUBSCRIBE|*` looks like a tag of Mailchimp's and is none: `*|UNSUB|*` is. The platform sends what it does not
    know as it stands, or leaves it out, and the link that the law asks for leads nowhere.

    The rule looks at what has the form of a platform's tag and speaks of unsubscribing. Variables of template
    languages, such as `{{ unsubscribe_url }}`, are left alone: your own program may fill in those. If the tag nearly is
    one of the platform in use, the finding is a warning, otherwise a note: no list of tags is complete.

    ## Examples

    ```html bad {platform = "mailchimp"}
    <html><body>
    <p>Our newsletter. <a href="*|UNSUBSCRIBE|*">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good {platform = "mailchimp"}
    <html><body>
    <p>Our newsletter. <a href="*|UNSUB|*">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If your platform is not among those that the linter knows, ignore the rule.
    """

    confidence = "medium"
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL})
    messages = {
        "misspelt": Message(
            what="The platform, {platform}, has no tag “{tag}”; it has “{known}”.",
            why=_LITERAL,
            todo="Write the platform's tag.",
            severity="warning",
        ),
        "unknown": Message(
            what="No known platform has the tag “{tag}”.",
            why=_LITERAL,
            todo="Look the tag up in your platform's documentation.",
            severity="note",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        for tag in unknown_tags(template):
            yield self._finding(template, tag)

    def _finding(self, template: Template, tag: UnknownTag) -> Verdict:
        at = template.span(tag.start, tag.end)
        if tag.platform is None:
            return self.finding("unknown", at=at, tag=tag.text)
        name = tag.platform.replace("_", " ")
        return self.finding("misspelt", at=at, tag=tag.text, known=tag.known, platform=name)
