"""Which telling phrases a text has, and what they come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain
from pathlib import Path

from mkt_lint._named import NamedTuple

_BEGINNING = 4
"""Letters of a phrase's longest word by which it is looked for."""


class _Group(NamedTuple):
    """Phrases of which one counts."""

    phrases: Sequence[str]
    weight: int
    in_opening: bool
    """Whether they count where a text begins alone."""


class Groups:
    """Groups of phrases, few of which a text has."""

    def __init__(self, groups: Iterable[_Group]) -> None:
        self.all = tuple(groups)
        """In the order of the data."""
        self._with: dict[str, list[int]] = {}
        for number, group in enumerate(self.all):
            for phrase in group.phrases:
                self._with.setdefault(phrase, []).append(number)

    def holding(self, phrases: Iterable[str]) -> list[_Group]:
        """Those with one of these phrases, in their order."""
        numbers = {number for phrase in phrases for number in self._with.get(phrase, ())}
        return [self.all[number] for number in sorted(numbers)]


class _Index:
    """Phrases by the first letters of their longest word.

    To look for each of some hundred takes longer than to parse a template; few have a word that begins as one of the
    text does. Those that stand in the middle of a word are not looked for.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = {}
        self._others: list[str] = []
        """Phrases of short words alone."""
        known = list(phrases)
        # all at once: to search each takes longer
        letters = "\n".join(known)
        for sign in set(letters) - {"\n"}:
            if not sign.isalpha():
                letters = letters.replace(sign, " ")
        for phrase, runs in zip(known, letters.split("\n"), strict=True):
            word = max(runs.split(), key=len, default="")
            # a short word at the end may be the beginning of a longer one
            plain = len(word) >= _BEGINNING or not phrase.endswith(word)
            (self._by_beginning.setdefault(word[:_BEGINNING], []) if plain else self._others).append(phrase)

    def possible(self, beginnings: AbstractSet[str]) -> Iterable[str]:
        """The phrases that a text with words of these beginnings may have."""
        return chain(self._others, *(self._by_beginning[key] for key in beginnings & self._by_beginning.keys()))


class Words(NamedTuple):
    """What is known of words."""

    transactional: Groups
    """Most phrases are a group of their own."""
    of_lists: Groups
    """Phrases of a message that speaks of a mailing list itself."""
    of_lists_in_brief: Groups
    """Further ones, which tell so in a message of few words alone."""
    marketing: Groups
    offers: Groups
    """Those of `marketing` that do not speak of mailings themselves."""
    prices: Sequence[str]
    greetings: Sequence[str]
    welcomes: Sequence[str]
    marketing_names: frozenset[str]
    either_names: frozenset[str]
    """Words that name marketing messages and others."""
    transactional_names: frozenset[str]
    anywhere: _Index
    at_the_start: _Index

    def said(self, text: str, opening: str, runs: Collection[str]) -> set[str]:
        """The phrases that stand in one of two texts.

        Args:
            runs: All runs of letters in both.
        """
        begin = {word[:_BEGINNING] for word in runs}
        begin |= {run[:_BEGINNING] for word in runs if not word.isalpha() for run in _runs(word)}
        said = {phrase for phrase in self.anywhere.possible(begin) if phrase in text or phrase in opening}
        return said | {phrase for phrase in self.at_the_start.possible(begin) if phrase in opening}


def _runs(word: str) -> Sequence[str]:
    """The runs of letters in a word: signs such as “²” part them."""
    return "".join(c if c.isalpha() else " " for c in word).split()


class Score(NamedTuple):
    """What the phrases of a text come to."""

    total: int
    best: str
    """The phrase that counts most."""
    most: int
    weight: int
    """That of the heaviest phrase, wherever it stands."""


def score(groups: Groups, said: Collection[str], text: str, opening: str) -> Score:
    """The sum over all groups of which a phrase occurs.

    Args:
        said: The phrases that stand in the text or in its opening.
    """
    total, best, most, weight = 0, "", 0, 0
    for group in groups.holding(said):
        found, counts = "", 0
        for phrase in [phrase for phrase in group.phrases if phrase in said]:
            if _occurs(phrase, opening):
                found, counts = phrase, 2 * group.weight
                break
            if not found and not group.in_opening and _occurs(phrase, text):
                found, counts = phrase, group.weight
        total += counts
        weight = max(weight, min(counts, group.weight))
        if counts > most:
            best, most = found, counts
    return Score(total, best.strip(), most, weight)


def _occurs(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, from the start of a word on."""
    at = text.find(phrase)
    while at > 0 and phrase[0].isalpha() and text[at - 1].isalpha():
        at = text.find(phrase, at + 1)
    return at >= 0


@cache
def words() -> Words:
    """The words that the data file holds."""
    import tomli  # only where no configuration says what a template is for

    data = tomli.loads(Path(__file__).with_name("purpose.toml").read_text("utf-8"))
    transactional: list[_Group] = []
    of_lists: list[_Group] = []
    in_brief: list[_Group] = []
    for entry in data["transactional"]:
        if entry.get("of-lists"):
            known = in_brief if entry.get("in-brief") else of_lists
            known.append(_Group(entry["phrases"], entry["weight"], True))
        else:
            transactional += [_Group((phrase,), entry["weight"], False) for phrase in entry["phrases"]]
    marketing = [(_Group(entry["phrases"], entry["weight"], False), entry) for entry in data["marketing"]]
    return Words(
        transactional=Groups(transactional),
        of_lists=Groups(of_lists),
        of_lists_in_brief=Groups(in_brief),
        marketing=Groups(group for group, _ in marketing),
        offers=Groups(group for group, entry in marketing if not entry.get("of-mailings")),
        prices=data["prices"]["signs"],
        greetings=data["greetings"]["words"],
        welcomes=data["welcomes"]["words"],
        marketing_names=frozenset(data["names"]["marketing"]),
        either_names=frozenset(data["names"]["marketing-or-not"]),
        transactional_names=frozenset(data["names"]["transactional"]),
        anywhere=_Index(_phrases((*transactional, *(group for group, _ in marketing)))),
        at_the_start=_Index(_phrases((*of_lists, *in_brief))),
    )


def _phrases(groups: Iterable[_Group]) -> set[str]:
    return {phrase for group in groups for phrase in group.phrases}
