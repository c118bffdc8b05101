"""`mkt-lint check` as a user runs it: exit statuses, formats, bad input of every sort."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import AS_OF, Run, on_a_terminal, write

DEAD = '<html><body><table><tr><td><a href="#">Unsubscribe</a> from our newsletter</td></tr></table></body></html>\n'
CLEAN = "<html><body><table><tr><td>Your invoice {{ number }} is attached.</td></tr></table></body></html>\n"
LONG = CLEAN + " " * (16 * 1024 * 1024)
"""With it there is enough to do for more than one process."""
STALE = "email,status,created_at,collected_at,last_contact_at\nanne@bois.example,prospect,2019-01-02,2019-01-02,\n"


def test_clean_is_0(run: Run, project: Path) -> None:
    write(project, {"invoice.html": CLEAN})
    done = run("check", "invoice.html")
    assert (done.status, done.stderr) == (0, "")


def test_findings_are_1(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    done = run("check")
    assert (done.status, done.stderr) == (1, "")
    assert "mail.html:1:37" in done.stdout


@pytest.mark.parametrize(
    ("fail_on", "status"), [("error", 1), ("warning", 1), ("note", 1), ("undecided", 1), ("never", 0)]
)
def test_fail_on(fail_on: str, status: int, run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    assert run("check", "--select", "EML102", "--fail-on", fail_on).status == status


def test_fail_on_error_passes_over_a_warning(run: Run, project: Path) -> None:
    write(project, {"mkt-lint.toml": '[rules.EML102]\nseverity = "warning"\n', "mail.html": DEAD})
    assert run("check", "--select", "EML102", "--fail-on", "error").status == 0
    assert run("check", "--select", "EML102").status == 1


def test_as_of_moves_the_clock(run: Run, project: Path) -> None:
    write(project, {"export.csv": STALE})
    assert run("check", "--as-of", "2021-06-01", "--select", "CRM401").status == 0
    assert run("check", "--as-of", AS_OF, "--select", "CRM401").status == 1


def test_standard_input(run: Run) -> None:
    done = run("check", "-", "--stdin-filename", "mails/new.html", "-f", "json", stdin=DEAD.encode())
    assert done.status == 1
    assert {finding["path"] for finding in done.json["findings"]} == {"mails/new.html"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--select", ""], "--select names no rule; leave it out for all of them"),
        (["--select", " , "], "--select names no rule; leave it out for all of them"),
        (["-", "--stdin-filename", ""], "“-” needs --stdin-filename NAME, which says what kind of file it is"),
        (["-"], "“-” needs --stdin-filename NAME, which says what kind of file it is"),
        (["-", "x.html", "--stdin-filename", "y.html"], "“-” goes with no other path"),
        (["--stdin-filename", "y.html"], "--stdin-filename goes with the path “-”"),
        (["-f", "jsno"], "--format jsno: there is no format 'jsno'; did you mean 'json'?"),
        (["-f", "json:"], "--format json:: the file's name is missing after the colon"),
        (["-f", "json", "-f", "text"], "two formats for standard output; give each its own file"),
        (["-p", "crm"], "-p takes no:NAME, not 'crm'"),
        (["-p", "no:emial"], "-p no:emial: there is no such rule pack; did you mean 'email'?"),
        (["--as-of", "yesterday"], "does not match the format '%Y-%m-%d'"),
        (["-j", "0"], "0 is not in the range x>=1"),
    ],
)
def test_wrong_usage_is_2(arguments: list[str], problem: str, run: Run) -> None:
    done = run("check", *arguments)
    assert (done.status, done.stdout) == (2, "")
    assert problem in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--select", "NOPE"], "mkt-lint: error: --select: there is no rule 'NOPE'"),
        (["no_such_folder"], "mkt-lint: error: no_such_folder: no such file or directory"),
        (["-f", "sarif:no/x.sarif"], "mkt-lint: error: cannot write no/x.sarif: there is no folder "),
        (["--config", "none.toml"], "mkt-lint: error: none.toml: "),
        (["x" * 300], f"mkt-lint: error: {'x' * 300}: file name too long"),
        (["-f", f"json:{'x' * 300}"], f"mkt-lint: error: cannot write {'x' * 300}: file name too long"),
    ],
)
def test_broken_is_2_with_one_line(arguments: list[str], line: str, run: Run) -> None:
    done = run("check", *arguments)
    assert done.status == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(line)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "a PNG image"),
        ("empty.csv", b"", "the file is empty"),
        ("one_line.csv", b"x" * 4_000_000, "line"),
        ("realm.json", b'{"realm": "shop", "passwordPolicy": "length(8)", "clients": [', "line 1"),
        ("notes.txt", b"hello", "no reader takes this file"),
    ],
)
def test_unreadable_named_file(name: str, content: bytes, reason: str, run: Run, project: Path) -> None:
    write(project, {name: content, "mail.html": DEAD})
    done = run("check", name, "mail.html", "-f", "json")
    assert done.status == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"mkt-lint: error: {name}")
    assert [error["path"] for error in done.json["errors"]] == [name]
    assert done.json["findings"], "the other file's findings are there"
    assert "Traceback" not in done.stderr


def test_a_file_of_no_reader_is_passed_over_when_walking_and_with_ignore_unknown(run: Run, project: Path) -> None:
    write(project, {"notes.txt": "hello", "package.json": "{}"})
    assert run("check").status == 0
    assert run("check", "notes.txt", "package.json", "--ignore-unknown").status == 0
    assert run("check", "package.json").status == 2


def test_circular_links(run: Run, project: Path) -> None:
    (project / "a.html").symlink_to("b.html")
    (project / "b.html").symlink_to("a.html")
    (project / "loop").symlink_to(project)
    done = run("check", "a.html")
    assert (done.status, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr == "mkt-lint: error: a.html: circular symbolic link\n"
    write(project, {"long.html": LONG} | {f"{number}.html": DEAD for number in range(69)})
    walked = run("check", "-f", "json", "-j", "2", ".")
    assert walked.status == 2
    assert walked.stderr.splitlines() == [
        "mkt-lint: error: a.html: cannot be read: too many levels of symbolic links",
        "mkt-lint: error: b.html: cannot be read: too many levels of symbolic links",
    ]
    assert walked.json["summary"]["files"] == 72


def test_report_file_is_replaced_and_links_are_followed(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD, "real/report.json": "before"})
    (project / "report.json").symlink_to("real/report.json")
    (project / "real/report.json").chmod(0o640)
    assert run("check", "-f", "json:report.json", "-f", "text", "mail.html").status == 1
    assert (project / "report.json").is_symlink()
    assert json.loads((project / "real/report.json").read_text())["version"] == 1
    assert (project / "real/report.json").stat().st_mode & 0o777 == 0o640
    assert [file.name for file in (project / "real").iterdir()] == ["report.json"]


def test_report_into_the_standard_output_by_name(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    named, plain = run("check", "-f", "json:-", "mail.html"), run("check", "-f", "json", "mail.html")
    assert named == plain
    assert not (project / "-").exists()
    both = run("check", "-f", "json:-", "-f", "text")
    assert (both.status, both.stderr) == (
        2,
        "mkt-lint: error: two formats for standard output; give each its own file, as in json:report.json\n",
    )


def test_report_into_a_device(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    assert run("check", "-f", "json:/dev/null", "mail.html").status == 1


RAISING_FORMAT = """
    from mkt_lint import ReporterReference, hookimpl

    def report(report, style):
        yield "half a report"
        raise RuntimeError("no more")

    @hookimpl
    def mkt_lint_reporters():
        return [ReporterReference("acme", "Raises halfway.", "acme:report")]
"""


def test_a_report_that_is_not_finished_leaves_the_file_as_it_was(
    run: Run, install: Callable[..., None], project: Path
) -> None:
    install("acme-pack", "1.2", {"acme": "acme"}, acme=RAISING_FORMAT)
    write(project, {"mail.html": DEAD, "out/report.acme": "before"})
    done = run("check", "-f", "acme:out/report.acme", "-f", "json", "mail.html")
    assert done.status == 2
    assert done.stderr == (
        "mkt-lint: error: plugin 'acme' (acme-pack 1.2, entry point acme): the format 'acme' raised RuntimeError\n"
    )
    assert [(file.name, file.read_text()) for file in (project / "out").iterdir()] == [("report.acme", "before")]
    assert done.json["summary"]["findings"] > 0


def test_a_table_from_standard_input(run: Run, project: Path) -> None:
    write(project, {"export.csv": STALE})
    arguments = ("-f", "json", "--as-of", AS_OF, "--select", "CRM401")
    piped = run("check", "-", "--stdin-filename", "export.csv", *arguments, stdin=STALE.encode())
    assert piped == run("check", "export.csv", *arguments)
    assert piped.json["summary"]["by_code"] == {"CRM401": 1}


def test_malformed_records_are_counted_whatever_is_selected(run: Run, project: Path) -> None:
    write(project, {"export.csv": STALE + "one,too,few\n"})
    [document] = run("check", "--select", "EML", "-f", "json", "export.csv").json["files"]
    assert document == {
        "path": "export.csv",
        "kind": "table",
        "encoding": "utf-8",
        "records": 2,
        "records_checked": 1,
        "records_reported": 1,
    }


def test_sarif_category(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    [sarif] = run("check", "-f", "sarif", "--sarif-category", "mails/").json["runs"]
    assert sarif["automationDetails"] == {"id": "mails/"}
    [without] = run("check", "-f", "sarif").json["runs"]
    assert "automationDetails" not in without


def test_progress_is_for_terminals_and_for_long_work(run: Run, project: Path) -> None:
    write(project, {"export.csv": STALE})
    assert run("check", "--progress", "export.csv").stderr == ""
    assert b"Linting" in on_a_terminal(project, "check", "--progress", "export.csv")
    assert b"100%" in on_a_terminal(project, "check", "--progress", "export.csv")
    assert on_a_terminal(project, "check", "export.csv") == b""
    assert on_a_terminal(project, "check", "--no-progress", "export.csv") == b""


def test_statistics_and_timings_go_to_stderr(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    done = run("check", "-f", "json", "--select", "EML102", "--statistics", "--timings")
    assert "      1  EML102  unsubscribe-dead\n      1  in all\n" in done.stderr
    assert " s  EML102\n" in done.stderr
    assert done.json["summary"]["findings"] == 1


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "rows"])
def test_same_bytes_whatever_the_jobs_and_the_order(form: str, run: Run, project: Path) -> None:
    write(project, {f"mails/{number}.html": DEAD if number % 3 else CLEAN for number in range(70)})
    write(project, {"mails/long.html": LONG})
    write(project, {f"exports/{number}.csv": STALE for number in range(3)})
    once = run("check", "--as-of", AS_OF, "-j", "1", "-f", form, "mails", "exports")
    twice = run("check", "--as-of", AS_OF, "-j", "2", "-f", form, "exports", "mails")
    assert once.status == twice.status == 1
    assert once.stdout == twice.stdout
    assert once.stdout


def test_ignore_in_the_configuration_silences_until_its_day(run: Run, project: Path) -> None:
    ignore = '[[ignore]]\nfiles = ["mail.html"]\ncodes = ["EML102"]\nreason = "a demo"\nuntil = 2026-12-31\n'
    write(project, {"mail.html": DEAD, "mkt-lint.toml": ignore})
    silenced = run("check", "--as-of", AS_OF, "-f", "json", "--select", "EML102")
    assert (silenced.status, silenced.json["findings"], silenced.json["summary"]["suppressed"]) == (0, [], 1)
    expired = run("check", "--as-of", "2027-01-01", "-f", "json", "--select", "EML102")
    assert (expired.status, expired.json["summary"]["suppressed"]) == (1, 0)


def test_a_platform_that_no_pack_knows(run: Run, project: Path) -> None:
    write(project, {"mkt-lint.toml": 'preview = false\nplatform = "brevoo"\n', "mail.html": DEAD})
    done = run("check")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == (
        "mkt-lint: error: mkt-lint.toml:2:12: no rule pack knows the platform 'brevoo'; did you mean 'brevo'?\n"
    )
    assert run("check", "-p", "no:email").status == 0


def test_rows_of_an_ignored_finding_are_silent_too(run: Run, project: Path) -> None:
    ignore = '[[ignore]]\nfiles = ["old/"]\ncodes = ["CRM401"]\nreason = "to be deleted in May"\n'
    write(project, {"export.csv": STALE, "old/export.csv": STALE + "too,few\n", "mkt-lint.toml": ignore})
    done = run("check", "--as-of", AS_OF, "-f", "rows", "-f", "json:report.json", "--select", "CRM401,CRM901")
    assert done.stdout == "path,line,column,code,part\nexport.csv,2,50,CRM401,\nold/export.csv,3,1,CRM901,\n"
    assert json.loads((project / "report.json").read_text())["summary"]["rows_flagged"] == 2


def test_report_suppressed_marks_them_in_sarif(run: Run, project: Path) -> None:
    ignore = '[[ignore]]\nfiles = ["mail.html"]\ncodes = ["EML102"]\nreason = "a demo"\n'
    write(project, {"mail.html": DEAD, "mkt-lint.toml": ignore})
    without = run("check", "-f", "sarif", "--select", "EML102")
    marked = run("check", "-f", "sarif", "--select", "EML102", "--report-suppressed")
    assert without.json["runs"][0]["results"] == []
    [result] = marked.json["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "a demo"}]
    assert marked.status == 0


def _imported(project: Path, *arguments: str) -> set[str]:
    code = (
        "import sys\nfrom mkt_lint.cli import app\n"
        f"try: app({list(arguments)!r})\nexcept SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_version_imports_no_parser(project: Path) -> None:
    imported = _imported(project, "--version")
    assert "click" in imported
    assert not imported & {"lxml", "polars", "numpy", "yaml", "tree_sitter", "tomli", "chardet"}


def test_a_run_over_templates_imports_no_more_than_it_needs(project: Path) -> None:
    write(project, {"mail.html": DEAD, "mkt-lint.toml": '[rules.CRM401]\nmax-age = "3y"\n'})
    imported = _imported(project, "check", "mail.html")
    assert "mkt_lint_email" in imported
    assert not imported & {"lxml", "polars", "numpy", "yaml", "tree_sitter", "chardet", "multiprocessing"}


def test_tags_that_do_not_match_are_for_lxml(project: Path) -> None:
    write(project, {"mail.html": "<body><table><tr><td>Hello<tr><td>x</table></body>"})
    assert "lxml" in _imported(project, "check", "mail.html")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("check", "--nope"), "No such option"),
        (("check", "-f", "jsn"), "--format jsn: there is no format 'jsn'; did you mean 'json'?"),
        (("check", "-j", "0"), "Invalid value for '-j'"),
        (("check", "-"), "“-” needs --stdin-filename NAME, which says what kind of file it is"),
        (("chekc",), "there is no command 'chekc'; did you mean 'check'?"),
        (("nope",), "there is no command 'nope'; known are check, config, explain, plugins, rules, split, tables, "),
    ],
)
def test_usage_errors_are_one_line(arguments: tuple[str, ...], problem: str, run: Run) -> None:
    done = run(*arguments)
    assert (done.status, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith(f"mkt-lint: error: {problem}")


def test_one_report_that_cannot_be_written_leaves_the_others(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    done = run("check", "-f", "json:/dev/full", "-f", "sarif:report.sarif", "-f", "github")
    assert done.status == 2
    assert done.stderr == "mkt-lint: error: cannot write /dev/full: no space left on device\n"
    assert json.loads((project / "report.sarif").read_text())["version"] == "2.1.0"
    assert done.stdout.startswith("::error file=mail.html,")


def test_report_into_a_pipe_that_is_open_already(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    done = run("check", "-f", "json:/dev/stdout", "-f", "rows:/dev/null", "mail.html")
    assert (done.status, done.stderr) == (1, "")
    assert done.json["summary"]["findings"] > 0


def test_workers_end_with_a_parent_that_is_killed(project: Path) -> None:
    write(project, {"long.html": LONG} | {f"{number}.html": DEAD * 500 for number in range(100)})
    command = [sys.executable, "-m", "mkt_lint", "check", "-j", "2", "-f", "json"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        deadline = time.monotonic() + 30
        while len(children.read_text().split()) < 3 and time.monotonic() < deadline:  # a tracker and two workers
            time.sleep(0.02)
        assert len(children.read_text().split()) == 3
        time.sleep(1)
        parent.kill()
        # The pipe has an end when the last worker, which holds it too, is gone.
        assert parent.communicate(timeout=30)[0] == b""


def test_files_that_no_reader_takes_start_no_process(project: Path) -> None:
    write(project, {"mail.html": DEAD, "notes.txt": LONG} | {f"{number}.txt": "" for number in range(1_200)})
    assert "multiprocessing" not in _imported(project, "check", "-j", "2")
