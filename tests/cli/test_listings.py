"""`rules`, `explain`, `plugins`, `config` and `--version`."""

from __future__ import annotations

from pathlib import Path

from harness import Run, write
from mkt_lint import __version__

CODES = [
    "CRM101", "CRM102", "CRM103", "CRM104", "CRM105", "CRM106", "CRM107", "CRM108", "CRM109", "CRM110",
    "CRM201", "CRM202", "CRM203", "CRM301", "CRM302", "CRM303", "CRM304", "CRM305", "CRM306", "CRM401",
    "CRM402", "CRM403", "CRM404", "CRM501", "CRM502", "CRM601", "CRM602", "CRM603", "CRM604", "CRM605",
    "CRM606", "CRM607", "CRM901", "CRM902", "CRM903", "CRM904", "CRM905", "EML101", "EML102", "EML201",
    "SEC101",
]  # fmt: skip


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"mkt-lint {__version__}\n"


def test_rules(run: Run) -> None:
    done = run("rules", "--format", "json")
    assert [rule["code"] for rule in done.json["rules"]] == CODES
    assert [line.split()[0] for line in run("rules").stdout.splitlines()] == CODES


def test_explain_takes_a_code_or_a_name(run: Run) -> None:
    by_code, by_name = run("explain", "CRM401"), run("explain", "retention-exceeded")
    assert by_code == by_name
    assert by_code.stdout.startswith("# CRM401 retention-exceeded\n")
    assert "CNIL 2021-131" in by_code.stdout


def test_explain_of_an_unknown_rule(run: Run) -> None:
    done = run("explain", "retention-exceded")
    assert done.status == 2
    assert "there is no rule 'retention-exceded'; did you mean retention-exceeded?" in done.stderr


def test_plugins(run: Run) -> None:
    listed = run("plugins", "--format", "json").json["plugins"]
    assert [(pack["name"], pack["distribution"], pack["version"]) for pack in listed] == [
        ("crm", "mkt-lint", __version__),
        ("email", "mkt-lint", __version__),
        ("security", "mkt-lint", __version__),
    ]
    assert [code for pack in listed for code in pack["rules"]] == CODES
    blocked = run("plugins", "-p", "no:crm").stdout
    assert "crm" not in blocked
    assert "email (mkt-lint " in blocked


def test_a_blocked_pack_is_not_used(run: Run, project: Path) -> None:
    write(project, {"mail.html": '<html><body><a href="#">Unsubscribe</a></body></html>'})
    assert run("check", "-p", "no:email").status == 0


def test_required_plugins(run: Run, project: Path) -> None:
    write(project, {"mkt-lint.toml": 'required-plugins = ["crm>=0.1", "acme>=2"]\n'})
    done = run("check")
    assert (done.status, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith("mkt-lint: error: mkt-lint.toml:1:")
    assert "acme" in done.stderr
    write(project, {"mkt-lint.toml": 'required-plugins = ["crm>=0.1", "email<100"]\n'})
    assert run("check").status == 0


def test_config_show_tells_where_each_value_comes_from(run: Run, project: Path) -> None:
    write(project, {"mkt-lint.toml": 'platform = "brevo"\n'})
    lines = run("config", "show").stdout.splitlines()
    assert 'mkt-lint.toml:1:1  platform = "brevo"' in lines
    assert 'default            fail-on = "warning"' in lines


def test_config_schema(run: Run) -> None:
    schema = run("config", "schema").json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"select", "ignore", "templates", "tables", "rules", "overrides", "fail-on"} <= set(schema["properties"])
    assert "max-age" in schema["$defs"]["CRM401"]["properties"]
