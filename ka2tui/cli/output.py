"""Output: one JSON value for programs, aligned lines for people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def as_json(value: object) -> str:
    """Write a value as the contract asks: days as YYYY-MM-DD, instants with their offset."""
    import json  # 3 ms, and --help needs none of it

    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def utc(instant: datetime) -> str:
    """Write an instant of the history: UTC, ending in Z, to the second."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Align cells in columns by the width they have in a terminal; blank columns are left out."""
    from rich.cells import cell_len  # needs no terminal, and is loaded only for people

    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        return ""
    used = [at for at in range(len(headings)) if any(row[at] for row in cells)]
    widths = {at: max(cell_len(line[at]) for line in [list(headings), *cells]) for at in used}

    def line(row: Sequence[str]) -> str:
        pads = (row[at] + " " * (widths[at] - cell_len(row[at])) for at in used)
        return "  ".join(pads).rstrip()

    return "\n".join(line(row) for row in [list(headings), *cells])


def facts(lines: Iterable[tuple[str, object]]) -> str:
    """Write names and values below each other, without those that are not known."""
    return "\n".join(
        f"{name:<14}{value}".strip() for name, value in lines if value not in {None, ""}
    )


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    message = f"{type(value).__name__} has no form in JSON"
    raise TypeError(message)
