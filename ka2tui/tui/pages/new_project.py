"""A new project: its form, and which action fits the idea before there is one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.refusal import Refused
from ka2tui.tui.dialogs.form import Field, Form, Option
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.project_verbs import application_due, as_values, no_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.fit import Ranked
    from ka2tui.domain.templates import Template
    from ka2tui.operations import projects
    from ka2tui.store.portfolio import Outcome
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Entry, Filled
else:
    projects = lazily("ka2tui.operations.projects")

_NO_PLAN = "nothing but the six phases"


class NewProject(Form):
    """What a project begins with; which action it is can be asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "fit", "which action?", id="form.fit",
                tooltip="A few questions tell which action fits; it is filled in here"),
    ]  # fmt: skip

    @work
    async def action_fit(self) -> None:
        """Ask which action fits, and fill it in with the year of the call and a plan for it."""
        taken = await which_action(self.app, takes="fill it in")
        if taken is not None:
            fitting = _plan_for(await _plans(self.app), taken.action)
            for entry in self.entries:
                self._fill_in(entry, taken, fitting)

    def _fill_in(self, entry: Entry, taken: Ranked, fitting: Template | None) -> None:
        if entry.field.name == "action":
            entry.put(taken.action or "")
        elif entry.field.name == "call_year":
            entry.put(str(call_year(self.app)))
        elif entry.field.name == "template":
            entry.put(_NO_PLAN if fitting is None else fitting.title)


def call_year(desk: Desk) -> int:
    """Give the year of the call that a new project aims at."""
    from ka2tui.domain import fit

    return fit.next_call(desk.today)


async def which_action(desk: Desk, *, takes: str) -> Ranked | None:
    """Ask which action fits an idea; give the one that is taken.

    Args:
        desk: The app.
        takes: What taking one does, in a few words.
    """
    from ka2tui.datafiles import DataFault
    from ka2tui.domain import fit, fit_questions, rulebook
    from ka2tui.tui.dialogs.fit import Fit

    own, year = desk.settings.data, call_year(desk)
    try:
        guidance = await asyncio.to_thread(fit_questions.load, own)
        known = await asyncio.to_thread(rulebook.load, own)
    except (Refused, DataFault) as fault:
        desk.tell(str(fault), severity="warning", timeout=12)
        return None
    rules = fit.rules_in(known, year)
    return await desk.push_screen_wait(
        Fit(guidance, rules, year, takes=takes, answers=desk.fit_answers)
    )


async def begin(desk: Desk, taken: Ranked | None = None) -> int | None:
    """Begin a project in a form; give its id, or None where it was left.

    Args:
        desk: The app.
        taken: The action that fits, where that was asked.
    """
    plans = await _plans(desk)
    plan: Template | None = plans[0] if plans else None
    action = year = None
    if taken is not None:
        plan, action, year = _plan_for(plans, taken.action), taken.action, call_year(desk)

    async def save(filled: Filled) -> Outcome[int]:
        return await _save(desk, filled)

    form = NewProject(
        "A new project",
        [
            Field(
                *("template", "Begin with", "choice", None if plan is None else plan.id),
                options=[
                    *(Option(one.id, one.title, one.about) for one in plans),
                    Option(None, _NO_PLAN),
                ],
            ),
            Field("acronym", "Acronym", required=True, hint="a short name to call it by"),
            Field("title", "Title"),
            Field("start", "First day", "date", hint=f"planned or agreed, 1.9.{call_year(desk)}"),
            Field("months", "Months", "integer", hint="as in the plan"),
            Field("grant_cents", "Grant", "amount", hint="as in the plan"),
            Field("coordinator", "Coordinator", hint="the name of your organisation"),
            Field("country", "Its country", hint="ES or Spain", check=_no_country),
            Field("action", "Action", value=action, hint="as in the plan; f2 asks which fits"),
            Field("call_year", "Call", "integer", year, hint="the year", check=no_year),
            application_due(desk, more=True),
            Field("agreement", "Agreement no.", more=True),
        ],
        save=save,
    )
    filled = await desk.push_screen_wait(form)
    return None if filled is None or filled.saved is None else int(filled.saved.value)


async def find_action(desk: Desk) -> None:
    """Ask which action fits an idea; begin a project of it, and show that."""
    taken = await which_action(desk, takes="begin a project")
    project = None if taken is None else await begin(desk, taken)
    if project is not None:
        await show(desk, project)


async def show(desk: Desk, project: int) -> None:
    """Show a project that was just begun, on the first page."""
    await desk.switch_project(project)
    leave_welcome(desk)


def leave_welcome(desk: Desk) -> None:
    """Go to the first page; nothing leads back to the welcome."""
    desk.action_go("today")
    desk.visited[:] = [mode for mode in desk.visited if mode != "welcome"]


async def _save(desk: Desk, filled: Filled) -> Outcome[int]:
    """Add the project as the form says.

    Raises:
        Refused: The acronym is taken, or a value cannot be.
    """
    from ka2tui.domain import templates

    facts = as_values(filled.values)
    template, acronym = facts.pop("template"), facts.pop("acronym")
    if facts["country"] and not facts["coordinator"]:
        raise Refused("The country is the coordinator's: name your organisation too.")
    facts["title"] = facts["title"] or ""
    own, today = desk.settings.data, desk.today
    if template is None:
        return await desk.attempt(
            projects.add_with_coordinator, acronym, today=today, own=own, **facts
        )
    plan = await asyncio.to_thread(templates.find, template, own)
    return await desk.attempt(
        projects.add_from_template, plan, acronym, today=today, own=own, **facts
    )


async def _plans(desk: Desk) -> Sequence[Template]:
    from ka2tui.domain import templates

    return await asyncio.to_thread(templates.load, desk.settings.data)


def _plan_for(plans: Sequence[Template], action: str | None) -> Template | None:
    """Find a plan for an action: KA220 is for KA220-SCH."""
    wanted = f"{action}-"
    return next((one for one in plans if one.action and wanted.startswith(f"{one.action}-")), None)


def _no_country(text: str | None) -> str | None:
    """Say what is wrong with a country; None where nothing is."""
    from ka2tui.domain import countries

    if not text:
        return None
    try:
        countries.read_country(text)
    except Refused as refusal:
        return str(refusal)
    return None
