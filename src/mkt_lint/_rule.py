"""What a pack's author writes: a rule, one class a file."""

from __future__ import annotations

import abc
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from mkt_lint._fields import Field
from mkt_lint._model import (
    Argument,
    Confidence,
    Fix,
    HasSpan,
    Kind,
    Message,
    Reference,
    Related,
    Span,
    Verdict,
    check_arguments,
)
from mkt_lint._named import NamedTuple
from mkt_lint._options import RuleOptions

if TYPE_CHECKING:
    from mkt_lint._documents.settings import Settings
    from mkt_lint._documents.suppressions import Suppressions
    from mkt_lint._documents.table import Table
    from mkt_lint._documents.template import Purpose, Template
    from mkt_lint._table_checks import TableCheck

CODE = re.compile(r"[A-Z]{2,8}[0-9]{3}")
ALL = "ALL"
"""The selector that means every rule."""
_PREFIX = r"([A-Z]{2,8})[0-9]{0,3}"
_RULE_FILE = re.compile(r"([a-z]{2,8}[0-9]{3})_([a-z0-9_]+)\.py")

Status: TypeAlias = Literal["preview", "stable", "deprecated"]


class Rule(abc.ABC):
    """A rule: what it rests on, what it may say, and how it looks.

    The class's docstring is its page: a summary line, then `## Why`, `## Examples`, `## Options` where it has any,
    and `## When not to use it`. The name of its file gives the code and the name.
    """

    kind: ClassVar[Kind]
    confidence: ClassVar[Literal["high", "medium", "low"]]
    references: ClassVar[tuple[Reference, ...]] = ()
    jurisdictions: ClassVar[frozenset[str]] = frozenset()
    """Where the rule holds; empty for everywhere."""
    since: ClassVar[str] = "0.1.0"
    status: ClassVar[Status] = "stable"
    replaced_by: ClassVar[str | None] = None
    messages: ClassVar[Mapping[str, Message]]
    Options: ClassVar[type[RuleOptions]] = RuleOptions
    options: RuleOptions

    def __init__(self, reference: RuleReference, options: RuleOptions | None = None) -> None:
        self.code = reference.code
        self.name = reference.name
        self.options = options if options is not None else self.Options()

    def message(self, message_id: str) -> Message:
        """What the rule says under this key. Raises `KeyError`."""
        return self.messages[message_id]

    def _verdict(
        self,
        message: str,
        at: Span | HasSpan,
        decided: bool,
        related: tuple[Related, ...],
        fix: Fix | None,
        arguments: Mapping[str, Argument],
    ) -> Verdict:
        if message not in self.messages:
            raise KeyError(f"{type(self).__name__} has no message {message!r}")
        check_arguments(self.kind, arguments)
        return Verdict(
            message_id=message,
            span=at if isinstance(at, Span) else at.span,
            arguments=arguments,
            decided=decided,
            related=related,
            fix=fix,
            identity=getattr(at, "identity", None),
        )

    def finding(
        self,
        message: str,
        *,
        at: Span | HasSpan,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        **arguments: Argument,
    ) -> Verdict:
        """A breach at one place. `message` is a key of `messages`; `arguments` fill its placeholders.

        Raises:
            KeyError: the rule has no such message.
            TypeError: an argument is of a type that documents of this kind may not put into a report.
        """
        return self._verdict(message, at, True, related, fix, arguments)

    def undecided(
        self, message: str, *, at: Span | HasSpan, related: tuple[Related, ...] = (), **arguments: Argument
    ) -> Verdict:
        """What the rule could not tell, and why. Raises as `finding` does."""
        return self._verdict(message, at, False, related, None, arguments)


class Landmark(NamedTuple):
    """A place in a template that a rule went by, also where it has nothing to say: the unsubscribe link."""

    what: str
    """What stands there, in a word or two."""
    template: Template
    """The one that it stands in: the linted one, or one that it takes in."""
    span: Span
    problem: str = ""
    """A clause that completes "the link ...", where something is wrong with it."""


class TemplateRule(Rule):
    """A rule that looks at one e-mail template."""

    kind = Kind.TEMPLATE
    purposes: ClassVar[frozenset[Purpose]]
    """Which templates the rule looks at: marketing, transactional, partial, page."""

    @abc.abstractmethod
    def check(self, template: Template) -> Iterator[Verdict]:
        """Yield what is wrong, in any order."""

    def landmarks(self, template: Template) -> Iterator[Landmark]:
        """Yield the places that the rule goes by, for `mkt-lint templates`; none unless a rule overrides this."""
        yield from ()


class SettingsRule(Rule):
    """A rule that looks at the password policies of one settings file."""

    kind = Kind.SETTINGS

    @abc.abstractmethod
    def check(self, settings: Settings) -> Iterator[Verdict]:
        """Yield what is wrong, in any order."""


class SuppressionRule(Rule):
    """A rule that looks at what silences findings, in one template or in one configuration file."""

    kind = Kind.SUPPRESSION

    @abc.abstractmethod
    def check(self, suppressions: Suppressions) -> Iterator[Verdict]:
        """Yield what is wrong, in any order."""


class AnyOf:
    """One of these fields must have a column."""

    __slots__ = ("fields",)

    def __init__(self, *fields: Field) -> None:
        self.fields = fields


class TableRule(Rule):
    """A rule that looks at the records of one table.

    `check` is called once a table and sees no data: it yields expressions, which are evaluated together over all
    records.
    """

    kind = Kind.TABLE
    about: ClassVar[tuple[Field | AnyOf, ...]] = ()
    """Columns without which there is nothing that the rule could speak of: a rule about calls is silent on a table
    without telephone numbers."""
    needs: ClassVar[tuple[Field | AnyOf, ...]] = ()
    """Columns without which the rule is undecided, once a file."""
    spares: ClassVar[tuple[tuple[Field, str], ...]] = ()
    """What the file's name may say of all records that leaves the rule nothing to speak of, such as
    `(F.OPTED_OUT, "yes")` for a rule that leaves people alone who opted out."""
    contacts_only: ClassVar[bool] = True
    """Silent about a table that has no contact column (an address, a phone, a name with a company)."""

    @abc.abstractmethod
    def check(self, table: Table) -> Iterator[TableCheck]:
        """Yield the checks to make on this table, given its columns."""


class RuleReference(NamedTuple):
    """A rule that is known but not yet imported."""

    code: str
    name: str
    kind: Kind
    target: str
    """`module:Class`."""

    def load(self) -> type[Rule]:
        """The rule's class.

        Raises:
            ImportError, AttributeError, or whatever the module raises.
            TypeError: what the target names is no rule of that kind.
        """
        module, _, attribute = self.target.partition(":")
        loaded = getattr(import_module(module), attribute)
        base = next(base for base in (TableRule, TemplateRule, SettingsRule, SuppressionRule) if base.kind is self.kind)
        if not (isinstance(loaded, type) and issubclass(loaded, base)):
            raise TypeError(f"{self.target} is not a rule for a {self.kind}")
        return loaded


def selects(selectors: Iterable[str], code: str, name: str) -> bool:
    """Whether one of the selectors means a rule: its code, its name, its code's letters with no or the first
    digits (`CRM`, `EML1`), or `ALL`."""
    return any(_selects(selector, code, name) for selector in selectors)


def _selects(selector: str, code: str, name: str) -> bool:
    if selector in (ALL, code, name):
        return True
    prefix = re.fullmatch(_PREFIX, selector)
    return prefix is not None and code.rstrip("0123456789") == prefix[1] and code.startswith(selector)


def rules_in(package: str, *, kind: Literal["table", "template", "settings", "suppression"]) -> list[RuleReference]:
    """References to all rules of a package, from its file names alone: nothing in it is imported.

    `crm401_retention_exceeded.py` holds the rule `CRM401`, `retention-exceeded`, in a class `RetentionExceeded`.

    Raises:
        ImportError: there is no such package.
        ValueError: a file's name is not a code, an underscore and a name.
    """
    spec = util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"there is no package {package!r}")
    references = []
    for folder in spec.submodule_search_locations:
        for file in sorted(Path(folder).glob("*.py")):
            if file.name == "__init__.py":
                continue
            named = _RULE_FILE.fullmatch(file.name)
            if not named:
                raise ValueError(f"{package}: {file.name} is not named like crm401_retention_exceeded.py")
            code, words = named[1].upper(), named[2].split("_")
            target = f"{package}.{file.stem}:{''.join(word.capitalize() for word in words)}"
            references.append(RuleReference(code, "-".join(words), Kind(kind), target))
    return references


class RuleMetadata(NamedTuple):
    """All that a report, a page or a listing says of a rule."""

    code: str
    name: str
    class_name: str
    plugin: str
    kind: Kind
    summary: str
    documentation: str
    """Markdown: the class's docstring."""
    confidence: Confidence
    references: tuple[Reference, ...]
    jurisdictions: tuple[str, ...]
    since: str
    status: Status
    replaced_by: str | None
    messages: Mapping[str, Message]
