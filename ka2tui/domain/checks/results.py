"""Checks of results: handed over in time, licensed, marked, and on the platform of results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain.checks.running import named
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.days import say_brief, say_late, say_until
from ka2tui.domain.kinds import DeliverableState, PlatformState
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.domain.checks.running import Result, Running

LAST_DAYS = 30
"""Days before the end from which on also what is not accepted yet should be a draft there."""

APART = 2
"""Late ones up to which each is told by itself where nothing is noted at all."""

_UNNOTED = "Nothing is noted as handed over yet; say what is there, and only late ones are told."

_INTERNAL = re.compile(
    r"management|quality|evaluation|risk|agreement|minutes|internal|progress report|data plan"
    r"|(dissemination|communication|sharing|sustainab|exploitation).*(plan|strategy|report)"
    r"|plan (for|of) (dissemination|communication|sharing)"
)
"""What the titles of results say that serve the project itself, and perhaps nobody else."""

_SENT = frozenset({PlatformState.SENT, PlatformState.PUBLISHED})


def found(seen: Running) -> Iterator[Found]:
    """Check the results of a project that runs or has just ended."""
    yield from _late(seen)
    absent = [it for it in seen.results if it.platform is PlatformState.NONE]
    alike = len(absent) > APART and len(absent) == len(seen.results)
    if alike:
        yield from _none_there(absent, seen)
    for one in seen.results:
        if not alike:
            yield from _platform(one, seen)
        yield from _finished(one, seen)


def _late(seen: Running) -> Iterator[Found]:
    """Find what is late; where nothing of any is noted, perhaps nobody noted it."""
    late = [one for one in seen.results if one.late(seen.today)]
    kept = any(one.begun for one in seen.results)
    if not kept and len(late) > APART:
        who = named([one.code for one in late])
        text = f"{len(late)} deliverables were due by now, and none is noted as handed over: {who}"
        yield Found(610, Severity.HINT, "project", f"{text}.", why=_UNNOTED)
        return
    severity = Severity.WARNING if kept else Severity.HINT
    for one in late:
        yield _late_one(one, seen, severity)


def _late_one(one: Result, seen: Running, severity: Severity) -> Found:
    due = one.due or seen.today
    late = say_late(due, seen.today)
    text = f"It was due on {say_brief(due)} and is not handed over, {late}"
    why = _UNNOTED if severity is Severity.HINT else None
    return Found(610, severity, one.said, f"{text}.", "deliverable", one.id, why)


def _none_there(absent: list[Result], seen: Running) -> Iterator[Found]:
    """Say once that not one result is on the platform, where it is high time."""
    if seen.stage is not Stage.CLOSING or seen.end is None:
        return
    left = (seen.end - seen.today).days
    done = [one for one in absent if one.done and not _internal(one)]
    if not done and left > LAST_DAYS:
        return
    ends = f"ends {say_until(seen.end, seen.today)}" if left >= 0 else "is over"
    who = named([one.code for one in done or absent])
    text = f"None of the {len(absent)} results is on the results platform, and the project {ends}"
    severity = Severity.WARNING if done else Severity.HINT
    yield Found(704, severity, "project", f"{text}: {who}.")


def _platform(one: Result, seen: Running) -> Iterator[Found]:
    """Find what is not on the results platform near the end, and drafts after it."""
    if one.platform in _SENT and not seen.over and seen.end is not None:
        if one.platform_on is None or one.platform_on <= seen.end:
            text = (
                f"It stands as {one.platform.word} on the results platform before the "
                f"project's last day, {say_brief(seen.end)}"
            )
            yield Found(712, Severity.HINT, one.said, f"{text}.", "deliverable", one.id)
        return
    if seen.stage is not Stage.CLOSING or seen.end is None:
        return
    if one.platform is PlatformState.DRAFTED and seen.over:
        text = "It is still a draft on the results platform, and the project is over"
        yield Found(708, Severity.WARNING, one.said, f"{text}.", "deliverable", one.id)
    elif one.platform is PlatformState.NONE:
        left = (seen.end - seen.today).days
        if not one.done and left > LAST_DAYS:
            return
        ends = f"ends {say_until(seen.end, seen.today)}" if left >= 0 else "is over"
        text = f"It is not on the results platform, and the project {ends}"
        severity = Severity.WARNING if one.done and not _internal(one) else Severity.HINT
        yield Found(704, severity, one.said, f"{text}.", "deliverable", one.id)


def _internal(one: Result) -> bool:
    """Tell whether a result is by its title one that only the project itself needs."""
    return bool(_INTERNAL.search(fold(one.title)))


def _finished(one: Result, seen: Running) -> Iterator[Found]:
    """Find what a finished result still lacks."""
    published = one.state is DeliverableState.PUBLISHED or one.platform in _SENT
    closing = seen.stage is Stage.CLOSING
    key = ("deliverable", one.id)
    if published and not one.address:
        text = "It stands as published, and it is not noted where"
        yield Found(707, Severity.HINT, one.said, f"{text}.", *key)
    if published and not one.looked_at:
        text = "It is published, and emblem and disclaimer were not looked for"
        yield Found(711, Severity.HINT, one.said, f"{text}.", *key)
    if not (published or (one.done and closing and not _internal(one))):
        return
    if not one.licence:
        text = "It is finished, and no licence is noted"
        yield Found(705, Severity.HINT, one.said, f"{text}.", *key)
    if not one.languages:
        text = "It is finished, and its languages are not noted"
        yield Found(706, Severity.HINT, one.said, f"{text}.", *key)
