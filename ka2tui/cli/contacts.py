"""People on the command line: list, add, edit, remove, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output
from ka2tui.cli.options import options, read
from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.queries.contacts import ContactRow


@click.group()
def group() -> None:
    """People: of the partners, and those who belong to none."""


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List the people of the project by partner."""
    from ka2tui.queries import contacts

    rows, empty = ctx.ask(contacts.listed, ctx.project), "No people yet."
    filters.answer(ctx, "contact", rows, (words, named), plain=_plain, table=_table, empty=empty)


_fields = options(
    click.option(
        "--partner", metavar="PARTNER", help="The partner they belong to; empty: no partner."
    ),
    click.option("--organisation", help="The organisation of somebody without a partner."),
    click.option("--role", help="What they do in the project."),
    click.option("--email", help="Their e-mail address."),
    click.option("--phone", help="Their telephone number."),
    click.option("--language", help="The language to write to them in."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("name")
@_fields
@click.pass_obj
def add(ctx: Context, /, name: str, **said: Any) -> None:
    """Add a person."""
    from ka2tui.operations import contacts

    outcome = ctx.do(contacts.add, ctx.project, name, **_values(ctx, said))
    _answer_one(ctx, outcome.value, outcome.label)


@group.command()
@click.argument("contact", metavar="ID")
@click.option("--name", help="Another name.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, contact: str, name: str | None, **said: Any) -> None:
    """Change what is known of a person; an empty value clears a field."""
    from ka2tui.operations import contacts

    values = _values(ctx, said) | ({} if name is None else {"name": name})
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("contact", contact)
    _answer_one(ctx, found, ctx.do(contacts.edit, found, values).label)


@group.command()
@click.argument("contacts", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def remove(ctx: Context, contacts: tuple[str, ...]) -> None:
    """Remove people whom no task and no list of attendance names."""
    from ka2tui.operations import contacts as made
    from ka2tui.queries import contacts as asked

    ids = ctx.ids("contact", contacts)
    rows = [_plain(row) for row in ctx.ask(asked.some, ids)]
    outcome = ctx.do(made.remove, ids)
    ctx.answer(rows[0] if len(rows) == 1 else rows, outcome.label)


@group.command()
@click.argument("contact", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.pass_obj
def forget(ctx: Context, contact: str, *, yes: bool) -> None:
    """Take everything personal of somebody out of the records and the whole history, for good.

    Tasks and attendance lists stay, with "Person 7" in place of the name. Texts that you wrote
    yourself stay as they are; those that name the person are listed.
    """
    from ka2tui.queries import contacts

    found = ctx.id("contact", contact)
    person = ctx.ask(contacts.one, found)
    mentions = ctx.ask(contacts.mentions, found)
    if mentions:
        click.echo(f"{person.name} is also named here, which stays as it is:", err=True)
        for mention in mentions:
            click.echo(f"  {mention.kind}: {mention.text}", err=True)
    if not yes:
        asked = f"Forget {person.name} for good? This cannot be undone."
        if not click.confirm(asked, err=True):
            raise Refused("Nobody was forgotten.")
    erased = forget_for_good(ctx, found)
    row = ctx.ask(contacts.one, found)
    ctx.answer(_plain(row), f"Forgotten, now {row.name}; {erased} places of the history emptied.")


def forget_for_good(ctx: Context, contact: int) -> int:
    """Anonymise a person and empty the history of their words; give how many places that were."""
    from ka2tui.operations import contacts

    outcome = ctx.do(contacts.forget, contact)
    return ctx.portfolio.erase(outcome.value)


def _values(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    from ka2tui.domain.mail_address import read_mail

    values = {field: text or None for field, text in said.items() if text is not None}
    if mail := values.get("email"):
        values["email"] = read(read_mail, mail)
    if "partner" in values:
        partner = values.pop("partner")
        values["partner_id"] = ctx.id("partner", partner) if partner else None
    return values


def _answer_one(ctx: Context, contact: int, label: str) -> None:
    from ka2tui.queries import contacts

    ctx.answer(_plain(ctx.ask(contacts.one, contact)), label)


def _plain(row: ContactRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "partner": row.partner,
        "role": row.role,
        "email": row.email,
        "phone": row.phone,
        "language": row.language,
        "notes": row.notes,
        "organisation": row.organisation,
    }


def _table(rows: Sequence[ContactRow]) -> str:
    return output.table(
        ("", "name", "partner", "organisation", "role", "e-mail", "phone", "language"),
        (
            (
                *(row.id, row.name, row.partner, row.organisation, row.role),
                *(row.email, row.phone, row.language),
            )
            for row in rows
        ),
    )
