"""Opening a link or a file with the program that the system has for it.

What is opened was written by somebody: it is handed over as one argument, never through a shell,
and a file that could be a program is shown in its folder instead of being started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ka2tui.domain import proof
from ka2tui.domain.refusal import Refused
from ka2tui.settings import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 2.0
"""Seconds in which an opener says that it cannot."""

_READ = frozenset(
    (
        *("pdf", "txt", "md", "csv", "tsv", "rtf", "doc", "docx", "odt", "ott", "xls", "xlsx"),
        *("ods", "ppt", "pptx", "odp", "pages", "numbers", "key", "epub", "tex", "htm", "html"),
        *("xml", "json", "toml", "yaml", "yml", "eml", "msg", "ics", "vcf", "zip"),
        *("png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "svg", "heic"),
        *("mp3", "wav", "ogg", "m4a", "mp4", "mov", "avi", "mkv", "webm"),
    )
)
"""Endings of files that are read, looked at or listened to; all others could be programs."""


class NoOpener(Refused):
    """There is no program here that opens links and files."""


def command(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str]:
    """Give the system's own opener, to which the place is added.

    Raises:
        NoOpener: There is none, or no window to open it in.
    """
    path = environment.get("PATH")
    if platform == "win32":
        return ["explorer.exe"]
    if platform == "darwin":
        return ["open"]
    tools = ["wslview"] if "WSL_DISTRO_NAME" in environment else []
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        tools += ["xdg-open", "gio"]
    found = next((tool for tool in tools if shutil.which(tool, path=path)), None)
    if found is None:
        raise NoOpener
    return [found, "open"] if found == "gio" else [found]


def open_link(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """Open a page of the web; say what was opened.

    Raises:
        Refused: It cannot be opened; the sentence holds the address.
    """
    if not isinstance(proof.read_place(address), proof.Link):
        raise Refused(f"This is no link to the web: {address}")
    _run(address, environment)
    return f"Opened {address}"


def open_file(
    path: str, folders: tuple[Path, ...], environment: Mapping[str, str] = os.environ
) -> str:
    """Open a file or folder; say what was opened.

    Args:
        path: As it was written.
        folders: Where a path that is not whole may begin.
        environment: Of the process.

    Raises:
        Refused: It is not there or cannot be opened; the sentence holds the whole path.
    """
    file = proof.whole(path, folders)
    try:
        there, runs = file.exists(), file.is_file() and not _is_read(file)
    except OSError:
        there = runs = False
    if not there:
        raise Refused(f"There is no file {file}")
    _run(str(file.parent if runs else file), environment, told=str(file))
    if runs:
        return f"{file.name} could be a program: opened the folder it is in, {file.parent}"
    return f"Opened {file}"


def _is_read(file: Path) -> bool:
    return file.suffix[1:].casefold() in _READ


def _run(place: str, environment: Mapping[str, str], *, told: str = "") -> None:
    """Hand a place to the opener, and wait a moment in case it cannot.

    Args:
        place: What is opened.
        environment: Of the process.
        told: What is named instead where it cannot be opened.
    """
    try:
        tool = command(environment)
    except NoOpener as none:
        raise Refused(f"{none} The proof is at {told or place}") from None
    try:
        started = subprocess.Popen(  # noqa: S603 - the system's opener; the place is one argument
            [*tool, place],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(environment),
        )
    except OSError as error:
        raise Refused(f"{tool[0]} cannot be started ({error.strerror}): {place}") from None
    try:
        code = started.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return
    # the explorer of Windows answers 1 also where it did what it was asked
    if code and tool[0] != "explorer.exe":
        raise Refused(f"{tool[0]} could not open {place}")


def folders(place: str, acronym: str | None) -> tuple[Path, ...]:
    """Give the folders in which paths begin: the project's own beside the database, then that.

    Args:
        place: Path or address of the database.
        acronym: Of the project; a folder of this name beside the database is its own.
    """
    if "://" in place:
        return (Path.cwd(),)
    beside = path_of(place).absolute().parent
    if acronym and Path(acronym).name == acronym and acronym not in (".", ".."):
        return beside / acronym, beside
    return (beside,)
