"""What an import makes of rows whose day has passed and that do not say whether they took place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.days import last_day
from ka2tui.domain.intake import Finding, Item
from ka2tui.domain.kinds import DisseminationState, MeetingState, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.operations.import_taking import Taking

_PEOPLE = ("head_count", "participant", "outcome")
"""The tables with a row for a meeting only where it took place."""


def settle(taking: Taking) -> None:
    """Take a meeting that is over for held where people or minutes show it, and say so.

    That a day has passed proves nothing: the other ones stay planned, which is said too. What was
    spread is taken for done, for tables of it are kept of what was done.
    """
    held: list[Item] = []
    open_: list[Item] = []
    shown = _shown(taking)
    for item, meeting in _over(taking, "meeting"):
        if meeting.id in shown or _tells(meeting):
            meeting.state = MeetingState.HELD
            held.append(item)
        else:
            open_.append(item)
    done = []
    for item, act in _over(taking, "dissemination"):
        if act.precision is not Precision.MONTH:
            act.state = DisseminationState.DONE
            done.append(item)
    _say(taking, held, "its day has passed, and people or minutes show it: taken as held")
    reason = "its day has passed, but no people, minutes or decisions show it: it stays planned"
    _say(taking, open_, reason)
    _say(taking, done, "its day has passed and no state is given: taken as done")


def _say(taking: Taking, items: Sequence[Item], reason: str) -> None:
    whole = f"{reason} ({len(items)} in all)" if len(items) > 1 else reason
    taking.result.doubtful += [Finding(it.file, it.row, None, None, whole) for it in items]


def _over(taking: Taking, kind: str) -> list[tuple[Item, Any]]:
    """List what was added without a state, and whose last day has passed."""
    found = []
    for item in taking.items[kind]:
        record = taking.made.get(id(item))
        said = "state" in item.values or "state" in item.defaults
        if record is None or said or id(record) not in taking.fresh:
            continue
        last = last_day(record.day, record.end_day, record.precision)
        if last is not None and last < taking.today:
            found.append((item, record))
    return found


def _tells(meeting: Any) -> bool:
    """Tell whether a meeting itself says that it took place."""
    return bool(
        meeting.participants
        or meeting.remote_participants
        or meeting.minutes_sent_on
        or meeting.summary
    )


def _shown(taking: Taking) -> set[int]:
    """Give the meetings that people or minutes of this import belong to."""
    shown = {one.meeting_id for kind in _PEOPLE for one in taking.known.get(kind, ())}
    there = (one for one in taking.known.get("attendance", ()) if one.presence.there)
    return shown | {one.meeting_id for one in there}
