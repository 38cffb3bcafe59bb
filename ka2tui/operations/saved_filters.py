"""Saved filters: kept under a name beside a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.store.operation import operation, say
from ka2tui.store.records import SavedFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


class NameTaken(Refused):
    """There is a filter of this name already."""


@operation("Save filter")
def save(session: Session, project: int, noun: str, name: str, text: str) -> int:
    """Keep a filter under a name; one of the same name and list gets this text.

    Args:
        project: Whose lists it is for.
        noun: The list: task, meeting ...
        name: What its tab says.
        text: The filter; it was read before.

    Returns:
        Its id.

    Raises:
        Refused: The name or the filter is blank.
    """
    name, text = _name(name), clean(text)
    if not text:
        raise Refused("There is no filter to save: type one first.")
    found = _of_name(session, project, noun, name)
    if found is not None:
        found.name, found.text = name, text
        say(session, "Change the filter {name} to {text}", name=name, text=text)
        return found.id
    last = session.scalar(
        select(func.max(SavedFilter.position)).where(
            SavedFilter.project_id == project, SavedFilter.list == noun
        )
    )
    made = SavedFilter(
        project_id=project, list=noun, name=name, text=text, position=(last or 0) + 1
    )
    session.add(made)
    session.flush()
    say(session, "Save the filter {name}", name=name)
    return made.id


@operation("Rename filter")
def rename(session: Session, saved: int, name: str) -> None:
    """Give a filter another name.

    Raises:
        NameTaken: Another filter of the list has it.
        Refused: The name is blank, or the filter is gone.
    """
    record, name = _get(session, saved), _name(name)
    other = _of_name(session, record.project_id, record.list, name)
    if other is not None and other is not record:
        raise NameTaken(f"There is a filter {quoted(name)} already: choose another name.")
    say(session, "Rename the filter {before} to {name}", before=record.name, name=name)
    record.name = name


@operation("Remove filter")
def remove(session: Session, saved: Sequence[int]) -> None:
    """Forget filters; the list stays as it is."""
    for each in saved:
        record = _get(session, each)
        say(session, "Remove the filter {name}", name=record.name)
        session.delete(record)
    if len(saved) > 1:
        say(session, "Remove {number} filters", number=len(saved))


def _get(session: Session, saved: int) -> SavedFilter:
    record = session.get(SavedFilter, saved)
    if record is None:
        raise Refused("This filter is gone.")
    return record


def _name(name: str) -> str:
    """Make a name safe to keep."""
    name = clean(name)
    if not name:
        raise Refused("A filter needs a name.")
    if fold(name) == "all":
        raise Refused("All is the name of the whole list: choose another one.")
    return name


def _of_name(session: Session, project: int, noun: str, name: str) -> SavedFilter | None:
    """Find a filter by its name, as people compare names."""
    rows = select(SavedFilter).where(SavedFilter.project_id == project, SavedFilter.list == noun)
    return next((it for it in session.scalars(rows) if fold(it.name) == fold(name)), None)
