"""The configuration itself as a file that is named, or met in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import AS_OF, Run, write

EXPIRED = (
    '[[ignore]]\ncodes = ["EML102"]\nreason = "The link comes in June."\nfiles = ["gone.html"]\nuntil = 2026-06-30\n'
)
EXPIRED_LINE = (
    "mkt-lint.toml:5:9: warning LNT002 suppression-expired: "
    "The last day of this entry was 2026-06-30; it silences nothing any more.\n"
)
UNUSED = '[[ignore]]\ncodes = ["EML102"]\nreason = "The mailer fills it in."\n'


@pytest.mark.parametrize(
    ("name", "text"), [("mkt-lint.toml", "preview = true\n"), ("pyproject.toml", "[tool.mkt-lint]\npreview = true\n")]
)
def test_a_configuration_that_is_as_it_should_be(run: Run, project: Path, name: str, text: str) -> None:
    write(project, {name: text})
    done = run("check", name)
    assert (done.status, done.stdout, done.stderr) == (0, "1 file: nothing found.\n", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("previw = true\n", "1:1: unknown key 'previw'; did you mean 'preview'?"),
        ('[rules.CRM401]\nage = "2y"\n', "2:1: the rule CRM401 has no option 'age'; did you mean 'max-age'?"),
        ('platform = "mailjt"\n', "1:12: no rule pack knows the platform 'mailjt'; did you mean 'mailjet'?"),
    ],
)
def test_all_of_it_is_checked_whatever_is_linted(run: Run, project: Path, text: str, said: str) -> None:
    write(project, {"sub/mkt-lint.toml": text})
    done = run("check", "--ignore-unknown", "sub/mkt-lint.toml")
    assert done.status == 2
    assert done.stderr == f"mkt-lint: error: sub/mkt-lint.toml:{said}\n"


def test_its_expired_entries_are_told_and_no_others(run: Run, project: Path) -> None:
    write(project, {"mkt-lint.toml": EXPIRED + UNUSED})
    done = run("check", "-q", "--as-of", AS_OF, "mkt-lint.toml")
    assert (done.status, done.stdout, done.stderr) == (1, EXPIRED_LINE, "")


def test_entries_for_files_that_are_all_gone(run: Run, project: Path) -> None:
    write(project, {"old/mkt-lint.toml": EXPIRED, "older/mkt-lint.toml": UNUSED})
    done = run("check", "-q", "--as-of", AS_OF)
    assert (done.status, done.stderr) == (1, "")
    assert done.stdout == (
        f"old/{EXPIRED_LINE}older/mkt-lint.toml:2:9: warning LNT004 suppression-unused: This entry silences nothing.\n"
    )
    assert run("check", "--as-of", AS_OF).stdout.splitlines()[-2] == "2 files: 2 warnings."


def test_a_folder_with_nothing_but_its_configuration(run: Run, project: Path) -> None:
    write(project, {"mkt-lint.toml": "preview = true\n"})
    done = run("check")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == ("No file was linted.\nName templates, CSV exports or settings, or folders that hold some.\n")


@pytest.mark.parametrize("args", [("--isolated",), ("--config", "other.toml")])
def test_a_configuration_that_does_not_hold(run: Run, project: Path, args: tuple[str, ...]) -> None:
    write(project, {"mkt-lint.toml": "preview = true\n", "other.toml": ""})
    done = run("check", "-q", *args, "mkt-lint.toml")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == (
        "mkt-lint: error: mkt-lint.toml: this configuration does not hold in this run; leave out --config or "
        "--isolated to have it checked\n"
    )


def test_one_of_another_name(run: Run, project: Path) -> None:
    write(project, {"lint/strict.toml": EXPIRED})
    done = run("check", "-q", "--as-of", AS_OF, "--config", "lint/strict.toml", "lint/strict.toml")
    assert (done.status, done.stdout) == (1, f"lint/{EXPIRED_LINE.replace('mkt-lint', 'strict')}")


def test_somebody_elses_file(run: Run, project: Path) -> None:
    write(project, {"pyproject.toml": '[project]\nname = "mails"\n'})
    done = run("check", "-q", "pyproject.toml")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("mkt-lint: error: pyproject.toml: no reader takes this file; known are ")
