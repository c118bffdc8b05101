"""The table of products' defaults is what the rules say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mkt_lint._plugins import load
from product_defaults import SILENT, documents, product_defaults

ROOT = Path(__file__).parents[2]
NO_POLICY = {
    "389 Directory Server": "has no policy without a length",
    "Active Directory": "has no policy without a length",
    "FreeIPA": "has no policy without a length",
    "PAM": "asks for what its arguments and other files say",
    "django-axes": "limits attempts",
    "pam_faillock": "limits attempts",
    "the form": "is no product",
    "Azure AD B2C": "has no policy without predicates",
}


@pytest.fixture(scope="module")
def rows() -> dict[str, list[str]]:
    """The cells behind each product's name."""
    _, _, *lines = product_defaults(load()).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in cells}


def test_the_table_has_every_product(rows: dict[str, list[str]]) -> None:
    known = tomllib.loads((ROOT / "plugins/mkt_lint_security/data/products.toml").read_text("utf-8"))
    names = {product["name"] for product in known.values()} - NO_POLICY.keys()
    assert rows.keys() == names | {"Keycloak"}


def test_files_that_say_nothing_are_each_one_policy() -> None:
    assert [len(document.policies) for document in documents(load())] == [1] * len(SILENT)


@pytest.mark.parametrize(
    ("product", "asked", "said"),
    [
        ("Keycloak", "1 character", ["SEC101", "SEC101", "SEC101"]),
        ("Amazon Cognito", "8 characters; all four classes; a lock after 5 failures", ["passes", "passes", "SEC101"]),
        ("Auth0", "15 characters; a lock after 10 failures", ["passes", "SEC101", "passes"]),
        ("Okta", "8 characters; lowercase, uppercase, digit; a lock after 10 failures", ["passes", "passes", "SEC101"]),
        ("Salesforce", "8 characters; lowercase, digit; a lock after 10 failures", ["SEC101", "SEC101", "SEC101"]),
        ("Symfony", "80 bits, by its own estimate", ["passes", "SEC101 undecided", "SEC101 undecided"]),
        ("Zitadel", "8 characters; all four classes", ["SEC102", "SEC102", "SEC101"]),
    ],
)
def test_what_is_said_of_a_product(rows: dict[str, list[str]], product: str, asked: str, said: list[str]) -> None:
    links = {
        f"{code}{rest}": f"[{code}](rules/{code}.md){rest}"
        for code in ("SEC101", "SEC102")
        for rest in ("", " undecided")
    }
    assert rows[product] == [asked, *(links.get(word, word) for word in said)]


def test_the_page_holds_the_table() -> None:
    assert "<!-- generated: product-defaults -->" in (ROOT / "docs/settings.md").read_text("utf-8")
