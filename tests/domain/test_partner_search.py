"""Where to look for partners, what for, and the priorities a project may answer."""

from __future__ import annotations

import pytest

from ka2tui import datafiles
from ka2tui.domain import partner_search, priorities
from ka2tui.domain.entries import Malformed

SEARCH = partner_search.load()
CALLS = priorities.load()
SOURCES = datafiles.read_toml("sources.toml")


def places(field: str | None, action: str | None) -> list[str]:
    return [one.id for one in SEARCH.of(field, action).where]


def looked_for(field: str | None, action: str | None) -> set[str]:
    return {one.id for one in SEARCH.of(field, action).look}


def test_a_school_project_is_sent_to_its_own_platform_first() -> None:
    found = places("SCH", "KA220-SCH")
    assert found[0] == "esep"
    assert "results-platform" in found
    assert not {"epale", "eyp", "funding-portal"} & set(found)


def test_every_field_has_a_place_of_its_own() -> None:
    for field in partner_search.FIELDS:
        assert SEARCH.of(field, None).where[0].fields, field


def test_where_the_field_is_not_known_nothing_is_left_out_for_it() -> None:
    assert {"esep", "epale", "eyp"} <= set(places(None, "KA220"))


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("KA220-VET", {"how-many"}),
        ("ERASMUS-EDU-2025-PEX-COVE", {"employers"}),
        ("ERASMUS-EDU-2025-CBHE-STRAND-2", {"two-each"}),
        ("EPPKA2-CBHE-JP", {"two-each"}),
        (None, set()),
    ],
)
def test_what_only_one_action_asks_is_told_for_that_action(
    action: str | None, asked: set[str]
) -> None:
    assert looked_for("VET", action) & {"how-many", "employers", "two-each"} == asked


def test_only_universities_are_asked_for_their_charter() -> None:
    assert "eche" in looked_for("HED", "KA220-HED")
    assert "eche" not in looked_for("SCH", "KA220-SCH")


def test_every_entry_names_a_known_source_and_is_no_surer_than_it() -> None:
    for one in (*SEARCH.look, *SEARCH.where):
        assert one.source in SOURCES, one.id
        assert not one.confirmed or SOURCES[one.source]["confirmed"], one.id
    for call in CALLS:
        assert call.source in SOURCES


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fields": ["XYZ"]}, "XYZ is no field"),
        ({"confirmed": "yes"}, "confirmed = true or false"),
        ({"address": "somewhere"}, "https://"),
        ({"title": ""}, "title must be a text"),
    ],
)
def test_a_broken_list_says_where_it_is_broken(change: dict[str, object], said: str) -> None:
    data = datafiles.read_toml("partner_search.toml")
    data["where"][1] |= change
    with pytest.raises(Malformed, match=said) as fault:
        partner_search.read(data)
    assert "where 2" in str(fault.value)


def test_a_project_may_choose_from_its_field_and_from_all_fields() -> None:
    offer = priorities.offered(CALLS, field="SCH", action="KA220-SCH", call_year=2025)
    assert offer is not None
    assert [one.id for one in offer.fields] == ["SCH", "ALL"]
    assert offer.exact
    assert offer.said == "EU priorities of call 2025"
    assert "Well-being at school" in {one.title for one in offer}


def test_priorities_of_another_call_are_said_to_be_those_of_that_call() -> None:
    offer = priorities.offered(CALLS, field=None, action="KA210-YOU", call_year=2031)
    assert offer is not None
    assert not offer.exact
    assert "may differ" in offer.said
    assert offer.fields[0].id == "YOU"


@pytest.mark.parametrize(
    ("field", "action", "found"),
    [
        ("adult education", None, "ADU"),
        ("HE", None, "HED"),
        ("school education", "KA220-VET", "SCH"),
        (None, "KA220-VET", "VET"),
        (None, "ERASMUS-SPORT-2025-SCP", "SPO"),
        (None, "KA229", "SCH"),
        (None, "EPPKA2-CBHE-SP", "HED"),
        (None, "KA220", None),
        ("something else", None, None),
    ],
)
def test_the_field_is_told_by_its_name_or_by_the_action(
    field: str | None, action: str | None, found: str | None
) -> None:
    assert priorities.field_of(field, action, CALLS) == found


def test_a_priority_is_found_by_its_beginning_where_that_is_clear() -> None:
    offer = priorities.offered(CALLS, field="ADU", action=None, call_year=2025)
    for said in ("upskilling", "UPSKILLING PATHWAYS"):
        found = priorities.find(offer, said)
        assert found is not None
        assert found.title == "Upskilling pathways"
    assert priorities.find(offer, "quality") is not None
    assert priorities.find(offer, "l") is None
    assert priorities.find(offer, "  ") is None


def test_a_file_of_priorities_that_says_one_twice_is_refused() -> None:
    data = datafiles.read_toml("priorities/2025.toml")
    data["field"][1]["priorities"].append("inclusion and DIVERSITY")
    with pytest.raises(Malformed, match="twice"):
        priorities.read(data)
