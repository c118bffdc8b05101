"""What a password field is for: signing in says nothing of what a new password must be."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mkt_lint import Node

_NEW = re.compile(
    r"sign[\s_-]?up|regist|enrol|creat|reset|chang|choose|activat|invit|\bjoin|set[\s_-]?up|\binstall|updat|"
    r"set[\s_-](?:\w+[\s_-]){0,2}pass|new[\s_-]?pass|"
    r"inscri|cr[ée]er|enregistr|r[ée]initiali|modifi|d[ée]fini|"
    r"anlegen|erstell|zurücksetz|ändern|neues|cre[ae]r|cria|restablec|redefini|cambi|alterar|aanmaken|wijzig",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(
    r"log[\s_-]?[io]n|sign[\s_-]?[io]n(?!g)|\bsessions?\b|connexion|connecter|identifi|"
    r"anmeld|einlogg|iniciar|entrar|acced|acess|inlogg|authenticat|unlock",
    re.IGNORECASE,
)
_OLD_FIELD = re.compile(
    r"curr?ent|old|exist|actu[ae]l|ancien|anterior|aktuell|alt(?:es)?[_-]|huidig|login|sign_?in", re.IGNORECASE
)
_NEW_FIELD = re.compile(r"new|nouveau|neu|nuev|nova|nieuw|regist|sign_?up|creat|reset|choose", re.IGNORECASE)
_AGAIN = re.compile(
    r"conf(?:irm)?|repeat|again|re-?(?:type|enter)|verif|check|match|r[ée]p[ée]t|wiederhol|(?<=\D)2$", re.IGNORECASE
)
_NAMES = ("name", "id", "v-model", "ng-model", "formcontrolname", "th:field", "placeholder", "aria-label")
_BUTTON = re.compile(r"<button\b(?P<text>[^>]{0,500}>.{0,500}?)</button", re.IGNORECASE | re.DOTALL)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?\w+", re.IGNORECASE)
_HEADING = re.compile(
    r"<(?P<tag>title|h[1-3]|legend)\b[^>]{0,500}>(?P<text>.{0,500}?)</(?P=tag)", re.IGNORECASE | re.DOTALL
)
_BOUND = re.compile(r"</?form\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]{0,500}>")
MOST = 100_000
"""Characters of a page in which headings and buttons are looked for."""


@dataclass(slots=True)
class Form:
    """A form, or what of a page stands in none."""

    tag: Node | None
    text: str
    page: Page
    inputs: list[Node] = field(default_factory=list)
    passwords: list[Node] = field(default_factory=list)


class Page:
    """A page's forms, with the inputs that are in each.

    Args:
        root: Its tags `form` and `input`.
    """

    def __init__(self, root: Node) -> None:
        self._text = root.raw
        self.forms = [Form(None, self._text[:MOST], self)]
        starts = [0, *(found.end() for found in re.finditer("\n", self._text))]
        # A form ends where the next one begins, too: they do not nest.
        ends = [*(found.start() for found in _BOUND.finditer(self._text)), len(self._text)]
        end = 0
        for tag in root.items:
            start = starts[tag.span.line - 1] + tag.span.column - 1
            if tag.key == "form":
                end = ends[bisect_right(ends, start)]
                self.forms.append(Form(tag, self._text[start : min(end, start + MOST)], self))
            elif tag.key == "input":
                form = self.forms[-1 if start < end else 0]
                form.inputs.append(tag)
                if value(tag, "type").lower() == "password":
                    form.passwords.append(tag)

    @cached_property
    def headings(self) -> str:
        """What it says of itself."""
        return _texts(_HEADING, self._text[:MOST])


def value(node: Node, name: str) -> str:
    """An attribute, empty where there is none."""
    found = node.get(name)
    return str(found.value) if found is not None else ""


def is_for_new_password(password: Node, form: Form) -> bool | None:
    """Whether a field takes a new password rather than one to sign in with; None where nothing tells."""
    hint = value(password, "autocomplete").lower()
    if "new-password" in hint or "current-password" in hint:
        return "new-password" in hint
    named = " ".join(value(password, name) for name in _NAMES)
    if _OLD_FIELD.search(named) and not _NEW_FIELD.search(named):
        return False
    if len(form.passwords) > 1 or _NEW_FIELD.search(named):
        return True
    for words in _sources(form):
        new, signs_in = bool(_NEW.search(words)), bool(_SIGN_IN.search(words))
        if new != signs_in:
            return new
    return None


def repeats_another(password: Node, passwords: Sequence[Node]) -> bool:
    """Whether a field asks for the same password once more."""
    named = " ".join(value(password, name) for name in _NAMES[:-2])
    return len(passwords) > 1 and bool(_AGAIN.search(named))


def _sources(form: Form) -> Iterator[str]:
    """What tells of a form's purpose, the surest first."""
    if form.tag is not None:
        yield " ".join(str(attribute.value) for attribute in form.tag.members.values())
    submits = [node for node in form.inputs if value(node, "type").lower() == "submit"]
    told = " ".join(value(node, name) for node in submits for name in ("name", "id", "value"))
    yield f"{told} {_TYPE.sub(' ', _texts(_BUTTON, form.text))}"
    yield _texts(_HEADING, form.text)
    yield form.page.headings


def _texts(expression: re.Pattern[str], text: str) -> str:
    return " ".join(_MARKUP.sub(" ", found["text"]) for found in expression.finditer(text))
