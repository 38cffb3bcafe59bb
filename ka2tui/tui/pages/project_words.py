"""A project in words: as a line of a list, and closely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Line, Parts, Private, Words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from ka2tui.queries.overview import ProjectSummary
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item

HEALTH: dict[str, tuple[str, Tone]] = {
    "well": (plain.DONE, "good"),
    "watch": (plain.SOON, "soon"),
    "trouble": (plain.LATE, "late"),
    "unknown": (plain.OPEN, "quiet"),
    "closed": (plain.CANCELLED, "quiet"),
}
"""The glyph and the tone of how a project does; its word stands beside it."""


def columns(rows: Sequence[ProjectSummary], today: date) -> list[Column]:
    """Give each column the room that these projects need."""
    names = plain.longest([row.acronym for row in rows], 7, 16)
    phases = plain.longest([phase(row) for row in rows], 5, 28)
    months = plain.longest([month(row, today) for row in rows], 5, 16)
    upcoming = plain.longest([next_date(row, today) for row in rows], 4, 40)
    healths = plain.longest([row.judgement.health.word for row in rows], 6, 17)
    grants = plain.longest([grant(row) for row in rows], 5, 14)
    return [
        Column("", 1, importance=9),
        Column("Project", min(names, 12), wish=names, importance=9),
        Column("Phase", min(phases, 14), wish=phases, importance=6),
        Column("Month", months, importance=4),
        Column("Done", 15, importance=7),
        Column("Late", 4, align="right", importance=8),
        Column("Next", min(upcoming, 16), share=1, wish=upcoming, importance=8),
        Column("Health", healths, importance=4),
        Column("Partners", 8, align="right", importance=3),
        Column("Grant", grants, align="right", importance=3, private=True),
    ]


def cells(row: ProjectSummary, today: date, *, shown: bool) -> Sequence[Cell]:
    """Show a project in a line.

    Args:
        row: The project.
        today: The day it is looked at.
        shown: Whether the other pages show it.
    """
    from ka2tui.domain.progress import bar

    glyph, tone = HEALTH[row.judgement.health]
    closed = row.judgement.health == "closed"
    done: Cell = ""
    if row.done is not None and not closed:
        done = [*plain.shaded(bar(row.done, mark=row.passed), "accent"), f" {row.done:2} %"]
    return (
        (glyph, tone),
        (row.acronym, "quiet" if closed else "strong" if shown else ""),
        (phase(row), "quiet" if closed else ""),
        (month(row, today), "quiet"),
        done,
        (str(row.late), "late") if row.late and not closed else "",
        next_date(row, today),
        (row.judgement.health.word, tone),
        (str(row.partners) if row.partners else "", "quiet"),
        (grant(row), "quiet"),
    )


def phase(row: ProjectSummary) -> str:
    """Say which phase a project is in, or what became of it."""
    if row.outcome is not None and row.outcome != "funded":
        return row.outcome.word.capitalize()
    short = {"evaluation": "Evaluation"}
    return short.get(row.phase, row.phase.word)


def month(row: ProjectSummary, today: date) -> str:
    """Say in which month a project is, or when it begins or ended."""
    from ka2tui.domain.days import say_calendar_month
    from ka2tui.domain.timeline import say_month

    if row.start is None:
        return ""
    if today < row.start:
        return f"from {say_calendar_month(row.start)}"
    if row.end is not None and today > row.end:
        return f"to {say_calendar_month(row.end)}"
    of = "" if row.months is None else f" of {row.months}"
    return "" if row.month is None else f"{say_month(row.month)}{of}"


def next_date(row: ProjectSummary, today: date) -> str:
    """Say what must be handed in next, and how far away that is."""
    from ka2tui.domain.days import say_until

    upcoming = row.next_date
    return "" if upcoming is None else f"{upcoming.title} {say_until(upcoming.day, today)}"


def grant(row: ProjectSummary) -> str:
    """Say how much it gets."""
    from ka2tui.domain.money import say_amount

    return "" if row.grant_cents is None else say_amount(row.grant_cents, row.currency)


def details(row: ProjectSummary, today: date, now: datetime) -> list[Item]:
    """Tell closely how a project does and why, what comes next, and what it is."""
    return [*_health(row), *_next(row, today, now), *_application(row, today), *_facts(row, today)]


def _health(row: ProjectSummary) -> Iterator[Item]:
    glyph, tone = HEALTH[row.judgement.health]
    yield Words(row.title or row.acronym, "strong")
    yield Line("")
    yield Line([(f"{glyph} {row.judgement.health.word}", tone)])
    for part in row.judgement.parts:
        glyph, tone = HEALTH[part.health]
        yield Line([("  ", ""), (f"{glyph} ", tone), part.text])


def _next(row: ProjectSummary, today: date, now: datetime) -> Iterator[Item]:
    upcoming = row.next_date
    if upcoming is None:
        return
    from ka2tui.domain import deadlines, instants
    from ka2tui.domain.days import say_brief, say_until

    yield Head(f"Next: {upcoming.title}")
    if upcoming.at is not None and upcoming.zone is not None:
        clock = instants.say_clocks(upcoming.at, [upcoming.zone])
        left = deadlines.say_left(upcoming.at, now, upcoming.zone)
        yield Parts([f"{say_brief(upcoming.day)} {clock}", left])
    else:
        yield Parts([say_brief(upcoming.day), say_until(upcoming.day, today)])
    yield Words(upcoming.why, "quiet")


def _application(row: ProjectSummary, today: date) -> Iterator[Item]:
    from ka2tui.domain.days import say_day

    if row.submitted_on is None and row.outcome is None and row.resubmits is None:
        return
    yield Head("Application")
    if row.submitted_on is not None:
        yield Fact("Handed in", say_day(row.submitted_on, today))
    if row.outcome is not None:
        on = "" if row.outcome_on is None else f", {say_day(row.outcome_on, today)}"
        yield Fact("Outcome", f"{row.outcome.word}{on}")
    yield Fact("Again for", row.resubmits)
    if row.outcome_note:
        yield Private([Words(row.outcome_note)])


def _facts(row: ProjectSummary, today: date) -> Iterator[Item]:
    from ka2tui.domain.days import say_span

    yield Head("Facts")
    yield Fact("Phase", phase(row))
    if row.start is not None and row.end is not None:
        yield Fact("Time", say_span(row.start, row.end))
    yield Fact("Month", month(row, today))
    yield Fact("Action", row.action)
    yield Fact("Agreement", row.agreement)
    yield Private([Fact("Grant", grant(row))])
    yield Fact("Partners", str(row.partners) if row.partners else None)
    yield Fact("Open", plain.count(row.open, "thing") if row.open else None)
