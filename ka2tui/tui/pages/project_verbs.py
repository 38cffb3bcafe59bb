"""What can be done with a project: its facts, its dates, what became of it, and once more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ka2tui.domain.deadlines import Stated
    from ka2tui.operations import projects, proposals
    from ka2tui.queries import export
    from ka2tui.queries import projects as views
    from ka2tui.queries.projects import ProjectFacts
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled
else:
    projects = lazily("ka2tui.operations.projects")
    proposals = lazily("ka2tui.operations.proposals")
    export = lazily("ka2tui.queries.export")
    views = lazily("ka2tui.queries.projects")


async def edit(desk: Desk, project: int) -> bool:
    """Edit the facts of a project in a form."""
    found = await desk.ask(views.facts, project, today=desk.today)
    return await _edit(desk, found, [*_facts(found), *_dates(desk, found, more=True)])


async def edit_dates(desk: Desk, project: int) -> bool:
    """Edit by when a project must hand in what."""
    found = await desk.ask(views.facts, project, today=desk.today)
    about = "From the call and from your agreement's data sheet. What is empty is derived."
    return await _edit(desk, found, _dates(desk, found), "Dates of", about)


async def _edit(
    desk: Desk, found: ProjectFacts, fields: list[Field], verb: str = "Edit", about: str = ""
) -> bool:
    from ka2tui.tui.dialogs.form import Form

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(
            projects.edit,
            found.id,
            as_values(filled.changed),
            as_values(filled.based_on),
            today=desk.today,
            own=desk.settings.data,
        )

    title = f"{verb} {plain.cut(plain.line(found.acronym), 40)}"
    filled = await desk.push_screen_wait(Form(title, fields, save=save, about=about))
    return filled is not None and filled.saved is not None


def as_values(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Part the application's deadline into the instant and its zone."""
    values = dict(filled)
    if "application" in values:
        stated: Stated | None = values.pop("application")
        values["application_deadline"] = None if stated is None else stated.at
        values["application_zone"] = None if stated is None else stated.zone
    for name in ("title", "currency"):
        if name in values:
            values[name] = values[name] or ""
    return values


def _facts(found: ProjectFacts) -> list[Field]:
    """Make the fields of what a project is."""
    from ka2tui.tui.dialogs.form import Field

    return [
        Field("acronym", "Acronym", value=found.acronym, required=True),
        Field("title", "Title", value=found.title),
        Field("action", "Action", value=found.action, hint="such as KA220-SCH"),
        Field("call_year", "Call", "integer", found.call_year, hint="the year", check=no_year),
        Field("agreement", "Agreement no.", value=found.agreement),
        Field("start", "First day", "date", found.start),
        Field("months", "Months", "integer", found.months, check=_no_length),
        Field(
            *("grant_cents", "Grant", "amount", found.grant_cents),
            currency=found.currency,
        ),
        Field("end", "Last day", "date", found.end, more=True, hint="where the months do not say"),
        Field("agency", "Agency", value=found.agency, more=True),
        Field("managed_by", "Managed by", value=found.managed_by, more=True, hint="NA or EACEA"),
        Field("website", "Website", value=found.website, more=True),
        Field("goal", "Goal", "long", found.goal, more=True),
        Field("summary", "Summary", "long", found.summary, more=True),
        Field("notes", "Notes", "long", found.notes, more=True),
    ]


def _dates(desk: Desk, found: ProjectFacts, *, more: bool = False) -> list[Field]:
    """Make the fields of the dates that the call and the agreement set."""
    from ka2tui.domain import deadlines
    from ka2tui.tui.dialogs.form import Field

    start = found.start
    return [
        application_due(desk, found, more=more),
        Field("submitted_on", "Handed in on", "date", found.submitted_on, more=more),
        *(
            Field(
                *(f"{name}_report_due", f"{name.capitalize()} report", "date"),
                getattr(found, f"{name}_report_due"),
                start=start,
                more=more,
            )
            for name in deadlines.REPORTS
        ),
    ]


def application_due(desk: Desk, found: ProjectFacts | None = None, *, more: bool) -> Field:
    """Make the field of the instant by which the application must be in.

    Args:
        desk: The app.
        found: What is known of the project; None before there is one.
        more: Whether it is shown only where more is asked for.
    """
    from ka2tui.domain import deadlines
    from ka2tui.domain.deadlines import Stated
    from ka2tui.tui.dialogs.form import Field

    stated = None
    told = None if found is None else found.application_zone
    zone = told or deadlines.BRUSSELS
    if found is not None and found.application_deadline is not None:
        stated = Stated(found.application_deadline, zone)
    read = partial(
        deadlines.read_stated,
        today=desk.today,
        managed_by=None if found is None else found.managed_by,
        zone=told,
    )
    return Field(
        *("application", "Application due", "text", stated),
        hint="day and hour, by the clocks of Brussels",
        read=read,
        write=deadlines.write_stated,
        say=deadlines.write_stated,
        parts={
            "application_deadline": lambda at: deadlines.write_stated(Stated(at, zone)),
            "application_zone": str,
        },
        more=more,
    )


def _no_length(months: int | None) -> str | None:
    from ka2tui.domain.timeline import LONGEST

    if months is None or 1 <= months <= LONGEST:
        return None
    return f"A project lasts 1 to {LONGEST} months."


def no_year(year: int | None) -> str | None:
    """Say what is wrong with the year of a call; None where nothing is."""
    return None if year is None or 2014 <= year <= 2100 else "A year such as 2027, please."


async def decide(desk: Desk, project: int) -> bool:
    """Note what became of the application, in a form with the day and the reason."""
    from ka2tui.domain.kinds import ProposalOutcome
    from ka2tui.tui.dialogs.form import Field, Form, Option

    found = await desk.ask(views.facts, project, today=desk.today)
    options = [Option(each, each.word, _COMES_OF_IT[each]) for each in ProposalOutcome]
    if found.outcome is not None:
        options.append(Option(None, "not known", "the proposal is open again"))
    fields = [
        Field("outcome", "It is", "choice", found.outcome or options[0].value, options=options),
        Field("on", "Since", "date", found.outcome_on or desk.today),
        Field(
            *("note", "Reason", "long", found.outcome_note),
            hint="points, reasons, what the assessors wrote",
        ),
    ]

    async def save(filled: Filled) -> Any:
        return await desk.attempt(
            proposals.decide,
            project,
            filled.values["outcome"],
            on=filled.values["on"],
            note=filled.values["note"],
            today=desk.today,
            own=desk.settings.data,
        )

    title = f"The application of {plain.cut(plain.line(found.acronym), 40)}"
    filled = await desk.push_screen_wait(Form(title, fields, save=save))
    return filled is not None and filled.saved is not None


_COMES_OF_IT: dict[str, str] = {
    "funded": "the next phase begins",
    "reserve": "the proposal stays open",
    "rejected": "closes with a reason",
    "withdrawn": "closes with a reason",
}


async def resubmit(desk: Desk, project: int) -> int | None:
    """Copy a project into the next call, under a name that is asked for; give the new one."""
    from ka2tui.tui.dialogs.form import Field, Form

    found = await desk.ask(views.facts, project, today=desk.today)
    year = max((found.call_year or desk.today.year) + 1, desk.today.year)
    fields = [
        Field("acronym", "Acronym", required=True, hint="a name of its own"),
        Field("call_year", "Call", "integer", year, check=no_year),
    ]

    async def save(filled: Filled) -> Any:
        return await desk.attempt(
            proposals.resubmit,
            project,
            filled.values["acronym"],
            call_year=filled.values["call_year"],
            today=desk.today,
            own=desk.settings.data,
        )

    about = (
        "Partners, people, plan, goal and priorities are copied. Dates, agreement, outcome, "
        "meetings and history are not; project months stay."
    )
    title = f"Hand in {plain.cut(plain.line(found.acronym), 40)} again"
    filled = await desk.push_screen_wait(Form(title, fields, save=save, about=about))
    return None if filled is None or filled.saved is None else int(filled.saved.value)


async def remove(desk: Desk, project: int, acronym: str) -> bool:
    """Remove a project with everything in it, once that is confirmed."""
    from ka2tui.tui.dialogs.ask import Ask

    about = "With its partners, plan, tasks, meetings and checklists. u brings all of it back."
    ask = Ask(f"Remove {plain.cut(plain.line(acronym), 40)}?", about=about, yes="remove")
    if not await desk.push_screen_wait(ask):
        return False
    return await desk.do(projects.remove, project) is not None


async def write_out(desk: Desk, project: int, acronym: str) -> None:
    """Write a project into a TOML file that is asked for."""
    from ka2tui.reports import saving
    from ka2tui.tui import documents

    content = await desk.ask(export.everything, project)
    await documents.write(
        desk,
        "Write the whole project out",
        saving.file_name(acronym, ending="toml"),
        partial(_write, content),
        about="A file that ka2tui can import again without loss, and that people can read.",
    )


def _write(content: Mapping[str, list[dict[str, Any]]], place: Path, *, replace: bool) -> Path:
    from ka2tui.exchange import project_toml
    from ka2tui.reports import saving

    return saving.save(place, project_toml.write(content), replace=replace)
