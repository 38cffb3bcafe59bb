"""Charts: rows of work over columns of months, quarters or weeks, marked in each that they take.

A chart becomes tables with a beginning and an end. What lists say of the same work goes before it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ka2tui.domain import days, timeline
from ka2tui.domain.intake import Finding, Intake
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import fold
from ka2tui.exchange import dates, headings, measures, words
from ka2tui.exchange.headings import Column, Table
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.exchange.cells import Frame
    from ka2tui.exchange.tables import Grid

Row = tuple[int, tuple[str, ...]]

_FIRST = 15
"""Rows in which the headings of a chart are looked for."""
_FEWEST = 3
_FEWEST_NUMBERS = 6
_MOSTLY = 0.8
_YEAR = 12
_QUARTER = 3
_QUARTERS = range(1, 5)
_WEEK = 7
_LONGEST = 40
"""Letters of the heading of a month or a day."""
_NUMBER = re.compile(r"0?(\d{1,2})")
_CALENDAR_YEAR = re.compile(r"(?:20\d\d)")
_WITHOUT_YEAR = re.compile(r".+ \((\d{1,2})\+(\d{1,3})\)")
"""A month of a chart without years: the month that its columns begin with, and how many later."""
_PROJECT_WEEK = re.compile(r"project week (\d{1,3})")
_NAMES = {"title", "code", "acronym", "name"}
_TIMES = {
    "work_unit": ("start_month", "end_month"),
    "task": ("start", "due"),
    "deliverable": (None, "due"),
    "milestone": (None, "due"),
}


@frozen
class _Period:
    """What one column of a chart stands for."""

    first: str
    last: str
    """Its beginning and its end, as a date is written: M3, 2026-04, 2026-04-06."""
    order: int
    kind: str = "months"
    said: str = ""
    """What heads it."""


@frozen
class Chart:
    """Where a chart stands."""

    grid: Grid
    at: int
    number: int
    """The row of its headings."""
    axis: dict[int, _Period]
    heads: dict[int, str]
    """The headings of the other columns."""
    body: list[Row]


def take_out(grid: Grid, intake: Intake) -> tuple[Chart | None, Grid]:
    """Take the chart out of a sheet, and give what is left of it."""
    chart = next(filter(None, (_chart(grid, at) for at in range(len(grid.rows[:_FIRST])))), None)
    if chart is None:
        return None, grid
    count = "1 row" if len(chart.body) == 1 else f"{len(chart.body)} rows"
    if not any(_marked(chart, row) for row in chart.body):
        reason = f"not taken: a chart whose bars are colours alone says no dates ({count})"
        intake.dropped.append(Finding(grid.file, chart.number, None, None, reason))
        return None, replace(grid, rows=grid.rows[: chart.at])
    kind = next(iter(chart.axis.values())).kind
    reason = f"read as a chart of {kind}, from the first mark of a row to the last"
    intake.read.append(Finding(grid.file, chart.number, None, None, reason))
    first, *_, last = chart.axis.values()
    if kind == "weeks of the project":
        reason = "counted from the project's first day; weeks of the calendar need their year above"
        said = f"{first.said} - {last.said}"
        intake.doubtful.append(Finding(grid.file, chart.number, None, said, reason))
    elif _WITHOUT_YEAR.fullmatch(first.first):
        reason = (
            "months without a year: read from the project's first month on, if they begin with it"
        )
        said = f"{first.said} - {last.said}"
        intake.doubtful.append(Finding(grid.file, chart.number, None, said, reason))
    body = {number for number, _ in chart.body}
    above = [row for row in grid.rows[: chart.at] if not _is_of_head(chart, row)]
    below = [row for row in grid.rows[chart.at + 1 :] if row[0] not in body]
    return chart, replace(grid, rows=[*above, *below])


def within(table: Table, frame: Frame) -> Table:
    """Begin and end what is marked with the project: quarters that it lies in, weeks it counts."""
    if not table.chart or frame.start is None:
        return table
    first = frame.start.replace(day=1)
    last = None if frame.months is None else timeline.project_end(frame.start, frame.months)
    rows = []
    for number, row in table.rows:
        *labels, begins, ends = row
        begins = _in_project(begins, frame.start, 0)
        ends = _in_project(ends, frame.start, _WEEK - 1)
        if _reaches(begins, first, 1):
            begins = f"{first:%Y-%m}"
        if last is not None and _reaches(ends, last, -1):
            ends = f"{last:%Y-%m}"
        rows.append((number, (*labels, begins, ends)))
    return replace(table, rows=rows)


def _reaches(text: str, day: date, way: int) -> bool:
    """Tell whether a month lies outside, yet in the quarter of a day: before it, or behind."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", text)
    if found is None:
        return False
    apart = (day.year - int(found[1])) * _YEAR + day.month - int(found[2])
    return 0 < way * apart < _QUARTER


def _in_project(text: str, start: date, beside: int) -> str:
    """Give a day of a week of the project, or a month without its year; else what stands there."""
    if (month := _WITHOUT_YEAR.fullmatch(text)) and int(month[1]) == start.month:
        return f"{timeline.add_months(start.replace(day=1), int(month[2])):%Y-%m}"
    found = _PROJECT_WEEK.fullmatch(text)
    later = _WEEK * (int(found[1]) - 1) + beside if found else 0
    return f"{start + timedelta(days=later)}" if found else text


def _is_of_head(chart: Chart, row: Row) -> bool:
    """Tell whether a row above belongs to the headings: the years over their months."""
    return any(at < len(row[1]) and row[1][at] for at in chart.axis)


def _chart(grid: Grid, at: int) -> Chart | None:
    """Take a row as the headings of a chart, where what stands below it is one."""
    number, cells = grid.rows[at]
    above = grid.rows[at - 1][1] if at and grid.rows[at - 1][0] == number - 1 else ()
    axis = _axis(cells, above)
    if not axis:
        return None
    heads = {}
    for place in range(min(axis)) if min(axis) else ():
        over = above[place] if place < len(above) else ""
        heads[place] = (cells[place] if place < len(cells) else "") or over
    heads |= {
        place: cell for place, cell in enumerate(cells) if cell and place not in {*axis, *heads}
    }
    body: list[Row] = []
    last = number
    for row in grid.rows[at + 1 :]:
        if row[0] > last + 2:
            break
        body.append(row)
        last = row[0]
    marks = [row[1][place] for row in body for place in axis if place < len(row[1])]
    held = [mark for mark in marks if mark]
    marked = sum(map(words.is_mark, held))
    named = [row for row in body if any(row[1][place : place + 1] > ("",) for place in heads)]
    if marked < _MOSTLY * len(held) or len(named) < _MOSTLY * len(body) or not body or not heads:
        return None
    return Chart(grid, at, number, axis, heads, body)


def _axis(cells: Sequence[str], above: Sequence[str]) -> dict[int, _Period]:
    """Give the columns that are months, quarters or weeks, one after the other."""
    found = _weekly(cells) or _by_initials(cells, above) or _without_year(cells, above)
    numbers = not found and all(_NUMBER.fullmatch(cell) for cell in cells[-_FEWEST:])
    year = ""
    for place, cell in enumerate(() if found else cells):
        over = above[place] if place < len(above) else ""
        year = over if _year_of(over) is not None else year
        period = _period(cell, year, numbers=numbers) if cell else None
        if period is None:
            continue
        if found and period.order <= next(reversed(found.values())).order:
            return {}
        found[place] = replace(period, said=cell)
    least = _FEWEST_NUMBERS if numbers and not year else _FEWEST
    if numbers and next((one.order for one in found.values()), 0) != 1:
        return {}
    if len(found) < least or max(found) - min(found) >= 2 * len(found):
        return {}
    return found if len({one.kind for one in found.values()}) == 1 else {}


def _weekly(cells: Sequence[str]) -> dict[int, _Period]:
    """Give the columns headed by days that are one or two weeks apart, as those stretches."""
    begins = {}
    for place, cell in enumerate(cells):
        with suppress(Misread):
            short = 0 < len(cell) <= _LONGEST
            read = dates.read(cell, start=None, allow_month=False) if short else None
            if read is not None and read.day is not None and read.day == read.last:
                begins[place] = read.day
    firsts = list(begins.values())
    apart = {(after - before).days for before, after in pairwise(firsts)}
    if len(firsts) < _FEWEST or apart not in ({_WEEK}, {2 * _WEEK}):
        return {}
    last = timedelta(days=apart.pop() - 1)
    return {
        place: _Period(f"{day}", f"{day + last}", day.toordinal(), "weeks", cells[place])
        for place, day in begins.items()
    }


def _without_year(cells: Sequence[str], above: Sequence[str]) -> dict[int, _Period]:
    """Give the columns headed by months one after the other, where no year stands anywhere."""
    months = {
        place: month
        for place, cell in enumerate(cells)
        if len(cell) <= _LONGEST and (month := days.month_named(cell.strip(" .")))
    }
    if len(months) < _FEWEST or any(_year_of(over) for over in above):
        return {}
    first, *_ = months.values()
    after = zip(months.items(), range(len(months)), strict=True)
    if any((first - 1 + at) % _YEAR + 1 != month for (_, month), at in after):
        return {}
    return {
        place: _Period(said := f"{cells[place]} ({first}+{at})", said, at, "months", cells[place])
        for at, place in enumerate(months)
    }


def _by_initials(cells: Sequence[str], above: Sequence[str]) -> dict[int, _Period]:
    """Give the columns headed by the first letters of months, below the first of their years."""
    places = [place for place, cell in enumerate(cells) if len(cell) == 1 and cell.isalpha()]
    letters = "".join(fold(cells[place]) for place in places)
    found = words.first_month(letters) if len(places) >= _FEWEST_NUMBERS else None
    over = [_year_of(one) for one in above[: places[0] + 1]] if places else []
    year = next((one for one in over if one is not None and one[0] == "calendar"), None)
    if found is None or year is None:
        return {}
    periods = {}
    for at, place in enumerate(places):
        years, month = divmod(found - 1 + at, _YEAR)
        said = f"{year[1] + years}-{month + 1:02}"
        order = (year[1] + years) * _YEAR + month + 1
        periods[place] = _Period(said, said, order, "months", said)
    return periods


def _year_of(text: str) -> tuple[str, int] | None:
    """Read the year over some months: of the calendar, or of the project."""
    said = fold(text)
    if _CALENDAR_YEAR.fullmatch(said):
        return "calendar", int(said)
    number = words.number_of("year", text) if said else None
    return None if number is None else ("project", number)


def _period(text: str, year: str, *, numbers: bool) -> _Period | None:
    """Read the heading of a column: M3, 3, Sep-25, Sep below 2025, Q4 2025, W12, 2026-W14."""
    within = _year_of(year)
    bare = _NUMBER.fullmatch(fold(text).rstrip(".")) if numbers else None
    month = int(bare[1]) if bare else words.number_of("month", text)
    if month is not None:
        before = (within[1] - 1) * _YEAR if within and within[0] == "project" else 0
        month += before if month <= _YEAR else 0
        return _Period(f"M{month}", f"M{month}", month) if month else None
    if week := _week(text, within):
        return week
    quarter = measures.quarter_of(text)
    bare_quarter = words.number_of("quarter", text) or 0
    if quarter is None and bare_quarter in _QUARTERS and within is not None:
        if within[0] == "project":
            first = (within[1] - 1) * _YEAR + _QUARTER * bare_quarter - 2
            return _Period(f"M{first}", f"M{first + 2}", first, "quarters")
        quarter = f"{within[1]}-Q{bare_quarter}"
    if quarter is not None:
        first = _QUARTER * int(quarter[-1]) - 2
        years = quarter[:4]
        order = int(years) * _YEAR + first
        return _Period(f"{years}-{first:02}", f"{years}-{first + 2:02}", order, "quarters")
    return _calendar_month(text, within)


def _week(text: str, within: tuple[str, int] | None) -> _Period | None:
    """Read a week of the calendar, by its year or the one above it, or one of the project."""
    number = words.number_of("week", text)
    of_calendar = words.number_of("calendar_week", text) if number is None else number
    full = f"KW {of_calendar}/{within[1]}" if within and within[0] == "calendar" else text
    monday = dates.monday_of(full if of_calendar is not None else text)
    if monday is not None:
        sunday = monday + timedelta(days=_WEEK - 1)
        return _Period(f"{monday}", f"{sunday}", monday.toordinal(), "weeks")
    if not number or within is not None:
        return None
    said = f"project week {number}"
    return _Period(said, said, number, "weeks of the project")


def _calendar_month(text: str, within: tuple[str, int] | None) -> _Period | None:
    full = f"{text} {within[1]}" if within and within[0] == "calendar" else text
    for said in dict.fromkeys((text, full)):
        try:
            read = dates.read(said, start=None, allow_month=False)
        except Misread:
            continue
        if read.day is not None and read.day.day == 1 and read.day_to is None:
            month = f"{read.day:%Y-%m}"
            return _Period(month, month, read.day.year * _YEAR + read.day.month)
    return None


def _marked(chart: Chart, row: Row) -> list[_Period]:
    return [one for place, one in chart.axis.items() if place < len(row[1]) and row[1][place]]


def tables(chart: Chart, lists: Sequence[Table], intake: Intake) -> list[Table]:
    """Make a table of each kind of row in a chart.

    Args:
        chart: As it was taken out.
        lists: The other tables: what they call a work package is one in the chart too.
        intake: Is told what is not taken.
    """
    grid, places = chart.grid, sorted(chart.heads)
    units = {fold(title) for table in lists for title in _titles(table, "work_unit")}
    partners = {fold(name) for table in lists for name in _titles(table, "partner")}
    named = [chart.heads[place] for place in places]
    if not any(named):
        named[0] = "Title"
    rows: dict[str, list[Row]] = {}
    for row in chart.body:
        labels = tuple(row[1][place] if place < len(row[1]) else "" for place in places)
        marks = _marked(chart, row)
        kind = _kind(named, labels, units)
        if partners & set(map(fold, labels)) >= set(map(fold, filter(None, labels))) and marks:
            reason = "not taken: a partner, no work; what is marked for it has no place here"
            said = next(filter(None, row[1]), None)
            intake.dropped.append(Finding(grid.file, row[0], None, said, reason))
            continue
        if not any(labels) or (not marks and kind != "work_unit"):
            reason = "not taken: nothing is marked in its row"
            said = next(filter(None, row[1]), None)
            intake.dropped.append(Finding(grid.file, row[0], None, said, reason))
            continue
        _tell_gaps(grid, chart, row, marks, intake)
        times = (marks[0].first, marks[-1].last) if marks else ("", "")
        rows.setdefault(kind, []).append((row[0], (*labels, *times)))
    return [_table(chart, kind, named, found) for kind, found in rows.items()]


def _titles(table: Table, kind: str) -> list[str]:
    """Give everything that the records of a list are called."""
    at = {column.at for column in table.columns if column.field in _NAMES}
    if table.kind != kind:
        return []
    return [row[place] for _, row in table.rows for place in at if place < len(row) and row[place]]


def _table(chart: Chart, kind: str, named: list[str], rows: list[Row]) -> Table:
    columns = list(headings.columns_of(kind, named))
    if not {column.field for column in columns} & {"code", "title"}:
        own = max((one.at for one in columns if one.field in {"work_unit", "parent"}), default=0)
        columns = [one for one in columns if one.at != own]
        columns.append(Column(own, named[own], "title"))
    for at, (field, said) in enumerate(
        zip(_TIMES[kind], ("first mark", "last mark"), strict=True), start=len(named)
    ):
        if field is not None:
            columns.append(Column(at, said, field))
    heads = (*named, "first mark", "last mark")
    return Table(chart.grid.file, kind, chart.number, tuple(columns), rows, heads, chart=True)


def _kind(named: list[str], labels: tuple[str, ...], units: set[str]) -> str:
    """Say what a row is: by its code, else by what lists or its column call it."""
    columns = headings.columns_of("task", named)
    fields = {column.field: labels[column.at] for column in reversed(columns)}
    own = fields.get("title") or fields.get("code")
    beside = [fields.get("code"), own] if own else labels
    for text in filter(None, beside):
        if kind := words.coded(text):
            return kind
    if any(fold(label) in units for label in labels[:2] if label):
        return "work_unit"
    called = words.exactly("chart_column", next(filter(None, named)))
    return "work_unit" if not own and called else "task"


def _tell_gaps(grid: Grid, chart: Chart, row: Row, marks: list[_Period], intake: Intake) -> None:
    orders = [one.order for one in chart.axis.values()]
    if not marks:
        return
    within = [one for one in orders if marks[0].order <= one <= marks[-1].order]
    if len(within) == len(marks):
        return
    said = ", ".join(one.last if one.kind == "months" else one.said for one in marks)
    reason = f"marked in {said}; kept from the first to the last"
    name = next(filter(None, row[1]), None)
    intake.doubtful.append(Finding(grid.file, row[0], None, name, reason))
