"""Numbers that prove themselves: known ones, every single mistake in them, and the patterns that Polars looks for."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint_crm import check_digits as digits

NIR, CODICE_FISCALE = "269054958815780", "RSSMRA85T10A562S"
CARDS = ("4539148803436467", "5555555555554444", "2223003122003222", "6011111111111117", "378282246310005")
IBANS = ("FR1420041010050500013M02606", "DE89370400440532013000", "GB29NWBK60161331926819", "NL91ABNA0417164300",
         "MT84MALT011000012345MTLCAST001S", "NO9386011117947", "BE68539007547034", "CH9300762011623852957")  # fmt: skip
FUNCTIONS = (
    (digits.holds_nir, digits.LONG_NUMBER),
    (digits.holds_codice_fiscale, digits.CODICE_FISCALE),
    (digits.holds_card, digits.LONG_NUMBER),
    (digits.holds_grouped_card, digits.LONG_NUMBER),
    (digits.holds_lone_card, digits.LONG_NUMBER),
    (digits.holds_iban, digits.IBAN),
)


@pytest.mark.parametrize(
    "text",
    [NIR, "2 69 05 49 588 157 80", "2-69-05-49-588-157-80", "2.69.05.49.588.157.80", f"(nir:{NIR})",
     "1 85 02 2A 004 123 08", "1\u00a085\u00a002\u00a02b\u00a0004\u00a0123\u00a035"],
)  # fmt: skip
def test_nir(text: str) -> None:
    assert digits.holds_nir(text)


@pytest.mark.parametrize("number", CARDS)
def test_cards(number: str) -> None:
    grouped = f"{number[:4]} {number[4:10]} {number[10:]}" if len(number) == 15 else " ".join(_fours(number))
    assert digits.holds_lone_card(f"card {number}, thanks")
    assert digits.holds_grouped_card(f"card {grouped}, thanks")
    assert digits.holds_grouped_card(grouped.replace(" ", "-"))
    assert not digits.holds_lone_card(f"{number} and {grouped}")


@pytest.mark.parametrize("number", IBANS)
def test_ibans(number: str) -> None:
    assert digits.holds_iban(f"pay to {number}.")
    assert digits.holds_iban(f"pay to {' '.join(_fours(number))} thanks")
    assert not digits.holds_iban(number + "0")
    assert not digits.holds_iban("XX" + number[2:])


def test_national_grouping_of_an_iban() -> None:
    assert digits.holds_iban("FR14 20041 01005 0500013M026 06")


def test_codice_fiscale() -> None:
    assert digits.lacks_nir(CODICE_FISCALE)
    assert not digits.lacks_nir(NIR)
    assert digits.holds_codice_fiscale(f"CF {CODICE_FISCALE}")
    assert digits.holds_codice_fiscale(CODICE_FISCALE.lower())


def _fours(number: str) -> list[str]:
    return [number[at : at + 4] for at in range(0, len(number), 4)]


@pytest.mark.parametrize(
    ("holds", "number"),
    [
        (digits.holds_nir, NIR),
        *((digits.holds_card, card) for card in CARDS),
        *((digits.holds_iban, iban) for iban in IBANS),
    ],
)
def test_every_wrong_digit_is_seen(holds: Callable[[str], bool], number: str) -> None:
    for at, sign in enumerate(number):
        if sign.isdigit():
            for other in "0123456789".replace(sign, ""):
                assert not holds(number[:at] + other + number[at + 1 :])


@pytest.mark.parametrize(
    "text",
    ["73282932000074", "4111 1111 1111 1112", "0000000000000000", "06 12 34 56 78", "", "FR40303265045",
     f"9{NIR}", f"{NIR}1", f"9{CARDS[0]}", "4444444444444444"],
)  # fmt: skip
def test_other_numbers(text: str) -> None:
    assert not any(holds(text) for holds, _ in FUNCTIONS)


_PIECES = st.sampled_from(
    [NIR, "2 69 05 49 588 157 80", CODICE_FISCALE, *CARDS, "4539 1488 0343 6467", *IBANS,
     "FR14 20041 01005 0500013M026 06", " ", "-", ".", "x", "0", "é", "1850", "\n"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=5).map("".join))
def test_the_patterns_leave_out_no_number(text: str) -> None:
    cell = pl.Series([text])
    for holds, pattern in FUNCTIONS:
        assert cell.str.contains(pattern)[0] or not holds(text)
