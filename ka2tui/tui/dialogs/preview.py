"""What some files were understood as, before anything of them is taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.details import Details, Fact, Head, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.widget import Widget

    from ka2tui.domain.intake import Finding, Intake, Taken
    from ka2tui.tui.plain import Tone
    from ka2tui.tui.widgets.details import Item

_ROWS_NAMED = 8


class Preview(Dialog[bool | None]):
    """What would be taken in, what is doubtful, what is left out; answers whether to take it."""

    DEFAULT_CSS = """
    Preview Box { width: 100; height: 90%; }
    Preview Details { background: $surface; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "take", "take it in", key_display="enter", id="preview.take",
                tooltip="Import everything, as one change"),
    ]  # fmt: skip

    AUTO_FOCUS = "Details"

    def __init__(self, intake: Intake, taken: Taken) -> None:
        """Make the preview of an import that was only rehearsed."""
        faults = len(taken.errors)
        said = f"Nothing can be taken in: {plain.count(faults, 'error')}" if faults else "Import"
        super().__init__(said)
        self.intake = intake
        self.taken = taken

    def content(self) -> Iterable[Widget]:
        """Give everything there is to say, to scroll through."""
        self.details = Details(bare=True)
        yield self.details

    def on_mount(self) -> None:
        """Say it, what matters most first."""
        self.details.show(_said(self.intake, self.taken))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take nothing in while there is an error."""
        if action == "take" and self.taken.errors:
            return False
        return super().check_action(action, parameters)

    def action_take(self) -> None:
        """Take it in."""
        self.dismiss(True)


def _said(intake: Intake, taken: Taken) -> Iterator[Item]:
    if taken.errors:
        yield from _findings("Errors", taken.errors, "late")
    else:
        number = plain.count(len(taken.added), "record")
        yield Words(f"{taken.acronym}: {number} would be added. Undo takes all back at once.")
    yield Head("Read as")
    for file, kinds in intake.counts.items():
        words = [f"{count} {_kind(intake, kind)}" for kind, count in kinds.items()]
        yield Fact(file, plain.join(words, ", ") or "project facts")
    yield from _findings("Doubtful", taken.doubtful, "soon")
    yield from _findings("Not taken", taken.dropped, "quiet")


def _kind(intake: Intake, kind: str) -> str:
    from ka2tui.exchange import headings

    return kind.replace("_", " ") if intake.whole else headings.words_of(kind)


def _findings(title: str, findings: list[Finding], tone: Tone) -> Iterator[Item]:
    """List findings; those that differ in their row alone stand together."""
    if not findings:
        return
    yield Head(title, str(len(findings)))
    grouped: dict[tuple[Any, ...], list[int]] = {}
    for file, row, column, value, reason in findings:
        rows = grouped.setdefault((file, column, value, reason), [])
        if row is not None:
            rows.append(row)
    for (file, column, value, reason), rows in grouped.items():
        some = ", ".join(map(str, rows[:_ROWS_NAMED])) + ", …" * (len(rows) > _ROWS_NAMED)
        where = f"row{'s' * (len(rows) > 1)} {some}" if rows else ""
        place = plain.join([file, where, column, value and f"“{value}”"], ", ")
        yield Words(f"{place}: {reason}", tone)
