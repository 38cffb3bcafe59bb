"""The meetings of the progress report: who came, what was decided, what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.kinds import MeetingState
from ka2tui.domain.periods import say
from ka2tui.reports.document import Block, Cell, Heading, Paragraph, Points, Toned
from ka2tui.reports.progress_words import make_table, say_due, say_place, say_when, task_cells
from ka2tui.reports.wording import Wording, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.queries.progress import Progress
    from ka2tui.queries.progress_meetings import MeetingProgress
    from ka2tui.reports.behind import Cites


def build(seen: Progress, words: Wording, cites: Cites) -> Iterator[Block]:
    """Tell of the meetings of the period, and of the actions that are still open."""
    yield Heading(words("meetings.title"))
    named = {row.id: row.numbers.persons for row in seen.evidence.people.events}
    if seen.meetings:
        yield make_table(
            words,
            words("meetings.table"),
            (
                *(("meeting", "text"), ("when", "date"), ("where", "text")),
                *(("people", "number"), ("partners", "text"), ("minutes", "text")),
            ),
            (_meeting(one, named.get(one.row.id, 0), words, cites) for one in seen.meetings),
        )
        remarks = tuple(_remarks(seen, words))
        if remarks:
            yield Points(remarks)
        decided = [
            (_name_meeting(one, words), text)
            for one in seen.meetings
            if one.row.state is not MeetingState.CANCELLED
            for text in one.decisions
        ]
        if decided:
            yield make_table(
                words,
                words("meetings.decisions"),
                (("meeting", "text"), ("what", "text")),
                decided,
            )
        else:
            yield Paragraph(words("meetings.no_decisions"), "quiet")
    else:
        before, after = seen.meeting_before, seen.meeting_next
        yield Paragraph(
            words(
                "meetings.none",
                period=say(seen.period),
                before=words("meetings.before", meeting=before.title, when=say_when(before))
                if before
                else "",
                next=words("meetings.next", meeting=after.title, when=say_when(after))
                if after
                else words("meetings.no_next"),
            ),
            "quiet",
        )
    if not seen.actions:
        yield Paragraph(words("meetings.no_actions"), "quiet")
        return
    yield make_table(
        words,
        words("meetings.actions"),
        (
            *(("code", "code"), ("action", "text"), ("who", "text"), ("meeting", "text")),
            *(("state", "code"), ("due", "date")),
        ),
        (
            (
                row.task.code or "",
                row.task.title,
                task_cells(row.task)[2],
                row.meeting,
                Toned("late", "late")
                if row.task.due and row.task.due < seen.today
                else row.task.state.word,
                say_due(row.task),
            )
            for row in seen.actions
        ),
    )


def _meeting(one: MeetingProgress, named: int, words: Wording, cites: Cites) -> tuple[Cell, ...]:
    row = one.row
    name = _name_meeting(one, words)
    if row.state is MeetingState.CANCELLED:
        return (name, say_when(row), say_place(row), "", "", "")
    people = "" if row.came is None else str(row.came)
    if people and one.online:
        key = "all_online" if one.online == row.came else "online"
        people = words(f"meetings.{key}", people=people, n=one.online)
    elif people and named and named != row.came:
        people = words("meetings.by_name", people=people, n=named)
    minutes = "not sent" if one.held else ""
    if row.minutes_sent_on is not None:
        minutes = f"sent {days.say_brief(row.minutes_sent_on)}"
    shown = cites.cell(people, f"meeting.{row.code or row.id}.participants")
    return (name, say_when(row), say_place(row), shown, ", ".join(one.partners), minutes)


def _name_meeting(one: MeetingProgress, words: Wording) -> str:
    """Name a meeting, and say so where it was not held or nobody confirmed it."""
    title = one.row.title
    if one.row.state is MeetingState.CANCELLED:
        return words("meetings.cancelled", meeting=title)
    return title if one.held else words("meetings.unconfirmed", meeting=title)


def _remarks(seen: Progress, words: Wording) -> Iterator[str]:
    """Say which partners were awaited and not there."""
    for one in seen.meetings:
        if one.missing:
            partners = listed([*one.missing])
            yield words("meetings.missing", meeting=one.row.title, partners=partners)
