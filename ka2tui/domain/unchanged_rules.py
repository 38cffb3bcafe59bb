"""What is the same in every call that is known: it holds where nobody said which is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.call_rules import ActionRules, Part, Value


def confirmed(rules: ActionRules, known: Sequence[ActionRules]) -> ActionRules:
    """Let what is the same in every known call of an action count as confirmed.

    Args:
        rules: Those of one call, of which nothing counts as confirmed.
        known: What each call says of this action, those of its programme only.
    """
    values = {
        key: _value(value, [it for said in known if (it := said.get(key)) is not None])
        for key, value in rules.values.items()
    }
    listed = [said.composition for said in known if said.composition]
    parts = tuple(_part(part, listed) for part in rules.composition)
    return replace(rules, values=values, composition=parts)


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
