"""What can be found: every kind of record, true after every change, of one project or all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.search import KINDS, Index
from ka2tui.operations import partners, projects, tasks
from ka2tui.queries import search
from ka2tui.queries.search_sources import SOURCES
from ka2tui.store import records as r
from ka2tui.store.operation import operation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.domain.search import Answer
    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)


@operation("Put")
def put(session: Session, *rows: r.Record) -> list[int]:
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


@operation("Remove")
def remove(session: Session, kind: type[r.Record], row: int) -> None:
    session.delete(session.get_one(kind, row))


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made: int = portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=TODAY
    ).value
    return made


@pytest.fixture
def full(portfolio: Portfolio, project: int) -> int:
    """A project with one record of each kind, each with a word of its own in each text."""
    partner = portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ").value
    of: dict[str, Any] = {"project_id": project}

    def add(row: Any) -> int:
        made: int = portfolio.do(put, row).value[0]
        return made

    unit = add(
        r.WorkUnit(code="WP2", title="Handbook", objectives="aimword", expected_results="resword",
                   **of)
    )  # fmt: skip
    meeting = add(
        r.Meeting(title="Kick-off", code="KOM", summary="sumword", city="Kraków", notes="mnote",
                  country="PL", **of)
    )  # fmt: skip
    item = add(
        r.AgendaItem(meeting_id=meeting, title="pointword", presenter="speakword", notes="saidword",
                     **of)
    )  # fmt: skip
    for kind in ("information", "decision", "action"):
        add(r.MeetingOutcome(meeting_id=meeting, agenda_item_id=item, kind=kind,
                             text=f"{kind[:4]}word", **of))  # fmt: skip
    add(r.Contact(partner_id=partner, name="Ana Silva", role="roleword", email="ana@ul.pl",
                  phone="+48 123", notes="cnote", organisation="orgword", **of))  # fmt: skip
    add(r.Deliverable(code="D1.1", title="delword", notes="dnote", work_unit_id=unit, **of))
    add(r.Milestone(code="MS1", title="milword", verification="verword", **of))
    sheet = add(r.Assessment(checklist="x", title="Readiness", assessor="AM", day=TODAY,
                             notes="snote", **of))  # fmt: skip
    add(r.Answer(assessment_id=sheet, code="I01", criterion="c", criterion_title="critword",
                 text="itemword", note="inote", proof="proofword", **of))  # fmt: skip
    for paper, note in (("accession", "pnote"), ("bank", None)):
        add(r.PartnerPaper(partner_id=partner, kind=paper, note=note, **of))
    add(r.PartnerMessage(partner_id=partner, day=TODAY, direction="in", text="mailword\nbelow",
                         **of))  # fmt: skip
    add(r.Proof(kind="paper", title="showword", place="binderword", **of))
    add(r.Participant(meeting_id=meeting, name="guestword", profile="profword", country="PL", **of))
    need = add(r.Aim(kind="need", code="N7", text="lackword", source="shownword", **of))
    add(r.Aim(kind="objective", code="SO7", text="reachword", target_group="groupword",
              parent_id=need, **of))  # fmt: skip
    add(r.Candidate(name="seekword", brings="bringword", found_at="portalword", **of))
    indicator = add(r.Indicator(code="I7", title="countword", source="srcword", **of))
    add(r.Measurement(indicator_id=indicator, day=TODAY, value="17", note="measword", **of))
    add(r.Measurement(indicator_id=indicator, day=TODAY, value="18", **of))
    add(r.Risk(code="R7", title="riskword", action="mendword", **of))
    for kind in ("issue", "change"):
        add(r.LogEntry(kind=kind, title=f"{kind}word", reason=f"why{kind}", solution=f"so{kind}",
                       decided_by=f"by{kind}", **of))  # fmt: skip
    add(r.Dissemination(title="spreadword", audience="audword", **of))
    add(r.Letter(day=TODAY, direction="out", subject="subjword", text="Dear letword", **of))
    add(r.Departure(about="meeting", about_uid="x", field="day", why="strikeword", **of))
    add(r.Payment(kind="to_partner", title="payword", condition="ifword", **of))
    add(r.Cost(kind="staff", notes="costword", **of))
    add(r.Journey(title="Bari wayword", **of))
    portfolio.do(projects.edit, project, {"goal": "goalword", "notes": "prnote"}, today=TODAY)
    portfolio.do(tasks.add, project, "taskword", code="T1", notes="tnote", tags=["tagword"])
    return project


def found(portfolio: Portfolio, words: str, **how: Any) -> list[tuple[str, str]]:
    from ka2tui.domain.search import where

    answer = portfolio.ask(search.once, words, **how)
    return [(hit.entry.kind, where(hit.entry, answer.question)[0]) for hit in answer.hits]


TEXTS = (
    ("lackword", "need", "title"),
    ("shownword", "need", "source"),
    ("reachword", "objective", "title"),
    ("groupword", "objective", "target group"),
    ("seekword", "candidate", "title"),
    ("bringword", "candidate", "brings"),
    ("portalword", "candidate", "found at"),
    ("taskword", "task", "title"),
    ("t1", "task", "code"),
    ("tnote", "task", "notes"),
    ("tagword", "task", "tags"),
    ("kick off", "meeting", "title"),
    ("sumword", "meeting", "summary"),
    ("krakow", "meeting", "city"),
    ("pointword", "agenda_item", "title"),
    ("saidword", "agenda_item", "notes"),
    ("infoword", "information", "title"),
    ("deciword", "decision", "title"),
    ("actiword", "action", "title"),
    ("lodzki", "partner", "title"),
    ("ana@ul.pl", "contact", "email"),
    ("roleword", "contact", "role"),
    ("orgword", "contact", "organisation"),
    ("cnote", "contact", "notes"),
    ("delword", "deliverable", "title"),
    ("verword", "milestone", "verification"),
    ("aimword", "work_package", "objectives"),
    ("resword", "work_package", "expected_results"),
    ("itemword", "checklist_item", "title"),
    ("inote", "checklist_item", "note"),
    ("snote", "assessment", "notes"),
    ("mailword", "message", "title"),
    ("below", "message", "text"),
    ("pnote", "paper", "note"),
    ("goalword", "project", "goal"),
    ("solaris", "project", "code"),
    ("prnote", "project", "notes"),
    ("showword", "proof", "title"),
    ("binderword", "proof", "place"),
    ("guestword", "participant", "title"),
    ("profword", "participant", "profile"),
    ("countword", "indicator", "title"),
    ("srcword", "indicator", "source"),
    ("measword", "measurement", "note"),
    ("riskword", "risk", "title"),
    ("mendword", "risk", "action"),
    ("issueword", "issue", "title"),
    ("whychange", "change", "reason"),
    ("soissue", "issue", "solution"),
    ("byissue", "issue", "decided by"),
    ("spreadword", "dissemination", "title"),
    ("audword", "dissemination", "audience"),
    ("subjword", "letter", "title"),
    ("letword", "letter", "text"),
    ("strikeword", "departure", "why"),
    ("payword", "payment", "title"),
    ("ifword", "payment", "condition"),
    ("costword", "cost", "notes"),
    ("wayword", "journey", "title"),
)


@pytest.mark.both_databases
def test_every_text_of_every_kind_is_found(portfolio: Portfolio, full: int) -> None:
    assert {words: found(portfolio, words, project=full) for words, *_ in TEXTS} == {
        words: [(kind, field)] for words, kind, field in TEXTS
    }


def test_every_kind_there_is_can_be_found(portfolio: Portfolio, full: int) -> None:
    index = Index()
    while portfolio.ask(search.read, index):
        pass
    kinds = {entry.kind for entry in index._entries}
    assert set(KINDS) - kinds == {"activity", "heading"}


def test_only_the_project_that_is_meant_is_searched(portfolio: Portfolio, project: int) -> None:
    other = portfolio.do(projects.add, "LUNA", today=TODAY).value
    portfolio.do(tasks.add, project, "Shared word")
    portfolio.do(tasks.add, other, "Shared word")
    assert len(found(portfolio, "shared", project=other)) == 1
    answer = portfolio.ask(search.once, "shared")
    assert {hit.project for hit in answer.hits} == {"SOLARIS", "LUNA"}


class Kept:
    """An index that is read once, and asked again and again."""

    def __init__(self, portfolio: Portfolio, rows: int = 4000) -> None:
        self.portfolio, self.index = portfolio, Index()
        while portfolio.ask(search.read, self.index, rows=rows):
            pass

    def ask(self, words: str) -> Answer:
        return self.portfolio.ask(search.find, self.index, words)

    def titles(self, words: str) -> list[str]:
        return [hit.entry.title for hit in self.ask(words).hits]


def test_what_changes_is_found_by_what_it_says_now(portfolio: Portfolio, project: int) -> None:
    first = portfolio.do(tasks.add, project, "Old words").value
    kept = Kept(portfolio)
    assert kept.titles("old") == ["Old words"]
    portfolio.do(tasks.edit, first, {"title": "New words"})
    assert (kept.titles("old"), kept.titles("new words")) == ([], ["New words"])
    portfolio.do(tasks.add, project, "Another one")
    assert kept.titles("another") == ["Another one"]
    portfolio.undo(project)
    assert kept.titles("another") == []
    portfolio.undo(project)
    assert kept.titles("old") == ["Old words"]


def test_tags_that_come_and_go_change_what_their_task_is_found_by(
    portfolio: Portfolio, project: int
) -> None:
    first = portfolio.do(tasks.add, project, "One", tags=["tpm"]).value
    kept = Kept(portfolio)
    assert kept.titles("tpm") == ["One"]
    portfolio.do(tasks.edit, first, {"tags": ["visit"]})
    assert (kept.titles("tpm"), kept.titles("visit")) == ([], ["One"])
    portfolio.do(tasks.remove, [first])
    assert kept.titles("visit") == []


def test_who_is_renamed_is_named_anew_by_what_belongs_to_it(
    portfolio: Portfolio, full: int
) -> None:
    kept = Kept(portfolio)
    assert kept.ask("actiword").hits[0].owner == "KOM Kick-off"
    portfolio.do(put, r.Tag(project_id=full, task_id=1, name="x"))
    from ka2tui.operations import meetings

    portfolio.do(meetings.edit, 1, {"title": "Start"})
    assert kept.ask("actiword").hits[0].owner == "KOM Start"


@pytest.mark.parametrize("rows", [1, 3, 4000])
def test_it_is_read_in_slices_and_nothing_twice(portfolio: Portfolio, full: int, rows: int) -> None:
    for number in range(7):
        portfolio.do(tasks.add, full, f"Task {number}", tags=["tag"])
    kept = Kept(portfolio, rows)
    whole = Kept(portfolio)
    assert len(kept.index) == len(whole.index)
    assert kept.titles("task tag") == whole.titles("task tag")
    assert kept.ask("task").complete


def test_what_is_changed_while_it_is_being_read_is_not_missed(
    portfolio: Portfolio, project: int
) -> None:
    first = portfolio.do(tasks.add, project, "Before").value
    for number in range(5):
        portfolio.do(tasks.add, project, f"Task {number}")
    index = Index()
    while not len(index) or index._entries[-1].title != "Before":
        portfolio.ask(search.read, index, rows=1)
    assert not portfolio.ask(search.find, index, "before").complete
    portfolio.do(tasks.edit, first, {"title": "After"})
    while portfolio.ask(search.read, index, rows=1):
        pass
    assert portfolio.ask(search.find, index, "before").total == 0
    assert portfolio.ask(search.find, index, "after").total == 1
    assert portfolio.ask(search.find, index, "after").complete


def test_where_too_much_changed_everything_is_read_again(
    portfolio: Portfolio, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_AFRESH", 3)
    kept = Kept(portfolio)
    portfolio.do(put, *(r.Task(project_id=project, title=f"Many {n}") for n in range(9)))
    assert not kept.ask("many").complete
    while portfolio.ask(search.read, kept.index):
        pass
    answer = kept.ask("many")
    assert (answer.total, answer.complete) == (9, True)


def test_a_handful_of_statements_reads_it_however_many_there_are(
    portfolio: Portfolio, full: int
) -> None:
    from sqlalchemy import event

    said: list[str] = []
    event.listen(portfolio._engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    portfolio.do(put, *(r.Task(project_id=full, title=f"Many {n}") for n in range(300)))
    said.clear()
    assert len(found(portfolio, "many")) == 300
    assert len(said) < len(SOURCES) + 10  # one a kind, not one a record
