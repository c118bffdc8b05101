"""`[[ignore]]` in the configuration, and what is said of its entries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import AS_OF, Run, write

ONLY = ("--ignore", "EML202,EML205,EML206,EML207,EML903")
"""Rules that have something to say of templates as small as these."""

PACK = """
from mkt_lint import hookimpl, rules_in

@hookimpl
def mkt_lint_rules():
    return rules_in("acme_rules", kind="template")
"""
PREVIEW = '''
from mkt_lint import Message, Purpose, TemplateRule

class WordOld(TemplateRule):
    """A word that is out of use."""

    confidence = "high"
    status = "preview"
    purposes = frozenset(Purpose)
    messages = {"word": Message("An old word.", "Why.", "Do.", "warning")}

    def check(self, template):
        return iter(())
'''

MAIL = '<html><body>\n<h1>20% off everything</h1>\n<a href="#">Unsubscribe</a>\n</body></html>\n'
FINE = MAIL.replace("#", "https://acme.fr/unsubscribe")
EXPIRED = (
    '[[ignore]]\ncodes = ["EML102"]\nreason = "The link comes in June."\nfiles = ["mail.html"]\nuntil = 2026-06-30\n'
)
UNUSED = '[[ignore]]\ncodes = ["EML102"]\nreason = "The mailer fills it in."\n'
EXPIRED_LINE = (
    "mkt-lint.toml:5:9: warning LNT002 suppression-expired: "
    "The last day of this entry was 2026-06-30; it silences nothing any more.\n"
)
UNUSED_LINE = "mkt-lint.toml:2:9: warning LNT004 suppression-unused: This entry silences nothing.\n"
DEAD_LINE = "mail.html:3:10: error EML102 unsubscribe-dead: The unsubscribe link leads nowhere: its address is “#”.\n"


def said(run: Run, *args: str, cwd: Path | None = None) -> str:
    done = run("check", "-q", "--as-of", AS_OF, *ONLY, *args, cwd=cwd)
    assert done.stderr == ""
    return done.stdout


def test_an_expired_entry_is_told_with_what_it_silenced(run: Run, project: Path) -> None:
    write(project, {"mail.html": MAIL, "mkt-lint.toml": EXPIRED, "other.html": FINE})
    assert said(run) == DEAD_LINE + EXPIRED_LINE
    assert said(run, "mail.html") == DEAD_LINE + EXPIRED_LINE
    assert said(run, "other.html") == ""


def test_the_last_day_is_a_day_on_which_it_holds(run: Run, project: Path) -> None:
    write(project, {"mail.html": MAIL, "mkt-lint.toml": EXPIRED.replace("2026-06-30", AS_OF)})
    assert said(run) == ""


@pytest.mark.parametrize("paths", [(), (".",), ("mails", "."), ("mails/..",)])
def test_an_entry_that_silenced_nothing_is_told_by_a_run_over_the_folder(
    run: Run, project: Path, paths: tuple[str, ...]
) -> None:
    write(project, {"mails/mail.html": FINE, "mkt-lint.toml": UNUSED})
    assert said(run, *paths) == UNUSED_LINE


@pytest.mark.parametrize(
    "args",
    [
        ("mail.html",),
        ("mails",),
        ("--select", "EML101,LNT"),
        ("--ignore", "EML102"),
        ("-p", "no:crm"),
        ("mails", "--config", "mails/../mkt-lint.toml"),
    ],
)
def test_a_run_that_cannot_tell_says_nothing(run: Run, project: Path, args: tuple[str, ...]) -> None:
    write(project, {"mail.html": FINE, "mails/mail.html": FINE, "mkt-lint.toml": UNUSED})
    assert said(run, *args) == ""


def test_neither_does_a_run_in_which_something_broke(run: Run, project: Path) -> None:
    write(project, {"mail.html": FINE, "mkt-lint.toml": UNUSED, "broken.html": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0"})
    done = run("check", "-q", *ONLY)
    assert (done.status, done.stdout) == (2, "")


def test_an_entry_for_files_that_are_gone_is_unused(run: Run, project: Path) -> None:
    write(project, {"mail.html": MAIL, "mkt-lint.toml": UNUSED + 'files = ["old/*.html"]\n'})
    assert said(run) == DEAD_LINE + UNUSED_LINE


def test_each_entry_is_judged_by_itself(run: Run, project: Path) -> None:
    tables = "".join(f'[[ignore]]\ncodes = ["{code}"]\nreason = "Known."\n' for code in ("EML102", "CRM", "EML1"))
    write(project, {"mail.html": MAIL, "mkt-lint.toml": tables})
    assert said(run) == UNUSED_LINE.replace(":2:", ":5:")


def test_configurations_further_down_are_judged_too(run: Run, project: Path) -> None:
    write(project, {"a/mail.html": FINE, "a/mkt-lint.toml": UNUSED, "mkt-lint.toml": ""})
    assert said(run) == f"a/{UNUSED_LINE}"
    assert said(run, "a") == f"a/{UNUSED_LINE}"
    assert said(run, ".", cwd=project / "a") == UNUSED_LINE


@pytest.mark.parametrize("rule", ["EML101", "ACM101"])
def test_an_entry_for_a_rule_that_is_off_is_left_alone(
    run: Run, project: Path, install: Callable[..., None], rule: str
) -> None:
    install("acme-pack", "1.0", {"acme": "acme_pack"}, acme_pack=PACK, acme_rules__SUB__acm101_word_old=PREVIEW)
    table = f'[[ignore]]\ncodes = ["{rule}"]\nreason = "Known."\n'
    switch = {"EML101": ("--ignore", "EML101"), "ACM101": ()}[rule]
    on = {"EML101": (), "ACM101": ("--preview",)}[rule]
    write(project, {"mail.html": f"<!-- mkt-lint: ignore-file[{rule}] known -->\n{FINE}", "mkt-lint.toml": table})
    assert said(run, *switch) == ""
    assert (
        said(run, *on)
        == "mail.html:1:1: warning LNT004 suppression-unused: This comment silences nothing.\n" + UNUSED_LINE
    )


def test_in_pyproject(run: Run, project: Path) -> None:
    table = '[project]\nname = "mails"\n\n[[tool.mkt-lint.ignore]]\ncodes = [\n  "EML102",\n]\nreason = "Known."\n'
    write(project, {"mail.html": FINE, "pyproject.toml": table})
    assert said(run) == "pyproject.toml:5:9: warning LNT004 suppression-unused: This entry silences nothing.\n"


def test_an_entry_may_silence_what_is_said_of_another(run: Run, project: Path) -> None:
    silence = '[[ignore]]\ncodes = ["LNT002"]\nreason = "It waits."\nfiles = ["mkt-lint.toml"]\n'
    write(project, {"mail.html": MAIL, "mkt-lint.toml": EXPIRED + silence})
    assert said(run) == DEAD_LINE


def test_tables_and_settings_are_covered(run: Run, project: Path) -> None:
    write(
        project,
        {
            "old.csv": "email,source,created_at,last_contact_at\na@x.fr,Fair,2019-01-01,2019-02-01\n",
            "mkt-lint.toml": '[[ignore]]\ncodes = ["CRM401"]\nreason = "Purged on Friday."\nfiles = ["old.csv"]\n',
        },
    )
    done = run("check", "-f", "json", "--as-of", AS_OF)
    assert (done.status, done.json["findings"], done.json["summary"]["suppressed"]) == (0, [], 1)


def test_the_same_whatever_the_number_of_processes(run: Run, project: Path) -> None:
    files = {f"mails/{number}.html": MAIL if number % 2 else FINE for number in range(80)}
    files["mails/long.html"] = FINE + " " * (16 * 1024 * 1024)  # enough to do for more than one process
    table = '[[ignore]]\ncodes = ["EML102"]\nreason = "Known."\nfiles = ["mails/1.html"]\n'
    write(
        project,
        {**files, "mkt-lint.toml": table + table.replace("1.html", "2.html") + EXPIRED.replace("mail.html", "*.html")},
    )
    one = run("check", "-f", "json", "--as-of", AS_OF, "-j", "1", *ONLY)
    two = run("check", "-f", "json", "--as-of", AS_OF, "-j", "2", *ONLY)
    assert one.stdout == two.stdout
    assert [item["code"] for item in one.json["findings"] if item["path"] == "mkt-lint.toml"] == ["LNT004", "LNT002"]
    assert one.json["summary"]["suppressed"] == 1
