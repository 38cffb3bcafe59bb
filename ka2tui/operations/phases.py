"""Phases: laid out from the project's dates, gone through step by step, left with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ka2tui.domain import checklist as checklists
from ka2tui.domain import lifecycle
from ka2tui.domain.going_on import Standing, still_open, telling
from ka2tui.domain.kinds import AssessmentState, PhaseKind, PhaseState, ProposalOutcome
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations.fields import change
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Assessment, Phase, PhaseStep

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.operations.fields import FieldConflict, Values
    from ka2tui.store.records import Project

EDITABLE = frozenset(
    {"planned_start", "planned_end", "actual_start", "actual_end", "gate_minimum", "notes"}
)
_ORDER = tuple(PhaseKind)
_BEFORE_THE_AGREEMENT = frozenset({PhaseKind.PARTNERSHIP, PhaseKind.GOAL, PhaseKind.PROPOSAL})


@operation("Start phase")
def start(session: Session, phase: int, *, today: date) -> None:
    """Begin a phase; several may be under way, and none has to wait for another."""
    found = _phase(session, phase)
    if found.state is PhaseState.UNDER_WAY:
        raise Refused(f"{found.kind.word} is under way already.")
    if found.state is PhaseState.DONE:
        raise Refused(f"{found.kind.word} is done: open it again instead.")
    _begin(found, today)
    say(session, "Start phase {phase}", phase=found.kind.word)


@operation("Tick step")
def tick(session: Session, steps: Sequence[int], *, done: bool = True, today: date) -> None:
    """Mark steps as done today, or as not done; a phase still ahead begins with its first step."""
    found = [_step(session, step) for step in dict.fromkeys(steps)]
    for step in found:
        if done and step.done_on is None:
            step.done_on = today
            if step.phase.state is PhaseState.AHEAD:
                _begin(step.phase, today)
        elif not done:
            step.done_on = None
    verb = "Tick" if done else "Untick"
    if len(found) == 1:
        say(session, f"{verb} {{step}} ({{phase}})", step=found[0].title, phase=_named(found))
    else:
        say(session, f"{verb} {{count}} steps ({{phase}})", count=len(found), phase=_named(found))


@operation("Set dates of phase")
def edit(
    session: Session, phase: int, values: Values, based_on: Values | None = None, *, today: date
) -> tuple[FieldConflict, ...]:
    """Set planned and actual dates, the own estimate wanted before going on, or notes."""
    found = _phase(session, phase)
    wanted = dict(values)
    if wanted.get("notes") is not None:
        wanted["notes"] = clean(str(wanted["notes"]), lines=True) or None
    minimum = wanted.get("gate_minimum")
    if minimum is not None and not 0 <= minimum <= 100:
        raise Refused(f"The own estimate wanted is between 0 and 100, not {minimum}.")
    conflicts = change(found, wanted, based_on, allowed=EDITABLE)
    _check_dates(found, today)
    say(session, "Set dates of phase {phase}", phase=found.kind.word)
    return conflicts


@operation("Go on")
def go_on(
    session: Session,
    phase: int,
    *,
    today: date,
    reason: str | None = None,
    own: Path | None = None,
) -> tuple[str, ...]:
    """Conclude a phase and begin the next one that is still ahead.

    Args:
        reason: Why, where something is still open; it is kept with what was open.
        own: The user's folder of words and numbers.

    Returns:
        What was still open.

    Raises:
        Refused: The phase is done, or something is open and no reason is given.
    """
    found = _phase(session, phase)
    if found.state is PhaseState.DONE:
        raise Refused(f"{found.kind.word} is done already.")
    points = _open_points(session, found, own)
    why = clean(reason or "") or None
    if points and why is None:
        raise Refused(
            f"Still open in {found.kind.word}: {'; '.join(points)}. Going on needs a reason."
        )
    _begin(found, today)
    found.state = PhaseState.DONE
    found.actual_end = today
    found.override_reason = why
    found.override_open = "\n".join(points) or None
    following = _following(session, found)
    if following is not None:
        _begin(following, today)
    if why is None:
        say(session, "Go on from {phase}", phase=found.kind.word)
    else:
        say(session, "Go on from {phase}: {reason}", phase=found.kind.word, reason=why)
    return points


@operation("Open phase again")
def reopen(session: Session, phase: int) -> None:
    """Take up a phase again that was done; what was said on leaving it stays readable."""
    found = _phase(session, phase)
    if found.state is not PhaseState.DONE:
        raise Refused(f"{found.kind.word} is not done, so it needs no opening.")
    found.state = PhaseState.UNDER_WAY
    found.actual_end = None
    say(session, "Open phase {phase} again", phase=found.kind.word)


def decided(
    session: Session,
    project: int,
    outcome: ProposalOutcome | None,
    *,
    on: date,
    reason: str | None,
    own: Path | None = None,
) -> None:
    """Let proposal and funding stand where what became of the application puts them.

    Args:
        outcome: None: nobody knows yet, so that the proposal is open again.
        on: The day it became known.
        reason: Why it came so, where that closes the proposal.
        own: The user's folder of words and numbers.
    """
    mine = {one.kind: one for one in _phases(session, project)}
    proposal, funding = mine[PhaseKind.PROPOSAL], mine[PhaseKind.FUNDING]
    if outcome is None or outcome is ProposalOutcome.RESERVE:
        proposal.state, proposal.actual_end = PhaseState.UNDER_WAY, None
        proposal.override_reason = proposal.override_open = None
    else:
        points: tuple[str, ...] = ()
        if proposal.state is not PhaseState.DONE:
            points = _open_points(session, proposal, own)
            proposal.state = PhaseState.DONE
            proposal.actual_start = min(filter(None, (proposal.actual_start, on)))
            proposal.actual_end = on
        if outcome.closes or points:
            proposal.override_reason = reason or outcome.word.capitalize()
            proposal.override_open = "\n".join(points) or None
    if outcome is ProposalOutcome.FUNDED:
        _begin(funding, on)
    elif funding.state is PhaseState.UNDER_WAY and not any(it.done_on for it in funding.steps):
        funding.state, funding.actual_start = PhaseState.AHEAD, None


# --- laying out ---------------------------------------------------------------------------------


def lay_out(
    session: Session, project: Project, *, approved: bool, today: date, own: Path | None = None
) -> None:
    """Give a project its six phases, each standing where the project's dates say.

    Args:
        approved: Whether it has an agreement, so that it was applied for already.
        own: The user's folder of words and numbers.
    """
    for usual in lifecycle.load(own):
        dates = _usual_dates(usual, project.start, project.months)
        steps = [
            PhaseStep(
                project_id=project.id,
                position=position,
                code=step.id,
                title=step.title,
                hint=step.hint,
            )
            for position, step in enumerate(usual.steps, start=1)
        ]
        phase = Phase(
            project_id=project.id,
            kind=usual.kind,
            state=_standing(usual.kind, *dates, approved=approved, today=today),
            planned_start=dates[0],
            planned_end=dates[1],
            gate_minimum=usual.before.minimum,
            steps=steps,
        )
        session.add(phase)


def move(
    session: Session,
    project: Project,
    was: tuple[date | None, int | None],
    *,
    approved: bool,
    today: date,
    own: Path | None = None,
) -> None:
    """Let the phases follow the project's own dates.

    Dates that somebody entered stay, and so does where a phase stands that somebody worked on.

    Args:
        was: The project's first day and its months before.
        approved: Whether it has an agreement.
        own: The user's folder of words and numbers.
    """
    usual = {phase.kind: phase for phase in lifecycle.load(own)}
    for phase in _phases(session, project.id):
        described = usual[phase.kind]
        if (phase.planned_start, phase.planned_end) == _usual_dates(described, *was):
            dates = _usual_dates(described, project.start, project.months)
            phase.planned_start, phase.planned_end = dates
        if not _worked_on(phase):
            dates = (phase.planned_start, phase.planned_end)
            phase.state = _standing(phase.kind, *dates, approved=approved, today=today)


def _usual_dates(
    usual: lifecycle.Phase, start: date | None, months: int | None
) -> tuple[date | None, date | None]:
    return (None, None) if start is None or months is None else usual.usual_dates(start, months)


def _standing(
    kind: PhaseKind, first: date | None, last: date | None, *, approved: bool, today: date
) -> PhaseState:
    """Tell where a phase stands that nobody has worked on here."""
    if approved and kind in _BEFORE_THE_AGREEMENT:
        return PhaseState.DONE
    if first is None or last is None:
        begins = PhaseKind.FUNDING if approved else PhaseKind.PARTNERSHIP
        return PhaseState.UNDER_WAY if kind is begins else PhaseState.AHEAD
    if today > last:
        return PhaseState.DONE
    return PhaseState.UNDER_WAY if today >= first else PhaseState.AHEAD


def _worked_on(phase: Phase) -> bool:
    dates = (phase.actual_start, phase.actual_end)
    return any(dates) or any(step.done_on for step in phase.steps)


# --- finding and checking -----------------------------------------------------------------------


def _phase(session: Session, phase: int) -> Phase:
    return existing(session, Phase, phase, "phase")


def _step(session: Session, step: int) -> PhaseStep:
    return existing(session, PhaseStep, step, "step")


def _phases(session: Session, project: int) -> Sequence[Phase]:
    mine = select(Phase).where(Phase.project_id == project).options(selectinload(Phase.steps))
    return session.scalars(mine).all()


def _named(steps: Sequence[PhaseStep]) -> str:
    return ", ".join(dict.fromkeys(step.phase.kind.word for step in steps))


def _begin(phase: Phase, today: date) -> None:
    """Note that a phase is under way, since today unless it was before."""
    if phase.state is PhaseState.AHEAD:
        phase.state = PhaseState.UNDER_WAY
        phase.actual_start = phase.actual_start or today


def _following(session: Session, phase: Phase) -> Phase | None:
    """Find the next phase that is still ahead."""
    later = _ORDER[_ORDER.index(phase.kind) + 1 :]
    ahead = {
        one.kind: one for one in _phases(session, phase.project_id) if one.state is PhaseState.AHEAD
    }
    return next((ahead[kind] for kind in later if kind in ahead), None)


def _open_points(session: Session, phase: Phase, own: Path | None) -> tuple[str, ...]:
    """List what is still open, from the records as they stand in this change."""
    wanted = next(one for one in lifecycle.load(own) if one.kind is phase.kind).before.checklists
    titles = {one.id: one.title for one in checklists.load(own)}
    mine = (
        select(Assessment)
        .where(Assessment.project_id == phase.project_id, Assessment.checklist.in_(wanted))
        .order_by(Assessment.day, Assessment.id)
        .options(selectinload(Assessment.answers))
    )
    scores: dict[str, list[tuple[bool, checklists.Score]]] = {name: [] for name in wanted}
    for one in session.scalars(mine):
        scores[one.checklist].append((one.state is AssessmentState.CLOSED, _score(one)))
    standings = [Standing(name, titles.get(name, name), telling(scores[name])) for name in wanted]
    steps = [(step.title, step.done_on is not None) for step in phase.steps]
    return still_open(steps, standings, phase.gate_minimum)


def _score(assessment: Assessment) -> checklists.Score:
    given = {
        one.code: checklists.Answer(one.score, not_applicable=not one.applies)
        for one in assessment.answers
    }
    return checklists.score(assessment.answers, given)


def _check_dates(phase: Phase, today: date) -> None:
    name = phase.kind.word
    for first, last in (
        (phase.planned_start, phase.planned_end),
        (phase.actual_start, phase.actual_end),
    ):
        if first is not None and last is not None and last < first:
            raise Refused(f"{name} would end on {last}, before it begins on {first}.")
    for day in (phase.actual_start, phase.actual_end):
        if day is not None and day > today:
            raise Refused(f"{day} is still to come: what was planned has dates of its own.")
    if phase.actual_end is not None and phase.state is not PhaseState.DONE:
        raise Refused(f"{name} has no last day yet: it is {phase.state.word}.")
    if phase.actual_start is not None and phase.state is PhaseState.AHEAD:
        raise Refused(f"{name} is still ahead: start it first.")
