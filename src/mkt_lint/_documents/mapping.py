"""What a table's columns and cells mean: by the configuration, the vocabulary and the file's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from mkt_lint._documents.table import Column, normalise_header
from mkt_lint._facts import ColumnAlias
from mkt_lint._fields import F, Field, Header
from mkt_lint._model import Span

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig
    from mkt_lint._facts import Vocabulary

_PREFIXES = ("person ", "personne ", "contact ", "lead: ", "lead : ")
_CUSTOM = " c"
"""What is left of the `__c` that Salesforce puts after the names of an organisation's own fields."""


class Aliases:
    """The headers of a vocabulary, as they apply to a file with these headers.

    An alias that asks for other headers beside it goes before one that asks for none, the longer beginning before the
    shorter; else the first holds.
    """

    def __init__(self, vocabulary: Vocabulary, headers: Iterable[str]) -> None:
        present = set(headers)
        self._exact: dict[str, ColumnAlias] = {}
        self._beginnings: list[ColumnAlias] = []
        holding = [alias for alias in vocabulary.columns if alias.beside <= present]
        for alias in sorted(holding, key=lambda alias: not alias.beside):
            if alias.begins:
                self._beginnings.append(alias)
            else:
                self._exact.setdefault(alias.header, alias)
        self._beginnings.sort(key=lambda alias: -len(alias.header))

    def find(self, header: str) -> ColumnAlias | None:
        """What a header in normal form means, whatever stands before or after it in some exports."""
        for spelling in _spellings(header):
            if spelling in self._exact:
                return self._exact[spelling]
        beginning = next((alias for alias in self._beginnings if header.startswith(alias.header)), None)
        return beginning or _by_name().get(header)


@cache
def _by_name() -> Mapping[str, ColumnAlias]:
    """Fields by their own names: a header that says `last_contact_at` means that."""
    fields = [field for field in vars(F).values() if isinstance(field, Field)]
    return {normalise_header(field): ColumnAlias(normalise_header(field), field) for field in fields}


def _spellings(header: str) -> Iterator[str]:
    yield header
    if header.endswith(_CUSTOM):
        yield header.removesuffix(_CUSTOM)
    for prefix in _PREFIXES:
        if header.startswith(prefix):
            yield header.removeprefix(prefix).strip(" :")


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
    headers = [(" ".join(text.split()) if text else None, span) for text, span in cells]
    aliases = Aliases(vocabulary, (normalise_header(name) for name, _ in headers if name))
    columns = []
    for index, (name, span) in enumerate(headers):
        normal = normalise_header(name) if name else ""
        alias = aliases.find(normal)
        field, inverted = (alias.field, alias.inverted) if alias else (None, False)
        told = next((named[spelling] for spelling in _spellings(normal) if spelling in named), None)
        if told is not None:
            field, inverted = told, inverted and told == field
        columns.append(Column(Header(name or None, index + 1), index, span, field, inverted))
    return tuple(columns)


def known_headers(headers: Iterable[str], vocabulary: Vocabulary) -> int:
    """How many headers mean anything by the vocabulary."""
    normal = [normalise_header(header) for header in headers]
    aliases = Aliases(vocabulary, normal)
    return sum(aliases.find(header) is not None for header in normal)


def values_from(vocabulary: Vocabulary, config: FileConfig) -> dict[Field, dict[str, str]]:
    """Cell values by field; what the configuration says goes before what the vocabulary says."""
    values = {known: {said.lower(): meant for said, meant in meanings.items()}
              for known, meanings in vocabulary.values.items()}  # fmt: skip
    for name, meanings in config.tables.values.items():
        values.setdefault(Field(name), {}).update({said.strip().lower(): meant for said, meant in meanings.items()})
    return values


def given_by_name(name: str, vocabulary: Vocabulary) -> Mapping[Field, str]:
    """What the name of a file says of all its records, and what that implies."""
    given: dict[Field, str] = {}
    for alias in vocabulary.files:
        if fnmatchcase(name.lower(), alias.pattern):
            given.setdefault(alias.field, alias.value)
    for field, value in list(given.items()):
        for target, meant in vocabulary.implied.get(field, {}).get(value, {}).items():
            given.setdefault(target, meant)
    return given
