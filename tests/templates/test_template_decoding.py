"""Which encoding a template is in, and which files are templates."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mkt_lint._readers.template.decoding import decode
from mkt_lint._readers.template.html import HtmlReader
from mkt_lint._source import Source, Unreadable

Read = Callable[..., Any]


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"<p>a</p>", "<p>a</p>", "utf-8"),
        ("é".encode(), "é", "utf-8"),
        (codecs.BOM_UTF8 + "é".encode(), "é", "utf-8-sig"),
        (codecs.BOM_UTF16_LE + "é".encode("utf-16-le"), "é", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "é", "utf-16-be"),
        (b"\xe9", "é", "cp1252"),
        (b'<meta charset="iso-8859-1">\x80', '<meta charset="iso-8859-1">€', "cp1252"),
        (b"<meta charset=utf-8>\xe9", "<meta charset=utf-8>é", "cp1252"),
        (b"<meta charset=iso-8859-2>\xb3", "<meta charset=iso-8859-2>ł", "iso8859-2"),
        (b'<meta content="x; charset=windows-1251">\xe0', '<meta content="x; charset=windows-1251">а', "cp1251"),
        ('<meta charset="iso-8859-2">ł'.encode(), '<meta charset="iso-8859-2">ł', "utf-8"),
        (b"<meta charset=utf-16>x", "<meta charset=utf-16>x", "utf-8"),
        (b"<meta charset=rot13>x", "<meta charset=rot13>x", "utf-8"),
        (b"<meta charset=klingon>\xe9", "<meta charset=klingon>é", "cp1252"),
        (b"", "", "utf-8"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04\0", b"\0\1\2\3" * 100])
def test_binary_data_is_no_template(read: Read, data: bytes) -> None:
    unreadable = read(data)
    assert unreadable == Unreadable(
        "expected HTML or MJML, but this is binary data; exclude the file or give it the ending of its format"
    )


@pytest.mark.parametrize(
    ("name", "data", "recognised"),
    [
        ("nginx.conf.j2", b"server { listen {{ port }}; }", False),
        ("mail.j2", b"{% extends 'x' %}<P class='a'>Hello</P>", True),
        ("mail.erb", b"<%= render 'header' %>\n<table>", True),
        ("app.erb", b"<%= Rails.env %>: <%= a < b %>", False),
        ("values.tpl", b'{{ define "name" }}{{ .Chart.Name }}{{ end }}', False),
        ("mail.hbs", "<td>".encode("utf-16"), True),
        ("empty.html", b"", True),
        ("bare.mjml", b"nothing", True),
        ("mail.php", b"\xef\xbb\xbf<?php\nuse A;\n?>\n<!-- mail --><!DOCTYPE html>\n<html>", True),
        ("footer.php", b"<?= $x ?><TABLE width=600>", True),
        ("Mailer.php", b"<?php\nclass Mailer { const HTML = '<html><body>'; }", False),
        ("admin.php", b"<?php include 'a.php' ?><div class='wrap'>", False),
        ("config.php", b"<?php return ['a' => 1];", False),
        ("mail.blade.php", b"@component('mail::message')\n# Hello\n@endcomponent", True),
        ("reset.blade.php", b"<x-mail::message>Hello</x-mail::message>", True),
        ("data.blade.php", b"{{ $json }}", False),
    ],
)
def test_only_markup_is_recognised(tmp_path: Path, name: str, data: bytes, recognised: bool) -> None:
    (tmp_path / name).write_bytes(data)
    assert HtmlReader().recognises(Source(name, tmp_path / name)) is recognised
