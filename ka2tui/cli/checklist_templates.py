"""Checklists of one's own on the command line: which there are, and a copy to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output, own_words

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.domain.checklist_reading import Checklist
    from ka2tui.domain.own_files import Found


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

    folder = ctx.settings.data or _usual_folder(ctx)
    file = copy(checklist, folder, name=name, title=title)
    if ctx.settings.data is None:
        _keep(ctx, folder)
    ctx.answer(
        {"file": str(file), "folder": str(folder)},
        f"{file}\nChange it in any editor; it is read again by itself.",
    )


def tell_broken(ctx: Context) -> None:
    """Name on the error stream the files of one's own that cannot be read."""
    from ka2tui.domain.checklist_files import found

    own_words.tell(found(ctx.settings.data).broken)


def _usual_folder(ctx: Context) -> Path:
    """Give the folder for what is one's own where none was chosen: beside the settings."""
    from ka2tui import settings

    return (ctx.settings.path or settings.default_path()).parent / "data"


def _keep(ctx: Context, folder: Path) -> None:
    """Let the settings say from now on where one's own folder is."""
    from ka2tui import settings

    try:
        settings.save(ctx.settings, data=folder)
    except OSError as error:
        click.echo(
            f"The settings could not be kept ({error.strerror}): set data to {folder}.", err=True
        )
    else:
        click.echo(f"Your own folder is now {folder} (setting data).", err=True)


def _plain(seen: Found[Checklist]) -> dict[str, Any]:
    return {
        "templates": [
            {
                "id": one.id,
                "title": one.title,
                "phase": one.phase,
                "items": len(one.items),
                "version": one.version,
                "own": one.id in seen.own,
                "file": str(seen.files[one.id]),
            }
            for one in seen.entries
        ],
        "broken": own_words.plain(seen.broken),
    }


def _text(ctx: Context, seen: Found[Checklist]) -> str:
    rows = [
        (
            one.id,
            one.title,
            one.phase.word,
            len(one.items),
            str(seen.files[one.id]) if one.id in seen.own else "",
        )
        for one in seen.entries
    ]
    folder = ctx.settings.data
    where = "none yet, template-copy makes one" if folder is None else str(folder / "checklists")
    table = output.table(("checklist", "title", "phase", "items", "your own file"), rows)
    return f"{table}\nYour own folder: {where}"
