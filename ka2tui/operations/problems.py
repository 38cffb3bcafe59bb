"""Problems: findings that are set aside with a reason, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.checks import catalogue
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, coded
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Project, Record, SetAside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

Mark = tuple[int, str, int | None]
"""A finding: the number of its check, and table and id of the record; no id for the project."""

NO_REASON = "Say why it is set aside: somebody will ask, perhaps you."


@operation("Set finding aside")
def set_aside(
    session: Session, project: int, marks: Sequence[Mark], why: str, *, code: str = ""
) -> None:
    """Keep that findings need nothing, and why; a new reason takes the place of the old one.

    Args:
        project: Whose findings they are.
        marks: Which ones.
        why: The reason.
        code: Of one finding the code with which it was told, where that is known: KA2-W607.

    Raises:
        Refused: No reason, no such check, or a record that is gone or of another project.
    """
    reason = clean(why)
    if not reason:
        raise Refused(NO_REASON)
    for number, about, record in marks:
        catalogue.find(str(number))
        uid, _ = _named(session, project, about, record)
        kept = _kept(session, project, (number, about, uid))
        if kept is None:
            kept = SetAside(
                project_id=project, number=number, about=about, about_uid=uid, why=reason
            )
            session.add(kept)
        kept.why = reason
        session.flush()
    what = _said(session, project, marks, code)
    say(session, "Set aside {what}: {why}", what=what, why=reason)


@operation("Bring finding back")
def bring_back(session: Session, project: int, marks: Sequence[Mark], *, code: str = "") -> None:
    """Let findings that were set aside count again; `code` is that with which one was told.

    Raises:
        Refused: One was not set aside.
    """
    what = _said(session, project, marks, code)
    for number, about, record in marks:
        uid, called = _named(session, project, about, record)
        kept = _kept(session, project, (number, about, uid))
        if kept is None:
            raise Refused(f"{catalogue.find(str(number)).code} of {called} is not set aside.")
        session.delete(kept)
        session.flush()
    say(session, "Bring back {what}", what=what)


def _kept(session: Session, project: int, mark: tuple[int, str, str]) -> SetAside | None:
    number, about, uid = mark
    return session.scalars(
        select(SetAside).where(
            SetAside.project_id == project,
            SetAside.number == number,
            SetAside.about == about,
            SetAside.about_uid == uid,
        )
    ).first()


def _named(session: Session, project: int, about: str, record: int | None) -> tuple[str, str]:
    """Give the uid of the record that a finding is about, and what it is called."""
    if about == "project" or record is None:
        return existing(session, Project, project, "project").uid, "the project"
    table = Record.by_table.get(about)
    if table is None:
        raise Refused(f"There is no {about.replace('_', ' ')} that could be meant.")
    found: Any = existing(session, table, record, about.replace("_", " "))
    if found.project_id != project:
        raise Refused("This record is of another project.")
    return found.uid, _called(found, about)


def _called(record: Any, about: str) -> str:
    """Say what a record is called, by its code and its name as far as it has them."""
    code = getattr(record, "code", None) or getattr(record, "acronym", None)
    named = ("title", "name", "subject", "text")
    name = next((str(it) for field in named if (it := getattr(record, field, None))), None)
    if hasattr(record, "acronym"):
        return str(code or name)
    return coded(code, name) or about.replace("_", " ")


def _said(session: Session, project: int, marks: Sequence[Mark], code: str) -> str:
    """Say which findings: one by its code and its record, several by their number."""
    if len(marks) != 1:
        return f"{len(marks)} findings"
    ((number, about, record),) = marks
    check = catalogue.find(str(number))
    _, name = _named(session, project, about, record)
    return f"{code or check.code} of {name} ({check.title[:1].lower()}{check.title[1:]})"
