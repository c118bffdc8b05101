"""Facts that packs bring as data: e-mail platforms with their tags, and the vocabulary of tables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from mkt_lint._fields import Field
from mkt_lint._named import NamedTuple

Appends: TypeAlias = Literal["yes", "refuse", "option", "no", "unknown"]


class Platform(NamedTuple):
    """An e-mail platform and the literal tags that it fills in. Tags compare without case and inner spaces."""

    name: str
    """As the configuration says it: `mailchimp`."""
    unsubscribe: tuple[str, ...] = ()
    preferences: tuple[str, ...] = ()
    view_online: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    whole_link: tuple[str, ...] = ()
    """Tags that print a complete `<a>` and have no place in an `href`."""
    appends: Appends = "unknown"
    """Whether it adds an unsubscribe link itself when the template has none; `refuse`: it refuses to send."""
    verified: bool = False
    """Whether the tags were seen in the platform's documentation or in public use."""
    source: str = ""
    date: str = ""


class ColumnAlias(NamedTuple):
    """A header, in the normal form of `mkt_lint.normalise_header`, and what its column means."""

    header: str
    field: Field
    inverted: bool = False
    """The cell's yes means no: `Do not allow Emails` as consent."""
    begins: bool = False
    """Any header that begins so: `Opted out of email: Newsletter`."""
    beside: frozenset[str] = frozenset()
    """Other headers, in normal form, that the file must have for this to hold."""


class HeaderPhrase(NamedTuple):
    """What a header means that is made of known words and of no other, in whatever order: `Accord e-mailing`."""

    field: Field
    notions: frozenset[str]
    """What its words stand for, by `Vocabulary.words`; all of them."""
    further: frozenset[str] = frozenset()
    """What they may stand for besides."""


class FileAlias(NamedTuple):
    """What the name of a file, or a header of just these columns, says of all its records."""

    pattern: str
    """A glob on the last part of the path, lower case: `unsubscribed_*export*.csv`."""
    field: Field
    value: str
    """Canonical."""
    headers: frozenset[str] = frozenset()
    """In normal form; where there are any, the file must have these and no others."""


class Vocabulary(NamedTuple):
    """What the headers, the cell values and the file names of tables mean."""

    columns: tuple[ColumnAlias, ...] = ()
    values: Mapping[Field, Mapping[str, str]] = MappingProxyType({})
    """Field to cell value (lower case) to canonical value: status has `customer` and `prospect`, flags `yes`, `no`."""
    files: tuple[FileAlias, ...] = ()
    implied: Mapping[Field, Mapping[str, Mapping[Field, str]]] = MappingProxyType({})
    """Field to canonical value to what that says of other fields: `unsubscribed` says that opted_out is `yes`."""
    words: Mapping[str, str] = MappingProxyType({})
    """Word, or several, in normal form, to the notion that it stands for; an empty one says nothing: `la`, `your`."""
    phrases: tuple[HeaderPhrase, ...] = ()
    """Of headers that no alias knows; the first that fits holds."""

    def __or__(self, other: Vocabulary) -> Vocabulary:
        """Both; where they disagree, the left one holds."""
        known = {(alias.header, alias.begins, alias.beside) for alias in self.columns}
        further = (alias for alias in other.columns if (alias.header, alias.begins, alias.beside) not in known)
        values = {
            key: dict(other.values.get(key, {})) | dict(self.values.get(key, {}))
            for key in sorted({*self.values, *other.values}, key=str)
        }
        implied = {
            key: dict(other.implied.get(key, {})) | dict(self.implied.get(key, {}))
            for key in sorted({*self.implied, *other.implied}, key=str)
        }
        return Vocabulary(
            (*self.columns, *further),
            values,
            (*self.files, *other.files),
            implied,
            dict(other.words) | dict(self.words),
            (*self.phrases, *other.phrases),
        )
