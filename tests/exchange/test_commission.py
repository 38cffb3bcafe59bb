"""The Commission's lists of projects: in every shape, of any size, damaged, and taken in twice."""

from __future__ import annotations

import random
import time
import tracemalloc
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ka2tui.domain.kinds import PartnerRole, PhaseKind, PhaseState, ProjectShape
from ka2tui.domain.refusal import Refused
from ka2tui.exchange import commission, commission_project
from ka2tui.exchange.tables import ImportFault
from ka2tui.operations import imports, partners, projects
from ka2tui.store import records
from tests.exchange.commission_lists import (
    GRANT,
    HEADINGS,
    MOON,
    SEARCHED,
    SUN,
    rows,
    text,
    write,
    write_json,
)
from tests.exchange.tables_of import workbook
from tests.exchange.test_tables import mutated

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.domain.intake import Finding, Intake, Taken
    from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
NUMBER = SUN["Project Identifier"]
REAL = "2014-1-LI01-KA200-000005"


def choose(*files: Path, number: str = NUMBER) -> Intake:
    exports, aside = commission.find(files)
    return commission.select(exports, number, aside)


def bring(portfolio: Portfolio, *files: Path, number: str = NUMBER, **more: Any) -> Taken:
    return portfolio.do(imports.take, choose(*files, number=number), today=DAY, **more).value


def of(portfolio: Portfolio, table: type[Any], *fields: str) -> list[tuple[Any, ...]]:
    def query(session: Session) -> list[tuple[Any, ...]]:
        found = session.scalars(select(table).order_by(table.id))
        return [tuple(getattr(row, field) for field in fields) for row in found]

    return portfolio.ask(query)


def reasons(findings: list[Finding]) -> str:
    return "\n".join(one.reason for one in findings)


# --- real lists ---------------------------------------------------------------------------------

SHAPES = (
    "ka2_overview_1row_comma_utf8bom.csv",
    "projects_overview_9rows_comma_utf8bom.csv",
    "projects_overview_9rows_semicolon_utf8.csv",
    "projects_overview_9rows_nonempty.json",
)


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_the_list_gives_the_same_project(
    portfolio: Portfolio, shared: Path, name: str
) -> None:
    bring(portfolio, shared / "projects" / "eplus_export" / name, number=REAL)
    fields = ("acronym", "title", "agreement", "action", "call", "call_year", "agency")
    assert of(portfolio, records.Project, *fields, "managed_by", "grant_cents", "shape") == [
        (
            *("Community Education", "Community Education", REAL, "KA200", "2014, round 1", 2014),
            *("LI01", "NA", 11_252_793, ProjectShape.HEADINGS),
        )
    ]
    told = of(portfolio, records.Partner, "name", "country", "city", "role", "zone")
    assert [one[1:] for one in told] == [
        ("LI", "Triesen", PartnerRole.COORDINATOR, "Europe/Vaduz"),
        ("LI", "Bendern", PartnerRole.BENEFICIARY, "Europe/Vaduz"),
        ("DE", "Stuttgart", PartnerRole.BENEFICIARY, "Europe/Berlin"),
        ("BE", "Brussels", PartnerRole.BENEFICIARY, "Europe/Brussels"),
        ("DE", "KOELN", PartnerRole.BENEFICIARY, "Europe/Berlin"),
    ]
    states = of(portfolio, records.Phase, "state")
    assert states == [(PhaseState.DONE,)] * len(PhaseKind)


def test_the_files_of_a_folder_are_one_list_and_equal_rows_one_project(
    portfolio: Portfolio, shared: Path
) -> None:
    taken = bring(portfolio, shared / "projects" / "eplus_export", number=REAL)
    assert reasons(taken.dropped).count("it says the same as ka2_overview_1row") == 3
    assert "columns.txt" in {one.file for one in taken.dropped}
    assert len(of(portfolio, records.Partner, "id")) == 5


def test_each_project_of_the_real_list_can_be_taken_and_taken_back(
    portfolio: Portfolio, shared: Path
) -> None:
    exports, _ = commission.find([shared / "projects" / "eplus_export" / SHAPES[1]])
    known = commission.listing(exports)
    assert (known.rows, len(known.projects), known.nameless) == (9, 9, 0)
    for one in known.projects:
        intake = commission.select(exports, one.identifier)
        taken = portfolio.do(imports.take, intake, today=DAY).value
        assert (taken.errors, len(taken.added)) == ([], 1 + len(intake.of("partner")))
        again = portfolio.do(imports.take, intake, update=True, today=DAY).value
        assert (again.added, again.changed) == ([], [])
        assert portfolio.undo().label.startswith("Import ")
        assert of(portfolio, records.Project, "id") == of(portfolio, records.Partner, "id") == []


# --- what is made -------------------------------------------------------------------------------


def test_a_running_project_is_under_way_and_nothing_is_dropped(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    taken = bring(portfolio, write(tmp_path / "list.csv", MOON, SUN))
    fields = ("acronym", "action", "field", "shape", "website", "summary", "start", "months")
    assert of(portfolio, records.Project, *fields) == [
        (
            *("SUNNY", "KA220", "SCH", ProjectShape.WORK_PACKAGES, "www.sunny.example"),
            *("Schools learn\nto save energy.", None, None),
        )
    ]
    assert of(portfolio, records.Phase, "state") == [
        *[(PhaseState.DONE,)] * 4,
        *[(PhaseState.UNDER_WAY,)] * 2,
    ]
    ((notes,),) = of(portfolio, records.Project, "notes")
    for kept in (
        "Green skills; Energy",
        "ongoing",
        "EL,UK,DE",
        SUN["Results Platform Project Card"],
    ):
        assert kept in notes
    assert of(portfolio, records.Partner, "country", "city", "website", "acronym") == [
        ("GR", "ATHINA", "http://ilios.example/", None),
        ("GB", "London", None, None),
        ("DE", "Stuttgart", "www.sonne.example", None),
    ]
    first = of(portfolio, records.Partner, "notes")[0][0]
    assert first == (
        "Kind of organisation: School\nAddress: VERANZEROU 1, 10677, ATHINA\nRegion: Attiki"
    )
    assert "the project is called SUNNY" in reasons(taken.doubtful)
    assert "ka2tui project edit --start" in reasons(taken.doubtful)
    assert taken.dropped == []


def test_a_finished_small_scale_partnership_has_activities(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    bring(portfolio, write(tmp_path / "list.csv", SUN, MOON), number=MOON["Project Identifier"])
    assert of(portfolio, records.Project, "acronym", "shape", "field") == [
        ("MEWWNS", ProjectShape.ACTIVITIES, "VET")
    ]
    assert set(of(portfolio, records.Phase, "state")) == {(PhaseState.DONE,)}


def test_entering_the_first_day_lets_the_phases_follow(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    bring(portfolio, write(tmp_path / "list.csv", SUN))
    values = {"start": date(2024, 11, 1), "months": 24}
    portfolio.do(projects.edit, 1, values, today=DAY)
    states = dict(of(portfolio, records.Phase, "kind", "state"))
    assert states[PhaseKind.IMPLEMENTATION] is PhaseState.DONE
    assert states[PhaseKind.EVALUATION] is PhaseState.UNDER_WAY


def test_a_second_import_keeps_what_was_changed_here(portfolio: Portfolio, tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", SUN)
    bring(portfolio, file)
    portfolio.do(projects.edit, 1, {"acronym": "SUN", "notes": "mine"}, today=DAY)
    portfolio.do(partners.edit, 2, {"name": "Bright Academy", "acronym": "BA", "notes": "mine"})
    for update in (False, True):
        again = bring(portfolio, file, update=update)
        assert again.added == []
        assert [one.value for one in again.changed] == ["Bright School"] * update
    assert of(portfolio, records.Project, "acronym", "notes") == [("SUN", "mine")]
    assert of(portfolio, records.Partner, "name", "acronym", "notes")[1] == (
        "Bright School",
        "BA",
        "mine",
    )


def test_an_acronym_that_is_taken_gets_a_number(portfolio: Portfolio, tmp_path: Path) -> None:
    portfolio.do(projects.add, "Sunny", today=DAY)
    taken = bring(portfolio, write(tmp_path / "list.csv", SUN))
    assert taken.acronym == "SUNNY 2"


def test_a_stored_coordinator_stays_the_only_one(portfolio: Portfolio, tmp_path: Path) -> None:
    project = portfolio.do(projects.add, "MINE", agreement=NUMBER, today=DAY).value
    portfolio.do(partners.add, project, "Us", role=PartnerRole.COORDINATOR)
    taken = bring(portfolio, write(tmp_path / "list.csv", SUN))
    assert "Us is stored as coordinator, which is kept" in reasons(taken.doubtful)
    roles = [role for (role,) in of(portfolio, records.Partner, "role")]
    assert roles == [PartnerRole.COORDINATOR, *[PartnerRole.BENEFICIARY] * 3]


@pytest.mark.parametrize(
    ("title", "acronym"),
    [
        ("SUNNY: schools on solar power", "SUNNY"),
        ("e-NetCoM – networks of communities in Europe", "e-NetCoM"),
        ("Strengthening the teachers of tomorrow (STRETCH)", "STRETCH"),
        ("Community Education", "Community Education"),
        ("Accessible Learning design, implementation and accreditation", "ALDIA"),
        ("Interkulturelles Lernen im demokratischen Bildungsprozess", "ILDB"),
        ("[red]" * 5, "[red]" * 5),
        ("", None),
        ("1234567890 1234567890 1234567890", None),
    ],
)
def test_a_short_name_is_derived_from_the_title(title: str, acronym: str | None) -> None:
    if title.startswith("["):
        title = title[:24]
        acronym = title
    assert commission_project.acronym_from(title) == acronym


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("Austrasse 15, 9495, Triesen", "Triesen"),
        ("UL SIENKIEWICZA 55, 90 009, LODZ", "LODZ"),
        ("KULTŪRAS LAUKUMS 1A, LV-4650, VIĻĀNI, VIĻĀNU NOVADS", "VIĻĀNI"),
        ("R.Q. GEO MILEV, 3, VENERA STR 36, 1111, SOFIA", "SOFIA"),
        ("Main Street 1, , Dublin 2", "Dublin 2"),
        ("somewhere", None),
        ("", None),
    ],
)
def test_the_city_is_found_behind_the_postcode(address: str, city: str | None) -> None:
    assert commission_project.city_of(address) == city


# --- variants and doubts ------------------------------------------------------------------------


def test_other_headings_mean_the_same(portfolio: Portfolio, tmp_path: Path) -> None:
    other = {
        "Call year": "Funding Year",
        "Participating countries": "Participating Countries",
        "Project Status": "Project or Accreditation status",
        GRANT: "EU Grant award in euros",
    }
    headings = [other.get(name, name) for name in HEADINGS if name != "Is Success Story"]
    said = {other.get(name, name): value for name, value in SUN.items()}
    taken = bring(portfolio, write(tmp_path / "list.csv", said, headings=headings))
    assert taken.dropped == []
    assert of(portfolio, records.Project, "call_year", "grant_cents") == [(2024, 25_000_000)]


@pytest.mark.parametrize(
    ("said", "cents"),
    [
        ("112527.93", 11_252_793),
        ("112,527.93", 11_252_793),
        ("58,630", 5_863_000),
        ("1,250,000", 125_000_000),
        ("250000", 25_000_000),
        ("112527,93", 11_252_793),
    ],
)
def test_grants_are_read_in_the_manner_of_every_year(tmp_path: Path, said: str, cents: int) -> None:
    intake = choose(write(tmp_path / "list.csv", {**SUN, GRANT: said}))
    assert intake.items[0].values["grant_cents"] == cents
    assert intake.doubtful == []


def test_what_cannot_be_read_is_told_and_kept(portfolio: Portfolio, tmp_path: Path) -> None:
    odd = {
        **SUN,
        GRANT: "plenty",
        "Call year": "soon",
        "Project Status": "on hold",
        "Partner 1 country": "Narnia",
    }
    taken = bring(portfolio, write(tmp_path / "list.csv", odd))
    assert {one.value for one in taken.doubtful} >= {"plenty", "soon", "on hold", "Narnia"}
    ((notes,),) = of(portfolio, records.Project, "notes")
    assert "plenty" in notes
    assert "soon" in notes
    assert "on hold" in notes
    country, said = of(portfolio, records.Partner, "country", "notes")[1]
    assert (country, said.splitlines()[0]) == (None, "Country: Narnia")


def test_a_letter_in_an_identifier_is_told_and_never_changed(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    odd = NUMBER.replace("EL01", "ELO1")
    file = write(tmp_path / "list.csv", {**SUN, "Project Identifier": odd})
    with pytest.raises(commission.Unlisted, match=odd):
        choose(file)
    taken = bring(portfolio, file, number=odd)
    assert of(portfolio, records.Project, "agreement") == [(odd,)]
    assert f"did you mean {NUMBER}?" in reasons(taken.doubtful)


def test_a_project_of_another_key_action_is_told(tmp_path: Path) -> None:
    number = "2014-1-DE03-KA101-000001"
    file = write(tmp_path / "list.csv", {**SUN, "Project Identifier": number})
    assert "KA101 is no KA2 action" in reasons(choose(file, number=number).doubtful)


def test_the_countries_are_held_against_the_partners(tmp_path: Path) -> None:
    odd = {**SUN, "Participating countries": "GR,GB,ES,QQ"}
    told = [one for one in choose(write(tmp_path / "list.csv", odd)).doubtful if "QQ" in one[3]]  # type: ignore[operator]
    assert [one.reason for one in told] == [
        "QQ is no country known here",
        "no organisation of the list is from Spain",
        "organisations from Germany are in the list as well",
    ]


def test_gaps_among_partners_and_partners_without_a_name_are_told(tmp_path: Path) -> None:
    odd = {**SUN, "Partner 5 name": "Late School", "Partner 5 country": "DE"}
    odd |= {"Partner 7 country": "FR"}
    intake = choose(write(tmp_path / "list.csv", odd))
    assert "5 partners stand in it, but none at 3, 4 and 6" not in reasons(intake.doubtful)
    assert "4 partners stand in it, but none at 3, 4 and 6" in reasons(intake.doubtful)
    assert [(one.column, one.value) for one in intake.dropped] == [("Partner 7 country", "FR")]
    assert len(intake.of("partner")) == 4


def test_an_organisation_that_stands_there_twice_is_one(tmp_path: Path) -> None:
    twice = {**SUN, "Partner 3 name": "Bright  school", "Partner 3 country": "UK"}
    twice["Partner 3 address"] = SUN["Partner 1 address"]
    intake = choose(write(tmp_path / "list.csv", twice))
    assert len(intake.of("partner")) == 3
    assert "partner 1 is the same organisation; taken once" in reasons(intake.doubtful)
    twice["Partner 3 address"] = "2 Low Street, SW1A 1AB, London"
    intake = choose(write(tmp_path / "list.csv", twice))
    assert len({one.uid for one in intake.of("partner")}) == 4


def test_a_row_with_cells_beyond_the_headings_is_doubtful(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text(SUN).rstrip("\r\n") + ",stray\r\n", encoding="utf-8")
    intake = choose(file)
    assert "its cells may have slipped" in reasons(intake.doubtful)
    assert [one.value for one in intake.dropped] == ["stray"]


# --- several files ------------------------------------------------------------------------------


def test_the_first_of_two_differing_lists_wins(portfolio: Portfolio, tmp_path: Path) -> None:
    older = write(
        tmp_path / "a.csv",
        {**SUN, GRANT: "250,000.00", "Project Website": "http://www.sunny.example/"},
    )
    newer = {**SUN, "Project Title": "SUNNY again", "Partner 3 name": "Late School"}
    taken = bring(portfolio, older, write(tmp_path / "b.csv", newer, delimiter=";"))
    assert of(portfolio, records.Project, "title") == [(SUN["Project Title"],)]
    told = [one for one in taken.doubtful if one.file == "b.csv"]
    assert [(one.row, one.column, one.value) for one in told] == [
        (2, "Project Title", "SUNNY again"),
        (2, "Partner 3 name", "Late School"),
    ]
    assert "a.csv, row 2 says “SUNNY: schools on solar power”, which is kept" in told[0].reason


def test_an_unknown_identifier_names_the_nearest_and_counts_the_rows(tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", SUN, MOON)
    with pytest.raises(commission.Unlisted) as told:
        choose(file, number=NUMBER.replace("741", "747"))
    assert "none of 2 rows" in str(told.value)
    assert NUMBER in str(told.value)
    empty = write(tmp_path / "empty.csv")
    with pytest.raises(commission.Unlisted, match="only headings"):
        choose(empty)


@pytest.mark.parametrize(
    "said",
    [
        f"  {NUMBER}\n",
        NUMBER.lower(),
        NUMBER.replace("-", "\N{NON-BREAKING HYPHEN}"),
        NUMBER.replace("-", " \N{EN DASH} "),
    ],
)
def test_spaces_capitals_and_hyphens_do_not_matter(tmp_path: Path, said: str) -> None:
    intake = choose(write(tmp_path / "list.csv", SUN), number=said)
    assert intake.items[0].values["agreement"] == NUMBER


def test_a_row_without_an_identifier_is_counted_and_cannot_be_chosen(tmp_path: Path) -> None:
    exports, _ = commission.find(
        [write(tmp_path / "l.csv", SUN, {**SUN, "Project Identifier": ""})]
    )
    known = commission.listing(exports)
    assert (known.rows, known.nameless, len(known.projects)) == (2, 1, 1)
    assert known.projects[0].has("solar ηλιος uk")
    assert not known.projects[0].has("solar lunar")


# --- shapes of files ----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1253"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    file = write(tmp_path / "list.csv", SUN, encoding=encoding, delimiter=delimiter)
    intake = choose(file)
    assert intake.items[1].values["name"] == "Σχολείο Ήλιος"
    assert ("Windows-1253" in reasons(intake.doubtful)) == (encoding == "cp1253")


def test_a_workbook_is_a_list_too(portfolio: Portfolio, tmp_path: Path) -> None:
    bring(portfolio, workbook(tmp_path / "list.xlsx", {"Projects": rows(MOON, SUN)}))
    assert len(of(portfolio, records.Partner, "id")) == 3


@pytest.mark.parametrize("wrapped", [False, True])
def test_entries_of_json_are_read_like_rows(tmp_path: Path, *, wrapped: bool) -> None:
    listed = [MOON, SUN]
    file = write_json(tmp_path / "list.json", {"projects": listed} if wrapped else listed)
    intake = choose(file)
    assert (intake.items[0].row, len(intake.of("partner"))) == (2, 3)


def test_a_saved_answer_of_the_search_service_gives_dates_and_numbers(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    taken = bring(portfolio, write_json(tmp_path / "answer.json", SEARCHED))
    assert of(portfolio, records.Project, "start", "end", "months", "goal", "grant_cents") == [
        (date(2024, 11, 1), date(2026, 10, 31), 24, "Half the gas.", 25_000_000)
    ]
    assert of(portfolio, records.Partner, "name", "role", "pic", "city", "country") == [
        ("Σχολείο Ήλιος", PartnerRole.COORDINATOR, "999888776", "Athina", "GR"),
        ("Bright School", PartnerRole.BENEFICIARY, "999888777", "London", "GB"),
    ]
    assert [one.column for one in taken.dropped] == ["projectId"]
    assert "no first day" not in reasons(taken.doubtful)
    ((summary,),) = of(portfolio, records.Project, "summary")
    assert summary == "Background: Schools burn gas.\n\nResults: A handbook."


def test_other_tables_are_no_lists(tmp_path: Path) -> None:
    (tmp_path / "partners.csv").write_text("nr,acronym,name\n1,UM,Universidad\n")
    (tmp_path / "some.json").write_text('[{"name": "x"}]')
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "empty.csv").write_bytes(b"")
    exports, others = commission.find([tmp_path])
    assert exports == []
    assert len(others) == 4
    write(tmp_path / "list.csv", SUN)
    with pytest.raises(ImportFault, match=r"missing\.csv: there is no such file"):
        commission.find([tmp_path, tmp_path / "missing.csv"])


def test_odd_text_stays_as_it_is(portfolio: Portfolio, tmp_path: Path) -> None:
    odd = {**SUN, "Project Title": "[red]=1+1[/] 🌞 " + "x" * 400, "Partner 1 name": "=cmd()"}
    bring(portfolio, write(tmp_path / "list.csv", odd))
    assert of(portfolio, records.Project, "title") == [(odd["Project Title"],)]
    assert of(portfolio, records.Partner, "name")[1] == ("=cmd()",)


@pytest.mark.parametrize("shape", ["csv", "json", "answer"])
def test_damaged_lists_are_read_or_refused(tmp_path: Path, shape: str) -> None:
    file = tmp_path / ("list.csv" if shape == "csv" else "list.json")
    if shape == "csv":
        write(file, MOON, SUN)
    else:
        write_json(file, [MOON, SUN] if shape == "json" else SEARCHED)
    whole, chance = file.read_bytes(), random.Random(11)
    refused = 0
    for _ in range(200):
        file.write_bytes(mutated(whole, chance))
        try:
            exports, _others = commission.find([file])
            commission.listing(exports)
            choose(file)
        except Refused:
            refused += 1
    assert 0 < refused < 200


@pytest.mark.parametrize(
    "said",
    ['[{"Project Identifier": "x",', "[" * 100_000, '[1, 2, "projectName"]', '{"projectName":'],
)
def test_json_that_is_none_is_refused_with_a_sentence(tmp_path: Path, said: str) -> None:
    file = tmp_path / "list.json"
    file.write_text(
        said + ' "Project Title": 1, "Coordinating organisation name": 1, "projectName": 1'
    )
    with pytest.raises(ImportFault, match=r"JSON|middle|no project"):
        choose(file)


@pytest.mark.parametrize("depth", [30, 500, 900, 3_000, 20_000])
def test_json_that_lies_too_deep_is_refused(tmp_path: Path, depth: int) -> None:
    file = tmp_path / "list.json"
    entry = f'"Topics": {"[" * depth}{"]" * depth}, "Project Title": "t", "Project Identifier": "x"'
    file.write_text(f'[{{{entry}, "Coordinating organisation name": "y"}}]')
    with pytest.raises(ImportFault, match=r"deeper|JSON"):
        choose(file)


def test_a_large_list_is_streamed(tmp_path: Path) -> None:
    """Ten thousand rows of 622 columns are looked through in seconds, and few are in the memory."""
    file = tmp_path / "large.csv"
    one = text({**SUN, "Project Summary": "word " * 400}).split("\r\n", 1)[1]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        out.write(text())
        for number in range(10_000):
            out.write(one.replace("000251741", f"{number:09}"))
    began = time.perf_counter()
    tracemalloc.start()
    try:
        intake = choose(file, number="2024-1-EL01-KA220-SCH-000009999")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert intake.items[0].row == 10_001
    assert most < 20 * 1024 * 1024
    assert time.perf_counter() - began < 30
