"""Template code covered, offsets kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint._readers.template.masking import PLACEHOLDER, mask

P = PLACEHOLDER
PIECES = st.sampled_from([
    "{{", "}}", "{{{", "}}}", "{%", "%}", "{#", "#}", "<%", "%>", "<%=", "<?php", "?>", "%%[", "]%%", "%%=", "=%%",
    "*|", "|*", "${", "}", "<#if", ">", "<a href=", '"', "'", "=", " ", "\n", "\r\n", "x", "é", "𝄞", "<!--", "-->",
    "{% comment %}", "---", "a: b", "<%block name='a'>",
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("a{{ b }}c", f"a{P * 7}c"),
        ("{{{ b }}}", P * 9),
        ("{% if x %}y", "          y"),
        ('<a href={% url "x" %}>', f"<a href={P * 13}>"),
        ("{{#if x}}y{{/if}}", "         y       "),
        ("{{!-- }} --}}z", "             z"),
        ("<%= a > b %>", P * 12),
        ("<% if a > b %>", " " * 14),
        ("<?php echo '>' ?>x", " " * 17 + "x"),
        ("%%[ set @a = 1 ]%%", " " * 18),
        ("%%=v(@a)=%%", P * 11),
        ("*|UNSUB|*", P * 9),
        ("*|a\n|*", "*|a\n|*"),
        ("a{#fff;}", "a{#fff;}"),
        ("{# a\nb #}", "    \n    "),
        ("{{ a\r\nb }}", f"{P * 4}\r\n{P * 4}"),
        ("${a['>']}", P * 9),
        ("<#if a gt b>c</#if>", " " * 12 + "c" + " " * 6),
        ("{% comment %}<a>{% endcomment %}x", " " * 32 + "x"),
        ("{{ never closed", "{{ never closed"),
        ("---\ntitle: a\n---\nb", "   \n        \n   \nb"),
        ("---\r\n# a\r\nb:\r\n  - <c>\r\n\r\n---\r\n{{ d }}", "   \r\n   \r\n  \r\n       \r\n\r\n   \r\n" + P * 7),
        ("---\nno key\n---\n", "---\nno key\n---\n"),
        ("---\ntitle: a\n", "---\ntitle: a\n"),
        (" ---\na: b\n---\n", " ---\na: b\n---\n"),
        ("<%inherit file='a.html'/>b<% c %>", " " * 25 + "b" + " " * 7),
        ("<%if a='b'%>c", " " * 12 + "c"),
    ],
)
def test_code_is_covered(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@given(st.lists(PIECES).map("".join))
def test_lengths_and_line_ends_stay(text: str) -> None:
    masked, codes = mask(text)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c in "\r\n"] == [i for i, c in enumerate(text) if c in "\r\n"]
    position = 0
    for code in codes:
        assert masked[position : code.start] == text[position : code.start]
        assert not set(masked[code.start : code.end]) - {P, " ", "\r", "\n"}
        position = code.end
    assert masked[position:] == text[position:]
