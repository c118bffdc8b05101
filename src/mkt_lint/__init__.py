"""The public API of mkt-lint: all that a rule pack may import.

Names are imported when they are first asked for, so that `mkt-lint --version` loads no parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from mkt_lint._documents.settings import CharacterClass as CharacterClass
    from mkt_lint._documents.settings import Lockout as Lockout
    from mkt_lint._documents.settings import PasswordPolicy as PasswordPolicy
    from mkt_lint._documents.settings import RetentionPeriod as RetentionPeriod
    from mkt_lint._documents.settings import SendingSwitch as SendingSwitch
    from mkt_lint._documents.settings import Setting as Setting
    from mkt_lint._documents.settings import Settings as Settings
    from mkt_lint._documents.table import Column as Column
    from mkt_lint._documents.table import Defect as Defect
    from mkt_lint._documents.table import Table as Table
    from mkt_lint._documents.table import normalise_header as normalise_header
    from mkt_lint._documents.template import Attribute as Attribute
    from mkt_lint._documents.template import Element as Element
    from mkt_lint._documents.template import IncludeProblem as IncludeProblem
    from mkt_lint._documents.template import Purpose as Purpose
    from mkt_lint._documents.template import Template as Template
    from mkt_lint._facts import ColumnAlias as ColumnAlias
    from mkt_lint._facts import FileAlias as FileAlias
    from mkt_lint._facts import HeaderPhrase as HeaderPhrase
    from mkt_lint._facts import Platform as Platform
    from mkt_lint._facts import Vocabulary as Vocabulary
    from mkt_lint._fields import F as F
    from mkt_lint._fields import Field as Field
    from mkt_lint._fields import Header as Header
    from mkt_lint._hookspecs import hookimpl as hookimpl
    from mkt_lint._model import Confidence as Confidence
    from mkt_lint._model import Edit as Edit
    from mkt_lint._model import Fix as Fix
    from mkt_lint._model import Kind as Kind
    from mkt_lint._model import Message as Message
    from mkt_lint._model import Reference as Reference
    from mkt_lint._model import Related as Related
    from mkt_lint._model import Severity as Severity
    from mkt_lint._model import Span as Span
    from mkt_lint._model import Term as Term
    from mkt_lint._model import Verdict as Verdict
    from mkt_lint._options import Period as Period
    from mkt_lint._options import RuleOptions as RuleOptions
    from mkt_lint._options import option as option
    from mkt_lint._report import Report as Report
    from mkt_lint._reporters.reference import ReporterReference as ReporterReference
    from mkt_lint._reporters.reference import Style as Style
    from mkt_lint._rule import AnyOf as AnyOf
    from mkt_lint._rule import Landmark as Landmark
    from mkt_lint._rule import Rule as Rule
    from mkt_lint._rule import RuleReference as RuleReference
    from mkt_lint._rule import SettingsRule as SettingsRule
    from mkt_lint._rule import TableRule as TableRule
    from mkt_lint._rule import TemplateRule as TemplateRule
    from mkt_lint._rule import rules_in as rules_in
    from mkt_lint._source import ReadContext as ReadContext
    from mkt_lint._source import Reader as Reader
    from mkt_lint._source import ReaderReference as ReaderReference
    from mkt_lint._source import Source as Source
    from mkt_lint._source import Unreadable as Unreadable
    from mkt_lint._syntax import Node as Node
    from mkt_lint._syntax import SyntaxProblem as SyntaxProblem
    from mkt_lint._syntax import parse_code as parse_code
    from mkt_lint._syntax import parse_hcl as parse_hcl
    from mkt_lint._syntax import parse_ini as parse_ini
    from mkt_lint._syntax import parse_json as parse_json
    from mkt_lint._syntax import parse_ldif as parse_ldif
    from mkt_lint._syntax import parse_python as parse_python
    from mkt_lint._syntax import parse_tags as parse_tags
    from mkt_lint._syntax import parse_toml as parse_toml
    from mkt_lint._syntax import parse_words as parse_words
    from mkt_lint._syntax import parse_xml as parse_xml
    from mkt_lint._syntax import parse_yaml as parse_yaml
    from mkt_lint._syntax import parse_yaml_documents as parse_yaml_documents
    from mkt_lint._syntax.code_parser import Code as Code
    from mkt_lint._table_checks import AmbiguousDates as AmbiguousDates
    from mkt_lint._table_checks import Groups as Groups
    from mkt_lint._table_checks import MalformedRecords as MalformedRecords
    from mkt_lint._table_checks import Rows as Rows
    from mkt_lint._table_checks import TableCheck as TableCheck

_PUBLIC = {
    "mkt_lint._documents.settings": (
        "CharacterClass", "Lockout", "PasswordPolicy", "RetentionPeriod", "SendingSwitch", "Setting", "Settings",
    ),
    "mkt_lint._documents.table": ("Column", "Defect", "Table", "normalise_header"),
    "mkt_lint._documents.template": ("Attribute", "Element", "IncludeProblem", "Purpose", "Template"),
    "mkt_lint._facts": ("ColumnAlias", "FileAlias", "HeaderPhrase", "Platform", "Vocabulary"),
    "mkt_lint._fields": ("F", "Field", "Header"),
    "mkt_lint._hookspecs": ("hookimpl",),
    "mkt_lint._model": (
        "Confidence", "Edit", "Fix", "Kind", "Message", "Reference", "Related", "Severity",
        "Span", "Term", "Verdict",
    ),
    "mkt_lint._options": ("Period", "RuleOptions", "option"),
    "mkt_lint._report": ("Report",),
    "mkt_lint._reporters.reference": ("ReporterReference", "Style"),
    "mkt_lint._rule": (
        "AnyOf", "Landmark", "Rule", "RuleReference", "SettingsRule", "TableRule", "TemplateRule", "rules_in",
    ),
    "mkt_lint._source": ("ReadContext", "Reader", "ReaderReference", "Source", "Unreadable"),
    "mkt_lint._syntax": (
        "Node", "SyntaxProblem", "parse_code", "parse_hcl", "parse_ini", "parse_json", "parse_ldif", "parse_python",
        "parse_tags", "parse_toml", "parse_words", "parse_xml", "parse_yaml", "parse_yaml_documents",
    ),
    "mkt_lint._syntax.code_parser": ("Code",),
    "mkt_lint._table_checks": ("AmbiguousDates", "Groups", "MalformedRecords", "Rows", "TableCheck"),
}  # fmt: skip

_HOMES = {name: module for module, names in _PUBLIC.items() for name in names}

__all__ = ["__version__", *sorted(_HOMES)]  # noqa: PLE0604  # the names are strings


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return __all__
