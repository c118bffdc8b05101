"""What regular expressions of the usual form ask of a password; others are not guessed at."""

from __future__ import annotations

import pytest

from mkt_lint import CharacterClass
from mkt_lint_security.readers.pattern import Pattern, read_pattern

LOWER, UPPER, DIGIT, SYMBOL = CharacterClass


@pytest.mark.parametrize(
    ("text", "least", "most", "classes", "allowed"),
    [
        (".{6,}", 6, None, "", None),
        ("^.{8,64}$", 8, 64, "", None),
        (r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,}$", 8, None, "lud", None),
        (r"(?=.*?[#?!@$%^&*-])(?=.*?[0-9]).{12,}", 12, None, "ds", None),
        (r"/^(?=.*[^a-zA-Z0-9])(?=.*\W).{12}$/u", 12, 12, "s", None),
        (r"(?=.*\d)(?=.*[a-zA-Z])[A-Za-z\d@$!]{8,20}", 8, 20, "ld", "luds"),
        (r"^(?=.{9,})(?=.*[A-Z]).*$", 9, None, "u", None),
        (r"^(?!.*\s)(?=.*[a-z]).{8,}$", 8, None, "l", None),
        (r"\d{4}", 4, 4, "", "d"),
        ("[0-9]{6}", 6, 6, "", "d"),
        (r"\w+", 1, None, "", "lud"),
        ("[a-z]*", 0, None, "", "l"),
        (r"\S{10,}", 10, None, "", None),
    ],
)
def test_usual_forms(text: str, least: int, most: int | None, classes: str, allowed: str | None) -> None:
    letters = {"l": LOWER, "u": UPPER, "d": DIGIT, "s": SYMBOL}
    expected = frozenset(letters[letter] for letter in allowed) if allowed is not None else None
    assert read_pattern(text) == Pattern(least, most, frozenset(letters[letter] for letter in classes), expected)


@pytest.mark.parametrize(
    "text", ["", "^x", "(?:abc|def)+", "(?=.*[a-z])", ".{8,}|.{1}", "[a-z", r"(?=.*(\d|[a-z])).{8,}"]
)
def test_other_forms(text: str) -> None:
    assert read_pattern(text) is None
