from collections.abc import Iterator

from mkt_lint import Landmark, Message, Platform, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.fixes import unsubscribe_link
from mkt_lint_email.opposition import tells_where_to_object, ways_out
from mkt_lint_email.references import CAN_SPAM, EPRIVACY_13, GDPR_21, L34_5

_WHY = "Every marketing message must offer an easy way to object that costs nothing (GDPR article 21, CPCE L34-5)."


class UnsubscribeMissing(TemplateRule):
    """Marketing message without a way to unsubscribe.

    ## Why

    Whoever receives marketing may object at any time (GDPR article 21(2) and (3)), and every message must say how:
    article L34-5 of the French CPCE asks for valid contact details to which the recipient can send a request to stop,
    free of charge; so do article 13(4) of the ePrivacy directive and CAN-SPAM. In December 2020 the CNIL fined Nestor
    20,000 EUR (SAN-2020-018), whose recipients went on getting messages after they had unsubscribed.

    A link or a form counts when its address, its label or the sentence around it speaks of unsubscribing or of
    preferences. So do a platform's tag, an address written out in such a sentence, the button of a Laravel mail whose
    route names unsubscribing, and a request to answer the message. Words are known in English, French, German, Spanish,
    Italian, Dutch, Portuguese and Polish; of some further languages the plain verb and noun.
    A link that leads nowhere is for `unsubscribe-dead`.

    The finding is an error only where the file proves it: the sending platform is known not to add a link, or the
    file is a message that was sent. Which platform sends is recognised by its tags or told by `platform` in the
    configuration; `platform = "none"` stands for one's own mail server. Where a file takes in another that could not
    be read, the rule does not decide. `--fix --unsafe-fixes` adds the link of a known platform before `</body>`.

    ## Examples

    ```html bad
    <html><body>
    <h1>20% off everything</h1>
    <p>Shop now, this week only.</p>
    </body></html>
    ```

    ```html good
    <html><body>
    <h1>20% off everything</h1>
    <p>Shop now, this week only.</p>
    <p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    Messages that a contract or the law requires (a receipt, a password reset) need no such link. If one of them is
    taken for marketing, name it under `templates.transactional` in the configuration.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (GDPR_21, L34_5, EPRIVACY_13, CAN_SPAM)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        "missing": Message(
            what="This marketing message has no unsubscribe link.",
            why=_WHY,
            todo="Add a link to your unsubscribe page, or the tag of the platform that sends it.",
            severity="error",
        ),
        "platform-unknown": Message(
            what="This marketing message has no unsubscribe link, unless the platform that sends it adds one.",
            why=_WHY,
            todo="Add a link or the platform's tag; or name the platform in the configuration.",
            severity="warning",
        ),
        "setting": Message(
            what="This marketing message has no unsubscribe link; {platform} adds one only if it is set up to.",
            why=_WHY,
            todo="Add the tag of {platform} to the template, which holds whatever the setting.",
            severity="warning",
        ),
        "appended": Message(
            what="This marketing message has no unsubscribe link of its own; {platform} adds one when it sends.",
            why=_WHY,
            todo="Nothing, if {platform} always sends the message; its tag puts the link where you want it.",
            severity="note",
        ),
        "header-only": Message(
            what="This message can be unsubscribed from by its List-Unsubscribe header alone.",
            why=f"Not every mail program shows that header. {_WHY}",
            todo="Add a link to the text as well.",
            severity="warning",
        ),
        "include": Message(
            what="This message has no unsubscribe link of its own, and includes {name}, which {problem}.",
            why="Whether there is a link cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        parts = list(template.all_parts())
        if any(ways_out(part) for part in parts) or any(tells_where_to_object(part) for part in parts):
            return
        for part, include in template.unresolved():
            at = include.span if part is template else template.body_span
            yield self.undecided("include", at=at, name=include.name[:80], problem=include.problem)
            return
        yield self._missing(template)

    def landmarks(self, template: Template) -> Iterator[Landmark]:
        for part in template.all_parts():
            for way in ways_out(part):
                span = way.at.span if way.at is not None else way.text
                if span is not None:
                    yield Landmark(f"{way.way} link", part, span, way.dead.reason if way.dead else "")

    def _missing(self, template: Template) -> Verdict:
        at = template.body_span
        if "list-unsubscribe" in template.headers:
            return self.finding("header-only", at=at)
        if template.sent or template.config.platform == "none":
            return self.finding("missing", at=at)
        known = [platform for platform in template.platforms if platform.appends != "unknown"]
        if len(template.platforms) != 1 or not known:
            return self.finding("platform-unknown", at=at)
        return self._by_platform(template, known[0])

    def _by_platform(self, template: Template, platform: Platform) -> Verdict:
        at, name, fix = template.body_span, platform.name.replace("_", " "), unsubscribe_link(template, platform)
        if platform.appends == "yes":
            return self.finding("appended", at=at, fix=fix, platform=name)
        if platform.appends == "option":
            return self.finding("setting", at=at, fix=fix, platform=name)
        return self.finding("missing" if platform.verified else "platform-unknown", at=at, fix=fix)
