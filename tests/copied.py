"""What a fixture put into a file, kept for the next test that asks for the same."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any


def filled_once(fill: Callable[..., str]) -> Callable[..., str]:
    """Let a fixture fill its database once in a process, and from then on lay a copy in its place.

    For a fixture that takes the place of a `database`, a `file` that another one filled, or a
    `tmp_path`, does nothing but fill a database there, and gives its place. On a server it is
    filled each time.
    """
    kept: list[tuple[str, bytes]] = []

    @functools.wraps(fill)
    def give(**wanted: Any) -> str:
        place = wanted.get("database") or wanted.get("file")
        if place is not None and "://" in place:
            return fill(**wanted)
        if not kept:
            made = fill(**wanted)
            assert place in (None, made)
            kept.append((Path(made).name, Path(made).read_bytes()))
            return made
        name, content = kept[0]
        file = Path(place or wanted["tmp_path"] / name)
        file.write_bytes(content)
        return str(file)

    return give
