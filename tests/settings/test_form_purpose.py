"""Which password fields are for new passwords; one to sign in with says nothing of a policy."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from mkt_lint import PasswordPolicy, ReadContext, Settings, Source, Vocabulary
from mkt_lint._config.model import FileConfig
from mkt_lint_security.readers.product import ProductReader

CONTEXT = ReadContext(
    FileConfig(None, Path(), "file"), datetime.date(2026, 11, 21), platforms=tuple, vocabulary=Vocabulary
)


def policies(text: str, file: str = "page.html") -> list[PasswordPolicy]:
    source = Source(file, None, text.encode())
    reader = ProductReader()
    if not reader.recognises(source):
        return []
    found: list[PasswordPolicy] = []
    for document in reader.read(source, CONTEXT):
        assert isinstance(document, Settings)
        found += document.policies
    return found


FIELD = '<input type="password" name="password" minlength="6" maxlength="20" pattern=".{6,20}">'

SIGN_IN = {
    "autocomplete": FIELD.replace("name", 'autocomplete="section-a current-password" name'),
    "action": f'<form action="/accounts/login/">{FIELD}<button>OK</button></form>',
    "id": f'<form id="signinForm" method="post">{FIELD}</form>',
    "button": f'<form method="post">{FIELD}<button type="submit" class="btn">Sign in</button></form>',
    "submit": f'<form>{FIELD}<input type="submit" value="Se connecter"></form>',
    "a way to register beside it": f'<form>{FIELD}<button>Log in</button> <a href="/register">Register</a></form>',
    "forgotten password": f'<form action="/sessions">{FIELD}</form><a href="/reset">Reset your password</a>',
    "a button that empties the form": f'<form>{FIELD}<button type="reset">X</button><button>Logon</button></form>',
    "heading": f'<h1>Anmelden</h1><form action="{{{{ path }}}}">{FIELD}</form>',
    "title": f"<title>{{% trans 'Log in' %}}</title>{FIELD}",
    "of two forms": f'<form id="login">{FIELD}</form><form id="register"><input name="email"></form>',
    "of the field": FIELD.replace('name="password"', 'name="login_password"'),
    "old": FIELD.replace('name="password"', 'name="old_password"'),
    "only a maximum": '<input type="password" name="p" maxlength="20">',
    "only a pattern": '<input type="password" name="p" pattern=".{6,}">',
}
NEW = {
    "autocomplete": FIELD.replace("name", 'autocomplete="new-password" name'),
    "autocomplete before words": f'<form id="login">{FIELD.replace("name", "autocomplete=new-password name")}</form>',
    "action": f'<form action="/sign-up">{FIELD}</form>',
    "name": FIELD.replace('name="password"', 'name="newPassword"'),
    "Vue": FIELD.replace('name="password"', 'v-model="form.newPassword"'),
    "button": f'<form method="post">{FIELD}<button type="submit">Create account</button></form>',
    "a button's name": f'<form method="post">{FIELD}<input type="submit" name="usersignup" value="OK"></form>',
    "French": f'<form method="post">{FIELD}<button>S\'inscrire</button></form>',
    "heading": f"<h2>Réinitialiser le mot de passe</h2><form>{FIELD}</form>",
    "a way to sign in beside it": f'<form>{FIELD}<button>Register</button><a href="/login">Log in</a></form>',
    "of two forms": f'<form id="login"><input name="email"></form><form id="register">{FIELD}</form>',
    "confirmed": f'<form>{FIELD}<input type="password" name="password2"></form>',
    "again, in a page about signing in": f"<title>Login</title><form>{FIELD}{FIELD.replace('name=', 'id=')}</form>",
    "neither, but a minimum": f"<form>{FIELD}</form>",
    "a form without an end": f'<form id="login"><input name="email"><form action="/register">{FIELD}',
}


@pytest.mark.parametrize("page", SIGN_IN.values(), ids=SIGN_IN)
def test_a_field_to_sign_in_with_is_passed_over(page: str) -> None:
    assert policies(page) == []


@pytest.mark.parametrize("page", NEW.values(), ids=NEW)
def test_a_field_for_a_new_password_is_read_once(page: str) -> None:
    (policy,) = policies(page)
    assert policy.min_length is not None
    assert policy.min_length.value == 6


def test_of_a_change_the_new_field_alone() -> None:
    page = (
        '<form><input type="password" name="pwCurrent" minlength="1">\n'
        '<input type="password" name="pwNew" minlength="8">\n'
        '<input type="password" name="pwConfirm" minlength="8"></form>'
    )
    (policy,) = policies(page)
    assert policy.min_length is not None
    assert (policy.min_length.value, policy.min_length.span) == (8, (2, 48, 2, 49))


def test_jsx() -> None:
    page = (
        "<form onSubmit={(e) => { e.preventDefault(); register(e) }}>\n"
        "<input className={style.input} type='password' minLength={10} maxLength={limit}"
        " onChange={e => setPassword(e.target.value)} onPaste={(e) => e.preventDefault()}"
        " autoComplete='new-password' />\n"
        "</form>"
    )
    (policy,) = policies(page, "SignUp.tsx")
    assert policy.min_length is not None
    assert policy.max_length is not None
    assert policy.paste_blocked is not None
    assert (policy.min_length.value, policy.min_length.span) == (10, (2, 58, 2, 62))
    assert (policy.max_length.value, policy.paste_blocked.value) == (None, True)


def test_pasting_is_asked_for_where_one_signs_in_too() -> None:
    (policy,) = policies('<form action="/login"><input type="password" onpaste="return false" minlength="6"></form>')
    assert policy.min_length is None
    assert policy.paste_blocked is not None
