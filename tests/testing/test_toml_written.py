"""What is written as TOML is read back as it was."""

from __future__ import annotations

import datetime
from typing import Any

import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from mkt_lint.testing._toml import document

_SCALARS = (
    st.text()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(datetime.UTC))
)
_VALUES = st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@settings(max_examples=40)
@given(st.dictionaries(st.text(), _VALUES))
def test_round_trip(values: dict[str, Any]) -> None:
    assert tomli.loads(document(values)) == values


def test_form() -> None:
    written = document({"select": ["ACM201"], "a b": {"ratio": 0.5, "on": True}, "text": 'a "b"\\\n\x7f'})
    assert written == 'select = ["ACM201"]\n"a b" = { ratio = 0.5, on = true }\ntext = "a \\"b\\"\\\\\\n\\u007f"\n'
