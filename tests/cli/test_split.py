"""`mkt-lint split`: clean, flagged and malformed records, and what keeps them from being written."""

from __future__ import annotations

import gzip
import stat
from pathlib import Path

import pytest

from harness import AS_OF, Run, on_a_terminal, write

EXPORT = (
    "sep=;\r\n"
    "E-mail;date de collecte;notes\r\n"
    "a@example.com;2019-01-01;été\r\n"
    'b@example.com;2026-01-01;"two\r\nlines"\r\n'
    'bad;2026-01-01;"=1+1\r\n"\r\n'
    "x;y\r\n"
    "c@example.com;2025-01-01;"
)
ONLY = "CRM401,CRM606,CRM903"
GUARD = "The files hold personal data: guard them as you guard the export, and delete them when they are done with.\n"


def test_records_are_sorted(run: Run, project: Path) -> None:
    write(project, {"e.csv": EXPORT.encode("cp1252")})
    done = run("split", "e.csv", "--out", "a/b", "--only", ONLY, "--as-of", AS_OF)
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == (
        f"a/b/clean.csv: 2 records\na/b/flagged.csv: 2 records\na/b/malformed.csv: 1 record\n{GUARD}"
    )
    out = project / "a" / "b"
    assert {file.name: file.read_bytes().decode("cp1252") for file in out.iterdir()} == {
        "clean.csv": "sep=;\r\nE-mail;date de collecte;notes\r\n"
        'b@example.com;2026-01-01;"two\r\nlines"\r\nc@example.com;2025-01-01;',
        "flagged.csv": "sep=;\r\nE-mail;date de collecte;notes;mkt_lint_codes\r\n"
        'a@example.com;2019-01-01;été;CRM401\r\nbad;2026-01-01;"=1+1\r\n";CRM606 CRM903\r\n',
        "malformed.csv": "sep=;\r\nE-mail;date de collecte;notes\r\nx;y\r\n",
    }
    assert {stat.S_IMODE(file.stat().st_mode) for file in out.iterdir()} == {0o600}


def test_progress_as_check_shows_it(project: Path) -> None:
    write(project, {"e.csv": EXPORT})
    shown = on_a_terminal(project, "split", "e.csv", "--out", "a", "--progress")
    assert shown.index(b"Linting") < shown.index(b"Writing")
    assert shown.rstrip().endswith(b"100%\x1b[?25h")
    assert on_a_terminal(project, "split", "e.csv", "--out", "b") == b""
    assert on_a_terminal(project, "split", "e.csv", "--out", "c", "--no-progress") == b""


def test_an_archive_is_unpacked(run: Run, project: Path) -> None:
    write(project, {"e.csv.gz": gzip.compress(EXPORT.encode())})
    done = run("split", "e.csv.gz", "--out", "o", "--only", ONLY, "--as-of", AS_OF)
    assert (done.status, done.stderr) == (0, "")
    assert (project / "o/malformed.csv").read_bytes() == b"sep=;\r\nE-mail;date de collecte;notes\r\nx;y\r\n"


def test_only_some_codes(run: Run, project: Path) -> None:
    write(project, {"e.csv": EXPORT})
    assert run("split", "e.csv", "--out", "o", "--only", "formula-injection").status == 0
    assert (project / "o/flagged.csv").read_text(encoding="utf-8").count("CRM") == 1
    assert "CRM606\n" in (project / "o/flagged.csv").read_text(encoding="utf-8")


def test_what_is_ignored_does_not_flag(run: Run, project: Path) -> None:
    write(
        project,
        {
            "e.csv": "email\nbad\n",
            "mkt-lint.toml": '[[ignore]]\ncodes = ["CRM903"]\nreason = "known"\n',
        },
    )
    assert run("split", "e.csv", "--out", "o", "--only", "CRM903").status == 0
    assert (project / "o/clean.csv").read_bytes() == b"email\nbad\n"


def test_rules_that_could_not_tell_are_named(run: Run, project: Path) -> None:
    write(project, {"e.csv": "email\na@example.com\n"})
    done = run("split", "e.csv", "--out", "o", "--only", "CRM401,CRM903")
    told = "These rules could not tell, so that they flagged nothing (see mkt-lint check): CRM401.\n"
    assert (done.status, done.stdout.partition("malformed.csv: 0 records\n")[2]) == (0, told + GUARD)


def test_nothing_is_overwritten(run: Run, project: Path) -> None:
    write(project, {"e.csv": "email\na@example.com\n", "o/flagged.csv": "mine"})
    done = run("split", "e.csv", "--out", "o")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "mkt-lint: error: o/flagged.csv: is there already; name another folder, or move it away\n"
    assert [file.name for file in (project / "o").iterdir()] == ["flagged.csv"]
    assert (project / "o/flagged.csv").read_text(encoding="utf-8") == "mine"


def test_what_is_no_table(run: Run, project: Path) -> None:
    write(project, {"t.html": "<p>x</p>", "e.csv": "", "d/x": ""})
    assert "t.html: this is no table; known are .csv" in run("split", "t.html", "--out", "o").stderr
    assert run("split", "e.csv", "--out", "o").stderr == (
        "mkt-lint: error: e.csv: the file is empty; expected a header and records\n"
    )
    assert run("split", "d", "--out", "o").status == 2
    assert run("split", "none.csv", "--out", "o").status == 2
    assert not (project / "o").exists()


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (
            ("--only", "retention-exceded"),
            "--select: there is no rule 'retention-exceded'; did you mean 'retention-exceeded'?",
        ),
        (("--only", "CRM903,EML101"), "--only: 'EML101' means no rule about tables; “mkt-lint rules” lists them"),
        (("--select", "SEC"), "--only: 'SEC' means no rule about tables; “mkt-lint rules” lists them"),
        (("--only", ","), "--only names no rule; leave it out for all of them"),
    ],
)
def test_rules_that_look_at_no_table(args: tuple[str, ...], problem: str, run: Run, project: Path) -> None:
    write(project, {"e.csv": "email\na@example.com\n"})
    done = run("split", "e.csv", "--out", "o", *args)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == f"mkt-lint: error: {problem}\n"
    assert not (project / "o").exists()


def test_a_broken_pack_writes_nothing(run: Run, install, project: Path) -> None:  # type: ignore[no-untyped-def]  # conftest
    install("acme", "1.0", {"acme": "acme_pack"}, acme_pack="raise RuntimeError('x')\n")
    write(project, {"e.csv": "email\na@example.com\n"})
    done = run("split", "e.csv", "--out", "o")
    assert done.status == 2
    assert "acme" in done.stderr
    assert not (project / "o").exists()


def test_a_folder_that_cannot_be_made(run: Run, project: Path) -> None:
    write(project, {"e.csv": "email\na@example.com\n", "o": "a file"})
    done = run("split", "e.csv", "--out", "o/p", "--only", "CRM903")
    assert done.status == 2
    assert done.stderr == "mkt-lint: error: cannot write to o/p: not a directory; nothing was written\n"
