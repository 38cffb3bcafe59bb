"""The first days: which keys somebody has used, and so need not be explained any more."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

ENOUGH = 3
"""Uses after which a key is known."""

DAYS = 10
"""Days with the app after which nothing is explained any more, used or not."""

LONGEST = 200_000
"""Bytes of what was kept that are read again."""

_SHOWING = frozenset(
    {"list", "go", "app", "page", "details", "document", "way", "board", "filter", "papers"}
)
"""What the names of keys begin with that every page has: they show, and change nothing."""

_CHANGING = frozenset({"app.capture", "list.paste", "board.carry_on", "board.carry_back"})
"""Those of them that change something all the same."""

_ONLY_SHOWING = frozenset(
    {"leave", "close", "sort", "open", "all", "agenda", "tree", "board", "lanes", "closed"}
    | {"by_date", "tasks", "papers", "people", "parts", "next", "before", "period", "points"}
    | {"record", "keys", "read", "checklist", "next_open", "write_out"}
)
"""How the names of other keys end that change nothing."""


def changes(name: str) -> bool:
    """Say whether a key changes something, by its name: those are explained first."""
    area, _, deed = name.partition(".")
    if area in _SHOWING:
        return name in _CHANGING
    return deed not in _ONLY_SHOWING


def file() -> Path:
    """Give the file where it is kept, beside the drafts; nothing is made there."""
    from platformdirs import user_state_path

    return user_state_path("ka2tui", appauthor=False) / "first_days.json"


class FirstDays:
    """How often each key was used, and on how many days the app; kept in a file of the user's."""

    def __init__(self, place: Path, today: date) -> None:
        """Read what is known; nothing of it is worth a word where it cannot be read."""
        self.place = place
        self.uses: dict[str, int] = {}
        """By the name of a key, how often it was used; none is counted on when it is known."""
        self.days: list[str] = []
        """The days on which the app was used."""
        self._today = today.isoformat()
        self.touched = False
        """Whether there is something to keep."""
        self._take(_read(place))
        if not self.over and self._today not in self.days:
            self.days.append(self._today)
            self.touched = True

    def _take(self, kept: dict[str, Any]) -> None:
        uses, days = kept.get("uses"), kept.get("days")
        for name, count in (uses if isinstance(uses, dict) else {}).items():
            if isinstance(count, int):
                self.uses[str(name)] = max(self.uses.get(str(name), 0), min(count, ENOUGH))
        known = {*self.days, *(str(day) for day in (days if isinstance(days, list) else []))}
        self.days = sorted(known)[: DAYS + 1]

    @property
    def over(self) -> bool:
        """Whether the first days have passed."""
        return len(self.days) > DAYS

    def explains(self, name: str) -> bool:
        """Say whether a key is still to be explained."""
        return not self.over and self.uses.get(name, 0) < ENOUGH

    def used(self, name: str) -> bool:
        """Note that a key was used; says whether that makes it known."""
        count = self.uses.get(name, 0)
        if count >= ENOUGH:
            return False
        self.uses[name] = count + 1
        self.touched = True
        return count + 1 == ENOUGH

    def begin_again(self) -> None:
        """Forget all of it: everything is explained once more."""
        self.uses, self.days, self.touched = {}, [self._today], True
        with suppress(OSError):
            self.place.unlink(missing_ok=True)

    def keep(self) -> None:
        """Keep it, with what another window noted meanwhile; where that cannot be, it is lost."""
        if not self.touched:
            return
        import json

        from ka2tui import unfinished

        self.touched = False
        self._take(_read(self.place))
        with suppress(OSError):
            self.place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, made = unfinished.begin(self.place.parent, ".first-days-")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump({"uses": self.uses, "days": self.days}, stream)
            Path(made).replace(self.place)


def _read(place: Path) -> dict[str, Any]:
    import json  # the first frame needs none of it

    try:
        if place.stat().st_size > LONGEST:
            return {}
        kept = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}
