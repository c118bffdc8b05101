"""A rule's options, selectors, the versions of packs, and the schema for editors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from mkt_lint._config import ConfigError, Configs, build_options
from mkt_lint._config.jsonschema import schema
from mkt_lint._config.requirement import Requirement
from mkt_lint._options import Period, RuleOptions, option
from mkt_lint._rule import Rule, RuleReference, selects

Write = Callable[[str, str], Path]


@pytest.fixture
def options(
    tmp_path: Path, write: Write, rule: type[Rule], references: tuple[RuleReference, ...]
) -> Callable[[str], Any]:
    def _options(text: str) -> Any:
        write("mkt-lint.toml", text)
        configs = Configs(tmp_path)
        configs.check_codes(references)
        return build_options(rule, configs.for_path(Path("x.csv")), references[0])

    return _options


def test_options_of_every_type(options: Callable[[str], Any], rule: Any) -> None:
    assert options("") == rule.Options()
    assert options(
        '[rules.retention-exceeded]\nmax-age = "18m"\nstrict = true\nminimum = 5\nbasis = "consent"\nowners = ["a"]'
    ) == rule.Options(Period("18m"), True, 5, "consent", ("a",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('max_age = "1y"', "2:1: the rule CRM401 has no option 'max_age'; did you mean 'max-age'?"),
        (
            "x = 1",
            "2:1: the rule CRM401 has no option 'x'; it takes basis, max-age, minimum, owners, severity, strict",
        ),
        ("max-age = 3", "2:11: 'rules.CRM401.max-age' must be a period such as '3y', '6m' or '30d', not an integer"),
        ('max-age = "3 years"', "2:11: '3 years' is not a period; write a number and d, m or y, such as \"3y\""),
        ("strict = 1", "2:10: 'rules.CRM401.strict' must be true or false, not an integer"),
        ("minimum = 1.5", "2:11: 'rules.CRM401.minimum' must be an integer, not a float"),
        (
            'basis = "consnt"',
            "2:9: 'rules.CRM401.basis' must be one of 'consent', 'interest', not 'consnt'; did you mean 'consent'?",
        ),
        ("owners = [1]", "2:11: 'rules.CRM401.owners[0]' must be a string, not an integer"),
    ],
)
def test_wrong_options(text: str, expected: str, options: Callable[[str], Any]) -> None:
    with pytest.raises(ConfigError) as caught:
        options(f"[rules.CRM401]\n{text}")
    assert str(caught.value) == f"mkt-lint.toml:{expected}"


def test_option_of_an_override_is_told_where_it_stands(options: Callable[[str], Any]) -> None:
    with pytest.raises(ConfigError) as caught:
        options('rules.CRM401.max-age = "1y"\n[[overrides]]\nfiles = ["*.csv"]\nrules.CRM401.minimum = "2"')
    assert str(caught.value) == (
        "mkt-lint.toml:4:24: 'overrides[0].rules.CRM401.minimum' must be an integer, not a string"
    )


def test_option_of_a_type_that_none_may_have(options: Callable[[str], Any], rule: type[Rule]) -> None:
    class Odd(RuleOptions):
        ratio: complex = option(1j, "Odd.")

    rule_with_odd_option = type("RuleWithOddOption", (rule,), {"Options": Odd})
    with pytest.raises(TypeError, match=r"^<class 'complex'> is no type for a key or an option$"):
        schema([(RuleReference("CRM401", "odd", rule.kind, "nowhere:A"), rule_with_odd_option)])


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ("ALL", True), ("CRM401", True), ("retention-exceeded", True), ("CRM", True), ("CRM4", True), ("CRM40", True),
        ("CR", False), ("CRM5", False), ("CRMX", False), ("retention", False), ("crm401", False), ("", False),
    ],
)  # fmt: skip
def test_selectors(selector: str, selected: bool) -> None:
    assert selects((selector,), "CRM401", "retention-exceeded") is selected


@pytest.mark.parametrize(
    ("requirement", "accepted", "refused"),
    [
        ("acme", ["0.0.1", "2"], []),
        ("acme==1.2", ["1.2", "1.2.0"], ["1.2.1", "1.2rc1", "1.2.post1", "unknown"]),
        ("acme != 1.2", ["1.3"], ["1.2.0"]),
        ("acme>=1.2,<2", ["1.2", "1.10", "1.2+local"], ["1.1.9", "2", "1.2.dev3", "1.2a1"]),
        ("acme>1.2", ["1.2.1", "1.2.post1"], ["1.2", "1.2b2"]),
        ("acme<=1.2", ["1.2", "1.2rc1"], ["1.2.1"]),
        ("acme~=1.4", ["1.4", "1.9.2"], ["1.3", "2.0"]),
        ("acme~=1.4.2", ["1.4.2", "1.4.9"], ["1.4.1", "1.5"]),
        ("acme~=1.0.0", ["1", "1.0.3"], ["1.1"]),
    ],
)
def test_versions(requirement: str, accepted: list[str], refused: list[str]) -> None:
    wanted = Requirement(requirement)
    assert wanted.name == "acme"
    assert [version for version in accepted + refused if wanted.accepts(version)] == accepted


@pytest.mark.parametrize("text", ["", "acme 1.2", "acme>=", "acme>=1.x", "acme==1.*", "-acme", "acme>=1.2,", "acme~=1"])
def test_what_is_no_requirement(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a requirement|needs two numbers"):
        Requirement(text)


@pytest.fixture
def json_schema(rule: type[Rule], references: tuple[RuleReference, ...]) -> dict[str, Any]:
    return schema([(references[0], rule)])


def test_schema_describes_every_key(json_schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema)
    assert json_schema["properties"]["fail-on"] == {
        "enum": ["error", "warning", "note", "undecided", "never"],
        "description": "The least that makes the exit status 1: a severity, `undecided` (also what a rule could not "
        "tell) or `never`.",
        "default": "warning",
    }
    assert json_schema["$defs"]["CRM401"]["properties"]["max-age"] == {
        "type": "string",
        "pattern": "^([0-9]{1,4}[dmy])$",
        "description": "Kept at most this long.",
        "default": "3y",
    }

    def undescribed(table: Any, path: str) -> list[str]:
        found = []
        for name, key in table.get("properties", {}).items():
            if path != ".rules" and "description" not in key:
                found.append(f"{path}.{name}")
            found += undescribed(key, f"{path}.{name}") + undescribed(key.get("items", {}), f"{path}.{name}[]")
        return found

    assert undescribed(json_schema, "") == []
    defaults = {name: key["default"] for name, key in json_schema["properties"].items() if "default" in key}
    assert defaults["jurisdictions"] == ["FR"]
    jsonschema.validate(defaults, json_schema)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ('select = ["CRM401", "CRM", "ALL", "EML1", "retention-exceeded"]', True),
        ('select = ["nothing-of-the-kind"]', False),
        ("select = []", False),
        ('ignore = ["CRM401"]', True),
        ('[[ignore]]\ncodes = ["CRM401"]\nreason = "x"\nuntil = "2027-01-01"', True),
        ('[[ignore]]\ncodes = ["CRM401"]', False),
        ('[rules.retention-exceeded]\nmax-age = "2y"\nseverity = "note"', True),
        ("[rules.CRM401]\nmax-age = 2", False),
        ("[rules.CRM401]\nmaxage = 2", False),
        ("[rules.CRM999]", False),
        ('[[overrides]]\nfiles = ["a/**"]\naudience = "consumers"', True),
        ('[[overrides]]\naudience = "consumers"', False),
        ('[[overrides]]\nfiles = ["a/**"]\njobs = 2', False),
        ('tables.columns.Mail = "email"', True),
        ('tables.columns.Mail = "acme.tier"', True),
        ('tables.columns.Mail = "e_mail"', False),
        ('tables.values.e_mail.x = "y"', False),
        ("jobs = -1", False),
        ('exclude = ["./a"]', False),
        ('required-plugins = ["acme>=1.2"]', True),
        ('required-plugins = ["acme >> 1"]', False),
    ],
)
def test_schema_says_what_the_linter_says(
    text: str, valid: bool, json_schema: dict[str, Any], rule: type[Rule], write: Write, tmp_path: Path,
    references: tuple[RuleReference, ...],
) -> None:  # fmt: skip
    assert jsonschema.Draft202012Validator(json_schema).is_valid(tomli.loads(text)) is valid
    write("mkt-lint.toml", text)
    configs = Configs(tmp_path)
    try:
        configs.check_codes(references)
        build_options(rule, configs.for_path(Path("x.csv")), references[0])
    except ConfigError:
        assert not valid
    else:
        assert valid
