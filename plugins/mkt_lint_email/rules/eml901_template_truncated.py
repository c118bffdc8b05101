from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict

_UNREAD = "Nothing behind it was checked, and mail programs do not show it either."


class TemplateTruncated(TemplateRule):
    """Template of which a part cannot be read.

    ## Why

    A tag without its `>`, a comment without its `-->`, a `<style>` without its end: what stands behind it is part of
    it, for a mail program as for this linter. If the unsubscribe link is there, nobody sees it. And what lies in more
    than two thousand elements is not read at all.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter: 20% off everything.</p>
    <!-- footer
    <p><a href="https://acme.fr/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter: 20% off everything.</p>
    <!-- footer -->
    <p><a href="https://acme.fr/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    Never: what is not read is not checked. A piece of a message may begin what another piece ends, so in partials
    only nesting is looked at.
    """

    confidence = "high"
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL})
    messages = {
        "tag": Message(
            what="This tag never ends, so that the rest of the file is part of it.",
            why=_UNREAD,
            todo="Close the tag; look for a quotation mark that is missing.",
            severity="warning",
        ),
        "comment": Message(
            what="This comment never ends, so that the rest of the file is part of it.",
            why=_UNREAD,
            todo="Close the comment with “-->”.",
            severity="warning",
        ),
        "element": Message(
            what="This element has no end tag, so that the rest of the file is its text.",
            why=_UNREAD,
            todo="Add the end tag.",
            severity="warning",
        ),
        "deep": Message(
            what="Elements from here on lie too deep in others to be read: {count} of {elements}.",
            why="What they hold was not checked.",
            todo="Close the elements that are never closed.",
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if template.cut is not None and template.purpose is not Purpose.PARTIAL:
            yield self.finding(template.cut.kind, at=template.cut)
        lost = template.lost
        if lost:
            yield self.finding("deep", at=lost[0], count=len(lost), elements=len(template.elements))
