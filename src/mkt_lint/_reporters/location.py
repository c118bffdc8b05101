"""Where a file is, as programs that know the repository and not the working directory want it."""

from __future__ import annotations

from posixpath import join, normpath
from urllib.parse import quote

from mkt_lint._report import Report


def repository_path(report: Report, path: str) -> str:
    """A path of the report, relative to the repository's root; to the working directory outside a checkout."""
    prefix = report.checkout.prefix if report.checkout else ""
    return normpath(join(prefix, path))


def uri(path: str) -> str:
    """A POSIX path as a URI reference, percent-encoded; bytes of a name that are not UTF-8 stay what they are."""
    return quote(path.encode("utf-8", "surrogateescape"))
