"""The message to an organisation that may become a partner: complete, and nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.chase import Person
from ka2tui.domain.entries import Malformed
from ka2tui.domain.kinds import CandidateState
from ka2tui.queries.candidates import Asking, CandidateRow
from ka2tui.reports import chase, invitation

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
ROW = CandidateRow(
    id=4, name="Biblioteka Łódź", acronym="BIBLO", country="PL", city=None, sort=None, oid=None,
    pic=None, website=None, brings="young readers [red]every week[/red]", found_at="EPALE",
    person="Zofia Nowak", email="zofia@example.org", phone=None, state=CandidateState.TO_ASK,
    asked_on=None, answered_on=None, notes="too expensive?", partner_id=None, partner=None,
    said="to be asked", waits=None, adds=None,
)  # fmt: skip


def case(row: CandidateRow = ROW, **more: Any) -> Asking:
    given: dict[str, Any] = {
        "row": row,
        "project": "SOLARIS",
        "title": "Sun for all",
        "goal": "More young people read.\nAlso at home.",
        "summary": None,
        "priorities": ("Inclusion and diversity",),
        "action": "KA220-SCH",
        "field": None,
        "managed_by": "NA",
        "start": date(2027, 9, 1),
        "months": 24,
        "deadline": date(2027, 3, 5),
        "coordinator": "Universidad de Alicante",
        "sender": Person(1, "Ana Moreno", "Coordinator", "ana@ua.example.org"),
        "partners": ("KMOP (Greece)",),
    }
    return Asking(**(given | more))


def test_it_tells_the_project_and_asks_what_has_to_be_known() -> None:
    letter = invitation.write(case(), today=TODAY)
    assert letter.subject == "SOLARIS: would you like to join an Erasmus+ project?"
    assert letter.text.startswith("Dear Zofia Nowak,\n\n")
    for said in (
        "The project is called SOLARIS, Sun for all.",
        "It will be handed in as: Cooperation Partnership, school education (KA220-SCH).",
        "It would begin on 1 September 2027 and last 24 months.",
        "The application has to be in by Friday 5 March 2027.",
        "More young people read.\nAlso at home.",
        "The EU priority it answers:\n- Inclusion and diversity",
        "With us so far:\n- KMOP (Greece)\n\n",
        "Why we thought of you: young readers [red]every week[/red]",
        "Could you tell us by Wednesday 2 December 2026",
        "What is your OID, and in how many applications of this deadline does it stand",
        "Ana Moreno\nCoordinator\nUniversidad de Alicante\nana@ua.example.org\nSOLARIS: Sun",
    ):
        assert said in letter.text
    assert "expensive" not in letter.text
    assert "To: Zofia Nowak <zofia@example.org>" in chase.plain(letter)


def test_what_is_not_known_leaves_no_gap_behind() -> None:
    bare = replace(ROW, brings=None, person=None, email=None)
    letter = invitation.write(
        case(
            bare, title="", goal=None, priorities=(), action=None, managed_by=None, start=None,
            months=None, deadline=None, coordinator=None, sender=None, partners=(),
        ),
        today=TODAY,
    )  # fmt: skip
    assert letter.to is None
    assert letter.text.startswith("Dear colleagues at Biblioteka Łódź,")
    assert "None" not in letter.text
    assert "\n\n\n" not in letter.text
    assert letter.text.endswith("SOLARIS")
    assert "OID or PIC" in letter.text


def test_whoever_was_asked_before_is_reminded_of_it() -> None:
    before = replace(ROW, state=CandidateState.ASKED, asked_on=date(2026, 11, 1))
    letter = invitation.write(case(before), today=TODAY)
    assert "I wrote to you on 1 November 2026" in letter.text
    assert "have you had time" in letter.subject
    same_day = replace(before, asked_on=TODAY)
    assert "I wrote to you" not in invitation.write(case(same_day), today=TODAY).text


def test_an_answer_is_asked_for_before_the_deadline() -> None:
    letter = invitation.write(case(deadline=date(2026, 11, 26)), today=TODAY)
    assert "Could you tell us by Tuesday 24 November 2026" in letter.text


def test_eacea_asks_for_the_pic_once() -> None:
    letter = invitation.write(case(managed_by="EACEA"), today=TODAY)
    assert "- What is your PIC?" in letter.text
    known = replace(ROW, pic="999999999")
    assert "PIC" not in invitation.write(case(known, managed_by="EACEA"), today=TODAY).text


def test_own_words_win_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "messages"
    folder.mkdir()
    file = folder / "invitation.toml"
    file.write_text('[closing]\nwords = "Saludos"\n', "utf-8")
    assert "Saludos" in invitation.write(case(), today=TODAY, own=tmp_path).text
    other = tmp_path / "other"
    (other / "messages").mkdir(parents=True)
    (other / "messages" / "invitation.toml").write_text('[closing]\nwords = "{notes}"\n', "utf-8")
    with pytest.raises(Malformed, match="notes"):
        invitation.write(case(), today=TODAY, own=other)


def test_files_are_named_after_whom_they_are_for(tmp_path: Path) -> None:
    letters = [invitation.write(case(), today=TODAY), invitation.write(case(), today=TODAY)]
    names = [path.name for path in chase.paths(letters, tmp_path, "eml", what=invitation.WHAT)]
    assert names[0].startswith("invitation")
    assert len(set(names)) == 2
