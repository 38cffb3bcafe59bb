"""Checks of proof: filed while it is easy to get, and still as it was filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.checks.running import named
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.proof_sorts import PATIENCE
from ka2tui.domain.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ka2tui.domain.checks.running import BrokenFile, Running, Unproved

NONE_FILED = 3
"""Events from which on one line says that nothing is filed at all."""

APART = 5
"""Files up to which each is named; of more only how many they are."""

_EASY = f"{PATIENCE} days after an event its proof is still easy to get."


def found(seen: Running) -> Iterator[Found]:
    """Check the proof of what is over, and the files as they were last looked at."""
    if not seen.filed and len(seen.unproved) >= NONE_FILED:
        who = named([one.title for one in seen.unproved])
        text = f"No proof is filed of {len(seen.unproved)} meetings and events: {who}"
        yield Found(618, Severity.HINT, "project", f"{text}.")
    else:
        yield from (_unproved(one, seen) for one in seen.unproved)
    yield from _broken(seen.broken)


def _unproved(one: Unproved, seen: Running) -> Found:
    late = seen.stage is Stage.CLOSING
    text = f"{len(one.missing)} of {counted(one.asked, 'proof')} missing"
    why = ", ".join(one.missing)
    why = f"Still missing: {why}. {_EASY}" if one.about == "meeting" else f"Still missing: {why}."
    severity = Severity.WARNING if late else Severity.HINT
    return Found(618, severity, one.title, f"{text}.", one.about, one.id, why)


def _broken(files: Sequence[BrokenFile]) -> Iterator[Found]:
    if len(files) > APART:
        gone = sum(file.gone for file in files)
        parts = [(len(files) - gone, "changed"), (gone, "missing")]
        said = ", ".join(f"{number} {word}" for number, word in parts if number)
        text = f"{len(files)} files of proof are not as they were filed: {said}"
        yield Found(806, Severity.WARNING, "project", f"{text}.", "proof", files[0].id)
        return
    for file in files:
        text = f"Its file {'is missing' if file.gone else 'was changed since it was filed'}"
        yield Found(806, Severity.WARNING, file.title, f"{text}.", "proof", file.id)
