"""Codes of the programme are told in words; what is none stands as it was typed."""

from __future__ import annotations

import pytest

from ka2tui.reports.naming import say_action, say_agency


@pytest.mark.parametrize(
    ("action", "field", "said"),
    [
        ("KA220-ADU", "ADU", "Cooperation Partnership, adult education (KA220-ADU)"),
        ("KA220-ADU", None, "Cooperation Partnership, adult education (KA220-ADU)"),
        ("KA220", "VET", "Cooperation Partnership, vocational education and training (KA220)"),
        ("KA210-YOU", "Youth", "Small-scale Partnership, youth (KA210-YOU)"),
        ("KA220-SCH", "Pre-schools", "Cooperation Partnership, Pre-schools (KA220-SCH)"),
        ("KA203", None, "Strategic Partnership, higher education (KA203)"),
        (
            "ERASMUS-EDU-2025-PEX-COVE",
            None,
            "Centre of Vocational Excellence (ERASMUS-EDU-2025-PEX-COVE)",
        ),
        ("CBHE STRAND 2", None, "Capacity building in higher education (CBHE STRAND 2)"),
        ("Our own kind", "ADU", "Our own kind · adult education"),
        (None, "HED", "higher education"),
        (None, None, ""),
    ],
)
def test_an_action_is_named(action: str | None, field: str | None, said: str) -> None:
    assert say_action(action, field) == said


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ("ES01", "National agency in Spain (ES01)"),
        ("National agency ES01", "National agency in Spain (ES01)"),
        ("national agency (EL01)", "National agency in Greece (EL01)"),
        ("NL01", "National agency in the Netherlands (NL01)"),
        ("SEPIE", "SEPIE"),
        ("ZZ01", "ZZ01"),
        ("National agency ES01, Madrid", "National agency ES01, Madrid"),
        (None, ""),
    ],
)
def test_an_agency_is_named_by_its_country(agency: str | None, said: str) -> None:
    assert say_agency(agency) == said
