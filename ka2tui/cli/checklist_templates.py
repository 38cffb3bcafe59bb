"""Checklists of one's own on the command line: which there are, and a copy to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.checklist_files import Found


@click.command()
@click.pass_obj
def templates(ctx: Context) -> None:
    """List the checklists that can be filled in, ours and your own, each with its file.

    A file of your own that cannot be read is named with line and key; all others work.
    """
    from ka2tui.domain.checklist_files import found

    seen = found(ctx.settings.data)
    tell_broken(ctx)
    ctx.answer(_plain(seen), lambda: _text(ctx, seen))


@click.command("template-copy")
@click.argument("checklist")
@click.argument("name", required=False)
@click.option("--title", help="What it is called.")
@click.pass_obj
def template_copy(ctx: Context, checklist: str, name: str | None, title: str | None) -> None:
    """Copy a CHECKLIST into your own folder, to be changed there.

    With a NAME, such as partner_visit, the copy is a checklist beside ours; without one it takes
    the place of ours.
    """
    from ka2tui.domain.checklist_files import copy

    folder = _own_folder(ctx)
    file = copy(checklist, folder, name=name, title=title)
    ctx.answer(
        {"file": str(file), "folder": str(folder)},
        f"{file}\nChange it in any editor; it is read again by itself.",
    )


def tell_broken(ctx: Context) -> None:
    """Name on the error stream the files of one's own that cannot be read."""
    from ka2tui.domain.checklist_files import found

    for one in found(ctx.settings.data).broken:
        click.echo(one.why, err=True)


def _own_folder(ctx: Context) -> Path:
    """Give the user's folder; where there is none yet, make one beside the settings."""
    from ka2tui import settings
    from ka2tui.domain.refusal import Refused

    known = ctx.settings
    if known.data is not None:
        return known.data
    folder = (known.path or settings.default_path()).parent / "data"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings.save(known, data=folder)
    except OSError as error:
        raise Refused(f"{folder} cannot be made: {error.strerror}.") from None
    click.echo(f"Your own folder is now {folder} (setting data).", err=True)
    return folder


def _plain(seen: Found) -> dict[str, Any]:
    return {
        "checklists": [
            {
                "id": one.id,
                "title": one.title,
                "phase": one.phase,
                "items": len(one.items),
                "version": one.version,
                "own": one.id in seen.own,
                "file": str(seen.file(one.id)),
            }
            for one in seen.checklists
        ],
        "broken": [{"file": str(one.file), "why": one.why} for one in seen.broken],
    }


def _text(ctx: Context, seen: Found) -> str:
    rows = [
        (
            one.id,
            one.title,
            one.phase.word,
            len(one.items),
            str(seen.file(one.id)) if one.id in seen.own else "",
        )
        for one in seen.checklists
    ]
    folder = ctx.settings.data
    where = "none yet, template-copy makes one" if folder is None else str(folder / "checklists")
    table = output.table(("checklist", "title", "phase", "items", "your own file"), rows)
    return f"{table}\nYour own folder: {where}"
