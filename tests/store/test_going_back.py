"""Going back in one step, restore points that set themselves, and undo against a model."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from ka2tui.domain.bulk import MANY
from ka2tui.domain.refusal import Refused
from ka2tui.store import journal, migrations
from ka2tui.store.operation import operation, say
from ka2tui.store.portfolio import NothingToRedo, Portfolio
from ka2tui.store.records import Partner, Project, RestorePoint, Tag, Task
from ka2tui.store.restore_points import KEPT
from ka2tui.store.stretch import NothingSince

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session


@operation("Add project")
def add_project(session: Session, acronym: str) -> int:
    session.add(project := Project(acronym=acronym))
    session.flush()
    say(session, "Add project {acronym}", acronym=acronym)
    return project.id


@operation("Add task")
def add_task(session: Session, project: int, title: str, code: str | None = None) -> int:
    session.add(task := Task(project_id=project, title=title, code=code, due=date(2026, 12, 1)))
    session.flush()
    say(session, "Add {title}", title=title)
    return task.id


@operation("Change task")
def change(session: Session, /, task: int, **values: object) -> None:
    row = session.get_one(Task, task)
    for name, value in values.items():
        setattr(row, name, value)


@operation("Remove task")
def remove(session: Session, task: int) -> None:
    session.delete(session.get_one(Task, task))


@operation("Swap codes")
def swap(session: Session, one: int, other: int) -> None:
    first, second = session.get_one(Task, one), session.get_one(Task, other)
    mine, theirs = first.code, second.code
    first.code = None
    session.flush()
    second.code = mine
    session.flush()
    first.code = theirs


@operation("Rename everything")
def rename_all(session: Session, project: int, title: str) -> None:
    tasks = session.scalars(select(Task).where(Task.project_id == project)).all()
    for task in tasks:
        task.title = title
    say(session, "Rename {count} tasks", count=len(tasks))


@operation("Touch two projects")
def rename_both(session: Session, one: int, other: int) -> None:
    session.get_one(Project, one).title = session.get_one(Project, other).title = "Twins"


@operation("Import", point=True)
def bring_in(session: Session, acronym: str, titles: Sequence[str]) -> int:
    known = session.scalars(select(Project).where(Project.acronym == acronym)).one_or_none()
    project = add_project(session, acronym) if known is None else known.id
    for title in titles:
        add_task(session, project, title)
    say(session, "Import {project}", project=acronym)
    return project


@operation("Set a restore point")
def set_point(session: Session, project: int, name: str, entry: int) -> None:
    session.add(RestorePoint(project_id=project, name=name, entry=entry))


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(Task.title).order_by(Task.id)))


def points(session: Session) -> list[tuple[str, int]]:
    rows = session.execute(select(RestorePoint.name, RestorePoint.entry).order_by(RestorePoint.id))
    return [(name, entry) for name, entry in rows]


def rows_of(project: int) -> Callable[[Session], list[tuple[object, ...]]]:
    """Everything that one project holds but its restore points, row by row."""

    def read(session: Session) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for kind in (Project, Partner, Task, Tag):
            table: Any = kind.__table__
            mine = table.c.id if kind is Project else table.c.project_id
            query = select(table).where(mine == project).order_by(table.c.id)
            found += [(kind.__tablename__, *row) for row in session.execute(query)]
        return found

    return read


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(add_project, "SOLARIS").value


def test_all_that_was_done_since_is_taken_back_in_one_step(
    portfolio: Portfolio, project: int
) -> None:
    task = portfolio.do(add_task, project, "draft").value
    here = portfolio.clock()
    before = portfolio.ask(rows_of(project))
    portfolio.do(change, task, title="final", notes="long")
    ben = Portfolio.open(portfolio.place, actor="Ben")
    ben.do(change, task, title="Ben's")
    added = ben.do(add_task, project, "added").value
    portfolio.do(change, added, title="added and changed")
    portfolio.do(remove, task)
    after = portfolio.ask(rows_of(project))
    outcome = portfolio.go_back(here)
    assert outcome.label == "Go back to before ‘Change task’ (5 changes)"
    assert outcome.value == 5
    assert portfolio.ask(rows_of(project)) == before
    assert portfolio.undo().label == outcome.label
    assert portfolio.ask(rows_of(project)) == after
    assert portfolio.redo().label == outcome.label
    assert portfolio.ask(rows_of(project)) == before
    portfolio.check_history()
    ben.close()


def test_going_back_over_undone_and_redone_and_gone_back_steps(
    portfolio: Portfolio, project: int
) -> None:
    states: list[list[tuple[object, ...]]] = []
    entries: list[int] = []
    task = portfolio.do(add_task, project, "0").value
    for step in (
        lambda: portfolio.do(change, task, title="1"),
        portfolio.undo,
        portfolio.redo,
        lambda: portfolio.do(remove, task),
        lambda: portfolio.go_back(entries[1]),
        portfolio.undo,
    ):
        states.append(portfolio.ask(rows_of(project)))
        entries.append(portfolio.clock())
        step()
    pairs = list(zip(states, entries, strict=True))
    for state, entry in (*reversed(pairs), *pairs):
        with contextlib.suppress(NothingSince):
            portfolio.go_back(entry)
        assert portfolio.ask(rows_of(project)) == state
    portfolio.check_history()


def test_values_that_must_be_unique_change_places_back(portfolio: Portfolio, project: int) -> None:
    one = portfolio.do(add_task, project, "one", "T1").value
    two = portfolio.do(add_task, project, "two", "T2").value
    three = portfolio.do(add_task, project, "three", "T3").value
    here, before = portfolio.clock(), portfolio.ask(rows_of(project))
    portfolio.do(swap, one, two)
    portfolio.do(swap, two, three)
    portfolio.go_back(here)
    assert portfolio.ask(rows_of(project)) == before


def test_other_projects_stay_as_they_are(portfolio: Portfolio, project: int) -> None:
    other = portfolio.do(add_project, "LUNA").value
    here = portfolio.do(add_task, project, "mine").entry
    assert here is not None
    portfolio.do(add_task, other, "theirs")
    portfolio.do(add_task, project, "too much")
    portfolio.go_back(here)
    assert portfolio.ask(titles) == ["mine", "theirs"]


def test_what_cannot_be_gone_back_to_is_refused_in_a_sentence(
    portfolio: Portfolio, project: int
) -> None:
    here = portfolio.clock()
    other = portfolio.do(add_project, "LUNA").value
    of_other = portfolio.clock()
    with pytest.raises(NothingSince, match="Nothing was done since then"):
        portfolio.go_back(here)
    with pytest.raises(Refused, match="belongs to another project"):
        portfolio.go_back(of_other, project)
    with pytest.raises(Refused, match="There is no line 999"):
        portfolio.go_back(999)
    both = portfolio.do(rename_both, project, other).entry
    assert both is not None
    with pytest.raises(Refused, match="touched several projects"):
        portfolio.go_back(both)
    portfolio.do(add_task, project, "after it")
    with pytest.raises(Refused, match="‘Touch two projects’ touched several projects at once"):
        portfolio.go_back(here)
    assert portfolio.ask(titles) == ["after it"]


def test_what_touched_only_others_is_no_hindrance(portfolio: Portfolio, project: int) -> None:
    here = portfolio.clock()
    one = portfolio.do(add_project, "LUNA").value
    other = portfolio.do(add_project, "MARS").value
    portfolio.do(rename_both, one, other)
    portfolio.do(add_task, project, "too much")
    portfolio.go_back(here)
    assert portfolio.ask(titles) == []


def test_what_was_erased_on_the_way_cannot_be_brought_back(
    portfolio: Portfolio, project: int
) -> None:
    task = portfolio.do(add_task, project, "Call Anna Nowak").value
    here = portfolio.clock()
    portfolio.do(change, task, title="Call the evaluator")
    portfolio.erase(["Anna Nowak"])
    with pytest.raises(journal.Gone):
        portfolio.go_back(here)
    assert portfolio.ask(titles) == ["Call the evaluator"]
    portfolio.do(change, task, title="Call")
    portfolio.go_back(portfolio.clock() - 1)
    assert portfolio.ask(titles) == ["Call the evaluator"]


def test_what_an_older_version_wrote_is_not_gone_back_over(
    portfolio: Portfolio, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = portfolio.clock()
    monkeypatch.setattr(migrations, "HEAD", "0000")
    portfolio.do(add_task, project, "old")
    monkeypatch.undo()
    with pytest.raises(journal.Gone, match="earlier version"):
        portfolio.go_back(here)
    assert portfolio.ask(titles) == ["old"]


def test_others_can_take_nothing_of_it_back_but_are_told_why(
    portfolio: Portfolio, project: int
) -> None:
    here = portfolio.clock()
    ben = Portfolio.open(portfolio.place, actor="Ben")
    ben.do(add_task, project, "Ben's")
    portfolio.go_back(here)
    with pytest.raises(journal.Conflict, match="Ana changed this since"):
        ben.undo()
    ben.close()


# -- restore points that set themselves


def test_a_point_is_set_before_many_records_change_and_goes_with_the_undo(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(bring_in, "SOLARIS", [f"task {n}" for n in range(MANY)])
    before = portfolio.ask(points)
    portfolio.do(rename_all, project, "x")
    assert portfolio.ask(points) == before
    portfolio.do(add_task, project, "one more")
    here = portfolio.clock()
    outcome = portfolio.do(rename_all, project, "y")
    assert portfolio.ask(points) == [*before, ("before renaming 21 tasks", here)]
    assert "restore_point" in outcome.touched
    portfolio.undo()
    assert portfolio.ask(points) == before
    portfolio.redo()
    assert portfolio.ask(points) == [*before, ("before renaming 21 tasks", here)]
    portfolio.check_history()


@operation("Move to the front")
def to_front(session: Session, task: int) -> None:
    for row in session.scalars(select(Task)).all():
        row.position = 0 if row.id == task else row.id


def test_making_room_for_one_that_is_moved_sets_no_point(
    portfolio: Portfolio, project: int
) -> None:
    last = [portfolio.do(add_task, project, f"task {n}").value for n in range(MANY + 5)][-1]
    before = portfolio.ask(points)
    portfolio.do(to_front, last)
    assert portfolio.ask(points) == before


def test_a_point_is_set_before_every_import(portfolio: Portfolio, project: int) -> None:
    here = portfolio.clock()
    portfolio.do(bring_in, "SOLARIS", ["one"])
    assert portfolio.ask(points) == [("before importing SOLARIS", here)]
    portfolio.do(bring_in, "SOLARIS", [])
    assert len(portfolio.ask(points)) == 1, "nothing was imported"
    portfolio.undo()
    assert portfolio.ask(points) == []


def test_points_survive_going_back(portfolio: Portfolio, project: int) -> None:
    here = portfolio.clock()
    portfolio.do(bring_in, "SOLARIS", ["one"])
    portfolio.do(set_point, project, "mine", portfolio.clock())
    assert portfolio.go_back(here).value == 1
    assert [name for name, _ in portfolio.ask(points)] == ["before importing SOLARIS", "mine"]
    later = dict(portfolio.ask(points))["mine"]
    portfolio.go_back(later)
    assert portfolio.ask(titles) == ["one"]


def test_a_project_that_came_with_an_import_can_be_gone_back_from(portfolio: Portfolio) -> None:
    project = portfolio.do(bring_in, "LUNA", ["one"]).value
    portfolio.do(add_task, project, "two")
    state = portfolio.ask(rows_of(project))
    ((_, entry),) = portfolio.ask(points)
    assert entry == 0
    portfolio.go_back(entry, project)
    assert portfolio.ask(rows_of(project)) == []
    assert portfolio.ask(points) == []
    portfolio.undo()
    assert portfolio.ask(rows_of(project)) == state
    assert len(portfolio.ask(points)) == 1


def test_only_the_newest_are_kept_and_those_of_people_always(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(set_point, project, "mine", portfolio.clock())
    for number in range(KEPT + 3):
        portfolio.do(bring_in, "SOLARIS", [f"task {number}"])
    names = [name for name, _ in portfolio.ask(points)]
    assert len(names) == KEPT + 1
    assert names[0] == "mine"
    entries = [entry for _, entry in portfolio.ask(points)[1:]]
    assert entries[-1] == portfolio.clock() - 1
    assert entries == sorted(entries)


def test_what_belongs_to_a_record_is_counted_along_with_it(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Add with tags")
    def add_tagged(session: Session) -> int:
        task = add_task(session, project, "one")
        session.add_all(Tag(project_id=project, task_id=task, name=str(n)) for n in range(30))
        return task

    @operation("Tag")
    def tag(session: Session, task: int) -> None:
        session.add_all(Tag(project_id=project, task_id=task, name=f"x{n}") for n in range(30))

    task = portfolio.do(add_tagged).value
    assert portfolio.ask(points) == []
    portfolio.do(tag, task)
    assert [name for name, _ in portfolio.ask(points)] == ["before tagging"]


def test_a_project_that_goes_leaves_no_point_behind(portfolio: Portfolio, project: int) -> None:
    @operation("Remove project")
    def remove_project(session: Session) -> None:
        for row in (*session.scalars(select(Task)), *session.scalars(select(RestorePoint))):
            session.delete(row)
        session.flush()
        session.delete(session.get_one(Project, project))

    portfolio.do(bring_in, "SOLARIS", [f"task {n}" for n in range(30)])
    portfolio.do(remove_project)
    assert portfolio.ask(points) == []
    portfolio.undo()
    assert len(portfolio.ask(titles)) == 30


# -- against a model


@dataclass
class Model:
    """What the history of one actor and project must come to: states before each step."""

    now: list[tuple[object, ...]]
    undo: list[list[tuple[object, ...]]] = field(default_factory=list)
    redo: list[list[tuple[object, ...]]] = field(default_factory=list)
    by_entry: dict[int, list[tuple[object, ...]]] = field(default_factory=dict)


class AnyDay(RuleBasedStateMachine):
    """Steps of any kind in any order: what stands is always what a plain list of states says."""

    place: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.portfolio = Portfolio.open(self.place, actor="Ana")

    @initialize()
    def begin(self) -> None:
        self.acronym = f"SOLARIS {self.portfolio.clock()}"
        self.project = self.portfolio.do(add_project, self.acronym).value
        for title in ("first", "second"):
            self.portfolio.do(add_task, self.project, title, title)
        self.model = Model(self.state())
        self.model.by_entry[self.portfolio.clock()] = self.model.now

    def state(self) -> list[tuple[object, ...]]:
        return self.portfolio.ask(rows_of(self.project))

    def tasks(self) -> list[int]:
        mine = select(Task.id).where(Task.project_id == self.project).order_by(Task.id)
        return self.portfolio.ask(lambda session: list(session.scalars(mine)))

    def did(self, entry: int | None) -> None:
        if entry is None:
            return
        self.model.undo.append(self.model.now)
        self.model.redo.clear()
        self.model.now = self.state()
        self.model.by_entry[entry] = self.model.now

    @rule(title=st.text(max_size=6), many=st.sampled_from([1, 1, 3, MANY + 2]))
    def add(self, title: str, many: int) -> None:
        self.did(self.portfolio.do(bring_in, self.acronym, [title] * many).entry)

    @rule(dice=st.randoms(use_true_random=False), title=st.sampled_from(["a", "b"]))
    def edit(self, dice: Any, title: str) -> None:
        if tasks := self.tasks():
            task = dice.choice(tasks)
            notes = dice.choice([None, "n"])
            self.did(self.portfolio.do(change, task, title=title, notes=notes).entry)

    @rule(dice=st.randoms(use_true_random=False))
    def remove(self, dice: Any) -> None:
        if tasks := self.tasks():
            self.did(self.portfolio.do(remove, dice.choice(tasks)).entry)

    @rule(dice=st.randoms(use_true_random=False))
    def swap(self, dice: Any) -> None:
        tasks = self.tasks()
        if len(tasks) > 1:
            self.did(self.portfolio.do(swap, *dice.sample(tasks, 2)).entry)

    @rule(dice=st.randoms(use_true_random=False))
    def go_back(self, dice: Any) -> None:
        entry = dice.choice(list(self.model.by_entry))
        wanted = self.model.by_entry[entry]
        try:
            done = self.portfolio.go_back(entry, self.project)
        except NothingSince:
            assert wanted == self.model.now
            return
        assert self.state() == wanted
        self.did(done.entry)

    @rule()
    def undo(self) -> None:
        if not self.model.undo:
            return
        entry = self.portfolio.undo(self.project).entry
        self.model.redo.append(self.model.now)
        self.model.now = self.model.undo.pop()
        assert entry is not None
        self.model.by_entry[entry] = self.model.now

    @rule()
    def redo(self) -> None:
        if not self.model.redo:
            with pytest.raises(NothingToRedo):
                self.portfolio.redo(self.project)
            return
        entry = self.portfolio.redo(self.project).entry
        self.model.undo.append(self.model.now)
        self.model.now = self.model.redo.pop()
        assert entry is not None
        self.model.by_entry[entry] = self.model.now

    @rule()
    def start_again(self) -> None:
        place = self.portfolio.place
        self.portfolio.close()
        self.portfolio = Portfolio.open(place, actor="Ana")

    @invariant()
    def stands_as_the_model_says(self) -> None:
        if hasattr(self, "model"):
            assert self.state() == self.model.now

    def teardown(self) -> None:
        self.portfolio.check_history()
        self.portfolio.close()


def test_any_steps_in_any_order_agree_with_a_plain_list_of_states(
    portfolio: Portfolio, pytestconfig: pytest.Config
) -> None:
    class HereToo(AnyDay):
        place = portfolio.place

    deep = pytestconfig.getoption("--deep")
    run_state_machine_as_test(
        HereToo,
        settings=settings(
            max_examples=200 if deep else 8,
            stateful_step_count=25,
            deadline=None,
            derandomize=not deep,
            suppress_health_check=list(HealthCheck),
        ),
    )
