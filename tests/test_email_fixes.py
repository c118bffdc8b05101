"""Fixes of rules for e-mails: after one the rule is silent, the rest is as it was, a second run does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Run

_MAIL = "<html><body>\n<h1>Our newsletter of May</h1>\n{}\n</body></html>\n"
_PAGE = '<html><head><script src="/a.js"></script></head><body>\n<nav>Acme</nav>\n{}\n</body></html>\n'


def _fixed(run: Run, project: Path, code: str, text: str, *flags: str, config: str = "") -> str:
    """The text after the fixes of one rule."""
    (project / "mkt-lint.toml").write_text(config, encoding="utf-8")
    file = project / "mail.html"
    file.write_bytes(text.encode())
    run("check", "--select", code, "--fix", *flags, "mail.html")
    after = file.read_bytes()
    again = run("check", "--select", code, "--fix", *flags, "mail.html")
    assert file.read_bytes() == after
    assert again.status == 0, again.stdout
    return after.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p><a href="{% unsubscribe %}">Leave</a></p>', "<p>{% unsubscribe 'Leave' %}</p>"),
        (
            "<p><a class=\"x\"\n href='{% unsubscribe %}' >Se désabonner</a ></p>",
            "<p>{% unsubscribe 'Se désabonner' %}</p>",
        ),
        ('<p><a href="{% unsubscribe %}">Don\'t send</a></p>', "<p>{% unsubscribe %}</p>"),
        ('<p><a href="<%asm_group_unsubscribe_url%>">Leave</a></p>', "<p><%asm_group_unsubscribe_url%></p>"),
    ],
)
def test_a_tag_is_moved_out_of_the_address(run: Run, project: Path, before: str, after: str) -> None:
    assert _fixed(run, project, "EML105", _MAIL.format(before)) == _MAIL.format(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<input type="checkbox" checked name="news">', '<input type="checkbox" name="news">'),
        ('<input checked="checked" type="checkbox" name="news"/>', '<input type="checkbox" name="news"/>'),
        ("<input\r\n  type=checkbox name=news\r\n  checked=''\r\n>", "<input\r\n  type=checkbox name=news\r\n>"),
        ('<input type="checkbox" name="news" CHECKED=true>', '<input type="checkbox" name="news">'),
    ],
)
def test_a_tick_is_taken_away(run: Run, project: Path, before: str, after: str) -> None:
    page = _PAGE.format("<label>{} Send me offers</label>")
    assert _fixed(run, project, "EML301", page.format(before)) == page.format(after)


def test_the_link_of_the_platform_is_added_where_that_is_asked_for(run: Run, project: Path) -> None:
    heading = "<h1>Notre lettre de mai, pour vous et vos amis : les soldes sont là</h1>"
    before = f'<html lang="fr"><body>\r\n{heading}\r\n</body></html>\r\n'
    config = 'platform = "mailchimp"\n'
    after = before.replace("</body>", '<p><a href="*|UNSUB|*">Se désabonner</a></p>\r\n</body>')
    assert _fixed(run, project, "EML101", before, "--unsafe-fixes", config=config) == after


def test_a_link_is_not_added_by_safe_fixes_alone(run: Run, project: Path) -> None:
    (project / "mkt-lint.toml").write_text('platform = "mailchimp"\n', encoding="utf-8")
    (project / "mail.html").write_text(_MAIL.format(""), encoding="utf-8")
    done = run("check", "--select", "EML101", "--fix", "mail.html")
    assert done.status == 1
    assert (project / "mail.html").read_text("utf-8") == _MAIL.format("")


def test_a_block_for_the_address_is_added_in_mjml(run: Run, project: Path) -> None:
    (project / "mkt-lint.toml").write_text('jurisdictions = ["US"]\n', encoding="utf-8")
    file = project / "mail.mjml"
    file.write_text(
        "<mjml><mj-body>\n<mj-text>20% off everything, shop now.</mj-text>\n</mj-body></mjml>\n", encoding="utf-8"
    )
    run("check", "--select", "EML206", "--fix", "--unsafe-fixes", "mail.mjml")
    after = file.read_text("utf-8")
    assert after == (
        "<mjml><mj-body>\n<mj-text>20% off everything, shop now.</mj-text>\n"
        "<mj-section><mj-column><mj-text>[Your company, street and number, postal code and city, country]"
        "</mj-text></mj-column></mj-section>\n</mj-body></mjml>\n"
    )
    again = run("check", "--select", "EML206", "--fix", "--unsafe-fixes", "mail.mjml")
    assert file.read_text("utf-8") == after
    assert "The postal address of this marketing message is a placeholder." in again.stdout
