"""How time and memory grow with a table: all rules on tables of several sizes, the smallest first.

python benchmarks/make_table.py /tmp/1m.csv --rows 1000000
python benchmarks/make_table.py /tmp/10m.csv --rows 10000000
python benchmarks/table_growth.py /tmp/1m.csv /tmp/10m.csv

Starting takes as long whatever the table, so that CPU a record is told after it; it is measured on the first records.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from peers import Cost, measure, shortened

_FIRST = 20


class Run(NamedTuple):
    """What linting one table took."""

    cost: Cost
    records: int


def lint(path: Path, jobs: str, folder: str) -> Run:
    """Lint a table with all rules."""
    report = Path(folder, "report.json")
    options = ["--isolated", "--as-of", "2026-11-21", "--jobs", jobs, "-f", f"json:{report}"]
    cost = measure([sys.executable, "-m", "mkt_lint", "check", str(path), *options], folder, (0, 1))
    [table] = json.loads(report.read_text(encoding="utf-8"))["files"]
    if table["records"] != table["records_checked"] + table["records_reported"]:
        raise subprocess.SubprocessError("records were lost")
    return Run(cost, table["records"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--jobs", default="2")
    arguments = parser.parse_args()
    paths = [path.resolve() for path in arguments.paths]
    with tempfile.TemporaryDirectory() as folder:
        started = lint(Path(shortened(paths[0], folder, _FIRST)), arguments.jobs, folder).cost.cpu
        print(f"start-up: {started:.2f} CPU s; {arguments.jobs} threads")
        print(f"{'records':>12}{'CPU s':>8}{'ratio':>8}{'CPU us a record':>17}{'ratio':>8}{'wall s':>8}{'MiB':>8}")
        first: tuple[float, float] | None = None
        for path in paths:
            cost, records = lint(path, arguments.jobs, folder)
            each = (cost.cpu - started) / records * 1e6
            first = first or (cost.cpu, each)
            print(
                f"{records:12,}{cost.cpu:8.2f}{cost.cpu / first[0]:8.2f}{each:17.3f}{each / first[1]:8.2f}"
                f"{cost.wall:8.2f}{cost.largest:8.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
