"""The formats that password policies are written in, and how each is recognised: by file name and by words in it.

Light, since it is imported for every file that could be one of these.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from mkt_lint_security import PAM_FILES

if TYPE_CHECKING:
    from mkt_lint_security.readers.decoding import Content

Syntax: TypeAlias = Literal[
    "json", "yaml", "toml", "hcl", "python", "xml", "ini", "lines", "ldif", "csharp", "php", "ruby", "html"
]


# A name, or its folder's, of settings that protect nobody: they are often as lax as can be.
_TRIAL = re.compile(r"(?:^|[/._-])(?:tests?|testing|ci|local|dev|develop|development|e2e)(?:[._-][^/]*|/[^/]*)$")


class Format(NamedTuple):
    """One format of one product."""

    syntax: Syntax
    target: str
    """`module:function` in this package; the function takes the tree and gives what it finds."""
    gate: bytes
    """A word that is in every file of the format; several formats share one, which is looked for once."""
    words: tuple[tuple[bytes, ...], ...]
    """One of each group is in every file of the format."""
    paths: tuple[str, ...] = ()
    """One of these is in the path, in lower case; empty for any path."""
    strict: bool | str = True
    """Whether a file with these words that cannot be parsed is an error; else it is passed over. A text is an
    expression that the file must have then."""
    trial: bool = True
    """Whether a file that is named as one for tests or for development is of the format too."""

    def may_be_at(self, path: str) -> bool:
        """Whether a file with this path, in lower case, may be of this format: told without reading it."""
        if self.paths and not any(part in path for part in self.paths):
            return False
        return self.trial or not _TRIAL.search(path)

    def claims(self, content: Content) -> bool:
        """Whether a file with this content, which has the gate, is likely of this format.

        Raises:
            OSError: the file cannot be read.
        """
        for group in self.words:  # noqa: SIM110  # a generator costs as much as a search
            if not content.has(*group):
                return False
        return True


PASSWORD = "assword"

Rows: TypeAlias = dict[str, tuple[str, ...]]
"""By target: groups of words, those of a group with `|` between them. A first group of one word is the gate, unless all
files have the word `password`."""

_OWN: Rows = {"generic:policies": ("password-policy|password_policy|passwordPolicy",)}
_SENDING = "_tracking|tracking-opens|TrackOpens|track_opens|place_at_the_top|html_footer"
_DATA: Rows = {
    **_OWN,
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
_REALM_KEYS = (
    "accessCodeLifespan|accessTokenLifespan|bruteForceProtected|defaultSignatureAlgorithm|failureFactor|"
    "keycloakVersion|loginWithEmailAllowed|otpPolicyType|passwordPolicy|registrationAllowed|resetPasswordAllowed|"
    "sslRequired|ssoSessionIdleTimeout"
)
_REALMS: Rows = {"keycloak:realms": ('"realm"', f"{_REALM_KEYS}|clients|groups|roles|users")}
_YAML: Rows = {
    "keycloak:realms": ("passwordPolicy", "realm"),
    "iam:playbooks": ("iam_password_policy", "min_pw_length"),
    "authentik:blueprints": ("authentik_policies_password.",),
    "drupal:policies": ("policy_constraints",),
    "symfony:constraints": ("properties", "PasswordStrength|Length|Regex"),
}
_OTHER_DATA: Rows = {
    "sending:switches": ("rack", _SENDING),
    "retention:periods": ("rospect", "ays|onths|ears"),
}
_SUPABASE: Rows = {"supabase:configurations": ("[auth", "project_id|minimum_password_length")}
_TERRAFORM: Rows = {
    "cognito:terraform": ("aws_cognito_user_pool",),
    "iam:terraform": ("aws_iam_account_password_policy",),
    "auth0:terraform": ("auth0_connection|auth0_attack_protection",),
    "okta:terraform": ("okta_policy_password",),
    "zitadel:terraform": ("password_complexity_policy|lockout_policy", "zitadel_"),
    "authentik:terraform": ("authentik_policy_password",),
    "keycloak:terraform": ("keycloak_realm", "password_policy"),
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
    "iam:responses": ("<MinimumPasswordLength>",),
    "salesforce:settings": ("<passwordPolicies>",),
    "salesforce:profiles": ("<ProfilePasswordPolicy",),
}
_B2C: Rows = {"b2c:policies": ("TrustFrameworkPolicy", "<Predicate")}
_DIRECTORIES: Rows = {
    "openldap:policies": ("pwdM|pwdL|pwdC",),
    "directories:policies": ("asswordMinLength|krbPwdMinLength|MinimumPasswordLength|minPwdLength",),
}
_FORM: Rows = {"html:forms": ("<input|<Input|<INPUT", 'assword"|assword\'|=password|=Password|ASSWORD"')}
_PAM: Rows = {"pam:stacks": ("pam_pwquality|pam_cracklib|pam_unix|pam_faillock|pam_tally|pam_passwdqc",)}

# Whose words leave no doubt, so that a file that cannot be parsed is an error. Charts and playbooks are templates of
# YAML rather than YAML.
_PLAIN = frozenset({
    "authentik:blueprints", "b2c:policies", "cognito:templates", "faillock:settings", "iam:responses",
    "pwquality:settings", "salesforce:profiles", "salesforce:settings", "supabase:configurations", *_TERRAFORM,
})  # fmt: skip
_PLAIN_JSON = frozenset({"aspnet:settings", "firebase:configurations", "fusionauth:tenants"})
# Without a tree only these tell that the file was to be one.
_PLAINLY: dict[tuple[str, Syntax], str] = {
    ("generic:policies", "toml"): r'(?m)^[ \t]*\[*[ \t]*"?password-policy\b',
    ("generic:policies", "yaml"): r"(?m)^[\"']?password-policy[\"']?[ \t]*:",
    ("generic:policies", "json"): r'"password-policy"\s*:\s*[{\[]',
    ("keycloak:realms", "json"): '"(?:' + _REALMS["keycloak:realms"][1].partition("|clients|")[0] + ')"',
}


def _formats(syntax: Syntax, *tables: Rows, paths: tuple[str, ...] = (), gate: str | None = PASSWORD) -> list[Format]:
    """The formats of some tables; without a gate each has its own, which is its first word."""
    return [
        Format(
            syntax,
            target,
            (groups[0] if gate is None else gate).encode(),
            tuple(tuple(group.encode().split(b"|")) for group in groups[gate is None :]),
            paths,
            strict=_PLAINLY.get((target, syntax)) or target in _PLAIN or (syntax == "json" and target in _PLAIN_JSON),
            trial=target not in ("aspnet:settings", "django:settings"),
        )
        for table in tables
        for target, groups in table.items()
    ]


class Gate(NamedTuple):
    """Formats whose files have a word in common."""

    word: bytes
    formats: tuple[Format, ...]
    asks_path: bool
    """Whether none of them may be at just any path."""


def _gates(*formats: list[Format]) -> tuple[Gate, ...]:
    """Each word is looked for once."""
    gates: dict[bytes, list[Format]] = {}
    for known in chain.from_iterable(formats):
        gates.setdefault(known.gate, []).append(known)
    return tuple(
        Gate(word, tuple(found), all(known.paths or not known.trial for known in found))
        for word, found in gates.items()
    )


_CONF = (
    _formats("ini", {"pwquality:settings": ()}, paths=("pwquality.conf",), gate=""),
    _formats("ini", {"faillock:settings": ()}, paths=("faillock.conf",), gate=""),
)
_FORMS = _gates(_formats("html", _FORM))

# By the end of the file's name, and by the gate.
FORMATS: dict[str, tuple[Gate, ...]] = {
    "json": _gates(
        _formats("json", _DATA),
        _formats("json", _REALMS, _OTHER_DATA, gate=None),
        _formats("json", _TERRAFORM, paths=(".tf.json",)),
    ),
    **dict.fromkeys(
        ("yaml", "yml"),
        _gates(
            _formats("yaml", _DATA, _YAML),
            _formats("yaml", _OTHER_DATA, {"symfony:firewalls": ("login_throttling", "firewalls")}, gate=None),
            _formats("yaml", {"drupal:flood": ("user_limit",)}, paths=("user.flood.",), gate=None),
        ),
    ),
    "toml": _gates(
        _formats("toml", _OWN, {"kratos:configurations": ("selfservice",)}),
        _formats("toml", _OTHER_DATA, gate=None),
        _formats("toml", _SUPABASE, paths=("config.toml",), gate=None),
    ),
    "tf": _gates(_formats("hcl", _TERRAFORM)),
    "py": _gates(
        _formats("python", {"django:settings": ("AUTH_PASSWORD_VALIDATORS",)}, gate=None),
        _formats("python", {"sending:switches": ("track_opens",)}, paths=("setting", "conf"), gate=None),
    ),
    "xml": _gates(_formats("xml", _XML), _formats("xml", _B2C, gate=None)),
    "conf": _gates(*_CONF),
    "pam": _gates(_formats("lines", _PAM, gate="pam_")),
    "ldif": _gates(_formats("ldif", _DIRECTORIES, gate="")),
    "inf": _gates(_formats("ini", {"windows:templates": ("[System Access]",)}, gate=None)),
    "cs": _gates(_formats("csharp", _CODE["csharp"])),
    "php": _gates(
        _formats("php", _CODE["php"]),
        _formats("html", _FORM),
        _formats("php", {"sending:parameters": ("mailer_append_tracking_pixel",)}, gate=None),
    ),
    "rb": _gates(_formats("ruby", _CODE["ruby"], gate=None)),
    **dict.fromkeys(
        (
            "cshtml", "eex", "ejs", "ftl", "gohtml", "handlebars", "hbs", "heex", "htm", "html", "jinja", "jsp", "jsx",
            "liquid", "mustache", "njk", "phtml", "razor", "svelte", "tmpl", "tpl", "tsx", "twig", "vue", "xhtml",
        ),
        _FORMS,
    ),
    # Of Ansible, and of Chef and Puppet.
    **dict.fromkeys(
        ("erb", "j2", "jinja2"),
        _FORMS + _gates(*_CONF, _formats("lines", _PAM, paths=tuple(f"{name}." for name in PAM_FILES), gate="pam_")),
    ),
}  # fmt: skip
