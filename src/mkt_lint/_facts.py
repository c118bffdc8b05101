"""Facts that packs bring as data: e-mail platforms with their tags, and the vocabulary of tables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from mkt_lint._fields import Field

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


class Vocabulary(NamedTuple):
    """What the headers and the cell values of tables mean."""

    columns: tuple[ColumnAlias, ...] = ()
    values: Mapping[Field, Mapping[str, str]] = MappingProxyType({})
    """Field to cell value (lower case) to canonical value: status has `customer` and `prospect`, flags `yes`, `no`."""

    def __or__(self, other: Vocabulary) -> Vocabulary:
        """Both; where they disagree, the left one holds."""
        known = {alias.header for alias in self.columns}
        values = {
            key: dict(other.values.get(key, {})) | dict(self.values.get(key, {}))
            for key in sorted({*self.values, *other.values}, key=str)
        }
        return Vocabulary((*self.columns, *(a for a in other.columns if a.header not in known)), values)
