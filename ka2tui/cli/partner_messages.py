"""Messages with partners on the command line: heard from, chased, and the list of both."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output
from ka2tui.cli.options import OutFile, naming_force, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.chase import Case, Person
    from ka2tui.queries.messages import MessageRow
    from ka2tui.reports.chase import Letter

_ENDINGS = ("eml", "txt", "md")

into_files = options(
    click.option(
        "-o",
        "--output",
        "place",
        type=OutFile(),
        metavar="FILE",
        help="Write it here: .eml (a draft), .txt or .md; of several, the folder.",
    ),
    click.option(
        "--format", "form", type=click.Choice(_ENDINGS), help="For a folder: the kind of files."
    ),
    click.option("--no-log", is_flag=True, help="Do not note that it was sent."),
    click.option("--force", is_flag=True, help="Write over an existing file."),
)
"""What a command takes that writes messages."""


@click.command()
@click.argument("partner", metavar="[ID]", required=False)
@click.pass_obj
def messages(ctx: Context, partner: str | None) -> None:
    """List what was written and said, newest first, with all partners or one."""
    from ka2tui.queries import messages as asked

    chosen = None if partner is None else ctx.id("partner", partner)
    rows = ctx.ask(asked.listed, ctx.project, partner=chosen)
    names = _names(ctx)
    ctx.answer(
        [_plain(row, names) for row in rows], lambda: _table(rows, names) or "No messages yet."
    )


@click.command()
@click.argument("partner", metavar="ID")
@click.argument("text", metavar="[TEXT]", required=False)
@click.option(
    "--by",
    type=click.Choice(["mail", "call", "chat", "letter"]),
    help="How; a mail without it.",
)
@click.option("--on", metavar="DATE", help="The day; today without it.")
@click.option("--contact", metavar="PERSON", help="With whom.")
@click.option(
    "--to-them/--from-them", "out", default=None, help="You spoke to them; they did not answer."
)
@click.option("--edit", "edited", metavar="NR", type=int, help="Change message NR instead.")
@click.option("--remove", "removed", metavar="NR", type=int, help="Take message NR away.")
@click.pass_obj
def heard(
    ctx: Context,
    /,
    partner: str,
    *,
    edited: int | None,
    removed: int | None,
    **said: Any,
) -> None:
    """Note that a partner was heard from, with a line of TEXT about it.

    Messages have numbers; `partner messages` names them.
    """
    from ka2tui.domain.kinds import Channel
    from ka2tui.operations import messages as made

    which = ctx.id("partner", partner)
    given = _said(ctx, said)
    number = edited if edited is not None else removed
    found = None if number is None else _with(ctx, which, number, partner)
    if removed is not None:
        if edited is not None or given:
            raise click.UsageError("A message is removed, or changed, not both.")
        ctx.answer(found, ctx.do(made.remove, [removed]).label)
    elif edited is not None:
        if not given:
            raise click.UsageError("Say what to change: TEXT, --by, --on, --contact, --to-them.")
        label = ctx.do(made.edit, edited, given, today=ctx.today).label
        ctx.answer(_with(ctx, which, edited, partner), label)
    else:
        channel, day = given.pop("channel", Channel.MAIL), given.pop("day", ctx.today)
        outcome = ctx.do(made.note, [which], channel, day=day, today=ctx.today, **given)
        ctx.answer(_with(ctx, which, outcome.value[0], partner), outcome.label)


def _said(ctx: Context, said: dict[str, Any]) -> dict[str, Any]:
    """Give the fields of a message that options speak of."""
    from ka2tui.domain.kinds import Channel, Direction

    given: dict[str, Any] = {}
    if said["text"] is not None:
        given["text"] = said["text"]
    if said["by"] is not None:
        given["channel"] = Channel(said["by"])
    if said["on"] is not None:
        given["day"] = ctx.day(said["on"]).day
        if given["day"] is None:
            raise click.UsageError(
                f"{said['on']!r} is no day: the project's first day is not known."
            )
    if said["contact"] is not None:
        given["contact_id"] = ctx.id("person", said["contact"]) if said["contact"] else None
    if said["out"] is not None:
        given["direction"] = Direction.OUT if said["out"] else Direction.IN
    return given


@click.command()
@click.argument("partners", metavar="[ID]...", nargs=-1)
@click.option(
    "--all", "everybody", is_flag=True, help="All partners with something late or a paper missing."
)
@click.option(
    "--tone",
    type=click.Choice(["friendly", "clear", "formal"]),
    help="Its tone; if left out, firmer with every reminder that had no answer.",
)
@click.option(
    "--to",
    "person",
    metavar="PERSON",
    help="Who it is addressed to; otherwise the partner's first person.",
)
@into_files
@click.pass_obj
def chase(
    ctx: Context,
    partners: tuple[str, ...],
    *,
    everybody: bool,
    tone: str | None,
    person: str | None,
    place: Path | None,
    form: str | None,
    no_log: bool,
    force: bool,
) -> None:
    """Write a reminder of what a partner owes: late and coming work, missing papers.

    It is printed, or written to a file, and noted as sent. Where nothing is late or missing it asks
    for an update.
    """
    from ka2tui.domain.chase import Reminder
    from ka2tui.domain.kinds import Tone
    from ka2tui.operations import messages as made
    from ka2tui.reports import chase as report

    if everybody == bool(partners):
        raise click.UsageError("Name the partners, or say --all.")
    if person is not None and len(partners) != 1:
        raise click.UsageError("--to names a person of one partner: name one partner.")
    cases = _cases(ctx, partners or None)
    wanted = None if tone is None else Tone(tone)
    letters = [_write(ctx, case, wanted, _person(ctx, case, person)) for case in cases]
    several = everybody or len(partners) > 1
    files = save(letters, place, form, several=several, force=force)
    for case, letter in zip(cases, letters, strict=True):
        _warn(ctx, case, letter)
    if not no_log and letters:
        sent = [
            Reminder(one.partner, one.tone, one.text, one.to.id if one.to else None)
            for one in letters
        ]
        ctx.do(made.chase, sent, day=ctx.today)
    value = [
        _letter(ctx, case, letter, file, logged=not no_log)
        for case, letter, file in zip(cases, letters, files, strict=True)
    ]

    def text() -> str:
        if not letters:
            return "Nobody owes anything that is late, and no paper is missing."
        if place is not None:
            return "\n".join(f"Written to {file}" for file in files)
        return "\n---\n".join(report.plain(one) for one in letters).rstrip("\n")

    ctx.answer(value if several else value[0], text)


def _cases(ctx: Context, partners: Sequence[str] | None) -> tuple[Case, ...]:
    from ka2tui.domain import papers
    from ka2tui.queries import chase as asked

    ids = None if partners is None else ctx.ids("partner", partners)
    known = papers.load(ctx.settings.data)
    return ctx.ask(asked.cases, ctx.project, ids, today=ctx.today, sender=ctx.actor, known=known)


def _person(ctx: Context, case: Case, said: str | None) -> Person | None:
    """Find whom a reminder is for among the people of the partner."""
    from ka2tui.domain.refusal import Refused

    if said is None:
        return None
    found = ctx.id("contact", said)
    person = next((one for one in case.people if one.id == found), None)
    if person is None:
        raise Refused(f"{said} is nobody of {case.called}.")
    return person


def _write(ctx: Context, case: Case, tone: Any, person: Person | None) -> Letter:
    from ka2tui.domain.chase import tone_for
    from ka2tui.reports import chase as report

    chosen = tone or tone_for(case.unanswered)
    return report.write(case, chosen, today=ctx.today, to=person, own=ctx.settings.data)


def save(
    letters: Sequence[Letter],
    place: Path | None,
    form: str | None,
    *,
    several: bool,
    force: bool,
    what: str = "reminder",
) -> list[Path | None]:
    """Write the files; none of them where one is in the way.

    Args:
        letters: What is written.
        place: The file, or of several the folder; None: nothing is written.
        form: The kind of the files in a folder.
        several: Whether there is a file for each.
        force: Whether files that are there are written over.
        what: What the names of files in a folder begin with.
    """
    from ka2tui.reports import chase as report
    from ka2tui.reports import saving

    if place is None:
        if form is not None:
            raise click.UsageError("--format is for files: say where with -o.")
        return [None] * len(letters)
    if several:
        paths = report.paths(letters, place, form or "eml", what=what)
    else:
        ending = report.ENDINGS.get(place.suffix.lower())
        if ending is None or form not in (None, ending):
            raise click.UsageError("The file's name ends in .eml, .txt or .md; that says its kind.")
        paths = [place]
    now = datetime.now(UTC).astimezone()
    with naming_force():
        if several:
            saving.prepare(place, paths, replace=force)
        return [
            saving.save(
                path,
                report.rendered(letter, report.ENDINGS[path.suffix.lower()], now),
                replace=force,
            )
            for path, letter in zip(paths, letters, strict=True)
        ]


def _warn(ctx: Context, case: Case, letter: Letter) -> None:
    """Tell what somebody should know before it is sent."""
    from ka2tui.domain.chase import too_soon
    from ka2tui.reports import chase as report

    soon = too_soon(next(iter(case.chased), None), ctx.today)
    told = [
        soon,
        report.NOTHING if case.nothing else None,
        report.UNNOTED if case.unnoted else None,
        None if report.reachable(letter) else "No address is known: enter one at a contact.",
    ]
    for one in filter(None, told):
        click.echo(f"{case.called}: {one}", err=True)


def _letter(
    ctx: Context, case: Case, letter: Letter, file: Path | None, *, logged: bool
) -> dict[str, Any]:
    from ka2tui.domain.chase import too_soon

    last = next(iter(case.chased), None)
    return {
        "partner": letter.called,
        "tone": letter.tone,
        "to": letter.to.name if letter.to else None,
        "email": letter.to.email if letter.to else None,
        "subject": letter.subject,
        "text": letter.text,
        "file": None if file is None else str(file),
        "logged": logged,
        "late": len(case.late),
        "coming": len(case.coming),
        "agreed": len(case.agreed),
        "papers": len(case.papers),
        "unanswered": case.unanswered,
        "last_chased": last.day if last else None,
        "warning": too_soon(last, ctx.today),
    }


def _names(ctx: Context) -> dict[int, str]:
    from ka2tui.queries import partners

    return {row.id: row.called for row in ctx.ask(partners.listed, ctx.project, today=ctx.today)}


def _with(ctx: Context, partner: int, message: int, said: str) -> dict[str, Any]:
    """Give a message with a partner, as JSON lists it."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.queries import messages as asked

    rows = ctx.ask(asked.listed, ctx.project, partner=partner)
    row = next((row for row in rows if row.id == message), None)
    if row is None:
        raise Refused(f"There is no message {message} with {said}: partner messages names them.")
    return _plain(row, _names(ctx))


def _plain(row: MessageRow, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "partner": None if row.partner_id is None else names.get(row.partner_id),
        "day": row.day,
        "direction": row.direction,
        "channel": row.channel,
        "contact": row.contact,
        "chase": row.chase,
        "tone": row.tone,
        "text": row.text,
    }


def _table(rows: Sequence[MessageRow], names: dict[int, str]) -> str:
    return output.table(
        ("", "day", "partner", "", "by", "with", "about"),
        (
            (
                *(row.id, row.day, names.get(row.partner_id or 0), row.direction.word),
                f"reminder, {row.tone.word}" if row.chase and row.tone else row.channel.word,
                row.contact,
                " ".join((row.text or "").split())[:60],
            )
            for row in rows
        ),
    )
