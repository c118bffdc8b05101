"""What was decided about a table, and which rules that lets run; no rule is evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import polars as pl

from mkt_lint._documents.table import Table
from mkt_lint._evaluation.check import Check
from mkt_lint._evaluation.dates import Problem
from mkt_lint._evaluation.evaluation import Evaluation
from mkt_lint._evaluation.plan import Plan, RuleFailure, make_plan, unmet
from mkt_lint._fields import Field
from mkt_lint._rule import TableRule

State: TypeAlias = Literal["runs", "lacks-field", "dates-undecided", "undecided", "not-contacts", "silent", "fails"]
"""What a rule makes of a table: it runs; it lacks a column; it reads dates that cannot be relied on; it cannot tell
for a reason of its own; it speaks of contacts alone, and this is no list of them; nothing in the table is what it
speaks of; it raises."""

_DATE_FIELDS = ("_at", "_date")


class Dates(NamedTuple):
    """What was decided of a column of dates."""

    format: str | None
    """None where no cell is filled."""
    problem: Problem | None


class RuleState(NamedTuple):
    """What keeps a rule from running, if anything does."""

    rule: TableRule
    state: State
    fields: tuple[Field, ...] = ()
    """Of which it needs one; of a silent one, those that it speaks of."""
    columns: tuple[int, ...] = ()
    """Indices of columns whose dates cannot be relied on."""


class Survey(NamedTuple):
    """What was decided about a table."""

    table: Table
    records: int
    reported: int
    """The malformed ones."""
    dates: Mapping[int, Dates]
    """By index of a column: those whose field is one of dates, or whose dates a rule reads."""
    rules: tuple[RuleState, ...]
    """In the order of their codes."""
    failures: tuple[RuleFailure, ...]


def survey(table: Table, rules: Sequence[TableRule]) -> Survey:
    """Read a table once, no more of it than its dates, and ask the rules what they would check.

    Raises:
        InternalError: records were lost.
        OSError: the file cannot be read.
    """
    plan = make_plan(table, rules)
    read = {index for planned in plan.evaluated for index in (*planned.check.dates, *planned.check.readable)}
    read |= {column.index for column in table.columns if column.field and column.field.endswith(_DATE_FIELDS)}
    never = table.shared(pl.lit(False)).meta.output_name()
    checks = [Check(0, never, 0, texts=(), dates=tuple(sorted(read)), shared=frozenset({never}))] if read else []
    evaluation = Evaluation(table, checks)
    formats, problems = evaluation.run()
    dates = {
        index: Dates(formats[index] if counts.filled else None, problems.get(index))
        for index, counts in evaluation.dates.items()
    }
    states = tuple(_state(table, plan, rule, problems) for rule in sorted(rules, key=lambda rule: rule.code))
    return Survey(table, evaluation.tally.records, evaluation.tally.reported, dates, states, tuple(plan.failures))


def _state(table: Table, plan: Plan, rule: TableRule, problems: Mapping[int, Problem]) -> RuleState:
    if any(failure.code == rule.code for failure in plan.failures):
        return RuleState(rule, "fails")
    if rule.contacts_only and not table.is_contact_list:
        return RuleState(rule, "not-contacts")
    if rule.code in plan.missing:
        return RuleState(rule, "lacks-field", fields=plan.missing[rule.code])
    checks = [planned.check for planned in plan.evaluated if planned.rule is rule]
    told = [owner for owner, _ in (*plan.malformed, *plan.ambiguous) if owner is rule]
    unsure = tuple(sorted({index for check in checks for index in check.dates if index in problems}))
    if unsure and not told:
        return RuleState(rule, "dates-undecided", columns=unsure)
    verdicts = [verdict for owner, verdict in plan.verdicts if owner is rule]
    if any(not verdict.decided for verdict in verdicts):
        return RuleState(rule, "undecided")
    runs = checks or told or verdicts
    return RuleState(rule, "runs") if runs else RuleState(rule, "silent", fields=unmet(table, rule.about))
