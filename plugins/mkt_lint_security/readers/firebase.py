"""`passwordPolicyConfig` of Firebase Authentication and Identity Platform."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import nodes, only, word

_KEY = "passwordPolicyConfig"
_KEYS = (
    "containsLowercaseCharacter", "containsUppercaseCharacter", "containsNumericCharacter",
    "containsNonAlphanumericCharacter",
)  # fmt: skip


def configurations(root: Node) -> Iterator[PasswordPolicy]:
    """The policy of a project or a tenant."""
    for config in nodes(root, lambda node: node.key == _KEY and _is_ours(node), _KEY):
        state = config.get("passwordPolicyEnforcementState")
        enforced = word(state) == "ENFORCE"
        version = only(config.get("passwordPolicyVersions"))
        options = version.get("customStrengthOptions") if version else None
        draft = Draft("firebase", config, stated=enforced)
        if state is not None and not enforced and word(state) is None:
            draft.unknown_length(state)
        elif enforced and options is not None:
            draft.number("min_length", options.get("minPasswordLength"))
            draft.number("max_length", options.get("maxPasswordLength"))
            draft.require_all({cls: options.get(key) for cls, key in zip(CharacterClass, _KEYS, strict=True)})
        yield draft.done()


def _is_ours(config: Node) -> bool:
    """A schema has the same key, above a `type`."""
    state = config.get("passwordPolicyEnforcementState")
    return (state is not None and state.kind == "string") or config.get("passwordPolicyVersions", 0) is not None
