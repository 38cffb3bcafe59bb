"""The three streams of a command: there even where whoever called has closed them."""

from __future__ import annotations

import errno
import os
import sys
from typing import IO


def complete() -> None:
    """Make the streams that are closed, so that nothing else takes their places.

    Nothing can be read from such a one, and writing an answer to it fails as it would to a full
    disk: whoever asked is told, and told whether a change was made. Talk goes nowhere.
    """
    if sys.stdin is None:
        sys.stdin = _nowhere(0, os.O_RDONLY, "r")
    if sys.stdout is None:
        sys.stdout = _nowhere(1, os.O_RDONLY, "w")  # only to be read, so that writing fails
    if sys.stderr is None:
        sys.stderr = _nowhere(2, os.O_WRONLY, "w")


def why(error: OSError) -> str:
    """Say why an answer could not be written."""
    return "stdout is closed" if error.errno == errno.EBADF else error.strerror or str(error)


def _nowhere(number: int, flags: int, mode: str) -> IO[str]:
    """Open the device that holds nothing under this number."""
    opened = os.open(os.devnull, flags)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
    return open(number, mode, encoding="utf-8")
