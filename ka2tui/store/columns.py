"""Column types: how a value is kept in either database, and in the history.

Words      text a person wrote; can be erased from the history for good
Code       a short text of ours or of the field's (a state, a zone, a rule)
Instant    a moment, kept in UTC
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Date, DateTime, String, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

from ka2tui.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from sqlalchemy import Dialect


@compiles(Text, "sqlite")
@compiles(String, "sqlite")
@compiles(Date, "sqlite")
@compiles(DateTime, "sqlite")
@compiles(JSON, "sqlite")
def _text(*_: object, **__: object) -> str:
    """STRICT tables know five type names only."""
    return "TEXT"


@compiles(Boolean, "sqlite")
def _integer(*_: object, **__: object) -> str:
    return "INTEGER"


class Words(TypeDecorator[str]):
    """Text that a person wrote, cleaned at the door; may span lines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Keep only what can be shown and stored in both databases."""
        return None if value is None else clean(value, lines=True)


class Code(TypeDecorator[str]):
    """A short text that is chosen, not written: a state, a zone, a country."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum] | None = None) -> None:
        super().__init__()
        self.kind = kind
        # A look-up: calling the enumeration costs four times as much, once a cell of a long list.
        self._members = {str(member): member for member in kind} if kind else {}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse a code that is not one of its kind."""
        if value is None:
            return None
        return str(self.kind(value)) if self.kind else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give the member of its kind."""
        if self.kind is None or value is None:
            return value
        member = self._members.get(value)
        return self.kind(value) if member is None else member


class Day(TypeDecorator[date]):
    """A calendar day; never cut from an instant."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date | None:
        """Refuse an instant: cutting it would lose its zone in silence."""
        if isinstance(value, datetime):
            raise TypeError("an instant is not a day")
        return value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read a day; equal ones are one object, for many records have few of them."""
        read: Any = super().result_processor(dialect, coltype)
        return None if read is None else _shared(read)


@lru_cache(maxsize=8)
def _shared(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Give the same object for what was read before."""
    return lru_cache(maxsize=4096)(read)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite would drop the zone, so it is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant needs a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def freeze(value: Any) -> Any:
    """Turn a column's value into what JSON can hold."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def thaw(kind: object, value: Any) -> Any:
    """Turn a frozen value back into what a column of this type takes."""
    if value is None:
        return None
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Day):
        return date.fromisoformat(value)
    return value


def canonical(value: object) -> bytes:
    """Write a frozen value so that equal values have equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
