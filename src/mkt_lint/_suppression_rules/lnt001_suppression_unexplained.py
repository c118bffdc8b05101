from __future__ import annotations

from collections.abc import Iterator

from mkt_lint._documents.suppressions import Suppressions
from mkt_lint._model import Message, Verdict
from mkt_lint._rule import SuppressionRule


class SuppressionUnexplained(SuppressionRule):
    """Comment that silences a finding and does not say why.

    ## Why

    Whoever answers for the messages has to be able to show why a warning was set aside (GDPR article 5(2)), and whoever
    reads the template in a year has to know whether the reason still holds. What the comment names is silenced all the
    same.

    ## Examples

    ```html bad
    <html><body>
    <!-- mkt-lint: ignore[unsubscribe-dead] -->
    <p>Our newsletter. <a href="#">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <!-- mkt-lint: ignore[unsubscribe-dead] the mailer replaces the address when it sends -->
    <p>Our newsletter. <a href="#">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If reasons are kept elsewhere, in the history of the repository for instance, ignore the rule in the configuration.
    """

    confidence = "high"
    messages = {
        "unexplained": Message(
            what="This comment silences findings and does not say why.",
            why="Nobody can tell later whether the reason still holds.",
            todo="Write the reason after the closing bracket.",
        )
    }

    def check(self, suppressions: Suppressions) -> Iterator[Verdict]:
        for suppression in suppressions.suppressions:
            if not suppression.reason:
                yield self.finding("unexplained", at=suppression.span)
