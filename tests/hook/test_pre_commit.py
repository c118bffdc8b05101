"""The hook as a team meets it: pre-commit installs it from a repository, git runs it, the page tells how."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from hook.scratch import RELEASE, Repository
from mkt_lint._reporters.links import HOME

PAGE = (Path(__file__).parents[2] / "docs" / "pre-commit.md").read_text(encoding="utf-8")

BAD = """\
<html><body><table><tr><td>
<p>Soldes d'été : -30 % sur toutes nos offres !</p>
<a href="#">Se désabonner</a>
</td></tr></table></body></html>
"""
GOOD = BAD.replace("#", "https://acme.fr/desabonnement?c={{ contact.id }}")
BLINKING = GOOD.replace("<p>", "<p><blink>Vite !</blink> ")
WEB_PAGE = """\
<!doctype html><html><head><script src="shop.js"></script></head><body>
<nav><a href="/">Home</a></nav><form action="/search"><input name="q"></form>
<p>Soldes : -30 % !</p><a href="#">Se désabonner</a></body></html>
"""
HARVESTED = "email,source\nanne@bois.example,Kaspr\n"
# Other rules have much to say of files as small as these.
CONFIGURATION = """\
jurisdictions = ["FR"]
ignore = ["CRM1", "CRM2", "CRM305", "CRM4", "CRM5", "CRM6", "CRM9", "EML2"]
"""

DEAD = "error EML102 unsubscribe-dead: The unsubscribe link leads nowhere: its address is “#”."
SCRAPED = "warning CRM302 source-scraped: Records whose “source” names LinkedIn or a scraping tool: 1."


def shown(title: str) -> list[str]:
    """The files of that name on the page."""
    return re.findall(rf'^```\w+ title="{re.escape(title)}"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)


def repositories(number: int) -> list[dict[str, Any]]:
    """What one `.pre-commit-config.yaml` of the page names."""
    configuration: dict[str, list[dict[str, Any]]] = yaml.safe_load(shown(".pre-commit-config.yaml")[number])
    return configuration["repos"]


def heading(name: str, outcome: str) -> str:
    """The line that pre-commit prints of a hook."""
    return f"{name}{outcome:.>{79 - len(name)}}\n"


def report(*lines: str, name: str = "mkt-lint", hook: str = "mkt-lint", status: int = 1) -> str:
    """What pre-commit prints of a hook that fails."""
    printed = "".join(f"{line}\n" for line in lines)
    return f"{heading(name, 'Failed')}- hook id: {hook}\n- exit code: {status}\n\n{printed}\n"


@pytest.fixture
def installed(repository: Repository, home: Path) -> Repository:
    """A repository whose hooks are installed from the network, once for all tests."""
    repository.environment["PRE_COMMIT_HOME"] = str(home)
    repository.stage({"mkt-lint.toml": CONFIGURATION})
    return repository


@pytest.fixture
def with_pack(installed: Repository, clone: str, pack: Path) -> Repository:
    """A repository with the hook, and a third party's pack beside it."""
    hook = {"id": "mkt-lint", "additional_dependencies": [str(pack)], "args": ["--quiet", "--"]}
    installed.configure({"repo": clone, "rev": RELEASE, "hooks": [hook]})
    installed.git("commit", "--quiet", "--no-verify", "-m", "Configuration")
    return installed


@pytest.mark.parametrize("number", range(4))
def test_configurations_name_our_release(number: int) -> None:
    assert len(shown(".pre-commit-config.yaml")) == 4
    assert [(named["repo"], named["rev"]) for named in repositories(number)] == [(HOME, RELEASE)]


def test_first_configuration_of_the_page(repository: Repository, clone: str, index: None) -> None:
    """`try-repo` makes up that very configuration, and an environment without any pack of others."""
    repository.stage(
        {
            "mkt-lint.toml": f'{CONFIGURATION}extend-exclude = ["archive/"]\n',
            "mails/soldes.html": BAD,
            "mails/soldes_2.html": GOOD,
            "archive/2019.html": BAD,
            "shop/index.html": WEB_PAGE,
            "package.json": '{"name": "mails"}\n',
            "exports/contacts.csv": HARVESTED,
        }
    )
    done = repository.pre_commit("try-repo", clone, "mkt-lint", "--ref", RELEASE, "--all-files")
    _, _, configuration, output = re.split("={79}\n", done.output)
    assert yaml.safe_load(configuration)["repos"] == [{**repositories(0)[0], "repo": clone}]
    assert output == report(
        "exports/contacts.csv:1:7 warning CRM302 source-scraped",
        "  Records whose “source” names LinkedIn or a scraping tool: 1.",
        "  1 record, at line 2",
        "  why:  LinkedIn's user agreement (8.2) forbids collecting profiles with tools, and the CNIL asks",
        "        that data be taken for prospecting only from sites whose terms allow it.",
        "  do:   Find out how these contacts were obtained; delete those that were harvested, and tell the",
        "        others where you have their data from (GDPR article 14).",
        "",
        "mails/soldes.html:3:10 error EML102 unsubscribe-dead",
        "  The unsubscribe link leads nowhere: its address is “#”.",
        "    |",
        '  3 | <a href="#">Se désabonner</a>',
        "    |          ^",
        "  why:  A link that cannot be used is no way to object (GDPR article 21, CPCE L34-5).",
        "  do:   Put the address of your unsubscribe page there, or the tag of the platform that sends the",
        "        message.",
        "",
        "5 files: 1 error, 1 warning.",
        "To read about a rule: mkt-lint explain EML102",
    )
    assert done.status == 1
    (excerpt,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    lines = output.splitlines()
    assert excerpt.splitlines() == [*lines[:4], *lines[12:14]]


def test_second_configuration_of_the_page(installed: Repository, clone: str, pack: Path) -> None:
    """Two hooks, each with files of its own."""
    (named,) = repositories(1)
    hooks = [  # one environment serves all tests, and lines are easier to compare
        {**hook, "additional_dependencies": [str(pack)], "args": ["--quiet", "--"]} for hook in named["hooks"]
    ]
    installed.configure({**named, "repo": clone, "hooks": hooks})
    bad = dict.fromkeys(["mails/soldes.html", "mails/archive/2019.html"], BAD)
    harvested = dict.fromkeys(["exports/contacts.csv", "tests/contacts.csv"], HARVESTED)
    installed.stage({**bad, **harvested, "realm.json": "{}\n"})
    assert installed.pre_commit("run") == (
        1,
        report(f"mails/soldes.html:3:10: {DEAD}", name="mkt-lint (templates)", hook="mkt-lint-templates")
        + report(f"exports/contacts.csv:1:7: {SCRAPED}", name="mkt-lint (tables)", hook="mkt-lint-tables"),
    )


def test_third_configuration_of_the_page(installed: Repository, clone: str, pack: Path) -> None:
    """Options: a warning does not refuse the commit."""
    (named,) = repositories(2)
    (hook,) = named["hooks"]
    installed.configure(
        {**named, "repo": clone, "hooks": [{**hook, "additional_dependencies": [str(pack)]}]},
    )
    installed.stage({"contacts.csv": HARVESTED})
    assert installed.pre_commit("run") == (0, heading("mkt-lint", "Passed"))
    installed.stage({"-soldes.html": BAD})
    done = installed.pre_commit("run")
    assert done.status == 1
    assert "\n-soldes.html:3:10 error EML102 unsubscribe-dead\n" in done.output


def test_fourth_configuration_of_the_page(installed: Repository, clone: str, pack: Path) -> None:
    """A third party's pack, and the demand for it."""
    (named,) = repositories(3)
    (hook,) = named["hooks"]
    assert hook["additional_dependencies"] == ["acme-pack==1.0.0"]
    hook |= {"additional_dependencies": [str(pack)], "args": ["--quiet", "--"]}
    installed.configure({**named, "repo": clone, "hooks": [hook]})
    demand = shown("mkt-lint.toml")[-1]
    installed.stage({"mkt-lint.toml": demand, "soldes.html": BLINKING})
    finding = "soldes.html:2:4: warning ACM101 blink-used: This text blinks."
    assert installed.pre_commit("run") == (1, report(finding))
    installed.stage({"mkt-lint.toml": demand.replace("1.0,<2", "2")})
    problem = (
        "mkt-lint: error: mkt-lint.toml:1:21: the rule pack 'acme-pack' is of version 1.0.0; required is acme-pack>=2"
    )
    assert installed.pre_commit("run") == (1, report(problem, status=2))


def test_commit_is_refused_until_the_file_is_mended(with_pack: Repository) -> None:
    assert with_pack.pre_commit("install").status == 0
    with_pack.stage({"soldes.html": BAD})
    assert with_pack.run("git", "commit", "--quiet", "-m", "Sale") == (1, report(f"soldes.html:3:10: {DEAD}"))
    assert with_pack.git("log", "--format=%s") == "Configuration\n"
    with_pack.stage({"soldes.html": GOOD})
    assert with_pack.run("git", "commit", "--quiet", "-m", "Sale") == (0, heading("mkt-lint", "Passed"))
    assert with_pack.git("log", "--format=%s") == "Sale\nConfiguration\n"


def test_what_is_staged_is_linted(with_pack: Repository) -> None:
    with_pack.stage({"soldes.html": BAD})
    (with_pack.folder / "soldes.html").write_text(GOOD, encoding="utf-8")
    done = with_pack.pre_commit("run")
    assert (done.status, f"soldes.html:3:10: {DEAD}" in done.output) == (1, True)
    assert (with_pack.folder / "soldes.html").read_text(encoding="utf-8") == GOOD


def test_awkward_names(with_pack: Repository) -> None:
    names = ["--fail-on=never.html", "-q.html", "$HOME `x`.html", "Été à la mer.html", "mails/a b/%s.HTML"]
    with_pack.stage(dict.fromkeys(["gone.html", "before.html"], BAD))
    with_pack.git("commit", "--quiet", "--no-verify", "-m", "Before")
    with_pack.git("rm", "--quiet", "gone.html")
    with_pack.git("mv", "before.html", "after.html")
    with_pack.stage({**dict.fromkeys(names, BAD), "sheet.csv": HARVESTED.encode("utf-16")})
    expected = {f"{name}:3:10: {DEAD}" for name in [*names, "after.html"]} | {f"sheet.csv:1:7: {SCRAPED}"}
    assert with_pack.pre_commit("run") == (1, report(*sorted(expected)))


def test_only_files_that_are_passed_over(with_pack: Repository) -> None:
    with_pack.stage({"mkt-lint.toml": f'{CONFIGURATION}exclude = ["archive/"]\n', "archive/2019.html": BAD})
    with_pack.stage({"package.json": '{"name": "mails"}\n'})
    assert with_pack.pre_commit("run") == (0, heading("mkt-lint", "Passed"))
    with_pack.git("commit", "--quiet", "--no-verify", "-m", "Archive")
    with_pack.stage({"README.md": "# Mails\n"})
    assert with_pack.pre_commit("run") == (0, heading("mkt-lint", "(no files to check)Skipped"))


def test_a_mistake_in_the_configuration_refuses_its_commit(with_pack: Repository) -> None:
    with_pack.stage({"mkt-lint.toml": 'fail-no = "error"\n'})
    problem = "mkt-lint: error: mkt-lint.toml:1:1: unknown key 'fail-no'; did you mean 'fail-on'?"
    assert with_pack.pre_commit("run") == (1, report(problem, status=2))


def test_hook_without_pre_commit(repository: Repository) -> None:
    (script,) = shown(".git/hooks/pre-commit")
    hook = repository.folder / ".git/hooks/pre-commit"
    hook.write_text(script, encoding="utf-8")
    hook.chmod(0o755)
    commands = f"{Path(sys.executable).parent}{os.pathsep}{repository.environment['PATH']}"
    repository.environment["PATH"] = commands
    repository.stage({"mkt-lint.toml": CONFIGURATION, "package.json": "{}\n", "-été à la mer.html": BAD})
    refused = repository.run("git", "commit", "--quiet", "-m", "Sale")
    assert refused.status == 1
    assert refused.output.startswith("-été à la mer.html:3:10 error EML102 unsubscribe-dead\n")
    repository.stage({"-été à la mer.html": GOOD})
    repository.git("commit", "--quiet", "-m", "Sale")
    repository.git("rm", "--quiet", "--", "-été à la mer.html")
    assert repository.run("git", "commit", "--quiet", "-m", "Sale is over") == (0, "")
