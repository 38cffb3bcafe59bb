"""Identifiers: published numbers are known, dirty ones kept with a doubt, none changed."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.identifiers import Scheme, read_agreement, read_oid, read_pic
from ka2tui.domain.refusal import Misread

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = {
    "NA 2021-2027": Scheme.AGENCY_2021,
    "NA 2014-2020": Scheme.AGENCY_2014,
    "EACEA 2014-2020": Scheme.EACEA_2014,
    "EACEA 2021-2027": Scheme.EACEA_2021,
    "form ID": Scheme.FORM,
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_published_number_follows_its_grammar(shared: Path) -> None:
    rows = _rows(shared / "reference/project_identifiers.csv")
    valid = [row for row in rows if row["valid"] == "yes"]
    assert len(valid) == 55
    for row in valid:
        read = read_agreement(row["identifier"])
        assert read.number == row["identifier"]
        assert read.scheme is SCHEMES[row["scheme"]]
        foreign = "not KA2" in row["note"] or row["identifier"].startswith("KA1")
        assert (read.doubt is not None) == foreign, row


def test_every_dirty_number_is_doubted(shared: Path) -> None:
    rows = _rows(shared / "reference/project_identifiers.csv")
    dirty = [row for row in rows if row["scheme"] == "dirty"]
    assert len(dirty) == 9
    for row in dirty:
        assert read_agreement(row["identifier"]).doubt is not None, row


def test_every_published_organisation_number_is_known(shared: Path) -> None:
    for row in _rows(shared / "reference/oid_pic.csv"):
        read = read_oid(row["value"]) if row["kind"] == "OID" else read_pic(row["value"])
        assert (read.number, read.doubt) == (row["value"], None)


def test_a_number_is_taken_apart() -> None:
    read = read_agreement(" 2024-1-el01-KA210-ADU-000251741 ")
    assert read.number == "2024-1-EL01-KA210-ADU-000251741"
    assert (read.action, read.field, read.call_year, read.country) == ("KA210", "ADU", 2024, "GR")
    read = read_agreement("2020-1-UK01-KA226-VET-094572")
    assert (read.action, read.field, read.call_year, read.country) == ("KA226", "VET", 2020, "GB")
    read = read_agreement("617980-EPP-1-2020-1-GE-EPPKA2-CBHE-SP")
    assert (read.action, read.call_year, read.country) == ("EPPKA2-CBHE-SP", 2020, "GE")
    read = read_agreement("101237817")
    assert (read.scheme, read.call_year, read.country) == (Scheme.EACEA_2021, None, None)


def test_typographic_hyphens_are_hyphens() -> None:
    read = read_agreement("2024‑1–TR01—KA220 - YOU-000245332")
    assert (read.number, read.doubt) == ("2024-1-TR01-KA220-YOU-000245332", None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Project No: : 2021-2-FR02-KA220-YOU-000048126", "2021-2-FR02-KA220-YOU-000048126"),
        ("Agreement number: 101237817", "101237817"),
        ("Project no. 2021-2-FR02-KA220-YOU-000048126", "2021-2-FR02-KA220-YOU-000048126"),
        (
            "573700-EPP-1-2016-1-PS-EPPKA2-CBHE-JP (2016-2540)",
            "573700-EPP-1-2016-1-PS-EPPKA2-CBHE-JP",
        ),
    ],
)
def test_what_stands_around_a_number_is_left_out_and_told(text: str, number: str) -> None:
    read = read_agreement(text)
    assert read.number == number
    assert read.scheme is not None
    assert read.doubt is not None
    assert "was read as" in read.doubt


@pytest.mark.parametrize(
    ("text", "fault", "suggestion"),
    [
        ("2019-1-LTO1-KA229-060456", "letter O", "2019-1-LT01-KA229-060456"),
        ("2016-1-FRO1-KA219-0244127", "7 digits, 6 expected", None),
        ("2023-1FR01-KA220-SCH-000151881", "hyphen", "2023-1-FR01-KA220-SCH-000151881"),
        ("2022-FR01-KA220-HED-000023509", "round of the year is missing", None),
        ("2023-1-TR01-KA220-ADU-00015421", "8 digits, 9 expected", None),
        ("2021-1-DE02-KA202-ADU-000026992", "KA202 does not belong to a call of 2021", None),
        ("2019-1-ES01-KA220-SCH-000254219", "KA220 does not belong to a call of 2019", None),
        ("2025-4-ES01-KA220-SCH-000254219", "rounds 1 to 3, not 4", None),
        ("our project", "not the form of a project number", None),
    ],
)
def test_a_dirty_number_is_kept_and_a_better_one_suggested(
    text: str, fault: str, suggestion: str | None
) -> None:
    read = read_agreement(text)
    assert read.number == text.upper()
    assert read.scheme is None
    assert read.doubt is not None
    assert fault in read.doubt
    assert read.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("598207-EPP-1-2018-1-CE-EPPKA2-CBHE-SP", "CE is not the code of a country"),
        ("2024-1-TR01-KA210-HED-000245332", "KA210 has no higher education"),
        ("2024-1-TR01-KA240-SCH-000245332", "KA240 began in 2026"),
        ("2026-1-TR01-KA240-VET-000245332", "KA240 exists for schools (SCH) only"),
        ("2019-1-ES01-KA220-060426", "KA220 does not belong to a call of 2019: it began in 2021"),
        ("2025-1-XX01-KA220-SCH-000245332", "XX is not the code of a country"),
        ("553065-EPP-1-2014-1-TR-EPPJMO-CHAIR", "not a KA2 action"),
    ],
)
def test_a_number_whose_parts_disagree_is_doubted(text: str, doubt: str) -> None:
    read = read_agreement(text)
    assert read.scheme is not None
    assert read.doubt is not None
    assert doubt in read.doubt


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("2025-1-GR01-KA220-SCH-000245332", "2025-1-EL01-KA220-SCH-000245332"),
        ("2020-1-GB01-KA226-VET-094572", "2020-1-UK01-KA226-VET-094572"),
        ("617980-EPP-1-2020-1-GR-EPPKA2-CBHE-SP", "617980-EPP-1-2020-1-EL-EPPKA2-CBHE-SP"),
        ("2025-1-GR01-KA210-HED-000245332", None),  # two things are wrong with it
    ],
)
def test_countries_are_written_as_the_programme_does(text: str, suggestion: str | None) -> None:
    read = read_agreement(text)
    assert (read.number, read.suggestion) == (text, suggestion)
    assert read.wrong is not None
    if suggestion is not None:
        assert read_agreement(suggestion).country == read.country
        assert read_agreement(suggestion).wrong is None


def test_a_label_and_another_action_are_doubts_and_nothing_wrong() -> None:
    for text in ("Project No: 2025-1-EL01-KA220-SCH-000245332", "KA152-YOU-691C4B41"):
        read = read_agreement(text)
        assert read.doubt is not None
        assert read.wrong is None


def test_organisation_numbers_may_carry_their_label_and_spaces() -> None:
    assert read_oid("OID: e10207981").number == "E10207981"
    assert read_pic("PIC 892 239 563").number == "892239563"
    assert read_oid("E11207981").doubt is not None
    assert read_oid("10207981").doubt is not None
    assert read_pic("89223956").doubt is not None


@pytest.mark.parametrize("reader", [read_agreement, read_oid, read_pic])
@pytest.mark.parametrize("text", ["", "n/a", "tbd"])
def test_no_number_is_refused(reader: object, text: str) -> None:
    assert callable(reader)
    with pytest.raises(Misread, match="There is no"):
        reader(text)


@given(st.text(max_size=40))
def test_any_text_is_kept_or_refused(text: str) -> None:
    try:
        read = read_agreement(text)
    except Misread:
        return
    assert read.scheme is not None or read.doubt is not None
