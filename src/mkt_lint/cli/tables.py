"""`mkt-lint tables`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkt_lint._fields import F, Field
from mkt_lint._files import walk
from mkt_lint._reporters.terminal import columns, visible, wrap
from mkt_lint._run import Setup
from mkt_lint._survey import Surveyor
from mkt_lint.cli.failing import end
from mkt_lint.cli.options import config_file, plugin_option, with_isolated
from mkt_lint.cli.starting import started

if TYPE_CHECKING:
    from mkt_lint._documents.table import Column, Table
    from mkt_lint._evaluation.survey import RuleState, Survey

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_ORDERS = {"ymd": "year, month, day", "dmy": "day, month, year", "mdy": "month, day, year"}
_FORMATS = {"words": "with the month's name", "serial": "a spreadsheet's day numbers"}
_PROBLEMS = {
    "date-order-unknown": "day first or month first: no value tells",
    "date-order-mixed": "some day first, others month first",
    "date-format-unknown": "in no single known format",
}
_STATES = {
    "runs": "Rules that can run",
    "lacks-field": "Rules that cannot tell, since they lack a column; one of these would do",
    "dates-undecided": "Rules that read dates which cannot be relied on",
    "undecided": "Rules that cannot tell for another reason (see mkt-lint check)",
    "not-contacts": "Rules for lists of contacts, which this is not",
    "silent": "Rules about what this table does not hold",
    "fails": "Rules that are broken",
}
_ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a byte order mark", "utf-16-le": "UTF-16 (little-endian)",
    "utf-16-be": "UTF-16 (big-endian)", "cp1252": "Windows-1252",
}  # fmt: skip
_WIDTH = 100
_SHOWN = 8
"""Values that are listed; there are as many countries as one likes."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Output format.")
@config_file
@with_isolated
@plugin_option
@click.option("--debug", is_flag=True, help="Where in the code something broke.")
def tables(
    paths: tuple[str, ...], form: str, config: Path | None, isolated: bool, plugin: tuple[str, ...], debug: bool
) -> None:
    """Show how tables are read: encoding, columns and what they mean, dates, and which rules that lets run.

    Says which lines of mkt-lint.toml would change it. No content of a cell is shown.
    """
    with started(config, isolated, plugin, debug=debug) as (configs, host, blocked):
        today = date.today()  # noqa: DTZ011  # the user's own day
        surveyor = Surveyor(Setup(configs, today, blocked), host)
        surveyor.survey(walk(paths, configs))
    failures = sorted({*host.failures, *surveyor.failures}, key=lambda failure: failure.sort_key)
    if form == "json":
        listed = [_as_json(survey) for survey in surveyor.surveys]
        click.echo(json.dumps({"version": 1, "tables": listed}, indent=2, ensure_ascii=False))
    elif surveyor.surveys:
        click.echo("\n\n".join("\n".join(_as_text(survey)) for survey in surveyor.surveys))
    elif not failures:
        click.echo("There is no table there.", err=True)
    end(failures, debug=debug)


def _is_grid(table: Table) -> bool:
    """Whether cells lie in rows and columns, as in a sheet, and nothing separates them."""
    return table.dialect.first_column is not None


def _has_header(table: Table) -> bool:
    """Where there is none, the first record stands in its place."""
    return table.dialect.first_line > table.header_span.line


def _as_json(survey: Survey) -> dict[str, object]:
    table = survey.table
    return {
        "path": table.path,
        **({"part": table.part} if table.part is not None else {}),
        "encoding": table.encoding,
        "delimiter": None if _is_grid(table) else table.delimiter,
        "header": _has_header(table),
        "header_line": table.header_span.line if _has_header(table) else None,
        "records": survey.records,
        "records_checked": survey.records - survey.reported,
        "records_reported": survey.reported,
        "contact_list": table.is_contact_list,
        "columns": [_column_as_json(survey, column) for column in table.columns],
        "file_name_says": {str(field): value for field, value in table.given.items()},
        "rules": [_rule_as_json(table, state) for state in survey.rules],
        "config": "\n".join(_config(table)),
    }


def _column_as_json(survey: Survey, column: Column) -> dict[str, object]:
    dates = survey.dates.get(column.index)
    return {
        "number": column.header.number,
        "header": column.header.name,
        "field": column.field,
        "inverted": column.inverted,
        "dates": {"format": dates.format, "problem": dates.problem} if dates else None,
    }


def _rule_as_json(table: Table, state: RuleState) -> dict[str, object]:
    return {
        "code": state.rule.code,
        "name": state.rule.name,
        "state": state.state,
        "fields": list(state.fields),
        "columns": [table.columns[index].header.number for index in state.columns],
    }


def _as_text(survey: Survey) -> Iterator[str]:
    table = survey.table
    part = f" [{table.part}]" if table.part is not None else ""
    header = (
        f"{'row' if _is_grid(table) else 'line'} {table.header_span.line}"
        if _has_header(table)
        else "none; columns go by their numbers"
    )
    malformed = f", {survey.reported:,} of them malformed" if survey.reported else ""
    yield visible(f"{table.path}{part}")
    if not _is_grid(table):
        yield f"  Encoding:   {_ENCODINGS.get(table.encoding, table.encoding)}"
        yield f"  Delimiter:  {_DELIMITERS.get(table.delimiter, table.delimiter)}"
    yield f"  Header:     {header}"
    yield f"  Records:    {survey.records:,}{malformed}"
    yield f"  Contacts:   {'yes' if table.is_contact_list else 'no: no address, no phone, no name with a company'}"
    for field, value in table.given.items():
        yield visible(f"  File name:  says {field} = {value} of all records")
    yield ""
    yield "  Columns"
    names = [visible(str(column.header)) for column in table.columns]
    width = max(map(columns, names))
    for column, name in zip(table.columns, names, strict=True):
        yield f"  {column.header.number:>4}  {name}{' ' * (width - columns(name))}  {_meaning(survey, column)}"
    for state, title in _STATES.items():
        rules = [found for found in survey.rules if found.state == state]
        if rules:
            yield ""
            yield f"  {title}"
            for found in rules:
                yield from wrap(_rule_as_text(table, found), _WIDTH, "    ", "        ")
    yield ""
    yield "  Lines of mkt-lint.toml that say the same, to be changed"
    yield ""
    yield from (f"    {line}".rstrip() for line in _config(table))


def _meaning(survey: Survey, column: Column) -> str:
    parts = [column.field or "not recognised"]
    if column.inverted:
        parts.append("yes means no")
    if dates := survey.dates.get(column.index):
        parts.append(f"dates: {_dates(dates.format, dates.problem)}")
    return "; ".join(parts)


def _dates(form: str | None, problem: str | None) -> str:
    if problem:
        return _PROBLEMS[problem]
    if form is None:
        return "none"
    order = _ORDERS.get(form[:3])
    return f"{order}{f', with {form[3:]}' if form[3:] else ''}" if order else _FORMATS.get(form, form)


def _rule_as_text(table: Table, state: RuleState) -> str:
    text = f"{state.rule.code} {state.rule.name}"
    if state.fields:
        text += f": {' or '.join(state.fields)}"
    if state.columns:
        text += f": {', '.join(str(table.columns[index].header) for index in state.columns)}"
    return visible(text)


def _config(table: Table) -> Iterator[str]:
    """TOML that says what is so, and comments for what could be said besides."""
    named: dict[str, Field | None] = {
        column.header.name: column.field for column in table.columns if column.header.name
    }
    yield "[tables.columns]"
    for name, field in named.items():
        if field:
            yield f"{_quoted(name)} = {_quoted(field)}"
    unknown = [name for name, field in named.items() if not field]
    if unknown:
        yield "# not recognised; for “?” put the name of a field:"
        yield from (f'# {_quoted(name)} = "?"' for name in unknown)
        fields = ", ".join(sorted(field for field in vars(F).values() if isinstance(field, Field)))
        yield from wrap(fields, _WIDTH, "# fields: ", "#   ")
    for field in dict.fromkeys(column.field for column in table.columns if column.field):
        meanings = sorted(set(table.values.get(field, {}).values()))
        if meanings:
            others = [*meanings[1:_SHOWN], *(["…"] if len(meanings) > _SHOWN else [])]
            yield ""
            yield f"[tables.values.{_key(field)}]"
            yield f'# "what a cell says" = "{meanings[0]}"' + (f"  # or {', '.join(others)}" if others else "")


def _quoted(text: str) -> str:
    """A string in TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(field: Field) -> str:
    return _quoted(field) if "." in field else str(field)
