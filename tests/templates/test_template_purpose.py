"""What a template is taken for, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Read = Callable[..., Any]

NOT_MASS = "nothing in it speaks of a mass mailing"


def body(text: str, title: str = "") -> str:
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body><table width=600><tr><td>{text}</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("text", "purpose", "reason"),
    [
        (body("Get 20% off. Shop now."), "marketing", "its words, such as “% off”"),
        (body("Profitez de 20 % : –20&nbsp;% de r&eacute;duction"), "marketing", "its words, such as “% de réduction”"),
        (body("Jetzt bestellen"), "marketing", "its words, such as “jetzt bestellen”"),
        (body("Hello", title="Our newsletter"), "marketing", "its words, such as “newsletter”"),
        (body("Reset your password. 10% off."), "transactional", "its words, such as “reset your password”"),
        (body("Votre facture est disponible"), "transactional", "its words, such as “votre facture”"),
        (body("Your order has shipped", title="Good news"), "transactional", "its words, such as “order has shipped”"),
        (body("follow us on facebook " + "words " * 40), "marketing", "its words, such as “follow us”"),
        (body("Seu agendamento: amanhã"), "transactional", "its words, such as “agendamento”"),
        (body("Vamos agendar isso " + "plain words " * 40), "transactional", NOT_MASS),
        (body("plain words " * 40), "transactional", "nothing in it speaks of a mass mailing"),
        (body("Hello {{ name }}"), "partial", "a skeleton: hardly any text of its own"),
        (body("{{{ content }}}"), "partial", "a layout: the message itself comes from elsewhere"),
        (body("{% block body %}{% endblock %}"), "partial", "a layout: the message itself comes from elsewhere"),
        ("<td>20% off</td>", "partial", "neither <html> nor <body> nor <mjml>, and it extends no layout"),
        ("{% extends 'x' %}<h1>20% off</h1>", "marketing", "its words, such as “% off”"),
        ("@extends('x')<h1>20% off</h1>", "marketing", "its words, such as “% off”"),
        ("<x-main><h1>20% off</h1></x-main>", "marketing", "its words, such as “% off”"),
        (
            "<html><body><nav>20% off</nav><form>Shop now</form></body></html>",
            "page",
            "a web page's elements and nothing of an e-mail's",
        ),
        ("<html><body><nav>20% off</nav><form></form><a href='*|UNSUB|*'>x</a></body></html>", "marketing",
         "its words, such as “% off”"),
        ("<html><body>20% off<!-- mkt-lint: purpose = transactional --></body></html>", "transactional",
         "a comment in the file"),
    ],
)  # fmt: skip
def test_by_evidence(read: Read, text: str, purpose: str, reason: str) -> None:
    template = read(text)
    assert (str(template.purpose), template.purpose_reason) == (purpose, reason)


def test_a_layout_with_nothing_of_an_e_mail_makes_a_page(read: Read, tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("<html><body>{% block body %}{% endblock %}</body></html>")
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails/base.html").write_text("<html><body>{% block body %}{% endblock %}</body></html>")
    child = "{% extends 'base.html' %}{% block body %}<h1>20% off all events</h1>{% endblock %}"
    assert str(read(child, "sale.html").purpose) == "page"
    assert str(read(child, "mails/sale.html").purpose) == "marketing"


NEWSLETTER = "<h1>Our newsletter</h1>"
PAGE = "a web page's elements and nothing of an e-mail's"
PIECE = "it opens a document that another file closes"


@pytest.mark.parametrize(
    ("text", "purpose", "reason"),
    [
        # a page of a site speaks of newsletters, too
        ("{% extends 'base.html' %}<form>{% csrf_token %}</form>" + NEWSLETTER, "page", PAGE),
        ("{% extends 'base.html' %}<a href=\"{% url 'list' %}\">All</a>" + NEWSLETTER, "page", PAGE),
        ("{% extends 'base.html' %}<a href='{{ item.get_absolute_url }}'>x</a>" + NEWSLETTER, "page", PAGE),
        ("@extends('layouts.app')\n<a href='/unsubscribe'>Unsubscribe</a>", "page", PAGE),
        ("<html><body><table width=600><td><form>{% csrf_token %}</form>20% off</table></body></html>", "page", PAGE),
        ("@extends('layouts.app')\n@vite('app.js')" + NEWSLETTER, "page", PAGE),
        ("<x-app-layout><form>@csrf</form>Unsubscribe</x-app-layout>", "page", PAGE),
        ("<html><body><%= form_with model: @list do |f| %><% end %>" + NEWSLETTER + "</body></html>", "page", PAGE),
        ("{% extends 'base.html' %}<p>Write a newsletter with us." + " word" * 30, "transactional", NOT_MASS),
        # what is an e-mail's makes it one
        ("{% extends 'emails/base.html' %}<a href=\"{% url 'list' %}\">All</a>" + NEWSLETTER, "marketing",
         "its words, such as “newsletter”"),
        ("@component('mail::message')\n" + NEWSLETTER, "marketing", "its words, such as “newsletter”"),
        ("{% extends 'base.html' %}<p style='a:b'><b style='a:b'><i style='a:b'><a href='/x'>x</a>" + NEWSLETTER,
         "marketing", "its words, such as “newsletter”"),
        ("{% extends 'base.html' %}<a href='/x'>x</a><td width=600>" + NEWSLETTER, "marketing",
         "its words, such as “newsletter”"),
        # an answer to what the recipient did
        ("<html><body>You have been unsubscribed from our newsletter.</body></html>", "transactional",
         "its words, such as “been unsubscribed”"),
        # pieces
        ("<html><body><table><tr><td>View in browser", "partial", PIECE),
        ("<html><body><table><tr><td>View in browser</table>", "marketing", "its words, such as “view in browser”"),
        ("<html><body>View in browser<div></body>", "marketing", "its words, such as “view in browser”"),
        # a block is open in a layout, and filled where there is one
        (body("{% block title %}Newsletter{% endblock %}"), "partial",
         "a layout: the message itself comes from elsewhere"),
        ("{% extends 'mail.html' %}{% block a %}" + "plain word " * 15 + "{% endblock %}", "transactional", NOT_MASS),
    ],
)  # fmt: skip
def test_pages_and_pieces(read: Read, text: str, purpose: str, reason: str) -> None:
    template = read(text)
    assert (str(template.purpose), template.purpose_reason) == (purpose, reason)


@pytest.mark.parametrize(
    ("key", "purpose"),
    [
        ("marketing", "marketing"),
        ("transactional", "transactional"),
        ("partials", "partial"),
        ("pages", "page"),
        ("first_touch", "marketing"),
    ],
)
def test_the_configuration_decides(read: Read, key: str, purpose: str) -> None:
    template = read(body("Hello"), "mails/a.html", **{key: ("mails/",)})
    assert str(template.purpose) == purpose
    assert template.purpose_reason == f"templates.{key.replace('_', '-')} in the configuration"


def test_the_name_decides_where_nothing_else_does(read: Read) -> None:
    assert read(body("{{ text }}"), "summer-newsletter.html").purpose_reason == "the file's name"


def test_words_begin_where_a_word_begins(read: Read) -> None:
    assert str(read(body("facebook " + "words " * 40)).purpose) == "transactional"


def test_the_subject_of_a_message_counts(read: Read) -> None:
    template = read("Subject: Your receipt\nContent-Type: text/html\n\n<p>Discount inside</p>", "mail.eml")
    assert (str(template.purpose), template.purpose_reason) == ("transactional", "its words, such as “your receipt”")
