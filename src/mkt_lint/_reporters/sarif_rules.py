"""The parts of a SARIF log that describe the tool: its rules, their messages, the texts that they rest on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from mkt_lint._model import PLACEHOLDER, Message, Outcome, Reference, Severity, format_argument
from mkt_lint._reporters.links import rule_page
from mkt_lint._rule import RuleMetadata

Json: TypeAlias = dict[str, Any]

MAX_TAGS: Final = 10
MAX_DESCRIPTION: Final = 1024
"""Both are what GitHub takes."""

_PROBLEM_SEVERITY: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
_WHY: Final = re.compile(r"^## Why\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_RELEASE: Final = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.?(a|b|rc|dev)(\d+))?")


def semantic_version(version: str) -> str | None:
    """A Python version as a semantic one: `0.2.0rc1` is `0.2.0-rc.1`; None for what has no such form."""
    found = _RELEASE.fullmatch(version)
    if not found:
        return None
    release = ".".join(found[part] or "0" for part in (1, 2, 3))
    return f"{release}-{found[4]}.{int(found[5])}" if found[4] else release


def _placeholders(message: Message) -> list[str]:
    """The names of a message's arguments, in the order of SARIF's `{0}`, `{1}`."""
    return list(dict.fromkeys(PLACEHOLDER.findall(message.template)))


def message_arguments(outcome: Outcome, path: str) -> list[str]:
    """What fills the message string of `descriptor`; of a message without arguments the file's path."""
    names = _placeholders(outcome.message)
    return [format_argument(outcome.arguments[name]) for name in names] or [path]


class Taxonomies:
    """The texts that rules rest on: a taxonomy for each authority."""

    def __init__(self, references: Iterable[Reference]) -> None:
        by_authority: dict[str, dict[str, Reference]] = {}
        for reference in sorted(references, key=lambda text: (text.authority, text.id, text.url)):
            by_authority.setdefault(reference.authority, {}).setdefault(reference.id, reference)
        self._places = {
            (authority, text): (number, place)
            for number, (authority, texts) in enumerate(by_authority.items())
            for place, text in enumerate(texts)
        }
        self.components = [_taxonomy(authority, texts.values()) for authority, texts in by_authority.items()]

    @property
    def supported(self) -> list[Json]:
        """References to all of them, for the driver."""
        return [{"name": component["name"], "index": index} for index, component in enumerate(self.components)]

    def targets(self, references: Iterable[Reference]) -> list[Json]:
        """References to the entries for these texts, each once."""
        found = {(text.authority, text.id): self._places[text.authority, text.id] for text in references}
        return [
            {"id": text, "index": place, "toolComponent": {"name": authority, "index": number}}
            for (authority, text), (number, place) in found.items()
        ]


def _taxonomy(authority: str, texts: Iterable[Reference]) -> Json:
    return {
        "name": authority,
        "organization": authority,
        "shortDescription": {"text": f"Texts of {authority} that rules rest on."},
        "isComprehensive": False,
        "taxa": [_taxon(text) for text in texts],
    }


def _taxon(text: Reference) -> Json:
    taxon: Json = {"id": text.id, "shortDescription": {"text": sentence(text.title or f"{text.authority} {text.id}")}}
    if text.url:
        taxon["helpUri"] = text.url
    taxon["properties"] = {"jurisdiction": text.jurisdiction} | ({"date": text.date} if text.date else {})
    return taxon


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith(".") else f"{text}."


def descriptor(rule: RuleMetadata, taxonomies: Taxonomies) -> Json:
    """A rule as a `reportingDescriptor`."""
    level = min((Severity(message.severity) for message in rule.messages.values()), key=lambda severity: severity.rank)
    why = _WHY.search(rule.documentation)
    described: Json = {
        "id": rule.code,
        "name": rule.class_name,
        "shortDescription": {"text": sentence(rule.summary)},
        "fullDescription": {"text": _cut(sentence(" ".join(why[1].split()) if why else rule.summary))},
        "help": {"text": _help(rule, _plain), "markdown": _help(rule, _linked)},
        "helpUri": rule_page(rule.code),
        "defaultConfiguration": {"level": level},
        "messageStrings": {key: {"text": _message_string(message)} for key, message in sorted(rule.messages.items())},
        "properties": {
            "tags": _tags(rule),
            "precision": rule.confidence,
            "problem.severity": _PROBLEM_SEVERITY[level],
        },
    }
    if rule.references:
        targets = taxonomies.targets(rule.references)
        described["relationships"] = [{"target": target, "kinds": ["relevant"]} for target in targets]
    return described


def _cut(text: str) -> str:
    return text if len(text) <= MAX_DESCRIPTION else f"{text[: MAX_DESCRIPTION - 2]}…."


def _tags(rule: RuleMetadata) -> list[str]:
    return list(dict.fromkeys([rule.kind, rule.plugin, rule.name, *rule.jurisdictions]))[:MAX_TAGS]


def _message_string(message: Message) -> str:
    """The message with `'{0}'` for its first argument.

    SARIF wants arguments in quotes, other braces doubled, and something in every message that tells results apart:
    one without arguments begins with the file's path.
    """
    positions = {name: position for position, name in enumerate(_placeholders(message))}
    pieces = [] if positions else ["'{0}': "]
    end = 0
    for found in PLACEHOLDER.finditer(message.template):
        pieces += [_doubled(message.template[end : found.start()]), f"'{{{positions[found[1]]}}}'"]
        end = found.end()
    return sentence("".join([*pieces, _doubled(message.template[end:])]))


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _plain(text: Reference) -> str:
    return f"{text.authority} {text.id}: {text.url}" if text.url else f"{text.authority} {text.id}"


def _linked(text: Reference) -> str:
    return f"[{text.authority} {text.id}]({text.url})" if text.url else f"{text.authority} {text.id}"


def _help(rule: RuleMetadata, shown: Callable[[Reference], str]) -> str:
    texts = "".join(f"- {shown(text)}\n" for text in rule.references)
    parts = [f"# {rule.code} {rule.name}", rule.documentation.strip(), texts and f"## Texts\n\n{texts}".strip()]
    return "\n\n".join(filter(None, parts)) + "\n"
