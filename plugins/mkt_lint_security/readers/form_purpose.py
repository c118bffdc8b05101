"""What a password field is for: signing in says nothing of what a new password must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
_END = re.compile(r"</form\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]{0,500}>")
MOST = 200_000
"""Characters of a page in which headings and buttons are looked for."""


@dataclass(slots=True)
class Form:
    """A form, or what of a page stands in none."""

    tag: Node | None
    text: str
    inputs: list[Node] = field(default_factory=list)

    @property
    def passwords(self) -> list[Node]:
        """The fields for passwords."""
        return [node for node in self.inputs if value(node, "type").lower() == "password"]


def value(node: Node, name: str) -> str:
    """An attribute, empty where there is none."""
    found = node.get(name)
    return str(found.value) if found is not None else ""


def forms_of(root: Node) -> list[Form]:
    """The inputs of a page by the form that they are in."""
    text = root.raw
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    outside = Form(None, text[:MOST])
    forms = [outside]
    end = 0
    for tag in root.items:
        start = starts[tag.span.line - 1] + tag.span.column - 1
        if tag.key == "form":
            closing = _END.search(text, start)
            end = closing.start() if closing else len(text)
            forms.append(Form(tag, text[start : min(end, start + MOST)]))
        elif tag.key == "input":
            (forms[-1] if start < end else outside).inputs.append(tag)
    return forms


def is_for_new_password(password: Node, form: Form, page: str) -> bool | None:
    """Whether a field takes a new password rather than one to sign in with; None where nothing tells.

    Args:
        form: The one that it is in.
        page: The text of the whole page.
    """
    hint = value(password, "autocomplete").lower()
    if "new-password" in hint or "current-password" in hint:
        return "new-password" in hint
    named = " ".join(value(password, name) for name in _NAMES)
    if _OLD_FIELD.search(named) and not _NEW_FIELD.search(named):
        return False
    if len(form.passwords) > 1 or _NEW_FIELD.search(named):
        return True
    for words in _sources(form, page):
        new, signs_in = bool(_NEW.search(words)), bool(_SIGN_IN.search(words))
        if new != signs_in:
            return new
    return None


def repeats_another(password: Node, passwords: Sequence[Node]) -> bool:
    """Whether a field asks for the same password once more."""
    named = " ".join(value(password, name) for name in _NAMES[:-2])
    return len(passwords) > 1 and bool(_AGAIN.search(named))


def _sources(form: Form, page: str) -> Iterator[str]:
    """What tells of a form's purpose, the surest first."""
    if form.tag is not None:
        yield " ".join(str(attribute.value) for attribute in form.tag.members.values())
    submits = [node for node in form.inputs if value(node, "type").lower() == "submit"]
    told = [value(node, name) for node in submits for name in ("name", "id", "value")]
    yield " ".join([*told, *(_TYPE.sub(" ", text) for text in _texts(_BUTTON, form.text))])
    yield " ".join(_texts(_HEADING, form.text))
    yield " ".join(_texts(_HEADING, page[:MOST]))


def _texts(expression: re.Pattern[str], text: str) -> list[str]:
    return [_MARKUP.sub(" ", found["text"]) for found in expression.finditer(text)]
