from collections.abc import Iterator

from mkt_lint import Message, Purpose, Related, Template, TemplateRule, Verdict
from mkt_lint_email.opposition import WayOut, ways_out
from mkt_lint_email.references import CAN_SPAM, EPRIVACY_13, GDPR_21, L34_5
from mkt_lint_email.styles import Hidden, why_hidden

_WHY = "Who cannot see the link cannot object with it (GDPR article 21, CPCE L34-5)."
_WAY_OUT = "Show the link as legibly as the text around it."


class UnsubscribeHidden(TemplateRule):
    """Unsubscribe link that nobody sees.

    ## Why

    The right to object must be brought to the recipient's attention explicitly, and clearly (GDPR article 21(4));
    CAN-SPAM asks for a clear and conspicuous way out. A link in letters of one pixel, in the colour of its background,
    clipped or not displayed at all is there for machines alone; so is a link with nothing in it to click on.

    The rule reads styles as a mail program does: `display: none`, transparency and clipping hold for all that is
    inside; the size and the colour of letters are those of the nearest declaration. Style sheets of the file count
    where their selector is a tag, a class or an id and no media query speaks of it. What template code decides is not
    judged, nor is a hidden link beside one that is seen.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter of May.</p>
    <p style="font-size: 1px"><a href="https://acme.fr/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter of May.</p>
    <p style="font-size: 12px"><a href="https://acme.fr/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If a later step, such as a script that puts styles inline, shows the link, ignore the rule for those files.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (GDPR_21, L34_5, EPRIVACY_13, CAN_SPAM)
    purposes = frozenset({Purpose.MARKETING, Purpose.PARTIAL})
    messages = {
        "hidden": Message(what="The unsubscribe link {reason}.", why=_WHY, todo=_WAY_OUT, severity="error"),
        "hidden-in-part": Message(
            what="The unsubscribe link of this piece {reason}.", why=_WHY, todo=_WAY_OUT, severity="warning"
        ),
        "white": Message(
            what="The unsubscribe link {reason}.",
            why=f"On a white page it cannot be seen. {_WHY}",
            todo="Give the link another colour, or say which background it stands on.",
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        hidden: list[tuple[WayOut, Hidden]] = []
        for part in template.all_parts():
            for way in ways_out(part):
                if way.dead is not None:
                    continue
                why = why_hidden(part, way.element) if way.element is not None else None
                if why is None:
                    return  # one that is seen is enough
                if part is template and way.way == "unsubscribe":
                    hidden.append((way, why))
        for way, why in hidden:
            if way.element is not None:
                yield self._finding(template, way.element.span == why.by.span, way, why)

    def _finding(self, template: Template, itself: bool, way: WayOut, why: Hidden) -> Verdict:
        message = "white" if not why.certain else "hidden"
        if message == "hidden" and template.purpose is Purpose.PARTIAL:
            message = "hidden-in-part"
        related = () if itself else (Related(why.by.span, "the style that hides it"),)
        assert way.element is not None
        return self.finding(message, at=way.element, related=related, reason=why.reason)
