"""The phases: when they usually lie, and what a malformed file is told."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui import datafiles
from ka2tui.domain.kinds import PhaseKind
from ka2tui.domain.lifecycle import Phase, read_lifecycle
from ka2tui.domain.refusal import Refused


def shipped() -> dict[PhaseKind, Phase]:
    """Read the phases as they are shipped."""
    return {phase.kind: phase for phase in read_lifecycle(datafiles.read_toml("lifecycle.toml"))}


PHASES = shipped()


def test_the_usual_dates_count_from_the_first_and_last_day() -> None:
    start, months = date(2025, 9, 1), 24
    seen = {kind: phase.usual_dates(start, months) for kind, phase in PHASES.items()}
    assert seen[PhaseKind.PARTNERSHIP] == (date(2024, 7, 1), date(2024, 12, 31))
    assert seen[PhaseKind.PROPOSAL] == (date(2024, 11, 1), date(2025, 2, 28))
    assert seen[PhaseKind.FUNDING] == (date(2025, 3, 1), date(2025, 11, 30))
    assert seen[PhaseKind.IMPLEMENTATION] == (start, date(2027, 8, 31))
    assert seen[PhaseKind.EVALUATION] == (start, date(2027, 10, 30))


@given(st.dates(date(2010, 1, 1), date(2090, 1, 1)), st.integers(6, 48))
def test_no_phase_ends_before_it_begins_and_evaluation_outlasts_the_work(
    start: date, months: int
) -> None:
    seen = {kind: phase.usual_dates(start, months) for kind, phase in PHASES.items()}
    assert all(first <= last for first, last in seen.values())
    work = seen[PhaseKind.IMPLEMENTATION]
    assert seen[PhaseKind.EVALUATION] == (work[0], work[1] + timedelta(days=60))


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("phase",), [], r"own\.toml: there is no \[\[phase\]\]"),
        (("phase", 0), None, r"own\.toml: the phase partnership is missing"),
        (("phase", 0, "id"), "goal", r"own\.toml: phase goal stands there twice"),
        (("phase", 0, "id"), "party", r"own\.toml, phase 1: there is no phase 'party'"),
        (("phase", 0, "aim"), None, r"phase 1 \(partnership\): aim must be a text and is missing"),
        (("phase", 0, "step", 1, "id"), "ka2-or-ka1", r"step ka2-or-ka1 stands there twice"),
        (("phase", 0, "step", 1, "hint"), 3, r"\(partnership\), step 2: hint must be a text"),
        (("phase", 0, "brings"), "all", r"brings is a list of texts"),
        (("phase", 0, "before", "minimum"), 101, r"minimum is a whole number from 0 to 100"),
        (("phase", 0, "before"), None, r"\(partnership\): before is missing"),
        (("phase", 0, "planned", "start"), {"year": 1}, r"planned start is one of months_before"),
        (("phase", 0, "planned", "end"), {"month": 0}, r"month is a whole number from 1 to 120"),
        (("phase", 0, "planned", "end"), {"month": 1, "days_after_end": 1}, r"planned end is one"),
        (("phase", 0, "planned", "end"), 3, r"planned end is missing or is not a table"),
    ],
)
def test_a_malformed_file_is_refused_by_name_and_place(
    path: tuple[str | int, ...], value: object, says: str
) -> None:
    data: Any = copy.deepcopy(datafiles.read_toml("lifecycle.toml"))
    *way, last = path
    target = data
    for step in way:
        target = target[step]
    if value is None:
        del target[last]
    else:
        target[last] = value
    with pytest.raises(Refused, match=says) as refusal:
        read_lifecycle(data, "own.toml")
    assert str(refusal.value).startswith("own.toml")
