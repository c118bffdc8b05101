"""`mkt-lint templates`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkt_lint import _plugins
from mkt_lint._config.model import FileConfig
from mkt_lint._files import walk
from mkt_lint._linter import Linter
from mkt_lint._model import Failure, Kind, Span
from mkt_lint._reporters.terminal import visible
from mkt_lint._rule import Landmark, TemplateRule
from mkt_lint._rules import Rules
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Document, Source
from mkt_lint._tracebacks import frames
from mkt_lint.cli.failing import end
from mkt_lint.cli.options import config_file, plugin_option, with_isolated
from mkt_lint.cli.starting import started

if TYPE_CHECKING:
    from mkt_lint._documents.template import Template

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
    with started(config, isolated, plugin, debug=debug) as (configs, host, blocked):
        listing = _Listing(Setup(configs, date.today(), blocked), host)  # noqa: DTZ011  # the user's own day
        listing.read(walk(paths or (".",), configs))
    failures = sorted({*host.failures, *listing.failures}, key=lambda failure: failure.sort_key)
    if form == "json":
        click.echo(json.dumps({"version": 1, "templates": listing.templates}, indent=2, ensure_ascii=False))
    elif listing.templates:
        click.echo("\n\n".join("\n".join(map(visible, _lines(template))) for template in listing.templates))
    elif not failures:
        click.echo("There is no template there.", err=True)
    end(failures, debug=debug)


class _Listing:
    """Reads templates as a linter does, and describes them instead of saying what is wrong with them."""

    def __init__(self, setup: Setup, host: _plugins.Host) -> None:
        self._linter = Linter(setup, host, self, Kind.TEMPLATE)
        self._rules = Rules(host)
        self._host = host
        self.templates: list[dict[str, Any]] = []
        self.failures: list[Failure] = []

    def read(self, found: Iterable[tuple[Source, bool] | Failure]) -> None:
        """Describe what was found: files, each with whether it was named, and what could not be reached.

        Raises:
            ConfigError: a file's configuration is wrong.
        """
        self.failures += self._linter.lint_all(found)

    def inspect(
        self,
        source: Source,
        document: Document,
        config: FileConfig,
        threads: int,
        advance: Advance,
        result: FileResult,
    ) -> None:
        """Describe one template."""
        assert document.kind is Kind.TEMPLATE  # no other reader is asked
        self.templates.append(self._described(document))

    def _described(self, template: Template) -> dict[str, Any]:
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
            yield f"  {code:<8}  nothing found"
