"""The trees of HCL, XML, Python, INI, LDIF, tags and code: values, places, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkt_lint import (
    Code,
    Node,
    Span,
    SyntaxProblem,
    parse_code,
    parse_hcl,
    parse_ini,
    parse_ldif,
    parse_python,
    parse_tags,
    parse_words,
    parse_xml,
    parse_yaml_documents,
)


def plain(node: Node) -> Any:
    """A tree as plain values; what is computed as its tag."""
    if node.tag is not None:
        return f"<{node.tag}>"
    if node.kind == "object":
        return {key: plain(child) for key, child in node.members.items()}
    return [plain(child) for child in node.items] if node.kind == "array" else node.value


def tree(found: Node | SyntaxProblem) -> Node:
    assert isinstance(found, Node)
    return found


class TestHcl:
    def test_blocks_and_values(self) -> None:
        text = (
            'resource "aws_x" "a" {\n  n = 8\n  f = -1.5\n  s = "é\\"x"\n  t = "${var.x}-a"\n  v = var.min\n'
            '  l = [1, true, null, f(x)]\n  o = { a = 1, "b" : "c" }\n  inner {\n    x = 1\n  }\n  inner {\n'
            '    x = 2\n  }\n}\nresource "aws_x" "b" {}\nlocals {}\n'
        )
        a = {
            "n": 8, "f": -1.5, "s": 'é"x', "t": "<expression>", "v": "<expression>",
            "l": [1, True, None, "<expression>"],
            "o": {"a": 1, "b": "c"}, "inner": [{"x": 1}, {"x": 2}],
        }  # fmt: skip
        assert plain(tree(parse_hcl(text))) == {"resource": {"aws_x": {"a": a, "b": {}}}, "locals": [{}]}

    def test_places_count_characters(self) -> None:
        found = tree(parse_hcl('\ufeff# é\nresource "é" "b" { n = 12 }\r\n')).get("resource", "é", "b", "n")
        assert found is not None
        assert (found.span, found.key_span, found.path) == (Span(2, 24, 2, 26), Span(2, 20, 2, 21), 'resource."é".b.n')

    def test_what_is_no_hcl(self) -> None:
        assert parse_hcl("a = 1\nb = = 2\n") == SyntaxProblem("not valid HCL: something else is expected here", 2, 1)


class TestXml:
    def test_elements_attributes_and_text(self) -> None:
        text = '<?xml version="1.0"?>\n<a xmlns:x="u" b=\'1\'>\n  <x:c>é</x:c><c n="&lt;"/>\n  <d> t&amp;u </d>\n</a>'
        assert plain(tree(parse_xml(text))) == {
            "@xmlns:x": "u", "@b": "1", "c": [{"#text": "é"}, {"@n": "<"}], "d": [{"#text": "t&u"}],
        }  # fmt: skip

    def test_places(self) -> None:
        root = tree(parse_xml("<été><b  c = 'x>y' d=\"12\">\r\n  8\r\n</b></été>"))
        found = root.get("b", 0)
        assert found is not None
        places = [found.get(name) for name in ("@c", "@d", "#text")]
        assert [place and place.span for place in places] == [
            Span(1, 15, 1, 18), Span(1, 23, 1, 25), Span(2, 3, 2, 4),
        ]  # fmt: skip
        assert (found.key_span, found.raw[:3]) == (Span(1, 7, 1, 8), "<b ")

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", SyntaxProblem("not valid XML: something else is expected here", 1, 1)),
            ("<a>\n</b>", SyntaxProblem("not valid XML: something else is expected here", 2, 3)),
            (
                '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
                SyntaxProblem("a document that declares entities of its own cannot be read", 1, 25),
            ),
            ("<a>" * 201, SyntaxProblem("this XML is nested too deeply to be read", 1, 601)),
        ],
    )
    def test_what_is_refused(self, text: str, problem: SyntaxProblem) -> None:
        assert parse_xml(text) == problem


class TestPython:
    def test_what_is_written_out(self) -> None:
        text = (
            "A = [1, 'é', {'k': None, x: 2}]\nB: int = -1\nC = (True,)\nC += (2,)\nif D:\n    E = 5\n"
            "F = G = 1\nH.i = 2\n"
        )
        assert plain(tree(parse_python(text))) == {
            "A": [1, "é", {"k": None}], "B": "<expression>", "C": "<expression>", "E": "<expression>",
        }  # fmt: skip

    def test_places_count_characters(self) -> None:
        found = tree(parse_python("# é\nÀ = {'é': 12}\n")).get("À", "é")
        assert found is not None
        assert (found.span, found.key_span) == (Span(2, 11, 2, 13), Span(2, 6, 2, 9))

    def test_what_is_no_python(self) -> None:
        assert parse_python("A = 1\nprint 'x'\n") == SyntaxProblem("not valid Python", 2, 1)
        assert isinstance(parse_python("A = 1\0"), SyntaxProblem)


class TestLines:
    def test_ini(self) -> None:
        text = "# c\na = 1 # é\nflag\n b\t=\tx y  \r\n[S T]\nc=2;3\n;d = 4\ne =\n[u]\n[S T]\nf = 5\n"
        assert plain(parse_ini(text)) == {
            "a": "1", "flag": "", "b": "x y", "S T": {"c": "2;3", "e": "", "f": "5"}, "u": {},
        }  # fmt: skip

    def test_ldif(self) -> None:
        text = "version: 1\n\ndn: cn=é\nA;lang-fr: 1\nb:: w6k=\nb: 2\n continued\n# c\n\n\nc: 3"
        assert plain(parse_ldif(text)) == [{"version": "1"}, {"dn": "cn=é", "a": "1", "b": "é"}, {"c": "3"}]

    def test_places(self) -> None:
        found = parse_ini("\ufeffé = 1\n[s]\n\tk =  22 ; c\r\n").get("s", "k")
        assert found is not None
        assert (found.span, found.key_span) == (Span(3, 7, 3, 9), Span(3, 2, 3, 3))
        found = parse_ldif("dn: é\r\npwdMinLength:   12\r\n").get(0, "pwdminlength")
        assert found is not None
        assert (found.span, found.key_span) == (Span(2, 17, 2, 19), Span(2, 1, 2, 13))


class TestWords:
    def test_words_keys_and_what_is_left_out(self) -> None:
        text = "\ufeff# all\n\nauth [success=1 a] m.so deny=5 a=b=c # x=1\r\n  x \\\r\n é=ü\n"
        found = parse_words(text)
        words = [[(word.key, word.value) for word in line.items] for line in found.items]
        assert words == [
            [(None, "auth"), (None, "[success=1 a]"), (None, "m.so"), ("deny", "5"), ("a", "b=c")],
            [(None, "x"), ("é", "ü")],
        ]
        assert found.items[0].items[3].span == Span(3, 30, 3, 31)
        assert found.items[1].items[1].span == Span(5, 4, 5, 5)
        assert found.items[1].items[1].key_span == Span(5, 2, 5, 3)


class TestDocuments:
    def test_each_document_has_its_tree(self) -> None:
        found = parse_yaml_documents("a: &x 1\n---\nb: 2\n---\n")
        assert isinstance(found, tuple)
        assert [(node.path, node.span.line, set(node.members)) for node in found] == [
            ("", 1, {"a"}),
            ("[1]", 3, {"b"}),
            ("[2]", 5, set()),
        ]

    def test_an_empty_stream_is_one_null(self) -> None:
        found = parse_yaml_documents("")
        assert isinstance(found, tuple)
        assert [(node.kind, node.value) for node in found] == [("null", None)]

    def test_an_anchor_holds_in_its_document_alone(self) -> None:
        assert parse_yaml_documents("a: &x 1\n---\nb: *x\n") == SyntaxProblem(
            "not valid YAML: this alias has no anchor before it", 3, 4
        )


class TestTags:
    def test_attributes_of_every_form(self) -> None:
        text = (
            "<!-- <input a=1> --><script>'<input a=2>'</script><INPUT A=3 b='é>' c=\"&amp;\" d /><p><inputs><input\n"
            'a="4"'
        )
        found = parse_tags(text, ("input",))
        assert plain(found) == [{"a": "3", "b": "é>", "c": "&", "d": ""}, {"a": "4"}]
        last = found.get(1, "a")
        assert last is not None
        assert (last.span, found.items[0].span.column, found.items[0].raw[-2:]) == (Span(2, 4, 2, 5), 51, "/>")


def test_code() -> None:
    root = parse_code('\ufeffvar é = "é"; o.P.Q = 12;', "csharp")
    (assignment,) = root.walk("assignment_expression")
    left, right = assignment.field("left"), assignment.field("right")
    assert isinstance(left, Code)
    assert isinstance(right, Code)
    assert (left.raw, right.raw, right.span) == ("o.P.Q", "12", Span(1, 22, 1, 24))
    assert assignment.parent is not None
    assert (assignment.parent.type, assignment.field("no")) == ("expression_statement", None)
    assert "12" not in repr(right)


@pytest.mark.parametrize(
    "parse",
    [
        parse_hcl,
        parse_xml,
        parse_python,
        parse_ini,
        parse_ldif,
        parse_words,
        parse_yaml_documents,
        lambda text: parse_tags(text, ("input", "a")),
        lambda text: parse_code(text, "csharp"),
        lambda text: parse_code(text, "php"),
        lambda text: parse_code(text, "ruby"),
    ],
    ids=["hcl", "xml", "python", "ini", "ldif", "words", "documents", "tags", "csharp", "php", "ruby"],
)
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec="utf-8") | st.sampled_from("<>={}[]()\"'\n\r\t :#é😀"), max_size=60))
def test_any_text_is_read_or_refused(parse: Any, text: str) -> None:
    found = parse(text)
    waiting = [node for node in (found if isinstance(found, tuple) else (found,)) if isinstance(node, Node)]
    while waiting:
        node = waiting.pop()
        assert node.span[:2] <= node.span[2:]
        waiting += [*node.members.values(), *node.items]
