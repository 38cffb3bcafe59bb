"""Put something off: by a day, a week, a month, or to a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ka2tui.domain.days import read_day, say_day
from ka2tui.domain.refusal import Refused
from ka2tui.domain.timeline import add_months
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

WAYS = {"1": "1 day", "2": "1 week", "3": "1 month"}


class Postpone(Dialog[date | None]):
    """Answers the new date, or None."""

    DEFAULT_CSS = """
    Postpone Input { border: none; height: 1; background: $panel; padding: 0 1; }
    Postpone .-echo { height: auto; min-height: 1; color: $quiet; }
    Postpone .-echo.-wrong { color: $late; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "ok", id="postpone.take", priority=True, tooltip="Take this date"),
    ]

    AUTO_FOCUS = "Input"

    def __init__(
        self, what: str, day: date | None, today: date, *, start: date | None = None
    ) -> None:
        """Ask until when.

        Args:
            what: The title: "Postpone Send minutes", "Postpone 3 tasks".
            day: When it is due now; None where that is not known or differs.
            today: The present day.
            start: First day of the project, so that "M18" can be read.
        """
        super().__init__(what)
        self._day = day
        self._today = today
        self._start = start

    def dates(self) -> dict[str, date]:
        """Give the dates that the digits stand for; what is late is put off from today."""
        base = self._today if self._day is None else max(self._day, self._today)
        return {
            "1": base + timedelta(days=1),
            "2": base + timedelta(weeks=1),
            "3": add_months(base, 1),
        }

    def content(self) -> Iterable[Widget]:
        """Give the three ways, and the line for a date."""
        dates = self.dates()
        ways = [f" {key}  {WAYS[key]:8} {say_day(day, self._today)}" for key, day in dates.items()]
        yield Static(plain.block("\n".join(ways)))
        yield Input(placeholder="1, 2, 3, or a date: fri, +2w, M18, 12 Jan", compact=True)
        yield Static("", classes="-echo")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show which date is understood."""
        self._read(event.value)

    def _read(self, text: str) -> date | None:
        """Give the date a text means, and show it; None where it means none."""
        echo = self.query_one(".-echo", Static)
        text = text.strip()
        day, said, wrong = None, "", False
        if text in WAYS:
            day = self.dates()[text]
        elif text:
            try:
                seen = read_day(text, today=self._today, start=self._start, allow_month=False)
                day = seen.last or seen.day
            except Refused as refusal:
                said, wrong = str(refusal), True
            else:
                if day is None:
                    said, wrong = "Which day?", True
        if day is not None:
            said = say_day(day, self._today)
        echo.set_class(wrong, "-wrong")
        echo.update(plain.content(said))
        return day

    def action_take(self) -> None:
        """Answer with the date, where there is one."""
        day = self._read(self.query_one(Input).value)
        if day is not None:
            self.dismiss(day)
