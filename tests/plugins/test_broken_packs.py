"""A broken rule pack ends in exit status 2 and one line on stderr, and takes no other pack's findings with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import Run, write

DEAD_LINK = '<html><body><table><tr><td>{{ x }} <a href="#">Unsubscribe</a></td></tr></table></body></html>\n'
OTHERS_FINDING = ("mail.html", 1, 45, "EML102")

IMPORTS_NOTHING = "import no_such_module\n"
WRONG_SIGNATURE = """
    from mkt_lint import hookimpl

    @hookimpl
    def mkt_lint_rules(config):
        return []
"""
MISSPELT = """
    from mkt_lint import hookimpl

    @hookimpl
    def mkt_lint_rulez():
        return []
"""
UNMARKED = """
    def mkt_lint_rules():
        return []
"""
RAISES = """
    from mkt_lint import hookimpl

    @hookimpl
    def mkt_lint_rules():
        raise RuntimeError("no licence\\nfor this machine")
"""
RAISES_HALFWAY = """
    from mkt_lint import Kind, RuleReference, hookimpl

    @hookimpl
    def mkt_lint_rules():
        yield RuleReference("ACM101", "first", Kind.TEMPLATE, "acme:First")
        raise RuntimeError("no licence")
"""
WRONG_TYPE = """
    from mkt_lint import hookimpl

    @hookimpl
    def mkt_lint_rules():
        return ["ACM101"]
"""
NOT_A_LIST = """
    from mkt_lint import hookimpl

    @hookimpl
    def mkt_lint_rules():
        return 7
"""
DUPLICATE_CODE = """
    from mkt_lint import Kind, RuleReference, hookimpl

    @hookimpl
    def mkt_lint_rules():
        return [RuleReference("EML102", "another", Kind.TEMPLATE, "acme:Another")]
"""
DUPLICATE_NAME = """
    from mkt_lint import Kind, RuleReference, hookimpl

    @hookimpl
    def mkt_lint_rules():
        return [RuleReference("ACM102", "unsubscribe-dead", Kind.TEMPLATE, "acme:Another")]
"""
NO_SUCH_RULE = """
    from mkt_lint import Kind, RuleReference, hookimpl

    @hookimpl
    def mkt_lint_rules():
        return [RuleReference("ACM101", "first", Kind.TEMPLATE, "acme:First")]
"""
EXITS = "raise SystemExit(0)\n"
RAISING_RULE = """
    from mkt_lint import Kind, Message, RuleReference, TemplateRule, hookimpl

    class First(TemplateRule):
        '''Raises on one document.'''
        confidence = "high"
        purposes = frozenset({"marketing", "transactional", "partial", "page"})
        messages = {"seen": Message("Seen.", "", "")}

        def check(self, template):
            if template.path == "mail.html":
                raise ValueError("the mail says {{ x }}")
            yield self.finding("seen", at=template.body_span)

    @hookimpl
    def mkt_lint_rules():
        return [RuleReference("ACM101", "first", Kind.TEMPLATE, "acme:First")]
"""
BROKEN_RULE = """
    from mkt_lint import Kind, Message, Purpose, RuleReference, Span, TemplateRule, Verdict, hookimpl

    class First(TemplateRule):
        '''Breaks what is agreed of rules.'''
        confidence = "high"
        purposes = frozenset(Purpose)
        messages = {"seen": Message("Seen {times} times.", "", "")}
        CHANGED

    @hookimpl
    def mkt_lint_rules():
        return [RuleReference("ACM101", "first", Kind.TEMPLATE, "acme:First")]
"""
BROKEN_TABLE_RULE = """
    import polars as pl
    from mkt_lint import F, Kind, Message, Rows, RuleReference, TableRule, hookimpl

    class First(TableRule):
        '''Breaks what is agreed of rules.'''
        confidence = "high"
        messages = {"seen": Message("Seen {times}: {count} in {column}.", "", "")}
        CHANGED

    @hookimpl
    def mkt_lint_rules():
        return [RuleReference("ACM101", "first", Kind.TABLE, "acme:First")]
"""
BROKEN_READER = """
    from mkt_lint import Kind, Reader, ReaderReference, Unreadable, hookimpl

    class Odd(Reader):
        kind = Kind.TEMPLATE
        CHANGED

    @hookimpl
    def mkt_lint_readers():
        return [ReaderReference("odd", Kind.TEMPLATE, ("*.html",), "acme:Odd")]
"""
PERSON = "jeanne@example.com"
TABLE = f"email,status\n{PERSON},prospect\ntoo,many,cells\n"

WHO = "mkt-lint: error: plugin 'acme' (acme-pack 1.2, entry point acme): "


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (IMPORTS_NOTHING, "cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
        (EXITS, "cannot be loaded: SystemExit: 0"),
        (
            WRONG_SIGNATURE,
            "cannot be loaded: PluginValidationError: Plugin 'acme' for hook 'mkt_lint_rules' hookimpl definition: ",
        ),
        (MISSPELT, "cannot be loaded: PluginValidationError: unknown hook 'mkt_lint_rulez' in plugin <module 'acme'"),
        (UNMARKED, "cannot be loaded: ValueError: mkt_lint_rules is not marked with @mkt_lint.hookimpl"),
        (RAISES, "mkt_lint_rules: RuntimeError: no licence for this machine"),
        (RAISES_HALFWAY, "mkt_lint_rules: RuntimeError: no licence"),
        (WRONG_TYPE, "mkt_lint_rules: TypeError: returned str, not RuleReference"),
        (NOT_A_LIST, "mkt_lint_rules: TypeError: returned int, not a list of RuleReference"),
        (
            DUPLICATE_CODE,
            "EML102 another is already taken by EML102 unsubscribe-dead of plugin 'email' (mkt-lint ",
        ),
        (
            DUPLICATE_NAME,
            "ACM102 unsubscribe-dead is already taken by EML102 unsubscribe-dead of plugin 'email' (mkt-lint ",
        ),
        (NO_SUCH_RULE, "cannot load ACM101 from acme:First: AttributeError: module 'acme' has no attribute 'First'"),
        (RAISING_RULE, "ACM101 raised ValueError; the other rules went on"),
    ],
)  # fmt: skip
def test_broken_pack(source: str, problem: str, run: Run, install: Callable[..., None], project: Path) -> None:
    install("acme-pack", "1.2", {"acme": "acme"}, acme=source)
    write(project, {"mail.html": DEAD_LINK})

    done = run("check", "-f", "json", "mail.html")

    assert done.status == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].replace("mail.html: ", "").startswith(WHO + problem)
    found = [(item["path"], item["line"], item["column"], item["code"]) for item in done.json["findings"]]
    assert OTHERS_FINDING in found
    assert [error["plugin"] for error in done.json["errors"]] == ["acme"]
    assert "Traceback" not in done.stderr


def test_debug_shows_where_but_not_what(run: Run, install: Callable[..., None], project: Path) -> None:
    install("acme-pack", "1.2", {"acme": "acme"}, acme=RAISING_RULE)
    write(project, {"mail.html": DEAD_LINK})

    done = run("check", "--debug", "-f", "json", "mail.html")

    assert 'acme.py", line 12, in check' in done.stderr
    assert done.stderr.rstrip().endswith("ValueError")
    assert "the mail says {{ x }}" not in done.stderr.replace('raise ValueError("the mail says {{ x }}")', "")


def test_other_documents_of_a_raising_rule_go_on(run: Run, install: Callable[..., None], project: Path) -> None:
    install("acme-pack", "1.2", {"acme": "acme"}, acme=RAISING_RULE)
    write(project, {"mail.html": DEAD_LINK, "other.html": DEAD_LINK})

    done = run("check", "-f", "json", "--select", "ACM101", ".")

    assert done.status == 2
    assert [(item["path"], item["message"]) for item in done.json["findings"]] == [("other.html", "Seen.")]


def _check(body: str) -> str:
    return f"def check(self, document): {body}"


@pytest.mark.parametrize(
    ("source", "changed", "problem"),
    [
        (BROKEN_RULE, _check("yield self.finding('nope', at=document.body_span)"), "ACM101 raised KeyError"),
        (BROKEN_RULE, _check("yield self.finding('seen', at=document.body_span)"), "ACM101 raised ValueError"),
        (BROKEN_RULE, _check("yield self.undecided('seen', at=document.body_span)"), "ACM101 raised ValueError"),
        (BROKEN_RULE, _check("yield Verdict('nope', document.body_span)"), "ACM101 raised ValueError"),
        (BROKEN_RULE, _check("yield Verdict('needs', document.body_span, {'fields': 1})"), "ACM101 raised ValueError"),
        (BROKEN_RULE, _check("yield Verdict('seen', document.body_span, {'times': []})"), "ACM101 raised TypeError"),
        (BROKEN_RULE, _check("yield 'rubbish'"), "ACM101 raised TypeError"),
        (BROKEN_RULE, _check("return None"), "ACM101 raised TypeError"),
        (BROKEN_RULE, _check("return self.finding('seen', at=document.body_span, times=1)"), "ACM101 raised TypeError"),
        (
            BROKEN_RULE,
            _check("yield self.finding('seen', at=Span(900, 1, 900, 2), times=1)"),
            "ACM101 raised IndexError",
        ),
        (BROKEN_RULE, _check("yield self.finding('seen', at=Span(0, 0, 0, 0), times=1)"), "ACM101 raised ValueError"),
        (BROKEN_RULE, _check("yield self.finding('seen', at=Span(1, 9, 1, 2), times=1)"), "ACM101 raised ValueError"),
        (BROKEN_RULE, _check("yield self.finding('seen', at=Span(1, 1, 1, 999), times=1)"), "ACM101 raised IndexError"),
        (BROKEN_RULE, _check("yield self.finding('seen', at=Span(1, 1, 99, 1), times=1)"), "ACM101 raised IndexError"),
        (
            BROKEN_RULE,
            _check("yield self.finding('seen', at=document.body_span, times=1, related=('x',))"),
            "ACM101 raised TypeError",
        ),
        (BROKEN_RULE, _check("raise SystemExit(0)"), "ACM101 raised SystemExit"),
        (BROKEN_RULE, "", "cannot load ACM101 from acme:First: TypeError: has no method `check`"),
        (
            BROKEN_RULE,
            f"confidence = 'sure'; {_check('yield')}".replace("; ", "\n        "),
            "cannot load ACM101 from acme:First: ValueError: `confidence` must be one of high, medium, low",
        ),
        (
            BROKEN_RULE,
            f"messages = {{'seen': Message('', '', '', 'fatal')}}\n        {_check('yield')}",
            "cannot load ACM101 from acme:First: ValueError: `severity` must be one of error, warning, note",
        ),
        (
            BROKEN_RULE,
            f"jurisdictions = ['FR']\n        {_check('yield')}",
            "cannot load ACM101 from acme:First: TypeError: `jurisdictions` must be a frozenset of strings",
        ),
        (
            BROKEN_RULE,
            f"references = ('GDPR',)\n        {_check('yield')}",
            "cannot load ACM101 from acme:First: TypeError: `references` must be a tuple of Reference",
        ),
        (
            BROKEN_TABLE_RULE,
            _check("yield Rows(document.text(F.EMAIL).is_not_null(), at=(F.EMAIL,), message='seen')"),
            "ACM101 raised ValueError",
        ),
        (
            BROKEN_TABLE_RULE,
            _check("yield Rows(document.text(F.EMAIL) + 1, at=(F.EMAIL,), message='seen', times=1)"),
            "ACM101 raised InvalidOperationError",
        ),
        (BROKEN_TABLE_RULE, _check("raise SystemExit(0)"), "ACM101 raised SystemExit"),
        (
            BROKEN_TABLE_RULE,
            f"needs = F.EMAIL\n        {_check('yield')}",
            "cannot load ACM101 from acme:First: TypeError: `needs` must be a tuple of fields and AnyOf",
        ),
        (
            BROKEN_TABLE_RULE,
            f"about = ('phone',)\n        {_check('yield')}",
            "cannot load ACM101 from acme:First: TypeError: `about` must be a tuple of fields and AnyOf",
        ),
        (BROKEN_READER, "def read(self, source, context): return None", "the reader 'odd' raised TypeError"),
        (
            BROKEN_READER,
            "def read(self, source, context): raise ValueError(source.data)",
            "the reader 'odd' raised Value",
        ),
        (BROKEN_READER, "def read(self, source, context): yield None", "the reader 'odd' raised TypeError"),
        (BROKEN_READER, "def read(self, source, context): yield 'rubbish'", "the reader 'odd' raised TypeError"),
        (BROKEN_READER, "def read(self, source, context): yield Unreadable(7)", "the reader 'odd' raised TypeError"),
        (BROKEN_READER, "def read(self, source, context): raise SystemExit(0)", "the reader 'odd' raised SystemExit"),
        (
            BROKEN_READER,
            "recognises = None\n        def read(self, source, context): yield",
            "the reader 'odd' raised TypeError",
        ),
    ],
)
def test_what_a_pack_hands_over_is_checked(
    source: str, changed: str, problem: str, run: Run, install: Callable[..., None], project: Path
) -> None:
    install("acme-pack", "1.2", {"acme": "acme"}, acme=source.replace("CHANGED", changed))
    write(project, {"mail.html": DEAD_LINK, "people.csv": TABLE})

    done = run("check", "--debug", "-f", "json", "-f", "sarif:report.sarif", "-f", "text:report.txt", ".")

    assert done.status == 2
    first, *frames = done.stderr.splitlines()
    assert first.replace("mail.html: ", "").replace("people.csv: ", "").startswith(WHO + problem)
    assert not [line for line in frames if line.startswith("mkt-lint")]
    assert PERSON not in done.stderr
    found = [(item["path"], item["line"], item["column"], item["code"]) for item in done.json["findings"]]
    assert OTHERS_FINDING in found
    assert ("people.csv", 3, 10, "CRM901") in found
    assert [error["plugin"] for error in done.json["errors"]] == ["acme"]
    assert {file.name for file in project.iterdir()} >= {"report.sarif", "report.txt"}


@pytest.mark.parametrize(
    ("hook", "value", "problem"),
    [
        (
            "platforms",
            "[Platform('acme', unsubscribe='@@u@@')]",
            "TypeError: the tags of acme must be tuples of strings",
        ),
        ("vocabulary", "Vocabulary(('x',))", "TypeError: the columns must be a tuple of ColumnAlias"),
        ("vocabulary", "Vocabulary((), {F.STATUS: 'x'})", "TypeError: the values must be a dict by Field of dicts"),
        (
            "vocabulary",
            "Vocabulary((ColumnAlias('x', F.EMAIL, beside=('y',)),))",
            "TypeError: beside must be a frozenset of strings",
        ),
        ("vocabulary", "Vocabulary(files=('x',))", "TypeError: the files must be a tuple of FileAlias"),
        (
            "vocabulary",
            "Vocabulary(files=(FileAlias('x', 'email', 'y'),))",
            "TypeError: a FileAlias must have a string, a Field and a string",
        ),
        (
            "vocabulary",
            "Vocabulary(files=(FileAlias('x', F.EMAIL, 'y', ('z',)),))",
            "TypeError: headers must be a frozenset of strings",
        ),
        ("vocabulary", "Vocabulary(words={'x': 1})", "TypeError: the words must be a dict of strings"),
        ("vocabulary", "Vocabulary(phrases=('x',))", "TypeError: the phrases must be a tuple of HeaderPhrase"),
        (
            "vocabulary",
            "Vocabulary(phrases=(HeaderPhrase(F.EMAIL, ('x',)),))",
            "TypeError: a HeaderPhrase must have a Field and frozensets of strings",
        ),
        (
            "vocabulary",
            "Vocabulary(implied={F.STATUS: {'x': {'email': 'y'}}})",
            "TypeError: implied must be a dict by Field of dicts by canonical value",
        ),
        ("rules", "[RuleReference('ACM101', 'x', 'templat', 'acme:X')]", "TypeError: the kind must be a Kind"),
        ("rules", "[RuleReference(7, 'x', Kind.TABLE, 'acme:X')]", "TypeError: code, name and target must be strings"),
        (
            "rules",
            "[RuleReference('acm1', 'x', Kind.TABLE, 'acme:X')]",
            "ValueError: 'acm1', 'x' is not a code such as",
        ),
        (
            "readers",
            "[ReaderReference('x', Kind.TABLE, '*.html', 'acme:X')]",
            "TypeError: the patterns must be a tuple",
        ),
        ("reporters", "[ReporterReference('a:b', '', 'acme:x')]", "ValueError: 'a:b' is no name of a format; write"),
        ("reporters", "[ReporterReference('a', '', 'acme:x', None)]", "TypeError: the needs must be a frozenset"),
    ],
)
def test_what_hooks_give_is_checked(
    hook: str, value: str, problem: str, run: Run, install: Callable[..., None], project: Path
) -> None:
    names = "ColumnAlias, F, FileAlias, HeaderPhrase, Kind, Platform, ReaderReference, ReporterReference, RuleReference"
    source = f"from mkt_lint import {names}, Vocabulary, hookimpl\n\n@hookimpl\ndef mkt_lint_{hook}(): return {value}\n"
    install("acme-pack", "1.2", {"acme": "acme"}, acme=source)
    write(project, {"mail.html": DEAD_LINK, "people.csv": TABLE})

    done = run("check", "-f", "json")

    assert done.status == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"{WHO}mkt_lint_{hook}: {problem}")
    assert OTHERS_FINDING in [(f["path"], f["line"], f["column"], f["code"]) for f in done.json["findings"]]


def test_an_unknown_format_is_told_with_the_pack_that_would_have_brought_it(
    run: Run, install: Callable[..., None], project: Path
) -> None:
    install("acme-pack", "1.2", {"acme": "acme"}, acme=IMPORTS_NOTHING)
    done = run("check", "-f", "acme")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{WHO}cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'",
        "mkt-lint: error: --format acme: there is no format 'acme'; known are github, json, rows, sarif, text",
    ]


def test_a_format_that_exits_is_broken(run: Run, install: Callable[..., None], project: Path) -> None:
    source = """
        from mkt_lint import ReporterReference, hookimpl

        def report(report, style):
            raise SystemExit(0)

        @hookimpl
        def mkt_lint_reporters():
            return [ReporterReference("acme", "Exits.", "acme:report")]
    """
    install("acme-pack", "1.2", {"acme": "acme"}, acme=source)
    write(project, {"mail.html": DEAD_LINK})
    done = run("check", "-f", "acme:report.acme", "-f", "json")
    assert (done.status, done.stderr) == (2, f"{WHO}the format 'acme' raised SystemExit\n")
    assert done.json["summary"]["findings"] > 0
