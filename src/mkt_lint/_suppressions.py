"""What silences findings, made ready for the rules that look at it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mkt_lint._config.model import Ignore
from mkt_lint._config.selectors import KnownRules
from mkt_lint._documents.suppressions import Suppression, Suppressions, UnknownSelector
from mkt_lint._model import Kind
from mkt_lint._rule import selects
from mkt_lint._suppress import IgnoreComment, expired

if TYPE_CHECKING:
    from mkt_lint._config import ConfigFile
    from mkt_lint._documents.template import Template
    from mkt_lint._rule import RuleReference


def suppressions_in(
    template: Template,
    comments: Sequence[IgnoreComment],
    used: Collection[IgnoreComment],
    known: KnownRules,
    can_tell: Callable[[IgnoreComment], bool],
    as_of: date,
) -> Suppressions:
    """The comments of a template that are addressed to the linter.

    Args:
        used: Those that silenced something.
        known: All rules that there are.
        can_tell: Whether a comment that silenced nothing was held against all that it could silence.
    """
    return Suppressions(
        as_of,
        tuple(
            Suppression(
                where="comment" if comment.covers else "file",
                span=comment.directive.span,
                reason=comment.reason,
                named=bool(comment.selectors),
                unknown=tuple(_unknown(template, comment, known)),
                silenced=comment in used or (False if can_tell(comment) else None),
            )
            for comment in comments
        ),
        tuple(directive for directive in template.directives if not directive.understood),
    )


def _unknown(template: Template, comment: IgnoreComment, known: KnownRules) -> Iterable[UnknownSelector]:
    for text, place in comment.directive.selectors:
        if not known.knows(text):
            yield UnknownSelector(text, template.span(*place), known.nearest(text))


def suppressions_of(
    file: ConfigFile, ignores: Sequence[Ignore], silenced: Mapping[int, bool], judged: Collection[int], as_of: date
) -> Suppressions:
    """The `[[ignore]]` tables of a configuration file that are to be looked at after a run.

    Args:
        silenced: Whether a table silenced something, by its place; of those that are meant for a linted file.
        judged: The places of those that were held against all that they could silence.
    """
    said = []
    for place, ignore in enumerate(ignores):
        over = expired(ignore, as_of)
        if not (place in judged or (over and place in silenced)):
            continue
        span = file.span(("ignore", place, "codes"))
        if span is None:
            continue
        said.append(
            Suppression(
                where="entry",
                span=span,
                reason=ignore.reason,
                named=True,
                until=ignore.until,
                until_span=file.span(("ignore", place, "until")),
                silenced=silenced.get(place, False) if place in judged and not over else None,
            )
        )
    return Suppressions(as_of, tuple(said))


def meant(selectors: Iterable[str], rules: Iterable[RuleReference], kinds: Collection[Kind]) -> frozenset[str]:
    """The codes of the rules that selectors mean, of those that look at documents of some kinds."""
    wanted = tuple(selectors)
    return frozenset(rule.code for rule in rules if rule.kind in kinds and selects(wanted, rule.code, rule.name))
