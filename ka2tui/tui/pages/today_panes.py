"""What stands beside the lists of the day: deadlines, next meeting, the way, what to see."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Line, Parts
from ka2tui.tui.widgets.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from ka2tui.queries.deadlines import ProjectDeadlines
    from ka2tui.queries.looks import Look
    from ka2tui.queries.today import Item as Due
    from ka2tui.queries.today import NextMeeting, PhaseLine
    from ka2tui.tui.plain import Tone
    from ka2tui.tui.widgets.details import Item

BORDER = 2
"""Lines of a pane that its border takes."""

LEAST = BORDER + 1
"""Lines of a pane where room is short."""

FOLDED = 1
"""Lines of a pane that is folded: its title and the first thing it would say."""

ENOUGH = 20
"""Lines from which on three things that are due stay in sight whatever has the focus."""

HURRY = 14
"""Days from which on the time that is left stands out."""


# -- deadlines


def countdown(
    found: Sequence[ProjectDeadlines], now: datetime, room: int, *, named: bool = False
) -> str:
    """Say by when the next application must be in, as fully as there is room for; "" for none.

    Args:
        found: The deadlines of each project.
        now: The present instant.
        room: Cells there are.
        named: Whether it says whose it is.
    """
    from ka2tui.domain.deadlines import say_application

    open_ones = [(one.application.at, one) for one in found if one.application is not None]
    if not open_ones:
        return ""
    coming = [each for each in open_ones if each[0] >= now]
    _, first = min(coming, key=itemgetter(0)) if coming else max(open_ones, key=itemgetter(0))
    due = first.application
    if due is None:
        return ""
    clocks, left = say_application(due, now, first.here)
    doubt = "" if due.confirmed else "not confirmed"
    word = "was due" if due.passed(now) else "due"
    whose = f"{first.project}: application {word}" if named else f"Application {word}"
    short = first.project if named else ""
    there = clocks.partition(" · ")[0]
    # what is doubtful, and whose it is, matters more than the clock here, which the pane tells too
    for name, clock in ((whose, clocks), (short, clocks), (whose, there), (short, there)):
        told = plain.join([" ".join(filter(None, [plain.SOON, name, clock])), left, doubt])
        if plain.width(told) <= room:
            return told
    return plain.cut(plain.join([f"{plain.SOON} {there}", left, doubt]), room)


def deadline_lines(
    found: Sequence[ProjectDeadlines],
    today: date,
    now: datetime,
    *,
    named: bool = False,
    answers: Sequence[Due] = (),
) -> list[Item]:
    """Tell by when things must be handed in or answered, and where each date comes from."""
    from ka2tui.domain.days import say_day, say_until
    from ka2tui.domain.deadlines import say_application

    lines: list[tuple[date, list[Item]]] = []
    for one in found:
        whose = f"{one.project} " if named else ""
        due = one.application
        if due is not None:
            clocks, left = say_application(due, now, one.here)
            tone: Tone = "late" if now > due.at else _near((due.day - today).days)
            told: list[Item] = [
                Line([(f"{whose}Application", "strong")], (left, tone)),
                Parts([*clocks.split(" · "), due.why], "quiet" if due.confirmed else "soon"),
            ]
            lines.append((due.day, told))
        for each in one.near(today):
            away = (each.day - today).days
            tone = "late" if away < 0 else _near(away)
            told = [Line([f"{whose}{each.title}"], (say_until(each.day, today), tone))]
            if each.official:
                day = say_day(each.day, today) if abs(away) > 1 else f"{each.day:%a}"
                told.append(Parts([day, each.why], "quiet"))
            lines.append((each.day, told))
    for letter in answers:
        if letter.due is None:
            continue
        whose = f"{letter.project} " if named else ""
        away = (letter.due - today).days
        tone = "late" if away < 0 else _near(away)
        day = say_day(letter.due, today) if abs(away) > 1 else f"{letter.due:%a}"
        told = [
            Line([f"{whose}{letter.title}"], (say_until(letter.due, today), tone)),
            Parts([day, letter.assignee, letter.note], "quiet"),
        ]
        lines.append((letter.due, told))
    return [item for _, told in sorted(lines, key=lambda one: one[0]) for item in told]


def _near(days: int) -> Tone:
    return "soon" if days <= HURRY else "quiet"


# -- worth a look


def sentence(look: Look) -> Sentence:
    """Say what is worth a look, with its code and the reason."""
    told = look.brief
    glyph = plain.LATE if told.severity in ("error", "warning") else plain.OPEN
    tones: dict[str, Tone] = {"error": "late", "warning": "soon"}
    whose = "" if look.project is None else f"{look.project}: "
    why = f"{told.why} {told.code}"
    return Sentence(look.key, glyph, tones.get(told.severity, ""), f"{whose}{told.text}", why)


def looks_hint(shown: int, every: int) -> str:
    """Say the keys of the pane, and how many findings the page of problems has."""
    return f"enter open · k all {every}" if every > shown else "enter open · k all"


# -- the next meeting


def meeting_lines(meeting: NextMeeting, today: date, now: datetime) -> list[Item]:
    """Tell about the next meeting: how far away, where, and what clocks show then."""
    from ka2tui.domain.days import say_day, say_span, say_until
    from ka2tui.domain.instants import say_clock, say_countdown
    from ka2tui.domain.timeline import say_month

    away = day = ""
    if meeting.starts_at is not None:
        away = say_countdown(meeting.starts_at, now, meeting.zone or "UTC")
    elif meeting.day is not None and meeting.precision != "month":
        away = say_until(meeting.day, today)
    if meeting.day is not None:
        day = say_day(meeting.day, today, meeting.precision)
        if meeting.end_day is not None and meeting.end_day != meeting.day:
            day = say_span(meeting.day, meeting.end_day)
            if meeting.day.year == today.year:
                day = day.removesuffix(f" {today.year}")
    if not away:  # known to the month: this stands in the one line the pane is folded to
        away, day = day, ""
    month = "" if meeting.month is None else say_month(meeting.month)
    first, *others = [say_clock(clock) for clock in meeting.clocks] or [""]
    agenda = plain.count(meeting.agenda, "item") if meeting.agenda else "none yet"
    if meeting.agenda_minutes and meeting.minutes_long:
        agenda += f", {_hours(meeting.agenda_minutes)} of {_hours(meeting.minutes_long)}"
    place = meeting.place or meeting.city
    return [
        Line([(meeting.title, "strong")], (away, "accent")),
        Parts([day, first, month]),
        Parts(others, "quiet"),
        Fact("Project", meeting.project),
        Fact("Where", place or (meeting.mode.word if meeting.mode else meeting.link)),
        Fact("Host", meeting.host),
        Fact("Agenda", agenda),
    ]


def _hours(minutes: int) -> str:
    """Write a length of time: 5 h 10, 45 min."""
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left:02}" if hours and left else f"{hours} h" if hours else f"{left} min"


# -- the way


def way_lines(phases: Sequence[PhaseLine], *, now_first: bool) -> list[Item]:
    """Draw the phases: those behind in one line, the others with what is done and the time.

    Args:
        phases: In their order.
        now_first: Whether those under way stand above all, where few lines are in sight.
    """
    from ka2tui.domain import lifecycle
    from ka2tui.domain.progress import bar

    def named(state: str, glyph: str) -> list[str]:
        return [f"{glyph} {phase.kind.word}" for phase in phases if phase.state == state]

    behind = Parts(named("done", plain.DONE), "done", "  ")
    ahead = Parts(named("ahead", plain.OPEN), "quiet", "  ")
    now: list[Item] = []
    foremost = lifecycle.current({phase.kind: phase.state for phase in phases})
    # where only one line is in sight, it tells of the phase that the headline names
    for phase in sorted(phases, key=lambda it: now_first and it.kind is not foremost):
        if phase.state == "under_way":
            share = phase.done or 0
            drawn = bar(share, mark=phase.passed)
            now.append(
                Line(["▸ ", *plain.shaded(drawn, "accent"), f" {share:2} % {phase.kind.word}"])
            )
    return [*now, behind, ahead] if now_first else [behind, *now, ahead]


# -- room


def stacked(
    room: int, needs: Sequence[int], focused: int, *, empty: Sequence[int] = ()
) -> list[int]:
    """Share lines out among panes below each other; one that finds no room has a single line.

    Args:
        room: Lines there are.
        needs: Lines in which each shows everything: two lists, then what stands beside them.
        focused: The place of the pane that is served before all others.
        empty: The places of those with nothing in them, which a single line says as well.
    """
    if not needs:  # while the page is taken down none of them stands any more
        return []
    shared = [FOLDED] * len(needs)
    shared[0] = LEAST

    def grow(at: int, most: int, least: int = LEAST) -> None:
        left = room - sum(shared) + shared[at]
        if left >= least:
            shared[at] = max(shared[at], min(needs[at], most, left))

    if room >= ENOUGH:
        grow(0, LEAST + 2)
    if focused:
        grow(focused, room)
    grow(0, room // 2)
    if 1 not in empty:
        grow(1, max(room * 2 // 5, LEAST))
    grow(0, room)
    for at in range(2, len(needs)):
        if at not in empty:
            grow(at, room, least=needs[at])
    shared[0] += max(room - sum(shared), 0)
    return shared


def heights(
    room: int, needs: Sequence[int], least: Sequence[int], first: Sequence[int]
) -> list[int]:
    """Share lines out among panes below each other.

    Args:
        room: Lines there are.
        needs: Lines in which each shows everything.
        least: Lines of each where room is short; where they are too many, only borders are left.
        first: The places of those that are served before all others. What is left over when
            all are served goes to the first pane, which is served last.
    """
    left = room - sum(least)
    tight = left < 0 or any(least[at] + left < min(needs[at], BORDER + 3) for at in first)
    shared = [BORDER] * len(needs) if tight else list(least)
    for at in (*first, *range(1, len(needs)), 0):
        left = room - sum(shared)
        shared[at] += max(min(left, needs[at] - shared[at]), 0)
    shared[0] += max(room - sum(shared), 0)
    return shared
