"""Numbers that prove themselves: their last digits are computed from the others.

Each function says whether a text holds such a number. The patterns are for Polars: cheap, and they match wherever a
function says yes.
"""

from __future__ import annotations

import re

LONG_NUMBER = "[0-9](?:[ .\u00a0-]?[0-9]){12}|2[ABab](?:[ .\u00a0-]?[0-9]){8}"
"""What may hold a French social security number or the number of a payment card."""
IBAN = "[0-9]{2}(?: ?[A-Z0-9]){11}"
CODICE_FISCALE = "[A-Za-z]{6}[0-9L-Vl-v]{2}[A-Ta-t][0-9L-Vl-v]{2}[A-Za-z][0-9L-Vl-v]{3}[A-Za-z]"

_GAP = "[ .\u00a0-]?"
_NIR = re.compile(
    rf"\b[1-478]{_GAP}\d{{2}}{_GAP}(?:0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d){_GAP}(?:\d{{2}}|2[ABab])"
    rf"{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}\b",
    re.ASCII,
)
"""With its key: sex, year, month, department, municipality, rank."""
_SEPARATORS = re.compile("[ .\u00a0-]")
_CODICE_FISCALE = re.compile(
    r"\b[A-Z]{6}[0-9L-V]{2}[A-EHLMPR-T][0-9L-V]{2}[A-Z][0-9L-V]{3}[A-Z]\b", re.ASCII | re.IGNORECASE
)
"""Letters may take the place of digits where two people would have the same code."""
_FIRST_FOUR = r"\b(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6(?:011|5\d{2}))"
"""Of Visa, Mastercard and Discover, which have sixteen digits; American Express has fifteen."""
_CARD = re.compile(rf"{_FIRST_FOUR}(?:[ -]?\d{{4}}){{3}}\b|\b3[47]\d{{2}}[ -]?\d{{6}}[ -]?\d{{5}}\b", re.ASCII)
_GROUPED_CARD = re.compile(
    rf"{_FIRST_FOUR}(?:(?: \d{{4}}){{3}}|(?:-\d{{4}}){{3}})\b|\b3[47]\d{{2}}(?: \d{{6}} \d{{5}}|-\d{{6}}-\d{{5}})\b",
    re.ASCII,
)
_IBAN_BEGIN = re.compile(r"\b[A-Z]{2}\d{2}(?=[ A-Z0-9])", re.ASCII)
_IBAN_REST = re.compile(r" ?[A-Z0-9]{1,4}")

_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12,
                 14, 16, 10, 22, 25, 24, 23), strict=True))  # fmt: skip
_EVEN = {sign: int(sign) if sign.isdigit() else ord(sign) - ord("A") for sign in _ODD}
_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27,
}  # fmt: skip
"""By the countries of the Single Euro Payments Area."""


def holds_nir(text: str) -> bool:
    """Whether a text holds a French social security number whose key is right: 97 less the remainder by 97."""
    for found in _NIR.finditer(text):
        digits = _SEPARATORS.sub("", found[0]).upper()
        corsica = {"2A": "19", "2B": "18"}.get(digits[5:7], digits[5:7])
        if 97 - int(digits[:5] + corsica + digits[7:13]) % 97 == int(digits[13:]):
            return True
    return False


def lacks_nir(text: str) -> bool:
    """Whether a text holds no such number."""
    return not holds_nir(text)


def holds_codice_fiscale(text: str) -> bool:
    """Whether a text holds an Italian tax code whose check letter is right."""
    for found in _CODICE_FISCALE.finditer(text):
        signs = found[0].upper()
        total = sum((_ODD if place % 2 == 0 else _EVEN)[sign] for place, sign in enumerate(signs[:15]))
        if chr(ord("A") + total % 26) == signs[15]:
            return True
    return False


def holds_card(text: str) -> bool:
    """Whether a text holds the number of a payment card whose check digit (Luhn, ISO/IEC 7812-1) is right."""
    return any(_luhn(found[0]) for found in _CARD.finditer(text))


def holds_grouped_card(text: str) -> bool:
    """The same, of a number written in groups as on the card."""
    return any(_luhn(found[0]) for found in _GROUPED_CARD.finditer(text))


def holds_lone_card(text: str) -> bool:
    """The same, of a text in which no such number is written in groups."""
    return holds_card(text) and not holds_grouped_card(text)


def holds_iban(text: str) -> bool:
    """Whether a text holds an account number whose check digits (ISO 13616, modulo 97) are right."""
    return any(_is_iban(text, found.start(), found[0][:2]) for found in _IBAN_BEGIN.finditer(text))


def _luhn(number: str) -> bool:
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    total = sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return total % 10 == 0 and len(set(digits)) > 1


def _is_iban(text: str, begin: int, country: str) -> bool:
    length = _IBAN_LENGTHS.get(country)
    if length is None:
        return False
    signs, end = "", begin
    while len(signs) < length and (group := _IBAN_REST.match(text, end)):
        signs, end = signs + group[0].strip(), group.end()
    if len(signs) != length or text[end : end + 1].isalnum():
        return False
    number = "".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])
    return int(number) % 97 == 1
