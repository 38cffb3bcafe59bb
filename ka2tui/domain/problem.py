"""What a check found: something to look at, with its reason; it never stops anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Kind
from ka2tui.domain.text import counted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "KA2-"


class Severity(Kind):
    """How much a finding matters, the heaviest first."""

    ERROR = "error", "against a rule"
    WARNING = "warning", "look at this"
    HINT = "hint", "good to know"
    GOOD_PRACTICE = "good_practice", "good practice"

    @property
    def letter(self) -> str:
        """The letter that stands for it in a code."""
        return _LETTERS[self]

    @property
    def weight(self) -> int:
        """Its place in the order, 0 for the heaviest."""
        return _ORDER[self]


_LETTERS = {
    Severity.ERROR: "E",
    Severity.WARNING: "W",
    Severity.HINT: "I",
    Severity.GOOD_PRACTICE: "G",
}
_ORDER = {one: place for place, one in enumerate(Severity)}
LETTERS = "".join(_LETTERS.values())


@frozen
class Found:
    """One finding as a check gives it: where it says nothing else, its entry in the list does."""

    number: int
    """Which check it is; it stays the same from version to version."""
    severity: Severity
    where: str
    """What it is about, as the user wrote it."""
    text: str
    about: str = "project"
    """The table of the record it is about ..."""
    id: int | None = None
    """... and the record; None: the whole project."""
    why: str | None = None
    source: str | None = None
    """A key of data/sources.toml, or the words of the user about their own agreement."""
    place: str | None = None
    """Where in the source."""

    @property
    def code(self) -> str:
        """The letter of the severity and the number: KA2-E101."""
        return f"{PREFIX}{self.severity.letter}{self.number}"


@frozen
class Problem:
    """One finding as it is shown."""

    number: int
    severity: Severity
    where: str
    text: str
    why: str
    source: str
    """In readable words: title and place."""
    source_id: str | None
    """A key of data/sources.toml; None where it is the user's own agreement."""
    place: str | None
    about: str
    id: int | None
    reason: str | None = None
    """Why it was set aside; None while it counts."""

    @property
    def code(self) -> str:
        """The letter of the severity and the number: KA2-E101."""
        return f"{PREFIX}{self.severity.letter}{self.number}"

    @property
    def counts(self) -> bool:
        """Whether nobody has set it aside."""
        return self.reason is None


_ONE_OR_MANY: dict[Severity, tuple[str, ...]] = {
    Severity.ERROR: ("error",),
    Severity.WARNING: ("warning",),
    Severity.HINT: ("hint",),
    Severity.GOOD_PRACTICE: ("point of good practice", "points of good practice"),
}


def say_how_many(problems: Iterable[Problem], *of: Severity) -> str:
    """Count findings by their weight: "2 errors, 1 warning"; by default of every weight."""
    weights = [each.severity for each in problems]
    return ", ".join(
        counted(weights.count(severity), *_ONE_OR_MANY[severity])
        for severity in of or Severity
        if severity in weights
    )
