"""Handing a text to the editor of one's own, and taking it back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

HOW = "Set VISUAL to your editor to write notes in it: export VISUAL=nano"
"""Told where no editor is named."""


class NoEditor(Refused):
    """No editor is named in VISUAL or EDITOR."""


def command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Give the command of the editor that VISUAL names, else EDITOR.

    Raises:
        NoEditor: Neither does.
        Refused: What it names cannot be found.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(named, posix=os.name != "nt")
    except ValueError:
        raise Refused(f"VISUAL or EDITOR cannot be read: {named}") from None
    if not words:
        raise NoEditor
    if shutil.which(words[0], path=environment.get("PATH")) is None:
        raise Refused(f"The editor {words[0]} cannot be found. {HOW}")
    return words


def edit(text: str, name: str, editor: list[str]) -> str:
    """Let a text be edited, and wait until that is done.

    The file lies in a folder that only this user can read; both are gone afterwards, with all
    that the editor has left beside it.

    Args:
        text: As it stands.
        name: Of the file; the editor shows it.
        editor: The command, to which the file is added.

    Returns:
        The text as it was left, without the line end that editors add.

    Raises:
        Refused: The editor failed, or what it left cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="ka2tui-") as folder:
        file = Path(folder) / name
        private = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(private, "w", encoding="utf-8") as out:
            out.write(f"{text}\n" if text else "")
        try:
            # what is run is the user's own editor, named by them
            left = subprocess.run([*editor, str(file)], check=False).returncode  # noqa: S603
        except OSError as error:
            raise Refused(f"{editor[0]} cannot be started: {error.strerror}.") from error
        if left:
            raise Refused(f"{editor[0]} ended with an error; nothing was changed.")
        try:
            return file.read_text(encoding="utf-8-sig").removesuffix("\n")
        except FileNotFoundError:
            raise Refused("The text is gone from where it was edited; nothing changed.") from None
        except UnicodeDecodeError:
            raise Refused("What the editor left is not UTF-8 text; nothing was changed.") from None
        except OSError as error:
            raise Refused(f"What the editor left cannot be read: {error.strerror}.") from error
