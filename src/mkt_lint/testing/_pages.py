"""A rule's page, names, messages and references, and the examples on its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import tomli

from mkt_lint._config import ConfigError
from mkt_lint._model import PLACEHOLDER, Finding, Message, Reference
from mkt_lint._report import Report
from mkt_lint._rule import Rule
from mkt_lint.testing._check import Subject, blind_spots, failures
from mkt_lint.testing._toml import read

_OPENING = re.compile(r"\s*(?:(?:>|[-*+]|\d+[.)])\s+)*(?P<marks>`{3,}|~{3,})(?!.*```)")
"""Of a fence as Markdown has it, also in a list or a quotation."""
_EXAMPLE = re.compile(r"```(?P<language>\w+) (?P<verdict>good|bad)(?: (?P<config>\{.*\}))?")
_HOW_TO_BEGIN = (
    "write ```LANGUAGE good or ```LANGUAGE bad, then if need be the configuration as an inline table of TOML"
)
_BRACE = re.compile(r"(?<!\{)\{(?![a-z_]+\}|\{)")
_JURISDICTION = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_MOST_PLACEHOLDERS = 10
"""What SARIF's viewers fill in."""
_LONGEST = 200
"""Characters of a configuration that cannot be read; what is broken by its length is not printed in full."""


class Example(NamedTuple):
    """One fence of a page."""

    language: str
    verdict: str
    config: str
    """An inline table of TOML."""
    text: str


def examples(page: str) -> Iterator[Example]:
    """The fences of a page that can be run."""
    for fence in _fences(page):
        if isinstance(fence, Example):
            yield fence


def _fences(page: str) -> Iterator[Example | str]:
    """The fences of a page; of those that cannot be run, the first line."""
    lines = iter(page.split("\n"))
    for begin in lines:
        opening = _OPENING.match(begin)
        if opening is None:
            continue
        closing = re.compile(rf"[\s>]*{opening['marks']}{opening['marks'][0]}*\s*")
        text, end = "", None
        for line in lines:
            if closing.fullmatch(line):
                end = line
                break
            text += f"{line}\n"
        found = _EXAMPLE.fullmatch(begin)
        if found and end == "```":
            yield Example(found["language"], found["verdict"], found["config"] or "{}", text)
        else:
            yield begin.strip()


def example_problems(subject: Subject, example: Example) -> Iterator[str]:
    """What the linter says of an example that it should not say, or the other way round."""
    try:
        config = read(f"config = {example.config}")["config"]
    except ValueError as error:
        reason = error.msg if isinstance(error, tomli.TOMLDecodeError) else error
        yield f"the configuration {_shortened(example.config)} is no inline table of TOML: {reason}"
        return
    data = example.text.encode()
    try:
        linted = subject.lint(f"example.{example.language}", data, config)
    except ConfigError as error:
        yield f"the configuration {example.config} is wrong: {error}"
        return
    code = subject.reference.code
    yield from failures(linted.report)
    yield from blind_spots(code, linted, data, good=example.verdict == "good")
    yield from _not_as_told(linted.report, example, code)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _not_as_told(report: Report, example: Example, code: str) -> Iterator[str]:
    if example.verdict == "bad" and not report.findings and not report.failures:
        yield f"{code} finds nothing in this example, which is said to be bad:\n{example.text.rstrip()}"
    for outcome in report.outcomes():
        is_finding = isinstance(outcome, Finding)
        if example.verdict == "good" or not is_finding or outcome.code != code:
            found = "finds" if is_finding else "is undecided"
            where = f"{outcome.path}:{outcome.span.line}:{outcome.span.column}"
            yield f"{outcome.code} {found}, in this {example.verdict} example: {where}: {outcome.text}"


def name_problems(subject: Subject) -> Iterator[str]:
    """Where file, class, code and name do not go together."""
    module, _, name = subject.reference.target.partition(":")
    wanted = "".join(word.capitalize() for word in subject.reference.name.split("-"))
    if module.rpartition(".")[2] != subject.folder_name:
        yield f"the file of {subject.reference.code} {subject.reference.name} is to be {subject.folder_name}.py"
    if not name == subject.rule.__name__ == wanted:
        yield f"the class of {subject.reference.code} {subject.reference.name} is to be {wanted}"


def page_problems(subject: Subject) -> Iterator[str]:
    """What is missing on the page, which is the class's docstring."""
    page = subject.page
    if not page.partition("\n")[0].endswith("."):
        yield "the docstring begins with a line that sums the rule up and ends in a full stop"
    options = _option_names(subject.rule)
    wanted = ["Why", "Examples", *(["Options"] if options else []), "When not to use it"]
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    if headings != wanted:
        yield f"the headings are to be {', '.join(wanted)}; they are {', '.join(headings) or 'missing'}"
    for name in options:
        if f"`{name}`" not in page:
            yield f"the option `{name}` is not described"
    shown = list(examples(page))
    for verdict in ("good", "bad"):
        if not any(example.verdict == verdict for example in shown):
            yield f"there is no {verdict} example; {_HOW_TO_BEGIN}"
    for fence in _fences(page):
        if isinstance(fence, str):
            yield f"the example that begins with {fence} is not run; {_HOW_TO_BEGIN}"


def _option_names(rule: type[Rule]) -> list[str]:
    return [name.replace("_", "-") for name in getattr(rule.Options, "__dataclass_fields__", ())]


def message_problems(subject: Subject) -> Iterator[str]:
    """What keeps a message from being whole sentences with plain placeholders."""
    for name, message in subject.rule.messages.items():
        yield from (f"the message {name!r}: {problem}" for problem in _message_problems(message))


def _message_problems(message: Message) -> Iterator[str]:
    for label in ("what", "why", "todo"):
        part = getattr(message, label)
        if not (part[:1].isupper() or part.startswith("{")) or not part.endswith("."):
            yield f"`{label}` is a sentence, with a capital letter and a full stop; it is “{part}”"
        if _BRACE.search(part):
            yield f"a placeholder of `{label}` is more than a plain {{name}}: “{part}”"
        if "illegal" in part.lower():
            yield f"`{label}` says “illegal”, which a court says; name the text and what it asks for"
    if len(set(PLACEHOLDER.findall(message.template))) > _MOST_PLACEHOLDERS:
        yield f"it has more than {_MOST_PLACEHOLDERS} placeholders"


def reference_problems(subject: Subject) -> Iterator[str]:
    """What is missing in the references."""
    for text in subject.rule.references:
        yield from (f"the reference {text.id!r}: {problem}" for problem in _reference_problems(text))


def _reference_problems(text: Reference) -> Iterable[str]:
    sound: dict[str, Any] = {
        "authority is who wrote it": text.authority,
        "id is what the authority calls it": text.id,
        f"url is an https address, not {text.url!r}": text.url.startswith("https://"),
        f"jurisdiction is such as FR, EU or IETF, not {text.jurisdiction!r}": _JURISDICTION.fullmatch(
            text.jurisdiction
        ),
        f"date is the text's, as YYYY-MM-DD, not {text.date!r}": _is_date(text.date),
    }
    return (problem for problem, holds in sound.items() if not holds)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
