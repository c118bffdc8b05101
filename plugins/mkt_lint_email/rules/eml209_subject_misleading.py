import re
from collections.abc import Iterator

from mkt_lint import Message, Purpose, Span, Template, TemplateRule, Verdict
from mkt_lint_email.facts import words
from mkt_lint_email.headers import field_span
from mkt_lint_email.references import CAN_SPAM, L34_5
from mkt_lint_email.wording import folded, speaks

_FRONT_MATTER = r"\A\s*---[ \t]*\r?\n(?:[^\n]*\n){0,30}?"
_LINE = r"subject[ \t]*:[ \t]*(\S[^\n]*?)[ \t]*\r?\n"
_COMMENT = r"(?:<!--|\{#|\{%-?\s*comment\s*-?%\}|\{\{!--)\s*subject\s*:[ \t]*(\S[^\n]*?)\s*(?:--|#\}|\{%|\n)"
_HEAD = 2000


class SubjectMisleading(TemplateRule):
    """Subject of a marketing message that pretends to be something else.

    ## Why

    The subject must not mislead about what the message is about, nor be unrelated to the offer (CPCE L34-5,
    CAN-SPAM 15 USC 7704(a)(2)). “Re:” before a message that answers none, or “Your invoice” above an advertisement,
    gets opened by people who take it for something else.

    The rule reads the `Subject` field of an `.eml` file, or the subject that a template names in its front matter
    or in a comment (`<!-- Subject: ... -->`). A message with an `In-Reply-To` or `References` field is an answer.

    ## Examples

    ```eml bad
    From: Acme <news@acme.fr>
    Subject: Re: 20% off everything
    Content-Type: text/html; charset=utf-8

    <html><body><p>Shop now, this week only. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ```eml good
    From: Acme <news@acme.fr>
    Subject: 20% off everything
    Content-Type: text/html; charset=utf-8

    <html><body><p>Shop now, this week only. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ## When not to use it

    If a template answers messages one by one, name it under `templates.transactional` in the configuration.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (L34_5, CAN_SPAM)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        "reply": Message(
            what="The subject begins with “{prefix}”, and the message answers none.",
            why="A subject must not mislead about what the message is (CPCE L34-5, 15 USC 7704(a)(2)).",
            todo="Leave the prefix out.",
            severity="warning",
        ),
        "pretence": Message(
            what="The subject speaks of “{words}”, above a marketing message.",
            why="A subject must be about the offer and must not mislead (CPCE L34-5, 15 USC 7704(a)(2)).",
            todo="Say what the message offers; if it is no advertisement, name it under templates.transactional.",
            severity="note",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        found = _subject(template)
        if found is None:
            return
        subject, at = found
        plain = folded(subject)
        prefix = next((word for word in words("subject", "reply") if plain.startswith(word)), None)
        answers = "in-reply-to" in template.headers or "references" in template.headers
        if prefix is not None and not answers and plain != prefix:
            yield self.finding("reply", at=at, prefix=subject[: len(prefix)])
            return
        for word in words("subject", "pretence"):
            if speaks(plain, "subject", "pretence") and word in plain:
                yield self.finding("pretence", at=at, words=word)
                return


def _subject(template: Template) -> tuple[str, Span] | None:
    """The subject that a file names, and where."""
    if "subject" in template.headers:
        return template.headers["subject"], field_span(template, "subject")
    start = template.extent.start
    head = template.text[start : start + _HEAD]
    found = None
    if "subject" in head.lower():
        found = re.search(f"(?i){_FRONT_MATTER}{_LINE}", head) or re.search(f"(?i){_COMMENT}", head)
    if found is None:
        return None
    return found[1].strip("\"' "), template.span(start + found.start(1), start + found.end(1))
