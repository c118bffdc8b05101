"""The keys of the configuration, from its schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mkt_lint._config.model import FileConfig, Ignore, RuleConfig, RunConfig, WalkConfig
from mkt_lint._config.schema import file_shape, keys_of
from mkt_lint._config.shapes import Key, ListOrTables, TableOf, plain
from mkt_lint._fields import F, Field
from mkt_lint._rule import Rule
from shape_words import described
from toml_text import as_toml

if TYPE_CHECKING:
    from mkt_lint._facts import Vocabulary
    from rule_pages import DescribedRule

_ABOUT_FIELDS = (
    "What a column can mean, for `tables.columns` and `tables.values`, and some of the headers that are recognised "
    "without being told, in the form in which they are compared: without case, accents and apostrophes."
)
_HEADERS_SHOWN = 3


def configuration_keys(rules: Sequence[DescribedRule], vocabulary: Vocabulary) -> str:
    """Every key with its type, its default and what it does; the options of rules; the fields of tables."""
    top = file_shape().keys
    return "\n\n".join([
        "## For each file",
        "What holds for one file comes from the configuration nearest that file.",
        *_keys({name: top[name] for name in keys_of(FileConfig)}, ""),
        _overrides(top["overrides"]),
        "## Which files",
        "When a folder is walked, these come from the configuration nearest that folder.",
        *_keys({name: top[name] for name in keys_of(WalkConfig)}, ""),
        "## For the whole run",
        "These come from the configuration nearest the working directory. In another one they are an error.",
        *_keys({name: top[name] for name in keys_of(RunConfig)}, ""),
        "## Options of rules",
        "They stand in `[rules.CODE]`, or under the rule's name. `severity` is for every rule.",
        "\n".join(_table_rows(keys_of(RuleConfig))),
        *_rule_options(rules),
        "## Fields of tables",
        _ABOUT_FIELDS,
        "\n".join(_fields(vocabulary)),
    ])  # fmt: skip


def _keys(keys: Mapping[str, Key], prefix: str) -> Iterator[str]:
    for name, key in keys.items():
        yield from _key(key, f"{prefix}{name}")


def _key(key: Key, path: str) -> Iterator[str]:
    shape = key.shape
    yield f"### `{path}` {{ #{path.replace('.', '-')} }}"
    if isinstance(shape, TableOf):
        yield key.help
        yield "\n".join(_table_rows(shape.keys, f"{path}."))
        return
    default = "required" if key.required else f"default: {_default(key)}"
    yield key.help
    yield f"{described(shape)}; {default}\n{{ .type }}"
    if isinstance(shape, ListOrTables):
        yield "The keys of an `[[ignore]]` table:"
        yield "\n".join(_table_rows(keys_of(Ignore)))


def _overrides(key: Key) -> str:
    return (
        f"### `[[overrides]]` {{ #overrides }}\n\n{key.help}\n\nEach has `files`, and any of the keys above but "
        "`[[ignore]]` tables.\n\n"
        "```toml\n"
        + as_toml({"overrides": [{"files": ["newsletters/de/"], "jurisdictions": ["DE"], "platform": "mailjet"}]})
        + "```"
    )


def _table_rows(keys: Mapping[str, Key], prefix: str = "") -> Iterator[str]:
    yield "| key | type and default | what it does |"
    yield "| --- | --- | --- |"
    for name, key in keys.items():
        kind = described(key.shape).replace("|", "\\|")
        default = "required" if key.required else _default(key)
        yield f"| `{prefix}{name}` | {kind}<br>{default} | {key.help} |"


def option_rows(rule: type[Rule]) -> str:
    """A rule's options as a table."""
    return "\n".join(_table_rows(keys_of(rule.Options)))


def _rule_options(rules: Sequence[DescribedRule]) -> Iterator[str]:
    for _, rule, metadata in rules:
        if keys_of(rule.Options):
            yield f"### [{metadata.code} {metadata.name}](rules/{metadata.code}.md) {{ #{metadata.code} }}"
            yield option_rows(rule)


def _fields(vocabulary: Vocabulary) -> Iterator[str]:
    yield "| field | headers, for instance |"
    yield "| --- | --- |"
    for field in (value for value in vars(F).values() if isinstance(value, Field)):
        headers = [alias.header for alias in vocabulary.columns if alias.field == field]
        yield f"| `{field}` | {', '.join(headers[:_HEADERS_SHOWN]) or 'none'} |"


def _default(key: Key) -> str:
    value = plain(key.default)
    if value is None or value == {}:
        return "none"
    if value == []:
        return "none" if "minItems" in key.json() else "`[]`"
    return f"`{as_toml({'x': value}).removeprefix('x = ').strip()}`"
