"""Checks of sharing: logged as it happens, with proof, emblem and disclaimer, not too rarely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import timeline
from ka2tui.domain.checks.running import named
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import DisseminationState
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ka2tui.domain.checks.running import Act, Running

LONG = 183
"""Days without any act of sharing that are too long: half a year. Source: good practice."""

PATIENCE = 14
"""Days after an act in which its proof is still to be filed."""

APART = 3
"""Acts up to which each that nobody looked at is told by itself."""


def found(seen: Running) -> Iterator[Found]:
    """Check the log of dissemination."""
    done = [one for one in seen.acts if one.done]
    for one in done:
        if not one.proved:
            fresh = one.last is None or (seen.today - one.last).days <= PATIENCE
            severity = Severity.HINT if fresh else Severity.WARNING
            text = "It is done, with neither a link nor proof of it"
            yield Found(701, severity, one.title, f"{text}.", "dissemination", one.id)
    yield from _marked(702, "the EU emblem", done, lambda act: act.emblem)
    yield from _marked(703, "the disclaimer", done, lambda act: act.disclaimer)
    yield from _late(seen)
    yield from _silent(seen, done)
    without = [one for one in done if not one.reach]
    if without:
        who = named([one.title for one in without])
        text = f"How many were reached is not noted of {counted(len(without), 'act')}: {who}"
        yield Found(713, Severity.GOOD_PRACTICE, "project", f"{text}.")


def _marked(
    number: int, what: str, done: Sequence[Act], on: Callable[[Act], bool | None]
) -> Iterator[Found]:
    """Find acts without a mark, and those where nobody has looked for it."""
    unseen = []
    for one in done:
        if on(one) is False:
            text = f"It is without {what}"
            yield Found(number, Severity.WARNING, one.title, f"{text}.", "dissemination", one.id)
        elif on(one) is None:
            unseen.append(one)
    if len(unseen) > APART:
        who = named([one.title for one in unseen])
        text = f"Nobody has noted whether {what} is on {len(unseen)} acts of sharing: {who}"
        yield Found(number, Severity.HINT, "project", f"{text}.")
        return
    for one in unseen:
        text = f"Nobody has noted whether {what} is on it"
        yield Found(number, Severity.HINT, one.title, f"{text}.", "dissemination", one.id)


def _late(seen: Running) -> Iterator[Found]:
    """Find what was planned for a day or a month that is over."""
    for one in seen.acts:
        late = one.last is not None and one.last < seen.today
        if late and one.state is DisseminationState.PLANNED:
            text = f"It was planned{_until(one)} and is not logged as done"
            yield Found(710, Severity.HINT, one.title, f"{text}.", "dissemination", one.id)


def _until(act: Act) -> str:
    return "" if act.last is None else f" until {say_brief(act.last)}"


def _silent(seen: Running, done: Sequence[Act]) -> Iterator[Found]:
    """Find a project that has shared nothing for half a year."""
    if seen.start is None or seen.over:
        return
    last = max((one.last for one in done if one.last is not None), default=None)
    since = max(filter(None, (seen.start, last)))
    if (seen.today - since).days <= LONG:
        return
    if done and last is None:
        return  # it was shared, and nobody knows when
    if last is not None:
        text = f"Nothing was shared since {say_brief(last)}, {(seen.today - last).days} days ago"
        yield Found(709, Severity.HINT, "project", f"{text}.")
    else:
        text = f"No act of sharing is noted, in {timeline.say_month(seen.month or 1)}"
        yield Found(709, Severity.GOOD_PRACTICE, "project", f"{text}.")
