from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.fixes import without_attribute
from mkt_lint_email.forms import agrees, boxes, is_ticked, of_somebody_known
from mkt_lint_email.references import EDPB_CONSENT, GDPR_7, PLANET49


class ConsentPreticked(TemplateRule):
    """Consent box that is ticked before anybody has seen it.

    ## Why

    Consent is a clear affirmative act (GDPR article 4(11)); silence, a box ticked beforehand or inactivity are none
    (recital 32; Court of Justice, C-673/17, Planet49). What was collected by such a box cannot be used.

    The rule looks at boxes whose label, or name, speaks of newsletters, offers, advertising, or of agreeing to the use
    of data. It passes over boxes that refuse (“I do not want ...”), boxes that template code or a script ticks, boxes
    within a condition, and the page of an account, where people see what they chose.

    `--fix` takes `checked` away.

    ## Examples

    ```html bad
    <html><body><nav>Acme</nav><main>
    <form action="/signup"><input type="email" name="email">
    <label><input type="checkbox" name="news" checked> Send me special offers</label>
    <a href="/privacy">Privacy</a></form>
    </main></body></html>
    ```

    ```html good
    <html><body><nav>Acme</nav><main>
    <form action="/signup"><input type="email" name="email">
    <label><input type="checkbox" name="news"> Send me special offers</label>
    <a href="/privacy">Privacy</a></form>
    </main></body></html>
    ```

    ## When not to use it

    If the page is only shown to people who gave that consent, ignore the rule for it, with that reason.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_7, PLANET49, EDPB_CONSENT)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL, Purpose.PAGE})
    messages = {
        "ticked": Message(
            what="This consent box is ticked beforehand.",
            why="Consent is a positive act; a box ticked beforehand gives none (GDPR article 4(11), recital 32).",
            todo="Take `checked` away.",
            severity="error",
        ),
        "ticked-unlabelled": Message(
            what="This box, which seems to ask for consent, is ticked beforehand.",
            why="Consent is a positive act; a box ticked beforehand gives none (GDPR article 4(11), recital 32).",
            todo="Take `checked` away, and give the box a label.",
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        ticked = [box for box in boxes(template) if "checked" in box.element.attributes]
        if not any(agrees(box) for box in ticked) or of_somebody_known(template):
            return
        for box in ticked:
            if agrees(box) and is_ticked(template, box.element):
                checked = box.element.attributes["checked"]
                yield self.finding(
                    "ticked" if box.labelled and box.label else "ticked-unlabelled",
                    at=checked.name_span,
                    fix=without_attribute(template, checked, "Take `checked` away."),
                )
