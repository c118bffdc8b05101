"""`mkt-lint templates`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from mkt_lint import _plugins
from mkt_lint._config import CommandLine, ConfigError, Configs
from mkt_lint._config.model import FileConfig
from mkt_lint._documents.template import Template
from mkt_lint._files import walk
from mkt_lint._model import Failure, Kind, Span
from mkt_lint._rule import Landmark, TemplateRule
from mkt_lint._rules import Rules
from mkt_lint._source import ReadContext, Source, Unreadable
from mkt_lint._tracebacks import frames
from mkt_lint.cli.failing import end, fail
from mkt_lint.cli.options import blocked_plugins, config_file, plugin_option, with_isolated

_LONGEST = 100


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Output format.")
@config_file
@with_isolated
@plugin_option
@click.option("--debug", is_flag=True, help="Where in the code something broke.")
def templates(
    paths: tuple[str, ...], form: str, config: Path | None, isolated: bool, plugin: tuple[str, ...], debug: bool
) -> None:
    """Show what templates are taken for, and why: purpose, platform, language, includes, the unsubscribe link.

    PATHS are files and folders, by default the current folder.
    """
    host = _plugins.load(blocked_plugins(plugin))
    try:
        configs = Configs(Path.cwd(), config, isolated, CommandLine())
        listing = _Listing(host, configs)
        described = [listing.described(template) for template in listing.templates(paths or (".",))]
    except ConfigError as error:
        fail(error.failure)
    if form == "json":
        click.echo(json.dumps({"version": 1, "templates": described}, indent=2, ensure_ascii=False))
    else:
        click.echo("\n\n".join("\n".join(_lines(template)) for template in described), nl=bool(described))
    end([*host.failures, *listing.failures], debug=debug)


class _Listing:
    """Reads templates and describes them.

    Raises:
        ConfigError: the configuration for a file is wrong.
    """

    def __init__(self, host: _plugins.Host, configs: Configs) -> None:
        self.failures: list[Failure] = []
        self._host = host
        self._configs = configs
        self._rules = Rules(host)

    def templates(self, paths: tuple[str, ...]) -> Iterator[Template]:
        for found in walk(paths, self._configs):
            if isinstance(found, Failure):
                self.failures.append(found)
                continue
            try:
                yield from self._read(found[0])
            except OSError as error:
                reason = error.strerror or type(error).__name__
                self.failures.append(Failure(path=found[0].path, message=f"cannot be read: {reason}"))

    def _read(self, source: Source) -> Iterator[Template]:
        for reference in self._host.readers:
            reader = self._host.reader(reference) if reference.kind is Kind.TEMPLATE else None
            if reader is None or not reference.matches(source.name):
                continue
            config = self._configs.for_file(source)
            if not reference.is_named(config):
                continue
            if config.platform != "auto":
                self._configs.check_platform(source, (platform.name for platform in self._host.platforms))
            try:
                documents = list(reader.read(source, self._context(config))) if reader.recognises(source) else []
            except OSError:
                raise
            except (Exception, SystemExit) as error:  # any reader may be a third party's
                self.failures.append(self._host.reader_failure(reference, error, source.path))
                continue
            for document in documents:
                if isinstance(document, Unreadable):
                    self.failures.append(
                        Failure(path=source.path, message=document.message, line=document.line, column=document.column)
                    )
                elif isinstance(document, Template):
                    yield document

    def _context(self, config: FileConfig) -> ReadContext:
        today = date.today()  # noqa: DTZ011  # the user's own day
        return ReadContext(config, today, lambda: self._host.platforms, lambda: self._host.vocabulary)

    def described(self, template: Template) -> dict[str, Any]:
        """All that is shown of one template."""
        return {
            "path": template.path,
            "part": template.part,
            "format": template.language,
            "encoding": template.encoding,
            "purpose": template.purpose,
            "purpose_reason": template.purpose_reason,
            "language": template.declared_language,
            "platforms": [
                {"name": platform.name, "reason": _platform_reason(template, platform.name)}
                for platform in template.platforms
            ],
            "includes": [
                {
                    "name": include.name,
                    "line": include.span.line,
                    "column": include.span.column,
                    "path": include.template.path if include.template else None,
                    "problem": include.problem or None,
                }
                for include in template.includes
            ],
            "landmarks": dict(self._landmarks(template)),
        }

    def _landmarks(self, template: Template) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """By code what each rule goes by that goes by something."""
        for rule in self._rules.enabled(template.config, Kind.TEMPLATE):
            if not isinstance(rule, TemplateRule) or type(rule).landmarks is TemplateRule.landmarks:
                continue
            try:
                yield rule.code, [_as_json(landmark) for landmark in rule.landmarks(template)]
            except (Exception, SystemExit) as error:  # any rule may be a third party's
                failure = self._host.rule_failure(rule.code, type(error).__name__, frames(error), template.path)
                self.failures.append(failure)


def _as_json(landmark: Landmark) -> dict[str, Any]:
    return {
        "what": landmark.what,
        "path": landmark.template.path,
        "line": landmark.span.line,
        "column": landmark.span.column,
        "text": _shown(landmark.template, landmark.span),
        "problem": landmark.problem or None,
    }


def _platform_reason(template: Template, name: str) -> str:
    if template.config.platform != "auto":
        return "platform in the configuration"
    part, use = template.telling_tags[name]
    span = part.span(use.start, use.end)
    return f"{_shown(part, span)} in line {span.line}" + ("" if part is template else f" of {part.path}")


def _shown(template: Template, span: Span) -> str:
    text = " ".join(template.snippet(span).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _lines(template: dict[str, Any]) -> Iterator[str]:
    """What the text format shows of one template."""
    yield template["path"] + (f" ({template['part']})" if template["part"] else "")
    yield f"  purpose   {template['purpose']}: {template['purpose_reason']}"
    yield f"  format    {template['format']}, {template['encoding']}"
    yield f"  language  {template['language'] or 'not declared'}"
    for platform in template["platforms"]:
        yield f"  platform  {platform['name']}: {platform['reason']}"
    if not template["platforms"]:
        yield "  platform  unknown"
    for include in template["includes"]:
        where = include["path"] or include["problem"]
        yield f"  includes  {include['line']}:{include['column']} {include['name']}: {where}"
    for code, landmarks in template["landmarks"].items():
        for landmark in landmarks:
            file = "" if landmark["path"] == template["path"] else f"{landmark['path']}:"
            problem = f" ({landmark['problem']})" if landmark["problem"] else ""
            place = f"{file}{landmark['line']}:{landmark['column']}"
            yield f"  {code:<8}  {landmark['what']}, {place} {landmark['text']}{problem}"
        if not landmarks:
            yield f"  {code:<8}  finds nothing to go by"
