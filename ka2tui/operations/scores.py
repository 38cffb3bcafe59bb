"""Own scores of parts and criteria, and the project's table of reductions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from ka2tui.domain import award, reductions, score
from ka2tui.domain.management import is_management
from ka2tui.domain.refusal import Refused
from ka2tui.domain.score import Judged
from ka2tui.domain.text import clean, quoted
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import OwnScore, Project, ReductionBand, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

UNIT: Final = "work_unit"
CRITERION: Final = "criterion"
"""What an own score can be about."""


@operation("Score parts of the work plan")
def score_parts(
    session: Session,
    project: int,
    scores: Mapping[int, int],
    *,
    refused: Mapping[int, int | None] | None = None,
    notes: Mapping[int, str | None] | None = None,
) -> None:
    """Write down what one thinks the final report would give to work packages or activities.

    Args:
        session: Of the database.
        project: Which one.
        scores: By the id of the part, 0 to 100.
        refused: By the id of the part: how much of its money would be refused, in per cent.
        notes: By the id of the part; an empty one takes the note away.

    Raises:
        Refused: A score cannot be, a part is the management or lies inside a work package, or
            something is said of a part that has no score.
    """
    parts = {
        each: _part(session, project, each) for each in {*scores, *(refused or ()), *(notes or ())}
    }
    for number, part in parts.items():
        row = _row(session, project, Judged.REPORT, UNIT, part.uid)
        if number not in scores and row is None:
            raise Refused(f"{part.code} has no score yet: give it one as well.")
        given = scores.get(number)
        score.check_score(given)
        if row is None:
            row = OwnScore(project_id=project, judged=Judged.REPORT.value, about=UNIT)
            row.about_uid, row.score = part.uid, given or 0
            session.add(row)
        elif given is not None:
            row.score = given
        if refused and number in refused:
            score.check_score(refused[number])
            row.refused_percent = refused[number] or None
        if notes and number in notes:
            row.note = clean(notes[number] or "", lines=True) or None
    session.flush()
    if len(parts) == 1:
        ((number, part),) = parts.items()
        if number in scores:
            say(session, "Score {part}: {score}", part=part.code, score=str(scores[number]))
        else:
            say(session, "Say of {part} what would be refused, or a note", part=part.code)
    else:
        say(session, f"Score {len(parts)} parts of the work plan")


@operation("Score criteria")
def score_criteria(
    session: Session,
    project: int,
    points: Mapping[str, int],
    *,
    most: Mapping[str, int],
    judged: Judged = Judged.APPLICATION,
    notes: Mapping[str, str | None] | None = None,
) -> None:
    """Write down the points one would give to criteria.

    Args:
        session: Of the database.
        project: Which one.
        points: By the id of the criterion.
        most: The most points of each criterion there is, by its id.
        judged: The application by its award criteria, or the final report.
        notes: By the id of the criterion; an empty one takes the note away.

    Raises:
        Refused: There is no such criterion, or it cannot have so many points.
    """
    existing(session, Project, project, "project")
    for name in {*points, *(notes or ())}:
        if name not in most:
            raise Refused(f"There is no criterion {quoted(name)}; there are {', '.join(most)}.")
        given = points.get(name)
        title = award.title_of(name)
        if given is not None and not 0 <= given <= most[name]:
            raise Refused(f"{title} has 0 to {most[name]} points, not {given}.")
        row = _row(session, project, judged, CRITERION, name)
        if row is None:
            if given is None:
                raise Refused(f"{title} has no points yet: give it some as well.")
            row = OwnScore(project_id=project, judged=judged.value, about=CRITERION)
            row.about_uid, row.score = name, given
            session.add(row)
        elif given is not None:
            row.score = given
        if notes and name in notes:
            row.note = clean(notes[name] or "", lines=True) or None
    session.flush()
    if len(points) == 1:
        ((name, given),) = points.items()
        of = most[name]
        words = {"title": award.title_of(name), "points": str(given), "of": str(of)}
        say(session, "Give {title} {points} of {of} points", **words)
    elif points:
        say(session, f"Give points to {len(points)} criteria")
    else:
        say(session, "Write a note to a criterion")


@operation("Clear own scores")
def clear(
    session: Session,
    project: int,
    *,
    parts: Sequence[int] | None = None,
    criteria: Iterable[str] | None = None,
    judged: Judged | None = None,
) -> int:
    """Take own scores away; what checklists say counts again.

    Args:
        session: Of the database.
        project: Which one.
        parts: Only those of these parts.
        criteria: Only those of these criteria.
        judged: Only those of the application, or of the final report.

    Returns:
        How many are gone.

    Raises:
        Refused: There is none.
    """
    wanted = select(OwnScore).where(OwnScore.project_id == project)
    if judged is not None:
        wanted = wanted.where(OwnScore.judged == judged.value)
    uids = None if parts is None else {_part(session, project, each).uid for each in parts}
    names = None if criteria is None else {*criteria}
    found = [
        row
        for row in session.scalars(wanted)
        if (uids is None and names is None)
        or (row.about == UNIT and uids is not None and row.about_uid in uids)
        or (row.about == CRITERION and names is not None and row.about_uid in names)
    ]
    if not found:
        raise Refused("There is no own score to take away.")
    for row in found:
        session.delete(row)
    session.flush()
    say(
        session,
        "Take away an own score" if len(found) == 1 else f"Take away {len(found)} own scores",
    )
    return len(found)


# --- the table of reductions ---------------------------------------------------------------------


@operation("Enter table of reductions")
def set_table(
    session: Session,
    project: int,
    bands: Sequence[tuple[int, int]],
    *,
    source: str | None = None,
    confirmed_on: date | None = None,
) -> None:
    """Enter the table of the project's own agreement; it is confirmed only where one says so.

    Args:
        session: Of the database.
        project: Which one.
        bands: Scores below this one cost so many per cent.
        source: Where it stands: "Annex III of our agreement".
        confirmed_on: The day on which it was held against the agreement.

    Raises:
        Refused: The lines make no table.
    """
    owner = existing(session, Project, project, "project")
    wanted = {
        band.below: band.percent
        for band in reductions.ordered(reductions.Band(*each) for each in bands)
    }
    rows = select(ReductionBand).where(ReductionBand.project_id == project)
    for row in session.scalars(rows).all():
        if row.below in wanted:
            row.percent = wanted.pop(row.below)
        else:
            session.delete(row)
    session.flush()
    for below, percent in wanted.items():
        session.add(ReductionBand(project_id=project, below=below, percent=percent))
    owner.reductions_confirmed_on = confirmed_on
    if source is not None:
        owner.reductions_source = clean(source) or None
    session.flush()
    done = "Confirm" if confirmed_on else "Enter"
    say(session, f"{done} the table of reductions")


@operation("Reset table of reductions")
def reset_table(session: Session, project: int) -> None:
    """Go back to the table that is shipped; it is not confirmed then.

    Raises:
        Refused: It stands there already.
    """
    owner = existing(session, Project, project, "project")
    rows = session.scalars(select(ReductionBand).where(ReductionBand.project_id == project)).all()
    if not rows and owner.reductions_confirmed_on is None and owner.reductions_source is None:
        raise Refused("There is no table of your own to take away.")
    for row in rows:
        session.delete(row)
    owner.reductions_confirmed_on = owner.reductions_source = None
    session.flush()
    say(session, "Take away the own table of reductions")


def _part(session: Session, project: int, number: int) -> WorkUnit:
    """Give a part that a final report scores.

    Raises:
        Refused: It is gone, the management, or inside a work package.
    """
    found = existing(session, WorkUnit, number, "part of the work plan")
    if found.project_id != project:
        raise Refused("That part of the work plan is of another project.")
    if found.parent_id is not None:
        above = existing(session, WorkUnit, found.parent_id, "work package").code
        raise Refused(score.say_inside(found.code, above))
    if is_management(found.category, found.title):
        raise Refused(score.say_management(found.code))
    return found


def _row(session: Session, project: int, judged: Judged, about: str, uid: str) -> OwnScore | None:
    return session.scalar(
        select(OwnScore).where(
            OwnScore.project_id == project,
            OwnScore.judged == judged.value,
            OwnScore.about == about,
            OwnScore.about_uid == uid,
        )
    )
