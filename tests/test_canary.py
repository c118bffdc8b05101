"""No content of a cell, no secret and no token gets out, in any format, with or without `--debug`."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from harness import AS_OF, Run, write
from settings_samples import SAMPLES, with_secrets

FORMATS = ("text", "json", "sarif", "github", "rows")

HEADERS = [
    "email", "first_name", "last_name", "phone", "company", "source", "source_url", "status", "created_at",
    "collected_at", "last_contact_at", "last_click_at", "consent_status", "notes",
]  # fmt: skip

RAISING_PACK = """
    import polars as pl
    from mkt_lint import F, Kind, Message, Rows, RuleReference, TableRule, hookimpl

    class BadExpression(TableRule):
        '''Its expression fails on the data, with an error that quotes a cell.'''
        confidence = "high"
        messages = {"seen": Message("Seen: {count}.", "", "")}

        def check(self, table):
            yield Rows(table.text(F.EMAIL).cast(pl.Int64, strict=True) > 0, at=(F.EMAIL,), message="seen")

    class BadArgument(TableRule):
        '''Tries to put a text into a message.'''
        confidence = "high"
        messages = {"seen": Message("Seen: {cell}.", "", "")}

        def check(self, table):
            yield Rows(pl.lit(True), at=(F.EMAIL,), message="seen", cell="a cell")

    @hookimpl
    def mkt_lint_rules():
        return [
            RuleReference("ACM101", "bad-expression", Kind.TABLE, "acme:BadExpression"),
            RuleReference("ACM102", "bad-argument", Kind.TABLE, "acme:BadArgument"),
        ]
"""


class Marks:
    """Unique words, and the ways in which one could get out."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.all: list[str] = []

    def new(self, template: str = "{}") -> str:
        mark = f"zqx{next(self._numbers):04}k"
        self.all.append(mark)
        return template.format(mark)

    def leaks(self, output: str) -> Iterator[str]:
        lowered = output.lower()
        for mark in self.all:
            plain = [mark, *(getattr(hashlib, name)(mark.encode()).hexdigest() for name in ("md5", "sha1", "sha256"))]
            yield from (form for form in plain if form in lowered)


def _row(marks: Marks, number: int) -> list[str]:
    dates = ["2019-01-02", "2020-03-04", "", "not a date " + marks.new()]
    return [
        marks.new("{}@mail.example"), marks.new(), marks.new(), marks.new("+33 6 {}"), marks.new(),
        marks.new("LinkedIn {}"), marks.new("https://www.linkedin.com/in/{}"), marks.new("prospect {}"),
        dates[number % 4], dates[number % 3], dates[(number + 1) % 4], dates[(number + 2) % 4], marks.new(),
        marks.new(),
    ]  # fmt: skip


def _table(marks: Marks, *, header: bool) -> str:
    rows = [_row(marks, number) for number in range(40)]
    lines = [",".join(HEADERS)] if header else []
    lines += [",".join(row) for row in rows]
    broken = [
        "," * 3 + marks.new(),
        f'{marks.new()},{marks.new()}"stray,{",".join(marks.new() for _ in range(12))}',
        f'"{marks.new()},unterminated {marks.new()}',
        marks.new("nul\0{}") + "," * 13,
        "",
    ]
    return "\n".join([*lines, *broken, lines[-1], ""])


@pytest.fixture
def marks() -> Marks:
    return Marks()


def _outputs(run: Run, *arguments: str, cwd: Path | None = None) -> Iterator[tuple[str, str]]:
    for name in FORMATS:
        for extra in ([], ["--debug", "-v", "--statistics"]):
            done = run("check", "--as-of", AS_OF, "-f", name, *extra, *arguments, cwd=cwd)
            yield f"{name} {extra}", done.stdout + done.stderr


@pytest.mark.parametrize("header", [True, False])
def test_cells_stay_in_the_file(header: bool, run: Run, project: Path, marks: Marks) -> None:
    write(project, {"export.csv": _table(marks, header=header)})
    found = run("check", "--as-of", AS_OF, "-f", "json", "export.csv").json
    assert "CRM901" in found["summary"]["by_code"]
    assert ("CRM302" in found["summary"]["by_code"]) == header
    for how, output in _outputs(run, "export.csv"):
        assert list(marks.leaks(output)) == [], how


def _rows(marks: Marks) -> list[list[str]]:
    return [HEADERS, *([cell.replace("\0", "") for cell in _row(marks, number)] for number in range(40))]


def _gzip(marks: Marks) -> bytes:
    return gzip.compress(_table(marks, header=True).encode())


def _zstd(marks: Marks) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    packed: bytes = zstd.compress(_table(marks, header=True).encode())
    return packed


def _workbook(marks: Marks) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name in ("Contacts", "Archive"):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(_rows(marks)):
                sheet.write_row(number + 2, 1, cells)
            sheet.write_row(60, 1, [marks.new()])
            sheet.write_formula(61, 2, "=1/0", None, "#DIV/0!")
    return file.getvalue()


def _parquet(marks: Marks) -> bytes:
    header, *rows = _rows(marks)
    rows[3][0] += "\0"
    file = io.BytesIO()
    pl.DataFrame(rows, schema=header, orient="row").write_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [("crm.csv.gz", _gzip), ("crm.csv.zst", _zstd), ("crm.xlsx", _workbook), ("crm.parquet", _parquet)],
)
def test_cells_stay_in_files_of_other_formats(
    name: str, make: Callable[[Marks], bytes], run: Run, project: Path, marks: Marks
) -> None:
    data = make(marks)
    write(project, {name: data})
    found = run("check", "--as-of", AS_OF, "-f", "json", name)
    assert {"CRM302", "CRM901"} <= found.json["summary"]["by_code"].keys()
    assert found.stderr == ""
    middle = len(data) // 2
    broken = {"cut": data[:middle], "changed": data[:middle] + b"\xff\0\xff" + data[middle + 3 :]}
    for how, content in broken.items():
        write(project, {f"{how}/{name}": content})
    loud = ("--as-of", AS_OF, "--debug", "-v", "--statistics", "--timings")
    runs: list[tuple[str, ...]] = [("check", "-f", form, *loud, name) for form in FORMATS]
    runs += [("check", "-f", form, *loud, f"{how}/{name}") for how in broken for form in ("text", "json")]
    runs += [("tables", "-f", form, "--debug", name) for form in ("text", "json")]
    runs += [("tables", "--debug", f"cut/{name}")]
    for arguments in runs:
        done = run(*arguments)
        assert list(marks.leaks(done.stdout + done.stderr)) == [], arguments
    assert run("check", f"cut/{name}").status == 2


def test_rules_that_raise_quote_no_cell(run: Run, project: Path, install: Callable[..., None], marks: Marks) -> None:
    install("acme-pack", "1.2", {"acme": "acme"}, acme=RAISING_PACK)
    write(project, {"export.csv": _table(marks, header=True)})
    done = run("check", "--as-of", AS_OF, "-f", "json", "export.csv")
    assert done.status == 2
    raised = sorted((error["code"], error["plugin"]) for error in done.json["errors"])
    assert raised == [("ACM101", "acme"), ("ACM102", "acme")]
    assert "CRM302" in done.json["summary"]["by_code"], "the other rules' findings are there"
    for how, output in _outputs(run, "export.csv"):
        assert list(marks.leaks(output)) == [], how


def test_secrets_of_settings_stay_in_the_file(run: Run, project: Path, marks: Marks) -> None:
    realm = {
        "realm": "shop",
        "enabled": True,
        "sslRequired": "none",
        "passwordPolicy": "length(6)",
        "bruteForceProtected": False,
        "clients": [{"clientId": "web", "secret": marks.new()}],
        "smtpServer": {"password": marks.new(), "user": marks.new()},
    }
    text = json.dumps(realm)
    write(project, {"realm.json": text, "cut.json": text[:-20] + "}", "policy.yaml": (
        f"secret: {marks.new()}\npassword-policy:\n  min-length: 6\n  minlength: {marks.new()}\n"
    )})  # fmt: skip
    assert "SEC101" in run("check", "-f", "json", "realm.json").json["summary"]["by_code"]
    for how, output in _outputs(run, "."):
        assert list(marks.leaks(output)) == [], how


def test_secrets_of_every_format_stay_in_the_file(run: Run, project: Path) -> None:
    for number, sample in enumerate(SAMPLES):
        text = with_secrets(sample)
        whole, cut = f"whole/{number}/{sample['file']}", f"cut/{number}/{sample['file']}"
        write(project, {whole: text, cut: text[: len(text) // 2]})
    done = run("check", "-f", "json", "whole")
    assert done.json["errors"] == []
    assert {"SEC101", "SEC102", "SEC103"} <= done.json["summary"]["by_code"].keys()
    for how, output in _outputs(run, "."):
        assert "zqx" not in output.lower(), how


def test_the_remotes_token_stays_in_the_checkout(run: Run, project: Path, marks: Marks) -> None:
    remote = marks.new("https://someone:{}@git.example/tisanes/mails.git")
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    subprocess.run(["git", "-C", str(project), "remote", "add", "origin", remote], check=True)
    write(project, {"mail.html": '<html><body><a href="#">Unsubscribe</a></body></html>'})
    sarif = run("check", "-f", "sarif", "mail.html").json
    [provenance] = sarif["runs"][0]["versionControlProvenance"]
    assert provenance["repositoryUri"] == "https://git.example/tisanes/mails.git"
    for how, output in _outputs(run, "mail.html"):
        assert list(marks.leaks(output)) == [], how


def test_addresses_in_query_strings_are_masked(run: Run, project: Path, marks: Marks) -> None:
    link = marks.new("https://shop.example/?to={}%40mail.example&a=1")
    plain = marks.new("https://shop.example/?to={}@mail.example")
    body = f'<a href="#" title="{plain}">Unsubscribe</a> <a href="{link}">x</a>'
    write(project, {"mail.html": f"<html><body><table><tr><td>{body}</td></tr></table></body></html>"})
    for how, output in _outputs(run, "mail.html"):
        assert list(marks.leaks(output)) == [], how
