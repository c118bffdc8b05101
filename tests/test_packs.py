"""The packs that come with the linter, tested as any other pack is."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkt_lint.testing import Check, checks

CASES = Path(__file__).parent / "rules"
PACKS = ("core", "crm", "email", "security")


@pytest.mark.parametrize("check", [check for pack in PACKS for check in checks(pack, CASES / pack)], ids=str)
def test_pack(check: Check) -> None:
    check()


def test_each_folder_is_a_pack() -> None:
    assert {folder.name for folder in CASES.iterdir() if folder.is_dir()} == set(PACKS)
