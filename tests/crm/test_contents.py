"""What tells free text and the words in it."""

from __future__ import annotations

import polars as pl
import pytest

from mkt_lint_crm import contents


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("she is pregnant", True),
        ("she is not pregnant", False),
        ("Not interested. She is pregnant.", True),
        ("not interested, but she is pregnant", True),
        ("n'est pas diabétique", False),
        ("pas libre mais diabétique", True),
        ("Ligue contre le cancer", False),
        ("a un cancer", True),
        ("Cliente enceinte de 6 mois", True),
        ("enceinte Bluetooth", False),
        ("dans l'enceinte du parc", False),
        ("handicapés bienvenus", False),
        ("reunion members", False),
        ("", False),
    ],
)
def test_words_on_the_person(text: str, speaks: bool) -> None:
    assert contents.speaks_of_special_category(text) is speaks
    assert pl.Series([text]).str.contains(contents.suspicious())[0] or not speaks


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mdp : Soleil12", True),
        ("Password=123456", True),
        ("mot de passe : oublié", False),
        ("password reset on Monday", False),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.dozjgNryP4J3jVmNHl0w5N", True),
        ("xkeysib-" + "0" * 64 + "-abcdefghijklmnop", True),
        ("0123456789abcdef0123456789abcdef-us12", True),
        ("0123456789abcdef0123456789abcdef", False),
        ("pbkdf2_sha256$600000$salt$" + "A" * 43 + "=", True),
        ("costs $2 a day, $12 a week", False),
    ],
)
def test_secrets(text: str, told: bool) -> None:
    assert contents.holds_secret(text) is told
    assert pl.Series([text]).str.contains(contents.suspicious())[0] or not told


@pytest.mark.parametrize(
    "cell", ["****", "yes", "Non", "[redacted]", "not set", "2025-01-02", "31/12/2024 08:00", "SSO"]
)
def test_what_is_no_password(cell: str) -> None:
    assert pl.Series([cell]).str.contains(contents.no_password())[0]


@pytest.mark.parametrize("cell", ["Soleil2019", "yes!", "****a", "2025", "$2b$12$abc"])
def test_what_may_be_a_password(cell: str) -> None:
    assert not pl.Series([cell]).str.contains(contents.no_password())[0]
