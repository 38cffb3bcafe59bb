"""What is shipped in data/: it reads, fits together, and claims nothing it should not."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ka2tui import datafiles
from ka2tui.domain import checklist, checklist_reading, lifecycle, rulebook, templates
from ka2tui.domain.countries import country
from ka2tui.domain.kinds import ProjectShape, WorkUnitKind

TEXTS = sorted(
    path for path in datafiles.folder().rglob("*") if path.suffix in {".toml", ".md", ".csv"}
)
CHECKLISTS = {
    name: checklist_reading.read_checklist(datafiles.read_toml(name), name)
    for name in datafiles.names("checklists", ".toml")
}
TEMPLATES = {
    name: templates.read_template(datafiles.read_toml(name), name)
    for name in datafiles.names("templates", ".toml")
}
READ_ONLY = ("headings.toml", "words.toml")
PHASES = lifecycle.read_lifecycle(datafiles.read_toml("lifecycle.toml"))
RULES = datafiles.read_toml("rules/2025.toml")
SOURCES = datafiles.read_toml("sources.toml")
PAGES = [
    *("first-day", "project", "phase", "partner", "work-package", "task", "capture", "deliverable"),
    "tree-and-board",
    *("application", "leaving"),
    *("money", "payment"),
    *(
        "milestone",
        *("meeting", "participant"),
        "checklist",
        "report",
        "figure",
        "proof",
        *("risk", "log", "letter"),
        "indicator",
        "dissemination",
        *("candidate", "aim"),
        *("check", "fit", "score"),
        "import",
        "history",
        "filter",
        "keys",
        "clipboard",
        "rule",
        "settings",
        "search",
    ),
]

FORBIDDEN = {
    r"yearly ceiling|ceiling per year|per year and OID": "ceilings count per deadline",
    r"may be (deleted|thrown|destroyed)|can be (deleted|destroyed)": "papers are kept at least",
    r"no longer possible|too late for a change": "usually; ask your agency",
    r"\bmust be funded\b|will be funded\b": "an own estimate is no promise",
    r"domain\.md": "a file that does not exist",
    r"\b(journal|savepoint|tranche|evidence|doctor)\b": "not a coordinator's word",
    r"guarantee[sd]? success": "nobody can",
}


def named(key: str, data: Any) -> list[Any]:
    """Find every value of a key, at any depth."""
    if isinstance(data, dict):
        here = [data[key]] if key in data else []
        return here + [found for value in data.values() for found in named(key, value)]
    if isinstance(data, list):
        return [found for value in data for found in named(key, value)]
    return []


# --- all files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_shipped_makes_a_claim_it_should_not(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("ka2tui doctor", "")
    if path.name in READ_ONLY:
        return  # what coordinators write in their tables, not what we tell them
    said = {why for pattern, why in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)}
    assert said == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_shipped_shouts_or_holds_odd_characters(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\r" not in text
    assert "\t" not in text
    assert "\u00a0" not in text
    assert text.endswith("\n")
    if path.suffix == ".md":
        assert not re.search(r"\w!(\s|$)", text)


def test_every_source_is_listed() -> None:
    files = [RULES, *map(datafiles.read_toml, [*CHECKLISTS, *TEMPLATES, "lifecycle.toml"])]
    used = {
        source
        for data in files
        for key in ("source", "planned_source")
        for source in named(key, data)
    }
    assert used <= SOURCES.keys()
    assert "guide-2025" in used


def test_every_source_says_what_it_is() -> None:
    for key, source in SOURCES.items():
        assert source.keys() == {"title", "publisher", "official", "confirmed", "note"}, key
        assert type(source["official"]) is type(source["confirmed"]) is bool, key


# --- checklists ---------------------------------------------------------------------------------


def test_there_are_108_items_each_with_its_own_id() -> None:
    ids = [item.id for one in CHECKLISTS.values() for item in one.items]
    assert len(ids) == len(set(ids)) == 108
    counts = {"P": 14, "G": 12, "R": 15, "F": 12, "I": 16, "E": 13, "C": 14, "W": 12}
    assert set(ids) == {
        f"{letter}{n:02}" for letter, last in counts.items() for n in range(1, last + 1)
    }


def test_checklists_stand_in_the_order_of_the_way() -> None:
    ordered = sorted(CHECKLISTS.values(), key=lambda one: one.position)
    assert [one.id for one in ordered] == [
        "partnership",
        "goal",
        "proposal",
        "funding",
        "implementation",
        "evaluation",
        "final_report",
        "work_package",
    ]
    assert [one.id for one in ordered if one.per_part] == ["work_package"]
    phases = [phase.kind for phase in PHASES]
    assert [phases.index(one.phase) for one in ordered] == [0, 1, 2, 3, 4, 5, 5, 4]


@pytest.mark.parametrize("one", CHECKLISTS.values(), ids=lambda one: one.id)
def test_items_are_whole_sentences_with_proof_under_a_used_criterion(
    one: checklist_reading.Checklist,
) -> None:
    assert one.about.endswith("?")
    for item in one.items:
        assert item.text[0].isupper(), item.id
        assert item.text.endswith((".", ".)")), item.id
        assert item.proof, item.id
        assert 1 <= item.weight <= checklist_reading.HEAVIEST, item.id
        assert len(item.text) <= 320, item.id
    assert [criterion.id for criterion in one.criteria] == list(
        dict.fromkeys(item.criterion.id for item in one.items)
    )


@pytest.mark.parametrize(
    ("action", "left_out"),
    [
        ("KA220-SCH", set()),
        ("KA210-SCH", {"P04", "P08", "G11", "R02", "R03", "R08", "R13", "R14", "E04", "E11"}),
        ("ERASMUS-EDU-2025-PEX-COVE", {"P03", "P04", "G04", "R03"}),
        ("ERASMUS-SPORT-2025-SCP", {"P03", "G04"}),
    ],
)
def test_each_action_gets_the_items_meant_for_it(action: str, left_out: set[str]) -> None:
    every = [item for one in CHECKLISTS.values() for item in one.items]
    got = [
        item.code
        for one in CHECKLISTS.values()
        for item in checklist.choose(one, action, None, 2025)
    ]
    assert {item.id for item in every} - set(got) == left_out


def test_time_sheets_weigh_more_in_older_actions() -> None:
    (log,) = [item for one in CHECKLISTS.values() for item in one.items if item.id == "I07"]
    assert checklist.weight_of(log, "KA201", call_year=2019) == 3
    assert checklist.weight_of(log, "KA220", call_year=2025) == 1


def item_text(code: str) -> str:
    """Give the text of an item by its id."""
    return next(item.text for one in CHECKLISTS.values() for item in one.items if item.id == code)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("P03", "At this deadline"),
        ("P13", "accession forms (mandates in calls before 2021)"),
        ("G03", "At least one EU priority"),
        ("G03", "Sport, call 2025: exactly one"),
        ("R03", "In the application"),
        ("F11", "at least 5 years after the final payment, at least 3"),
        ("F11", "checks and national law can make it longer"),
        ("F12", '"Funded by the European Union" or "Co-funded by the European Union"'),
        ("I05", "online, a participant list or a screenshot takes its place; photos need consent"),
        ("I12", "Usually at the latest one month before the end; ask your agency"),
        ("E10", "as drafts soon after they exist"),
        ("C09", "After the project end"),
        ("C01", "by the date in your agreement"),
    ],
)
def test_what_differs_between_calls_and_agencies_is_said_so(code: str, says: str) -> None:
    assert says.casefold() in item_text(code).casefold()


# --- the way ------------------------------------------------------------------------------------


def test_every_checklist_the_way_names_exists_and_each_is_named_once() -> None:
    named_there = [one for phase in PHASES for one in phase.checklists]
    whole = [one for one in CHECKLISTS.values() if not one.per_part]
    assert sorted(named_there) == sorted(one.id for one in whole)
    for phase in PHASES:
        assert set(phase.before.checklists) <= set(phase.checklists)
        for one in whole:
            assert (one.phase is phase.kind) == (one.id in phase.checklists)


def test_steps_have_ids_of_their_own_across_all_phases() -> None:
    ids = [step.id for phase in PHASES for step in phase.steps]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one) for one in ids)


def test_every_phase_has_steps_documents_and_a_reason() -> None:
    for phase in PHASES:
        assert len(phase.steps) >= 5
        assert phase.documents
        assert phase.brings
        assert all(text.endswith(".") for text in (phase.aim, phase.result, phase.before.why))


# --- rules --------------------------------------------------------------------------------------


def test_every_value_of_the_rules_has_a_source_and_says_whether_it_was_confirmed() -> None:
    plain = {"id", "name", "codes", "managed_by", "place", "deadline", "award", "composition"}
    for action in RULES["action"]:
        for key, value in action.items():
            if key not in plain:
                assert {"value", "source", "confirmed"} <= value.keys(), (action["id"], key)
        for part in (*action["deadline"], *action.get("composition", []), action["award"]):
            assert {"source", "place", "confirmed"} <= part.keys()
    for part in (*RULES["derived"], *RULES["decision"].values(), RULES["quality"]):
        assert {"source", "confirmed"} <= part.keys()


def test_the_rules_agree_with_the_published_table(shared: Path) -> None:
    import csv

    with (shared / "reference" / "action_rules_2025.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        published = list(csv.DictReader(file))
    assert len(published) == len(RULES["action"])
    for row, action in zip(published, RULES["action"], strict=True):
        award = action["award"]
        criteria = ("relevance", "design", "partnership", "impact")
        most = [int(row[f"crit_{name}_max"]) for name in criteria]
        assert [award[name]["max"] for name in criteria] == most, action["id"]
        assert sum(most) == 100
        assert award["threshold"] == int(row["threshold_total"])
        least = row["crit_min"]
        if "/" in least:
            assert [award[name]["min"] for name in criteria] == [int(n) for n in least.split("/")]
        assert action["managed_by"] == row["managed_by"]
        assert action["months_min"]["value"] == int(row["duration_min"])
        assert action["months_max"]["value"] == int(row["duration_max"])
        organisations = re.match(r"\d+", row["min_orgs"])
        if organisations:
            assert action["minimum_organisations"]["value"] == int(organisations[0])
        assert {one["hour"] for one in action["deadline"]} == {row["deadline_time_brussels"]}
        first = action["deadline"][0]
        assert row["deadline_2025"].startswith(f"{first['day']} ")


def test_deadlines_and_months_can_be_read() -> None:
    for action in RULES["action"]:
        assert action["months_min"]["value"] <= action["months_max"]["value"]
        for deadline in action["deadline"]:
            ZoneInfo(deadline["zone"])
            assert re.fullmatch(r"(12|17):00:00", deadline["hour"])
            assert 1 <= deadline["day"] <= 31
            assert 1 <= deadline["month"] <= 12
        for code in action.get("excluded_countries", {}).get("value", []):
            assert country(code) is not None


def test_what_was_not_confirmed_is_marked() -> None:
    small, cooperation = (rulebook.of(rulebook.load(), code, 2025) for code in ("KA210", "KA220"))
    assert small is not None
    assert cooperation is not None
    regions, elsewhere = (
        cooperation.get("partners_elsewhere_regions"),
        small.get("partners_elsewhere"),
    )
    assert regions is not None
    assert elsewhere is not None
    assert not regions.confirmed
    assert elsewhere.confirmed


def test_a_report_on_the_way_is_offered_to_long_projects_only_and_as_not_confirmed() -> None:
    rows = {row["id"]: row for row in RULES["derived"]}
    assert "final_report_due" in rows
    assert rows["progress_report_due"]["longer_than_months"] == 24
    assert not rows["progress_report_due"]["confirmed"]
    assert not [one for one in rows if "interim" in one or "periodic" in one]


def test_quality_words_begin_below_the_points_a_criterion_has() -> None:
    for points, bands in RULES["quality"].items():
        if points.isdigit():
            froms = [bands[word] for word in ("very_good", "good", "fair", "weak")]
            assert froms == sorted(froms, reverse=True)
            assert froms[0] < int(points)
            assert froms[-1] == 0


# --- plans to start from ------------------------------------------------------------------------


def test_there_is_a_plan_for_each_shape_of_project() -> None:
    assert {plan.shape for plan in TEMPLATES.values()} == set(ProjectShape)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_plan_is_named_like_its_file_and_fits_its_action(name: str) -> None:
    plan = TEMPLATES[name]
    assert name == f"templates/{plan.id}.toml"
    rules = next((one for one in RULES["action"] if one["id"] == plan.action), None)
    if rules is not None and plan.grant_cents is not None:
        assert plan.grant_cents // 100 in rules["lump_sums_eur"]["value"]
        assert rules["months_min"]["value"] <= plan.months <= rules["months_max"]["value"]


@pytest.mark.parametrize("plan", TEMPLATES.values(), ids=lambda plan: plan.id)
def test_the_parts_of_a_plan_fit_together(plan: templates.Template) -> None:
    top = [part for part in plan.parts if part.parent is None]
    by_code = {part.code: part for part in plan.parts}
    assert sum(part.percent or 0 for part in top) == 100
    assert all(part.kind is not WorkUnitKind.ACTIVITY for part in top) or (
        plan.shape is ProjectShape.ACTIVITIES
    )
    for part in plan.parts:
        if part.parent is not None:
            above = by_code[part.parent]
            assert above.start_month <= part.start_month <= part.end_month <= above.end_month
            assert part.percent is None
    assert min(part.start_month for part in top) == 1
    assert max(part.end_month for part in top) == plan.months


@pytest.mark.parametrize("plan", TEMPLATES.values(), ids=lambda plan: plan.id)
def test_what_a_plan_promises_lies_within_its_work(plan: templates.Template) -> None:
    by_code = {part.code: part for part in plan.parts}
    for one in plan.deliverables:
        assert one.part is not None
        assert by_code[one.part].start_month <= one.due.month <= by_code[one.part].end_month, (
            one.code
        )
    for one in plan.milestones:
        assert one.part is not None
        assert one.due.month <= plan.months, one.code
        assert one.verification, one.code
    for task in plan.tasks:
        assert task.due.month <= plan.months, task.code
    results = [one.code for one in (*plan.deliverables, *plan.milestones)]
    codes = [*results, *(task.code for task in plan.tasks), *by_code]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("plan", TEMPLATES.values(), ids=lambda plan: plan.id)
def test_management_takes_no_more_than_a_fifth(plan: templates.Template) -> None:
    shares = [part.percent or 0 for part in plan.parts if part.category == "management"]
    assert 0 < sum(shares) <= 20


@pytest.mark.parametrize("plan", TEMPLATES.values(), ids=lambda plan: plan.id)
def test_a_plan_begins_with_a_kick_off_and_ends_with_a_meeting(plan: templates.Template) -> None:
    months = [meeting.month for meeting in plan.meetings]
    assert months == sorted(months)
    assert plan.meetings[0].kind.value == "kick_off"
    assert months[0] == 2
    assert months[-1] == plan.months
    of_partners = [m.month for m in plan.meetings if m.kind.value in {"kick_off", "tpm"}]
    assert all(later - earlier <= 6 for earlier, later in itertools.pairwise(of_partners))


# --- the guide ----------------------------------------------------------------------------------


def test_there_is_a_page_for_every_noun() -> None:
    assert sorted(datafiles.names("guide", ".md")) == sorted(f"guide/{page}.md" for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_short_and_ends_with_its_commands(page: str) -> None:
    text = datafiles.read_text(f"guide/{page}.md")
    assert text.startswith("# ")
    said = [line for line in text.splitlines() if not line.startswith("See also: ")]
    assert len(" ".join(said).split()) <= 400
    assert max(map(len, text.splitlines())) <= 100
    *_, last = re.split(r"^## ", text, flags=re.MULTILINE)
    assert last.startswith("On the command line\n")
    assert re.search(r"^    ka2tui", last, flags=re.MULTILINE)
