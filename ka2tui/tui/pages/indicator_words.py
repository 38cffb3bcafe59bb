"""How an indicator is told: a row of the list, and all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.queries.indicators import IndicatorDetails, IndicatorRow
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item

_SIGNS: dict[str, tuple[str, Tone]] = {
    "reached": ("✓", "done"),
    "ahead": ("▸", "good"),
    "on_time": ("▸", ""),
    "behind": ("!", "late"),
    "missed": ("!", "late"),
    "not_measured": ("·", "quiet"),
    "unknown": ("·", ""),
}
"""Of each standing the sign and its tone."""


def now(row: IndicatorRow) -> str:
    """Say the last value beside the target."""
    from ka2tui.domain import indicators as rules

    return rules.say_now(row.value, row.target, row.unit)


def bare_now(row: IndicatorRow) -> str:
    """Say the last value beside the target, without what is counted."""
    from ka2tui.domain import indicators as rules

    return rules.say_now(row.value, row.target)


def bar(row: IndicatorRow) -> list[Piece]:
    """Draw the way from baseline to target, with a mark where time stands."""
    if row.way is None:
        return []
    mark = None if row.course.passed is None else row.course.passed / 100
    return plain.shaded(plain.bar(min(max(row.way, 0), 100) / 100, mark=mark), tone_of(row))


def tone_of(row: IndicatorRow) -> Tone:
    """Give the tone of how it stands."""
    return "late" if row.state.worrying else "good" if row.state == "reached" else "accent"


def cells(row: IndicatorRow, today: date) -> Sequence[Cell]:
    """Give what stands in a row of the list."""
    from ka2tui.domain import indicators as rules
    from ka2tui.domain.due import Due, say_due

    due = say_due(Due(row.due, row.due_month, row.precision), today)
    way = f"{row.way} %" if row.way is not None and 0 <= row.way <= rules.MOST_SHOWN else ""
    if row.way is not None and not way:
        way = "< 0 %" if row.way < 0 else f">{rules.MOST_SHOWN} %"
    missed = row.state == "missed"
    return (
        _SIGNS[row.state.value],
        (row.code or "", "quiet"),
        row.title,
        bare_now(row),
        (row.unit or "", "quiet"),
        bar(row),
        (way, "late" if row.state.worrying else ""),
        (rules.spark(row.values, most=8), "accent"),
        (_day(row.measured_on, today), "soon" if row.stale(today) else "quiet"),
        (due if missed or row.state != "reached" else "", "late" if missed else "quiet"),
        (row.term.value if row.term else "", "quiet"),
        (row.work_unit or "", "quiet"),
        (row.lead or "", "quiet"),
    )


def _due(row: IndicatorRow, today: date) -> Cell:
    """Say when it is due; how late only where the target is not reached."""
    from ka2tui.domain.days import say_day
    from ka2tui.domain.due import Due, say_due

    if row.state == "reached" and row.due is not None:
        return say_day(row.due, today, row.precision)
    said = say_due(Due(row.due, row.due_month, row.precision), today)
    return (said, "late" if row.state == "missed" else "")


def about(found: IndicatorDetails, today: date, room: int) -> list[Item]:
    """Tell everything that is known of an indicator."""
    from ka2tui.domain import indicators as rules
    from ka2tui.domain import quantity

    row = found.row
    sign, tone = _SIGNS[row.state.value]
    way = [*bar(row), f" {rules.say_way(row.way)}"] if row.way is not None else None
    lacks = row.lacks(today)
    items: list[Item] = [
        Words(row.title, "strong"),
        Line(""),
        Fact("Stands", (f"{sign} {row.state.word}", tone)),
        Fact("Way", way),
        Fact("", (_times(row), "quiet")),
        Fact("Now", now(row)),
        Fact("Baseline", quantity.say(row.baseline, row.unit) or ("none", "soon")),
        Fact("Target", quantity.say(row.target, row.unit) or ("none", "soon")),
        Fact("Better", "more" if row.rising else "less"),
        Fact("Term", row.term.word if row.term else None),
        Fact("Due", _due(row, today)),
        Fact("Belongs to", row.work_unit),
        Fact("Led by", row.lead),
        Fact("Source", row.source.splitlines()[0] if row.source else ("none", "soon")),
        Fact("Look at", (", ".join(lacks), "soon") if lacks else None),
        Head("Where it leads"),
        Words(rules.say_expected(row.aim, row.course, row.unit), "quiet"),
    ]
    drawn = rules.chart(row.values, row.aim, room=room)
    if drawn:
        items += [Head("Over time", "┄ target" if row.target else "")]
        items += [Line(each) for each in drawn]
    items += _measurements(found, today)
    if found.notes:
        items.append(Private([Head("Notes"), *(Words(it) for it in found.notes.splitlines())]))
    return items


def _times(row: IndicatorRow) -> str:
    passed = row.course.passed
    return "" if passed is None else f"| {passed} % of its time had passed then"


def _measurements(found: IndicatorDetails, today: date) -> list[Item]:
    """List what was measured, the last first."""
    from ka2tui.domain import quantity

    many = plain.count(len(found.measurements), "value") if found.measurements else ""
    items: list[Item] = [Head("Measured", many)]
    if not found.measurements:
        return [*items, Words("Nothing was measured yet. m keeps a value.", "quiet")]
    said = [quantity.say(each.value, found.row.unit) for each in found.measurements]
    days = [_day(each.day, today) for each in found.measurements]
    room, day_room = plain.longest(said, most=30), plain.longest(days)
    for each, value, day in zip(found.measurements, said, days, strict=True):
        proofs = f"  {plain.count(each.proofs, 'proof')}" if each.proofs else ""
        first: Piece = (f"{plain.pad(day, day_room)}  ", "quiet")
        more = plain.join([each.source or "", (each.note or "").split("\n")[0]])
        tail: Piece = (f"  {more}", "quiet")
        items.append(
            Line([first, plain.pad(plain.line(value), room, "right"), (proofs, "good"), tail])
        )
    return items


def _day(day: date | None, today: date) -> str:
    from ka2tui.domain.days import say_day

    return "" if day is None else say_day(day, today)
