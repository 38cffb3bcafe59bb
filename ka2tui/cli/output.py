"""Output: one JSON value for programs, aligned lines for people."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ka2tui.cli import fitting

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence


def as_json(value: object) -> str:
    """Write a value as the contract asks: days as YYYY-MM-DD, instants with their offset."""
    import json  # 3 ms, and --help needs none of it

    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def as_rows(value: object) -> str:
    """Write a value as tab-separated rows with headings; several lists come below each other."""
    if isinstance(value, dict):
        lists = {name: it for name, it in value.items() if _is_list(it)}
        if lists:
            return "\n".join(f"{name}\n{as_rows(it)}" for name, it in lists.items() if it)
        return as_rows([value])
    if not _is_list(value):
        return as_rows([{"value": value}])
    from ka2tui.exchange import clipboard

    rows: list[dict[str, object]] = [*value] if isinstance(value, list) else []
    keys = list(dict.fromkeys(key for row in rows for key in row))
    if not keys:
        return ""
    return clipboard.write(
        [key.removesuffix("_cents").replace("_", " ") for key in keys],
        ([_in_cell(key, row.get(key)) for key in keys] for row in rows),
    )


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(it, dict) for it in value)


def _in_cell(key: str, value: object) -> object:
    """Give what stands in one cell: amounts in their currency, not in cents."""
    if key.endswith("_cents") and isinstance(value, int):
        from decimal import Decimal

        return Decimal(value).scaleb(-2) if value % 100 else value // 100
    if isinstance(value, dict) or (
        isinstance(value, list) and not all(isinstance(it, (str, int)) for it in value)
    ):
        import json

        return json.dumps(value, ensure_ascii=False, default=_plain)
    return value


def utc(instant: datetime) -> str:
    """Write an instant of the history: UTC, ending in Z, to the second."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def is_plain() -> bool:
    """Say whether the answer is to be read aloud; --plain asks for it."""
    import click

    context = click.get_current_context(silent=True)
    return bool(getattr(context and context.obj, "plain", False))


def room() -> int | None:
    """Give the cells of a line of the terminal; None where the answer goes elsewhere."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    wraps: bool = False,
    keep: Container[str] = (),
) -> str:
    """Align cells in columns by the width they have in a terminal; blank columns are left out.

    On a terminal it is as wide as that: long cells are cut, those of the last columns first, and
    what finds no room is named.
    Into a file or another program everything goes whole. Where the answer is to be read aloud
    each row is said on a line of its own.

    Args:
        headings: Of the columns, the most important first.
        rows: A cell for each.
        wraps: Whether the last column goes on below itself where it is too long: sentences.
        keep: The headings of columns that are never cut: moments.
    """
    if is_plain():
        from ka2tui.domain import spoken

        return spoken.table(headings, rows)
    from rich.cells import cell_len  # needs no terminal, and is loaded only for people

    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        return ""
    used = [at for at in range(len(headings)) if any(row[at] for row in cells)]
    widths = {at: max(cell_len(line[at]) for line in [list(headings), *cells]) for at in used}
    wide = room()
    if wide is not None:
        main = used[-1] if wraps else fitting.main_of(widths)
        whole = [at for at in used if headings[at] in keep]
        widths = fitting.fitted(widths, wide, main, whole)
        _tell_left(headings[at] for at in used if at not in widths)
        used = list(widths)

    def line(row: Sequence[str]) -> str:
        shown = [(fitting.cut(row[at], widths[at]), widths[at]) for at in used]
        below: list[str] = []
        if wraps:
            first, *below = fitting.wrapped(row[used[-1]], widths[used[-1]])
            shown[-1] = first, widths[used[-1]]
        pads = (text + " " * (width - cell_len(text)) for text, width in shown)
        indent = " " * sum(width + fitting.APART for _, width in shown[:-1])
        return "\n".join(it.rstrip() for it in ["  ".join(pads), *(indent + it for it in below)])

    return "\n".join(line(row) for row in [list(headings), *cells])


def _tell_left(titles: Iterable[str]) -> None:
    """Say which columns found no room."""
    named = ", ".join(title.strip() for title in titles if title.strip())
    if named:
        import click

        click.echo(f"No room for: {named} (all of it with | cat).", err=True)


def facts(lines: Iterable[tuple[str, object]]) -> str:
    """Write names and values below each other, without those that are not known."""
    return "\n".join(
        f"{name:<13} {value}".strip() for name, value in lines if value not in {None, ""}
    )


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    message = f"{type(value).__name__} has no form in JSON"
    raise TypeError(message)
