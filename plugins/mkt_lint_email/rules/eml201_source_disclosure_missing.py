from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.references import GDPR_14, KASPR, WP260
from mkt_lint_email.wording import folded_text, speaks


class SourceDisclosureMissing(TemplateRule):
    """First message to a contact that does not say where the data come from.

    ## Why

    Whoever did not get the data from the person must tell that person where they come from, at the latest in the
    first message (GDPR article 14(2)(f) and (3)(b)). In December 2024 the CNIL fined Kaspr 240,000 EUR
    (SAN-2024-020), which had told people of the collection years late.

    The rule looks at the templates under `templates.first-touch` in the configuration, and at those alone: which
    message is the first one, no file says. It looks for a sentence about the source in eight languages; whether the
    sentence is true and complete it cannot tell.

    ## Examples

    With these templates under `templates.first-touch`:

    ```html bad {templates = {first-touch = ["*.html"]}}
    <html><body>
    <p>Hello, our tool could help your team. Shall we have a quick call?</p>
    </body></html>
    ```

    ```html good {templates = {first-touch = ["*.html"]}}
    <html><body>
    <p>Hello, our tool could help your team. Shall we have a quick call?</p>
    <p>We found your address in the trade register; details are in our <a href="https://acme.fr/privacy">notice</a>.</p>
    </body></html>
    ```

    ## When not to use it

    If the addresses come from the people themselves, the template does not belong under `templates.first-touch`.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_14, WP260, KASPR)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL})
    messages = {
        "missing": Message(
            what="This first message does not say where the recipient's data come from.",
            why="If they are not from the person, the first message is the last moment to say so (GDPR article 14).",
            todo="Add a sentence that names the source, and link to the full notice.",
            severity="warning",
        ),
        "include": Message(
            what="This first message does not say where the data come from, and includes {name}, which {problem}.",
            why="Whether the source is named cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if not template.config.matches(template.config.templates.first_touch):
            return
        if any(speaks(folded_text(part), "source_disclosure", "text") for part in template.all_parts()):
            return
        for part, include in template.unresolved():
            at = include.span if part is template else template.body_span
            yield self.undecided("include", at=at, name=include.name[:80], problem=include.problem)
            return
        yield self.finding("missing", at=template.body_span)
