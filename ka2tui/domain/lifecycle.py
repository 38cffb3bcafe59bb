"""The way through a project: six phases, what each is for, and when it usually lies."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, every, once, rows, table, text, texts, whole
from ka2tui.domain.kinds import PhaseKind, PhaseState, ProposalOutcome
from ka2tui.domain.timeline import LONGEST, add_months, month_end, month_start, project_end
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILE = "lifecycle.toml"


class AnchorWord(StrEnum):
    """What the beginning or the end of a phase is counted from."""

    MONTHS_BEFORE_START = "months_before_start"
    MONTH = "month"
    DAYS_AFTER_END = "days_after_end"


@frozen
class Anchor:
    """When a phase begins or ends, counted from the project's own dates."""

    word: AnchorWord
    number: int

    def first_day(self, start: date, months: int) -> date:
        """Give the first day of what begins then."""
        match self.word:
            case AnchorWord.MONTHS_BEFORE_START:
                return add_months(start, -self.number)
            case AnchorWord.MONTH:
                return month_start(start, self.number)
            case AnchorWord.DAYS_AFTER_END:
                return project_end(start, months) + timedelta(days=self.number)

    def last_day(self, start: date, months: int) -> date:
        """Give the last day of what ends then."""
        match self.word:
            case AnchorWord.MONTHS_BEFORE_START:
                return add_months(start, -self.number) - timedelta(days=1)
            case AnchorWord.MONTH:
                return month_end(start, self.number)
            case AnchorWord.DAYS_AFTER_END:
                return project_end(start, months) + timedelta(days=self.number)


@frozen
class Step:
    """One step of a phase."""

    id: str
    title: str
    hint: str
    source: str
    """A key of data/sources.toml."""


@frozen
class Before:
    """What should stand before going on; it never stops anybody."""

    checklists: tuple[str, ...]
    minimum: int
    """Own estimate in per cent that each of them should reach: a default to be changed."""
    why: str


@frozen
class Phase:
    """One phase, as the data file describes it."""

    kind: PhaseKind
    title: str
    aim: str
    result: str
    """What the coordinator should end with."""
    overlap: str
    """How it lies beside the other phases."""
    brings: tuple[str, ...]
    """What normally comes with it."""
    documents: tuple[str, ...]
    checklists: tuple[str, ...]
    steps: tuple[Step, ...]
    before: Before
    starts: Anchor
    ends: Anchor

    def usual_dates(self, start: date, months: int) -> tuple[date, date]:
        """Tell when this phase usually lies, for a project of so many months.

        Args:
            start: The project's first day.
            months: How long the project lasts.

        Returns:
            First and last day: a place to begin with, which entered dates replace.

        Raises:
            Refused: The calendar ends before.

        Source: data/lifecycle.toml, each phase's planned_source.
        """
        return self.starts.first_day(start, months), self.ends.last_day(start, months)


def current(states: Mapping[PhaseKind, PhaseState]) -> PhaseKind:
    """Tell which phase a project is mainly in: the latest under way, else the next one ahead.

    Evaluation and dissemination accompany the work; they come to the fore when it is done.
    """
    under_way = [kind for kind in PhaseKind if states.get(kind) is PhaseState.UNDER_WAY]
    main = [kind for kind in under_way if kind is not PhaseKind.EVALUATION] or under_way
    if main:
        return main[-1]
    ahead = [kind for kind in PhaseKind if states.get(kind) is PhaseState.AHEAD]
    return ahead[0] if ahead else PhaseKind.EVALUATION


def where(states: Mapping[PhaseKind, PhaseState], outcome: ProposalOutcome | None) -> PhaseKind:
    """Tell which phase a project is mainly in; one that was not funded stays at its proposal."""
    if outcome is not None and outcome.closes:
        return PhaseKind.PROPOSAL
    return current(states)


def load(own: Path | None = None) -> tuple[Phase, ...]:
    """Give the six phases as they are shipped, or as the user's own folder has them.

    Raises:
        DataFault: The file is missing or no TOML.
        Malformed: Something in it is missing or cannot be.
    """
    return own_files.one(_FILE, read_lifecycle, own)


def read_lifecycle(data: Mapping[str, Any], file: str = _FILE) -> tuple[Phase, ...]:
    """Read the phases as a TOML file gives them.

    Args:
        data: The parsed file.
        file: Its name, for messages.

    Returns:
        All six phases, in the order of the file.

    Raises:
        Malformed: Something is missing or cannot be; the message names file and place.
    """
    phases = every(data, "phase", file, _phase)
    once((phase.kind.value for phase in phases), f"{file}: phase")
    missing = [kind.value for kind in PhaseKind if kind not in {phase.kind for phase in phases}]
    if missing:
        raise Malformed(f"{file}: the phase {missing[0]} is missing.")
    return phases


def _phase(row: Mapping[str, Any], place: str) -> Phase:
    code = text(row, "id", place)
    if code not in {kind.value for kind in PhaseKind}:
        raise Malformed(f"{place}: there is no phase {code!r}.")
    place = f"{place} ({code})"
    planned = table(row.get("planned"), f"{place}: planned")
    return Phase(
        kind=PhaseKind(code),
        title=text(row, "title", place),
        aim=text(row, "aim", place),
        result=text(row, "result", place),
        overlap=text(row, "overlap", place),
        brings=texts(row, "brings", place),
        documents=texts(row, "documents", place),
        checklists=texts(row, "checklists", place),
        steps=_steps(row, place),
        before=_before(table(row.get("before"), f"{place}: before"), f"{place}, before"),
        starts=_anchor(planned.get("start"), f"{place}: planned start"),
        ends=_anchor(planned.get("end"), f"{place}: planned end"),
    )


def _steps(row: Mapping[str, Any], place: str) -> tuple[Step, ...]:
    steps = tuple(
        Step(
            text(one, "id", at),
            text(one, "title", at),
            text(one, "hint", at),
            text(one, "source", at),
        )
        for at, one in rows(row, "step", place)
    )
    once((step.id for step in steps), f"{place}: step")
    return steps


def _before(row: Mapping[str, Any], place: str) -> Before:
    return Before(
        checklists=texts(row, "checklists", place),
        minimum=whole(row, "minimum", place, least=0, most=100),
        why=text(row, "why", place),
    )


def _anchor(value: object, place: str) -> Anchor:
    row = table(value, place)
    try:
        (word,) = row
        to = AnchorWord(word)
    except ValueError:
        words = ", ".join(word.value for word in AnchorWord)
        raise Malformed(f"{place} is one of {words}, with a number.") from None
    least = 1 if to is AnchorWord.MONTH else 0
    return Anchor(to, whole(row, word, place, least=least, most=LONGEST))
