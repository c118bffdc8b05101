"""The case folder of one rule: read strictly, and run."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from mkt_lint._config import ConfigError
from mkt_lint._config.document import FILE_NAME
from mkt_lint._config.spelling import suggestion
from mkt_lint._model import Finding, Related, Undecided
from mkt_lint._tracebacks import reason
from mkt_lint.testing._check import INCLUDES, Linted, Subject, blind_spots, failures
from mkt_lint.testing._fixes import fix_problems
from mkt_lint.testing._toml import document, key, read

VERDICTS = ("good", "bad", "undecided")
LISTING = "cases.toml"

_ENTRY_KEYS = ("why", "config", "as-of", "findings", "undecided")
_MUST = {"findings": ("span", "severity", "message_id", "message"), "undecided": ("span", "message_id", "message")}
_MAY = {"findings": ("count", "related", "path", "code", "fix"), "undecided": ("count", "related", "path", "code")}
_PLACE_KEYS = ("path", "code", "span", "severity", "message_id", "count", "related", "message", "fix")
_FIX_KEYS = ("description", "safe", "edits")
"""In the order in which they are shown."""
_HOW_TO_FIX = 'write fix = { description = "...", safe = true, edits = [[line, column, end line, end column, "text"]] }'

_FEWEST_WORDS = 2
"""Of a sentence that says what a case shows."""
_LONGEST_NAME = 255
"""In bytes of UTF-8; what file systems take."""

_WHOLE = 1_000_000
"""More lines of context than any comparison has."""


class Case(NamedTuple):
    """A file, and what is to be said of it."""

    verdict: str
    name: str
    """Of the file, as `cases.toml` has it; any text, until it was looked at."""
    file: Path
    entry: Mapping[str, Any]
    """As `cases.toml` has it."""

    def __str__(self) -> str:
        return f"{self.verdict}.{key(self.name)}"

    def problems(self, subject: Subject) -> Iterable[str]:
        """How the linter's results differ from what is expected."""
        data = self.file.read_bytes()
        try:
            linted = self._lint(subject, data)
        except ConfigError as error:
            return [f"the case's config is wrong: {error}"]
        report = linted.report
        if report.failures:
            return failures(report)
        defaults = {"path": self.name, "code": subject.reference.code, "count": 1, "related": []}
        expected: list[str] = []
        actual: list[str] = []
        for table, outcomes in (("findings", report.findings), ("undecided", report.undecided)):
            head = f"[[{self}.{table}]]"
            expected += _shown(head, self.entry.get(table, ()), defaults)
            actual += _shown(head, map(_as_place, outcomes), defaults)
        if expected == actual:
            code = subject.reference.code
            return [
                *blind_spots(code, linted, data, good=self.verdict == "good", expects=bool(expected)),
                *fix_problems(code, data, report, lambda fixed: self._lint(subject, fixed).report),
            ]
        diff = unified_diff(expected, actual, f"expected by {LISTING}", "found", n=_WHOLE, lineterm="")
        lines = (line for line in diff if not line.startswith("@@"))
        return [*lines, "", f"For {LISTING}, if what was found is right:", "", *(actual or ["(nothing)"])]

    def _lint(self, subject: Subject, data: bytes) -> Linted:
        includes = self.file.parent.parent / INCLUDES
        return subject.lint(self.name, data, self.entry.get("config", {}), self.entry.get("as-of"), includes)


def _as_place(outcome: Finding | Undecided) -> dict[str, Any]:
    place = {
        "path": outcome.path,
        "code": outcome.code,
        "span": list(outcome.span),
        "message_id": outcome.message_id,
        "count": outcome.count,
        "related": [_as_list(place) for place in outcome.related],
        "message": outcome.text,
    }
    if outcome.fix:
        edits = [[*edit.span, edit.text] for edit in outcome.fix.edits]
        place["fix"] = {"description": outcome.fix.description, "safe": outcome.fix.safe, "edits": edits}
    return place | {"severity": str(outcome.severity)} if isinstance(outcome, Finding) else place


def _as_list(place: Related) -> list[Any]:
    where = [place.span.line, place.span.column]
    return where if place.message is None else [*where, place.message]


def _shown(head: str, places: Iterable[Mapping[str, Any]], defaults: Mapping[str, Any]) -> Iterator[str]:
    """Places as `cases.toml` has them, line by line, without what may be left out."""
    for place in places:
        kept = {name: place[name] for name in _PLACE_KEYS if name in place and place[name] != defaults.get(name)}
        if isinstance(fix := kept.get("fix"), dict):
            kept["fix"] = {name: fix[name] for name in _FIX_KEYS if name in fix}
        yield head
        yield from document(kept).splitlines()


def read_cases(subject: Subject, folder: Path) -> tuple[list[Case], list[str]]:
    """The cases that can be run, and all that is wrong with the folder itself."""
    listed, problems = _listing(folder / LISTING)
    if listed is None:
        return [], problems
    known = (*VERDICTS, INCLUDES, LISTING)
    problems += [
        f"{item.name} has no place here; known are {', '.join(known)}"
        for item in sorted(folder.iterdir())
        if item.name not in known and not item.name.startswith(".")
    ]
    problems += [
        f"{name} is a file, and is to be a folder"
        for name in (*VERDICTS, INCLUDES)
        if (folder / name).exists() and not (folder / name).is_dir()
    ]
    for verdict in listed:
        if verdict not in VERDICTS or not _is_table_of_tables(listed[verdict]):
            problems.append(f"{LISTING}: {key(verdict)} is not [good.FILE], [bad.FILE] or [undecided.FILE]")
    described = [
        Case(verdict, name, folder / verdict / name, entry)
        for verdict in VERDICTS
        if _is_table_of_tables(listed.get(verdict))
        for name, entry in listed[verdict].items()
    ]
    cases = []
    for case in described:
        keeping_from_running = list(_obstacles(case))
        problems += [f"{case} {problem}" for problem in (*keeping_from_running, *_gaps(case))]
        if not keeping_from_running:
            cases.append(case)
    problems += _unlisted(folder, described)
    problems += [
        f"there is no {verdict} case; every rule needs one"
        for verdict in ("good", "bad")
        if not any(case.verdict == verdict for case in described)
    ]
    problems += _duplicates(cases)
    shown = {str(place.get("message_id")) for case in cases for place in _own_places(case, subject.reference.code)}
    problems += [f"no case shows the message “{message}”" for message in subject.rule.messages if message not in shown]
    return cases, problems


def _listing(file: Path) -> tuple[dict[str, Any] | None, list[str]]:
    try:
        return read(file.read_bytes().decode("utf-8")), []
    except FileNotFoundError:
        return None, [f"there is no {LISTING}"]
    except OSError as error:
        return None, [f"{LISTING} cannot be read: {reason(error)}"]
    except UnicodeDecodeError:
        return None, [f"{LISTING} is not in UTF-8"]
    except tomli.TOMLDecodeError as error:
        return None, [f"{file}:{error.lineno}:{error.colno}: {error.msg}"]
    except ValueError as error:
        return None, [f"{file}: {error}"]


def _is_table_of_tables(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, dict) for item in value.values())


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _obstacles(case: Case) -> Iterator[str]:
    """What keeps a case from being run."""
    entry = case.entry
    if not _is_plain(case.name):
        yield f"has no plain file name; write the name of a file in {case.verdict}/, of at most {_LONGEST_NAME} bytes"
    elif not case.file.is_file():
        yield f"is in {LISTING}, but there is no file {case.verdict}/{case.name}"
    if case.name == INCLUDES:
        yield "is called like the folder that is put beside it; rename it"
    if case.name == FILE_NAME:
        yield "is called like the configuration, which is written beside it; rename it"
    if not isinstance(entry.get("config", {}), dict):
        yield "has a config that is no table"
    as_of = entry.get("as-of", date.min)
    if not isinstance(as_of, date) or isinstance(as_of, datetime):
        yield "has an as-of that is no date; write as-of = 2026-01-31"
    for table in _MUST:
        if not _is_list_of_tables(entry.get(table, [])):
            yield f"has {table} that are no tables; write [[{case}.{table}]]"


def _is_plain(name: str) -> bool:
    """Whether a name is that of a file in its folder, and not a way out of it."""
    return (
        name not in ("", ".", "..")
        and name.isprintable()
        and not set(name) & set("/\\")
        and len(name.encode()) <= _LONGEST_NAME
    )


def _gaps(case: Case) -> Iterator[str]:
    """What an entry says too little or too much; the case can be run, and shows what is missing."""
    entry = case.entry
    yield from _unknown(entry, _ENTRY_KEYS)
    why = entry.get("why")
    if not isinstance(why, str) or not why.endswith(".") or len(re.findall(r"\w+", why)) < _FEWEST_WORDS:
        yield 'does not say what it shows; write why = "A sentence."'
    for table, must in _MUST.items():
        places = entry.get(table, [])
        for number, place in enumerate(places if _is_list_of_tables(places) else (), 1):
            where = f" in number {number} of its {table}"
            yield from _unknown(place, (*must, *_MAY[table]), where)
            if missing := [name for name in must if name not in place]:
                yield f"lacks {', '.join(missing)}{where}"
            if "fix" in place and not _is_fix(place["fix"]):
                yield f"has a fix of another form{where}; {_HOW_TO_FIX}"
    findings, undecided = entry.get("findings"), entry.get("undecided")
    if case.verdict == "good" and (findings or undecided):
        yield "expects results, which no good case has; move it to bad or undecided"
    if case.verdict == "bad" and not findings:
        yield "expects no findings; write them, or move it to good or undecided"
    if case.verdict == "undecided" and (findings or not undecided):
        yield "must expect something undecided and no findings; write it, or move it to good or bad"


def _is_fix(fix: object) -> bool:
    return isinstance(fix, dict) and fix.keys() == set(_FIX_KEYS)


def _unknown(table: Mapping[str, Any], known: Collection[str], where: str = "") -> Iterator[str]:
    for name in table:
        if name not in known:
            yield f"has an unknown key {name!r}{where}{suggestion(name, known, 'known are')}"


def _unlisted(folder: Path, described: Sequence[Case]) -> Iterator[str]:
    known = {case.file for case in described}
    for verdict in VERDICTS:
        for file in sorted((folder / verdict).glob("*")):
            if file not in known and not file.name.startswith("."):
                yield f"{verdict}/{file.name} is not in {LISTING}; add [{verdict}.{key(file.name)}] or delete it"


def _duplicates(cases: Iterable[Case]) -> Iterator[str]:
    seen: dict[tuple[object, ...], Case] = {}
    for case in cases:
        config = json.dumps(case.entry.get("config", {}), sort_keys=True, default=str)
        other = seen.setdefault((case.file.read_bytes(), case.file.suffix, config, case.entry.get("as-of")), case)
        if other is not case:
            yield f"{case} is the same case as {other}: the same bytes under the same configuration"


def _own_places(case: Case, code: str) -> Iterator[Mapping[str, Any]]:
    """What a case expects of the folder's own rule."""
    for table in _MUST:
        yield from (place for place in case.entry.get(table, ()) if place.get("code", code) == code)
