"""The progress report says what is in the database, in words, and why where nothing is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from ka2tui.domain.kinds import (
    AssessmentState,
    DisseminationState,
    MeetingKind,
    MeetingState,
    PartnerRole,
    PaymentKind,
    TaskState,
)
from ka2tui.domain.periods import Period, Span
from ka2tui.operations import projects
from ka2tui.queries import progress as read
from ka2tui.reports import progress as report
from ka2tui.reports.document import (
    Bars,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Points,
    Table,
    Timeline,
    Trend,
    plain,
)
from ka2tui.reports.formats import html, markdown
from ka2tui.store.operation import operation
from ka2tui.store.records import (
    Assessment,
    Deliverable,
    Dissemination,
    Meeting,
    Participant,
    Partner,
    Payment,
    Project,
    Task,
    WorkUnit,
)
from tests.reports import believable
from tests.reports.conftest import Reader

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio

PARTS = [
    "In short",
    "The project",
    "Where the project stands",
    "Work packages and activities",
    "Tasks",
    "Deliverables and milestones",
    "Meetings and decisions",
    "Participants and events",
    "Indicators",
    "Sharing the project",
    "Proof of the work",
    "Changes to the application",
    "Risks",
    "Issues, decisions and changes",
    "Letters to and from the agency",
    "Money",
    "Own estimates",
    "The next three months",
]


def under(document: Document, title: str) -> list[object]:
    """Give what stands in one part."""
    found: list[object] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text == title
        elif inside:
            found.append(block)
    return found


def summary(document: Document) -> dict[str, str]:
    """Give the lines of the summary by their names."""
    (lines,) = under(document, "In short")
    assert isinstance(lines, Facts)
    return dict(lines.rows)


def table(document: Document, caption: str) -> list[list[str]]:
    """Give the rows of a table."""
    blocks = [block for block in document.blocks if isinstance(block, Table)]
    (found,) = [block for block in blocks if block.caption == caption]
    return [[plain(cell) for cell in row.cells] for row in found.rows]


def test_the_report_has_its_parts_and_says_whose_it_is(seen: Reader) -> None:
    document = report.build(seen())
    assert [heading.text for heading in document.headings] == PARTS
    first = document.blocks[0]
    assert isinstance(first, Note)
    assert "consortium's own" in first.text
    assert "not the form of the agency" in first.text
    assert document.title == "SOLARIS: progress report"
    assert document.subtitle == "1 September to 22 November 2026 (M12-M14)"


def test_the_summary_can_be_sent(seen: Reader) -> None:
    assert summary(report.build(seen())) == {
        "Where we stand": "SOLARIS is in month 14 of 24; 57 % of its time has passed. "
        "WP2, WP3 and WP4 are behind.",
        "Done": "4 tasks finished, one deliverable accepted (D2.2) and one milestone reached "
        "(MS2).",
        "Late": "D2.3 Teacher handbook, draft (ULODZ, 22 days late) and 3 tasks (the longest by "
        "33 days).",
        "Held and decided": "2 meetings took place; 2 decisions were taken.",
        "To watch": "Nothing else stands out.",
        "Next": "D3.1 Platform, first release (30 Nov 2026), TPM3 Łódź (3-4 Dec 2026) and "
        "MS3 Platform open for pilots (31 Dec 2026).",
    }


def test_tables_hold_the_numbers_that_were_read(seen: Reader) -> None:
    progress = seen()
    document = report.build(progress)
    by_unit = table(document, "Tasks by work package")
    assert by_unit[-1] == ["All tasks", "10", "3", "4", "5"]
    for at in range(1, 5):
        assert sum(int(row[at]) for row in by_unit[:-1]) == int(by_unit[-1][at])
    assert table(document, "The 3 tasks that are late")[0] == [
        *("T2.2", "Chapters 5 to 8, first version", "ULODZ", "A2.2", "waiting", "20 Oct 2026"),
        "33 days late",
    ]
    assert len(table(document, "The 4 tasks finished in the period")) == progress.tasks.finished
    deliverables = {row[0]: row for row in table(document, "Deliverables against plan")}
    assert deliverables["D2.2"][4:] == [
        *("31 Aug 2026", "M11", "approved", "11 Sep 2026", "11 days late")
    ]
    assert deliverables["D3.2"][-1] == "to come"
    meeting = table(document, "Meetings of the period")[0]
    assert meeting[2:5] == ["Rectorate, Bologna, Italy", "12", "UAM, UNIBO, ULODZ, KMOP"]


def test_figures_show_the_plan_with_today(seen: Reader) -> None:
    document = report.build(seen())
    figures = [b for b in document.blocks if isinstance(b, Bars | Timeline | Trend)]
    timeline, bars, trend = figures
    assert isinstance(timeline, Timeline)
    assert timeline.today == believable.TODAY
    lanes = {lane.label: lane for lane in timeline.lanes}
    assert [point.label for point in lanes["A2.1 Needs survey"].points] == ["D2.1 Survey report"]
    assert len(lanes["Milestones"].points) == 3
    assert isinstance(bars, Bars)
    assert (bars.bars[1].share, bars.bars[1].mark) == (60, 97)
    assert isinstance(trend, Trend)
    assert len(trend.curves[0].points) == 3


def test_many_parts_of_the_plan_are_drawn_with_what_they_contain(seen: Reader) -> None:
    progress = seen()
    units = tuple(replace(unit, row=unit.row) for unit in progress.units for _ in range(5))
    document = report.build(replace(progress, units=units))
    (timeline,) = [block for block in document.blocks if isinstance(block, Timeline)]
    assert all(lane.level == 0 for lane in timeline.lanes)
    shown = [point.label for lane in timeline.lanes for point in lane.points]
    assert "D2.1 Survey report" in shown


def test_no_codes_of_ours_are_in_it(seen: Reader) -> None:
    document = report.build(seen())
    texts = "\n".join(
        plain(cell)
        for b in document.blocks
        if isinstance(b, Table)
        for r in b.rows
        for cell in r.cells
    )
    for code in ("under_way", "in_person", "doing", "work_package", "2026-", "None", "\nreview\n"):
        assert code not in texts


def test_a_long_list_is_cut_and_says_so(portfolio: Portfolio) -> None:
    project = portfolio.do(believable.enter, 1000).value
    period = Period(believable.START, believable.TODAY)
    progress = portfolio.ask(read.progress_of, project, period, today=believable.TODAY)
    document = report.build(progress)
    late = [
        block
        for block in document.blocks
        if isinstance(block, Table) and block.caption.endswith("that are late")
    ]
    assert len(late[0].rows) == 40
    assert late[0].caption == f"The {progress.tasks.late} tasks that are late"
    assert late[0].note.startswith(f"The first 40 of {progress.tasks.late} are shown")


@pytest.fixture
def bare(portfolio: Portfolio) -> int:
    """A project of which only the name is known."""

    @operation("Add")
    def add(session: Session) -> int:
        session.add(project := Project(acronym="BARE"))
        session.flush()
        return project.id

    return portfolio.do(add).value


def test_every_empty_part_says_why(portfolio: Portfolio, bare: int) -> None:
    period = Period(date(2026, 9, 1), date(2026, 11, 22))
    document = report.build(portfolio.ask(read.progress_of, bare, period, today=believable.TODAY))
    assert [heading.text for heading in document.headings] == PARTS
    said = {
        title: " ".join(b.text for b in under(document, title) if isinstance(b, Paragraph))
        for title in PARTS
    }
    lines = summary(document)
    assert "first day of BARE has not been entered" in lines["Where we stand"]
    assert lines["Done"] == "Nothing was finished."
    assert lines["Late"] == "Nothing is late."
    assert lines["Held and decided"] == "No meeting is marked as held."
    assert all(lines.values())
    assert "No partners" in said["The project"]
    assert "needs the project's first and last day" in said["Where the project stands"]
    assert "nothing to hold against time" in said["Work packages and activities"]
    assert "No tasks" in said["Tasks"]
    assert "No deliverables" in said["Deliverables and milestones"]
    assert "No milestones" in said["Deliverables and milestones"]
    assert (
        "From 1 September to 22 November 2026, no meeting is marked as held. None is planned yet."
        in said["Meetings and decisions"]
    )
    for title, why in {
        "Participants and events": "Nobody is on the list",
        "Indicators": "No indicator has been entered.",
        "Sharing the project": "Nothing has been noted",
        "Proof of the work": "Nothing of which proof is asked is over yet.",
        "Changes to the application": "has not been kept",
        "Risks": "No risk is being watched.",
        "Issues, decisions and changes": "No issue is open",
        "Letters to and from the agency": "none waits for an answer",
        "Money": "No money has been entered",
    }.items():
        assert why in said[title]
    assert "No checklist" in said["Own estimates"]
    assert "No task is due" in said["The next three months"]


def test_a_period_without_meetings_names_the_last_and_the_next(portfolio: Portfolio) -> None:
    project = portfolio.do(believable.enter).value
    period = Period(date(2026, 11, 1), date(2026, 11, 22))
    document = report.build(
        portfolio.ask(read.progress_of, project, period, today=believable.TODAY)
    )
    (said,) = [
        block.text
        for block in under(document, "Meetings and decisions")
        if isinstance(block, Paragraph) and "no meeting" in block.text
    ]
    assert said == (
        "From 1 to 22 November 2026, no meeting is marked as held. The last one was Online "
        "meeting of October, 22 Oct 2026. The next one is TPM3 Łódź, 3-4 Dec 2026."
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 9, 1), "SOLARIS begins on 1 October 2025, in 30 days."),
        (date(2028, 1, 1), "SOLARIS ended on 30 September 2027."),
    ],
)
def test_before_and_after_the_project_the_summary_says_so(
    portfolio: Portfolio, today: date, said: str
) -> None:
    project = portfolio.do(believable.enter).value
    document = report.build(
        portfolio.ask(read.progress_of, project, Period(today, today), today=today)
    )
    assert summary(document)["Where we stand"].startswith(said)


def test_a_period_since_the_start_counts_results_where_there_are_many(seen: Reader) -> None:
    lines = summary(report.build(seen(span=Span.SINCE_START)))
    assert "4 deliverables accepted (D1.1, D5.1, D2.1 and D2.2)" in lines["Done"]


@pytest.fixture
def changed(portfolio: Portfolio) -> Callable[[Callable[[Session, int], None]], Document]:
    """Change the believable project and build its report."""

    def build(change: Callable[[Session, int], None]) -> Document:
        project = portfolio.do(believable.enter).value

        @operation("Change")
        def apply(session: Session) -> None:
            change(session, project)

        portfolio.do(apply)
        period = Period(date(2026, 9, 1), believable.TODAY)
        return report.build(
            portfolio.ask(read.progress_of, project, period, today=believable.TODAY)
        )

    return build


Changed = Callable[[Callable[["Session", int], None]], Document]


def test_a_planned_meeting_whose_day_passed_did_not_take_place(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        meeting = session.scalars(select(Meeting).where(Meeting.title == "TPM2 Bologna")).one()
        meeting.state = MeetingState.PLANNED
        meeting.minutes_sent_on = None

    document = changed(change)
    assert summary(document)["Held and decided"] == (
        "One meeting took place; one decision was taken. "
        "One was planned and is not confirmed as held."
    )
    name = "TPM2 Bologna (planned, not confirmed as held)"
    row = table(document, "Meetings of the period")[0]
    assert (row[0], row[-1]) == (name, "")
    assert table(document, "Decisions")[0][0] == name


def test_a_meeting_held_on_a_day_to_come_stands_among_those_to_come(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        meeting = session.scalars(select(Meeting).where(Meeting.title == "TPM3 Łódź")).one()
        meeting.state = MeetingState.HELD

    document = changed(change)
    assert [row[0] for row in table(document, "Meetings")] == [
        "TPM3 Łódź (marked as held, its day is still to come)"
    ]
    assert len(table(document, "Meetings of the period")) == 2
    lines = summary(document)
    assert lines["Held and decided"].startswith("2 meetings took place")
    assert "TPM3" not in lines["Next"]


def test_a_checklist_being_filled_in_is_no_result(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        filled = session.scalars(
            select(Assessment).where(Assessment.day == date(2026, 11, 2))
        ).one()
        filled.state = AssessmentState.OPEN

    document = changed(change)
    (row,) = table(document, "Newest own estimate of each checklist, with the one before")
    assert row[1] == "50 of 100"
    assert "+17" in row
    (points,) = [b for b in under(document, "Own estimates") if isinstance(b, Points)]
    (said,) = points.items
    assert said == (
        "Implementation: begun on 2 November 2026 and being filled in (2 of 3 answered); "
        "not among the results yet."
    )
    (trend,) = [b for b in document.blocks if isinstance(b, Trend)]
    assert [value for _, value in trend.curves[0].points] == [33, 50]


def test_only_a_begun_checklist_leaves_no_results(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        for filled in session.scalars(select(Assessment)):
            filled.state = AssessmentState.OPEN

    blocks = under(changed(change), "Own estimates")
    assert not [block for block in blocks if isinstance(block, Table | Trend)]
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text == "No checklist has been answered to its end yet."


def test_what_was_done_again_and_again_is_one_row(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        for day in (3, 10, 17):
            session.add(
                Task(
                    project_id=project,
                    title="Look at the risks",
                    state=TaskState.DONE,
                    finished_on=date(2026, 11, day),
                )
            )

    document = changed(change)
    rows = table(document, "The 7 tasks finished in the period")
    assert len(rows) == 5
    assert rows[-1][1:] == ["Look at the risks (3 times)", "", "", "3-17 Nov 2026"]
    assert table(document, "Tasks by work package")[-2][0] == "Not part of a work package"


def test_what_the_checks_find_stays_in_the_house(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        partner = session.scalars(select(Partner).where(Partner.acronym == "KMOP")).one()
        session.add(
            Payment(
                project_id=project,
                partner_id=partner.id,
                kind=PaymentKind.TO_PARTNER,
                title="Second instalment",
                amount_cents=100_000,
                due=date(2026, 10, 1),
            )
        )
        session.add(
            Dissemination(
                project_id=project,
                title="Post",
                partner_id=partner.id,
                state=DisseminationState.DONE,
                day=date(2026, 10, 1),
                emblem=False,
            )
        )

    document = changed(change)
    assert summary(document)["To watch"] == "Nothing else stands out."
    (row,) = table(document, "Payments of the period, and those due in the next three months")
    assert row == ["Second instalment", "KMOP", "€ 1 000", "1 Oct 2026", "due"]
    text = markdown.render(document)
    for said in ("emblem", "to be explained", "not decided yet", "was still open", "bank proof"):
        assert said not in text


def test_a_plan_over_the_grant_is_to_be_watched(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        unit = session.scalars(select(WorkUnit).where(WorkUnit.code == "WP3")).one()
        unit.amount_cents = 25_100_000

    assert summary(changed(change))["To watch"] == (
        "The amounts of the work plan come to € 1 000 more than the grant."
    )


def test_what_has_begun_and_cannot_be_counted_is_not_called_in_time(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        for row in session.scalars(select(Task)).all():
            session.delete(row)
        for found in session.scalars(select(Deliverable)).all():
            session.delete(found)
        for unit in session.scalars(select(WorkUnit)):
            unit.percent = None

    said = summary(changed(change))["Where we stand"]
    assert "Nothing is behind" not in said
    assert said.endswith("Of WP1, WP2, WP3 and 2 more there is nothing to count yet.")


def test_a_project_with_a_task_only_tells_it_as_what_comes_next(
    portfolio: Portfolio, bare: int
) -> None:
    @operation("Add")
    def add(session: Session) -> None:
        session.add(Task(project_id=bare, title="Send flyer", due=date(2026, 11, 23)))

    portfolio.do(add)
    period = Period(date(2026, 9, 1), believable.TODAY)
    document = report.build(portfolio.ask(read.progress_of, bare, period, today=believable.TODAY))
    assert summary(document)["Next"] == "Send flyer (23 Nov 2026)."


def test_days_that_came_with_the_project_are_told_as_no_facts(portfolio: Portfolio) -> None:
    project = portfolio.do(
        projects.add, "ONE", start=date(2026, 11, 1), months=1, today=believable.TODAY
    ).value
    period = Period(date(2026, 9, 1), believable.TODAY)
    document = report.build(
        portfolio.ask(read.progress_of, project, period, today=believable.TODAY)
    )
    rows = {row[0]: row[1:] for row in table(document, "Phases")}
    assert rows["Partnership"] == ["done", "", ""]
    assert rows["Funding"][1:] == ["", ""]
    assert rows["Implementation"][1:] == ["1 Nov 2026", "30 Nov 2026"]


def test_after_the_end_there_are_no_project_months(portfolio: Portfolio) -> None:
    project = portfolio.do(believable.enter).value
    last = date(2027, 8, 22)
    document = report.build(
        portfolio.ask(read.progress_of, project, Period(last, last), today=last)
    )
    text = markdown.render(document)
    assert "What is due from 22 August to 22 November 2027 (M23-M24)." in text
    after = date(2028, 2, 29)
    document = report.build(
        portfolio.ask(read.progress_of, project, Period(after, after), today=after)
    )
    assert document.subtitle == "29 February 2028"


def test_a_report_that_looks_back_says_what_came_since(portfolio: Portfolio) -> None:
    project = portfolio.do(believable.enter).value
    first = believable.START
    document = report.build(
        portfolio.ask(read.progress_of, project, Period(first, first), today=first)
    )
    assert document.about.startswith("Held against 1 October 2025.")
    note = document.blocks[1]
    assert isinstance(note, Note)
    assert "things that came later are in this report" in note.text


def test_a_place_that_names_its_town_is_told_once(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        meeting = session.scalars(select(Meeting).where(Meeting.title == "TPM2 Bologna")).one()
        meeting.place = "University of Bologna, Italy,"

    row = table(changed(change), "Meetings of the period")[0]
    assert row[2] == "University of Bologna, Italy"


def test_people_on_the_list_of_an_event_tell_whose_partners_came(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        kmop = session.scalars(select(Partner).where(Partner.acronym == "KMOP")).one()
        event = Meeting(
            project_id=project,
            title="Local training",
            kind=MeetingKind.LEARNING,
            state=MeetingState.HELD,
            day=date(2026, 11, 4),
            participants=9,
        )
        event.people = [
            Participant(
                project_id=project, name="Eleni X", partner_id=kmop.id, fewer_opportunities=True
            )
        ]
        session.add(event)

    document = changed(change)
    row = table(document, "Meetings of the period")[-1]
    assert row[3:5] == ["9, 1 of them by name", "KMOP"]
    text = markdown.render(document)
    assert "One person took part by name; 1 with fewer opportunities." in text
    assert "Eleni X" not in text


def test_no_title_is_cut(changed: Changed) -> None:
    long = "A title of a deliverable that goes on and on, as those of real projects do, " * 3

    def change(session: Session, project: int) -> None:
        found = session.scalars(select(Deliverable).where(Deliverable.code == "D2.3")).one()
        found.title = long.strip()
        unit = session.scalars(select(WorkUnit).where(WorkUnit.code == "WP3")).one()
        unit.title = "W" * 200

    document = changed(change)
    assert long.strip() in summary(document)["Late"]
    page = html.render(document)
    assert "…" not in page
    drawn = re.findall(r"<tspan[^>]*>([^<]*W+)</tspan>", page)
    assert drawn
    assert max(map(len, drawn)) < 26, "no line runs over the bars"


def test_what_leaves_its_time_is_marked_late_in_both_formats(seen: Reader) -> None:
    text = markdown.render(report.build(seen()))
    (lane,) = [one for one in text.splitlines() if one.startswith("| WP2 Teacher") and "!" in one]
    assert "◇" not in lane
    assert "◇ to come, ! late." in text


def test_only_funded_partners_who_were_awaited_are_missed(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        partner = session.scalars(select(Partner).where(Partner.acronym == "ODTU")).one()
        partner.role = PartnerRole.ASSOCIATED

    def remarks(document: Document) -> list[str]:
        blocks = under(document, "Meetings and decisions")
        return [item for b in blocks if isinstance(b, Points) for item in b.items]

    assert remarks(changed(change)) == []


def test_partners_who_were_awaited_and_did_not_come_are_named(seen: Reader) -> None:
    (points,) = [
        b for b in under(report.build(seen()), "Meetings and decisions") if isinstance(b, Points)
    ]
    assert points.items == ("TPM2 Bologna: nobody came from ODTU.",)


def test_the_project_is_told_in_words(changed: Changed) -> None:
    def change(session: Session, project: int) -> None:
        record = session.get_one(Project, project)
        record.agency, record.field = "ES01", "SCH"

    document = changed(change)
    (facts,) = [b for b in under(document, "The project") if isinstance(b, Facts)]
    told = dict(facts.rows)
    assert told["Action"] == "Cooperation Partnership, school education (KA220-SCH)"
    assert told["Agency"] == "National agency in Spain (ES01)"
    (partners,) = [b for b in document.blocks if isinstance(b, Table) and b.caption == "Partners"]
    assert [column.title for column in partners.columns] == [
        *("Partner", "Name", "City and country", "Role")
    ]


def test_work_done_is_one_figure(seen: Reader) -> None:
    rows = {row[0]: row for row in table(report.build(seen()), "Progress in numbers")}
    assert rows["WP2"][4] == "60 %"
