"""Meetings planned: from a template, several at once, and which of a series is meant."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Input

from ka2tui.domain import meeting_series
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.dialogs.form import Entry, Field, Option, Pick
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import meeting_fields
from ka2tui.tui.pages.meeting_form import MeetingForm, tell_odd

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import date

    from ka2tui.domain.meeting_series import Series
    from ka2tui.domain.meeting_templates import MeetingTemplate
    from ka2tui.operations import meeting_plans
    from ka2tui.queries import meeting_clocks, projects
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.meeting_clocks import Zones
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled
else:
    meeting_clocks = lazily("ka2tui.queries.meeting_clocks")
    meeting_plans = lazily("ka2tui.operations.meeting_plans")
    projects = lazily("ka2tui.queries.projects")
    task_views = lazily("ka2tui.queries.tasks")

_NOTHING = "–"


@dataclass(slots=True)
class Begins:
    """The day that a series is counted from, as it stands in the form."""

    day: date | None = None


class PlanForm(MeetingForm):
    """Fields of new meetings: a template fills some of them in, a rule makes several."""

    def __init__(
        self,
        fields: Sequence[Field],
        zones: Zones,
        templates: Mapping[str, MeetingTemplate],
        begins: Begins,
        *,
        save: Callable[[Filled], Awaitable[Any]],
    ) -> None:
        """Make the form.

        Args:
            fields: Those of a meeting.
            zones: Of the partners.
            templates: By their ids.
            begins: Is told the first day, from which on a series is counted.
            save: Saves what was filled in.
        """
        super().__init__("Plan a meeting", fields, zones, save=save)
        self._templates = templates
        self._begins = begins

    @on(Pick.Changed)
    def template_chosen(self, event: Pick.Changed) -> None:
        """Fill in what the template says of a meeting; what was typed stays."""
        entry = next((it for it in event.pick.ancestors if isinstance(it, Entry)), None)
        if entry is None or entry.field.name != "template":
            return
        entries = {it.field.name: it for it in self.entries}
        template = self._templates.get(event.pick.value or "")
        if template is None:
            entry.say("")
            return
        from ka2tui.domain.lengths import say_length

        entries["title"].propose(capital(template.kind.word))
        entries["kind"].propose(template.kind.word)
        entries["mode"].propose(template.mode.word if template.mode else _NOTHING)
        entries["minutes_long"].propose(say_length(template.length) if template.length else "")
        self.call_after_refresh(entry.say, say_template(template))

    @on(Input.Changed)
    def first_day_changed(self, event: Input.Changed) -> None:
        """Let a series begin on another day, and say again on which days it falls."""
        entries = {it.field.name: it for it in self.query(Entry)}
        if event.input is not entries["when"].editor:
            return
        try:
            when = entries["when"].read()
        except Refused:  # the field says so itself
            return
        self._begins.day = None if when is None else when.day
        entries["repeat"].echo()


def say_template(template: MeetingTemplate) -> str:
    """Say what a template brings: 8 points; 6 tasks, from 60 d before to 21 d after."""
    points = plain.count(len(template.points), "point")
    if not template.jobs:
        return points
    first, last = template.jobs[0].when, template.jobs[-1].when
    return f"{points}; {plain.count(len(template.jobs), 'task')}, from {first} to {last}"


async def add(desk: Desk, project: int) -> int | None:
    """Plan a meeting or a series through a form; give the id of the first."""
    from ka2tui.domain import meeting_templates

    known = await asyncio.to_thread(meeting_templates.found, desk.settings.data)
    for broken in known.broken:
        desk.tell(broken.why, severity="warning", timeout=12)
    choices = await desk.ask(task_views.choices, project)
    zones = await desk.ask(meeting_clocks.zones, project)
    start, end = await desk.ask(projects.span_of, project)
    templates = {one.id: one for one in known.entries}
    begins = Begins()

    def read(text: str) -> Series:
        return meeting_series.read(text, first=begins.day, today=desk.today, start=start, end=end)

    async def save(filled: Filled) -> Any:
        values = meeting_fields.values_of(filled.values)
        template = templates.get(values.pop("template") or "")
        with_tasks = values.pop("with_tasks")
        series: Series | None = values.pop("repeat")
        days: tuple[date, ...] = ()
        if series is not None:
            jobs = len(template.jobs) if template is not None and with_tasks else 0
            if not await _meant(desk, series, jobs * len(series.days)):
                raise Refused("Nothing was planned yet.")
            days = series.days
        return await desk.attempt(
            meeting_plans.plan,
            project,
            values.pop("title"),
            values,
            today=desk.today,
            template=template,
            with_tasks=with_tasks,
            days=days,
        )

    fields = _with_plan(meeting_fields.fields_of(desk.today, choices, None), known.entries, read)
    filled = await desk.push_screen_wait(PlanForm(fields, zones, templates, begins, save=save))
    if filled is None:
        return None
    made: Sequence[int] = filled.saved.value
    await tell_odd(desk, made, filled.values["at"])
    return made[0]


async def fill(desk: Desk, meeting: int) -> bool:
    """Put the points of a template below those of an agenda, and make its tasks if wanted."""
    from ka2tui.domain import meeting_templates
    from ka2tui.tui.dialogs.choose import Choose, Item

    known = await asyncio.to_thread(meeting_templates.found, desk.settings.data)
    for broken in known.broken:
        desk.tell(broken.why, severity="warning", timeout=12)
    items = [Item(n, one.title, say_template(one)) for n, one in enumerate(known.entries)]
    chosen = await desk.push_screen_wait(Choose("Agenda from which template?", items))
    if chosen is None:
        return False
    template = known.entries[chosen]
    with_tasks: int | None = 0
    if template.jobs:
        tasks = plain.count(len(template.jobs), "task")
        what = [Item(1, f"Its points, and its {tasks}"), Item(0, "Its points alone")]
        with_tasks = await desk.push_screen_wait(Choose("Take over what?", what))
    if with_tasks is None:
        return False
    done = await desk.do(
        meeting_plans.fill, meeting, template, today=desk.today, with_tasks=bool(with_tasks)
    )
    return done is not None


def _with_plan(
    fields: Sequence[Field], templates: Sequence[MeetingTemplate], read: Callable[[str], Series]
) -> list[Field]:
    """Put the template after the title, and how often after the date."""
    options = [Option(None, _NOTHING), *(Option(one.id, one.title) for one in templates)]
    template = Field("template", "Template", "choice", None, options=options)
    hint = "first Tuesday of each month until M24"
    repeat = Field("repeat", "Repeats", hint=hint, read=read, say=str)
    tasks = Field(
        "with_tasks",
        "Its tasks",
        "choice",
        value=True,
        options=[Option(True, "make the tasks of the template"), Option(False, "without tasks")],
        more=True,
    )
    found: list[Field] = []
    for field in fields:
        found.append(field)
        if field.name == "title":
            found.append(template)
        elif field.name == "when":
            found.append(repeat)
    return [*found, tasks]


async def _meant(desk: Desk, series: Series, tasks: int) -> bool:
    """Show on which days the meetings of a series would be, and ask whether to make them."""
    from ka2tui.domain.days import DAY_NAMES, say_brief
    from ka2tui.tui.dialogs.ask import Ask

    named = [f"{DAY_NAMES[day.weekday()]} {say_brief(day)}" for day in series.days]
    most = 12
    shown = named if len(named) <= most else [*named[: most - 2], "…", named[-1]]
    with_them = f" and {plain.count(tasks, 'task')}" if tasks else ""
    question = Ask(
        f"Plan {len(named)} meetings{with_them}?",
        about="\n".join([*shown, "u takes all of it back."]),
        yes="plan them",
    )
    answer = await desk.push_screen_wait(question)
    return bool(answer)


async def with_later(desk: Desk, series: str | None, deed: str) -> bool | None:
    """Ask whether a deed is meant for one of a series, or for all later ones too.

    Args:
        desk: Where to ask.
        series: That of the meeting; None: it is of none, and nothing is asked.
        deed: What is done: Edit, Move, Remove.

    Returns:
        None where it was thought better of.
    """
    if series is None:
        return False
    from ka2tui.tui.dialogs.choose import Choose, Item

    items = [Item(0, "This meeting alone"), Item(1, "This one and all later ones of the series")]
    chosen = await desk.push_screen_wait(Choose(f"{deed} which of the series?", items))
    return None if chosen is None else bool(chosen)
