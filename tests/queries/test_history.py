"""History: who changed what, in words, and whether it still stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from ka2tui.domain.kinds import Presence, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.queries import changes, history
from ka2tui.store.operation import operation, say
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import (
    Attendance,
    Contact,
    Dissemination,
    Meeting,
    Partner,
    Project,
    Task,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@operation("Add project")
def add_project(session: Session, acronym: str) -> int:
    session.add(project := Project(acronym=acronym))
    session.flush()
    say(session, "Add project {acronym}", acronym=acronym)
    return project.id


@operation("Add task")
def add_task(session: Session, project: int, title: str) -> int:
    session.add(task := Task(project_id=project, title=title))
    session.flush()
    say(session, "Add {title}", title=title)
    return task.id


@operation("Change task")
def change(session: Session, /, task: int, **values: object) -> None:
    record = session.get_one(Task, task)
    for name, value in values.items():
        setattr(record, name, value)


@operation("Remove")
def remove(session: Session, kind: type[Task | Partner], row: int) -> None:
    session.delete(session.get_one(kind, row))


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(add_project, "SOLAR").value


def labels(portfolio: Portfolio, project: int, **more: object) -> list[tuple[str, str, bool]]:
    rows = portfolio.ask(history.entries, project, **more)  # type: ignore[arg-type]
    return [(row.kind, row.label, row.standing) for row in rows]


def test_newest_come_first_and_windows_join_without_a_gap(
    portfolio: Portfolio, project: int
) -> None:
    for number in range(7):
        portfolio.do(change, portfolio.do(add_task, project, f"t{number}").value, code=f"C{number}")
    first = portfolio.ask(history.entries, project, limit=4)
    rest = portfolio.ask(history.entries, project, before=first[-1].id, limit=100)
    ids = [row.id for row in (*first, *rest)]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == portfolio.ask(history.count, project) == 15
    assert first[0].records == 1
    assert first[0].actor == "Ana"


def test_words_are_found_in_what_was_done_by_whom_and_where(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(add_task, project, "Zażółć minutes")
    portfolio.do(add_project, "OTHER")
    assert labels(portfolio, project, words="MINUTES zazolc") == [
        ("do", "Add Zażółć minutes", True)
    ]
    assert len(portfolio.ask(history.entries, None, words="ana")) == 3
    assert len(portfolio.ask(history.entries, None, words="other")) == 1
    assert portfolio.ask(history.entries, project, words="nothing") == []


def test_what_was_taken_back_and_brought_again_stands(portfolio: Portfolio, project: int) -> None:
    portfolio.do(add_task, project, "t")
    portfolio.undo(project)
    assert labels(portfolio, project)[:2] == [("undo", "Add t", True), ("do", "Add t", False)]
    portfolio.redo(project)
    assert labels(portfolio, project)[:3] == [
        ("redo", "Add t", True),
        ("undo", "Add t", False),
        ("do", "Add t", True),
    ]
    portfolio.undo(project)
    assert [standing for _, _, standing in labels(portfolio, project)[:4]] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "story", ["u", "UuU", "aub", "auUuUU", "abuuUaUu", "abBuUu", "aBuaBuUu", "aucUUuuu"]
)
def test_the_next_steps_are_those_that_undo_and_redo_take(
    portfolio: Portfolio, project: int, database: str, story: str
) -> None:
    other = Portfolio.open(database, actor="Ben")
    try:
        for letter in story:
            said = portfolio.ask(history.steps, project, "Ana")
            if letter not in "uU":
                (other if letter.isupper() else portfolio).do(add_task, project, letter)
                continue
            step, label = (
                (portfolio.undo, said.undo) if letter == "u" else (portfolio.redo, said.redo)
            )
            if label is None:
                with pytest.raises(Refused):
                    step(project)
            else:
                assert step(project).label == label
    finally:
        other.close()


def test_a_change_is_told_field_by_field_in_words(portfolio: Portfolio, project: int) -> None:
    @operation("Add partner")
    def add_partner(session: Session) -> int:
        session.add(partner := Partner(project_id=project, acronym="UAM", name="Madrid"))
        session.flush()
        return partner.id

    partner = portfolio.do(add_partner).value
    task = portfolio.do(add_task, project, "Send").value
    done = portfolio.do(
        change, task, state=TaskState.DOING, due=date(2026, 12, 4), partner_id=partner, due_month=15
    )
    assert done.entry is not None
    told = portfolio.ask(changes.changes, done.entry)
    (record,) = told.records
    assert (record.name, record.how) == ("task Send", "changed")
    assert {(one.name, one.before, one.after) for one in record.fields} == {
        ("state", "open", "in work"),
        ("due", "", "M15 (4 Dec 2026)"),
        ("partner", "", "UAM Madrid"),
    }


def test_sorts_are_told_by_what_they_are_called_and_codes_once(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Add")
    def add(session: Session) -> None:
        named = {"project_id": project, "code": "TPM2", "title": "TPM2 Bologna"}
        session.add_all(
            [
                Dissemination(project_id=project, title="Posts", sort="social_media"),
                Dissemination(project_id=project, title="Song", sort="street_song"),
                Partner(project_id=project, acronym="UAM", name="Madrid", sort="vet_provider"),
                Meeting(**named),
            ]
        )

    entry = portfolio.do(add).entry
    assert entry is not None
    told = portfolio.ask(changes.changes, entry).records
    said = {field.after for record in told for field in record.fields}
    assert {"social media", "street song"} <= said
    assert not [value for value in said if "_" in value]
    assert "meeting TPM2 Bologna" in [record.name for record in told]


def test_what_is_gone_is_still_called_by_its_name(portfolio: Portfolio, project: int) -> None:
    @operation("Add partner")
    def add_partner(session: Session) -> int:
        session.add(partner := Partner(project_id=project, acronym="UAM", name="Madrid"))
        session.flush()
        return partner.id

    partner = portfolio.do(add_partner).value
    task = portfolio.do(add_task, project, "Send").value
    given = portfolio.do(change, task, partner_id=partner)
    portfolio.do(change, task, partner_id=None)
    portfolio.do(remove, Partner, partner)
    removed = portfolio.do(remove, Task, task)
    assert given.entry is not None
    assert removed.entry is not None
    (record,) = portfolio.ask(changes.changes, given.entry).records
    assert record.name == "task Send"
    assert record.fields[0].after == "UAM Madrid"
    (record,) = portfolio.ask(changes.changes, removed.entry).records
    assert record.how == "removed"
    assert ("title", "Send", "") in [(f.name, f.before, f.after) for f in record.fields]


def test_a_record_without_a_name_is_called_after_what_it_joins(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Mark")
    def mark(session: Session) -> None:
        meeting = Meeting(project_id=project, title="TPM3")
        person = Contact(project_id=project, name="Person")
        session.add_all([meeting, person])
        session.flush()
        session.add(
            Attendance(
                project_id=project,
                meeting_id=meeting.id,
                contact_id=person.id,
                presence=Presence.ONLINE,
            )
        )

    entry = portfolio.do(mark).entry
    assert entry is not None
    names = [record.name for record in portfolio.ask(changes.changes, entry).records]
    assert "attendance Person, TPM3" in names
    assert "meeting TPM3" in names


def test_a_large_change_says_how_much_more_there_is(portfolio: Portfolio, project: int) -> None:
    @operation("Add many")
    def add_many(session: Session) -> None:
        session.add_all(Task(project_id=project, title=f"t{at}") for at in range(70))

    entry = portfolio.do(add_many).entry
    assert entry is not None
    told = portfolio.ask(changes.changes, entry)
    assert len(told.records) == 60
    assert told.more == 10


def test_erased_words_are_told_as_erased(portfolio: Portfolio, project: int) -> None:
    entry = portfolio.do(add_task, project, "Call Ximena").entry
    assert entry is not None
    portfolio.erase(["Ximena"])
    assert "Ximena" not in str(portfolio.ask(changes.changes, entry))
    assert "(erased)" in str(portfolio.ask(changes.changes, entry))
    assert labels(portfolio, project, words="erased")


def test_the_history_of_one_record_names_each_line_once(portfolio: Portfolio, project: int) -> None:
    task = portfolio.do(add_task, project, "t").value
    portfolio.do(change, task, code="T2")
    rows = portfolio.ask(history.of_record, "task", task)
    assert [row.label for row in rows] == ["Change task", "Add t"]
    assert portfolio.ask(lambda session: session.scalar(select(Task.code))) == "T2"
