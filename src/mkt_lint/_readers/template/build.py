"""From text to the template that rules see."""

from __future__ import annotations

from pathlib import Path

from mkt_lint._documents.message import MessageContent
from mkt_lint._documents.template import Code, Content, Template
from mkt_lint._documents.text import Range, SourceText
from mkt_lint._readers.template.includes import Library
from mkt_lint._readers.template.masking import mask
from mkt_lint._readers.template.purpose import classify
from mkt_lint._readers.template.tree import parse
from mkt_lint._source import ReadContext

_NO_BLOCKS: frozenset[str] = frozenset()


def build(
    path: str,
    text: str,
    encoding: str,
    context: ReadContext,
    library: Library,
    location: Path | None,
    *,
    extent: Range | None = None,
    part: str | None = None,
    message: MessageContent | None = None,
    blanked: frozenset[str] = _NO_BLOCKS,
) -> Template:
    """A template from its text.

    Args:
        path: As reports name it.
        text: The whole file.
        library: Finds what the template includes.
        location: Where the file lies; None for the standard input and for parts of messages.
        extent: The stretch of the text that is the template; by default all of it.
        message: What is around the template, if it is a part of a message.
        blanked: Blocks that the text was left without, since what extends the template has its own.
    """
    extent = extent or Range(0, len(text))
    source = SourceText(text)
    masked, ranges = mask(text[extent.start : extent.end])
    if extent.start or extent.end < len(text):
        # offsets count from the start of the file
        masked = " " * extent.start + masked + " " * (len(text) - extent.end)
    codes = tuple(
        Code(text[start:end], start, end, code.prints, code.comment, source)
        for code in ranges
        for start, end in ((code.start + extent.start, code.end + extent.start),)
    )
    markup, comments = parse(source, masked, extent, [(code.start, code.end) for code in codes if code.comment])
    mjml = any(element.tag == "mjml" or element.tag.startswith("mj-") for element in markup.elements[:8])
    content = Content(
        path=path,
        part=part,
        encoding=encoding,
        language="mjml" if mjml else "html",
        source=source,
        markup=markup,
        codes=codes,
        comments=comments,
        message=message,
        location=location,
    )
    return Template(
        content,
        context.config,
        context.platforms,
        classify,
        lambda template: library.follow(template, location, blanked),
    )
