"""Text that any program can read, whatever the names of the files were."""

from __future__ import annotations

import re


def encodable(text: str) -> str:
    """The text with U+FFFD for what UTF-8 cannot write: the bytes of a file's name that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        # compiled where it is needed: a class of so many characters takes longer than to encode a report
        return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return text


def dump(value: object, *, indent: int | None = None, depth: int = 0) -> str:
    """A value as JSON that can be encoded as UTF-8.

    Args:
        value: Made of dicts, lists, strings, numbers, booleans and None.
        indent: Spaces a level; None for the compact form.
        depth: Levels that surround the value; the first line is not indented.
    """
    import json  # the text report, which needs the above alone, does without

    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    if indent is not None and depth:
        text = text.replace("\n", "\n" + " " * indent * depth)
    return encodable(text)
