"""What a user reads when the configuration is wrong: file, line, column, what was expected."""

from __future__ import annotations

import pickle
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkt_lint._config import ConfigError, Configs

ErrorOf = Callable[[str], str]
Write = Callable[[str, str], Path]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('selct = ["CRM"]', "1:1: unknown key 'selct'; did you mean 'select'?"),
        ("# été\n\n  preview = 1", "3:13: 'preview' must be true or false, not an integer"),
        ('select = "CRM"', "1:10: 'select' must be an array, not a string"),
        ('select = ["CRM", 4]', "1:18: 'select[1]' must be a string, not an integer"),
        ("select = []", "1:10: 'select' must not be empty; leave it out for all rules"),
        ('select = ["CRM", "EML103"]', "1:18: there is no rule 'EML103'; did you mean 'EML102'?"),
        ('ignore = ["crm901"]', "1:11: there is no rule 'crm901'; did you mean 'CRM901'?"),
        ('ignore = ["XYZ"]', "1:11: there is no rule 'XYZ'; “mkt-lint rules” lists them"),
        ('ignore = ["CR"]', "1:11: there is no rule 'CR'; “mkt-lint rules” lists them"),
        (
            'fail-on = "warn"',
            (
                "1:11: 'fail-on' must be one of 'error', 'warning', 'note', 'undecided', 'never', not 'warn'; "
                "did you mean 'warning'?"
            ),
        ),
        (
            "audience = true",
            "1:12: 'audience' must be one of 'consumers', 'professionals', 'mixed', not a boolean",
        ),
        ('jobs = "4"', "1:8: 'jobs' must be an integer, not a string"),
        ("jobs = true", "1:8: 'jobs' must be an integer, not a boolean"),
        ("jobs = -1", "1:8: 'jobs' must be 0 or more"),
        ('platform = " "', "1:12: 'platform' must not be blank"),
        ("templates = 1979-05-27", "1:13: 'templates' must be a table, not a date or time"),
        (
            '[templates]\nroot = ["a"]',
            "2:1: unknown key 'root'; did you mean 'roots'?",
        ),
        (
            "[templates]\nx = 1",
            "2:1: unknown key 'x'; expected one of first-touch, marketing, pages, partials, roots, sms, transactional",
        ),
        ('[tables.columns]\n"E-mail" = "e_mail"', "2:12: there is no field 'e_mail'; did you mean 'email'?"),
        (
            'tables.values.stauts = { "Client" = "customer" }',
            "1:15: there is no field 'stauts'; did you mean 'status'?",
        ),
        ('[tables.values]\nstatus = "x"', "2:10: 'tables.values.status' must be a table, not a string"),
        (
            '[tables.values.status]\n"A client" = 1',
            "2:14: 'tables.values.status.\"A client\"' must be a string, not an integer",
        ),
        ("[rules.CRM402]", "1:8: there is no rule 'CRM402'; did you mean 'CRM401'?"),
        ("[rules.CRM]", "1:8: there is no rule 'CRM'; did you mean 'CRM901'?"),
        (
            '[rules.CRM401]\nseverity = "fatal"',
            "2:12: 'rules.CRM401.severity' must be one of 'error', 'warning', 'note', not 'fatal'",
        ),
        (
            "[rules.CRM401]\n[rules.retention-exceeded]",
            "2:8: 'retention-exceeded' means CRM401, which has a table of its own here already",
        ),
        ('[[overrides]]\nselect = ["CRM"]', "1:1: 'overrides[0]' has no 'files', which it needs"),
        ("[[overrides]]\nfiles = []", "2:9: 'overrides[0].files' must not be empty; name the files"),
        (
            '[[overrides]]\nfiles = ["a"]\n[[overrides]]\nfiles = ["b"]\njobs = 2',
            (
                "5:1: unknown key 'jobs'; expected one of audience, files, ignore, jurisdictions, platform, preview, "
                "rules, select, tables, templates"
            ),
        ),
        (
            'overrides = [{ files = ["a"], ignore = [{ codes = ["ALL"] }] }]',
            "1:41: 'overrides[0].ignore[0]' must be a string, not a table",
        ),
        ('[[ignore]]\nreason = "x"', "1:1: 'ignore[0]' has no 'codes', which it needs"),
        ('[[ignore]]\ncodes = ["CRM401"]', "1:1: 'ignore[0]' has no 'reason', which it needs"),
        ('[[ignore]]\ncodes = ["CRM401"]\nreason = " "', "3:10: 'ignore[0].reason' must not be blank"),
        ('[[ignore]]\ncodes = []\nreason = "x"', "2:9: 'ignore[0].codes' must not be empty; name a rule, or ALL"),
        (
            '[[ignore]]\ncodes = ["CRM401"]\nreason = "x"\nuntil = "next year"',
            "4:9: 'next year' is not a date; write YYYY-MM-DD",
        ),
        (
            '[[ignore]]\ncodes = ["CRM401"]\nreason = "x"\nuntil = 2027-01-01T00:00:00',
            "4:9: 'ignore[0].until' must be a date such as 2027-01-31, not a date or time",
        ),
        (
            'exclude = ["./a"]',
            "1:12: the glob './a' matches nothing: globs are relative to this file's folder and have no . or ..",
        ),
        (
            'exclude = ["../a"]',
            "1:12: the glob '../a' matches nothing: globs are relative to this file's folder and have no . or ..",
        ),
        ('exclude = ["#a"]', r"1:12: a glob that begins with # is a comment; write \#"),
        ('exclude = [" "]', "1:12: the glob ' ' matches nothing"),
        ('exclude = ["a[b"]', r"1:12: the glob 'a[b' has a [ without its ], or ends with a backslash; write \[ or \\"),
        ("exclude = ['a\\']", r"1:12: the glob 'a\\' has a [ without its ], or ends with a backslash; write \[ or \\"),
        (
            'required-plugins = ["acme >1.x"]',
            (
                "1:21: 'acme >1.x' is not a requirement; write a pack's name, then if need be comparisons with release "
                "numbers, such as 'acme' or 'acme>=1.2,<2'"
            ),
        ),
        (
            "required-plugins = [1]",
            "1:21: 'required-plugins[0]' must be a requirement such as 'acme>=1.2', not an integer",
        ),
        ("a = [1,\n", "2:1: not valid TOML: Invalid value"),
        ("preview = true\npreview = true\n", "2:15: not valid TOML: Cannot overwrite a value"),
        (
            'ignore = ["CRM401"]\n[[ignore]]\n',
            (
                "2:9: not valid TOML: Cannot mutate immutable namespace ('ignore',); ignore = [...] and [[ignore]] "
                "exclude each other: write the codes as an [[ignore]] without files"
            ),
        ),
        ("x = " + "[" * 5000, " not valid TOML: nested too deeply"),
        ("x = " + "1" * 5000, " not valid TOML: a number has too many digits"),
        (
            "[tool.mkt-lint]\npreview = true",
            "1:2: the keys of a mkt-lint.toml stand at its top level; [tool.mkt-lint] is for pyproject.toml",
        ),
    ],
)
def test_wrong_configuration(text: str, expected: str, error_of: ErrorOf) -> None:
    assert error_of(text) == f"mkt-lint.toml:{expected}"


def test_first_problem_of_the_file_is_told(error_of: ErrorOf) -> None:
    assert error_of('jobs = "x"\npreviw = 1\n[templates]\nx = 1').startswith("mkt-lint.toml:1:8: ")


def test_top_level_key_without_a_neighbour_lists_all(error_of: ErrorOf) -> None:
    assert error_of("zzz = 1") == (
        "mkt-lint.toml:1:1: unknown key 'zzz'; expected one of audience, exclude, extend-exclude, fail-on, ignore, "
        "jobs, jurisdictions, overrides, platform, preview, required-plugins, respect-gitignore, rules, select, "
        "tables, templates"
    )


def test_columns_count_code_points_and_no_byte_order_mark(error_of: ErrorOf) -> None:
    assert error_of("\ufeffpreview = 1").startswith("mkt-lint.toml:1:11: ")
    assert error_of('tables = { columns = { "\U0001f600é" = 1 } }').startswith("mkt-lint.toml:1:31: ")
    assert error_of("jobs = 1\r\npreview = 1\r\n").startswith("mkt-lint.toml:2:11: ")


def test_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "mkt-lint.toml").write_bytes("# ok\nplatform = 'é".encode() + b"\xe9'")
    with pytest.raises(ConfigError) as caught:
        Configs(tmp_path).run  # noqa: B018  # it is read for its error
    assert str(caught.value) == "mkt-lint.toml:2:14: not valid UTF-8, which TOML must be"


def test_pyproject(tmp_path: Path, write: Write) -> None:
    write("pyproject.toml", '[project]\nname = "x"\n\n[tool.mkt-lint.templates]\nmarketting = ["a"]\n')
    with pytest.raises(ConfigError) as caught:
        Configs(tmp_path).run  # noqa: B018  # it is read for its error
    assert str(caught.value) == "pyproject.toml:5:1: unknown key 'marketting'; did you mean 'marketing'?"


def test_broken_pyproject_that_may_be_meant_for_us(tmp_path: Path, write: Write) -> None:
    write("pyproject.toml", "[tool.mkt-lint]\npreview == true\n")
    with pytest.raises(ConfigError) as caught:
        Configs(tmp_path).run  # noqa: B018  # it is read for its error
    assert str(caught.value) == "pyproject.toml:2:10: not valid TOML: Invalid value"


def test_pyproject_whose_table_is_none(tmp_path: Path, write: Write) -> None:
    write("pyproject.toml", "[tool]\nmkt-lint = 3\n")
    with pytest.raises(ConfigError) as caught:
        Configs(tmp_path).run  # noqa: B018  # it is read for its error
    assert str(caught.value) == "pyproject.toml:2:1: 'tool.mkt-lint' must be a table"


def test_explicit_file(tmp_path: Path, write: Write) -> None:
    write("conf/pyproject.toml", "[project]\n")

    def error(name: str) -> str:
        with pytest.raises(ConfigError) as caught:
            Configs(tmp_path, Path(name)).run  # noqa: B018  # it is read for its error
        return str(caught.value)

    assert error("absent.toml") == "absent.toml: cannot be read: no such file or directory"
    assert error("conf") == "conf: cannot be read: is a directory"
    assert error("conf/pyproject.toml") == "conf/pyproject.toml: has no [tool.mkt-lint] table"


def test_config_and_isolated_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^--config and --isolated exclude each other; give one of them$"):
        Configs(tmp_path, Path("a.toml"), True)


def test_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkt-lint.toml").symlink_to(tmp_path / "gone.toml")
    with pytest.raises(ConfigError) as caught:
        Configs(tmp_path).for_path(Path("a.html"))
    assert str(caught.value) == "mkt-lint.toml: cannot be read: no such file or directory"


def test_run_keys_in_a_nested_file(tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", 'fail-on = "note"')
    write("sub/mkt-lint.toml", 'preview = true\nfail-on = "error"')
    configs = Configs(tmp_path)
    with pytest.raises(ConfigError) as caught:
        configs.for_path(Path("sub/a.html"))
    assert str(caught.value) == (
        "sub/mkt-lint.toml:2:1: 'fail-on' holds for the whole run and is read from mkt-lint.toml only, which is "
        "nearest the working directory"
    )
    assert Configs(tmp_path / "sub").run.fail_on == "error"


def test_run_keys_where_the_working_directory_has_no_file(tmp_path: Path, write: Write) -> None:
    write("repo/mkt-lint.toml", "jobs = 2")
    with pytest.raises(ConfigError) as caught:
        Configs(tmp_path).for_path(Path("repo/a.html"))
    assert str(caught.value) == (
        "repo/mkt-lint.toml:1:1: 'jobs' holds for the whole run and the working directory has no configuration to read "
        "it from; run mkt-lint in this file's folder, or with --config repo/mkt-lint.toml"
    )
    assert Configs(tmp_path, Path("repo/mkt-lint.toml")).for_path(Path("repo/a.html")).root == tmp_path / "repo"


def test_error_as_an_entry_of_a_report_and_between_processes() -> None:
    error = ConfigError("wrong", "a/mkt-lint.toml", 3, 7)
    copy = pickle.loads(pickle.dumps(error))
    for one in (error, copy):
        assert (one.failure.message, one.failure.path, one.failure.line, one.failure.column) == (
            "wrong", "a/mkt-lint.toml", 3, 7,
        )  # fmt: skip
    assert str(copy) == "a/mkt-lint.toml:3:7: wrong"
    assert str(ConfigError("--select: wrong")) == "--select: wrong"


def test_run_without_errors_imports_no_parser_of_positions(tmp_path: Path, write: Write) -> None:
    write("mkt-lint.toml", 'ignore = ["CRM901"]\n[rules.CRM401]\nmax-age = "2y"\n')
    program = (
        "import sys; from pathlib import Path; from mkt_lint._config import Configs\n"
        f"configs = Configs(Path({str(tmp_path)!r})); configs.run; configs.for_path(Path('a.html'))\n"
        "print(*sorted({'tree_sitter', 'pathspec', 'difflib', 'polars', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


_KEYS = st.sampled_from(
    ["select", "ignore", "preview", "templates", "tables", "rules", "overrides", "jobs", "files", "x"]
)
_JSON = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(string.printable, max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=10,
)


def _inline(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f'"{key}" = {_inline(item)}' for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_inline, value)) + "]"
        case str():
            return '"' + "".join(f"\\u{ord(character):04x}" for character in value) + '"'
        case _:
            return str(value)


def outcome(folder: Path) -> ConfigError | None:
    try:
        Configs(folder).for_path(Path("a.html"))
    except ConfigError as error:
        return error
    return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.dictionaries(_KEYS, _JSON, max_size=4))
def test_whatever_is_valid_toml_is_a_configuration_or_an_error_in_its_place(
    tmp_path: Path, data: dict[str, object]
) -> None:
    text = "".join(f"{key} = {_inline(value)}\n" for key, value in data.items())
    (tmp_path / "mkt-lint.toml").write_text(text, encoding="utf-8")
    error = outcome(tmp_path)
    assert error is None or (error.line is not None and 1 <= error.line <= len(data))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.binary(max_size=40))
def test_whatever_bytes_are_a_configuration_or_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mkt-lint.toml").write_bytes(content)
    error = outcome(tmp_path)
    assert error is None or "\n" not in str(error)
