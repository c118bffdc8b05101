"""Reports to print, made by hand: every kind of outcome once, under rules of three packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mkt_lint._fields import F, Header
from mkt_lint._model import (
    Confidence,
    Edit,
    Excerpt,
    Failure,
    Finding,
    Fix,
    Kind,
    Message,
    Reference,
    Related,
    Severity,
    Silence,
    Span,
    Term,
    Undecided,
)
from mkt_lint._report import Checkout, DocumentInfo, OffendingRow, PluginInfo, Report
from mkt_lint._rule import RuleMetadata

CNIL = Reference(
    "CNIL", "2021-131", "https://www.cnil.fr/reference", "FR", "2021-09-23", "Framework on commercial management"
)
PASSWORDS = Reference("CNIL", "2022-100", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046432885", "FR")
CPCE = Reference("France", "CPCE L34-5", "https://www.legifrance.gouv.fr/l34-5", "FR", "2020-07-26")

KEPT = Message(
    what="Prospects kept longer than the CNIL's reference of three years, last contact before {cutoff}: {count}.",
    why="The reference counts from the last contact that came from the prospect ({fields}).",
    todo="Delete them or ask them whether they want to stay, starting with {column}.",
)
DEAD = Message(
    what="The unsubscribe link leads nowhere: {target}.",
    why="Everyone must be able to object, in every message.",
    todo="Put the platform's tag there, such as {{ unsubscribe }}.",
    severity="error",
)
PLAIN = Message(what="There is no unsubscribe link.", why="Everyone must be able to object.", todo="Add one.")
INCLUDE = Message(
    what="The template includes {path}, which is not under a template root.",
    why="The unsubscribe link may be there.",
    todo="Add its folder to `roots` under `[templates]`.",
)
SHORT = Message(
    what="{product} accepts passwords of {length} characters.",
    why="The CNIL recommends 12 characters at least when nothing else protects the account.",
    todo="Raise the minimum length.",
    severity="note",
)


def rule(
    code: str, name: str, kind: Kind, plugin: str, messages: dict[str, Message], *texts: Reference
) -> RuleMetadata:
    return RuleMetadata(
        code=code,
        name=name,
        class_name="".join(word.capitalize() for word in name.split("-")),
        plugin=plugin,
        kind=kind,
        summary=f"Summary of {name}.",
        documentation=f"Summary of {name}.\n\n## Why\n\nThe law says so,\nsince long.\n\n## When not to use it\n\nNo.",
        confidence=Confidence.HIGH,
        references=texts,
        jurisdictions=("FR",),
        since="0.1.0",
        status="stable",
        replaced_by=None,
        messages=messages,
    )


RULES = (
    rule("CRM401", "retention-exceeded", Kind.TABLE, "crm", {"kept": KEPT}, CNIL),
    rule("EML102", "unsubscribe-dead", Kind.TEMPLATE, "email", {"dead": DEAD, "include": INCLUDE}, CPCE),
    rule("SEC101", "password-too-short", Kind.SETTINGS, "security", {"short": SHORT}, PASSWORDS, CNIL),
)

PLUGINS = (
    PluginInfo("crm", "0.1.0", "mkt-lint", "mkt_lint_crm", ("mkt_lint_rules",), ("CRM401",)),
    PluginInfo("email", "0.1.0", "mkt-lint", "mkt_lint_email", ("mkt_lint_rules",), ("EML102",)),
)

DOCUMENTS = (
    DocumentInfo("exports/crm.csv", Kind.TABLE, "utf-8", records=20, records_checked=19, records_reported=1),
    DocumentInfo("realm.json", Kind.SETTINGS, "utf-8"),
    DocumentInfo("templates/welcome.html", Kind.TEMPLATE, "utf-8", purpose="marketing"),
)

TABLE = Finding(
    path="exports/crm.csv",
    part=None,
    kind=Kind.TABLE,
    span=Span(1, 12, 1, 24),
    code="CRM401",
    name="retention-exceeded",
    confidence=Confidence.HIGH,
    message_id="kept",
    message=KEPT,
    arguments={
        "cutoff": date(2023, 11, 21),
        "count": 1204,
        "column": Header("Last contact", 2),
        "fields": (F.LAST_CONTACT_AT, F.LAST_CLICK_AT),
    },
    references=(CNIL,),
    fingerprint="v1:" + "1" * 32,
    count=1204,
    related=(Related(Span(2, 12, 2, 22)), Related(Span(5, 12, 5, 22)), Related(Span(9, 12, 9, 22))),
    severity=Severity.WARNING,
)

TEMPLATE = Finding(
    path="templates/welcome.html",
    part=None,
    kind=Kind.TEMPLATE,
    span=Span(12, 13, 12, 16),
    code="EML102",
    name="unsubscribe-dead",
    confidence=Confidence.HIGH,
    message_id="dead",
    message=DEAD,
    arguments={"target": "“#”"},
    references=(CPCE,),
    fingerprint="v1:" + "2" * 32,
    line_hash="db746deafc64b2:1",
    related=(Related(Span(3, 1, 3, 7), "Hidden by this element."),),
    fix=Fix("Put Mailchimp's tag there.", (Edit(Span(12, 14, 12, 15), "*|UNSUB|*"),), safe=True),
    excerpt=Excerpt(12, 1, '    <a href="#">Unsubscribe</a>'),
    snippet='"#"',
    severity=Severity.ERROR,
)

SETTINGS = Finding(
    path="realm.json",
    part=None,
    kind=Kind.SETTINGS,
    span=Span(4, 30, 4, 39),
    code="SEC101",
    name="password-too-short",
    confidence=Confidence.MEDIUM,
    message_id="short",
    message=SHORT,
    arguments={"product": Term("Keycloak"), "length": 6},
    references=(PASSWORDS, CNIL),
    fingerprint="v1:" + "3" * 32,
    line_hash="91ac3:2",
    excerpt=Excerpt(4, 30, "length(6)"),
    snippet="length(6)",
    severity=Severity.NOTE,
)

UNDECIDED = Undecided(
    path="templates/offer.html",
    part=None,
    kind=Kind.TEMPLATE,
    span=Span(3, 1, 3, 28),
    code="EML102",
    name="unsubscribe-dead",
    confidence=Confidence.HIGH,
    message_id="include",
    message=INCLUDE,
    arguments={"path": "“footer.html”"},
    references=(CPCE,),
    fingerprint="v1:" + "4" * 32,
    line_hash="77:1",
    excerpt=Excerpt(3, 1, '{% include "footer.html" %}'),
    snippet='{% include "footer.html" %}',
)

IN_PART = replace(TEMPLATE, path="sent/mail.eml", part="text/html part", line_hash=None, fingerprint="v1:" + "5" * 32)

UNREADABLE = Failure(
    path="exports/old.csv", line=3, column=7, message="not a table: expected one of , ; tab | between the columns"
)
NO_SUCH_FILE = Failure(path="absent.html", message="cannot be read: no such file or directory")
BROKEN_PLUGIN = Failure(
    plugin="acme",
    message="plugin 'acme' (acme-pack 1.2, entry point acme_pack): cannot be loaded: ImportError: no acme",
)
BROKEN_RULE = Failure(
    path="exports/crm.csv",
    plugin="crm",
    code="CRM401",
    message="plugin 'crm' (mkt-lint 0.1.0, entry point mkt_lint_crm): CRM401 raised KeyError; the other rules went on",
)
INTERNAL = Failure(message="a worker process died, perhaps for want of memory; try --jobs 1")

CHECKOUT = Checkout("/home/ci/mails", "marketing/", "https://github.com/acme/mails.git", "4f" * 20, "main")


class Samples:
    """The pieces above, and whole reports made of them."""

    table = TABLE
    template = TEMPLATE
    settings = SETTINGS
    undecided = UNDECIDED
    in_part = IN_PART
    unreadable = UNREADABLE
    no_such_file = NO_SUCH_FILE
    broken_plugin = BROKEN_PLUGIN
    broken_rule = BROKEN_RULE
    internal = INTERNAL
    checkout = CHECKOUT
    documents = DOCUMENTS
    rows = (OffendingRow("exports/crm.csv", 2, 12, "CRM401"), OffendingRow("a,b.csv", 5, 1, "CRM901"))

    @staticmethod
    def report(**changes: Any) -> Report:
        """A report with a finding of each kind and one undecided result."""
        complete: dict[str, Any] = {
            "version": "0.1.0",
            "as_of": date(2026, 11, 21),
            "plugins": PLUGINS,
            "documents": DOCUMENTS,
            "findings": (TABLE, SETTINGS, TEMPLATE),
            "undecided": (UNDECIDED,),
            "failures": (),
            "rules": RULES,
            "files": 4,
        }
        return Report(**complete | changes)

    @classmethod
    def all(cls) -> dict[str, Report]:
        """Reports of every shape that a run can give, by name."""
        suppressed = (
            replace(TABLE, suppressed=Silence("Being cleaned, until March.", in_source=False)),
            replace(UNDECIDED, suppressed=Silence("Known.", in_source=True)),
        )
        return {
            "full": cls.report(checkout=CHECKOUT),
            "no-checkout": cls.report(),
            "no-arguments": cls.report(
                rules=(RULES[1]._replace(messages={"dead": PLAIN}),),
                findings=(replace(TEMPLATE, message=PLAIN, arguments={}),),
                undecided=(),
            ),
            "no-remote": cls.report(checkout=CHECKOUT._replace(uri=None, prefix="")),
            "no-commit": cls.report(checkout=CHECKOUT._replace(revision=None)),
            "empty": cls.report(documents=(), findings=(), undecided=(), rules=(), plugins=(), files=0),
            "clean": cls.report(findings=(), undecided=(), checkout=CHECKOUT),
            "undecided": cls.report(findings=(), checkout=CHECKOUT),
            "unreadable": cls.report(failures=(NO_SUCH_FILE, UNREADABLE), checkout=CHECKOUT),
            "broken-plugin": cls.report(failures=(BROKEN_PLUGIN,), checkout=CHECKOUT),
            "broken-rule": cls.report(failures=(BROKEN_RULE,), checkout=CHECKOUT),
            "internal": cls.report(failures=(INTERNAL,), checkout=CHECKOUT),
            "suppressed": cls.report(suppressed=suppressed, checkout=CHECKOUT),
            "suppressed-reported": cls.report(suppressed=suppressed, report_suppressed=True, checkout=CHECKOUT),
            "category": cls.report(category="mails", checkout=CHECKOUT),
            "part": cls.report(findings=(IN_PART,), checkout=CHECKOUT),
            "odd-names": cls.report(
                findings=(
                    replace(TEMPLATE, path="à faire/100%: #1?.html"),
                    replace(TEMPLATE, path="a:b.html", span=Span(1, 1, 1, 1), snippet=""),
                    replace(TEMPLATE, path="caf\udce9.html", fix=None),
                    replace(TEMPLATE, path="../other/a.html"),
                ),
                checkout=CHECKOUT,
            ),
        }


@pytest.fixture
def samples() -> type[Samples]:
    return Samples
