"""What the checks of a project under way are told by its records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.kinds import (
    AgreementState,
    Channel,
    DeliverableState,
    Direction,
    DisseminationState,
    MeetingKind,
    MeetingState,
    OutcomeKind,
    PaperState,
    PartnerRole,
    PaymentKind,
    PlatformState,
    Precision,
    ProofKind,
    ProofState,
    RiskState,
    WorkUnitState,
)
from ka2tui.operations import dependencies
from ka2tui.operations import tasks as verbs
from ka2tui.queries import looks as looking
from ka2tui.queries.problems import problems
from ka2tui.store import records as r
from ka2tui.store.operation import operation

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)
END = date(2027, 9, 30)


@operation("Put")
def put(session: Session, *rows: r.Record) -> list[int]:
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


@operation("Set")
def change(session: Session, /, table: type[r.Record], record: int, **values: Any) -> None:
    found = session.get_one(table, record)
    for name, value in values.items():
        setattr(found, name, value)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made: int = portfolio.do(
        put,
        r.Project(
            acronym="SOLARIS",
            start=date(2025, 10, 1),
            end=END,
            months=24,
            final_report_due=date(2027, 11, 29),
        ),
    ).value[0]
    return made


def told(
    portfolio: Portfolio,
    project: int,
    numbers: range | set[int],
    today: date = TODAY,
    *,
    stage: Stage | None = None,
    own: Path | None = None,
) -> list[tuple[str, str]]:
    """Code and place of what is found, of some checks."""
    found = portfolio.ask(problems, project, today=today, stage=stage, own=own)
    return [(one.code, one.where) for one in found.rows if one.number in numbers]


def meeting(portfolio: Portfolio, project: int, title: str = "TPM2", **more: Any) -> int:
    given = {"title": title, "day": date(2026, 11, 3), "state": MeetingState.HELD, **more}
    made: int = portfolio.do(put, r.Meeting(project_id=project, **given)).value[0]
    return made


MINUTES = {601, 602, 603, 604}


def test_minutes_are_whatever_was_written_of_a_meeting(portfolio: Portfolio, project: int) -> None:
    key = meeting(portfolio, project)
    assert told(portfolio, project, MINUTES) == [("KA2-G601", "TPM2")]
    point = r.AgendaItem(project_id=project, meeting_id=key, title="Money")
    (item,) = portfolio.do(put, point).value
    assert told(portfolio, project, MINUTES) == [("KA2-G601", "TPM2")]
    for given in (
        (r.AgendaItem, item, {"notes": "Settled."}),
        (r.Meeting, key, {"summary": "Fine"}),
        (r.Meeting, key, {"minutes_sent_on": TODAY}),
    ):
        portfolio.do(change, given[0], given[1], **given[2])
        assert told(portfolio, project, MINUTES) == []
        portfolio.undo()
    line = r.MeetingOutcome(
        project_id=project, meeting_id=key, kind=OutcomeKind.DECISION, text="Yes"
    )
    portfolio.do(put, line)
    assert told(portfolio, project, MINUTES) == []


def test_planned_cancelled_and_by_month(portfolio: Portfolio, project: int) -> None:
    planned = {"state": MeetingState.PLANNED}
    meeting(portfolio, project, "Late", **planned)
    meeting(portfolio, project, "Off", state=MeetingState.CANCELLED)
    by_month = {"precision": Precision.MONTH, **planned}
    meeting(portfolio, project, "October", day=date(2026, 10, 1), **by_month)
    meeting(portfolio, project, "November", day=date(2026, 11, 1), **by_month)
    meeting(portfolio, project, "Soon", day=date(2026, 11, 25), kind=MeetingKind.TPM, **planned)
    meeting(portfolio, project, "Two days", day=date(2026, 11, 21), end_day=TODAY, **planned)
    assert told(portfolio, project, MINUTES) == [
        ("KA2-W602", "Late"),
        ("KA2-I602", "October"),
        ("KA2-G604", "Soon"),
    ]


def test_heads_are_held_against_what_is_stated(portfolio: Portfolio, project: int) -> None:
    key = meeting(portfolio, project, participants=38, summary="Fine")
    assert told(portfolio, project, {603, 605}) == []
    for people in (20, 21):
        portfolio.do(put, r.HeadCount(project_id=project, meeting_id=key, people=people))
    assert told(portfolio, project, {603, 605}) == [("KA2-W603", "TPM2")]
    portfolio.do(change, r.Meeting, key, participants=41)
    assert told(portfolio, project, {603, 605}) == []
    tpm = meeting(portfolio, project, "TPM3", kind=MeetingKind.TPM, summary="Fine")
    assert told(portfolio, project, {605}) == [("KA2-I605", "TPM3")]
    contact = r.Contact(project_id=project, name="Ana")
    (person,) = portfolio.do(put, contact).value
    portfolio.do(put, r.Attendance(project_id=project, meeting_id=tpm, contact_id=person))
    assert told(portfolio, project, {605}) == []


def test_nobody_is_missed_at_an_event_whose_day_is_still_to_come(
    portfolio: Portfolio, project: int
) -> None:
    event = {"kind": MeetingKind.TRAINING, "expected_participants": 20}
    key = meeting(portfolio, project, "Training", day=TODAY, end_day=date(2026, 11, 25), **event)
    assert told(portfolio, project, {605, 626}) == []
    assert told(portfolio, project, {605, 626}, date(2026, 11, 25)) == []
    assert told(portfolio, project, {605, 626}, date(2026, 11, 26)) == [("KA2-I605", "Training")]
    portfolio.do(put, r.HeadCount(project_id=project, meeting_id=key, people=3))
    assert told(portfolio, project, {605, 626}) == []
    assert told(portfolio, project, {605, 626}, date(2026, 11, 26)) == [("KA2-I626", "Training")]


def test_partners_are_heard_from_and_sign(portfolio: Portfolio, project: int) -> None:
    lead, kmop, gone = portfolio.do(
        put,
        r.Partner(project_id=project, name="UAM", role=PartnerRole.COORDINATOR),
        r.Partner(project_id=project, name="Kmop", acronym="KMOP",
                  agreement_state=AgreementState.SENT),
        r.Partner(project_id=project, name="OU", left_on=date(2026, 11, 1),
                  agreement_state=AgreementState.SENT),
    ).value  # fmt: skip
    numbers = {606, 608, 623}
    assert told(portfolio, project, numbers) == [("KA2-W608", "KMOP")]
    (message,) = portfolio.do(
        put,
        r.PartnerMessage(project_id=project, partner_id=kmop, day=TODAY - timedelta(days=61),
                         direction=Direction.IN, channel=Channel.CALL),
    ).value  # fmt: skip
    assert told(portfolio, project, numbers) == [("KA2-W606", "KMOP"), ("KA2-W608", "KMOP")]
    portfolio.do(change, r.PartnerMessage, message, day=TODAY)
    portfolio.do(change, r.Partner, kmop, agreement_state=AgreementState.SIGNED)
    assert told(portfolio, project, numbers) == []
    portfolio.do(verbs.add, project, "Write", partner_id=gone)
    portfolio.do(verbs.add, project, "Pay", partner_id=lead)
    assert told(portfolio, project, numbers) == [("KA2-W623", "OU")]
    assert told(portfolio, project, numbers, stage=Stage.CLOSED) == []


def test_papers_are_asked_for_where_they_are_kept(portfolio: Portfolio, project: int) -> None:
    portfolio.do(change, r.Project, project, call_year=2025, managed_by="NA")
    (kmop,) = portfolio.do(put, r.Partner(project_id=project, name="KMOP")).value
    assert told(portfolio, project, {609}) == []
    paper = r.PartnerPaper(
        project_id=project, partner_id=kmop, kind="legal", state=PaperState.ASKED
    )
    portfolio.do(put, paper)
    (one,) = [
        each for each in portfolio.ask(problems, project, today=TODAY).rows if each.number == 609
    ]
    assert (one.code, one.where) == ("KA2-W609", "KMOP")
    assert "Accession form" in one.text
    early = told(portfolio, project, {609}, today=date(2025, 9, 1))
    assert early == []


def test_indicators_say_what_they_lack_and_how_they_stand(
    portfolio: Portfolio, project: int
) -> None:
    whole = {"baseline": "0", "target": "100", "source": "survey"}
    keys = portfolio.do(
        put,
        r.Indicator(project_id=project, code="I1", title="Readers", **whole),
        r.Indicator(project_id=project, code="I2", title="Habits", source="survey"),
    ).value
    numbers = {501, 502, 503, 504, 617, 620, 624}
    lacks = [("KA2-W503", "I2"), ("KA2-I501", "I2")]
    assert told(portfolio, project, numbers) == [*lacks, ("KA2-I617", "project")]
    (value,) = portfolio.do(
        put,
        r.Measurement(project_id=project, indicator_id=keys[0], day=TODAY, value="5"),
    ).value
    assert told(portfolio, project, numbers) == [*lacks[:1], ("KA2-W620", "I1"), *lacks[1:]]
    portfolio.do(change, r.Measurement, value, day=date(2026, 3, 1), value="40")
    assert told(portfolio, project, numbers) == [*lacks, ("KA2-I624", "I1")]
    assert told(portfolio, project, numbers, stage=Stage.APPLYING) == lacks


def test_a_late_task_that_others_wait_for(portfolio: Portfolio, project: int) -> None:
    late = portfolio.do(verbs.add, project, "[red]Draft", due=date(2026, 11, 19)).value
    other = portfolio.do(verbs.add, project, "Review").value
    assert told(portfolio, project, {607}) == []
    portfolio.do(dependencies.link, other, late)
    assert told(portfolio, project, {607}) == [("KA2-I607", "[red]Draft")]  # is any task kept here
    begun = portfolio.do(verbs.add, project, "Call").value
    portfolio.do(verbs.finish, [begun], today=TODAY)
    assert told(portfolio, project, {607}) == [("KA2-W607", "[red]Draft")]
    portfolio.do(verbs.finish, [late], today=TODAY)
    assert told(portfolio, project, {607}) == []


def test_results_milestones_and_parts_that_should_be_over(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(
        put,
        r.Deliverable(project_id=project, code="D1", due=date(2026, 11, 1)),
        r.Deliverable(project_id=project, code="D2", state=DeliverableState.DRAFT),
        r.Deliverable(project_id=project, code="D3", due=date(2026, 11, 1),
                      delivered_on=TODAY),
        r.Milestone(project_id=project, code="MS1", due=date(2026, 11, 1)),
        r.Milestone(project_id=project, code="MS2", reached_on=TODAY),
        r.WorkUnit(project_id=project, code="WP1", end_month=12),
        r.WorkUnit(project_id=project, code="WP2", end_month=14),
        r.WorkUnit(project_id=project, code="WP3", end_month=12, percent=100),
        r.WorkUnit(project_id=project, code="WP4", end_month=12, state=WorkUnitState.DONE),
        r.WorkUnit(project_id=project, code="WP5", end=date(2026, 11, 1)),
    )  # fmt: skip
    assert told(portfolio, project, {610, 625, 628}) == [
        ("KA2-W610", "D1"),
        ("KA2-W625", "MS1"),
        ("KA2-I628", "WP1"),
        ("KA2-I628", "WP5"),
    ]


def test_what_is_done_has_its_results_and_who_is_paid_has_signed(
    portfolio: Portfolio, project: int
) -> None:
    unit, kmop = (
        portfolio.do(put, row).value[0]
        for row in (
            r.WorkUnit(project_id=project, code="WP1", state=WorkUnitState.DONE),
            r.Partner(project_id=project, name="KMOP", agreement_state=AgreementState.SENT),
        )
    )
    result, payment = (
        portfolio.do(put, row).value[0]
        for row in (
            r.Deliverable(project_id=project, code="D1", work_unit_id=unit),
            r.Payment(project_id=project, kind=PaymentKind.TO_PARTNER, title="First",
                      partner_id=kmop, paid_on=date(2026, 11, 1)),
        )
    )  # fmt: skip
    assert told(portfolio, project, {631, 633}) == [("KA2-W631", "KMOP"), ("KA2-W633", "WP1")]
    portfolio.do(change, r.Deliverable, result, delivered_on=TODAY)
    portfolio.do(change, r.Payment, payment, paid_on=None)
    assert told(portfolio, project, {631, 633}) == []


def test_sharing_is_proved_by_a_link_or_by_proof(portfolio: Portfolio, project: int) -> None:
    done = {"state": DisseminationState.DONE, "day": date(2026, 10, 1), "emblem": True}
    (act,) = portfolio.do(
        put,
        r.Dissemination(project_id=project, title="Post", disclaimer=True, reach=9, **done),
    ).value
    assert told(portfolio, project, range(700, 720)) == [("KA2-W701", "Post")]
    portfolio.do(change, r.Dissemination, act, link="https://solaris.eu")
    assert told(portfolio, project, range(700, 720)) == []
    portfolio.undo()
    uid = portfolio.ask(lambda session: session.get_one(r.Dissemination, act).uid)
    proof = r.Proof(project_id=project, kind=ProofKind.PAPER, title="Cutting")
    proof.uses = [r.ProofUse(project_id=project, about="dissemination", about_uid=uid)]
    portfolio.do(put, proof)
    assert told(portfolio, project, range(700, 720)) == []
    portfolio.do(change, r.Dissemination, act, emblem=False, disclaimer=None, reach=None)
    assert told(portfolio, project, range(700, 720)) == [
        ("KA2-W702", "Post"),
        ("KA2-I703", "Post"),
        ("KA2-G713", "project"),
    ]


def test_what_was_planned_for_a_month_has_until_its_end(portfolio: Portfolio, project: int) -> None:
    for day in (date(2026, 10, 1), date(2026, 11, 1)):
        act = r.Dissemination(
            project_id=project, title=f"{day:%B}", day=day, precision=Precision.MONTH
        )
        portfolio.do(put, act)
    assert told(portfolio, project, {710}) == [("KA2-I710", "October")]


def test_results_go_to_the_platform_near_the_end(portfolio: Portfolio, project: int) -> None:
    approved = {"state": DeliverableState.APPROVED, "licence": "CC BY", "languages": "en"}
    drafted = {"platform_state": PlatformState.DRAFTED, "platform_on": TODAY, **approved}
    portfolio.do(
        put,
        r.Deliverable(project_id=project, code="D1", **approved),
        r.Deliverable(project_id=project, code="D2", **drafted),
        r.Deliverable(project_id=project, code="D3", **{**drafted, "platform_state": "sent"}),
    )
    numbers = {704, 708, 712}
    early = [("KA2-I712", "D3")]
    assert told(portfolio, project, numbers) == early
    near = END - timedelta(days=30)
    assert told(portfolio, project, numbers, near) == [("KA2-W704", "D1"), *early]
    after = END + timedelta(days=1)
    wanted = [("KA2-W704", "D1"), ("KA2-W708", "D2")]
    assert told(portfolio, project, numbers, after) == wanted
    assert told(portfolio, project, numbers, stage=Stage.CLOSED) == []


def test_registers_are_looked_at_by_their_days(portfolio: Portfolio, project: int) -> None:
    late = date(2026, 11, 15)
    letter = {"project_id": project, "day": date(2026, 10, 1), "answer_by": late}
    portfolio.do(
        put,
        r.Payment(project_id=project, kind=PaymentKind.TO_PARTNER, title="First", due=late,
                  amount_cents=77_700),
        r.Payment(project_id=project, kind=PaymentKind.TO_PARTNER, title="Paid", due=late,
                  paid_on=late),
        r.Letter(subject="Visit", direction=Direction.IN, **letter),
        r.Letter(subject="Ours", direction=Direction.OUT, **letter),
        r.Letter(subject="Done", direction=Direction.IN, answered_on=late, **letter),
        r.Risk(project_id=project, code="R1", title="Leaves", review_on=TODAY,
               likelihood=5, impact=5),
        r.Risk(project_id=project, code="R2", title="Gone", review_on=late,
               state=RiskState.CLOSED, likelihood=5, impact=5),
        r.Risk(project_id=project, code="R3", title="Held", likelihood=5, impact=5,
               action="Asked"),
        r.LogEntry(project_id=project, kind="issue", code="IS1", title="No ink", due=late),
        r.LogEntry(project_id=project, kind="issue", title="Ink", due=late, state="done"),
    )  # fmt: skip
    assert told(portfolio, project, {611, 612, 613, 614, 615, 629}) == [
        ("KA2-W611", "First"),
        ("KA2-W612", "Visit"),
        ("KA2-W614", "IS1 No ink"),
        ("KA2-I612", "Ours"),
        ("KA2-I613", "R1 Leaves"),
        ("KA2-I629", "R1 Leaves"),
    ]
    found = portfolio.ask(problems, project, today=TODAY)
    assert not [one for one in found.rows if "777" in one.text + one.why]


def test_what_proof_is_missing_goes_by_the_list_in_the_users_own_folder(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    key = meeting(portfolio, project, day=date(2026, 1, 11), summary="Fine")
    meeting(portfolio, project, "Young", day=date(2026, 11, 9), summary="Fine")
    assert told(portfolio, project, {618}) == [("KA2-I618", "TPM2")]
    own = '[[sort]]\nid = "stamp"\ntitle = "stamp"\n[[set]]\nid = "m"\ntitle = "Meeting"\n'
    own += 'about = "meeting"\n[[set.ask]]\nsort = "stamp"\nwhy = "House rule."\n'
    own += 'source = "practice"\nconfirmed = true\n'
    (tmp_path / "proofs.toml").write_text(own, "utf-8")
    found = portfolio.ask(problems, project, today=TODAY, own=tmp_path).rows
    (one,) = (one for one in found if one.number == 618)
    assert one.why.startswith("Still missing: stamp. ")
    uid = portfolio.ask(lambda session: session.get_one(r.Meeting, key).uid)
    proof = r.Proof(
        project_id=project, kind=ProofKind.FILE, title="Stamp", sort="stamp",
        state=ProofState.CHANGED,
    )  # fmt: skip
    proof.uses = [r.ProofUse(project_id=project, about="meeting", about_uid=uid)]
    portfolio.do(put, proof)
    assert told(portfolio, project, {618, 806}, own=tmp_path) == [("KA2-W806", "Stamp")]


def test_reports_are_told_until_a_letter_says_that_they_are_in(
    portfolio: Portfolio, project: int
) -> None:
    numbers = {801, 802, 803, 805, 808}
    assert told(portfolio, project, numbers) == []
    portfolio.do(change, r.Project, project, interim_report_due=date(2026, 12, 4))
    assert told(portfolio, project, numbers) == [("KA2-W801", "project")]
    letter = r.Letter(
        project_id=project, day=date(2026, 11, 20), direction=Direction.OUT,
        subject="Our interim Report",
    )  # fmt: skip
    portfolio.do(put, letter)
    assert told(portfolio, project, numbers) == []
    after = date(2027, 11, 20)
    assert told(portfolio, project, numbers, after) == [("KA2-W808", "project")]
    portfolio.do(change, r.Project, project, final_report_due=None)
    assert told(portfolio, project, numbers) == [("KA2-I802", "project")]


def test_papers_are_kept_once_all_is_over(portfolio: Portfolio, project: int) -> None:
    over = date(2029, 1, 1)
    (one,) = portfolio.ask(problems, project, today=over).rows
    assert one.code == "KA2-I807"
    assert one.text == (
        "Keep all papers at least until 30 Sep 2032, counted from the last day: "
        "the last payment is not noted."
    )
    paid = r.Payment(
        project_id=project, kind=PaymentKind.FROM_AGENCY, title="Balance",
        paid_on=date(2028, 3, 1),
    )  # fmt: skip
    portfolio.do(put, paid)
    (one,) = portfolio.ask(problems, project, today=over).rows
    assert one.text == "Keep all papers at least until 1 Mar 2033."
    assert portfolio.ask(problems, project, today=date(2033, 3, 2)).rows == ()


def test_what_is_worth_a_look_is_brief_and_leaves_out_what_today_has_elsewhere(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(change, r.Project, project, interim_report_due=date(2026, 12, 4))
    for number in range(4):
        meeting(portfolio, project, f"Call {number}", summary="Fine", participants=9)
        act = {"state": DisseminationState.DONE, "emblem": False, "disclaimer": True}
        portfolio.do(put, r.Dissemination(project_id=project, title=f"Post {number}", reach=1,
                                          link="x", day=TODAY, **act))  # fmt: skip
    seen = portfolio.ask(looking.looks, project, today=TODAY, named="SOLARIS")
    assert "KA2-W801" in {one.code for one in seen.problems}
    first = seen.rows[0]
    assert (first.brief.code, first.brief.many, first.project) == ("KA2-W702", 4, "SOLARIS")
    assert first.brief.text == (
        "Sharing without the EU emblem, 4 times: Post 0, Post 1, Post 2 and 1 more."
    )
    assert not [look for look in seen.rows if look.brief.number == 801]
    assert len({look.key for look in seen.rows}) == len(seen.rows)


def test_a_check_takes_as_many_statements_however_much_there_is(
    portfolio: Portfolio, project: int
) -> None:
    def fill(many: int) -> None:
        for number in range(many):
            key = meeting(portfolio, project, f"Call {number}", participants=9)
            portfolio.do(
                put,
                r.HeadCount(project_id=project, meeting_id=key, people=3),
                r.Partner(project_id=project, name=f"Partner {key}"),
                r.Indicator(project_id=project, title=f"I {key}"),
                r.Deliverable(project_id=project, code=f"D{key}"),
                r.Dissemination(project_id=project, title=f"Post {key}"),
            )

    def count() -> int:
        said: list[str] = []

        def note(*given: Any) -> None:
            said.append(given[2])

        event.listen(portfolio._engine, "before_cursor_execute", note)
        portfolio.ask(problems, project, today=TODAY)
        event.remove(portfolio._engine, "before_cursor_execute", note)
        return len(said)

    fill(2)
    few = count()
    fill(20)
    assert count() == few
