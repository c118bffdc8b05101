"""`mkt-lint rules` and `mkt-lint explain`."""

from __future__ import annotations

import json

import click

from mkt_lint import _plugins
from mkt_lint._config.spelling import suggestion
from mkt_lint._model import Severity
from mkt_lint._rule import RuleMetadata
from mkt_lint._rules import Rules
from mkt_lint.cli.failing import end
from mkt_lint.cli.options import blocked_plugins, plugin_option


@click.command()
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Output format.")
@plugin_option
def rules(form: str, plugin: tuple[str, ...]) -> None:
    """List the rules of all packs."""
    host = _plugins.load(blocked_plugins(plugin))
    described = Rules(host).metadata()
    if form == "json":
        listed = [_as_json(rule) for rule in described]
        click.echo(json.dumps({"version": 1, "rules": listed}, indent=2, ensure_ascii=False))
    else:
        width = max((len(rule.name) for rule in described), default=0)
        for rule in described:
            preview = " (preview)" if rule.status == "preview" else ""
            click.echo(f"{rule.code}  {rule.name:<{width}}  {rule.kind:<8}  {rule.summary}{preview}")
    end(host.failures)


@click.command()
@click.argument("rule", metavar="CODE|NAME")
@plugin_option
def explain(rule: str, plugin: tuple[str, ...]) -> None:
    """Tell all about one rule: what it finds, why, which texts it rests on, its options."""
    host = _plugins.load(blocked_plugins(plugin))
    wanted = next((r for r in host.rules if rule in (r.code, r.name) or rule.upper() == r.code), None)
    if wanted is None:
        known = [name for reference in host.rules for name in (reference.code, reference.name)]
        hint = suggestion(rule, known) or "; “mkt-lint rules” lists them"
        raise click.UsageError(f"there is no rule {rule!r}{hint}")
    described = Rules(host).metadata([wanted.code])
    for found in described:
        click.echo(_as_text(found))
    end(host.failures)


def _severities(rule: RuleMetadata) -> list[Severity]:
    return sorted({Severity(message.severity) for message in rule.messages.values()}, key=lambda item: item.rank)


def _as_json(rule: RuleMetadata) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "plugin": rule.plugin,
        "kind": rule.kind,
        "summary": rule.summary,
        "status": rule.status,
        "since": rule.since,
        "replaced_by": rule.replaced_by,
        "confidence": rule.confidence,
        "severities": _severities(rule),
        "jurisdictions": list(rule.jurisdictions),
        "references": [
            {"authority": text.authority, "id": text.id, "url": text.url, "jurisdiction": text.jurisdiction}
            for text in rule.references
        ],
        "documentation": rule.documentation,
    }


def _as_text(rule: RuleMetadata) -> str:
    facts = {
        "Kind": rule.kind,
        "Severity": " or ".join(_severities(rule)),
        "Confidence": rule.confidence,
        "Jurisdictions": ", ".join(rule.jurisdictions) or "everywhere",
        "Status": rule.status + (f", replaced by {rule.replaced_by}" if rule.replaced_by else ""),
        "Since": rule.since,
        "Pack": rule.plugin,
    }
    lines = [f"# {rule.code} {rule.name}", ""]
    lines += [f"{label + ':':<15}{value}" for label, value in facts.items()]
    lines += ["", rule.documentation, ""]
    if rule.references:
        lines += ["## References", ""]
        for text in rule.references:
            title = f", {text.title}" if text.title else ""
            date = f" ({text.date})" if text.date else ""
            lines.append(f"- {text.authority} {text.id}{date}{title}" + (f": {text.url}" if text.url else ""))
    return "\n".join(lines).rstrip()
