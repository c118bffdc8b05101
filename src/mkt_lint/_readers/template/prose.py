"""What a template says to people: its visible text, its title, its name."""

from __future__ import annotations

import re
from itertools import pairwise

from mkt_lint._documents.template import Template
from mkt_lint._readers.template.front_matter import front_matter

_FIRST = 200
"""Elements among which a title stands."""
_CODE = (
    r"(?s)\{\{[^}]*\}\}+|\{%[^%]*%\}|\{\$[^{}]*\}|<%[^%]*%>|<\?(?:php|=|\s).*?(?:\?>|\Z)|</?[#@][^<>]*>|\*\|[^|]*\|\*"
    r"|\{/?(?:[\w.:-]+|(?:include|extends|block|if|elseif|foreach|assign)\s[^{}]*)\}"
    r"|\$\{[^{}]*\}|\$[A-Za-z_]\w*(?:->\w+)*|\[\[[^\[\]]*\]\]|%%\S[^%]*%%"
)
_SIGNS = ("[[", "%%", "$", "{")
"""Of what the reader covers no code for."""
_QUOTED = r"\"([^\"]*)\"|'([^']*)'"
_PRINTING = r"<\?(?:=|(?:php)?\s+(?:echo\b|\w+\s*\())"
"""PHP whose texts are for people; what stands above a document holds queries, paths and other texts as well."""
_LETTERS = r"[^\W\d_]+"
_NUMBER = r"[0-9][0-9]*(?:[.,][0-9]+)*"
"""It begins with a set, for which `re` looks much faster than for a repetition."""
_PLAIN = {**dict.fromkeys("\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff", ""), "’": "'", "‘": "'"}
"""What is invisible, and quotation marks; one by one, since `str.translate` takes as long as to parse a template."""
_TITLES = ("subject", "title", "preheader", "preview")
"""In front matter."""
_LONGEST = 300
"""Characters of a title that are read."""
_NAME_WORD = r"[A-Z]?[a-z]+|[A-Z]+"


def plain(text: str) -> str:
    """A text as the phrases are written: in lower case, with straight apostrophes, single blanks and 0 for numbers."""
    for character, stands_for in _PLAIN.items() if not text.isascii() else ():
        text = text.replace(character, stands_for)
    return re.sub(_NUMBER, "0", f" {' '.join(text.lower().split())} ")


def prose(template: Template) -> str:
    """The visible text; of template code the texts in quotes alone, since names of variables are no words."""
    text = template.visible_text
    if not template.codes and not any(sign in text for sign in _SIGNS):
        return text
    return re.sub(_CODE, _texts, text)


def letters(text: str) -> list[str]:
    """All runs of letters in a text."""
    return re.findall(_LETTERS, text)


def has_code(text: str) -> bool:
    """Whether template code stands in a visible text."""
    return re.search(_CODE, text) is not None


def _texts(code: re.Match[str]) -> str:
    if code[0].startswith("<?") and not re.match(_PRINTING, code[0]):
        return " "
    # a text for people has blanks, keys and names have none
    return f" {' '.join(text for found in re.findall(_QUOTED, code[0]) for text in found if ' ' in text.strip())} "


def title(template: Template) -> str:
    """The title, the preview text and the subject that the file itself names."""
    parts = [
        template.text[element.end : element.end + _LONGEST].partition("</")[0]
        for element in template.elements_named("title", "mj-title", "mj-preview")
        if element.index < _FIRST
    ]
    front = front_matter(template)
    parts += [template.text[slice(*front[key])][:_LONGEST] for key in _TITLES if key in front]
    return re.sub(_CODE, _texts, " ".join(parts))


def name_words(template: Template) -> set[str]:
    """The words of the file's name, in lower case, and each two of them as one: `orderShipped`, `new_product`."""
    name = template.path.rpartition("/")[2]
    words = [word.lower() for word in re.findall(_NAME_WORD, name)]
    return {*words, *map("".join, pairwise(words)), *re.findall(r"[a-z]+", name.lower())}
