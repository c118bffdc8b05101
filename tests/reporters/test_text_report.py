"""The report for eyes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest

from mkt_lint._fields import F
from mkt_lint._model import Excerpt, Failure, Kind, Message, Related, Severity, Silence, Span
from mkt_lint._report import Report
from mkt_lint._reporters.reference import Style
from mkt_lint._reporters.text import failure_line, report

if TYPE_CHECKING:
    from reporters.conftest import Samples


def printed(of: Report, **style: object) -> str:
    return "".join(report(of, Style()._replace(**style)))  # type: ignore[arg-type]  # the fields' types differ


FULL = """\
exports/crm.csv:1:12 warning CRM401 retention-exceeded
  Prospects kept longer than the CNIL's reference of three years, last contact
  before 2023-11-21: 1,204.
  1,204 records, first at lines 2, 5, 9
  why:  The reference counts from the last contact that came from the prospect
        (last_contact_at or last_click_at).
  do:   Delete them or ask them whether they want to stay, starting with “Last
        contact”.

realm.json:4:30 note SEC101 password-too-short
  Keycloak accepts passwords of 6 characters.
    |
  4 | length(6)
    | ^^^^^^^^^
  why:  The CNIL recommends 12 characters at least when nothing else protects
        the account.
  do:   Raise the minimum length.

templates/welcome.html:12:13 error EML102 unsubscribe-dead
  The unsubscribe link leads nowhere: “#”.
     |
  12 |     <a href="#">Unsubscribe</a>
     |             ^^^
  see:  line 3, column 1: Hidden by this element.
  why:  Everyone must be able to object, in every message.
  do:   Put the platform's tag there, such as {{ unsubscribe }}.
  fix:  Put Mailchimp's tag there. (--fix)

What could not be decided

templates/offer.html:3:1 undecided EML102 unsubscribe-dead
  The template includes “footer.html”, which is not under a template root.
    |
  3 | {% include "footer.html" %}
    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  why:  The unsubscribe link may be there.
  do:   Add its folder to `roots` under `[templates]`.

4 files: 1 error, 1 warning, 1 note; 1 undecided; 1 suppressed.
1 problem kept the linter from its work; see the standard error.
To read about a rule: mkt-lint explain EML102
"""


def full(samples: type[Samples]) -> Report:
    return samples.report(
        failures=(samples.unreadable,),
        suppressed=(replace(samples.table, suppressed=Silence("Known.", in_source=True)),),
    )


def test_a_full_page(samples: type[Samples]) -> None:
    assert printed(full(samples)) == FULL


def test_a_sheet_has_rows(samples: type[Samples]) -> None:
    sheet = replace(samples.table, path="crm.xlsx", part="sheet A")
    assert "\n  1,204 records, first at rows 2, 5, 9\n" in printed(samples.report(findings=(sheet,)))
    alone = replace(sheet, count=1, related=sheet.related[:1])
    assert "\n  1 record, at row 2\n" in printed(samples.report(findings=(alone,)))
    header = replace(sheet, count=0, related=(Related(Span(1, 4, 1, 9), "“zone”"),))
    assert "\n  see:  row 1, column 4: “zone”\n" in printed(samples.report(findings=(header,)))


def test_what_a_table_lacks_is_told_in_one_place(samples: type[Samples]) -> None:
    lacks = Message("There is no column for {fields}.", "No record was checked.", "Export it as well.")
    one = replace(
        samples.undecided, kind=Kind.TABLE, path="crm.csv", span=Span(1, 1, 1, 9), code="CRM101",
        name="consent-missing", message=lacks, arguments={"fields": (F.CONSENT_STATUS, F.CONSENT_DATE)},
    )  # fmt: skip
    other = replace(one, code="CRM501", name="access-request-late", arguments={"fields": (F.ACCESS_REQUEST_AT,)})
    elsewhere = replace(other, path="other.csv")
    shown = samples.report(findings=(), undecided=(one, other, elsewhere))
    assert printed(shown, width=70) == (
        "What could not be decided\n\n"
        "crm.csv:1:1 undecided for 2 rules\n"
        "  CRM101 consent-missing: There is no column for consent_status or\n"
        "    consent_date.\n"
        "  CRM501 access-request-late: There is no column for\n"
        "    access_request_at.\n"
        "  why:  No record was checked.\n"
        "  do:   Export it as well.\n\n"
        "other.csv:1:1 undecided CRM501 access-request-late\n"
        "  There is no column for access_request_at.\n"
        "  why:  No record was checked.\n"
        "  do:   Export it as well.\n\n"
        "4 files: nothing found; 3 undecided.\n"
        "To read about a rule: mkt-lint explain CRM101\n"
    )


def test_what_is_suppressed_is_shown_where_it_is_asked_for(samples: type[Samples]) -> None:
    suppressed = (
        replace(samples.template, suppressed=Silence("The mailer fills it in.", in_source=True)),
        replace(samples.undecided, suppressed=Silence("", in_source=False)),
    )
    shown = samples.report(findings=(), undecided=(), suppressed=suppressed, report_suppressed=True)
    assert printed(shown) == (
        "What is suppressed\n\n"
        "templates/welcome.html:12:13 error EML102 unsubscribe-dead\n"
        "  The unsubscribe link leads nowhere: “#”.\n"
        "  comment: The mailer fills it in.\n\n"
        "templates/offer.html:3:1 undecided EML102 unsubscribe-dead\n"
        "  The template includes “footer.html”, which is not under a template root.\n"
        "  configuration: (no reason)\n\n"
        "4 files: nothing found; 2 suppressed.\n"
    )
    assert printed(shown._replace(report_suppressed=False)) == "4 files: nothing found; 2 suppressed.\n"


def test_colours_change_nothing_but_colours(samples: type[Samples]) -> None:
    coloured = printed(full(samples), colour=True)
    assert click.unstyle(coloured) == FULL
    assert f"{click.style('error', fg='red', bold=True)} " in coloured
    assert "\x1b" not in printed(full(samples))


@pytest.mark.parametrize(("asked", "got"), [(20, 60), (60, 60), (100, 100), (500, 160)])
def test_the_width_has_bounds(samples: type[Samples], asked: int, got: int) -> None:
    words = replace(samples.template, arguments={"target": "word " * 200}, excerpt=Excerpt(12, 1, "x" * 500))
    lines = printed(samples.report(findings=(words,)), width=asked).splitlines()
    assert max(map(len, lines)) <= got
    assert max(map(len, lines)) > got - 6


def test_quiet_is_a_line_for_each_outcome(samples: type[Samples]) -> None:
    assert printed(full(samples), quiet=True) == (
        "exports/crm.csv:1:12: warning CRM401 retention-exceeded: Prospects kept longer than the CNIL's reference of "
        "three years, last contact before 2023-11-21: 1,204.\n"
        "realm.json:4:30: note SEC101 password-too-short: Keycloak accepts passwords of 6 characters.\n"
        "templates/welcome.html:12:13: error EML102 unsubscribe-dead: The unsubscribe link leads nowhere: “#”.\n"
        "templates/offer.html:3:1: undecided EML102 unsubscribe-dead: The template includes “footer.html”, which is "
        "not under a template root.\n"
    )


def test_verbose_tells_the_files_and_the_texts(samples: type[Samples]) -> None:
    text = printed(full(samples), verbose=True)
    assert text.startswith(
        "Files\n\n"
        "  exports/crm.csv: table, utf-8, 20 records, 19 checked, 1 malformed\n"
        "  realm.json: settings, utf-8\n"
        "  templates/welcome.html: template (marketing), utf-8\n\n"
        "exports/crm.csv:1:12 warning"
    )
    assert "\n  text: France CPCE L34-5 https://www.legifrance.gouv.fr/l34-5\n" in text


@pytest.mark.parametrize(
    ("count", "lines", "told"),
    [
        (1, (2,), "  1 record, at line 2\n"),
        (2, (2, 2), "  2 records, at line 2\n"),
        (3, (2, 5, 9), "  3 records, at lines 2, 5, 9\n"),
        (4, (2, 5, 9), "  4 records, first at lines 2, 5, 9\n"),
        (12345, (), "  12,345 records\n"),
    ],
)
def test_records_of_a_table(samples: type[Samples], count: int, lines: tuple[int, ...], told: str) -> None:
    related = tuple(Related(Span(line, 1, line, 2)) for line in lines)
    text = printed(samples.report(findings=(replace(samples.table, count=count, related=related),)))
    assert told in text


def test_lines_of_a_part_name_the_part(samples: type[Samples]) -> None:
    text = printed(samples.report(findings=(samples.in_part,)))
    assert text.startswith("sent/mail.eml [text/html part]:12:13 error EML102 unsubscribe-dead\n")


def test_a_mark_over_several_lines_goes_to_the_end_of_the_first(samples: type[Samples]) -> None:
    found = replace(samples.template, span=Span(2, 3, 4, 2), excerpt=Excerpt(2, 1, "  <a\tb"))
    assert "\n  2 |   <a    b\n    |   ^^^^^^^\n" in printed(samples.report(findings=(found,)))


def test_nothing_of_a_file_steers_the_terminal(samples: type[Samples]) -> None:
    found = replace(
        samples.template,
        path="a\x1b]0;x\x07\nb\udce9.html",
        arguments={"target": "\x1b[2J\u202e\nerror"},
        excerpt=Excerpt(12, 1, '<a href="\x1b[31m\u202e">'),
    )
    for quiet in (False, True):
        text = printed(samples.report(findings=(found,)), quiet=quiet, verbose=True)
        text.encode()
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
        assert "a\\x1b]0;x\\x07\\nb\\xe9.html:12:13" in text
        assert "\\x1b[2J\\u202e\\nerror" in text


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("clean", "4 files: nothing found.\n"),
        ("undecided", "4 files: nothing found; 1 undecided.\nTo read about a rule: mkt-lint explain EML102\n"),
        (
            "empty",
            "No file was linted.\nName templates, CSV exports or settings, or folders that hold some.\n",
        ),
    ],
)
def test_the_last_lines(samples: type[Samples], name: str, end: str) -> None:
    assert printed(samples.all()[name]).endswith(end)


def test_numbers_of_the_last_line(samples: type[Samples]) -> None:
    errors = [replace(samples.template, severity=Severity.ERROR)] * 1200
    failures = (samples.unreadable, samples.no_such_file)
    assert printed(samples.report(findings=tuple(errors), undecided=(), files=1, failures=failures)).endswith(
        "\n1 file: 1,200 errors.\n2 problems kept the linter from its work; see the standard error.\n"
        "To read about a rule: mkt-lint explain EML102\n"
    )


def test_a_broken_run_does_not_look_clean(samples: type[Samples]) -> None:
    failed = samples.report(findings=(), undecided=(), files=2, failures=(samples.unreadable,))
    assert printed(failed) == (
        "2 files: nothing found in what could be linted.\n"
        "1 problem kept the linter from its work; see the standard error.\n"
    )


def test_failures_are_one_line_each(samples: type[Samples]) -> None:
    assert failure_line(samples.unreadable) == (
        "mkt-lint: error: exports/old.csv:3:7: not a table: expected one of , ; tab | between the columns"
    )
    assert failure_line(samples.no_such_file) == (
        "mkt-lint: error: absent.html: cannot be read: no such file or directory"
    )
    assert failure_line(samples.broken_plugin) == (
        "mkt-lint: error: plugin 'acme' (acme-pack 1.2, entry point acme_pack): cannot be loaded: ImportError: no acme"
    )
    assert failure_line(samples.broken_rule) == (
        "mkt-lint: error: exports/crm.csv: plugin 'crm' (mkt-lint 0.1.0, entry point mkt_lint_crm): "
        "CRM401 raised KeyError; the other rules went on"
    )
    assert failure_line(Failure(path="a\x1b\n.html", line=2, message="b\r\nc")) == (
        "mkt-lint: error: a\\x1b\\n.html:2: b\\r\\nc"
    )
