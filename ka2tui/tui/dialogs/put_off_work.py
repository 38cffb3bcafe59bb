"""Put work off: its end moves as its months or days allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.due import Due
from ka2tui.domain.kinds import Precision
from ka2tui.domain.spans import Span, put_off, resolved
from ka2tui.tui.dialogs.put_off import PutOff

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.due import Step


class PutOffWork(PutOff):
    """As for what has a date; work that is planned in months is put off by months."""

    def __init__(
        self, title: str, span: Span, today: date, *, begun: bool, start: date | None
    ) -> None:
        """Ask how far, or until when.

        Args:
            title: "Postpone WP2 Handbook".
            span: When it runs.
            today: The present day; what is late is put off from it.
            begun: Whether work is under way.
            start: First day of the project, where that is known.
        """
        super().__init__(title, _end(span, start), today, start=start)
        self._span = span
        self._begun = begun

    def _after(self, step: Step, due: Due) -> Due:
        moved = put_off(
            *(self._span, step), begun=self._begun, start=self._start, late_from=self._today
        )
        return _end(moved, self._start)


def _end(span: Span, start: date | None) -> Due:
    """Give when work ends, as a deadline."""
    if span.end is not None:
        return Due(span.end)
    _, last = resolved(span, start)
    return Due(last, span.end_month, Precision.MONTH if span.end_month else Precision.DAY)
