"""Projects of any size, as tables that ka2tui imports: the way people's projects come in."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

TODAY = date(2026, 11, 22)
START = date(2025, 10, 1)
MONTHS = 24
PARTNERS = ("UTH", "LODZ", "CESIE", "INOVA", "KAUNAS", "ANKARA", "MALMO", "BRNO")
COUNTRIES = ("GR", "PL", "IT", "PT", "LT", "TR", "SE", "CZ")
VERBS = ("Draft", "Review", "Translate", "Collect", "Send", "Prepare", "Publish", "Agree")
THINGS = ("minutes", "training module", "survey", "learning materials", "invitation", "budget")


def write(folder: Path, tasks: int) -> Path:
    """Write a project of seven work packages, eight partners and so many tasks."""
    folder.mkdir(parents=True)
    facts = {
        "acronym": "BENCH",
        "title": "A project to measure with",
        "action": "KA220-SCH",
        "start": START.isoformat(),
        "months": str(MONTHS),
        "grant": "400000",
        "coordinator": PARTNERS[0],
    }
    _table(folder / "project.csv", ("field", "value"), facts.items())
    names = [f"{name.title()} organisation" for name in PARTNERS]
    partners = zip(PARTNERS, names, COUNTRIES, strict=True)
    _table(folder / "partners.csv", ("acronym", "name", "country"), partners)
    units = [
        (f"WP{n}", f"Work package {n}", PARTNERS[n % 8], str(max(1, 4 * n - 7)), str(4 * n - 4))
        for n in range(1, 8)
    ]
    fixed = [(*unit[:3], "1" if n == 0 else unit[3], "24") for n, unit in enumerate(units)]
    headings = ("code", "title", "lead", "start_month", "end_month")
    _table(folder / "work_packages.csv", headings, fixed)
    headings = ("code", "title", "wp", "due", "assignee")
    _table(folder / "tasks.csv", headings, (_task(n, tasks) for n in range(tasks)))
    return folder


def _task(number: int, of: int) -> tuple[str, ...]:
    """Make a task; one in fifty is late, the others are due until the project ends."""
    days = 300 * number // of if number % 50 else -(number % 30) - 1
    what = f"{VERBS[number % 8]} {THINGS[number % 6]} of partner {PARTNERS[number % 7]}"
    return (
        f"T{number + 1:05}",
        f"Task {number + 1:05} {what.lower()}",
        f"WP{number % 7 + 1}",
        (TODAY + timedelta(days=days)).isoformat(),
        PARTNERS[number % 8],
    )


def _table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
