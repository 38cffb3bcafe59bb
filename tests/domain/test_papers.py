"""Which papers a partner owes, and how far they are."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui import datafiles
from ka2tui.domain import papers
from ka2tui.domain.entries import Malformed
from ka2tui.domain.kinds import AgreementState, PaperState, PartnerRole
from ka2tui.domain.papers import Entry, Holder, Setting, Truth

LIST = papers.load()
START = date(2026, 9, 1)
AGENCY = Setting("NA", 2026, date(2026, 3, 5), START, date(2026, 8, 1))


def asked(setting: Setting) -> set[str]:
    return {paper.id for paper in papers.asked_in(LIST, setting)}


def state(
    paper: str, holder: Holder, entry: Entry | None = None, setting: Setting = AGENCY
) -> PaperState | None:
    found = LIST.get(paper)
    assert found is not None
    standing = papers.standing(LIST, found, setting, holder, entry)
    return None if standing is None else standing.state


def partner(name: str = "Association", **more: object) -> Holder:
    return Holder(name, PartnerRole.BENEFICIARY, **more)  # type: ignore[arg-type]


def test_there_was_a_mandate_until_2020_and_an_accession_form_since() -> None:
    assert {"mandate"} == asked(Setting("NA", 2020)) & {"mandate", "accession"}
    assert {"accession"} == asked(Setting("NA", 2021)) & {"mandate", "accession"}
    assert {"accession"} == asked(Setting("EACEA")) & {"mandate", "accession"}


@pytest.mark.parametrize(
    ("manager", "year", "number"),
    [
        ("NA", 2025, "oid"),
        ("NA", 2019, "pic"),
        ("EACEA", 2025, "pic"),
        (None, 2025, "number"),
        ("the ministry", None, "number"),
    ],
)
def test_agencies_ask_for_the_oid_and_eacea_for_the_pic(
    manager: str | None, year: int | None, number: str
) -> None:
    assert asked(Setting(manager, year)) & {"oid", "pic", "number"} == {number}


def test_a_number_says_by_itself_whether_it_is_there() -> None:
    assert state("oid", partner()) is PaperState.NONE
    assert state("oid", partner(oid="E10207981")) is PaperState.CHECKED
    assert state("oid", partner(pic="123456789")) is PaperState.NONE
    assert state("number", partner(pic="123456789")) is PaperState.CHECKED
    assert state("oid", partner(oid="E99")) is PaperState.RECEIVED
    assert state("oid", partner(oid="E99"), Entry(PaperState.CHECKED)) is PaperState.CHECKED


def test_a_number_that_looks_wrong_is_still_missing() -> None:
    oid = LIST.get("oid")
    assert oid is not None
    standing = papers.standing(LIST, oid, AGENCY, partner(oid="12345"), None)
    assert standing is not None
    assert standing.missing
    assert "no OID" in standing.why


def test_the_agreement_is_the_one_of_the_partner_and_no_second_truth() -> None:
    noted = Entry(PaperState.CHECKED)
    for agreement, wanted in (
        (AgreementState.NONE, PaperState.NONE),
        (AgreementState.SENT, PaperState.ASKED),
        (AgreementState.SIGNED, PaperState.CHECKED),
    ):
        assert state("agreement", partner(agreement=agreement), noted) is wanted


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("Uniwersytet Łódzki", True),
        ("Πανεπιστήμιο Πατρών", True),
        ("Hochschule für Technik", True),
        ("Adult school of Kraków", False),
    ],
)
def test_a_charter_is_for_higher_education_only(name: str, *, needed: bool) -> None:
    assert (state("eche", partner(name)) is PaperState.NONE) is needed
    assert state("eche", partner(name), Entry(PaperState.ASKED)) is PaperState.ASKED


def test_an_associated_partner_owes_a_letter_and_no_bank_form() -> None:
    helper = Holder("Network", PartnerRole.ASSOCIATED)
    assert state("letter", helper) is PaperState.NONE
    assert state("bank", helper) is None
    assert state("bank", helper, Entry(PaperState.ASKED)) is PaperState.ASKED


def test_nobody_asks_for_papers_of_the_proposal_once_the_project_runs() -> None:
    running = Setting("NA", 2026, None, START, START)
    assert state("information", partner()) is PaperState.NONE
    assert state("information", partner(), setting=running) is PaperState.NOT_NEEDED
    assert state("information", partner(), Entry(PaperState.ASKED), running) is PaperState.ASKED


def test_missing_papers_are_counted_and_those_not_needed_left_out() -> None:
    found = [
        papers.standing(LIST, paper, AGENCY, partner(oid="E10207981"), None)
        for paper in papers.asked_in(LIST, AGENCY)
    ]
    missing, total = papers.missing(each for each in found if each is not None)
    assert (missing, total) == (5, 6)
    assert papers.say_missing(missing, total) == "5 of 6 missing"
    assert papers.say_missing(0, 6) == "all 6 there"
    assert papers.say_missing(0, 0) == "none needed"


def test_a_paper_is_late_after_its_day() -> None:
    accession = LIST.get("accession")
    assert accession is not None
    found = papers.standing(LIST, accession, AGENCY, partner(), None)
    assert found is not None
    assert found.due == date(2026, 8, 31)
    assert not found.late(date(2026, 8, 31))
    assert found.late(START)


def test_one_walks_through_the_states_and_comes_back() -> None:
    walked = [PaperState.NONE]
    for _ in PaperState:
        walked.append(papers.following(walked[-1]))
    assert walked[:-1] == list(PaperState)
    assert walked[-1] is PaperState.NONE
    step = papers.following(PaperState.ASKED, Truth.AGREEMENT)
    assert step is PaperState.CHECKED


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"roles": ["boss"]}, "roles are some of"),
        ({"state": "guess"}, "state is one of"),
        ({"projects": [{"managed_by": "me"}]}, "managed_by is NA"),
        ({"confirmed": "yes"}, "confirmed is true or false"),
        ({"due": {"from": "birth"}}, "from is one of"),
        ({"title": ""}, "title must be a text"),
    ],
)
def test_an_own_list_that_cannot_be_is_named(change: dict[str, object], said: str) -> None:
    good = datafiles.read_toml("papers.toml")["paper"][0]
    with pytest.raises(Malformed, match=said):
        papers.read_papers({"paper": [good | change]})
    with pytest.raises(Malformed, match="twice"):
        papers.read_papers({"paper": [good, good]})


def test_a_paper_is_found_by_what_it_is_called() -> None:
    for said in ("bank", "BANK", "Financial identification form (bank account)", "Access"):
        assert papers.named(LIST.papers, said) is not None
    assert papers.named(LIST.papers, "passport") is None
