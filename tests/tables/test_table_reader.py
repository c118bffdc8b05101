"""What the reader decides from the bytes, and what it refuses."""

from __future__ import annotations

import gzip
import pickle
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mkt_lint import F, Field, Header, Span, Table, Unreadable, normalise_header
from mkt_lint._config.model import TablesConfig
from mkt_lint._readers.table.encoding import measure, transcode, utf8_chunks
from mkt_lint._source import Source

Read = Callable[..., Table | Unreadable]
SAVE = "save it with commas, semicolons, tabs or bars between the cells"
DATA = ["a@b.fr,Jeanne", "Jeanne,+33 6 12 34 56 78", "Jeanne,2024-03-12", "x,12/03/2024 10:00"]


def table(read: Table | Unreadable) -> Table:
    assert isinstance(read, Table), read
    return read


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter", "offset", "first_line"),
    [
        (b"email,nom\na,b\n", "utf-8", ",", 10, 2),
        (b"\xef\xbb\xbfemail;nom\r\na;b\r\n", "utf-8-sig", ";", 14, 2),
        ("email\tnom\né\tb\n".encode("cp1252"), "cp1252", "\t", 10, 2),
        ("\ufeffemail|é\na|b\n".encode("utf-16-le"), "utf-16-le", "|", 18, 2),
        ("\ufeffemail,é\na,b\n".encode("utf-16-be"), "utf-16-be", ",", 18, 2),
        (b"sep=;\r\nemail,x;nom\r\na;b\r\n", "utf-8", ";", 20, 3),
        (b"\n\r\nemail,nom\na,b\n", "utf-8", ",", 13, 4),
        (b'"e\nmail",nom\na,b\n', "utf-8", ",", 13, 3),
        (b"email,nom\ra,b\r", "utf-8", ",", 10, 2),
        (b"email\na@b.fr\n", "utf-8", ",", 6, 2),
        (b"Nom, pr\xc3\xa9nom;email\nDupont;a\nRoux;b, c, d\n", "utf-8", ";", 19, 2),
        (b"email;amount\na;1,5\nb;2,5\n", "utf-8", ";", 13, 2),
        (b'Notes:\n"a, ""b"""\n\nemail,nom\na,b\n', "utf-8", ",", 29, 5),
        (b"Prospects 2026;;\n;;\nnom;email;tel\na;b;c\n", "utf-8", ";", 34, 4),
        (b"Prospects 2026;;\nnom;email;tel\n", "utf-8", ";", 31, 3),
        (b"email;;\na@b.fr;x;y\n", "utf-8", ";", 8, 2),
        (b"a@b.fr;;\nnom;email;tel\na;b;c\n", "utf-8", ";", 0, 1),
        (b"Report\nMade:,2026\nTopic,Id\nx,1\n\nname,email,id\na,b,c\n", "utf-8", ",", 46, 7),
        (b"name,email\na,b,c\n\nd,e\nf,g\n", "utf-8", ",", 11, 2),
        (b"Title\r\n\r\n\r\nFilter: x\r\n\r\nemail;nom\r\n", "utf-8", ";", 35, 7),
        ("\ufeffsep=;\nTitre\n\némail;nom\na;b\n".encode("utf-16-le"), "utf-16-le", ";", 48, 5),
        (b"Title\r\remail;nom\ra;b\r", "utf-8", ";", 17, 4),
        (b"url\nhttps://a.fr\n\nhttps://a.fr?b=1,2\nhttps://c.fr\n", "utf-8", ",", 4, 2),
        (b"url\nhttps://a.fr\nhttps://b.fr\n", "utf-8", ",", 4, 2),
    ],
)
def test_decisions(read: Read, data: bytes, encoding: str, delimiter: str, offset: int, first_line: int) -> None:
    dialect = table(read(data)).dialect
    found = dialect.encoding, dialect.delimiter, dialect.offset, dialect.first_line
    assert found == (encoding, delimiter, offset, first_line)
    assert dialect.bare_cr == (b"\n" not in data)


def test_the_whole_file_decides_the_encoding(read: Read, tmp_path: Path) -> None:
    valid = ("email,nom\n" + "a,é\n" * 99).encode()
    assert table(read(valid + b"a,\xe9\n")).encoding == "utf-8"
    assert table(read(valid + b"a,\xe9\n" * 2)).encoding == "cp1252"
    far = tmp_path / "t.csv"
    far.write_bytes(b"email,nom\n" + b"a,b\n" * 2_000_000 + b"a,\xe9\n")
    assert table(read(far)).encoding == "cp1252"


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        (b"", "the file is empty; expected a header and records", None, None),
        (b"\n\n", "the file is empty; expected a header and records", None, None),
        (
            b"PK\x03\x04rest",
            "this is a ZIP archive or an Excel workbook, not CSV; name a workbook .xlsx, or unpack the archive",
            None,
            None,
        ),
        (
            b"\xd0\xcf\x11\xe0rest",
            "this is an old Excel workbook, not CSV; save it as .xlsx, or export it as CSV in UTF-8",
            None,
            None,
        ),
        (gzip.compress(b"email\n"), "this is a gzip archive, not CSV; name it .csv.gz, or unpack it", None, None),
        (b"\x28\xb5\x2f\xfdrest", "this is a zstd archive, not CSV; name it .csv.zst, or unpack it", None, None),
        (b"PAR1rest", "this is a Parquet file, not CSV; name it .parquet", None, None),
        (b"%PDF-1.7", "this is a PDF document, not CSV; export it as CSV in UTF-8", None, None),
        (
            b"\r\n<!DOCTYPE html><title>Log in</title>",
            "this is a web page, not CSV; what was exported may be the page that asks to sign in",
            None,
            None,
        ),
        (bytes(range(256)) * 4, "this is binary data, not CSV; export it as CSV in UTF-8", None, None),
        (
            b"email^nom\na^b\nc^d\n",
            f"the header is one cell, but a caret splits most records; {SAVE}",
            None,
            None,
        ),
        (
            b"email:nom\na:b\nc:d\n",
            f"the header is one cell, but a colon splits most records; {SAVE}",
            None,
            None,
        ),
        (
            b"email\na;b\nc;d\n",
            f"the header is one cell, but a semicolon splits most records; {SAVE}",
            None,
            None,
        ),
        (
            b"sep=^\nemail^nom\n",
            f"the first line names a delimiter that is not supported; {SAVE}",
            1,
            1,
        ),
        (b'email,"nom\na,b\n', "a header's quotation mark is never closed; close it", 1, 7),
        (
            b'\xc3\xa9mail,n"om\na,b\n',
            "a quotation mark stands where none may; quote the whole header and double the marks inside it",
            1,
            8,
        ),
        (b"email,n\0om" + b"m" * 30 + b"\na,b\n", "the header holds a NUL byte; export the file again as text", 1, 8),
        (
            b"x" * 3_000_000 + b"\n",
            "the first line is longer than 1 MiB; a table has one record a line",
            1,
            1,
        ),
    ],
)
def test_what_is_refused(read: Read, data: bytes, message: str, line: int | None, column: int | None) -> None:
    assert read(data) == Unreadable(message, line, column)


def test_a_single_huge_line_is_refused_at_once(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)
        file.seek(0)
        file.write(b"x" * (4 << 20))
    started = time.perf_counter()
    assert isinstance(read(path), Unreadable)
    assert time.perf_counter() - started < 1


def test_headers_and_their_places(read: Read) -> None:
    columns = table(read('Person - E-mail - Work,"é ""x""",,Nom,Nom\na,b,c,d,e\n')).columns
    assert [column.header for column in columns] == [
        Header("Person - E-mail - Work", 1), Header('é "x"', 2), Header(None, 3), Header("Nom", 4), Header("Nom", 5),
    ]  # fmt: skip
    assert [column.span for column in columns] == [
        Span(1, 1, 1, 23), Span(1, 24, 1, 33), Span(1, 34, 1, 34), Span(1, 35, 1, 38), Span(1, 39, 1, 42),
    ]  # fmt: skip
    assert [column.field for column in columns] == [F.EMAIL, None, None, F.LAST_NAME, F.LAST_NAME]


@pytest.mark.parametrize("first", DATA)
def test_a_first_record_that_is_data_is_no_header(read: Read, first: str) -> None:
    found = table(read(f"{first}\nc@d.fr,Paul\n"))
    assert [column.header for column in found.columns] == [Header(None, 1), Header(None, 2)]
    assert (found.dialect.offset, found.dialect.first_line) == (0, 1)
    assert not found.is_contact_list


@pytest.mark.parametrize(
    ("header", "normal"),
    [
        ("  E-Mail_Address ", "e mail address"),
        ("\ufeff“Prénom”", "prenom"),
        ("Date \u00a0 de\ncréation *", "date de creation"),
        ("ＥＭＡＩＬ", "email"),
        ("Unsubscribed:", "unsubscribed"),
        ("Tél.", "tel"),
        ("Votre e-mail ?", "votre e mail"),
    ],
)
def test_normal_form_of_headers(header: str, normal: str) -> None:
    assert normalise_header(header) == normal


def test_the_configuration_goes_before_the_vocabulary(read: Read) -> None:
    config = TablesConfig(columns={"NOTES": "company", "Carte": "acme.card"}, values={"status": {"Fidèle": "customer"}})
    found = table(read("notes,carte,status,nom\na,b,c,d\n", config))
    assert [column.field for column in found.columns] == [F.COMPANY, Field("acme.card"), F.STATUS, F.LAST_NAME]
    assert found.values[F.STATUS] == {
        "client": "customer", "oui": "customer", "lead": "prospect", "fidèle": "customer",
    }  # fmt: skip
    assert found.is_contact_list


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 64])
def test_pieces_are_cut_between_characters(encoding: str, size: int) -> None:
    text = "aé€" + ("" if encoding == "cp1252" else "😀b")
    source = Source("t.csv", None, text.encode(encoding))
    with source.open() as file:
        pieces = list(utf8_chunks(file, encoding, False, size))
    assert b"".join(pieces) == text.encode()
    assert sum(map(measure(encoding), pieces)) == source.size


def test_bytes_without_meaning_become_invalid_utf8() -> None:
    for data, encoding in ((b"a\x81b", "cp1252"), (b"a\0\0\xd8b\0", "utf-16-le"), (b"a\0b", "utf-16-le")):
        with pytest.raises(UnicodeDecodeError):
            transcode(data, encoding, False).decode()


def test_what_goes_to_a_worker_can_be_pickled(read: Read) -> None:
    found = table(read(b"email,nom\na,b\n"))
    assert pickle.loads(pickle.dumps((found.dialect, found.columns))) == (found.dialect, found.columns)
