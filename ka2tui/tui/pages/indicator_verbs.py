"""What can be done with indicators and their measurements, in forms and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.operations import indicators
    from ka2tui.queries import indicators as views
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.indicators import IndicatorDetails, IndicatorRow, MeasurementRow
    from ka2tui.queries.tasks import Choices
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled
else:
    indicators = lazily("ka2tui.operations.indicators")
    views = lazily("ka2tui.queries.indicators")
    task_views = lazily("ka2tui.queries.tasks")


async def measure(desk: Desk, row: IndicatorRow) -> bool:
    """Keep what was measured, read from one line."""
    from ka2tui.domain import indicators as rules
    from ka2tui.domain import quantity
    from ka2tui.domain.days import say_day
    from ka2tui.tui.dialogs.line import Line

    def said(text: str) -> str:
        noted = rules.read_line(text, today=desk.today)
        value = quantity.say(noted.value, row.unit)
        day = say_day(noted.day, desk.today)
        return ", ".join(filter(None, [f"{value} on {day}", noted.source, noted.doubt]))

    last = rules.say_now(row.value, row.target, row.unit)
    about = f"{plain.line(row.title)}: {last}." if row.value else f"{plain.line(row.title)}."
    title = f"Measure {plain.cut(plain.line(row.called), 40)}"
    line = Line(title, about=about, placeholder="62 % 12 Nov questionnaire", read=said)
    text = await desk.push_screen_wait(line)
    if text is None:
        return False
    noted = rules.read_line(text, today=desk.today)
    done = await desk.do(
        *(indicators.measure, row.id, quantity.write(noted.value)),
        day=noted.day, source=noted.source, today=desk.today,
    )  # fmt: skip
    return done is not None


async def measurements(desk: Desk, row: IndicatorRow) -> bool:
    """Choose a measurement, then change or remove it."""
    from ka2tui.domain import quantity
    from ka2tui.domain.days import say_brief
    from ka2tui.tui.dialogs.choose import Choose, Item

    known: Sequence[MeasurementRow] = await desk.ask(views.measurements, row.id)
    if not known:
        desk.tell("Nothing was measured yet: m keeps a value.")
        return False
    items = [
        Item(each.id, f"{say_brief(each.day)}  {quantity.say(each.value, row.unit)}",
             each.source or "")
        for each in known
    ]  # fmt: skip
    which = await desk.push_screen_wait(Choose("Which measurement", items))
    found = next((each for each in known if each.id == which), None)
    if found is None:
        return False
    what = [
        Item(0, "Edit it", "value, day, source, note"),
        Item(1, "Remove it", "u brings it back"),
    ]
    deed = await desk.push_screen_wait(Choose("Measurement", what))
    if deed is None:
        return False
    if deed == 1:
        return await desk.do(indicators.remove_measurements, [found.id]) is not None
    return await _edit_measurement(desk, found)


async def _edit_measurement(desk: Desk, row: MeasurementRow) -> bool:
    from ka2tui.domain.quantity import read_quantity, say, write
    from ka2tui.tui.dialogs.form import Field, Form

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(
            indicators.edit_measurement,
            row.id,
            _written(filled.changed),
            filled.based_on,
            today=desk.today,
        )

    fields = [
        Field("value", "Value", value=row.value, required=True,
              read=read_quantity, write=write, say=say),
        Field("day", "Day", "date", row.day, required=True),
        Field("source", "Source", value=row.source, hint="where this value comes from"),
        Field("note", "Note", "long", row.note),
    ]  # fmt: skip
    filled = await desk.push_screen_wait(Form("Edit measurement", fields, save=save))
    return filled is not None and filled.saved is not None


async def add(desk: Desk, project: int) -> int | None:
    """Add an indicator in a form; give its id."""
    from ka2tui.tui.dialogs.form import Form
    from ka2tui.tui.pages.work_plan_forms import as_values

    choices = await desk.ask(task_views.choices, project)

    async def save(filled: Filled) -> Any:
        given = {name: it for name, it in filled.values.items() if it is not None}
        values = _written(as_values(given))
        return await desk.attempt(indicators.add, project, values.pop("title"), values=values)

    form = Form("New indicator", _fields(desk, choices, None), save=save)
    filled = await desk.push_screen_wait(form)
    return None if filled is None else int(filled.saved.value)


async def edit(desk: Desk, project: int, indicator: int) -> bool:
    """Edit an indicator in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form
    from ka2tui.tui.pages.work_plan_forms import as_values

    try:
        found = await desk.ask(views.one, indicator, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False
    choices = await desk.ask(task_views.choices, project)

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        changed = _written(as_values(filled.changed))
        return await desk.attempt(indicators.edit, indicator, changed, as_values(filled.based_on))

    title = f"Edit {plain.cut(plain.line(found.row.called), 56)}"
    form = Form(title, _fields(desk, choices, found), save=save)
    filled = await desk.push_screen_wait(form)
    return filled is not None and filled.saved is not None


async def remove(desk: Desk, rows: Sequence[IndicatorRow]) -> bool:
    """Remove indicators; ask first where something was measured."""
    from ka2tui.tui.dialogs.ask import Ask

    if not rows:
        return False
    many = sum(len(row.values) for row in rows)
    if many:
        one = plain.cut(plain.line(rows[0].called), 48)
        what = one if len(rows) == 1 else plain.count(len(rows), "indicator")
        about = f"{plain.count(many, 'measurement')} with it; u brings all of it back."
        asked = Ask(f"Remove {what}?", about=about, yes="remove")
        if await desk.push_screen_wait(asked) is not True:
            return False
    return await desk.do(indicators.remove, [row.id for row in rows]) is not None


def _written(values: dict[str, Any]) -> dict[str, Any]:
    """Write numbers so that they are read as the same: three decimals are no thousands."""
    from ka2tui.domain.quantity import write

    numbers = {"value", "baseline", "target"}
    return {n: write(it) if n in numbers and it else it for n, it in values.items()}


def _fields(desk: Desk, choices: Choices, seen: IndicatorDetails | None) -> list[Field]:
    from ka2tui.domain.kinds import Term
    from ka2tui.domain.quantity import read_quantity, say, write
    from ka2tui.tui.dialogs.form import Field, Option, options_of
    from ka2tui.tui.pages.work_plan_forms import due_field

    row = None if seen is None else seen.row
    return [
        Field("title", "Indicator", value=row and row.title, required=True,
              hint="teachers trained"),
        Field("baseline", "Baseline", value=row and row.baseline, hint="where it began: 0, 14, 62",
              read=read_quantity, write=write, say=say),
        Field("target", "Target", value=row and row.target, hint="what it is to come to: 1 200",
              read=read_quantity, write=write, say=say),
        Field("unit", "Unit", value=row and row.unit, hint="persons, %, points"),
        Field("source", "Source", value=row and row.source, hint="where its values come from"),
        Field("term", "Term", "choice", row and row.term,
              options=[Option(None, "not said"), *(Option(it, it.word) for it in Term)]),
        due_field(row, desk.today, choices.start),
        Field("work_unit_id", "Belongs to", "choice", row and row.work_unit_id,
              options=options_of(choices.work_units, "none")),
        Field("lead_id", "Led by", "choice", row and row.lead_id,
              options=options_of(choices.offered(row.lead_id if row else None), "none")),
        Field("rising", "Better", "choice", row.rising if row else True, more=True,
              options=[Option(True, "more"), Option(False, "less")]),
        Field("code", "Code", value=row and row.code, more=True, hint="the next: I1, I2"),
        Field("notes", "Notes", "long", seen and seen.notes, more=not (seen and seen.notes)),
    ]  # fmt: skip
