"""HTML and MJML templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkt_lint._documents.template import Template
from mkt_lint._model import Kind
from mkt_lint._readers.template.build import build
from mkt_lint._readers.template.decoding import decode
from mkt_lint._readers.template.includes import Definitions, Library
from mkt_lint._source import ReadContext, Reader, Source, Unreadable

_MARKUP_NAMES = (".html", ".htm", ".xhtml", ".mjml")
_HTML_TAG = rb"""(?i)<(?:!doctype\s+html|/?(?:html|head|body|table|t[rdh]|div|span|p|a|img|br|h[1-6]|center|font|style
|title|ul|ol|li|mjml|mj-[a-z]{2,20}))[\s>/]"""
_PHP_PAGE = rb"(?is)(?:\s|\xef\xbb\xbf|<!--.*?-->|<\?.*?\?>)*+<(?:!doctype\s+html|html|body|center|table|mjml)[\s>]"
"""PHP that is a document with some code in it; the rest is code with some markup in it."""
_BLADE = rb"@(?:component|extends|section|include)\b|<x-[a-z]"


class HtmlReader(Reader):
    """Reads HTML and MJML, with or without template code."""

    kind = Kind.TEMPLATE

    def __init__(self) -> None:
        self._definitions = Definitions()

    def recognises(self, source: Source) -> bool:
        """Whether the file holds markup: a `.j2` or an `.erb` may as well make a configuration file."""
        name = source.name.lower()
        if name.endswith(_MARKUP_NAMES):
            return True
        head = source.head
        if name.endswith(".php") and not name.endswith(".blade.php"):
            return re.match(_PHP_PAGE, head) is not None
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            head = head.replace(b"\0", b"")
        if name.endswith(".php") and re.search(_BLADE, head):
            return True
        return re.search(_HTML_TAG.replace(b"\n", b""), head) is not None

    def read(self, source: Source, context: ReadContext) -> Iterator[Template | Unreadable]:
        decoded = decode(source.data)
        if decoded is None:
            yield Unreadable(
                "expected HTML or MJML, but this is binary data; exclude the file or give it the ending of its format"
            )
            return
        library = Library(context, build, self._definitions)
        yield build(source.path, decoded.text, decoded.encoding, context, library, source.location)
