from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mkt_lint import Defect, MalformedRecords, Message, Table, TableRule

_WHY = "Such records cannot be checked, and programs read them differently or drop them without a word."


def _message(what: str, todo: str, why: str = _WHY) -> Message:
    return Message(what=f"{what}: {{count}} of {{records}}.", why=why, todo=todo, severity="warning")


class MalformedRecord(TableRule):
    """Records that cannot be read as the header says.

    ## Why

    A stray quotation mark or a missing delimiter moves every cell behind it into another column, and a program that
    imports the file may drop records without a word. An opposition that is lost so is not honoured. All other rules
    leave malformed records out; this one says how many there are, and where.

    ## Examples

    ```csv bad
    email,company
    jeanne@example.com,Dupont,Lyon
    ```

    ```csv good
    email,company
    jeanne@example.com,"Dupont, Lyon"
    ```

    ## When not to use it

    Never: a record that is not read is not checked either.
    """

    confidence = "high"
    contacts_only = False
    messages: ClassVar = {
        Defect.RAGGED: _message(
            "Records with more or fewer cells than the header", "Quote the cells that hold a delimiter or a line end."
        ),
        Defect.STRAY_QUOTE: _message(
            "Records with a quotation mark where none may stand",
            "Quote the whole cell and double the quotation marks inside it.",
        ),
        Defect.UNTERMINATED_QUOTE: _message(
            "Records with a quoted cell that is never closed", "Close the cell with a quotation mark."
        ),
        Defect.NUL: _message("Records with a NUL byte", "Export the file again, as text."),
        Defect.INVALID_BYTE: _message(
            "Records with bytes that mean nothing in the file's encoding", "Export the whole file as UTF-8."
        ),
        Defect.LONE_CR: _message(
            "Records with a carriage return outside quotation marks", "Quote the cells that hold a line end."
        ),
        Defect.BLANK_LINE: Message(
            what="Blank lines among the records: {count} of {records}.",
            why="Some programs stop reading at a blank line.",
            todo="Remove them.",
            severity="note",
        ),
        Defect.OVERSIZED: _message(
            "Records longer than one mebibyte", "Look for a quotation mark or a line end that is missing."
        ),
    }

    def check(self, table: Table) -> Iterator[MalformedRecords]:  # the same checks for every table
        for defect in Defect:
            yield MalformedRecords(defect, message=defect)
