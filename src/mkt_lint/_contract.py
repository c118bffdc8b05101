"""What a rule pack hands over, held against what was agreed: types are not checked when a pack is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import Any

from mkt_lint._facts import ColumnAlias, FileAlias, HeaderPhrase, Platform, Vocabulary
from mkt_lint._fields import Field
from mkt_lint._model import (
    PLACEHOLDER,
    Confidence,
    Edit,
    Fix,
    Kind,
    Message,
    Reference,
    Related,
    Severity,
    Span,
    Verdict,
    check_arguments,
)
from mkt_lint._options import RuleOptions
from mkt_lint._reporters.reference import ReporterReference
from mkt_lint._rule import CODE, AnyOf, Rule, RuleReference, TableRule, TemplateRule
from mkt_lint._source import ReaderReference, Unreadable

_RULE_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_FORMAT_NAME = r"[a-z][a-z0-9_-]*"


def check_item(item: object) -> None:
    """Hold what a hook gave against its fields' types.

    Raises:
        TypeError: a field is of another type.
        ValueError: a field says what it may not.
    """
    for wanted, check in _ITEMS.items():
        if isinstance(item, wanted):
            check(item)


def check_rule(rule: type[Rule]) -> None:
    """Hold a rule's class against what all that reads it relies on.

    Raises:
        TypeError: an attribute is missing or of the wrong type.
        ValueError: an attribute says what it may not.
    """
    _demand(not getattr(rule, "__abstractmethods__", None), "has no method `check`")
    _one_of("confidence", getattr(rule, "confidence", None), list(Confidence))
    _one_of("status", rule.status, ["preview", "stable", "deprecated"])
    _demand(_all(rule.references, Reference, tuple), "`references` must be a tuple of Reference")
    _demand(_all(rule.jurisdictions, str, frozenset), "`jurisdictions` must be a frozenset of strings")
    messages = getattr(rule, "messages", None)
    _demand(
        isinstance(messages, Mapping) and _all(tuple(messages), str) and _all(tuple(messages.values()), Message),
        "`messages` must be a dict of Message by name",
    )
    for message in rule.messages.values():
        _demand(_all(message, str, tuple), "a Message must be made of strings")
        _one_of("severity", message.severity, list(Severity))
    _demand(
        isinstance(rule.Options, type) and issubclass(rule.Options, RuleOptions),
        "`Options` must be a class derived from RuleOptions",
    )
    if issubclass(rule, TableRule):
        for name in ("about", "needs"):
            wanted = getattr(rule, name)
            fields = tuple(f for need in _tuple(wanted) for f in (need.fields if isinstance(need, AnyOf) else (need,)))
            _demand(isinstance(wanted, tuple) and _all(fields, Field), f"`{name}` must be a tuple of fields and AnyOf")
    if issubclass(rule, TemplateRule):
        from mkt_lint._documents.template import Purpose

        purposes = getattr(rule, "purposes", None)
        _demand(
            isinstance(purposes, frozenset) and purposes <= set(Purpose), "`purposes` must be a frozenset of Purpose"
        )


def check_document(document: object, kind: Kind) -> None:
    """Hold what a reader yielded against its kind.

    Raises:
        TypeError: it is neither a document of that kind nor an `Unreadable` made of a string and numbers.
    """
    if isinstance(document, Unreadable):
        numbers = (document.line, document.column)
        _demand(
            isinstance(document.message, str) and all(number is None or type(number) is int for number in numbers),
            "an Unreadable must have a string, and numbers for line and column",
        )
    else:
        _demand(getattr(document, "kind", None) is kind, f"a reader for a {kind} yields a {kind} or an Unreadable")


def check_verdict(verdict: Verdict, kind: Kind, message: Message | None) -> None:
    """Hold a verdict against its message and the types of its parts.

    Args:
        message: The one that it names; None where the rule has none of that name.

    Raises:
        TypeError: a part is of another type.
        ValueError: the message is unknown, a placeholder of it stays empty, or the place is none.
    """
    _demand(isinstance(verdict, Verdict), "a rule yields what `finding` and `undecided` return")
    if message is None:
        raise ValueError(f"there is no message {verdict.message_id!r}")
    check_arguments(kind, verdict.arguments)
    unfilled = {found[1] for found in PLACEHOLDER.finditer(message.template)} - set(verdict.arguments)
    if unfilled:
        raise ValueError(f"nothing fills {', '.join(sorted(unfilled))} of the message {verdict.message_id!r}")
    _demand(_all(verdict.related, Related, tuple), "`related` must be a tuple of Related")
    edits = _edits(verdict.fix, kind) if verdict.fix is not None else ()
    places = (verdict.span, *(place.span for place in verdict.related), *(edit.span for edit in edits))
    for span in places:
        _demand(isinstance(span, Span) and _all(span, int, tuple), "a place must be a Span of four numbers")
        if min(span) < 1 or span[2:] < span[:2]:
            raise ValueError("a Span counts from 1 and ends where it begins or later")
    _refuse_overlaps(edits)


def _edits(fix: Fix, kind: Kind) -> tuple[Edit, ...]:
    _demand(isinstance(fix, Fix), "`fix` must be a Fix")
    _demand(kind is not Kind.TABLE, "what is said of a table has no fix, whose text could be that of a cell")
    _demand(isinstance(fix.description, str), "the description of a Fix must be a string")
    _demand(_all(fix.edits, Edit, tuple), "`edits` must be a tuple of Edit")
    _demand(_all([edit.text for edit in fix.edits], str, list), "the text of an Edit must be a string")
    if not fix.edits:
        raise ValueError("a Fix has at least one Edit")
    return fix.edits


def _refuse_overlaps(edits: tuple[Edit, ...]) -> None:
    ordered = sorted(edit.span for edit in edits)
    for before, after in pairwise(ordered):
        if after[:2] < before[2:]:
            raise ValueError(f"two edits of a Fix overlap at {after.line}:{after.column}")


def _check_rule_reference(rule: RuleReference) -> None:
    _demand(_all((rule.code, rule.name, rule.target), str), "code, name and target must be strings")
    _demand(isinstance(rule.kind, Kind), "the kind must be a Kind")
    if not CODE.fullmatch(rule.code) or not re.fullmatch(_RULE_NAME, rule.name):
        raise ValueError(f"{rule.code!r}, {rule.name!r} is not a code such as CRM401 and a name such as "
                         "retention-exceeded")  # fmt: skip


def _check_reader(reader: ReaderReference) -> None:
    _demand(_all((reader.name, reader.target), str), "name and target must be strings")
    _demand(isinstance(reader.kind, Kind), "the kind must be a Kind")
    _demand(_all(reader.patterns, str, tuple), "the patterns must be a tuple of strings")


def _check_reporter(reporter: ReporterReference) -> None:
    _demand(_all((reporter.name, reporter.summary, reporter.target), str), "name, summary and target must be strings")
    _demand(_all(reporter.needs, str, frozenset), "the needs must be a frozenset of strings")
    if not re.fullmatch(_FORMAT_NAME, reporter.name):
        raise ValueError(f"{reporter.name!r} is no name of a format; write small letters, digits, - and _")


def _check_platform(platform: Platform) -> None:
    _demand(isinstance(platform.name, str), "the name must be a string")
    for tags in (platform.unsubscribe, platform.preferences, platform.view_online, platform.address,
                 platform.whole_link):  # fmt: skip
        _demand(_all(tags, str, tuple), f"the tags of {platform.name} must be tuples of strings")


def _check_vocabulary(vocabulary: Vocabulary) -> None:
    _demand(_all(vocabulary.columns, ColumnAlias, tuple), "the columns must be a tuple of ColumnAlias")
    _demand(
        all(isinstance(alias.header, str) and isinstance(alias.field, Field) for alias in vocabulary.columns),
        "a ColumnAlias must have a string and a Field",
    )
    _demand(
        all(_all(alias.beside, str, frozenset) for alias in vocabulary.columns), "beside must be a frozenset of strings"
    )
    _demand(_all(vocabulary.files, FileAlias, tuple), "the files must be a tuple of FileAlias")
    _demand(
        all(_all((alias.pattern, alias.value), str) and isinstance(alias.field, Field) for alias in vocabulary.files),
        "a FileAlias must have a string, a Field and a string",
    )
    _demand(
        all(_all(alias.headers, str, frozenset) for alias in vocabulary.files), "headers must be a frozenset of strings"
    )
    words = vocabulary.words
    _demand(isinstance(words, Mapping) and _all((*words, *words.values()), str), "the words must be a dict of strings")
    _demand(_all(vocabulary.phrases, HeaderPhrase, tuple), "the phrases must be a tuple of HeaderPhrase")
    _demand(
        all(
            isinstance(phrase.field, Field)
            and _all(phrase.notions, str, frozenset)
            and _all(phrase.further, str, frozenset)
            for phrase in vocabulary.phrases
        ),
        "a HeaderPhrase must have a Field and frozensets of strings",
    )
    values = vocabulary.values
    _demand(
        isinstance(values, Mapping)
        and _all(tuple(values), Field)
        and all(isinstance(words, Mapping) and _all((*words, *words.values()), str) for words in values.values()),
        "the values must be a dict by Field of dicts of strings",
    )
    implied = vocabulary.implied
    _demand(
        isinstance(implied, Mapping)
        and _all(tuple(implied), Field)
        and all(isinstance(says, Mapping) and _all(tuple(says), str) for says in implied.values())
        and all(
            isinstance(told, Mapping) and _all(tuple(told), Field) and _all(tuple(told.values()), str)
            for says in implied.values()
            for told in says.values()
        ),
        "implied must be a dict by Field of dicts by canonical value of dicts by Field of strings",
    )


_ITEMS: Mapping[type, Callable[[Any], None]] = {
    RuleReference: _check_rule_reference,
    ReaderReference: _check_reader,
    ReporterReference: _check_reporter,
    Platform: _check_platform,
    Vocabulary: _check_vocabulary,
}


def _demand(met: bool, problem: str) -> None:
    if not met:
        raise TypeError(problem)


def _one_of(attribute: str, value: object, known: Collection[str]) -> None:
    if value not in known:
        raise ValueError(f"`{attribute}` must be one of {', '.join(map(str, known))}")


def _all(values: Any, item: type, collection: type = tuple) -> bool:
    return isinstance(values, collection) and all(isinstance(value, item) for value in values)  # type: ignore[attr-defined]  # every collection asked for can be iterated


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()
