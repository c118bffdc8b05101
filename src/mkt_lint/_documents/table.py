"""A table as a rule sees it: columns and what they mean, and expressions over them; no data."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar, Literal

import polars as pl

from mkt_lint._fields import F, Field, Header
from mkt_lint._model import Kind, Span

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig
    from mkt_lint._source import Source

_GAPS = re.compile(r"[\s_-]+")
_UNQUOTED = dict.fromkeys(map(ord, "\ufeff\"'“”‘’«»`"), "")
_FLAGS = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}
_OPPOSITE = {
    said: meant
    for pair in (("yes", "no"), ("customer", "prospect"), ("consumer", "professional"))
    for said, meant in (pair, pair[::-1])
}
_TRUTHS = {"yes": True, "no": False, "withdrawn": False}
AROUND = " \t\r\n\u00a0\u202f='\""
"""What may stand around a cell's text: space, and the `="..."` or `'` by which spreadsheets keep a number as it is."""


class Defect(enum.StrEnum):
    """What keeps a record from being read as its table's other records are."""

    RAGGED = "ragged"
    """More or fewer cells than the header."""
    STRAY_QUOTE = "stray-quote"
    """A quotation mark inside an unquoted cell, or text after a closing one."""
    UNTERMINATED_QUOTE = "unterminated-quote"
    NUL = "nul"
    INVALID_BYTE = "invalid-byte"
    """Bytes that mean nothing in the file's encoding."""
    LONE_CR = "lone-cr"
    """A carriage return without line feed, outside quotes."""
    BLANK_LINE = "blank-line"
    OVERSIZED = "oversized"
    """Longer than one mebibyte."""


def normalise_header(text: str) -> str:
    """A header in the form in which headers are compared.

    Without case, accents, byte order mark and quotation marks, and without `*:.?` at either end; runs of spaces, `_`
    and `-` are one space.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return _GAPS.sub(" ", text.casefold().translate(_UNQUOTED)).strip(" *:.?")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file's bytes are cut into cells."""

    encoding: str
    """`utf-8`, `utf-8-sig`, `utf-16-le`, `utf-16-be`, `cp1252` or another code page of one byte a character."""
    delimiter: str
    bare_cr: bool
    """Whether CR alone ends a line, as on old Macs."""
    columns: int
    offset: int
    """Where the first record begins, in bytes of the file."""
    first_line: int
    """The line that the first record begins on."""
    sound: bool
    """Whether the whole file is known to be valid UTF-8."""
    end: int | None = None
    """Where totals and notes below the last record begin, in bytes of the file; None where there are none."""
    first_column: int | None = None
    """In a grid, a sheet for example, where lines are rows and columns are numbered: that of the first; else None."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    header: Header
    index: int
    """From 0."""
    span: Span
    """Of the header's cell; of the first record's where the file has no header."""
    field: Field | None = None
    inverted: bool = False

    @property
    def text(self) -> str:
        """The name of the column of cells in the frame that expressions are evaluated on."""
        return f"text:{self.index}"

    @property
    def date(self) -> str:
        """The name of the column of the cells' dates."""
        return f"date:{self.index}"

    @property
    def unreadable(self) -> str:
        """The name of the column that says which cells are filled but are no date in the column's format."""
        return f"unreadable:{self.index}"

    @property
    def identity(self) -> str:
        """What tells the column from others when lines or columns have moved."""
        return normalise_header(self.header.name) if self.header.name else str(self.header.number)


@dataclass(frozen=True, slots=True)
class Table:
    """A CRM export or another table of records.

    Its methods build Polars expressions; the core evaluates them over all well-formed records.
    """

    kind: ClassVar[Literal[Kind.TABLE]] = Kind.TABLE

    path: str
    columns: tuple[Column, ...]
    dialect: Dialect
    source: Source
    config: FileConfig
    as_of: date
    values: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)
    """Field to cell value (lower case) to canonical value."""
    implied: Mapping[Field, Mapping[str, Mapping[Field, str]]] = field(default_factory=dict)
    """Field to canonical value to what that says of other fields."""
    given: Mapping[Field, str] = field(default_factory=dict)
    """What the file's name says of all records."""
    part: str | None = None
    shared_expressions: dict[str, pl.Expr] = field(default_factory=dict, compare=False, repr=False)
    """By name of the column that holds its values; an expression may look at columns that come before its own."""
    _shared_names: dict[bytes, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def encoding(self) -> str:
        return self.dialect.encoding

    @property
    def delimiter(self) -> str:
        return self.dialect.delimiter

    @property
    def header_span(self) -> Span:
        """From the first header to the last."""
        first, last = self.columns[0].span, self.columns[-1].span
        return Span(first.line, first.column, last.end_line, last.end_column)

    def has(self, *fields: Field) -> bool:
        """Whether a column, or the name of the file, tells each of the fields."""
        return all(wanted in self.given or self.columns_of(wanted) for wanted in fields)

    def column(self, field: Field) -> Column | None:
        """The first column of a field; None too where only the name of the file tells it."""
        return next(iter(self.columns_of(field)), None)

    def columns_of(self, field: Field) -> tuple[Column, ...]:
        """All columns of a field, in the file's order; then those of fields that settle it, as `unsubscribed` does."""
        settling = {
            source for source, says in self.implied.items() if len({m.get(field) for m in says.values()} - {None}) > 1
        }
        own = tuple(column for column in self.columns if column.field == field)
        return own + tuple(column for column in self.columns if column.field in settling)

    @property
    def is_contact_list(self) -> bool:
        """Whether it speaks of people: an address, a phone number, or a name with a company.

        A company's phone number is not a person's; a column that is called no more than "Name" may name anything where
        there is neither a job title nor a phone number.
        """
        if self.has(F.EMAIL) or not self.has(F.COMPANY):
            return self.has(F.EMAIL) or self.has(F.PHONE)
        names = [column.identity for column in self.columns if column.field in (F.FULL_NAME, F.LAST_NAME)]
        return bool(names) and (set(names) != {"name"} or self.has(F.JOB_TITLE) or self.has(F.PHONE))

    def shared(self, expression: pl.Expr) -> pl.Expr:
        """The same expression, but evaluated once a record, however many checks and rules ask for one like it."""
        key = expression.meta.serialize()
        name = self._shared_names.setdefault(key, f"shared:{len(self._shared_names)}")
        self.shared_expressions.setdefault(name, expression)
        return pl.col(name)

    def text(self, field: Field) -> pl.Expr:
        """The cells of the field's first column, bare of what spreadsheets put around them; empty without a column.

        Bare: without surrounding space, and `0612345678` for `="0612345678"` and `'0612345678`. What a cell holds to
        the letter is `pl.col(column.text)`.
        """
        column = self.column(field)
        return pl.lit("") if column is None else self._bare(column)

    def number(self, field: Field) -> pl.Expr:
        """The number in the cells of the field's first column, with a decimal point or comma; null for none."""
        digits = self.text(field).str.replace_all(r"[\s\u{a0}\u{202f}€$£]", "").str.replace(",", ".", literal=True)
        return self.shared(digits.cast(pl.Float64, strict=False))

    def date(self, field: Field, *, future: bool = False) -> pl.Expr:
        """The latest date over all columns of the field, null for none; after `as_of` only if `future` is true."""
        columns = [column for column in self.columns if column.field == field]
        if not columns:
            return pl.lit(None, pl.Date)
        known = [pl.col(c.date) for c in columns]
        if not future:
            known = [pl.when(found <= pl.lit(self.as_of)).then(found) for found in known]
        return self.shared(known[0] if len(known) == 1 else pl.max_horizontal(known))

    def value(self, field: Field) -> pl.Expr:
        """The canonical value of the field's cell, by the vocabulary; of the first column where it is known."""
        said = [
            self.shared(self._lower(column).replace_strict(meanings, default=None, return_dtype=pl.String))
            for column, meanings in self._telling(field)
        ]
        if field in self.given:
            said.append(pl.lit(self.given[field]))
        return self.shared(pl.coalesce(said) if said else pl.lit(None, pl.String))

    def flag(self, field: Field) -> pl.Expr:
        """Whether a column of the field says yes; false if one says no and none yes; null where none speaks.

        What the name of the file says holds where no column speaks.
        """
        said: list[pl.Expr] = [
            self.shared(
                pl.when(cell.is_in([word for word, meant in meanings.items() if _TRUTHS.get(meant) is True]))
                .then(True)
                .when(cell.is_in([word for word, meant in meanings.items() if _TRUTHS.get(meant) is False]))
                .then(False)
            )
            for cell, meanings in ((self._lower(column), meanings) for column, meanings in self._telling(field))
        ]
        given = _TRUTHS.get(self.given.get(field, ""))
        if not said:
            return pl.lit(given, pl.Boolean)
        found = said[0] if len(said) == 1 else pl.max_horizontal(said)
        return self.shared(found if given is None else found.fill_null(given))

    def lists(self, field: Field, *wanted: str) -> pl.Expr:
        """Whether one of the values that a cell lists, between `;`, `,` or `|`, means one of those wanted."""
        said = [self._names(column, *wanted) for column in self.columns if column.field == field]
        return self.shared(reduce(or_, said) if said else pl.lit(False))

    @property
    def is_prospect(self) -> pl.Expr:
        """Whether nothing in the record says that the person is a customer, or another who is no prospect.

        A status, a lawful basis, an order, a current contract say so.
        """
        others = [self.lists(F.STATUS, "customer", "other"), self.has_current_contract]
        others.append(self.lists(F.LAWFUL_BASIS, "existing_customer"))
        others += [
            (self.number(amount) > 0).fill_null(False)
            for amount in (F.ORDER_COUNT, F.CUSTOMER_VALUE)
            if self.has(amount)
        ]
        others += [self.text(day) != "" for day in (F.FIRST_ORDER_AT, F.LAST_ORDER_AT) if self.has(day)]
        return self.shared(~reduce(or_, others))

    @property
    def has_current_contract(self) -> pl.Expr:
        """Whether a contract runs: a column says so, its end lies ahead, or it is the lawful basis."""
        current = [self.lists(F.LAWFUL_BASIS, "contract")]
        if self.has(F.CONTRACT_ACTIVE):
            current.append(self.flag(F.CONTRACT_ACTIVE).fill_null(False))
        if self.has(F.CONTRACT_END_AT):
            current.append((self.date(F.CONTRACT_END_AT, future=True) >= self.as_of).fill_null(False))
        return self.shared(reduce(or_, current))

    @property
    def country(self) -> pl.Expr:
        """The ISO code, in capitals, of the country that the record names; null for none or one that is not known."""
        return self.value(F.COUNTRY)

    def _telling(self, field: Field) -> list[tuple[Column, dict[str, str]]]:
        """The columns that say anything of the field, and what their cells mean for it."""
        found = [(column, self._meanings(column)) for column in self.columns if column.field == field]
        for column in self.columns:
            says = self.implied.get(column.field, {}) if column.field and column.field != field else {}
            told = {meant: others[field] for meant, others in says.items() if field in others}
            if told:
                cells = self._meanings(column).items()
                found.append((column, {cell: told[meant] for cell, meant in cells if meant in told}))
        return found

    def _meanings(self, column: Column) -> dict[str, str]:
        meanings = dict(self.values.get(column.field, {})) if column.field else {}
        meanings = meanings or dict(_FLAGS)
        if column.inverted:
            meanings = {said: _OPPOSITE.get(meant, meant) for said, meant in meanings.items()}
        return meanings

    def _bare(self, column: Column) -> pl.Expr:
        return self.shared(pl.col(column.text).str.strip_chars(AROUND))

    def _lower(self, column: Column) -> pl.Expr:
        return self.shared(self._bare(column).str.to_lowercase())

    def _names(self, column: Column, *wanted: str) -> pl.Expr:
        said = [said for said, meant in self._meanings(column).items() if meant in wanted]
        cell = self._lower(column)
        several = self.shared(pl.when(cell.str.contains("[;,|]")).then(cell))  # few cells, and the pattern is slow
        pattern = rf"(?:^|[;,|]\s*)(?:{'|'.join(map(re.escape, said))})(?:\s*[;,|]|$)"
        return cell.is_in(said) | several.str.contains(pattern).fill_null(False) if said else pl.lit(False)
