"""`rules`, `explain`, `plugins`, `config` and `--version`."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from harness import Run, write
from mkt_lint import __version__

PLUGINS = Path(__file__).parents[2] / "plugins"
PACKS = {
    name: sorted(file.name[:6].upper() for file in PLUGINS.glob(f"mkt_lint_{name}/rules/[!_]*.py"))
    for name in ("crm", "email", "security")
}
CORE = [f"LNT00{number}" for number in range(1, 6)]
CODES = sorted([*CORE, *chain.from_iterable(PACKS.values())])


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
    assert "there is no rule 'retention-exceded'; did you mean 'retention-exceeded'?" in done.stderr


def test_plugins(run: Run) -> None:
    listed = run("plugins", "--format", "json").json["plugins"]
    assert [(pack["name"], pack["distribution"], pack["version"]) for pack in listed] == [
        ("crm", "mkt-lint", __version__),
        ("email", "mkt-lint", __version__),
        ("security", "mkt-lint", __version__),
    ]
    assert {pack["name"]: pack["rules"] for pack in listed} == PACKS
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


def test_config_of_what_is_no_possible_path(run: Run) -> None:
    name = "x" * 300
    done = run("config", "show", name)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == f"mkt-lint: error: {name}: file name too long\n"
