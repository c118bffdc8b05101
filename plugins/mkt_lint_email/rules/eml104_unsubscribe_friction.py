import re
from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.opposition import WayOut, sentence_around, ways_out
from mkt_lint_email.references import CAN_SPAM_RULE, GDPR_12, GDPR_21, L34_5
from mkt_lint_email.wording import folded, names, resolved, speaks

_PATH = r"(?i)https?://(?:[^@/?#]*@)?([^/?#]+)([^?#]*)"


_LONGEST = 20
"""A longer piece of a path is a sentence, or a token."""
_LOGIN = "Objecting must be easy (GDPR article 12(2)); 16 CFR 316.5 lets a sender ask for no more than an address."


class UnsubscribeFriction(TemplateRule):
    """Unsubscribe link that leads to a login, or a request to write a letter.

    ## Why

    Objecting must be easy and free of charge (GDPR articles 12(2) and 21, CPCE L34-5). The US rule is more exact:
    nothing beyond an e-mail address, one reply or one page (16 CFR 316.5). Whoever has to find a password, or a stamp,
    will not unsubscribe.

    The rule looks at the address of the link and at the sentence around it. What the page asks for when it opens, no
    file says.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter. <a href="https://acme.fr/login?next=/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter. <a href="https://acme.fr/unsubscribe?c={{ contact.token }}">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If the page logs the recipient in by a token in the address, ignore the rule for that file, with that reason.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (GDPR_12, GDPR_21, L34_5, CAN_SPAM_RULE)
    purposes = frozenset({Purpose.MARKETING, Purpose.PARTIAL})
    messages = {
        "login": Message(
            what="The unsubscribe link leads to a login.",
            why=_LOGIN,
            todo="Lead to a page that unsubscribes whoever opens it, by a token in the address.",
            severity="note",
        ),
        "login-said": Message(
            what="To unsubscribe, the recipient is asked to log in.",
            why=_LOGIN,
            todo="Let the link unsubscribe without a login.",
            severity="note",
        ),
        "letter": Message(
            what="To unsubscribe, the recipient is asked to write a letter.",
            why="Objecting to messages must be as easy as getting them, and free of charge (CPCE L34-5).",
            todo="Offer a link.",
            severity="note",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        ways = [way for way in ways_out(template) if way.way == "unsubscribe" and way.dead is None]
        for way in ways:
            if way.at is None or way.element is None:
                continue
            if way.href is not None and _asks_who(way.href.value):
                yield self.finding("login", at=way.at)
            elif way.element.tag != "form":
                yield from self._said(template, way)

    def _said(self, template: Template, way: WayOut) -> Iterator[Verdict]:
        assert way.element is not None
        said = folded(sentence_around(template, way.element))
        if speaks(said, "friction", "text"):
            yield self.finding("login-said", at=way.element)
        elif speaks(said, "friction", "post") and not speaks(said, "friction", "ease"):
            yield self.finding("letter", at=way.element)


def _asks_who(address: str) -> bool:
    """Whether the path, or the host, is that of a login; a token in the address is one too."""
    found = re.match(_PATH, resolved(address))
    if found is None or re.search(r"token|hash|key=|sig=|\{|\*\||%%|\[\[", address.lower()):
        return False
    host, path = folded(found[1]), folded(found[2])
    pieces = [piece for piece in re.split(r"[/.;]", f"{host.split('.')[0]}/{path}") if piece]
    return any(names(piece, "friction", "link") and len(piece) <= _LONGEST for piece in pieces)
