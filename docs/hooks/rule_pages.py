"""The page of each rule, and the table of all, from what the rules say of themselves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from config_keys import option_rows
from mkt_lint._core import NAME as CORE
from mkt_lint._model import Kind, Message, Reference, Severity
from mkt_lint._plugins import Host
from mkt_lint._rule import Rule, RuleMetadata, RuleReference
from mkt_lint._rules import Rules
from toml_text import as_toml

_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_EXAMPLE = re.compile(r"^```(\w+) (good|bad)(?: (\{[^\n]*\}))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`([^`\n]+)`")

_JURISDICTIONS: Mapping[str, str] = {
    "FR": "France", "DE": "Germany", "IT": "Italy", "GB": "United Kingdom", "US": "United States", "CA": "Canada",
    "bulk-senders": "rules of the large mailbox providers",
}  # fmt: skip


_KINDS: Mapping[Kind, str] = {
    Kind.TABLE: "tables: CRM exports",
    Kind.TEMPLATE: "e-mail templates",
    Kind.SETTINGS: "settings",
    Kind.SUPPRESSION: "what silences findings",
}


class DescribedRule(NamedTuple):
    """A rule as it is documented."""

    reference: RuleReference
    rule: type[Rule]
    metadata: RuleMetadata


def described_rules(host: Host) -> list[DescribedRule]:
    """The rules of the core and of the built-in packs, by code; a third party's are not documented here."""
    others = {code for plugin in host.plugins if plugin.distribution != "mkt-lint" for code in plugin.rules}
    metadata = {rule.code: rule for rule in Rules(host).metadata()}
    loaded = {reference: host.rule_class(reference) for reference in host.rules if reference.code not in others}
    return [
        DescribedRule(reference, rule, metadata[reference.code])
        for reference, rule in loaded.items()
        if rule is not None
    ]


def by_pack(rules: Sequence[DescribedRule]) -> Mapping[str, list[DescribedRule]]:
    """The rules of each pack, packs by name; those of the core come last."""
    packs: dict[str, list[DescribedRule]] = {}
    for rule in sorted(rules, key=lambda described: (described.metadata.plugin == CORE, described.metadata.plugin)):
        packs.setdefault(rule.metadata.plugin, []).append(rule)
    return packs


def rules_index(rules: Sequence[DescribedRule]) -> str:
    """A table of rules for each pack."""
    return "\n\n".join(f"## {_title(pack, found)}\n\n{_rows(found)}" for pack, found in by_pack(rules).items())


def core_rules(rules: Sequence[DescribedRule]) -> str:
    """A table of the core's own rules, for a page outside of the rules' folder."""
    return _rows(by_pack(rules)[CORE], "rules/")


def _title(pack: str, rules: Sequence[DescribedRule]) -> str:
    kinds = dict.fromkeys(_KINDS[rule.metadata.kind] for rule in rules)
    title = ", ".join(kinds)
    return f"{title[0].upper()}{title[1:]} ({pack})"


def _rows(rules: Sequence[DescribedRule], folder: str = "") -> str:
    lines = ["| rule | what it finds | severity |", "| --- | --- | --- |"]
    for _, _, rule in rules:
        status = "" if rule.status == "stable" else f" ({rule.status})"
        name = f"[{rule.code}]({folder}{rule.code}.md)<br>{rule.name}{status}"
        lines.append(f"| {name} | {rule.summary} | {_severities(rule)} |")
    return "\n".join(lines)


def _severities(rule: RuleMetadata) -> str:
    found = {message.severity for message in rule.messages.values()}
    return ", ".join(severity for severity in Severity if severity in found)


def rule_page(described: DescribedRule, rules: Sequence[DescribedRule]) -> str:
    """All about one rule, in Markdown.

    Args:
        rules: All rules; their names in code spans become links.
    """
    rule = described.metadata
    links = {word: f"{other.code}.md" for _, _, other in rules if other.code != rule.code
             for word in (other.code, other.name)}  # fmt: skip
    sections = _sections(rule.documentation)
    parts = [f"# {rule.code} {rule.name}", _linked(rule.summary, links), _facts(rule)]
    for title, text in sections.items():
        if title == "When not to use it":
            parts += ["## Messages", *map(_message, rule.messages.items())]
        parts += [f"## {title}", _linked(_examples(text), links)]
        if title == "Options":
            parts.append(option_rows(described.rule))
    parts += ["## Silencing it", _silencing(rule)]
    if rule.references:
        parts += ["## References", "\n".join(map(_reference, rule.references))]
    return "\n\n".join(parts) + "\n"


def _sections(documentation: str) -> dict[str, str]:
    _, *pieces = _SECTION.split(documentation)
    return {title: text.strip() for title, text in zip(pieces[::2], pieces[1::2], strict=True)}


def _facts(rule: RuleMetadata) -> str:
    where = ", ".join(_JURISDICTIONS.get(name, name) for name in rule.jurisdictions) or "everywhere"
    facts = {
        "Looks at": _KINDS[rule.kind],
        "Severity": _severities(rule),
        "Confidence": rule.confidence,
        "Holds in": where,
        "Pack": rule.plugin,
        "Since": rule.since,
        "Status": rule.status + (f", replaced by {rule.replaced_by}" if rule.replaced_by else ""),
    }
    rows = "\n".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
    return f'<dl class="facts">\n{rows}\n</dl>'


def _examples(text: str) -> str:
    return _EXAMPLE.sub(lambda found: "\n\n".join(_example(*found.groups())), text)


def _example(language: str, verdict: str, config: str | None, text: str) -> Iterator[str]:
    if config:
        settings: dict[str, Any] = tomllib.loads(f"config = {config}")["config"]
        yield f'```toml title="mkt-lint.toml"\n{as_toml(settings)}```'
    yield f'```{{ .{language} .{verdict} title="{verdict.capitalize()}" }}\n{text}```'


def _message(item: tuple[str, Message]) -> str:
    name, message = item
    return f"`{name}` ({message.severity})\n\n> {_literal(message.template)}"


def _literal(text: str) -> str:
    """A message as it is: what Markdown or HTML would take for its own is escaped."""
    return re.sub(r"([\\`*_\[\]])", r"\\\1", text).replace("<", "&lt;")


def _silencing(rule: RuleMetadata) -> str:
    if rule.kind is Kind.SUPPRESSION:
        where, table = "in the configuration, everywhere", {}
    else:
        where, table = "in the configuration, for some files", {"files": ["legacy/"]}
    tables = as_toml({"ignore": [{"codes": [rule.code], **table, "reason": "why it does not apply"}]})
    config = f'{where} and with a reason ([more](../silencing.md)):\n\n```toml title="mkt-lint.toml"\n{tables}```'
    example = re.search(r"^```(\w+) bad", rule.documentation, re.MULTILINE)
    if rule.kind is not Kind.TEMPLATE or (example and example[1] == "txt"):
        return config[0].upper() + config[1:]
    if example and example[1] == "eml":
        word, place = "ignore-file", "In the message's HTML, anywhere, since the finding may be in its headers"
    else:
        word, place = "ignore", "In the template, before the element that the finding names"
    comment = f"<!-- mkt-lint: {word}[{rule.code}] why it does not apply -->"
    return f"{place}:\n\n```html\n{comment}\n```\n\nOr {config}"


def texts(rules: Sequence[DescribedRule]) -> str:
    """A table of the texts that rules rest on, with the rules, by jurisdiction."""
    found: dict[tuple[str, ...], tuple[Reference, list[str]]] = {}
    for _, _, rule in rules:
        for text in rule.references:
            key = (text.jurisdiction, text.authority, text.id, text.url)
            found.setdefault(key, (text, []))[1].append(f"[{rule.code}](rules/{rule.code}.md)")
    lines = ["| text | rules |", "| --- | --- |"]
    for _, (text, links) in sorted(found.items()):
        lines.append(f"| {_named(text)}<br>{text.title}, {text.date} | {', '.join(links)} |")
    return "\n".join(lines)


def _reference(text: Reference) -> str:
    details = ", ".join(filter(None, (text.title, text.date)))
    return f"- {_named(text)}" + (f": {details}" if details else "")


def _named(text: Reference) -> str:
    name = f"{text.authority}, {text.id}"
    return f"[{name}]({text.url})" if text.url else name


def _linked(text: str, links: Mapping[str, str]) -> str:
    """The text with code spans that name another rule made links; fenced code is left alone."""
    pieces = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    for index in range(0, len(pieces), 2):
        pieces[index] = _CODE_SPAN.sub(
            lambda found: f"[{found[0]}]({links[found[1]]})" if found[1] in links else found[0], pieces[index]
        )
    return "".join(pieces)
