"""What a rule says and what a report holds. Every other module speaks in these types.

A finding never holds the content of a cell: the types of its message's arguments leave no room for one.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from mkt_lint._fields import Field, Header
from mkt_lint._named import NamedTuple


class Kind(enum.StrEnum):
    """What a document is, and so which rules look at it."""

    TABLE = "table"
    TEMPLATE = "template"
    SETTINGS = "settings"
    SUPPRESSION = "suppression"
    """Not a file's: what silences findings, in a file of another kind or in the configuration."""


class Severity(enum.StrEnum):
    """How serious a finding is; `error` only where the file itself proves the breach."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return _SEVERITIES.index(self)


_SEVERITIES = tuple(Severity)


class Confidence(enum.StrEnum):
    """How often a rule's finding is right: SARIF's `precision`."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Span(NamedTuple):
    """A stretch of a document.

    Lines and columns count from 1, columns in Unicode code points; the end is exclusive. A line ends with
    LF or CRLF; a byte order mark is no column.
    """

    line: int
    column: int
    end_line: int
    end_column: int


@runtime_checkable
class HasSpan(Protocol):
    """Anything a finding may be anchored at: an element, an attribute, a setting's value."""

    @property
    def span(self) -> Span: ...


class Term(str):
    """A word that the linter or a pack supplies (a product's name), never one read from a document."""

    __slots__ = ()


TableArgument: TypeAlias = int | date | Header | Field | tuple[Field, ...]
SettingsArgument: TypeAlias = int | float | date | Term
Argument: TypeAlias = TableArgument | SettingsArgument | str

ARGUMENT_TYPES: Mapping[Kind, tuple[type, ...]] = {
    Kind.TABLE: (int, date, Header, Field, tuple),
    Kind.SETTINGS: (int, float, date, Term),
    Kind.TEMPLATE: (int, float, date, str),
    Kind.SUPPRESSION: (int, date, Term),
}


def check_arguments(kind: Kind, arguments: Mapping[str, object]) -> None:
    """Refuse what could carry personal data or a secret into a report.

    Raises:
        TypeError: an argument's type is not one of `ARGUMENT_TYPES` of that kind.
    """
    allowed = ARGUMENT_TYPES[kind]
    for name, value in arguments.items():
        if not isinstance(value, allowed) or (type(value) is tuple and not all(isinstance(it, Field) for it in value)):
            raise TypeError(
                f"argument {name!r} of a {kind} message is of type {type(value).__name__}; "
                f"allowed: {', '.join(t.__name__ for t in allowed)}"
            )


def format_argument(value: Argument) -> str:
    """An argument as a reader of English sees it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.1f}"
        case date():
            return value.isoformat()
        case tuple() if not isinstance(value, Header):
            names = [str(item) for item in value]
            return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        case _:
            return str(value)


PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")

SeverityName: TypeAlias = Literal["error", "warning", "note"]


class Message(NamedTuple):
    """What is wrong, why it matters, and the way out; each a sentence or two with plain `{name}` placeholders.

    `{count}` (records) and `{column}` (a header) are filled in for table findings. Double braces are left alone,
    so that `{{ unsubscribe }}` can be written as it is.
    """

    what: str
    why: str
    todo: str
    severity: SeverityName = "warning"

    @property
    def template(self) -> str:
        """The three parts as one text, placeholders unfilled."""
        return " ".join(part for part in (self.what, self.why, self.todo) if part)


class Reference(NamedTuple):
    """A text that a rule rests on: a law, a recommendation, a decision, a standard."""

    authority: str
    id: str
    url: str
    jurisdiction: str
    """`FR`, `EU`, `US` ...; `IETF` and the like for standards."""
    date: str = ""
    """ISO 8601, of the text."""
    title: str = ""


class Edit(NamedTuple):
    """Replace what `span` covers with `text`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A way out that the linter can take by itself; `safe` where it cannot change what the author meant."""

    description: str
    edits: tuple[Edit, ...]
    """At least one; in the document that the finding is about, which is no table. No two of them overlap."""
    safe: bool = False


class Related(NamedTuple):
    """Another place that belongs to a finding: an offending cell, the element that hides a link."""

    span: Span
    message: str | None = None


class Verdict(NamedTuple):
    """What a rule says of one place in one document; the linter adds path, severity and fingerprint."""

    message_id: str
    span: Span
    arguments: Mapping[str, Argument] = MappingProxyType({})
    decided: bool = True
    """False where the rule could not tell: neither a finding nor a pass."""
    records: int = 1
    """Of a table, those that it speaks of, 0 where it speaks of headers; 1 elsewhere."""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    identity: str | None = None
    """What tells this place from others when lines have moved; by default the source text of the span."""


class Excerpt(NamedTuple):
    """A piece of one source line that may be shown; `column` is where the piece begins."""

    line: int
    column: int
    text: str


class Silence(NamedTuple):
    """What keeps an outcome from being shown."""

    reason: str
    """Empty where none was given."""
    in_source: bool
    """A comment in the file; else a table of the configuration."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """A verdict in its place: one entry of a report."""

    path: str
    """Relative to the working directory, POSIX."""
    part: str | None
    """The sheet, table or MIME part that lines and columns count in; None where they count in the file itself."""
    kind: Kind
    span: Span
    code: str
    name: str
    confidence: Confidence
    message_id: str
    message: Message
    arguments: Mapping[str, Argument]
    references: tuple[Reference, ...]
    fingerprint: str = ""
    """Ours, versioned; unique within a path, unchanged when lines move. Empty where no format reads it."""
    line_hash: str | None = None
    """GitHub's `primaryLocationLineHash`; never for tables. None where no format reads it."""
    count: int = 1
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    excerpt: Excerpt | None = None
    """None for tables, whose content is never shown."""
    snippet: str | None = None
    """The source text of the span; None for tables."""
    suppressed: Silence | None = None
    """None for a live one."""

    def _filled(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda found: format_argument(self.arguments[found[1]]), text)

    @property
    def what(self) -> str:
        return self._filled(self.message.what)

    @property
    def why(self) -> str:
        return self._filled(self.message.why)

    @property
    def todo(self) -> str:
        return self._filled(self.message.todo)

    @property
    def text(self) -> str:
        """What, why and what to do, as one text."""
        return self._filled(self.message.template)

    @property
    def sort_key(self) -> tuple[str, str, Span, str, str]:
        """An order that depends on nothing but the outcome itself; a rule's own order decides between equals."""
        return (self.path, self.part or "", self.span, self.code, self.message_id)


@dataclass(frozen=True, kw_only=True, eq=False)
class Finding(Outcome):
    """A breach, or what looks like one."""

    severity: Severity


class Undecided(Outcome):
    """A rule that could not tell, and why: neither a finding nor a pass."""


class Failure(NamedTuple):
    """Something that kept the linter from its work: an unreadable file, a broken plugin, a rule that raised."""

    message: str
    path: str | None = None
    plugin: str | None = None
    code: str | None = None
    line: int | None = None
    column: int | None = None
    traceback: str | None = None
    """For `--debug`; frames only, since the text of an exception may quote a cell."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        return (self.path or "", self.line or 0, self.column or 0, self.plugin or "", self.code or "", self.message)
