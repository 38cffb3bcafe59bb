"""Projects on the command line: begun, listed, edited, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output
from ka2tui.cli.options import Whole, WholeOrNone, options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from ka2tui.cli.context import Context
    from ka2tui.queries.overview import ProjectSummary
    from ka2tui.queries.projects import ProjectFacts

_TEXTS = ("title", "action", "agreement", "field", "call", "agency", "website", "goal", "notes")
_DATES = (
    *("start", "end", "progress_report_due", "interim_report_due", "final_report_due"),
    "submitted_on",
)
OUTCOMES = ("funded", "reserve", "rejected", "withdrawn", "unknown")


@click.group()
def group() -> None:
    """Projects: begun, changed, listed side by side, handed in again."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the projects side by side: how far each is, what is late, what comes next."""
    rows = filters.narrowed(ctx, "project", _summaries(ctx), words, named, of_project=False)
    ctx.answer(
        [_plain(row) for row in rows],
        lambda: _table(rows) or filters.nothing("No projects yet.", words, named),
    )


@group.command()
@click.argument("code", required=False)
@click.pass_obj
def show(ctx: Context, code: str | None) -> None:
    """Show all facts of a project, and its dates to keep."""
    project = _meant(ctx, code)
    found = _facts(ctx, project)
    ctx.answer(_whole(_summary(ctx, project), found), lambda: _text(ctx, found))


_fields = options(
    click.option("--title", help="Its full title."),
    click.option("--action", metavar="CODE", help="Such as KA220-SCH or KA210."),
    click.option("--agreement", metavar="NUMBER", help="The agreement number."),
    click.option("--start", metavar="DATE", help="First day."),
    click.option("--months", type=WholeOrNone(1, 120), help="How long it lasts."),
    click.option("--end", metavar="DATE", help="Last day, where the months do not say it."),
    click.option("--grant", metavar="MONEY", help="The grant: 250000, 250 000.50."),
    click.option("--currency", metavar="EUR", help="Three letters."),
    click.option("--field", help="Such as SCH, VET, HED, ADU, YOU."),
    click.option("--call", help="The call it was applied for in."),
    click.option("--call-year", type=WholeOrNone(2014, 2100), help="Its year."),
    click.option("--agency", help="Who grants it."),
    click.option("--website", help="Its address."),
    click.option("--goal", help="What it wants to reach."),
    click.option("--notes", help="Anything else."),
    click.option("--progress-report-due", metavar="DATE", help="From your agreement."),
    click.option("--interim-report-due", metavar="DATE", help="From your agreement."),
    click.option("--final-report-due", metavar="DATE", help="From your agreement."),
    click.option(
        "--application-deadline",
        metavar="WHEN",
        help="By when the application must be in: '5 Mar 2027 12:00', Brussels where no "
        "city follows.",
    ),
    click.option("--submitted-on", metavar="DATE", help="When it was handed in."),
)


@group.command()
@click.argument("acronym")
@_fields
@click.option("--template", metavar="NAME", help="A plan to start from: KA220, KA210, headings-24.")
@click.option("--coordinator", metavar="NAME", help="Your organisation, which coordinates.")
@click.option("--country", metavar="CODE", help="Its country.")
@click.pass_obj
def new(
    ctx: Context,
    /,
    acronym: str,
    template: str | None,
    coordinator: str | None,
    country: str | None,
    **said: Any,
) -> None:
    """Begin a project called ACRONYM, empty or with a plan to start from.

    The database is made where there is none yet.
    """
    from ka2tui.operations import projects

    values = _values(ctx, said)
    if country is not None and coordinator is None:
        raise click.UsageError("--country is the coordinator's: name it with --coordinator.")
    portfolio = ctx.open(create=True)
    own = ctx.settings.data
    if template is None:
        outcome = portfolio.do(
            projects.add_with_coordinator,
            acronym,
            coordinator=coordinator,
            country=country,
            today=ctx.today,
            own=own,
            **values,
        )
    else:
        from ka2tui.domain import templates

        outcome = portfolio.do(
            projects.add_from_template,
            templates.find(template, own),
            acronym,
            coordinator=coordinator,
            country=country,
            today=ctx.today,
            own=own,
            **values,
        )
    _answer(ctx, outcome.value, outcome.label)


@group.command()
@click.argument("code", required=False)
@click.option("--acronym", help="Another acronym.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str | None, acronym: str | None, **said: Any) -> None:
    """Change facts of a project; an empty value clears a field.

    Where its first day or its months change, phases and everything planned in project months
    follow.
    """
    from ka2tui.operations import projects

    values = _values(ctx, said)
    if acronym is not None:
        values["acronym"] = acronym
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    project = _meant(ctx, code)
    outcome = ctx.do(projects.edit, project, values, today=ctx.today, own=ctx.settings.data)
    _answer(ctx, project, outcome.label)


@group.command()
@click.argument("code")
@click.pass_obj
def remove(ctx: Context, code: str) -> None:
    """Remove a project with everything in it; undo brings it back."""
    from ka2tui.operations import projects

    project = _meant(ctx, code)
    gone = _plain(_summary(ctx, project))
    outcome = ctx.do(projects.remove, project)
    ctx.answer(gone, outcome.label)


@group.command()
@click.argument("code")
@click.argument("outcome", type=click.Choice(OUTCOMES))
@click.option(
    "--on", metavar="DATE", help="The day it became known; else the one noted before, or today."
)
@click.option("--note", metavar="TEXT", help="Points, reasons, what the assessors wrote.")
@click.pass_obj
def outcome(ctx: Context, code: str, outcome: str, on: str | None, note: str | None) -> None:
    """Note what became of the application of CODE.

    What is funded goes on to the next phase; what is rejected or withdrawn closes, and needs a
    reason: say it with --note. With unknown it is open again.
    """
    from ka2tui.domain.kinds import ProposalOutcome
    from ka2tui.operations import proposals

    project = _meant(ctx, code)
    done = ctx.do(
        proposals.decide,
        project,
        None if outcome == "unknown" else ProposalOutcome(outcome),
        on=None if on is None else _day(ctx, on),
        note=note,
        today=ctx.today,
        own=ctx.settings.data,
    )
    _answer(ctx, project, done.label)


@group.command()
@click.argument("code")
@click.option("--as", "acronym", required=True, metavar="ACRONYM", help="What it is called then.")
@click.option(
    *("--call", "call_year"),
    type=Whole(2014, 2100),
    help="The year of the call; by default the next.",
)
@click.pass_obj
def resubmit(ctx: Context, code: str, acronym: str, call_year: int | None) -> None:
    """Copy CODE into a new project of the next call, to be handed in again.

    Partners, people, plan, goal and priorities come along; dates, agreement, outcome, meetings
    and history do not. Project months stay.
    """
    from ka2tui.operations import proposals

    done = ctx.do(
        *(proposals.resubmit, _meant(ctx, code), acronym),
        call_year=call_year,
        today=ctx.today,
        own=ctx.settings.data,
    )
    _answer(ctx, done.value, done.label)


# --- reading ------------------------------------------------------------------------------------


def _meant(ctx: Context, code: str | None) -> int:
    if code is not None:
        ctx.code = code
    return ctx.project


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Turn what was typed into values; what was not typed is left out."""
    values: dict[str, Any] = {}
    for name, value in said.items():
        if value is None:
            continue
        if name == "grant":
            values["grant_cents"] = _amount(value) if value.strip() else None
        elif name == "application_deadline":
            values |= _stated(ctx, value, said)
        elif name in _DATES:
            values[name] = _day(ctx, value) if value.strip() else None
        elif name in _TEXTS:
            values[name] = value.strip() or None
        else:
            values[name] = None if value == "" else value
    return values


def _day(ctx: Context, text: str) -> date:
    from ka2tui.domain import days
    from ka2tui.domain.kinds import Precision
    from ka2tui.domain.refusal import Misread

    try:
        read = days.read_day(text, today=ctx.today)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    if read.day is None or read.precision is Precision.MONTH:
        raise click.UsageError(f"{text!r} is no day: write it like 2026-12-01.")
    return read.day


def _stated(ctx: Context, text: str, said: dict[str, Any]) -> dict[str, Any]:
    """Read by when an application must be in; without an hour, at that of who manages the call."""
    from ka2tui.domain import deadlines
    from ka2tui.domain.refusal import Misread

    if not text.strip():
        return {"application_deadline": None, "application_zone": None}
    action = str(said.get("action") or "").upper()
    managed_by = "EACEA" if action.startswith("ERASMUS-") else None
    try:
        read = deadlines.read_stated(text, today=ctx.today, managed_by=managed_by)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    return {"application_deadline": read.at, "application_zone": read.zone}


def _amount(text: str) -> int:
    from ka2tui.domain import money
    from ka2tui.domain.refusal import Misread

    try:
        cents, doubt = money.read_amount_with_doubt(text)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
    if doubt is not None:
        click.echo(f"Doubtful: {doubt}", err=True)
    return cents


# --- answering ----------------------------------------------------------------------------------


def _facts(ctx: Context, project: int) -> ProjectFacts:
    from ka2tui.queries import projects

    return ctx.ask(projects.facts, project, today=ctx.today)


def _summaries(ctx: Context) -> list[ProjectSummary]:
    from ka2tui.queries import overview

    return ctx.ask(overview.listed, today=ctx.today, own=ctx.settings.data)


def _summary(ctx: Context, project: int) -> ProjectSummary:
    return next(row for row in _summaries(ctx) if row.id == project)


def _answer(ctx: Context, project: int, label: str) -> None:
    doubt = _facts(ctx, project).agreement_doubt
    if doubt is not None:
        click.echo(f"Doubtful: {doubt}", err=True)
    ctx.answer(_plain(_summary(ctx, project)), label)


def _plain(row: ProjectSummary) -> dict[str, Any]:
    upcoming = row.next_date
    return {
        "id": row.id,
        "acronym": row.acronym,
        "title": row.title,
        "action": row.action,
        "agreement": row.agreement,
        "start": row.start,
        "end": row.end,
        "phase": row.phase,
        "outcome": row.outcome,
        "outcome_on": row.outcome_on,
        "done": row.done,
        "passed": row.passed,
        "late": row.late,
        "next_date": None if upcoming is None else upcoming.title,
        "next_day": None if upcoming is None else upcoming.day,
        "health": row.judgement.health,
        "why": [part.text for part in row.judgement.parts],
        "partners": row.partners,
        "grant_cents": row.grant_cents,
        "currency": row.currency,
    }


def _whole(row: ProjectSummary, found: ProjectFacts) -> dict[str, Any]:
    return _plain(row) | {
        "uid": found.uid,
        "months": found.months,
        "month": found.month,
        "shape": found.shape,
        "field": found.field,
        "call": found.call,
        "call_year": found.call_year,
        "managed_by": found.managed_by,
        "agency": found.agency,
        "coordinator": found.coordinator,
        "language": found.language,
        "website": found.website,
        "goal": found.goal,
        "summary": found.summary,
        "notes": found.notes,
        "progress_report_due": found.progress_report_due,
        "interim_report_due": found.interim_report_due,
        "final_report_due": found.final_report_due,
        "priorities": list(found.priorities),
        "application_deadline": _there(found),
        "application_zone": found.application_zone,
        "submitted_on": found.submitted_on,
        "outcome_note": found.outcome_note,
        "resubmits": found.resubmits,
    }


def _there(found: ProjectFacts) -> datetime | None:
    """Give the application's deadline as the clocks show it where it is stated."""
    from ka2tui.domain import instants

    if found.application_deadline is None:
        return None
    return instants.local(found.application_deadline, found.application_zone or "UTC")


def _table(rows: Sequence[ProjectSummary]) -> str:
    from ka2tui.domain.days import say_brief

    headings = (
        *("id", "acronym", "title", "action", "start", "end", "phase"),
        *("done", "late", "next", "health", "partners"),
    )
    cells = [
        (
            *(row.id, row.acronym, row.title, row.action, row.start, row.end),
            row.phase.word if row.outcome is None else f"{row.phase.word}, {row.outcome.word}",
            None if row.done is None else f"{row.done} %",
            row.late or None,
            row.next_date and f"{row.next_date.title} {say_brief(row.next_date.day)}",
            row.judgement.health.word,
            row.partners or None,
        )
        for row in rows
    ]
    return output.table(headings, cells)


def _text(ctx: Context, found: ProjectFacts) -> str:
    from ka2tui.cli.deadline_lines import said_of
    from ka2tui.domain import money

    grant = None
    if found.grant_cents is not None:
        grant = money.say_amount(found.grant_cents, found.currency)
    facts = [
        ("title", found.title),
        ("action", found.action),
        ("agreement", found.agreement),
        ("", found.agreement_doubt),
        ("first day", found.start),
        ("last day", found.end),
        ("months", found.months),
        ("phase", found.phase.word),
        ("built of", found.shape.word),
        ("field", found.field),
        ("call", found.call),
        ("call year", found.call_year),
        ("managed by", found.managed_by),
        ("agency", found.agency),
        ("grant", grant),
        ("coordinator", found.coordinator),
        ("progress report due", found.progress_report_due),
        ("interim report due", found.interim_report_due),
        ("final report due", found.final_report_due),
        ("priorities", ", ".join(found.priorities) or None),
        ("goal", found.goal),
        ("summary", found.summary),
        ("website", found.website),
        ("notes", found.notes),
        ("handed in", found.submitted_on),
        ("outcome", found.outcome and f"{found.outcome.word}, {found.outcome_on}"),
        ("", found.outcome_note),
        ("handed in again for", found.resubmits),
        *said_of(ctx, found.id),
    ]
    lines = [f"{name:<20} {value}".rstrip() for name, value in facts if value not in (None, "")]
    return "\n".join([found.acronym, *lines])
