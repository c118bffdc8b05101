"""What a hostile file can make the reader do grows with its size: characters looked at are counted, not seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree

from mkt_lint._documents.text import Range, SourceText
from mkt_lint._readers.template import masking, tokens, tree
from mkt_lint._readers.template.masking import mask
from mkt_lint._readers.template.medium import for_outlook
from mkt_lint._readers.template.mending import DEEPEST, Nesting, skeleton
from mkt_lint._readers.template.tokens import tokenise
from mkt_lint._readers.template.tree import parse

Read = Callable[..., Any]

HOSTILE = (
    "<", "</", "<a ", "<a b=", "<a b='", '<a b="', "<a b='\"", "<a =", "<a b=c ", "<!--", "<!-", "<!", "<!-->",
    "<?", "<?x ",
    "<style>", "<style/>", "<title/>", "<mj-style/>", "<style></style", "<script><!--", "<plaintext>",
    "<!--[if mso]>", "<!--[if mso]><a><![endif]-->", "<!--[if", "<!--[if mso]><!-->",
    "{{", "{{{", "{{ ${", "{{ x }}", "{{ x }} }", "{%", "{% comment %}", "{% comment %}{% endcomment %}", "{#",
    "{# x\n", "${", "*|", "<%", "<%--", "<?php", "<? x", "%%[", "%%=", "[%", "<#", "{!!", "{{!--", "{{--", "{{x}}\n=",
    "{{\n", "{%\n", "${\n", "*|\n", "<%\n", "{% comment %}\n", "[%\n", "{#\n",
    "</x>", "<x></y>", "=", "\n", " ", "\ue000", "<a \ue000",
)  # fmt: skip


class Work:
    """Counts the characters that searches pass over."""

    def __init__(self) -> None:
        self.done = 0


class CountedPattern:
    def __init__(self, pattern: re.Pattern[str], work: Work) -> None:
        self._pattern = pattern
        self._work = work

    def _count(self, found: re.Match[str] | None, start: int, end: int) -> re.Match[str] | None:
        self._work.done += 1 + (found.end() if found else end) - start
        return found

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        end = len(text) if end is None else end
        return self._count(self._pattern.search(text, start, end), start, end)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        while found := self.search(text, start, end):
            yield found
            start = found.end()

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        end = len(text) if end is None else end
        return self._count(self._pattern.match(text, start, end), start, end)


class CountedText(str):  # noqa: SLOT000  # a slot cannot be typed where nothing sets it in __init__
    work: Work

    def find(self, wanted: str, start: Any = 0, end: Any = None) -> int:
        end = len(self) if end is None else end
        at = super().find(wanted, start, end)
        self.work.done += 1 + (at if at >= 0 else end) - start
        return at

    def rfind(self, wanted: str, start: Any = 0, end: Any = None) -> int:
        end = len(self) if end is None else end
        at = super().rfind(wanted, start, end)
        self.work.done += 1 + end - max(at, start)
        return at

    def __getitem__(self, key: Any) -> str:
        piece = super().__getitem__(key)
        self.work.done += len(piece)
        return piece


def counted(text: str, work: Work) -> CountedText:
    result = CountedText(text)
    result.work = work
    return result


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    work = Work()
    openers, markup, raw_end = masking._openers, tokens._markup, tokens._raw_end
    monkeypatch.setattr(masking, "_openers", lambda begun: CountedPattern(openers(begun), work))
    monkeypatch.setattr(tokens, "_markup", lambda: CountedPattern(markup(), work))
    monkeypatch.setattr(tokens, "_raw_end", lambda name: CountedPattern(raw_end(name), work))
    return work


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("prefix", ["", "<a ", "<title/>", "{{"])
def test_work_grows_with_the_size(work: Work, prefix: str, piece: str) -> None:
    def cost(times: int) -> int:
        text = prefix + piece * times
        work.done = 0
        masked, _ = mask(counted(text, work))
        found = tokenise(counted(masked, work))
        for begin, end in found.comments:
            tree._outlook_content(counted(masked, Work()), begin, end)
        return work.done + len(skeleton(masked, found))

    few, many = cost(500), cost(4_000)
    assert many < 9 * few + 200


@pytest.mark.parametrize(
    "unit", ["<x>", "<div>", "<p>", "<x></y>", "<b></b>", "<td><i>", "<!--[if mso]><a><![endif]-->"]
)
def test_what_lxml_gets_is_no_longer_than_the_tags(unit: str) -> None:
    text = unit * 1_000
    found = tokenise(text)
    built = skeleton(text, found)
    assert len(built) <= len(found.starts) * len('<div n="1000">') + len(text)
    assert built.count("</") <= len(found.starts)


def test_the_comment_around_many_elements_is_looked_for_once(work: Work) -> None:
    def cost(times: int) -> int:
        text = counted("<!--[if IE]>" + "<a></a>" * times + "<![endif]-->", work)
        work.done = 0
        assert not for_outlook(text, range(len("<!--[if IE]>"), len(text) - len("<![endif]-->"), len("<a></a>")))
        return work.done

    assert cost(4_000) < 9 * cost(500)


def test_attributes_cost_lxml_nothing() -> None:
    text = f"<a {' '.join(f'a{number}=b' for number in range(50_000))}>x</a>"
    assert skeleton(text, tokenise(text)) == '<x-a n="0"></x-a>'
    markup, _ = parse(SourceText(text), text, Range(0, len(text)))
    attributes = markup.elements[0].attributes
    assert len(attributes) == 50_000
    assert text[attributes["a49999"].name_start :].startswith("a49999=b>")


def test_lxml_follows_only_so_many_elements_in_each_other() -> None:
    events = 0

    class Counted(Nesting):
        def start(self, tag: str, attributes: Any) -> None:
            nonlocal events
            events += 1
            super().start(tag, attributes)

    text = "<x>" * 50_000 + "<td>" + "<i>" * 50_000 + "</x>" * 50_000
    found = tokenise(text)
    nesting = Counted()
    nesting.read(skeleton(text, found), len(found.starts))
    assert events == DEEPEST + 1
    assert sum(nesting.placed) == DEEPEST - 2  # besides html and body


def test_lxml_gets_nothing_more_once_it_is_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    fed = 0

    class Counted(etree.HTMLParser):
        def feed(self, data: Any) -> None:
            nonlocal fed
            fed += len(data)
            super().feed(data)

    monkeypatch.setattr(etree, "HTMLParser", Counted)
    text = "<x>" * 5_000 + "</y></x>" * 50_000
    found = tokenise(text)
    Nesting().read(skeleton(text, found), len(found.starts))
    assert 0 < fed < 60_000 < len(text)


def test_a_long_line_of_elements(read: Read) -> None:
    text = "<p class='a'><a href='{{ u }}'>x</a></p>" * 12_500
    template = read(text)
    assert len(template.elements) == 25_000
    assert not template.lost
    for number in (0, 1, 2, 12_501, 24_998, 24_999):
        element = template.elements[number]
        assert element.span.column == element.start + 1 == number // 2 * 40 + number % 2 * 13 + 1
        assert template.snippet(element.span) == ("<p class='a'>", "<a href='{{ u }}'>")[number % 2]
        assert (element.parent is template.elements[number - 1]) == bool(number % 2)
