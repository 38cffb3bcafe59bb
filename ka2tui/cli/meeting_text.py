"""What the command line answers about meetings, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.domain.running import Stretch
    from ka2tui.queries.logs import LogRow
    from ka2tui.queries.meeting_minutes import OutcomeRow
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails


def markdown_of(found: MeetingDetails) -> str:
    """Write the minutes of a meeting as Markdown."""
    from ka2tui.reports import minutes as report
    from ka2tui.reports.formats import markdown

    return markdown.render(report.document(found)).rstrip("\n")


def table(ctx: Context, rows: tuple[MeetingRow, ...]) -> str:
    """Give meetings as a table."""
    from ka2tui.domain.days import say_until

    def line(row: MeetingRow) -> tuple[object, ...]:
        until = row.state.word
        if row.past and row.state == "planned":
            until = "was it held?"
        elif row.day and not row.past:
            until = "" if row.precision == "month" else say_until(row.day, ctx.today)
        place = row.place or row.city
        title = f"↻ {row.title}" if row.series else row.title
        return row.id, title, row.kind.word, _when(row), until, place, row.came

    headings = ("", "meeting", "kind", "when", "", "place", "people")
    return output.table(headings, map(line, rows), keep={"when"})


def _when(row: MeetingRow) -> str:
    from ka2tui.reports.minutes import say_when

    return say_when(row)


def text(found: MeetingDetails) -> str:
    """Write everything for people."""
    from ka2tui.domain.lengths import say_length
    from ka2tui.reports.minutes import say_carried, say_held

    row = found.row
    unsent = "not yet" if row.state == "held" else None
    length = say_length(row.minutes_long) if row.minutes_long else None
    facts = [
        ("When", _when(row)),
        (
            "State",
            "over, not marked as held" if row.past and row.state == "planned" else row.state.word,
        ),
        ("Goes on" if row.goes_on else "Held", say_held(row)),
        ("Length", length),
        ("Place", ", ".join(part for part in (row.place, row.city, row.country) if part)),
        ("How", row.mode.word if row.mode else None),
        ("Link", found.link),
        ("Host", row.host),
        ("Belongs to", row.work_unit),
        ("Participants", row.stated),
        ("Minutes sent", row.minutes_sent_on or unsent),
        ("Missing", ", ".join(found.missing)),
        ("Summary", found.summary),
        ("Notes", found.notes),
    ]
    lines = [f"{row.title} ({row.kind.word})"]
    lines += [f"  {label:<14}{value}" for label, value in facts if value]
    parts = (
        ("Clocks", _clock_lines(found)),
        ("Agenda", agenda_lines(found)),
        ("People", [*people_lines(found), *_count_lines(found), *found.differences]),
        ("Minutes", [_say_line(line) for line in found.outcomes]),
        (
            "Still open from earlier meetings",
            [f"{one.task.title} ({say_carried(one)})" for one in found.carried],
        ),
    )
    for heading, content in parts:
        if content:
            lines += [f"  {heading}", *(f"    {line}" for line in content)]
    return "\n".join(lines)


def log_lines(lines: Sequence[LogRow]) -> list[str]:
    """Write which lines of the log came from its minutes."""
    if not lines:
        return []
    told = (f"  {it.code or ''}  {it.title} ({it.kind.word}, {it.state_word})" for it in lines)
    return ["", "In the log", *told]


def _clock_lines(found: MeetingDetails) -> list[str]:
    from rich.cells import cell_len, set_cell_size

    from ka2tui.domain.instants import Clock, say_clock

    wide = max((cell_len(one.partner) for one in found.clocks), default=0)
    return [
        f"{set_cell_size(one.partner, wide)}  {say_clock(Clock(one.zone, one.at, one.days))}"
        + (f" ({one.outside})" if one.outside else "")
        for one in found.clocks
    ]


def agenda_lines(found: MeetingDetails) -> list[str]:
    """Tell the agenda of a meeting, with its times."""
    from ka2tui.domain import running

    lines = [
        f"{number}. {item.title}"
        + (f", {item.presenter}" if item.presenter else "")
        + _say_time(item.time)
        for number, item in enumerate(found.agenda, start=1)
    ]
    over, took = found.time_over, running.used(item.time for item in found.agenda)
    total = running.say_used(found.row.minutes_planned, took)
    if lines and total:
        long = took is None and over is not None and over > 0
        lines.append(f"{total}, {over} min too long" if long else total)
    return lines


def _say_time(time: Stretch) -> str:
    """Say how long a point takes, or took: ", 15 min", ", 15 min planned, 18 used, 3 over"."""
    from ka2tui.domain import running

    if time.used is None:
        runs = ", runs" if time.runs else ""
        return f", {time.planned} min{runs}" if time.planned else runs
    over = 0 if time.planned is None else time.used // running.MINUTE - time.planned
    late = f", {over} over" if over > 0 else ""
    return f", {running.say_used(time.planned, time.used)}{late}"


def people_lines(found: MeetingDetails) -> list[str]:
    """Tell who is on the list of a meeting."""
    return [
        f"{person.name}{f' ({person.partner})' if person.partner else ''}: "
        + ", ".join(dict.fromkeys(one.word if one else "not listed" for one in person.presences))
        for person in found.listed
    ]


def _count_lines(found: MeetingDetails) -> list[str]:
    from ka2tui.reports.minutes import say_countries, say_counts, say_profiles

    lines = list(say_counts(found))
    for title, said in (
        ("by country", list(say_countries(found))),
        ("by profile", list(say_profiles(found))),
    ):
        if said:
            lines.append(f"{title}: {', '.join(said)}")
    return lines


def _say_line(line: OutcomeRow) -> str:
    from ka2tui.reports.minutes import say_who

    said = f"{line.kind.word}: {' '.join(line.text.split())}"
    if line.task is None:
        return said
    return f"{said} – {say_who(line.task)}, {line.task.state.word}"
