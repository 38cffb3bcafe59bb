"""What the progress report shows: people, indicators, proof, and changes to the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days, quantity, timeline
from ka2tui.domain import indicators as rules
from ka2tui.domain.countries import say_country
from ka2tui.domain.indicators import Standing
from ka2tui.domain.kinds import Precision
from ka2tui.domain.proof_sorts import Count
from ka2tui.reports.document import Block, Cell, Heading, Paragraph, Table, Toned
from ka2tui.reports.progress_words import make_table
from ka2tui.reports.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ka2tui.queries.application import Row
    from ka2tui.queries.indicators import IndicatorRow
    from ka2tui.queries.participation import EventRow, Line
    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_evidence import ProofLine
    from ka2tui.reports.behind import Cites
    from ka2tui.reports.wording import Wording

NAMED = 6
"""Records that are named of which proof is missing, before the rest is counted."""


# -- people


def people(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Tell who took part, each counted once, beside what is claimed."""
    yield Heading(words("people.title"))
    found = seen.evidence.people
    numbers = found.numbers
    if not found.events or (numbers.nobody and not any(row.over for row in found.events)):
        yield Paragraph(words("people.none"), "quiet")
        return
    if numbers.persons:
        yield words.cited(
            "people.standing",
            numbers.persons,
            n=cites.cell(numbers.persons, "participant.persons"),
            fewer=cites.cell(numbers.fewer, "participant.fewer"),
        )
    if numbers.counted:
        counted = cites.cell(numbers.counted, "participant.counted")
        yield words.cited("people.counted", numbers.counted, counted=counted)
    claimed = {
        name: cites.cell(value, f"participant.{name}")
        for name, value in (("reported", found.reported), ("expected", found.expected))
        if value is not None
    }
    if claimed:
        key = "reported" if len(claimed) == 2 else f"{next(iter(claimed))}_only"
        yield words.cited(f"people.{key}", **claimed)
    yield make_table(
        words,
        words("people.events"),
        (
            *(("event", "text"), ("when", "date"), ("by_name", "number")),
            *(("without_name", "number"), ("reported", "number"), ("expected", "number")),
        ),
        (_event(row, cites) for row in found.events),
    )
    for key, by, lines in (
        ("country", "countries", seen.evidence.countries),
        ("profile", "profiles", seen.evidence.profiles),
    ):
        if any(line.name for line in lines):
            yield _shared(words, cites, (key, by), lines)


def _event(row: EventRow, cites: Cites) -> tuple[Cell, ...]:
    event, numbers = row.event, row.numbers
    name = f"participant.event.{event.code or event.id}"
    when = "no date"
    if event.day is not None:
        monthly = event.precision is Precision.MONTH
        when = days.say_span(event.day, event.end_day or event.day)
        when = days.say_calendar_month(event.day, event.end_day) if monthly else when
    return (
        event.title,
        when,
        cites.cell(numbers.persons, f"{name}.persons") if numbers.persons else "",
        cites.cell(numbers.counted, f"{name}.counted") if numbers.counted else "",
        "" if event.reported is None else str(event.reported),
        "" if event.expected is None else str(event.expected),
    )


def _shared(words: Wording, cites: Cites, called: tuple[str, str], lines: Sequence[Line]) -> Table:
    key, by = called

    def name(line: Line) -> str:
        if line.name is None:
            return words("people.not_said")
        return say_country(line.name) if key == "country" else line.name

    return make_table(
        words,
        words(f"people.{by}"),
        ((key, "text"), ("by_name", "number"), ("without_name", "number")),
        (
            (
                name(line),
                cites.cell(line.persons, f"participant.{key}.{line.name}"),
                str(line.counted) if line.counted else "",
            )
            for line in lines
        ),
    )


# -- indicators


_STANDS = {
    "reached": (Standing.REACHED,),
    "on_the_way": (Standing.ON_TIME, Standing.AHEAD),
    "behind": (Standing.BEHIND,),
    "missed": (Standing.MISSED,),
    "not_measured": (Standing.NOT_MEASURED,),
}
"""What the sentence counts, by the names of its figures."""


def indicators(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Show each indicator with its last value and what is to be expected in the end."""
    yield Heading(words("indicators.title"))
    rows = seen.evidence.indicators
    if not rows:
        yield Paragraph(words("indicators.none"), "quiet")
        return
    counts = {
        name: cites.cell(sum(row.state in states for row in rows), f"indicator.{name}")
        for name, states in _STANDS.items()
    }
    every = cites.cell(len(rows), "indicator.all")
    yield words.cited("indicators.standing", len(rows), n=every, **counts)
    yield make_table(
        words,
        words("indicators.table"),
        (
            *(("code", "code"), ("indicator", "text"), ("baseline", "number")),
            *(("target", "number"), ("due", "date"), ("last", "number"), ("day", "date")),
            *(("way", "number"), ("standing", "text"), ("at_end", "number")),
        ),
        (_indicator(row, words, cites) for row in rows),
    )
    yield Paragraph(words("indicators.how"), "quiet")


def _indicator(row: IndicatorRow, words: Wording, cites: Cites) -> tuple[Cell, ...]:
    due = ""
    if row.due_month is not None:
        due = timeline.say_month(row.due_month)
    elif row.due is not None:
        due = days.say_brief(row.due)
    last: Cell = ""
    if row.value is not None:
        name = f"indicator.{row.code or f'nr{row.id}'}.value"
        last = cites.cell(quantity.say(row.value), name)
    word = row.state.word
    if row.course.reaches is False and row.state in (Standing.AHEAD, Standing.ON_TIME):
        word = words("indicators.slowing", standing=word)
    return (
        row.code or "",
        f"{row.title} ({row.unit})" if row.unit else row.title,
        quantity.say(row.baseline),
        quantity.say(row.target),
        due,
        last,
        days.say_brief(row.measured_on) if row.measured_on else "",
        rules.say_way(row.way),
        Toned(word, "late") if row.state.worrying else word,
        _expected(row),
    )


def _expected(row: IndicatorRow) -> Cell:
    """Say where it leads; what was reached leads nowhere else."""
    if row.state is Standing.REACHED or row.expected is None:
        return ""
    said = quantity.say(row.expected)
    return Toned(said, "late") if row.state.worrying else said


# -- proof


def proof(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Say how much of the proof that is asked is there, by work package."""
    yield Heading(words("proof.title"))
    lines = [line for line in seen.evidence.proof if line.count.asked]
    if not lines:
        yield Paragraph(words("proof.none"), "quiet")
        return
    whole = sum((line.count for line in lines), Count())
    yield words.cited(
        "proof.standing",
        share=cites.cell(f"{whole.there * 100 // whole.asked} %", "proof.complete"),
        there=whole.there,
        asked=whole.asked,
    )
    yield make_table(
        words,
        words("proof.table"),
        (
            *(("part", "text"), ("there", "number"), ("share", "number")),
            ("lacking", "text"),
        ),
        (
            _proof(line, words("tasks.without_" + seen.project.shape.value), words, cites)
            for line in lines
        ),
    )


def _proof(line: ProofLine, rest: str, words: Wording, cites: Cites) -> tuple[Cell, ...]:
    lacking = list(line.lacking[:NAMED])
    if len(line.lacking) > NAMED:
        lacking.append(words("summary.more", n=len(line.lacking) - NAMED))
    share = f"{line.count.there * 100 // line.count.asked} %"
    return (
        f"{line.code} {line.title}".strip() if line.code else rest,
        line.count.said,
        cites.cell(share, f"proof.{line.code}.complete" if line.code else "report.proof.rest"),
        listed(lacking),
    )


# -- changes to the application


def changes(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Show what was promised, what is planned now, why, and how that was handled."""
    yield Heading(words("changes.title"))
    kept = seen.evidence.approved_on
    if kept is None:
        yield Paragraph(words("changes.not_kept"), "quiet")
        return
    rows = seen.evidence.changes
    day = days.say_long(kept)
    if not rows:
        yield Paragraph(words("changes.none", day=day), "quiet")
        return
    count = sum(len(row.items) for row in rows)
    yield words.cited(
        "changes.standing",
        count,
        n=cites.cell(count, "application.departures"),
        day=day,
    )
    yield make_table(
        words,
        words("changes.table"),
        (
            *(("what", "text"), ("promised", "text"), ("is_now", "text"), ("since", "date")),
            *(("reason", "text"), ("handling", "text")),
        ),
        (cells for row in rows for cells in _change(row, words)),
    )


def _change(row: Row, words: Wording) -> Iterator[tuple[Cell, ...]]:
    for item in row.items:
        label = f"{row.said}: {item.label}" if item.label else row.said
        yield (
            label,
            item.promised,
            item.now,
            "" if item.since is None else days.say_brief(item.since),
            row.why or "",
            _handled(row, words),
        )


def _handled(row: Row, words: Wording) -> Cell:
    if row.handling is None:
        return ""
    said = [row.handling.word]
    if row.asked_on is not None:
        said.append(words("changes.asked", day=days.say_brief(row.asked_on)))
    if row.answered_on is not None and row.answer is not None:
        day = days.say_brief(row.answered_on)
        said.append(words("changes.answered", answer=row.answer.word, day=day))
    elif row.asked_on is not None:
        said.append(row.standing.word)
    return ", ".join(said)
