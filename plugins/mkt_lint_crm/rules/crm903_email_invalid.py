from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import F, Message, Rows, Table, TableRule
from mkt_lint_crm.exemptions import is_filled
from mkt_lint_crm.references import GDPR_ACCURACY

_LOCAL = r"[^\s@.,;:()<>\[\]\\\"]+"
_LABEL = r"[^\s@.,;:()<>\[\]\\\"_/!?#$%&'*+=^`{|}~-]+(?:-+[^\s@.,;:()<>\[\]\\\"_/!?#$%&'*+=^`{|}~-]+)*"
_TOP = r"(?:\p{L}{2,}|xn--[A-Za-z0-9-]+)"
_ADDRESS = rf"{_LOCAL}(?:\.{_LOCAL})*@(?:{_LABEL}\.)+{_TOP}"
"""What mail systems take (RFC 5321, with the letters of RFC 6531), without quoted local parts and numeric domains."""
_ONE = rf"^\s*{_ADDRESS}\s*$"
_PATTERN = re.compile(_ADDRESS.replace(r"\p{L}", r"[^\W\d_]"))


class EmailInvalid(TableRule):
    """Addresses that no message can reach.

    ## Why

    Personal data has to be accurate (GDPR article 5(1)(d)). What is no address can receive neither the information
    that people are owed nor the link to unsubscribe, and matches no entry of a suppression list.

    ## Examples

    ```csv bad
    email
    jeanne.example.com
    paul@example,com
    ```

    ```csv good
    email
    jeanne@example.com
    rené+news@exämple.fr
    ```

    ## When not to use it

    On files of people without addresses; empty cells are left out by themselves.
    """

    confidence = "high"
    references = (GDPR_ACCURACY,)
    needs = (F.EMAIL,)
    messages: ClassVar = {
        "invalid": Message(
            what="Cells of {column} that are no e-mail address: {count}.",
            why="Nothing that is owed to these people can reach them, and no suppression list will match.",
            todo="Correct or delete them in the CRM.",
        ),
        "several": Message(
            what="Cells of {column} that hold several addresses: {count}.",
            why="Most programs send to none of them, and an opposition by one is recorded for none.",
            todo="Put each address into a column or a record of its own.",
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        for column in table.columns_of(F.EMAIL):
            cell = pl.col(column.text)
            other = ~cell.str.contains(_ONE) & (cell != "")
            yield Rows(other, at=(column,), message="invalid", confirm=_is_no_address)
            yield Rows(other, at=(column,), message="several", confirm=_are_addresses)


def _are_addresses(cell: str) -> bool:
    addresses = [part for part in re.split(r"[;,|/\s]+", cell) if part]
    return len(addresses) > 1 and all(_PATTERN.fullmatch(address) for address in addresses)


def _is_no_address(cell: str) -> bool:
    return is_filled(cell) and not _are_addresses(cell)
