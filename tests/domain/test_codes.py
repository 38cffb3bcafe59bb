"""Codes that nobody chose."""

from __future__ import annotations

from ka2tui.domain.codes import next_code


def test_the_next_code_follows_the_highest_of_its_row() -> None:
    assert next_code("IS", ["IS1", "is9", "DE12", None, "IS2b", " is7 "]) == "IS10"
    assert next_code("N", ["N1", "N3"]) == "N4"
    assert next_code("CH", []) == "CH1"
