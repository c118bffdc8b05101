from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mkt_lint import Message, Rows, Table, TableRule
from mkt_lint_crm.check_digits import holds_grouped_card, holds_iban, holds_lone_card
from mkt_lint_crm.contents import free_text, is_suspicious
from mkt_lint_crm.references import GDPR_MINIMISATION, GDPR_SECURITY

_WHY = "Payment data does not belong into free text that is exported (GDPR articles 5(1)(c) and 32)."
_WAY_OUT = "Delete the numbers, here and in the CRM, and tell those who write such notes."


class PaymentDataInText(TableRule):
    """Numbers of payment cards and bank accounts in notes and other free text.

    ## Why

    Data has to be limited to what is necessary (GDPR article 5(1)(c)) and protected (article 32). A card's number in a
    note is seen by all who see the note, and goes wherever the file goes.

    The rule looks into notes, tags and columns that it does not know. A card's number has the beginning of a known
    network and the right check digit; it is an error where it is written in groups as on the card, since other long
    numbers pass that check once in ten times. An IBAN has its country's length and the right check digits.

    ## Examples

    ```csv bad
    email,notes
    jeanne@example.com,paid by card 4539 1488 0343 6467
    ```

    ```csv good
    email,notes
    jeanne@example.com,order 4539 1488 0343 6468
    ```

    ## When not to use it

    On files of a payment service.
    """

    confidence = "high"
    references = (GDPR_MINIMISATION, GDPR_SECURITY)
    messages: ClassVar = {
        "card": Message(
            what="Records with the number of a payment card in {column}: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="error",
        ),
        "card-ungrouped": Message(
            what="Records with what is likely the number of a payment card in {column}: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
        ),
        "iban": Message(what="Records with a bank account (IBAN) in {column}: {count}.", why=_WHY, todo=_WAY_OUT),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        for column in free_text(table):
            number = is_suspicious(column)
            yield Rows(number, at=(column,), message="card", confirm=holds_grouped_card)
            yield Rows(number, at=(column,), message="card-ungrouped", confirm=holds_lone_card)
            yield Rows(number, at=(column,), message="iban", confirm=holds_iban)
