"""A report becomes a file whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.cli.exchange import write_file
from ka2tui.domain.refusal import Refused
from ka2tui.reports import saving


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("SOLARIS", "SOLARIS-progress.md"),
        ("../../etc/passwd", "etc-passwd-progress.md"),
        ("C:\\temp", "C-temp-progress.md"),
        ("Łódź & Co.", "Łódź-Co.-progress.md"),
        ("", "progress.md"),
        ("x" * 300, "x" * 100 + ".md"),
        ("...", "progress.md"),
        ("a\x00b\n", "a-b-progress.md"),
    ],
)
def test_a_name_stays_in_its_folder(acronym: str, name: str) -> None:
    assert saving.file_name(acronym, "progress", ending="md") == name


@pytest.mark.parametrize("word", ["CON", "nul.txt", "lpt1", "", "..."])
def test_a_name_that_a_system_keeps_for_itself_is_made_another(word: str) -> None:
    name = saving.file_name(word, ending="html")
    assert name.startswith("report")
    assert name.endswith(".html")


@given(st.text(max_size=400))
def test_any_acronym_makes_a_name_without_a_folder(acronym: str) -> None:
    name = saving.file_name(acronym, ending="md")
    assert PurePosixPath(name).name == name == PureWindowsPath(name).name
    assert len(name) <= 110
    assert name.isprintable()


def test_an_existing_file_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text("mine")
    with pytest.raises(saving.Exists, match="already"):
        saving.save(file, "new")
    assert file.read_text() == "mine"
    assert saving.save(file, "new", replace=True) == file
    assert file.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["report.md"]


def test_a_new_file_is_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = saving.save(tmp_path / "report.md", "Łódź\n")
    assert file.read_bytes() == "Łódź\n".encode()
    assert [one.name for one in tmp_path.iterdir()] == ["report.md"]
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_came_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.md"
    file.write_text("theirs")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    with pytest.raises(saving.Exists):
        saving.save(file, "mine")
    assert file.read_text() == "theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_disk_without_second_names_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    saving.save(tmp_path / "report.md", "new")
    with pytest.raises(saving.Exists):
        saving.save(tmp_path / "report.md", "newer")
    assert (tmp_path / "report.md").read_text() == "new"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_device_or_a_pipe_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refused, match="device or a pipe"):
        saving.save(pipe, "text", replace=True)
    with pytest.raises(Refused, match="device or a pipe"):
        write_file(pipe, b"text", force=True)
    assert pipe.is_fifo()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no folder"):
        saving.save(tmp_path / "nowhere" / "report.md", "x")
    with pytest.raises(Refused, match="no folder"):
        saving.save(Path("~who-is-this/report.md"), "x")
    with pytest.raises(Refused, match="is a folder"):
        saving.save(tmp_path, "x")
    with pytest.raises(Refused, match="cannot be written"):
        saving.save(tmp_path / ("n" * 400), "x")
    with pytest.raises(Refused, match="cannot be written"):
        saving.save(tmp_path / "a\x00b", "x")
    assert list(tmp_path.iterdir()) == []
