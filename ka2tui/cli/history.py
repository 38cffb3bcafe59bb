"""History on the command line: undo, redo, going back, restore points, who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, foreseen, output
from ka2tui.cli.options import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ka2tui.cli.context import Context
    from ka2tui.domain.filter import Filter
    from ka2tui.queries.going_back import Preview
    from ka2tui.queries.history import EntryRow
    from ka2tui.queries.restore_points import PointRow
    from ka2tui.store.portfolio import Outcome


LONGEST_NUMBER = 15
"""Digits of a number that can be that of a line."""


@click.command()
@click.option(
    "--to",
    "until",
    metavar="ID|TIME|NAME",
    help="Take back all since then, by everybody: a line of the history, which stays; 10:30, "
    "2026-11-21 10:30 or 2026-11-21, as it stood then; or the name of a restore point.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken back.")
@click.pass_obj
def undo(ctx: Context, until: str | None, *, dry_run: bool) -> None:
    """Take back your last change in the project, and say which it was.

    With --to, take back everything that was done in the project since then, as one change that
    one more undo brings again.
    """
    if until is not None:
        _go_back(ctx, until, dry_run=dry_run)
        return
    if dry_run:
        _tell_next(ctx)
        return
    meant = _meant(ctx, "undo", "Take back ‘{}’?")
    outcome = ctx.portfolio.undo(ctx.project_or_all, entry=meant)
    ctx.answer(_told(outcome), f"Undone: {outcome.label}")


@click.command()
@click.pass_obj
def redo(ctx: Context) -> None:
    """Bring back what you last took back, unless something was done since."""
    meant = _meant(ctx, "redo", "Do ‘{}’ again?")
    outcome = ctx.portfolio.redo(ctx.project_or_all, entry=meant)
    ctx.answer(_told(outcome), f"Redone: {outcome.label}")


@click.command()
@filters.options
@click.option("--limit", type=Whole(1, 100_000), default=50, show_default=True,
              help="At most so many lines, the newest.")  # fmt: skip
@click.option(
    "--entry",
    type=Whole(1, 2**53),
    metavar="ID",
    help="Tell what one line changed, in words.",
)
@click.option(
    "--of",
    "record",
    nargs=2,
    metavar="NOUN CODE",
    help="Only lines about one record: task T2.3, partner UAM, meeting TPM3.",
)
@click.pass_obj
def history(
    ctx: Context,
    words: tuple[str, ...],
    named: str | None,
    *,
    limit: int,
    entry: int | None,
    record: tuple[str, str] | None,
) -> None:
    """Show who changed what, newest first; only lines that fit the FILTER."""
    from ka2tui.queries import history as lines

    if entry is not None:
        _tell_entry(ctx, entry)
        return
    if record:
        table = _table(record[0])
        rows = ctx.ask(lines.of_record, table, ctx.id(table, record[1]), limit=limit + 1)
    else:
        wanted = filters.wanted(ctx, "history", words, named, of_project=False)
        rows = _fitting(ctx, wanted, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    value = [_line(row) for row in rows]
    told = {"do": "", "undo": "undone: ", "redo": "redone: "}

    def text() -> str:
        cells = [
            (row.id, output.utc(row.at), row.actor, row.project, told[row.kind] + row.label)
            for row in rows
        ]
        return output.table(("id", "when (UTC)", "who", "project", "what"), cells, wraps=True)

    ctx.answer(value, lambda: text() or "Nothing was changed yet.")
    if more:
        click.echo(f"The newest {limit} are shown, and there are more: --limit.", err=True)


def _fitting(ctx: Context, wanted: Sequence[Filter], limit: int) -> list[EntryRow]:
    """Give the newest lines that fit every filter; plain words are looked for all at once."""
    from ka2tui.queries import history as lines

    project = ctx.project_or_all
    words = [it.words for it in wanted]
    if None in words:

        def fits(row: EntryRow) -> bool:
            return all(it.matches(row) for it in wanted)

        return ctx.ask(lines.fitting, project, fits, limit=limit)
    plain = " ".join(word for some in words for word in some or ())
    return ctx.ask(lines.entries, project, words=plain, limit=limit)


@click.group(name="restore-point")
def points() -> None:
    """Restore points: named places in the history to go back to with undo --to NAME."""


@points.command("list")
@click.pass_obj
def list_(ctx: Context) -> None:
    """List the restore points, the latest first."""
    from ka2tui.queries import restore_points

    rows = ctx.ask(restore_points.listed, ctx.project)

    def text() -> str:
        cells = [
            (row.id, _when(row.at), row.name, "by itself" if row.made_by_itself else "", row.since)
            for row in rows
        ]
        return output.table(("id", "when (UTC)", "name", "set", "lines since"), cells)

    ctx.answer([_point(row) for row in rows], lambda: text() or "There is no restore point yet.")


@points.command()
@click.argument("name")
@click.option(
    "--at",
    "line",
    type=Whole(1, 2**53),
    metavar="ID",
    help="After this line of the history.",
)
@click.pass_obj
def add(ctx: Context, name: str, line: int | None) -> None:
    """Set a restore point with this NAME, here or after an earlier line of the history."""
    from ka2tui.operations import restore_points

    outcome = ctx.do(restore_points.add, ctx.project, name, entry=line)
    ctx.answer(_point_of(ctx, outcome.value), outcome.label)


@points.command()
@click.argument("said", metavar="ID|NAME")
@click.argument("name", metavar="NEW-NAME")
@click.pass_obj
def rename(ctx: Context, said: str, name: str) -> None:
    """Give a restore point another name; it is then kept until it is removed."""
    from ka2tui.operations import restore_points

    point = _find_point(ctx, said).id
    outcome = ctx.do(restore_points.rename, point, name)
    ctx.answer(_point_of(ctx, point), outcome.label)


@points.command()
@click.argument("said", metavar="ID|NAME...", nargs=-1, required=True)
@click.pass_obj
def remove(ctx: Context, said: tuple[str, ...]) -> None:
    """Remove restore points; the history itself stays."""
    from ka2tui.operations import restore_points

    rows = [_find_point(ctx, each) for each in said]
    outcome = ctx.do(restore_points.remove, [row.id for row in rows])
    values = [_point(row) for row in rows]
    ctx.answer(values[0] if len(values) == 1 else values, outcome.label)


# -- going back


def _go_back(ctx: Context, said: str, *, dry_run: bool) -> None:
    """Take back all since a line, a time or a restore point, or only tell what that would be."""
    from ka2tui.domain.bulk import is_many
    from ka2tui.queries import going_back

    to, project = _line_meant(ctx, said)
    seen = ctx.ask(going_back.preview, to, project, limit=20 if dry_run else 5)
    if dry_run:
        ctx.answer(_preview(seen), lambda: "\n".join(_would_go_back(seen)))
        return
    if is_many(seen.records) and ctx.asks:
        ctx.be_sure("\n".join(_would_go_back(seen, most=10)))
    outcome = ctx.portfolio.go_back(to, seen.project)
    ctx.answer(
        {**_told(outcome), "undone": [row.id for row in seen.rows]},
        f"{outcome.label}. 'ka2tui undo' brings all of it again.",
    )


def _line_meant(ctx: Context, said: str) -> tuple[int, int | None]:
    """Find the last line that stays, and the project that is meant; None: the line says which."""
    from ka2tui.domain.moments import read_moment
    from ka2tui.domain.refusal import Misread, Refused
    from ka2tui.queries import going_back, restore_points

    if said.strip().isdecimal() and len(said.strip()) <= LONGEST_NUMBER:
        line = int(said)
        if not line:  # within, it stands for a time before the first line
            raise Refused("There is no line 0 in the history.")
        return line, ctx.project if ctx.named_project is not None else None
    point = ctx.ask(restore_points.find, ctx.project, said)
    if point is not None:
        return point.entry, ctx.project
    try:
        # the clock of this computer, as in the history on the screen
        moment = read_moment(said, today=ctx.today).astimezone()
    except Misread:
        raise click.UsageError(_unknown(ctx, said)) from None
    if moment.date() > ctx.today:
        raise click.UsageError(f"{said} is still to come.")
    return ctx.ask(going_back.line_at, ctx.project, moment), ctx.project


def _unknown(ctx: Context, said: str) -> str:
    from ka2tui.domain import alike
    from ka2tui.queries import restore_points

    names = [row.name for row in ctx.ask(restore_points.listed, ctx.project)]
    near = alike.nearest(said, names)
    hint = f" Did you mean the restore point {near[0]!r}?" if near else ""
    return (
        f"{said!r} is no restore point and no time: write the number of a line of the history, "
        f"10:30, 2026-11-21 10:30, 2026-11-21, or a name that 'restore-point list' shows.{hint}"
    )


def _would_go_back(seen: Preview, most: int = 50) -> Iterator[str]:
    """Tell what going back would take back, newest first."""
    number = len(seen.rows)
    what = f"{number} change{'s' if number > 1 else ''}"
    who = foreseen.joined(f"{name} {count}" for name, count in seen.people)
    yield f"Going back takes back {what} ({who}):"
    told = {"do": "", "undo": "undone: ", "redo": "redone: "}
    cells = [
        (f"  {row.id}", output.utc(row.at), row.actor, told[row.kind] + row.label)
        for row in seen.rows[:most]
    ]
    yield output.table(("  id", "when (UTC)", "who", "what"), cells, wraps=True)
    if number > most:
        yield f"  and {number - most} more"
    if seen.stays is None:
        yield "Nothing of the project stays: this was before it was begun."
    else:
        yield f"What stays ends with line {seen.stays.id}: {seen.stays.label}"
    if not seen.records:
        yield "Everything stands as it did then; nothing would change."
        return
    yield f"It concerns {foreseen.joined(seen.changes.kinds)}:"
    yield from foreseen.records(seen.changes)


def _preview(seen: Preview) -> dict[str, Any]:
    return {
        "to": seen.stays.id if seen.stays else None,
        "changes": [_line(row) for row in seen.rows],
        "records": seen.records,
        "concerns": list(seen.changes.kinds),
        "actors": [{"actor": name, "changes": count} for name, count in seen.people],
    }


def _meant(ctx: Context, way: str, question: str) -> int | None:
    """Show many records, or a project that goes, before undo or redo; None: there is no need."""
    from ka2tui.queries import changes
    from ka2tui.queries import history as lines

    if not ctx.asks:
        return None
    step = ctx.ask(lines.step, way, ctx.project_or_all, ctx.portfolio.actor)
    if step is None or not step.large:
        return None
    seen = ctx.portfolio.foresee_step(
        lambda session, images: changes.foreseen(session, images, [], limit=5),
        way,
        ctx.project_or_all,
    )
    back = "redo brings" if way == "undo" else "undo takes"
    ctx.be_sure(f"{question.format(seen.label)}\n{foreseen.told(seen.seen, back)}")
    return step.entry


def _tell_next(ctx: Context) -> None:
    from ka2tui.queries import history as lines
    from ka2tui.store.portfolio import NothingToUndo

    steps = ctx.ask(lines.steps, ctx.project_or_all, ctx.portfolio.actor)
    if steps.undo is None:
        raise NothingToUndo
    ctx.answer({"label": steps.undo}, f"Would take back: {steps.undo}")


# -- what is answered


def _when(at: datetime | None) -> str:
    return "" if at is None else output.utc(at)


def _find_point(ctx: Context, said: str) -> PointRow:
    """Find a restore point by its id or its name."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.queries import restore_points

    by_name = ctx.ask(restore_points.find, ctx.project, said)
    rows = ctx.ask(restore_points.listed, ctx.project)
    found = by_name or next((row for row in rows if str(row.id) == said.strip()), None)
    if found is None:
        raise Refused(f"There is no restore point {said}: 'ka2tui restore-point list' shows them.")
    return found


def _point_of(ctx: Context, point: int) -> dict[str, Any]:
    from ka2tui.queries import restore_points

    return next(
        _point(row) for row in ctx.ask(restore_points.listed, ctx.project) if row.id == point
    )


def _point(row: PointRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "entry": row.entry,
        "at": None if row.at is None else output.utc(row.at),
        "made_by_itself": row.made_by_itself,
        "since": row.since,
    }


def _line(row: EntryRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": output.utc(row.at),
        "actor": row.actor,
        "kind": row.kind,
        "label": row.label,
        "project": row.project,
    }


def _table(noun: str) -> str:
    """Give the kind of record that a noun of the command line means."""
    kinds = ("task", "partner", "contact", "meeting", "deliverable", "milestone", "work_unit")
    table = {"wp": "work_unit", "activity": "work_unit"}.get(noun, noun)
    if table not in kinds:
        raise click.UsageError(f"{noun!r} is none of {', '.join(kinds[:-1])} and wp.")
    return table


def _tell_entry(ctx: Context, entry: int) -> None:
    """Tell one line with all that it changed."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.queries import changes
    from ka2tui.queries import history as lines

    found = ctx.ask(lines.lines, [entry]) if ctx.ask(lines.exists, entry) else []
    if not found:
        raise Refused(f"There is no line {entry} in the history.")
    row, seen = found[0], ctx.ask(changes.changes, entry, limit=1000)
    value = {
        **_line(row),
        "standing": row.standing,
        "changes": [
            {
                "record": each.name,
                "how": each.how,
                "fields": [
                    {"name": field.name, "before": field.before, "after": field.after}
                    for field in each.fields
                ],
            }
            for each in seen.records
        ],
        "more": seen.more,
    }

    def text() -> str:
        stands = "" if row.standing else " (taken back since)"
        said = [f"{row.id}  {output.utc(row.at)}  {row.actor}  {row.label}{stands}"]
        for each in seen.records:
            said.append(f"  {each.name}: {each.said}")
            if each.how != "changed":
                said += [
                    f"    {field.name}: {field.after or field.before}" for field in each.fields
                ]
        return "\n".join([*said, *([f"  and {seen.more} more"] if seen.more else [])])

    ctx.answer(value, text)


def _told(outcome: Outcome[Any]) -> dict[str, Any]:
    return {
        "id": outcome.entry,
        "label": outcome.label,
        "touched": sorted(outcome.touched),
    }
