"""What tells findings apart from one run to the next."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint._fingerprints import fingerprint, line_hashes


def as_github_does(content: bytes) -> dict[int, str]:
    """All hashes of a file, unit by unit, as `src/fingerprints.ts` of github/codeql-action has them."""
    size, modulus = 100, 1 << 64
    window, owners = [0] * size, [-1] * size
    counts: dict[str, int] = {}
    hashes: dict[int, str] = {}
    value = index = line = 0
    line_start, after_cr = True, False

    def output() -> None:
        digits = f"{value:x}"
        counts[digits] = counts.get(digits, 0) + 1
        hashes[owners[index]] = f"{digits}:{counts[digits]}"
        owners[index] = -1

    def update(unit: int) -> None:
        nonlocal value, index
        value = (37 * value + unit - pow(37, size, modulus) * window[index]) % modulus
        window[index] = unit
        index = (index + 1) % size

    def process(unit: int) -> None:
        nonlocal line, line_start, after_cr
        if unit in {0x20, 0x09} or (after_cr and unit == 0x0A):
            after_cr = False
            return
        after_cr = unit == 0x0D
        unit = 0x0A if after_cr else unit
        if owners[index] != -1:
            output()
        if line_start:
            line_start = False
            line += 1
            owners[index] = line
        line_start = unit == 0x0A
        update(unit)

    units = content.decode("utf-8", "replace").encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        process(low | high << 8)
    process(0xFFFF)
    for _ in range(size):
        if owners[index] != -1:
            output()
        update(0)
    return hashes


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            [
                "8b7cf3e952e7aeb2:1",
                "b1ae1287ec4718d9:1",
                "bff680108adb0fcc:1",
                "c6805c5e1288b612:1",
                "b86d3392aea1be30:1",
                "e6ceba753e1a442:1",
            ],
        ),
    ],
)
def test_line_hashes_are_those_of_the_action_s_own_tests(text: str, hashes: list[str]) -> None:
    wanted = range(1, len(hashes) + 2)
    assert line_hashes(text, wanted) == dict(enumerate(hashes, 1)) == as_github_does(text.encode())


@given(
    st.lists(
        st.one_of(
            st.sampled_from([b"\n", b"\r", b"\r\n", b" ", b"\t", b"a", b"bA", b"af", b"\xff", b"\xe2\x82", b"x" * 99]),
            st.text(max_size=5).map(lambda text: text.encode("utf-8", "replace")),
            st.sampled_from(["\ufeff", "\uffff", "\U0001f600", "é\n" * 60, "z" * 150]).map(str.encode),
        ),
        max_size=60,
    ).map(b"".join),
    st.sets(st.integers(1, 40)),
)
def test_line_hashes_are_those_of_the_action(content: bytes, lines: set[int]) -> None:
    expected = {line: value for line, value in as_github_does(content).items() if line in lines}
    assert line_hashes(content.decode("utf-8", "replace"), lines) == expected


def test_blocks_that_differ_but_share_a_hash_are_counted_together() -> None:
    tail = "q" * 97  # 98 * 37 + 65 == 97 * 37 + 102
    text = f"bA{tail}\naf{tail}\n"
    hashes = line_hashes(text, {1, 2, 3})
    assert [hashes[line].partition(":")[2] for line in (1, 2)] == ["1", "2"]
    assert hashes == as_github_does(text.encode())


def test_many_lines_are_hashed_in_one_pass() -> None:
    assert line_hashes("<br>\n" * 200_000, {200_000})[200_000].endswith(":1")


def test_a_fingerprint_is_versioned_and_stable() -> None:
    assert fingerprint("CRM401", "kept", "last_contact_at:last contact", 1) == "v1:64c47a309ba80982c13f9a134b72594b"


@given(
    st.tuples(st.text(), st.text(), st.text(), st.integers(1, 3)),
    st.tuples(st.text(), st.text(), st.text(), st.integers(1, 3)),
)
def test_different_keys_have_different_fingerprints(
    one: tuple[str, str, str, int], other: tuple[str, str, str, int]
) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) is (one == other)
    assert re.fullmatch(r"v1:[0-9a-f]{32}", fingerprint(*one))


def test_a_lone_surrogate_has_a_fingerprint() -> None:
    assert fingerprint("EML102", "dead", "\udce9", 1) != fingerprint("EML102", "dead", "\udcea", 1)
