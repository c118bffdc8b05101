"""Nothing that a user can name is without documentation: rules, keys, options, hooks, formats."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
import yaml

from command_pages import command_reference, commands
from config_keys import configuration_keys
from harness import AS_OF, Run, write
from mkt_lint import _hookspecs, _plugins
from mkt_lint._config.model import Ignore
from mkt_lint._config.schema import file_shape, keys_of
from mkt_lint._config.shapes import Key, TableOf
from mkt_lint._core import NAME as CORE
from mkt_lint._fields import F, Field
from mkt_lint._model import Kind
from mkt_lint._reporters.links import DOCUMENTATION
from mkt_lint._reporters.links import rule_page as rule_address
from rule_pages import DescribedRule, described_rules, rule_page, rules_index
from toml_text import as_toml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HOST = _plugins.load()
RULES = described_rules(HOST)
RULE_PAGES = {rule.metadata.code: rule_page(rule, RULES) for rule in RULES}

TOML_BLOCK = re.compile(r'^```toml title="mkt-lint.toml"\n(.*?)^```$', re.MULTILINE | re.DOTALL)

rule_by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.metadata.code)


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


class SiteLoader(yaml.SafeLoader):
    """For a file with MkDocs' own tag."""


def _folder(_loader: SiteLoader, node: yaml.ScalarNode) -> object:
    return node.value


SiteLoader.add_constructor("!relative", _folder)


def site() -> dict[str, object]:
    loaded: dict[str, object] = yaml.load((ROOT / "mkdocs.yml").read_bytes(), SiteLoader)
    return loaded


# Rules


def test_every_rule_has_a_page() -> None:
    assert HOST.failures == []
    assert set(RULE_PAGES) == {rule.code for rule in HOST.rules}


@rule_by_rule
def test_a_page_has_every_part(rule: DescribedRule) -> None:
    headings = re.findall(r"^## (.+)$", RULE_PAGES[rule.metadata.code], re.MULTILINE)
    options = ["Options"] if keys_of(rule.rule.Options) else []
    references = ["References"] if rule.metadata.references else []
    silencing = ["Messages", "When not to use it", "Silencing it"]
    assert headings == ["Why", "Examples", *options, *silencing, *references]


@rule_by_rule
def test_a_page_has_every_option_and_message(rule: DescribedRule) -> None:
    page = RULE_PAGES[rule.metadata.code]
    for name, key in keys_of(rule.rule.Options).items():
        assert re.search(rf"^\| `{name}` \| .+ \| {re.escape(key.help)} \|$", page, re.MULTILINE)
    for name, message in rule.metadata.messages.items():
        assert f"\n`{name}` ({message.severity})\n" in page
    for text in rule.metadata.references:
        assert f"]({text.url}): " in page
        assert page.count(text.date) >= 1


@rule_by_rule
def test_examples_are_titled_and_none_is_lost(rule: DescribedRule) -> None:
    source, page = rule.metadata.documentation, RULE_PAGES[rule.metadata.code]
    for verdict in ("good", "bad"):
        shown = len(re.findall(rf'^```{{ \.\w+ \.{verdict} title="{verdict.capitalize()}" }}$', page, re.MULTILINE))
        assert shown == len(re.findall(rf"^```\w+ {verdict}\b", source, re.MULTILINE))
    assert page.count("```") % 2 == 0


@rule_by_rule
def test_links_to_other_rules_lead_to_pages(rule: DescribedRule) -> None:
    for target in re.findall(r"\]\(([A-Z0-9]+)\.md\)", RULE_PAGES[rule.metadata.code]):
        assert target in RULE_PAGES


def test_what_silences_a_finding_is_said_as_it_works(run: Run, project: Path) -> None:
    """Each page's own lines, tried on its first bad example; a folder with a configuration for each rule."""
    silencing: dict[str, str] = {}
    for rule in RULES:
        code, page = rule.metadata.code, RULE_PAGES[rule.metadata.code]
        example = re.search(r'```\{ \.(\w+) \.bad title="Bad" \}\n(.*?)^```$', page, re.MULTILINE | re.DOTALL)
        assert example
        above, below = (TOML_BLOCK.findall(part) for part in (page[: example.start()], page[example.end() :]))
        config = above[0] if above else ""
        tables = f"{config}\n{below[-1]}"
        write(project, {f"{code}/legacy/example.{example[1]}": example[2], f"{code}/mkt-lint.toml": config})
        silencing[f"{code}/mkt-lint.toml"] = tables
        if rule.metadata.kind is Kind.TEMPLATE and example[1] != "txt":
            comment = re.search(r"^```html\n(<!-- mkt-lint: ignore(?:-file)?\[.+)\n```$", page, re.MULTILINE)
            assert comment
            silenced = example[2].replace("<body>", f"\n{comment[1]}\n<body>")
            name = f"{code}-comment"
            write(project, {f"{name}/example.{example[1]}": example[2], f"{name}/mkt-lint.toml": config})
            silencing[f"{name}/example.{example[1]}"] = silenced

    def found() -> set[str]:
        findings = run("check", "--preview", "--as-of", AS_OF, "-f", "json").json["findings"]
        places = [(finding["path"].partition("/")[0], finding["code"]) for finding in findings]
        return {folder for folder, code in places if folder.startswith(code)}

    assert found() == {name.partition("/")[0] for name in silencing}
    write(project, silencing)
    assert found() == set()


def test_the_index_has_every_rule() -> None:
    index = rules_index(RULES)
    for rule in RULES:
        code, name, summary = rule.metadata.code, rule.metadata.name, rule.metadata.summary
        status = "" if rule.metadata.status == "stable" else f" ({rule.metadata.status})"
        assert f"| [{code}]({code}.md)<br>{name}{status} | {summary} |" in index
    assert index.rindex("\n## ") < index.index(f"({CORE})\n"), "the core's rules come last"


def test_a_rule_is_where_reports_link_to() -> None:
    assert site()["site_url"] == DOCUMENTATION
    assert site().get("use_directory_urls", True), "a page's address ends with a slash"
    assert rule_address("EML101") == f"{DOCUMENTATION}rules/EML101/"
    assert urlsplit(DOCUMENTATION).scheme == "https"


# Configuration


def keys(table: TableOf, prefix: str = "") -> Iterator[tuple[str, Key]]:
    for name, key in table.keys.items():
        yield f"{prefix}{name}", key
        if isinstance(key.shape, TableOf):
            yield from keys(key.shape, f"{prefix}{name}.")


CONFIGURATION = configuration_keys(RULES, HOST.vocabulary)


@pytest.mark.parametrize(
    ("name", "key"), list(keys(file_shape())), ids=lambda value: value if type(value) is str else ""
)
def test_every_key_is_described(name: str, key: Key) -> None:
    assert key.help.endswith(".")
    shown = f"### `[[{name}]]`" if name == "overrides" else f"### `{name}`"
    assert f"\n{shown} {{ #" in CONFIGURATION or f"\n| `{name}` | " in CONFIGURATION
    assert key.help in CONFIGURATION


def test_keys_of_ignore_tables_options_and_fields_are_described() -> None:
    described = [*keys_of(Ignore).values(), *(key for rule in RULES for key in keys_of(rule.rule.Options).values())]
    for key in described:
        assert f"\n| `{key.name}` | " in CONFIGURATION
        assert f" | {key.help} |" in CONFIGURATION
    for field in (value for value in vars(F).values() if isinstance(value, Field)):
        assert f"\n| `{field}` | " in CONFIGURATION


def test_the_configuration_that_is_shown_is_valid(run: Run, project: Path) -> None:
    shown = re.search(
        r'```toml title="mkt-lint.toml"\n(.*?)^```$', text_of("configuration.md"), re.MULTILINE | re.DOTALL
    )
    assert shown
    write(project, {"mkt-lint.toml": shown[1]})
    listed = run("config", "show", "templates/de/hello.html")
    assert (listed.status, listed.stderr) == (0, "")
    assert 'platform = "none"' in listed.stdout
    assert 'rules.CRM401.severity = "note"' in listed.stdout


def test_configuration_is_written_as_toml() -> None:
    config = {
        "select": ["A", 'b"c\\'],
        "preview": True,
        "tables": {"columns": {"Salon": "collected_at", "Créé le": "created_at"}},
        "rules": {"CRM401": {"max-age": "3y"}},
        "empty": {},
        "ignore": [{"codes": ["CRM"], "until": date(2026, 6, 30)}, {"codes": []}],
    }
    assert tomllib.loads(as_toml(config)) == config


# Command line

COMMANDS = command_reference()


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        pytest.param(context.command_path, parameter, id=f"{context.command_path} {parameter.name}")
        for command, context in commands()
        for parameter in command.get_params(context)
    ],
)
def test_every_option_is_described(path: str, parameter: click.Parameter) -> None:
    section = re.search(rf"^## {re.escape(path)} {{ #.*?(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert section
    if isinstance(parameter, click.Option):
        assert parameter.help
        row = rf"^\| `[^`]*{re.escape(parameter.opts[-1])}\b[^`]*` \| .+[.\]] \|$"
        assert re.search(row, section[0], re.MULTILINE)
    else:
        usage = section[0].split("```")[1]
        assert parameter.make_metavar(click.Context(click.Command(path))).strip("[]. ") in usage


# Hooks, formats


def test_every_hook_is_described() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    hooks = {name: hook for name, hook in vars(_hookspecs).items() if name.startswith("mkt_lint_")}
    assert len(hooks) >= 5
    for name, hook in hooks.items():
        assert hook.__doc__, name
        assert f"`{name}`" in pages, name


def test_every_format_is_described() -> None:
    headings = re.findall(r"^## (\w+)$", text_of("formats.md"), re.MULTILINE)
    assert sorted(headings) == [reference.name for reference in HOST.reporters]


def test_every_pre_commit_hook_is_described() -> None:
    page = text_of("pre-commit.md")
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_bytes()):
        assert f"- id: {hook['id']}\n" in page or f"`{hook['id']}`" in page


# The site


def pages_of(nav: object) -> Iterator[str]:
    match nav:
        case str():
            yield nav
        case list():
            for entry in nav:
                yield from pages_of(entry)
        case dict():
            for entry in nav.values():
                yield from pages_of(entry)


def test_every_page_is_in_the_navigation_and_exists() -> None:
    written = {file.relative_to(DOCS).as_posix() for file in DOCS.glob("**/*.md")}
    published = {page for page in written if not page.startswith(("examples/", "hooks/"))}
    assert set(pages_of(site()["nav"])) == published


def test_the_site_loads_nothing_from_elsewhere() -> None:
    theme = site()["theme"]
    assert isinstance(theme, dict)
    assert theme["font"] is False
    assert not {"extra_javascript", "plugins", "repo_url"} & site().keys(), "a repository's stars come from GitHub"
    assert "http" not in (DOCS / "assets" / "site.css").read_text(encoding="utf-8")


def test_comments_that_silence_are_those_that_are_shown(run: Run, project: Path) -> None:
    table = text_of("silencing.md").partition("| language | comment |")[2].partition("\n\n")[0]
    comments = [shown.replace("…", "ignore[EML101] reason") for shown in re.findall(r"`([^`]+)`", table)]
    assert len(comments) == 12
    for number, comment in enumerate(comments):
        page = f"<html>\n{comment}\n<body><h1>Spring sale: 20% off everything</h1></body></html>\n"
        write(project, {f"{number}.html": page})
    done = run("check", "--select", "EML101,LNT", "--fail-on", "note", "--as-of", AS_OF)
    assert done.stdout == f"{len(comments)} files: nothing found; {len(comments)} suppressed.\n"
