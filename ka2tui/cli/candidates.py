"""Finding partners on the command line: who may join, what is lacking, and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output
from ka2tui.cli import register_verbs as shared
from ka2tui.cli.noun import Noun
from ka2tui.cli.options import options, read
from ka2tui.cli.partner_messages import into_files
from ka2tui.domain.kinds import CandidateState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.candidates import Reach
    from ka2tui.domain.partner_search import Advice
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.queries.candidates import CandidateRow, Search
    from ka2tui.reports.chase import Letter

_ANSWERS = ("interested", "agreed", "declined")


@click.group()
def group() -> None:
    """Finding partners: who may join, who was asked, and what the consortium still lacks."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the organisations that may join: those that agreed first."""
    from ka2tui.queries import candidates

    seen = ctx.ask(candidates.looked_for, ctx.project, today=ctx.today, own=ctx.settings.data)
    rows = filters.narrowed(ctx, "candidate", seen.rows, words, named)

    def text() -> str:
        table = _table(rows) or filters.nothing(
            "Nobody yet. Note one with: ka2tui candidate add", words, named
        )
        return "\n\n".join(filter(None, [table, _say_lacking(seen)]))

    ctx.answer([plain(row) for row in rows], text)


@group.command()
@shared.one
@click.pass_obj
def show(ctx: Context, code: str) -> None:
    """Show all that is known of one organisation."""
    from ka2tui.queries import candidates

    key = ctx.id("candidate", code)
    (row,) = ctx.ask(candidates.some, [key], today=ctx.today, own=ctx.settings.data)
    ctx.answer(plain(row), lambda: _text(row))


@group.command()
@click.pass_obj
def lacking(ctx: Context) -> None:
    """Tell what the consortium still lacks by the minimum of its action."""
    from ka2tui.queries import candidates

    seen = ctx.ask(candidates.looked_for, ctx.project, today=ctx.today, own=ctx.settings.data)
    ctx.answer(_lacking(seen), lambda: _say_lacking(seen))


@group.command()
@click.pass_obj
def search(ctx: Context) -> None:
    """Say what to look for in a partner, and where to look."""
    from ka2tui.queries import candidates

    seen = ctx.ask(candidates.looked_for, ctx.project, today=ctx.today, own=ctx.settings.data)
    value = {
        "look": [_advice(one) for one in seen.search.look],
        "where": [_advice(one) for one in seen.search.where],
        "lacking": _lacking(seen),
    }
    ctx.answer(value, lambda: _say_search(seen))


_fields = options(
    click.option("--acronym", help="How you call it in short."),
    click.option("--country", help="A country's name or code."),
    click.option("--city", help="Where it sits."),
    click.option("--sort", metavar="SORT", help="What it is: school, hei, vet_provider, ngo."),
    click.option("--oid", help="Its number with the agencies: E1 and seven digits."),
    click.option("--pic", help="Its number with EACEA: nine digits."),
    click.option("--website", help="Its address on the web."),
    click.option("--brings", help="What only it would add."),
    click.option("--found-at", metavar="WHERE", help="Where you found it."),
    click.option("--person", help="Whom you write to."),
    click.option("--email", help="Their address."),
    click.option("--phone", help="Their number."),
    click.option("--asked-on", metavar="DATE", help="When it was asked."),
    click.option("--answered-on", metavar="DATE", help="When it answered."),
    click.option(
        "--state", type=click.Choice([it.value for it in CandidateState]), help="How far it is."
    ),
    click.option("--notes", help="Anything else; it goes into no message."),
)


@group.command()
@click.argument("name")
@_fields
@click.pass_obj
def add(ctx: Context, /, name: str, **said: str | None) -> None:
    """Note an organisation that may become a partner."""
    from ka2tui.operations import candidates

    outcome = ctx.do(candidates.add, ctx.project, name, values=_values(ctx, said))
    _NOUN.answer(ctx, [outcome.value], outcome.label)


@group.command()
@shared.one
@click.option("--name", help="Another name.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, code: str, name: str | None, **said: str | None) -> None:
    """Change what is known of one; an empty value clears a field."""
    values = _values(ctx, said) | ({} if name is None else {"name": name})
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    _NOUN.change(ctx, ctx.id("candidate", code), values)


@group.command()
@shared.several
@click.option("--on", metavar="DATE", help="The day it was asked; today without it.")
@click.option("--note-only", is_flag=True, help="Write no message, only note that it was asked.")
@into_files
@click.pass_obj
def ask(
    ctx: Context,
    codes: tuple[str, ...],
    *,
    on: str | None,
    note_only: bool,
    place: Path | None,
    form: str | None,
    no_log: bool,
    force: bool,
) -> None:
    """Write the message that asks an organisation to join, and note that it was asked.

    It is made of what the project says about itself: title, goal, priorities, dates, partners. It
    is printed, or written to a file.
    """
    from ka2tui.cli import partner_messages
    from ka2tui.operations import candidates as made
    from ka2tui.queries import candidates
    from ka2tui.reports import chase as report
    from ka2tui.reports import invitation

    if note_only and (no_log or place is not None):
        raise click.UsageError("--note-only writes nothing: leave out -o and --no-log.")
    ids = ctx.ids("candidate", codes)
    day = shared.day_or_today(ctx, on)
    if note_only:
        _NOUN.answer(ctx, ids, ctx.do(made.ask, ids, day=day, today=ctx.today).label)
        return
    own = ctx.settings.data
    cases = ctx.ask(candidates.asking, ids, today=ctx.today, sender=ctx.actor, own=own)
    letters = [invitation.write(case, today=ctx.today, own=own) for case in cases]
    if not no_log:  # before the files: what is refused writes nothing
        ctx.do(made.ask, ids, day=day, today=ctx.today)
    several = len(letters) > 1
    files = partner_messages.save(
        letters, place, form, several=several, force=force, what=invitation.WHAT
    )
    for letter in letters:
        if not report.reachable(letter):
            click.echo(f"{letter.called}: No address is known: enter one with --email.", err=True)
    value = [
        _letter(letter, file, logged=not no_log)
        for letter, file in zip(letters, files, strict=True)
    ]

    def text() -> str:
        if place is not None:
            return "\n".join(f"Written to {file}" for file in files)
        return "\n---\n".join(report.plain(one) for one in letters).rstrip("\n")

    ctx.answer(value if several else value[0], text)


@group.command()
@shared.several
@click.option("--is", "state", type=click.Choice(_ANSWERS), required=True, help="What was said.")
@click.option("--on", metavar="DATE", help="The day it answered; today without it.")
@click.pass_obj
def answer(ctx: Context, codes: tuple[str, ...], *, state: str, on: str | None) -> None:
    """Note what organisations answered: interested, agreed or declined."""
    from ka2tui.operations import candidates

    ids = ctx.ids("candidate", codes)
    day = shared.day_or_today(ctx, on)
    outcome = ctx.do(candidates.answer, ids, CandidateState(state), day=day, today=ctx.today)
    _NOUN.answer(ctx, ids, outcome.label)


@group.command()
@shared.several
@click.option(
    "--role",
    type=click.Choice(["coordinator", "beneficiary", "associated"]),
    default="beneficiary",
    show_default=True,
    help="As what it joins.",
)
@click.pass_obj
def take(ctx: Context, codes: tuple[str, ...], *, role: str) -> None:
    """Make partners of them, each with its person, as one step."""
    from ka2tui.domain.kinds import PartnerRole
    from ka2tui.operations import candidates

    ids = ctx.ids("candidate", codes)
    outcome = ctx.do(candidates.take, ids, today=ctx.today, role=PartnerRole(role))
    _NOUN.answer(ctx, ids, outcome.label)


def _sheet(ctx: Context) -> Sheet:
    from ka2tui.exchange import aim_tables
    from ka2tui.queries import candidates, uids

    rows = ctx.ask(candidates.listed, ctx.project, today=ctx.today)
    return aim_tables.candidates(rows, ctx.ask(uids.of, ctx.project, "candidate"))


shared.give_export(group, _sheet)


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    days = {"asked_on": "asked_on", "answered_on": "answered_on"}
    values = shared.day_values(ctx, said, days)
    for name, text in said.items():
        if text is not None and name not in days:
            values[name] = _value(ctx, name, text) if text else None
    return values


def _value(ctx: Context, name: str, text: str) -> Any:
    if name == "state":
        return CandidateState(text)
    if name == "sort":
        from ka2tui.domain import organisation_sorts

        return read(lambda said: organisation_sorts.read(said, ctx.settings.data), text)
    return text


# -- answers -------------------------------------------------------------------------------------


def plain(row: CandidateRow) -> dict[str, Any]:
    """Give one as JSON lists it."""
    return {
        "id": row.id,
        "name": row.name,
        "acronym": row.acronym,
        "country": row.country,
        "city": row.city,
        "sort": row.sort,
        "oid": row.oid,
        "pic": row.pic,
        "website": row.website,
        "brings": row.brings,
        "found_at": row.found_at,
        "person": row.person,
        "email": row.email,
        "phone": row.phone,
        "state": row.state,
        "asked_on": row.asked_on,
        "answered_on": row.answered_on,
        "waits_days": row.waits,
        "adds": row.adds.word if row.adds else None,
        "helps": row.adds.helps if row.adds else None,
        "partner": row.partner,
        "notes": row.notes,
    }


def _floors() -> tuple[Any, Any]:
    from ka2tui.operations import candidates as operations
    from ka2tui.queries import candidates as queries

    return queries, operations


_NOUN = Noun("candidate", plain, _floors)
_NOUN.give_remove(group, "Take organisations off the list; a partner that one became stays.")


def _lacking(seen: Search) -> dict[str, Any] | None:
    """Give what is lacking as JSON; None where the rules of the action are not known."""
    found = seen.lacking
    if found is None:
        return None
    minimum = found.now.minimum
    return {
        "rules": minimum.says,
        "organisations_min": minimum.organisations,
        "countries_min": minimum.countries,
        "also": minimum.also,
        "source": minimum.source,
        "place": minimum.place,
        "confirmed": minimum.confirmed,
        "now": _reach(found.now),
        "with_agreed": _reach(found.agreed),
        "with_interested": _reach(found.hoped),
    }


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "organisations": reach.organisations,
        "countries": list(reach.countries),
        "lacks_organisations": reach.lacks_organisations,
        "lacks_countries": reach.lacks_countries,
        "met": reach.met,
    }


def _advice(one: Advice) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "text": one.text,
        "why": one.why or None,
        "address": one.address or None,
        "source": one.source,
        "place": one.place,
        "confirmed": one.confirmed,
    }


def _letter(letter: Letter, file: Path | None, *, logged: bool) -> dict[str, Any]:
    return {
        "candidate": letter.called,
        "to": letter.to.name if letter.to else None,
        "email": letter.to.email if letter.to else None,
        "subject": letter.subject,
        "text": letter.text,
        "file": None if file is None else str(file),
        "logged": logged,
    }


def _say_lacking(seen: Search) -> str:
    found = seen.lacking
    if found is None:
        return seen.why_unknown
    minimum = found.now.minimum
    lines = [("minimum", minimum.says)]
    for word, reach in found.steps:
        lacks = "the numbers of the minimum are reached" if reach.met else f"lacks {reach.said}"
        lines.append((word, f"{reach.has}: {lacks}"))
    if minimum.also:
        lines.append(("asks also for", minimum.also))
    return output.facts(lines)


def _say_search(seen: Search) -> str:
    def listed(every: Sequence[Advice]) -> str:
        return "\n".join(
            "\n".join(
                filter(
                    None,
                    [
                        f"- {one.title}: {one.text}",
                        f"  {one.address}" if one.address else "",
                        "" if one.confirmed else "  (not confirmed)",
                    ],
                )
            )
            for one in every
        )

    return "\n\n".join(
        [
            _say_lacking(seen),
            f"What to look for\n{listed(seen.search.look)}",
            f"Where to look\n{listed(seen.search.where)}",
        ]
    )


def _table(rows: Sequence[CandidateRow]) -> str:
    return output.table(
        ("id", "name", "country", "state", "adds", "brings", "person", "found at"),
        [
            (
                *(row.id, row.called, row.country, f"partner {row.partner}"
                  if row.partner_id else row.said),
                *(row.adds.word if row.adds else "", row.brings, row.person, row.found_at),
            )
            for row in rows
        ],
    )  # fmt: skip


def _text(row: CandidateRow) -> str:
    from ka2tui.domain.countries import say_country

    return output.facts(
        [
            ("", " ".join(filter(None, [row.acronym, row.name]))),
            ("state", row.said),
            ("partner", row.partner),
            ("country", say_country(row.country) if row.country else None),
            ("city", row.city),
            ("adds", row.adds.word if row.adds else None),
            ("brings", row.brings),
            ("sort", row.sort),
            ("oid", row.oid),
            ("pic", row.pic),
            ("website", row.website),
            ("found at", row.found_at),
            ("person", row.person),
            ("email", row.email),
            ("phone", row.phone),
            ("notes", row.notes),
        ]
    )
