"""Syntax trees of the formats that settings are written in, with the position of every key and value.

All data formats come out in one shape, `Node`; source code of programs comes out as `Code`. The parsers are imported
when they are first called: most runs need none of them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mkt_lint._syntax.node import Node, NodeKind, Scalar, SyntaxProblem

if TYPE_CHECKING:
    from mkt_lint._syntax.code_parser import Code, Language

__all__ = [
    "Node", "NodeKind", "Scalar", "SyntaxProblem", "parse_code", "parse_hcl", "parse_ini", "parse_json", "parse_ldif",
    "parse_python", "parse_tags", "parse_toml", "parse_words", "parse_xml", "parse_yaml", "parse_yaml_documents",
]  # fmt: skip


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


def parse_yaml_documents(text: str) -> tuple[Node, ...] | SyntaxProblem:
    """The trees of all documents of a YAML 1.1 stream, at least one; the rest as for `parse_yaml`.

    The bound on what aliases repeat holds for all of them together. Paths in the second begin with `[1]`.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import yaml_parser

    return yaml_parser.parse_documents(text)


def parse_hcl(text: str) -> Node | SyntaxProblem:
    """The tree of a file in HCL, the language of Terraform.

    A block with labels stands below them, `resource.aws_iam_account_password_policy.main`; one without is an item of
    an array. What Terraform computes has the tag `expression`.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import hcl_parser

    return hcl_parser.parse(text)


def parse_xml(text: str) -> Node | SyntaxProblem:
    """The tree of an XML document, namespaces left out; one that declares entities is a problem.

    An element is an object: `@name` is an attribute, `#text` the text without the space around it, and `name` an array
    of the elements of that name.

    Args:
        text: Its XML declaration is ignored; a byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import xml_parser

    return xml_parser.parse(text)


def parse_python(text: str) -> Node | SyntaxProblem:
    """What a Python module assigns to names at its top level.

    Lists, dictionaries and constants come out as they are; all else has the tag `expression`, also what is assigned
    below an `if`, and what is added to.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import python_parser

    return python_parser.parse(text)


def parse_ini(text: str) -> Node:
    """The settings of a file with lines `key = value` or `key`, and sections; all values are strings.

    What is no such line is passed over. `#` and `;` begin comments, at a line's start or behind white space.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import line_parser

    return line_parser.parse_ini(text)


def parse_ldif(text: str) -> Node:
    """The records of an LDIF file, an array of objects: attributes in lower case, of each the first value, a string.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import line_parser

    return line_parser.parse_ldif(text)


def parse_words(text: str) -> Node:
    """The lines of a text, an array of arrays of words, as a file of `/etc/pam.d` has them.

    White space parts words, but not inside brackets; of a word `key=value` the node
    is the value. `#` begins a comment, and a backslash at a line's end continues
    the line. Lines without words are left out.

    Args:
        text: A byte order mark at its start is allowed.
    """
    from mkt_lint._syntax import line_parser

    return line_parser.parse_words(text)


def parse_tags(text: str, names: Collection[str]) -> Node:
    """The start tags of a page or a template, an array of objects with the attributes, names in lower case.

    Args:
        text: A byte order mark at its start is allowed.
        names: Of the elements, in lower case; others are passed over.
    """
    from mkt_lint._syntax import tag_parser

    return tag_parser.parse(text, names)


def parse_code(text: str, language: Language) -> Code:
    """The syntax tree of a program, as tree-sitter's grammar has it; what it does not understand is passed over.

    Args:
        text: A byte order mark at its start is allowed.
        language: `csharp`, `php` or `ruby`.
    """
    from mkt_lint._syntax import code_parser

    return code_parser.parse(text, language)
