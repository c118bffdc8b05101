"""A rule's options, from what the configuration says of the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkt_lint._config.document import ConfigError
from mkt_lint._config.spelling import suggestion

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig
    from mkt_lint._options import RuleOptions
    from mkt_lint._rule import Rule, RuleReference


def build_options(rule: type[Rule], config: FileConfig, reference: RuleReference) -> RuleOptions:
    """The options of one rule for one file.

    Raises:
        ConfigError: the rule has no such option, or a value is of the wrong type.
        TypeError: the rule's `Options` has a field of a type that an option may not have.
    """
    given = config.rules.get(reference.code)
    if given is None or not given.options:
        return rule.Options()
    from mkt_lint._config.place import Place  # the schema, which a run without options does without
    from mkt_lint._config.schema import keys_of

    keys = keys_of(rule.Options)
    values = {}
    for name, value in given.options.items():
        origin = given.origins.get(name)
        path = origin.path if origin else ("rules", reference.code, name)
        place = Place(origin.file if origin else None, path=path)
        if name in keys:
            values[keys[name].attribute] = keys[name].shape.convert(value, place)
        else:
            known = [*keys, "severity"]
            place.at_key().wrong(
                f"the rule {reference.code} has no option {name!r}" + suggestion(name, known, "it takes")
            )
        if place.problems:
            problem = place.problems[0]
            raise origin.file.error(problem) if origin else ConfigError(problem.message)
    return rule.Options(**values)
