"""What a terminal shows: nothing of a file may steer it, and a caret stands below what it marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkt_lint._reporters.terminal import columns, mark, visible, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 日本 «\u202fa\xa0b»", "plain é 日本 «\u202fa\xa0b»"),
        ("\x1b[2J\x07\n\r\t", "\\x1b[2J\\x07\\n\\r\\t"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("a\u2028b\u200bc", "a\\u2028b\\u200bc"),
        ("caf\udce9.html", "caf\\xe9.html"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_cannot_be_seen_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
@example("\x1b]0;title\x07")
def test_visible_text_is_harmless(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert all(unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in shown)


@pytest.mark.parametrize(("text", "count"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("\uff21", 2), ("", 0)])
def test_columns(text: str, count: int) -> None:
    assert columns(text) == count


def test_wrap_counts_columns_and_indents() -> None:
    assert list(wrap("日本語 日本語 ab cd", 10, "> ", "    ")) == ["> 日本語", "    日本語", "    ab cd"]
    assert list(wrap("", 10, "> ", "")) == []
    assert list(wrap("a-word-that-is-too-long b", 10, "", "  ")) == ["a-word-that-is-too-long", "  b"]


@given(st.text(), st.integers(20, 60))
def test_wrap_loses_nothing(text: str, width: int) -> None:
    lines = list(wrap(text, width, "", ""))
    assert " ".join(lines).split() == visible(text).split()
    assert all(columns(line) <= width or " " not in line for line in lines)


@pytest.mark.parametrize(
    ("text", "start", "end", "width", "shown", "carets"),
    [
        ('<a href="#">', 8, 11, 40, '<a href="#">', (8, 11)),
        ("\ta\tb", 1, 2, 40, "    a   b", (4, 5)),
        ("日本x", 2, 3, 40, "日本x", (4, 5)),
        ("日本x", 1, 2, 40, "日本x", (2, 4)),
        ("e\u0301x", 2, 3, 40, "e\u0301x", (1, 2)),
        ("\x1b[31mx", 5, 6, 40, "␛[31mx", (5, 6)),
        ("\x7fa\u202eb\ufe0f", 3, 4, 40, "\ufffda\ufffdb", (3, 4)),
        ("abc", 3, 3, 40, "abc", (3, 4)),
        ("", 0, 0, 40, "", (0, 1)),
        ("abc", -5, 99, 40, "abc", (0, 3)),
        ("0123456789abcdefghij", 10, 12, 10, "…789abcde…", (4, 6)),
        ("0123456789abcdefghij", 1, 2, 10, "012345678…", (1, 2)),
        ("0123456789abcdefghij", 19, 20, 10, "…bcdefghij", (9, 10)),
        ("0123456789abcdefghij", 20, 20, 10, "…cdefghij", (9, 10)),
        ("0123456789abcdefghij", 2, 20, 10, "…23456789…", (1, 9)),
    ],
)
def test_a_marked_line(text: str, start: int, end: int, width: int, shown: str, carets: tuple[int, int]) -> None:
    marked = mark(text, start, end, width)
    assert (marked.text, (marked.start, marked.end)) == (shown, carets)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80), st.integers(8, 60))
@example("日" * 40, 20, 22, 9)
@example("日" * 40, 40, 40, 8)
def test_a_marked_line_fits(text: str, start: int, length: int, width: int) -> None:
    marked = mark(text, start, start + length, width)
    assert columns(marked.text) <= width
    assert 0 <= marked.start < marked.end <= width
    assert not {"\x1b", "\n", "\r", "\t"} & set(marked.text)


@given(st.text("ab日é\t", max_size=60), st.integers(0, 60), st.integers(10, 40))
def test_the_caret_is_below_the_marked_character(text: str, place: int, width: int) -> None:
    place = min(place, len(text))
    text = f"{text[:place]}X{text[place:]}"
    marked = mark(text, place, place + 1, width)
    before = marked.text.partition("X")[0]
    assert columns(before) == marked.start
    assert marked.end == marked.start + 1
