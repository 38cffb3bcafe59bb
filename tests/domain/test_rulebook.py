"""Which rules hold for a project: of its call, of the nearest one, and of its own agreement."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ka2tui.domain import deadline_rules, rule_keys, rule_sheet, rulebook
from ka2tui.domain.call_rules import CallRules
from ka2tui.domain.refusal import Misread
from ka2tui.domain.rulebook import OwnValue
from tests.domain.test_rule_reading import GOOD, OF_2025

KNOWN = rulebook.load()


@pytest.mark.parametrize(
    ("action", "year", "id_", "carried"),
    [
        ("KA220", 2025, "KA220", False),
        ("ka220-hed", 2025, "KA220", False),
        ("KA220-SCH", 2026, "KA220", False),
        ("KA220-SCH", 2021, "KA220", False),
        ("KA220-SCH", 2023, "KA220", True),
        ("KA210-YOU", None, "KA210", True),
        ("KA240-SCH", 2026, "KA240", False),
        ("ERASMUS-SPORT-2025-SSCP", 2025, "SSCP", False),
        ("ERASMUS-SPORT-2027-SCP", 2027, "SCP", True),
        ("ERASMUS-EDU-2024-CBHE-STRAND-3", 2024, "CBHE-3", True),
        ("ERASMUS-EDU-2025-CB-VET-WB", 2025, "CB-VET", False),
        ("ERASMUS-EDU-2026-PI-ALL-INNO-BLUEPRINT", 2026, "ALLIANCES-2", True),
        ("KA203", 2016, "KA2-SP", False),
        ("KA226-HE", 2020, "KA2-SP", False),
        ("KA229", 2018, "KA2-SP-SCHOOLS", False),
        ("EPPKA2-KA", 2020, "EPPKA2-KA", False),
        ("EPPKA2-CBHE-SP", 2014, "EPPKA2-CBHE-SP", False),
    ],
)
def test_rules_are_found_by_action_and_call(
    action: str, year: int | None, id_: str, *, carried: bool
) -> None:
    found = rulebook.of(KNOWN, action, year)
    assert found is not None
    assert (found.rules.id, found.carried) == (id_, carried)
    if carried:
        sure = [it for it in found.rules.values.values() if it.confirmed]
        assert bool(sure) is (year is None)  # what was the same in every call
        assert found.rules.award is None or not found.rules.award.confirmed
        assert "as in call" in found.says


@pytest.mark.parametrize(
    ("action", "year"),
    [("KA201", 2023), ("KA2", 2025), ("", 2025), (None, 2025), ("KA220", 2019), ("SPO-SCP", 2018)],
)
def test_where_nothing_is_known_nothing_is_said(action: str | None, year: int) -> None:
    assert rulebook.of(KNOWN, action, year) is None


def test_the_first_cooperation_partnerships_had_headings_and_no_other_call_has() -> None:
    first = rulebook.of(KNOWN, "KA220-ADU", 2021)
    assert first is not None
    assert (first.word("divided_into"), first.several("lump_sums_eur")) == ("headings", ())
    assert (first.number("grant_min_eur"), first.number("grant_max_eur")) == (100_000, 400_000)
    second = rulebook.of(KNOWN, "KA220-ADU", 2022)
    assert second is not None
    assert second.word("divided_into") == "work_packages"


def test_a_call_takes_from_another_what_it_does_not_say_itself() -> None:
    found = rulebook.of(KNOWN, "KA220", 2026)
    assert found is not None
    management = found.get("management_share_max_percent")
    assert management is not None
    assert (management.value, management.confirmed) == (20, False)
    assert [(it.on.month, it.confirmed) for it in found.rules.rounds] == [(3, False), (10, True)]


def test_the_own_agreement_wins_and_counts_as_confirmed() -> None:
    found = rulebook.of(KNOWN, "KA220", 2024)
    assert found is not None
    own = found.with_agreement({"management_share_max_percent": OwnValue(15, "Art. 4")})
    value = own.get("management_share_max_percent")
    assert value is not None
    assert (value.value, value.confirmed, value.own) == (15, True, True)
    assert value.source == "your grant agreement: Art. 4"
    assert found.number("management_share_max_percent") == 20


@pytest.mark.parametrize(
    ("code", "year", "programme"),
    [
        ("GB", 2019, True),
        ("GB", 2025, False),
        ("RS", 2018, False),
        ("RS", 2019, True),
        ("CH", 2025, False),
        ("TR", 2016, True),
        ("CW", 2025, True),
    ],
)
def test_how_a_country_stands_depends_on_the_call(code: str, year: int, *, programme: bool) -> None:
    found = rulebook.of(KNOWN, "KA203" if year <= 2020 else "KA220", year)
    assert found is not None
    standing = found.standing(code)
    assert standing is not None
    assert standing.in_programme is programme
    assert found.standing("ZZ") is None


def test_every_country_of_the_published_list_stands_as_it_says(shared: Path) -> None:
    found = rulebook.of(KNOWN, "KA220", 2025)
    assert found is not None
    with (shared / "reference" / "countries_2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            standing = found.standing(row["iso_code"])
            assert standing is not None, row
            assert standing.in_programme is (row["region"] == "programme"), row
            assert standing.confirmed


# --- own files ----------------------------------------------------------------------------------


def test_a_file_of_ones_own_adds_a_call(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "2027.toml").write_text(GOOD, "utf-8")
    known = rulebook.load(tmp_path)
    assert [call.year for call in known] == [2020, 2021, 2025, 2026, 2027]
    found = rulebook.of(known, "KA220-VET", 2027)
    assert found is not None
    assert not found.carried
    assert [it.on.isoformat() for it in found.rules.rounds] == ["2027-03-04"]
    small = rulebook.of(known, "KA210", 2027)
    assert small is not None
    assert small.several("lump_sums_eur") == (30_000, 60_000)
    assert rulebook.sources(tmp_path)["guide-2027"]["title"] == "Programme Guide 2027"
    swiss = found.standing("CH")
    assert swiss is not None
    assert swiss.in_programme


def test_a_file_of_the_same_name_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "2025.toml").write_text(OF_2025, "utf-8")
    found = rulebook.of(rulebook.load(tmp_path), "KA220", 2025)
    assert found is not None
    assert found.several("lump_sums_eur") == (120_000, 250_000)


def test_a_broken_file_of_ones_own_stops_nothing_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    own = tmp_path / "rules" / "2025.toml"
    own.write_text(GOOD.replace("call_year = 2027", "call_year = 2o25"), "utf-8")
    (tmp_path / "rules" / "mine.toml").write_text(GOOD.replace("2027", "2026"), "utf-8")
    shelf = rulebook.shelf(tmp_path)
    assert [call.year for call in shelf.entries] == [2020, 2021, 2025, 2026]
    first, second = (it.why for it in shelf.broken)
    assert str(own) in first
    assert "line 2" in first
    assert "mine.toml, line 2: call_year 2026 is that of 2026.toml already" in second


def test_a_mended_file_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    own = tmp_path / "rules" / "2027.toml"
    own.write_text(GOOD.replace("day = 4", "day = 44"), "utf-8")
    assert [it.name for it in rulebook.shelf(tmp_path).broken] == ["2027"]
    own.write_text(GOOD, "utf-8")
    assert rulebook.shelf(tmp_path).broken == ()


# --- values as people write them ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "text", "value", "said"),
    [
        ("management_share_max_percent", "20 %", 20, "20 %"),
        ("management_share_max_percent", " 15", 15, "15 %"),
        ("months_max", "36 months", 36, "36 months"),
        ("months", "24 or 36", (24, 36), "24 or 36 months"),
        ("lump_sums_eur", "30 000; € 60 000", (30_000, 60_000), "€ 30 000 or € 60 000"),
        ("months", "36/24", (24, 36), None),
        ("grant_max_eur", "450,000", 450_000, "€ 450 000"),
        ("countries_from", "any", "any", "all countries"),
        ("partners_elsewhere", "added value", "added_value", None),
        ("excluded_countries", "BY; Russia", ("BY", "RU"), "Belarus, Russian Federation"),
        ("partners_elsewhere_regions", "1; Region 2", ("1", "2"), "region 1, region 2"),
        ("coordinator_years_min", "1 year", 1, "1 year"),
        ("excluded_countries", "none", (), "none"),
        ("excluded_countries", "None", (), "none"),
        ("extension", "never [red]", "never [red]", "never [red]"),
    ],
)
def test_a_value_is_read_as_people_write_it(
    key: str, text: str, value: object, said: str | None
) -> None:
    known = rule_keys.KEYS[key]
    assert rule_keys.read(known, text) == value
    if not value:
        assert rule_keys.write(known, value) == "none"
    if said and (key != "excluded_countries" or not value):
        assert rule_keys.say(known, value) == said


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("management_share_max_percent", "a fifth"),
        ("management_share_max_percent", "120 %"),
        ("months_max", "-3"),
        ("months_max", "12.5"),
        ("lump_sums_eur", "30 000; 30 000"),
        ("lump_sums_eur", "30 000.50"),
        ("excluded_countries", "Atlantis"),
        ("partners_elsewhere_regions", "15"),
        ("countries_from", "mars"),
        ("partners_elsewhere_regions", "none"),
        ("lump_sums_eur", "none"),
        ("grant_max_eur", ""),
    ],
)
def test_a_value_that_cannot_be_is_refused(key: str, text: str) -> None:
    with pytest.raises(Misread):
        rule_keys.read(rule_keys.KEYS[key], text)


@pytest.mark.parametrize("call", KNOWN, ids=lambda call: call.years)
def test_every_value_can_be_said(call: CallRules) -> None:
    for action in call.actions:
        for key, value in action.values.items():
            assert rule_keys.say(rule_keys.KEYS[key], value.value)


@pytest.mark.parametrize(
    ("entered", "codes", "start", "year"),
    [
        (2024, ("KA220", None), date(2026, 9, 1), 2024),
        (None, ("KA220", "2025-1-ES01-KA220-ADU-000999999"), date(2030, 1, 1), 2025),
        (None, ("CBHE Strand 2", "ERASMUS-EDU-2025-CBHE-STRAND-2"), None, 2025),
        (None, ("KA220-SCH",), date(2025, 9, 1), 2025),
        (None, ("KA220-SCH",), date(2025, 12, 31), 2025),
        (None, ("KA220-SCH",), date(2026, 1, 1), 2025),
        (None, ("KA210-SCH",), date(2026, 8, 31), 2025),
        (None, ("KA220-SCH", "101237817"), None, None),
        (None, ("COVE",), date(2026, 1, 1), None),
        (None, (None,), date(2026, 1, 1), None),
    ],
)
def test_the_call_is_told_by_what_is_known(
    entered: int | None, codes: tuple[str | None, ...], start: date | None, year: int | None
) -> None:
    assert rulebook.call_of(entered, codes, start) == year


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("CBHE Strand 2", "CBHE-2"),
        ("cbhe-strand-3", "CBHE-3"),
        ("Cooperation Partnerships", "KA220"),
        ("ERASMUS-EDU-2027-PEX-COVE", "COVE"),
        ("CB-VET-WB", "CB-VET"),
        ("Cooperation partnership", "KA220"),
        ("cooperation partnership in sport", "SCP"),
        ("Small-scale Partnership", "KA210"),
        ("Small scale partnerships", "KA210"),
        ("Teacher Academies", "TEACH-ACA"),
        ("Erasmus+ Teacher Academy", "TEACH-ACA"),
        ("Centre of Vocational Excellence", "COVE"),
        ("Alliances for Innovation lot 1", "ALLIANCES-1"),
        ("Alliance for Innovation, lot 2", "ALLIANCES-2"),
        ("Alliances for Innovation", None),
        ("Partnerships", None),
        ("2", None),
        ("STRAND", None),
    ],
)
def test_an_action_is_found_as_people_write_it(said: str, action: str | None) -> None:
    found = rulebook.of(rulebook.load(), said, 2025)
    assert (found.rules.id if found else None) == action


def _euros(cell: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{5,}", cell)]


def test_every_number_is_that_of_the_published_table(shared: Path) -> None:
    (call,) = (it for it in KNOWN if it.year == 2025)
    with (shared / "reference" / "action_rules_2025.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        published = list(csv.DictReader(file))
    assert len(published) == len(call.actions)
    for row, action in zip(published, call.actions, strict=True):
        award = action.award
        assert award is not None
        assert {it.id: it.most for it in award.criteria} == {
            name: int(row[f"crit_{name}_max"])
            for name in ("relevance", "design", "partnership", "impact")
        }
        assert award.threshold == int(row["threshold_total"])
        if "/" in row["crit_min"]:
            least = "/".join(str(it.least) for it in award.criteria)
        else:
            least = "half of each"
            assert all(it.least * 2 == it.most for it in award.criteria)
        assert least == row["crit_min"]
        assert (action.number("months_min"), action.number("months_max")) == (
            int(row["duration_min"]),
            int(row["duration_max"]),
        )
        if "programme" not in row["min_countries"] and "+" not in row["min_countries"]:
            assert action.number("minimum_countries") == int(row["min_countries"][0])
        grants = _euros(row["grant_options_eur"])
        bounds = [it for key in ("grant_min_eur", "grant_max_eur") if (it := action.number(key))]
        assert grants in ([*action.several("lump_sums_eur")], bounds, [300_000, *bounds]), row
        rate = re.search(r"\((\d+)%\)", row["grant_options_eur"])
        assert rate is None or action.number("funding_rate_percent") == int(rate[1])
        stated = re.findall(r"(\d+) (\w+)(?= |;|$)", row["deadline_2025"].split(" (")[0])
        first = action.rounds[0].on
        assert (str(first.day), f"{first:%B}") == stated[0]
        assert {f"{it.hour:%H:%M:%S}" for it in action.rounds} == {row["deadline_time_brussels"]}


@pytest.mark.parametrize("name", ["sources.toml", "organisation_sorts.toml"])
@pytest.mark.parametrize("written", ["[", "sort = 5", "\x00"])
def test_a_broken_list_beside_the_rules_stops_nothing(
    tmp_path: Path, name: str, written: str
) -> None:
    (tmp_path / name).write_text(written, "utf-8")
    shelf = rulebook.shelf(tmp_path)
    assert len(shelf.entries) == len(KNOWN)
    assert "guide-2025" in rulebook.sources(tmp_path)
    if not (name == "sources.toml" and written == "sort = 5"):
        assert name in shelf.broken[0].why


def test_a_list_that_has_not_changed_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "sources.toml"
    mine.write_text('[mine]\ntitle = "One"\n', "utf-8")
    assert rulebook.sources(tmp_path)["mine"]["title"] == "One"
    read: list[str] = []
    loads = tomllib.loads

    def noted(text: str) -> dict[str, Any]:
        read.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", noted)
    assert rulebook.sources(tmp_path)["mine"]["title"] == "One"
    assert read == []
    mine.write_text('[mine]\ntitle = "Another"\n', "utf-8")
    assert rulebook.sources(tmp_path)["mine"]["title"] == "Another"
    assert len(read) == 1


# --- what one call takes from another -------------------------------------------------------------

SHORT = """\
call_year = 2027
version = "x"

[[action]]
id = "KA220"
name = "Cooperation Partnerships"
managed_by = "NA"
as_in = 2025
"""


def own_call(folder: Path, written: str = SHORT, name: str = "2027.toml") -> None:
    """Put a file of rules into a folder of ones own."""
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / name).write_text(written, "utf-8")


def test_a_call_takes_no_deadline_from_another(tmp_path: Path) -> None:
    own_call(tmp_path)
    known = rulebook.load(tmp_path)
    found = rulebook.of(known, "KA220-SCH", 2027)
    assert found is not None
    assert not found.carried
    assert found.several("lump_sums_eur") == (120_000, 250_000, 400_000)
    assert found.rules.rounds == ()
    assert deadline_rules.rounds(known, "KA220-SCH", 2027) == ()
    usual = deadline_rules.rounds(known, "KA220-SCH", 2027, usual=True)
    assert [(it.on.isoformat(), it.confirmed) for it in usual] == [
        ("2027-03-05", False),
        ("2027-10-01", False),
    ]


def test_rules_are_taken_through_several_calls(tmp_path: Path) -> None:
    own_call(tmp_path, SHORT.replace("as_in = 2025", "as_in = 2026"))
    found = rulebook.of(rulebook.load(tmp_path), "KA220-VET", 2027)
    assert found is not None
    assert found.number("minimum_organisations") == 3
    assert found.rules.fields == ("SCH", "VET", "HED", "ADU", "YOU")


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("2025", "2020", "the rules of call 2020 have no KA220; they have KA2-SP, "),
        ("2025", "2023", "no rules of call 2023 are known; there are those of 2014-2020, 2021, "),
        ("2025", "2027", "call 2027 is this file: name another one"),
    ],
)
def test_rules_taken_from_where_there_are_none_are_refused(
    tmp_path: Path, was: str, now: str, says: str
) -> None:
    written = SHORT.replace(f"as_in = {was}", f"as_in = {now}")
    (fault,) = rulebook.faults(written, "2027.toml")
    assert (fault.line, fault.key) == (8, "action 1 (KA220), as_in")
    assert fault.says.startswith(says)
    own_call(tmp_path, written)
    shelf = rulebook.shelf(tmp_path)
    assert [call.year for call in shelf.entries] == [2020, 2021, 2025, 2026]
    (broken,) = shelf.broken
    assert "2027.toml, line 8, action 1 (KA220), as_in: " in broken.why
    assert not shelf.own


def test_two_calls_that_take_from_each_other_are_refused_and_ours_goes_on(tmp_path: Path) -> None:
    own_call(tmp_path)
    back = SHORT.replace("call_year = 2027", "call_year = 2025").replace("in = 2025", "in = 2027")
    own_call(tmp_path, back, "2025.toml")
    shelf = rulebook.shelf(tmp_path)
    assert [call.year for call in shelf.entries] == [2020, 2021, 2025, 2026]
    assert any("takes it from this one again" in it.why for it in shelf.broken)
    found = rulebook.of(shelf.entries, "KA220", 2025)
    assert found is not None
    assert found.number("minimum_organisations") == 3


def test_a_call_that_names_one_of_its_codes_has_those_of_the_other_call_too(
    tmp_path: Path,
) -> None:
    own_call(tmp_path, SHORT.replace("as_in", 'codes = ["KA220-SCH"]\nas_in'))
    found = rulebook.of(rulebook.load(tmp_path), "KA220-VET", 2027)
    assert found is not None
    assert "VET" in found.rules.fields


# --- how sure rules of another call are -----------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "year", "says", "sure"),
    [
        (
            "KA220-SCH",
            2024,
            (
                "Cooperation Partnerships, as in call 2025: the rules of call 2024 are not "
                "known here, "
                "so those of call 2025 are gone by"
            ),
            "of call 2025",
        ),
        (
            "KA220-SCH",
            2027,
            (
                "Cooperation Partnerships, as in call 2025: the rules of call 2027 are not "
                "known here, "
                "so nothing is confirmed"
            ),
            "not confirmed",
        ),
        (
            "ERASMUS-EDU-2024-PEX-COVE",
            2024,
            (
                "Centres of Vocational Excellence, as in call 2025: the rules of call 2024 are not "
                "known here, so nothing is confirmed"
            ),
            "not confirmed",
        ),
        ("KA220-SCH", 2026, "Cooperation Partnerships, call 2026", "of call 2025"),
        ("KA220-SCH", 2025, "Cooperation Partnerships, call 2025", ""),
        (
            "KA220-SCH",
            None,
            "Cooperation Partnerships, as in call 2025: no call year is entered",
            "",
        ),
    ],
)
def test_rules_of_another_call_name_it_and_say_how_sure_they_are(
    action: str, year: int | None, says: str, sure: str
) -> None:
    found = rulebook.of(KNOWN, action, year)
    assert found is not None
    assert found.says == says
    rows = rule_sheet.listed(found, {}, KNOWN, rulebook.sources())
    row = next(it for it in rows if it.key == "minimum_organisations")
    assert row.sure == sure
    value = found.get("minimum_organisations")
    assert value is not None
    assert value.firm is (sure != "not confirmed")
    assert found.of_year == (2026 if year == 2026 else 2025)


TODAYS = "that is of the programme 2021-2027"


@pytest.mark.parametrize(
    ("action", "year", "says"),
    [
        ("KA220-SCH", 2018, f"(Cooperation Partnerships): {TODAYS}"),
        ("KA201", 2021, "(Strategic Partnerships): that is of the programme 2014-2020"),
        ("Small-scale Partnerships", 2020, f"Small-scale Partnerships: {TODAYS}"),
        ("KA240-SCH", 2025, "School Development): that is new in call 2026"),
        ("KA240-SCH", 2019, f"(European Partnerships for School Development): {TODAYS}"),
        ("KA240-SCH", 2027, None),
        ("KA220-SCH", 2023, None),
        ("KA999", 2025, None),
        ("KA201", None, None),
        (None, 2025, None),
    ],
)
def test_a_call_that_had_no_such_action_is_told(
    action: str | None, year: int | None, says: str | None
) -> None:
    told = rulebook.absent(KNOWN, action, year)
    if says is None:
        assert told is None
    else:
        assert told is not None
        assert told.startswith(f"Call {year} had no {action}")
        assert told.endswith(says)
        assert rulebook.of(KNOWN, action, year) is None


@pytest.mark.parametrize(
    ("action", "year", "threshold"),
    [
        ("KA220-SCH", 2022, 60),
        ("KA220-SCH", 2023, 60),
        ("KA220-SCH", 2024, 70),
        ("KA220-SCH", 2025, 70),
        ("KA220-SCH", 2026, 70),
        ("KA220-SCH", 2031, 70),
        ("KA220-SCH", None, 70),
        ("ERASMUS-SPORT-2023-SCP", 2023, 60),
        ("KA210-SCH", 2022, 60),
        ("ERASMUS-EDU-2023-PEX-COVE", 2023, 75),
    ],
)
def test_a_threshold_is_that_of_its_call(action: str, year: int | None, threshold: int) -> None:
    found = rulebook.of(KNOWN, action, year)
    assert found is not None
    assert found.rules.award is not None
    assert found.rules.award.threshold == threshold
    assert found.rules.award.confirmed is (year == 2025)


@pytest.mark.parametrize(
    ("said", "action"),
    [("Strategic Partnership", "KA2-SP"), ("Knowledge Alliance", "EPPKA2-KA")],
)
def test_an_older_action_is_found_by_the_name_of_one_project(said: str, action: str) -> None:
    found = rulebook.of(KNOWN, said, 2018)
    assert found is not None
    assert found.rules.id == action
