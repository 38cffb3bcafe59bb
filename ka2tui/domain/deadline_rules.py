"""What the rules of the calls say about deadlines: the rounds of an action in a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from ka2tui.domain import rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ka2tui.domain.call_rules import CallRules, Derived, Round

HOURS = {"NA": time(12), "EACEA": time(17)}
"""When the day of a deadline ends in Brussels. Source: Programme Guide 2025, p. 458."""


def rounds(
    known: Sequence[CallRules],
    action: str | None,
    year: int,
    managed_by: str | None = None,
    *,
    usual: bool = False,
) -> tuple[Round, ...]:
    """Give the deadlines of an action in a call year, the earliest first.

    A deadline belongs to one call: where no rules of that year are known there is none.

    Args:
        known: As `load` gives them.
        action: Its code; without one there is nothing to go by.
        year: The year of the call.
        managed_by: NA or EACEA; where it is not the one the rules name, its own hour is taken.
        usual: Let the days of the nearest call that is known stand in, not confirmed: to tell
            whether a call is over, never to tell anybody by when to apply.
    """
    found = rulebook.of(known, action, year)
    if found is None or (found.carried and not usual):
        return ()
    there = found.rules.rounds
    if not there and usual:
        there = next((it for it in _by_distance(known, action, year) if it), ())
    other = managed_by in HOURS and managed_by != found.rules.managed_by
    return tuple(
        replace(
            one,
            title=one.title.replace(str(one.year), str(year)),
            year=year,
            hour=HOURS[managed_by] if other and managed_by else one.hour,
            confirmed=one.confirmed and one.year == year and not other,
        )
        for one in sorted(there, key=lambda one: (one.month, one.day))
    )


def _by_distance(
    known: Sequence[CallRules], action: str | None, year: int
) -> Iterator[tuple[Round, ...]]:
    """Give the deadlines of an action in each call that has it, those of the nearest first."""
    for call in rulebook.by_distance(known, year):
        rules = call.action(action)
        if rules is not None:
            yield rules.rounds


def derived(known: Sequence[CallRules], year: int) -> Mapping[str, Derived]:
    """Give the dates that are usually counted from others, by the rules of the nearest call."""
    told = (call for call in known if call.derived)
    nearest = min(told, key=lambda it: (it.distance(year), -it.year), default=None)
    return nearest.derived if nearest is not None else {}


_OWN = {
    "final_report_days": ("final_report_due", "days", 1),
    "amendment_days": ("amendment_latest", "days", -1),
    "keep_papers_years": ("keep_papers", "years", 1),
}
"""What an agreement can say otherwise: which date, counted in what, and whether before."""


def with_agreement(usual: Mapping[str, Derived], own: Mapping[str, int]) -> Mapping[str, Derived]:
    """Let what the own agreement says of dates win.

    Args:
        usual: As the rules have them.
        own: By the names of values of the rules: "final_report_days".
    """
    found = dict(usual)
    for key, (name, unit, sign) in _OWN.items():
        for each in (name, f"{name}_small"):
            if key in own and each in found:
                counted = sign * own[key]
                found[each] = replace(
                    found[each],
                    days=counted if unit == "days" else 0,
                    months=0,
                    years=counted if unit == "years" else 0,
                    confirmed=True,
                    note="As your grant agreement says.",
                )
    return found


def own_of(name: str) -> str | None:
    """Name the value by which an agreement can say a date otherwise."""
    of = name.removesuffix("_small")
    return next((key for key, (each, *_) in _OWN.items() if each == of), None)
