"""Tests of a rule pack: its case folders, and the examples on its rules' pages, through the whole linter.

The whole test file of a pack, with pytest:

```python
from pathlib import Path

import pytest
from mkt_lint.testing import Check, checks


@pytest.mark.parametrize("check", checks("acme", Path(__file__).parent / "rules"), ids=str)
def test_pack(check: Check) -> None:
    check()
```

Any other framework will do: a check is called without arguments, and raises `AssertionError` where it fails.

**Case folders.** Each rule has a folder, `rules/acm101_source_retired/` for `ACM101`, `source-retired`. In it are files
to lint, byte for byte, in `good/`, `bad/` and `undecided/`; what templates include, in `includes/`; and `cases.toml`,
which has an entry for every file:

```toml
[bad."retired.csv"]
why = "A sentence: what the case shows."
config = { rules = { ACM101 = { codes = ["OLD"] } } }  # of mkt-lint.toml; may be left out
as-of = 2026-01-31                                     # the day of the run; may be left out

[[bad."retired.csv".findings]]                         # `undecided` for what the rule cannot tell
span = [1, 7, 1, 13]                                   # line, column, end line, end column
severity = "warning"                                   # of findings alone
message_id = "retired"
count = 2                                              # of table findings; 1 if left out
related = [[2, 15], [3, 15]]                           # line and column, and the message if it has one
path = "mkt-lint.toml"                                 # the case's own file if left out
code = "ACM102"                                        # the folder's rule if left out
message = "What, why and what to do, in full."
fix = { description = "Do it.", safe = true, edits = [[1, 7, 1, 13, "new"]] }  # of a finding that has one
```

A file is linted alone, as on the command line. Only the folder's rule is on, unless `config` has a `select`; a preview
rule, or one of a jurisdiction that is off by default, is switched on. A good case finds nothing, a bad one has
findings, an undecided one has none but an undecided result. Every message of the rule is shown by a case.

A case shows something of the rule: the rule is on, and a good case is neither empty nor silenced by a comment or an
`[[ignore]]` table. A safe fix is applied; the rule must not say the same again.

**Examples.** A fence of a page names a language, which is the file's ending, and a verdict; then, if need be, the
configuration as an inline table of TOML: ```` ```html bad {platform = "mailjet"} ````. What is bad yields findings of
the rule, what is good yields nothing; no fence is left out.

**Exceptions.** Where a rule raises, the check shows the exception's text, which the linter itself never does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from mkt_lint import _core, _plugins
from mkt_lint._config.spelling import suggestion
from mkt_lint._reporters.text import failure_line
from mkt_lint.testing._cases import read_cases
from mkt_lint.testing._check import Check, Subject
from mkt_lint.testing._pages import (
    example_problems,
    examples,
    message_problems,
    name_problems,
    page_problems,
    reference_problems,
)

__all__ = ["Check", "checks"]

AS_OF = date(2026, 11, 21)
"""The day of a run that says nothing else: results must not change with the calendar."""


def checks(pack: str, cases: str | os.PathLike[str], *, as_of: date = AS_OF) -> list[Check]:
    """All checks of a rule pack; none is run yet.

    Args:
        pack: The name of its entry point in the group `mkt_lint`.
        cases: The folder that holds a folder for each rule.
        as_of: The day of the run, for examples and for cases without `as-of`.

    Returns:
        For each rule that is not deprecated: its name, page, messages, references and case folder; each example of its
        page; each of its cases. And whether the case folders are those of the rules.

    Raises:
        ValueError: the pack is not installed, cannot be loaded or has no rules, or there is no such folder.
    """
    subjects = _subjects(pack, as_of)
    folder = Path(cases)
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder}; it holds a folder for each rule of the pack")
    found = [Check(f"{pack}/folders", str(folder), partial(_folder_problems, folder, subjects))]
    for subject in subjects:
        found += _of_rule(subject, folder / subject.folder_name)
    return found


def _subjects(pack: str, as_of: date) -> list[Subject]:
    host = _plugins.load()
    known = {_core.NAME, *_plugins.available_names()}
    if pack not in known:
        hint = suggestion(pack, known, "installed are")
        raise ValueError(f"there is no rule pack {pack!r}{hint}")
    loaded = [
        Subject(host, reference, rule, as_of)
        for reference in host.rules
        if host.owner(reference.code) == pack and (rule := host.rule_class(reference)) is not None
    ]
    _ = host.vocabulary, host.platforms  # called here, since nothing else may call them
    if failures := [failure for failure in host.failures if failure.plugin == pack]:
        raise ValueError("\n".join(map(failure_line, failures)))
    if not loaded:
        raise ValueError(f"the rule pack {pack!r} has no rules; they are what its hook mkt_lint_rules returns")
    return [subject for subject in loaded if subject.rule.status != "deprecated"]


def _folder_problems(folder: Path, subjects: list[Subject]) -> Iterator[str]:
    wanted = {subject.folder_name: subject for subject in subjects}
    present = {item.name for item in folder.iterdir() if item.is_dir() and item.name[0] not in "._"}
    for name in sorted(wanted.keys() - present):
        yield f"{wanted[name].reference.code} has no folder {name} with its cases"
    for name in sorted(present - wanted.keys()):
        yield f"{name} is the folder of no rule{suggestion(name, sorted(wanted.keys() - present))}"


def _of_rule(subject: Subject, folder: Path) -> Iterator[Check]:
    code, target = subject.reference.code, subject.reference.target
    yield Check(f"{code}/name", target, partial(name_problems, subject))
    yield Check(f"{code}/page", target, partial(page_problems, subject))
    yield Check(f"{code}/messages", target, partial(message_problems, subject))
    yield Check(f"{code}/references", target, partial(reference_problems, subject))
    for number, example in enumerate(examples(subject.page), 1):
        name = f"{code}/example-{number}-{example.verdict}"
        yield Check(name, target, partial(example_problems, subject, example))
    if not folder.is_dir():
        return
    cases, problems = read_cases(subject, folder)
    yield Check(f"{code}/cases", str(folder), lambda: problems)
    for case in cases:
        yield Check(f"{code}/{case.verdict}/{case.name}", str(case.file), partial(case.problems, subject))
