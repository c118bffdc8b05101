"""What a template is taken for, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mkt_lint._readers.template.phrases import words

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
        (body("{{ name }}, follow us on facebook " + "words " * 40), "transactional", NOT_MASS),
        (body("follow us and discover it " + "words " * 40), "marketing", "its words, such as “discover”"),
        (body("Seu agendamento: amanhã"), "transactional", "its words, such as “seu agendamento:”"),
        (body("{{ name }}: Vamos agendar isso " + "plain words " * 40), "transactional", NOT_MASS),
        (body("{{ name }}" + "plain words " * 40), "transactional", "nothing in it speaks of a mass mailing"),
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
        ("<html><body><table><tr><td>View in browser, read more</table>", "marketing",
         "its words, such as “view in browser”"),
        ("<html><body>View in browser, read more<div></body>", "marketing", "its words, such as “view in browser”"),
        # a block is open in a layout, and filled where there is one
        (body("{% block title %}Newsletter{% endblock %}"), "partial",
         "a layout: the message itself comes from elsewhere"),
        ("{% extends 'mail.html' %}{% block a %}" + "plain word " * 15 + "{% endblock %}", "transactional", NOT_MASS),
    ],
)  # fmt: skip
def test_pages_and_pieces(read: Read, text: str, purpose: str, reason: str) -> None:
    template = read(text)
    assert (str(template.purpose), template.purpose_reason) == (purpose, reason)


SERVICE = [
    # confirm a subscription
    ("", "Please confirm your subscription to our newsletter. If you did not ask for it, ignore this message."),
    ("Subscribe", "Somebody wants our weekly digest at this address. Yes, subscribe me to this list. Unsubscribe."),
    ("Almost done", "Click the button to finish signing up for the Harbour newsletter. We write once you did."),
    ("Newsletter", "Cliquez ici pour confirmer votre inscription à la lettre d'information du port."),
    ("Plus qu'une étape", "Pour recevoir la newsletter, cliquez et validez votre adresse. Sinon, ne faites rien."),
    ("Newsletter", "Bitte bestätigen Sie Ihre Anmeldung zum Newsletter. Sie können sich jederzeit abmelden."),
    ("Noch ein Klick", "Um unseren Newsletter zu erhalten, klicken Sie auf den Link. Sonst tun Sie nichts."),
    ("Boletín", "Haz clic aquí para confirmar tu suscripción al boletín. Si no lo pediste, no hagas nada."),
    ("Newsletter", "Fai clic qui per confermare la tua iscrizione alla newsletter del porto."),
    ("Nieuwsbrief", "Klik hier om je inschrijving te bevestigen. Daarna krijg je onze nieuwsbrief."),
    ("Nog één stap", "Klik op de knop om je aan te melden voor de nieuwsbrief. Zo weten we dat jij het bent."),
    ("Newsletter", "Clique aqui para confirmar sua inscrição na newsletter. Se não foi você, ignore."),
    ("Newsletter", "Kliknij, aby potwierdzić subskrypcję newslettera. To wszystko, dziękujemy."),
    # farewell
    ("Newsletter", "You have been unsubscribed from the newsletter. Sorry to see you go! Subscribe again."),
    ("Goodbye", "We have taken you off the list of our newsletter. Changed your mind? Sign up again."),
    ("Lettre d'information", "Vous êtes désinscrit de notre lettre d'information. À bientôt."),
    ("Au revoir", "Votre désinscription de la newsletter a été prise en compte. À bientôt peut-être."),
    ("Newsletter", "Sie wurden erfolgreich abgemeldet und erhalten keinen Newsletter mehr. Schade!"),
    ("Newsletter", "Te has dado de baja del boletín. Hemos eliminado tu dirección de la lista."),
    ("Newsletter", "La tua iscrizione è stata annullata. Non riceverai più la nostra newsletter."),
    ("Nieuwsbrief", "Je bent uitgeschreven van onze nieuwsbrief. Jammer dat je gaat."),
    ("Boletim", "Inscrição cancelada: você não receberá mais o nosso boletim. Até logo."),
    ("Newsletter", "Zostałeś wypisany z naszego newslettera. Przykro nam, że odchodzisz."),
    # to whoever runs the list
    ("New subscriber", "ann@site.example has subscribed to the newsletter. It has twelve readers now."),
    ("", "The newsletter “May” was sent to 120 recipients. Three of them failed. Open the report."),
    ("", "Nouvel abonné à la newsletter : ann@site.example, inscrit le 3 mai. Voir la liste."),
    ("", "Neuer Abonnent: ann@site.example steht seit heute in der Liste für den Newsletter."),
]
NEWSLETTERS = [
    # whose end tells how to leave
    ("Newsletter", "Three stories for you. This e-mail was sent to you. To be removed from this list click here."),
    ("Lettre d'information", "Trois récits du port. Si vous ne souhaitez plus la recevoir : désinscription."),
    ("Newsletter", "Drei Geschichten. Wenn Sie ihn nicht mehr erhalten möchten, melden Sie sich hier ab."),
    ("Boletín", "Tres historias. Si no deseas recibir más correos, date de baja aquí. Darse de baja."),
    ("Newsletter", "Tre storie. La ricevi perché ti sei iscritto. Per la cancellazione clicca qui."),
    ("Nieuwsbrief", "Drie verhalen. Wil je de nieuwsbrief niet meer ontvangen? Meld je af."),
    ("Boletim", "Três histórias do porto. Para não receber mais, cancele sua inscrição."),
    ("Newsletter", "Trzy historie z portu. Aby zrezygnować, wypisz się."),
    # a welcome that sells
    ("", "You are now subscribed to our newsletter. Here is 10% off your first order. Shop now."),
    # an address to confirm far below the text
    ("Newsletter", "A story. " + "Plain words of a story. " * 30 + "Confirm your subscription on the site."),
]


@pytest.mark.parametrize(("title", "text"), SERVICE)
def test_a_message_on_the_list_itself_serves(read: Read, title: str, text: str) -> None:
    template = read(body(text, title=title))
    assert (str(template.purpose), template.purpose_reason[:9]) == ("transactional", "its words")


@pytest.mark.parametrize(("title", "text"), NEWSLETTERS)
def test_a_message_of_the_list_does_not(read: Read, title: str, text: str) -> None:
    assert str(read(body(text, title=title)).purpose) == "marketing"


FILLED = " {{ name }}" + " plain words" * 20


@pytest.mark.parametrize(
    ("text", "purpose", "reason"),
    [
        # a weak phrase alone decides nothing, two do, or one and what looks like a mailing
        ("Here is what you know of the event." + FILLED, "transactional", NOT_MASS),
        ("The gift is on its way." + FILLED, "transactional", NOT_MASS),
        ("An event with speakers, in May." + FILLED, "transactional", NOT_MASS),
        ("An event, learn more." + FILLED, "marketing", "its words, such as “learn more”"),
        ("An event." + FILLED + "<img src='a.png'>" * 4, "marketing", "its words, such as “event”"),
        # names in template code are no words
        ('{% if a == "x" and discount == "y" %}A{% endif %}' + FILLED, "transactional", NOT_MASS),
        ("${coupon.code} [[+discount]] %%coupon%% $discount {$coupon} <#if coupon??>" + FILLED, "transactional",
         NOT_MASS),
        ("<?php $a = 'your discount here'; ?>" + FILLED, "transactional", NOT_MASS),
        ("<?php echo __('Your discount is here'); ?>" + FILLED, "marketing", "its words, such as “discount”"),
        # a call to action beside other words
        ("Thanks for registering. Shop now.", "transactional", "its words, such as “thanks for registering”"),
        ("Shop now.", "marketing", "its words, such as “shop now”"),
        # numbers and prices
        ("Jetzt 30&nbsp;% auf alle Schuhe", "marketing", "its words, such as “% auf alle”"),
        ("20% taniej w sobotę", "marketing", "its words, such as “% taniej”"),
        ("Ihre Rechnung: 19 % MwSt. auf alle Posten", "transactional", "its words, such as “ihre rechnung”"),
        ("Votre facture : TVA 20 % sur votre total", "transactional", "its words, such as “votre facture”"),
        ("Rome à partir de 99,90 € l'aller", "marketing", "its words, such as “à partir de 0 €”"),
        ("Discover Rome 99 €, Oslo 1.149 €." + FILLED, "marketing", "its words, such as “discover”"),
        ("Discover Rome for 99 €." + FILLED, "transactional", NOT_MASS),
        # a way of speaking that is no appointment
        ("Rendez-vous vite sur notre site : 20 % de remise", "marketing", "its words, such as “% de remise”"),
        ("Votre rendez-vous du 3 mai. Découvrez le plan.", "transactional",
         "its words, such as “votre rendez-vous du”"),
        # come back, for free
        ("Tu nous manques !", "marketing", "its words, such as “tu nous manques”"),
        ("Renew your free subscription", "marketing", "its words, such as “free subscription”"),
        ("Renew your subscription of wine." + FILLED, "transactional", NOT_MASS),
    ],
)  # fmt: skip
def test_what_counts_for_how_much(read: Read, text: str, purpose: str, reason: str) -> None:
    template = read(body(text))
    assert (str(template.purpose), template.purpose_reason) == (purpose, reason)


APPOINTMENTS = [
    "Dear Ann, your appointment is on 3 May. You are receiving this as our patient. Follow us.",
    "Bonjour Anne, rappel de votre rendez-vous chez nous. Vous recevez ce message d'office. Suivez-nous.",
    "Guten Tag, wir erinnern an Ihren Termin am 3. Mai. Sie erhalten diese Nachricht von selbst. Folgen Sie uns.",
    "Hola Ana, recordatorio de tu cita en el puerto. Recibes este mensaje como paciente. Síguenos.",
    "Ciao Anna, il tuo appuntamento è fissato per maggio. Ricevi questa nota come paziente. Seguici.",
    "Hallo Anna, je afspraak op 3 mei staat vast. Je ontvangt deze brief als patiënt. Volg ons.",
    "Olá Ana, sua consulta está marcada. Você recebeu este aviso como paciente. Siga-nos.",
    "Dzień dobry, przypomnienie o wizycie w maju. Otrzymujesz tę wiadomość jako pacjent. Obserwuj nas.",
]
OFFERS = [
    ("Book your appointment: 20% off in May.", "% off"),
    ("Prenez rendez-vous : nos promotions vous attendent.", "promotions"),
    ("Vereinbaren Sie Ihren Termin: letzte Chance im Mai.", "letzte chance"),
    ("Agenda tu cita: llegan las promociones de mayo.", "promociones"),
    ("Prenota il tuo appuntamento: le promozioni di maggio.", "promozion"),
    ("Maak je afspraak en profiteer in mei van 20% korting.", "korting"),
    ("Agende sua consulta e aproveite: 20% de desconto.", "desconto"),
    ("Umów wizytę: trwają wiosenne promocje.", "promocj"),
]


@pytest.mark.parametrize("text", APPOINTMENTS)
def test_a_reminder_of_an_appointment_serves(read: Read, text: str) -> None:
    assert str(read(body(text)).purpose) == "transactional"


@pytest.mark.parametrize(("text", "phrase"), OFFERS)
def test_a_call_to_make_an_appointment_does_not(read: Read, text: str, phrase: str) -> None:
    template = read(body(text))
    assert str(template.purpose) == "marketing"
    assert phrase in template.purpose_reason


@pytest.mark.parametrize(
    "text",
    [
        "Your promotion to team lead takes effect on Monday.",
        "Félicitations pour ta promotion au poste de chef d'équipe.",
        "Tu promoción a jefe de equipo será efectiva el lunes.",
        "Uw offerte nr. 12 is klaar. Wij horen graag van u.",
        "Anbei Angebot Nr. 12 mit allen Positionen.",
        "Recibimos tus datos para la oferta de empleo 12.",
        "In den letzten Tagen war der Artikel ausverkauft.",
        "En los últimos días cambiamos la dirección del puerto.",
        "Nos últimos dias mudamos de endereço no porto.",
        "Vielen Dank für Ihre Spende. Die Quittung liegt bei.",
        "Dear Ann, happy birthday from all of us at the harbour.",
    ],
)
def test_words_that_only_sound_like_an_offer(read: Read, text: str) -> None:
    assert str(read(body(text + FILLED)).purpose) == "transactional"


@pytest.mark.parametrize(
    "text",
    [
        "Two chairs are still in your cart.",
        "Les chaises que tu as oubliées dans votre panier : vous aimerez aussi ces tables.",
        "Zwei Stühle warten in deinem Warenkorb.",
        "Hay dos sillas en tu carrito.",
        "Ci sono due sedie nel tuo carrello.",
        "Er staan twee stoelen in je winkelwagen.",
        "Há duas cadeiras no seu carrinho.",
        "W twoim koszyku czekają dwa krzesła.",
    ],
)
def test_what_was_left_in_a_cart_sells(read: Read, text: str) -> None:
    assert str(read(body(text + FILLED)).purpose) == "marketing"


PICTURES = "".join(f"<a href='https://a.example'><img src='https://a.example/{n}.png' alt='{{}}'></a>" for n in "abc")
STANDING = "pictures that stand for the text of a mailing"


@pytest.mark.parametrize(
    ("text", "purpose", "reason"),
    [
        (PICTURES, "marketing", STANDING),
        (PICTURES.replace("{}", "20% off"), "marketing", "its words, such as “% off”"),
        (PICTURES.replace("{}", "Reset your password"), "transactional", "its words, such as “reset your password”"),
        (PICTURES.replace("a.example/", "placehold.it/"), "partial", "a skeleton: hardly any text of its own"),
        (PICTURES.replace("a.png", "facebook.png"), "partial", "a skeleton: hardly any text of its own"),
        (PICTURES.replace("<img", "<img width=24"), "partial", "a skeleton: hardly any text of its own"),
        (PICTURES + "{{ text }}", "partial", "a skeleton: hardly any text of its own"),
        (PICTURES + "{{{ content }}}", "partial", "a layout: the message itself comes from elsewhere"),
    ],
)
def test_pictures_alone(read: Read, text: str, purpose: str, reason: str) -> None:
    template = read(body(text))
    assert (str(template.purpose), template.purpose_reason) == (purpose, reason)


@pytest.mark.parametrize(
    ("name", "text", "purpose", "reason"),
    [
        ("registerDone.html", "Welcome. Shop now.", "transactional", "the file's name"),
        ("welcome.html", "Welcome. Shop now.", "marketing", "its words, such as “shop now”"),
        ("order-sale.html", "20% off today.", "marketing", "its words, such as “% off”"),
        ("forum_digest.html", "Seen lately:" + FILLED, "transactional", NOT_MASS),
        ("MayEblast.html", "Seen lately:" + FILLED, "marketing", "the file's name"),
        ("may-eblast.html", "Seen lately:" + FILLED, "marketing", "the file's name"),
        ("newsletter-confirmation.html", "Hello" + FILLED, "transactional", NOT_MASS),
    ],
)
def test_the_name_weighs(read: Read, name: str, text: str, purpose: str, reason: str) -> None:
    template = read(body(text), name)
    assert (str(template.purpose), template.purpose_reason) == (purpose, reason)


LAYOUT = "a layout: the message itself comes from elsewhere"
ABOUT_MAILINGS = "You get our newsletter since you subscribed to it. Marigold Ltd, 4 Harbour Road, Bristol. " * 2


@pytest.mark.parametrize(
    "slot",
    [
        "[content]", "[CONTENT]", "[[*content]]", "[insert your content here]", "{{CONTENT}}", "{{{ body }}}",
        "{{ email_content }}", "{!! $slot !!}", "*|CONTENT|*", "*|MC:CONTENT|*", "[%content%]", "%%content%%",
        "%BODY%", "##CONTENT##", "###CONTENT###", "{$content}", "{$content nofilter}", "{content}", "${content}",
        "<?php echo $content ?>", "<?= $this->content; ?>", "@yield('content')", "<slot />", "<slot name='a'></slot>",
        "<%= yield %>", "<%- body %>", "<#nested>", "<div><!-- CONTENT --></div>", "<p> <!-- ###content### --> </p>",
        "<p><!-- Your content goes here --></p>", "{{ $newsletter->body }}", "Inhalt: [Inhalt]", "^layout^",
        "${self.body()}", "#mailText#", "{{ $newsletterText }}",
    ],
)  # fmt: skip
def test_a_frame_for_a_message_is_a_layout(read: Read, slot: str) -> None:
    """Also where its title and its footer speak of newsletters."""
    template = read(body(slot, title="Our newsletter"))
    assert (str(template.purpose), template.purpose_reason) == ("partial", LAYOUT)
    template = read(body(f"{slot}<p>{ABOUT_MAILINGS}</p>", title="Our newsletter"))
    assert (str(template.purpose), template.purpose_reason) == ("partial", LAYOUT)


@pytest.mark.parametrize(
    "text",
    [
        "Get 20% off. Shop now. " + "plain words " * 15 + "{{ content }}",  # a message with a part from elsewhere
        ABOUT_MAILINGS * 3 + "[content]",
        "Newsletter {{ contents_of_box }}",
        "Newsletter {{ post.body }}",
        "Newsletter [contact]",
        "Newsletter %%name%%",
        "<!-- content --><p>Newsletter</p>",  # says what comes next
        "<p>Newsletter</p><!-- content -->",
    ],
)
def test_a_message_is_no_frame(read: Read, text: str) -> None:
    assert str(read(body(text, title="Our newsletter")).purpose) == "marketing"


def test_what_has_a_layout_fills_a_slot(read: Read) -> None:
    text = "@component('mail::message')\n@section('content')\n<p>Our newsletter</p>\n@endcomponent"
    assert str(read(text, "weekly.blade.php").purpose) == "marketing"
    assert str(read(text.replace("Our", "{!! $content !!} Our"), "weekly.blade.php").purpose) == "partial"
    assert str(read('<layout src="main.html"><h1>20% off</h1></layout>').purpose) == "marketing"


STYLESHEET = '<link rel="stylesheet" href="/css/site.css">'
SCRIPT = '<script src="/js/site.js"></script>'


def document(head: str, text: str) -> str:
    return f"<html><head>{head}</head><body>{text}</body></html>"


@pytest.mark.parametrize(
    "text",
    [
        document(SCRIPT + STYLESHEET, NEWSLETTER),
        document(SCRIPT + '<link rel="stylesheet" href="css/site.css">', NEWSLETTER),
        document(SCRIPT + "<link rel='stylesheet' href=\"{% static 'site.css' %}\">", NEWSLETTER),
        document(SCRIPT + "<%= stylesheet_link_tag 'site' %>", NEWSLETTER),
        document(SCRIPT, "<button onclick='subscribe()'>Subscribe</button>" + NEWSLETTER),
        document(STYLESHEET + '<link rel="stylesheet" href="/css/print.css">', NEWSLETTER),
        document(STYLESHEET, "<a href='js/editor.js'>Source</a>" + NEWSLETTER),
        document(STYLESHEET, "<fieldset>Pick a segment</fieldset>" + NEWSLETTER),
        document(STYLESHEET, "{% if is_paginated %}More{% endif %}" + NEWSLETTER),
        document(STYLESHEET, "{{ $issues->links() }}" + NEWSLETTER),
        document(STYLESHEET, "{% if request.user.is_authenticated %}Edit{% endif %}" + NEWSLETTER),
        # a style here and there is no mail's
        document(STYLESHEET, "<a href='/all'>All issues</a>" + "<i style='a:b'>a</i>" * 3 + "<p>20% off" * 40),
        # the archive of a list, and where a campaign is written
        document(STYLESHEET, "<a href='/issues/41'>Older issue</a><h1>20% off</h1>"),
        document("", "<table width=600><td><form action='/campaigns/send'><textarea></textarea></form></table>20% off"),
        # for old browsers, not for Outlook
        document("<!--[if lt IE 9]><script src='/old.js'></script><![endif]-->" + SCRIPT, "<nav>a</nav>20% off"),
        "@extends('layouts.master')\n<link rel='stylesheet' href=\"{{ asset('a.css') }}\">" + NEWSLETTER,
        "{% extends 'admin/base_site.html' %}<table width=600><td>Newsletter</td></table>",
        "@extends('backend.admin.app')\n<td width=100>20% off",
    ],
)
def test_pages(read: Read, text: str) -> None:
    template = read(text, "views/a.html")
    assert (str(template.purpose), template.purpose_reason) == ("page", PAGE)


@pytest.mark.parametrize(
    "text",
    [
        # a style sheet that is put into the message before it is sent
        document(STYLESHEET, NEWSLETTER),
        document(STYLESHEET + SCRIPT, "<table cellpadding=0><td>Newsletter</td></table>"),
        document(STYLESHEET + SCRIPT, "<center>Newsletter</center>"),
        document(STYLESHEET + SCRIPT, "<!--[if mso]><p><![endif]-->" + NEWSLETTER),
        document(STYLESHEET + SCRIPT, "<!--[if gte vml 1]><p><![endif]-->" + NEWSLETTER),
        document(STYLESHEET + SCRIPT, NEWSLETTER + "<a href='*|UNSUB|*'>Unsubscribe</a>"),
        document(STYLESHEET + SCRIPT, "<p style='a:b'><b style='a:b'><i style='a:b'>" + NEWSLETTER),
        document(SCRIPT + '<link rel="stylesheet" href="https://fonts.example/a.css">', NEWSLETTER),
        document("<script type='application/ld+json'>{}</script>" + STYLESHEET, NEWSLETTER),
        document("", "<table width=600><td><form action='https://a.example/poll'>Newsletter</form></table>"),
        "{% extends 'admin/emails/base.html' %}<p>Newsletter",
        "{% extends 'myadmin/notifications/base.html' %}<p>20% off",
    ],
)
def test_messages_with_signs_of_pages(read: Read, text: str) -> None:
    assert str(read(text, "views/a.html").purpose) == "marketing"


@pytest.mark.parametrize("name", ["views/emails/a.blade.php", "newsletter/a.blade.php", "views/newsletter.blade.php"])
def test_messages_lie_with_a_style_sheet_of_their_own(read: Read, name: str) -> None:
    text = "@extends('layouts.master')\n<link rel='stylesheet' href=\"{{ asset('a.css') }}\">" + "<h1>20% off</h1>"
    assert str(read(text, name).purpose) == "marketing"


def test_what_stands_in_a_page_is_a_page(read: Read, tmp_path: Path) -> None:
    """Whatever else the layout takes in, and however its own tables look."""
    child = "{% extends 'base.html' %}{% block body %}<a href='../'>20% off</a><td width=100>{% endblock %}"
    assert str(read(child, "sale.html").purpose) == "marketing"
    frame = (
        "<html><body><nav>a</nav><form>b</form>{% include 'debug.html' %}{% block body %}{% endblock %}</body></html>"
    )
    (tmp_path / "debug.html").write_text("<p style='a:b'><b style='a:b'><i style='a:b'>")
    (tmp_path / "base.html").write_text(frame)
    assert str(read(child, "sale.html").purpose) == "page"
    (tmp_path / "base.html").write_text(frame.replace("<nav>", "<table width=600><td>"))
    assert str(read(child, "sale.html").purpose) == "marketing"


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
    text = body("Our shop has opened its doors in the old harbour.")
    assert read(text, "summer-newsletter.html").purpose_reason == "the file's name"
    assert str(read(text, "newsletter-confirmation.html").purpose) == "partial"
    assert str(read(body("{{ text }} To the article."), "summer-newsletter.html").purpose) == "marketing"
    assert str(read(body("Our shop."), "summer-newsletter.html").purpose) == "partial"


OFFER = "The tea that you like costs less from Monday on. Come and see us in the old harbour."


@pytest.mark.parametrize(
    ("name", "text", "purpose", "reason"),
    [
        ("promocion.blade.php", OFFER, "marketing", "the file's name"),
        ("mailBlackFriday.html", OFFER, "marketing", "the file's name"),
        ("price_drop.html", OFFER, "marketing", "the file's name"),
        ("promotion.html", OFFER, "partial", "a skeleton: hardly any text of its own"),
        ("promotion.html", f"Discover tea. {OFFER}", "marketing", "its words, such as “discover”"),
        ("promotion.html", f"Your promotion. {OFFER}", "marketing", "its words, such as “promotion”"),
        ("promotion.html", f"{{{{ name }}}}, your promotion. {OFFER * 4}", "transactional", NOT_MASS),
        ("promo-reserva.html", OFFER, "partial", "a skeleton: hardly any text of its own"),
        ("wyprzedaz.html", OFFER, "marketing", "the file's name"),
        ("price-of-drops.html", OFFER, "partial", "a skeleton: hardly any text of its own"),
        ("promotion.html", f"Enquiry from the site. {OFFER}", "transactional", "its words, such as “enquiry from”"),
        (
            "discount.html",
            f"Approve or reject: {OFFER}",
            "transactional",
            "its words, such as “approve or reject”",
        ),
        ("promo_expired.html", OFFER, "partial", "a skeleton: hardly any text of its own"),
        ("newsletter.html", f"{{{{ content|safe }}}} {OFFER}", "partial", LAYOUT),
        ("newsletter.html", f"{{!! $text !!}} {OFFER}", "partial", LAYOUT),
        ("newsletter.html", f"{{!! nl2br(e($mail->text)) !!}} {OFFER}", "partial", LAYOUT),
        ("newsletter.html", f"{{{{ $details['body'] }}}} {OFFER}", "partial", LAYOUT),
        ("newsletter.html.erb", f"<%= raw @newsletter.content %> {OFFER}", "partial", LAYOUT),
        ("newsletter.html", f"{{{{ $name }}}} {{{{ price|money }}}} {OFFER}", "marketing", "the file's name"),
    ],
)
def test_what_a_name_weighs(read: Read, name: str, text: str, purpose: str, reason: str) -> None:
    template = read(body(text), name)
    assert (str(template.purpose), template.purpose_reason) == (purpose, reason)


@pytest.mark.parametrize(
    ("name", "text", "purpose"),
    [
        (
            "templates/emails/weekly.html.twig",
            f"<p>Bonjour {{{{ name }}}},</p><p>Our newsletter. {OFFER}</p>",
            "marketing",
        ),
        ("mail/welcome.html", f"<p>Dear friend,</p><p>Your account is ready. {OFFER}</p>", "transactional"),
        ("templates/weekly.html.twig", f"<p>Bonjour,</p><p>Our newsletter. {OFFER}</p>", "partial"),  # not for messages
        ("emails/weekly.html.twig", f"<p>Our newsletter. {OFFER}</p>", "partial"),  # nobody is greeted
        ("emails/newsletter.html.twig", f"<p>Our newsletter. {OFFER}</p>", "marketing"),  # unless its name tells
        ("emails/newsletter.html.twig", f"<tr><td>Our newsletter. {OFFER}</td></tr>", "partial"),  # a row of a table
        ("templates/newsletter.html.twig", f"<p>Our newsletter. {OFFER}</p>", "partial"),
        (
            "emails/newsletter_link.html",
            "<p>You cannot see our newsletter? Click here, and here is 20% off.</p>",
            "partial",
        ),
        ("emails/weekly.html.twig", f"<p>Our newsletter. {OFFER * 3}</p><p>Bonjour</p>", "partial"),
        ("emails/_weekly.html.twig", f"<p>Bonjour,</p><p>Our newsletter. {OFFER}</p>", "partial"),
        ("emails/partials/weekly.html", f"<p>Bonjour,</p><p>Our newsletter. {OFFER}</p>", "partial"),
        ("emails/header.html", f"<p>Bonjour,</p><p>Our newsletter. {OFFER}</p>", "partial"),
    ],
)
def test_a_message_without_a_document_around_it(read: Read, name: str, text: str, purpose: str) -> None:
    assert str(read(text, name).purpose) == purpose


def test_a_view_of_a_rails_mailer_is_a_message(read: Read, tmp_path: Path) -> None:
    views = tmp_path / "app" / "views"
    (views / "layouts").mkdir(parents=True)
    text = f"<h1>Our newsletter</h1><p>{OFFER}</p>"
    alone = read(text, "app/views/news_mailer/monthly.html.erb")
    assert (str(alone.purpose), alone.includes) == ("marketing", ())
    (views / "layouts" / "news_mailer.html.erb").write_text("<html><body><%= yield %></body></html>", encoding="utf-8")
    wrapped = read(text, "app/views/news_mailer/monthly.html.erb")
    [layout] = wrapped.includes
    assert layout.template.path.endswith("app/views/layouts/news_mailer.html.erb")
    for piece in ("app/views/news_mailer/_item.html.erb", "app/views/news/monthly.html.erb"):
        assert str(read(text, piece).purpose) == "partial"


STORY = "The apple trees behind the old mill are in blossom, and the path along the river is open again. " * 3


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        (STORY, "marketing"),
        (STORY + "{{ name }}", "transactional"),
        (STORY + "[[name]]", "transactional"),
        ("Dear [First Name], " + STORY, "transactional"),
        ("Dear %NAME%, " + STORY, "transactional"),
        ("Cher «nom», " + STORY, "transactional"),
        ("Dear Ms XXXX, " + STORY, "transactional"),
        (STORY + "Lorem ipsum dolor sit amet.", "transactional"),
        (STORY + "$12.50", "transactional"),
        ("Bienvenue ! " + STORY, "transactional"),
        ("The apple trees behind the old mill are in blossom, and the path along the river is", "partial"),
    ],
)
def test_a_text_without_its_recipient_is_for_everybody(read: Read, text: str, purpose: str) -> None:
    template = read(body(text))
    assert str(template.purpose) == purpose
    assert (template.purpose_reason == "a text that is the same for everybody") is (purpose == "marketing")


def test_a_page_without_its_reader_is_no_message(read: Read) -> None:
    assert str(read(f"<html><body><p>{STORY}</p></body></html>").purpose) == "transactional"


@pytest.mark.parametrize("name", ["base.html", "_layout.mjml", "email_base.html.twig", "mails/Layout-news.html"])
def test_a_layout_by_name(read: Read, name: str) -> None:
    template = read(body("Get 20% off. Shop now."), name)
    assert (str(template.purpose), template.purpose_reason) == ("partial", "a layout, by the file's name")
    assert str(read(body("Get 20% off. Shop now."), name.replace("ase", "ased").replace("out", "outs")).purpose) == (
        "marketing"
    )


@pytest.mark.parametrize("root", ["mj-body", "preheader"])
def test_what_only_a_message_begins_with(read: Read, root: str) -> None:
    assert str(read(f"<{root}>New here</{root}><p>Get 20% off.</p>").purpose) == "marketing"


def test_no_phrase_counts_twice() -> None:
    known = words()
    for groups in (known.transactional, known.of_lists, known.of_lists_in_brief, known.marketing):
        phrases = [phrase for group in groups.all for phrase in group.phrases]
        assert [phrase for phrase in phrases if phrases.count(phrase) > 1] == []


def test_a_word_that_says_what_the_name_says_is_weak(read: Read) -> None:
    notice = (
        "{{ name }}, a new product was created in the shop. "
        + "Its number, its price and its colour are in the list. " * 3
    )
    assert str(read(body(notice), "new_product.html").purpose) == "transactional"
    frame = body("{!! $paragraph !!}<p>Questions? Just answer this message.", title="Acme Promotion")
    assert str(read(frame, "promotion.blade.php").purpose) == "partial"


@pytest.mark.parametrize(
    "text",
    [
        "Grazie per esserti iscritto! Riceverai presto tutte le nostre novità.",
        "Thanks for subscribing to our newsletter. You will get our offers first.",
        "Demande d'inscription à la newsletter. Nom du demandeur : {{ name }}",
    ],
)
def test_who_subscribes_is_promised_what_a_mailing_offers(read: Read, text: str) -> None:
    assert str(read(body(text + " plain words" * 15), "newsletter.html").purpose) == "transactional"
    assert str(read(body(text + " 20% off, shop now." + " plain words" * 15)).purpose) == "marketing"


def test_an_offer_for_the_next_order_is_no_confirmation_of_this_one(read: Read) -> None:
    text = "Merci pour votre commande chez {shop_name}. "
    assert str(read(body(text + "plain words " * 15)).purpose) == "transactional"
    text += "Voici un bon de réduction pour votre prochaine commande. "
    assert str(read(body(text + "plain words " * 15)).purpose) == "marketing"


@pytest.mark.parametrize(
    ("name", "purpose"),
    [("offre.blade.php", "transactional"), ("new-offer.html", "transactional"), ("promos.html", "marketing")],
)
def test_an_offer_may_be_one_for_a_house(read: Read, name: str, purpose: str) -> None:
    text = "{{ customer }} would like to buy your house near {{ place }} for {{ amount }}. Write back to tell them."
    assert str(read(body(text + " plain words" * 10), name).purpose) == purpose


def test_words_begin_where_a_word_begins(read: Read) -> None:
    assert str(read(body("{{ name }} facebook " + "words " * 40)).purpose) == "transactional"


def test_the_subject_in_front_matter_counts(read: Read) -> None:
    template = read("---\nsubject: 20% off\nlayout: base\n---\n<p>" + "plain word " * 30)
    assert (str(template.purpose), template.purpose_reason) == ("marketing", "its words, such as “% off”")


def test_single_braces_hold_names(read: Read) -> None:
    assert str(read(body("{newsletter} {include file='newsletter'} {/newsletter}" + "words " * 40)).purpose) == (
        "transactional"
    )


def test_the_subject_of_a_message_counts(read: Read) -> None:
    template = read("Subject: Your receipt\nContent-Type: text/html\n\n<p>Discount inside</p>", "mail.eml")
    assert (str(template.purpose), template.purpose_reason) == ("transactional", "its words, such as “your receipt”")
