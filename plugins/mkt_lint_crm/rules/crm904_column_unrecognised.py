from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mkt_lint import Message, Related, Rows, Table, TableRule, Verdict
from mkt_lint_crm.exemptions import cell_has

_SHOWN = 10
_ADDRESS = r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"


class ColumnUnrecognised(TableRule):
    """Columns whose meaning the linter does not know.

    ## Why

    Rules look at columns by their meaning: a date of consent under a header of your own is not seen, and the rule about
    consent says that the proof is missing. What is not known is named here, once a file.

    In a table that shows no column of contacts, and that most rules therefore leave alone, a column that holds e-mail
    addresses nevertheless is named, so that such a list does not pass for clean.

    ## Examples

    ```csv bad
    email,zone 7
    jeanne@example.com,b
    ```

    ```csv good {tables = {columns = {"zone 7" = "technical"}}}
    email,zone 7
    jeanne@example.com,b
    ```

    ## When not to use it

    Where you know that the columns are of no concern; name them `technical` under `tables.columns`, or ignore the rule.
    """

    confidence = "high"
    contacts_only = False
    messages: ClassVar = {
        "unknown": Message(
            what="Columns whose meaning is not known: {columns}.",
            why="Rules that look for what they hold do not see them.",
            todo="Name what they are under tables.columns in the configuration; those of no concern are technical.",
            severity="note",
        ),
        "addresses": Message(
            what="E-mail addresses in {column}, in a table without any column that is known to hold contacts: {count}.",
            why="No rule about contacts looked at this table.",
            todo="If they are contacts, name the column email under tables.columns in the configuration, and give a "
            "table without a header one; if not, name it technical.",
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Verdict | Rows]:
        if not table.is_contact_list:
            for column in table.columns:
                if column.field is None:
                    yield Rows(cell_has(table, column, _ADDRESS), at=(column,), message="addresses")
            return
        unknown = [column for column in table.columns if column.field is None and column.header.name]
        if unknown:
            yield self.finding(
                "unknown",
                at=unknown[0],
                related=tuple(Related(column.span, str(column.header)) for column in unknown[:_SHOWN]),
                columns=len(unknown),
            )
