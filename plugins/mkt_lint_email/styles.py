"""What the styles of a template keep from being seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from mkt_lint import Element, Purpose, Template
from mkt_lint_email.once import once
from mkt_lint_email.stylesheets import Declarations, declarations, sheet_of

_TINY = 2.0
"""The largest size of letters that nobody reads, in pixels."""
_FAINT = 1.1
"""Contrast, of 1 to 21, below which letters are not told from what is behind them."""
_FAR = -999.0
_DARK = 0.03928
"""WCAG 2: below, a colour is linear."""
_CONTENT = 4000
"""A link that holds more markup was never closed."""
_NAMED = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192), "whitesmoke": (245, 245, 245),
    "snow": (255, 250, 250), "ivory": (255, 255, 240), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
    "gainsboro": (220, 220, 220), "navy": (0, 0, 128), "ghostwhite": (248, 248, 255),
}  # fmt: skip
_UNITS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78}
_PICTURES = frozenset(("img", "input", "mj-image", "v:roundrect", "v:rect", "svg", "button"))
_SIZED = frozenset(("mj-text", "mj-button", "mj-navbar-link", "mj-social-element"))
"""Elements of MJML that are styled by attributes."""

_Rgb = tuple[int, int, int]


class Hidden(NamedTuple):
    """Why nobody sees an element."""

    reason: str
    """A clause that completes "The link ..."."""
    by: Element
    """The element that is styled so."""
    certain: bool = True
    """False where the page's own background is only supposed."""


def why_hidden(template: Template, element: Element) -> Hidden | None:
    """Why nobody sees a link; None where it is seen, or where template code decides."""
    around = [element, *element.ancestors()]
    for holder in around:
        reason = _removed(template, holder)
        if reason:
            return Hidden(reason, holder)
    begin, end = element.content
    if end - begin > _CONTENT:
        return None
    if element.tag == "a" and _is_empty(template, element):
        return Hidden("has nothing in it to click on", element)
    found: Hidden | None = None
    for leaf in _leaves(template, element):
        hidden = _unreadable(template, leaf, element)
        if hidden is None:
            return None
        found = found or hidden
    return found


def _is_empty(template: Template, link: Element) -> bool:
    """Whether a link holds neither letters nor a picture, not even one behind it."""
    begin, end = link.content
    if template.text[begin:end].replace("&nbsp;", "").strip() or link.descendants():
        return False
    return not any(name.startswith(("background", "content")) for name in _style(template, link))


def is_displayed(template: Template, element: Element) -> bool:
    """Whether an element, a picture say, is there at all: neither it nor what is around it is taken away."""
    return not any(_removed(template, holder) for holder in (element, *element.ancestors()))


def _removed(template: Template, element: Element) -> str | None:
    """What takes an element and all that is in it away."""
    style = _style(template, element)
    if "hidden" in element.attributes and element.tag != "input":
        return "is not shown (hidden)"
    if style.get("display") == "none":
        return "is not shown (display: none)"
    if _number(style.get("opacity")) == 0:
        return "is transparent (opacity: 0)"
    return _clipped(style) or _moved_away(style)


def _clipped(style: Mapping[str, str]) -> str | None:
    if style.get("overflow", style.get("overflow-y", "")) in ("hidden", "clip"):
        for name in ("max-height", "height", "width", "max-width"):
            size = _pixels(style.get(name))
            if size is not None and size <= 1:
                return f"is clipped ({name}: {style[name]})"
    if re.fullmatch(r"inset\(\s*(?:100|5\d|[6-9]\d)%.*\)", style.get("clip-path", "")):
        return f"is clipped (clip-path: {style['clip-path']})"
    if _is_placed(style) and re.fullmatch(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)", style.get("clip", "")):
        return f"is clipped (clip: {style['clip']})"
    return None


def _is_placed(style: Mapping[str, str]) -> bool:
    return style.get("position") in ("absolute", "fixed")


def _moved_away(style: Mapping[str, str]) -> str | None:
    if _is_placed(style):
        for name in ("left", "top", "right", "bottom"):
            if (_pixels(style.get(name)) or 0) <= _FAR:
                return f"stands outside the window ({name}: {style[name]})"
    return None


def _leaves(template: Template, link: Element) -> Iterator[Element]:
    """The elements that hold the letters and the pictures of a link; the link itself for its own."""
    inside = [element for element in link.descendants() if not element.conditional]
    own = template.visible_between(*link.content)
    for element in inside:
        if element.tag in _PICTURES:
            yield element
        elif element.text and not any(child.text for child in element.children()):
            yield element
            own = own.replace(element.text, "", 1)
    if own.strip() or not inside:
        yield link


def _unreadable(template: Template, leaf: Element, link: Element) -> Hidden | None:
    chain = [leaf, *leaf.ancestors()]
    for element in chain[: chain.index(link)] if leaf is not link else ():
        reason = _removed(template, element)
        if reason:
            return Hidden(reason, element)
    if (shown := _nearest(template, chain, "visibility")) and shown[1] in ("hidden", "collapse"):
        return Hidden(f"is not shown (visibility: {shown[1]})", shown[0])
    if leaf.tag in _PICTURES:
        return _tiny_picture(template, leaf)
    indent = _nearest(template, chain, "text-indent")
    if indent and (_pixels(indent[1]) or 0) <= _FAR:
        return Hidden(f"stands outside the window (text-indent: {indent[1]})", indent[0])
    size = _nearest(template, chain, "font-size")
    if size and (pixels := _pixels(size[1])) is not None and pixels <= _TINY:
        return Hidden(f"has letters of {size[1]}", size[0])
    return _faint(template, chain, link)


def _tiny_picture(template: Template, picture: Element) -> Hidden | None:
    style = _style(template, picture)
    sizes = [_pixels(style.get(name, picture.get(name))) for name in ("width", "height")]
    if picture.tag in ("img", "mj-image") and all(size is not None and size <= _TINY for size in sizes):
        return Hidden("is a picture too small to be seen", picture)
    return None


def _faint(template: Template, chain: list[Element], link: Element) -> Hidden | None:
    """Letters in the colour of what is behind them; a link has a colour of its own unless it is given one."""
    upto = chain[: chain.index(link) + 1]
    colour = _nearest(template, upto, "color")
    if colour is None or (front := _rgb(colour[1])) is None:
        return None
    behind = _behind(template, chain)
    if behind is None or (back := _rgb(behind or "white")) is None or _contrast(front, back) > _FAINT:
        return None
    if behind:
        return Hidden(f"has the colour of its background ({colour[1]} on {behind})", colour[0])
    return Hidden("is white, and nothing gives it another background", colour[0], certain=False)


def _behind(template: Template, chain: list[Element]) -> str | None:
    """The background that letters stand on: empty where nothing gives one, None where that is not known."""
    sheet, named = sheet_of(template), False
    for element in chain:
        style = _style(template, element)
        if "background-image" in style or element.get("background") or "background-url" in element.attributes:
            return None
        behind = style.get("background-color") or style.get("background")
        if behind and behind not in ("transparent", "none", "inherit", "initial"):
            return behind
        names = _names(element)
        if sheet.may_colour(names):
            return None
        named |= bool(names)
    whole = template.language == "html" and template.purpose is Purpose.MARKETING and not template.includes
    return "" if whole and not named and "background" not in sheet.text else None


def _names(element: Element) -> frozenset[str]:
    """What a style sheet may select an element by, besides its tag: `.footer`, `#top`."""
    classes = f"{element.get('class') or ''} {element.get('mj-class') or ''} {element.get('css-class') or ''}"
    identity = [f"#{name}" for name in (element.get("id") or "").lower().split()]
    return frozenset([*(f".{name}" for name in classes.lower().split()), *identity])


def _nearest(template: Template, chain: list[Element], name: str) -> tuple[Element, str] | None:
    """The nearest declaration of an inherited property."""
    for element in chain:
        value = _style(template, element).get(name)
        if value == "inherit":
            continue
        if value:
            return element, value
    return None


def _style(template: Template, element: Element) -> Mapping[str, str]:
    """What is declared for an element: by style sheet, by attribute, by its own style."""
    known = _known(template)
    if element.index not in known:
        known[element.index] = _declared(template, element)
    return known[element.index]


@once
def _known(_: Template) -> dict[int, Declarations]:
    """What is known so far, by an element's index."""
    return {}


def _declared(template: Template, element: Element) -> Declarations:
    attributes = element.attributes
    declared: Declarations = {}
    for source, name in (("bgcolor", "background-color"), ("width", "width"), ("height", "height")):
        if source in attributes:
            declared[name] = attributes[source].value.strip().lower()
    if element.tag == "font" and "color" in attributes:
        declared["color"] = attributes["color"].value.strip().lower()
    if element.tag in _SIZED or element.tag in ("mj-section", "mj-column", "mj-wrapper", "mj-hero", "mj-body"):
        for name in ("color", "font-size", "background-color"):
            if name in attributes:
                declared[name] = attributes[name].value.strip().lower()
    ruled = sheet_of(template).matching(
        element.tag, (element.get("id") or "").lower(), (element.get("class") or "").lower().split()
    )
    own = attributes.get("style")
    inline: Declarations = {}
    if own is not None:
        # what code decides is not known, and neither is what it may overrule
        inline = {} if template.code_at(own.start, own.end) else declarations(own.value)
        if not inline and template.code_at(own.start, own.end):
            return {}
    declared |= {name: value for name, (value, _) in ruled.items()}
    declared |= {name: value for name, value in inline.items() if name not in ruled or not ruled[name][1]}
    return declared


def _number(value: str | None) -> float | None:
    found = re.fullmatch(r"(-?\d*\.?\d+)(%?)", value or "")
    return float(found[1]) if found else None


@lru_cache(maxsize=256)
def _pixels(value: str | None) -> float | None:
    found = re.fullmatch(r"(-?\d*\.?\d+)\s*([a-z]*)", value or "")
    return float(found[1]) * _UNITS[found[2]] if found and found[2] in _UNITS else None


@lru_cache(maxsize=256)
def _rgb(value: str) -> _Rgb | None:
    value = value.strip()
    if value in _NAMED:
        return _NAMED[value]
    if found := re.fullmatch(r"#?([0-9a-f]{6})", value):
        return int(found[1][:2], 16), int(found[1][2:4], 16), int(found[1][4:], 16)
    if found := re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", value):
        return int(found[1] * 2, 16), int(found[2] * 2, 16), int(found[3] * 2, 16)
    if found := re.fullmatch(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", value):
        return min(255, int(found[1])), min(255, int(found[2])), min(255, int(found[3]))
    return None


def _contrast(one: _Rgb, other: _Rgb) -> float:
    """The contrast ratio of WCAG 2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: _Rgb) -> float:
    linear = [c / 12.92 if c <= _DARK else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
