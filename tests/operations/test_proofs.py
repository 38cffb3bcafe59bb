"""Proof is kept, attached, checked and done without, each as one step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import MeetingKind, ProofKind, ProofState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import meetings, partners, projects, proofs, tasks
from ka2tui.queries import proofs as asked

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
FILE = {"path": "KOM/list [red].pdf", "sha256": "ab" * 32, "size_bytes": 12}


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


@pytest.fixture
def meeting(portfolio: Portfolio, project: int) -> tuple[str, int]:
    kind = MeetingKind.KICK_OFF
    made = portfolio.do(meetings.add, project, "Kick-off", code="KOM", kind=kind)
    return "meeting", made.value


def add(portfolio: Portfolio, project: int, title: str = "List", **more: Any) -> int:
    values = more.pop("values", FILE)
    return portfolio.do(proofs.add, project, ProofKind.FILE, title, values=values, **more).value


def one(portfolio: Portfolio, proof: int) -> asked.ProofRow:
    return portfolio.ask(asked.one, proof, today=DAY).row


def test_a_file_is_added_and_attached_in_one_step(
    portfolio: Portfolio, project: int, meeting: tuple[str, int]
) -> None:
    done = portfolio.do(
        *(proofs.add, project, ProofKind.FILE, "List of [red]"),
        about=[meeting],
        values={**FILE, "sort": "attendance_list", "day": DAY},
    )
    assert done.label == "Add proof List of [red] of KOM"
    row = one(portfolio, done.value)
    assert (row.path, row.state, row.named) == (FILE["path"], ProofState.THERE, "KOM")
    portfolio.undo()
    assert portfolio.ask(asked.listed, project, today=DAY) == ()


def test_a_file_that_is_filed_already_is_only_attached(
    portfolio: Portfolio, project: int, meeting: tuple[str, int]
) -> None:
    first = add(portfolio, project)
    with pytest.raises(Refused, match="List is filed already"):
        add(portfolio, project, "Again")
    assert add(portfolio, project, "Again", about=[meeting]) == first
    with pytest.raises(Refused, match="filed already, and attached so"):
        add(portfolio, project, "Again", about=[meeting])
    copy = add(portfolio, project, "Copy", values={**FILE, "path": "copy.pdf"})
    assert copy != first
    assert portfolio.ask(asked.same_content, project, "ab" * 32) == "List"


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        (ProofKind.FILE, {}, "which file"),
        (ProofKind.FILE, {"path": "../../etc/passwd"}, "leads out"),
        (ProofKind.FILE, {"path": "/etc/passwd"}, "does not begin in the proof folder"),
        (ProofKind.FILE, {"path": "C:\\x"}, "does not begin in the proof folder"),
        (ProofKind.FILE, {"path": "a\x1b[2J"}, "rename the file"),
        (ProofKind.LINK, {"url": "javascript:alert(1)"}, "no link"),
        (ProofKind.LINK, {}, "which link"),
        (ProofKind.PAPER, {}, "who has the paper"),
        (ProofKind.PAPER, {"place": "Binder 4", "sort": "a b;c"}, "no sort of proof"),
        (ProofKind.PAPER, {"holder_id": 99}, "no partner 99"),
    ],
)
def test_what_says_not_where_it_is_is_refused(
    portfolio: Portfolio, project: int, kind: ProofKind, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        portfolio.do(proofs.add, project, kind, "Something", values=values)
    assert portfolio.ask(asked.listed, project, today=DAY) == ()


def test_one_proof_of_several_records_and_off_again(
    portfolio: Portfolio, project: int, meeting: tuple[str, int]
) -> None:
    proof = add(portfolio, project)
    task = ("task", portfolio.do(tasks.add, project, "File it").value)
    done = portfolio.do(proofs.attach, [proof], [meeting, task])
    assert (done.value, done.label) == (2, "Attach List to 2 records")
    with pytest.raises(Refused, match="attached already"):
        portfolio.do(proofs.attach, [proof], [meeting])
    assert portfolio.do(proofs.detach, [proof], [task]).label == "Detach List from File it"
    assert one(portfolio, proof).named == "KOM"
    with pytest.raises(Refused, match="not attached"):
        portfolio.do(proofs.detach, [proof], [task])
    with pytest.raises(Refused, match="cannot be attached to a tag"):
        portfolio.do(proofs.attach, [proof], [("tag", 1)])


def test_a_record_that_comes_back_has_its_proof_again(
    portfolio: Portfolio, project: int, meeting: tuple[str, int]
) -> None:
    proof = add(portfolio, project, about=[meeting])
    portfolio.do(meetings.remove, [meeting[1]])
    gone = portfolio.ask(asked.one, proof, today=DAY)
    assert (gone.row.about, gone.gone) == ((), 1)
    portfolio.undo()
    assert one(portfolio, proof).named == "KOM"


def test_nothing_of_another_project_is_attached(portfolio: Portfolio, project: int) -> None:
    other = portfolio.do(projects.add, "LUNAR", today=DAY).value
    task = portfolio.do(tasks.add, other, "Theirs").value
    with pytest.raises(Refused, match="its own project"):
        add(portfolio, project, about=[("task", task)])
    partner = portfolio.do(partners.add, other, "Theirs").value
    with pytest.raises(Refused, match="another project"):
        portfolio.do(proofs.add, project, ProofKind.PAPER, "List", values={"holder_id": partner})


def test_editing_keeps_what_somebody_else_changed(portfolio: Portfolio, project: int) -> None:
    proof = add(portfolio, project)
    portfolio.do(proofs.edit, proof, {"title": "Theirs"})
    held = portfolio.do(proofs.edit, proof, {"title": "Mine", "place": "X"}, {"title": "List"})
    assert [conflict.field for conflict in held.value] == ["title"]
    row = one(portfolio, proof)
    assert (row.title, row.place) == ("Theirs", "X")
    portfolio.do(proofs.edit, proof, {"path": "b.pdf"})
    assert one(portfolio, proof).state is ProofState.UNCHECKED
    second = add(portfolio, project, "Second")
    with pytest.raises(Refused, match="filed there already"):
        portfolio.do(proofs.edit, second, {"path": "b.pdf"})
    with pytest.raises(Refused, match="has a title"):
        portfolio.do(proofs.edit, proof, {"title": " "})


def test_a_check_is_noted_once_and_says_what_it_found(portfolio: Portfolio, project: int) -> None:
    ids = [add(portfolio, project, values={**FILE, "path": f"{n}.pdf"}) for n in range(3)]
    states = dict(zip(ids, (ProofState.THERE, ProofState.CHANGED, ProofState.MISSING), strict=True))
    done = portfolio.do(proofs.note, {**states, 99: ProofState.THERE}, today=DAY)
    assert (done.value, done.label) == (2, "Check proof: 1 there, 1 changed, 1 missing")
    assert one(portfolio, ids[1]).checked_on == DAY
    clock = portfolio.clock()
    portfolio.do(proofs.note, states, today=DAY)
    assert portfolio.clock() == clock


def test_where_files_lie_now_is_taken_over_as_one_step(portfolio: Portfolio, project: int) -> None:
    ids = [add(portfolio, project, values={**FILE, "path": f"{n}.pdf"}) for n in range(2)]
    portfolio.do(proofs.note, dict.fromkeys(ids, ProofState.MISSING), today=DAY)
    done = portfolio.do(proofs.move, {key: f"new/{key}.pdf" for key in ids})
    assert done.label == "Take over where 2 proofs lie now"
    assert [one(portfolio, key).path for key in ids] == [f"new/{key}.pdf" for key in ids]
    portfolio.undo()
    assert [one(portfolio, key).state for key in ids] == [ProofState.MISSING] * 2
    with pytest.raises(Refused, match="leads out"):
        portfolio.do(proofs.move, {ids[0]: "../x"})


def test_a_file_changed_on_purpose_is_the_proof_from_now_on(
    portfolio: Portfolio, project: int
) -> None:
    proof = add(portfolio, project)
    portfolio.do(proofs.note, {proof: ProofState.CHANGED}, today=DAY)
    portfolio.do(proofs.renew, {proof: ("cd" * 32, 13)}, today=DAY)
    assert one(portfolio, proof).state is ProofState.THERE
    (file,) = portfolio.ask(asked.files, project)
    assert (file.sha256, file.size_bytes) == ("cd" * 32, 13)


def test_what_is_not_needed_keeps_its_reason(
    portfolio: Portfolio, project: int, meeting: tuple[str, int]
) -> None:
    with pytest.raises(Refused, match="Say why"):
        portfolio.do(proofs.waive, [meeting], "photos", "  ")
    done = portfolio.do(proofs.waive, [meeting], "photos", "Nobody agreed to be on one")
    assert done.label == "KOM: photos not needed, Nobody agreed to be on one"
    portfolio.do(proofs.waive, [meeting], "photos", "Another reason")
    assert portfolio.do(proofs.unwaive, [meeting], "photos").label == "Ask for photos of KOM again"
    with pytest.raises(Refused, match="Nobody said"):
        portfolio.do(proofs.unwaive, [meeting], "photos")


def test_removing_takes_several_in_one_step(
    portfolio: Portfolio, project: int, meeting: tuple[str, int]
) -> None:
    ids = [
        add(portfolio, project, values={**FILE, "path": f"{n}.pdf"}, about=[meeting])
        for n in range(2)
    ]
    done = portfolio.do(proofs.remove, ids)
    assert done.label == "Remove 2 proofs from the list; the files stay"
    portfolio.undo()
    assert [row.named for row in portfolio.ask(asked.listed, project, today=DAY)] == ["KOM"] * 2
