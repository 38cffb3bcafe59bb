"""Files on the way to their name: each is written under a passing one, then moved in one step."""

from __future__ import annotations

import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ABANDONED = 60
"""Seconds without a write after which nobody is at work on such a file: its program was killed."""


def begin(folder: Path, prefix: str, suffix: str = "") -> tuple[int, str]:
    """Make a file under a passing name, for its owner only; those left by a kill are removed.

    Args:
        folder: Where it shall be in the end.
        prefix: What the passing name begins with; it tells who makes such files.
        suffix: What it ends with.

    Returns:
        A handle of the open file, and its path.

    Raises:
        OSError: The folder takes no file.
    """
    clear(folder, prefix, suffix)
    return tempfile.mkstemp(suffix, prefix, folder)


def clear(folder: Path, prefix: str, suffix: str = "") -> None:
    """Remove what was begun here and never finished."""
    passing = re.compile(rf"{re.escape(prefix)}[a-z0-9_]{{8}}{re.escape(suffix)}(-journal)?")
    end = time.time() - ABANDONED
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if passing.fullmatch(each.name) and each.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if each.stat(follow_symlinks=False).st_mtime < end:
                        Path(each.path).unlink()
