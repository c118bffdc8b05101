"""All rules over all records of one table."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import numpy as np

from mkt_lint._documents.table import Defect, Table
from mkt_lint._evaluation.dates import DateCounts, Problem, decide_all, total
from mkt_lint._evaluation.plan import Plan, Planned, RuleFailure, make_plan
from mkt_lint._evaluation.rows import RowStore
from mkt_lint._evaluation.unit import InternalError, Unit, UnitResult, run
from mkt_lint._model import Argument, Related, Span, Verdict
from mkt_lint._readers.table import places
from mkt_lint._readers.table.batch import Batch
from mkt_lint._readers.table.encoding import CHUNK, measure, utf8_chunks
from mkt_lint._readers.table.index import index
from mkt_lint._rule import TableRule

__all__ = ["InternalError", "RuleFailure", "TableResult", "evaluate"]

_RELATED = 10
_IN_FLIGHT = 8


@dataclass(frozen=True)
class TableResult:
    """What the rules say of one table."""

    records: int
    checked: int
    reported: int
    """The malformed ones; with `checked` they make up `records`."""
    verdicts: list[tuple[TableRule, Verdict]]
    failures: list[RuleFailure]
    rows: Iterable[tuple[int, int, str]]
    """Line, column and code of every offending row, in that order; empty unless asked for."""


@dataclass
class _Malformed:
    """What one defect came to."""

    count: int = 0
    spans: list[Span] = field(default_factory=list)


@dataclass
class _Run:
    """What is known so far."""

    records: int = 0
    reported: int = 0
    malformed: dict[Defect, _Malformed] = field(default_factory=dict)
    results: list[UnitResult] = field(default_factory=list)
    """Of the ranges in order; the ranges themselves are not kept."""


def evaluate(
    table: Table,
    rules: Sequence[TableRule],
    *,
    executor: Executor | None,
    keep_rows: bool,
    advance: Callable[[int], None],
) -> TableResult:
    """What the rules say of a table.

    Args:
        executor: Where ranges are evaluated; None for here. What is read from the standard input stays here.
        keep_rows: Whether to keep the place of every offending row.
        advance: Called with the number of bytes that are done with.

    Raises:
        InternalError: records were lost.
        OSError: the file cannot be read.
    """
    return _Evaluation(table, rules, executor, keep_rows, advance).result()


class _Evaluation:
    def __init__(
        self,
        table: Table,
        rules: Sequence[TableRule],
        executor: Executor | None,
        keep_rows: bool,
        advance: Callable[[int], None],
    ) -> None:
        self._table = table
        self._executor = executor if table.source.location and table.source.size > 2 * CHUNK else None
        self._keep_rows = keep_rows
        self._advance = advance
        self._plan: Plan = make_plan(table, rules)
        self._store = RowStore()
        self._run = _Run()
        self._failed: dict[int, tuple[str, str]] = {}
        self._known: Counter[int] = Counter()  # places, by check

    def result(self) -> TableResult:
        self._advance(self._table.dialect.offset)
        self._evaluate({}, again=False)
        formats, problems = self._decide()
        if any(
            result.formats[column] != formats[column]
            for result in self._run.results
            for column, seen in result.dates.items()
            if seen.filled
        ):
            self._evaluate(formats, again=True)
        run = self._run
        checked = run.records - run.reported
        verdicts = [*self._plan.verdicts, *self._malformed(), *self._undecided(problems), *self._findings(problems)]
        rows = self._store.read(self._codes(problems)) if self._keep_rows else ()
        return TableResult(run.records, checked, run.reported, verdicts, self._failures(), rows)

    def _evaluate(self, formats: Mapping[int, str], *, again: bool) -> None:
        """Evaluate every range; `again` with the formats that the whole file decided."""
        self._run.results = []
        self._known = Counter()
        flying: deque[Future[UnitResult] | UnitResult] = deque()
        for number, (offset, batch) in enumerate(self._batches()):
            if not again:
                self._count(number, batch)
            unit = self._unit(batch, offset, formats)
            flying.append(run(unit) if self._executor is None else self._executor.submit(run, unit))
            if self._executor is None or len(flying) == _IN_FLIGHT:
                self._take(flying.popleft(), again)
        while flying:
            self._take(flying.popleft(), again)

    def _batches(self) -> Iterator[tuple[int, Batch]]:
        dialect = self._table.dialect
        with self._table.source.open() as file:
            file.seek(dialect.offset)
            offset = dialect.offset
            for batch in index(
                utf8_chunks(file, dialect.encoding, dialect.bare_cr),
                delimiter=dialect.delimiter,
                columns=dialect.columns,
                first_line=dialect.first_line,
                measure=measure(dialect.encoding),
                sound=dialect.sound,
            ):
                yield offset, batch
                offset += batch.raw_length

    def _unit(self, batch: Batch, offset: int, formats: Mapping[int, str]) -> Unit:
        source = self._table.source
        here = self._executor is None
        checks = tuple(planned.check for planned in self._plan.rows if planned.check.number not in self._failed)
        return Unit(
            location=None if here else str(source.location),
            data=batch.data if here else None,
            offset=offset,
            length=batch.raw_length,
            dialect=self._table.dialect,
            first_line=batch.first_line,
            starts=batch.starts,
            ends=batch.ends,
            lines=batch.record_lines,
            checks=checks,
            formats=formats,
            wanted=tuple(max(0, _RELATED - self._known[check.number]) for check in checks),
            keep_rows=self._keep_rows,
        )

    def _count(self, number: int, batch: Batch) -> None:
        """Take down a range's malformed records."""
        run = self._run
        run.records += batch.records
        run.reported += len(batch.malformed_starts)
        rows = []
        kept = {check.defect: place for place, (_, check) in enumerate(self._plan.malformed)}
        for defect in Defect:
            numbers = batch.of(defect)
            if not len(numbers):
                continue
            seen = run.malformed.setdefault(defect, _Malformed())
            seen.count += len(numbers)
            keep = self._keep_rows and defect in kept
            wanted = numbers if keep else numbers[: _RELATED - len(seen.spans)]
            lines = batch.lines(batch.malformed_starts[wanted])
            for at, line in zip(wanted.tolist(), lines.tolist(), strict=True):
                span = self._defect_span(batch, at, defect, line)
                if len(seen.spans) < _RELATED:
                    seen.spans.append(span)
                if keep:
                    rows.append((span.line, span.column, -1 - kept[defect]))
        if rows:
            self._store.put(number, "malformed", np.array(rows, np.int64))

    def _defect_span(self, batch: Batch, number: int, defect: Defect, line: int) -> Span:
        start, end = int(batch.malformed_starts[number]), int(batch.malformed_ends[number])
        offset = int(batch.places[number]) - start
        return places.defect_span(batch.data[start:end], defect, offset, self._table.dialect, line)

    def _take(self, done: Future[UnitResult] | UnitResult, again: bool) -> None:
        """Take the result of the next range, in the file's order."""
        result = done if isinstance(done, UnitResult) else done.result()
        for check, failure in result.failures.items():
            self._failed.setdefault(check, failure)
        for check, spans in result.places.items():
            self._known[check] += len(spans)
        if result.rows is not None:
            self._store.put(len(self._run.results), "evaluated", result.rows)
            result.rows = None
        if not again:
            self._advance(result.length)
        self._run.results.append(result)

    def _decide(self) -> tuple[dict[int, str], dict[int, Problem]]:
        """The format of each column of dates, and the columns that cannot be relied on."""
        seen: dict[int, list[DateCounts]] = {}
        for result in self._run.results:
            for column, counts in result.dates.items():
                seen.setdefault(column, []).append(counts)
        return decide_all({column: total(parts) for column, parts in seen.items()})

    def _stands(self, planned: Planned, problems: Mapping[int, Problem]) -> bool:
        failed = {self._plan.rows[check].rule.code for check in self._failed}
        return planned.rule.code not in failed and not any(column in problems for column in planned.check.dates)

    def _codes(self, problems: Mapping[int, Problem]) -> dict[int, str]:
        codes = {p.check.number: p.rule.code for p in self._plan.rows if self._stands(p, problems)}
        return codes | {-1 - place: rule.code for place, (rule, _) in enumerate(self._plan.malformed)}

    def _failures(self) -> list[RuleFailure]:
        first: dict[str, RuleFailure] = {}
        for check, (error_type, traceback) in sorted(self._failed.items()):
            code = self._plan.rows[check].rule.code
            first.setdefault(code, RuleFailure(code, error_type, traceback))
        return [*self._plan.failures, *first.values()]

    def _undecided(self, problems: Mapping[int, Problem]) -> Iterator[tuple[TableRule, Verdict]]:
        """Once for each rule that looks at a column of dates that cannot be relied on."""
        told = {self._plan.rows[check].rule.code for check in self._failed}
        for planned in self._plan.rows:
            for at in planned.check.dates:
                if at in problems and planned.rule.code not in told:
                    told.add(planned.rule.code)
                    column = self._table.columns[at]
                    identity = f"{column.field}:{column.identity}"
                    arguments: dict[str, Argument] = {"column": column.header}
                    yield planned.rule, Verdict(problems[at], column.span, arguments, decided=False, identity=identity)

    def _findings(self, problems: Mapping[int, Problem]) -> Iterator[tuple[TableRule, Verdict]]:
        results = self._run.results
        for planned in self._plan.rows:
            check = planned.check.number
            count = sum(result.counts.get(check, 0) for result in results)
            if not count or not self._stands(planned, problems):
                continue
            spans = [span for result in results for span in result.places.get(check, ())][:_RELATED]
            column = planned.column
            yield (
                planned.rule,
                Verdict(
                    planned.rows.message,
                    column.span,
                    {**planned.rows.arguments, "count": count, "column": column.header},
                    records=count,
                    related=tuple(Related(span) for span in spans),
                    identity=f"{column.field}:{column.identity}",
                ),
            )

    def _malformed(self) -> Iterator[tuple[TableRule, Verdict]]:
        for rule, check in self._plan.malformed:
            found = self._run.malformed.get(Defect(check.defect))
            if found:
                yield (
                    rule,
                    Verdict(
                        check.message,
                        found.spans[0],
                        {"count": found.count, "records": self._run.records},
                        records=found.count,
                        related=tuple(map(Related, found.spans)),
                        identity=check.defect,
                    ),
                )
