"""Import and export on the command line."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ka2tui.cli.options import TABLES, OutFile, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.intake import Finding, Intake, Item, Taken
    from ka2tui.exchange.cells import Frame
    from ka2tui.exchange.table_writer import Sheet
    from ka2tui.store.portfolio import Portfolio

REFUSED = 1
_SHOWN_ROWS = 8


@click.command("import")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--update", is_flag=True, help="Where they differ, the files replace what is stored.")
@click.option("--select", metavar="IDENTIFIER", help="Which project of the Commission's list.")
@click.option("--find", "words", metavar="WORDS", help="List only projects that have these words.")
@click.pass_obj
def import_(
    ctx: Context,
    paths: tuple[Path, ...],
    *,
    dry_run: bool,
    update: bool,
    select: str | None,
    words: str | None,
) -> None:
    """Take in a project: a folder of CSV files, a workbook, or a file written by export.

    What was understood is said first, row by row; an error anywhere means that nothing is taken.
    From the Commission's list of projects --select takes one; without it they are listed, and
    --project gives the new project its acronym.
    """
    from ka2tui.cli import commission
    from ka2tui.domain.intake import Intake, Taken
    from ka2tui.exchange.tables import ImportFault

    if any(str(path) == "-" for path in paths):
        raise click.UsageError(
            "Only files are imported, and - is none: save what it would read. Rows of one table "
            "come in by 'ka2tui paste TABLE < FILE'."
        )
    try:
        chosen = commission.chosen(ctx, paths, select=select, words=words)
        intake = _understood(ctx, paths, update=update) if chosen is None else chosen
        taken = _take(ctx, intake, dry_run=dry_run, update=update)
    except ImportFault as fault:
        intake, taken = Intake(), Taken(errors=fault.findings)
    value: dict[str, Any] = {"read": plain(intake.cells()) if ctx.json else []}
    for name in ("added", "changed", "same", "doubtful", "dropped", "errors"):
        value[name] = plain(getattr(taken, name))
    ctx.answer(value, lambda: _told(intake, taken, dry_run=dry_run))
    if taken.errors:
        count = len(taken.errors)
        first = taken.errors[0]
        place = first.file if first.row is None else f"{first.file}, row {first.row}"
        more = f" ({count - 1} more)" if count > 1 else ""
        click.echo(f"Nothing was imported. {place}: {first.reason}{more}", err=True)
        click.get_current_context().exit(REFUSED)


@click.command()
@click.option(
    "--format",
    "kind",
    type=click.Choice(["toml"]),
    help="The kind of file; there is this one alone.",
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=OutFile(shown=True),
    help="Write it here; else it is shown.",
)
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
@click.pass_obj
def export(ctx: Context, *, kind: str | None, target: Path | None, force: bool) -> None:
    """Write a project out whole, so that import brings it back without loss."""
    from ka2tui.exchange import project_toml
    from ka2tui.queries import export as asked

    kind = kind_of(target, kind, {".toml": "toml"}, "toml") if target else "toml"
    data = project_toml.write(ctx.ask(asked.everything, ctx.project))
    if target is None and not ctx.json:
        click.echo(data, nl=False)
        return
    if target is not None:
        write_file(target, data, force=force)
    value = {
        "format": kind,
        "file": None if target is None else str(target),
        "text": data.decode() if target is None else None,
    }
    ctx.answer(value, f"Written: {target}")


def write_tables(
    ctx: Context,
    target: Path,
    makers: Mapping[str, Callable[[], Sheet]],
    *,
    form: str | None,
    name: str | None,
    force: bool,
) -> None:
    """Write one table or all of them, as `options.into_tables` asks.

    Args:
        ctx: Of the command.
        target: The file.
        makers: Make the tables, by their names.
        form: csv or xlsx; None: as the file ends.
        name: Only this one; None: of CSV the first, else all.
        force: Replace the file if there is one.
    """
    form = kind_of(target, form, TABLES, "xlsx")
    wanted = [name] if name is not None else [*makers][:1] if form == "csv" else [*makers]
    write_sheets(ctx, target, form, [makers[each]() for each in wanted], force=force)


def write_sheets(
    ctx: Context, target: Path, kind: str, sheets: Sequence[Sheet], *, force: bool
) -> None:
    """Write the first table as CSV, or all of them as a workbook, and say so.

    Args:
        ctx: Of the command.
        target: The file.
        kind: csv or xlsx.
        sheets: The tables.
        force: Replace the file if there is one.

    Raises:
        Refused: It is there already, or cannot be written.
    """
    from ka2tui.exchange import table_writer

    data = table_writer.as_csv(sheets[0]) if kind == "csv" else table_writer.as_workbook(sheets)
    write_file(target, data, force=force)
    value = {
        "format": kind,
        "file": str(target),
        "tables": [{"name": it.table.value, "rows": len(it.rows)} for it in sheets],
    }
    ctx.answer(value, f"Written: {target}")


def write_file(target: Path, data: bytes, *, force: bool) -> None:
    """Write a file whole or not at all, for its owner only.

    Raises:
        Refused: It is there already, or cannot be written.
    """
    from ka2tui import unfinished
    from ka2tui.domain.refusal import Refused

    if target.is_dir():
        raise Refused(f"{target} is a folder: name a file in it.")
    if target.exists() and not target.is_file():  # to replace a device would be the end of it
        raise Refused(f"{target} is a device or a pipe: name a file.")
    if os.path.lexists(target) and not force:
        raise Refused(f"{target} is there already: add --force to replace it.")
    try:
        handle, beside = unfinished.begin(target.parent, ".ka2tui-")
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(Path(beside), target, force=force)
    except FileExistsError:
        Path(beside).unlink(missing_ok=True)
        raise Refused(f"{target} is there already: add --force to replace it.") from None
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise Refused(f"{target} cannot be written: {error.strerror}.") from None


def _put_in_place(beside: Path, target: Path, *, force: bool) -> None:
    """Give the file its name; without `force` a file that came up meanwhile stays."""
    if force:
        beside.replace(target)
        return
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:
        # some folders (FAT, network shares) know no links
        beside.replace(target)
    else:
        beside.unlink()


# --- import --------------------------------------------------------------------------------------


def _understood(ctx: Context, paths: tuple[Path, ...], *, update: bool) -> Intake:
    from ka2tui.exchange import project_toml, tables, understanding

    own = [path for path in paths if path.suffix.lower() == ".toml"]
    if own:
        if len(paths) > 1:
            raise click.UsageError("A TOML file holds a whole project: import it by itself.")
        return project_toml.read(own[0])
    grids, aside = tables.read(paths)
    frame = _frame(ctx, understanding.about(grids), update=update)
    intake = understanding.understand(grids, frame._replace(own=ctx.settings.data))
    intake.dropped += aside
    return intake


def _frame(ctx: Context, item: Item | None, *, update: bool) -> Frame:
    """Look up what the stored project counts its months from, if there is one."""
    from ka2tui.exchange.cells import Frame
    from ka2tui.queries import export as asked

    if _is_missing(ctx):
        return Frame()
    if item is None:
        project = _named(ctx)
        found = None if project is None else ctx.ask(asked.frame, project)
    else:
        found = ctx.ask(asked.like, item)
    if found is None:
        return Frame()
    said = item.values if item is not None and update else {}
    return Frame(said.get("start", found.start), said.get("months", found.months))


def _named(ctx: Context) -> int | None:
    """Give the project that is named, else the only one there is; None: there is none at all."""
    from ka2tui.queries import references

    try:
        return ctx.project
    except references.Unknown:
        return None


def _is_missing(ctx: Context) -> bool:
    from ka2tui.store import engine

    return not engine.is_server(ctx.place) and not engine.file_of(ctx.place).exists()


def _take(ctx: Context, intake: Intake, *, dry_run: bool, update: bool) -> Taken:
    """Take it in, or rehearse it; a database that is not there is only made for success."""
    if _is_missing(ctx):
        from ka2tui.store.portfolio import Portfolio

        with tempfile.TemporaryDirectory(prefix="ka2tui-") as folder:
            rehearsal = Portfolio.open(Path(folder) / "rehearsal.db", actor="rehearsal")
            try:
                taken = _run(ctx, rehearsal, intake, None, dry_run=True, update=update)
            finally:
                rehearsal.close()
        if dry_run or taken.errors:
            return taken
        return _run(ctx, ctx.open(create=True), intake, None, dry_run=False, update=update)
    project = _chosen(ctx, intake)
    return _run(ctx, ctx.portfolio, intake, project, dry_run=dry_run, update=update)


def _chosen(ctx: Context, intake: Intake) -> int | None:
    """Give the project to import into: what the files say, unless one is named."""
    from ka2tui.exchange.facts import project_of
    from ka2tui.queries import export as asked

    item = project_of(intake)
    if item is None:
        return _named(ctx)
    named = ctx.code or os.environ.get("KA2TUI_PROJECT")
    if not named:
        return None
    from ka2tui.domain.text import fold

    said = {**item.defaults, **item.values}
    mine = {fold(str(said.get(name) or "")) for name in ("acronym", "agreement")}
    if fold(named.strip()) in mine and ctx.ask(asked.like, item) is None:
        return None
    return ctx.project


def _run(
    ctx: Context,
    portfolio: Portfolio,
    intake: Intake,
    project: int | None,
    *,
    dry_run: bool,
    update: bool,
) -> Taken:
    from ka2tui.operations import imports

    try:
        if dry_run:
            return portfolio.rehearse(
                imports.take, intake, project=project, update=update, today=ctx.today
            )
        return portfolio.do(
            imports.take, intake, project=project, update=update, today=ctx.today
        ).value
    except imports.Faulty as faulty:
        taken: Taken = faulty.taken
        taken.added, taken.changed = [], []
        return taken


# --- what is said --------------------------------------------------------------------------------


def plain(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Give findings as programs read them."""
    return [finding._asdict() for finding in findings]


def _told(intake: Intake, taken: Taken, *, dry_run: bool) -> str:
    parts = [_understood_as(intake)]
    for title, findings in (
        ("Doubtful", taken.doubtful),
        ("Not taken", taken.dropped),
        ("Errors", taken.errors),
    ):
        if findings:
            lines = "\n".join(f"  {line}" for line in lines_of(findings))
            parts.append(f"{title} ({len(findings)})\n{lines}")
    if taken.changed:
        lines = "\n".join(f"  {line}" for line in lines_of(taken.changed))
        parts.append(f"Changed ({len(taken.changed)})\n{lines}")
    if not taken.errors:
        parts.append(_sum(taken, dry_run=dry_run))
    return "\n\n".join(filter(None, parts))


def _understood_as(intake: Intake) -> str:
    from ka2tui.cli import output
    from ka2tui.exchange import headings

    rows = []
    for file, kinds in intake.counts.items():
        for kind, count in kinds.items():
            words = kind.replace("_", " ") if intake.whole else headings.words_of(kind)
            rows.append((file, count, words))
    facts = {item.file for item in intake.of("project")} - intake.counts.keys()
    rows += [(file, 1, "project facts") for file in sorted(facts)]
    told = {file for file, _, _ in rows}
    rows += [(file, 1, "project facts") for file in intake.counts if file not in told]
    return output.table(("file", "rows", "read as"), rows)


def lines_of(findings: list[Finding]) -> list[str]:
    """Write findings for people, those that differ in their row alone together."""
    grouped: dict[tuple[Any, ...], list[int]] = {}
    for file, row, column, value, reason in findings:
        rows = grouped.setdefault((file, column, value, reason), [])
        if row is not None:
            rows.append(row)
    lines = []
    for (file, column, value, reason), rows in grouped.items():
        place = file
        if rows:
            some = ", ".join(map(str, rows[:_SHOWN_ROWS])) + (
                ", …" if len(rows) > _SHOWN_ROWS else ""
            )
            place += f", row{'s' * (len(rows) > 1)} {some}"
        shown = " ".join(filter(None, (column, value and f"“{cut(value)}”")))
        lines.append(f"{place}{', ' + shown if shown else ''}: {reason}")
    return lines


def cut(value: str) -> str:
    """Cut what stands in a cell to what fits in a sentence."""
    line = " ".join(value.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _sum(taken: Taken, *, dry_run: bool) -> str:
    added, changed, same = len(taken.added), len(taken.changed), len(taken.same)
    if not added and not changed:
        return f"{taken.acronym}: nothing new; {same} are the same."
    if dry_run:
        return f"{taken.acronym}: {added} would be added, {changed} changed; {same} are the same."
    return f"{taken.acronym}: {added} added, {changed} changed; {same} are the same."
