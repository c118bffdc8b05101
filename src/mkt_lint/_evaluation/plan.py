"""What is to be evaluated: every rule's checks on one table, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from mkt_lint._documents.table import Column, Defect, Table
from mkt_lint._evaluation.check import Check
from mkt_lint._evaluation.sharing import names_of
from mkt_lint._fields import Field
from mkt_lint._model import Verdict
from mkt_lint._rule import AnyOf, TableRule
from mkt_lint._table_checks import AmbiguousDates, Groups, MalformedRecords, Rows, TableCheck
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
    said: Rows | Groups
    column: Column
    check: Check


@dataclass(slots=True)
class Plan:
    """All checks on one table."""

    evaluated: list[Planned] = field(default_factory=list)
    """In the order of their numbers."""
    malformed: list[tuple[TableRule, MalformedRecords]] = field(default_factory=list)
    ambiguous: list[tuple[TableRule, AmbiguousDates]] = field(default_factory=list)
    verdicts: list[tuple[TableRule, Verdict]] = field(default_factory=list)
    missing: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    """By code of a rule whose needs are unmet: the fields of which it needs one."""
    failures: list[RuleFailure] = field(default_factory=list)


def make_plan(table: Table, rules: Sequence[TableRule]) -> Plan:
    """Ask every rule for its checks."""
    plan = Plan()
    contacts = table.is_contact_list
    for rule in rules:
        if (rule.contacts_only and not contacts) or unmet(table, rule.about) or _spares(rule, table):
            continue
        missing = unmet(table, rule.needs)
        if missing:
            plan.missing[rule.code] = missing
            if contacts:
                plan.verdicts.append((rule, _needs(table, missing)))
            continue
        try:
            _add(plan, table, rule, list(rule.check(table)))
        except (Exception, SystemExit) as error:  # any rule may be a third party's
            plan.failures.append(RuleFailure(rule.code, type(error).__name__, frames(error)))
    return plan


def _add(plan: Plan, table: Table, rule: TableRule, checks: Sequence[TableCheck]) -> None:
    """Add what a rule yielded: all of it, or nothing where something is wrong with it."""
    evaluated = [check for check in checks if isinstance(check, Rows | Groups)]
    malformed = [check for check in checks if isinstance(check, MalformedRecords)]
    ambiguous = [check for check in checks if isinstance(check, AmbiguousDates)]
    verdicts = [check for check in checks if isinstance(check, Verdict)]
    if len(evaluated) + len(malformed) + len(ambiguous) + len(verdicts) < len(checks):
        raise TypeError("a table rule yields Rows, Groups, MalformedRecords, AmbiguousDates or verdicts")
    for check in (*evaluated, *malformed, *ambiguous):
        if check.message not in rule.messages:
            raise KeyError(f"{type(rule).__name__} has no message {check.message!r}")
    for records in malformed:
        Defect(records.defect)
    first = len(plan.evaluated)
    plan.evaluated += [_planned(table, rule, check, number) for number, check in enumerate(evaluated, first)]
    plan.malformed += [(rule, check) for check in malformed]
    plan.ambiguous += [(rule, check) for check in ambiguous]
    plan.verdicts += [(rule, verdict._replace(records=0)) for verdict in verdicts]  # they are about headers


def unmet(table: Table, needs: tuple[Field | AnyOf, ...]) -> tuple[Field, ...]:
    """The fields of the first need that no column meets."""
    for need in needs:
        fields = need.fields if isinstance(need, AnyOf) else (need,)
        if not any(table.has(wanted) for wanted in fields):
            return fields
    return ()


def _spares(rule: TableRule, table: Table) -> bool:
    return any(table.given.get(told) == says and not table.columns_of(told) for told, says in rule.spares)


def _needs(table: Table, missing: tuple[Field, ...]) -> Verdict:
    identity = "needs:" + ",".join(map(str, missing))
    return Verdict("needs", table.header_span, {"fields": missing}, decided=False, identity=identity)


def _planned(table: Table, rule: TableRule, said: Rows | Groups, number: int) -> Planned:
    present = [column for wanted in said.at if (column := _column(table, wanted))]
    if not present:
        raise ValueError("none of the fields of `at` has a column; ask for one in `needs`, or test `table.has`")
    where, key, others, confirm = _shared(table, said.where), None, None, None
    over: tuple[Column | None, ...] = ()
    if isinstance(said, Groups):
        key = _shared(table, said.key)
        others = _shared(table, said.others) if said.others is not None else None
    elif said.confirm is not None:
        confirm = said.confirm
        over = tuple(_column(table, wanted) for wanted in said.over) or (present[0],)
    shared = frozenset(name for name in (where, key, others) if name is not None)
    names = names_of(table.shared_expressions, shared)
    check = Check(
        number,
        where,
        present[0].index,
        texts=tuple(column.index for column in table.columns if column.text in names or column in over),
        dates=tuple(column.index for column in table.columns if column.date in names),
        shared=shared,
        readable=tuple(column.index for column in table.columns if column.unreadable in names),
        confirm=confirm,
        over=tuple(column.index if column else None for column in over),
        key=key,
        others=others,
    )
    return Planned(rule, said, present[0], check)


def _shared(table: Table, expression: pl.Expr) -> str:
    """The name of the column that holds the expression's values."""
    return table.shared(expression).meta.output_name()


def _column(table: Table, wanted: Field | Column) -> Column | None:
    return wanted if isinstance(wanted, Column) else table.column(wanted)
