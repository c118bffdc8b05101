"""Comments in places where what they cover is not plain to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Run, write

ONLY = ("--ignore", "EML202,EML205,EML206,EML207,EML903")
"""Rules that have something to say of templates as small as these."""

DEAD = '<a href="#">Unsubscribe</a>'
SAYS = "mkt-lint: ignore[EML102] the mailer fills it in"
GHOST, END = "<!--[if mso]><table><tr><td><![endif]-->", "<!--[if mso]></td></tr></table><![endif]-->"


def found(run: Run, project: Path, html: str) -> tuple[list[str], int]:
    """Code, line and column of each finding, and how many are silenced."""
    write(project, {"mail.html": html})
    done = run("check", "mail.html", "-f", "json", *ONLY)
    assert done.stderr == ""
    places = [f"{item['code']} {item['line']}:{item['column']}" for item in done.json["findings"]]
    return places, done.json["summary"]["suppressed"]


def message(text: str) -> str:
    return f"<html><body>\n<h1>20% off everything</h1>\n{text}\n</body></html>\n"


@pytest.mark.parametrize(
    ("text", "expected", "silenced"),
    [
        pytest.param(
            f"<!-- {SAYS} -->\n<table><tr><td>{GHOST}{DEAD}{END}</td></tr></table>"
            f"{GHOST}\n<div>{DEAD}</div>{END}\n{DEAD}",
            ["EML102 5:15", "EML102 6:10"], 1, id="tables for Outlook",
        ),
        pytest.param(
            f"<div>\n<!-- {SAYS} -->\n<p>{DEAD}\n</div><!--[if mso]><br><![endif]-->\n<div>{DEAD}</div>",
            ["EML102 7:15"], 1, id="an element that is never closed",
        ),
        pytest.param(f"<p>{DEAD}</p><p>{DEAD}</p><!-- {SAYS} -->", ["EML102 3:13"], 1, id="minified"),
        pytest.param(f"<a href='#'>\nUnsubscribe\n</a> <!-- {SAYS} -->", [], 1, id="an element of several lines"),
        pytest.param(f"<td><!-- {SAYS} -->\n{DEAD}\n</td>", [], 1, id="after a tag that it is inside of"),
        pytest.param(f"<!-- note --> <!-- {SAYS} -->\n{DEAD}", [], 1, id="after another comment"),
        pytest.param(f"<!--\n{{# {SAYS} #}}\n{DEAD} -->\n{DEAD}", ["EML102 6:10"], 0, id="a comment in a comment"),
        pytest.param(f"{{% raw %}}\n{{# {SAYS} #}}\n{{% endraw %}}\n{DEAD}", ["EML102 6:10"], 0, id="printed as it is"),
        pytest.param(f"<!-- {SAYS} --!>\n{DEAD}", [], 1, id="closed by --!>"),
        pytest.param(f"<!-- MKT-Lint : Ignore[EML102] known -->\n{DEAD}", [], 1, id="case and blanks"),
        pytest.param(f"{DEAD} {{{{ name }}}} <!-- {SAYS} -->\n{DEAD}", ["EML102 4:10"], 1, id="text between"),
    ],
)  # fmt: skip
def test_what_a_comment_covers(run: Run, project: Path, text: str, expected: list[str], silenced: int) -> None:
    assert found(run, project, message(text)) == (expected, silenced)


def test_a_doctype_before_a_comment_is_no_element(run: Run, project: Path) -> None:
    mail = "<h1>20% off everything</h1><p>Shop now.</p>"
    html = f"<!DOCTYPE html> <!-- mkt-lint: ignore[EML101] by the mailer -->\n<html><body>{mail}</body></html>"
    assert found(run, project, html) == ([], 1)


def test_a_template_without_elements(run: Run, project: Path) -> None:
    html = (
        "{% extends 'mail.html' %}\n{# mkt-lint: ignore[EML101] by the mailer #}\n20% off everything. Shop now, sale!"
    )
    write(project, {"mail.html": message("")})
    write(project, {"sale.html": html})
    done = run("check", "sale.html", "-f", "json", *ONLY)
    assert (done.json["findings"], done.json["summary"]["suppressed"]) == ([], 1)


def test_a_reason_is_words_in_one_line(run: Run, project: Path) -> None:
    write(project, {"mail.html": message(f"<!-- mkt-lint: ignore[EML102] one\r\n   two -->\n{DEAD}")})
    (entry,) = run("check", "mail.html", "-f", "json", "--report-suppressed", *ONLY).json["suppressed"]
    assert entry["suppression"] == {"by": "comment", "reason": "one two"}
    assert found(run, project, message(f"<!-- mkt-lint: ignore[EML102] . -->\n{DEAD}")) == (["LNT001 3:1"], 1)


@pytest.mark.parametrize("filling", [" ", "-", "\n"])
def test_a_long_comment(run: Run, project: Path, filling: str) -> None:
    """In quadratic time this would take hours."""
    html = message(f"<!-- mkt-lint: ignore[EML102] r{filling * 200_000}x -->\n{DEAD}")
    assert found(run, project, html) == ([], 1)


@pytest.mark.parametrize(
    "said", ["mkt-lint ignore[EML102] r", "mkt-lint purpose=marketing", "mkt-lint: purpose=marketing, page"]
)
def test_what_is_nearly_right_is_told(run: Run, project: Path, said: str) -> None:
    assert found(run, project, message(f"<!-- {said} -->")) == (["EML101 1:7", "LNT005 3:1"], 0)
