"""Opening the app: on the coordinator's own database, or on the example project."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.cli.context import Context


def open_app(ctx: Context) -> int:
    """Run the app in this terminal; give its exit code.

    Raises:
        UsageError: This is no terminal.
    """
    _ask_for_terminal()
    from dataclasses import replace
    from datetime import UTC, datetime

    from ka2tui.tui.app import run_app

    settings = ctx.settings
    if ctx.theme:
        from ka2tui.cli.settings import theme_named

        settings = replace(settings, theme=theme_named(ctx.theme, settings))
    # SQLAlchemy is loaded in the portfolio's thread, behind the first frame.
    return run_app(
        partial(ctx.open, create=True, for_app=True),
        today=ctx.today,
        now=lambda: datetime.now(UTC),
        settings=settings,
        project=ctx.named_project,
        place=ctx.place,
        follows_clock=ctx.on is None,
    )


def _ask_for_terminal() -> None:
    # Textual draws on stderr.
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise click.UsageError(
            "The app needs a terminal. For a program or a pipe, name a command: ka2tui --help."
        )


@click.command()
@click.option("--fresh", is_flag=True, help="Build it anew; what was changed in it is lost.")
@click.option("--no-open", is_flag=True, help="Only build it.")
@click.pass_obj
def demo(ctx: Context, *, fresh: bool, no_open: bool) -> None:
    """Open the example project: a fictional KA220 in its fourteenth month.

    It has a file of its own (or --db), which is built when it is first asked for; its dates lie
    around that day (or --today).
    """
    from ka2tui.store import engine

    if ctx.db is None:
        from ka2tui import settings

        ctx.db = str(settings.default_database().with_name("demo.db"))
    if engine.is_server(ctx.db):
        raise click.UsageError("The example project is kept in a file: name one with --db.")
    file = engine.file_of(ctx.db)
    if file.exists():
        _look_at_example(file)
    if not no_open:
        _ask_for_terminal()  # before anything is built or lost
    if file.exists() and fresh:
        _forget(file)
    if not file.exists():
        from ka2tui.exchange.demo import build

        click.echo("Building the example project …", err=True)
        build(file, ctx.today)
    if no_open:
        ctx.answer({"db": str(file)}, f"The example project is in {file}")
    else:
        click.get_current_context().exit(open_app(ctx))


def _look_at_example(file: Path) -> None:
    """Make sure that a file holds the example project.

    Raises:
        Refused: It holds something else.
        Unavailable: It is not a database of ours.
    """
    from ka2tui.domain.refusal import Refused
    from ka2tui.store import engine

    engine.look_at(file)
    if not engine.is_example(file):
        raise Refused(
            f"{file} is not the example project: it is left as it is. To open it: "
            f"ka2tui --db {file}"
        )


def _forget(file: Path) -> None:
    """Remove the example project's file.

    Raises:
        Unavailable: It cannot be removed.
    """
    from ka2tui.store import engine

    try:
        engine.remove(file)
    except OSError as error:
        raise engine.Unwritable(f"{file} cannot be removed: {error.strerror}.") from None
