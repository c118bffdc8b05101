"""Which configuration holds for which file, and what it says there."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mkt_lint._config import CommandLine, ConfigError, Configs
from mkt_lint._config.listing import show
from mkt_lint._config.model import FileConfig, Ignore, RuleConfig, RunConfig, TablesConfig, TemplatesConfig
from mkt_lint._config.requirement import Requirement
from mkt_lint._report import PluginInfo
from mkt_lint._rule import RuleReference
from mkt_lint._source import Source

Write = Callable[[str, str], Path]


def said(config: FileConfig) -> FileConfig:
    """A configuration without where its rules' options were written."""
    return config._replace(rules={code: rule._replace(origins={}) for code, rule in config.rules.items()})


def test_defaults(tmp_path: Path) -> None:
    configs = Configs(tmp_path)
    assert configs.run == RunConfig("warning", 0, ())
    assert configs.for_path(Path("a/b.html")) == FileConfig(None, tmp_path, "a/b.html")
    assert configs.for_folder(tmp_path).globs[:2] == (".git", ".hg")


def test_every_key(tmp_path: Path, write: Write, references: tuple[RuleReference, ...]) -> None:
    write(
        "mkt-lint.toml",
        """
        select = ["CRM", "unsubscribe-missing"]
        preview = true
        jurisdictions = ["FR", "bulk-senders"]
        audience = "consumers"
        platform = "mailchimp"
        exclude = ["old/"]
        extend-exclude = ["*.bak"]
        respect-gitignore = false
        fail-on = "undecided"
        jobs = 3
        required-plugins = ["acme>=1.2"]
        [templates]
        roots = ["templates", "../mails"]
        first-touch = ["cold/**"]
        [tables]
        columns = { "E-mail" = "email", "Loyalty" = "acme.loyalty_tier" }
        values.status."Client actif" = "customer"
        [rules.retention-exceeded]
        severity = "note"
        max-age = "2y"
        [[ignore]]
        files = ["legacy/**"]
        codes = ["EML101"]
        reason = "replaced in spring"
        until = 2027-04-01
        [[ignore]]
        codes = ["EML102"]
        reason = "known"
        until = "2027-05-01"
    """,
    )
    configs = Configs(tmp_path)
    configs.check_codes(references)
    assert configs.run == RunConfig("undecided", 3, (Requirement("acme>=1.2"),))
    walking = configs.for_folder(tmp_path)
    assert (walking.globs, walking.respect_gitignore) == (("old/", "*.bak"), False)
    assert said(configs.for_path(Path("a.html"))) == FileConfig(
        origin=tmp_path / "mkt-lint.toml",
        root=tmp_path,
        relative="a.html",
        select=("CRM", "unsubscribe-missing"),
        preview=True,
        jurisdictions=("FR", "bulk-senders"),
        audience="consumers",
        platform="mailchimp",
        templates=TemplatesConfig(roots=("templates", "../mails"), first_touch=("cold/**",)),
        tables=TablesConfig(
            {"E-mail": "email", "Loyalty": "acme.loyalty_tier"}, {"status": {"Client actif": "customer"}}
        ),
        rules={"CRM401": RuleConfig("note", {"max-age": "2y"})},
        ignores=(
            Ignore(files=("legacy/**",), codes=("EML101",), reason="replaced in spring", until=date(2027, 4, 1)),
            Ignore(codes=("EML102",), reason="known", until=date(2027, 5, 1)),
        ),
    )


def test_nearest_file_holds_alone(tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", 'audience = "consumers"\npreview = true')
    write("a/b/pyproject.toml", '[tool.mkt-lint]\naudience = "professionals"')
    write("a/pyproject.toml", '[project]\nname = "mkt-lint-templates"')
    write("c/pyproject.toml", '[tool.mkt-lint]\naudience = "professionals"')
    write("c/mkt-lint.toml", "")
    configs = Configs(tmp_path)

    def seen(path: str) -> tuple[str, bool, str]:
        config = configs.for_path(Path(path))
        return config.audience, config.preview, config.relative

    assert seen("x.html") == ("consumers", True, "x.html")
    assert seen("a/x.html") == ("consumers", True, "a/x.html")
    assert seen("a/b/c/x.html") == ("professionals", False, "c/x.html")
    assert seen("c/x.html") == ("mixed", False, "x.html")


def test_someone_elses_broken_pyproject_is_passed_over(tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", "preview = true")
    write("a/pyproject.toml", "[broken")
    assert Configs(tmp_path).for_path(Path("a/x.html")).preview


def test_explicit_file_holds_for_all(tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", "this is = broken")
    write("conf/strict.toml", 'preview = true\njobs = 2\n[[overrides]]\nfiles = ["**"]\naudience = "consumers"')
    configs = Configs(tmp_path, Path("conf/strict.toml"))
    config = configs.for_path(Path("x.html"))
    assert (config.preview, config.root, config.relative) == (True, tmp_path / "conf", "../x.html")
    assert config.audience == "consumers"
    assert configs.run.jobs == 2


def test_isolated(tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", "this is = broken")
    configs = Configs(tmp_path, None, True)
    assert configs.for_path(Path("x.html")) == FileConfig(None, tmp_path, "x.html")
    assert configs.run == RunConfig()


def test_standard_input_is_configured_by_its_name(tmp_path: Path, write: Write) -> None:
    write("sub/mkt-lint.toml", "preview = true")
    configs = Configs(tmp_path)
    assert configs.for_file(Source("sub/x.html", None, b"")).preview
    assert not configs.for_file(Source("x.html", None, b"")).preview


def test_overrides_in_order_then_the_command_line(
    tmp_path: Path, write: Write, references: tuple[RuleReference, ...]
) -> None:
    write(
        "mkt-lint.toml",
        """
        select = ["EML"]
        ignore = ["EML101"]
        jurisdictions = ["FR", "DE"]
        templates.roots = ["a"]
        templates.marketing = ["m/**"]
        rules.CRM401 = { severity = "note", max-age = "2y" }
        [[overrides]]
        files = ["sub/**", "!sub/not.html"]
        ignore = ["EML102"]
        jurisdictions = ["GB"]
        templates.roots = ["b"]
        rules.retention-exceeded = { max-age = "1y" }
        [[overrides]]
        files = ["*.html"]
        select = ["CRM"]
        jurisdictions = ["US"]
    """,
    )
    configs = Configs(tmp_path)
    configs.check_codes(references)
    config = configs.for_path(Path("sub/x.html"))
    assert config.select == ("CRM",)
    assert config.ignore == ("EML101", "EML102")
    assert config.jurisdictions == ("US",)
    assert config.templates == TemplatesConfig(roots=("b",), marketing=("m/**",))
    assert said(config).rules == {"CRM401": RuleConfig("note", {"max-age": "1y"})}
    assert configs.for_path(Path("sub/x.csv")).jurisdictions == ("GB",)
    assert configs.for_path(Path("sub/not.html")).ignore == ("EML101",)
    assert configs.for_path(Path("x.csv")).select == ("EML",)

    flags = Configs(tmp_path, command_line=CommandLine(("EML1",), ("CRM901",), preview=True))
    flags.check_codes(references)
    config = flags.for_path(Path("sub/x.csv"))
    assert (config.select, config.ignore, config.preview) == (("EML1",), ("EML101", "EML102", "CRM901"), True)


def test_unknown_code_on_the_command_line(tmp_path: Path, references: tuple[RuleReference, ...]) -> None:
    configs = Configs(tmp_path, command_line=CommandLine(select=("EML", "EML201")))
    with pytest.raises(ConfigError) as caught:
        configs.check_codes(references)
    assert str(caught.value) == "--select: there is no rule 'EML201'; did you mean 'EML101'?"


def test_codes_of_a_pack_that_is_left_out_are_let_pass(
    tmp_path: Path, write: Write, references: tuple[RuleReference, ...]
) -> None:
    write("mkt-lint.toml", 'ignore = ["CRM901"]\nrules.CRM401.max-age = "1y"')
    configs = Configs(tmp_path, command_line=CommandLine(select=("CRM",)))
    configs.check_codes([rule for rule in references if rule.code.startswith("EML")], complete=False)
    assert configs.for_path(Path("x.csv")).ignore == ("CRM901",)


def test_codes_of_a_file_that_is_read_later_are_checked(
    tmp_path: Path, write: Write, references: tuple[RuleReference, ...]
) -> None:
    write("sub/mkt-lint.toml", 'ignore = ["CRM999"]')
    configs = Configs(tmp_path)
    configs.check_codes(references)
    with pytest.raises(
        ConfigError, match=r"^sub/mkt-lint\.toml:1:11: there is no rule 'CRM999'; did you mean 'CRM901'"
    ):
        configs.for_path(Path("sub/x.csv"))


@pytest.mark.parametrize(
    ("required", "expected"),
    [
        ("acme", None),
        ("Acme_Pack>=1.2", None),
        ("acme>=1.3", "mkt-lint.toml:1:21: the rule pack 'acme' is of version 1.2.0; required is acme>=1.3"),
        (
            "acne",
            "mkt-lint.toml:1:21: the rule pack 'acne' is required and not in use; install it; did you mean 'acme'?",
        ),
    ],
)
def test_required_plugins(required: str, expected: str | None, tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", f'required-plugins = ["{required}"]')
    plugins = [PluginInfo("acme", "1.2.0", "acme-pack", "acme_pack")]
    configs = Configs(tmp_path)
    if expected is None:
        configs.require_plugins(plugins)
        return
    with pytest.raises(ConfigError) as caught:
        configs.require_plugins(plugins)
    assert str(caught.value) == expected


def test_globs(tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", "")
    configs = Configs(tmp_path)
    config = configs.for_path(Path("a/b/c.html"))
    assert config.matches(("**",))
    assert config.matches(("*.html",))
    assert config.matches(("b",))
    assert config.matches(("a/**",))
    assert not config.matches(("/b/**",))
    assert not config.matches(("*.html", "!c.html"))
    assert not config.matches(())
    outside = configs.for_path(Path("../c.html"))
    assert outside.root == tmp_path
    assert outside.matches(("**",))
    assert not outside.matches(("*.html",))


def test_workers_get_the_same_configuration(
    tmp_path: Path, write: Write, references: tuple[RuleReference, ...]
) -> None:
    write("mkt-lint.toml", 'rules.retention-exceeded.max-age = "1y"\n[[overrides]]\nfiles = ["*.csv"]\npreview = true')
    configs = Configs(tmp_path)
    configs.check_codes(references)
    here = configs.for_path(Path("x.csv"))
    assert said(pickle.loads(pickle.dumps(configs)).for_path(Path("x.csv"))) == said(here)


def test_every_value_with_its_origin(tmp_path: Path, write: Write, references: tuple[RuleReference, ...]) -> None:
    write("mkt-lint.toml", 'fail-on = "note"\n')
    write(
        "sub/pyproject.toml",
        """\
[project]
name = "x"

[tool.mkt-lint]
preview = true
extend-exclude = ["a"]
tables.columns."E-mail" = "email"

[tool.mkt-lint.rules.retention-exceeded]
max-age = "2y"

[[tool.mkt-lint.ignore]]
codes = ["CRM"]
reason = "why"
until = 2027-01-01

[[tool.mkt-lint.overrides]]
files = ["*.html"]
ignore = ["EML101"]
""",
    )
    configs = Configs(tmp_path, command_line=CommandLine(ignore=("EML102",)))
    configs.check_codes(references)
    rows = list(show(configs, Path("sub/x.html")))
    assert [row for row in rows if row[2] != "default"] == [
        ("fail-on", "note", "mkt-lint.toml:1:1"),
        ("extend-exclude", ["a"], "sub/pyproject.toml:6:1"),
        ("ignore", ["EML101", "EML102"], "sub/pyproject.toml:19:1, command line"),
        ("preview", True, "sub/pyproject.toml:5:1"),
        ("tables.columns.E-mail", "email", "sub/pyproject.toml:7:16"),
        ("rules.CRM401.max-age", "2y", "sub/pyproject.toml:10:1"),
        ("ignore[0].codes", ["CRM"], "sub/pyproject.toml:13:1"),
        ("ignore[0].reason", "why", "sub/pyproject.toml:14:1"),
        ("ignore[0].until", "2027-01-01", "sub/pyproject.toml:15:1"),
    ]
    assert ("jurisdictions", ["FR"], "default") in rows
    assert ("templates.first-touch", [], "default") in rows
    assert ("tables.values", {}, "default") in rows
    assert ("preview", False, "default") in list(show(configs, Path()))
    assert ("preview", True, "sub/pyproject.toml:5:1") in list(show(configs, Path("sub")))
