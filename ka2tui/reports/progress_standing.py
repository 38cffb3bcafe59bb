"""Where a project stands in the progress report: time, phases, timeline, work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days, progress, timeline
from ka2tui.domain.kinds import ProjectShape, WorkUnitState
from ka2tui.domain.progress import Standing
from ka2tui.reports.document import (
    Bar,
    Bars,
    Block,
    Cell,
    Heading,
    Lane,
    Paragraph,
    Point,
    Tick,
    Timeline,
    Toned,
)
from ka2tui.reports.progress_words import called, make_table, say_project_month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_work import UnitProgress
    from ka2tui.reports.behind import Cites
    from ka2tui.reports.wording import Wording


def standing(seen: Progress, words: Wording, _cites: Cites) -> Iterator[Block]:
    """Tell where the project is: in its time, its phases and its plan."""
    yield Heading(words("standing.title"))
    yield Paragraph(_say_time(seen, words))
    yield _timeline(seen, words) or Paragraph(words("standing.no_timeline"), "quiet")
    for phase in seen.phases:
        if phase.went_on and phase.actual_end is not None:
            # what was open then, and why they went on all the same, stays in the house
            day = days.say_long(phase.actual_end)
            yield Paragraph(words("standing.went_on", phase=phase.kind.word, day=day))
    if seen.phases:
        yield make_table(
            words,
            words("standing.phases"),
            (("phase", "text"), ("state", "text"), ("from", "date"), ("to", "date")),
            (
                (
                    phase.kind.word,
                    Toned(phase.state.word, "strong" if phase.state.value == "under_way" else ""),
                    days.say_brief(phase.first) if phase.first else "",
                    days.say_brief(phase.last) if phase.last else "",
                )
                for phase in seen.phases
            ),
        )
    else:
        yield Paragraph(words("standing.no_phases"), "quiet")


def _say_time(seen: Progress, words: Wording) -> str:
    start, end, today = seen.project.start, seen.project.end, seen.today
    if start is None or end is None or not start <= today <= end or seen.project.month is None:
        return say_project_month(seen, words)
    return words(
        "standing.time",
        month=timeline.say_month(seen.project.month),
        until=days.say_long(timeline.month_end(start, seen.project.month)),
        passed=(today - start).days,
        days=(end - start).days + 1,
        elapsed=seen.elapsed,
        end=days.say_long(end),
    )


def _timeline(seen: Progress, words: Wording) -> Timeline | None:
    """Draw the plan over the months of the project; None where its days are not known."""
    start, end = seen.project.start, seen.project.end
    if start is None or end is None:
        return None
    units = list(seen.units)
    if len(units) > words.number("rows.timeline"):
        units = [unit for unit in units if unit.depth == 0]
    lane_of = {unit.row.code: unit.row.parent or unit.row.code for unit in seen.units}
    lane_of |= {unit.row.code: unit.row.code for unit in units}
    points: dict[str | None, list[Point]] = {}
    for one in seen.deliverables:
        if one.row.due is not None:
            shown = lane_of.get(one.row.work_unit or "")
            points.setdefault(shown, []).append(
                Point(one.row.due, called(one.row), one.row.state.done, one.row.late)
            )
    lanes = [
        Lane(
            f"{unit.row.code} {unit.row.title}".strip(),
            unit.first,
            unit.last,
            unit.done,
            tuple(points.pop(unit.row.code, ())),
            unit.depth,
        )
        for unit in units
        if unit.first is not None or unit.row.code in points
    ]
    left = tuple(point for some in points.values() for point in some)
    if left:
        lanes.append(Lane("Deliverables", points=left))
    reached = tuple(
        Point(one.row.due, called(one.row), one.row.reached_on is not None, one.row.late)
        for one in seen.milestones
        if one.row.due is not None
    )
    if reached:
        lanes.append(Lane("Milestones", points=reached))
    if not lanes:
        return None
    shown_days = [
        day
        for lane in lanes
        for day in (lane.first, lane.last, *(point.day for point in lane.points))
        if day is not None
    ]
    first, last = min(start, *shown_days), max(end, *shown_days)
    months = timeline.month_of(start, last)
    step = 1 if months <= 12 else 3 if months <= 36 else 6
    ticks = tuple(
        Tick(timeline.month_start(start, month), timeline.say_month(month))
        for month in range(1, months + 1)
        if month == 1 or month % step == 0
    )
    return Timeline(
        words("standing.timeline"),
        first,
        last,
        seen.today,
        ticks,
        tuple(lanes),
        words("standing.timeline_legend"),
    )


def work(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Compare the work done with the time passed, by work package or activity."""
    shape = seen.project.shape
    title = {
        ProjectShape.WORK_PACKAGES: "work.title",
        ProjectShape.ACTIVITIES: "work.title_activities",
        ProjectShape.HEADINGS: "work.title_headings",
    }[shape]
    yield Heading(words(title))
    if not seen.units:
        yield Paragraph(words("work.empty"), "quiet")
        return
    yield Bars(
        words("work.bars"),
        tuple(
            Bar(
                f"{unit.row.code} {unit.row.title}".strip(),
                unit.done,
                unit.elapsed,
                _say_standing(unit),
            )
            for unit in seen.units
            if unit.depth == 0
        ),
        words("work.bars_legend"),
    )
    yield make_table(
        words,
        words("work.table"),
        (
            *(("code", "code"), ("title", "text"), ("lead", "code"), ("months", "code")),
            *(("done", "number"), ("passed", "number"), ("standing", "text")),
        ),
        (_unit(unit, cites) for unit in seen.units),
        levels=[unit.depth for unit in seen.units],
    )
    yield Paragraph(words("work.how", margin=progress.MARGIN), "quiet")


def _unit(unit: UnitProgress, cites: Cites) -> tuple[Cell, ...]:
    row = unit.row
    months = ""
    if row.start_month is not None:
        months = timeline.say_month(row.start_month, row.end_month)
    elif unit.first is not None:
        months = days.say_span(unit.first, unit.last or unit.first)
    names = [f"plan.{row.code}.done", f"plan.{row.code}.counted"]
    done: Cell = "" if unit.done is None else cites.cell(f"{unit.done} %", *names)
    passed = "" if unit.elapsed is None else f"{unit.elapsed} %"
    word = _say_standing(unit)
    said: Cell = Toned(word, "late") if word == Standing.BEHIND.word else word
    return (row.code, row.title, row.lead or "", months, done, passed, said)


def _say_standing(unit: UnitProgress) -> str:
    """Say in words how work and time compare."""
    if unit.row.state is WorkUnitState.CANCELLED:
        return "cancelled"
    if unit.done == progress.ALL:
        return "done"
    if unit.elapsed is None:
        return "no dates"
    if unit.done is None:
        return "nothing to count yet"
    if unit.elapsed == 0 and unit.done == 0:
        return "not begun"
    return unit.standing.word if unit.standing is not None else ""
