"""What is to be evaluated: every rule's checks on one table, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mkt_lint._documents.table import Column, Defect, Table
from mkt_lint._evaluation.unit import Check
from mkt_lint._fields import Field
from mkt_lint._model import Verdict
from mkt_lint._rule import AnyOf, MalformedRecords, Rows, TableRule
from mkt_lint._tracebacks import frames


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule that raised."""

    code: str
    error_type: str
    traceback: str
    """Frames only, since the text of an exception may quote a cell."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A check with what its finding is made of."""

    rule: TableRule
    rows: Rows
    column: Column
    check: Check


@dataclass(slots=True)
class Plan:
    """All checks on one table."""

    rows: list[Planned] = field(default_factory=list)
    malformed: list[tuple[TableRule, MalformedRecords]] = field(default_factory=list)
    verdicts: list[tuple[TableRule, Verdict]] = field(default_factory=list)
    failures: list[RuleFailure] = field(default_factory=list)


def make_plan(table: Table, rules: Sequence[TableRule]) -> Plan:
    """Ask every rule for its checks."""
    plan = Plan()
    contacts = table.is_contact_list
    for rule in rules:
        if rule.contacts_only and not contacts:
            continue
        missing = _unmet(table, rule)
        if missing:
            if contacts:
                plan.verdicts.append((rule, _needs(table, missing)))
            continue
        try:
            checks = list(rule.check(table))
            rows = [check for check in checks if isinstance(check, Rows)]
            malformed = [check for check in checks if isinstance(check, MalformedRecords)]
            if len(rows) + len(malformed) < len(checks):
                raise TypeError("a table rule yields Rows or MalformedRecords")
            for check in checks:
                if check.message not in rule.messages:
                    raise KeyError(f"{type(rule).__name__} has no message {check.message!r}")
            for check in malformed:
                Defect(check.defect)
            planned = [_planned(table, rule, check, len(plan.rows) + place) for place, check in enumerate(rows)]
        except (Exception, SystemExit) as error:  # any rule may be a third party's
            plan.failures.append(RuleFailure(rule.code, type(error).__name__, frames(error)))
            continue
        plan.rows += planned
        plan.malformed += [(rule, check) for check in malformed]
    return plan


def _unmet(table: Table, rule: TableRule) -> tuple[Field, ...]:
    """The fields of the first need that no column meets."""
    for need in rule.needs:
        fields = need.fields if isinstance(need, AnyOf) else (need,)
        if not any(table.has(wanted) for wanted in fields):
            return fields
    return ()


def _needs(table: Table, missing: tuple[Field, ...]) -> Verdict:
    identity = "needs:" + ",".join(map(str, missing))
    return Verdict("needs", table.header_span, {"fields": missing}, decided=False, identity=identity)


def _planned(table: Table, rule: TableRule, rows: Rows, number: int) -> Planned:
    present = [column for wanted in rows.at if (column := table.column(wanted))]
    if not present:
        raise ValueError("none of the fields of `at` has a column; ask for one in `needs`, or test `table.has`")
    names = rows.where.meta.root_names()
    texts, dates = set(), set()
    for column in table.columns:
        if column.text in names:
            texts.add(column.index)
        if column.date in names:
            dates.add(column.index)
    check = Check(number, rows.where, present[0].index, tuple(sorted(texts)), tuple(sorted(dates)))
    return Planned(rule, rows, present[0], check)
