"""All rules over all records of one table."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from mkt_lint._documents.table import Defect, Table
from mkt_lint._evaluation.check import Check
from mkt_lint._evaluation.dates import DateCounts, Problem, decide_all, total
from mkt_lint._evaluation.groups import mark
from mkt_lint._evaluation.placing import InternalError, Lookup, Range, Wanted, look_up
from mkt_lint._evaluation.plan import RuleFailure, make_plan
from mkt_lint._evaluation.rows import RowStore
from mkt_lint._evaluation.sharing import Shared, arrange
from mkt_lint._evaluation.unit import Unit, UnitResult, run
from mkt_lint._evaluation.verdicts import RELATED, Malformed, Tally, Verdicts
from mkt_lint._model import Span, Verdict
from mkt_lint._readers.table import places
from mkt_lint._readers.table.batch import Batch
from mkt_lint._readers.table.encoding import transcode
from mkt_lint._readers.table.records import batches
from mkt_lint._rule import TableRule

__all__ = ["InternalError", "RuleFailure", "TableResult", "evaluate"]

RANGE = 6 << 20
"""Bytes of the file that are evaluated at once: Polars is set up anew for each range, and each thread holds one."""

_Work = TypeVar("_Work", Unit, Lookup)
_Result = TypeVar("_Result")


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


def evaluate(
    table: Table,
    rules: Sequence[TableRule],
    *,
    threads: int,
    keep_rows: bool,
    advance: Callable[[int], None],
) -> TableResult:
    """What the rules say of a table.

    Args:
        threads: How many evaluate ranges while this one reads the file; with 1, this one does both.
        keep_rows: Whether to keep the place of every offending row.
        advance: Called with the number of bytes that are done with.

    Raises:
        InternalError: records were lost.
        OSError: the file cannot be read.
    """
    plan = make_plan(table, rules)
    evaluation = Evaluation(
        table,
        [planned.check for planned in plan.evaluated],
        malformed=[Defect(check.defect) for _, check in plan.malformed],
        threads=threads,
        keep_rows=keep_rows,
        advance=advance,
    )
    _, problems = evaluation.run()
    tally = evaluation.tally
    verdicts = Verdicts(table, plan, tally, problems)
    evaluation.merge_groups(
        [planned.check for planned in plan.evaluated if planned.check.key is not None and verdicts.stands(planned)]
    )
    rows = evaluation.rows(verdicts.codes())
    checked = tally.records - tally.reported
    return TableResult(tally.records, checked, tally.reported, verdicts.all(), verdicts.failures(), rows)


class Evaluation:
    """Checks on the ranges of one table, and what the table as a whole decides.

    Args:
        checks: In the order of their numbers.
        malformed: Defects whose records' places are kept.
    """

    def __init__(
        self,
        table: Table,
        checks: Sequence[Check],
        *,
        malformed: Sequence[Defect] = (),
        threads: int = 1,
        keep_rows: bool = False,
        advance: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._table = table
        self._checks = checks
        self._shared: tuple[int, Shared] | None = None
        """Of how many checks, and what they share; made anew when one fails."""
        self._malformed = malformed
        self._threads = threads
        self._keep_rows = keep_rows
        self._told = advance
        self._store = RowStore()
        self._ranges: list[tuple[Range, UnitResult]] = []
        """In order."""
        self.tally = Tally()
        self.dates: dict[int, DateCounts] = {}
        """By index of a column of dates: what all its cells say."""

    def run(self) -> tuple[dict[int, str], dict[int, Problem]]:
        """Hold the checks against every record; the format of each column of dates, and which cannot be relied on.

        Raises:
            InternalError: records were lost.
            OSError: the file cannot be read.
        """
        self._advance(self._table.dialect.offset)
        self._pass({}, again=False)
        formats, problems = self._decide()
        if any(
            result.formats[column] != formats[column]
            for _, result in self._ranges
            for column, seen in result.dates.items()
            if seen.filled
        ):
            self._pass(formats, again=True)
        return formats, problems

    def _advance(self, length: int) -> None:
        self._told(self._table.source.progress(length))

    def rows(self, codes: Mapping[int, str]) -> Iterable[tuple[int, int, str]]:
        """Line, column and code of every offending row of the checks that have a code here."""
        return self._store.read(codes) if self._keep_rows else ()

    def _pass(self, formats: Mapping[int, str], *, again: bool) -> None:
        """Evaluate every range; `again` with the formats that the whole file decided."""
        self._ranges = []
        self.tally.counts.clear()
        self.tally.spans.clear()
        for place, result in self._in_order(run, self._units(formats, again)):
            if not again:
                self._advance(place.length)
            self._take(place, result)

    def _units(self, formats: Mapping[int, str], again: bool) -> Iterator[Unit]:
        for number, (offset, batch) in enumerate(batches(self._table, RANGE)):
            if not again:
                self._count_malformed(number, batch)
            yield self._unit(number, batch, offset, formats)

    def _in_order(self, function: Callable[[_Work], _Result], work: Iterable[_Work]) -> Iterator[tuple[Range, _Result]]:
        """Each piece's range with its result, in order; one is made ready while others are worked on.

        No piece is kept when it is done, since it holds the bytes of its range.
        """
        if self._threads == 1:
            for piece in work:
                yield piece.range, function(piece)
            return
        pool = ThreadPoolExecutor(self._threads)
        flying: deque[tuple[Range, Future[_Result]]] = deque()
        try:
            for piece in work:
                if len(flying) == self._threads:
                    done, future = flying.popleft()
                    yield done, future.result()
                flying.append((piece.range, pool.submit(function, piece)))
            while flying:
                done, future = flying.popleft()
                yield done, future.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _unit(self, number: int, batch: Batch, offset: int, formats: Mapping[int, str]) -> Unit:
        checks = tuple(check for check in self._checks if check.number not in self.tally.failed)
        return Unit(
            range=Range(number, offset, batch.raw_length, batch.first_line),
            dialect=self._table.dialect,
            data=batch.data,
            starts=batch.starts,
            ends=batch.ends,
            lines=batch.record_lines,
            checks=checks,
            shared=self._shared_by(checks),
            formats=formats,
            wanted=tuple(self.tally.missing(check.number) for check in checks),
            keep_rows=self._keep_rows,
        )

    def _shared_by(self, checks: Sequence[Check]) -> Shared:
        if self._shared is None or self._shared[0] != len(checks):
            asked = frozenset[str]().union(*(check.shared for check in checks))
            self._shared = len(checks), arrange(self._table.shared_expressions, asked)
        return self._shared[1]

    def _count_malformed(self, number: int, batch: Batch) -> None:
        """Take down a range's malformed records."""
        tally = self.tally
        tally.records += batch.records
        tally.reported += len(batch.malformed_starts)
        rows = []
        kept = {defect: place for place, defect in enumerate(self._malformed)}
        for defect in Defect:
            numbers = batch.of(defect)
            if not len(numbers):
                continue
            seen = tally.malformed.setdefault(defect, Malformed())
            seen.count += len(numbers)
            keep = self._keep_rows and defect in kept
            wanted = numbers if keep else numbers[: RELATED - len(seen.spans)]
            lines = batch.lines(batch.malformed_starts[wanted])
            for at, line in zip(wanted.tolist(), lines.tolist(), strict=True):
                span = self._defect_span(batch, at, defect, line)
                if len(seen.spans) < RELATED:
                    seen.spans.append(span)
                if keep:
                    rows.append((span.line, span.column, -1 - kept[defect]))
        if rows:
            self._store.put(number, "malformed", np.array(rows, np.int64))

    def _defect_span(self, batch: Batch, number: int, defect: Defect, line: int) -> Span:
        start, end = int(batch.malformed_starts[number]), int(batch.malformed_ends[number])
        offset = int(batch.places[number]) - start
        return places.defect_span(batch.data[start:end], defect, offset, self._table.dialect, line)

    def _take(self, place: Range, result: UnitResult) -> None:
        """Take the result of the next range, in the file's order."""
        for check, raised in result.failures.items():
            self.tally.failed.setdefault(check, raised)
        self.tally.counts.update(result.counts)
        for check, spans in result.places.items():
            self.tally.add_spans(check, spans)
        if result.rows is not None:
            self._store.put(place.number, "evaluated", result.rows)
        result.counts, result.places, result.rows = {}, {}, None
        self._ranges.append((place, result))

    def _decide(self) -> tuple[dict[int, str], dict[int, Problem]]:
        """The format of each column of dates, and the columns that cannot be relied on."""
        seen: dict[int, list[DateCounts]] = {}
        for _, result in self._ranges:
            for column, counts in result.dates.items():
                seen.setdefault(column, []).append(counts)
        self.dates = {column: total(parts) for column, parts in seen.items()}
        return decide_all(self.dates)

    def merge_groups(self, checks: Sequence[Check]) -> None:
        """Find the records that share a key, and the places of their cells."""
        for check in checks:
            mark([result.members[check.number] for _, result in self._ranges if check.number in result.members])
        for place, placed in self._in_order(look_up, self._lookups(checks)):
            for number, spans in placed.spans.items():
                self.tally.add_spans(number, spans)
            if placed.rows is not None:
                self._store.put(place.number, "groups", placed.rows)

    def _lookups(self, checks: Sequence[Check]) -> Iterator[Lookup]:
        """The ranges that hold cells to be told, and which."""
        told: Counter[int] = Counter()
        for place, result in self._ranges:
            wanted = []
            for check in checks:
                numbers = result.members.pop(check.number).flagged() if check.number in result.members else ()
                self.tally.counts[check.number] += len(numbers)
                spans = min(len(numbers), RELATED - told[check.number])
                told[check.number] += spans
                if spans or (self._keep_rows and len(numbers)):
                    kept = numbers if self._keep_rows else numbers[:spans]
                    wanted.append(Wanted(check.number, check.at, np.asarray(kept), spans))
            if wanted:
                yield Lookup(place, self._table.dialect, self._read(place), tuple(wanted), self._keep_rows)

    def _read(self, place: Range) -> bytes:
        """The bytes of a range once more, as UTF-8."""
        dialect = self._table.dialect
        with self._table.source.open() as file:
            file.seek(place.offset)
            return transcode(file.read(place.length), dialect.encoding, dialect.bare_cr)
