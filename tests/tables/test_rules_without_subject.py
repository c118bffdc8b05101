"""A rule has nothing to say on a table that lacks what it is about, and cannot tell where only its needs are unmet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

import pytest

from mkt_lint import AnyOf, F, Kind, Message, Rows, RuleReference, Table, TableRule, Unreadable
from mkt_lint._evaluation import evaluate

Read = Callable[..., Table | Unreadable]


class Calls(TableRule):
    confidence = "high"
    about = (F.PHONE, AnyOf(F.STATUS, F.OPTED_OUT))
    needs = (F.COLLECTED_AT,)
    messages: ClassVar = {"found": Message("{column}: {count}.", "", "")}

    def check(self, table: Table) -> Iterator[Rows]:
        yield Rows(table.date(F.COLLECTED_AT) < date(2026, 1, 1), at=(F.PHONE,), message="found")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("email,status,collected", []),
        ("email,phone,collected", []),
        ("email,phone,status", [("needs", False)]),
        ("email,phone,opt out,collected", [("found", True)]),
        ("phone,status,opt out,collected", [("found", True)]),
    ],
)
def test_what_a_rule_is_about_comes_before_what_it_needs(
    read: Read, header: str, expected: list[tuple[str, bool]]
) -> None:
    cells = {"email": "a@example.com", "phone": "1", "status": "lead", "opt out": "no", "collected": "2025-01-02"}
    table = read(f"{header}\n{','.join(cells[name] for name in header.split(','))}\n")
    assert isinstance(table, Table)
    rule = Calls(RuleReference("ACME101", "calls", Kind.TABLE, ""))
    found = evaluate(table, [rule], threads=1, keep_rows=False, advance=lambda _: None)
    assert [(verdict.message_id, verdict.decided) for _, verdict in found.verdicts] == expected
    assert found.failures == []
