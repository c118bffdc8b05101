"""Safe fixes applied: what is left to say of the file then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Edit, Fix
from mkt_lint._report import Report
from mkt_lint.testing._check import failures

_BOM = "\ufeff"


def fix_problems(code: str, data: bytes, report: Report, lint: Callable[[bytes], Report]) -> Iterator[str]:
    """Safe fixes of a rule that are no way out; each is applied by itself.

    What lies in a MIME part or another file is left alone: its lines and columns are not those of the case.

    Args:
        code: The rule's.
        data: The file's.
        report: What the linter says of it.
        lint: Lints other bytes in the file's place.
    """
    encodings = {document.path: document.encoding for document in report.documents if document.part is None}
    said = Counter(outcome.message_id for outcome in report.outcomes() if outcome.code == code)
    for finding in report.findings:
        fix = finding.fix
        if finding.code == code and fix and fix.safe and finding.part is None and finding.path in encodings:
            due = said - Counter([finding.message_id])
            yield from _problems(code, fix, data, encodings[finding.path], due, lint)


def _problems(
    code: str, fix: Fix, data: bytes, encoding: str, due: Counter[str], lint: Callable[[bytes], Report]
) -> Iterator[str]:
    try:
        mended = _applied(data.decode(encoding), fix.edits)
        report = lint(mended.encode(encoding))
    except ValueError as error:
        yield f"the safe fix “{fix.description}” cannot be applied: {error}"
        return
    yield from failures(report)
    found = [outcome for outcome in report.outcomes() if outcome.code == code]
    unexpected = Counter(outcome.message_id for outcome in found) - due
    for outcome in found:
        if outcome.message_id in unexpected:
            where = f"{outcome.path}:{outcome.span.line}:{outcome.span.column}"
            yield f"after the safe fix “{fix.description}”, {code} still says: {where}: {outcome.text}"
    if unexpected:
        yield f"The file is then:\n{mended.rstrip()}"


def _applied(text: str, edits: tuple[Edit, ...]) -> str:
    """Raises `ValueError`: an edit is at no place of the text, or two are at the same."""
    mark = _BOM if text.startswith(_BOM) else ""
    source = SourceText(text.removeprefix(_BOM))
    pieces, done = [mark], 0
    for edit in sorted(edits):
        start = _offset(source, *edit.span[:2])
        end = _offset(source, *edit.span[2:])
        if start < done:
            raise ValueError(f"two edits overlap at {edit.span.line}:{edit.span.column}")
        pieces += source.text[done:start], edit.text
        done = end
    return "".join([*pieces, source.text[done:]])


def _offset(source: SourceText, line: int, column: int) -> int:
    try:
        offset = source.offset(line, column)
    except IndexError:
        offset = -1
    if not 0 <= offset <= len(source.text) or source.position(offset) != (line, column):
        raise ValueError(f"the file has no line and column {line}:{column}")
    return offset
