"""Which files each hook gets: the real pre-commit chooses, and a script in the linter's place tells."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from hook.scratch import Hook, Repository
from mkt_lint import Kind, _plugins

KINDS = {
    "mkt-lint": {Kind.TEMPLATE, Kind.TABLE, Kind.SETTINGS},
    "mkt-lint-templates": {Kind.TEMPLATE},
    "mkt-lint-tables": {Kind.TABLE},
}

TEMPLATES = [
    "a.html", "a.htm", "a.xhtml", "a.mjml", "a.eml", "a.hbs", "a.handlebars", "a.mustache", "a.liquid", "a.njk",
    "a.nunjucks", "a.jinja", "a.j2", "a.jinja2", "a.twig", "a.ejs", "a.erb", "a.tpl", "a.gohtml", "a.ftl",
    "a.php", "mail.blade.php",
    "NEWS.HTML", "Draft.Eml", "mail.html.erb", "week 47 – été/Été à la mer.html", "-dash.html", "--fail-on.mjml",
    ".html", "new\nline.html", "quote'\"$HOME.html",
]  # fmt: skip
TABLES = ["a.csv", "a.tsv", "A.CSV", "a.csv.gz", "a.tsv.zst", "a.parquet", "exports/2026-11-21 prospects.csv"]
SETTINGS = [
    "package.json", "realm-export.json", "a.yaml", "a.yml", "a.toml", "Realm.JSON", "settings.py", "Program.cs",
    "devise.rb", "main.tf", "a.xml", "pwquality.conf", "a.ldif", "GptTmpl.inf", "etc/pam.d/common-password",
    "system-auth", "SignUp.vue",
]  # fmt: skip
OTHERS = [
    "a.png",
    "a.rs",
    "html",
    "a.html.bak",
    "a.csv~",
    "a.xlsx",
    "README.md",
    "html.doc",
    "mycsv",
    "passwd.md",
    "my-login",
]

NEEDS_AN_EXTRA = {"*.xlsx"}
"""Read with a library that the hook's environment lacks unless it is asked for."""

TELL = """\
import json, pathlib, sys
with pathlib.Path(sys.argv[1]).open("a") as file:
    file.write(json.dumps(sys.argv[2:]) + "\\n")
"""


@pytest.fixture(autouse=True)
def told(repository: Repository, manifest: list[dict[str, Any]], tmp_path: Path) -> Path:
    """The hooks with a script that writes down its arguments, a line a run, into a file of the hook's name."""
    script = tmp_path / "tell.py"
    script.write_text(TELL, encoding="utf-8")
    folder = tmp_path / "told"
    folder.mkdir()
    hooks = [
        {**hook, "language": "system", "entry": f"'{sys.executable}' '{script}' '{folder / hook['id']}'"}
        for hook in manifest
    ]
    repository.configure({"repo": "local", "hooks": hooks})
    return folder


def given(told: Path, hook: str) -> list[list[str]]:
    """The arguments of each run of a hook."""
    file = told / hook
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def files(told: Path, hook: str) -> set[str]:
    """The files that a hook got, in its one run."""
    (arguments,) = given(told, hook)
    assert arguments[0] == "--"
    assert len(set(arguments)) == len(arguments)
    return set(arguments[1:])


def passed(hook: Hook) -> bool:
    return hook.status == 0


def test_hooks_differ_in_their_files_alone(manifest: list[dict[str, Any]]) -> None:
    assert [hook["id"] for hook in manifest] == list(KINDS)
    same = [{key: hook[key] for key in hook.keys() - {"id", "name", "description", "files"}} for hook in manifest]
    assert same == 3 * [
        {
            "language": "python",
            "entry": "mkt-lint check --force-exclude --ignore-unknown",
            "args": ["--"],
            "types": ["file"],
            "require_serial": True,
        }
    ]


def test_pre_commit_accepts_the_manifest(repository: Repository) -> None:
    manifest = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    assert repository.pre_commit("validate-manifest", str(manifest)) == (0, "")


@pytest.mark.parametrize("hook", KINDS)
def test_hook_takes_what_readers_take(hook: str, manifest: list[dict[str, Any]]) -> None:
    readers = [
        reader
        for reader in _plugins.load().readers
        if reader.target.startswith("mkt_lint") and reader.kind in KINDS[hook]
    ]
    patterns = sorted({pattern for reader in readers for pattern in reader.patterns})
    suffixes = [pattern.removeprefix("*.") for pattern in patterns if pattern.startswith("*.")]
    suffixes = [suffix for suffix in suffixes if f"*.{suffix}" not in NEEDS_AN_EXTRA]
    names = [pattern for pattern in patterns if not pattern.startswith("*.")]
    assert all(re.fullmatch("[a-z0-9.]+", suffix) for suffix in suffixes), "a pattern of a new shape; say it in `files`"
    assert all(re.fullmatch("[a-z-]+", name) for name in names), "a pattern of a new shape; say it in `files`"
    ending = rf"\.({'|'.join(map(re.escape, suffixes))})$"
    whole = rf"(^|/)({'|'.join(names)})$"
    (offered,) = [offered["files"] for offered in manifest if offered["id"] == hook]
    assert offered == (f"(?i){ending}|{whole}" if names else f"(?i){ending}")


def test_each_hook_gets_the_names_that_are_its_own(repository: Repository, told: Path) -> None:
    repository.stage(dict.fromkeys(TEMPLATES + TABLES + SETTINGS + OTHERS, "text\n"))
    assert passed(repository.pre_commit("run"))
    assert files(told, "mkt-lint-templates") == set(TEMPLATES)
    assert files(told, "mkt-lint-tables") == set(TABLES)
    configuration = {".pre-commit-config.yaml"}
    assert files(told, "mkt-lint") == {*TEMPLATES, *TABLES, *SETTINGS} | configuration


def test_content_plays_no_part(repository: Repository, told: Path) -> None:
    """identify tells text from binary by content where it does not know the suffix: UTF-16 would be lost."""
    contents = {
        "UTF-16": "email;prénom\n".encode("utf-16"),
        "image": b"\x89PNG\r\n\x1a\n\0\0\0\0",
        "zeros": b"\0" * 2000,
        "empty": b"",
    }
    suffixes = ["csv", "tsv", "html", "mjml", "tpl", "eml", "json"]
    made = {f"{name}.{suffix}": content for name, content in contents.items() for suffix in suffixes}
    repository.stage(made)
    assert passed(repository.pre_commit("run", "mkt-lint"))
    assert files(told, "mkt-lint") == {*made, ".pre-commit-config.yaml"}


def test_links_and_submodules_are_not_given(repository: Repository, told: Path, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other", repository.environment)
    other.folder.mkdir()
    other.git("init", "--quiet")
    other.stage({"inside.html": "text\n"})
    other.git("commit", "--quiet", "-m", "Other")
    repository.git("submodule", "--quiet", "add", other.folder.as_uri(), "sub.html")
    (repository.folder / "link.html").symlink_to("script.html")
    (repository.folder / "nowhere.html").symlink_to("gone")
    script = repository.folder / "script.html"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    script.chmod(0o755)
    repository.git("add", "--all")
    assert passed(repository.pre_commit("run", "mkt-lint-templates"))
    assert files(told, "mkt-lint-templates") == {"script.html"}


def test_deleted_and_renamed_files(repository: Repository, told: Path) -> None:
    repository.stage({"gone.html": "gone\n", "before.html": "moved\n", "lost.csv": "a,b\n"})
    repository.git("commit", "--quiet", "--no-verify", "-m", "Before")
    repository.git("rm", "--quiet", "gone.html", "lost.csv")
    repository.git("mv", "before.html", "after.html")
    assert passed(repository.pre_commit("run"))
    assert files(told, "mkt-lint-templates") == {"after.html"}
    assert given(told, "mkt-lint-tables") == []


def test_many_files_are_one_run(repository: Repository, told: Path) -> None:
    """pre-commit would otherwise start several linters side by side, each of which loads all rule packs."""
    names = [f"mail {number}.html" for number in range(200)]
    repository.stage(dict.fromkeys(names, "text\n"))
    assert passed(repository.pre_commit("run", "mkt-lint-templates"))
    assert files(told, "mkt-lint-templates") == set(names)
