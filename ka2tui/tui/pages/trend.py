"""How the own estimates of one checklist went: a chart of letters, and each assessor's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from ka2tui.domain import trend as rules
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.details import Details, Head, Line, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from textual.widget import Widget

    from ka2tui.queries import comparing as views
    from ka2tui.queries.comparing import Trend, Way
    from ka2tui.tui.plain import Tone
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.comparing")


class TrendPage(Page):
    """The own estimates of one checklist over time."""

    SHOWS = frozenset({"assessment", "answer"})
    NAME = "Trend"
    HELP = (
        "Each letter is one own estimate of one assessor, 0 to 100: a capital where the checklist "
        "was filled in to its end, a small one while it is still being filled in. Only whole ones "
        "are compared. Below stands how each criterion went, first and last, with small bars."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "compare", "compare", id="trend.compare",
                tooltip="Put the answers of all assessors beside each other"),
        Binding("q,escape", "leave", "back", key_display="q", id="trend.leave",
                tooltip="Back to where you came from"),
    ]  # fmt: skip

    def __init__(self, checklist: str) -> None:
        """Make the page of one checklist, by its id."""
        super().__init__()
        self.checklist = checklist
        self.seen: Trend | None = None

    def content(self) -> Iterable[Widget]:
        """Give the chart with all that stands below it."""
        self.details = Details("Trend", hint="d compare")
        yield self.details

    async def load(self) -> Trend | str:
        """Read the assessments; why there is nothing to show, where that is so."""
        try:
            return await self.app.ask(views.over_time, self.project, self.checklist)
        except Refused as refusal:
            return str(refusal)

    def show(self, seen: Trend | str) -> None:
        """Show the chart; where nothing is left of it, go back."""
        if isinstance(seen, str):
            self.app.tell(seen, severity="warning")
            self.action_leave()
            return
        self.seen = seen
        self._draw()
        self.details.focus()
        self._say_headline(None)
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Draw it as wide as the window is now."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self.seen is not None:
            width = self.details.scrollable_content_region.width - 2
            lines = trend_lines(self.seen, width, self.app.today)
            self.details.show(lines, title=f"{self.seen.title}: own estimates")

    def facts(self) -> str:
        """Say how the estimates of each went."""
        if self.seen is None:
            return self.NAME
        return plain.join(
            f"{plain.cut(way.assessor, 16)} {rules.say(way.estimates)}"
            for way in self.seen.ways[:3]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Compare where there are several."""
        if action == "compare":
            return self.seen is not None and len(self.seen.ways) > 1
        return super().check_action(action, parameters)

    async def action_compare(self) -> None:
        """Put the answers of all assessors beside each other."""
        from ka2tui.tui.pages.comparison_verbs import compare_newest

        await compare_newest(self.app, self.project, self.checklist)

    def action_leave(self) -> None:
        """Go back to the page below."""
        if self.is_active:
            self.app.pop_screen()


def trend_lines(
    seen: Trend, width: int, today: date, *, height: int = 9, days: bool = True
) -> Iterator[Item]:
    """Write a trend: the chart, how each assessor went, and each criterion.

    Args:
        seen: The trend.
        width: Cells there are.
        today: The day it is.
        height: Lines of the chart.
        days: Whether every assessment is named with its day.
    """
    points = seen.points
    if len(points) > 1:
        for line in rules.chart(points, width=width, height=height):
            yield Line(line)
    else:
        so_far = "One own estimate so far." if points else "Nothing was answered yet."
        yield Words(f"{so_far} Fill the checklist in again after some months: the trend tells more "
                    "than one figure.", "quiet")  # fmt: skip
    for way in seen.ways:
        yield from _way(way, today, days=days)
    if not any(one is not None for way in seen.ways for one in way.estimates):
        return
    several = len(seen.ways) > 1
    moved = any(len(way.estimates) > 1 for way in seen.ways)
    yield Head("By criterion", "first → last" if moved else "")
    for name, title in seen.criteria:
        for way in seen.ways:
            estimates = way.of(name)
            known = [one for one in estimates if one is not None]
            who = f"{way.letter} " if several else ""
            if known and moved:
                said = f"{rules.way(estimates):<9}"
                small = rules.spark(estimates)[-8:]
                yield Line([f"{who}{small:<4} ", (f"{said} ", _tone(estimates)), title])
            elif known:
                drawn = plain.shaded(plain.bar(known[-1] / 100), "accent")
                yield Line([who, *drawn, (f" {known[-1]:>3}  ", "quiet"), title])


def _way(way: Way, today: date, *, days: bool) -> Iterator[Item]:
    from ka2tui.domain.days import say_day

    yield Head(f"{way.letter}  {way.assessor}", rules.say(way.estimates))
    for row in way.rows if days else ():
        state = "" if row.closed else ", being filled in"
        yield Line([f"{say_day(row.day, today)}: ", (f"{row.score.say}{state}", "quiet")])


def _tone(estimates: list[int | None]) -> Tone:
    by = rules.change(estimates)
    return "" if not by else "good" if by > 0 else "late"
