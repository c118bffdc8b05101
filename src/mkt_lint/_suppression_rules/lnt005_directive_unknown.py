from __future__ import annotations

from collections.abc import Iterator

from mkt_lint._documents.suppressions import Suppressions
from mkt_lint._model import Message, Verdict
from mkt_lint._rule import SuppressionRule


class DirectiveUnknown(SuppressionRule):
    """Comment to the linter that it does not understand.

    ## Why

    A comment that begins with `mkt-lint:` says what a template is for, or silences findings. One that is misspelt does
    neither, and looks as if it did. What can be said:

    - `mkt-lint: purpose=marketing`, or `transactional`, `partial`, `page`
    - `mkt-lint: ignore[EML101] reason`
    - `mkt-lint: ignore-file[EML101] reason`

    ## Examples

    ```html bad
    <!-- mkt-lint: purpose=newsletter -->
    <html><body><p>Our newsletter. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ```html good
    <!-- mkt-lint: purpose=marketing -->
    <html><body><p>Our newsletter. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ## When not to use it

    There is hardly a reason to: begin a comment that is meant for people with other words.
    """

    confidence = "high"
    messages = {
        "purpose": Message(
            what="This comment names no purpose that there is.",
            why="The template's purpose is made out from its content, as if the comment were not there.",
            todo="Write purpose=marketing, transactional, partial or page.",
        ),
        "unknown": Message(
            what="This comment asks for nothing that is known.",
            why="It has no effect.",
            todo="Write purpose=..., ignore[CODES] or ignore-file[CODES]; or begin the comment with other words.",
        ),
    }

    def check(self, suppressions: Suppressions) -> Iterator[Verdict]:
        for directive in suppressions.others:
            yield self.finding("purpose" if directive.name == "purpose" else "unknown", at=directive.span)
