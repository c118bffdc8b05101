from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import Message, Rows, Table, TableRule
from mkt_lint_crm.check_digits import CODICE_FISCALE, holds_codice_fiscale, holds_nir
from mkt_lint_crm.contents import free_text, is_suspicious
from mkt_lint_crm.references import GDPR_MINIMISATION

_WHY = "Data has to be limited to what its purpose needs (GDPR article 5(1)(c)); no marketing needs this number."
_WAY_OUT = "Delete the numbers, here and in the CRM, and tell those who write such notes."


class NationalIdInText(TableRule):
    """National identity numbers in notes and other free text.

    ## Why

    Data has to be limited to what is necessary (GDPR article 5(1)(c)), and member states set conditions for national
    numbers (article 87). In notes they escape the controls of the columns that are made for them.

    The rule looks into notes, tags and columns that it does not know, for French social security numbers (NIR) whose
    key is right, and, where the jurisdiction IT is enabled, for Italian tax codes whose check letter is right.

    ## Examples

    ```csv bad
    email,notes
    jeanne@example.com,sécu 2 69 05 49 588 157 80
    ```

    ```csv good
    email,notes
    jeanne@example.com,SIRET 732 829 320 00074
    ```

    ## When not to use it

    On files of services that the law allows to use these numbers, such as payroll or health care.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_MINIMISATION,)
    messages: ClassVar = {
        "nir": Message(
            what="Records with a French social security number in {column}: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="error",
        ),
        "codice-fiscale": Message(
            what="Records with an Italian tax code in {column}: {count}.", why=_WHY, todo=_WAY_OUT
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        for column in free_text(table):
            yield Rows(is_suspicious(column), at=(column,), message="nir", confirm=holds_nir)
            if "IT" in table.config.jurisdictions:
                italian = pl.col(column.text).str.contains(CODICE_FISCALE)
                yield Rows(italian, at=(column,), message="codice-fiscale", confirm=holds_codice_fiscale)
