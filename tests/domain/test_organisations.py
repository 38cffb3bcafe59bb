"""Sorts of organisations: read as people and tables write them, counted as calls do."""

from __future__ import annotations

from typing import Any

import pytest

from ka2tui.domain import organisations
from ka2tui.domain.entries import Malformed
from ka2tui.domain.refusal import Misread


@pytest.mark.parametrize(
    ("typed", "sort"),
    [
        ("hei", "hei"),
        ("HEI", "hei"),
        ("University", "hei"),
        ("Higher education institution (tertiary level)", "hei"),
        ("School/Institute/Educational centre – Vocational Training (secondary level)",
         "vet_provider"),
        ("VET provider", "vet_provider"),
        ("Small and medium sized enterprise", "company"),
        ("Non-governmental organisation/association", "ngo"),
        ("Regional Public body", "public_body"),
        ("Ministry of Education", "ministry"),
        ("other", "other"),
    ],
)  # fmt: skip
def test_a_sort_is_read_as_it_is_written(typed: str, sort: str) -> None:
    assert organisations.read_sort(typed) == sort


@pytest.mark.parametrize("typed", ["", "=1+1", "[red]x[/]", "pirate ship"])
def test_what_is_no_sort_is_said_so(typed: str) -> None:
    with pytest.raises(Misread, match="no sort of organisation"):
        organisations.read_sort(typed)


def test_no_word_means_two_sorts() -> None:
    words = [word for each in organisations.everything().values() for word in {*each.words}]
    assert len(words) == len(set(words))


def test_some_sorts_are_two_things() -> None:
    assert organisations.is_certainly("company", "employer_side")
    assert not organisations.is_certainly("hei", "initial_teacher_education")
    assert organisations.may_be("hei", "initial_teacher_education")
    assert not organisations.may_be("company", "ministry")
    assert organisations.may_be("other", "ministry")
    assert organisations.may_be(None, "ministry")
    assert not organisations.is_certainly(None, "ministry")


def test_a_sort_is_said_by_its_title() -> None:
    assert organisations.say("ngo") == "Association or NGO"
    assert organisations.say(None) == ""
    assert organisations.say("guild_of_1900") == "guild of 1900"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([{"id": "a", "title": "A"}, {"id": "a", "title": "B"}], "twice"),
        ([{"id": "a", "title": "A", "may_be": ["b"]}], "no sort b"),
        ([{"id": "a"}], "title"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(rows: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(Malformed, match=says):
        organisations.read({"sort": rows}, "sorts.toml")
