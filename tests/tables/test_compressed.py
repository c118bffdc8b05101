"""Tables in archives: as if they were not in one, in little memory, and never half read."""

from __future__ import annotations

import gzip
import io
import os
import random
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness import AS_OF, Run, write
from mkt_lint import Source
from mkt_lint._readers.table.compressed import unpacked
from mkt_lint._readers.table.streams import Streamed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

EXPORT = (
    "email;nom;source;created;notes\r\n"
    "jeanne@example.com;Dupont;PhantomBuster;2019-01-02;\r\n"
    "a;b\r\n"
    "paul@example.com;Léa;Salon;2026-01-02;\"deux\r\nlignes\"\r\n"
    "jeanne@example.com;Dupont;Salon;2019-01-02;\"a \"\"b\"\"\"\r\n"
)  # fmt: skip
PACK: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": zstd.compress}


@pytest.mark.parametrize(
    ("kind", "encoding", "form"),
    [
        ("gz", "utf-8", "json"), ("zst", "utf-8-sig", "json"), ("gz", "cp1252", "json"), ("zst", "utf-16", "json"),
        ("gz", "utf-8", "rows"), ("zst", "utf-8", "github"), ("gz", "utf-8", "text"),
    ],
)  # fmt: skip
def test_the_report_is_that_of_the_table(run: Run, project: Path, kind: str, encoding: str, form: str) -> None:
    data = EXPORT.encode(encoding)
    write(project, {"export.csv": data, f"export.csv.{kind}": PACK[kind](data)})
    plain, packed = (run("check", "--as-of", AS_OF, "-f", form, name) for name in ("export.csv", f"export.csv.{kind}"))
    assert packed.stdout.replace(f"export.csv.{kind}", "export.csv") == plain.stdout
    assert (packed.status, packed.stderr) == (plain.status, plain.stderr) == (1, "")
    assert "CRM302" in plain.stdout
    if form == "json":
        assert packed.json["files"][0]["records_reported"] == 1
        assert {"CRM302", "CRM901", "CRM905"} <= packed.json["summary"]["by_code"].keys()


@pytest.mark.parametrize("kind", PACK)
def test_archives_that_follow_each_other_are_one_table(run: Run, project: Path, kind: str) -> None:
    first, second = EXPORT.encode()[:70], EXPORT.encode()[70:]
    write(project, {f"export.csv.{kind}": PACK[kind](first) + PACK[kind](second)})
    [file] = run("check", "-f", "json", f"export.csv.{kind}").json["files"]
    assert (file["records"], file["records_reported"]) == (4, 1)


@pytest.mark.parametrize("kind", PACK)
def test_an_archive_that_is_cut_off_is_not_reported_as_checked(run: Run, project: Path, kind: str) -> None:
    rows = "".join(f"{random.Random(n).random()}@example.com,PhantomBuster\n" for n in range(200_000))
    packed = PACK[kind](f"email,source\n{rows}".encode())
    name = f"export.csv.{kind}"
    message = {"gz": "gzip", "zst": "zstd"}
    cut = {
        "near the end": packed[:-3],
        "in the middle": packed[: len(packed) // 2],
        "one byte is another": packed[: len(packed) // 2] + b"\xff\x00\xff\x00" + packed[len(packed) // 2 + 4 :],
        "no archive": b"email,source\na@example.com,PhantomBuster\n",
    }
    for how, data in cut.items():
        write(project, {name: data})
        done = run("check", "-f", "json", name)
        assert done.status == 2, how
        assert (done.json["files"], done.json["findings"]) == ([], []), how
        assert done.json["errors"] == [
            {
                "path": name,
                "message": f"cannot be read: it is no complete {message[kind]} archive; compress the table again",
            }
        ], how


def test_an_empty_archive_is_an_empty_file(run: Run, project: Path) -> None:
    write(project, {"export.csv.gz": gzip.compress(b"")})
    done = run("check", "export.csv.gz")
    assert done.stderr == ("mkt-lint: error: export.csv.gz: the file is empty; expected a header and records\n")


def test_from_the_standard_input(run: Run, project: Path) -> None:
    done = run("check", "-f", "rows", "--stdin-filename", "export.csv.gz", "-", stdin=gzip.compress(EXPORT.encode()))
    assert "export.csv.gz,2,27,CRM302,\n" in done.stdout


def test_split_writes_the_records_unpacked(run: Run, project: Path) -> None:
    write(project, {"export.csv.gz": gzip.compress(EXPORT.encode())})
    done = run("split", "export.csv.gz", "--out", "out", "--only", "CRM302,CRM901", "--as-of", AS_OF)
    assert (done.status, done.stderr) == (0, "")
    head, flagged, malformed, *clean = EXPORT.encode().split(b"\r\n", 3)
    assert (project / "out/malformed.csv").read_bytes() == head + b"\r\n" + malformed + b"\r\n"
    assert (project / "out/clean.csv").read_bytes() == head + b"\r\n" + clean[0]
    assert (project / "out/flagged.csv").read_bytes() == (head + b";mkt_lint_codes\r\n" + flagged + b";CRM302\r\n")


def test_a_bomb_takes_little_memory(project: Path) -> None:
    location = project / "bomb.csv.gz"
    record = b"a@example.com;" + b" " * 1000 + b"\n"
    with gzip.open(location, "wb", compresslevel=1) as file:
        file.write(b"email;notes\n")
        for _ in range(100):
            file.write(record * 1000)
    assert location.stat().st_size < 1 << 20
    source = unpacked(Source("bomb.csv.gz", location))
    tracemalloc.start()
    with source.open() as opened:
        size = opened.seek(0, os.SEEK_END)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 12 + 100_000 * len(record)
    assert peak < 24 << 20


def test_one_line_that_never_ends_is_told_from_its_beginning(run: Run, project: Path) -> None:
    write(project, {"bomb.csv.gz": gzip.compress(b"x" * (300 << 20), 1)})
    done = run("check", "bomb.csv.gz", env={"MALLOC_ARENA_MAX": "1"})
    assert done.stderr == (
        "mkt-lint: error: bomb.csv.gz:1:1: the first line is longer than 1 MiB; a table has one record a line\n"
    )


def _cut(content: bytes, size: int) -> Iterator[bytes]:
    return (content[begin : begin + size] for begin in range(0, len(content), size))


def test_a_stream_reads_as_a_file_does() -> None:
    """Any order of seeking and reading, by two readers at once, against the same bytes in memory."""
    chance = random.Random(7)
    content = chance.randbytes(700_000)
    source = Streamed(Source("x", None), lambda: _cut(content, 10_007))
    for _ in range(20):
        with source.open() as first, source.open() as second:
            pairs = [(first, io.BytesIO(content)), (second, io.BytesIO(content))]
            for _ in range(30):
                stream, plain = chance.choice(pairs)
                if chance.random() < 0.5:
                    offset, whence = chance.choice(
                        [(chance.randrange(len(content) + 10), 0), (-chance.randrange(9_000), 2), (5, 1)]
                    )
                    assert stream.seek(offset, whence) == plain.seek(offset, whence)
                size = chance.choice([0, 1, 100, 50_000, -1])
                assert stream.read(size) == plain.read(size)
                assert stream.tell() == plain.tell()


def test_what_is_read_in_order_is_unpacked_once() -> None:
    content = b"".join(b"%07d\n" % number for number in range(200_000))
    times = []

    def pieces() -> Iterator[bytes]:
        times.append(1)
        return _cut(content, 4096)

    source = Streamed(Source("x", None), pieces)
    for offset in range(0, len(content), 160_000):
        with source.open() as file:
            file.seek(offset)
            assert file.read(8) == b"%07d\n" % (offset // 8)
    assert len(times) == 1


def test_progress_counts_bytes_of_the_archive() -> None:
    packed = gzip.compress(EXPORT.encode() * 1000)
    source = unpacked(Source("x.csv.gz", None, packed))
    assert source.progress(10**9) == 10**9, "until it is known how much there is"
    with source.open() as file:
        size = file.seek(0, os.SEEK_END)
    assert source.size == len(packed)
    assert source.progress(size) == len(packed)
    assert abs(source.progress(size // 2) - len(packed) // 2) <= 1
