"""How long the command takes to start, against the bare imports that it cannot do without.

    python benchmarks/cold_start.py [--runs 15]

Each pair of commands is run in turn, so that a change of the machine's speed meets both; the ratio is that of the
medians of user and system time.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

TEMPLATE = Path(__file__).parent.parent / "examples" / "templates" / "campaigns" / "flash_sale.html"

PARSER_IMPORTS = "import click, pluggy, lxml.etree, importlib.metadata as m; m.entry_points()"


def cpu_seconds(command: Sequence[str], folder: str) -> float:
    """User and system time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(command: Sequence[str], baseline: Sequence[str], runs: int, folder: str) -> tuple[float, float, float]:
    """Median of the command, median of the baseline, and their ratio; after one run of each that is not counted."""
    pairs = [(cpu_seconds(command, folder), cpu_seconds(baseline, folder)) for _ in range(runs + 1)][1:]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, theirs, ours / theirs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    command = str(Path(sys.executable).with_name("mkt-lint"))
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, "mail.html")
        template.write_bytes(TEMPLATE.read_bytes())
        comparisons = {
            "mkt-lint --version": ([command, "--version"], "import click, pluggy", 1.5),
            "mkt-lint check mail.html": ([command, "check", "mail.html"], PARSER_IMPORTS, 1.6),
        }
        print(f"{'command':<26}{'CPU s':>8}{'bare imports':>14}{'ratio':>8}{'bar':>6}")
        for name, (arguments, imports, bar) in comparisons.items():
            ours, theirs, found = ratio(arguments, [sys.executable, "-c", imports], runs, folder)
            print(f"{name:<26}{ours:>8.3f}{theirs:>14.3f}{found:>8.2f}{bar:>6.1f}")


if __name__ == "__main__":
    main()
