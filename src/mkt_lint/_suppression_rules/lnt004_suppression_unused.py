from __future__ import annotations

from collections.abc import Iterator

from mkt_lint._documents.suppressions import Suppressions
from mkt_lint._model import Message, Verdict
from mkt_lint._rule import SuppressionRule


class SuppressionUnused(SuppressionRule):
    """Comment, or entry of the configuration, that silenced nothing.

    ## Why

    What it was there for has been mended, or it stands in the wrong place. If it stays, it will silence the next
    finding of that rule, which nobody has looked at.

    A comment covers the element that comes after it, or, where it ends a line, the element or the text before it. A
    finding about something that is missing stands at the start tag of the body, or at the first element where there is
    no body: its comment goes before that.

    An `[[ignore]]` entry of the configuration is reported in runs that lint all of the configuration's folder, since a
    run over some files cannot tell. Nothing is reported where a rule failed, nor of what names a rule that is off.

    ## Examples

    ```html bad {select = ["LNT004", "EML102"]}
    <html><body>
    <!-- mkt-lint: ignore[EML102] the mailer replaces the address when it sends -->
    <p>Our newsletter. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good {select = ["LNT004", "EML102"]}
    <html><body>
    <!-- mkt-lint: ignore[EML102] the mailer replaces the address when it sends -->
    <p>Our newsletter. <a href="#">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If the same templates are linted under several configurations, a comment may be of use under one of them alone.
    """

    confidence = "high"
    messages = {
        "comment": Message(
            what="This comment silences nothing.",
            why="There is no such finding in what it covers: the element after it, or before it on its line.",
            todo="Take it out, or put it before the element that the finding is at.",
        ),
        "file": Message(
            what="This comment silences nothing.",
            why="There is no such finding in the file.",
            todo="Take it out.",
        ),
        "entry": Message(
            what="This entry silences nothing.",
            why="No file that it is meant for has such a finding.",
            todo="Take it out.",
        ),
    }

    def check(self, suppressions: Suppressions) -> Iterator[Verdict]:
        for suppression in suppressions.suppressions:
            if suppression.silenced is False and suppression.named and not suppression.unknown:
                yield self.finding(suppression.where, at=suppression.span)
