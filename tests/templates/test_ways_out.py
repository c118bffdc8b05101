"""Links, forms and sentences by which the recipient stops the messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mkt_lint_email.links import links
from mkt_lint_email.opposition import tells_where_to_object, ways_out
from mkt_lint_email.places import element_at, elements_with
from mkt_lint_email.styles import why_hidden
from mkt_lint_email.wording import speaks

Read = Callable[..., Any]


@pytest.mark.parametrize(
    ("body", "way"),
    [
        ('<a href="/x"><span>Un</span><span>subscribe</span></a>', "unsubscribe"),
        ('<a href="/x"><b>D</b>&eacute;sinscription</a>', "unsubscribe"),
        ('<a href="/x">Cancella la tua iscrizione</a>', "unsubscribe"),
        ('<a href="/x">Meld je af</a>', "unsubscribe"),
        ('<a href="/x">Baja</a>', "unsubscribe"),
        ('Wilt u geen e-mails meer ontvangen? <a href="/x">Klik hier</a>', "unsubscribe"),
        ('Sie m&ouml;chten keine E-Mails mehr erhalten? <a href="/x">Bitte hier klicken</a>', "unsubscribe"),
        ("Pour vous d&eacute;sinscrire : <a href='/x'>c'est par ici</a>", "unsubscribe"),
        ('<a href="/x" th:text="#{mail.unsubscribe}">x</a>', "unsubscribe"),
        ('<form action="/x"><button>Se désinscrire</button></form>', "unsubscribe"),
        ('<form action-xhr="/x"><input type="submit" value="Unsubscribe"></form>', "unsubscribe"),
        ('<form action="/unsubscribe"><button>OK</button></form>', "unsubscribe"),
        ('<%= link_to "Se désabonner", stop_url(@user) %>', "unsubscribe"),
        ('<%= link_to t(".footer"), edit_email_preferences_url %>', "preferences"),
        ('<a href="/x">Remove my e-mail from this notification list</a>', "unsubscribe"),
        ('Si ya no deseas recibir estos correos, <a href="/x">haz clic aqu&iacute;</a>', "unsubscribe"),
        ('Si quieres parar de recibir estas noticias, <a href="/x">pulsa aqu&iacute;</a>', "unsubscribe"),
        ('Se preferir n&atilde;o receber mais nossos e-mails, <a href="/x">clique aqui</a>', "unsubscribe"),
        ('N&atilde;o deseja mais receber? <a href="/x">Clique aqui</a>', "unsubscribe"),
        ('Non desidero pi&ugrave; ricevere: <a href="/x">clicca qui</a>', "unsubscribe"),
        ('Wenn Sie keine weiteren Newsletter erhalten m&ouml;chten: <a href="/x">hier</a>', "unsubscribe"),
        ('<a href="/x">Melde dich hier ab</a>', "unsubscribe"),
        ('Wilt u dit niet meer per mail ontvangen? <a href="/x">Klik hier</a>', "unsubscribe"),
        ('<a href="/x">Cesser de recevoir ces messages</a>', "unsubscribe"),
        ('<a href="/x">Rezygnuję</a>', "unsubscribe"),
        ('<a href="/x">Avregistrera dig</a>', "unsubscribe"),
        ('<a href="/x">Zrušit odběr</a>', "unsubscribe"),
        ('<a href="/x">Отписаться от рассылки</a>', "unsubscribe"),
        ('<a href="/x">Hủy đăng ký</a>', "unsubscribe"),
        ('<a href="/x">Üyelikten çık</a>', "unsubscribe"),
        ('<a href="/x">メールの配信停止はこちら</a>', "unsubscribe"),
        ('<a href="/x">点击这里退订</a>', "unsubscribe"),
        ('<p>To manage your subscription, follow: <a href="{{ m }}">{{ m }}</a></p>', "preferences"),
        (
            '<p>Change your e-mail preferences at <a href="https://a.fr/{{ m }}">https://a.fr/{{ m }}</a></p>',
            "preferences",
        ),
        ('<p>To stop these messages:</p><p><a href="{{ site }}{{ m }}">{{ site }}{{ m }}</a></p>', "unsubscribe"),
        ("<x-mail::button :url=\"route('unsubscribe', $user->id)\">Bye</x-mail::button>", "unsubscribe"),
        ("@component('mail::button', ['url' => route('unsubscribe', $user)]) Bye @endcomponent", "unsubscribe"),
        ("{{ route('newsletter.unsubscribe', $user) }}", "unsubscribe"),
        ("{% url 'newsletter:unsubscribe' user.pk %}", "unsubscribe"),
        ('<a href="/x">Gérez vos abonnements</a>', "preferences"),
        ('<a href="/x">Gestisci le tue preferenze</a>', "preferences"),
        ('<a href="/x">Zarządzaj swoją subskrypcją</a>', "preferences"),
    ],
)
def test_a_way_out(read: Read, body: str, way: str) -> None:
    assert [found.way for found in ways_out(read(f"<body>{body}</body>"))] == [way]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/cookie-preferences">Manage your cookie preferences</a>',
        '<form action="/search"><input type="submit" value="Search"></form>',
        '<a href="/x">Remove stains, keep the label: email us</a>',
        '<a href="/x">Here</a> is what is new.',
        '<a name="unsubscribe"></a>',
        '<a id="unsubscribe"> </a>',
        '{{!-- <a href="{{unsubscribe}}">Unsubscribe</a> --}}',
        '{{-- <a href="{{ $unsubscribe }}">Unsubscribe</a> --}}',
        '<%# link_to "Unsubscribe", unsubscribe_url %>',
        '<%= link_to "Shop now", shop_url %>',
        "<p>You may unsubscribe.</p><p><a href='https://a.fr/x'>https://a.fr/x</a></p>",
        "<p>To manage your cookie preferences, follow: <a href='{{ m }}'>{{ m }}</a></p>",
        '<a href="/x">Quitar de la lista de deseos</a>',
        "<x-mail::button :url=\"route('shop')\">Shop</x-mail::button>",
        "{{-- <x-mail::button :url=\"route('unsubscribe')\">Bye</x-mail::button> --}}",
        "{{ __('To unsubscribe, use the link') }}",
    ],
)
def test_no_way_out(read: Read, body: str) -> None:
    assert ways_out(read(f"<body>{body}</body>")) == ()


@pytest.mark.parametrize(
    ("body", "dead"),
    [
        ('<form action="#"><button>Unsubscribe</button></form>', "leads nowhere: its address is “#”"),
        ("<form><button>Unsubscribe</button></form>", None),
        ('<form action="/u"><button>Unsubscribe</button></form>', None),
    ],
)
def test_a_form_goes_where_its_action_says(read: Read, body: str, dead: str | None) -> None:
    [way] = ways_out(read(f"<body>{body}</body>"))
    assert (way.dead and way.dead.reason) == dead


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("To unsubscribe, write to stop@acme.fr", True),
        ("Unsubscribe: https://acme.fr/u/1", True),
        ("You may unsubscribe at any time. Write to hello@acme.fr", False),
        ("Write to hello@acme.fr", False),
        ("{# To unsubscribe, write to stop@acme.fr #}", False),
        ("{% comment %}Reply STOP to unsubscribe{% endcomment %}", False),
    ],
)
def test_an_address_written_out(read: Read, text: str, told: bool) -> None:
    assert tells_where_to_object(read(f"<body><p>{text}</p></body>")) is told


def test_the_halves_of_a_phrase_stand_near_each_other() -> None:
    assert speaks("manage your e-mail preferences", "opposition", "preferences_text")
    assert not speaks(f"manage {'x ' * 30}preferences", "opposition", "preferences_text")
    assert not speaks("preferences to manage", "opposition", "preferences_text")


def test_a_tag_that_only_formats_parts_no_words(read: Read) -> None:
    page = "<body><p>a<b>b</b>c</p><p>d</p>f<!-- g -->h<span style='display:block'>e</span></body>"
    assert read(page).visible_text == "abc d fh e"


def test_an_excerpt_of_a_minified_file_stars_out_addresses(read: Read) -> None:
    link = '<a href="/u?m=anna@acme.fr">'
    template = read("<body>" + "x" * 5000 + link + "y" * 5000)
    excerpt = template.excerpt(template.elements[1].span)
    assert (len(excerpt.text), excerpt.column) == (160, 4941)
    assert '<a href="/u?m=*************">' not in excerpt.text
    assert '<a href="/u?m=************">' in excerpt.text


def test_elements_are_found_by_what_their_tag_holds(read: Read) -> None:
    body = "href <p İ>é</p><A HREF='/href' x>href</A><b title='href'>x</b><!-- <i href> --> <a name=x></a> href"
    template = read(body)
    assert [element.tag for element in elements_with(template, "href")] == ["a", "b"]
    assert [link.element.tag for link in links(template)] == ["a"]
    for offset in range(len(template.text)):
        around = [element for element in template.elements if element.start <= offset < element.end]
        assert [element_at(template, offset)] == (around or [None])


def test_a_style_sheet_is_held_against_a_link_that_fits(read: Read) -> None:
    sheet = "a.x{display:none} #y{display:none!important} p a{display:none} a{color:red} .z{display:none}"
    rules = f"<style>{sheet} @media print{{.z{{display:block}}}}</style>"
    hidden = []
    for attributes in ("", "class=x", "id=Y", "class='w X'", "class=z", "class=x style='display:block'"):
        template = read(
            f"<html><head>{rules}</head><body><p><a href=/unsubscribe {attributes}>Stop</a></p></body></html>"
        )
        hidden.append(why_hidden(template, links(template)[0].element) is not None)
    assert hidden == [False, True, True, True, False, False]
