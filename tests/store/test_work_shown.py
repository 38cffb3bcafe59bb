"""What shows the work, counts it and pays for it: kept, moved, let go of and forgotten."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui.domain import kinds
from ka2tui.domain.refusal import Refused
from ka2tui.exchange import project_toml
from ka2tui.operations import (
    contacts,
    deliverables,
    imports,
    meetings,
    outcomes,
    partners,
    projects,
    work_units,
)
from ka2tui.queries import changes, export
from ka2tui.store import engine, records
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

TODAY = date(2026, 11, 22)
DAY = date(2026, 3, 1)
NEW = frozenset(
    {"proof", "proof_use", "participant", "indicator", "measurement", "risk", "log_entry"}
    | {"dissemination", "approved_fact", "departure", "letter", "payment", "cost", "journey"}
    | {"proof_waiver"}
)


@pytest.fixture
def portfolio(database: str) -> Iterator[Portfolio]:
    opened = Portfolio.open(database, actor="Ana")
    yield opened
    opened.close()


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    """A project with one of everything."""
    made = portfolio.do(projects.add, "SOLAR", start=date(2026, 1, 1), months=24, today=TODAY).value
    portfolio.do(fill, made)
    return int(made)


@operation("Make up")
def fill(session: Session, project: int) -> None:
    def put(table: type[Any], **values: Any) -> Any:
        made = table(project_id=project, **values)
        session.add(made)
        session.flush()
        return made

    partner = put(records.Partner, name="University of Łódź", acronym="ULODZ")
    gone = put(records.Partner, name="Gone", successor_id=partner.id, leave_reason="Money")
    person = put(records.Contact, name="Maria Canary", partner_id=partner.id)
    unit = put(records.WorkUnit, code="WP1", reported_participants=12)
    result = put(
        records.Deliverable,
        code="D1",
        work_unit_id=unit.id,
        platform_state=kinds.PlatformState.DRAFTED,
        platform_on=DAY,
        platform_link="https://example.org",
    )
    meeting = put(
        records.Meeting, title="TPM1", expected_participants=9, direction="IT → PL", day=DAY
    )
    put(records.HeadCount, meeting_id=meeting.id, people=4, fewer_opportunities=1)
    put(
        records.Participant,
        meeting_id=meeting.id,
        contact_id=person.id,
        partner_id=partner.id,
        name="María Canary",
        certificate="Canary-17",
        notes="Needs a canary ramp",
        country="PL",
        fewer_opportunities=True,
    )
    line = put(
        records.MeetingOutcome,
        meeting_id=meeting.id,
        kind=kinds.OutcomeKind.DECISION,
        text="Buy ink",
    )
    indicator = put(
        records.Indicator,
        code="I1",
        title="Teachers trained",
        baseline="12.5",
        target="40",
        work_unit_id=unit.id,
        lead_id=partner.id,
        term=kinds.Term.SHORT,
        due=date(2026, 12, 31),
        due_month=12,
        due_precision=kinds.Precision.MONTH,
    )
    put(records.Measurement, indicator_id=indicator.id, day=DAY, value="17.25")
    risk = put(
        records.Risk,
        code="R1",
        title="A partner leaves",
        likelihood=2,
        impact=5,
        partner_id=partner.id,
        contact_id=person.id,
        work_unit_id=unit.id,
    )
    entry = put(
        records.LogEntry,
        kind=kinds.LogKind.ISSUE,
        code="L1",
        title="No ink",
        raised_by="maria canary",
        risk_id=risk.id,
        outcome_id=line.id,
        partner_id=partner.id,
        contact_id=person.id,
        work_unit_id=unit.id,
    )
    put(records.Task, title="Find a partner", risk_id=risk.id, log_entry_id=entry.id)
    put(
        records.Dissemination,
        title="Newsletter",
        day=date(2026, 6, 1),
        day_month=6,
        precision=kinds.Precision.MONTH,
        partner_id=partner.id,
        work_unit_id=unit.id,
        deliverable_id=result.id,
        reach=300,
    )
    first = put(
        records.Letter,
        day=DAY,
        direction=kinds.Direction.OUT,
        contact_id=person.id,
        with_whom="Maria Canary",
        subject="A change for Maria Canary",
        text="Dear Maria Canary, we ask.",
    )
    put(
        records.Letter,
        day=TODAY,
        direction=kinds.Direction.IN,
        subject="Yes",
        answers_id=first.id,
    )
    put(records.ApprovedFact, about="meeting", about_uid=meeting.uid, field="day", said="TPM1")
    put(
        records.Departure,
        about="meeting",
        about_uid=meeting.uid,
        field="day",
        letter_id=first.id,
        handling=kinds.Handling.AGENCY_TOLD,
    )
    put(
        records.Payment,
        kind=kinds.PaymentKind.TO_PARTNER,
        title="First payment",
        partner_id=partner.id,
        amount_cents=12_500_00,
        due=date(2026, 2, 28),
        due_month=2,
        due_precision=kinds.Precision.MONTH,
    )
    put(
        records.Cost,
        kind=kinds.CostKind.STAFF,
        partner_id=partner.id,
        work_unit_id=unit.id,
        meeting_id=meeting.id,
        planned_hundredths=250,
    )
    put(
        records.Journey,
        meeting_id=meeting.id,
        partner_id=partner.id,
        distance_km=1234,
        title="Bari - Łódź",
    )
    proof = put(
        records.Proof,
        kind=kinds.ProofKind.PAPER,
        title="Attendance list",
        holder_id=gone.id,
        holder_text="MARIA CANARY",
    )
    for about in (meeting, result):
        put(
            records.ProofUse,
            proof_id=proof.id,
            about=about.__tablename__,
            about_uid=about.uid,
        )
    put(
        records.ProofWaiver,
        about="meeting",
        about_uid=meeting.uid,
        sort="photos",
        why="Nobody wished to be on one.",
    )


def only(portfolio: Portfolio, table: type[Any]) -> Any:
    """Give the values of the first record of a table."""
    (row, *_) = portfolio.ask(export.everything, 1)[table.__tablename__]
    return row


def test_every_new_table_is_filled_and_comes_back(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    rows = portfolio.ask(export.everything, project)
    assert {name for name in NEW if rows[name]} == NEW
    file = tmp_path / "project.toml"
    file.write_bytes(project_toml.write(rows))
    there = Portfolio.open(tmp_path / "there.db", actor="Ben")
    taken = there.do(imports.take, project_toml.read(file), today=TODAY).value
    assert (taken.errors, taken.doubtful, taken.dropped) == ([], [], [])
    assert project_toml.write(there.ask(export.everything, 1)) == file.read_bytes()
    again = there.do(imports.take, project_toml.read(file), update=True, today=TODAY).value
    assert (again.added, again.changed) == ([], [])
    there.close()


def test_a_copy_of_a_project_has_its_own_proof(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    text = project_toml.write(portfolio.ask(export.everything, project)).decode()
    uid = portfolio.ask(export.everything, project)["project"][0]["uid"]
    file = tmp_path / "copy.toml"
    file.write_text(text.replace('"SOLAR"', '"LUNAR"', 1).replace(uid, "other", 1), "utf-8")
    taken = portfolio.do(imports.take, project_toml.read(file), today=TODAY).value
    assert taken.errors == []
    assert taken.project is not None
    copy = portfolio.ask(export.everything, taken.project)
    (meeting,) = copy["meeting"]
    assert meeting["uid"] != only(portfolio, records.Meeting)["uid"]
    assert copy["proof_use"][0]["about_uid"] == meeting["uid"]
    assert copy["departure"][0]["about_uid"] == meeting["uid"]
    clock = portfolio.clock()
    again = portfolio.do(
        imports.take, project_toml.read(file), project=taken.project, update=True, today=TODAY
    )
    assert (again.value.added, again.value.errors) == ([], [])
    assert [one for one in again.value.changed if one.column == "about_uid"] == []
    assert portfolio.clock() == clock


def test_removing_a_project_takes_everything_and_one_undo_brings_it_back(
    portfolio: Portfolio, project: int
) -> None:
    before = portfolio.ask(export.everything, project)
    portfolio.do(projects.remove, project)
    assert not any(portfolio.ask(export.everything, project).values())
    portfolio.undo()
    assert portfolio.ask(export.everything, project) == before
    portfolio.check_history()


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (records.Risk, {"title": "x", "likelihood": 6}),
        (records.Risk, {"title": "x", "impact": 0}),
        (records.LogEntry, {"title": "x", "kind": kinds.LogKind.ISSUE, "urgency": 0}),
        (records.Cost, {"kind": kinds.CostKind.STAFF, "used_cents": -1}),
        (records.Payment, {"kind": kinds.PaymentKind.TO_PARTNER, "title": "x", "paid_cents": -1}),
        (records.Journey, {"people": 0}),
        (records.Dissemination, {"title": "x", "day": TODAY, "end_day": DAY}),
        (records.Dissemination, {"title": "x", "reach": -1}),
        (records.Indicator, {"code": "I1", "title": "x"}),
        (records.Proof, {"kind": kinds.ProofKind.FILE, "title": "x", "size_bytes": -1}),
        (records.Meeting, {"title": "x", "expected_participants": -1}),
        (records.WorkUnit, {"code": "x", "reported_participants": -1}),
        (records.ProofUse, {"proof_id": 99, "about": "task", "about_uid": "x"}),
    ],
)
def test_nonsense_is_never_stored(
    portfolio: Portfolio, project: int, table: type[Any], values: dict[str, Any]
) -> None:
    with pytest.raises(engine.Clash):
        portfolio.do(_add, table, {"project_id": project, **values})


def test_a_subject_has_an_end(portfolio: Portfolio, project: int) -> None:
    values = {"project_id": project, "day": DAY, "direction": kinds.Direction.IN}
    with pytest.raises(Refused, match="A subject has at most 500"):
        portfolio.do(_add, records.Letter, {**values, "subject": "x" * 501})


@operation("Add")
def _add(session: Session, table: type[Any], values: dict[str, Any]) -> None:
    session.add(table(**values))


def test_a_partner_with_anything_in_its_name_stays(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused) as refused:
        portfolio.do(partners.remove, [1])
    said = str(refused.value)
    for what in (
        *("1 participant", "1 indicator", "1 risk", "1 line of the log", "1 payment", "1 cost"),
        *("1 act of dissemination", "1 journey", "1 partner whose work it took over"),
    ):
        assert what in said
    with pytest.raises(Refused, match="1 proof to keep"):
        portfolio.do(partners.remove, [2])


def test_a_person_who_watches_something_stays(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="1 risk and 1 line of the log would lose a name"):
        portfolio.do(contacts.remove, [1])
    portfolio.do(_let_go, (records.Risk, records.LogEntry), "contact_id")
    before = portfolio.ask(export.everything, project)
    portfolio.do(contacts.remove, [1])
    assert "contact" not in only(portfolio, records.Participant)
    assert "contact" not in only(portfolio, records.Letter)
    portfolio.undo()
    assert portfolio.ask(export.everything, project) == before


@operation("Let go")
def _let_go(session: Session, tables: tuple[type[Any], ...], field: str) -> None:
    for table in tables:
        for record in session.scalars(select(table)):
            setattr(record, field, None)


def test_what_belongs_to_a_work_package_stays_without_it(
    portfolio: Portfolio, project: int
) -> None:
    before = portfolio.ask(export.everything, project)
    portfolio.do(work_units.remove, [1])
    for table in (records.Indicator, records.Risk, records.LogEntry, records.Cost):
        assert "work_unit" not in only(portfolio, table)
    portfolio.do(deliverables.remove, [1])
    assert not {"work_unit", "deliverable"} & only(portfolio, records.Dissemination).keys()
    portfolio.undo()
    portfolio.undo()
    assert portfolio.ask(export.everything, project) == before


def test_a_meeting_takes_its_list_along_and_nothing_else(
    portfolio: Portfolio, project: int
) -> None:
    before = portfolio.ask(export.everything, project)
    portfolio.do(meetings.remove, [1])
    after = portfolio.ask(export.everything, project)
    assert (after["participant"], after["outcome"]) == ([], [])
    assert "meeting" not in after["cost"][0]
    assert "meeting" not in after["journey"][0]
    assert "outcome" not in after["log_entry"][0]
    assert after["proof_use"] == before["proof_use"]
    portfolio.undo()
    assert portfolio.ask(export.everything, project) == before


def test_a_line_of_minutes_leaves_the_log_standing(portfolio: Portfolio, project: int) -> None:
    portfolio.do(outcomes.remove, 1)
    assert "outcome" not in only(portfolio, records.LogEntry)


def test_forgetting_a_person_reaches_every_list(portfolio: Portfolio, project: int) -> None:
    told = portfolio.do(contacts.forget, 1).value
    portfolio.erase(told)
    kept = str(portfolio.ask(export.everything, project)).casefold()
    assert "canary" not in kept
    participant = only(portfolio, records.Participant)
    assert (participant["name"], participant["country"]) == ("Person 1", "PL")
    assert only(portfolio, records.Letter)["text"] == "Dear Person 1, we ask."
    history = portfolio.ask(lambda session: [str(one) for one in _images(session)])
    assert not [one for one in history if "canary" in one.casefold()]
    portfolio.check_history()


def _images(session: Session) -> Iterator[Any]:
    yield from session.execute(select(records.Change.before, records.Change.after))


def test_what_was_planned_in_months_moves_with_the_first_day(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(projects.edit, project, {"start": date(2026, 3, 1)}, today=TODAY)
    assert only(portfolio, records.Indicator)["due"] == date(2027, 2, 28)
    assert only(portfolio, records.Payment)["due"] == date(2026, 4, 30)
    assert only(portfolio, records.Dissemination)["day"] == date(2026, 8, 1)


def test_the_history_says_new_records_in_words(portfolio: Portfolio, project: int) -> None:
    told = portfolio.ask(changes.changes, portfolio.clock())
    names = {record.name for record in told.records}
    for name in (
        "participant María Canary",
        "measurement I1 Teachers trained, 1 Mar 2026",
        "line of the log L1 No ink",
        "letter A change for Maria Canary",
        "fact as approved TPM1",
        "cost staff, ULODZ University of Łódź, WP1",
        "journey Bari - Łódź",
        "what a proof is about Attendance list",
        "departure from the application meeting, day",
    ):
        assert name in names
    words = {field.name: field.after for one in told.records for field in one.fields}
    assert words["days planned"] == "2.5"
    assert words["money"] == "12 500"
    assert words["kept by, as written"] == "MARIA CANARY"
    assert words["on the results platform"] == "draft"
    unsaid = {name for name in words if "_" in name}
    assert unsaid == set()
    assert "2 records that proofs are about" in told.kinds
