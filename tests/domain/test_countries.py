"""Countries: any country of the world, by any of its usual names."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain import countries
from ka2tui.domain.countries import everywhere, read_country, say_country, zones_of
from ka2tui.domain.refusal import Misread

if TYPE_CHECKING:
    from pathlib import Path


def _tab(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EL", "GR"),
        ("GR", "GR"),
        ("Grèce", "GR"),
        ("Alemania", "DE"),
        ("Niemcy", "DE"),
        ("İspanya", "ES"),
        ("Regno Unito", "GB"),
        ("TUR", "TR"),
        ("uk", "GB"),
        ("Greece", "GR"),
        ("Ελλάδα", "GR"),
        ("ΕΛΛΑΔΑ", "GR"),
        ("Türkiye", "TR"),
        ("TURKIYE", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("The Netherlands", "NL"),
        ("România", "RO"),
        ("Republic of Moldova", "MD"),
        ("Republic of Cyprus", "CY"),
        ("Viet Nam", "VN"),
        ("vietnam", "VN"),
        ("Thailand", "TH"),
        ("Philippines", "PH"),
        ("Brasil", "BR"),
        ("Bosnia & Herzegovina", "BA"),
        ("Trinidad and Tobago", "TT"),
        ("St. Lucia", "LC"),
        ("Côte d’Ivoire", "CI"),
        ("U.S.A.", "US"),
        ("XK", "XK"),
        ("Kosovo *", "XK"),
        ("Curacao", "CW"),
        ("Republic of the Congo", "CG"),
        ("DR Congo", "CD"),
        ("Republic of China", "TW"),
        ("People's Republic of China", "CN"),
        (" poland ", "PL"),
    ],
)
def test_a_country_is_read_by_code_or_name(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize(
    ("text", "remedy"),
    [("Polnd", "did you mean Poland?"), ("Greec", "Greece"), ("QQ", "name or code"), ("", "code")],
)
def test_what_is_no_country_is_refused_with_the_nearest(text: str, remedy: str) -> None:
    with pytest.raises(Misread, match=remedy):
        read_country(text)


def test_every_country_of_the_world_can_be_entered() -> None:
    listed = {each.code for each in everywhere()}
    assert {row[0] for row in _tab("iso3166.tab")} | {"XK"} == listed


def test_every_name_and_code_leads_back_to_its_country() -> None:
    for each in everywhere():
        for name in (each.code, each.eu_code, each.name, *each.also):
            assert read_country(name) == each.code, name


def test_every_zone_is_known_and_where_people_live_there_is_one() -> None:
    known = {row[2] for row in _tab("zone.tab")}
    for each in everywhere():
        assert set(each.zones) <= known, each
        assert each.zones or each.code in {"BV", "HM"}


def test_the_main_zone_comes_first() -> None:
    assert zones_of("PL") == ("Europe/Warsaw",)
    assert zones_of("ES")[:2] == ("Europe/Madrid", "Atlantic/Canary")
    assert zones_of("VN")[0] == "Asia/Ho_Chi_Minh"
    assert zones_of("BR")[0] == "America/Sao_Paulo"
    assert zones_of("US")[0] == "America/New_York"
    assert zones_of("QQ") == ()


def test_names_and_programme_codes() -> None:
    assert say_country("GR") == "Greece"
    assert say_country("QQ") == "QQ"
    assert countries.eu_code("GR") == "EL"
    assert countries.eu_code("GB") == "UK"
    assert countries.eu_code("PL") == "PL"


def test_who_is_in_the_programme() -> None:
    programme = {each.code for each in everywhere() if each.in_programme and not each.counts_as}
    assert len(programme) == 33
    assert {"TR", "MK", "RS", "IS", "LI", "NO"} < programme
    assert not programme & {"GB", "CH", "UA", "VN"}
    curacao = countries.country("CW")
    assert curacao is not None
    assert curacao.counts_as == "NL"


def test_the_list_agrees_with_the_reference(shared: Path) -> None:
    with (shared / "reference/countries_2025.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            each = countries.country(row["iso_code"])
            assert each is not None
            assert (each.eu_code, each.name, each.status, each.region, each.counts_as) == (
                row["eu_code"],
                row["name"],
                row["status"],
                row["region"],
                row["counts_as"],
            )
            assert set(row["iana_tz"].split(";")) <= set(each.zones)
            assert each.zones[0] == row["iana_tz"].split(";")[0]
