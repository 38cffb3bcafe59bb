"""Settings and keys on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.settings import Settings


@click.group()
def group() -> None:
    """Settings: what you have chosen for every project."""


@group.command()
@click.pass_obj
def show(ctx: Context) -> None:
    """Show every setting, and what is wrong in their file."""
    from ka2tui import settings

    _answer(ctx, settings.load())


@group.command("set")
@click.argument("key")
@click.argument("value")
@click.pass_obj
def set_(ctx: Context, key: str, value: str) -> None:
    """Set KEY to VALUE; an empty VALUE takes it back to what is usual.

    `ka2tui keys` names what a key can be given to: settings set keymap.task.finish x.
    """
    from ka2tui import settings
    from ka2tui.domain.refusal import Refused

    now = settings.load()
    changes: dict[str, Any]
    if key.startswith("keymap."):
        changes = {"keymap": _keymap(now, key.removeprefix("keymap."), value)}
    else:
        try:
            changes = {key: settings.read_value(key, value)}
        except ValueError as error:
            raise click.UsageError(f"{key} {error}") from None
        if key == "theme" and value:
            changes = {key: theme_named(value, now)}
    try:
        after = settings.save(now, **changes)
    except OSError as error:
        said = f"{now.path} cannot be written ({error.strerror}): see to its permissions."
        raise Refused(said) from None
    if after.told:
        click.echo(after.told, err=True)
    _answer(ctx, after, only=key.partition(".")[0])


@group.command()
@click.pass_obj
def path(ctx: Context) -> None:
    """Say where the settings file is."""
    from ka2tui import settings

    file = settings.default_path()
    ctx.answer({"path": str(file), "exists": file.exists()}, str(file))


@click.command()
@click.option("--dump", is_flag=True, help="Write them as a table for the settings file.")
@click.option(
    "--style", type=click.Choice(["arrows", "vim"]), help="Of which style; else of the settings."
)
@click.argument("words", nargs=-1)
@click.pass_obj
def keys(ctx: Context, words: tuple[str, ...], *, dump: bool, style: str | None) -> None:
    """List every key with the name to change it by, and where it works; WORDS narrow the list."""
    from dataclasses import replace

    from ka2tui.domain.text import matches
    from ka2tui.tui import keys as known

    chosen = ctx.settings if style is None else replace(ctx.settings, keys=style, keymap={})
    own = known.keymap(chosen)
    rows = [
        (it.name, own.get(it.name, it.keys), it.about, it.where)
        for it in known.every()
        if matches(words, it.name, it.about, it.keys, it.where)
    ]
    value = [
        {
            "name": name,
            "keys": known.split(key),
            "about": about,
            "where": where,
            "own": name in chosen.keymap,
        }
        for name, key, about, where in rows
    ]

    def text() -> str:
        if dump:
            lines = [
                (f'"{name}" = "{key}"', f"# {where}: {about}") for name, key, about, where in rows
            ]
            return "\n".join(["[keymap]", *(f"{line:44} {note}" for line, note in lines)])
        shown = [(known.said(key), about, where, name) for name, key, about, where in rows]
        heads = ("key", "what it does", "where", "name")
        return output.table(heads, shown) or "No key has these words."

    ctx.answer(value, text)


def _keymap(now: Settings, name: str, value: str) -> dict[str, str] | None:
    """Give the own keys with one more, or one less; a key that is taken is told."""
    from ka2tui.tui import keys as known

    every = {it.name: it for it in known.every()}
    if name not in every:
        from ka2tui.domain import alike

        hint = alike.hint(name, every) or " 'ka2tui keys' lists them."
        raise click.UsageError(f"keymap.{name}: no key has this name.{hint}")
    keymap = dict(now.keymap)
    keymap.pop(name, None)
    if value:
        if not known.split(value):
            raise click.UsageError(f"keymap.{name}: {value!r} is no key.")
        if known.FIXED & set(known.split(value)):
            raise click.UsageError(f"keymap.{name}: {value} always quits: choose another key.")
        keymap[name] = value
        for it in known.taken(every.values(), every[name], keymap):
            click.echo(f"{value} means “{it.about}” ({it.name}) as well: change one.", err=True)
    return keymap or None


def theme_named(name: str, now: Settings) -> str:
    """Give the theme of this name; ours are found without what their names begin with.

    Raises:
        UsageError: There are none of this name.
    """
    from pathlib import PurePath

    from ka2tui import datafiles

    known = [PurePath(it).stem for it in datafiles.names("themes", ".toml", now.data)]
    for each in (name, f"ka2-{name}"):
        if each in known:
            return each
    raise click.UsageError(f"theme must be one of {', '.join(known)}.")


def _answer(ctx: Context, now: Settings, only: str | None = None) -> None:
    from ka2tui import settings

    value: dict[str, Any] = {
        name: str(it) if name == "data" and it is not None else it
        for name in settings.NAMES
        for it in [getattr(now, name)]
    }
    value["notices"] = list(now.notices)

    def text() -> str:
        rows = [(name, _said(value[name])) for name in settings.NAMES if only in (None, name)]
        lines = output.table(("setting", "is"), rows, wraps=True)
        return "\n".join([lines, *(f"! {notice}" for notice in now.notices)])

    ctx.answer(value, text)


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {key}" for name, key in value.items()) or "–"
    return "–" if value in (None, "") else str(value)
