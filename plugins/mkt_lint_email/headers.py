"""The header fields of a message that is a file."""

from __future__ import annotations

from mkt_lint import Span, Template


def is_message(template: Template) -> bool:
    """Whether the template is the first HTML part of a message with headers, an EML file."""
    return bool(template.headers) and not template.is_further_part


def field_values(template: Template, name: str) -> list[str]:
    """All values of a field, unfolded, in order."""
    return [field.value for field in template.header_fields if field.name == name]


def field_span(template: Template, name: str) -> Span:
    """Where a field stands; the body where the template's text does not hold the header."""
    spans = (field.span for field in template.header_fields if field.name == name)
    return next((span for span in spans if span is not None), template.body_span)
