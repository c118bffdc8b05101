"""Forms, their fields and what is said beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mkt_lint import Element, Template
from mkt_lint_email.conditions import condition_at
from mkt_lint_email.facts import words
from mkt_lint_email.opposition import ways_out
from mkt_lint_email.wording import folded, names, resolved, speaks

_LABEL = 600
"""More is a paragraph that happens to follow."""
_REACH = 2000
"""How far from its box a text may stand, markup included."""
_FIELDS = frozenset(("input", "select", "textarea", "button", "label", "form", "fieldset", "legend"))
_CHECKED_ELSEWHERE = ("v-model", "ng-model", "data-bind", "x-model", "formcontrolname")


class Box(NamedTuple):
    """A checkbox or a radio button, with what is said beside it."""

    element: Element
    label: str
    """Folded."""
    labelled: bool
    """Whether a `<label>` says so; else it is the text that follows."""
    holder: Element | None
    """The `<label>`."""
    name: str
    """Its `name` and `id`, folded."""


def boxes(template: Template) -> Iterator[Box]:
    """All checkboxes and radio buttons."""
    labels = {target: element for element in template.elements_named("label") if (target := element.get("for"))}
    for element in template.elements_named("input"):
        kind = (element.get("type") or "").lower()
        if kind not in ("checkbox", "radio"):
            continue
        holder = labels.get(element.get("id") or "") or next(
            (outer for outer in element.ancestors() if outer.tag == "label"), None
        )
        said = holder.text if holder is not None and holder.text else _following(template, element)
        spoken = folded(resolved(" ".join(filter(None, (said, element.get("aria-label"), element.get("title"))))))
        name = folded(f"{element.get('name') or ''} {element.get('id') or ''}")
        yield Box(element, spoken if len(spoken) <= _LABEL else "", holder is not None, holder, name)


def _following(template: Template, element: Element) -> str:
    """The text between a field and the next one, within the block that it stands in."""
    outer = element.parent
    end = min(outer.content.end if outer is not None else template.extent.end, element.end + _REACH)
    for index in range(element.index + 1, len(template.elements)):
        other = template.elements[index]
        if other.start >= end:
            break
        if other.tag in _FIELDS or other.tag == "br":
            end = other.start
            break
    return template.visible_between(element.end, max(element.end, end))


def agrees(box: Box) -> bool:
    """Whether a tick agrees to advertising, or to the use of data, and does not refuse it."""
    if speaks(box.label, "consent", "refuses") or any(word in box.label for word in (" pas ", " nicht ", " not ")):
        return False
    if names(box.name, "consent", "name_refuses"):
        return False
    return (
        speaks(box.label, "consent", "text")
        or speaks(box.label, "consent", "data")
        or names(box.name, "consent", "name")
    )


def is_ticked(template: Template, element: Element) -> bool:
    """Whether a box is ticked for everybody: by the markup itself, not by template code or a script."""
    checked = element.attributes.get("checked")
    if checked is None or checked.value.strip().lower() in ("false", "0", "no"):
        return False
    others = [name for name in element.attributes if name != "checked"]
    if any(name.endswith("checked") or name in _CHECKED_ELSEWHERE for name in others):
        return False
    values = [a for a in element.attributes.values() if a.has_value and a.name != "checked"]
    for code in template.code_at(element.start, element.end):
        if not code.comment and not any(a.start <= code.start < a.end for a in values):
            return False
    return not condition_at(template, element.start).inside


class Form(NamedTuple):
    """A form that takes personal data in."""

    element: Element
    email: Element | None
    phone: Element | None
    for_companies: bool
    """Whether it asks for a company."""


def collecting_forms(template: Template) -> Iterator[Form]:
    """Forms that ask for an address or a telephone number, of somebody who is not known yet."""
    forms = template.elements_named("form")
    out = {way.element.index for way in ways_out(template) if way.element is not None} if forms else ()
    for element in forms:
        if element.index in out:
            continue
        fields = [field for field in element.descendants() if field.tag in ("input", "textarea", "select")]
        form = Form(
            element, _asks_for(fields, "email"), _asks_for(fields, "phone"), _asks_for(fields, "company") is not None
        )
        if (form.email or form.phone) and _collects(template, element):
            yield form


def _asks_for(fields: Sequence[Element], what: str) -> Element | None:
    kinds = {"phone": "tel", "email": "email"}
    for field in fields:
        kind = (field.get("type") or "text").lower()
        if kind in ("hidden", "submit", "button", "checkbox", "radio", "image", "reset"):
            continue
        named = re.split(
            r"[^a-z]+", folded(re.sub(r"([a-z])([A-Z])", r"\1_\2", field.get("name") or field.get("id") or ""))
        )
        if (
            kind == kinds.get(what)
            or "_".join(filter(None, named)) in words("form", what)
            or not set(words("form", what)).isdisjoint(named)
        ):
            return field
    return None


def _collects(template: Template, form: Element) -> bool:
    """Whether a form's words, its buttons and its address say that it takes somebody in."""
    buttons = [
        (inner.get("value") or "") + " " + inner.text
        for inner in form.descendants()
        if inner.tag == "button" or (inner.tag == "input" and (inner.get("type") or "").lower() in ("submit", "button"))
    ]
    acts = folded(resolved(" ".join(buttons)))
    if speaks(acts, "form", "known"):
        return False
    identity = " ".join(form.get(name) or "" for name in ("action", "id", "class", "name"))
    said = folded(resolved(f"{acts} {form.text} {headings(template)}"))
    named = folded(re.sub(r"[^A-Za-z]+", " ", identity))
    return (speaks(said, "form", "collects") or speaks(named, "form", "collects")) and not speaks(
        named, "form", "known"
    )


def headings(template: Template) -> str:
    """The title and the headings of a page."""
    return " ".join(
        template.text[slice(*element.content)][:_LABEL] if element.tag == "title" else element.text
        for element in template.elements_named("title", "h1", "h2")
    )


def of_somebody_known(template: Template) -> bool:
    """Whether a page shows somebody his own choices: what is ticked there may be what he ticked."""
    said = folded(resolved(headings(template)))
    return speaks(said, "form", "profile") or speaks(said, "opposition", "preferences_text")
