"""Checklists: which there are, how they were answered, and how the own estimate went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui import datafiles
from ka2tui.domain import checklist as rules
from ka2tui.domain import going_on, mending
from ka2tui.domain.checklist import Answer, Score
from ka2tui.domain.comparing import is_agreed, is_unseen, same_round
from ka2tui.domain.kinds import AssessmentState, PhaseKind, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.store import records
from ka2tui.store.records import Assessment, Phase, Project, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session


@frozen
class AssessmentRow:
    """One filling of a checklist, in a list."""

    id: int
    checklist: str
    title: str
    phase: PhaseKind | None
    assessor: str
    day: date
    state: AssessmentState
    score: Score
    part: int | None = None
    """The id of the work package or activity it is about; None: the whole project."""
    work_unit: str | None = None
    """Its code."""

    @property
    def whose(self) -> str:
        """Who filled it in, after the work package it is about."""
        return f"{self.work_unit} · {self.assessor}" if self.work_unit else self.assessor

    @property
    def series(self) -> tuple[str, int | None]:
        """What makes assessments one series: the checklist, and what it is about."""
        return self.checklist, self.part

    @property
    def closed(self) -> bool:
        """Whether the filling in has ended."""
        return self.state is AssessmentState.CLOSED


@frozen
class ChecklistRow:
    """A checklist and how it stands in one project."""

    id: str
    """Of the template."""
    title: str
    about: str
    phase: PhaseKind | None
    items: int
    """How many are for this project; 0 where the template is no longer there."""
    assessments: tuple[AssessmentRow, ...]
    """Newest first."""
    per_part: bool = False
    """Whether it is filled in for one work package or activity."""

    @property
    def last(self) -> AssessmentRow | None:
        """The newest assessment."""
        return self.assessments[0] if self.assessments else None

    @property
    def telling(self) -> Score | None:
        """The own estimate that counts: one just begun does not take the place of a whole one."""
        return going_on.telling((one.closed, one.score) for one in reversed(self.assessments))

    @property
    def before(self) -> AssessmentRow | None:
        """The one before the newest."""
        return self.assessments[1] if len(self.assessments) > 1 else None

    @property
    def being_filled_in(self) -> AssessmentRow | None:
        """The newest one that is not closed."""
        return next((one for one in self.assessments if not one.closed), None)

    @property
    def trend(self) -> int | None:
        """Points between the last two own estimates of one assessor; None where there are no two.

        None also while the newest is being filled in: a part is not compared with a whole.
        """
        if self.last is None or not self.last.closed:
            return None
        who = fold(self.last.assessor)
        part = self.last.part
        past = self.assessments[1:]
        own = [one for one in past if fold(one.assessor) == who and one.part == part]
        before = next((one for one in own if one.closed), None)
        if before is None:
            return None
        now, then = self.last.score.total, before.score.total
        return None if now is None or then is None else now - then


@frozen
class TaskOf:
    """A task that came from an item."""

    id: int
    code: str | None
    title: str
    state: TaskState
    due: date | None

    @property
    def over(self) -> bool:
        """Whether nothing more is done about it."""
        return self.state.closed


@frozen
class ItemView:
    """One item of an assessment."""

    id: int
    """Of the answer."""
    code: str
    text: str
    proof: str | None
    """What would show it."""
    source: str | None
    """Where it comes from, in words."""
    weight: int
    answer: Answer
    note: str | None
    last: Answer | None
    """The answer of the assessment before; None where it had no such item."""
    found_at: str | None
    """Where the proof lies: a record, a link, a path."""
    task: TaskOf | None
    """What was made of it: the task that is not finished, else the newest."""


@frozen
class CriterionView:
    """The items that are scored together."""

    id: str
    title: str
    score: Score
    items: tuple[ItemView, ...]


@frozen
class AssessmentView:
    """One assessment with everything in it."""

    head: AssessmentRow
    project: int
    notes: str | None
    criteria: tuple[CriterionView, ...]
    earlier: AssessmentRow | None
    """The assessment of the same checklist before this one.

    By the same assessor, else by any in an earlier round: what others answer in the same round
    is no last time.
    """
    others: tuple[AssessmentRow, ...]
    """The newest of each other assessor in the same round that was answered."""

    @property
    def told(self) -> tuple[AssessmentRow, ...]:
        """The others whose estimates stand beside this one: none while it is filled in."""
        unseen = is_unseen(self.head.assessor, closed=self.head.closed)
        return () if unseen else self.others

    @property
    def items(self) -> tuple[ItemView, ...]:
        """Every item, in order."""
        return tuple(item for criterion in self.criteria for item in criterion.items)


@frozen
class _Item:
    """What scoring needs of a copied item."""

    code: str
    criterion: str
    criterion_title: str
    weight: int


def overview(
    session: Session, project: int, *, own: Path | None = None
) -> tuple[ChecklistRow, ...]:
    """List every checklist with its assessments, in the order of the way through a project.

    Checklists whose template is no longer there follow at the end, for what was answered.

    Args:
        own: The user's folder of words and numbers.
    """
    about = session.execute(
        select(Project.action, Project.managed_by, Project.call_year).where(Project.id == project)
    ).one_or_none()
    if about is None:
        raise Refused(f"There is no project {project} any more.")
    done = assessments(session, project)
    known = {
        one.id: ChecklistRow(
            one.id,
            one.title,
            one.about,
            one.phase,
            len(rules.choose(one, *about)),
            tuple(row for row in done if row.checklist == one.id),
            one.per_part,
        )
        for one in rules.load(own)
    }
    gone = {row.checklist: row for row in reversed(done) if row.checklist not in known}
    return tuple(known.values()) + tuple(
        ChecklistRow(
            name,
            row.title,
            "This checklist is no longer in your folder; what was answered stays.",
            row.phase,
            0,
            tuple(one for one in done if one.checklist == name),
        )
        for name, row in gone.items()
    )


def assessments(session: Session, project: int) -> list[AssessmentRow]:
    """List every assessment of a project, newest first."""
    rows = session.execute(
        select(
            Assessment.id,
            Assessment.checklist,
            Assessment.title,
            Assessment.phase,
            Assessment.assessor,
            Assessment.day,
            Assessment.state,
            Assessment.work_unit_id,
            WorkUnit.code,
        )
        .outerjoin(WorkUnit.__table__, WorkUnit.id == Assessment.work_unit_id)
        .where(Assessment.project_id == project)
    ).all()
    scores = _scores(session, [row.id for row in rows])
    found = [AssessmentRow(*row[:7], scores[row.id], *row[7:]) for row in rows]
    return sorted(found, key=lambda row: (row.day, row.id), reverse=True)


def assessment(session: Session, assessment: int) -> AssessmentView:
    """Give one assessment, with last time's answer beside each item.

    Raises:
        Refused: It is gone.
    """
    found = session.get(Assessment, assessment)
    if found is None:
        raise Refused(f"There is no assessment {assessment} any more.")
    wanted = (found.checklist, found.work_unit_id)
    same = [row for row in assessments(session, found.project_id) if row.series == wanted]
    head = next(row for row in same if row.id == found.id)
    before = [row for row in same if (row.day, row.id) < (head.day, head.id)]
    if is_agreed(head.assessor):
        before = own = [row for row in before if is_agreed(row.assessor)]
    else:
        own = [row for row in before if fold(row.assessor) == fold(head.assessor)]
        before = [row for row in before if not same_round(row.day, head.day)]
    earlier = next(iter(own or before), None)
    others = {
        fold(row.assessor): row
        for row in reversed(same)
        if fold(row.assessor) != fold(head.assessor)
        and row.score.answered
        and same_round(row.day, head.day)
    }
    tasks = _tasks(session, [row.id for row in found.answers])
    last = {} if earlier is None else _answers_by_code(session, earlier.id)
    words = _source_words()
    groups: dict[str, list[records.Answer]] = {}
    for row in found.answers:
        groups.setdefault(row.criterion, []).append(row)
    return AssessmentView(
        head=head,
        project=found.project_id,
        notes=found.notes,
        criteria=tuple(
            CriterionView(
                id=name,
                title=group[0].criterion_title,
                score=_score(group),
                items=tuple(
                    ItemView(
                        id=row.id,
                        code=row.code,
                        text=row.text,
                        proof=row.proof,
                        source=_say_source(row.source, words),
                        weight=row.weight,
                        answer=Answer(row.score, not_applicable=not row.applies),
                        note=row.note,
                        last=last.get(row.code),
                        found_at=row.found_at,
                        task=tasks.get(row.id),
                    )
                    for row in group
                ),
            )
            for name, group in groups.items()
        ),
        earlier=earlier,
        others=tuple(others.values()),
    )


def due_of_task(session: Session, answer: int, *, today: date) -> date:
    """Propose when a task for an item is due: in two weeks, or when its phase ends."""
    end = session.scalar(
        select(Phase.planned_end)
        .join(Assessment.__table__, Assessment.project_id == Phase.project_id)
        .join(records.Answer.__table__, records.Answer.assessment_id == Assessment.id)
        .where(records.Answer.id == answer, Phase.kind == Assessment.phase)
    )
    return mending.due(today, end)


def of_item(session: Session, answer: int) -> int:
    """Give the assessment that an item is in.

    Raises:
        Refused: It is gone.
    """
    found = session.scalar(select(records.Answer.assessment_id).where(records.Answer.id == answer))
    if found is None:
        raise Refused("The assessment that this came from is gone.")
    return found


def _tasks(session: Session, answers: Sequence[int]) -> dict[int, TaskOf]:
    """Give the task of each item that has one: the newest that is not finished, else the newest."""
    rows = session.execute(
        select(Task.answer_id, Task.id, Task.code, Task.title, Task.state, Task.due)
        .where(Task.answer_id.in_(answers))
        .order_by(Task.id)
    )
    found: dict[int, TaskOf] = {}
    for answer, task, code, title, state, due in rows:
        one = TaskOf(task, code, title, state, due)
        if answer is not None and (answer not in found or found[answer].over or not one.over):
            found[answer] = one
    return found


def _scores(session: Session, wanted: Sequence[int]) -> dict[int, Score]:
    """Count the own estimate of several assessments in one statement."""
    rows = session.execute(
        select(
            records.Answer.assessment_id,
            records.Answer.code,
            records.Answer.criterion,
            records.Answer.criterion_title,
            records.Answer.weight,
            records.Answer.score,
            records.Answer.applies,
        )
        .where(records.Answer.assessment_id.in_(wanted))
        .order_by(records.Answer.assessment_id, records.Answer.position, records.Answer.id)
    ).all()
    items: dict[int, list[_Item]] = {one: [] for one in wanted}
    given: dict[int, dict[str, Answer]] = {one: {} for one in wanted}
    for row in rows:
        item = _Item(row.code, row.criterion, row.criterion_title, row.weight)
        items[row.assessment_id].append(item)
        answer = Answer(row.score, not_applicable=not row.applies)
        given[row.assessment_id][row.code] = answer
    return {one: rules.score(items[one], given[one]) for one in wanted}


def _score(answers: Iterable[records.Answer]) -> Score:
    rows = list(answers)
    given = {row.code: Answer(row.score, not_applicable=not row.applies) for row in rows}
    return rules.score(rows, given)


def _answers_by_code(session: Session, assessment: int) -> dict[str, Answer]:
    rows = session.execute(
        select(records.Answer.code, records.Answer.score, records.Answer.applies).where(
            records.Answer.assessment_id == assessment
        )
    )
    return {row.code: Answer(row.score, not_applicable=not row.applies) for row in rows}


def _source_words() -> dict[str, str]:
    """Read what the keys of sources stand for."""
    return {
        key: str(row["title"])
        for key, row in datafiles.read_toml("sources.toml").items()
        if isinstance(row, dict) and "title" in row
    }


def _say_source(source: str | None, words: dict[str, str]) -> str | None:
    """Write a source for people: its title and the place in it."""
    if source is None:
        return None
    key, _, place = source.partition(", ")
    return ", ".join(filter(None, [words.get(key, key), place]))


def find_assessment(
    session: Session, project: int, said: str, *, own: Path | None = None
) -> AssessmentRow:
    """Give the assessment that is meant: by its id, or the newest open one of a checklist.

    Of a checklist of work packages one of them can be named after it: work_package:WP2.

    Raises:
        Refused: There is none.
    """
    rows = assessments(session, project)
    wanted = said.strip()
    for row in rows:
        if str(row.id) == wanted:
            return row
    if wanted.isascii() and wanted.isdigit():
        raise Refused(f"There is no assessment {wanted} in this project.")
    wanted, _, part = (it.strip() for it in wanted.partition(":"))
    name = wanted if any(row.checklist == wanted for row in rows) else rules.find(wanted, own).id
    mine = [
        row
        for row in rows
        if row.checklist == name and (not part or fold(row.work_unit or "") == fold(part))
    ]
    if not mine:
        of = f" of {part}" if part else ""
        raise Refused(f"The checklist {name}{of} was not started yet.")
    return next((row for row in mine if not row.closed), mine[0])
