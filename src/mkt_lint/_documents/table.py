"""A table as a rule sees it: columns and what they mean, and expressions over them; no data."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping
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
    from mkt_lint._facts import ColumnAlias, Vocabulary
    from mkt_lint._source import Source

_GAPS = re.compile(r"[\s_-]+")
_QUOTES = "\ufeff\"'“”«»`"
_PREFIXES = ("person ", "personne ", "contact ", "lead: ", "lead : ")
_FLAGS = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}
_OPPOSITE = {"yes": "no", "no": "yes", "customer": "prospect", "prospect": "customer"}


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

    Without case, accents, byte order mark and quotation marks; runs of spaces, `_` and `-` are one space.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return _GAPS.sub(" ", text.translate(dict.fromkeys(map(ord, _QUOTES), ""))).strip(" *:")


def _spellings(header: str) -> Iterable[str]:
    yield header
    for prefix in _PREFIXES:
        if header.startswith(prefix):
            yield header.removeprefix(prefix).strip(" :")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file's bytes are cut into cells."""

    encoding: str
    """`utf-8`, `utf-8-sig`, `cp1252`, `utf-16-le` or `utf-16-be`."""
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
    part: str | None = None

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
        """Whether each of the fields has a column."""
        return all(self.column(wanted) is not None for wanted in fields)

    def column(self, field: Field) -> Column | None:
        """The first column of a field."""
        return next(iter(self.columns_of(field)), None)

    def columns_of(self, field: Field) -> tuple[Column, ...]:
        """All columns of a field, in the file's order."""
        return tuple(column for column in self.columns if column.field == field)

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

    def text(self, field: Field) -> pl.Expr:
        """The cells of the field's first column without surrounding space; empty where there is no column."""
        column = self.column(field)
        return pl.lit("") if column is None else pl.col(column.text).str.strip_chars()

    def date(self, field: Field) -> pl.Expr:
        """The latest date over all columns of the field; null for none, and none after `as_of` counts."""
        columns = self.columns_of(field)
        if not columns:
            return pl.lit(None, pl.Date)
        known = [pl.when(pl.col(c.date) <= pl.lit(self.as_of)).then(pl.col(c.date)) for c in columns]
        return known[0] if len(known) == 1 else pl.max_horizontal(known)

    def value(self, field: Field) -> pl.Expr:
        """The canonical value of the field's cell, by the vocabulary; of the first column where it is known."""
        columns = self.columns_of(field)
        if not columns:
            return pl.lit(None, pl.String)
        return pl.coalesce([self._canonical(column) for column in columns])

    def flag(self, field: Field) -> pl.Expr:
        """Whether a column of the field says yes; false if one says no and none yes; null where none speaks."""
        columns = self.columns_of(field)
        if not columns:
            return pl.lit(None, pl.Boolean)
        said = [self._is(column, "yes", "no") for column in columns]
        return said[0] if len(said) == 1 else pl.max_horizontal(said)

    @property
    def is_prospect(self) -> pl.Expr:
        """Whether nothing in the record says that the person is a customer, or another who is no prospect."""
        customer = [self._names(column, "customer", "other") for column in self.columns_of(F.STATUS)]
        customer += [self._names(column, "contract", "existing_customer") for column in self.columns_of(F.LAWFUL_BASIS)]
        return ~reduce(or_, customer) if customer else pl.lit(True)

    def _meanings(self, column: Column) -> dict[str, str]:
        meanings = dict(self.values.get(column.field, {})) if column.field else {}
        meanings = meanings or dict(_FLAGS)
        if column.inverted:
            meanings = {said: _OPPOSITE.get(meant, meant) for said, meant in meanings.items()}
        return meanings

    def _cell(self, column: Column) -> pl.Expr:
        return pl.col(column.text).str.strip_chars().str.to_lowercase()

    def _canonical(self, column: Column) -> pl.Expr:
        return self._cell(column).replace_strict(self._meanings(column), default=None, return_dtype=pl.String)

    def _names(self, column: Column, *wanted: str) -> pl.Expr:
        """Whether one of the values that a cell lists, between `;`, `,` or `|`, means one of those wanted."""
        said = [re.escape(said) for said, meant in self._meanings(column).items() if meant in wanted]
        if not said:
            return pl.lit(False)
        return self._cell(column).str.contains(rf"(?:^|[;,|]\s*)(?:{'|'.join(said)})(?:\s*[;,|]|$)")

    def _is(self, column: Column, yes: str, no: str) -> pl.Expr:
        truths = {said: meant == yes for said, meant in self._meanings(column).items() if meant in (yes, no)}
        return self._cell(column).replace_strict(truths, default=None, return_dtype=pl.Boolean)


def columns_from(
    cells: Iterable[tuple[str | None, Span]], vocabulary: Vocabulary, config: FileConfig
) -> tuple[Column, ...]:
    """Columns from their headers: what the configuration calls a header goes before what the vocabulary says.

    Args:
        cells: Each header's text, None where the file has no header, and its span.
        vocabulary: Of all packs.
        config: Of the file.
    """
    named = {normalise_header(text): Field(name) for text, name in config.tables.columns.items()}
    aliases: dict[str, ColumnAlias] = {}
    for alias in vocabulary.columns:
        aliases.setdefault(alias.header, alias)
    columns = []
    for index, (text, span) in enumerate(cells):
        name = " ".join(text.split()) if text else None
        known, inverted = None, False
        for spelling in _spellings(normalise_header(name)) if name else ():
            if spelling in named:
                known = named[spelling]
                inverted = spelling in aliases and aliases[spelling].field == known and aliases[spelling].inverted
                break
            if spelling in aliases:
                known, inverted = aliases[spelling].field, aliases[spelling].inverted
                break
        columns.append(Column(Header(name or None, index + 1), index, span, known, inverted))
    return tuple(columns)


def values_from(vocabulary: Vocabulary, config: FileConfig) -> dict[Field, dict[str, str]]:
    """Cell values by field; what the configuration says goes before what the vocabulary says."""
    values = {known: {said.lower(): meant for said, meant in meanings.items()}
              for known, meanings in vocabulary.values.items()}  # fmt: skip
    for name, meanings in config.tables.values.items():
        values.setdefault(Field(name), {}).update({said.strip().lower(): meant for said, meant in meanings.items()})
    return values
