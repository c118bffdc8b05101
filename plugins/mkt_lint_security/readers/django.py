"""Django's `settings.py`, with django-axes and the other limiters of attempts."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import comes_from_elsewhere, truth, whole_number, word

_OURS = "django.contrib.auth.password_validation."
_HARMLESS = frozenset({_OURS + "UserAttributeSimilarityValidator", _OURS + "NumericPasswordValidator"})
_COUNTED = {
    "min_length_lower": CharacterClass.LOWERCASE,
    "min_length_upper": CharacterClass.UPPERCASE,
    "min_length_alpha": CharacterClass.LOWERCASE,
    "min_length_digit": CharacterClass.DIGIT,
    "min_length_special": CharacterClass.SYMBOL,
}


def settings(root: Node) -> Iterator[PasswordPolicy]:
    """`AUTH_PASSWORD_VALIDATORS`; other modules of settings may set it anew."""
    validators = root.get("AUTH_PASSWORD_VALIDATORS")
    if validators is None:
        return
    draft = Draft("django", validators)
    if comes_from_elsewhere(validators) or validators.kind != "array":
        draft.unknown_length(validators)
    for validator in validators.items:
        _validator(draft, validator)
    _limits(draft, root)
    yield draft.done()


def _validator(draft: Draft, validator: Node) -> None:
    name = word(validator.get("NAME")) or ""
    options = validator.get("OPTIONS")
    if name == _OURS + "MinimumLengthValidator":
        length = options.get("min_length") if options is not None else None
        if options is not None and comes_from_elsewhere(options):
            draft.unknown_length(options)
        elif length is not None:
            draft.number("min_length", length)
        else:
            draft.put("min_length", Draft("django-length", validator).default("min-length"))
    elif name == _OURS + "CommonPasswordValidator":
        draft.set("dictionary", True, validator)
    elif name.endswith("PasswordCharacterValidator"):
        for key, cls in _COUNTED.items():
            if options is not None and options.get(key) is not None:
                draft.require(cls, options.get(key), count=True)
    elif "pwned" in name.lower():
        draft.set("breached", True, validator)
    elif name not in _HARMLESS:
        draft.unmeasured(validator.span)


def _limits(draft: Draft, root: Node) -> None:
    """What restricts attempts, of the packages that are known for it."""
    installed = root.get("INSTALLED_APPS")
    apps = {word(item) for item in installed.items} if installed is not None else set()
    attempts = root.get("AXES_FAILURE_LIMIT") or root.get("DEFENDER_LOGIN_FAILURE_LIMIT")
    enabled = root.get("AXES_ENABLED")
    limits = root.get("ACCOUNT_RATE_LIMITS")
    if attempts is not None:
        on = truth(enabled) if enabled is not None else True
        draft.put_lockout(
            Setting(on, (enabled or attempts).span, identity=attempts.path),
            Setting(whole_number(attempts), attempts.span, identity=attempts.path),
        )
    elif "axes" in apps and installed is not None:
        axes = Draft("django-axes", installed)
        draft.put_lockout(axes.default_flag("lockout"), axes.default("max-attempts"))
    elif limits is not None and limits.get("login_failed") is not None:
        draft.set("rate_limit", None if comes_from_elsewhere(limits) else True, limits.members["login_failed"])
