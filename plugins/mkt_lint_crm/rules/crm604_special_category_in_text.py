from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mkt_lint import Message, Rows, Table, TableRule
from mkt_lint_crm.contents import free_text, is_suspicious, speaks_of_special_category
from mkt_lint_crm.references import GDPR_MINIMISATION, GDPR_SPECIAL


class SpecialCategoryInText(TableRule):
    """Words on health, beliefs, politics, origin, sexual life or offences in notes and other free text.

    ## Why

    Data on health, beliefs, politics, union membership, origin and sexual life may be processed in few cases only (GDPR
    article 9), and data on offences in fewer still (article 10). Salespeople note such things in passing.

    The rule knows French and English words. It passes over a word that is denied in its clause (“not pregnant”), and
    over what reads as the name of an organisation (“Ligue contre le cancer”).

    ## Examples

    ```csv bad
    email,notes
    jeanne@example.com,"call back in May, she is pregnant"
    ```

    ```csv good
    email,notes
    jeanne@example.com,works for the Foundation for Cancer Research
    paul@example.com,n'est pas diabétique
    ```

    ## When not to use it

    On files of those whom article 9(2) lets process such data, such as health services or a union's own members.
    """

    confidence = "low"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_SPECIAL, GDPR_MINIMISATION)
    messages: ClassVar = {
        "word": Message(
            what="Records with words on health, beliefs, politics or offences in {column}: {count}.",
            why="GDPR articles 9 and 10 forbid such data on a person but for few exceptions.",
            todo="Read these notes, delete what is said of the person, and tell those who write such notes.",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        for column in free_text(table):
            yield Rows(is_suspicious(column), at=(column,), message="word", confirm=speaks_of_special_category)
