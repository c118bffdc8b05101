"""Where a layout leaves room for the message that it frames."""

from __future__ import annotations

import re
from functools import cache

from mkt_lint._documents.template import Template
from mkt_lint._readers.template.medium import has_layout

_NAME = (
    r"(?:(?:(?:e?mail|message|newsletter|campaign|html|main|page|inner|template|letter)[ _.-]?)?"
    r"(?:contents?|contenus?|contenido|conte[uú]do|contenuto|inhalt|body|slot|children|message)"
    r"|(?:e?mail|message|newsletter)[ _.-]?text)"
)
"""What a slot is called, in any case of letters."""
_OF = r"this|data|details?|params|page|news|e?mail|e?mail_?data|message|newsletter|mailing|campaign|template|layout"
"""What a slot is a member of; those of a post or an item are a list's."""
_VARIABLE = rf"(?:\$\w+\[['\"]|(?:[@$]?(?:{_OF})(?:\.|->|\[['\"]))?[@$]?)(?:{_NAME}|main)\b(?!\s*\()"
_SIGN = r"[\[%#@^{][\w\[*+%#@$]"
"""What a slot between signs begins with, or anything else does."""
_YIELD = r"@yield\s*\("
_TAGS = ("yield", "slot", "content", "jsp:dobody", "tiles:insertattribute")


def has_slot(template: Template) -> bool:
    """Whether the file has a place for a message that comes from elsewhere.

    What has a layout fills a place of that one: its blocks are no places, a variable that holds the message is.
    """
    if any(_printed().match(code.text) for code in template.codes):
        return True
    if has_layout(template):
        return False
    if any(_filled().match(code.text) for code in template.codes):
        return True
    visible = template.visible_text
    if any(tag in template.elements_by_tag for tag in _TAGS) or (
        re.search(_SIGN, visible) and _in_text().search(visible)
    ):
        return True
    text = template.text
    if "@yield" in text and re.search(_YIELD, text):
        return True
    return "<!--" in text and _in_comment().search(text) is not None


@cache
def _printed() -> re.Pattern[str]:
    """A variable that holds the message, or that is printed as the markup that it is."""
    return re.compile(
        r"(?:\{\{\{?[-~]?\s*|\{!!\s*|<%[-=]\s*(?:raw[\s(]+)?|<\?(?:=|php\s+(?:echo|print)\b)[\s(]*|\$\{\s*|\[%\s*)"
        rf"{_VARIABLE}|\{{\{{\s*\w+\s*\|\s*(?:safe|raw)\s*\}}\}}|\{{!![^!]*!!\}}|\*\|(?:\w+:)?{_NAME}\|\*",
        re.IGNORECASE,
    )


@cache
def _filled() -> re.Pattern[str]:
    """A place that another file fills."""
    return re.compile(
        r"\{%[-~+]?\s*block\b|\{\{\{?[-~]?\s*(?:>\s*body\b|template\s+\"|yield\b|block\s+\")|<%[-=]\s*yield\b|<#nested\b"
        r"|\$\{\s*(?:self|next|caller)\.body\(",
        re.IGNORECASE,
    )


@cache
def _in_text() -> re.Pattern[str]:
    """Between signs of platforms and languages that are not covered, or as a note to whoever fills it in."""
    # one name for all signs: the pattern is long to compile
    return re.compile(
        rf"\^layout\^|(?:\[\[?[*+]?(?:(?:insert|add|your)\s)*|%%?|#|@@|\^|\{{\$?){_NAME}"
        r"(?:(?:\s(?:goes\s)?here)?\]|%|#|@@|\^|\b[^{}<>]*\})",
        re.IGNORECASE,
    )


@cache
def _in_comment() -> re.Pattern[str]:
    """A comment with nothing else in its element; others only say what comes next."""
    return re.compile(
        r"<(?:td|div|p|main|section|article|body)\b[^<>]*>\s*"
        rf"<!--[\s#*%{{}}\[\]-]*(?:(?:insert|add|your|the)\s+)*{_NAME}(?:\s+(?:goes\s+)?here)?[\s#*%{{}}\[\]-]*-->\s*</",
        re.IGNORECASE,
    )
