"""What a rule about tables yields: checks over all records, which the core evaluates together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mkt_lint._fields import Field
from mkt_lint._model import Kind, TableArgument, Verdict, check_arguments

if TYPE_CHECKING:
    import polars as pl

    from mkt_lint._documents.table import Column


class Rows:
    """Every record for which `where` holds: one finding, with their number and the first of their cells.

    Args:
        where: A boolean expression that looks at each record by itself; null counts as false.
        at: The fields, or columns, whose cell is the offending one; the first that the table has is taken.
        message: A key of the rule's `messages`.
        confirm: What no expression can tell, such as check digits: a function, which several threads may call at once,
            called for the records for which `where` holds, with the text of the cells of `over` without surrounding
            space; returns whether the record is offending after all. It costs about 150 ns a record and column, so that
            `where` must leave few.
        over: The fields, or columns, whose cells `confirm` is called with, in this order, empty where there is no
            column; by default that of `at` which was taken.
        arguments: Fill the message's placeholders; `count` and `column` are added.

    Raises:
        TypeError: an argument could carry the content of a cell.
    """

    __slots__ = ("arguments", "at", "confirm", "message", "over", "where")

    def __init__(
        self,
        where: pl.Expr,
        *,
        at: tuple[Field | Column, ...],
        message: str,
        confirm: Callable[..., bool] | None = None,
        over: tuple[Field | Column, ...] = (),
        **arguments: TableArgument,
    ) -> None:
        check_arguments(Kind.TABLE, arguments)
        self.where = where
        self.at = at
        self.message = message
        self.confirm = confirm
        self.over = over
        self.arguments: Mapping[str, TableArgument] = arguments


class Groups:
    """Every record for which `where` holds and whose key another record of the table has too.

    Keys are compared by 64 bits of a hash: two of a million different keys fall together once in 37 million tables,
    two of a hundred million once in 3,700. They cost 13 bytes of memory a record that takes part.

    Args:
        key: A text, such as a normalised address; a record where it is null or empty takes no part.
        where: A boolean expression for the records that may be flagged; null counts as false.
        others: One for the other records that make a record of `where` a finding; None for any.
        at: The fields, or columns, whose cell is the offending one; the first that the table has is taken.
        message: A key of the rule's `messages`.
        arguments: Fill the message's placeholders; `count` and `column` are added.

    Raises:
        TypeError: an argument could carry the content of a cell.
    """

    __slots__ = ("arguments", "at", "key", "message", "others", "where")

    def __init__(
        self,
        key: pl.Expr,
        *,
        where: pl.Expr,
        others: pl.Expr | None = None,
        at: tuple[Field | Column, ...],
        message: str,
        **arguments: TableArgument,
    ) -> None:
        check_arguments(Kind.TABLE, arguments)
        self.key = key
        self.where = where
        self.others = others
        self.at = at
        self.message = message
        self.arguments: Mapping[str, TableArgument] = arguments


class MalformedRecords(NamedTuple):
    """Every record that the reader could not make out because of one defect, at the place of the defect.

    Args:
        defect: One of `Defect`'s values.
        message: A key of the rule's `messages`; `count` and `records` (all records of the file) are filled in.
    """

    defect: str
    message: str


class AmbiguousDates(NamedTuple):
    """A column of dates of which no value tells whether they are day first or month first.

    It is told where other checks of the rule read that column's dates, and takes the place of the core's own word.

    Args:
        column: The column; the finding is anchored at its header.
        message: A key of the rule's `messages`; `column` is filled in.
    """

    column: Column
    message: str


TableCheck: TypeAlias = Rows | Groups | MalformedRecords | AmbiguousDates | Verdict
