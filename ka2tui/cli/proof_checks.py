"""Files of proof on the command line: are they there, were they changed, where is their folder."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import output
from ka2tui.domain.kinds import ProofState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ka2tui.cli.context import Context
    from ka2tui.exchange.proof_files import Seen, Watch
    from ka2tui.queries.proofs import File

FOUND = 1
"""The exit code where something is changed or missing."""

SIGNS = {ProofState.CHANGED: "!", ProofState.MISSING: "!", ProofState.THERE: "✓"}
_LARGE = 20_000_000
"""Bytes from which on one is told how far it is."""
_WIDTH = 60


def root(ctx: Context) -> Path:
    """Give the proof folder."""
    from ka2tui.exchange import proof_files

    return proof_files.folder(ctx.settings, ctx.place)


def watch() -> Watch:
    """Tell on a terminal how far it is, where that takes a while."""
    from ka2tui.exchange.proof_files import Watch

    if not sys.stderr.isatty():
        return Watch()
    last = [-1]

    def told(done: int, total: int, name: str) -> None:
        share = done * 100 // total if total else 100
        if total >= _LARGE and share != last[0]:
            last[0] = share
            from ka2tui.domain.text import clean

            end = "\r" + " " * _WIDTH + "\r" if done >= total else ""
            line = f"\r{share:3} %  {clean(name)}"[:_WIDTH].ljust(_WIDTH)
            click.echo(line + end, err=True, nl=False)

    return Watch(told)


@click.command()
@click.argument("codes", metavar="[ID]...", nargs=-1)
@click.option("--moved", "take_moved", is_flag=True, help="Take over where moved files lie now.")
@click.option("--as-is", "take_changed", is_flag=True, help="Take changed files as they are now.")
@click.pass_obj
def check(ctx: Context, codes: tuple[str, ...], *, take_moved: bool, take_changed: bool) -> None:
    """Look whether files are there and unchanged; find moved ones again by their content.

    Ends with 1 where something is changed or missing. Files are read, never changed.
    """
    from ka2tui.exchange import proof_files
    from ka2tui.exchange.proof_files import Filed
    from ka2tui.operations import proofs
    from ka2tui.queries import proofs as asked

    wanted = ctx.ids("proof", codes) if codes else None
    files = ctx.ask(asked.files, ctx.project, wanted)
    place = root(ctx)
    seen: Sequence[Seen] = ()
    told = ""
    if files:
        filed = [Filed(it.id, it.path, it.sha256, it.size_bytes) for it in files]
        seen = proof_files.look(place, filed, watch())
        states = {it.id: it.state for it in seen}
        moved = {it.id: it.found for it in seen if it.found is not None and take_moved}
        prints = _changed(seen) if take_changed else {}
        if moved or prints:
            done = ctx.do(proofs.settle, states, places=moved, prints=prints, today=ctx.today)
            told = done.label
        elif ctx.portfolio.read_only is None:
            ctx.do(proofs.note, states, today=ctx.today)
        taken = {*moved, *prints}
        seen = [replace(it, state=ProofState.THERE) if it.id in taken else it for it in seen]
    titles = {it.id: it for it in files}
    ctx.answer(
        {
            "folder": str(place),
            "checked": len(seen),
            **{state.value: sum(it.state is state for it in seen) for state in _COUNTED},
            "files": [_plain(it, titles) for it in seen],
        },
        lambda: "\n".join(filter(None, [told, _text(seen, titles)])),
    )
    if any(it.state in (ProofState.CHANGED, ProofState.MISSING) for it in seen):
        click.get_current_context().exit(FOUND)


_COUNTED = (ProofState.THERE, ProofState.CHANGED, ProofState.MISSING, ProofState.UNCHECKED)


def _changed(seen: Sequence[Seen]) -> dict[int, tuple[str, int]]:
    return {
        it.id: (it.now.sha256, it.now.size)
        for it in seen
        if it.state is ProofState.CHANGED and it.now is not None
    }


def _plain(seen: Seen, titles: Mapping[int, File]) -> dict[str, Any]:
    return {
        "id": seen.id,
        "title": titles[seen.id].title,
        "path": seen.path,
        "state": seen.state,
        "found": seen.found,
        "why": seen.why or None,
    }


def _text(seen: Sequence[Seen], titles: Mapping[int, File]) -> str:
    if not seen:
        return "No files of proof yet."
    odd = [it for it in seen if it.state is not ProofState.THERE]
    counts = [
        f"{sum(it.state is state for it in seen)} {state.word}"
        for state in _COUNTED
        if any(it.state is state for it in seen)
    ]
    cells = [
        (
            SIGNS.get(it.state, "·"),
            str(it.id),
            titles[it.id].title,
            it.state.word,
            it.path,
            it.why or (f"now at {it.found}: --moved takes that over" if it.found else ""),
        )
        for it in odd
    ]
    table = output.table(("", "id", "title", "state", "file", ""), cells)
    return "\n".join(filter(None, (f"{len(seen)} files: {', '.join(counts)}.", table)))


@click.command()
@click.argument("path", required=False)
@click.pass_obj
def folder(ctx: Context, path: str | None) -> None:
    """Say where the files of proof lie; with a PATH, say where they lie from now on.

    The files themselves are moved by hand: then the folder's new place is said here, and all are
    found as before.
    """
    if path is not None:
        _set(ctx, path)
    _answer_folder(ctx)


@click.command("move-root")
@click.argument("path")
@click.pass_obj
def move_root(ctx: Context, path: str) -> None:
    """Say where the proof folder lies after it was moved."""
    _set(ctx, path)
    _answer_folder(ctx)


def _set(ctx: Context, path: str) -> None:
    from ka2tui import settings
    from ka2tui.domain.refusal import Refused

    now = settings.load()
    try:
        value = settings.read_value("proof", path)
    except ValueError as error:
        raise Refused(f"The proof folder {error}") from None
    try:
        settings.save(now, proof=value)
    except OSError as error:
        said = f"{now.path} cannot be written ({error.strerror}): see to its permissions."
        raise Refused(said) from None
    ctx._settings = None  # noqa: SLF001 - read again, with what was just kept


def _answer_folder(ctx: Context) -> None:
    from ka2tui.exchange import proof_files
    from ka2tui.queries import proofs

    place = root(ctx)
    paths = [file.path for file in ctx.ask(proofs.files, ctx.project)]
    there = proof_files.count_there(place, paths)
    value = {
        "folder": str(place),
        "exists": place.is_dir(),
        "chosen": ctx.settings.proof is not None,
        "files": len(paths),
        "there": there,
    }
    gone = "" if place.is_dir() else " (not there)"
    counted = f"\n{there} of {len(paths)} files are there; proof check reads them." if paths else ""
    ctx.answer(value, f"{place}{gone}{counted}")
