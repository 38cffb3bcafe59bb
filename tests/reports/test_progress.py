"""The progress report says what is in the database, in words, and why where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.periods import Period, Span
from ka2tui.queries import progress as read
from ka2tui.reports import progress as report
from ka2tui.reports.document import (
    Bars,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
    Timeline,
    Trend,
    plain,
)
from ka2tui.store.operation import operation
from ka2tui.store.records import Project
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
    assert document.subtitle == "1 August to 22 November 2026 (M11-M14)"


def test_the_summary_can_be_sent(seen: Reader) -> None:
    (summary,) = under(report.build(seen()), "In short")
    assert isinstance(summary, Paragraph)
    assert summary.text == (
        "SOLARIS is in month 14 of 24; 57 % of its time has passed. From 1 August to 22 November "
        "2026, 4 tasks were finished, D2.2 Handbook, outline was accepted and MS2 Outline accepted "
        "by all schools was reached. WP2, WP3 and WP4 are behind the time that has passed. Late: "
        "D2.3 Teacher handbook, draft (ULODZ, 22 days late) and 3 tasks (the longest: T2.2 "
        "Chapters 5 to 8, first version, ULODZ, 33 days late). 2 meetings took place; 2 decisions "
        "were taken. Next: D3.1 Platform, first release (KMOP, due 30 November 2026), TPM3 Łódź "
        "(3-4 Dec 2026) and MS3 Platform open for pilots (due 31 December 2026)."
    )


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
    assert "first day of BARE has not been entered" in said["In short"]
    assert "Nothing is late." in said["In short"]
    assert "No partners" in said["The project"]
    assert "needs the project's first and last day" in said["Where the project stands"]
    assert "nothing to hold against time" in said["Work packages and activities"]
    assert "No tasks" in said["Tasks"]
    assert "No deliverables" in said["Deliverables and milestones"]
    assert "No milestones" in said["Deliverables and milestones"]
    assert (
        "No meeting took place from 1 September to 22 November 2026. None is planned yet."
        in said["Meetings and decisions"]
    )
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
        if isinstance(block, Paragraph) and "No meeting" in block.text
    ]
    assert said == (
        "No meeting took place from 1 to 22 November 2026. The last one was Online meeting of "
        "October, 22 Oct 2026. The next one is TPM3 Łódź, 3-4 Dec 2026."
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
    (summary,) = under(document, "In short")
    assert isinstance(summary, Paragraph)
    assert summary.text.startswith(said)


def test_a_period_since_the_start_counts_results_where_there_are_many(seen: Reader) -> None:
    (summary,) = under(report.build(seen(span=Span.SINCE_START)), "In short")
    assert isinstance(summary, Paragraph)
    assert "4 deliverables were accepted" in summary.text
