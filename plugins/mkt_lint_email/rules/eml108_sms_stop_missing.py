import re
from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.facts import words
from mkt_lint_email.includes import unread
from mkt_lint_email.opposition import tells_where_to_object
from mkt_lint_email.references import AF2M, L34_5
from mkt_lint_email.wording import folded, names, speaks

_ADDRESS = r"(?:https?://|www\.)\S+|\{[^{}]*\}|\[[^\[\]]*\]|<#[^#]{0,80}#>|<%.{0,200}?%>|%\w+%"


class SmsStopMissing(TemplateRule):
    """Text message of a campaign that does not say how to stop the messages.

    ## Why

    A text message is electronic mail too: every one must hold valid contact details to which a recipient can send a
    request to stop, free of charge (CPCE L34-5). In France that is the word STOP and the number that the message
    comes from, as the operators' charter (AF2M) has it: “STOP 36111”.

    The rule looks at the templates under `templates.sms` in the configuration, which may be plain text files. The word
    STOP is enough, whatever number or placeholder is beside it; so is a link or a variable for unsubscribing. Codes,
    appointments, orders and parcels are messages that somebody asked for, and are passed over. Many platforms add the
    words when they send, so the finding is a warning.

    ## Examples

    ```txt bad {templates = {sms = ["*.txt"]}}
    Acme : -20 % sur tout le site jusqu'a dimanche !
    ```

    ```txt good {templates = {sms = ["*.txt"]}}
    Acme : -20 % sur tout le site jusqu'a dimanche ! STOP 36111
    ```

    ## When not to use it

    If your platform adds the words to every message, leave the folder out of `templates.sms`.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "GB"})
    references = (L34_5, AF2M)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL})
    messages = {
        "missing": Message(
            what="This text message does not say how to stop the messages.",
            why="Every commercial text message must hold a way to object that costs nothing (CPCE L34-5).",
            todo="Add “STOP” and the number that it is sent to, unless the platform does.",
            severity="warning",
        ),
        "include": Message(
            what="This text message does not say how to stop the messages, and includes {name}, which {problem}.",
            why="Whether it is said cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        config = template.config
        if not config.matches(config.templates.sms) or config.matches(config.templates.transactional):
            return
        if any(_says_how(part) for part in template.all_parts()) or not template.text.strip():
            return
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
        else:
            line_start, line_end = template.source_text.line_range(1)
            yield self.finding("missing", at=template.span(line_start, line_end))


def _says_how(part: Template) -> bool:
    """Whether a text says how to stop the messages, or is none of a campaign."""
    text = folded(part.text)
    if speaks(text, "sms", "transactional") or speaks(text, "opposition", "text") or tells_where_to_object(part):
        return True
    if any(re.search(rf"\b{word}\b", text) for word in words("sms", "stop")):
        return True
    held = " ".join(found[0] for found in re.finditer(_ADDRESS, text))
    return names(held, "opposition", "link") or "stop" in held
