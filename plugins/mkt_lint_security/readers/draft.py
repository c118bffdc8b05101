"""A password policy in the making, with the product's defaults where the file is silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from mkt_lint import CharacterClass, Lockout, Node, PasswordPolicy, Setting, Span, Term
from mkt_lint_security.facts import facts
from mkt_lint_security.readers.pattern import Pattern, read_pattern
from mkt_lint_security.readers.values import comes_from_elsewhere, truth, whole_number


def product(name: str) -> Mapping[str, Any]:
    """What the pack knows of a product."""
    known: Mapping[str, Any] = facts("products")[name]
    return known


class Draft:
    """Collects what a file says of one policy.

    Args:
        name: The product's, as in `data/products.toml`.
        place: The policy; its key is where defaults are shown.
        stated: False where the file has no policy: the product's defaults for that case hold.
    """

    def __init__(self, name: str, place: Node, *, stated: bool = True) -> None:
        self._begin(name, place.key_span or place.span, place.path or name, stated)

    @classmethod
    def at(cls, name: str, span: Span, identity: str) -> Self:
        """A draft of a policy that stands in code, where there is no node."""
        draft = cls.__new__(cls)
        draft._begin(name, span, identity, True)
        return draft

    def _begin(self, name: str, span: Span, identity: str, stated: bool) -> None:
        known = product(name)
        self._name = Term(known["name"])
        self._span = span
        self._identity = identity
        self._defaults: Mapping[str, Any] = known.get("defaults", {})
        if not stated:
            self._defaults = {**self._defaults, **known.get("unset", {})}
        self._values: dict[str, Any] = {"stated": stated, "restrictable": known.get("restrictable", True)}
        self._required: dict[CharacterClass, Setting[int]] = {}
        self._unmeasured: list[Span] = []
        self._enabled: Setting[bool] | None = None
        self._attempts: Setting[int] | None = None

    def mark(self, **values: Any) -> None:
        """Values of the policy that are no settings: `hints_only`."""
        self._values |= values

    def number(self, name: str, node: Node | None) -> None:
        """A field of the policy that is a number. Raises `WrongTypeError`."""
        if setting := self._number(name.replace("_", "-"), node):
            self._values[name] = setting

    def set(self, name: str, value: int | bool | None, node: Node) -> None:
        """A field of the policy whose value the format spells in its own way."""
        self._values[name] = Setting(value, node.span, identity=node.path)

    def unknown_length(self, node: Node) -> None:
        """The policy as a whole comes from elsewhere."""
        self._values["min_length"] = Setting(None, node.span, identity=node.path)

    def flag(self, name: str, node: Node | None) -> None:
        """A field of the policy that is a truth value. Raises `WrongTypeError`."""
        if setting := self._flag(name.replace("_", "-"), node):
            self._values[name] = setting

    def require(self, cls: CharacterClass, node: Node | None, *, count: bool = False) -> None:
        """A character class: whether it is required, or with how many characters. Raises `WrongTypeError`."""
        if node is None or _is_null(node):
            if cls in self._defaults:
                self._required[cls] = Setting(int(self._defaults[cls]), self._span, self._name)
            return
        value = whole_number(node) if count else truth(node)
        self._required[cls] = Setting(None if value is None else int(value), node.span, identity=node.path)

    def require_all(self, classes: Mapping[CharacterClass, Node | None], *, count: bool = False) -> None:
        """All classes that the product knows, each with its node. Raises `WrongTypeError`."""
        for cls, node in classes.items():
            self.require(cls, node, count=count)

    def require_here(self, cls: CharacterClass, span: Span, value: int = 1) -> None:
        """A character class that is required by being named."""
        self._required[cls] = Setting(value, span, identity=self._identity)

    def pattern(self, node: Node) -> None:
        """A regular expression that every password matches."""
        self.pattern_text(None if comes_from_elsewhere(node) else str(node.value), node.span)

    def pattern_text(self, text: str | None, span: Span) -> None:
        """As `pattern`, from code; None where it comes from elsewhere."""
        found = read_pattern(text) if text is not None else None
        if found is not None:
            self._take(found, span)
        else:
            self._unmeasured.append(span)

    def _take(self, found: Pattern, span: Span) -> None:
        """What a regular expression asks for, where nothing stricter is said."""
        for cls in found.classes:
            self._required.setdefault(cls, Setting(1, span, identity=self._identity))
        if found.allowed:
            self._values["allowed"] = found.allowed
        length = self._values.get("min_length")
        if length is None or length.default_of or (length.value is not None and length.value < found.min_length):
            self._values["min_length"] = Setting(found.min_length, span, identity=self._identity)
        if found.max_length is not None:
            self._values.setdefault("max_length", Setting(found.max_length, span, identity=self._identity))

    def put(self, name: str, setting: Setting[int] | Setting[bool]) -> None:
        """A field of the policy, ready-made."""
        self._values[name] = setting

    def put_nothing(self, name: str) -> None:
        """A field that the file switches off, whatever the product has by default."""
        self._values[name] = None

    def default(self, name: str) -> Setting[int]:
        """What the product has by default. Raises `KeyError`."""
        return Setting(int(self._defaults[name]), self._span, self._name, f"{self._identity}.{name}")

    def default_flag(self, name: str) -> Setting[bool]:
        """As `default`, of a truth value. Raises `KeyError`."""
        return Setting(bool(self._defaults[name]), self._span, self._name, f"{self._identity}.{name}")

    def put_required(self, cls: CharacterClass, setting: Setting[int]) -> None:
        """A character class, ready-made."""
        self._required[cls] = setting

    def put_lockout(self, enabled: Setting[bool] | None, attempts: Setting[int] | None) -> None:
        """A lock, ready-made; what is None is as the product has it."""
        self.lockout()
        self._enabled = enabled or self._enabled
        self._attempts = attempts or self._attempts

    def unmeasured(self, span: Span) -> None:
        """A requirement whose strength cannot be computed."""
        self._unmeasured.append(span)

    def lockout(self, attempts: Node | None = None, enabled: Node | None = None) -> None:
        """A lock after failed attempts; a number of 0 switches it off. Raises `WrongTypeError`."""
        number = self._attempts = self._number("max-attempts", attempts)
        self._enabled = self._flag("lockout", enabled)
        if number and (number.value == 0 or self._enabled is None):
            self._enabled = Setting(number.value != 0, number.span, number.default_of, number.identity)

    def lockout_here(self, enabled: bool | None, attempts: int | None, node: Node) -> None:
        """A lock that the format spells in its own way."""
        self._enabled = Setting(enabled, node.span, identity=node.path)
        self._attempts = Setting(attempts, node.span, identity=node.path) if attempts or not enabled else None

    def done(self) -> PasswordPolicy:
        """The policy. What nothing was said of is as the product has it by default."""
        for name in ("min-length", "max-length", "min-classes", "rotation-days", "history"):
            if name in self._defaults and name.replace("-", "_") not in self._values:
                self.number(name.replace("-", "_"), None)
        for name in ("rate-limit", "captcha", "dictionary", "breached"):
            if name in self._defaults and name.replace("-", "_") not in self._values:
                self.flag(name.replace("-", "_"), None)
        for cls in CharacterClass:
            if cls not in self._required:
                self.require(cls, None)
        if self._enabled is None and "lockout" in self._defaults:
            self.lockout()
        lockout = Lockout(enabled=self._enabled, max_attempts=self._attempts) if self._enabled else None
        return PasswordPolicy(
            product=self._name,
            span=self._span,
            identity=self._identity,
            required=self._required,
            unmeasured=tuple(self._unmeasured),
            lockout=lockout,
            **self._values,
        )

    def _number(self, name: str, node: Node | None) -> Setting[int] | None:
        if node is not None and not _is_null(node):
            return Setting(whole_number(node), node.span, identity=node.path)
        if name not in self._defaults:
            return None
        return self.default(name)

    def _flag(self, name: str, node: Node | None) -> Setting[bool] | None:
        if node is not None and not _is_null(node):
            return Setting(truth(node), node.span, identity=node.path)
        if name not in self._defaults:
            return None
        return self.default_flag(name)


def _is_null(node: Node) -> bool:
    """Whether a value is as good as left out; one that is computed has a tag."""
    return node.kind == "null" and node.tag is None
