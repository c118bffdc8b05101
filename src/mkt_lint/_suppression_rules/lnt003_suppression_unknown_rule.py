from __future__ import annotations

from collections.abc import Iterator

from mkt_lint._documents.suppressions import Suppressions
from mkt_lint._model import Message, Term, Verdict
from mkt_lint._rule import SuppressionRule

_LONGEST = 80

_WAY_OUT = "Name a rule that `mkt-lint rules` lists, or take the comment out."


class SuppressionUnknownRule(SuppressionRule):
    """Comment that names no known rule.

    ## Why

    It silences nothing, although whoever wrote it thinks that it does. What stands in the brackets are codes
    (`EML101`), beginnings of codes (`EML1`), names (`unsubscribe-missing`) or `ALL`, with commas between them. In the
    configuration a rule that does not exist is an error, which ends the run.

    Where a rule pack is blocked or broken, any unknown code may be one of its own, and the rule is silent.

    ## Examples

    ```html bad
    <html><body>
    <!-- mkt-lint: ignore[unsubscribe-deed] the mailer replaces the address when it sends -->
    <p>Our newsletter. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <!-- mkt-lint: ignore[unsubscribe-dead] the mailer replaces the address when it sends -->
    <p>Our newsletter. <a href="#">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If the same templates are linted in another place with more rule packs than here, ignore it here.
    """

    confidence = "high"
    messages = {
        "unknown": Message(
            what="There is no rule “{selector}”.", why="The comment silences nothing by it.", todo=_WAY_OUT
        ),
        "misspelt": Message(
            what="There is no rule “{selector}”; the nearest is “{nearest}”.",
            why="The comment silences nothing by it.",
            todo="Correct it, or take it out.",
        ),
        "none": Message(
            what="This comment names no rule.",
            why="It silences nothing.",
            todo="Put the codes into brackets, as in ignore[EML101].",
        ),
    }

    def check(self, suppressions: Suppressions) -> Iterator[Verdict]:
        for suppression in suppressions.suppressions:
            if not suppression.named:
                yield self.finding("none", at=suppression.span)
            for selector in suppression.unknown:
                said = Term(selector.text[:_LONGEST])
                if selector.nearest is None:
                    yield self.finding("unknown", at=selector.span, selector=said)
                else:
                    yield self.finding("misspelt", at=selector.span, selector=said, nearest=Term(selector.nearest))
