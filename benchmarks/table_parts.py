"""Where the CPU goes when a table is linted in one process, each part as a ratio of Polars' bare parse of the file.

python benchmarks/make_table.py /tmp/table.csv
python benchmarks/table_parts.py /tmp/table.csv [--select CRM401,CRM302] [--eight]
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

EIGHT = "CRM102,CRM202,CRM301,CRM302,CRM401,CRM602,CRM603,CRM902,CRM903"
"""The rules that hold the eight checks which other tools can do too."""
CONFIG = "[rules.CRM202]\nother-records = false\n"
"""They hold each record against itself alone, as those of the other tools do."""
PARSE = "import sys, polars as pl; pl.read_csv(sys.argv[1], infer_schema=False, truncate_ragged_lines=True)"
AS_OF = date(2026, 11, 21)

spent: defaultdict[str, float] = defaultdict(float)
"""CPU seconds by part."""


def compile_packages() -> None:
    """Write the bytecode of all packages, as installers do; a checkout without any is compiled each time."""
    for name in ("mkt_lint", "mkt_lint_crm", "mkt_lint_email", "mkt_lint_security"):
        spec = find_spec(name)
        for folder in (spec and spec.submodule_search_locations) or ():
            compileall.compile_dir(folder, quiet=1)


def timed(module: Any, name: str, part: str) -> None:
    """Count the CPU of a function of a module, or of each step of a generator, as a part."""
    function = getattr(module, name)

    def stepped(steps: Iterator[Any]) -> Iterator[Any]:
        while True:
            started = time.process_time()
            step = next(steps, None)
            spent[part] += time.process_time() - started
            if step is None:
                return
            yield step

    def counted(*arguments: Any, **options: Any) -> Any:
        started = time.process_time()
        result = function(*arguments, **options)
        spent[part] += time.process_time() - started
        return stepped(result) if isinstance(result, Iterator) else result

    setattr(module, name, counted)


def lint(path: Path, select: tuple[str, ...], config_file: Path | None) -> int:
    """Lint one table and count the parts; return how many rules looked at it."""
    started = time.process_time()
    from mkt_lint import ReadContext, Source, Table, TableRule, _plugins
    from mkt_lint._config import CommandLine, Configs
    from mkt_lint._evaluation import evaluation, unit
    from mkt_lint._model import Kind
    from mkt_lint._readers.table import TableReader
    from mkt_lint._rules import Rules

    host = _plugins.load(())
    source = Source(path.name, path)
    configs = Configs(Path.cwd(), config_file, isolated=config_file is None, command_line=CommandLine(select))
    config = configs.for_file(source)
    rules = [rule for rule in Rules(host).enabled(config, Kind.TABLE) if isinstance(rule, TableRule)]
    vocabulary = host.vocabulary
    spent["start-up"] = time.process_time() - started
    timed(evaluation, "batches", "index")
    parts = {"_frame": "parse", "read_dates": "dates", "find": "expressions", "place": "places"}
    for name, part in parts.items():
        timed(unit, name, part)
    started = time.process_time()
    [table] = TableReader().read(source, ReadContext(config, AS_OF, lambda: (), lambda: vocabulary))
    spent["encoding and header"] = time.process_time() - started
    assert isinstance(table, Table)
    started, known = time.process_time(), sum(spent.values())
    evaluation.evaluate(table, rules, threads=1, keep_rows=False, advance=lambda _: None)
    spent["the rest"] = time.process_time() - started - (sum(spent.values()) - known)
    return len(rules)


def bare_parse(path: Path, times: int) -> float:
    """The median of the CPU that a process takes to read the file with Polars and do nothing with it."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", PARSE, path], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return sorted(once() for _ in range(times))[times // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--select", default="", metavar="CODES")
    parser.add_argument("--eight", action="store_true", help="only the rules with checks that other tools can do too")
    arguments = parser.parse_args()
    codes = EIGHT if arguments.eight else arguments.select
    compile_packages()
    base = bare_parse(arguments.path, 3)
    os.environ["POLARS_MAX_THREADS"] = "1"  # before Polars is imported: CPU that waits for other threads is none
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "mkt-lint.toml")
        config.write_text(CONFIG, encoding="utf-8")
        rules = lint(arguments.path, tuple(filter(None, codes.split(","))), config if arguments.eight else None)
    print(f"{f'{rules} rules':22}{'CPU s':>8}{'ratio':>8}")
    print("{:22}{:8.2f}{:8.2f}".format("Polars, bare parse", base, 1))
    for part, seconds in (*spent.items(), ("all", sum(spent.values()))):
        print(f"{part:22}{seconds:8.2f}{seconds / base:8.2f}")


if __name__ == "__main__":
    main()
