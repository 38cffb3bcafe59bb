from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui.domain.due import Due, Step
from ka2tui.domain.kinds import Precision, Priority, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import dependencies, projects, subtasks, tasks
from ka2tui.store.operation import operation
from ka2tui.store.records import Contact, Entry, Partner, Project, Tag, Task, TaskLink, WorkUnit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)
HOSTILE = "[b]Send[/] [@click=app.bell]x[/] {title} \x1b]52;c;aGk=\x07 =cmd|' /C calc'!A0"


@operation("Begin")
def _begin(session: Session) -> int:
    project = Project(acronym="SOLARIS", start=date(2025, 10, 1), months=24)
    session.add(project)
    session.flush()
    rows = [
        Partner(project_id=project.id, acronym="ULODZ", name="Uniwersytet Łódzki"),
        Partner(project_id=project.id, acronym="KMOP", name="KMOP"),
        WorkUnit(project_id=project.id, code="WP2", title="Handbook"),
    ]
    session.add_all(rows)
    session.flush()
    session.add(Contact(project_id=project.id, partner_id=rows[0].id, name="Zofia Nowak"))
    return project.id


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(_begin).value


def add(portfolio: Portfolio, project: int, title: str, **more: Any) -> int:
    return portfolio.do(tasks.add, project, title, **more).value


def read(portfolio: Portfolio, task: int, *names: str) -> Any:
    columns = [getattr(Task, name) for name in names]
    row = portfolio.ask(
        lambda session: session.execute(select(*columns).where(Task.id == task)).one_or_none()
    )
    return row[0] if row is not None and len(names) == 1 else row and tuple(row)


def titles(portfolio: Portfolio, **where: Any) -> list[str]:
    query = select(Task.title).filter_by(**where).order_by(Task.id)
    return portfolio.ask(lambda session: list(session.scalars(query)))


def entries(portfolio: Portfolio) -> int:
    return portfolio.ask(lambda session: len(session.scalars(select(Entry.id)).all()))


def test_a_task_keeps_its_title_to_the_letter_but_for_what_would_act(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, f"  {HOSTILE} ")
    kept = read(portfolio, task, "title")
    assert kept == HOSTILE.replace("\x1b", "␛").replace("\x07", "␇")
    outcome = portfolio.do(tasks.finish, [task], today=TODAY)
    assert outcome.label == f"Finish “{kept}”"


def test_a_task_needs_a_title(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="needs a title"):
        add(portfolio, project, " \n ")


def test_a_project_month_becomes_the_last_day_of_that_month(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, "Handbook", due_month=14)
    assert read(portfolio, task, "due", "due_month", "due_precision") == (
        date(2026, 11, 30),
        14,
        Precision.MONTH,
    )


def test_a_code_is_given_once_whatever_its_letter_case(portfolio: Portfolio, project: int) -> None:
    add(portfolio, project, "First", code="T2.3")
    with pytest.raises(Refused, match=r"T2\.3 is already the code of “First”"):
        add(portfolio, project, "Second", code="t2.3")


def test_references_of_another_project_are_refused(portfolio: Portfolio, project: int) -> None:
    other = portfolio.do(_begin).value
    theirs = portfolio.ask(
        lambda s: s.scalar(select(WorkUnit.id).where(WorkUnit.project_id == other))
    )
    with pytest.raises(Refused, match="no such work package or activity in this project"):
        add(portfolio, project, "Write", work_unit_id=theirs)


def test_a_task_cannot_start_after_it_is_due(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="would start on 3 Dec 2026, after it is due on 1 Dec 2026"):
        add(portfolio, project, "Write", start=date(2026, 12, 3), due=date(2026, 12, 1))


def test_a_person_brings_the_partner_along(portfolio: Portfolio, project: int) -> None:
    zofia = portfolio.ask(lambda s: s.scalar(select(Contact.id)))
    task = add(portfolio, project, "Write", contact_id=zofia)
    partner = read(portfolio, task, "partner_id")
    assert portfolio.ask(lambda s: s.get_one(Partner, partner).acronym) == "ULODZ"


def test_finishing_many_is_one_change_and_one_undo(portfolio: Portfolio, project: int) -> None:
    ids = [add(portfolio, project, f"Task {n}") for n in range(5)]
    before = entries(portfolio)
    outcome = portfolio.do(tasks.finish, ids, today=TODAY)
    assert outcome.label == "Finish 5 tasks"
    assert entries(portfolio) == before + 1
    assert len(titles(portfolio, state=TaskState.DONE)) == 5
    portfolio.undo(project)
    assert titles(portfolio, state=TaskState.DONE) == []


def test_finishing_notes_the_day_and_ends_the_waiting(portfolio: Portfolio, project: int) -> None:
    task = add(portfolio, project, "Translate")
    portfolio.do(tasks.wait, [task], today=date(2026, 11, 3))
    assert read(portfolio, task, "state", "waiting_since") == (
        TaskState.WAITING,
        date(2026, 11, 3),
    )
    portfolio.do(tasks.finish, [task], today=TODAY)
    assert read(portfolio, task, "state", "waiting_since", "finished_on") == (
        TaskState.DONE,
        None,
        TODAY,
    )


@pytest.mark.parametrize(
    ("verb", "more", "sentence"),
    [
        (tasks.start, {}, "“Send” is done: reopen it first"),
        (tasks.wait, {"today": TODAY}, "“Send” is done: reopen it first"),
        (tasks.finish, {"today": TODAY}, "“Send” is done already"),
        (tasks.cancel, {}, "“Send” is done: reopen it first"),
        (tasks.postpone, {"by": Step(days=1)}, "“Send” is done: reopen it first"),
    ],
)
def test_what_is_done_is_reopened_before_anything_else(
    portfolio: Portfolio, project: int, verb: Any, more: dict[str, Any], sentence: str
) -> None:
    task = add(portfolio, project, "Send", due=TODAY)
    portfolio.do(tasks.finish, [task], today=TODAY)
    with pytest.raises(Refused, match=sentence):
        portfolio.do(verb, [task], **more)


def test_a_parent_is_not_finished_over_the_head_of_its_open_parts(
    portfolio: Portfolio, project: int
) -> None:
    parent = add(portfolio, project, "Handbook")
    part = add(portfolio, project, "Chapter 1", parent_id=parent)
    with pytest.raises(Refused, match="“Chapter 1” below “Handbook” is still open"):
        portfolio.do(tasks.finish, [parent], today=TODAY)
    outcome = portfolio.do(tasks.finish, [parent], today=TODAY, with_subtasks=True)
    assert outcome.label == "Finish “Handbook” with 1 below"
    assert read(portfolio, part, "state", "finished_on") == (TaskState.DONE, TODAY)


def test_a_parent_and_its_parts_marked_together_are_finished(
    portfolio: Portfolio, project: int
) -> None:
    parent = add(portfolio, project, "Handbook")
    part = add(portfolio, project, "Chapter 1", parent_id=parent)
    portfolio.do(tasks.finish, [parent, part], today=TODAY)
    assert len(titles(portfolio, state=TaskState.DONE)) == 2


def test_reopening_a_part_reopens_what_it_belongs_to(portfolio: Portfolio, project: int) -> None:
    parent = add(portfolio, project, "Handbook")
    part = add(portfolio, project, "Chapter 1", parent_id=parent)
    portfolio.do(tasks.finish, [parent, part], today=TODAY)
    portfolio.do(tasks.reopen, [part])
    assert read(portfolio, parent, "state", "finished_on") == (TaskState.OPEN, None)


def test_what_repeats_comes_again_with_its_parts_and_tags(
    portfolio: Portfolio, project: int
) -> None:
    task = add(
        portfolio,
        project,
        "Monthly update",
        due=date(2026, 11, 30),
        start=date(2026, 11, 25),
        recurrence="monthly",
        tags=["tpm"],
        priority=Priority.HIGH,
    )
    part = add(portfolio, project, "Ask partners", parent_id=task, due=date(2026, 11, 27))
    portfolio.do(tasks.finish, [part], today=TODAY)
    (made,) = portfolio.do(tasks.finish, [task], today=TODAY).value
    assert read(portfolio, made, "title", "due", "start", "state", "priority", "recurrence") == (
        "Monthly update",
        date(2026, 12, 30),
        date(2026, 12, 25),
        TaskState.OPEN,
        Priority.HIGH,
        "FREQ=MONTHLY",
    )
    assert titles(portfolio, parent_id=made) == ["Ask partners"]
    tags = portfolio.ask(lambda s: list(s.scalars(select(Tag.name).where(Tag.task_id == made))))
    assert tags == ["tpm"]
    portfolio.do(tasks.reopen, [task])
    assert portfolio.do(tasks.finish, [task], today=TODAY).value == []


def test_what_repeats_and_is_long_late_comes_next_on_a_day_that_is_not_past(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, "Update", due=date(2026, 8, 3), recurrence="weekly")
    (made,) = portfolio.do(tasks.finish, [task], today=TODAY).value
    assert read(portfolio, made, "due") == date(2026, 11, 23)


def test_moving_one_of_a_series_does_not_move_the_series(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, "Update", due=date(2026, 12, 7), recurrence="weekly")
    portfolio.do(tasks.postpone, [task], by=Step(days=2))
    assert read(portfolio, task, "due") == date(2026, 12, 9)
    (made,) = portfolio.do(tasks.finish, [task], today=TODAY).value
    assert read(portfolio, made, "due") == date(2026, 12, 14)


def test_what_repeats_in_project_months_comes_again_in_one(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, "Timesheets", due_month=14, recurrence="monthly")
    (made,) = portfolio.do(tasks.finish, [task], today=TODAY).value
    assert read(portfolio, made, "due", "due_month") == (date(2026, 12, 31), 15)


def test_parts_of_what_repeats_are_due_in_the_month_their_day_lies_in(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, "Timesheets", due_month=14, recurrence="monthly")
    month = Precision.MONTH
    planned = add(portfolio, project, "Ask", parent_id=task, due_month=14)
    known = add(
        *(portfolio, project, "Check"), parent_id=task, due=date(2026, 11, 30), due_precision=month
    )
    portfolio.do(tasks.finish, [planned, known], today=TODAY)
    (made,) = portfolio.do(tasks.finish, [task], today=TODAY).value
    parts = select(Task.due, Task.due_month).where(Task.parent_id == made).order_by(Task.id)
    found = portfolio.ask(lambda session: [tuple(row) for row in session.execute(parts)])
    assert found == [(date(2026, 12, 31), 15), (date(2026, 12, 31), None)]


def test_tasks_of_two_projects_are_not_moved_together(portfolio: Portfolio, project: int) -> None:
    other = portfolio.do(projects.add, "OTHER", today=TODAY).value
    chosen = [add(portfolio, project, "Ours"), add(portfolio, other, "Theirs")]
    above = add(portfolio, project, "Above")
    with pytest.raises(Refused, match="two projects"):
        portfolio.do(subtasks.move, chosen, parent=above)
    with pytest.raises(Refused, match="two projects"):
        portfolio.do(subtasks.place, chosen, after=above)


def test_a_series_that_has_ended_comes_no_more(portfolio: Portfolio, project: int) -> None:
    rule = "FREQ=MONTHLY;UNTIL=20261201"
    task = add(portfolio, project, "Update", due=date(2026, 11, 20), recurrence=rule)
    assert portfolio.do(tasks.finish, [task], today=TODAY).value == []


def test_postponing_says_from_when_to_when(portfolio: Portfolio, project: int) -> None:
    task = add(portfolio, project, "Send minutes", due=date(2027, 5, 3))
    outcome = portfolio.do(tasks.postpone, [task], by=Step(days=7))
    assert outcome.label == "Postpone “Send minutes” 3 May 2027 → 10 May 2027"
    outcome = portfolio.do(tasks.postpone, [task], to=Due(date(2027, 5, 1)))
    assert outcome.label == "Bring “Send minutes” forward 10 May 2027 → 1 May 2027"
    outcome = portfolio.do(tasks.postpone, [task])
    assert outcome.label == "Take the date off “Send minutes”: 1 May 2027"
    assert read(portfolio, task, "due") is None


def test_postponing_keeps_a_month_a_month(portfolio: Portfolio, project: int) -> None:
    planned = add(portfolio, project, "Handbook", due_month=14)
    calendar = add(
        portfolio, project, "Guide", due=date(2026, 11, 5), due_precision=Precision.MONTH
    )
    outcome = portfolio.do(tasks.postpone, [planned], by=Step(months=2))
    assert outcome.label == "Postpone “Handbook” M14 → M16"
    assert read(portfolio, planned, "due", "due_month") == (date(2027, 1, 31), 16)
    portfolio.do(tasks.postpone, [calendar], by=Step(months=3))
    assert read(portfolio, calendar, "due", "due_precision") == (
        date(2027, 2, 28),
        Precision.MONTH,
    )
    portfolio.do(tasks.postpone, [planned], by=Step(days=7))
    assert read(portfolio, planned, "due", "due_month", "due_precision") == (
        date(2027, 2, 7),
        None,
        Precision.DAY,
    )


def test_postponing_many_leaves_those_without_a_date_and_says_so(
    portfolio: Portfolio, project: int
) -> None:
    ids = [add(portfolio, project, "Dated", due=date(2026, 12, n)) for n in (1, 2)]
    bare = add(portfolio, project, "Undated")
    outcome = portfolio.do(tasks.postpone, [*ids, bare], by=Step(days=7))
    assert outcome.label == "Postpone 2 tasks by 1 week (1 without a date left as they are)"
    assert outcome.value == ids
    with pytest.raises(Refused, match="“Undated” has no date yet"):
        portfolio.do(tasks.postpone, [bare], by=Step(days=7))


def test_what_is_late_can_be_put_off_from_today(portfolio: Portfolio, project: int) -> None:
    task = add(portfolio, project, "Late", due=date(2026, 11, 2))
    portfolio.do(tasks.postpone, [task], by=Step(days=1), late_from=TODAY)
    assert read(portfolio, task, "due") == date(2026, 11, 23)


def test_the_planned_start_moves_along_until_work_has_begun(
    portfolio: Portfolio, project: int
) -> None:
    more = {"start": date(2026, 12, 1), "due": date(2026, 12, 10)}
    ahead, begun = (add(portfolio, project, title, **more) for title in ("Ahead", "Begun"))
    portfolio.do(tasks.start, [begun])
    portfolio.do(tasks.postpone, [ahead, begun], by=Step(days=7))
    assert read(portfolio, ahead, "start") == date(2026, 12, 8)
    assert read(portfolio, begun, "start") == date(2026, 12, 1)


def test_assigning_names_who_and_takes_back_in_one_step(portfolio: Portfolio, project: int) -> None:
    kmop = portfolio.ask(lambda s: s.scalar(select(Partner.id).where(Partner.acronym == "KMOP")))
    zofia = portfolio.ask(lambda s: s.scalar(select(Contact.id)))
    ids = [add(portfolio, project, f"Task {n}") for n in range(3)]
    assert portfolio.do(tasks.assign, ids, partner_id=kmop).label == "Assign 3 tasks to KMOP"
    outcome = portfolio.do(tasks.assign, ids[:1], contact_id=zofia)
    assert outcome.label == "Assign “Task 0” to Zofia Nowak"
    with pytest.raises(Refused, match="Zofia Nowak is not of KMOP"):
        portfolio.do(tasks.assign, ids, partner_id=kmop, contact_id=zofia)
    portfolio.do(tasks.assign, ids)
    assert read(portfolio, ids[0], "partner_id", "contact_id") == (None, None)
    portfolio.undo(project)
    assert read(portfolio, ids[1], "partner_id") == kmop


def test_tags_are_put_and_taken_whatever_their_letter_case(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, "Send", tags=["#TPM", "urgent"])
    portfolio.do(tasks.tag, [task], put=["tpm", "Łódź"], take=["URGENT"])
    names = portfolio.ask(lambda s: list(s.scalars(select(Tag.name).order_by(Tag.id))))
    assert names == ["TPM", "Łódź"]
    with pytest.raises(Refused, match="already like this"):
        portfolio.do(tasks.tag, [task], put=["tpm"])


def test_a_task_cannot_become_part_of_itself(portfolio: Portfolio, project: int) -> None:
    top = add(portfolio, project, "Top")
    middle = add(portfolio, project, "Middle", parent_id=top)
    leaf = add(portfolio, project, "Leaf", parent_id=middle)
    with pytest.raises(Refused, match="“Leaf” is part of “Top” itself"):
        portfolio.do(subtasks.move, [top], parent=leaf)
    with pytest.raises(Refused, match="cannot be part of itself"):
        portfolio.do(tasks.edit, top, {"parent_id": top})
    portfolio.do(subtasks.move, [leaf], parent=None)
    assert read(portfolio, leaf, "parent_id") is None


def test_tasks_are_put_in_order_among_the_parts_of_one(portfolio: Portfolio, project: int) -> None:
    top = add(portfolio, project, "Top")
    _, _, c = (add(portfolio, project, title, parent_id=top) for title in "ABC")
    portfolio.do(subtasks.move, [c], parent=top, position=0)
    order = select(Task.title).where(Task.parent_id == top).order_by(Task.position)
    assert portfolio.ask(lambda s: list(s.scalars(order))) == ["C", "A", "B"]


def test_tasks_do_not_wait_for_each_other_in_a_circle(portfolio: Portfolio, project: int) -> None:
    a, b, c = (add(portfolio, project, title) for title in "ABC")
    part = add(portfolio, project, "Part of C", parent_id=c)
    portfolio.do(dependencies.link, b, a)
    outcome = portfolio.do(dependencies.link, c, b)
    assert outcome.label == "Let “C” wait for “B”"
    with pytest.raises(Refused, match="“C” already waits for “A”"):
        portfolio.do(dependencies.link, a, c)
    with pytest.raises(Refused, match="“C” already waits for “Part of C”"):
        portfolio.do(dependencies.link, part, c)
    with pytest.raises(Refused, match="cannot wait for itself"):
        portfolio.do(dependencies.link, a, a)
    with pytest.raises(Refused, match="“C” already waits for “A”"):
        portfolio.do(subtasks.move, [c], parent=a)
    portfolio.do(dependencies.release, [c], b)
    portfolio.do(dependencies.link, a, c)


def test_removing_moves_the_parts_up_and_undo_brings_everything_back(
    portfolio: Portfolio, project: int
) -> None:
    top = add(portfolio, project, "Top", tags=["x"])
    middle = add(portfolio, project, "Middle", parent_id=top)
    leaf = add(portfolio, project, "Leaf", parent_id=middle)
    other = add(portfolio, project, "Other")
    portfolio.do(dependencies.link, other, middle)
    portfolio.do(tasks.remove, [middle])
    assert read(portfolio, leaf, "parent_id") == top
    assert portfolio.ask(lambda s: s.scalars(select(TaskLink.id)).all()) == []
    outcome = portfolio.do(tasks.remove, [top], with_subtasks=True)
    assert outcome.label == "Remove “Top” with 1 below"
    assert titles(portfolio) == ["Other"]
    portfolio.undo(project)
    portfolio.undo(project)
    assert titles(portfolio) == ["Top", "Middle", "Leaf", "Other"]
    assert read(portfolio, leaf, "parent_id") == middle
    assert len(portfolio.ask(lambda s: s.scalars(select(TaskLink.id)).all())) == 1


def test_an_edit_holds_back_what_somebody_else_changed(portfolio: Portfolio, project: int) -> None:
    task = add(portfolio, project, "Send", due=date(2026, 12, 1), tags=["a"])
    seen = {
        "title": "Send",
        "notes": None,
        "due": date(2026, 12, 1),
        "due_month": None,
        "due_precision": Precision.DAY,
        "tags": ("a",),
    }
    portfolio.do(tasks.edit, task, {"due": date(2026, 12, 2), "tags": ["b"]})
    wanted = {**seen, "title": "Send all", "due": date(2026, 12, 9), "tags": ("a", "c")}
    conflicts = portfolio.do(tasks.edit, task, wanted, seen).value
    assert {(c.field, c.theirs) for c in conflicts} == {
        ("due", date(2026, 12, 2)),
        ("tags", ("b",)),
    }
    assert read(portfolio, task, "title", "due") == ("Send all", date(2026, 12, 2))


def test_who_does_a_task_is_one_thing_where_two_changed_it(
    portfolio: Portfolio, project: int
) -> None:
    task = add(portfolio, project, "Handbook", partner_id=1)
    portfolio.do(tasks.edit, task, {"partner_id": 2})  # by somebody else, meanwhile
    seen = {"partner_id": 1, "contact_id": None}
    conflicts = portfolio.do(tasks.edit, task, {"partner_id": 1, "contact_id": 1}, seen).value
    assert {(it.field, it.theirs) for it in conflicts} == {("partner_id", 2), ("contact_id", None)}
    assert read(portfolio, task, "partner_id", "contact_id") == (2, None)  # theirs, whole
    now = {it.field: it.theirs for it in conflicts}
    assert portfolio.do(tasks.edit, task, {"partner_id": 1, "contact_id": 1}, now).value == ()
    assert read(portfolio, task, "partner_id", "contact_id") == (1, 1)


def test_an_edit_of_another_partner_lets_the_person_go(portfolio: Portfolio, project: int) -> None:
    zofia = portfolio.ask(lambda s: s.scalar(select(Contact.id)))
    kmop = portfolio.ask(lambda s: s.scalar(select(Partner.id).where(Partner.acronym == "KMOP")))
    task = add(portfolio, project, "Send", contact_id=zofia)
    portfolio.do(tasks.edit, task, {"partner_id": kmop})
    assert read(portfolio, task, "partner_id", "contact_id") == (kmop, None)


def test_a_task_that_is_gone_is_refused_with_a_sentence(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="no task 999 any more"):
        portfolio.do(tasks.start, [999])


def test_a_thousand_tasks_are_changed_as_one_step(portfolio: Portfolio, project: int) -> None:
    @operation("Fill")
    def fill(session: Session) -> list[int]:
        rows = [
            Task(project_id=project, title=f"Task {n}", due=date(2026, 12, 1)) for n in range(1000)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]

    ids = portfolio.do(fill).value
    outcome = portfolio.do(tasks.postpone, ids, by=Step(days=7))
    assert outcome.label == "Postpone 1000 tasks by 1 week"
    portfolio.undo(project)
    assert read(portfolio, ids[-1], "due") == date(2026, 12, 1)
