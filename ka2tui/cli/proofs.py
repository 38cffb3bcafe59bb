"""Proof on the command line: add, list, show, attach, edit, and where its files lie."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli import filters, output, proof_asked, proof_checks
from ka2tui.cli.options import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.operations.proofs import About, New
    from ka2tui.queries.proof_records import About as Record
    from ka2tui.queries.proofs import ProofDetails, ProofRow


@click.group()
def group() -> None:
    """Proof of the work: files, links and papers, and what an auditor will ask."""


group.add_command(proof_checks.check)
group.add_command(proof_checks.folder)
group.add_command(proof_checks.move_root)
group.add_command(proof_asked.missing)
group.add_command(proof_asked.not_needed)
group.add_command(proof_asked.needed)
group.add_command(proof_asked.sorts)


@group.command("list")
@filters.options
@click.pass_obj
def list_(ctx: Context, words: tuple[str, ...], named: str | None) -> None:
    """List all proofs, and what became of their files."""
    from ka2tui.queries import proofs

    rows = ctx.ask(proofs.listed, ctx.project, today=ctx.today)
    table, empty = partial(_table, ctx), "No proof yet."
    filters.answer(ctx, "proof", rows, (words, named), plain=_plain, table=table, empty=empty)


@group.command()
@click.argument("proof", metavar="ID")
@click.pass_obj
def show(ctx: Context, proof: str) -> None:
    """Show one proof."""
    from ka2tui.queries import proofs

    found = ctx.ask(proofs.one, ctx.id("proof", proof), today=ctx.today)
    ctx.answer(_whole(found), lambda: _text(ctx, found))


_to = click.option(
    "--to", "to", metavar="CODE", multiple=True, help="What it is about: TPM2, D2.1, payment:Name."
)
_ids = click.argument("codes", metavar="ID...", nargs=-1, required=True)
_fields = options(
    click.option("--sort", metavar="SORT", help="What it is: attendance_list, minutes; see sorts."),
    click.option("--title", help="What it is called; else as its file."),
    click.option("--day", metavar="DATE", help="The day it is about."),
    click.option("--place", help="Where a paper lies: binder, office."),
    click.option("--notes", help="Anything else."),
)


@group.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--link", metavar="URL", help="A page on the web.")
@click.option("--paper", metavar="WHO", help="A paper: the partner or person who has it.")
@_to
@_fields
@click.option("--copy", is_flag=True, help="Copy files that lie elsewhere into the proof folder.")
@click.option("--into", metavar="FOLDER", default="", help="The folder in it that they go to.")
@click.pass_obj
def add(
    ctx: Context,
    /,
    paths: tuple[str, ...],
    link: str | None,
    paper: str | None,
    to: tuple[str, ...],
    *,
    copy: bool,
    into: str,
    **said: str | None,
) -> None:
    """Add files by PATH, a link or a paper, and say what it proves.

    A file that lies outside the proof folder is refused, or copied there with --copy. Files are
    read, never changed.
    """
    from ka2tui.operations import proofs

    ways = bool(paths) + (link is not None) + (paper is not None)
    if ways != 1:
        raise click.UsageError("Say which files, or one --link, or one --paper.")
    about = _about(ctx, to)
    values = _values(ctx, said)
    if paths:
        new = _files(ctx, paths, values, into if copy else None)
    else:
        new = [_elsewhere(ctx, link, paper, values)]
    done = ctx.do(proofs.add_several, ctx.project, new, about)
    _answer(ctx, done.value, done.label)


@group.command()
@click.argument("proof", metavar="ID")
@click.option("--path", metavar="PATH", help="Where its file lies now.")
@click.option("--link", "url", metavar="URL", help="Another address.")
@click.option("--holder", metavar="WHO", help="Who has the paper now.")
@_fields
@click.pass_obj
def edit(ctx: Context, /, proof: str, path: str | None, **said: str | None) -> None:
    """Change what is said of a proof; an empty value clears a field."""
    from ka2tui.operations import proofs

    values = _values(ctx, said)
    if path is not None:
        from ka2tui.exchange import proof_files

        values["path"] = proof_files.name_in(proof_checks.root(ctx), path, begin=Path.cwd())
    if not values:
        raise click.UsageError("Say what to change: see --help.")
    found = ctx.id("proof", proof)
    _answer(ctx, [found], ctx.do(proofs.edit, found, values).label)


@group.command()
@_ids
@click.option("--to", metavar="CODE", multiple=True, required=True, help="What they are about.")
@click.pass_obj
def attach(ctx: Context, codes: tuple[str, ...], to: tuple[str, ...]) -> None:
    """Say that proofs are about more records."""
    from ka2tui.operations import proofs

    ids = ctx.ids("proof", codes)
    _answer(ctx, ids, ctx.do(proofs.attach, ids, _about(ctx, to)).label)


@group.command()
@_ids
@click.option(
    "--from", "of", metavar="CODE", multiple=True, required=True, help="What they do not prove."
)
@click.pass_obj
def detach(ctx: Context, codes: tuple[str, ...], of: tuple[str, ...]) -> None:
    """Take proofs off records; they stay in the list."""
    from ka2tui.operations import proofs

    ids = ctx.ids("proof", codes)
    _answer(ctx, ids, ctx.do(proofs.detach, ids, _about(ctx, of)).label)


@group.command()
@_ids
@click.pass_obj
def remove(ctx: Context, codes: tuple[str, ...]) -> None:
    """Take proofs off the list; their files stay as they are."""
    from ka2tui.operations import proofs
    from ka2tui.queries import proofs as asked

    ids = ctx.ids("proof", codes)
    rows = [_plain(row) for row in ctx.ask(asked.some, ctx.project, ids, today=ctx.today)]
    ctx.answer(rows[0] if len(rows) == 1 else rows, ctx.do(proofs.remove, ids).label)


@group.command("open")
@click.argument("proof", metavar="ID")
@click.pass_obj
def open_(ctx: Context, proof: str) -> None:
    """Open the file or the link of a proof."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.exchange import proof_files
    from ka2tui.queries import proofs
    from ka2tui.tui import opener

    found = ctx.ask(proofs.one, ctx.id("proof", proof), today=ctx.today)
    row = found.row
    if row.url:
        told = opener.open_link(row.url)
    elif row.path:
        told = opener.open_file(str(proof_files.whole(proof_checks.root(ctx), row.path)), ())
    else:
        raise Refused(f"{row.title} is a paper: {row.where}")
    ctx.answer(_whole(found), told)


# --- reading --------------------------------------------------------------------------------------


def _about(ctx: Context, said: Sequence[str]) -> list[About]:
    from ka2tui.queries import proofs

    return [ctx.ask(proofs.about, ctx.project, each) for each in said]


def _files(
    ctx: Context, paths: Sequence[str], values: dict[str, Any], into: str | None
) -> list[New]:
    from ka2tui.domain.kinds import ProofKind
    from ka2tui.operations.proofs import New

    title = values.pop("title", None)
    if title and len(paths) > 1:
        raise click.UsageError("A --title is for one file.")
    return [
        New(ProofKind.FILE, title or Path(path).stem, {**values, **_file(ctx, path, into)})
        for path in paths
    ]


def _elsewhere(ctx: Context, link: str | None, paper: str | None, values: dict[str, Any]) -> New:
    """Give a link, or a paper that somebody keeps."""
    from ka2tui.domain.kinds import ProofKind
    from ka2tui.operations.proofs import New

    title = values.pop("title", None)
    if link is not None:
        return New(ProofKind.LINK, title or link, {**values, "url": link})
    sort = proof_asked.known(ctx).title(values.get("sort")).capitalize()
    return New(ProofKind.PAPER, title or sort or "Paper", {**values, **_holder(ctx, paper or "")})


def _file(ctx: Context, said: str, into: str | None) -> dict[str, Any]:
    """Take up a file: its place in the folder, and what it is known by."""
    from ka2tui.exchange import proof_files
    from ka2tui.queries import proofs

    root = proof_checks.root(ctx)
    try:
        path = proof_files.name_in(root, said, begin=Path.cwd())
    except proof_files.Outside as outside:
        if into is None:
            raise proof_files.Outside(f"{outside} --copy does the first.") from None
        file = proof_files.existing(root, said, begin=Path.cwd())
        path = proof_files.copy_in(file, root, into, proof_checks.watch())
    seen = proof_files.fingerprint(proof_files.whole(root, path), proof_checks.watch())
    same = ctx.ask(proofs.same_content, ctx.project, seen.sha256)
    if same is not None:
        click.echo(f"{path} has the same content as {same}.", err=True)
    return {"path": path, "sha256": seen.sha256, "size_bytes": seen.size}


def _values(ctx: Context, said: dict[str, str | None]) -> dict[str, Any]:
    """Read the options that were given; an empty one clears its field."""
    values: dict[str, Any] = {}
    for field in ("title", "place", "notes", "url"):
        if said.get(field) is not None:
            values[field] = said[field] or None
    if (day := said.get("day")) is not None:
        values["day"] = ctx.day(day).day if day else None
    if (sort := said.get("sort")) is not None:
        values["sort"] = proof_asked.known(ctx).named(sort) if sort else None
    if (holder := said.get("holder")) is not None:
        values |= _holder(ctx, holder)
    return values


def _holder(ctx: Context, said: str) -> dict[str, Any]:
    from ka2tui.queries import references

    try:
        found = ctx.id("partner", said) if said else None
    except references.Unknown:
        return {"holder_id": None, "holder_text": said}
    return {"holder_id": found, "holder_text": None}


# --- answering ------------------------------------------------------------------------------------


def _answer(ctx: Context, ids: list[int], label: str) -> None:
    from ka2tui.queries import proofs

    rows = [_plain(row) for row in ctx.ask(proofs.some, ctx.project, ids, today=ctx.today)]
    ctx.answer(rows[0] if len(rows) == 1 else rows, label)


def _plain(row: ProofRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "sort": row.sort,
        "title": row.title,
        "day": row.day,
        "path": row.path,
        "url": row.url,
        "holder": row.holder,
        "place": row.place,
        "state": row.state,
        "checked_on": row.checked_on,
        "size_bytes": row.size_bytes,
        "about": [_record(each) for each in row.about],
    }


def _record(about: Record) -> dict[str, Any]:
    return {"kind": about.table, "id": about.id, "code": about.code, "title": about.title}


def _whole(found: ProofDetails) -> dict[str, Any]:
    return {
        **_plain(found.row),
        "sha256": found.sha256,
        "notes": found.notes,
        "about_gone": found.gone,
    }


def _table(ctx: Context, rows: Sequence[ProofRow]) -> str:
    known = proof_asked.known(ctx)
    cells = [
        (
            proof_checks.SIGNS.get(row.state, ""),
            str(row.id),
            row.title,
            known.title(row.sort),
            row.named,
            row.state.word if row.path else row.kind.word,
            row.where,
        )
        for row in rows
    ]
    return output.table(("", "id", "title", "what it is", "of", "state", "where"), cells)


def _text(ctx: Context, found: ProofDetails) -> str:
    from ka2tui.domain.days import say_day

    row = found.row
    checked = say_day(row.checked_on, ctx.today) if row.checked_on else None
    lines: list[tuple[str, object]] = [
        ("", f"{row.id}  {row.title}"),
        ("what it is", proof_asked.known(ctx).title(row.sort)),
        ("kind", row.kind.word),
        ("file", row.path),
        ("link", row.url),
        ("kept by", row.holder),
        ("place", row.place),
        ("day", say_day(row.day, ctx.today) if row.day else None),
        ("state", ", ".join(filter(None, (row.state.word, checked))) if row.path else None),
        ("size", None if row.size_bytes is None else f"{row.size_bytes} bytes"),
        ("fingerprint", found.sha256),
        *(("of", f"{each.code or ''} {each.title} ({each.word})".strip()) for each in row.about),
        ("", f"and {found.gone} that are gone" if found.gone else None),
        ("notes", found.notes),
    ]
    return output.facts(lines)
