"""One notion of an address, whether Polars looks for it or the function that confirms."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint_crm.rules import crm903_email_invalid as rule

_PIECES = st.sampled_from(
    [
        "a",
        "é",
        "Z9",
        "用户",
        ".",
        "..",
        "@",
        "-",
        "_",
        "+",
        " ",
        ",",
        ";",
        "'",
        '"',
        "<",
        "fr",
        "example.com",
        "@example.com",
    ]
)


@given(st.lists(_PIECES, max_size=7).map("".join))
def test_both_agree(text: str) -> None:
    polars = pl.Series([text]).str.contains(rule._ONE)[0]
    assert polars == bool(rule._PATTERN.fullmatch(text.strip()))


@given(st.lists(st.sampled_from(["a@example.com", "é@exämple.fr", "a@", "x"]), min_size=1, max_size=3),
       st.sampled_from([", ", ";", " / ", "|", " ", "\n"]))  # fmt: skip
def test_several_addresses(parts: list[str], between: str) -> None:
    valid = all(len(part) > 2 for part in parts)
    assert rule._are_addresses(between.join(parts)) is (valid and len(parts) > 1)
