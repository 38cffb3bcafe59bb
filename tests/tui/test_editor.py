"""A text handed to one's own editor and taken back."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from ka2tui.domain.refusal import Refused
from ka2tui.tui import editor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of a shell")


def script(folder: Path, body: str) -> list[str]:
    """Make an editor that does something with the file it is given."""
    file = folder / "my editor"
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o755)
    return [str(file), "--wait"]


def test_visual_goes_before_editor_and_may_have_options(tmp_path: Path) -> None:
    name = script(tmp_path, "")[0]
    environment = {"VISUAL": f"'{name}' --wait", "EDITOR": "no-such-editor"}
    assert editor.command(environment) == [name, "--wait"]


def test_without_an_editor_that_is_said() -> None:
    with pytest.raises(editor.NoEditor):
        editor.command({"EDITOR": " "})
    with pytest.raises(Refused, match="no-such-editor cannot be found"):
        editor.command({"EDITOR": "no-such-editor", "PATH": "/nowhere"})
    with pytest.raises(Refused, match="cannot be read"):
        editor.command({"EDITOR": "vi 'unclosed"})


def test_only_its_user_can_read_the_file_and_nothing_of_it_stays(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    body = f'echo "$2" > {seen}; stat -c %a "$2" >> {seen}; cp "$2" "$2~"; echo more >> "$2"'
    assert editor.edit("Łódź [red]", "notes.md", script(tmp_path, body)) == "Łódź [red]\nmore"
    place, mode = seen.read_text(encoding="utf-8").split()
    assert int(mode, 8) == stat.S_IRUSR | stat.S_IWUSR
    assert not Path(place).parent.exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("exit 1", "ended with an error"),
        ('rm "$2"', "gone"),
        ("printf '\\377' > \"$2\"", "not UTF-8"),
    ],
)
def test_what_goes_wrong_is_said(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        editor.edit("text", "notes.md", script(tmp_path, body))
