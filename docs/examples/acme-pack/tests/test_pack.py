from pathlib import Path

import pytest

from mkt_lint.testing import Check, checks


@pytest.mark.parametrize("check", checks("acme", Path(__file__).parent / "rules"), ids=str)
def test_pack(check: Check) -> None:
    check()
