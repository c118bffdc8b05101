from __future__ import annotations

from collections.abc import Iterator

from mkt_lint._documents.suppressions import Suppressions
from mkt_lint._model import Message, Verdict
from mkt_lint._rule import SuppressionRule


class SuppressionExpired(SuppressionRule):
    """Entry of the configuration whose last day has passed.

    ## Why

    An `[[ignore]]` with `until` is a promise to mend something by that day. From the day after, it silences nothing:
    the findings are back, and this one says where they had been put off. It is reported when a file that the entry is
    meant for is linted, or all of the configuration's folder.

    ## Examples

    ```html bad {ignore = [{codes = ["EML102"], reason = "The link comes with the next release.", until = 2026-06-30}]}
    <html><body>
    <p>Our newsletter. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good {ignore = [{codes = ["EML102"], reason = "The link comes with the next release.", until = 2027-06-30}]}
    <html><body>
    <p>Our newsletter. <a href="#">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    There is hardly a reason to: take the entry out, or give it another day.
    """

    confidence = "high"
    messages = {
        "expired": Message(
            what="The last day of this entry was {until}; it silences nothing any more.",
            why="What it put off is due.",
            todo="Mend what it silenced and take it out, or give it another day and say why.",
        )
    }

    def check(self, suppressions: Suppressions) -> Iterator[Verdict]:
        for suppression in suppressions.suppressions:
            if suppression.until is not None and suppression.until < suppressions.as_of:
                yield self.finding("expired", at=suppression.until_span or suppression.span, until=suppression.until)
