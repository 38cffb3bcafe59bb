"""Checks of running and closing projects: each found when wrong, and silent when right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ka2tui.domain.application import Standing
from ka2tui.domain.checks import (
    catalogue,
    indicators,
    meetings,
    partners,
    proof,
    registers,
    reporting,
    results,
    sharing,
    work,
)
from ka2tui.domain.checks.running import (
    Act,
    Attended,
    BrokenFile,
    Departure,
    Due,
    HeldUp,
    Hollow,
    Indicator,
    Left,
    Meeting,
    PaperOwed,
    Partner,
    Point,
    Reports,
    Result,
    Risk,
    Running,
    Unit,
    Unproved,
)
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.deadlines import Deadline, Origin
from ka2tui.domain.indicators import Standing as Way
from ka2tui.domain.kinds import (
    AgreementState,
    DeliverableState,
    DisseminationState,
    MeetingKind,
    PartnerRole,
    PlatformState,
    Term,
    WorkUnitState,
)
from ka2tui.domain.problem import Found, Severity

TODAY = date(2026, 11, 22)
START, END = date(2025, 10, 1), date(2027, 9, 30)
DAY = timedelta(days=1)
W, I, G = Severity.WARNING, Severity.HINT, Severity.GOOD_PRACTICE  # noqa: E741 - their letters

Check = Callable[[Running], Iterable[Found]]


def seen(today: date = TODAY, stage: Stage = Stage.RUNNING, **more: Any) -> Running:
    """A project in its fourteenth month of twenty-four, in which nothing is wrong."""
    return Running(today, stage, **{"start": START, "end": END, **more})


def told(check: Check, subject: Running) -> list[tuple[int, Severity, str]]:
    """What is found and told in this stage."""
    return [
        (one.number, one.severity, one.where)
        for one in check(subject)
        if catalogue.matters(one, subject.stage)
    ]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_project_in_good_order_and_one_of_which_nothing_is_known_are_left_alone() -> None:
    order = seen(
        meetings=(Meeting(1, "Kick-off", MeetingKind.KICK_OFF, held=True, last=ago(40),
                          minutes=True, listed=True),
                  Meeting(2, "TPM2", MeetingKind.TPM, first=TODAY + 40 * DAY,
                          last=TODAY + 41 * DAY)),
        partners=(Partner(1, "UAM", PartnerRole.COORDINATOR),
                  Partner(2, "KMOP", agreement=AgreementState.SIGNED, silent=3, heard="x")),
        indicators=(Indicator(1, "I1", way=Way.ON_TIME, term=Term.LONG),),
        acts=(Act(1, "Post", last=ago(3), emblem=True, disclaimer=True, proved=True,
                  reach=True),),
        results=(Result(1, "D1", due=TODAY),),
        reports=Reports(final=END + 60 * DAY),
    )  # fmt: skip
    for subject in (order, Running(TODAY, Stage.RUNNING)):
        for check in CHECKS:
            assert told(check, subject) == []


CHECKS: tuple[Check, ...] = (
    *(meetings.found, partners.found, indicators.found, work.found, sharing.found),
    *(results.found, registers.found, proof.found, reporting.found),
)


# -- meetings --------------------------------------------------------------------------------------

OTHERS = (
    Meeting(9, "Kick-off", MeetingKind.KICK_OFF, held=True, last=ago(5)),
    Meeting(8, "First call", MeetingKind.ONLINE, held=True, last=ago(90), minutes=True),
)


@pytest.mark.parametrize(
    ("kind", "days", "minutes", "wanted"),
    [
        (MeetingKind.TPM, 10, False, None),
        (MeetingKind.TPM, 11, False, G),
        (MeetingKind.TPM, 31, False, W),
        (MeetingKind.TPM, 31, True, None),
        (MeetingKind.ONLINE, 31, False, G),
        (MeetingKind.OTHER, 11, False, G),
        (MeetingKind.LEARNING, 31, False, None),
        (MeetingKind.MULTIPLIER, 31, False, None),
    ],
)
def test_601_minutes_are_missed_after_ten_days(
    *,
    kind: MeetingKind,
    days: int,
    minutes: bool,
    wanted: Severity | None,
) -> None:
    one = Meeting(1, "TPM2", kind, held=True, last=ago(days), minutes=minutes, listed=True)
    found = told(meetings.found, seen(meetings=(*OTHERS, one)))
    assert found == ([] if wanted is None else [(601, wanted, "TPM2")])


def test_601_where_no_minutes_were_ever_kept_that_is_said_once() -> None:
    held: dict[str, Any] = {"kind": MeetingKind.TPM, "held": True, "listed": True}
    rows = tuple(Meeting(n, f"TPM{n}", last=ago(100 * n), **held) for n in range(1, 6))
    (one,) = (it for it in meetings.found(seen(meetings=rows)) if it.number == 601)
    assert (one.severity, one.where) == (I, "project")
    assert one.text == (
        "None of 5 meetings that were held has minutes here: TPM1, TPM2, TPM3 and 2 more."
    )
    alone = [it for it in told(meetings.found, seen(meetings=rows[:1])) if it[0] == 601]
    assert alone == [(601, I, "TPM1")]
    kept = (*rows, replace(rows[0], id=9, title="TPM9", minutes=True))
    some = [it for it in told(meetings.found, seen(meetings=kept)) if it[0] == 601]
    assert some == [(601, W, f"TPM{n}") for n in range(1, 6)]


def test_602_a_meeting_that_is_over_is_held_or_moved() -> None:
    late = Meeting(1, "TPM2", last=ago(1))
    by_month = Meeting(2, "TPM3", last=ago(22), by_month=True)
    today = Meeting(3, "TPM4", first=TODAY, last=TODAY, agenda=2)
    found = told(meetings.found, seen(meetings=(*OTHERS, late, by_month, today)))
    assert found == [(602, W, "TPM2"), (602, I, "TPM3")]


def test_603_and_605_lists_are_held_against_what_is_stated() -> None:
    differ = Meeting(1, "TPM2", held=True, last=ago(2), counted=41, stated=38, listed=True)
    same = Meeting(2, "TPM3", held=True, last=ago(2), counted=41, stated=41, listed=True)
    nobody = Meeting(3, "TPM4", MeetingKind.TPM, held=True, last=ago(12), minutes=True, stated=9)
    found = [*meetings.found(seen(meetings=(*OTHERS, differ, same, nobody)))]
    assert [(one.number, one.where, one.text) for one in found] == [
        (605, "TPM4", "Nobody is on the list, and 9 are said to have been there."),
        (603, "TPM2", "41 on the list, 38 stated."),
    ]
    rows = (
        Attended("meeting", 1, "LTT1", report=("2 fewer",)),
        Attended("meeting", 2, "LTT2", fewer=("3 fewer than expected",)),
        Attended("meeting", 3, "LTT3", nobody=True),
        Attended("work_unit", 4, "WP2"),
    )
    found_ = told(meetings.found, seen(attended=rows, meetings=OTHERS))
    assert found_ == [(603, W, "LTT1"), (626, I, "LTT2"), (605, I, "LTT3")]


@pytest.mark.parametrize(
    ("kind", "days", "agenda", "wanted"),
    [
        (MeetingKind.TPM, 29, 0, True),
        (MeetingKind.TPM, 30, 0, False),
        (MeetingKind.TPM, 3, 1, False),
        (MeetingKind.ONLINE, 6, 0, True),
        (MeetingKind.ONLINE, 7, 0, False),
        (MeetingKind.MULTIPLIER, 29, 0, True),
    ],
)
def test_604_an_agenda_is_out_in_good_time(
    *,
    kind: MeetingKind,
    days: int,
    agenda: int,
    wanted: bool,
) -> None:
    day = TODAY + timedelta(days=days)
    one = Meeting(1, "TPM3", kind, first=day, last=day, agenda=agenda)
    found = told(meetings.found, seen(meetings=(*OTHERS, one)))
    assert found == ([(604, G, "TPM3")] if wanted else [])
    month = Meeting(1, "TPM3", kind, first=day, last=day, by_month=True)
    assert told(meetings.found, seen(meetings=(*OTHERS, month))) == []


def test_616_projects_begin_with_a_kick_off() -> None:
    call = Meeting(1, "Call", MeetingKind.ONLINE, held=True, last=ago(3))
    assert told(meetings.found, seen(meetings=(call,))) == [(616, G, "project")]
    named = Meeting(2, "Online kickoff", MeetingKind.ONLINE, held=True, last=ago(3))
    assert told(meetings.found, seen(meetings=(named,))) == []
    young = seen(START + 80 * DAY, meetings=())
    assert told(meetings.found, young) == []


def test_627_partners_meet_at_least_every_half_year() -> None:
    old = Meeting(1, "Kick-off", MeetingKind.KICK_OFF, held=True, last=ago(220), minutes=True,
                  listed=True)  # fmt: skip
    assert told(meetings.found, seen(meetings=(old,))) == [(627, G, "project")]
    ahead = Meeting(2, "TPM2", first=TODAY + 60 * DAY, last=TODAY + 60 * DAY)
    assert told(meetings.found, seen(meetings=(old, ahead))) == []
    assert told(meetings.found, seen(meetings=(old, *OTHERS))) == []


# -- partners --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("silent", "wanted"), [(29, None), (30, I), (59, I), (60, W), (400, W)])
def test_606_a_partner_is_heard_from_every_month(silent: int, wanted: Severity | None) -> None:
    one = Partner(1, "KMOP", silent=silent, heard=f"silent {silent} days")
    lead = Partner(2, "UAM", PartnerRole.COORDINATOR, silent=400)
    helper = Partner(3, "Museum", PartnerRole.ASSOCIATED, silent=400)
    found = told(partners.found, seen(partners=(one, lead, helper)))
    assert found == ([] if wanted is None else [(606, wanted, "KMOP")])


def test_606_who_was_never_heard_from_counts_only_where_others_were() -> None:
    never, heard = Partner(1, "KMOP"), Partner(2, "OU", silent=2)
    assert told(partners.found, seen(partners=(never,))) == []
    assert told(partners.found, seen(partners=(never, heard))) == [(606, I, "KMOP")]
    fresh = Partner(1, "KMOP", joined=ago(20))
    assert told(partners.found, seen(partners=(fresh, heard))) == []


@pytest.mark.parametrize(
    ("state", "month", "kept", "wanted"),
    [
        (AgreementState.SENT, 1, False, I),
        (AgreementState.SENT, 6, False, I),
        (AgreementState.SENT, 7, False, W),
        (AgreementState.SIGNED, 7, False, None),
        (AgreementState.NONE, 7, False, None),
        (AgreementState.NONE, 3, True, None),
        (AgreementState.NONE, 4, True, I),
        (AgreementState.NONE, 7, True, W),
    ],
)
def test_608_agreements_with_partners_are_signed_in_the_first_months(
    *,
    state: AgreementState,
    month: int,
    kept: bool,
    wanted: Severity | None,
) -> None:
    others = (Partner(2, "OU", agreement=AgreementState.SIGNED),) if kept else ()
    today = START + timedelta(days=(month - 1) * 31)
    found = told(
        partners.found, seen(today, partners=(Partner(1, "KMOP", agreement=state), *others))
    )
    assert found == ([] if wanted is None else [(608, wanted, "KMOP")])


def test_631_money_is_sent_once_both_have_signed() -> None:
    sent = Partner(1, "KMOP", agreement=AgreementState.NONE, paid_on=ago(9))
    signed = Partner(2, "OU", agreement=AgreementState.SIGNED, paid_on=ago(9))
    young = seen(START + 40 * DAY, partners=(sent, signed))
    assert told(partners.found, young) == []  # it was paid later
    assert (631, W, "KMOP") in told(partners.found, seen(partners=(sent, signed)))
    assert told(partners.found, seen(partners=(sent,))) == []
    assert told(partners.found, seen(partners=(signed,))) == []


def test_609_papers_are_told_partner_by_partner() -> None:
    due = ago(30)
    papers = (
        PaperOwed(1, "KMOP", "accession form", due),
        PaperOwed(2, "OU", "legal entity form", due, confirmed=False),
        PaperOwed(1, "KMOP", "OID", due),
    )
    found = [*partners.found(seen(stage=Stage.APPLYING, papers=papers))]
    assert [(one.number, one.severity, one.where, one.id) for one in found] == [
        (609, W, "KMOP", 1),
        (609, I, "OU", 2),
    ]
    assert found[0].text.startswith("2 papers are missing: accession form, OID; the first was")
    assert found[1].text == "A paper is missing: legal entity form; it was due on 23 Oct 2026."


def test_623_what_a_partner_left_behind_is_handed_over() -> None:
    gone = Left(1, "KMOP", ago(9), ("2 open tasks", "1 deliverable"))
    (one,) = partners.found(seen(left=(gone,)))
    assert (one.number, one.severity) == (623, W)
    assert one.text == "It left on 13 Nov 2026 and still has 2 open tasks, 1 deliverable."


# -- indicators ------------------------------------------------------------------------------------


def test_501_to_503_what_an_expert_asks_of_each_number() -> None:
    rows = (
        Indicator(1, "I1", baseline=False, way=Way.ON_TIME),
        Indicator(2, "I2", source=False, way=Way.ON_TIME),
        Indicator(3, "I3", target=False, way=Way.ON_TIME),
    )
    wanted = [(501, I, "I1"), (502, I, "I2"), (503, W, "I3")]
    for stage in (Stage.APPLYING, Stage.RUNNING):
        assert told(indicators.found, seen(stage=stage, indicators=rows)) == wanted
    assert told(indicators.found, seen(stage=Stage.CLOSED, indicators=rows)) == []


def test_what_all_indicators_lack_is_said_once() -> None:
    rows = tuple(Indicator(n, f"I{n}", baseline=False, way=Way.ON_TIME) for n in range(4))
    assert told(indicators.found, seen(indicators=rows)) == [(501, I, "project")]
    two = told(indicators.found, seen(indicators=rows[:2]))
    assert two == [(501, I, "I0"), (501, I, "I1")]


def test_504_some_indicators_are_for_the_long_term() -> None:
    short = tuple(Indicator(n, f"I{n}", term=Term.SHORT, way=Way.ON_TIME) for n in range(2))
    assert told(indicators.found, seen(indicators=short)) == [(504, I, "project")]
    assert told(indicators.found, seen(indicators=short[:1])) == []
    for term in (Term.LONG, None):
        both = (*short, Indicator(9, "I9", term=term, way=Way.ON_TIME))
        assert told(indicators.found, seen(indicators=both)) == []


def test_617_something_is_measured_half_way() -> None:
    rows = (Indicator(1, "I1"), Indicator(2, "I2"))
    assert told(indicators.found, seen(indicators=rows)) == [(617, I, "project")]
    early = seen(START + 300 * DAY, indicators=rows)
    assert told(indicators.found, early) == []
    one = (*rows, Indicator(3, "I3", way=Way.UNKNOWN))
    assert told(indicators.found, seen(indicators=one)) == []
    assert told(indicators.found, seen(indicators=())) == []


def test_620_and_624_an_indicator_is_on_time_and_measured() -> None:
    rows = (
        Indicator(1, "I1", way=Way.BEHIND, stands="behind", leads="It leads there."),
        Indicator(2, "I2", way=Way.MISSED, stands="not reached in time"),
        Indicator(3, "I3", way=Way.AHEAD, stale=True),
    )
    found = [*indicators.found(seen(indicators=rows))]
    assert [(one.number, one.text) for one in found] == [
        (620, "It is behind."),
        (620, "It is not reached in time."),
        (624, "It was not measured for half a year."),
    ]
    assert found[0].why == "It leads there."
    assert told(indicators.found, seen(stage=Stage.APPLYING, indicators=rows)) == []


def test_632_the_report_has_a_value_of_the_end() -> None:
    rows = (
        Indicator(1, "I1"),
        Indicator(2, "I2", way=Way.UNKNOWN, measured_on=END - 93 * DAY),
        Indicator(3, "I3", way=Way.UNKNOWN, measured_on=END - 92 * DAY),
        Indicator(4, "I4", way=Way.REACHED, measured_on=START),
    )
    after = seen(END + DAY, Stage.CLOSING, indicators=rows)
    assert told(indicators.found, after) == [(632, W, "I1"), (632, W, "I2")]
    assert told(indicators.found, seen(END, Stage.CLOSING, indicators=rows)) == []
    never = tuple(Indicator(n, f"I{n}") for n in range(3))
    over = seen(END + DAY, Stage.CLOSING, indicators=never)
    assert told(indicators.found, over) == [(632, I, "project")]  # they may be kept elsewhere
    alone = seen(END + DAY, Stage.CLOSING, indicators=never[:1])
    assert told(indicators.found, alone) == [(632, I, "I0")]


# -- the work --------------------------------------------------------------------------------------


def test_607_a_late_task_that_holds_up_others() -> None:
    tasks = (HeldUp(1, "Draft", ago(3), 1), HeldUp(2, "Plan", ago(1), 4))
    assert [one.text for one in work.found(seen(held_up=tasks))] == [
        "It is 3 d late, and 1 task waits for it.",
        "It is 1 d late, and 4 tasks wait for it.",
    ]


def test_607_where_no_task_was_ever_begun_that_is_said_once() -> None:
    tasks = tuple(HeldUp(n, f"Step {n}", ago(3), 1) for n in range(1, 7))
    (one,) = work.found(seen(held_up=tasks, tasks_kept=False))
    assert (one.severity, one.where) == (I, "project")
    assert one.text == (
        "6 late tasks hold up others, and none was ever begun: Step 1, Step 2, Step 3 and 3 more."
    )
    assert told(work.found, seen(held_up=tasks[:1], tasks_kept=False)) == [(607, I, "Step 1")]
    assert told(work.found, seen(held_up=tasks[:2])) == [(607, W, "Step 1"), (607, W, "Step 2")]


def test_625_and_628_what_should_be_over_is_told() -> None:
    points = tuple(Point(n, f"MS{n} Pilot", ago(9)) for n in range(3))
    assert told(work.found, seen(points=points)) == [(625, I, "project")]
    assert told(work.found, seen(points=points[:1])) == [(625, I, "MS0 Pilot")]
    assert told(work.found, seen(points=points[:1], reached=1)) == [(625, W, "MS0 Pilot")]
    unit = Unit(1, "WP2 Handbook", ago(9), WorkUnitState.UNDER_WAY)
    part = Unit(2, "A2.1 Draft", ago(9), WorkUnitState.UNDER_WAY, parent=1)
    (one,) = work.found(seen(units=(part, unit)))
    assert (one.number, one.severity) == (628, I)
    assert one.text == "It ended on 13 Nov 2026 and stands as under way."


def test_628_where_nobody_notes_how_far_the_work_is_that_is_said_once() -> None:
    units = tuple(Unit(n, f"WP{n} Work", ago(9), WorkUnitState.PLANNED) for n in range(1, 4))
    assert told(work.found, seen(units=units, units_kept=False)) == [(628, I, "project")]
    assert len(told(work.found, seen(units=units))) == 3
    assert len(told(work.found, seen(units=units[:2], units_kept=False))) == 2


def test_633_what_is_done_has_its_results() -> None:
    parts = (Hollow(1, "WP2 Handbook", ("D2.1",)), Hollow(2, "WP3", ("D3.1", "D3.2")))
    assert [one.text for one in work.found(seen(hollow=parts))] == [
        "It stands as done, and D2.1 is not handed over.",
        "It stands as done, and D3.1, D3.2 are not handed over.",
    ]
    assert told(work.found, seen(stage=Stage.PREPARING, hollow=parts)) == []


# -- sharing ---------------------------------------------------------------------------------------

MARKED = {"emblem": True, "disclaimer": True, "proved": True, "reach": True}


def act(key: int = 1, **more: Any) -> Act:
    return Act(**{"id": key, "title": f"Post {key}", "last": ago(3), **MARKED, **more})


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, []),
        ({"proved": False}, [(701, I, "Post 1")]),
        ({"proved": False, "last": ago(15)}, [(701, W, "Post 1")]),
        ({"emblem": False}, [(702, W, "Post 1")]),
        ({"emblem": None}, [(702, I, "Post 1")]),
        ({"disclaimer": False}, [(703, W, "Post 1")]),
        ({"disclaimer": None}, [(703, I, "Post 1")]),
        ({"reach": False}, [(713, G, "project")]),
        ({"state": DisseminationState.PLANNED, "emblem": None, "proved": False},
         [(709, G, "project"), (710, I, "Post 1")]),
        ({"state": DisseminationState.PLANNED, "last": TODAY}, [(709, G, "project")]),
    ],
)  # fmt: skip
def test_what_is_shared_has_proof_and_marks(
    more: dict[str, Any], wanted: list[tuple[int, Severity, str]]
) -> None:
    assert sorted(told(sharing.found, seen(acts=(act(**more),)))) == sorted(wanted)
    assert told(sharing.found, seen(stage=Stage.CLOSED, acts=(act(**more),))) == []


def test_many_acts_that_nobody_looked_at_are_one_line() -> None:
    acts = tuple(act(n, emblem=None) for n in range(4))
    (one,) = sharing.found(seen(acts=acts))
    assert (one.number, one.severity, one.where) == (702, I, "project")
    assert one.text.endswith("4 acts of sharing: Post 0, Post 1, Post 2 and 1 more.")


def test_709_something_is_shared_every_half_year() -> None:
    long_ago = act(last=ago(184))
    assert told(sharing.found, seen(acts=(long_ago,))) == [(709, I, "project")]
    assert told(sharing.found, seen(acts=(act(last=ago(183)),))) == []
    assert told(sharing.found, seen(acts=(act(last=None),))) == []
    assert told(sharing.found, seen()) == [(709, G, "project")]
    assert told(sharing.found, seen(START + 100 * DAY)) == []
    assert told(sharing.found, seen(END + DAY, Stage.CLOSING)) == []


# -- results ---------------------------------------------------------------------------------------

WHOLE = {"languages": True, "licence": True, "looked_at": True, "address": True}
DONE = DeliverableState.APPROVED


def result(key: int = 1, **more: Any) -> Result:
    return Result(**{"id": key, "code": f"D{key}", **WHOLE, **more})


def test_610_a_deliverable_is_handed_over_in_time() -> None:
    late, there = result(due=ago(2)), result(2, state=DONE, due=ago(9))
    assert told(results.found, seen(results=(late, there))) == [(610, W, "D1")]
    assert told(results.found, seen(results=(late,))) == [(610, I, "D1")]
    assert told(results.found, seen(results=(result(due=TODAY), there))) == []
    handed = result(due=ago(2), delivered=True)
    assert told(results.found, seen(results=(handed,))) == []
    three = tuple(result(n, due=ago(2)) for n in range(3))
    assert told(results.found, seen(results=three)) == [(610, I, "project")]


@pytest.mark.parametrize(
    ("before", "more", "wanted"),
    [
        (200, {"state": DONE}, []),
        (60, {"state": DONE}, [(704, W, "D1")]),
        (60, {"state": DONE, "platform": PlatformState.DRAFTED}, []),
        (60, {}, []),
        (20, {}, [(704, I, "D1")]),
        (-5, {"state": DONE}, [(704, W, "D1")]),
        (-5, {"state": DONE, "platform": PlatformState.DRAFTED}, [(708, W, "D1")]),
        (-5, {"state": DONE, "platform": PlatformState.SENT}, []),
        (200, {"state": DONE, "platform": PlatformState.SENT}, [(712, I, "D1")]),
    ],
)
def test_results_are_on_the_platform_in_time(
    before: int, more: dict[str, Any], wanted: list[tuple[int, Severity, str]]
) -> None:
    stage = Stage.CLOSING if before < 92 else Stage.RUNNING
    today = END - timedelta(days=before)
    assert told(results.found, seen(today, stage, results=(result(**more),))) == wanted


def test_704_where_no_result_is_there_that_is_said_once() -> None:
    done = tuple(result(n, state=DONE) for n in range(3))
    near = seen(END - 60 * DAY, Stage.CLOSING, results=done)
    assert told(results.found, near) == [(704, W, "project")]
    drafts = tuple(result(n) for n in range(3))
    assert told(results.found, seen(END - 60 * DAY, Stage.CLOSING, results=drafts)) == []
    late = seen(END - 20 * DAY, Stage.CLOSING, results=drafts)
    assert told(results.found, late) == [(704, I, "project")]
    some = (*done, result(9, state=DONE, platform=PlatformState.DRAFTED))
    assert len(told(results.found, seen(END - 60 * DAY, Stage.CLOSING, results=some))) == 3


@pytest.mark.parametrize("title", ["Management plan", "Final dissemination report", "Risk table"])
def test_704_what_the_project_alone_needs_is_only_a_hint(title: str) -> None:
    one = result(state=DONE, title=title, licence=False)
    subject = seen(END - 60 * DAY, Stage.CLOSING, results=(one,))
    assert told(results.found, subject) == [(704, I, f"D1 {title}")]
    course = result(state=DONE, title="Course", licence=False)
    third = seen(END - 60 * DAY, Stage.CLOSING, results=(course,))
    assert told(results.found, third) == [(704, W, "D1 Course"), (705, I, "D1 Course")]


@pytest.mark.parametrize(
    ("lacks", "number"),
    [("licence", 705), ("languages", 706), ("address", 707), ("looked_at", 711)],
)
def test_a_published_result_is_whole(lacks: str, number: int) -> None:
    published = result(state=DeliverableState.PUBLISHED, **{lacks: False})
    assert told(results.found, seen(results=(published,))) == [(number, I, "D1")]
    draft = result(state=DeliverableState.DRAFT, **{lacks: False})
    assert told(results.found, seen(results=(draft,))) == []


# -- registers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("register", "number", "severity"),
    [("payments", 611, W), ("letters", 612, W), ("lines", 614, W)],
)
def test_what_is_past_its_day_is_told(register: str, number: int, severity: Severity) -> None:
    late: dict[str, Any] = {register: (Due(1, "One", ago(1)),)}
    assert told(registers.found, seen(**late)) == [(number, severity, "One")]
    late_today: dict[str, Any] = {register: (Due(1, "One", TODAY),)}
    assert told(registers.found, seen(**late_today)) == []
    assert told(registers.found, seen(stage=Stage.CLOSED, **late)) == []


def test_letters_and_risks_have_their_own_weight() -> None:
    theirs = Due(1, "Visit", ago(1), ours=False)
    assert told(registers.found, seen(letters=(theirs,))) == [(612, I, "Visit")]
    assert told(registers.found, seen(risks=(Due(1, "R1", TODAY),))) == [(613, I, "R1")]
    assert told(registers.found, seen(any_risk=False)) == [(615, G, "project")]
    assert told(registers.found, seen(any_risk=False, stage=Stage.CLOSING)) == []
    heavy = seen(heavy=(Risk(1, "R1 A partner leaves", "high"),))
    assert told(registers.found, heavy) == [(629, I, "R1 A partner leaves")]


# -- proof -----------------------------------------------------------------------------------------


def test_618_proof_is_filed_while_it_is_easy_to_get() -> None:
    one = Unproved("meeting", 1, "TPM2", 4, ("minutes",))
    (found,) = proof.found(seen(unproved=(one,)))
    assert (found.number, found.severity) == (618, I)
    assert found.text == "1 of 4 proofs missing."
    assert str(found.why).startswith("Still missing: minutes.")
    assert told(proof.found, seen(stage=Stage.CLOSING, unproved=(one,))) == [(618, W, "TPM2")]
    many = tuple(Unproved("meeting", n, f"TPM{n}", 4, ("minutes",)) for n in range(3))
    assert told(proof.found, seen(unproved=many, filed=False)) == [(618, I, "project")]
    assert len(told(proof.found, seen(unproved=many))) == 3


def test_806_files_are_as_they_were_filed() -> None:
    few = (BrokenFile(1, "List", gone=False), BrokenFile(2, "Photos", gone=True))
    for stage in (Stage.RUNNING, Stage.CLOSED):
        assert told(proof.found, seen(stage=stage, broken=few)) == [
            (806, W, "List"),
            (806, W, "Photos"),
        ]
    many = tuple(BrokenFile(n, f"F{n}", gone=n > 1) for n in range(6))
    (one,) = proof.found(seen(broken=many))
    assert one.text == "6 files of proof are not as they were filed: 2 changed, 4 missing."


# -- reports and changes ---------------------------------------------------------------------------

FINAL = END + 60 * DAY


def due(key: str, day: date, **more: Any) -> Deadline:
    return Deadline(**{"id": key, "title": key, "day": day, "origin": Origin.AGREEMENT, **more})


@pytest.mark.parametrize(
    ("away", "sent", "wanted"),
    [
        (31, None, []),
        (30, None, [(801, W, "project")]),
        (0, None, [(801, W, "project")]),
        (-30, None, [(801, W, "project")]),
        (-31, None, []),
        (-5, 10, []),
        (-5, 90, [(801, W, "project")]),
    ],
)
def test_801_a_report_on_the_way_is_due(
    away: int, sent: int | None, wanted: list[tuple[int, Severity, str]]
) -> None:
    day = TODAY + timedelta(days=away)
    reports = Reports(
        final=FINAL,
        dates=(due("interim_report", day), due("interim_report_own", TODAY)),
        sent=() if sent is None else (ago(sent),),
    )
    assert told(reporting.found, seen(reports=reports)) == wanted
    assert told(reporting.found, seen(stage=Stage.PREPARING, reports=reports)) == []


def test_801_a_progress_report_that_nobody_entered_is_a_hint() -> None:
    guess = due("progress_report", TODAY + 9 * DAY, origin=Origin.DERIVED, confirmed=False)
    (one,) = reporting.found(seen(reports=Reports(final=FINAL, dates=(guess,))))
    assert (one.number, one.severity) == (801, I)
    assert "a date on your data sheet wins" in str(one.why)
    past = due("progress_report", ago(9), origin=Origin.DERIVED, confirmed=False)
    assert told(reporting.found, seen(reports=Reports(final=FINAL, dates=(past,)))) == []


def test_808_the_final_report_is_told_until_it_is_in() -> None:
    reports = Reports(final=FINAL, dates=(due("final_report", FINAL),))
    for today, wanted in (
        (FINAL - 31 * DAY, []),
        (FINAL - 30 * DAY, [(808, W, "project")]),
        (FINAL + 200 * DAY, [(808, W, "project")]),
    ):
        assert told(reporting.found, seen(today, Stage.CLOSING, reports=reports)) == wanted
    sent = Reports(final=FINAL, dates=reports.dates, sent=(FINAL - 2 * DAY,))
    assert told(reporting.found, seen(FINAL + DAY, Stage.CLOSING, reports=sent)) == []


def test_802_the_data_sheet_is_entered() -> None:
    assert told(reporting.found, seen(reports=Reports())) == [(802, I, "project")]
    (one,) = reporting.found(seen(reports=Reports(progress=date(2026, 7, 1))))
    assert one.text.startswith("The final report's date")
    before = seen(START - DAY, Stage.PREPARING, reports=Reports())
    assert told(reporting.found, before) == []
    undated = Running(TODAY, Stage.RUNNING, reports=Reports())
    assert told(reporting.found, undated) == []


@pytest.mark.parametrize(
    ("days", "wanted"), [(60, []), (90, []), (91, []), (92, [803]), (28, [803]), (30, [])]
)
def test_803_the_final_report_is_due_about_two_months_after_the_end(
    days: int, wanted: list[int]
) -> None:
    reports = Reports(final=END + timedelta(days=days))
    assert [one for one, _, _ in told(reporting.found, seen(reports=reports))] == wanted


def test_804_changes_are_asked_for_before_it_is_too_late() -> None:
    last = due("amendment", END - 30 * DAY, origin=Origin.DERIVED, formula="end - 30 days")
    reports = Reports(final=FINAL, dates=(last,))
    open_ = Departure("milestone", 1, "MS1", "date M3 → M9", Standing.OPEN)
    near = last.day - 45 * DAY
    assert told(reporting.found, seen(near - DAY, reports=reports)) == []
    assert told(reporting.found, seen(near, reports=reports)) == [(804, I, "project")]
    assert told(reporting.found, seen(near, reports=reports, departures=(open_,))) == [
        (619, W, "MS1"),
        (804, W, "project"),
    ]
    assert told(reporting.found, seen(last.day + DAY, reports=reports)) == []


@pytest.mark.parametrize(
    "reports",
    [
        Reports(progress=date(2026, 9, 1), interim=date(2026, 8, 1), final=FINAL),
        Reports(progress=START - DAY, final=FINAL),
        Reports(final=END),
    ],
)
def test_805_report_dates_follow_each_other(reports: Reports) -> None:
    assert told(reporting.found, seen(reports=reports)) == [(805, W, "project")]
    assert told(reporting.found, seen(stage=Stage.CLOSED, reports=reports)) == []


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (Standing.OPEN, [(619, W, "WP2")]),
        (Standing.AGAIN, [(619, W, "WP2")]),
        (Standing.TO_ASK, [(619, W, "WP2")]),
        (Standing.WAITING, [(621, I, "WP2")]),
        (Standing.REFUSED, [(622, W, "WP2")]),
        (Standing.EXPLAINED, []),
        (Standing.ACCEPTED, []),
        (Standing.SETTLED, []),
    ],
)
def test_changes_are_told_to_the_agency(
    standing: Standing, wanted: list[tuple[int, Severity, str]]
) -> None:
    row = Departure("work_unit", 1, "WP2", "end M12 → M14", standing, ago(20))
    subject = seen(departures=(row,), reports=Reports(final=FINAL))
    assert told(reporting.found, subject) == wanted
    closed = seen(stage=Stage.CLOSED, departures=(row,), reports=Reports(final=FINAL))
    assert told(reporting.found, closed) == []


def test_630_what_was_promised_is_kept() -> None:
    subject = seen(kept=False, reports=Reports(final=FINAL))
    assert told(reporting.found, subject) == [(630, G, "project")]
    closing = seen(stage=Stage.CLOSING, kept=False, reports=Reports(final=FINAL))
    assert told(reporting.found, closing) == []


def test_807_papers_are_kept_at_least_so_long() -> None:
    until = date(2032, 12, 1)
    paper = due("keep_papers", until, origin=Origin.DERIVED, formula="final payment + 5 years")
    closed = seen(date(2028, 12, 1), Stage.CLOSED, reports=Reports(dates=(paper,)))
    (one,) = reporting.found(closed)
    assert (one.number, one.severity) == (807, I)
    assert one.text == "Keep all papers at least until 1 Dec 2032."
    over = seen(until + DAY, Stage.CLOSED, reports=Reports(dates=(paper,)))
    assert told(reporting.found, over) == []
    assert told(reporting.found, seen(reports=Reports(final=FINAL, dates=(paper,)))) == []


# -- when they speak up ----------------------------------------------------------------------------

EARLY = {501, 502, 503, 504, 609}
"""Those that matter while the application is written, too."""

LATE = {806, 807}
"""Those that matter once all is over."""

BEFORE_THE_START = (
    EARLY
    | {601, 602, 604, 607, 610, 611, 612, 613, 614, 615, 619, 621, 622}
    | {*(623, 629, 630, 631, 803, 805, 806)}
)


@pytest.mark.parametrize("number", [n for n in catalogue.everything() if n >= 600 or n in EARLY])
def test_each_speaks_up_only_where_it_matters(number: int) -> None:
    stages = catalogue.everything()[number].stages
    assert (Stage.APPLYING in stages) is (number in EARLY)
    assert (Stage.CLOSED in stages) is (number in LATE)
    assert (Stage.PREPARING in stages) is (number in BEFORE_THE_START)
    assert Stage.RUNNING in stages or number in {632, 704, 708, 807}
