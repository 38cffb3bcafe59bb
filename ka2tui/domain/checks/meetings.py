"""Checks of meetings and events: called in time, held, written down, and counted alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import timeline
from ka2tui.domain.checks.running import named
from ka2tui.domain.days import say_brief, say_calendar_month, say_until
from ka2tui.domain.kinds import MeetingKind
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ka2tui.domain.checks.running import Meeting, Running

AGENDA_BEFORE = 30
"""Days before a project meeting or an event by which its agenda is out. Source: good practice."""

AGENDA_CALL = 7
"""The same of a call or another small meeting."""

MINUTES_WITHIN = 10
"""Days after a meeting by which its minutes are out. Source: good practice."""

FORGOTTEN = 30
"""Days after which nobody remembers what was decided."""

RHYTHM = 7
"""Months without any meeting that are too long; project meetings are held every four to six."""

KICK_OFF_BY = 3
"""Months after the first day by which projects have begun together."""

_MAIN = frozenset({MeetingKind.KICK_OFF, MeetingKind.TPM})
_EVENTS = frozenset({MeetingKind.LEARNING, MeetingKind.TRAINING, MeetingKind.MULTIPLIER})
"""Of these a report is written and a list of participants kept, rather than minutes."""


def found(seen: Running) -> Iterator[Found]:
    """Check the meetings and events of a project."""
    for one in seen.meetings:
        yield from _past(one, seen)
        yield from _ahead(one, seen)
    yield from _minutes(seen)
    yield from _lists(seen)
    yield from _rhythm(seen)


def _past(one: Meeting, seen: Running) -> Iterator[Found]:
    """Find a meeting that lies behind and is still planned, or has nobody on its list."""
    if one.last is None or one.last >= seen.today:
        return
    if not one.held:
        when = say_calendar_month(one.last) if one.by_month else say_brief(one.last)
        text = f"It was {'due in' if one.by_month else 'on'} {when} and is still planned"
        severity = Severity.HINT if one.by_month else Severity.WARNING
        yield Found(602, severity, one.title, f"{text}.", "meeting", one.id)
        return
    since = (seen.today - one.last).days
    if one.by_month or since <= MINUTES_WITHIN:
        return
    if one.kind in _MAIN and not one.listed:
        stated = "" if one.stated is None else f", and {one.stated} are said to have been there"
        text = f"Nobody is on the list{stated}"
        yield Found(605, Severity.HINT, one.title, f"{text}.", "meeting", one.id)


def _minutes(seen: Running) -> Iterator[Found]:
    """Find meetings without minutes; where none ever had any, perhaps nobody keeps them here."""
    without = [(one, days) for one in seen.meetings if (days := _unwritten(one, seen.today))]
    kept = any(one.minutes for one in seen.meetings)
    if not kept and len(without) > 1:
        who = named([one.title for one, _ in without])
        text = f"None of {len(without)} meetings that were held has minutes here: {who}"
        yield Found(601, Severity.HINT, "project", f"{text}.")
        return
    late = Severity.WARNING if kept else Severity.HINT
    for one, days in without:
        forgotten = one.kind in _MAIN and days > FORGOTTEN
        severity = late if forgotten else Severity.GOOD_PRACTICE
        text = f"It has no minutes, {days} days after"
        yield Found(601, severity, one.title, f"{text}.", "meeting", one.id)


def _unwritten(one: Meeting, today: date) -> int | None:
    """Give the days since a meeting whose minutes are missing; None where they are not."""
    if not one.held or one.minutes or one.by_month or one.last is None or one.kind in _EVENTS:
        return None
    days = (today - one.last).days
    return days if days > MINUTES_WITHIN else None


def _ahead(one: Meeting, seen: Running) -> Iterator[Found]:
    """Remind of the agenda of a meeting that comes before long."""
    if one.held or one.agenda or one.by_month or one.first is None or one.first < seen.today:
        return
    large = one.kind in _MAIN | _EVENTS
    before = AGENDA_BEFORE if large else AGENDA_CALL
    if (one.first - seen.today).days < before:
        text = f"It has no agenda yet, and is {say_until(one.first, seen.today)}"
        why = f"An agenda {before} days before lets everybody prepare and travel."
        yield Found(604, Severity.GOOD_PRACTICE, one.title, f"{text}.", "meeting", one.id, why)


def _lists(seen: Running) -> Iterator[Found]:
    """Find lists that differ from what is claimed, and lists with nobody on them."""
    for one in seen.meetings:
        differ = one.stated is not None and one.counted is not None and one.counted != one.stated
        if differ and not one.event:
            text = f"{one.counted} on the list, {one.stated} stated"
            yield Found(603, Severity.WARNING, one.title, f"{text}.", "meeting", one.id)
    for row in seen.attended:
        if row.report:
            text = "; ".join(row.report)
            yield Found(603, Severity.WARNING, row.called, f"{text}.", row.about, row.id)
        if row.fewer:
            text = "; ".join(row.fewer)
            yield Found(626, Severity.HINT, row.called, f"{text}.", row.about, row.id)
        if row.nobody and not row.report and not row.fewer:
            text = "Nobody is on the list of participants"
            yield Found(605, Severity.HINT, row.called, f"{text}.", row.about, row.id)


def _rhythm(seen: Running) -> Iterator[Found]:
    """Find a project that never began together, or whose partners have not met for long."""
    if seen.start is None or seen.start > seen.today or seen.over:
        return
    begun = any(
        one.kind is MeetingKind.KICK_OFF or "kick" in one.title.casefold() for one in seen.meetings
    )
    month = seen.month or 0
    if not begun and month > KICK_OFF_BY:
        text = f"No kick-off meeting is planned or held, in {timeline.say_month(month)}"
        yield Found(616, Severity.GOOD_PRACTICE, "project", f"{text}.")
    if not seen.meetings:
        return
    behind = [one.last for one in seen.meetings if one.last is not None and one.last < seen.today]
    ahead = [one for one in seen.meetings if one.last is None or one.last >= seen.today]
    since = max(behind, default=seen.start)
    months = (seen.today - since).days * 12 // 365
    if not ahead and months >= RHYTHM:
        text = f"No meeting for {counted(months, 'month')}, and none is planned"
        yield Found(627, Severity.GOOD_PRACTICE, "project", f"{text}.")
