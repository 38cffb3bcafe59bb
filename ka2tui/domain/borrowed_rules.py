"""Rules that one call borrows from another (`as_in`), and where that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.rule_entries import Fault
from ka2tui.domain.toml_lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ka2tui.domain.call_rules import ActionRules, CallRules


def whole(rules: ActionRules, known: Iterable[CallRules]) -> ActionRules:
    """Add what rules take from those of other calls, and these from others again."""
    calls = [it for it in known if not it.holds(rules.call_year)]
    other = next((it for it in calls if rules.as_in is not None and it.holds(rules.as_in)), None)
    there = None if other is None else other.action(rules.id)
    return rules if there is None else rules.filled(whole(there, calls))


def faults(call: CallRules, written: str, known: Iterable[CallRules]) -> tuple[Fault, ...]:
    """Say where a file takes rules from where there are none, with line and key.

    Args:
        call: As the file has it.
        written: The file as it stands.
        known: The rules of all calls.
    """
    lines = Lines(written)
    return tuple(
        Fault(
            call.file,
            lines.of(("action", at, "as_in")) or 1,
            f"action {at + 1} ({call.actions[at].id}), as_in",
            says,
        )
        for at, says in leading_nowhere(call, known)
    )


def leading_nowhere(call: CallRules, known: Iterable[CallRules]) -> Iterator[tuple[int, str]]:
    """Give the place of each action that takes rules from where there are none, and why not."""
    others = [it for it in known if it.id != call.id]
    for at, action in enumerate(call.actions):
        wanted = action.as_in
        if wanted is None:
            continue
        there = next((it for it in others if it.holds(wanted)), None)
        named = f"call {wanted}"
        if call.holds(wanted):
            yield at, f"{named} is this file: name another one"
        elif there is None:
            years = ", ".join(it.years for it in others)
            yield at, f"no rules of {named} are known; there are those of {years}"
        elif (same := there.action(action.id)) is None:
            has = ", ".join(it.id for it in there.actions)
            yield at, f"the rules of {named} have no {action.id}; they have {has}"
        elif _goes_round(same, call, others):
            yield at, f"{named} takes it from this one again"


def _goes_round(action: ActionRules, call: CallRules, others: Sequence[CallRules]) -> bool:
    """Tell whether rules that are taken from call to call come back to where they began."""
    seen: set[int] = set()
    here: ActionRules | None = action
    while here is not None and here.as_in is not None and here.as_in not in seen:
        if call.holds(here.as_in):
            return True
        seen.add(here.as_in)
        name, wanted = here.id, here.as_in
        here = next((it.action(name) for it in others if it.holds(wanted)), None)
    return False
