"""Templates of text messages: plain text, with or without template code."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint._documents.template import Template
from mkt_lint._model import Kind
from mkt_lint._readers.template.build import build
from mkt_lint._readers.template.decoding import decode
from mkt_lint._readers.template.html import HtmlReader
from mkt_lint._readers.template.includes import Definitions, Library
from mkt_lint._source import ReadContext, Reader, Source, Unreadable

_TEXT_NAME = ".txt"


class SmsReader(Reader):
    """Reads what the configuration names under `templates.sms` and what is no HTML."""

    kind = Kind.TEMPLATE

    def __init__(self) -> None:
        self._definitions = Definitions()

    def recognises(self, source: Source) -> bool:
        """Whether no other reader of templates takes the file."""
        return source.name.lower().endswith(_TEXT_NAME) or not HtmlReader().recognises(source)

    def read(self, source: Source, context: ReadContext) -> Iterator[Template | Unreadable]:
        decoded = decode(source.data)
        if decoded is None:
            yield Unreadable("expected the text of a message, but this is binary data; take it out of templates.sms")
            return
        library = Library(context, build, self._definitions)
        yield build(source.path, decoded.text, decoded.encoding, context, library, source.location)
