"""Calls to consumers in France: who may be called, and since when consent is asked for."""

from __future__ import annotations

import datetime

import polars as pl

from mkt_lint import F, Table
from mkt_lint_crm import exemptions
from mkt_lint_crm.consent import pattern

CONSENT_SINCE = datetime.date(2026, 8, 11)
"""Law 2025-594, article 13; the list of Bloctel was repealed on the same day."""


def needs_consent(table: Table, law: frozenset[str]) -> pl.Expr:
    """Whether the record has a number that may be called for advertising only with consent.

    Not those of professionals, of other countries, of people under a current contract, of whom is not called, of those
    who asked to be called or agreed to an appointment, and for newspapers and magazines.
    """
    asked = exemptions.matches(table, exemptions.pattern("called-back"), F.SOURCE, F.CONSENT_SOURCE, F.PURPOSE)
    press = exemptions.matches(table, exemptions.pattern("press"), F.PHONE_BASIS, F.LAWFUL_BASIS, F.PURPOSE)
    contract = table.has_current_contract | table.lists(F.PHONE_BASIS, "contract")
    return (
        ~exemptions.is_blank(table, F.PHONE)
        & exemptions.is_under(table, law)
        & ~_has_foreign_number(table)
        & ~exemptions.is_professional(table)
        & ~table.lists(F.STATUS, "other")
        & ~table.flag(F.DO_NOT_CALL).fill_null(False)
        & ~(contract | asked | press)
    )


def is_proven(table: Table) -> pl.Expr:
    """Whether the record itself says that it is a consumer's, and that no contract runs."""
    ended = (~table.flag(F.CONTRACT_ACTIVE)).fill_null(False)
    if table.has(F.CONTRACT_END_AT):
        ended |= (table.date(F.CONTRACT_END_AT, future=True) < table.as_of).fill_null(False)
    return exemptions.is_known_consumer(table) & (exemptions.is_known_prospect(table) | ended)


def has_consented(table: Table) -> pl.Expr:
    """Whether the person consented to calls: a column says so, the basis does, or the channels of a consent do."""
    channels = exemptions.matches(table, pattern("channels", "call"), F.CONSENT_CHANNEL)
    return (
        table.flag(F.PHONE_CONSENT).fill_null(~exemptions.is_blank(table, F.PHONE_CONSENT_AT))
        | table.lists(F.PHONE_BASIS, "consent")
        | (table.flag(F.CONSENT_STATUS).fill_null(False) & channels)
    )


def _has_foreign_number(table: Table) -> pl.Expr:
    number = table.text(F.PHONE)
    international = number.str.contains(exemptions.pattern("foreign-number", "international"))
    return table.shared(international & ~number.str.contains(exemptions.pattern("foreign-number", "french")))
