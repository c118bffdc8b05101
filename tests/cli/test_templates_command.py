"""`mkt-lint templates`: what templates are taken for, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import Run, write

FILES = {
    "emails/offer.html": '<html lang="fr"><body>\n<p>Black Friday: 20% off everything</p>\n'
    '{% include "footer.html" %}\n{% include "missing.html" %}\n</body></html>\n',
    "emails/footer.html": '<p><a href="*|UNSUB|*">Unsubscribe</a> or <a href="#">unsubscribe</a></p>\n',
    "notes.txt": "no template",
    "data.csv": "email\na@acme.fr\n",
}


def test_text(run: Run, project: Path) -> None:
    write(project, FILES)
    done = run("templates", "emails/offer.html")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == (
        "emails/offer.html\n"
        "  purpose   marketing: its words, such as “% off”\n"
        "  format    html, utf-8\n"
        "  language  fr\n"
        "  platform  mailchimp: *|UNSUB|* in line 1 of emails/footer.html\n"
        "  includes  3:1 footer.html: emails/footer.html\n"
        "  includes  4:1 missing.html: was not found under the template roots\n"
        "  EML101    unsubscribe link, emails/footer.html:1:13 *|UNSUB|*\n"
        "  EML101    unsubscribe link, emails/footer.html:1:52 # (leads nowhere: its address is “#”)\n"
    )


def test_json(run: Run, project: Path) -> None:
    write(project, FILES)
    done = run("templates", "--format", "json")
    footer, offer = done.json["templates"]
    assert [footer["path"], offer["path"]] == ["emails/footer.html", "emails/offer.html"]
    assert (footer["purpose"], footer["language"], footer["platforms"]) == (
        "partial",
        None,
        [{"name": "mailchimp", "reason": "*|UNSUB|* in line 1"}],
    )
    assert offer["includes"] == [
        {"name": "footer.html", "line": 3, "column": 1, "path": "emails/footer.html", "problem": None},
        {
            "name": "missing.html",
            "line": 4,
            "column": 1,
            "path": None,
            "problem": "was not found under the template roots",
        },
    ]
    assert offer["landmarks"]["EML101"][0] == {
        "what": "unsubscribe link",
        "path": "emails/footer.html",
        "line": 1,
        "column": 13,
        "text": "*|UNSUB|*",
        "problem": None,
    }


def test_what_the_configuration_says_is_told(run: Run, project: Path) -> None:
    write(
        project,
        {
            "a.html": '<html lang="{{ lang }}"><body><p>Hello</p></body></html>',
            "mkt-lint.toml": 'platform = "brevo"\n[templates]\nmarketing = ["*.html"]\n',
        },
    )
    assert run("templates").stdout == (
        "a.html\n"
        "  purpose   marketing: templates.marketing in the configuration\n"
        "  format    html, utf-8\n"
        "  language  not declared\n"
        "  platform  brevo: platform in the configuration\n"
        "  EML101    nothing found\n"
    )
    assert "platform  unknown" in run("templates", "--isolated").stdout


def test_what_is_broken_is_said(run: Run, project: Path) -> None:
    write(project, {"a.html": b"\x89PNG\0\0", "b.eml": "Content-Type: multipart/mixed\n\nx", "c.html": "<html><body>x"})
    done = run("templates")
    assert done.status == 2
    assert done.stderr == (
        "mkt-lint: error: a.html: expected HTML or MJML, but this is binary data; exclude the file or give it the "
        "ending of its format\n"
        "mkt-lint: error: b.eml: the message is multipart but names no boundary; save the message again from a mail "
        "program\n"
    )
    assert done.stdout.startswith("c.html\n")
    assert run("templates", "nowhere").status == 2
    write(project, {"mkt-lint.toml": 'platform = "brevoo"\n'})
    assert "did you mean" in run("templates", "c.html").stderr


def test_no_templates(run: Run, project: Path) -> None:
    write(project, {"data.csv": "email\na@acme.fr\n"})
    assert (run("templates").status, run("templates").stdout) == (0, "")
    assert run("templates", "-f", "json").json == {"version": 1, "templates": []}


@pytest.mark.parametrize("body", ["raise ValueError('x')", "yield Landmark('place', template, template.body_span)"])
def test_rules_of_others_tell_what_they_go_by(run: Run, project: Path, install: Callable[..., None], body: str) -> None:
    write(project, {"a.html": "<html><body>x</body></html>"})
    install(
        "acme-pack",
        "1.0",
        {"acme": "acme_pack"},
        acme_pack="""
            from mkt_lint import hookimpl, rules_in

            @hookimpl
            def mkt_lint_rules():
                return rules_in("acme_rules", kind="template")
        """,
        acme_rules__SUB____init__="",
        acme_rules__SUB__acm101_word_missing=f"""
            from mkt_lint import Landmark, Message, Purpose, TemplateRule

            class WordMissing(TemplateRule):
                \"\"\"Word missing.\"\"\"

                confidence = "low"
                purposes = frozenset(Purpose)
                messages = {{"missing": Message("A word is missing.", "Why.", "Add it.", "note")}}

                def check(self, template):
                    yield from ()

                def landmarks(self, template):
                    {body}
        """,
    )
    done = run("templates")
    if "raise" in body:
        assert done.status == 2
        assert "ACM101" in done.stderr
        assert "ACM101" not in done.stdout
    else:
        assert (done.status, done.stderr) == (0, "")
        assert "  ACM101    place, 1:7 <body>\n" in done.stdout


def test_what_is_no_template(run: Run, project: Path) -> None:
    write(project, FILES)
    named = run("templates", "data.csv")
    assert (named.status, named.stdout) == (2, "")
    assert named.stderr.startswith("mkt-lint: error: data.csv: this is no template; known are .ejs, .eml, .erb, ")
    write(project, {"exports/data.csv": "email\n"})
    walked = run("templates", "exports")
    assert (walked.status, walked.stdout, walked.stderr) == (0, "", "There is no template there.\n")


def test_nothing_steers_the_terminal(run: Run, project: Path) -> None:
    write(
        project,
        {"a\x1b[2J\nb.html": '<p>20% off</p><a href="https://acme.fr/unsubscribe?\x1b]0;x\x07">Unsubscribe</a>\n'},
    )
    shown = run("templates").stdout
    assert shown.startswith("a\\x1b[2J\\nb.html\n")
    assert "/unsubscribe?\\x1b]0;x\\x07" in shown
    assert "\x1b" not in shown
