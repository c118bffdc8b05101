"""What a rule sees of a settings file: the password policies in it, whatever product they are for."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, TypeVar

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Excerpt, Kind, Span, Term

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig

EXCERPT_SIZE = 120

T = TypeVar("T")


class CharacterClass(enum.StrEnum):
    """The four kinds of characters that policies speak of."""

    LOWERCASE = "lowercase"
    UPPERCASE = "uppercase"
    DIGIT = "digit"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One value, and where it stands."""

    value: T | None = field(repr=False)
    """None where the file takes it from elsewhere: a variable, `${MIN_LENGTH}`."""
    span: Span
    """Of the value; of the policy where the file leaves the value out."""
    default_of: Term | None = None
    """The product whose default it is, where the file leaves it out."""
    identity: str | None = None
    """The value's key path: what tells it from others when lines have moved."""

    @property
    def decided(self) -> bool:
        """Whether the value is known."""
        return self.value is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockout:
    """That an account or an address is locked, for a while or for good, after failed attempts."""

    enabled: Setting[bool]
    max_attempts: Setting[int] | None = None
    """Failed attempts until the lock; None where the product does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPolicy:
    """What a product asks of a new password, and how it limits attempts. None: the file and the product say nothing."""

    product: Term
    """As messages name it: `Keycloak`."""
    span: Span
    """The policy's value or key; where the file has none, the place that it would belong to."""
    identity: str
    """The policy's key path: what tells it from others when lines have moved."""
    stated: bool = True
    """False where the file has no policy and every value is the product's default."""
    hints_only: bool = False
    """The values guide the user or a password manager, but nothing enforces them."""
    client_side: bool = False
    """The browser enforces them; the server may ask for more."""
    attempts_only: bool = False
    """Only the limit of attempts is set here, and the requirements elsewhere."""
    restrictable: bool = True
    """False where the product has no way at all to limit attempts."""
    min_length: Setting[int] | None = None
    """In characters."""
    max_length: Setting[int] | None = None
    """In characters."""
    required: Mapping[CharacterClass, Setting[int]] = field(default_factory=dict)
    """How many characters of a class every password must have."""
    min_classes: Setting[int] | None = None
    """How many of the four classes every password must have, whichever: 3 for "any three of four"."""
    min_bits: Setting[int] | None = None
    """The entropy that every password must have by the product's own estimate."""
    symbols: Setting[int] | None = None
    """How many symbols there are to choose from, where the policy restricts them."""
    allowed: frozenset[CharacterClass] = frozenset(CharacterClass)
    """Classes that a password may have characters of at all."""
    unmeasured: tuple[Span, ...] = ()
    """Requirements whose strength cannot be computed: a regular expression, an item of another provider."""
    unknown: tuple[Setting[str], ...] = ()
    """Items of the policy that the product does not know, by name as in the file."""
    dictionary: Setting[bool] | None = None
    """Whether passwords on a list of weak ones are refused."""
    breached: Setting[bool] | None = None
    """Whether passwords that are known from breaches are refused."""
    history: Setting[int] | None = None
    """How many former passwords may not be used again."""
    rotation_days: Setting[int] | None = None
    """After how many days the password must be changed."""
    lockout: Lockout | None = None
    rate_limit: Setting[bool] | None = None
    """Whether the rate of attempts is limited."""
    captcha: Setting[bool] | None = None
    """Whether a challenge keeps robots from attempts."""
    paste_blocked: Setting[bool] | None = None
    """Whether the field refuses pasted text, and with it most password managers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingSwitch:
    """What a product that sends e-mail does to each message, as its configuration says."""

    product: Term
    """As messages name it: `Mailgun`."""
    controls: Literal["open-tracking", "unsubscribe"]
    """`open-tracking`: a pixel tells who opened; `unsubscribe`: the product adds a way to unsubscribe."""
    on: Setting[bool]

    @property
    def span(self) -> Span:
        return self.on.span


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPeriod:
    """How long prospects are kept before a job deletes them."""

    product: Term
    """As messages name it; `retention` for a configuration of one's own."""
    days: Setting[int]

    @property
    def span(self) -> Span:
        return self.days.span


class Settings:
    """A settings file.

    Args:
        path: As reports name it.
        text: Without byte order mark, line ends as in the file.
        config: What holds for the file.
        policies: Those found in it, in its order.
        switches: What it says of how e-mail is sent.
        retention: Periods after which it has prospects deleted.
        encoding: As it was decoded.
        shows_lines: Whether there can be no secret in it, so that whole lines may be shown.
    """

    kind: ClassVar[Literal[Kind.SETTINGS]] = Kind.SETTINGS
    part: str | None = None

    def __init__(
        self,
        path: str,
        text: str,
        config: FileConfig,
        policies: tuple[PasswordPolicy, ...],
        *,
        switches: tuple[SendingSwitch, ...] = (),
        retention: tuple[RetentionPeriod, ...] = (),
        encoding: str = "utf-8",
        shows_lines: bool = False,
    ) -> None:
        self.path = path
        self.config = config
        self.policies = policies
        self.switches = switches
        self.retention = retention
        self.encoding = encoding
        self._text = text
        self._shows_lines = shows_lines

    def __repr__(self) -> str:
        return f"<Settings {self.path!r}>"

    @cached_property
    def source_text(self) -> SourceText:
        """The text that spans count in. It may hold secrets: never show a line of it."""
        return SourceText(self._text)

    def snippet(self, span: Span) -> str:
        """The text that a span covers."""
        return self.source_text.slice(span)

    def excerpt(self, span: Span) -> Excerpt:
        """The beginning of what a span covers, and no more: the rest of the line may hold a secret."""
        if self._shows_lines:
            return Excerpt(span.line, 1, self.source_text.line(span.line)[:EXCERPT_SIZE])
        first = self.snippet(span).split("\n", 1)[0].rstrip("\r")
        return Excerpt(span.line, span.column, first[:EXCERPT_SIZE])
