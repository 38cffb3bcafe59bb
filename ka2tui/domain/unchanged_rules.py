"""What is the same in every call that is known: it holds where nobody said which is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ka2tui.domain.rulebook import OLDER_UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ka2tui.domain.call_rules import CallRules, Part, Value
    from ka2tui.domain.rulebook import Applied


def confirmed(found: Applied, known: Iterable[CallRules], action: str) -> Applied:
    """Let what is the same in every known call of an action count as confirmed.

    Args:
        found: The rules of a project whose call year is not known.
        known: Those of all calls; calls of the older programme say nothing of later ones.
        action: Its code.
    """
    calls = [
        said
        for call in known
        if (call.year <= OLDER_UNTIL) == (found.call.year <= OLDER_UNTIL)
        if (said := call.action(action)) is not None
    ]
    values = {
        key: _value(value, [it for said in calls if (it := said.get(key)) is not None])
        for key, value in found.rules.values.items()
    }
    listed = [said.composition for said in calls if said.composition]
    parts = tuple(_part(part, listed) for part in found.rules.composition)
    return replace(found, rules=replace(found.rules, values=values, composition=parts))


def _value(value: Value, given: list[Value]) -> Value:
    sure = [each for each in given if each.confirmed]
    if not sure or any(each.value != value.value for each in given):
        return value
    return sure[-1]


def _part(part: Part, listed: list[tuple[Part, ...]]) -> Part:
    for parts in listed:
        like = [replace(it, confirmed=part.confirmed, carried=part.carried) for it in parts]
        if part not in like or not parts[like.index(part)].confirmed:
            return part
    return replace(part, confirmed=True, carried=None) if listed else part
