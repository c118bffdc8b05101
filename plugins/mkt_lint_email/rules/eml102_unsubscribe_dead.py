from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.opposition import WayOut, ways_out
from mkt_lint_email.references import CAN_SPAM, EPRIVACY_13, GDPR_21, L34_5

_WHY = "A link that cannot be used is no way to object (GDPR article 21, CPCE L34-5)."
_WAY_OUT = "Put the address of your unsubscribe page there, or the tag of the platform that sends the message."


class UnsubscribeDead(TemplateRule):
    """Unsubscribe link that works for nobody.

    ## Why

    The way to object must work in every message: article 21 of the GDPR, article L34-5 of the French CPCE, which asks
    for *valid* contact details. A placeholder that was never filled in is the commonest way to fail: `href="#"`, an
    empty address, a script, `localhost`, `example.com`, `http://` alone, `YOUR_UNSUBSCRIBE_LINK`.

    A warning is given where an address leads somewhere, but hardly to what the link says: to a home page, to the
    privacy policy, to a host without a domain, to `/unsubscribe` of no site in a message that no program fills in. A
    bare word such as `UNSUBSCRIBE_URL`, which some programs replace, is worth a note.

    Only what the address itself shows is reported; no address is visited. An address that holds template code, or a
    tag of a platform, is taken to work. A link to preferences counts where the message has nothing else.

    Where the only link comes with an include or a layout, it is reported in that file, and once in each marketing
    message that takes it in.

    In a transactional message or a piece of one, which may need no such link, the finding is a warning.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter. <a href="#">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter. <a href="https://acme.fr/unsubscribe?c={{ contact.id }}">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If a later step replaces `#` by the address, ignore the rule for those files, with that reason.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (GDPR_21, L34_5, EPRIVACY_13, CAN_SPAM)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL})
    messages = {
        "dead": Message(what="The unsubscribe link {reason}.", why=_WHY, todo=_WAY_OUT, severity="error"),
        "dead-elsewhere": Message(
            what="The unsubscribe link {reason}.",
            why=_WHY,
            todo="Put the address of your unsubscribe page there, or take the link out if the message needs none.",
            severity="warning",
        ),
        "doubtful": Message(
            what="The unsubscribe link {reason}.",
            why=f"Nobody unsubscribes there. {_WHY}",
            todo=_WAY_OUT,
            severity="warning",
        ),
        "filled-in": Message(
            what="The unsubscribe link {reason}.",
            why=f"It works only if the program that sends the message replaces that. {_WHY}",
            todo=_WAY_OUT,
            severity="note",
        ),
        "included": Message(
            what="The only unsubscribe link of this message comes with {name}, and {reason}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="error",
        ),
        "included-doubtful": Message(
            what="The only unsubscribe link that was found comes with {name}, and {reason}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        ways = [way for part in template.all_parts() for way in ways_out(part)]
        works = any(way.dead is None for way in ways)
        for way in ways_out(template):
            if way.way == "unsubscribe" or not works:
                yield from self._dead(template, way)
        if template.purpose is Purpose.MARKETING and ways and not works and not ways_out(template):
            yield from self._included(template)

    def _dead(self, template: Template, way: WayOut) -> Iterator[Verdict]:
        if way.dead is None or way.at is None:
            return
        if way.dead.filled_in:
            message = "filled-in"
        elif not way.dead.certain:
            message = "doubtful"
        else:
            message = "dead" if template.purpose is Purpose.MARKETING else "dead-elsewhere"
        yield self.finding(message, at=way.at, reason=way.dead.reason)

    def _included(self, template: Template) -> Iterator[Verdict]:
        """The first dead link that comes with an include, where there is no other.

        Whoever ignores the rule in what is included answers for the link in it.
        """
        brought = (
            (include, way.dead)
            for include in template.includes
            for part in (include.template.all_parts() if include.template else ())
            if not any(said.ignores(self.code, self.name) for said in part.directives)
            for way in ways_out(part)
            if way.dead is not None and not way.dead.filled_in
        )
        for include, dead in brought:
            certain = dead.certain and next(template.unresolved(), None) is None
            message = "included" if certain else "included-doubtful"
            yield self.finding(message, at=include.span, name=include.name[:80], reason=dead.reason)
            return
