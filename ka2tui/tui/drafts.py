"""Drafts: what stood in a form when the window was closed, kept until it is saved."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ka2tui import unfinished
from ka2tui.frozen import frozen

LONGEST = 1_000_000
"""Bytes of a draft that is read again."""


@frozen
class Draft:
    """What was typed in a form, and when."""

    at: datetime
    typed: dict[str, str]
    """By field, the text that stood there."""


def folder() -> Path:
    """Give the folder where drafts lie; nothing is made there."""
    from platformdirs import user_state_path

    return user_state_path("ka2tui", appauthor=False) / "drafts"


def _file(place: str | None, title: str) -> Path:
    """Give the file of one form in one database; its name says nothing of either."""
    name = hashlib.sha256(f"{place}\n{title}".encode("utf-8", "replace")).hexdigest()[:32]
    return folder() / f"{name}.json"


def keep(place: str | None, title: str, typed: dict[str, str], at: datetime) -> None:
    """Keep what was typed, for its owner's eyes only; where that cannot be, it is lost."""
    target = _file(place, title)
    with suppress(OSError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, made = unfinished.begin(target.parent, ".draft-")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            json.dump({"at": at.isoformat(), "typed": typed}, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        Path(made).replace(target)


def find(place: str | None, title: str) -> Draft | None:
    """Give what was kept of a form; None where nothing was, or it cannot be read."""
    file = _file(place, title)
    try:
        if file.stat().st_size > LONGEST:
            return None
        kept = json.loads(file.read_text("utf-8"))
        typed = {str(name): str(text) for name, text in kept["typed"].items()}
        return Draft(datetime.fromisoformat(kept["at"]), typed)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def drop(place: str | None, title: str) -> None:
    """Let a draft go: it was saved, or is not wanted."""
    with suppress(OSError):
        _file(place, title).unlink(missing_ok=True)
