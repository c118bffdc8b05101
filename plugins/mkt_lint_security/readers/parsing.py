"""From a recognised file to its settings: each syntax is parsed once, and every format looks at the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mkt_lint import (
    PasswordPolicy,
    ReadContext,
    RetentionPeriod,
    SendingSwitch,
    Settings,
    Source,
    SyntaxProblem,
    Unreadable,
    parse_code,
    parse_hcl,
    parse_ini,
    parse_json,
    parse_ldif,
    parse_python,
    parse_tags,
    parse_toml,
    parse_words,
    parse_xml,
    parse_yaml_documents,
)
from mkt_lint_security.readers.decoding import decode
from mkt_lint_security.readers.formats import Format
from mkt_lint_security.readers.product import load
from mkt_lint_security.readers.values import WrongFormError

_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|(?P<odd>//[^\n]*|/\*.*?\*/)', re.DOTALL)
_LAST_COMMA = re.compile(r'"(?:[^"\\\n]|\\.)*"|(?P<odd>,(?=\s*[}\]]))')


def read(source: Source, context: ReadContext, formats: Sequence[Format]) -> Iterator[Settings | Unreadable]:
    """One document of all that the formats find; or what is wrong; or nothing.

    Args:
        formats: Those that the file is likely of, at least one.
    """
    decoded = decode(source.data)
    if isinstance(decoded, Unreadable):
        text = source.data.decode("utf-8", "replace")
        if any(_is_plainly(known, text) for known in formats):
            yield decoded
        return
    text, encoding = decoded
    found = _found(text, formats)
    if isinstance(found, Unreadable):
        yield found
    elif found:
        yield Settings(
            source.path,
            text,
            context.config,
            tuple(sorted((item for item in found if isinstance(item, PasswordPolicy)), key=lambda item: item.span)),
            switches=tuple(item for item in found if isinstance(item, SendingSwitch)),
            retention=tuple(item for item in found if isinstance(item, RetentionPeriod)),
            encoding=encoding,
        )


def _found(text: str, formats: Sequence[Format]) -> list[Any] | Unreadable:
    """What the formats find, or what is wrong with the first that finds a fault."""
    trees: dict[str, Any] = {}
    found: list[Any] = []
    for known in formats:
        if known.syntax not in trees:
            trees[known.syntax] = _PARSERS[known.syntax](text)
        tree = trees[known.syntax]
        if isinstance(tree, SyntaxProblem):
            if _is_plainly(known, text):
                return Unreadable(tree.message, tree.line, tree.column)
            continue
        try:
            for root in tree if isinstance(tree, tuple) else (tree,):
                found += load(known.target)(root)
        except WrongFormError as wrong:
            if not wrong.is_prose or known.syntax not in ("json", "yaml"):
                return wrong.problem
    return found


def _is_plainly(known: Format, text: str) -> bool:
    """Whether a file that cannot be parsed is of a format without doubt."""
    return known.strict if isinstance(known.strict, bool) else re.search(known.strict, text) is not None


def _json(text: str) -> Any:
    """JSON, or what several products take for it: with comments and trailing commas."""
    tree = parse_json(text)
    if isinstance(tree, SyntaxProblem):
        lenient = parse_json(_LAST_COMMA.sub(_blanked, _COMMENT.sub(_blanked, text)))
        return tree if isinstance(lenient, SyntaxProblem) else lenient
    return tree


def _blanked(found: re.Match[str]) -> str:
    """What is odd as so many spaces, so that all the rest stays where it is."""
    return re.sub(r"[^\n]", " ", found[0]) if found["odd"] else found[0]


_PARSERS: dict[str, Callable[[str], Any]] = {
    "json": _json,
    "yaml": parse_yaml_documents,
    "toml": parse_toml,
    "hcl": parse_hcl,
    "python": parse_python,
    "xml": parse_xml,
    "ini": parse_ini,
    "lines": parse_words,
    "ldif": parse_ldif,
    "csharp": lambda text: parse_code(text, "csharp"),
    "php": lambda text: parse_code(text, "php"),
    "ruby": lambda text: parse_code(text, "ruby"),
    "html": lambda text: parse_tags(text, ("input", "form")),
}
