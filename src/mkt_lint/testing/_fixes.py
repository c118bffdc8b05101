"""Safe fixes applied: what is left to say of the file then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from mkt_lint._fix import CannotFixError, fix, fixable
from mkt_lint._model import Fix
from mkt_lint._report import Report
from mkt_lint.testing._check import failures


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
    for finding, item in fixable(report.findings, unsafe=False):
        if finding.code == code and finding.path in encodings:
            due = said - Counter([finding.message_id])
            yield from _problems(code, item, data, encodings[finding.path], due, lint)


def _problems(
    code: str, item: Fix, data: bytes, encoding: str, due: Counter[str], lint: Callable[[bytes], Report]
) -> Iterator[str]:
    try:
        mended = fix(data, encoding, [item]).data
    except CannotFixError as error:
        yield f"the safe fix “{item.description}” is no way out: the file {error}"
        return
    report = lint(mended)
    yield from failures(report)
    found = [outcome for outcome in report.outcomes() if outcome.code == code]
    unexpected = Counter(outcome.message_id for outcome in found) - due
    for outcome in found:
        if outcome.message_id in unexpected:
            where = f"{outcome.path}:{outcome.span.line}:{outcome.span.column}"
            yield f"after the safe fix “{item.description}”, {code} still says: {where}: {outcome.text}"
    if unexpected:
        yield f"The file is then:\n{mended.decode(encoding).rstrip()}"
