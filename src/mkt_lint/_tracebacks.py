"""What may be shown of an exception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_kept: ContextVar[dict[str, BaseException] | None] = ContextVar("_kept", default=None)


def reason(error: OSError) -> str:
    """Why the system refused, as the end of a sentence: `no such file or directory`."""
    said = error.strerror or type(error).__name__
    return said[:1].lower() + said[1:]


def frames(error: BaseException) -> str:
    """Where the error was raised and its type, without its text: that may quote a cell or a secret."""
    import traceback  # only where something broke

    lines = traceback.format_list(traceback.extract_tb(error.__traceback__))
    shown = "".join(lines) + type(error).__name__
    if (kept := _kept.get()) is not None:
        kept.setdefault(shown, error)
    return shown


@contextmanager
def keeping() -> Iterator[dict[str, BaseException]]:
    """The errors themselves, by what `frames` gave of them; for the tests of a pack, whose data are its author's."""
    kept: dict[str, BaseException] = {}
    token = _kept.set(kept)
    try:
        yield kept
    finally:
        _kept.reset(token)
