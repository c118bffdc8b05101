"""A rule's options: typed, with a default and a sentence each."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

T = TypeVar("T")


class Period(str):
    """A calendar period: `Period("3y")`, `Period("6m")`, `Period("30d")`.

    Raises:
        ValueError: the text is not a number followed by `d`, `m` or `y`.
    """

    __slots__ = ()

    PATTERN: ClassVar[str] = "[0-9]{1,4}[dmy]"

    def __new__(cls, text: str) -> Self:
        if not re.fullmatch(cls.PATTERN, text):
            raise ValueError(f'{text!r} is not a period; write a number and d, m or y, such as "3y"')
        return super().__new__(cls, text)

    def before(self, day: date) -> date:
        """The day that lies this period before `day`; the last day of the month where that one does not exist."""
        from calendar import monthrange  # only rules about dates count days

        number, unit = int(self[:-1]), self[-1]
        if unit == "d":
            return date.fromordinal(max(1, day.toordinal() - number))
        months = number * (12 if unit == "y" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
        if year < 1:
            return date.min
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def option(default: T, help: str) -> T:
    """One option of a rule: its default and what it does, in a sentence.

    The option's type is the annotation: `bool`, `int`, `str`, `Period`, a `Literal` of strings, or
    `tuple[str, ...]`.
    """
    import dataclasses  # few rules have options, and this module's start is felt

    field: Any = dataclasses.field(default=default, metadata={"help": help})
    return field  # type: ignore[no-any-return]  # a dataclass field stands for its value, as dataclasses.field does


@dataclass_transform(frozen_default=True, field_specifiers=(option,))
class RuleOptions:
    """Base of a rule's `Options`; a subclass needs no decorator. By itself it is that of a rule without options."""

    def __init_subclass__(cls) -> None:
        import dataclasses  # as in `option`

        super().__init_subclass__()
        dataclasses.dataclass(frozen=True)(cls)
        for field in dataclasses.fields(cls):  # type: ignore[arg-type]  # made a dataclass in the line above
            if "help" not in field.metadata:
                raise TypeError(f"{cls.__qualname__}.{field.name} needs option(default, help)")
