from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

import pytest

from mkt_lint._config import ConfigError, Configs
from mkt_lint._model import Kind, Message
from mkt_lint._options import Period, RuleOptions, option
from mkt_lint._rule import RuleReference, TemplateRule

Write: TypeAlias = Callable[[str, str], Path]
ErrorOf: TypeAlias = Callable[[str], str]

REFERENCES = (
    RuleReference("CRM401", "retention-exceeded", Kind.TABLE, "nowhere:A"),
    RuleReference("CRM901", "malformed-record", Kind.TABLE, "nowhere:B"),
    RuleReference("EML101", "unsubscribe-missing", Kind.TEMPLATE, "nowhere:C"),
    RuleReference("EML102", "unsubscribe-dead", Kind.TEMPLATE, "nowhere:D"),
)


class RetentionExceeded(TemplateRule):
    """Kept for too long."""

    confidence = "high"
    messages = {"kept": Message(what="Kept.", why="Law.", todo="Delete.")}  # noqa: RUF012  # as rules are written

    class Options(RuleOptions):
        max_age: Period = option(Period("3y"), "Kept at most this long.")
        strict: bool = option(False, "Also open contacts.")
        minimum: int = option(3, "Fewer are let pass.")
        basis: Literal["consent", "interest"] = option("interest", "The lawful basis.")
        owners: tuple[str, ...] = option((), "Whose contacts.")

    options: Options

    def check(self, template: object) -> None:  # type: ignore[override]  # never run
        raise NotImplementedError


@pytest.fixture(scope="session")
def references() -> tuple[RuleReference, ...]:
    return REFERENCES


@pytest.fixture(scope="session")
def rule() -> type[RetentionExceeded]:
    return RetentionExceeded


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below the temporary folder."""

    def _write(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    return _write


@pytest.fixture
def error_of(tmp_path: Path, write: Write) -> ErrorOf:
    """The one line that a mkt-lint.toml of that text comes to."""

    def _error_of(text: str) -> str:
        write("mkt-lint.toml", text)
        configs = Configs(tmp_path)
        with pytest.raises(ConfigError) as caught:
            configs.check_codes(REFERENCES)
        return str(caught.value)

    return _error_of
