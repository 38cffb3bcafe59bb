"""Without a call year: what is the same in every call we know counts, the rest does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ka2tui.domain import rulebook
from ka2tui.domain.call_rules import CallRules
from ka2tui.domain.rulebook import Applied

KNOWN = rulebook.load()


def of(action: str, known: tuple[CallRules, ...] = KNOWN) -> Applied:
    """Find the rules of an action of no call, with what never changed confirmed."""
    found = rulebook.of(known, action, None)
    assert found is not None
    return found


@pytest.mark.parametrize("action", ["KA220", "KA210-SCH", "ERASMUS-EDU-2025-PEX-COVE"])
def test_a_minimum_that_never_changed_is_sure(action: str) -> None:
    least = of(action).get("minimum_organisations")
    assert least is not None
    assert least.confirmed
    assert of(action).carried


def test_what_was_never_confirmed_stays_so() -> None:
    regions = of("KA220").get("partners_elsewhere_regions")
    assert regions is not None
    assert not regions.confirmed


def test_what_another_call_has_otherwise_is_not_sure() -> None:
    (of_2025,) = [call for call in KNOWN if call.holds(2025)]
    changed = []
    for rules in of_2025.actions:
        least = rules.values["minimum_organisations"]
        more = {**rules.values, "minimum_organisations": replace(least, value=least.value + 1)}
        changed.append(replace(rules, values=more, codes=rules.codes))
    later = replace(of_2025, year=2031, first=2031, actions=tuple(changed))
    found = of("KA220", (*KNOWN, later)).get("minimum_organisations")
    assert found is not None
    assert not found.confirmed


def test_composition_follows_the_same_rule() -> None:
    parts = of("ERASMUS-EDU-2025-PEX-COVE").rules.composition
    assert parts
    assert all(part.confirmed for part in parts)
