"""Which process lints which file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mkt_lint import Source, _plugins, _pool
from mkt_lint._config import Configs
from mkt_lint._linter import Linter
from mkt_lint._run import FileResult, Setup


def sizes(folder: Path, **files: int) -> list[tuple[Source, bool]]:
    made = []
    for name, size in files.items():
        path = folder / name.replace("_", ".")
        with path.open("wb") as file:
            file.truncate(size)  # takes no room
        made.append((Source(path.name, path), False))
    return made


@pytest.mark.parametrize(
    ("rows", "stay"), [(False, ["large.csv", "notes.md"]), (True, ["large.csv", "small.csv", "notes.md"])]
)
def test_large_tables_stay_and_so_do_those_whose_rows_are_told(tmp_path: Path, rows: bool, stay: list[str]) -> None:
    files = sizes(tmp_path, large_csv=32 << 20, small_csv=100, mail_html=100, notes_md=100)
    needs = frozenset({"rows"} if rows else ())
    setup = Setup(Configs(tmp_path, isolated=True), date(2026, 11, 21), needs=needs)  # type: ignore[arg-type]  # of literals
    shares = _pool._shared_out(setup, _plugins.load(()), files)
    assert [source.name for source, _ in shares.here] == stay
    assert {source.name for source, _ in shares.away} == {source.name for source, _ in files} - set(stay)


def test_one_large_table_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lint(_: Linter, source: Source, named: bool, threads: int, advance: object) -> FileResult:
        linted.append((source.name, threads))
        return FileResult(source.path)

    linted: list[tuple[str, int]] = []
    monkeypatch.setattr(Linter, "lint", lint)
    monkeypatch.setattr(_pool, "_lint_in_pool", None)
    files = sizes(tmp_path, large_csv=256 << 20, mail_html=100)
    setup = Setup(Configs(tmp_path, isolated=True), date(2026, 11, 21))
    assert len(list(_pool.results(setup, _plugins.load(()), files, 3, lambda _: None))) == 2
    assert linted == [("large.csv", 3), ("mail.html", 3)]


@pytest.mark.parametrize(
    ("size", "suffix", "worth_it"),
    [
        (15 << 20, "html", False),
        (16 << 20, "html", True),
        (15 << 20, "csv", False),
        (127 << 20, "csv", False),
        (128 << 20, "csv", True),
    ],
)
def test_a_pool_is_for_much_work(size: int, suffix: str, worth_it: bool, tmp_path: Path) -> None:
    files = sizes(tmp_path, **{f"f{number}_{suffix}": size // 16 for number in range(16)})
    setup = Setup(Configs(tmp_path, isolated=True), date(2026, 11, 21))
    assert _pool._shared_out(setup, _plugins.load(()), files).worth_it is worth_it


def test_a_pool_is_for_many_files(tmp_path: Path) -> None:
    files = sizes(tmp_path, **{f"f{number}_html": 0 for number in range(999)})
    setup = Setup(Configs(tmp_path, isolated=True), date(2026, 11, 21))
    assert not _pool._shared_out(setup, _plugins.load(()), files).worth_it
    files += sizes(tmp_path, last_csv=0)
    assert _pool._shared_out(setup, _plugins.load(()), files).worth_it
