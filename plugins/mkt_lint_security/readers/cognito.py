"""Amazon Cognito: CloudFormation and CDK templates, descriptions from the API, Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import comes_from_elsewhere, only, resources, word

_KEYS = ("RequireLowercase", "RequireUppercase", "RequireNumbers", "RequireSymbols")
_TERRAFORM_KEYS = ("require_lowercase", "require_uppercase", "require_numbers", "require_symbols")


def templates(root: Node) -> Iterator[PasswordPolicy]:
    """Resources of CloudFormation, which CDK writes too."""
    declared = root.get("Resources")
    for resource in declared.members.values() if declared else ():
        if word(resource.get("Type")) == "AWS::Cognito::UserPool":
            written = resource.get("Properties", "Policies", "PasswordPolicy")
            yield _policy(resource, written, "MinimumLength", _KEYS, "PasswordHistorySize")


def descriptions(root: Node) -> Iterator[PasswordPolicy]:
    """What `describe-user-pool` prints and `create-user-pool` takes."""
    pool = root.get("UserPool") or root
    written = pool.get("Policies", "PasswordPolicy")
    if written is not None and written.get("MinimumLength") is not None and root.get("Resources") is None:
        yield _policy(pool, written, "MinimumLength", _KEYS, "PasswordHistorySize")


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`aws_cognito_user_pool`."""
    for pool in resources(root, "aws_cognito_user_pool"):
        written = pool.get("dynamic", "password_policy") or only(pool.get("password_policy"))
        yield _policy(pool, written, "minimum_length", _TERRAFORM_KEYS, "password_history_size")


def _policy(pool: Node, written: Node | None, length: str, keys: tuple[str, ...], history: str) -> PasswordPolicy:
    draft = Draft("cognito", written or pool, stated=written is not None)
    if written is not None and (
        written.kind != "object" or comes_from_elsewhere(written) or "for_each" in written.members
    ):
        draft.unknown_length(written)
        return draft.done()
    policy = written.members if written is not None else {}
    draft.number("min_length", policy.get(length))
    draft.number("history", policy.get(history))
    draft.require_all({cls: policy.get(key) for cls, key in zip(CharacterClass, keys, strict=True)})
    return draft.done()
