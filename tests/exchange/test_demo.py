"""The example project: whole, believable, and in its fourteenth month on any day."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ka2tui import datafiles
from ka2tui.domain import checklist as rules
from ka2tui.domain import identifiers, instants, timeline
from ka2tui.domain.kinds import (
    AssessmentState,
    CandidateState,
    DeliverableState,
    MeetingKind,
    MeetingState,
    OutcomeKind,
    PaymentKind,
    PhaseKind,
    PhaseState,
    PlatformState,
    Presence,
    ProofKind,
    ProofState,
    TaskState,
    WorkUnitKind,
)
from ka2tui.domain.timeline import month_of
from ka2tui.exchange import demo_evidence, proof_files
from ka2tui.exchange.demo import build
from ka2tui.operations import tasks
from ka2tui.queries import aims, application, problems, scores
from ka2tui.store import engine, records
from ka2tui.store.portfolio import NothingToUndo, Portfolio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

TODAY = date(2026, 11, 22)

# the first and the last day of a month, a leap day, both ends of summer time, a Monday
OTHER_DAYS = [date(2028, 2, 29), date(2027, 3, 1), date(2026, 12, 31), date(2026, 10, 25)]
MORE_DAYS = [TODAY + timedelta(days=step * 17) for step in range(1, 24)]


@dataclass
class Demo:
    """An example project, and the day it was made for."""

    portfolio: Portfolio
    today: date

    def all(self, table: type[Any], **wanted: Any) -> list[Any]:
        def found(session: Session) -> list[Any]:
            rows = session.scalars(select(table).filter_by(**wanted).order_by(table.id)).all()
            session.expunge_all()
            return list(rows)

        return self.portfolio.ask(found)

    @property
    def project(self) -> Any:
        return self.all(records.Project)[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


def made(folder: Path, today: date) -> Demo:
    file = folder / f"{today}.db"
    if not file.exists():
        build(file, today)
    return Demo(Portfolio.open(file, actor="Somebody Else", create=False), today)


@pytest.fixture
def demo(folder: Path) -> Iterator[Demo]:
    found = made(folder, TODAY)
    yield found
    found.portfolio.close()


@pytest.fixture(params=[TODAY, *OTHER_DAYS], ids=str)
def any_day(folder: Path, request: pytest.FixtureRequest) -> Iterator[Demo]:
    found = made(folder, request.param)
    yield found
    found.portfolio.close()


def test_it_is_in_its_fourteenth_month(any_day: Demo) -> None:
    project = any_day.project
    assert project.acronym == "SOLARIS"
    assert month_of(project.start, any_day.today) == 14
    assert (project.months, project.grant_cents) == (24, 250_000_00)
    assert project.end == timeline.project_end(project.start, 24)


def test_there_is_something_late_waiting_due_today_and_tomorrow(any_day: Demo) -> None:
    today, week = any_day.today, any_day.today + timedelta(days=7)
    still = [t for t in any_day.all(records.Task) if not t.state.closed]
    assert 5 <= sum(t.due < today for t in still if t.due) <= 9
    assert {t.due for t in still} >= {today, today + timedelta(days=1)}
    assert 6 <= sum(today <= t.due <= week for t in still if t.due) <= 16
    waiting = [t for t in still if t.state is TaskState.WAITING]
    assert max(today - t.waiting_since for t in waiting) > timedelta(days=14)
    assert {t.recurrence for t in still if t.recurrence} != set()


def test_meetings_lie_before_and_after(any_day: Demo) -> None:
    today = any_day.today
    meetings = any_day.all(records.Meeting)
    held = [m for m in meetings if m.state is MeetingState.HELD]
    ahead = [m for m in meetings if m.state is MeetingState.PLANNED]
    assert len(held) >= 8
    assert all(m.day < today for m in held)
    assert all(m.day > today for m in ahead)
    (tpm3,) = [m for m in ahead if m.code == "TPM3"]
    assert timedelta(days=9) <= tpm3.day - today <= timedelta(days=12)
    assert instants.local(tpm3.starts_at, tpm3.zone).strftime("%H:%M") == "09:30"
    people = any_day.all(records.Attendance, meeting_id=tpm3.id)
    assert sum(one.presence is Presence.EXPECTED for one in people) >= 5


def test_every_meeting_fits_into_a_working_week(any_day: Demo) -> None:
    for meeting in any_day.all(records.Meeting):
        if meeting.starts_at is not None:
            last = meeting.end_day or meeting.day
            assert meeting.day.isoweekday() <= last.isoweekday() <= 5


def test_one_meeting_has_no_minutes_and_one_has_two_numbers(any_day: Demo) -> None:
    held = any_day.all(records.Meeting, state=MeetingState.HELD)
    silent = [m for m in held if m.minutes_sent_on is None]
    assert [m.code for m in silent] == ["C5"]
    assert any_day.today - silent[0].day >= timedelta(days=11)
    (week,) = [m for m in held if m.kind is MeetingKind.LEARNING]
    counted = sum(one.people for one in any_day.all(records.HeadCount, meeting_id=week.id))
    assert (counted, week.participants) == (31, 33)


def test_the_history_is_whole_and_lies_in_the_past(any_day: Demo) -> None:
    any_day.portfolio.check_history()
    any_day.portfolio.verify()
    entries = any_day.all(records.Entry)
    instants_told = [entry.at for entry in entries]
    assert instants_told == sorted(instants_told)
    assert instants_told[-1] < datetime.combine(any_day.today, datetime.min.time(), UTC)
    assert len({entry.actor for entry in entries}) >= 6


def test_nothing_happened_before_it_could(any_day: Demo) -> None:
    for task in any_day.all(records.Task):
        assert task.finished_on is None or task.finished_on < any_day.today
        assert (task.waiting_since is None) or task.state is TaskState.WAITING
    for deliverable in any_day.all(records.Deliverable):
        assert deliverable.delivered_on is None or deliverable.delivered_on < any_day.today


@pytest.mark.deep
@pytest.mark.parametrize("today", MORE_DAYS, ids=str)
def test_it_can_be_made_on_any_day(tmp_path: Path, today: date) -> None:
    found = made(tmp_path, today)
    found.portfolio.check_history()
    found.portfolio.close()


def test_two_days_that_are_the_same_tell_the_same(
    folder: Path, tmp_path: Path, tell_example: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made(folder, TODAY)
    monkeypatch.setattr("ka2tui.exchange.demo._Story.tell", tell_example)
    other = made(tmp_path, TODAY)

    def told(demo: Demo) -> list[tuple[Any, ...]]:
        return [(e.at, e.actor, e.label, e.words) for e in demo.all(records.Entry)]

    assert told(one) == told(other)
    one.portfolio.close()
    other.portfolio.close()


# --- what it holds ------------------------------------------------------------------------------


def test_five_partners_have_five_countries_and_five_zones(demo: Demo) -> None:
    partners = demo.all(records.Partner)
    funded = [p for p in partners if p.role.value != "associated"]
    assert len(funded) == len({p.country for p in funded}) == len({p.zone for p in funded}) == 5
    assert [p.acronym for p in partners if p.role.value == "coordinator"] == ["RIBERA"]
    assert len(partners) == 6
    winter, summer = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
    still = [
        p.zone
        for p in funded
        if instants.local(winter, p.zone).utcoffset() == instants.local(summer, p.zone).utcoffset()
    ]
    assert still == ["Europe/Istanbul"]


def test_the_money_adds_up(demo: Demo) -> None:
    units = demo.all(records.WorkUnit)
    packages = [u for u in units if u.kind is WorkUnitKind.WORK_PACKAGE]
    assert len(packages) == 5
    assert sum(u.amount_cents for u in packages) == demo.project.grant_cents
    shares: Counter[int] = Counter()
    for share in demo.all(records.Share):
        shares[share.work_unit_id] += share.amount_cents
    assert {u.id: u.amount_cents for u in packages} == dict(shares)
    assert packages[0].amount_cents * 5 <= demo.project.grant_cents


def test_there_is_as_much_as_in_a_real_project(demo: Demo) -> None:
    assert len(demo.all(records.Task)) >= 70
    assert len(demo.all(records.TaskLink)) >= 20
    assert sum(t.parent_id is not None for t in demo.all(records.Task)) >= 20
    assert len(demo.all(records.Milestone)) == 9
    states = Counter(d.state for d in demo.all(records.Deliverable))
    assert states[DeliverableState.PUBLISHED] >= 3
    assert states[DeliverableState.REVIEW] == 1
    late = [d for d in demo.all(records.Deliverable) if d.due < TODAY and not d.state.done]
    assert [d.code for d in late] == ["D3.2"]


def test_actions_of_meetings_became_tasks(demo: Demo) -> None:
    actions = demo.all(records.MeetingOutcome, kind=OutcomeKind.ACTION)
    assert len(actions) >= 8
    assert {t.outcome_id for t in demo.all(records.Task)} >= {one.id for one in actions}
    assert len(demo.all(records.MeetingOutcome, kind=OutcomeKind.DECISION)) >= 8


def test_the_phases_stand_where_month_fourteen_has_them(demo: Demo) -> None:
    phases = {phase.kind: phase for phase in demo.all(records.Phase)}
    done = [kind for kind in PhaseKind if phases[kind].state is PhaseState.DONE]
    assert done == list(PhaseKind)[:4]
    under_way = {kind for kind in PhaseKind if phases[kind].state is PhaseState.UNDER_WAY}
    assert under_way == {PhaseKind.IMPLEMENTATION, PhaseKind.EVALUATION}
    reasons = [kind for kind in PhaseKind if phases[kind].override_reason]
    assert reasons == [PhaseKind.FUNDING]
    assert "not done" in phases[PhaseKind.FUNDING].override_open


def test_the_checklists_make_a_trend(demo: Demo) -> None:
    totals = []
    for assessment in demo.all(records.Assessment):
        answers = demo.all(records.Answer, assessment_id=assessment.id)
        given = {a.code: rules.Answer(a.score, not_applicable=not a.applies) for a in answers}
        score = rules.score(answers, given)
        if assessment.checklist == "implementation":
            totals.append((assessment.assessor.split()[0], score.total))
        still_open = assessment.state is AssessmentState.OPEN
        assert still_open == (assessment.checklist == "final_report") == bool(score.unanswered)
    assert totals == [("Ana", 55), ("Chiara", 58), ("Ana", 63)]


def test_nobody_can_take_for_real_what_is_invented(demo: Demo) -> None:
    number = identifiers.read_agreement(demo.project.agreement)
    assert number.scheme is not None
    assert demo.project.agreement.endswith("000999999")
    assert all(re.fullmatch(r"E109999\d\d", p.oid) for p in demo.all(records.Partner) if p.oid)
    told = "".join(datafiles.read_text(name) for name in datafiles.names("demo", ".toml"))
    hosts = set(re.findall(r"(?:https?://|@)([a-z0-9.-]+)", told))
    assert hosts
    assert all(host == "example.org" or host.endswith(".example.org") for host in hosts)


# --- what it has to show ------------------------------------------------------------------------


def test_proof_lies_in_the_folder_beside_it_but_for_what_was_changed_and_lost(
    tmp_path: Path,
) -> None:
    mine = made(tmp_path, TODAY)
    root = tmp_path / proof_files.NAME
    states: Counter[ProofState] = Counter()
    for proof in mine.all(records.Proof, kind=ProofKind.FILE):
        file = root / proof.path
        states[proof.state] += 1
        if proof.state is ProofState.MISSING:
            assert not file.exists()
            continue
        same = proof_files.fingerprint(file).sha256 == proof.sha256
        assert same is (proof.state is ProofState.THERE)
    assert states[ProofState.THERE] >= 8
    assert (states[ProofState.CHANGED], states[ProofState.MISSING]) == (1, 1)
    kinds_there = {proof.kind for proof in mine.all(records.Proof)}
    assert kinds_there == set(ProofKind)
    mine.portfolio.close()


def test_its_files_lie_apart_from_anybodys_own(tmp_path: Path) -> None:
    own = tmp_path / proof_files.NAME / "mine.txt"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    made(tmp_path, TODAY).portfolio.close()
    assert own.read_text(encoding="utf-8") == "mine"
    assert {it.name for it in own.parent.iterdir()} == {"mine.txt", demo_evidence.FOLDER}


def test_who_took_part_in_the_training_week_is_known_by_name(any_day: Demo) -> None:
    (week,) = any_day.all(records.Meeting, code="LTT1")
    people = any_day.all(records.Participant, meeting_id=week.id)
    heads = any_day.all(records.HeadCount, meeting_id=week.id)
    assert len(people) == sum(it.people for it in heads) == 31
    assert len({it.name for it in people}) == 31
    assert week.participants == 33
    assert sum(bool(it.fewer_opportunities) for it in people) == 2


def test_money_came_was_passed_on_and_one_instalment_is_late(any_day: Demo) -> None:
    rows = any_day.all(records.Payment)
    came = [it for it in rows if it.kind is PaymentKind.FROM_AGENCY]
    assert sum(it.amount_cents for it in came) == any_day.project.grant_cents
    assert sum(it.paid_on is not None for it in came) == 1
    late = [it for it in rows if it.paid_on is None and it.due < any_day.today]
    assert [it.kind for it in late] == [PaymentKind.TO_PARTNER]


def test_two_things_are_not_as_they_were_approved_and_one_of_them_is_explained(
    any_day: Demo,
) -> None:
    assert any_day.project.approved_on is not None
    seen = any_day.portfolio.ask(application.listed, any_day.project.id, today=any_day.today)
    open_ones = [row for row in seen.rows if row.standing.unexplained]
    assert (len(seen.rows), len(open_ones)) == (2, 1)


def test_four_partners_were_found_asked_and_taken_and_one_declined(any_day: Demo) -> None:
    partners = {it.id: it for it in any_day.all(records.Partner)}
    contacts = any_day.all(records.Contact)
    found = any_day.all(records.Candidate)
    assert Counter(it.state for it in found) == {
        CandidateState.AGREED: 4,
        CandidateState.DECLINED: 1,
    }
    for one in found:
        assert one.asked_on <= one.answered_on < any_day.project.submitted_on
        if one.state is CandidateState.AGREED:
            taken = partners[one.partner_id]
            assert (taken.name, taken.sort, taken.oid) == (one.name, one.sort, one.oid)
            assert [it.name for it in contacts if it.partner_id == taken.id].count(one.person) == 1
    assert all(it.sort and it.established_on for it in partners.values())


def test_every_need_is_answered_and_one_objective_has_no_indicator_yet(demo: Demo) -> None:
    chain = demo.portfolio.ask(aims.goal, demo.project.id).chain
    assert {row.need.code for row in chain.rows if row.need} == {"N1", "N2", "N3"}
    lacking = {row.objective.code: row.gaps for row in chain.rows if row.objective and row.gaps}
    assert len(chain.rows) == 4
    assert {code: [gap.value for gap in gaps] for code, gaps in lacking.items()} == {
        "O4": ["indicator"]
    }
    assert chain.idle == ()


def test_it_judged_itself_stricter_than_the_experts_and_one_part_is_weak(demo: Demo) -> None:
    seen = demo.portfolio.ask(scores.standing, demo.project.id)
    assert seen.judgement is not None
    assert seen.judgement.total == 78
    weak = [part for part in seen.parts if part.line.below]
    assert [part.code for part in weak] == ["WP4"]
    assert weak[0].note is not None
    assert {part.code: part.typed for part in seen.parts if part.filled} == {"WP2": None}
    assert not seen.table.confirmed


def test_what_is_found_in_it_is_what_a_project_under_way_has(any_day: Demo) -> None:
    seen = any_day.portfolio.ask(problems.problems, any_day.project.id, today=any_day.today)
    weights = Counter(row.severity.value for row in seen.rows)
    assert weights["error"] == 0
    assert 10 <= len(seen.rows) <= 24
    codes = {int(row.code[-3:]) for row in seen.rows}
    # late, missing and behind; nothing that was in order from the beginning
    assert {603, 607, 610, 611, 620, 806} <= codes
    assert not [code for code in codes if code < 600]
    assert 712 not in codes
    assert [(row.code, row.where) for row in seen.set_aside] == [
        ("KA2-I702", "Radio talk on the training week")
    ]
    states = {it.platform_state for it in any_day.all(records.Deliverable)}
    assert states == {None, PlatformState.DRAFTED}


# --- how it is made -----------------------------------------------------------------------------


def test_it_is_marked_so_that_it_alone_is_ever_built_anew(demo: Demo, tmp_path: Path) -> None:
    assert engine.is_example(Path(demo.portfolio.place))
    own = tmp_path / "own.db"
    Portfolio.open(own, actor="Ana").close()
    assert not engine.is_example(own)


def test_whoever_opens_it_has_nothing_to_take_back_until_they_do_something(
    tmp_path: Path,
) -> None:
    mine = made(tmp_path, TODAY)
    with pytest.raises(NothingToUndo):
        mine.portfolio.undo()
    task = next(t for t in mine.all(records.Task) if t.state is TaskState.WAITING)
    mine.portfolio.do(tasks.finish, [task.id], today=TODAY)
    assert mine.portfolio.undo().label.startswith("Finish")
    assert mine.all(records.Task, id=task.id)[0].state is TaskState.WAITING
    mine.portfolio.close()


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    file.write_bytes(b"somebody's")
    build(file, TODAY)
    assert file.read_bytes() == b"somebody's"


def test_nothing_is_left_behind_where_it_cannot_be_made_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "mark_example", lambda file: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(tmp_path / "demo.db", TODAY)
    assert list(tmp_path.iterdir()) == []
