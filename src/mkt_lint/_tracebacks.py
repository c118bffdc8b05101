"""What may be shown of an exception that was raised over a document."""

from __future__ import annotations


def frames(error: BaseException) -> str:
    """Where the error was raised and its type, without its text: that may quote a cell or a secret."""
    import traceback  # only where something broke

    lines = traceback.format_list(traceback.extract_tb(error.__traceback__))
    return "".join(lines) + type(error).__name__
