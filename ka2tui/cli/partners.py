"""Partners on the command line: list, show, add, edit, remove; papers and messages beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, partner_leaving, partner_messages, partner_papers
from ka2tui.cli.options import WholeOrNone, options, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.papers import PaperList
    from ka2tui.queries.partner_register import RegisterRow
    from ka2tui.queries.partners import PartnerDetails, PartnerRow
    from ka2tui.store.portfolio import Outcome

_SEEN = {"yes": True, "no": False, "unknown": None}
_DAYS = ("", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@click.group()
def group() -> None:
    """Partners: the organisations of the consortium."""


for _verb in (
    *(partner_papers.papers, partner_papers.paper),
    *(partner_messages.heard, partner_messages.messages, partner_messages.chase),
    *(partner_leaving.leave, partner_leaving.back),
):
    group.add_command(_verb)


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the partners, the coordinator first."""
    from ka2tui.queries import partner_register

    rows = ctx.ask(partner_register.listed, ctx.project, today=ctx.today, known=_papers(ctx))
    table, empty = partial(_table, today=ctx.today), "No partners yet."
    filters.answer(ctx, "partner", rows, (words, named), plain=_plain, table=table, empty=empty)


@group.command()
@click.argument("partner", metavar="ID")
@click.pass_obj
def show(ctx: Context, partner: str) -> None:
    """Show one partner with its people, what it leads and what it owes."""
    from ka2tui.queries import partners

    which = ctx.id("partner", partner)
    found = ctx.ask(partners.one, which, today=ctx.today)
    (row,) = _rows(ctx, [which])
    ctx.answer(_whole(found, row), lambda: _text(found, row, ctx.today, ctx.settings.data))


_fields = options(
    click.option("--acronym", help="Its short name, used once in a project."),
    click.option("--nr", help="Its number in the application."),
    click.option(
        "--role",
        type=click.Choice(["coordinator", "beneficiary", "associated"]),
        help="What it is in the partnership.",
    ),
    click.option("--country", metavar="COUNTRY", help="Code or name: PL, EL, Türkiye."),
    click.option("--city", help="Its city."),
    click.option("--zone", "--tz", metavar="ZONE", help="Its time zone: Europe/Warsaw."),
    click.option("--oid", help="Its organisation number, E10..."),
    click.option("--pic", help="Its PIC: nine digits."),
    click.option(
        "--agreement",
        type=click.Choice(["none", "sent", "signed"]),
        help="How far the partnership agreement is.",
    ),
    click.option("--joined", metavar="DATE", help="The first day it took part."),
    click.option("--left", metavar="DATE", help="The last day it took part."),
    click.option("--working-days", metavar="1,2,3,4,5", help="Monday is 1."),
    click.option("--hours", metavar="09:00-17:00", help="Its working hours."),
    click.option("--website", help="Its address on the web."),
    click.option("--sort", metavar="SORT", help="What it is: hei, vet_provider, company, NGO ..."),
    click.option("--established", metavar="DATE", help="Since when it exists in law."),
    click.option(
        "--eche",
        type=click.Choice([*_SEEN]),
        help="Whether it has the Erasmus Charter for Higher Education.",
    ),
    click.option(
        "--applications",
        metavar="N",
        type=WholeOrNone(0, 1000),
        help="In how many applications at this deadline it takes part, this one included.",
    ),
    click.option(
        "--newcomer", type=click.Choice([*_SEEN]), help="Whether this is its first such project."
    ),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("name")
@_fields
@click.pass_obj
def add(ctx: Context, /, name: str, **said: Any) -> None:
    """Add a partner by its legal NAME; a new coordinator takes over from the one there is."""
    from ka2tui.operations import partners

    outcome = ctx.do(partners.add, ctx.project, name, **_values(ctx, said))
    _answer_one(ctx, outcome.value, outcome)


@group.command()
@click.argument("partner", metavar="ID")
@click.option("--name", help="Another legal name.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, partner: str, name: str | None, **said: Any) -> None:
    """Change a partner; an empty value clears a field. A new coordinator swaps roles."""
    from ka2tui.operations import partners

    values = _values(ctx, said) | ({} if name is None else {"name": name})
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("partner", partner)
    _answer_one(ctx, found, ctx.do(partners.edit, found, values))


@group.command()
@click.argument("partners", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def remove(ctx: Context, partners: tuple[str, ...]) -> None:
    """Remove partners that nothing refers to."""
    from ka2tui.operations import partners as made

    ids = ctx.ids("partner", partners)
    rows = [_plain(row) for row in _rows(ctx, ids)]
    outcome = ctx.do(made.remove, ids)
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    from ka2tui.domain import organisation_sorts
    from ka2tui.domain.countries import read_country
    from ka2tui.domain.instants import read_zone
    from ka2tui.domain.kinds import AgreementState, PartnerRole

    values: dict[str, Any] = {}
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "country": ("country", read_country),
        "zone": ("zone", read_zone),
        "role": ("role", PartnerRole),
        "agreement": ("agreement_state", AgreementState),
        "joined": ("joined_on", lambda text: ctx.day(text).day),
        "left": ("left_on", lambda text: ctx.day(text).last),
        "sort": ("sort", partial(organisation_sorts.read, own=ctx.settings.data)),
        "established": ("established_on", lambda text: ctx.day(text).day),
    }
    for option, text in said.items():
        if text is None:
            continue
        if option in ("eche", "newcomer"):
            values[option] = _SEEN[text]
            continue
        if option == "applications":
            values[option] = None if text == "" else text
            continue
        if option == "hours":
            values["day_start_minute"], values["day_end_minute"] = _read_hours(text)
            continue
        field, reader = readers.get(option, (option, str))
        values[field] = read(reader, text) if text else None
    return values


def _read_hours(text: str) -> tuple[int, int]:
    """Read working hours as minutes of the day: 08:30-16:30."""
    from ka2tui.domain.instants import read_time

    begin, _, end = text.replace("–", "-").partition("-")
    first, last = read(read_time, begin.strip()), read(read_time, end.strip())
    return first.hour * 60 + first.minute, last.hour * 60 + last.minute


def _papers(ctx: Context) -> PaperList:
    from ka2tui.domain import papers

    return papers.load(ctx.settings.data)


def _rows(ctx: Context, partners: Sequence[int]) -> tuple[RegisterRow, ...]:
    from ka2tui.queries import partner_register

    return ctx.ask(
        partner_register.some, ctx.project, partners, today=ctx.today, known=_papers(ctx)
    )


def _answer_one(ctx: Context, partner: int, outcome: Outcome[Any]) -> None:
    (row,) = _rows(ctx, [partner])
    ctx.answer(_plain(row), outcome.label)


def _plain(row: RegisterRow) -> dict[str, Any]:
    """Give a partner as the contract lists it, and after that how things stand with it."""
    heard, chased = row.heard, next(iter(row.chased), None)
    return {
        "id": row.id,
        "acronym": row.acronym,
        "name": row.name,
        "country": row.country,
        "role": row.role,
        "zone": row.zone,
        "sort": row.sort,
        "established_on": row.established_on,
        "eche": row.eche,
        "applications": row.applications,
        "newcomer": row.newcomer,
        "late": row.late,
        "coming": row.coming,
        "papers_missing": row.papers_missing,
        "papers": row.papers,
        "heard_on": heard.day if heard else None,
        "heard_by": heard.sign if heard else None,
        "silent_days": row.silent_days,
        "chased_on": chased.day if chased else None,
        "chased_tone": chased.tone if chased else None,
    }


def _whole(found: PartnerDetails, standing: RegisterRow) -> dict[str, Any]:
    row = found.row
    return _plain(standing) | {
        "nr": row.nr,
        "city": row.city,
        "oid": found.oid,
        "pic": found.pic,
        "agreement": row.agreement_state,
        "working_days": [int(day) for day in found.working_days.split(",") if day],
        "hours": _hours(found),
        "joined": found.joined_on,
        "left": row.left_on,
        "left_why": found.leave_reason,
        "successor": found.successor,
        "website": found.website,
        "notes": found.notes,
        "leads": list(row.leads),
        "open_tasks": row.open_tasks,
        "late_tasks": row.late_tasks,
        "open_deliverables": row.open_deliverables,
        "late_deliverables": row.late_deliverables,
        "contacts": [
            {"id": one.id, "name": one.name, "role": one.role, "email": one.email}
            for one in found.contacts
        ],
    }


def _table(rows: Sequence[RegisterRow], today: date) -> str:
    from ka2tui.domain import silence
    from ka2tui.domain.countries import say_country

    headings = (
        *("", "acronym", "name", "country", "role", "leads"),
        *("owes", "papers", "heard from", "zone"),
    )
    return output.table(
        headings,
        (
            (
                row.nr or row.id,
                row.acronym,
                row.name,
                say_country(row.country) if row.country else "",
                _role(row, today),
                " ".join(row.leads),
                _owes(row),
                f"{row.papers_missing} of {row.papers} missing" if row.papers_missing else "",
                silence.say_brief(row.heard, today) if row.expected else "",
                row.zone,
            )
            for row in rows
        ),
    )


def _role(row: PartnerRow, today: date) -> str:
    """Say what it is, and that it left or will."""
    from ka2tui.domain.days import say_brief

    if row.left_on is None:
        return row.role.word
    word = "left" if row.left_on < today else "leaves"
    return f"{row.role.word}, {word} on {say_brief(row.left_on)}"


def _owes(row: PartnerRow) -> str:
    """Say what is open, and how much of it late."""
    number, late = row.open_tasks + row.open_deliverables, row.late_tasks + row.late_deliverables
    return f"{number}, {late} late" if late else str(number or "")


def _hours(found: PartnerDetails) -> str:
    begin, end = found.day_start_minute, found.day_end_minute
    return f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}"


def _said(*, yes: bool | None) -> str | None:
    return {True: "yes", False: "no", None: None}[yes]


def _text(found: PartnerDetails, standing: RegisterRow, today: date, own: Path | None) -> str:
    """Write everything for people."""
    from ka2tui.domain import chase, organisation_sorts, silence
    from ka2tui.domain.countries import say_country
    from ka2tui.domain.days import say_brief
    from ka2tui.domain.papers import say_missing

    row = found.row
    days = " ".join(_DAYS[int(day)] for day in found.working_days.split(",") if day)
    place = ", ".join(
        part for part in (row.city, say_country(row.country) if row.country else None) if part
    )
    facts = [
        ("Role", row.role.word),
        ("Number", row.nr),
        ("Place", place),
        ("Time zone", row.zone),
        ("Works", f"{days}, {_hours(found)}"),
        ("Sort", organisation_sorts.say(row.sort, own)),
        ("Exists since", say_brief(row.established_on) if row.established_on else None),
        ("ECHE", _said(yes=row.eche)),
        ("Newcomer", _said(yes=row.newcomer)),
        ("Applications", row.applications),
        ("OID", found.oid),
        ("PIC", found.pic),
        ("Agreement", row.agreement_state.word),
        ("Joined", found.joined_on),
        ("Left", row.left_on),
        ("Why", found.leave_reason),
        ("Successor", found.successor),
        ("Website", found.website),
        ("Leads", ", ".join(row.leads)),
        ("Tasks", f"{row.open_tasks} open, {row.late_tasks} late"),
        ("Deliverables", f"{row.open_deliverables} open, {row.late_deliverables} late"),
        ("Papers", say_missing(standing.papers_missing, standing.papers)),
        ("Heard from", silence.say(standing.heard, today) if standing.expected else None),
        ("Chased", chase.say_chased(standing.chased[0], today) if standing.chased else None),
        ("Notes", found.notes),
    ]
    lines = [f"{row.acronym} · {row.name}" if row.acronym else row.name]
    lines += [f"  {label:<13}{value}" for label, value in facts if value not in {None, ""}]
    if found.contacts:
        lines.append("  People")
        lines += [
            "    " + " · ".join(part for part in (one.name, one.role, one.email, one.phone) if part)
            for one in found.contacts
        ]
    return "\n".join(lines)
