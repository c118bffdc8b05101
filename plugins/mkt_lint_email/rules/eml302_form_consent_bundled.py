from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.forms import Box, boxes
from mkt_lint_email.references import EDPB_CONSENT, GDPR_7, L34_5
from mkt_lint_email.wording import speaks

_CHANNELS = ("channel_email", "channel_sms", "channel_phone")


class FormConsentBundled(TemplateRule):
    """One box that agrees to several things at once.

    ## Why

    Consent is specific (GDPR articles 4(11) and 7(2)): a tick that accepts the terms of sale is no consent to
    advertising, and a tick for e-mail is none for calls or text messages. Who is to be one of “our partners” must be
    said.

    The rule looks at checkboxes and their labels: terms together with advertising, several channels, partners that
    neither the label nor a link in it names.

    ## Examples

    ```html bad
    <html><body><nav>Acme</nav><main>
    <form action="/order">
    <label><input type="checkbox" name="ok"> I accept the terms and want to receive your newsletter</label>
    </form>
    </main></body></html>
    ```

    ```html good
    <html><body><nav>Acme</nav><main>
    <form action="/order">
    <label><input type="checkbox" name="terms"> I accept the terms of use</label>
    <label><input type="checkbox" name="news"> I want to receive the newsletter</label>
    </form>
    </main></body></html>
    ```

    ## When not to use it

    If your authority accepts one tick for the channels that you name, ignore the rule for that form, with that reason.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_7, L34_5, EDPB_CONSENT)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL, Purpose.PAGE})
    messages = {
        "terms": Message(
            what="One box accepts the terms and agrees to advertising.",
            why="Consent is specific: accepting the terms is no consent to advertising (GDPR articles 4(11) and 7(2)).",
            todo="Make two boxes of it.",
            severity="error",
        ),
        "channels": Message(
            what="One box agrees to advertising by {count} channels.",
            why="Consent is specific, for e-mail, text messages and calls each (GDPR article 4(11)).",
            todo="Give each channel a box of its own.",
            severity="warning",
        ),
        "partners": Message(
            what="This box agrees to advertising by others, and does not say by whom.",
            why="Consent is given to somebody; whoever relies on it must be named (GDPR article 7, EDPB 05/2020).",
            todo="Name the partners, or link to a list of them.",
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        for box in boxes(template):
            if (box.element.get("type") or "").lower() != "checkbox" or not box.label:
                continue
            if not speaks(box.label, "consent", "text") or speaks(box.label, "consent", "refuses"):
                continue
            if speaks(box.label, "consent", "terms"):
                if box.labelled:
                    yield self.finding("terms", at=box.element)
                continue
            count = sum(speaks(box.label, "consent", channel) for channel in _CHANNELS)
            if count > 1:
                yield self.finding("channels", at=box.element, count=count)
            elif speaks(box.label, "consent", "partners") and not _links(box):
                yield self.finding("partners", at=box.element)


def _links(box: Box) -> bool:
    return box.holder is not None and any(inner.tag == "a" for inner in box.holder.descendants())
