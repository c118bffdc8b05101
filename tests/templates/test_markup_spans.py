"""Elements and attributes at their exact places."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkt_lint._documents.text import Range, SourceText
from mkt_lint._model import Span
from mkt_lint._readers.template.masking import mask
from mkt_lint._readers.template.tree import parse

Read = Callable[..., Any]
NAMES = st.sampled_from(["a", "p", "td", "table", "tr", "div", "mj-text", "mj-image", "span", "br", "style", "o:p"])
VALUES = st.sampled_from(["x", "", "a > b", "{{ v }}", "é𝄞", "{% if '>' %}y{% endif %}", "#", "a/b?c=1&amp;d=2", "\n"])
ATTRIBUTES = st.lists(st.tuples(st.sampled_from(["href", "CLASS", "data-x", "th:href"]), VALUES), max_size=3)
TEXTS = st.sampled_from(["text", "\r\n", "{{ x }}", "&nbsp;", "<!-- <a> -->", "</a >", "</td>", "𝄞", "a < b", "\t"])


@st.composite
def tags(draw: st.DrawFn) -> str:
    name, attributes = draw(NAMES), draw(ATTRIBUTES)
    written = "".join(f' {key}="{value}"' for key, value in attributes)
    close = draw(st.sampled_from([">", " >", "/>"]))
    if name == "style":
        return f"<style{written}>a{{color:red}}</style>"
    return f"<{name}{written}{close}"


@settings(max_examples=300)
@given(st.lists(st.one_of(tags(), TEXTS)))
def test_every_start_tag_is_found_at_its_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    expected, position = [], 0
    for piece in pieces:
        if piece[0] == "<" and piece[1].isalpha():
            length = piece.index(">a{") + 1 if piece.startswith("<style") else len(piece)
            expected.append(text[position : position + length])
        position += len(piece)
    source = SourceText(text)
    markup, _ = parse(source, mask(text)[0], Range(0, len(text)))
    assert [source.slice(element.span) for element in markup.elements] == expected
    assert all(element.placed for element in markup.elements)
    for element in markup.elements:
        for attribute in element.attributes.values():
            assert source.slice(attribute.span) == attribute.value
            assert source.slice(attribute.name_span).lower() == attribute.name


def test_columns_are_code_points_and_a_mark_is_none(read: Read) -> None:
    template = read("\ufeff<p>𝄞é</p>\r\n<a\r\n href='x'>y</a>")
    assert template.encoding == "utf-8-sig"
    assert [element.span for element in template.elements] == [Span(1, 1, 1, 4), Span(2, 1, 3, 11)]
    assert template.elements[1].attributes["href"].span == Span(3, 8, 3, 9)


def test_attributes_as_in_the_source(read: Read) -> None:
    template = read("""<a HREF = "{{ url("x") }}?a=1&amp;b" href='second' disabled title='' class=big{{ n }}>x</a>""")
    attributes = template.elements[0].attributes
    assert {name: attribute.value for name, attribute in attributes.items()} == {
        "href": '{{ url("x") }}?a=1&amp;b',
        "disabled": "",
        "title": "",
        "class": "big{{ n }}",
    }
    assert not attributes["disabled"].has_value
    assert template.snippet(attributes["disabled"].span) == "disabled"
    assert attributes["title"].has_value


def test_the_tree(read: Read) -> None:
    template = read("<body><table><tr><td><a>x<b>y</b></a></td></tr></table><p>z</p></body>")
    link = next(element for element in template.elements if element.tag == "a")
    assert [element.tag for element in link.ancestors()] == ["td", "tr", "table", "body"]
    assert [element.tag for element in link.descendants()] == ["b"]
    assert [element.tag for element in template.elements[0].children()] == ["table", "p"]


def test_self_closing_elements_of_mjml_hold_nothing(read: Read) -> None:
    template = read("<mjml><mj-body><mj-image src='x' /><mj-text>y</mj-text></mj-body></mjml>", "mail.mjml")
    assert [element.tag for element in template.elements[1].children()] == ["mj-image", "mj-text"]
    assert template.language == "mjml"
    assert template.elements[2].text == ""


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<a>Se d&eacute;sinscrire</a >", "Se désinscrire"),
        ("<a>x <style>a{}</style><!-- y --> z</a>", "x z"),
        ("<a>{{ label }}\n<b>here</b></a>", "{{ label }} here"),
        ("<a>one<a>two</a>", "one"),
        ("<a>never closed", "never closed"),
    ],
)
def test_visible_text(read: Read, markup: str, text: str) -> None:
    assert read(markup).elements[0].text == text


def test_comments_for_outlook_are_parsed_in_place(read: Read) -> None:
    text = (
        "<p>a</p>\n<!--[if mso]>\n<v:rect href='#'><a>b</a></v:rect>\n<![endif]-->\n"
        "<!--[if !mso]><!--><a>c</a><!--<![endif]-->"
    )
    template = read(text)
    found = [(element.tag, element.conditional, element.span.line) for element in template.elements]
    assert found == [("p", False, 1), ("v:rect", True, 3), ("a", True, 3), ("a", False, 5)]
    assert template.elements[2].parent is template.elements[1]
    assert "b" not in template.visible_text


def test_what_the_parser_drops_is_told(read: Read) -> None:
    template = read("<div>" * 3_000 + "<a href='#'>x</a>")
    assert len(template.elements) == 3_001
    assert 0 < len(template.lost) < 3_001
    assert template.elements[-1] in template.lost
    assert template.lost[-1].attributes["href"].value == "#"


def test_a_second_body_lies_in_the_first(read: Read) -> None:
    template = read("<body><a><p>x</p><html><body><b>y</b></a><i>z</i></body>")
    assert not template.lost
    link = template.elements[1]
    assert [element.tag for element in link.descendants()] == ["p", "html", "body", "b"]
    assert all(link in element.ancestors() for element in link.descendants())


def test_texts_and_comments_have_places(read: Read) -> None:
    template = read("<p>one &amp;\n<b>{{ two }}</b> </p><!-- x\n--><style>a{}</style>é")
    assert [(text.text, text.span) for text in template.texts] == [
        ("one &amp;\n", Span(1, 4, 2, 1)),
        ("{{ two }}", Span(2, 4, 2, 13)),
        ("é", Span(3, 22, 3, 23)),
    ]
    assert [(comment.text, comment.span) for comment in template.comments] == [("<!-- x\n-->", Span(2, 22, 3, 4))]


def test_template_code_may_be_an_attribute(read: Read) -> None:
    template = read("<a {{ Href }} B={% x %} {{ Href }} {{ other }}>x</a>")
    attributes = template.elements[0].attributes
    assert {name: template.snippet(attribute.name_span) for name, attribute in attributes.items()} == {
        "{{ href }}": "{{ Href }}",
        "b": "B",
        "{{ other }}": "{{ other }}",
    }


def test_letters_beyond_ascii_in_names_move_nothing(read: Read) -> None:
    template = read("<aİİİ Bİ=1 c=2>x</aİİİ>")
    element = template.elements[0]
    assert element.tag == "aİİİ"
    assert {name: template.snippet(attribute.span) for name, attribute in element.attributes.items()} == {
        "bİ": "1",
        "c": "2",
    }


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("<p><a href='x>y</a></p>", ("tag", "<a")),
        ("<p>x<!-- y</p>", ("comment", "<!--")),
        ("<p><style class=a>y</p>", ("element", "<style class=a>")),
        ("<p><!--[if mso]><b <![endif]--></p>", ("tag", "<b")),
        ("<p><title/>x</p>", None),
        ("<!--[if !mso]><!-- --><p>x</p><!--<![endif]-->", None),
        ("<p>a <!-> b</p>", None),
    ],
)
def test_what_never_ends_is_told(read: Read, text: str, cut: tuple[str, str] | None) -> None:
    template = read(text)
    found = template.cut
    assert "<" not in template.visible_text
    assert cut == (found and (found.kind, found.source.slice(found.span)))


def test_what_outlook_opens_in_one_comment_it_closes_in_another(read: Read) -> None:
    template = read("<!--[if mso]><td><![endif]--><p>x</p><td>y</td><!--[if mso]></td><![endif]-->")
    cell, paragraph, other = template.elements
    assert (cell.conditional, cell.text, paragraph.text, other.text) == (True, "x y", "x", "y")


@pytest.mark.parametrize("text", ["", " ", "<", "</", "<!--", "<a", "<a href='", "{{", "<![CDATA[", "<script>"])
def test_scraps_are_read(read: Read, text: str) -> None:
    template = read(text)
    assert template.body_span.line == 1
    assert [element.tag for element in template.elements] == (["script"] if text == "<script>" else [])


def test_many_lines(read: Read) -> None:
    assert read("\n" * 70_000 + "<a>x</a>").elements[0].span == Span(70_001, 1, 70_001, 4)


def test_a_nul_hides_nothing(read: Read) -> None:
    template = read("<p>" + "text " * 40 + "\0</p><a>x</a>")
    assert [element.tag for element in template.elements] == ["p", "a"]
    assert not template.lost


def test_excerpts_are_narrow_and_star_out_addresses(read: Read) -> None:
    line = "<p>" + "x" * 300 + '</p><a href="https://a.fr/u?e=jane.doe@acme.fr&amp;c=1">stop</a>' + "y" * 300
    template = read(line)
    excerpt = template.excerpt(template.elements[1].span)
    assert len(excerpt.text) <= 160
    assert "?e=****************&amp;c=1" in excerpt.text
    assert line[excerpt.column - 1 :].startswith("x")
    assert html.unescape(excerpt.text).count("@") == 0


def test_elements_by_their_tags(read: Read) -> None:
    template = read("<p><IMG src='1'><a href='#'>x</a><!--[if mso]><a>y</a><![endif]--><img src='2'></p>")
    assert [template.snippet(element.span) for element in template.elements_named("img", "a")] == [
        "<IMG src='1'>",
        "<a href='#'>",
        "<a>",
        "<img src='2'>",
    ]
    assert [element.index for element in template.elements_named("p")] == [0]
    assert not template.elements_named("td")
    assert set(template.elements_by_tag) == {"p", "img", "a"}
