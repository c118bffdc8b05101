"""Which files are linted."""

from mkt_lint._files.walking import walk

__all__ = ["walk"]
