"""Codes that nobody chose."""

from __future__ import annotations

from ka2tui.domain.codes import next_code, units_meant


def test_the_next_code_follows_the_highest_of_its_row() -> None:
    assert next_code("IS", ["IS1", "is9", "DE12", None, "IS2b", " is7 "]) == "IS10"
    assert next_code("N", ["N1", "N3"]) == "N4"
    assert next_code("CH", []) == "CH1"


def test_a_part_of_the_work_is_named_by_its_number_in_any_form() -> None:
    bare = ["1", "2", "1.1"]
    assert [units_meant(said, bare) for said in ("WP1", "wp 01", "Work package 2", "A1.1")] == [
        *(["1"], ["1"], ["2"], ["1.1"]),
    ]
    named = ["WP1", "WP2", "A1.2", "A1"]
    assert units_meant("WP02", named) == ["WP2"]
    assert units_meant("A01", named) == ["A1"]
    assert units_meant("1", named) == ["WP1", "A1"]
    assert units_meant("WP9", named) == units_meant("soon", named) == []
