"""One door: a change is made whole, told, taken back, and brought again."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from ka2tui.domain.kinds import TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.store import engine, journal
from ka2tui.store.operation import Operation, operation, say
from ka2tui.store.portfolio import NothingToRedo, NothingToUndo, Outcome, Portfolio
from ka2tui.store.records import Change, Entry, Partner, Project, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


@operation("Add project")
def add_project(session: Session, acronym: str) -> int:
    project = Project(acronym=acronym)
    session.add(project)
    session.flush()
    return project.id


@operation("Add task")
def add_task(session: Session, project: int, title: str, code: str | None = None) -> int:
    task = Task(project_id=project, title=title, code=code, due=date(2026, 12, 1))
    session.add(task)
    session.flush()
    say(session, "Add {title}", title=title)
    return task.id


@operation("Finish task")
def finish(session: Session, task: int) -> None:
    session.get_one(Task, task).state = TaskState.DONE


@operation("Rename task")
def rename(session: Session, task: int, title: str) -> None:
    session.get_one(Task, task).title = title


@operation("Write a note")
def note(session: Session, task: int, notes: str) -> None:
    session.get_one(Task, task).notes = notes


@operation("Swap codes")
def swap(session: Session, one: int, other: int) -> None:
    first, second = session.get_one(Task, one), session.get_one(Task, other)
    mine, theirs = first.code, second.code
    first.code = None
    session.flush()
    second.code = mine
    session.flush()
    first.code = theirs


@operation("Remove project")
def remove_project(session: Session, project: int) -> None:
    for task in session.scalars(select(Task).where(Task.project_id == project)):
        session.delete(task)
    session.flush()
    session.delete(session.get_one(Project, project))


@operation("Add two, then refuse")
def refuse_half_way(session: Session, project: int) -> None:
    add_task(session, project, "first")
    session.flush()
    raise Refused("Not like this.")


@operation("Go round the history")
def bulk(session: Session) -> None:
    session.execute(text("UPDATE task SET title = 'x'"))


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(Task.title).order_by(Task.id)))


def acronyms(session: Session) -> list[str]:
    return list(session.scalars(select(Project.acronym).order_by(Project.id)))


def codes(session: Session) -> list[str | None]:
    return list(session.scalars(select(Task.code).order_by(Task.id)))


def labels(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(select(Entry.kind, Entry.label, Entry.words).order_by(Entry.id))
    return [(kind, journal.entry_label(label, words)) for kind, label, words in rows]


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(add_project, "SOLARIS").value


def test_what_was_removed_meanwhile_is_told_in_a_sentence(portfolio: Portfolio) -> None:
    @operation("Rename")
    def rename_gone(session: Session) -> None:
        session.get_one(Project, 99).acronym = "X"

    for gone in (
        lambda: portfolio.ask(lambda session: session.get_one(Project, 99)),
        lambda: portfolio.do(rename_gone),
        lambda: portfolio.rehearse(rename_gone),
    ):
        with pytest.raises(Refused, match="somebody has removed it"):
            gone()


def test_a_change_says_what_it_did_and_what_it_touched(portfolio: Portfolio, project: int) -> None:
    outcome = portfolio.do(add_task, project, "Send {minutes}")
    assert outcome.label == "Add Send {minutes}"
    assert outcome.touched == {"task"}
    assert outcome.project == project


def test_what_changes_nothing_leaves_no_history(portfolio: Portfolio, project: int) -> None:
    task = portfolio.do(add_task, project, "same").value
    before = portfolio.clock()
    outcome = portfolio.do(rename, task, "same")
    assert outcome.entry is None
    assert not outcome.touched
    assert portfolio.clock() == before


def test_a_refusal_half_way_leaves_nothing_behind(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="Not like this"):
        portfolio.do(refuse_half_way, project)
    assert portfolio.ask(titles) == []
    assert portfolio.ask(labels) == [("do", "Add project")]


def test_a_statement_past_the_history_is_refused(portfolio: Portfolio, project: int) -> None:
    portfolio.do(add_task, project, "kept")
    with pytest.raises(TypeError, match="passes the history by"):
        portfolio.do(bulk)
    assert portfolio.ask(titles) == ["kept"]


def test_a_rehearsal_answers_and_keeps_nothing(portfolio: Portfolio, project: int) -> None:
    assert portfolio.rehearse(add_task, project, "tried") > 0
    assert portfolio.ask(titles) == []


def test_undo_and_redo_tell_what_they_did(portfolio: Portfolio, project: int) -> None:
    portfolio.do(add_task, project, "Send minutes")
    assert portfolio.undo().label == "Add Send minutes"
    assert portfolio.ask(titles) == []
    assert portfolio.redo().label == "Add Send minutes"
    assert portfolio.ask(titles) == ["Send minutes"]


def test_undo_survives_closing_the_database(portfolio: Portfolio, project: int) -> None:
    portfolio.do(add_task, project, "Send minutes")
    portfolio.close()
    again = Portfolio.open(portfolio.place, actor="Ana")
    assert again.undo().label == "Add Send minutes"
    assert again.redo().label == "Add Send minutes"
    again.close()


def test_redo_never_revives_what_was_followed_by_something_newer(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(add_task, project, "A")
    portfolio.undo()
    portfolio.do(add_task, project, "C")
    portfolio.undo()
    portfolio.redo()
    assert portfolio.ask(titles) == ["C"]
    with pytest.raises(NothingToRedo):
        portfolio.redo()
    assert portfolio.ask(titles) == ["C"]


def test_a_project_that_an_undo_took_comes_again_from_another_one(
    portfolio: Portfolio, project: int
) -> None:
    other = portfolio.do(add_project, "OTHER").value
    portfolio.undo(other)
    assert portfolio.redo(project).project == other
    portfolio.undo(other)
    portfolio.do(add_task, project, "Send minutes")
    with pytest.raises(NothingToRedo):
        portfolio.redo(project)


def test_only_what_was_shown_is_taken_back(portfolio: Portfolio, project: int) -> None:
    shown = portfolio.do(add_task, project, "Send minutes").entry
    portfolio.do(add_task, project, "Book the rooms")
    with pytest.raises(Refused, match="meanwhile"):
        portfolio.undo(project, entry=shown)


def test_several_undos_are_redone_in_their_order(portfolio: Portfolio, project: int) -> None:
    task = portfolio.do(add_task, project, "one").value
    for title in ("two", "three"):
        portfolio.do(rename, task, title)
    for title in ("two", "one"):
        portfolio.undo()
        assert portfolio.ask(titles) == [title]
    for title in ("two", "three"):
        portfolio.redo()
        assert portfolio.ask(titles) == [title]


def test_nobody_undoes_what_another_did(portfolio: Portfolio, project: int) -> None:
    portfolio.do(add_task, project, "Ana's")
    other = Portfolio.open(portfolio.place, actor="Ben")
    with pytest.raises(NothingToUndo):
        other.undo()
    other.close()


def test_undo_keeps_to_the_project_that_is_named(portfolio: Portfolio, project: int) -> None:
    second = portfolio.do(add_project, "LUNA").value
    portfolio.do(add_task, project, "in the first")
    portfolio.do(add_task, second, "in the second")
    assert portfolio.undo(project).label == "Add in the first"
    assert portfolio.ask(titles) == ["in the second"]


def test_undo_is_refused_where_another_changed_the_same_field_since(
    portfolio: Portfolio, project: int
) -> None:
    task = portfolio.do(add_task, project, "draft").value
    portfolio.do(rename, task, "mine")
    other = Portfolio.open(portfolio.place, actor="Ben")
    other.do(rename, task, "theirs")
    with pytest.raises(journal.Conflict, match="Ben changed this since"):
        portfolio.undo()
    assert portfolio.ask(titles) == ["theirs"]
    other.close()


def test_undo_leaves_alone_what_another_changed_beside_it(
    portfolio: Portfolio, project: int
) -> None:
    task = portfolio.do(add_task, project, "draft").value
    portfolio.do(rename, task, "final")
    other = Portfolio.open(portfolio.place, actor="Ben")
    other.do(note, task, "Ben's note")
    portfolio.undo()
    kept = portfolio.ask(lambda session: session.scalars(select(Task.notes)).one())
    assert (portfolio.ask(titles), kept) == (["draft"], "Ben's note")
    other.close()


def test_undo_is_refused_while_somebody_elses_work_depends_on_it(
    portfolio: Portfolio, project: int
) -> None:
    other = Portfolio.open(portfolio.place, actor="Ben")
    other.do(add_task, project, "Ben's task")
    with pytest.raises(Refused, match="still refers to this"):
        portfolio.undo()
    assert portfolio.ask(titles) == ["Ben's task"]
    other.undo()
    portfolio.undo()
    assert portfolio.ask(titles) == []
    other.close()


def test_words_of_the_history_are_cleaned_too(portfolio: Portfolio, project: int) -> None:
    label = portfolio.do(add_task, project, "half a pair \ud83d and a bell \x07").label
    assert label.encode()
    assert "\x07" not in label


def test_codes_that_changed_places_change_back(portfolio: Portfolio, project: int) -> None:
    one = portfolio.do(add_task, project, "one", "T1").value
    two = portfolio.do(add_task, project, "two", "T2").value
    portfolio.do(swap, one, two)
    assert portfolio.ask(codes) == ["T2", "T1"]
    portfolio.undo()
    assert portfolio.ask(codes) == ["T1", "T2"]
    portfolio.redo()
    assert portfolio.ask(codes) == ["T2", "T1"]


def test_a_removed_project_comes_back_whole(portfolio: Portfolio, project: int) -> None:
    for title in ("one", "two"):
        portfolio.do(add_task, project, title)
    portfolio.do(remove_project, project)
    assert portfolio.ask(titles) == []
    portfolio.undo()
    assert portfolio.ask(titles) == ["one", "two"]


def test_a_code_taken_twice_is_refused_in_words(portfolio: Portfolio, project: int) -> None:
    portfolio.do(add_task, project, "one", "T1")
    with pytest.raises(engine.Clash):
        portfolio.do(add_task, project, "two", "T1")
    assert portfolio.ask(titles) == ["one"]


@pytest.mark.parametrize("nonsense", [{"months": 0}, {"grant_cents": -1}, {"months": 999}])
def test_nonsense_is_never_stored(portfolio: Portfolio, nonsense: dict[str, int]) -> None:
    @operation("Add nonsense")
    def add(session: Session) -> None:
        session.add(Project(acronym="X", **nonsense))

    with pytest.raises(engine.Clash):
        portfolio.do(add)
    assert portfolio.clock() == 0


def test_an_instant_never_becomes_a_day(portfolio: Portfolio, project: int) -> None:
    @operation("Cut an instant")
    def cut(session: Session) -> None:
        session.add(Task(project_id=project, title="x", due=datetime(2026, 1, 1, tzinfo=UTC)))

    with pytest.raises(Exception, match="an instant is not a day"):
        portfolio.do(cut)
    assert portfolio.ask(titles) == []


def test_what_is_written_is_cleaned_at_the_door(portfolio: Portfolio, project: int) -> None:
    portfolio.do(add_task, project, "ring\x07 \x1b]52;c;x\x07 \u202eevil")
    (title,) = portfolio.ask(titles)
    assert not any(ord(sign) < 32 or sign == "\u202e" for sign in title)


# -- the chain


def test_the_history_of_a_day_adds_up(portfolio: Portfolio, project: int) -> None:
    task = portfolio.do(add_task, project, "one").value
    portfolio.do(rename, task, "two")
    portfolio.undo()
    portfolio.redo()
    portfolio.check_history()


@pytest.mark.parametrize(
    "alteration",
    [
        "UPDATE task SET title = 'another'",
        "UPDATE history_entry SET actor = 'Eve' WHERE id = 2",
        "UPDATE history_change SET before = NULL, after = NULL WHERE entry_id = 2",
        "DELETE FROM history_change WHERE entry_id = 2",
        "DELETE FROM task",
    ],
)
def test_what_is_altered_behind_its_back_is_found(
    portfolio: Portfolio, project: int, alteration: str
) -> None:
    portfolio.do(add_task, project, "one")
    with portfolio._engine.begin() as connection:
        connection.execute(text(alteration))
    with pytest.raises(journal.Broken):
        portfolio.check_history()


def test_an_erased_name_is_gone_and_the_chain_still_holds(
    portfolio: Portfolio, project: int
) -> None:
    task = portfolio.do(add_task, project, "Call Anna Nowak").value
    portfolio.do(rename, task, "Call the evaluator")
    assert portfolio.erase(["anna nowak"]) > 0
    portfolio.check_history()
    assert all("Nowak" not in label for _, label in portfolio.ask(labels))
    images = portfolio.ask(lambda s: s.execute(select(Change.before, Change.after)).all())
    assert "Nowak" not in str(images)
    with pytest.raises(journal.Gone):
        portfolio.undo()


def test_an_erased_name_cannot_be_guessed_from_what_is_left(
    portfolio: Portfolio, project: int
) -> None:
    import hashlib

    from ka2tui.store.columns import canonical

    portfolio.do(add_task, project, "Anna Nowak")
    portfolio.erase(["Anna Nowak"])
    entries = portfolio.ask(lambda s: s.execute(select(Entry.salts)).all())
    changes = portfolio.ask(lambda s: s.execute(select(Change.salts)).all())
    salts = {salt for (kept,) in (*entries, *changes) for salt in kept.values()}
    erased = str(portfolio.ask(lambda s: s.execute(select(Change.after)).all()))
    for salt in salts:
        assert hashlib.sha256(salt.encode() + canonical("Anna Nowak")).hexdigest() not in erased


# -- several at once


def test_three_programs_on_one_database_lose_nothing(portfolio: Portfolio, project: int) -> None:
    task = portfolio.do(add_task, project, "0").value
    count = (
        "import sys\n"
        "from ka2tui.store.portfolio import Portfolio\n"
        "from ka2tui.store.operation import operation\n"
        "from ka2tui.store.records import Task\n"
        "@operation('Count')\n"
        "def count(session, task):\n"
        "    row = session.get_one(Task, task)\n"
        "    row.title = str(int(row.title) + 1)\n"
        "opened = Portfolio.open(sys.argv[1], actor=sys.argv[2])\n"
        "for _ in range(40):\n"
        "    opened.do(count, int(sys.argv[3]))\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", count, portfolio.place, name, str(task)])
        for name in ("Ana", "Ben", "Cem")
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert portfolio.ask(titles) == ["120"]
    portfolio.check_history()


def test_random_days_agree_with_a_plain_list_of_states(portfolio: Portfolio, project: int) -> None:
    import random

    def state(session: Session) -> list[tuple[object, ...]]:
        tables = (Project.__table__, Partner.__table__, Task.__table__)
        return [
            tuple(row)
            for table in tables
            for row in session.execute(select(table).order_by(table.c.id))
        ]

    dice = random.Random(7)
    now = portfolio.ask(state)
    undone: list[list[tuple[object, ...]]] = []
    done: list[list[tuple[object, ...]]] = []
    for step in range(150):
        chance = dice.random()
        if chance < 0.3 and done:
            portfolio.undo()
            undone.append(now)
            now = done.pop()
        elif chance < 0.45 and undone:
            portfolio.redo()
            done.append(now)
            now = undone.pop()
        else:
            act = _random_change(portfolio, project, dice, step)
            if act is None:
                continue
            done.append(now)
            undone.clear()
            now = portfolio.ask(state)
        assert portfolio.ask(state) == now, step
    portfolio.check_history()


def _random_change(
    portfolio: Portfolio, project: int, dice: object, step: int
) -> Callable[..., object] | None:
    import random

    assert isinstance(dice, random.Random)
    known = portfolio.ask(lambda s: list(s.scalars(select(Task.id))))
    kind = dice.choice(["add", "add", "rename", "note", "remove"]) if known else "add"
    outcome: Outcome[Any]
    if kind == "add":
        outcome = portfolio.do(add_task, project, f"task {step}")
    elif kind == "remove":

        @operation("Remove task")
        def remove(session: Session, task: int) -> None:
            session.delete(session.get_one(Task, task))

        outcome = portfolio.do(remove, dice.choice(known))
    else:
        change: Operation[[int, str], None] = rename if kind == "rename" else note
        outcome = portfolio.do(change, dice.choice(known), f"{kind} {step}")
    return _random_change if outcome.touched else None
