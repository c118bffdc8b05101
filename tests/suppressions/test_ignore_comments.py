"""Comments that silence findings: their forms, what they cover, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Run, write

ONLY = ("--ignore", "EML202,EML205,EML206,EML207,EML903")
"""Rules that have something to say of templates as small as these."""

DEAD = '<a href="#">Unsubscribe</a>'
SAYS = "mkt-lint: ignore[EML102] the mailer fills it in"


def found(run: Run, project: Path, html: str, *args: str, name: str = "mail.html") -> tuple[list[str], int]:
    """Code, line and column of each finding, and how many are silenced."""
    write(project, {name: html})
    done = run("check", name, "-f", "json", *ONLY, *args)
    assert done.stderr == ""
    places = [f"{item['code']} {item['line']}:{item['column']}" for item in done.json["findings"]]
    return places, done.json["summary"]["suppressed"]


def message(text: str) -> str:
    return f"<html><body>\n<h1>20% off everything</h1>\n{text}\n</body></html>\n"


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- {SAYS} -->",
        f"<!--{SAYS}-->",
        f"<!-- {SAYS},\n  and goes on -->",
        f"{{# {SAYS} #}}",
        f"{{#- {SAYS} -#}}",
        f"{{% comment %}} {SAYS} {{% endcomment %}}",
        f"{{%- comment 'note' -%}}{SAYS}{{%- endcomment -%}}",
        f"{{% # {SAYS} %}}",
        f"{{%- # {SAYS} -%}}",
        f"{{{{! {SAYS} }}}}",
        f"{{{{~! {SAYS} ~}}}}",
        f"{{{{!-- {SAYS} --}}}}",
        f"{{{{-- {SAYS} --}}}}",
        f"{{{{/* {SAYS} */}}}}",
        f"{{{{- /* {SAYS} */ -}}}}",
        f"<%# {SAYS} %>",
        f"<%# {SAYS} -%>",
        f"<%-- {SAYS} --%>",
        f"<#-- {SAYS} -->",
    ],
)
def test_every_form_of_comment_silences_the_element_after_it(run: Run, project: Path, comment: str) -> None:
    assert found(run, project, message(f"{comment}\n<p>{DEAD}</p>")) == ([], 1)
    _, silenced = found(run, project, message(f"{comment.replace('mkt-lint:', 'mktlint:')}\n<p>{DEAD}</p>"))
    assert silenced == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mail.mjml", f"<mjml><mj-body>\n<!-- {SAYS} -->\n<mj-button href=''>Unsubscribe</mj-button></mj-body></mjml>"),
        ("mail.hbs", message(f"{{{{!-- {SAYS} --}}}}\n{DEAD}")),
        ("mail.liquid", message(f"{{% comment %}}{SAYS}{{% endcomment %}}\n{DEAD}")),
        ("mail.html.erb", message(f"<%# {SAYS} %>\n{DEAD}")),
        (
            "mail.eml",
            "Subject: 20% off\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
            + message(f"<!-- {SAYS} -->\n{DEAD}"),
        ),
        (
            "coded.eml",
            "Subject: 20% off\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
            + message(f"<!-- {SAYS} -->\n{DEAD}").replace("=", "=3D"),
        ),
    ],
)  # fmt: skip
def test_every_kind_of_template(run: Run, project: Path, name: str, text: str) -> None:
    assert found(run, project, text, name=name) == ([], 1)
    assert found(run, project, text.replace(SAYS, "hello"), name=name)[1] == 0


@pytest.mark.parametrize(
    ("text", "expected", "silenced"),
    [
        pytest.param(f"<!-- {SAYS} -->\n<p>{DEAD}</p>\n<p>{DEAD}</p>", ["EML102 5:13"], 1, id="the next alone"),
        pytest.param(f"<!-- {SAYS} -->\n\n<div><p>{DEAD}</p>{DEAD}</div>", [], 2, id="all that is inside"),
        pytest.param(f"<p>{DEAD}</p> <!-- {SAYS} -->\n<p>{DEAD}</p>", ["EML102 4:13"], 1, id="at the end of a line"),
        pytest.param(f"<p>{DEAD}<!-- {SAYS} --></p>\n<p>{DEAD}</p>", ["EML102 4:13"], 1, id="before an end tag"),
        pytest.param(f"<b>x</b> <!-- {SAYS} --> {DEAD}\n{DEAD}", ["EML102 4:10"], 1, id="in the middle of a line"),
        pytest.param(f"{DEAD} <!-- {SAYS} --> {DEAD}", ["EML102 3:10"], 1, id="after another on the line"),
        pytest.param(f'<a\n  href="#"\n  >Unsubscribe</a> <!-- {SAYS} -->', [], 1, id="a tag that began lines above"),
        pytest.param(f'<a {{# {SAYS} #}}\n  href="#">Unsubscribe</a>\n{DEAD}', ["EML102 5:10"], 1, id="inside a tag"),
        pytest.param(f'<a\n  {{# {SAYS} #}}\n  href="#">Unsubscribe</a>', [], 1, id="alone in a tag"),
        pytest.param(
            f"<!-- mkt-lint: ignore[EML101] never needed -->\n<!-- {SAYS} -->\n{DEAD}", ["LNT004 3:1"], 1, id="two"
        ),
        pytest.param(
            f"<!-- {SAYS} -->\n<!--[if mso]><b>x</b><![endif]-->\n{DEAD}", [], 1, id="an element for Outlook between"
        ),
        pytest.param(f"{DEAD}\n<!-- {SAYS} -->", ["EML102 3:10", "LNT004 4:1"], 0, id="nothing after it"),
        pytest.param(f"<p>{DEAD}</p>\n<!-- mkt-lint: ignore-file[EML102] {SAYS} -->", [], 1, id="the file"),
        pytest.param(f"{DEAD}{DEAD}<!-- mkt-lint: ignore-file[dead, EML] x -->", ["LNT003 3:82"], 2, id="by prefix"),
    ],
)  # fmt: skip
def test_what_a_comment_covers(run: Run, project: Path, text: str, expected: list[str], silenced: int) -> None:
    assert found(run, project, message(text)) == (expected, silenced)


@pytest.mark.parametrize(
    "selector", ["EML102", "unsubscribe-dead", "EML", "EML1", "ALL", "CRM401, EML102", " EML102 , "]
)
def test_selectors(run: Run, project: Path, selector: str) -> None:
    assert found(run, project, message(f"<!-- mkt-lint: ignore[{selector}] known -->\n{DEAD}")) == ([], 1)


def test_what_is_missing_is_silenced_at_the_body(run: Run, project: Path) -> None:
    comment = "<!-- mkt-lint: ignore[EML101] the mailer adds the footer -->"
    before = f"<html>\n{comment}\n<body><h1>20% off everything</h1><p>Shop now.</p></body></html>"
    inside = f"<html>\n<body>{comment}<h1>20% off everything</h1><p>Shop now.</p></body></html>"
    assert found(run, project, before) == ([], 1)
    assert found(run, project, f"{comment}\n<!doctype html>\n{before.replace(comment, '')}") == ([], 1)
    assert found(run, project, inside) == (["EML101 2:1", "LNT004 2:7"], 0)


def test_what_could_not_be_decided_is_silenced(run: Run, project: Path) -> None:
    write(
        project,
        {
            "mail.html": "<html><body>\n<h1>20% off everything</h1>\n"
            "<!-- mkt-lint: ignore[EML101] the footer has the link -->\n{% include 'footer.html' %}\n</body></html>\n"
        },
    )
    done = run("check", "mail.html", "-f", "json", "--fail-on", "undecided", *ONLY)
    assert (done.status, done.json["undecided"], done.json["findings"]) == (0, [], [])
    assert done.json["summary"]["suppressed"] == 1


def test_a_comment_in_an_included_file_speaks_of_that_file(run: Run, project: Path) -> None:
    write(
        project,
        {
            "mail.html": message("{% include 'footer.html' %}"),
            "footer.html": f"<!-- mkt-lint: ignore-file[EML102] the mailer fills it in -->\n<p>{DEAD}</p>\n",
        },
    )
    done = run("check", "-f", "json", "mail.html", "footer.html", *ONLY)
    assert (done.status, done.json["findings"], done.json["summary"]["suppressed"]) == (0, [], 1)


def test_all_that_is_said_of_comments(run: Run, project: Path) -> None:
    write(
        project,
        {
            "mail.html": message(
                "<!-- mkt-lint: ignore[EML102] -->\n"
                f"{DEAD}\n"
                "<!-- mkt-lint: ignore[unsubscribe-deed, XYZ] gone -->\n"
                "<!-- mkt-lint: ignore gone -->\n"
                "<!-- mkt-lint: ignore[EML201]: gone -->\n"
                "<!-- mkt-lint: ignore-file[CRM] gone -->\n"
                "<!-- mkt-lint: purpose=letter -->\n"
                "<!-- mkt-lint: ingore[EML102] gone -->\n"
                "<!-- see mkt-lint: ignore[EML102] in the manual -->"
            )
        },
    )
    done = run("check", "mail.html", "-q", *ONLY)
    assert done.status == 1
    assert done.stdout == (
        "mail.html:3:1: warning LNT001 suppression-unexplained: "
        "This comment silences findings and does not say why.\n"
        "mail.html:5:23: warning LNT003 suppression-unknown-rule: "
        "There is no rule “unsubscribe-deed”; the nearest is “unsubscribe-dead”.\n"
        "mail.html:5:41: warning LNT003 suppression-unknown-rule: There is no rule “XYZ”.\n"
        "mail.html:6:1: warning LNT003 suppression-unknown-rule: This comment names no rule.\n"
        "mail.html:7:1: warning LNT004 suppression-unused: This comment silences nothing.\n"
        "mail.html:8:1: warning LNT004 suppression-unused: This comment silences nothing.\n"
        "mail.html:9:1: warning LNT005 directive-unknown: This comment names no purpose that there is.\n"
        "mail.html:10:1: warning LNT005 directive-unknown: This comment asks for nothing that is known.\n"
    )


def test_what_a_run_left_out_is_not_called_unused(run: Run, project: Path) -> None:
    html = message(f"<!-- {SAYS} -->\n<p>fine</p>")
    assert found(run, project, html, "--select", "EML101,LNT") == (["EML101 1:7"], 0)
    assert found(run, project, html, "--select", "EML102,LNT") == (["LNT004 3:1"], 0)
    assert found(run, project, html, "-p", "no:email") == ([], 0)
    assert found(run, project, html, "--ignore", "EML101,EML102") == ([], 0)


def test_an_unknown_code_may_be_of_a_pack_that_is_left_out(run: Run, project: Path) -> None:
    html = message("<!-- mkt-lint: ignore-file[EML999] of another pack -->")
    assert found(run, project, html, "-p", "no:email") == ([], 0)


def test_a_rule_about_comments_is_a_rule_like_any_other(run: Run, project: Path) -> None:
    html = message(f"<!-- mkt-lint: ignore[EML102] -->\n{DEAD}")
    write(project, {"mkt-lint.toml": '[rules.LNT001]\nseverity = "note"\n'})
    assert found(run, project, html) == (["LNT001 3:1"], 1)
    assert run("check", "mail.html", *ONLY).status == 0
    write(project, {"mkt-lint.toml": 'ignore = ["suppression-unexplained"]\n'})
    assert found(run, project, html) == ([], 1)
    write(project, {"mkt-lint.toml": '[[ignore]]\ncodes = ["LNT001"]\nreason = "The history says why."\n'})
    assert found(run, project, html) == ([], 2)


def test_sarif_tells_comments_from_configuration(run: Run, project: Path) -> None:
    write(
        project,
        {
            "mail.html": message(f"<!-- {SAYS} -->\n{DEAD}\n<!-- mkt-lint: ignore[EML102] -->\n{DEAD}\n{DEAD}"),
            "mkt-lint.toml": '[[ignore]]\ncodes = ["LNT001"]\nreason = "The history says why."\n',
        },
    )
    log = run("check", "mail.html", "-f", "sarif", "--report-suppressed", *ONLY).json
    results = log["runs"][0]["results"]
    assert [(item["ruleId"], item["locations"][0]["physicalLocation"]["region"]["startLine"], item.get("suppressions"))
            for item in results] == [
        ("EML102", 7, None),
        ("EML102", 4, [{"kind": "inSource", "justification": "the mailer fills it in"}]),
        ("LNT001", 5, [{"kind": "external", "justification": "The history says why."}]),
        ("EML102", 6, [{"kind": "inSource"}]),
    ]  # fmt: skip
    assert {"EML102", "LNT001"} <= {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
