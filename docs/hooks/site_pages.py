"""MkDocs: pages and parts of pages that are made from the code when the site is built.

A page holds `<!-- generated: NAME -->` where a part belongs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from action_inputs import action_inputs
from command_pages import command_reference
from config_keys import configuration_keys
from mkt_lint import _plugins
from mkt_lint._config.jsonschema import schema
from mkt_lint._plugins import Host
from product_defaults import product_defaults
from rule_pages import DescribedRule, by_pack, core_rules, described_rules, rule_page, rules_index, texts

_MARKER = re.compile(r"^<!-- generated: ([a-z-]+) -->$", re.MULTILINE)
_FINDING = re.compile(r'(?<=<span class="go">)(\S+:\d+:\d+:?) (error|warning|note|undecided)\b')
_RULES = "Rules"
_ACTION = Path(__file__).parents[2] / "action.yml"


@cache
def _host() -> Host:
    return _plugins.load()


@cache
def _rules() -> list[DescribedRule]:
    rules = described_rules(_host())
    if _host().failures:
        raise PluginError("; ".join(failure.message for failure in _host().failures))
    return rules


_PARTS: Mapping[str, Callable[[], str]] = {
    "action": lambda: action_inputs(_ACTION.read_text("utf-8")),
    "commands": command_reference,
    "configuration": lambda: configuration_keys(_rules(), _host().vocabulary),
    "core-rules": lambda: core_rules(_rules()),
    "product-defaults": lambda: product_defaults(_host()),
    "rules": lambda: rules_index(_rules()),
    "texts": lambda: texts(_rules()),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each rule, and the schema of the configuration for editors."""
    for rule in _rules():
        files.append(File.generated(config, _page_name(rule), content=rule_page(rule, _rules())))
    described = schema((rule.reference, rule.rule) for rule in _rules())
    text = json.dumps(described, indent=2, ensure_ascii=False)
    files.append(File.generated(config, "mkt-lint.schema.json", content=text))
    for section in config.nav or ():
        if _RULES in section:
            section[_RULES] += [
                {pack: [{f"{rule.metadata.code} {rule.metadata.name}": _page_name(rule)} for rule in rules]}
                for pack, rules in by_pack(_rules()).items()
            ]
    return files


def _page_name(rule: DescribedRule) -> str:
    """The page's path; `mkt_lint._reporters.links.rule_page` gives the address that comes of it."""
    return f"rules/{rule.metadata.code}.md"


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Put the generated parts in."""
    return _MARKER.sub(lambda found: _part(found[1], page), markdown)


def _part(name: str, page: Page) -> str:
    if name not in _PARTS:
        raise PluginError(f"{page.file.src_uri}: there is no part {name!r}; known are {', '.join(_PARTS)}")
    return _PARTS[name]()


def on_page_content(html: str, **_: object) -> str:
    """Show severities in reports in colour, as a terminal does."""
    return _FINDING.sub(r'<b>\1</b> <b class="severity-\2">\2</b>', html)
