"""Opening proof: one argument to the system's opener, never a shell, never a program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ka2tui.domain.refusal import Refused
from ka2tui.tui import opener

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the opener here is a script")


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """A folder with an opener that writes down what it was asked."""
    tools = tmp_path / "bin"
    tools.mkdir()
    tool = tools / "xdg-open"
    tool.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$@" > {tmp_path}/asked\nexit ${{CODE:-0}}\n')
    tool.chmod(0o755)
    return tmp_path


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{folder / 'bin'}:/usr/bin:/bin", "DISPLAY": ":0", **more}


def asked(folder: Path) -> str:
    return (folder / "asked").read_text()


def test_a_link_is_one_argument_whatever_is_in_it(opened: Path) -> None:
    link = "https://x.eu/$(touch${IFS}oops);`id`&a=*#'\""
    assert opener.open_link(link, environment(opened)) == f"Opened {link}"
    assert asked(opened) == f"1|{link}|"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "--help", "file:///etc/passwd", "x"])
def test_what_is_no_link_is_not_handed_over(opened: Path, link: str) -> None:
    with pytest.raises(Refused):
        opener.open_link(link, environment(opened))
    assert not (opened / "asked").exists()


def test_a_file_is_found_in_the_folder_of_the_project_first(opened: Path) -> None:
    (opened / "SOLARIS").mkdir()
    for folder in (opened, opened / "SOLARIS"):
        (folder / "-a b.pdf").touch()
    folders = opener.folders(str(opened / "x.db"), "SOLARIS")
    opener.open_file("-a b.pdf", folders, environment(opened))
    assert asked(opened) == f"1|{opened / 'SOLARIS' / '-a b.pdf'}|"


@pytest.mark.parametrize("name", ["run.sh", "run.desktop", "run", "run.exe", "run.PY"])
def test_a_program_is_shown_and_never_started(opened: Path, name: str) -> None:
    (opened / name).touch()
    said = opener.open_file(name, (opened,), environment(opened))
    assert "could be a program" in said
    assert asked(opened) == f"1|{opened}|"


def test_what_is_not_there_is_said_with_its_whole_path(opened: Path) -> None:
    with pytest.raises(Refused, match=str(opened / "gone.pdf")):
        opener.open_file("gone.pdf", (opened,), environment(opened))
    with pytest.raises(Refused, match="another computer"):
        opener.open_file("//server/share/a.pdf", (opened,), environment(opened))


def test_no_opener_and_no_window_are_said_with_the_place(opened: Path) -> None:
    for lacking in ({"DISPLAY": ""}, {"PATH": str(opened)}):
        with pytest.raises(Refused, match=r"no program here .* https://x\.eu/a"):
            opener.open_link("https://x.eu/a", environment(opened) | lacking)


def test_an_opener_that_fails_is_said(opened: Path) -> None:
    with pytest.raises(Refused, match="xdg-open could not open https"):
        opener.open_link("https://x.eu", environment(opened, CODE="4"))


def test_the_folder_of_a_project_cannot_lead_elsewhere() -> None:
    assert opener.folders("/a/x.db", "../../etc") == (Path("/a"),)
    assert opener.folders("/a/x.db", "..") == (Path("/a"),)
    assert opener.folders("/a/x.db", "SOLARIS") == (Path("/a/SOLARIS"), Path("/a"))
    assert opener.folders("postgresql://h/d", "SOLARIS") == (Path.cwd(),)
