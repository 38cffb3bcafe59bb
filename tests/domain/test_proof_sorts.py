"""What an auditor asks for, of which record, and what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ka2tui import datafiles
from ka2tui.domain import proof_sorts
from ka2tui.domain.entries import Malformed
from ka2tui.domain.kinds import MeetingKind, ProofState, WorkUnitKind
from ka2tui.domain.proof_sorts import Filed, Held, Setting, Subject
from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

LIST = proof_sorts.load()
LUMP_SUM = Setting(2025)
OLDER = Setting(2019, "headings", "NA")


def asked(table: str, kind: str, mode: str | None = None, project: Setting = LUMP_SUM) -> list[str]:
    return [ask.sort for ask in proof_sorts.asked(LIST, Subject(table, kind, mode), project)]


def held(subject: Subject, project: Setting = LUMP_SUM) -> dict[str, Held]:
    return {it.ask.sort: it.held for it in proof_sorts.standings(LIST, subject, project)}


def test_every_kind_of_meeting_and_activity_is_asked_something() -> None:
    assert all(asked("meeting", kind) for kind in MeetingKind)
    assert asked("work_unit", WorkUnitKind.WORK_PACKAGE)
    assert asked("work_unit", WorkUnitKind.ACTIVITY)
    assert asked("deliverable", "")
    assert asked("task", "") == []


def test_each_reason_names_a_source_and_what_nobody_read_is_not_confirmed() -> None:
    sources = datafiles.read_toml("sources.toml")
    for each in LIST.sets:
        for ask in each.asks:
            assert ask.source in sources, (each.id, ask.sort)
            assert ask.confirmed <= sources[ask.source]["confirmed"], (each.id, ask.sort)
            assert not sources[ask.source]["official"] or ask.place or ask.source != "guide-2025"


def test_nobody_signs_online() -> None:
    assert "attendance_list" in asked("meeting", "tpm", "in_person")
    assert "attendance_list" not in asked("meeting", "tpm", "online")
    assert "attendance_list" not in asked("meeting", "online")
    assert {"attendance_list", "participant_list"} <= {*asked("meeting", "tpm", "hybrid")}
    shown = Subject("meeting", "online", None, over=True, filed=[Filed(1, "screenshot")])
    assert held(shown)["participant_list"] is Held.THERE


def test_time_sheets_and_tickets_are_asked_in_older_actions_only() -> None:
    assert asked("cost", "staff") == []
    assert "time_sheet" in asked("cost", "staff", project=OLDER)
    assert "time_sheet" in asked("cost", "staff", project=Setting(2021, "headings"))
    assert asked("journey", "") == []
    assert asked("journey", "green") == ["declaration"]
    assert "ticket" in asked("journey", "", project=OLDER)


def test_photos_are_asked_with_consent() -> None:
    asks = proof_sorts.asked(LIST, Subject("meeting", "tpm"), LUMP_SUM)
    (photos,) = [ask for ask in asks if ask.sort == "photos"]
    assert "consent" in photos.why


def test_what_is_not_over_is_to_come_and_not_counted() -> None:
    coming = Subject("meeting", "other")
    assert held(coming) == {"minutes": Held.TO_COME}
    found = proof_sorts.standings(LIST, coming, LUMP_SUM)
    assert proof_sorts.count(found) == proof_sorts.Count(0, 0)
    over = Subject("meeting", "other", over=True)
    assert proof_sorts.count(proof_sorts.standings(LIST, over, LUMP_SUM)).missing == 1


def test_what_was_waived_keeps_its_reason_and_what_is_there_counts_all_the_same() -> None:
    waived = Subject("meeting", "tpm", over=True, waived={"photos": "nobody agreed"})
    (photos,) = [
        it for it in proof_sorts.standings(LIST, waived, LUMP_SUM) if it.ask.sort == "photos"
    ]
    assert (photos.held, photos.reason) == (Held.NOT_NEEDED, "nobody agreed")
    filed = Subject(
        *("meeting", "tpm", None, True, {"photos": "nobody agreed"}), filed=[Filed(7, "photos")]
    )
    assert held(filed)["photos"] is Held.THERE


def test_a_file_that_is_gone_proves_nothing() -> None:
    filed = [Filed(3, "minutes", ProofState.MISSING)]
    (found,) = proof_sorts.standings(
        LIST, Subject("meeting", "other", over=True, filed=filed), LUMP_SUM
    )
    assert (found.held, found.proofs) == (Held.MISSING, (3,))
    changed = [Filed(3, None, ProofState.CHANGED)]
    assert held(Subject("meeting", "other", over=True, filed=changed))["minutes"] is Held.THERE


def test_counts_add_up_and_say_themselves() -> None:
    both = proof_sorts.Count(2, 5) + proof_sorts.Count(1, 1)
    assert (both.said, both.missing, proof_sorts.Count().said) == ("3 of 6", 3, "")


def test_a_sort_is_found_by_what_people_call_it() -> None:
    assert LIST.named("Attendance-List") == "attendance_list"
    assert LIST.named("attend") == "attendance_list"
    assert LIST.named("Minutes") == "minutes"
    with pytest.raises(Refused, match="There is no sort of proof selfie"):
        LIST.named("selfie")
    assert LIST.title("of_my_own") == "of my own"


BEGIN = """[[sort]]
id = "minutes"
title = "minutes"

[[set]]
id = "any"
title = "Meeting"
about = "meeting"

[[set.ask]]
sort = "minutes"
why = "So."
source = "practice"
confirmed = true
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('about = "meeting"', 'about = "cow"', 8, "about is one of"),
        ('sort = "minutes"', 'sort = "selfie"', 11, "no sort 'selfie'"),
        ("confirmed = true", 'confirmed = "yes"', 14, "confirmed is true or false"),
        ("confirmed = true", 'confirmed = true\nmodes = ["by fax"]', 15, "modes are some of"),
        ("confirmed = true", "confirmed = true\nprojects = [{ call = 1 }]", 15, "know no call"),
        ("confirmed = true", 'confirmed = true\nor = ["x"]', 15, "no sort 'x'"),
        ('why = "So."\n', "", 10, "why must be a text and is missing"),
        ('title = "minutes"', "title = 3", 3, "title must be a text"),
    ],
)
def test_a_broken_file_is_refused_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    own = tmp_path / "proofs.toml"
    own.write_text(BEGIN.replace(old, new, 1), "utf-8")
    with pytest.raises(Malformed) as fault:
        proof_sorts.load(tmp_path)
    assert f"{own}, line {line}" in str(fault.value)
    assert said in str(fault.value)
    known, told = proof_sorts.load_safely(tmp_path)
    assert known == LIST
    assert told == str(fault.value)


def test_a_file_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "proofs.toml").write_text(BEGIN, "utf-8")
    own: Any = proof_sorts.load(tmp_path)
    assert [sort.id for sort in own.sorts] == ["minutes"]
    assert proof_sorts.load_safely(tmp_path) == (own, "")
    (tmp_path / "proofs.toml").write_text("[[sort", "utf-8")
    with pytest.raises(datafiles.DataFault, match="no TOML"):
        proof_sorts.load(tmp_path)
