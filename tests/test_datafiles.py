"""Data files: found in their places, the user's before ours, faults named with file and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui import datafiles
from ka2tui.datafiles import DataFault

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "ours"
    (place / "checklists").mkdir(parents=True)
    monkeypatch.setattr(datafiles, "folder", lambda: place)
    return place


@pytest.fixture
def own(tmp_path: Path) -> Path:
    place = tmp_path / "own"
    (place / "checklists").mkdir(parents=True)
    return place


def test_the_data_of_the_app_are_there() -> None:
    assert "countries.csv" in datafiles.names("")
    assert datafiles.read_rows("countries.csv")[0]["name"] == "Austria"


def test_a_file_of_the_user_wins_over_ours_and_the_others_stay(ours: Path, own: Path) -> None:
    (ours / "checklists/a.toml").write_text("title = 'ours'")
    (ours / "checklists/b.toml").write_text("title = 'ours'")
    (own / "checklists/b.toml").write_text("title = 'mine'")
    (own / "checklists/c.toml").write_text("title = 'mine'")
    names = datafiles.names("checklists", ".toml", own)
    assert names == ["checklists/a.toml", "checklists/b.toml", "checklists/c.toml"]
    titles = [datafiles.read_toml(name, own)["title"] for name in names]
    assert titles == ["ours", "mine", "mine"]


def test_hidden_files_and_other_kinds_are_not_listed(ours: Path) -> None:
    for name in (".a.toml", "b.txt", "c.toml"):
        (ours / "checklists" / name).write_text("")
    assert datafiles.names("checklists", ".toml") == ["checklists/c.toml"]


def test_a_missing_file_is_named_with_the_places_looked_in(ours: Path, own: Path) -> None:
    with pytest.raises(DataFault) as fault:
        datafiles.read_text("themes/none.toml", own)
    assert "themes/none.toml" in str(fault.value)
    assert str(ours) in str(fault.value)
    assert str(own) in str(fault.value)


def test_malformed_toml_is_told_with_file_line_and_column(own: Path, ours: Path) -> None:
    (own / "rules.toml").write_text("a = 1\nb = = 2\n")
    with pytest.raises(DataFault, match=r"own.rules\.toml: .*line 2, column 5"):
        datafiles.read_toml("rules.toml", own)


def test_toml_nested_without_end_is_told(own: Path, ours: Path) -> None:
    (own / "rules.toml").write_text(f"a = {'[' * 20_000}")
    with pytest.raises(DataFault, match="rules"):
        datafiles.read_toml("rules.toml", own)


def test_text_that_is_not_utf8_is_told_with_its_byte(ours: Path) -> None:
    (ours / "a.csv").write_bytes(b"name\n\xa3odz\n")
    with pytest.raises(DataFault, match="byte 6 is not UTF-8"):
        datafiles.read_rows("a.csv")


def test_a_byte_order_mark_is_not_part_of_the_first_heading(ours: Path) -> None:
    (ours / "a.csv").write_bytes(b"\xef\xbb\xbfname\nLodz\n")
    assert datafiles.read_rows("a.csv") == [{"name": "Lodz"}]


@pytest.mark.parametrize("row", ["a", "a,b,c", 'a,"b'])
def test_a_row_of_the_wrong_length_is_told(ours: Path, row: str) -> None:
    (ours / "a.csv").write_text(f"x,y\n{row}\n")
    with pytest.raises(DataFault, match=r"a\.csv: (row|line) 2"):
        datafiles.read_rows("a.csv")


@pytest.mark.parametrize("name", ["../secret.toml", "/etc/passwd", "a\\b", "c:secret", "a\0b"])
def test_a_name_cannot_lead_out_of_the_folder(ours: Path, name: str) -> None:
    (ours.parent / "secret.toml").write_text("a = 1")
    with pytest.raises(DataFault, match="does not name a file"):
        datafiles.read_text(name)
