"""A case that comes to what was expected, and yet shows nothing of the rule, fails."""

from __future__ import annotations

import pytest

from testing.sound_pack import CASES, FILES, LISTING, RULE_FILE, Pack, failing

_SAYS = "ACM201 says here: new.html:{}: The old name Zenith is used. The firm has another one. Write that."
_OFF = (
    "ACM201 is off under this configuration, so that nothing is shown of it; see `select`, `ignore`, `preview` and "
    "`jurisdictions`"
)
_IGNORED = "an [[ignore]] table silences ACM201 here, so that nothing is shown of it; delete the table"
_EMPTY = "it is empty, so that nothing is shown of ACM201; write what the rule looks at, and finds nothing in"
_COMMENT = "<!-- mkt-lint: ignore[ACM201] A quotation. -->\n<p>Zenith</p>\n"
_TABLE = 'ignore = [{ codes = ["ACM"], reason = "A quotation."'


def _good(config: str) -> str:
    return LISTING.replace('why = "The new name."', f'why = "The new name."\nconfig = {{ {config} }}')


@pytest.mark.parametrize(
    ("file", "config", "said"),
    [
        (_COMMENT, "", ["a comment silences what " + _SAYS.format("2:4")]),
        (
            "Zenith",
            f"{_TABLE} }}]",
            [_IGNORED, "an [[ignore]] table silences what " + _SAYS.format("1:1")],
        ),
        ("Acme", f"{_TABLE} }}]", [_IGNORED]),
        ("Acme", f"{_TABLE}, until = 2026-11-20 }}]", []),
        ("Acme", f'{_TABLE}, files = ["other.html"] }}]', []),
        ("Acme", 'ignore = ["brand-old"]', [_OFF]),
        ("Acme", 'select = ["EML102"]', [_OFF]),
        ("Acme", 'select = ["EML102", "ACM201"]', []),
        ("Acme", 'overrides = [{ files = ["new.html"], ignore = ["ACM2"] }]', [_OFF]),
        (b"", "", [_EMPTY]),
        (b"\xef\xbb\xbf \r\n\t", "", [_EMPTY]),
    ],
)
def test_good_case(file: str | bytes, config: str, said: list[str], pack: Pack) -> None:
    found = failing(pack({f"{CASES}/good/new.html": file, f"{CASES}/cases.toml": _good(config)}))
    assert found == ({"ACM201/good/new.html": said} if said else {})


def test_good_case_of_a_purpose_that_the_rule_does_not_look_at(pack: Pack) -> None:
    changes = {
        RULE_FILE: ("frozenset(Purpose)", "frozenset(Purpose) - {Purpose.PAGE}"),
        f"{CASES}/good/new.html": "Zenith",
        f"{CASES}/cases.toml": _good('templates = { pages = ["new.html"] }'),
    }
    assert failing(pack(changes)) == {}


def test_bad_case_in_which_all_is_silenced(pack: Pack) -> None:
    start, end = LISTING.index("\n[[bad"), LISTING.index("\n[good")
    changes = {f"{CASES}/bad/old.html": _COMMENT, f"{CASES}/cases.toml": LISTING[:start] + LISTING[end:]}
    assert failing(pack(changes)) == {
        "ACM201/cases": [
            'bad."old.html" expects no findings; write them, or move it to good or undecided',
            "no case shows the message “old”",
        ],
        "ACM201/bad/old.html": ["a comment silences what " + _SAYS.format("2:4").replace("new", "old")],
    }


def test_bad_case_in_which_something_else_is_found(pack: Pack) -> None:
    rule = 'yield self.finding("old", at=template.span(0, 1), brand=brand)\n            yield self.finding'
    changes = {
        RULE_FILE: ("yield self.finding", rule),
        f"{CASES}/bad/old.html": "Hello\n" + _COMMENT,
        f"{CASES}/cases.toml": LISTING.replace("[1, 15, 1, 21]", "[1, 1, 1, 2]"),
    }
    assert failing(pack(changes)) == {}


@pytest.mark.parametrize(
    ("config", "text", "said"),
    [
        ("", "", [_EMPTY]),
        ("", "    \n\n", [_EMPTY]),
        ("", "    " + _COMMENT.replace("\n<", "\n    <"), ["a comment silences what " + _SAYS.format("2:4")]),
        (' {ignore = ["ACM201"]}', "    <p>Zenith</p>\n", [_OFF]),
        (f" {{{_TABLE}}}]}}", "    <p>Acme</p>\n", [_IGNORED]),
    ],
)
def test_good_example(config: str, text: str, said: list[str], pack: Pack) -> None:
    rule = FILES[RULE_FILE]
    start = rule.index("    ```html good")
    end = rule.index("    ## Options")
    fence = f"    ```html good{config}\n{text}    ```\n\n"
    said = [line.replace("new.html", "example.html") for line in said]
    assert failing(pack({RULE_FILE: rule[:start] + fence + rule[end:]})) == {"ACM201/example-2-good": said}
