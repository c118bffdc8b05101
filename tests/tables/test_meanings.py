"""What columns, cells and the file's name mean, as rules ask for it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from mkt_lint import (
    ColumnAlias,
    F,
    Field,
    FileAlias,
    HeaderPhrase,
    Kind,
    Message,
    ReadContext,
    Rows,
    RuleReference,
    Source,
    Table,
    TableRule,
    Vocabulary,
    normalise_header,
)
from mkt_lint._config.model import FileConfig, TablesConfig
from mkt_lint._documents.mapping import Aliases, given_by_file
from mkt_lint._evaluation import evaluate
from mkt_lint._readers.table import TableReader
from mkt_lint_crm import facts
from mkt_lint_crm.facts import vocabulary

Where = Callable[[Table], pl.Expr]


def read(data: str, name: str = "t.csv", tables: TablesConfig = TablesConfig()) -> Table:  # noqa: B008  # frozen
    context = ReadContext(FileConfig(None, Path(), name, tables=tables), date(2026, 11, 21), lambda: (), vocabulary)
    [table] = TableReader().read(Source(f"exports/{name}", None, data.encode()), context)
    assert isinstance(table, Table), table
    return table


def records(table: Table, where: pl.Expr) -> list[int]:
    """The numbers, from 1, of the records of which the expression is true."""

    class Asked(TableRule):
        """Records asked for."""

        confidence = "high"
        messages = {"found": Message("{column}: {count}.", "", "")}  # noqa: RUF012  # as rules write it

        def check(self, table: Table) -> Iterator[Rows]:
            yield Rows(where, at=(F.EMAIL,), message="found")

    rule = Asked(RuleReference("ACME101", "asked", Kind.TABLE, ""))
    found = evaluate(table, [rule], threads=1, keep_rows=True, advance=lambda _: None)
    assert found.failures == []
    return [line - 1 for line, _, _ in found.rows]


def column(header: str, *cells: str) -> Table:
    return read("".join(f"{cell};a@b.fr\n" for cell in (header, *cells)).replace("a@b.fr", "email", 1))


@pytest.mark.parametrize(
    ("header", "field", "yes", "no", "neither"),
    [
        ("Email Opt Out", F.OPTED_OUT, ["1", "TRUE", " oui ", "✓"], ["0", "false", "Non"], ["", "?"]),
        ("désinscription", F.OPTED_OUT, ["désinscrit"], ["inscrit"], ["non inscrit"]),
        ("bloctel", F.BLOCTEL, ["inscrit"], ["non inscrit"], [""]),
        ("Do not allow Emails", F.OPTED_OUT, ["Do Not Allow", "1"], ["Allow", "0"], [""]),
        ("donotemail", F.OPTED_OUT, ["true"], ["false"], [""]),
        ("Matériel marketing", F.OPTED_OUT, ["Ne pas envoyer"], ["Envoyer"], [""]),
        ("Ne pas autoriser les courriers électroniques", F.OPTED_OUT, ["Ne pas autoriser"], ["Autoriser"], [""]),
        ("EMAIL_BLACKLISTED", F.OPTED_OUT, ["Yes"], ["No"], [""]),
        ("is_blacklisted", F.OPTED_OUT, ["VRAI"], ["FAUX"], [""]),
        ("opt_in", F.CONSENT_STATUS, ["1", "yes"], ["0", "no", "opt-out", "Désabonné"], ["", "pending"]),
        ("consentement", F.CONSENT_STATUS, ["Oui", "accepté"], ["Refusé", "retiré"], ["en attente", "archived"]),
        ("consentement", F.OPTED_OUT, ["retiré", "désinscrit"], [], ["Oui", "Refusé", "", "no"]),
        ("Marketing status", F.OPTED_OUT, ["Unsubscribed"], ["Subscribed", "No consent"], ["Bounced", "Archived", ""]),
        ("Marketing status", F.CONSENT_STATUS, ["Subscribed"], ["Unsubscribed", "No consent"], ["Bounced", ""]),
        ("Email Marketing Consent", F.CONSENT_STATUS, ["SUBSCRIBED"], ["NEVER_SUBSCRIBED", "UNSUBSCRIBED"], [""]),
        ("Email Marketing Consent", F.OPTED_OUT, ["UNSUBSCRIBED"], ["NEVER_SUBSCRIBED", "SUBSCRIBED"], [""]),
        ("DOUBLE_OPT-IN", F.CONSENT_STATUS, ["1"], [], ["2", ""]),
        ("Don't Track", F.TRACKING_CONSENT, ["false"], ["true"], [""]),
        ("status", F.OPTED_OUT, ["Unsubscribed", "désabonné"], [], ["active", "Lead", "subscribed"]),
        ("status", F.BOUNCED, ["bounced"], [], ["active", "customer"]),
        ("SMS_BLACKLISTED", F.OPTED_OUT, [], [], ["Yes", "No"]),
        ("Qualification", F.OPTED_OUT, ["Do_Not_Contact@perso"], [], ["nominative@pro", ""]),
    ],
)
def test_flags(header: str, field: Field, yes: list[str], no: list[str], neither: list[str]) -> None:
    table = column(header, *yes, *no, *neither)
    truths = list(range(1, len(yes) + 1))
    falsehoods = list(range(len(yes) + 1, len(yes) + len(no) + 1))
    assert records(table, table.flag(field)) == truths
    assert records(table, ~table.flag(field)) == falsehoods


@pytest.mark.parametrize(
    ("header", "field", "cells"),
    [
        ("legal basis", F.LAWFUL_BASIS, {"Legitimate interest - prospect/lead": "legitimate_interest",
         "Legitimate interest — existing customer": "existing_customer", "Contrat": "contract", "?": None}),
        ("Pays", F.COUNTRY, {"FRANCE": "FR", "fr": "FR", "Royaume-Uni": "GB", "La Réunion": "RE", "Atlantis": None}),
        ("type de client", F.CONTACT_TYPE, {"Particulier": "consumer", "B2B": "professional", "autre": None}),
        ("professionnel", F.CONTACT_TYPE, {"oui": "professional", "non": "consumer"}),
        ("visibility", F.VISIBILITY, {"1st degree connections": "restricted", "Everyone on LinkedIn": "everyone"}),
        ("double opt-in", F.DOUBLE_OPT_IN, {"double_opt_in_pending": "pending", "confirmed": "yes", "2": "no"}),
        ("Email Status", F.EMAIL_STATUS, {"Extrapolated": "guessed", "catch-all@pro": "guessed",
         "invalid@invalid domain": "invalid", "Verified": "valid"}),
        ("Marketing status", F.CONSENT_STATUS, {"Unsubscribed": "withdrawn", "No consent": "no", "Bounced": None}),
    ],
)  # fmt: skip
def test_values(header: str, field: Field, cells: dict[str, str | None]) -> None:
    table = column(header, *cells)
    for number, meant in enumerate(cells.values(), 1):
        where = table.value(field).is_null() if meant is None else table.value(field) == meant
        assert number in records(table, where)


def test_who_is_a_prospect() -> None:
    table = read(
        "email;statut;base légale;nb commandes;dernier achat;fin de contrat;contrat actif\n"
        "a@b.fr;Prospect;;0;;2026-11-20;non\n"
        "a@b.fr;Client, VIP;;;;;\n"
        "a@b.fr;VIP | Partenaire;;;;;\n"
        "a@b.fr;;Exécution du contrat;;;;\n"
        "a@b.fr;;Consentement; 2 ;;;\n"
        "a@b.fr;;;;12/03/2019;;\n"
        "a@b.fr;;;;;2026-11-21;\n"
        "a@b.fr;;;;;2027-01-01;\n"
        "a@b.fr;;;;;;oui\n"
        "a@b.fr;Clientèle;;zéro;;;\n"
    )
    assert records(table, table.is_prospect) == [1, 10]
    assert records(table, table.has_current_contract) == [4, 7, 8, 9]


def test_numbers_have_a_point_or_a_comma() -> None:
    table = column("total dépensé", "12.5", "12,5", "1 012,5 €", '="12.5"', "douze", "", "1.012,5")
    assert records(table, table.number(F.CUSTOMER_VALUE) == 12.5) == [1, 2, 4]
    assert records(table, table.number(F.CUSTOMER_VALUE) == 1012.5) == [3]
    assert records(table, table.number(F.CUSTOMER_VALUE).is_null()) == [5, 6, 7]


def test_dates_that_lie_ahead_count_only_where_asked_for() -> None:
    table = column("fin de contrat", "2026-11-21", "2026-11-22")
    assert records(table, table.date(F.CONTRACT_END_AT).is_not_null()) == [1]
    assert records(table, table.date(F.CONTRACT_END_AT, future=True).is_not_null()) == [1, 2]


def test_a_field_is_there_if_a_column_settles_it() -> None:
    settled = column("Marketing status", "Subscribed")
    assert settled.has(F.SUBSCRIPTION, F.CONSENT_STATUS, F.OPTED_OUT, F.BOUNCED)
    assert not settled.has(F.OPT_OUT_AT)
    assert settled.column(F.OPTED_OUT) == settled.column(F.SUBSCRIPTION)
    consent = column("consentement", "oui")
    assert consent.has(F.CONSENT_STATUS)
    assert not consent.has(F.OPTED_OUT)
    assert column("Statut", "x").column(F.OPTED_OUT) is None


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("subscribed_members_export_1a2b.csv",
         {F.SUBSCRIPTION: "subscribed", F.CONSENT_STATUS: "yes", F.OPTED_OUT: "no", F.BOUNCED: "no"}),
        ("Unsubscribed_Email_Audience_Export_1a2b.csv",
         {F.SUBSCRIPTION: "unsubscribed", F.CONSENT_STATUS: "withdrawn", F.OPTED_OUT: "yes"}),
        ("cleaned_segment_export_1a2b.csv", {F.SUBSCRIPTION: "bounced", F.BOUNCED: "yes"}),
        ("nonsubscribed_members_export_1a2b.csv",
         {F.SUBSCRIPTION: "never", F.CONSENT_STATUS: "no", F.OPTED_OUT: "no"}),
        ("unsubscribed.csv", {}),
        ("Désinscrits 2026.csv", {F.OPTED_OUT: "yes"}),
        ("opt_out_form.csv", {}),
        ("contacts_hors_desinscrits.csv", {}),
        ("my_subscribed_members_export.csv", {}),
    ],
)  # fmt: skip
def test_the_name_of_a_file_speaks_for_its_records(name: str, given: dict[Field, str]) -> None:
    assert given_by_file(name, ["x"], vocabulary()) == given_by_file(f"{name}.gz", ["x"], vocabulary()) == given
    table = read("email;nom\na@b.fr;x\n", name)
    assert {field for field in (F.SUBSCRIPTION, F.CONSENT_STATUS, F.OPTED_OUT, F.BOUNCED) if table.has(field)} == set(
        given
    )
    for field, value in given.items():
        assert table.column(field) is None
        assert records(table, table.value(field) == value) == [1]
        assert records(table, table.flag(field) if value == "yes" else ~table.flag(field)) == (
            [1] if value in ("yes", "no", "withdrawn") else []
        )


def test_a_column_goes_before_the_name_of_the_file() -> None:
    table = read("email;opt out\na@b.fr;no\nc@d.fr;\n", "unsubscribed_members_export_1.csv")
    assert records(table, table.value(F.OPTED_OUT) == "yes") == [2]
    assert records(table, table.flag(F.OPTED_OUT)) == [2]


def test_the_configuration_goes_before_every_vocabulary() -> None:
    config = TablesConfig(
        columns={"Status": "opted_out", "Est prospect": "notes", "Don't Track": "tracking_consent"},
        values={"opted_out": {"Parti": "yes"}},
    )
    table = read("email;Status;Est prospect;Don't Track\na@b.fr;parti;x;yes\n", tables=config)
    assert [column.field for column in table.columns] == [F.EMAIL, F.OPTED_OUT, F.NOTES, F.TRACKING_CONSENT]
    assert records(table, table.flag(F.OPTED_OUT)) == [1]
    assert records(table, ~table.flag(F.TRACKING_CONSENT)) == [1]


def test_two_vocabularies_make_one() -> None:
    mine = Vocabulary(
        columns=(ColumnAlias("card", Field("acme.card")),),
        values={F.STATUS: {"gold": "customer"}},
        files=(FileAlias("gold*", F.STATUS, "customer"),),
        implied={F.STATUS: {"gold": {F.BOUNCED: "no"}}},
    )
    other = Vocabulary(
        columns=(ColumnAlias("card", F.CARD), ColumnAlias("card", F.NOTES, beside=frozenset({"x"}))),
        values={F.STATUS: {"gold": "other", "lead": "prospect"}, F.BOUNCED: {"y": "yes"}},
        files=(FileAlias("*", F.STATUS, "prospect"),),
        implied={F.STATUS: {"gold": {F.BOUNCED: "yes"}, "silver": {F.BOUNCED: "yes"}}},
    )
    both = mine | other
    assert [(alias.field, alias.beside) for alias in both.columns] == [
        (Field("acme.card"), frozenset()), (F.NOTES, frozenset({"x"})),
    ]  # fmt: skip
    assert both.values == {F.STATUS: {"gold": "customer", "lead": "prospect"}, F.BOUNCED: {"y": "yes"}}
    assert both.implied == {F.STATUS: {"gold": {F.BOUNCED: "no"}, "silver": {F.BOUNCED: "yes"}}}
    assert given_by_file("Gold.csv", ["x"], both) == {F.STATUS: "customer"}


WORDS = Vocabulary(
    columns=(ColumnAlias("accord", F.NOTES),),
    words={"la": "", "news": "advert", "letter": "advert", "news letter": "advert", "accord": "yes", "opt in": "yes"},
    phrases=(
        HeaderPhrase(F.CONSENT_DATE, frozenset({"yes", "when"})),
        HeaderPhrase(F.CONSENT_STATUS, frozenset({"yes"}), frozenset({"advert"})),
        HeaderPhrase(F.NOTES, frozenset({"yes"})),
    ),
)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Accord", F.NOTES),  # a whole header goes before its words
        ("Opt-in (news-letter)", F.CONSENT_STATUS),
        ("La_news, ACCORD ?", F.CONSENT_STATUS),
        ("optInNewsLetter", F.CONSENT_STATUS),
        ("Opt_In_News__c", F.CONSENT_STATUS),
        ("Opt-in", F.CONSENT_STATUS),
        ("News", None),
        ("La", None),
        ("Accord fournisseur", None),
        ("opt", None),
        ("???", None),
    ],
)
def test_headers_made_of_known_words(header: str, field: Field | None) -> None:
    found = Aliases(WORDS, ()).find(header)
    assert (found and found.field) == field


def test_phrases_of_two_vocabularies() -> None:
    mine = Vocabulary(words={"oui": "yes"}, phrases=(HeaderPhrase(F.NOTES, frozenset({"yes"})),))
    aliases = Aliases(mine | WORDS._replace(words={"oui": "", "da": "yes"}), ())
    found = [aliases.find(header) for header in ("oui", "da", "da oui")]
    assert [phrase and phrase.field for phrase in found] == [F.NOTES, F.NOTES, F.NOTES]


def test_a_header_as_a_whole_speaks_for_the_records() -> None:
    known = Vocabulary(files=(FileAlias("*", F.OPTED_OUT, "yes", frozenset({"address", "error code"})),))
    assert given_by_file("x.csv", ["Error Code", "address"], known) == {F.OPTED_OUT: "yes"}
    assert given_by_file("x.csv", ["address"], known) == {}
    assert given_by_file("x.csv", ["address", "error code", None], known) == {}


def test_the_data_is_in_order() -> None:
    data = Path(facts.__file__).parent / "data"
    headers = tomllib.loads((data / "headers.toml").read_text(encoding="utf-8"))["columns"]
    values = tomllib.loads((data / "values.toml").read_text(encoding="utf-8"))
    known = {str(field) for field in vars(F).values() if isinstance(field, Field)}
    for row in (*headers, *values["values"], *values["files"]):
        assert row["status"] in ("verified", "memory")
        assert row["source"]
        assert row["date"] <= date(2026, 11, 22)
    assert {row["field"] for row in headers} <= known
    said = [(field, word.lower()) for row in values["values"] for field in row["fields"] for word in row["said"]]
    assert len(said) == len(set(said))
    seen = [
        (normalise_header(header), row.get("begins"), tuple(row.get("beside", ())))
        for row in headers
        for header in row["headers"]
    ]
    assert len(seen) == len(set(seen))
    meanings: dict[str, set[str]] = {}
    for row in values["values"]:
        for field in row["fields"]:
            meanings.setdefault(field, set()).add(row["meaning"])
    for row in values["implied"]:
        assert row["value"] in meanings[row["field"]]
        assert all(meant in meanings[field] for field, meant in row["says"].items())


def test_the_words_of_headers_are_in_order() -> None:
    data = tomllib.loads((Path(facts.__file__).parent / "data/phrases.toml").read_text(encoding="utf-8"))
    words = [word for said in data["words"].values() for word in said]
    assert [word for word in words if words.count(word) > 1] == []
    assert [word for word in words if normalise_header(word) != word or "'" in word] == []
    notions = {notion for row in data["phrases"] for said in (*row["all"], row.get("may", [])) for notion in said}
    assert notions == set(data["words"]) - {"nothing"}
    assert {row["field"] for row in data["phrases"]} <= {str(field) for field in vars(F).values()}


def test_a_field_is_known_by_its_own_name() -> None:
    table = read("email,last_contact_at,Tracking Consent,made up\na@acme.fr,2024-01-01,yes,x\n")
    assert [column.field for column in table.columns] == [F.EMAIL, F.LAST_CONTACT_AT, F.TRACKING_CONSENT, None]
