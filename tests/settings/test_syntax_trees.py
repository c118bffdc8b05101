"""Trees of TOML, JSON and YAML: the values that the usual parsers find, each at its place."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import tomli
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mkt_lint import Node, SyntaxProblem, parse_json, parse_toml, parse_yaml


def tree(parsed: Node | SyntaxProblem) -> Node:
    assert isinstance(parsed, Node)
    return parsed


def plain(node: Node) -> Any:
    if node.kind == "object":
        return {key: plain(member) for key, member in node.members.items()}
    return [plain(item) for item in node.items] if node.kind == "array" else node.value


def place(node: Node | None) -> tuple[int, int, int, int]:
    assert node is not None
    return node.span.line, node.span.column, node.span.end_line, node.span.end_column


def key_place(node: Node | None) -> tuple[int, int, int, int]:
    assert node is not None
    assert node.key_span is not None
    return node.key_span.line, node.key_span.column, node.key_span.end_line, node.key_span.end_column


TOML = """\
select = ["CRM", # both
  "EML401"]
rules.EML401.severity = "error"
"\u00e9\U0001f600" = '\u00e9' # comment

[rules.CRM401]
max-age = "3y"
limits = { days = 30, deep.er = 1.5 }

[[ignore]]
until = 2026-12-31
[[ignore]]
files = [
  "a.html",
]
[ignore.more]
on = true
"""


class TestToml:
    def test_statements_come_out_as_one_tree(self) -> None:
        assert plain(tree(parse_toml(TOML))) == tomli.loads(TOML)

    @pytest.mark.parametrize(
        ("keys", "path", "span", "key_span"),
        [
            (("select",), "select", (1, 10, 2, 12), (1, 1, 1, 7)),
            (("select", 1), "select[1]", (2, 3, 2, 11), None),
            (("rules",), "rules", (3, 1, 3, 6), (3, 1, 3, 6)),
            (("rules", "CRM401"), "rules.CRM401", (6, 1, 6, 15), (6, 8, 6, 14)),
            (("rules", "EML401", "severity"), "rules.EML401.severity", (3, 25, 3, 32), (3, 14, 3, 22)),
            (("rules", "CRM401", "max-age"), "rules.CRM401.max-age", (7, 11, 7, 15), (7, 1, 7, 8)),
            (("rules", "CRM401", "limits"), "rules.CRM401.limits", (8, 10, 8, 38), (8, 1, 8, 7)),
            (("rules", "CRM401", "limits", "deep"), "rules.CRM401.limits.deep", (8, 23, 8, 27), (8, 23, 8, 27)),
            (
                ("rules", "CRM401", "limits", "deep", "er"),
                "rules.CRM401.limits.deep.er",
                (8, 33, 8, 36),
                (8, 28, 8, 30),
            ),
            (("\u00e9\U0001f600",), '"\u00e9\U0001f600"', (4, 8, 4, 11), (4, 1, 4, 5)),
            (("ignore",), "ignore", (10, 1, 10, 11), (10, 3, 10, 9)),
            (("ignore", 0), "ignore[0]", (10, 1, 10, 11), None),
            (("ignore", 1), "ignore[1]", (12, 1, 12, 11), None),
            (("ignore", 1, "files", 0), "ignore[1].files[0]", (14, 3, 14, 11), None),
            (("ignore", 1, "more", "on"), "ignore[1].more.on", (17, 6, 17, 10), (17, 1, 17, 3)),
        ],
    )
    def test_places(self, keys: tuple[str | int, ...], path: str, span: object, key_span: object) -> None:
        node = tree(parse_toml(TOML)).get(*keys)
        assert node is not None
        assert node.path == path
        assert place(node) == span
        assert (key_place(node) if node.key_span else None) == key_span

    def test_kinds(self) -> None:
        text = 'a = 1\nb = 1.5\nc = true\nd = "x"\ne = 2026-01-02\nf = 10:00:00\ng = []\nh = {}\n'
        kinds = [str(node.kind) for node in tree(parse_toml(text)).members.values()]
        assert kinds == ["integer", "float", "boolean", "string", "datetime", "datetime", "array", "object"]

    def test_a_byte_order_mark_is_no_column_and_crlf_no_character(self) -> None:
        root = tree(parse_toml('\ufeffa = 1\r\nb = "\u00e9x"\r\n'))
        assert place(root.get("a")) == (1, 5, 1, 6)
        assert place(root.get("b")) == (2, 5, 2, 9)

    @pytest.mark.parametrize("text", ["", "# nothing\n", "a = 1", 'a = """x""""', "a = 'x' # end"])
    def test_awkward_ends(self, text: str) -> None:
        assert plain(tree(parse_toml(text))) == tomli.loads(text)

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("a =", ("not valid TOML: a value is expected here", 1, 4)),
            ("a = 1\na = 2", ("not valid TOML: this key or table is already defined", 2, 6)),
            ("[a]\n[a]", ("not valid TOML: this key or table is already defined", 2, 3)),
            ("x = {secret = 1, secret = 2}", ("not valid TOML: this key is already defined", 1, 28)),
            ('a = "secret', ("not valid TOML: a string has no end", 1, 12)),
            ("a = [1, 2", ("not valid TOML: an array or inline table has no closing bracket", 1, 10)),
            ("a = {b = 1,}", ("not valid TOML 1.0, although later versions of TOML allow it", 1, 11)),
            ("a = " + "[" * 5000, ("this TOML is nested too deeply to be read", 1, 1)),
            ("a = " + "9" * 5000, ("not valid TOML: a number has too many digits", 1, 1)),
        ],
    )
    def test_problems(self, text: str, problem: tuple[str, int, int]) -> None:
        assert parse_toml(text) == SyntaxProblem(*problem)


class TestJson:
    def test_places(self) -> None:
        root = tree(parse_json('\ufeff{\r\n "\u00e9\U0001f600": ["x\\n", {"b": -1.5e3}],\r\n "c" : null }\r\n'))
        assert place(root) == (1, 1, 3, 14)
        node = root.get("\u00e9\U0001f600", 1, "b")
        assert node is not None
        assert (node.path, node.value, str(node.kind)) == ('"\u00e9\U0001f600"[1].b', -1500.0, "float")
        assert place(node) == (2, 22, 2, 28)
        assert key_place(node) == (2, 17, 2, 20)
        assert place(root.get("c")) == (3, 8, 3, 12)
        assert root.get("\u00e9\U0001f600", 2) is None
        assert root.get("none", "of", "these") is None

    def test_the_last_of_equal_names_holds(self) -> None:
        root = tree(parse_json('{"a": 1, "b": 2, "a": 3}'))
        assert plain(root) == {"b": 2, "a": 3}
        assert [(place(node), node.value) for node in root.overridden] == [((1, 7, 1, 8), 1)]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", ("not valid JSON: a value is expected here", 1, 1)),
            ('{"secret" 1}', ("not valid JSON: a colon is expected here", 1, 11)),
            ('{"a": "x" "secret": 2}', ("not valid JSON: a comma or a closing bracket is expected here", 1, 11)),
            ("{secret: 1}", ("not valid JSON: a name in double quotes is expected here", 1, 2)),
            ('{"a":\n "secret', ("not valid JSON: this string has no end", 2, 2)),
            ('["\\q"]', ("not valid JSON: this escape sequence is not known", 1, 3)),
            ('["a\nb"]', ("not valid JSON: a control character in a string must be escaped", 1, 4)),
            ("[1] 2", ("not valid JSON: nothing may follow the first value", 1, 5)),
            ('["NaN", NaN]', ("not valid JSON: this is not a number that can be read", 1, 9)),
            ("[" + "9" * 5000 + "]", ("not valid JSON: this is not a number that can be read", 1, 2)),
            ("[" * 100_000, ("this JSON is nested too deeply to be read", 1, 1)),
        ],
    )
    def test_problems(self, text: str, problem: tuple[str, int, int]) -> None:
        assert parse_json(text) == SyntaxProblem(*problem)

    def test_what_can_be_parsed_can_be_walked(self) -> None:
        depth = next(depth for depth in range(2000, 0, -10) if isinstance(parse_json("[" * depth + "]" * depth), Node))
        node = tree(parse_json("[" * depth + "]" * depth))
        walked = 1
        while node.items:
            node = node.items[0]
            walked += 1
        assert walked == depth


YAML = """\
\u00e9: &base {x: 1, y: [a, 'b']}
copy: *base
merged:
  <<: *base
  y: 2   # own
text: |
  one
  two

on: !Ref Thing
list:
- k: 2026-01-02
- ~
"""


class TestYaml:
    def test_values(self) -> None:
        expected = yaml.safe_load(YAML.replace("!Ref ", "").replace("on:", "'on':"))
        assert plain(tree(parse_yaml(YAML))) == expected

    def test_places(self) -> None:
        root = tree(parse_yaml(YAML))
        assert place(root.get("\u00e9")) == (1, 4, 1, 29)
        assert place(root.get("copy")) == (2, 7, 2, 12)
        copied = root.get("copy", "y", 1)
        assert copied is not None
        assert copied.path == "copy.y[1]"
        assert place(copied) == (1, 24, 1, 27)
        assert place(root.get("merged")) == (4, 3, 5, 7)
        assert place(root.get("merged", "x")) == (1, 14, 1, 15)
        assert place(root.get("merged", "y")) == (5, 6, 5, 7)
        assert place(root.get("text")) == (6, 7, 8, 6)
        assert place(root.get("on")) == (10, 5, 10, 15)
        assert key_place(root.get("on")) == (10, 1, 10, 3)
        assert place(root.get("list", 0, "k")) == (12, 6, 12, 16)
        tagged = root.get("on")
        assert tagged is not None
        assert tagged.tag == "!Ref"

    def test_other_line_ends_of_yaml_are_none_of_ours(self) -> None:
        assert place(tree(parse_yaml("a: '\u2028 \u0085x'\r\nb: 1")).get("b")) == (2, 4, 2, 5)

    def test_the_last_of_equal_names_holds(self) -> None:
        root = tree(parse_yaml("a: 1\nb: 2\na: 3\n"))
        assert plain(root) == {"b": 2, "a": 3}
        assert [place(node) for node in root.overridden] == [(1, 4, 1, 5)]

    def test_nothing_is_null(self) -> None:
        assert tree(parse_yaml("# nothing\n")).kind == "null"

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("a: &a [*a]", ("this alias stands inside the value that it repeats", 1, 8)),
            ("a: *secret", ("not valid YAML: this alias has no anchor before it", 1, 4)),
            ("--- 1\n--- 2", ("one YAML document a file is expected; move this one to a file of its own", 2, 1)),
            ("[" * 100_000, ("this YAML is nested too deeply to be read", 1, 201)),
            ("? [1]\n: 2", ("a key that is itself a mapping or a list cannot be read", 1, 3)),
            ("a: 2020-13-45", ("not valid YAML: a number or a date is malformed", 1, 4)),
            (
                "a: secret: 1",
                ("not valid YAML: a colon is not allowed here; quote the text, or check the indentation", 1, 10),
            ),
            ("\u00e9: \x01", ("not valid YAML: a control character is not allowed here", 1, 4)),
            ("a:\n\t- b", ("not valid YAML: this character must be quoted; a tab may not indent", 2, 1)),
            ('a: "secret', ("not valid YAML: a quoted string has no end", 1, 11)),
        ],
    )
    def test_problems(self, text: str, problem: tuple[str, int, int]) -> None:
        assert parse_yaml(text) == SyntaxProblem(*problem)

    def test_aliases_that_multiply(self) -> None:
        lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
        for old, new in zip("abcdefgh", "bcdefghi", strict=True):
            lines.append(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]")
        assert parse_yaml("\n".join(lines)) == SyntaxProblem("aliases repeat more than 100,000 values", 6, 8)


SIMPLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SIMPLE | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


def check_places(node: Node) -> None:
    """Every scalar's source text is the scalar's, read by itself."""
    if node.kind in ("object", "array"):
        for child in (*node.members.values(), *node.items):
            check_places(child)
    else:
        assert json.loads(node.raw) == node.value


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_any_json_comes_back_with_its_places(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    node = tree(parse_json(text))
    assert plain(node) == value
    check_places(node)


PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7FF, exclude_categories=["Cc"]))


@given(
    st.recursive(SIMPLE | PRINTABLE, lambda inner: st.lists(inner) | st.dictionaries(PRINTABLE, inner), max_leaves=20)
)
def test_json_is_yaml_as_well(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert plain(tree(parse_yaml(text))) == yaml.safe_load(text)


TOML_VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=8,
)
TABLES = st.dictionaries(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=4), min_size=1, max_size=3
    ).map(tuple),
    TOML_VALUES,
    max_size=6,
)


@given(TABLES, st.booleans())
@settings(max_examples=150)
def test_any_toml_that_tomli_reads_comes_back(table: dict[tuple[str, ...], Any], headed: bool) -> None:
    lines = []
    for keys, value in table.items():
        quoted = [json.dumps(key, ensure_ascii=False) for key in keys]
        if headed and len(keys) > 1:
            lines += [f"[{'.'.join(quoted[:-1])}]", f"{quoted[-1]} = {json.dumps(value, ensure_ascii=False)}"]
        else:
            lines.append(f"{'.'.join(quoted)} = {json.dumps(value, ensure_ascii=False)}")
    text = "\n".join(lines)
    try:
        expected = tomli.loads(text)
    except tomli.TOMLDecodeError:
        assert isinstance(parse_toml(text), SyntaxProblem)
        return
    assert plain(tree(parse_toml(text))) == expected


@given(st.text(alphabet=st.sampled_from("abé{}[]\"'\\:,=#&*!|>-? \n\r\t01.")))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    for parse in (parse_toml, parse_json, parse_yaml):
        parsed = parse(text)
        if isinstance(parsed, SyntaxProblem):
            assert 1 <= parsed.line <= text.count("\n") + 1
            assert parsed.column >= 1
        else:
            plain(parsed)


def test_a_node_shows_nothing_of_itself() -> None:
    assert repr(tree(parse_json('{"secret": "secret"}')).get("secret")) == "<Node string at 1:12>"


def test_the_parsers_are_imported_when_they_are_called() -> None:
    code = "import sys, mkt_lint._syntax; print(*({'yaml', 'tree_sitter', 'tomli'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
