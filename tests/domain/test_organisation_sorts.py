"""Sorts of organisations: read as people and tables write them, counted as calls do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui.domain import organisation_sorts as sorts
from ka2tui.domain.entries import Malformed
from ka2tui.domain.refusal import Misread

if TYPE_CHECKING:
    from pathlib import Path


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
    assert sorts.read(typed) == sort


@pytest.mark.parametrize("typed", ["", "=1+1", "[red]x[/]", "pirate ship"])
def test_what_is_no_sort_is_said_so(typed: str) -> None:
    with pytest.raises(Misread, match="no sort of organisation"):
        sorts.read(typed)


def test_no_word_means_two_sorts() -> None:
    words = [word for each in sorts.load().values() for word in {*each.words}]
    assert len(words) == len(set(words))


def test_some_sorts_are_two_things() -> None:
    known = sorts.load()
    assert sorts.is_certainly("company", "employer_side", known)
    assert not sorts.is_certainly("hei", "initial_teacher_education", known)
    assert sorts.may_be("hei", "initial_teacher_education", known)
    assert not sorts.may_be("company", "ministry", known)
    assert sorts.may_be("other", "ministry", known)
    assert sorts.may_be(None, "ministry", known)
    assert not sorts.is_certainly(None, "ministry", known)


def test_a_sort_is_said_by_its_title() -> None:
    assert sorts.say("hei") == "Higher education institution"
    assert sorts.say(None) == ""
    assert sorts.say("guild") == "guild"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('[[sort]]\nid="a"\ntitle="A"\nshort="a"\n' * 2, "twice"),
        ('[[sort]]\nid="a"\ntitle="A"\nshort="a"\nmay_be=["b"]\n', "line 1, sort 1.*no sort b"),
        ('[[sort]]\nid="a"\nshort="a"\ntitle=5\n', "line 4, sort 1: title"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "organisation_sorts.toml").write_text(written, "utf-8")
    with pytest.raises(Malformed, match=says):
        sorts.load(tmp_path)


def test_a_list_of_ones_own_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    for title in ("Guild", "Guild of bakers"):
        written = f'[[sort]]\nid="guild"\ntitle="{title}"\nshort="g"\n'
        (tmp_path / "organisation_sorts.toml").write_text(written, "utf-8")
        assert sorts.say("guild", tmp_path) == title
