"""What happens when the app itself is at fault: one sentence, and a log without anybody's data."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from ka2tui import __version__, settings

SENTENCE = (
    "ka2tui has met a fault of its own and had to close. "
    "Nothing is lost: every change was saved at the moment it was made."
)


def note(error: BaseException, now: datetime | None = None) -> Path | None:
    """Write where a fault happened, without messages and values, since those may hold user data.

    Returns:
        The file, None where none could be written.
    """
    said = [f"{(now or datetime.now(UTC)).isoformat(timespec='seconds')} ka2tui {__version__}"]
    step: BaseException | None = error
    seen: set[int] = set()
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        said.append(f"{type(step).__module__}.{type(step).__qualname__}")
        said += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(step.__traceback__)
        ]
        step = step.__cause__ or step.__context__
    try:
        folder = settings.log_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "faults.log"
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8") as log:
            log.write("\n".join(said) + "\n\n")
    except OSError:
        return None
    return path


def _place(file: str) -> str:
    """Name a source file by its package, never by somebody's home folder."""
    parts = Path(file).parts
    for start in ("site-packages", "ka2tui"):
        if start in parts:
            at = len(parts) - 1 - parts[::-1].index(start)
            return "/".join(parts[at:] if start == "ka2tui" else parts[at + 1 :])
    return parts[-1] if parts else "?"


def sentence(log: Path | None) -> str:
    """Say what happened and where it is noted."""
    where = f" Where it happened, without any of your data, is noted in {log}." if log else ""
    return SENTENCE + where
