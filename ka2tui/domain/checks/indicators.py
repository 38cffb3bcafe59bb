"""Checks of indicators: what an expert asks of each number, and how it stands with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.days import say_brief
from ka2tui.domain.indicators import Standing as Way
from ka2tui.domain.kinds import Term
from ka2tui.domain.problem import Found, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.domain.checks.running import Indicator, Running

HALF = 50
"""Per cent of the time after which something must have been measured."""

AT_THE_END = 92
"""Days before the last day from which on a value counts as one at the end."""

ALL_LACK = 3
"""Indicators from which on one line says that all of them lack the same."""

UNDER_WAY = frozenset({Stage.RUNNING, Stage.CLOSING})


def found(seen: Running) -> Iterator[Found]:
    """Check the indicators of a project."""
    rows = seen.indicators
    yield from _lack(501, Severity.HINT, "baseline", [it for it in rows if not it.baseline], rows)
    yield from _lack(502, Severity.HINT, "source", [it for it in rows if not it.source], rows)
    yield from _lack(503, Severity.WARNING, "target", [it for it in rows if not it.target], rows)
    terms = {one.term for one in rows}
    if len(rows) > 1 and terms == {Term.SHORT}:
        text = f"All {len(rows)} indicators are for the short term"
        yield Found(504, Severity.HINT, "project", f"{text}.")
    if seen.stage in UNDER_WAY:
        yield from _measured(seen)


def _lack(
    number: int,
    severity: Severity,
    what: str,
    some: list[Indicator],
    rows: tuple[Indicator, ...],
) -> Iterator[Found]:
    """Name each that lacks something; where all do, say so once."""
    if len(some) >= ALL_LACK and len(some) == len(rows):
        text = f"None of the {len(rows)} indicators has a {what}"
        yield Found(number, severity, "project", f"{text}.")
        return
    for one in some:
        text = f"It has no {what}"
        yield Found(number, severity, one.called, f"{text}.", "indicator", one.id)


def _measured(seen: Running) -> Iterator[Found]:
    """Find what was not measured, not for long, or is behind.

    Where no value was ever entered they may stand elsewhere: then nothing of it weighs much.
    """
    kept = any(it.measured for it in seen.indicators)
    never = len(seen.indicators) >= ALL_LACK and not kept
    for one in seen.indicators:
        if one.way.worrying:
            text = f"It is {one.stands}"
            yield Found(
                620, Severity.WARNING, one.called, f"{text}.", "indicator", one.id, one.leads
            )
        if one.stale:
            text = "It was not measured for half a year"
            yield Found(624, Severity.HINT, one.called, f"{text}.", "indicator", one.id)
        if not never:
            yield from _at_the_end(one, seen, Severity.WARNING if kept else Severity.HINT)
    if never and seen.over:
        text = (
            f"The project is over, and none of the {len(seen.indicators)} indicators was measured"
        )
        yield Found(632, Severity.HINT, "project", f"{text}.")
    if (
        seen.indicators
        and not kept
        and not seen.over
        and seen.passed is not None
        and seen.passed >= HALF
    ):
        text = f"{seen.passed} % of the time is over, and no indicator has a value yet"
        yield Found(617, Severity.HINT, "project", f"{text}.")


def _at_the_end(one: Indicator, seen: Running, severity: Severity) -> Iterator[Found]:
    """Find what has no value near the end of a project that is over."""
    if not seen.over or seen.end is None or one.way is Way.REACHED:
        return
    if one.measured_on is None:
        text = "The project is over, and it was never measured"
    elif (seen.end - one.measured_on).days > AT_THE_END:
        text = f"The project is over, and its last value is of {say_brief(one.measured_on)}"
    else:
        return
    yield Found(632, severity, one.called, f"{text}.", "indicator", one.id)
