from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ka2tui import datafiles
from ka2tui.domain import dissemination as rules
from ka2tui.domain.dissemination import Act, Line
from ka2tui.domain.entries import Malformed
from ka2tui.domain.kinds import DisseminationState, Precision
from ka2tui.domain.refusal import Misread

TODAY, START = date(2026, 11, 22), date(2025, 10, 1)
DONE, PLANNED = DisseminationState.DONE, DisseminationState.PLANNED
SORTS = rules.load()


def read(said: str) -> Line:
    return rules.read_line(said, SORTS, today=TODAY, start=START)


def test_every_kind_has_a_known_source() -> None:
    sources = datafiles.read_toml("sources.toml")
    assert datafiles.read_toml("dissemination.toml")["source"] in sources
    assert all(each.source in sources for each in (*SORTS.checks, *SORTS.platform))
    assert [each.id for each in SORTS.checks] == ["emblem", "disclaimer"]


def test_a_line_of_the_log_is_read() -> None:
    line = read(
        "Newsletter 3 yesterday @KMOP wp:WP5 for:D2.1 lang:EN 1 250 readers https://x.org/3."
    )
    assert line == Line(
        "Newsletter 3", date(2026, 11, 21), None, Precision.DAY, DONE, sort="newsletter",
        partner="KMOP", work_unit="WP5", deliverable="D2.1", reach=1250, language="EN",
        link="https://x.org/3",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "title", "day", "state"),
    [
        ("Leaflet 3 Nov", "Leaflet", date(2026, 11, 3), DONE),
        ("Leaflet 12 Dec", "Leaflet", date(2026, 12, 12), PLANNED),
        ("Leaflet M20", "Leaflet", date(2027, 5, 1), PLANNED),
        ("Leaflet on:2026-01-05", "Leaflet", date(2026, 1, 5), DONE),
        ("Fair in Bologna 12.11.2026 1 200 visitors", "Fair in Bologna", date(2026, 11, 12), DONE),
        ("Article on minutes of 3 Dec", "Article on minutes of 3 Dec", TODAY, DONE),
        ("Newsletter 4", "Newsletter 4", TODAY, DONE),
        ("=1+1 [red] 🎉", "=1+1 [red] 🎉", TODAY, DONE),
    ],
)
def test_a_day_may_stand_at_the_end(
    said: str, title: str, day: date, state: DisseminationState
) -> None:
    line = read(said)
    assert (line.title, line.day, line.state) == (title, day, state)


@pytest.mark.parametrize(
    "said", ["", "@KMOP", "https://x.org", "Leaflet reach:many", "A on:nowhen"]
)
def test_a_line_that_says_nothing_is_misread(said: str) -> None:
    with pytest.raises(Misread):
        read(said)


def test_kinds_are_named_by_many_words() -> None:
    assert SORTS.named("Social-Media") == "social_media"
    assert SORTS.named("flyer") == "print"
    assert SORTS.within("Interview on local radio") == "radio_tv"
    assert SORTS.within("Something else") is None
    assert SORTS.title("smoke_signals") == "smoke signals"
    with pytest.raises(Misread, match="There are website"):
        SORTS.named("smoke")


def test_months_of_a_plan_are_read() -> None:
    assert rules.read_months("M3-M12/3, 5") == (3, 6, 9, 12, 5)
    for said in ("", "M0", "M5-M2", "May", "M999", "M3-M9/0"):
        with pytest.raises(Misread):
            rules.read_months(said)


def test_reach_is_a_whole_number() -> None:
    assert [rules.read_reach(it) for it in ("250", "1 200", "12.500", "0")] == [250, 1200, 12500, 0]
    for said in ("-3", "2.5", "many", "9" * 14):
        with pytest.raises(Misread):
            rules.read_reach(said)


def test_the_matrix_sets_done_against_planned() -> None:
    dropped = DisseminationState.DROPPED
    acts = [
        Act(1, DONE, "UAM", "article", date(2025, 10, 9), 40),
        Act(2, PLANNED, "UAM", "article", date(2025, 10, 20), 900),
        Act(3, DONE, "UAM", "event", date(2025, 12, 1), None),
        Act(4, dropped, "UAM", "event", date(2025, 12, 1), 70),
        Act(5, DONE, None, None, None, 10),
        Act(6, DONE, "UAM", "event", date(2025, 1, 1), 5),
    ]
    uam, kmop, nobody = rules.matrix(acts, ["UAM", "KMOP"], START)
    assert {month: cell.said for month, cell in uam.months.items()} == {
        1: "1/2",
        3: "1/1",
        0: "1/1",
    }
    assert (uam.total.said, uam.reach) == ("3/4", 45)
    assert (kmop.partner, kmop.total.said, kmop.reach) == ("KMOP", "", 0)
    assert (nobody.partner, nobody.undated.said) == (None, "1/1")
    assert [(sort, cell.said, reach) for sort, cell, reach in uam.by_sort] == [
        ("article", "1/2", 40), ("event", "2/2", 5)
    ]  # fmt: skip


def test_what_is_missing_is_named_only_of_what_was_done() -> None:
    def lacks(state: DisseminationState, **said: object) -> tuple[str, ...]:
        known = {"emblem": True, "disclaimer": True, "link": "x", "proofs": 0, "reach": 1}
        return rules.lacks(state, **{**known, **said})  # type: ignore[arg-type]

    assert lacks(DONE) == ()
    assert lacks(PLANNED, emblem=False) == ()
    assert lacks(DONE, emblem=False, disclaimer=None) == (
        "EU emblem missing", "disclaimer not looked at"
    )  # fmt: skip
    assert lacks(DONE, link=None) == ("no link and no proof",)
    assert lacks(DONE, link=None, proofs=1) == ()
    assert lacks(DONE, reach=None) == ("no reach",)


def test_a_broken_list_of_ones_own_names_its_line(tmp_path: Path) -> None:
    own = tmp_path / "dissemination.toml"
    own.write_text('[[sort]]\nid = "x"\n', encoding="utf-8")
    with pytest.raises(Malformed, match="line 1"):
        rules.load(tmp_path)
    assert rules.load_safely(tmp_path) == SORTS
    own.write_text('[[sort]]\nid = "x"\ntitle = "smoke signals"\n', encoding="utf-8")
    assert rules.load(tmp_path).title("x") == "smoke signals"
