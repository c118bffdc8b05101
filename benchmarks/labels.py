"""How often “no working unsubscribe” (EML101, EML102) is right, against labels that were given by reading.

    python benchmarks/labels.py FOLDER LABELS [--list]

LABELS is a table with tabs between its columns: `path`, from the folder; `kind` (marketing, transactional, partial,
layout, not-email); `has_working_unsubscribe` (yes, no, placeholder, via-include, esp-auto); `uncertain`, which leaves a
row out where it is filled in, and so does via-include. Findings that are notes do not count. `--list` names the
templates behind the errors. Nothing of this machine's configuration is used.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

RULES = "EML101,EML102"
WITHOUT = ("no", "placeholder")


class Row(NamedTuple):
    """A label, and whether the template was flagged."""

    path: str
    kind: str
    way_out: str
    flagged: bool


def flagged_in(folder: Path) -> set[str]:
    """The paths in a folder with a finding of one of the rules. Raises `SystemExit` where the run fails."""
    command = [sys.executable, "-m", "mkt_lint", "check", "--isolated", "--fail-on", "never", "-f", "json"]
    done = subprocess.run([*command, "--select", RULES, "."], cwd=folder, capture_output=True, text=True, check=False)
    try:
        findings = json.loads(done.stdout)["findings"]
    except ValueError:
        raise SystemExit(f"mkt-lint failed with status {done.returncode}:\n{done.stderr[-2000:]}") from None
    return {finding["path"] for finding in findings if finding["severity"] != "note"}


def rows(labels: Path, flagged: set[str]) -> Iterator[Row]:
    """The labels that count."""
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            way_out = row["has_working_unsubscribe"]
            if not (row.get("uncertain") or "").strip() and way_out != "via-include":
                yield Row(row["path"], row["kind"], way_out, row["path"] in flagged)


def share(part: int, whole: int) -> str:
    """A share, and what it is of."""
    return f"{part} of {whole}" + (f" = {part / whole:.1%}" if whole else "")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--list", action="store_true", help="name the templates behind the errors")
    options = parser.parse_args(arguments)
    known = list(rows(options.labels, flagged_in(options.folder)))
    marketing = [row for row in known if row.kind == "marketing"]
    others = [row for row in known if row.kind != "marketing"]
    without = [row for row in marketing if row.way_out in WITHOUT]
    found = [row for row in without if row.flagged]
    false = [row for row in marketing if row.flagged and row.way_out not in WITHOUT]
    wrong = [row for row in others if row.flagged]
    dead = [row for row in wrong if row.way_out == "placeholder"]
    print(f"recall on marketing     {share(len(found), len(without))}")
    print(f"precision on marketing  {share(len(found), len(found) + len(false))}")
    print(f"others flagged          {share(len(wrong), len(others))}, of which {len(dead)} have a dead link")
    if options.list:
        for title, errors in (
            ("missed", [row for row in without if not row.flagged]),
            ("flagged in spite of a way out", false),
            ("flagged though no marketing", wrong),
        ):
            for row in errors:
                print(f"{title}: {row.path} ({row.kind}, {row.way_out})")


if __name__ == "__main__":
    main()
