"""The sound pack with some changes, installed for this process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from harness import write
from mkt_lint.testing import Check, checks
from testing.sound_pack import FILES, Pack


@pytest.fixture
def pack(site: Path, install: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Pack]:
    """The checks of a pack that differs in some files from one that is sound."""

    def pack(changes: Mapping[str, str | bytes | tuple[str, str] | None]) -> list[Check]:
        files: dict[str, str | bytes] = dict(FILES)
        for file, change in changes.items():
            if change is None:
                del files[file]
            elif isinstance(change, tuple):
                sound = FILES[file]
                assert change[0] in sound
                files[file] = sound.replace(*change)
            else:
                files[file] = change
        write(site, files)
        install("acme-tested", "1.0", {"acme_tested": "acme_tested"})
        monkeypatch.syspath_prepend(site)
        return checks("acme_tested", site / "cases")

    yield pack
    for module in [name for name in sys.modules if name.partition(".")[0] == "acme_tested"]:
        del sys.modules[module]
