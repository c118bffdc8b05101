"""The rules that are on for a file, ready to look at documents."""

from __future__ import annotations

from collections.abc import Iterable

from mkt_lint._config import ConfigError, build_options
from mkt_lint._config.model import FileConfig
from mkt_lint._model import Confidence, Kind
from mkt_lint._plugins import Host
from mkt_lint._rule import Rule, RuleMetadata, RuleReference, selects


class Rules:
    """Rules by configuration and kind, each made once."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._made: dict[tuple[object, ...], tuple[Rule, ...]] = {}

    def enabled(self, config: FileConfig, kind: Kind) -> tuple[Rule, ...]:
        """The rules that are on for a file, by code; a class is imported when its kind is first asked for.

        Raises:
            ConfigError: an option of a rule is unknown or of the wrong type.
        """
        key = (
            kind, config.origin, config.select, config.ignore, config.preview, config.jurisdictions,
            tuple((code, rule.severity, repr(rule.options)) for code, rule in sorted(config.rules.items())),
        )  # fmt: skip
        if key not in self._made:
            self._made[key] = tuple(self._make(config, kind))
        return self._made[key]

    def _make(self, config: FileConfig, kind: Kind) -> Iterable[Rule]:
        for reference in self._host.rules:
            if reference.kind is not kind or not _selected(config, reference):
                continue
            loaded = self._host.rule_class(reference)
            if loaded is None or loaded.status == "deprecated" or (loaded.status == "preview" and not config.preview):
                continue
            if loaded.jurisdictions and not loaded.jurisdictions & set(config.jurisdictions):
                continue
            try:
                yield loaded(reference, build_options(loaded, config, reference))
            except ConfigError:
                raise
            except (Exception, SystemExit) as error:  # an option of no possible type, an __init__ of a third party
                self._host.break_rule(reference, error)

    def metadata(self, codes: Iterable[str] | None = None) -> tuple[RuleMetadata, ...]:
        """All that can be said of rules, by code; of those that can be loaded."""
        wanted = None if codes is None else set(codes)
        described = []
        for reference in self._host.rules:
            if wanted is None or reference.code in wanted:
                loaded = self._host.rule_class(reference)
                if loaded is not None:
                    described.append(describe(loaded, reference, self._host.owner(reference.code)))
        return tuple(described)


def _selected(config: FileConfig, reference: RuleReference) -> bool:
    chosen = not config.select or selects(config.select, reference.code, reference.name)
    return chosen and not selects(config.ignore, reference.code, reference.name)


def describe(rule: type[Rule], reference: RuleReference, plugin: str) -> RuleMetadata:
    """A rule's metadata, from its class and its file's name."""
    import inspect  # only formats and listings that describe rules

    documentation = inspect.cleandoc(rule.__doc__ or "")
    return RuleMetadata(
        code=reference.code,
        name=reference.name,
        class_name=rule.__name__,
        plugin=plugin,
        kind=reference.kind,
        summary=documentation.partition("\n")[0],
        documentation=documentation,
        confidence=Confidence(rule.confidence),
        references=rule.references,
        jurisdictions=tuple(sorted(rule.jurisdictions)),
        since=rule.since,
        status=rule.status,
        replaced_by=rule.replaced_by,
        messages=rule.messages,
    )
