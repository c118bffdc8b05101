"""What is said of a table, given what all its ranges came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mkt_lint._documents.table import Column, Defect, Table
from mkt_lint._evaluation.check import Raised
from mkt_lint._evaluation.dates import Problem
from mkt_lint._evaluation.plan import Plan, Planned, RuleFailure
from mkt_lint._model import Argument, Related, Span, Verdict
from mkt_lint._rule import TableRule

RELATED = 10
"""Places of a finding that are told."""


@dataclass(slots=True)
class Malformed:
    """What one defect came to."""

    count: int = 0
    spans: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """What the ranges came to, taken together."""

    records: int = 0
    reported: int = 0
    malformed: dict[Defect, Malformed] = field(default_factory=dict)
    counts: Counter[int] = field(default_factory=Counter)
    """By check: the records found."""
    spans: dict[int, list[Span]] = field(default_factory=dict)
    """By check: the first cells."""
    failed: dict[int, Raised] = field(default_factory=dict)
    """By check."""

    def add_spans(self, check: int, spans: list[Span]) -> None:
        """Keep the cells of a further range, as far as they are to be told."""
        self.spans.setdefault(check, []).extend(spans[: self.missing(check)])

    def missing(self, check: int) -> int:
        """How many cells of a check are still to be told."""
        return max(0, RELATED - len(self.spans.get(check, ())))


class Verdicts:
    """Everything that the rules say of one table.

    Args:
        problems: By index of a column of dates that cannot be relied on.
    """

    def __init__(self, table: Table, plan: Plan, tally: Tally, problems: Mapping[int, Problem]) -> None:
        self._table = table
        self._plan = plan
        self._tally = tally
        self._problems = problems
        self._failed = {plan.evaluated[check].rule.code for check in tally.failed}

    def stands(self, planned: Planned) -> bool:
        """Whether what a check found counts."""
        unsure = any(column in self._problems for column in planned.check.dates)
        return planned.rule.code not in self._failed and not unsure

    def all(self) -> list[tuple[TableRule, Verdict]]:
        """In no particular order."""
        return [
            *self._plan.verdicts, *self._malformed(), *self._ambiguous(), *self._undecided(), *self._findings(),
        ]  # fmt: skip

    def codes(self) -> dict[int, str]:
        """The code of each check that stands; of malformed records, by -1, -2 and so on."""
        codes = {planned.check.number: planned.rule.code for planned in self._plan.evaluated if self.stands(planned)}
        return codes | {-1 - place: rule.code for place, (rule, _) in enumerate(self._plan.malformed)}

    def failures(self) -> list[RuleFailure]:
        """The rules that raised, each once."""
        first: dict[str, RuleFailure] = {}
        for check, (error_type, traceback) in sorted(self._tally.failed.items()):
            code = self._plan.evaluated[check].rule.code
            first.setdefault(code, RuleFailure(code, error_type, traceback))
        return [*self._plan.failures, *first.values()]

    def _ambiguous(self) -> Iterator[tuple[TableRule, Verdict]]:
        for rule, check in self._plan.ambiguous:
            if self._problems.get(check.column.index) == "date-order-unknown":
                arguments: dict[str, Argument] = {"column": check.column.header}
                identity = _identity(check.column)
                yield rule, Verdict(check.message, check.column.span, arguments, records=0, identity=identity)

    def _undecided(self) -> Iterator[tuple[TableRule, Verdict]]:
        """Once for each rule that looks at a column of dates that cannot be relied on and has no word of its own."""
        told = self._failed | {rule.code for rule, _ in self._plan.ambiguous}
        for planned in self._plan.evaluated:
            for at in planned.check.dates:
                if at in self._problems and planned.rule.code not in told:
                    told.add(planned.rule.code)
                    column = self._table.columns[at]
                    arguments: dict[str, Argument] = {"column": column.header}
                    yield (
                        planned.rule,
                        Verdict(self._problems[at], column.span, arguments, decided=False, identity=_identity(column)),
                    )

    def _findings(self) -> Iterator[tuple[TableRule, Verdict]]:
        for planned in self._plan.evaluated:
            check = planned.check.number
            count = self._tally.counts[check]
            if not count or not self.stands(planned):
                continue
            column = planned.column
            yield (
                planned.rule,
                Verdict(
                    planned.said.message,
                    column.span,
                    {**planned.said.arguments, "count": count, "column": column.header},
                    records=count,
                    related=tuple(map(Related, self._tally.spans[check])),
                    identity=_identity(column),
                ),
            )

    def _malformed(self) -> Iterator[tuple[TableRule, Verdict]]:
        for rule, check in self._plan.malformed:
            found = self._tally.malformed.get(Defect(check.defect))
            if found:
                yield (
                    rule,
                    Verdict(
                        check.message,
                        found.spans[0],
                        {"count": found.count, "records": self._tally.records},
                        records=found.count,
                        related=tuple(map(Related, found.spans)),
                        identity=check.defect,
                    ),
                )


def _identity(column: Column) -> str:
    return f"{column.field}:{column.identity}"
