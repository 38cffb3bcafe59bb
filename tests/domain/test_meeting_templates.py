"""Templates of meetings: ours, the user's own, and what is said of one that is broken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain import meeting_templates as templates
from ka2tui.domain.kinds import MeetingKind
from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
[meeting]
id = "visit"
title = "Visit of a school"
kind = "other"

[[point]]
title = "Tour"
minutes = 30

[[task]]
title = "Announce {meeting}"
days_before = 5
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "meetings").mkdir()
    return tmp_path


def write(own: Path, text: str, name: str = "visit") -> None:
    (own / "meetings" / f"{name}.toml").write_text(text, encoding="utf-8")


def test_there_is_one_for_each_usual_kind_of_meeting() -> None:
    found = templates.found().entries
    assert [one.id for one in found] == [
        *("kick_off", "transnational", "online", "learning_activity", "multiplier_event")
    ]
    for one in found:
        assert one.kind not in (MeetingKind.OTHER, MeetingKind.MONITORING)
        assert one.minutes == one.length, one.id
        assert any(job.before for job in one.jobs), one.id
        assert any(not job.before for job in one.jobs), one.id
        assert all(templates.MEETING in job.title for job in one.jobs), one.id


def test_good_practice_is_called_so_and_counted_from_first_and_last_day() -> None:
    one = templates.find("transnational")
    agenda = next(job for job in one.jobs if job.title.startswith("Send the agenda"))
    minutes = next(job for job in one.jobs if job.title.startswith("Send the minutes"))
    first, last = date(2026, 12, 3), date(2026, 12, 4)
    assert agenda.due(first, last) == date(2026, 11, 3)
    assert minutes.due(first, last) == date(2026, 12, 14)
    assert (agenda.when, minutes.when) == ("30 d before", "10 d after")
    assert "Good practice" in (agenda.notes or "")
    assert minutes.called("TPM3") == "Send the minutes of TPM3"


@pytest.mark.parametrize(
    "said", ["kick_off", "kick-off", "Kick-off", "online.toml", "online meeting"]
)
def test_a_template_is_found_by_id_title_and_kind(said: str) -> None:
    assert templates.find(said)


def test_own_ones_stand_beside_ours_or_in_their_place(own: Path) -> None:
    write(own, OWN)
    write(own, OWN.replace('"visit"', '"online"').replace("Visit of a school", "Ours"), "online")
    found = {one.id: one for one in templates.found(own).entries}
    assert found["visit"].points[0].title == "Tour"
    assert found["online"].title == "Ours"
    assert len(found) == 6


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('kind = "other"', 'kind = "party"', 4, "kind is one of"),
        ('title = "Visit of a school"', 'titel = "Visit"', 3, "no key 'titel'"),
        ("minutes = 30", 'minutes = "long"', 8, "minutes is a whole number"),
        ("minutes = 30", "minutes = 30\nwhere = 3", 9, "no key 'where'"),
        ("days_before = 5", "", 10, "either days_before or days_after"),
        ("days_before = 5", 'days_before = 5\nwho = "Ana"', 13, "who is 'coordinator'"),
        ('title = "Tour"', "title = 5", 7, "title must be a text"),
    ],
)
def test_a_broken_file_is_named_with_line_and_key(
    own: Path, old: str, new: str, line: int, said: str
) -> None:
    write(own, OWN.replace(old, new))
    found = templates.found(own)
    assert len(found.entries) == 5  # ours go on working
    (broken,) = found.broken
    assert f"visit.toml, line {line}" in broken.why
    assert said in broken.why
    with pytest.raises(Refused, match=r"visit\.toml, line"):
        templates.find("visit", own)


def test_what_is_no_toml_or_taken_is_told_too(own: Path) -> None:
    write(own, "[meeting\n")
    write(own, OWN.replace('"visit"', '"online"'), "other")
    said = {fault.name: fault.why for fault in templates.found(own).broken}
    assert "is no TOML" in said["visit"]
    assert "line 1" in said["visit"]
    assert "line 2: id online is that of online.toml already" in said["other"]


def test_an_unknown_one_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match=r"There is no meeting template .party.; there are kick_off"):
        templates.find("party")
