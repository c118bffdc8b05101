"""The formats that password policies are written in, and how each is recognised: by file name and by words in it.

Light, since it is imported for every file that could be one of these.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from mkt_lint_security.readers.decoding import Content

Syntax: TypeAlias = Literal[
    "json", "yaml", "toml", "hcl", "python", "xml", "ini", "ldif", "csharp", "php", "ruby", "html"
]


class Format(NamedTuple):
    """One format of one product."""

    syntax: Syntax
    target: str
    """`module:function` in this package; the function takes the tree and gives what it finds."""
    gate: str
    """A word that is in every file of the format; several formats share one, which is looked for once."""
    words: tuple[tuple[str, ...], ...]
    """One of each group is in every file of the format."""
    paths: tuple[str, ...] = ()
    """One of these is in the path, in lower case; empty for any path."""
    strict: bool = True
    """Whether a file with these words that cannot be parsed is an error; else it is passed over."""

    def may_be_at(self, path: str) -> bool:
        """Whether a file with this path, in lower case, may be of this format: told without reading it."""
        return not self.paths or any(part in path for part in self.paths)

    def claims(self, content: Content) -> bool:
        """Whether a file with this content, which has the gate, is likely of this format.

        Raises:
            OSError: the file cannot be read.
        """
        return all(content.has(*group) for group in self.words)


PASSWORD = "assword"

Rows: TypeAlias = dict[str, tuple[str, ...]]
"""By target: groups of words, those of a group with `|` between them. A first group of one word is the gate, unless all
files have the word `password`."""

_SENDING = (
    "open_tracking|subscription_tracking|unsubscribe_tracking|o:tracking-opens|TrackOpens|track_opens|"
    "mailer_append_tracking_pixel|privacy.disable_tracking|place_at_the_top|html_footer"
)
_DATA: Rows = {
    "cognito:templates": ("AWS::Cognito::UserPool",),
    "cognito:descriptions": ("PasswordPolicy", "MinimumLength", "UserPool"),
    "iam:descriptions": ("PasswordPolicy", "MinimumPasswordLength"),
    "auth0:tenants": ("passwordPolicy|password_options|password_complexity_options", "strategy"),
    "okta:policies": ("complexity", "minLength"),
    "firebase:configurations": ("passwordPolicyConfig",),
    "aspnet:settings": ("RequiredLength|RequireNonAlphanumeric|RequireDigit|MaxFailedAccessAttempts",),
    "zitadel:instances": ("PasswordComplexityPolicy|LockoutPolicy", "MinLength|MaxPasswordAttempts|Has"),
    "fusionauth:tenants": ("passwordValidationRules",),
    "kratos:configurations": ("selfservice",),
}
_YAML: Rows = {
    "authentik:blueprints": ("authentik_policies_password.",),
    "drupal:policies": ("policy_constraints",),
    "symfony:constraints": ("properties", "PasswordStrength|Length|Regex"),
}
_OTHER_DATA: Rows = {
    "sending:switches": ("rack", _SENDING),
    "retention:periods": ("rospect", "ays|onths|ears"),
}
_TERRAFORM: Rows = {
    "cognito:terraform": ("aws_cognito_user_pool",),
    "iam:terraform": ("aws_iam_account_password_policy",),
    "auth0:terraform": ("auth0_connection|auth0_attack_protection",),
    "okta:terraform": ("okta_policy_password",),
    "zitadel:terraform": ("password_complexity_policy|lockout_policy", "zitadel_"),
    "authentik:terraform": ("authentik_policy_password",),
}
_IDENTITY = (
    "RequiredLength|RequireDigit|PasswordOptions|MaxFailedAccessAttempts|RequireNonAlphanumeric|RequireUppercase"
)
_CODE: dict[Syntax, Rows] = {
    "csharp": {"aspnet:code": (_IDENTITY,)},
    "php": {
        "laravel:rules": ("Password::min(",),
        "laravel:strings": ("password'|password\"", "min:|size:"),
        "symfony:attributes": ("#[", "PasswordStrength|Length(|Regex("),
    },
    "ruby": {"devise:initializer": ("Devise.setup",)},
}
_XML: Rows = {
    "salesforce:settings": ("<passwordPolicies>",),
    "salesforce:profiles": ("<ProfilePasswordPolicy",),
    "b2c:policies": ("TrustFrameworkPolicy", "<Predicate"),
}
_FORM: Rows = {"html:forms": ("<input|<INPUT|<Input",)}

# Whose words leave no doubt, so that a file that cannot be parsed is an error. Charts and playbooks are templates of
# YAML rather than YAML.
_PLAIN = frozenset({
    "authentik:blueprints", "b2c:policies", "cognito:templates", "faillock:settings", "pwquality:settings",
    "salesforce:profiles", "salesforce:settings", "supabase:configurations", *_TERRAFORM,
})  # fmt: skip
_PLAIN_JSON = frozenset({"aspnet:settings", "firebase:configurations", "fusionauth:tenants"})


def _formats(syntax: Syntax, *tables: Rows, paths: tuple[str, ...] = (), gate: str | None = PASSWORD) -> list[Format]:
    """The formats of some tables; without a gate each has its own, which is its first word."""
    return [
        Format(
            syntax,
            target,
            groups[0] if gate is None else gate,
            tuple(tuple(group.split("|")) for group in groups[gate is None :]),
            paths,
            strict=target in _PLAIN or (syntax == "json" and target in _PLAIN_JSON),
        )
        for table in tables
        for target, groups in table.items()
    ]


def _by_gate(*formats: list[Format]) -> dict[str, tuple[Format, ...]]:
    gates: dict[str, tuple[Format, ...]] = {}
    for found in chain.from_iterable(formats):
        gates[found.gate] = (*gates.get(found.gate, ()), found)
    return gates


_TEMPLATES = (
    "ejs", "erb", "ftl", "hbs", "htm", "html", "j2", "jinja", "jinja2", "liquid", "njk", "tpl", "twig", "xhtml",
)  # fmt: skip

# By the end of the file's name, and by the gate.
FORMATS: dict[str, dict[str, tuple[Format, ...]]] = {
    "json": _by_gate(
        _formats("json", _DATA),
        _formats("json", _OTHER_DATA, gate=None),
        _formats("json", _TERRAFORM, paths=(".tf.json",)),
    ),
    **dict.fromkeys(
        ("yaml", "yml"),
        _by_gate(
            _formats("yaml", _DATA, _YAML),
            _formats("yaml", _OTHER_DATA, {"symfony:firewalls": ("login_throttling", "firewalls")}, gate=None),
        ),
    ),
    "toml": _by_gate(
        _formats("toml", _OTHER_DATA, gate=None),
        _formats("toml", {"supabase:configurations": ("[auth", "project_id|minimum_password_length")}, gate=None),
    ),
    "tf": _by_gate(_formats("hcl", _TERRAFORM)),
    "py": _by_gate(
        _formats(
            "python",
            {"django:settings": ("AUTH_PASSWORD_VALIDATORS",), "sending:switches": ("track_opens",)},
            paths=("setting", "conf", "base.py", "common.py", "prod", "dev", "local", "stag"),
            gate=None,
        )
    ),
    "xml": _by_gate(_formats("xml", _XML, gate=None)),
    "conf": _by_gate(
        _formats("ini", {"pwquality:settings": ()}, paths=("pwquality.conf",), gate=""),
        _formats("ini", {"faillock:settings": ()}, paths=("faillock.conf",), gate=""),
    ),
    "ldif": _by_gate(_formats("ldif", {"openldap:policies": ("pwd",)}, gate=None)),
    "inf": _by_gate(_formats("ini", {"windows:templates": ("[System Access]",)}, gate=None)),
    "cs": _by_gate(_formats("csharp", _CODE["csharp"])),
    "php": _by_gate(_formats("php", _CODE["php"]), _formats("html", _FORM)),
    "rb": _by_gate(_formats("ruby", _CODE["ruby"], gate=None)),
    **dict.fromkeys(_TEMPLATES, _by_gate(_formats("html", _FORM))),
}
