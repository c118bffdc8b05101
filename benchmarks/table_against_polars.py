"""CPU and memory of linting a table, against Polars parsing the same file and doing nothing with it.

python benchmarks/table_against_polars.py /tmp/table.csv
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PARSE = """
import sys
import polars as pl
print(pl.read_csv(sys.argv[1], infer_schema=False, truncate_ragged_lines=True, quote_char='"').height)
"""


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    cpu: float
    wall: float
    memory: float
    """The largest process's peak, in MiB."""


def measure(command: list[str]) -> Cost:
    """Run a command to its end, with its own children."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024)


def typical(command: list[str], times: int) -> Cost:
    """The median of several runs."""
    runs = [measure(command) for _ in range(times)]
    return Cost(*(statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "wall", "memory")))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure linting a table against a bare parse.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    path = str(arguments.path)
    lint = [sys.executable, "-m", "mkt_lint", "check", path, "--as-of", "2026-11-21"]
    commands = {
        "Polars, bare parse": [sys.executable, "-c", PARSE, path],
        "mkt-lint, one process": [*lint, "--jobs", "1"],
        "mkt-lint, two processes": [*lint, "--jobs", "2"],
    }
    costs = {name: typical(command, arguments.times) for name, command in commands.items()}
    base = next(iter(costs.values()))
    print(f"{'':26}{'CPU s':>8}{'ratio':>8}{'wall s':>8}{'MiB':>8}")
    for name, cost in costs.items():
        print(f"{name:26}{cost.cpu:8.2f}{cost.cpu / base.cpu:8.2f}{cost.wall:8.2f}{cost.memory:8.0f}")


if __name__ == "__main__":
    main()
