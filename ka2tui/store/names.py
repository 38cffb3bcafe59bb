"""Names: how long what a record is called may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

LONGEST = 500
"""Characters; what was longer before stays as it is."""

_NAMES = ("title", "name", "acronym", "code", "subject", "said")


class TooLong(Refused):
    """A name is longer than can be kept."""


def refuse_long(session: Session, _context: object, _objects: object) -> None:
    """Refuse to write a name that is too long; listens to what a session is about to write.

    Raises:
        TooLong: It says which field, and how long it is.
    """
    for record in (*session.new, *session.dirty):
        for _, why in too_long(record):
            raise TooLong(f"{capital(why)}. Put the rest into its notes.")


def too_long(record: Any) -> Iterator[tuple[str, str]]:
    """Give the names that a record was just given and that are too long, each with why."""
    for field in _NAMES:
        text = record.__dict__.get(field)
        if isinstance(text, str) and len(text) > LONGEST and _is_new(record, field):
            a = "an" if field == "acronym" else "a"
            yield field, f"{a} {field} has at most {LONGEST} characters; this one has {len(text)}"


def _is_new(record: Any, field: str) -> bool:
    return bool(inspect(record).attrs[field].history.has_changes())
