"""Syntax trees of TOML, JSON and YAML in one shape, with the position of every key and value.

The parsers are imported when they are first called: most runs need none of them.
"""

from __future__ import annotations

from mkt_lint._syntax.node import Node, NodeKind, Scalar, SyntaxProblem

__all__ = ["Node", "NodeKind", "Scalar", "SyntaxProblem", "parse_json", "parse_toml", "parse_yaml"]


def parse_toml(text: str) -> Node | SyntaxProblem:
    """The tree of a TOML 1.0 document.

    Dotted keys, `[tables]`, `[[arrays of tables]]` and inline tables come out as one merged tree. The span of a table
    with a header is the header, of a table that only dotted keys or sub-tables imply, the part of the key that names
    it; of an array of tables, its first header.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import toml_parser

    return toml_parser.parse(text)


def parse_json(text: str) -> Node | SyntaxProblem:
    """The tree of a JSON document (RFC 8259: no comments, no `NaN`).

    Objects and arrays are read when their members or items are first asked for, so that a large file costs little
    more than its validation. Of members of the same name the last one holds; the others are in `overridden`.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import json_parser

    return json_parser.parse(text)


def parse_yaml(text: str) -> Node | SyntaxProblem:
    """The tree of a YAML 1.1 stream that holds one document; an empty stream is a null.

    Aliases and merge keys (`<<`) are followed: what an alias stands for has the alias's span, and inside it the spans
    of the anchored text. A stream with several documents, an alias inside its own anchor, and aliases that multiply
    beyond 100,000 nodes are problems. Of members of the same name the last one holds; the others are in `overridden`.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import yaml_parser

    return yaml_parser.parse(text)
