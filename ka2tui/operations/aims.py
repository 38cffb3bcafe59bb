"""Aims: needs and objectives, what serves them, and the priorities that a project answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import aims as rules
from ka2tui.domain.kinds import AimKind
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, coded, fold, quoted
from ka2tui.operations import codes
from ka2tui.operations.fields import FieldConflict, Values, change, number, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Aim,
    AimLink,
    Deliverable,
    Indicator,
    Milestone,
    Priority,
    Project,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

EDITABLE = frozenset({"code", "text", "parent_id", "target_group", "source", "notes"})
"""What can be edited of a need or an objective."""

TABLES: dict[str, type[Any]] = {
    "work_unit": WorkUnit,
    "deliverable": Deliverable,
    "milestone": Milestone,
    "indicator": Indicator,
}
"""The records that can serve an aim."""


@operation("Add need or objective")
def add(
    session: Session, project: int, kind: AimKind, text: str, *, values: Values | None = None
) -> int:
    """Add a need, or an objective; without a code it gets the next. Give its id.

    Args:
        project: Which one.
        kind: A need says what is wrong, an objective what shall be reached.
        text: One sentence.
        values: Other fields of `EDITABLE`; parent_id is the need that an objective answers.

    Raises:
        Refused: It says nothing, the code is taken, or the need is none of this project.
    """
    home = session.get(Project, project)
    if home is None:
        raise Refused("There is no such project.")
    kind = AimKind(kind)
    made = Aim(project_id=project, kind=kind, text="")
    wanted = _read({**(values or {}), "text": text})
    there = list(_all(session, project))
    wanted["code"] = wanted.get("code") or codes.next_free(
        session, Aim, project, rules.PREFIX[kind]
    )
    _check(session, made, wanted)
    change(made, wanted, allowed=EDITABLE)
    made.position = max((one.position for one in there), default=0) + 1
    session.add(made)
    session.flush()
    say(session, f"Add {kind.word} {{what}}", what=called(made))
    return made.id


@operation("Edit need or objective")
def edit(
    session: Session, aim: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a need or an objective.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: It says nothing, the code is taken, or the need is none of this project.
    """
    record = find(session, aim)
    wanted = _read(values)
    _check(session, record, wanted)
    conflicts = change(record, wanted, based_on, allowed=EDITABLE)
    say(session, f"Edit {record.kind.word} {{what}}", what=called(record))
    return conflicts


@operation("Remove needs and objectives")
def remove(session: Session, aims: Sequence[int]) -> None:
    """Remove needs and objectives with their links; objectives of a need stay without one."""
    found = _load(session, aims)
    gone = {record.id for record in found}
    for project in {record.project_id for record in found}:
        for other in _all(session, project):
            if other.parent_id in gone:
                other.parent_id = None
    session.flush()
    for record in found:
        session.delete(record)
    say(session, "Remove {what}", what=_counted(found))


@operation("Move need or objective")
def move(session: Session, aim: int, by: int) -> None:
    """Let a need, or an objective among those of its need, stand so many places further on."""
    record = find(session, aim)
    every = sorted(_all(session, record.project_id), key=lambda one: (one.position, one.id))
    beside = [one for one in every if (one.kind, one.parent_id) == (record.kind, record.parent_id)]
    at = beside.index(record)
    to = min(max(at + by, 0), len(beside) - 1)
    if to == at:
        return
    places = [every.index(one) for one in beside]
    beside.insert(to, beside.pop(at))
    for place, one in zip(places, beside, strict=True):
        every[place] = one
    number(every)
    say(session, f"Move {record.kind.word} {{what}}", what=called(record))


@operation("Link objective")
def link(session: Session, aim: int, served_by: Sequence[tuple[str, int]]) -> None:
    """Let an objective be served by these parts of the plan, and by no others.

    Args:
        aim: Which objective; a need is answered by objectives.
        served_by: Tables of `TABLES` with ids.

    Raises:
        Refused: It is a need, or one cannot serve an objective, or belongs to another project.
    """
    record = find(session, aim)
    if record.kind is AimKind.NEED and served_by:
        raise Refused(f"{called(record)} is a need: link the objectives that answer it.")
    wanted: dict[tuple[str, str], None] = {}
    for table, key in served_by:
        if table not in TABLES:
            raise Refused(f"A {table.replace('_', ' ')} cannot serve an objective.")
        owner = session.get(TABLES[table], key)
        if owner is None or owner.project_id != record.project_id:
            raise Refused(f"There is no such {table.replace('_', ' ')} in this project.")
        wanted[(table, owner.uid)] = None
    there = {(one.about, one.about_uid): one for one in record.links}
    if there.keys() == wanted.keys():
        return
    for spot, one in there.items():
        if spot not in wanted:
            record.links.remove(one)
    for spot in wanted:
        if spot not in there:
            record.links.append(
                AimLink(project_id=record.project_id, about=spot[0], about_uid=spot[1])
            )
    session.flush()
    many = len(wanted)
    said = "nothing" if not many else "1 part of the plan" if many == 1 else f"{many} parts"
    say(session, "Let {what} be served by {many}", what=called(record), many=said)


@operation("Choose priorities")
def choose_priorities(session: Session, project: int, names: Sequence[str]) -> None:
    """Set the EU priorities that a project answers, in their order; those kept stay the same.

    Raises:
        Refused: One says nothing, or stands there twice.
    """
    home = session.get(Project, project)
    if home is None:
        raise Refused("There is no such project.")
    wanted = [clean(name) for name in names]
    if not all(wanted):
        raise Refused("A priority needs a name.")
    folded = [fold(name) for name in wanted]
    twice = next((name for name in wanted if folded.count(fold(name)) > 1), None)
    if twice is not None:
        raise Refused(f"{quoted(twice)} stands there twice.")
    there = {fold(one.name): one for one in home.priorities}
    for key, one in there.items():
        if key not in folded:
            home.priorities.remove(one)
    for place, (key, name) in enumerate(zip(folded, wanted, strict=True), start=1):
        kept = there.get(key)
        if kept is None:
            home.priorities.append(Priority(project_id=project, position=place, name=name))
        else:
            if kept.position != place:
                kept.position = place
            if kept.name != name:
                kept.name = name
    session.flush()
    many = (
        "no priority"
        if not wanted
        else f"{len(wanted)} priorit{'y' if len(wanted) == 1 else 'ies'}"
    )
    say(session, "Choose {many}", many=many)


def find(session: Session, aim: int) -> Aim:
    """Give the record of a need or an objective.

    Raises:
        Refused: There is none.
    """
    return existing(session, Aim, aim, "need or objective")


def called(aim: Aim) -> str:
    """Name one by its code and its sentence, cut where that is long."""
    return coded(aim.code, quoted(aim.text))


# -- rules ---------------------------------------------------------------------------------------


def _all(session: Session, project: int) -> Sequence[Aim]:
    query = select(Aim).where(Aim.project_id == project).order_by(Aim.position, Aim.id)
    return session.scalars(query).all()


def _load(session: Session, aims: Sequence[int]) -> list[Aim]:
    return several(session, Aim, aims, "need or objective")


def _read(values: Values) -> dict[str, Any]:
    kept = dict(values)
    if "text" in kept:
        kept["text"] = rules.read_text(kept["text"])
    for name in ("code", "target_group"):
        if name in kept:
            kept[name] = read_text(kept[name])
    for name in ("source", "notes"):
        if name in kept:
            kept[name] = read_lines(kept[name])
    return kept


def _check(session: Session, record: Aim, values: Values) -> None:
    parent = values.get("parent_id")
    if parent is not None:
        if record.kind is AimKind.NEED:
            raise Refused("A need answers nothing: only an objective belongs to a need.")
        above = session.get(Aim, parent)
        if above is None or above.project_id != record.project_id:
            raise Refused("There is no such need in this project.")
        if above.kind is not AimKind.NEED:
            raise Refused(f"{called(above)} is an objective: an objective answers a need.")
    if values.get("code"):
        codes.refuse_taken(session, record, values["code"])


def _counted(found: Sequence[Aim]) -> str:
    if len(found) == 1:
        return f"{found[0].kind.word} {called(found[0])}"
    kinds = {one.kind for one in found}
    word = f"{kinds.pop().word}s" if len(kinds) == 1 else "needs and objectives"
    return f"{len(found)} {word}"
