"""What a table's columns and cells mean: by the configuration, the vocabulary and the file's name."""

from __future__ import annotations

import re
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
    from mkt_lint._facts import HeaderPhrase, Vocabulary

_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"\w+")
_LONGEST = 6
"""Words that stand for one notion together: `base juridique de traitement des données`."""
_PREFIXES = ("person ", "personne ", "contact ", "lead: ", "lead : ")
_CUSTOM = " c"
"""What is left of the `__c` that Salesforce puts after the names of an organisation's own fields."""


class Aliases:
    """The headers of a vocabulary, as they apply to a file with these headers.

    An alias that asks for other headers beside it goes before one that asks for none, the longer beginning before the
    shorter; else the first holds. Then come the fields' own names, and at last phrases of known words.
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
        self._words, self._phrases = vocabulary.words, vocabulary.phrases

    def find(self, name: str) -> ColumnAlias | HeaderPhrase | None:
        """What a header means, whatever stands before or after it in some exports."""
        header = normalise_header(name)
        for spelling in _spellings(header):
            if spelling in self._exact:
                return self._exact[spelling]
        beginning = next((alias for alias in self._beginnings if header.startswith(alias.header)), None)
        return beginning or _by_name().get(header) or self._phrase(name)

    def _phrase(self, name: str) -> HeaderPhrase | None:
        """The first phrase of whose notions the header is made; `lastContactedDate` is three words."""
        parted = normalise_header(_HUMPS.sub(" ", name)).replace("_", " ")
        notions = _notions(_WORD.findall(parted.removesuffix(_CUSTOM)), self._words)
        fits = (phrase for phrase in self._phrases if phrase.notions <= notions <= phrase.notions | phrase.further)
        return next(fits, None) if notions else None


def _notions(words: list[str], known: Mapping[str, str]) -> frozenset[str]:
    """What the words of a header stand for, the most words together first; none where one of them is not known."""
    found: set[str] = set()
    position = 0
    while position < len(words):
        ends = range(min(position + _LONGEST, len(words)), position, -1)
        end = next((end for end in ends if " ".join(words[position:end]) in known), None)
        if end is None:
            return frozenset()
        found.add(known[" ".join(words[position:end])])
        position = end
    return frozenset(found - {""})


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
        alias = aliases.find(name) if name else None
        field, inverted = alias.field if alias else None, isinstance(alias, ColumnAlias) and alias.inverted
        told = next((named[spelling] for spelling in _spellings(normal) if spelling in named), None)
        if told is not None:
            field, inverted = told, inverted and told == field
        columns.append(Column(Header(name or None, index + 1), index, span, field, inverted))
    return tuple(columns)


def known_headers(headers: Iterable[str], vocabulary: Vocabulary) -> int:
    """How many headers mean anything by the vocabulary."""
    names = list(headers)
    aliases = Aliases(vocabulary, map(normalise_header, names))
    return sum(aliases.find(name) is not None for name in names)


def values_from(vocabulary: Vocabulary, config: FileConfig) -> dict[Field, dict[str, str]]:
    """Cell values by field; what the configuration says goes before what the vocabulary says."""
    values = {known: {said.lower(): meant for said, meant in meanings.items()}
              for known, meanings in vocabulary.values.items()}  # fmt: skip
    for name, meanings in config.tables.values.items():
        values.setdefault(Field(name), {}).update({said.strip().lower(): meant for said, meant in meanings.items()})
    return values


def given_by_file(name: str, headers: Iterable[str | None], vocabulary: Vocabulary) -> Mapping[Field, str]:
    """What the name of a file, or its header as a whole, says of all its records, and what that implies."""
    given: dict[Field, str] = {}
    normal = {normalise_header(header or "") for header in headers}
    for alias in vocabulary.files:
        if fnmatchcase(name.lower(), alias.pattern) and (not alias.headers or alias.headers == normal):
            given.setdefault(alias.field, alias.value)
    for field, value in list(given.items()):
        for target, meant in vocabulary.implied.get(field, {}).get(value, {}).items():
            given.setdefault(target, meant)
    return given
