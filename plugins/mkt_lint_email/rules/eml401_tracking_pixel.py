from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.references import CNIL_2026_042, LIL_82
from mkt_lint_email.tracking import tracking_images, tracking_tags

_BASE = (
    "Measuring who opens needs prior consent of its own (law 78-17, article 82; CNIL 2026-042), but for few purposes"
)
_WHY = f"{_BASE}, such as telling which addresses are dead."
_WAY_OUT = (
    "Put it under a condition on that consent, or take it out; if the use is exempt, ignore the rule with that reason."
)


class TrackingPixel(TemplateRule):
    """Image that reports who opens a message.

    ## Why

    To load an image that is made for one recipient is to read from that person's terminal (law 78-17, article 82;
    ePrivacy directive, article 5(3)). The CNIL's recommendation 2026-042 of 12 March 2026 says when the consent that it
    takes is needed: for measuring performance, for profiles, for personalisation; also among professionals; and apart
    from the consent to get the messages. Exempt are security and finding addresses that no longer read, if only the day
    of the last opening is kept. For addresses collected before 14 April 2026, telling people and letting them object by
    14 July 2026 was enough. Italy has rules of its own since April 2026 (Garante, provision 284).

    The rule looks for platforms' tags that print such an image, and for images of at most one pixel, or not displayed,
    whose address names a recipient or an opening. It is silent within a condition that speaks of consent. Where
    `jurisdictions` has neither `FR` nor `IT` it is a note. A pixel that the platform adds by itself stands in no file.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter of May.</p>
    <img src="https://acme.fr/open?c={{ contact.id }}" width="1" height="1" alt="">
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter of May.</p>
    {% if contact.tracking_consent %}
    <img src="https://acme.fr/open?c={{ contact.id }}" width="1" height="1" alt="">
    {% endif %}
    </body></html>
    ```

    ## When not to use it

    If the image serves an exempt purpose alone, ignore the rule for that place, with that reason.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (LIL_82, CNIL_2026_042)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL, Purpose.PAGE})
    messages = {
        "image": Message(what="This image tells its server who opens it.", why=_WHY, todo=_WAY_OUT, severity="warning"),
        "tag": Message(
            what="This tag prints an image that tells who opens the message.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
        "elsewhere": Message(
            what="This reports who opens the message.",
            why="France and Italy ask for consent of its own; many other countries do likewise.",
            todo="Check what the law of your recipients asks for.",
            severity="note",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        strict = not {"FR", "IT"}.isdisjoint(template.config.jurisdictions)
        for image in tracking_images(template):
            yield self.finding("image" if strict else "elsewhere", at=image)
        for start, end in tracking_tags(template):
            yield self.finding("tag" if strict else "elsewhere", at=template.span(start, end))
