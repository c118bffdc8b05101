"""The words by which cells exempt or accuse a record: each with what looks like it and is not."""

from __future__ import annotations

import polars as pl
import pytest

from mkt_lint_crm import consent, exemptions, origins


def said_by(pattern: str, cell: str) -> bool:
    return bool(pl.Series([cell]).str.contains(pattern)[0])


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("info@example.com", True),
        (" Contact@example.com", True),
        ("contact.paris@example.com", True),
        ("service-client@example.com", True),
        ("rh2@example.com", True),
        ("no-reply@example.com", True),
        ("contact.fr@example.com", True),
        ("infante@example.com", False),
        ("comte@example.com", False),
        ("info.dupont@example.com", False),
        ("jean.contact@example.com", False),
        ("marketa@example.com", False),
        ("support.technique@example.com", False),
        ("hr@", True),
        ("info", False),
    ],
)
def test_addresses_of_a_function(address: str, expected: bool) -> None:
    assert said_by(exemptions.pattern("generic"), address) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("a@gmail.com", True),
        ("a@ORANGE.FR ", True),
        ("a@yahoo.co.uk", True),
        ("a@hotmail.be", True),
        ("a@gmail.com.example.com", False),
        ("a@notgmail.com", False),
        ("a@freedom.fr", False),
        ("a@mail.orange.fr", False),
        ("a@orange.com", False),
        ("gmail.com", False),
    ],
)
def test_providers_of_private_mail(address: str, expected: bool) -> None:
    assert said_by(exemptions.pattern("private"), address) is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", True),
        ("  ", True),
        (" N/A ", True),
        ("Unknown", True),
        ("non renseigné", True),
        ("0000-00-00", True),
        ("0", False),
        ("Nancy", False),
        ("unknown artist", False),
        ("no", False),
    ],
)
def test_words_for_an_empty_cell(cell: str, expected: bool) -> None:
    table = pl.DataFrame({"text:0": [cell]})
    blank = exemptions.blank_words()
    assert bool(table.select(pl.col("text:0").str.contains(blank)).item()) is expected
    assert exemptions.is_filled(cell) is not expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Consultante", True),
        ("Plombier chauffagiste", True),
        ("Durand EI", True),
        ("Graphiste freelance", True),
        ("Gérante", True),
        ("Directeur des achats", False),
        ("Reims Einkauf", False),
        ("Buyer", False),
    ],
)
def test_people_who_work_for_themselves(cell: str, expected: bool) -> None:
    assert said_by(exemptions.pattern("sole-trader"), cell) is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("pre-ticked box", True),
        ("Case précochée", True),
        ("case pré-cochée", True),
        ("checked by default", True),
        ("opt-in par défaut", True),
        ("Implied consent", True),
        ("consentement implicite", True),
        ("absence de réponse", True),
        ("non-réponse", True),
        ("poursuite de la navigation", True),
        ("Default form", False),
        ("Formulaire par défaut", False),
        ("Simplified form", False),
        ("ticked by the customer", False),
        ("response form", False),
    ],
)
def test_consents_that_nobody_gave(cell: str, expected: bool) -> None:
    assert said_by(consent.pattern("implied"), cell) is expected


@pytest.mark.parametrize(
    "cell",
    ["box not pre-ticked", "case non pré-cochée", "case décochée par défaut", "unticked by default", "not implied"],
)
def test_boxes_that_were_not_ticked(cell: str) -> None:
    assert said_by(consent.pattern("implied", "negated"), cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("CGV", True),
        ("cgu v3", True),
        ("Conditions générales d'utilisation", True),
        ("T&Cs", True),
        ("Terms of use", True),
        ("AGB", True),
        ("midterms", False),
        ("CGI", False),
        ("conditions météo", False),
    ],
)
def test_terms(cell: str, expected: bool) -> None:
    assert said_by(consent.pattern("terms"), cell) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("consentement e mail", 1),
        ("opt in email sms", 2),
        ("consentement email/sms/telephone", 3),
        ("smsc email", 1),
        ("recall", 0),
        ("consent", 0),
    ],
)
def test_channels_of_a_header(header: str, expected: int) -> None:
    assert consent.channels(header) == expected


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Purchased List", "bought"),
        ("purchased_leads", "bought"),
        ("Achat de fichier 2025", "bought"),
        ("Location de base", "bought"),
        ("fichier loué", "bought"),
        ("leads achetés", "bought"),
        ("data broker", "bought"),
        ("co-registration", "bought"),
        ("Online purchase", None),
        ("Achat en ligne", None),
        ("Purchase order form", None),
        ("Customer list", None),
        ("Liste de diffusion", None),
        ("Location de voiture", None),
        ("Base line", None),
        ("Pages Jaunes", "directory"),
        ("annuaire des notaires", "directory"),
        ("Google Maps", "directory"),
        ("Director's dinner", None),
        ("Pages web", None),
        ("Dropcontact", "enricher"),
        ("Apollo.io", "enricher"),
        ("Enrichissement", "enricher"),
        ("Apollon theatre", None),
        ("hunters' fair", None),
        ("ORGANIC_SEARCH", None),
        ("Website", None),
        ("Salon de l'agriculture", None),
    ],
)
def test_where_data_come_from(source: str, kind: str | None) -> None:
    kinds = ("bought", "directory", "enricher")
    assert [name for name in kinds if said_by(origins.pattern(name), source)] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Demande de rappel", True),
        ("Call back", True),
        ("Rendez-vous du 14/09", True),
        ("Phone Inquiry", True),
        ("Demande de devis", True),
        ("Cold Call", False),
        ("Callisto", False),
        ("Web", False),
    ],
)
def test_people_who_asked_to_be_called(source: str, expected: bool) -> None:
    assert said_by(exemptions.pattern("called-back"), source) is expected


@pytest.mark.parametrize(
    ("number", "foreign"),
    [
        ("0612345678", False),
        ("+33 6 12 34 56 78", False),
        ("0033612345678", False),
        ("+262 692 12 34 56", False),
        ("+49 151 12345678", True),
        ("0041 79 123 45 67", True),
        ("(+44) 20 7946 0958", False),
    ],
)
def test_numbers_of_other_countries(number: str, foreign: bool) -> None:
    international = said_by(exemptions.pattern("foreign-number", "international"), number)
    french = said_by(exemptions.pattern("foreign-number", "french"), number)
    assert (international and not french) is foreign
