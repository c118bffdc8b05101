"""The configuration: every key with its type, its default and what it does.

These classes are the schema. What they say is checked when a file is read, printed by `mkt-lint config schema` and
shown in the documentation. A field that is annotated with `Help` is a key of the file.
"""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from mkt_lint._config.constraints import AtLeast, FieldName, GlobSyntax, NotBlank, NotEmpty, RuleName, SelectorOf
from mkt_lint._config.globs import EVERYTHING, matches
from mkt_lint._config.requirement import Requirement
from mkt_lint._model import SeverityName
from mkt_lint._named import NamedTuple

if TYPE_CHECKING:
    from mkt_lint._config.document import Origin

FailOn: TypeAlias = Literal["error", "warning", "note", "undecided", "never"]
Jurisdiction: TypeAlias = Literal["FR", "DE", "IT", "GB", "US", "CA", "bulk-senders"]
Audience: TypeAlias = Literal["consumers", "professionals", "mixed"]

Glob: TypeAlias = Annotated[str, GlobSyntax()]
Globs: TypeAlias = tuple[Glob, ...]
Selector: TypeAlias = Annotated[str, SelectorOf()]
FieldKey: TypeAlias = Annotated[str, FieldName()]

DEFAULT_EXCLUDE = (
    ".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache",
    "__pycache__", "node_modules", "site-packages",
)  # fmt: skip


class Help(NamedTuple):
    """What a key does; it makes a field a key of the configuration file."""

    text: str
    adds: bool = False
    """Whether lists of several layers are joined, rather than the upper one taking the lower one's place."""


class RunConfig(NamedTuple):
    """What holds for the whole run: from the configuration nearest the working directory."""

    fail_on: Annotated[
        FailOn,
        Help(
            "The least that makes the exit status 1: a severity, `undecided` (also what a rule could not "
            "tell) or `never`."
        ),
    ] = "warning"
    jobs: Annotated[int, AtLeast(0), Help("Processors to use; 0 for all.")] = 0
    required_plugins: Annotated[
        tuple[Requirement, ...], Help("Rule packs that must be in use, such as `acme` or `acme>=1.2`.")
    ] = ()

    @property
    def processors(self) -> int:
        """How many processors to use, where the command line does not say."""
        return self.jobs or os.cpu_count() or 1


class WalkConfig(NamedTuple):
    """Which files of a folder are left out when it is walked."""

    origin: Path | None
    """The configuration file; None where there is none."""
    root: Path
    """The folder that the globs are relative to."""
    exclude: Annotated[
        Globs,
        Help(
            "Files and folders to pass over when a folder is walked: globs as in .gitignore, relative to the "
            "configuration file. Takes the place of the default."
        ),
    ] = DEFAULT_EXCLUDE
    extend_exclude: Annotated[Globs, Help("Further globs, besides those of `exclude`.")] = ()
    respect_gitignore: Annotated[bool, Help("Pass over what .gitignore files name.")] = True

    @property
    def globs(self) -> tuple[str, ...]:
        """All that is excluded."""
        return (*self.exclude, *self.extend_exclude)


class TemplatesConfig(NamedTuple):
    """What templates are for, and where they find each other."""

    roots: Annotated[
        tuple[str, ...], Help("Folders that includes are looked up in, relative to the configuration file.")
    ] = ()
    marketing: Annotated[Globs, Help("Templates of commercial messages.")] = ()
    transactional: Annotated[
        Globs, Help("Templates of messages that a customer's own act calls for: receipts, passwords.")
    ] = ()
    partials: Annotated[Globs, Help("Pieces that other templates include.")] = ()
    pages: Annotated[Globs, Help("Web pages, which are no e-mails.")] = ()
    first_touch: Annotated[
        Globs, Help("Templates of the first message to a person whose data came from elsewhere.")
    ] = ()
    sms: Annotated[Globs, Help("Templates of text messages.")] = ()


class TablesConfig(NamedTuple):
    """What headers and cells mean, before any vocabulary."""

    columns: Annotated[Mapping[str, FieldKey], Help("Header, as in the file, to the name of a field.")] = {}
    values: Annotated[
        Mapping[FieldKey, Mapping[str, str]], Help("Name of a field to cell value to canonical value.")
    ] = {}


class RuleConfig(NamedTuple):
    """One rule's severity and options."""

    severity: Annotated[
        SeverityName | None, Help("Takes the place of the severity of each of the rule's messages.")
    ] = None
    options: Mapping[str, Any] = {}
    """As written, by option name; checked against the rule's `Options` when the rule is loaded."""
    origins: Mapping[str, "Origin"] = {}
    """Where each option was written."""


class Ignore(NamedTuple):
    """Findings of these codes in these files are silenced, until a day if one is given."""

    codes: Annotated[
        tuple[Selector, ...],
        NotEmpty("name a rule, or ALL"),
        Help("Codes, beginnings of codes (`CRM`, `EML1`) or names of rules; `ALL` for all."),
    ]
    reason: Annotated[str, NotBlank(), Help("Why; shown with what is silenced.")]
    files: Annotated[
        Globs,
        NotEmpty("leave it out for all files"),
        Help("Globs as in .gitignore, relative to the configuration file; all files if left out."),
    ] = (EVERYTHING,)
    until: Annotated[date | None, Help("The last day on which it holds.")] = None


class FileConfig(NamedTuple):
    """What holds for one file, after overrides and the command line."""

    origin: Path | None
    """The configuration file; None where there is none."""
    root: Path
    """The folder that globs and template roots are relative to: the configuration file's, else the working one."""
    relative: str
    """The linted file's path from `root`, POSIX; what globs are matched against."""
    select: Annotated[
        tuple[Selector, ...],
        NotEmpty("leave it out for all rules"),
        Help("Only these rules: codes, beginnings of codes (`CRM`, `EML1`) or names. All if left out."),
    ] = ()
    ignore: Annotated[
        tuple[Selector, ...],
        Help(
            "Not these rules, even if selected: codes, beginnings of codes or names. In an override and on "
            "the command line they are added to the others.",
            adds=True,
        ),
    ] = ()
    preview: Annotated[bool, Help("Rules that are not yet stable, too.")] = False
    jurisdictions: Annotated[
        tuple[Jurisdiction, ...],
        Help(
            "Whose law applies; rules of other jurisdictions are off. `bulk-senders`: the rules of the large "
            "mailbox providers."
        ),
    ] = ("FR",)
    audience: Annotated[Audience, Help("Whom the messages and the contacts address.")] = "mixed"
    platform: Annotated[
        str,
        NotBlank(),
        Help("The e-mail platform that fills in the templates; `auto` recognises it by its tags."),
    ] = "auto"
    templates: Annotated[
        TemplatesConfig, Help("What templates are for: globs as in .gitignore, relative to the configuration file.")
    ] = TemplatesConfig()
    tables: Annotated[TablesConfig, Help("What headers and cells of tables mean, before any vocabulary.")] = (
        TablesConfig()
    )
    rules: Annotated[
        Mapping[Annotated[str, RuleName()], RuleConfig], Help("A rule's severity and options, by its code or name.")
    ] = {}
    """By code."""
    ignores: tuple[Ignore, ...] = ()

    def matches(self, globs: tuple[str, ...]) -> bool:
        """Whether one of the globs, as in .gitignore, matches the file."""
        return matches(globs, self.relative)


class CommandLine(NamedTuple):
    """Flags that go before any file; what is empty was not given."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
