"""Annotations for GitHub Actions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkt_lint._model import Severity, Span
from mkt_lint._report import Report
from mkt_lint._reporters.github import report
from mkt_lint._reporters.reference import Style

if TYPE_CHECKING:
    from reporters.conftest import Samples


def lines(of: Report) -> list[str]:
    return list(report(of, Style()))


def test_errors_come_first_and_tables_show_their_first_cell(samples: type[Samples]) -> None:
    assert lines(samples.report(checkout=samples.checkout)) == [
        (
            "::error file=marketing/templates/welcome.html,line=12,endLine=12,col=13,endColumn=16,"
            "title=EML102 unsubscribe-dead::The unsubscribe link leads nowhere: “#”. Everyone must be able to object, "
            "in every message. Put the platform's tag there, such as {{ unsubscribe }}.\n"
        ),
        (
            "::warning file=marketing/exports/crm.csv,line=2,endLine=2,col=12,endColumn=22,"
            "title=CRM401 retention-exceeded::Prospects kept longer than the CNIL's reference of three years, last "
            "contact before 2023-11-21: 1,204. The reference counts from the last contact that came from the prospect "
            "(last_contact_at or last_click_at). Delete them or ask them whether they want to stay, starting with "
            "“Last contact”.\n"
        ),
        (
            "::notice file=marketing/realm.json,line=4,endLine=4,col=30,endColumn=39,"
            "title=SEC101 password-too-short::Keycloak accepts passwords of 6 characters. The CNIL recommends 12 "
            "characters at least when nothing else protects the account. Raise the minimum length.\n"
        ),
    ]


def test_outside_a_checkout_paths_are_those_of_the_working_directory(samples: type[Samples]) -> None:
    assert lines(samples.report())[0].startswith("::error file=templates/welcome.html,line=12,")


def test_columns_are_left_out_where_there_are_several_lines(samples: type[Samples]) -> None:
    found = replace(samples.template, span=Span(3, 5, 4, 2))
    assert lines(samples.report(findings=(found,)))[0].startswith(
        "::error file=templates/welcome.html,line=3,endLine=4,title=EML102 unsubscribe-dead::The"
    )


def test_lines_of_a_part_are_told_in_words(samples: type[Samples]) -> None:
    assert lines(samples.report(findings=(samples.in_part,)))[0].startswith(
        "::error file=sent/mail.eml,line=1,title=EML102 unsubscribe-dead::text/html part, line 12, column 13: The"
    )


def test_no_input_can_make_a_command(samples: type[Samples]) -> None:
    found = replace(
        samples.template,
        path="a,line=9:%\r\n::error::b.html",
        arguments={"target": "100%\r\n::set-output name=x::y"},
    )
    (text,) = lines(samples.report(findings=(found,)))
    assert text.startswith("::error file=a%2Cline=9%3A%25%0D%0A%3A%3Aerror%3A%3Ab.html,line=12,")
    assert "nowhere: 100%25%0D%0A::set-output name=x::y. Everyone" in text
    assert text.count("\n") == 1
    assert "\r" not in text


def test_ten_of_a_level_then_how_many_more(samples: type[Samples]) -> None:
    errors = [replace(samples.template, span=Span(line, 1, line, 2)) for line in range(1, 13)]
    warnings = [replace(samples.template, severity=Severity.WARNING) for _ in range(11)]
    notes = [replace(samples.template, severity=Severity.NOTE) for _ in range(10)]
    printed = lines(samples.report(findings=(*notes, *errors, *warnings)))
    commands = [line.partition(" ")[0] for line in printed[:-1]]
    assert commands == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert [f",line={number},endLine" in printed[number - 1] for number in range(1, 11)] == [True] * 10
    assert printed[-1] == (
        "Not annotated, since GitHub shows 10 of a level for each step: 2 more errors, 1 more warning.\n"
    )


def test_nothing_found_is_nothing_printed(samples: type[Samples]) -> None:
    assert lines(samples.report(findings=())) == []
