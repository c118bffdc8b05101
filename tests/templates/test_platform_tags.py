"""Platforms: their tags in templates, and the data about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint._documents.tags import find_tags, normal_form, telling
from mkt_lint._facts import Platform
from mkt_lint_email.facts import platforms, words
from mkt_lint_email.wording import folded, speaks

Read = Callable[..., Any]

ACME = Platform("acme", unsubscribe=("{acme unsub}", "{acme"), view_online=("{{ view }}",), address=("{addr}",))
OTHER = Platform("other", unsubscribe=("{unsub}",), view_online=("{{view}}",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<a href='{Unsub}'>", ["{Unsub}"]),
        ("{{unsub}}", []),
        ("{ acme\n UNSUB }", ["{ acme\n UNSUB }"]),
        ("{{view}} é𝄞 {{  view  }}", ["{{view}}", "{{view}}", "{{  view  }}", "{{  view  }}"]),
        ("", []),
    ],
)
def test_tags_compare_without_case_and_blanks(text: str, found: list[str]) -> None:
    uses = find_tags(text, 0, len(text), [ACME, OTHER, Platform("third", address=("{{view}}",))])
    assert [text[use.start : use.end] for use in uses] == found


@given(st.text(alphabet="{}unsb viewacm \n", max_size=60), st.integers(0, 60))
def test_uses_lie_where_they_say(text: str, start: int) -> None:
    for use in find_tags(text, min(start, len(text)), len(text), [ACME, OTHER]):
        assert normal_form(text[use.start : use.end]) == use.tag
        assert use.start >= min(start, len(text))


def test_only_a_tag_of_its_own_tells_a_platform() -> None:
    def recognised(text: str) -> list[str]:
        return [use.platforms[0] for use in telling(find_tags(text, 0, len(text), [ACME, OTHER]))]

    assert recognised("{acme unsub}") == ["acme"]
    assert recognised("{{ view }}") == []
    assert recognised("{addr}") == []
    assert recognised("{acme unsub} {unsub}") == ["acme", "other"]


def test_the_tag_that_tells_a_platform_may_stand_in_an_include(read: Read, tmp_path: Path) -> None:
    (tmp_path / "footer.html").write_text("<a href='*|ARCHIVE|*'>x</a><a href='*|UNSUB|*'>x</a>", encoding="utf-8")
    template = read("<p>{{ unsubscribe_url }}</p>{% include 'footer.html' %}")
    ((name, (part, use)),) = template.telling_tags.items()
    assert (name, use.tag) == ("mailchimp", "*|archive|*")
    assert part is template.includes[0].template


def test_a_configured_platform_is_alone(read: Read) -> None:
    text = "<a href='*|UNSUB|*'>x</a><a href='%UNSUBSCRIBELINK%'>x</a>"
    assert [p.name for p in read(text).platforms] == ["mailchimp", "activecampaign"]
    template = read(text, platform="mailchimp")
    assert [p.name for p in template.platforms] == ["mailchimp"]
    assert [use.platforms for use in template.tag_uses] == [("mailchimp",)]
    assert read(text, platform="none").platforms == ()


def test_the_data_are_sound() -> None:
    known = platforms()
    assert len({platform.name for platform in known}) == len(known) > 80
    for platform in known:
        assert platform.appends in ("yes", "refuse", "option", "no", "unknown")
        assert platform.source
        assert platform.date == "2026-11-21"
        tags = (*platform.unsubscribe, *platform.preferences, *platform.view_online, *platform.address)
        assert all(len(normal_form(tag)) > 3 for tag in tags), platform.name
        assert {normal_form(tag) for tag in platform.whole_link} <= {normal_form(tag) for tag in tags}


@pytest.mark.parametrize(
    ("group", "key"),
    [
        ("opposition", "text"),
        ("opposition", "link"),
        ("opposition", "preferences_text"),
        ("opposition", "preferences_link"),
        ("opposition", "here"),
        ("opposition", "reply"),
        ("opposition", "answer"),
        ("source_disclosure", "text"),
    ],
)
def test_words_are_in_the_form_that_they_are_matched_in(group: str, key: str) -> None:
    listed = words(group, key)
    assert [word for word in listed if folded(word) != word] == []
    assert len(set(listed)) == len(listed)


def test_words_match_where_a_word_begins() -> None:
    assert speaks(folded("Se DÉSINSCRIRE"), "opposition", "text")
    assert speaks(folded("un\u200csub\u00adscribe"), "opposition", "text")
    assert not speaks(folded("Boptout"), "opposition", "text")


def test_every_tag_of_every_platform_is_found() -> None:
    known = platforms()
    for platform in known:
        for tag in (*platform.unsubscribe, *platform.preferences, *platform.view_online, *platform.address):
            spaced = tag.replace("{", "{ ").replace("}", " }").upper()
            for written in (tag, spaced):
                text = f"<p>x</p> {written} <p>y</p>"
                uses = find_tags(text, 0, len(text), known)
                assert any(use.start <= 9 and use.end >= 9 + len(written.strip()) - 1 for use in uses), written


def test_a_variable_of_any_language_tells_no_platform(read: Read) -> None:
    template = read('<html><body><a href="${unsubscribeUrl}">Unsubscribe</a></body></html>')
    assert [platform.name for platform in template.platforms] == []


def test_the_words_of_opening_tags_are_in_every_such_tag() -> None:
    known = words("tracking", "open_tag_words")
    assert [tag for tag in words("tracking", "open_tags") if not any(word in tag for word in known)] == []
