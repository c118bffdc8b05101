"""All rules on templates against HTMLHint and djLint, each with its default rules, on the same files in the same run.

    python benchmarks/templates.py FOLDER [--runs 5] [--tools FOLDER]

The files are all `.html` and `.htm` below the folder. The other tools are installed into the folder of `--tools`, by
`npm` and into an environment of its own, unless they are there; without it, into a temporary one. CPU is user and
system time of all processes that a tool starts; the tools take turns, so that a change of the machine's speed meets
all, and the least of all runs counts. At the end: where mkt-lint's own time goes, each part against HTMLHint's whole.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HTMLHINT = "htmlhint@1.9.2"
DJLINT = "djlint==1.49.9"
OURS = "mkt-lint -j 1"
MOST = 1.5
"""mkt-lint's CPU, at most, against HTMLHint's."""
LEAST = 8.0
"""djLint's CPU, at least, against mkt-lint's."""

_TIMING = r"^\s*([\d.]+) s\s+(.+)$"


class Spent(NamedTuple):
    """What one run took, in seconds."""

    cpu: float
    wall: float


def install(tools: Path) -> tuple[Path, Path]:
    """The commands of HTMLHint and djLint, installed where they are missing. Raises `CalledProcessError`."""
    htmlhint, djlint = tools / "node_modules" / ".bin" / "htmlhint", tools / "djlint" / "bin" / "djlint"
    if not htmlhint.exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", str(tools), HTMLHINT], check=True)
    if not djlint.exists():
        venv.create(tools / "djlint", with_pip=True)
        subprocess.run([str(djlint.with_name("pip")), "install", "--quiet", DJLINT], check=True)
    return htmlhint, djlint


def run(command: Sequence[str]) -> tuple[Spent, str]:
    """One run, and what it printed on stderr; findings are on stdout and make no difference."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - started
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed with status {done.returncode}:\n{done.stderr[-2000:]}")
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall), done.stderr


def parts(command: Sequence[str], start: Spent) -> dict[str, float]:
    """CPU of mkt-lint's parts: what `--timings` says, by the CPU that the run took for each second of it."""
    spent, said = run([*command, "--timings"])
    timings = {what: float(seconds) for seconds, what in re.findall(_TIMING, said, re.MULTILINE)}
    share = spent.cpu / spent.wall
    read = share * timings.pop("read template", 0.0)
    others = share * sum(timings.pop(what) for what in list(timings) if what.startswith("read "))
    rules = share * sum(timings.values())
    rest = max(0.0, spent.cpu - start.cpu - read - others - rules)
    return {"start-up": start.cpu, "parse": read, "other readers": others, "rules": rules, "the rest": rest}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tools", type=Path)
    arguments = parser.parse_args()
    files = sorted(str(file) for suffix in ("html", "htm") for file in arguments.folder.rglob(f"*.{suffix}"))
    if not files:
        raise SystemExit(f"no .html and no .htm below {arguments.folder}")
    with tempfile.TemporaryDirectory() as made:
        small = Path(made, "small.html")
        small.write_text("<p>x</p>\n", encoding="utf-8")
        htmlhint, djlint = install(arguments.tools.resolve() if arguments.tools else Path(made))
        check = [sys.executable, "-m", "mkt_lint", "check", "--isolated"]
        commands = {
            "HTMLHint": [str(htmlhint), *files],
            OURS: [*check, "-j", "1", *files],
            "mkt-lint": [*check, *files],
            "djLint": [str(djlint), "--lint", *files],
            "mkt-lint, one line": [*check, str(small)],
        }
        runs: dict[str, list[Spent]] = {tool: [] for tool in commands}
        for number in range(arguments.runs + 1):
            for tool, command in commands.items():
                spent, _ = run(command)
                if number:  # the first fills the caches
                    runs[tool].append(spent)
        least = {tool: Spent(*map(min, zip(*spent, strict=True))) for tool, spent in runs.items()}
        own = min((parts(commands[OURS], least["mkt-lint, one line"]) for _ in range(arguments.runs)), key=_total)
    size = sum(Path(file).stat().st_size for file in files)
    theirs = least["HTMLHint"].cpu
    print(f"{len(files)} files, {size / 1e6:.1f} MB\n")
    print(f"{'tool':<20}{'CPU s':>8}{'wall s':>8}{'of HTMLHint':>13}")
    for tool, (cpu, wall) in least.items():
        print(f"{tool:<20}{cpu:>8.2f}{wall:>8.2f}{cpu / theirs:>13.2f}")
    print(f"\n{'part of ' + OURS:<20}{'CPU s':>8}{'':>8}{'of HTMLHint':>13}")
    for part, cpu in own.items():
        print(f"{part:<20}{cpu:>8.2f}{'':>8}{cpu / theirs:>13.2f}")
    most = max(least[OURS].cpu, least["mkt-lint"].cpu)
    print(f"\nat most {MOST} x HTMLHint: {most / theirs:.2f}; at least {LEAST:.0f} x less than djLint: ", end="")
    print(f"{least['djLint'].cpu / most:.1f}")


def _total(parts: dict[str, float]) -> float:
    return sum(parts.values())


if __name__ == "__main__":
    main()
