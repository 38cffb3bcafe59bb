"""Put one or several things off: by a step, or to a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ka2tui.domain.days import say_day
from ka2tui.domain.due import Due, Step, moved, read_due, read_step, say_due
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.widget import Widget

WAYS = {"1": Step(days=1), "2": Step(days=7), "3": Step(months=1)}


class PutOff(Dialog[Step | Due | None]):
    """Answers how far, or until when; None where nothing shall change."""

    DEFAULT_CSS = """
    PutOff Input { border: none; height: 1; background: $panel; padding: 0 1; }
    PutOff .-echo { height: auto; min-height: 1; color: $quiet; }
    PutOff .-echo.-wrong { color: $late; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "ok", id="put_off.take", tooltip="Take this"),
    ]

    AUTO_FOCUS = "Input"

    def __init__(
        self, title: str, due: Due | None, today: date, *, start: date | None = None
    ) -> None:
        """Ask how far, or until when.

        Args:
            title: "Postpone Send minutes", "Postpone 3 tasks".
            due: When it is due now; None where there are several.
            today: The present day; what is late is put off from it.
            start: First day of the project, so that "M18" can be read.
        """
        super().__init__(title)
        self._due = due
        self._today = today
        self._start = start

    def content(self) -> Iterable[Widget]:
        """Give the three ways, and the line to type in."""
        yield Static(plain.block("\n".join(map(self._way, WAYS))))
        yield TypedLine(placeholder="1, 2, 3, +2w, or a date: fri, 12 Jan, M18")
        yield Static("", classes="-echo")

    def _way(self, key: str) -> str:
        """Show what a digit stands for, and where it leads."""
        leads = self._leads(WAYS[key])
        return f" {key}  {WAYS[key]!s:8} {leads}"

    def _leads(self, step: Step) -> str:
        """Say when it would be due after a step; nothing where there are several."""
        if self._due is None:
            return ""
        try:
            return say_due(self._after(step, self._due), self._today)
        except Refused as refusal:
            return str(refusal)

    def _after(self, step: Step, due: Due) -> Due:
        """Give when it is due after a step; what has no date yet is put off from today."""
        base = Due(self._today) if due == Due() else due
        return moved(base, step, start=self._start, late_from=self._today)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show what is understood."""
        self._read(event.value)

    def _read(self, text: str) -> Step | Due | None:
        """Give what a text means, and show it; None where it means nothing."""
        said, wrong, answer = "", False, None
        text = text.strip()
        try:
            answer = self._meant(text) if text else None
        except Refused as refusal:
            said, wrong = str(refusal), True
        if isinstance(answer, Due):
            said = say_day(answer.day, self._today) if answer.day else str(answer)
        elif answer is not None:
            back = "brought forward" if answer.back else "put off"
            said = self._leads(answer) or f"each {back} by {answer}"
        echo = self.query_one(".-echo", Static)
        echo.set_class(wrong, "-wrong")
        echo.update(plain.content(said))
        return answer

    def _meant(self, text: str) -> Step | Due:
        """Read a digit, a step or a date."""
        try:
            step = WAYS.get(text) or read_step(text)
        except Misread:
            return read_due(text, today=self._today, start=self._start)
        return self._after(step, self._due) if self._due == Due() else step

    def action_take(self) -> None:
        """Answer, where there is an answer."""
        answer = self._read(self.query_one(Input).value)
        if answer is not None:
            self.dismiss(answer)
