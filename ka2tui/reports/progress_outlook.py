"""The end of the progress report: own estimates, and the next three months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days, timeline
from ka2tui.domain.kinds import MeetingState
from ka2tui.domain.periods import say
from ka2tui.reports.document import Block, Cell, Curve, Heading, Paragraph, Points, Trend
from ka2tui.reports.progress_words import (
    lead_of,
    make_table,
    say_cut,
    say_due,
    say_month_of,
    say_place,
    say_when,
    task_cells,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.queries.checklists import AssessmentRow
    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.progress import Estimate, Progress
    from ka2tui.reports.behind import Cites
    from ka2tui.reports.wording import Wording


def estimates(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Show what the partners gave themselves in the checklists, and how it changed."""
    yield Heading(words("estimates.title"))
    if not seen.estimates:
        yield Paragraph(words("estimates.none_yet" if seen.filling else "estimates.none"), "quiet")
    else:
        yield Paragraph(words("estimates.about"))
        yield make_table(
            words,
            words("estimates.table"),
            (
                *(("checklist", "text"), ("now", "number"), ("day", "date"), ("assessor", "text")),
                *(("before", "number"), ("change", "number"), ("unanswered", "number")),
                ("weakest", "text"),
            ),
            (_estimate(one, cites) for one in seen.estimates),
        )
    if seen.filling:
        yield Points(
            tuple(
                words(
                    "estimates.filling",
                    checklist=one.title,
                    day=days.say_long(one.day),
                    answered=one.score.answered,
                    items=one.score.items,
                )
                for one in seen.filling
            )
        )
    curves = tuple(Curve(one.title, one.points) for one in seen.estimates if len(one.points) > 1)
    if curves:
        yield Trend(words("estimates.trend"), curves, words("estimates.trend_legend"))


def _estimate(one: Estimate, cites: Cites) -> tuple[Cell, ...]:
    now = one.last.score.total
    then = one.before.score.total if one.before else None
    change = "" if now is None or then is None else f"{now - then:+d}".replace("-", "−")
    known = [part for part in one.last.score.criteria if part.per_cent is not None]
    weakest = min(known, key=lambda part: part.per_cent or 0, default=None)
    return (
        one.title,
        "nothing answered" if now is None else _cited(one.last, f"{now} of 100", cites),
        days.say_brief(one.last.day),
        one.last.assessor,
        ""
        if then is None or one.before is None
        else _cited(one.before, f"{then} ({days.say_brief(one.before.day)})", cites),
        "unchanged" if change in {"+0", "−0"} else change,
        str(one.last.score.unanswered),
        f"{weakest.title} ({weakest.per_cent})" if weakest else "",
    )


def _cited(row: AssessmentRow, said: str, cites: Cites) -> Cell:
    return cites.cell(said, f"checklist.{row.checklist}.{row.id}")


def ahead(seen: Progress, words: Wording, _cites: Cites) -> Iterator[Block]:
    """List what is due in the next three months."""
    to_come = seen.ahead
    yield Heading(words("ahead.title"))
    yield Paragraph(
        words("ahead.period", period=say(to_come.period, seen.project.start, seen.project.end))
    )
    if to_come.reports:
        yield make_table(
            words,
            words("ahead.reports"),
            (("report", "text"), ("due", "date")),
            ((word, days.say_brief(day)) for word, day in to_come.reports),
        )
    rows: list[DeliverableRow | MilestoneRow] = [*to_come.deliverables, *to_come.milestones]
    if rows:
        marks = {id(row): "deliverable" for row in to_come.deliverables}
        yield make_table(
            words,
            words("ahead.deliverables"),
            (
                *(("what", "code"), ("code", "code"), ("title", "text"), ("part", "code")),
                *(("lead", "code"), ("due", "date"), ("month", "number")),
            ),
            (
                (
                    *(marks.get(id(row), "milestone"), row.code, row.title, row.work_unit or ""),
                    *(lead_of(row) or "", say_due(row), say_month_of(row, seen)),
                )
                for row in sorted(rows, key=lambda row: (row.due or seen.today, row.code))
            ),
        )
    else:
        yield Paragraph(words("ahead.no_results"), "quiet")
    if to_come.meetings:
        yield make_table(
            words,
            words("ahead.meetings"),
            (("meeting", "text"), ("when", "date"), ("where", "text"), ("month", "number")),
            (
                (
                    row.title
                    if row.state is MeetingState.PLANNED
                    else words("ahead.held", meeting=row.title),
                    *(say_when(row), say_place(row)),
                    timeline.say_month(month) if (month := seen.month_of(row.day)) else "",
                )
                for row in to_come.meetings
            ),
        )
    else:
        yield Paragraph(words("ahead.no_meetings"), "quiet")
    if not to_come.tasks:
        yield Paragraph(words("ahead.no_tasks"), "quiet")
        return
    most = words.number("rows.ahead")
    yield make_table(
        words,
        words("ahead.tasks", len(to_come.tasks)),
        (
            *(("code", "code"), ("task", "text"), ("who", "text"), ("part", "code")),
            *(("state", "code"), ("due", "date")),
        ),
        ((*task_cells(row), row.state.word, say_due(row)) for row in to_come.tasks[:most]),
        note=say_cut(words, "ahead.cut", most, len(to_come.tasks)),
    )
