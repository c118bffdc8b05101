"""`--fix`, `--unsafe-fixes` and `--diff`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import Run, write

PACK = """
from mkt_lint import hookimpl, rules_in

@hookimpl
def mkt_lint_rules():
    return rules_in("acme_rules", kind="template")
"""

RULE = '''
from mkt_lint import Edit, Fix, Message, Purpose, TemplateRule

class {name}(TemplateRule):
    """A word that is not to be written."""

    confidence = "high"
    purposes = frozenset(Purpose)
    messages = {{"word": Message("The word {word}.", "It is out of use.", "Write another.", "warning")}}

    def check(self, template):
        at = template.text.find("{word}")
        while at >= 0:
            span = template.span(at, at + len("{word}"))
            edit = Edit(span, "{other}")
            yield self.finding("word", at=span, fix=Fix("Write “{other}”.", (edit,), safe={safe}))
            at = template.text.find("{word}", at + 1)
'''


@pytest.fixture
def acme(install: Callable[..., None]) -> None:
    rules = {
        "acme_rules__SUB__acm101_colour_wrong": RULE.format(
            name="ColourWrong", word="color", other="colour", safe=True
        ),
        "acme_rules__SUB__acm102_word_old": RULE.format(
            name="WordOld", word="colourful", other="gay\\nbright", safe=False
        ),
        "acme_rules__SUB__acm103_word_euro": RULE.format(name="WordEuro", word="euro", other="€", safe=True),
    }
    install("acme-pack", "1.0", {"acme": "acme_pack"}, acme_pack=PACK, acme_rules__SUB____init__="", **rules)


ARGS = ("check", "--select", "ACM", "-q")
MAIL = "<html><body>\n<p>color and colorful</p>\n</body></html>\n"


@pytest.mark.usefixtures("acme")
def test_safe_fixes_are_written_and_the_rest_is_reported(run: Run, project: Path) -> None:
    write(project, {"a.html": MAIL, "b.html": MAIL.replace("color", "grey")})
    done = run(*ARGS, "--fix")
    assert (project / "a.html").read_text() == MAIL.replace("color", "colour")
    assert done.stderr == "Fixed 2 findings in 1 file.\n"
    assert (done.status, done.stdout) == (1, "a.html:2:15: warning ACM102 word-old: The word colourful.\n")
    again = run(*ARGS, "--fix")
    assert (again.status, again.stdout, again.stderr) == (1, done.stdout, "")


@pytest.mark.usefixtures("acme")
def test_unsafe_fixes_too_and_in_the_files_own_line_ends(run: Run, project: Path) -> None:
    write(project, {"a.html": MAIL.replace("\n", "\r\n")})
    done = run(*ARGS, "--fix", "--unsafe-fixes")
    assert (done.status, done.stdout, done.stderr) == (0, "", "Fixed 3 findings in 1 file.\n")
    assert (project / "a.html").read_bytes() == (
        b"<html><body>\r\n<p>colour and gay\r\nbright</p>\r\n</body></html>\r\n"
    )


@pytest.mark.usefixtures("acme")
def test_diff_shows_and_changes_nothing(run: Run, project: Path) -> None:
    write(project, {"a.html": MAIL})
    done = run(*ARGS, "--diff")
    assert (done.status, done.stderr) == (1, "1 file would be fixed.\n")
    assert done.stdout == (
        "--- a/a.html\n+++ b/a.html\n@@ -1,3 +1,3 @@\n <html><body>\n"
        "-<p>color and colorful</p>\n+<p>colour and colourful</p>\n </body></html>\n"
    )
    assert (project / "a.html").read_text() == MAIL
    clean = run(*ARGS, "--diff", "--ignore", "ACM101")
    assert (clean.status, clean.stdout, clean.stderr) == (0, "", "Nothing to fix.\n")


@pytest.mark.usefixtures("acme")
def test_diff_of_the_standard_input_without_a_line_end(run: Run) -> None:
    done = run(*ARGS, "--diff", "-", "--stdin-filename", "a.html", stdin=b"<p>color</p>")
    assert done.stdout == (
        "--- a/a.html\n+++ b/a.html\n@@ -1 +1 @@\n"
        "-<p>color</p>\n\\ No newline at end of file\n+<p>colour</p>\n\\ No newline at end of file\n"
    )


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("\ufeff<p>été color</p>", "utf-8"),
        ("<p>été color</p>", "cp1252"),
        ("\ufeff<p>été color</p>\r\n\r\n\t", "utf-16-le"),
        ("\ufeff<p>été color</p>", "utf-16-be"),
    ],
)
def test_all_other_bytes_stay(run: Run, project: Path, text: str, encoding: str) -> None:
    write(project, {"a.html": text.encode(encoding)})
    assert run(*ARGS, "--fix").status == 0
    assert (project / "a.html").read_bytes() == text.replace("color", "colour").encode(encoding)


@pytest.mark.usefixtures("acme")
def test_a_file_that_could_not_be_written_back_is_left_alone(run: Run, project: Path) -> None:
    half = b"\xff\xfe" + "<p>color</p>".encode("utf-16-le") + b"\x00"
    western = "<p>été: 5 euro</p>".encode("cp1252").replace(b":", b"\x81")
    write(project, {"half.html": half, "western.html": western})
    done = run(*ARGS, "--fix")
    assert done.status == 2
    assert done.stderr == (
        "mkt-lint: error: half.html: cannot be fixed: not all of its bytes are utf-16-le; save it in UTF-8 first\n"
        "mkt-lint: error: western.html: cannot be fixed: not all of its bytes are cp1252; save it in UTF-8 first\n"
    )
    assert ((project / "half.html").read_bytes(), (project / "western.html").read_bytes()) == (half, western)


@pytest.mark.usefixtures("acme")
def test_what_the_encoding_cannot_write_is_left_alone(run: Run, project: Path) -> None:
    greek = '<meta charset="iso-8859-2"><p>łódź: 5 euro</p>'.encode("iso-8859-2")
    write(project, {"a.html": greek})
    done = run(*ARGS, "--fix")
    assert (done.status, (project / "a.html").read_bytes()) == (2, greek)
    assert done.stderr == (
        "mkt-lint: error: a.html: cannot be fixed: iso8859-2 has no way to write what would be put in\n"
    )


@pytest.mark.usefixtures("acme")
def test_suppressed_findings_are_not_fixed(run: Run, project: Path) -> None:
    mail = MAIL.replace("<p>", "<!-- mkt-lint: ignore[ACM] their name --><p>")
    write(project, {"a.html": mail})
    done = run(*ARGS, "--fix", "--unsafe-fixes")
    assert (done.status, done.stderr, (project / "a.html").read_text()) == (0, "", mail)


@pytest.mark.usefixtures("acme")
def test_a_link_stays_a_link_and_a_mode_a_mode(run: Run, project: Path) -> None:
    write(project, {"mails/a.html": MAIL})
    (project / "mails/a.html").chmod(0o640)
    (project / "link.html").symlink_to("mails/a.html")
    assert run(*ARGS, "--fix", "link.html").stderr == "Fixed 2 findings in 1 file.\n"
    assert (project / "link.html").is_symlink()
    assert (project / "mails/a.html").read_text() == MAIL.replace("color", "colour")
    assert (project / "mails/a.html").stat().st_mode & 0o777 == 0o640


TWO_EDITS = RULE.replace(
    'edit = Edit(span, "{other}")', 'edit, more = Edit(span, "{other}"), Edit(template.span({more}, {more}), "an ")'
).replace("(edit,)", "(edit, more)")


def test_what_is_put_in_at_one_place_keeps_the_order_of_the_rule(
    run: Run, project: Path, install: Callable[..., None]
) -> None:
    rule = TWO_EDITS.replace("Edit(span,", "Edit(template.span(at, at),").format(
        name="WordBare", word="offer", other="this is ", more="at", safe=True
    )
    install(
        "acme-pack", "1.0", {"acme": "acme_pack"},
        acme_pack=PACK, acme_rules__SUB____init__="", acme_rules__SUB__acm101_word_bare=rule,
    )  # fmt: skip
    write(project, {"a.html": "<p>offer</p>\n"})
    assert run(*ARGS, "--diff").stdout.splitlines()[-1] == "+<p>this is an offer</p>"


def test_a_fix_that_changes_nothing_is_none(run: Run, project: Path, install: Callable[..., None]) -> None:
    rule = RULE.format(name="WordBare", word="offer", other="offer", safe=True)
    install(
        "acme-pack", "1.0", {"acme": "acme_pack"},
        acme_pack=PACK, acme_rules__SUB____init__="", acme_rules__SUB__acm101_word_bare=rule,
    )  # fmt: skip
    write(project, {"a.html": "<p>offer</p>\n"})
    done = run(*ARGS, "--fix")
    assert (done.status, done.stderr) == (1, "")
    assert run(*ARGS, "--diff").stderr == "Nothing to fix.\n"


def test_a_fix_whose_edits_overlap_is_the_packs_fault_and_changes_nothing(
    run: Run, project: Path, install: Callable[..., None]
) -> None:
    rule = TWO_EDITS.format(name="WordBare", word="offer", other="deal", more="at + 1", safe=True)
    install(
        "acme-pack", "1.0", {"acme": "acme_pack"},
        acme_pack=PACK, acme_rules__SUB____init__="", acme_rules__SUB__acm101_word_bare=rule,
    )  # fmt: skip
    write(project, {"a.html": "<p>offer</p>\n"})
    done = run(*ARGS, "--fix")
    assert (done.status, done.stdout, (project / "a.html").read_text()) == (2, "", "<p>offer</p>\n")
    assert done.stderr == (
        "mkt-lint: error: a.html: plugin 'acme' (acme-pack 1.0, entry point acme_pack): ACM101 raised ValueError; the "
        "other rules went on\n"
    )


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("--fix", "--diff"), "--fix and --diff exclude each other; --diff shows what --fix would do"),
        (("--diff", "-f", "sarif:report.sarif"), "--diff prints what would change and no report; leave out --format"),
        (("--unsafe-fixes",), "--unsafe-fixes goes with --fix or --diff"),
        (("--fix", "-", "--stdin-filename", "a.html"), "--fix goes with files; for the standard input there is --diff"),
    ],
)
def test_options_that_do_not_go_together(run: Run, args: tuple[str, ...], problem: str) -> None:
    done = run("check", *args)
    assert done.status == 2
    assert problem in done.stderr


@pytest.mark.usefixtures("acme")
def test_the_text_report_says_what_can_be_fixed(run: Run, project: Path) -> None:
    write(project, {"a.html": "<p>colorful</p>\n<p>colourful</p>\n"})
    shown = run("check", "--select", "ACM").stdout
    assert "  fix:  Write “colour”. (--fix)\n" in shown
    assert "  fix:  Write “gay\nbright”." not in shown
    assert shown.count("(--fix --unsafe-fixes)") == 1
