"""What pictures and links say of a template's purpose."""

from __future__ import annotations

import re

from mkt_lint._documents.template import Element, Template

_PICTURES = 4
_SOCIAL = 2
_NETWORKS = ("facebook.", "twitter.", "instagram.", "linkedin.", "youtube.", "pinterest.", "tiktok.")
_ALONE = 3
"""Pictures that make a message where there is no text."""
_SMALL = 100
"""Pixels below which a picture is an icon or keeps a distance."""
_NO_CONTENT = (
    r"(?i)placehold|lorempixel|picsum|dummyimage|via\.placeholder|fakeimg|placekitten|unsplash\.it"
    r"|spacer|pixel|blank|icon|logo|footer|shadow|border|rounded|corner|divider"
    r"|facebook|twitter|instagram|linkedin|youtube|pinterest|tiktok|whatsapp|social"
)


def looks(template: Template) -> int:
    """What pictures, links to social networks and a platform's tags for campaigns add."""
    pictures = len(template.elements_named("img", "mj-image"))
    links = [link.source_tag for link in template.elements_named("a", "mj-social-element")]
    joined = "".join(links)
    networks = [network for network in _NETWORKS if network in joined]
    social = sum(any(network in link for network in networks) for link in links) if networks else 0
    return (pictures >= _PICTURES) + (social >= _SOCIAL) + 2 * bool(template.tag_uses)


def pictures_alone(template: Template) -> list[Element]:
    """The pictures that are a message, where a template has hardly any text; empty where they are none."""
    pictures = [picture for picture in template.elements_named("img", "mj-image") if _has_content(picture)]
    return pictures if len(pictures) >= _ALONE else []


def said_by(pictures: list[Element]) -> str:
    """The texts that stand for pictures."""
    return " ".join(picture.get(name) or "" for picture in pictures for name in ("alt", "title"))


def _has_content(picture: Element) -> bool:
    source, width = picture.get("src") or "", picture.get("width") or ""
    digits = re.match(r"\d+(?!\d*%)", width)
    if digits and int(digits[0]) < _SMALL:
        return False
    return bool(source) and not re.search(_NO_CONTENT, source)
