"""What a change would do, in lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ka2tui.queries.changes import Changes, Foreseen


def told(seen: Foreseen, back: str = "undo takes") -> str:
    """Tell what a change of many records would do, and what of the chosen it leaves."""
    return "\n".join(_lines(seen, back))


def records(seen: Changes) -> Iterator[str]:
    """Tell of each record in a line what becomes of it."""
    for record in seen.records:
        yield f"  {record.name}: {record.said}"
    if seen.more:
        yield f"  and {seen.more} more"


def joined(words: Iterable[str]) -> str:
    """Join words as a sentence does: "2 tasks, 1 tag and 3 meetings"."""
    *most, last = [*words] or ["nothing"]
    return f"{', '.join(most)} and {last}" if most else last


def _lines(seen: Foreseen, back: str) -> Iterator[str]:
    yield f"This changes {joined(seen.changes.kinds)}; {back} all of it back at once."
    yield from records(seen.changes)
    if seen.left:
        yield f"{seen.left} of those named stay as they are:"
        yield from (f"  {each.name}: {each.why}" for each in seen.staying)
        if seen.left > len(seen.staying):
            yield f"  and {seen.left - len(seen.staying)} more"
