"""What the core says in a table rule's place, where the rule could not be applied."""

from __future__ import annotations

from collections.abc import Mapping

from mkt_lint._model import Message

_NOT_CHECKED = "No record was checked by this rule."

CORE_MESSAGES: Mapping[str, Message] = {
    "needs": Message(
        what="There is no column for {fields}.",
        why=_NOT_CHECKED,
        todo="Export the column as well, or name it under tables.columns in the configuration.",
        severity="note",
    ),
    "date-order-unknown": Message(
        what="The dates of {column} may be day first or month first.",
        why=f"No value excludes either order. {_NOT_CHECKED}",
        todo="Export dates as year-month-day.",
        severity="note",
    ),
    "date-order-mixed": Message(
        what="Some dates of {column} can only be day first, others only month first.",
        why=f"No single order fits the column. {_NOT_CHECKED}",
        todo="Export dates as year-month-day.",
        severity="note",
    ),
    "date-format-unknown": Message(
        what="More than half of the filled cells of {column} are in no single known date format.",
        why=_NOT_CHECKED,
        todo="Export dates as year-month-day.",
        severity="note",
    ),
}
"""By message id; none of them is used by a rule of its own."""
