"""Every hook is specified, documented and told on the design page; the public API is what it says."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

import mkt_lint
from mkt_lint import _hookspecs

HOOKS = [name for name in vars(_hookspecs) if name.startswith("mkt_lint_")]
DESIGN = Path(__file__).parents[2] / "docs" / "design.md"


@pytest.mark.parametrize("name", HOOKS)
def test_hook_is_documented(name: str) -> None:
    hook = getattr(_hookspecs, name)
    assert inspect.getdoc(hook)
    for argument in inspect.signature(hook).parameters:
        assert argument in (inspect.getdoc(hook) or "")
    assert f"| `{name}` |" in DESIGN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", mkt_lint.__all__)
def test_public_name(name: str) -> None:
    assert getattr(mkt_lint, name) is not None
    if inspect.isclass(getattr(mkt_lint, name)):
        assert inspect.getdoc(getattr(mkt_lint, name))


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'mkt_lint' has no attribute 'Finder'"):
        _ = mkt_lint.Finder
    assert dir(mkt_lint) == sorted(mkt_lint.__all__)


@pytest.mark.parametrize("pack", ["mkt_lint_crm", "mkt_lint_email", "mkt_lint_security"])
def test_packs_are_marked_as_typed(pack: str) -> None:
    module = importlib.import_module(pack)
    assert (Path(module.__file__ or "").parent / "py.typed").is_file()
