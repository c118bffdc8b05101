"""Which element lies in which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkt_lint._readers.template import nesting
from mkt_lint._readers.template.mending import Nested, mend
from mkt_lint._readers.template.nesting import as_written
from mkt_lint._readers.template.tokens import Tokens, tokenise

Read = Callable[..., Any]

NAMES = (
    "a",
    "b",
    "br",
    "center",
    "div",
    "font",
    "h1",
    "img",
    "li",
    "mj-text",
    "p",
    "span",
    "table",
    "tbody",
    "td",
    "tr",
)


def outline(template: Any) -> str:
    """The tree on one line: `table(tr(td(a) td))`."""

    def written(element: Any) -> str:
        inside = " ".join(map(written, element.children()))
        return f"{element.tag}({inside})" if inside else element.tag

    return " ".join(written(element) for element in template.elements if element.parent is None)


@pytest.mark.parametrize(
    ("markup", "tree"),
    [
        ("<a><table><tr><td>x</td></tr></table></a>", "a(table(tr(td)))"),
        ("<b><p>x</p></b>", "b(p)"),
        ("<font><center>x</center></font>", "font(center)"),
        ("<h1><table><tr><td>x</td></tr></table></h1>", "h1(table(tr(td)))"),
        ("<address><ul><li>x</li></ul></address>", "address(ul(li))"),
        ("<picture><source><img></picture><i>x</i>", "picture(source img) i"),
        ("<div><br><img>x</br></div><i>y</i>", "div(br img) i"),
        ("<td>x</td></tr></table><p>y</p>", "td p"),
        ("<table><tr><td>x", "table(tr(td))"),
        ("<html><head><title>x</title></head><body><p>y</p></body></html><i>z</i>", "html(head(title) body(p i))"),
    ],
)
def test_matching_tags_nest_as_they_are_written(read: Read, markup: str, tree: str) -> None:
    assert as_written(markup, tokenise(markup)) is not None
    assert outline(read(markup)) == tree


@pytest.mark.parametrize(
    ("markup", "tree"),
    [
        ("<p>x<div>y</div></p>", "p div"),
        ("<ul><li>x<li>y</ul>", "ul(li li)"),
        ("<table><tr><td>x<td>y<tr><td>z</table>", "table(tr(td td) tr(td))"),
        ("<a>x<a>y</a>", "a a"),
        ("<select><option>x<option>y</select>", "select(option option)"),
        ("<div><a><table><tr><td>x</td></tr></table></div></a><i>y</i>", "div(a(table(tr(td)))) i"),
        ("<div><b><p>x</p></div></b><i>y</i>", "div(b(p)) i"),
        ("<div><h1><table></table></div></h1><i>y</i>", "div(h1(table)) i"),
        ("<div><source>x<i>y</i></span><i>z</i></div>", "div(source i i)"),
        ("<body><div>x</body></div><i>y</i>", "body(div) i"),
    ],
)
def test_tags_that_do_not_match_are_mended(read: Read, markup: str, tree: str) -> None:
    assert as_written(markup, tokenise(markup)) is None
    assert outline(read(markup)) == tree


@settings(max_examples=1000)
@given(st.lists(st.one_of(*(st.sampled_from([f"<{name}>", f"</{name}>", f"<{name}></{name}>"]) for name in NAMES))))
def test_matching_tags_nest_as_lxml_has_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    tokens = tokenise(text)
    nested = as_written(text, tokens)
    if nested is not None and tokens.starts:
        mended = mend(text, tokens)
        assert all(mended.placed)
        assert (list(nested.parents), list(nested.lasts)) == (list(mended.parents), list(mended.lasts))


def test_lxml_is_asked_only_where_tags_do_not_match(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(masked: str, tokens: Tokens) -> Nested:
        asked.append(masked)
        return mend(masked, tokens)

    monkeypatch.setattr(nesting, "mend", noted)
    read("<p>x</p><!--[if mso]><table><tr><td><![endif]-->y<!--[if mso]></td></tr></table><![endif]-->")
    assert not asked
    read("<p>x</b><i>y</i></p>")
    assert asked == ["<p>x</b><i>y</i></p>"]
