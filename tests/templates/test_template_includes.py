"""What a template takes in, and what is never read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
        ("{% include ['footer.html', 'other.html'] %}", "footer.html"),
        ('{% use "blocks.twig" %}', "blocks.twig"),
        ('{% include "/footer.html" %}', "footer.html"),
        ("{{< layout}}{{/layout}}", "layout.mustache"),
        ('{{ partial "footer.html" . }}', "partials/footer.html"),
        ("{{- template `footer.html` . -}}", "footer.html"),
        ("<% include footer %>", "footer.ejs"),
        ('<%@ include file="footer.jsp" %>', "footer.jsp"),
        ("<?php $a = 1; require_once __DIR__ . '/parts/footer.php'; ?>", "parts/footer.php"),
        ("<? include 'footer.php' ?>", "footer.php"),
        ('<!--#include virtual="/footer.html" -->', "footer.html"),
        ("@@include('./footer.html')", "footer.html"),
        ("<component src='footer.html'></component>", "footer.html"),
        ("{% render 'footer' %}", "snippets/footer.liquid"),
        ("{% include footer.html %}", "includes/footer.html"),
        ("{{> latestPosts}}", "partials/latest-posts.hbs"),
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
        ('{% include "mails/footer.html" %}', "templates/mails/footer.html"),
        ('{include file="footer.tpl"}', "footer.tpl"),
        ("[{include file='parts/footer.tpl' a=$b}]", "parts/footer.tpl"),
        ('{extends file="file:base.tpl"}', "base.tpl"),
        ('<%inherit file="base.html"/>', "base.html"),
        ('<%include file="footer.html" args="a=1"/>', "footer.html"),
        ("<%namespace name='a' file='macros.html'/>", "macros.html"),
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
        ("{{ snippets.footer }}", "the sending platform holds"),
        ('{{{ snippet "Footer" }}}', "the sending platform holds"),
        ('{% include "parts/" ~ name %}', "is named by a variable"),
        ('{% include "parts/"|add:name %}', "is named by a variable"),
        ("<?php include $footer; ?>", "is named by a variable"),
        ("<?php include 'parts/' . $name; ?>", "is named by a variable"),
        ("<x-shop::message></x-shop::message>", "comes with a package"),
        ("@component('shop::button')", "comes with a package"),
        ('{% extends "mail.html" %}', "comes with a package"),
        ('{extends file="parent:base.tpl"}', "comes with a package"),
        ('{include file="$parts/footer.tpl"}', "is named by a variable"),
        ("{include file=$footer}", "is named by a variable"),
        ('{% include "../../../nowhere/outside.html" %}', "lies outside the template roots"),
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
        '{% include "missing.html" ignore missing %}',
        "@includeIf('missing')",
        "<x-slot name='header'></x-slot>",
        "{% block footer %}{% endblock %}",
        '{{include file="footer.tpl"}}',
    ],
)
def test_what_names_no_file(read: Read, code: str) -> None:
    assert read(f"<p>{code}</p>").includes == ()


@pytest.mark.parametrize("code", ["<x-mail::message></x-mail::message>", "@component('mail::message')"])
def test_a_frame_that_laravel_brings_is_read_where_it_is_published(read: Read, tmp_path: Path, code: str) -> None:
    name = "resources/views/emails/mail.blade.php"
    assert read(f"<p>x</p>{code}", name).includes == ()
    published = tmp_path / "resources/views/vendor/mail/html"
    published.mkdir(parents=True)
    (published / "message.blade.php").write_text("<p>{{ $slot }}</p>", encoding="utf-8")
    [include] = read(f"<p>x</p>{code}", name).includes
    assert include.template.path.endswith("resources/views/vendor/mail/html/message.blade.php")


@pytest.mark.parametrize("folder", ["_layouts", "_includes", "layouts"])
@pytest.mark.parametrize("name", ["news", "'news'", "news.html"])
def test_front_matter_names_a_layout(read: Read, tmp_path: Path, folder: str, name: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "news.html").write_text("<center>{{ content }}<p>foot</p></center>", encoding="utf-8")
    template = read(f"---\ntitle: May\nlayout: {name}\n---\n<h1>20% off</h1>", "mails/may.html")
    [include] = template.includes
    assert (Path(include.template.path).resolve(), include.span.line) == (tmp_path / folder / "news.html", 3)
    assert include.span.column == 9 + name.startswith("'")
    assert template.purpose is Purpose.MARKETING
    assert template.visible_text == "20% off"


@pytest.mark.parametrize("front", ["layout: false", "layout: null", "layout:", "  layout: news", "title: layout: news"])
def test_front_matter_without_a_layout(read: Read, front: str) -> None:
    assert read(f"---\n{front}\n---\n<h1>20% off</h1>").includes == ()


def test_a_page_that_panini_builds_stands_in_the_default_layout(read: Read, tmp_path: Path) -> None:
    text = "<container><h1>20% off</h1></container>"
    assert read(text, "src/pages/may.html").includes == ()
    (tmp_path / "src/layouts").mkdir(parents=True)
    (tmp_path / "src/layouts/default.html").write_text("<html><body>{{> body}}</body></html>", encoding="utf-8")
    template = read(text, "src/pages/may.html")
    [include] = template.includes
    assert Path(include.template.path).resolve() == tmp_path / "src/layouts/default.html"
    assert template.purpose is Purpose.MARKETING
    for name, other in (("src/mails/may.html", text), ("src/pages/may.html", f"<html>{text}</html>")):
        assert read(other, name).includes == ()


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


def included(template: Any) -> list[str]:
    return [part.visible_text for part in template.all_parts()][1:]


@pytest.mark.parametrize(
    ("child", "rest"),
    [
        (
            "{% block footer %}mine{% endblock %}",
            "{% block body %}b{% endblock %} {% block footer %} {% endblock %} out",
        ),
        (
            "{% block footer %}mine {{ super() }}{% endblock %}",
            "{% block body %}b{% endblock %} {% block footer %}<a>out</a>{% endblock %} out",
        ),
        (
            "{% block footer %}{{ block.super }}{% endblock %}{%- block body -%}{%- endblock body -%}",
            "{% block body %} {% endblock %} {% block footer %}<a>out</a>{% endblock %} out",
        ),
        ("{% block title 'x' %}", "{% block body %}b{% endblock %} {% block footer %}<a>out</a>{% endblock %} out"),
    ],
)
def test_what_a_child_puts_in_its_parents_block_takes_its_place(
    read: Read, tmp_path: Path, child: str, rest: str
) -> None:
    parent = "<body>{% block body %}b{% endblock %}\n{% block footer %}<a>out</a>{% endblock %}\nout</body>"
    (tmp_path / "base.html").write_text(parent, encoding="utf-8")
    template = read(f'{{% extends "base.html" %}}{child}')
    assert included(template) == [" ".join(re.sub("<[^>]*>", " ", rest).split())]
    (base,) = template.includes
    assert base.template.text.count("\n") == 2
    assert [element.tag for element in base.template.elements] == (["body", "a"] if "<a>" in rest else ["body"])


def test_what_a_grandchild_overrides_is_not_in_the_grandparent(read: Read, tmp_path: Path) -> None:
    (tmp_path / "top.html").write_text("<p>{% block a %}A{% endblock %}{% block b %}B{% endblock %}</p>")
    (tmp_path / "middle.html").write_text("{% extends 'top.html' %}{% block b %}<i>C</i>{% endblock %}")
    template = read("{% extends 'middle.html' %}{% block a %}D{% endblock %}")
    top = list(template.all_parts())[-1]
    assert top.path.endswith("top.html")
    assert [code.text for code in top.codes] == [
        "{% block a %}", "{% endblock %}", "{% block b %}", "{% endblock %}",
    ]  # fmt: skip
    assert "A" not in top.visible_text.replace("{% block a %}", "")
    assert "B" not in top.visible_text


def test_blocks_of_what_is_embedded_are_not_those_of_the_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "card.twig").write_text("<i>{% block a %}card{% endblock %}</i>", encoding="utf-8")
    (tmp_path / "base.twig").write_text("<b>{% block a %}base{% endblock %}</b>", encoding="utf-8")
    template = read(
        '{% extends "base.twig" %}{% block c %}{% embed "card.twig" %}{% block a %}x{% endblock %}{% endembed %}'
        "{% endblock %}"
    )
    base, card = (include.template for include in template.includes)
    assert ("base" in base.visible_text, "card" in card.visible_text) == (True, False)


def test_maizzle_blocks(read: Read, tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text('<body><block name="a">old</block><block name="b">kept</block></body>')
    template = read('<extends src="main.html"><block name="a">new</block><block name="b" type="append">x</block>')
    assert included(template) == ["kept"]


@pytest.mark.parametrize(
    ("child", "rest"),
    [
        ("@section('a')\nmine\n@endsection", "a: b: B c: C"),
        ("@section('b')mine @stop @section(\"c\") too @endsection", "a: A b: c:"),
        ("@section('b')mine @parent @endsection", "a: A b: B c: C"),
        ("@section('b') mine @append", "a: A b: B c: C"),
        ("@section('b', 'mine')", "a: A b: c: C"),
        ("{{-- @section('b') --}}", "a: A b: B c: C"),
    ],
)
def test_sections_of_blade(read: Read, tmp_path: Path, child: str, rest: str) -> None:
    parent = "<body>a: @section('a') A @show b: @section('b') B @show c: @section('c') C @show</body>"
    (tmp_path / "base.blade.php").write_text(parent, encoding="utf-8")
    (seen,) = included(read(f"@extends('base')\n{child}", "mail.blade.php"))
    assert " ".join(re.sub(r"@\w+(\([^)]*\))?", " ", seen).split()) == rest


@pytest.mark.parametrize(
    ("child", "links"),
    [
        ('{{#> base}}{{#*inline "footer"}}<i>mine</i>{{/inline}}{{/base}}', ["side"]),
        ("{{#> base}}{{#*inline 'side'}}<i>mine</i>{{/inline}}{{/base}}", ["out"]),
        ("{{#> base}}<p>mine</p>{{/base}}", ["out", "side"]),
    ],
)
def test_inline_partials_of_handlebars(read: Read, tmp_path: Path, child: str, links: list[str]) -> None:
    (tmp_path / "base.hbs").write_text(
        "<body>{{> @partial-block}}{{#> footer}}<a>out</a>{{/footer}}{{> side}}</body>", encoding="utf-8"
    )
    (tmp_path / "side.hbs").write_text("<a>side</a>", encoding="utf-8")
    template = read(child, "mail.hbs")
    found = [element.text for part in template.all_parts() for element in part.elements if element.tag == "a"]
    assert sorted(found) == links
    assert list(template.unresolved()) == []


def test_a_default_needs_no_file_and_a_layout_does(read: Read) -> None:
    assert read("<body>{{#> footer}}<a>out</a>{{/footer}}</body>", "base.hbs").includes == ()
    (include,) = read("{{#> top}}<p>x</p>{{/top}}", "mail.hbs").includes
    assert (include.name, include.problem) == ("top", "was not found under the template roots")


def test_definitions_of_go_in_another_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('{{ define "other" }}<p>no</p>{{ end }}', encoding="utf-8")
    (tmp_path / "base.html").write_text(
        '{{ define "header" }}<p>head</p>{{ end }}\n{{ define "footer" }}<p>{{ if x }}foot{{ end }}</p>{{ end }}<i>',
        encoding="utf-8",
    )
    template = read('{{ template "footer" . }}')
    (include,) = template.includes
    assert include.template.path.endswith("base.html")
    assert [(element.tag, element.span.line) for element in include.template.elements] == [("p", 2)]
    assert include.template.visible_text == "{{ if x }} foot {{ end }}".replace(" foot ", "foot")


def test_files_that_include_themselves_are_told(read: Read, tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text('{% include "c.html" %}', encoding="utf-8")
    (tmp_path / "c.html").write_text('{% include "mail.html" %}', encoding="utf-8")
    (tmp_path / "d.html").write_text('{% include "d.html" %}', encoding="utf-8")
    template = read('{% include "d.html" %}{% include "b.html" %}{% include "mail.html" %}')
    assert [include.name for include in template.circular()] == ["b.html", "mail.html"]


def test_nothing_outside_the_roots_is_listed(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[Path] = []
    iterate = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        listed.append(folder)
        return iterate(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    (tmp_path / "mails").mkdir()
    template = read('{% include "../../x.html" %}{% include "../../../etc/passwd" %}', "mails/mail.html")
    assert len(template.includes) == 2
    assert listed
    assert all(folder.is_relative_to(tmp_path) for folder in listed)


def test_a_message_of_pieces_is_whole(read: Read, tmp_path: Path) -> None:
    (tmp_path / "header.html").write_text("<html><body>", encoding="utf-8")
    (tmp_path / "promo.html").write_text("<p>Black Friday: 20% off everything in our shop</p>", encoding="utf-8")
    template = read('{% include "header.html" %}{% include "promo.html" %}')
    assert template.purpose is Purpose.MARKETING
    assert read('{% include "promo.html" %}').purpose is Purpose.PARTIAL
