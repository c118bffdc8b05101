"""`mkt-lint tables`: what was decided about a table, which rules that lets run, and the lines that would change it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness import Run, write

CSV = (
    "\ufeffsep=;\n"
    "Adresse e-mail;Statut;Créé le;Relance;Zqx colonne\n"
    "zqx1@example.com;zqx client;13/02/2024;01/02/2024;zqx2\n"
    "zqx3;;14/02/2024;;zqx4;zqx5\n"
)

PACK = """
    from mkt_lint import F, Kind, Message, Rows, RuleReference, TableRule, hookimpl

    class Acme(TableRule):
        '''What the tests ask for.'''
        confidence = "high"
        messages = {"found": Message("{count}.", "", "")}

    class Old(Acme):
        '''Reads dates.'''
        def check(self, table):
            yield Rows(table.date(F.CREATED_AT).is_null(), at=(F.EMAIL,), message="found")

    class Needy(Acme):
        '''Needs a column.'''
        needs = (F.LAST_CLICK_AT,)
        def check(self, table):
            yield Rows(table.text(F.EMAIL) == "", at=(F.EMAIL,), message="found")

    class Silent(Acme):
        '''Says nothing.'''
        def check(self, table):
            yield from ()

    class Raising(Acme):
        '''Raises.'''
        def check(self, table):
            raise ValueError("zqx")

    @hookimpl
    def mkt_lint_rules():
        return [
            RuleReference(f"ACME{number}", name.lower(), Kind.TABLE, f"acme:{name}")
            for number, name in enumerate(("Old", "Needy", "Silent", "Raising"), 101)
        ]
"""


def states(table: Any) -> dict[str, Any]:
    return {rule["code"]: rule for rule in table["rules"]}


def test_what_was_decided(run: Run, project: Path) -> None:
    write(project, {"t.csv": CSV})
    done = run("tables", "t.csv", "--format", "json", "--isolated")
    assert (done.status, done.stderr, done.json["version"]) == (0, "", 1)
    [table] = done.json["tables"]
    assert {key: table[key] for key in list(table)[:9]} == {
        "path": "t.csv",
        "encoding": "utf-8-sig",
        "delimiter": ";",
        "header": True,
        "header_line": 2,
        "records": 2,
        "records_checked": 1,
        "records_reported": 1,
        "contact_list": True,
    }
    found = [(c["number"], c["header"], c["field"], c["inverted"]) for c in table["columns"]]
    assert found[0] == (1, "Adresse e-mail", "email", False)
    assert found[4] == (5, "Zqx colonne", None, False)
    assert table["columns"][2]["dates"] == {"format": "dmy/", "problem": None}
    assert states(table)["CRM901"] == {
        "code": "CRM901", "name": "malformed-record", "state": "runs", "fields": [], "columns": [],
    }  # fmt: skip


def test_no_content_of_a_cell_is_shown(run: Run, project: Path) -> None:
    write(
        project, {"t.csv": CSV.replace("Zqx colonne", "autre"), "headless.csv": "zqx@example.com,zqx,2024-01-01\n" * 3}
    )
    for form in ("text", "json"):
        done = run("tables", "t.csv", "headless.csv", "--format", form)
        assert done.status == 0
        assert "zqx" not in done.stdout + done.stderr


def test_as_text(run: Run, project: Path) -> None:
    write(project, {"t.csv": CSV, "n.csv": "jeanne@example.com,Dupont\n" * 2})
    lines = run("tables", "t.csv", "--isolated").stdout.splitlines()
    assert lines[:8] == [
        "t.csv",
        "  Encoding:   UTF-8 with a byte order mark",
        "  Delimiter:  semicolon",
        "  Header:     line 2",
        "  Records:    2, 1 of them malformed",
        "  Contacts:   yes",
        "",
        "  Columns",
    ]
    assert "     1  “Adresse e-mail”  email" in lines
    assert "     3  “Créé le”         created_at; dates: day, month, year, with /" in lines
    assert "     5  “Zqx colonne”     not recognised" in lines
    assert (
        "    CRM901 malformed-record"
        in lines[
            lines.index("  Rules that can run") : lines.index(
                "  Rules that cannot tell, since they lack a column; one of these would do"
            )
        ]
    )
    silent = lines[lines.index("  Rules about what this table does not hold") :]
    assert "    CRM110 bloctel-obsolete: phone" in silent
    assert "    CRM403 account-inactive: last_login_at" in silent
    fields = [line for line in lines if line.startswith(("    # fields: access_answered_at, ", "    #   "))]
    assert len(fields) > 5
    assert max(map(len, fields)) <= 104
    assert "  Header:     none; columns go by their numbers" in run("tables", "n.csv").stdout.splitlines()


def test_the_lines_for_the_configuration(run: Run, project: Path) -> None:
    write(project, {"t.csv": 'email,"Do not ""zqx""\n",ét=at\nx,y,z\n'})
    [before] = run("tables", "t.csv", "--format", "json").json["tables"]
    lines = before["config"].splitlines()
    assert tomllib.loads(before["config"]) == {"tables": {"columns": {"email": "email"}}}
    unknown = [line.removeprefix("# ") for line in lines if line.endswith('= "?"')]
    assert len(unknown) == 2
    changed = [lines[0], unknown[0].replace("?", "opted_out"), unknown[1].replace("?", "status")]
    write(project, {"mkt-lint.toml": "\n".join(changed) + "\n"})
    [after] = run("tables", "t.csv", "--format", "json").json["tables"]
    assert [column["field"] for column in after["columns"]] == ["email", "opted_out", "status"]
    assert set(tomllib.loads(after["config"])["tables"]) == {"columns", "values"}
    assert '# "what a cell says" = "no"  # or yes' in after["config"].splitlines()
    write(project, {"mkt-lint.toml": after["config"]})
    assert run("tables", "t.csv", "--format", "json").json["tables"] == [after]


def test_why_a_rule_does_not_run(run: Run, project: Path, install: Callable[..., None]) -> None:
    install("acme", "1.0", {"acme": "acme"}, acme=PACK)
    write(project, {"t.csv": "email,created at\na,01/02/2024\n", "x.csv": "product,price\na,b\n"})
    done = run("tables", "t.csv", "x.csv", "--format", "json")
    assert done.status == 2
    assert [line.partition("ACME104")[1] for line in done.stderr.splitlines()] == ["ACME104"]
    contacts, products = done.json["tables"]
    assert [states(contacts)[f"ACME{n}"]["state"] for n in range(101, 105)] == [
        "dates-undecided", "lacks-field", "silent", "fails",
    ]  # fmt: skip
    assert states(contacts)["ACME101"]["columns"] == [2]
    assert states(contacts)["ACME102"]["fields"] == ["last_click_at"]
    assert contacts["columns"][1]["dates"] == {"format": "dmy/", "problem": "date-order-unknown"}
    assert {states(products)[f"ACME{n}"]["state"] for n in range(101, 105)} == {"not-contacts"}
    text = run("tables", "t.csv").stdout
    assert "     2  “created at”  created_at; dates: day first or month first: no value tells" in text
    assert "    ACME101 old: “created at”\n" in text
    assert "    ACME102 needy: last_click_at\n" in text


def test_what_cannot_be_read_is_said(run: Run, project: Path) -> None:
    write(project, {"t.csv": "email\na\n", "empty.csv": "", "mail.html": "<html>", "sub/page.html": "<p>"})
    done = run("tables", "t.csv", "empty.csv", "mail.html", "sub", "gone.csv", "--format", "json")
    assert done.status == 2
    assert [table["path"] for table in done.json["tables"]] == ["t.csv"]
    assert [line.split(": ", 3)[2] for line in done.stderr.splitlines()] == ["empty.csv", "gone.csv", "mail.html"]
    assert "mail.html: this is no table; known are .csv" in done.stderr
    alone = run("tables", "empty.csv")
    assert (alone.status, alone.stdout) == (2, "")
    assert run("tables", "-p", "no:nothing", "t.csv").status == 2
    assert run("tables").status == 2


def test_a_folder_without_tables(run: Run, project: Path) -> None:
    write(project, {"mails/offer.html": "<p>Hello</p>"})
    done = run("tables", "mails")
    assert (done.status, done.stdout, done.stderr) == (0, "", "There is no table there.\n")
