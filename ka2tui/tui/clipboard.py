"""The clipboard of this computer: reached through the terminal, and through a tool beside it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

PATIENCE = 2.0
"""Seconds that a tool may take."""

CARRIED = 70_000
"""Letters that every terminal which takes them at all takes in one go."""

_DEAF = ("linux", "dumb", "vt100", "vt220")
"""Terminals that have no clipboard."""


async def put(app: App[None], text: str) -> bool:
    """Put a text into the clipboard; False where none is known to have taken it."""
    app.copy_to_clipboard(text)
    if await asyncio.to_thread(_put, text):
        return True
    return hears(os.environ) and len(text) <= CARRIED


async def get() -> str:
    """Give what the clipboard holds, where a tool can read it; else nothing."""
    return await asyncio.to_thread(_get)


def hears(environ: Mapping[str, str]) -> bool:
    """Say whether this terminal can be expected to hand a text on to the clipboard."""
    if environ.get("TERM", "").split("-")[0] in _DEAF:
        return False
    in_between = environ.get("TMUX") or environ.get("STY")
    return bool(in_between) or environ.get("TERM_PROGRAM") != "Apple_Terminal"


def _tools(environ: Mapping[str, str], *, reading: bool) -> list[list[str]]:
    """List the tools that may be here, the likeliest first."""
    tools: list[list[str]] = []
    if environ.get("WAYLAND_DISPLAY"):
        tools.append(["wl-paste", "--no-newline"] if reading else ["wl-copy"])
    if environ.get("DISPLAY"):
        way = "-o" if reading else "-i"
        tools.append(["xclip", "-selection", "clipboard", way])
        tools.append(["xsel", "--clipboard", "--output" if reading else "--input"])
    if sys.platform == "darwin":
        tools.append(["pbpaste"] if reading else ["pbcopy"])
    if sys.platform == "win32" or "WSL_DISTRO_NAME" in environ:
        get_clipboard = ["powershell.exe", "-NoProfile", "-Command", "Get-Clipboard -Raw"]
        tools.append(get_clipboard if reading else ["clip.exe"])
    return [tool for tool in tools if shutil.which(tool[0])]


def _put(text: str) -> bool:
    for tool in _tools(os.environ, reading=False):
        encoding = "utf-16-le" if tool[0] == "clip.exe" else "utf-8"
        try:
            subprocess.run(  # noqa: S603 - a tool of the list above, with nothing of the user's
                tool,
                input=text.encode(encoding, "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return True
    return False


def _get() -> str:
    for tool in _tools(os.environ, reading=True):
        try:
            done = subprocess.run(  # noqa: S603 - as above
                tool, capture_output=True, timeout=PATIENCE, check=True
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return done.stdout.decode("utf-8", "replace")
    return ""
