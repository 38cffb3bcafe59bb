"""A participant typed in one line."""

from __future__ import annotations

from typing import Any

import pytest

from ka2tui.domain import participant_line
from ka2tui.domain.refusal import Misread

PARTNERS = {"ulodz": 7, "uniwersytet lodzki": 7, "it": 8}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Jan Kowalski, ULODZ, teacher, PL",
            {"name": "Jan Kowalski", "partner_id": 7, "profile": "teacher", "country": "PL"},
        ),
        (
            "Jan Kowalski; Poland; Uniwersytet Łódzki; Teachers",
            {"name": "Jan Kowalski", "country": "PL", "partner_id": 7, "profile": "Teachers"},
        ),
        ("Ana, IT", {"name": "Ana", "partner_id": 8}),
        (
            "Ana\tSchool 4\tlibrarian\tonline\tfo",
            {"name": "Ana", "organisation": "School 4", "profile": "librarian", "online": True,
             "fewer_opportunities": True},
        ),
        (
            "Ana B., ULODZ, nurse, speaker, Youthpass 17",
            {"name": "Ana B.", "partner_id": 7, "profile": "nurse", "role": "speaker",
             "certificate": "Youthpass 17"},
        ),
        (
            "[red]Ana[/red], org: ULODZ, country: Greece, no fo, note: late",
            {"name": "[red]Ana[/red]", "partner_id": 7, "country": "GR",
             "fewer_opportunities": False, "notes": "late"},
        ),
        ("=1+1", {"name": "=1+1"}),
        ("Ana, A, b, c, d", {"name": "Ana", "organisation": "A", "profile": "b", "role": "c",
                             "notes": "d"}),
    ],
)  # fmt: skip
def test_a_line_is_understood(text: str, values: dict[str, Any]) -> None:
    assert participant_line.read(text, PARTNERS).values == values


def test_profiles_that_were_used_before_are_known() -> None:
    read = participant_line.read("Ana, beekeeper", PARTNERS, ["Beekeeper"])
    assert read.values == {"name": "Ana", "profile": "beekeeper"}


def test_a_family_name_before_a_comma_is_doubted() -> None:
    read = participant_line.read("Müller, Jan", PARTNERS)
    assert read.doubt is not None
    assert "“Jan” is taken for the organisation" in read.doubt
    assert participant_line.read("Jan Müller, School 4", PARTNERS).doubt is None


@pytest.mark.parametrize("text", ["", " , ;", "Ana, country: Atlantis"])
def test_what_is_no_participant_is_misread(text: str) -> None:
    with pytest.raises(Misread):
        participant_line.read(text, PARTNERS)
