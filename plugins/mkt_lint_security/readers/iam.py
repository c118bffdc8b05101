"""The account password policy of AWS IAM: Terraform, and what `get-account-password-policy` prints."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import resources

_KEYS = ("RequireLowercaseCharacters", "RequireUppercaseCharacters", "RequireNumbers", "RequireSymbols")
_TERRAFORM_KEYS = (
    "require_lowercase_characters", "require_uppercase_characters", "require_numbers", "require_symbols",
)  # fmt: skip


def descriptions(root: Node) -> Iterator[PasswordPolicy]:
    """The API's own form."""
    policy = root.get("PasswordPolicy")
    if policy is not None and policy.get("MinimumPasswordLength") is not None:
        yield _policy(policy, "MinimumPasswordLength", _KEYS, "MaxPasswordAge", "PasswordReusePrevention")


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`aws_iam_account_password_policy`."""
    for policy in resources(root, "aws_iam_account_password_policy"):
        yield _policy(
            policy, "minimum_password_length", _TERRAFORM_KEYS, "max_password_age", "password_reuse_prevention"
        )


def _policy(policy: Node, length: str, keys: tuple[str, ...], age: str, history: str) -> PasswordPolicy:
    draft = Draft("aws-iam", policy)
    draft.number("min_length", policy.get(length))
    draft.number("rotation_days", policy.get(age))
    draft.number("history", policy.get(history))
    draft.require_all({cls: policy.get(key) for cls, key in zip(CharacterClass, keys, strict=True)})
    return draft.done()
