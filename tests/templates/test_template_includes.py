"""What a template takes in, and what is never read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mkt_lint._documents.template import Purpose

Read = Callable[..., Any]


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ('{% include "footer.html" %}', "footer.html"),
        ("{%- include 'footer.html' with context -%}", "footer.html"),
        ('{% extends "layouts/base.html" %}', "layouts/base.html"),
        ('{% embed "card.twig" %}{% endembed %}', "card.twig"),
        ("{{ include('footer.html.twig') }}", "footer.html.twig"),
        ('{% from "macros.html" import button %}', "macros.html"),
        ("{% render 'footer' %}", "snippets/footer.liquid"),
        ("{% include footer.html %}", "includes/footer.html"),
        ("{{> footer }}", "partials/footer.hbs"),
        ("{{#> layout }}{{/layout}}", "layout.hbs"),
        ('{{ template "footer.html" . }}', "footer.html"),
        ("<%- include('footer') %>", "footer.ejs"),
        ("<%= render 'shared/footer' %>", "shared/_footer.html.erb"),
        ("<?php include('footer.php'); ?>", "footer.php"),
        ('<#include "footer.ftl">', "footer.ftl"),
        ("@include('emails.footer')", "emails/footer.blade.php"),
        ("<mj-include path='./footer.mjml' />", "footer.mjml"),
        ("<mj-include path='footer' />", "footer.mjml"),
        ("<x-nav.top />", "components/nav/top.html"),
        ("<extends src='layouts/main.html'></extends>", "layouts/main.html"),
        ('<div th:replace="~{fragments/footer :: all}"></div>', "fragments/footer.html"),
    ],
)
def test_names_in_every_language_are_found_next_to_the_file(read: Read, tmp_path: Path, code: str, file: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text("<p>from the include</p>", encoding="utf-8")
    template = read(f"<p>x</p>\n{code}\n")
    (include,) = template.includes
    assert include.problem == ""
    assert include.template.visible_text == "from the include"
    assert include.span.line == 2
    assert [part.visible_text for part in template.all_parts()][1:] == ["from the include"]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ('{% include "missing.html" %}', "was not found under the template roots"),
        ("{% include name %}", "is named by a variable"),
        ("{{> (lookup . 'name') }}", "is named by a variable"),
        ('{% include "/etc/passwd" %}', "is an absolute path; write it relative to a template root"),
        ('{% include "C:/secrets.html" %}', "is an absolute path; write it relative to a template root"),
        ('{% include "../../outside.html" %}', "lies outside the template roots"),
        ('{% include "link.html" %}', "lies outside the template roots"),
        ('{% include "picture.html" %}', "cannot be read as text"),
        ("{{content_blocks.${footer}}}", "the sending platform holds"),
    ],
)
def test_what_cannot_or_must_not_be_read(read: Read, tmp_path: Path, code: str, problem: str) -> None:
    outside = tmp_path.parent / "outside.html"
    outside.write_text("<p>secret</p>", encoding="utf-8")
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "link.html").symlink_to(outside)
    (tmp_path / "mails" / "picture.html").write_bytes(b"\x89PNG\0\0")
    template = read(f"<p>x</p>{code}", "mails/mail.html")
    assert [(include.template, include.problem) for include in template.includes] == [(None, problem)]
    assert [include.problem for _, include in template.unresolved()] == [problem]


@pytest.mark.parametrize(
    "code",
    [
        '{{ define "footer" }}x{{ end }}{{ template "footer" . }}',
        '{{ template "content" . }}',
        "{{> @partial-block }}",
        "{{> body}}",
        '{{#*inline "footer"}}x{{/inline}}{{> footer}}',
        "{% layout none %}",
        "<mj-include path='style.css' type='css' />",
        "{{ includes }}",
    ],
)
def test_what_names_no_file(read: Read, code: str) -> None:
    assert read(f"<p>{code}</p>").includes == ()


def test_roots_come_before_the_folders_above(read: Read, tmp_path: Path) -> None:
    for folder in ("emails", "shared"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "footer.html").write_text(f"<p>{folder}</p>", encoding="utf-8")
    text = '{% include "footer.html" %}'
    assert read(text, "emails/deep/mail.html").includes[0].template.visible_text == "emails"
    assert read(text, "emails/deep/mail.html", roots=("shared",)).includes[0].template.visible_text == "shared"
    assert read(text, "emails/deep/mail.html", roots=("other",)).includes[0].template is None


def test_circles_end(read: Read, tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text('<b>{% include "mail.html" %}{% include "b.html" %}</b>', encoding="utf-8")
    template = read('<p>{% include "b.html" %}</p>')
    parts = list(template.all_parts())
    assert len(parts) == 2
    assert parts[1].includes[0].template is template


def test_a_verdict_does_not_depend_on_who_includes_the_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "part.html").write_text("<td>20% off</td>", encoding="utf-8")
    template = read('<html><body>{% include "part.html" %}</body></html>')
    assert template.includes[0].template.purpose is Purpose.PARTIAL
