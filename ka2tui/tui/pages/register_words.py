"""What the page of risks and logs says: signs, levels, the grid, and all of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import logs as log_words
from ka2tui.domain import risks as rules
from ka2tui.domain.days import say_day, say_due
from ka2tui.domain.kinds import LogKind, LogState
from ka2tui.domain.register import RegisterKind
from ka2tui.domain.risks import Band
from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Fact, Head, Jump, Line, Private, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ka2tui.queries.logs import LogDetails, LogRow
    from ka2tui.queries.register import RegisterRow
    from ka2tui.queries.risks import IssueOf, RiskDetails, TaskOf
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item

TONES: dict[Band, Tone] = {Band.GREEN: "good", Band.YELLOW: "soon", Band.RED: "late"}
"""The colour of each band."""

NOTED = plain.MEETING
"""The sign of a decision that stands in minutes alone."""

_STEPS = ("urgency", "impact", "size")


def sign(row: RegisterRow) -> Piece:
    """Give the sign before a line: late, open, done, or noted in minutes."""
    if not row.written:
        return (NOTED, "quiet")
    if row.late:
        return (plain.LATE, "late")
    if row.happened:
        return (plain.LATE, "soon")
    if row.open:
        return plain.OPEN
    return (plain.DONE, "done")


def weight(row: RegisterRow) -> Cell:
    """Say how much a line matters: the level of a risk, the highest step of a log."""
    if row.kind is RegisterKind.RISK:
        if row.band is None:
            return ("not weighed", "quiet")
        return (f"{rules.GLYPHS[row.band]} {row.level} {row.band.word}", TONES[row.band])
    steps = [(getattr(row, name), name) for name in _STEPS if getattr(row, name)]
    most, name = max(steps, key=lambda step: step[0], default=(0, ""))
    urgent = max(row.urgency or 0, row.impact or 0)
    said = f"{name} {most}" if most else ""
    return (said, "late" if row.open and urgent == rules.MOST else "")


def when(row: RegisterRow, today: date) -> tuple[str, Tone]:
    """Say when it is to be looked at or settled, else when it was decided or brought up."""
    if row.due is not None:
        return (say_due(row.due, today), "late" if row.late else "")
    return (say_day(row.day, today) if row.day and not row.open else "", "quiet")


def counts(rows: Iterable[RegisterRow]) -> list[list[int]]:
    """Count the open risks by likelihood and impact."""
    mine = (row for row in rows if row.table == "risk" and row.open)
    return rules.grid((row.likelihood, row.impact) for row in mine)


def grid(counts: Sequence[Sequence[int]], at: RegisterRow | None) -> list[Item]:
    """Draw how many open risks stand where; the square of the risk at the cursor is marked."""
    here = (at.likelihood, at.impact) if at is not None else (None, None)
    lines: list[Item] = []
    for place, line in enumerate(counts):
        likelihood = rules.MOST - place
        pieces: list[Piece] = [(f" {likelihood} ", "quiet")]
        for impact, count in enumerate(line, rules.LEAST):
            band = rules.band(likelihood * impact) or Band.GREEN
            said = str(min(count, 99)) if count else rules.GLYPHS[band]
            marked = f"›{said}‹" if here == (likelihood, impact) else f" {said} "
            pieces.append((f"{marked:<4}", TONES[band] if count else "quiet"))
        lines.append(Line(pieces))
    lines.append(Line([("   " + "".join(f" {n}  " for n in range(1, 6)) + "impact", "quiet")]))
    return lines


def about_risk(found: RiskDetails, today: date) -> Iterator[Item]:
    """Tell all that is known of a risk."""
    row = found.row
    yield Words(row.title, "strong")
    if row.band is not None:
        level = (f"{rules.GLYPHS[row.band]} {row.level} {row.band.word}", TONES[row.band])
        meant = f"  {row.likelihood} likely × {row.impact} impact"
        yield Fact("Level", [level, (meant, "quiet")])
    yield Fact("State", row.state.word)
    if row.state == "open" and row.review_on is not None:
        yield Fact("Look again", (say_due(row.review_on, today), "late" if row.due else ""))
    yield Fact("Strategy", row.strategy.word if row.strategy else None)
    yield from _owner(row.contact, row.partner)
    yield Fact("Part", row.work_unit)
    yield Fact("Category", row.category)
    yield Fact("Seen first", say_day(row.opened_on, today) if row.opened_on else None)
    yield Fact("Over", say_day(row.closed_on, today) if row.closed_on else None)
    yield from _long("What is done", row.action)
    yield from _long("About it", row.description)
    yield from _tasks(found.tasks, today)
    yield from _lines("Became", found.issues)
    yield from _notes(row.notes)


def about_line(found: LogDetails, today: date) -> Iterator[Item]:
    """Tell all that is known of an issue, a decision or a change."""
    row = found.row
    yield from _of_line(row, today)
    if row.meeting_id is not None:
        yield Jump(row.meeting or "", ("meeting", row.meeting_id), label="Minutes of")
    if row.risk_id is not None:
        yield Jump(row.risk or "", ("risk", row.risk_id), label="From risk")
    if found.issue is not None:
        yield Jump(_called(found.issue), ("log_entry", found.issue.id), label="From issue")
    for field in ("solution", "reason", "consequence"):
        yield from _long(_label(row, field), getattr(row, field))
    yield from _long("About it", row.description)
    yield from _long("In the minutes", found.minuted)
    yield from _lines("Led to", found.led_to)
    yield from _tasks(found.tasks, today)
    yield from _notes(row.notes)


def about_noted(row: RegisterRow, today: date) -> Iterator[Item]:
    """Tell of a decision that stands in minutes alone."""
    yield Words(row.title, "strong")
    yield Fact("Decided at", row.meeting)
    yield Fact("On", say_day(row.day, today) if row.day else None)
    yield Fact("Part", row.work_unit)
    yield Words("")
    yield Words(
        "It is read from the minutes. m takes it up into the log, where reasons and consequence "
        "can be said; enter opens the minutes.",
        "quiet",
    )


def _of_line(row: LogRow, today: date) -> Iterator[Item]:
    yield Words(row.title, "strong")
    yield Fact("Kind", row.kind.word)
    tone: Tone = "late" if row.late else "done" if row.state is LogState.DONE else ""
    yield Fact("State", (row.state_word, tone))
    if row.due is not None:
        due = say_day(row.due, today) if row.state.closed else say_due(row.due, today)
        yield Fact(_label(row, "due"), (due, "late" if row.late else ""))
    steps = [f"{name} {getattr(row, name)}" for name in _STEPS if getattr(row, name)]
    yield Fact("Of 5", ", ".join(steps))
    yield from _owner(row.contact, row.partner)
    yield Fact(_label(row, "raised_by"), row.raised_by)
    for field in ("opened_on", "decided_on", "closed_on"):
        day = getattr(row, field)
        name = (
            _label(row, field)
            if row.kind is not LogKind.ISSUE or field != "closed_on"
            else (log_words.state_word(row.kind, row.state).capitalize())
        )
        yield Fact(name, say_day(day, today) if day else None)
        if field == "decided_on":
            yield Fact(_label(row, "decided_by"), row.decided_by)
    yield Fact("Part", row.work_unit)
    yield Fact("Category", row.category)


def _label(row: LogRow, field: str) -> str:
    return capital(log_words.WORDS[row.kind].get(field, field.replace("_", " ")))


def _owner(contact: str | None, partner: str | None) -> Iterator[Item]:
    yield Fact("Who", plain.join([contact, partner], ", "))


def _long(title: str, text: str | None) -> Iterator[Item]:
    if text:
        yield Head(title)
        yield Words(text)


def _notes(text: str | None) -> Iterator[Item]:
    if text:
        yield Private([Head("Notes"), Words(text)])


def _tasks(found: Sequence[TaskOf], today: date) -> Iterator[Item]:
    if found:
        yield Head("Tasks", str(len(found)))
    for task in found:
        glyph, tone, _ = plain.state_of(task.state, task.due, today)
        due = say_due(task.due, today) if task.due and not task.state.closed else ""
        yield Jump([(f"{glyph} ", tone), task.title], ("task", task.id), (due, "quiet"))


def _lines(title: str, found: Sequence[IssueOf]) -> Iterator[Item]:
    if found:
        yield Head(title)
    for line in found:
        yield Jump(_called(line), ("log_entry", line.id), (line.state, "quiet"))


def _called(line: IssueOf) -> str:
    return plain.join([line.code, line.title], " ")
