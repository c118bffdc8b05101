"""What an Excel workbook holds, looked at before any of it is read into the memory.

calamine makes room for every cell between the first and the last: two in far corners would ask for 512 GiB. It gives
cells with errors and formulas without a stored result as empty ones, so that these are looked for here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

UNPACKED = 1 << 30
"""Bytes of a workbook's XML at most, of all sheets."""
CELLS = 20_000_000
"""Of a sheet at most, empty ones among the filled ones included."""

_PIECE = 1 << 20
_LONGEST = 16 << 20
"""Bytes between the beginnings of two cells at most, and of the XML that lists the sheets."""
_BASE = 26

_COLUMN = re.compile(rb'\sr="([A-Z]{1,3})\d')
_ROW = re.compile(rb'\sr="(\d{1,7})"')
_TELLING = b't="e"', b"<f", b":f"
"""One of them is in what holds a cell with an error or a formula."""
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_KIND = re.compile(rb'\st="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")


_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError, LookupError, RuntimeError, StopIteration)
"""LookupError: what a part refers to is not there. RuntimeError: encrypted, or compressed in an unknown way."""


class BrokenWorkbookError(Exception):
    """Why a workbook cannot be read, in words that quote nothing of it."""


class Sheet:
    """What is to be known of a sheet before its cells are read."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        """Up to the last cell."""
        self.errors: dict[tuple[int, int], str] = {}
        """By row and column, from 1: what stands in a cell with an error, `#N/A` for example."""
        self.unstored: tuple[int, int] | None = None
        """Row and column of the first formula whose result is not stored."""

    @property
    def is_too_large(self) -> bool:
        """Whether there is no room for its cells."""
        return self.rows * self.columns > CELLS


def look_through(file: BinaryIO) -> dict[str, Sheet]:
    """The sheets of a workbook by name.

    Raises:
        BrokenWorkbookError: it is none, it is damaged, or it is too large to be read.
        OSError: the file cannot be read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = {info.filename: info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))}
            if len(infos) < sum(info.filename in infos for info in archive.infolist()):
                raise BrokenWorkbookError("the workbook holds one of its parts twice; save it again")
            if sum(info.file_size for info in infos.values()) > UNPACKED:
                raise BrokenWorkbookError("the workbook is larger than 1 GiB when it is unpacked; export it as CSV")
            names = _sheet_names(archive, infos)
            found = {part: Sheet() for part in names}
            for part in infos:
                for piece in _pieces(archive, part):  # all of them, so that none is larger than it says
                    if part in found:
                        _look_at(found[part], piece)
            return {names[part]: sheet for part, sheet in found.items()}
    except _FAULTS:
        raise BrokenWorkbookError(
            "this is no Excel workbook, or it is damaged or protected by a password; save it as .xlsx without one"
        ) from None


def _sheet_names(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """By the part of the archive that holds a sheet: its name."""
    root = "_rels/.rels"
    book = next(target for kind, target in _related(archive, infos, root, "").values() if kind == "officeDocument")
    folder, name = posixpath.split(book)
    related = _related(archive, infos, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
    names = {}
    for element in _xml(archive, infos, book).iter("{*}sheet"):
        identity = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
        kind, part = related.get(str(identity), ("", ""))
        if kind == "worksheet":
            names[infos[part].filename] = str(element.get("name"))
    return names


def _related(
    archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], part: str, folder: str
) -> dict[str, tuple[str, str]]:
    """What a part of the archive refers to, by identity: of which kind, and where it is."""
    return {
        element.get("Id", ""): (
            element.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
        )
        for element in _xml(archive, infos, part).iter("{*}Relationship")
    }


def _xml(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], part: str) -> etree._Element:
    if infos[part].file_size > _LONGEST:
        raise BrokenWorkbookError("the workbook lists more sheets than can be read; split it")
    return etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part of the archive, in pieces that begin at a cell or a row."""
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            rest += piece
            begins = max(rest.rfind(b"<c "), rest.rfind(b"<row "), rest.rfind(b":c "), rest.rfind(b":row "))
            if begins > 0:
                begins = rest.rfind(b"<", 0, begins + 1)
                yield rest[:begins]
                rest = rest[begins:]
            elif len(rest) > _LONGEST:
                yield rest
                rest = b""
    yield rest


def _look_at(sheet: Sheet, xml: bytes) -> None:
    columns = max(set(_COLUMN.findall(xml)), key=_order, default=b"")
    rows = max(set(_ROW.findall(xml)), key=_order, default=b"0")
    sheet.columns = max(sheet.columns, _column_number(columns))
    sheet.rows = max(sheet.rows, int(rows))
    if not any(sign in xml for sign in _TELLING):
        return
    for cell in _CELL.finditer(xml):
        attributes, content = cell.groups()
        kind, place = _KIND.search(attributes), _PLACE.search(attributes)
        if not place:
            continue
        value = _VALUE.search(content)
        if kind and kind[1] == b"e":
            where = int(place[2]), _column_number(place[1])
            sheet.errors[where] = (value[1] if value else b"#ERROR").decode("utf-8", "replace")
        elif not sheet.unstored and not value and _FORMULA.search(content) and not (kind and kind[1] == b"str"):
            sheet.unstored = int(place[2]), _column_number(place[1])


def _order(digits: bytes) -> tuple[int, bytes]:
    return len(digits), digits


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _BASE + letter - ord("A") + 1
    return number
