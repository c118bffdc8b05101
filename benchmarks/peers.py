"""Eight checks that other tools can do too, on the same file and in the same run: CPU, wall time and memory.

    python benchmarks/make_table.py /tmp/table.csv
    python benchmarks/peers.py /tmp/table.csv

The other tools are installed into an environment in a temporary folder. The checks: kept too long by two dates, consent
without its date, a source that matches a pattern, no source, opted out but subscribed, the syntax of addresses, dates
that are invalid or in the future, national number, IBAN or payment card in notes. The others give no line and column of
what they find; mkt-lint checks the digits of numbers besides. At the end: where mkt-lint's own time goes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from table_parts import CONFIG, EIGHT, PARSE, compile_packages

PACKAGES = ("pandera[polars]", "pointblank", "polars", "frictionless", "duckdb")
_POLL = 0.05
"""Seconds between two looks at the memory in use."""

_SHARED = r"""
import sys
from datetime import date
PATH = sys.argv[1]
AS_OF, CUTOFF = date(2026, 11, 21), date(2023, 11, 21)
DATES = ["created_date", "last_activity_date", "last_open_date", "last_click_date", "consent_date"]
SCRAPED = "(?i)linkedin|phantombuster|scrap"
ADDRESS = r"^[^\s@]+@(?:[^\s@.]+\.)+[A-Za-z]{2,}$"
NUMBERS = r"[0-9](?:[ .-]?[0-9]){12}|[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11}"
"""
_EXPRESSIONS = """
import polars as pl
text, day = pl.col, lambda name: pl.col(name).str.to_date("%Y-%m-%d", strict=False)
frame = pl.read_csv(PATH, infer_schema=False, empty_string_is_null=False)
subscribed = text("consent_status") == "subscribed"
bad = [
    (text("opted_out") != "true") & (pl.max_horizontal(day("created_date"), day("last_click_date")) < CUTOFF),
    subscribed & (text("consent_date") == ""),
    text("lead_source").str.contains(SCRAPED),
    text("lead_source") == "",
    (text("opted_out") == "true") & subscribed,
    ~text("email").str.contains(ADDRESS),
    pl.any_horizontal(((text(n) != "") & day(n).is_null()) | (day(n) > AS_OF) for n in DATES).fill_null(False),
    text("notes").str.contains(NUMBERS),
]
good = [~expression.fill_null(False) for expression in bad]
"""
_SCRIPTS = {
    "csv of the standard library, parse only": """
import csv
with open(PATH, encoding="utf-8", newline="") as file:
    for _ in csv.reader(file):
        pass
""",
    "Polars, expressions written by hand": f"""{_EXPRESSIONS}
print(frame.select([expression.sum().alias(str(n)) for n, expression in enumerate(bad)]).row(0))
""",
    "DuckDB, SQL written by hand": """
import duckdb
day = lambda name: f"try_strptime({name}, '%Y-%m-%d')::DATE"
subscribed = "consent_status = 'subscribed'"
bad = [
    f"opted_out <> 'true' and greatest({day('created_date')}, {day('last_click_date')}) < DATE '{CUTOFF}'",
    f"{subscribed} and consent_date = ''",
    f"regexp_matches(lead_source, '{SCRAPED}')",
    "lead_source = ''",
    f"opted_out = 'true' and {subscribed}",
    f"not regexp_matches(email, '{ADDRESS}')",
    " or ".join(f"({n} <> '' and {day(n)} is null) or {day(n)} > DATE '{AS_OF}'" for n in DATES),
    f"regexp_matches(notes, '{NUMBERS}')",
]
counts = ", ".join(f"count(*) filter (where {condition})" for condition in bad)
table = f"read_csv('{PATH}', header=true, all_varchar=true, nullstr='\\x01', quote='\\"', escape='\\"')"
print(duckdb.sql(f"select {counts} from {table}").fetchall())
""",
    "pandera on Polars": f"""{_EXPRESSIONS}
import pandera.polars as pa
def check(expression):
    return pa.Check(lambda data: data.lazyframe.select(expression))
try:
    pa.DataFrameSchema(checks=[check(expression) for expression in good]).validate(frame, lazy=True)
except pa.errors.SchemaErrors as errors:
    print(len(errors.schema_errors))
""",
    "pointblank": f"""{_EXPRESSIONS}
import pointblank as pb
plan = pb.Validate(data=frame)
for expression in good:
    plan = plan.col_vals_expr(expr=expression)
print(plan.interrogate().n_failed())
""",
    "frictionless": r"""
from frictionless import Checklist, Resource, Schema, checks, fields, validate
import csv
header = next(csv.reader(open(PATH, encoding="utf-8")))
schema = Schema()
for name in header:
    if name in DATES:
        schema.add_field(fields.DateField(name=name, constraints={"maximum": str(AS_OF)}))
    elif name == "email":
        schema.add_field(fields.StringField(name=name, format="email"))
    elif name == "lead_source":
        pattern = "(?!.*(?:[Ll]inked[Ii]n|[Pp]hantom[Bb]uster|[Ss]crap)).*"
        schema.add_field(fields.StringField(name=name, constraints={"required": True, "pattern": pattern}))
    elif name == "notes":
        schema.add_field(fields.StringField(name=name, constraints={"pattern": rf"(?s:(?!.*(?:{NUMBERS})).*)"}))
    else:
        schema.add_field(fields.StringField(name=name))
subscribed = "consent_status == 'subscribed'"
rules = [
    f"opted_out == 'true' or str(created_date) >= '{CUTOFF}' or str(last_click_date) >= '{CUTOFF}'",
    f"not ({subscribed}) or consent_date",
    f"opted_out != 'true' or not ({subscribed})",
]
found = validate(
    Resource(path=PATH.rpartition("/")[2], basepath=PATH.rpartition("/")[0], schema=schema, encoding="utf-8"),
    checklist=Checklist(checks=[checks.row_constraint(formula=rule) for rule in rules]), limit_errors=10**9,
)
print(found.stats)
""",
}


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    cpu: float
    wall: float
    largest: float
    """Peak memory of the largest process, in MiB."""
    together: float
    """Peak memory of all processes at one time, in MiB."""


def _resident(process: int) -> int:
    """Bytes in use by a process and those that it started."""
    try:
        own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        return 0
    return own + sum(_resident(int(child)) for child in children)


def measure(command: list[str], folder: str, good: tuple[int, ...]) -> Cost:
    """Run a command to its end, with its own children.

    Raises:
        subprocess.CalledProcessError: it ended with another exit status than the good ones.
    """
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        together, done = 0, 0
        while not done:
            together = max(together, _resident(process.pid))
            time.sleep(_POLL)
            done, status, used = os.wait4(process.pid, os.WNOHANG)
        wall = time.perf_counter() - started
        if (code := os.waitstatus_to_exitcode(status)) not in good:
            errors.seek(0)
            raise subprocess.CalledProcessError(code, command, stderr=errors.read().decode())
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, together / (1 << 20))


def shortened(path: Path, folder: str, lines: int) -> str:
    """A file with the first lines of another."""
    target = Path(folder, "slice.csv")
    with path.open("rb") as source:
        target.write_bytes(b"".join(islice(source, lines)))
    return str(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--slice", type=int, default=20_000, help="lines that frictionless is given")
    parser.add_argument("--python", help="an interpreter that has the other tools; else an environment is made")
    arguments = parser.parse_args()
    path = arguments.path.resolve()
    compile_packages()
    rows = sum(1 for _ in path.open("rb")) - 1
    with tempfile.TemporaryDirectory() as folder:
        python = arguments.python
        if not python:
            venv.create(Path(folder, "peers"), with_pip=True)
            python = str(Path(folder, "peers", "bin", "python"))
            subprocess.run([python, "-m", "pip", "install", "-qq", *PACKAGES], check=True)
        lint = [sys.executable, "-m", "mkt_lint", "check", str(path), "--as-of", "2026-11-21"]
        config = Path(folder, "mkt-lint.toml")
        config.write_text(CONFIG, encoding="utf-8")
        commands = {"Polars, bare parse": [sys.executable, "-c", PARSE, str(path)]}
        for jobs, name in (("2", "two threads"), ("1", "one thread")):
            commands[f"mkt-lint, eight checks, {name}"] = [
                *lint,
                "--jobs",
                jobs,
                "--config",
                str(config),
                "--select",
                EIGHT,
            ]
            commands[f"mkt-lint, all rules, {name}"] = [*lint, "--jobs", jobs, "--isolated"]
        for name, script in _SCRIPTS.items():
            table = shortened(path, folder, arguments.slice) if name == "frictionless" else str(path)
            commands[name] = [python, "-c", _SHARED + script, table]
        print(f"{path.name}: {rows:,} lines, {path.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores")
        print(f"{'':40}{'CPU s':>8}{'ratio':>8}{'wall s':>8}{'MiB, largest':>14}{'MiB, all':>10}{'lines/CPU s':>13}")
        base = 0.0
        for name, command in commands.items():
            cost = measure(command, folder, (0, 1) if "mkt_lint" in command else (0,))
            base = base or cost.cpu
            lines, ratio = rows, f"{cost.cpu / base:.2f}"
            if name == "frictionless":
                lines = min(rows, arguments.slice)
                ratio = f"{cost.cpu / lines / (base / rows):.0f}"
            print(
                f"{name:40}{cost.cpu:8.2f}{ratio:>8}{cost.wall:8.2f}{cost.largest:14.0f}{cost.together:10.0f}"
                f"{lines / cost.cpu:13,.0f}",
                flush=True,
            )
    for options in (["--eight"], []):
        print(flush=True)
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("table_parts.py")), str(path), *options], check=True
        )


if __name__ == "__main__":
    main()
