"""CSV, TSV and their kin: bytes to a table and the index of its records."""

from mkt_lint._readers.table.reader import TableReader

__all__ = ["TableReader"]
