"""The account password policy of AWS IAM: Terraform, Ansible, and what the API answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import nodes, resources, text_of, word

_KEYS = ("RequireLowercaseCharacters", "RequireUppercaseCharacters", "RequireNumbers", "RequireSymbols")
_TERRAFORM_KEYS = (
    "require_lowercase_characters", "require_uppercase_characters", "require_numbers", "require_symbols",
)  # fmt: skip
_PLAYBOOK_KEYS = ("require_lowercase", "require_uppercase", "require_numbers", "require_symbols")


def descriptions(root: Node) -> Iterator[PasswordPolicy]:
    """The API's own form."""
    policy = root.get("PasswordPolicy")
    if policy is not None and policy.get("MinimumPasswordLength") is not None:
        yield _policy(
            policy, policy.members, "MinimumPasswordLength", _KEYS, "MaxPasswordAge", "PasswordReusePrevention"
        )


def responses(root: Node) -> Iterator[PasswordPolicy]:
    """The API's answer in XML."""
    for policy in nodes(root, lambda node: node.get("MinimumPasswordLength") is not None, "MinimumPasswordLength"):
        stated = {name: text_of(policy, name) for name in policy.members}
        yield _policy(policy, stated, "MinimumPasswordLength", _KEYS, "MaxPasswordAge", "PasswordReusePrevention")


def playbooks(root: Node) -> Iterator[PasswordPolicy]:
    """The module `iam_password_policy` of Ansible."""
    for policy in nodes(root, lambda node: (node.key or "").endswith("iam_password_policy"), "iam_password_policy"):
        if word(policy.get("state")) != "absent" and policy.get("min_pw_length") is not None:
            yield _policy(policy, policy.members, "min_pw_length", _PLAYBOOK_KEYS, "pw_max_age", "pw_reuse_prevent")


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`aws_iam_account_password_policy`."""
    for policy in resources(root, "aws_iam_account_password_policy"):
        yield _policy(
            policy,
            policy.members,
            "minimum_password_length",
            _TERRAFORM_KEYS,
            "max_password_age",
            "password_reuse_prevention",
        )


def _policy(
    place: Node, stated: Mapping[str, Node | None], length: str, keys: tuple[str, ...], age: str, history: str
) -> PasswordPolicy:
    draft = Draft("aws-iam", place)
    draft.number("min_length", stated.get(length))
    draft.number("rotation_days", stated.get(age))
    draft.number("history", stated.get(history))
    draft.require_all({cls: stated.get(key) for cls, key in zip(CharacterClass, keys, strict=True)})
    return draft.done()
