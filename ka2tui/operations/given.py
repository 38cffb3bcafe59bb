"""Records that an operation is given: found by their ids, or refused because they are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from ka2tui.domain.refusal import Refused, Removed
from ka2tui.store.lots import in_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session
    from sqlalchemy.sql.base import ExecutableOption

    from ka2tui.store.records import Record

R = TypeVar("R", bound="Record")


def existing(session: Session, table: type[R], record: int, word: str = "record") -> R:
    """Give a record by its id.

    Args:
        word: What a person calls it: "meeting".

    Raises:
        Removed: There is none, or no longer.
    """
    found = session.get(table, record)
    if found is None:
        raise Removed(f"There is no {word} {record} any more.")
    return found


def several(
    session: Session,
    table: type[R],
    records: Iterable[int],
    word: str = "record",
    *options: ExecutableOption,
) -> list[R]:
    """Give records by their ids, each once, in the order given.

    Args:
        word: What a person calls one: "meeting".
        options: What is read along with them.

    Raises:
        Refused: None was named, or one is gone.
    """
    wanted = list(dict.fromkeys(records))
    if not wanted:
        raise Refused(f"No {word} was named.")
    found: dict[int, R] = {}
    for some in in_parts(wanted):
        query = select(table).where(table.id.in_(some)).options(*options)
        found |= {record.id: record for record in session.scalars(query)}
    for each in wanted:
        if each not in found:
            raise Removed(f"There is no {word} {each} any more.")
    return [found[each] for each in wanted]
