"""The checklists of a project: the last own estimate of each, its trend, and all before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container

from ka2tui.domain.going_on import so_far
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.list_page import ListPage
from ka2tui.tui.widgets.details import Details, Fact, Head, Line, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from ka2tui.operations import checklists
    from ka2tui.queries import comparing as views
    from ka2tui.queries.checklists import AssessmentRow, ChecklistRow
    from ka2tui.queries.comparing import Shelf, Trend
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    checklists = lazily("ka2tui.operations.checklists")
    views = lazily("ka2tui.queries.comparing")


@frozen
class Place:
    """A checklist with its place in the list, which is its key."""

    id: int
    row: ChecklistRow
    broken: bool = False
    """Whether it is a file of one's own that cannot be read; `about` then says why."""


class ChecklistsPage(ListPage):
    """Every checklist with its last own estimate, and the assessments of one."""

    SHOWS = frozenset({"assessment", "answer", "project"})
    NAME = "Checklists"
    FIGURES = ("checklist",)
    LIST = "checklist"
    HELP = (
        "How ready the project is, as you see it yourselves, never as the agency does. Fill a "
        "checklist in again every few months: the trend tells more than one figure. Let several "
        "fill it in: d shows where they differ. w begins a checklist of your own."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "start", "new assessment", id="assessment.start",
                tooltip="Fill the checklist in once more"),
        Binding("d", "compare", "compare", id="checklist.compare",
                tooltip="Compare assessors: the marked assessments, or the newest round"),
        Binding("t", "trend", "trend", id="checklist.trend",
                tooltip="How the own estimates went over time"),
        Binding("w", "own_copy", "own copy", show=False, id="checklist.own_copy",
                tooltip="Begin a checklist of your own from this one"),
        Binding("x,delete", "remove", "remove", key_display="x", id="assessment.remove",
                tooltip="Remove the chosen assessments; u brings them back"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ChecklistsPage #panes {
        height: 1fr;
        layout: grid;
        grid-size: 2 2;
        grid-columns: 56fr 44fr;
        grid-rows: 10 1fr;
    }
    ChecklistsPage #lists { row-span: 2; height: 100%; }
    ChecklistsPage #past, ChecklistsPage #about, ChecklistsPage #trend { height: 100%; }
    ChecklistsPage #trend { display: none; }
    ChecklistsPage.-very-wide #panes { grid-size: 3 2; grid-columns: 36fr 34fr 30fr; }
    ChecklistsPage.-very-wide #about { row-span: 2; }
    ChecklistsPage.-very-wide #trend { display: block; }
    ChecklistsPage.-narrow #panes { layout: vertical; }
    ChecklistsPage.-narrow #lists { width: 100%; height: 3fr; max-height: 16; }
    ChecklistsPage.-narrow #past { width: 100%; height: 1fr; min-height: 5; }
    ChecklistsPage.-narrow #about { display: none; }
    ChecklistsPage.-narrow.-tall #about { display: block; width: 100%; height: 1fr; }
    """

    def __init__(self) -> None:
        """Begin without checklists."""
        super().__init__()
        self._places: list[Place] = []
        self._trends: Mapping[str, Trend] = {}
        self._newest: int | None = None
        """The newest assessment of those that are shown."""

    @property
    def lists(self) -> Sequence[RecordTable[Any]]:
        """The checklists; assessments are few."""
        return (self.overview,)

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the assessment under the cursor, else the newest of the checklist."""
        place, past = self.overview.cursor_row, self.past.cursor_row
        last = place.row.last if past is None and place is not None else past
        return self.app.project, ("assessment", None if last is None else last.id)

    def content(self) -> Iterable[Widget]:
        """Give the checklists; beside them the assessments of one, and what one is about."""
        self.overview: RecordTable[Place] = RecordTable(
            self._columns(()),
            self.cells,
            title="Checklists · own estimates, 0 to 100",
            hint="enter fill in",
            empty="There are no checklists in the data folder.",
            id="lists",
        )
        self.past: RecordTable[AssessmentRow] = RecordTable(
            self._past_columns(()),
            self.past_cells,
            title="Assessments",
            hint="enter open",
            empty="Never filled in. Press n to start.",
            id="past",
        )
        self.details = Details("About", id="about")
        self.trend = Details(
            "Trend", hint="t trend", empty="Nothing filled in yet. Press n to start.", id="trend"
        )
        yield Container(self.overview, self.past, self.details, self.trend, id="panes")

    def _columns(self, rows: Sequence[ChecklistRow]) -> list[Column]:
        """Give each column the room that these checklists need."""
        title = plain.longest([row.title for row in rows], most=60)
        last = plain.longest([self._last(row) for row in rows], 5)
        return [
            Column("", 1, importance=9),
            Column("Checklist", 20, share=1, wish=title, importance=9),
            Column("Estimate", 8, align="right", importance=8),
            Column("", 10, importance=4),
            Column("Trend", 5, align="right", importance=6),
            Column("Last", last, align="right", importance=7),
        ]

    def _past_columns(self, rows: Sequence[AssessmentRow]) -> list[Column]:
        """Give each column the room that these assessments need."""
        parts = any(row.score.unanswered for row in rows)
        return [
            Column("", 1, importance=9),
            Column("Day", plain.longest([self._day(row) for row in rows], 3), importance=9),
            Column("By", 10, share=1, importance=7),
            Column("Estimate", 8, align="right", importance=8),
            *([Column("Answered", 8, align="right", importance=8)] if parts else []),
        ]

    def cells(self, place: Place) -> tuple[Cell, ...]:
        """Show a checklist: the last own estimate, how it went, and when."""
        if place.broken:
            return ((plain.LATE, "late"), place.row.title, "", "", "", ("refused", "late"))
        last = place.row.last
        if last is None:
            never: Cell = ("never", "quiet")
            return ((plain.OPEN, "quiet"), place.row.title, "", "", "", never)
        score = place.row.telling or last.score
        total = score.total
        trend = place.row.trend
        return (
            _glyph(last),
            place.row.title,
            ("–" if total is None else str(total), "quiet" if score.unanswered else ""),
            "" if total is None else plain.shaded(plain.bar(total / 100), "accent"),
            _trend(trend),
            (self._last(place.row), "quiet"),
        )

    def past_cells(self, row: AssessmentRow) -> tuple[Cell, ...]:
        """Show an assessment: when, by whom, and what came out."""
        total = row.score.total
        so_far = f"{row.score.answered} of {row.score.items}" if row.score.unanswered else ""
        parts = any(one.score.unanswered for one in self._past())
        part: list[Cell] = [(so_far, "soon")] if parts else []
        return (
            _glyph(row),
            self._day(row),
            row.whose,
            ("–" if total is None else str(total), "quiet" if row.score.unanswered else ""),
            *part,
        )

    def _past(self) -> Sequence[AssessmentRow]:
        return () if self.row is None else self.row.assessments

    def _last(self, row: ChecklistRow) -> str:
        """Say when it was filled in, or how far it is while it is not filled in to its end."""
        last = row.last
        if last is None:
            return ""
        if not last.score.unanswered:
            return self._day(last)
        # beside the estimate that counts stands what a newer one comes to
        return last.score.so_far if row.telling is last.score else so_far(last.score)

    def _day(self, row: AssessmentRow) -> str:
        from ka2tui.domain.days import say_day

        return say_day(row.day, self.app.today)

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> Shelf | None:
        """Read the checklists; None where the project is gone."""
        try:
            return await self.app.ask(views.shelf, self.project, own=self.app.settings.data)
        except Refused:
            return None

    def show(self, seen: Shelf | None) -> None:
        """Show the checklists in the order of the phases; below them files that cannot be read."""
        rows = () if seen is None else seen.rows
        self._trends = {} if seen is None else seen.trends
        self._places = [Place(number, row) for number, row in enumerate(rows)]
        for number, row in enumerate(() if seen is None else seen.broken, start=len(rows)):
            self._places.append(Place(number, row, broken=True))
        self.overview.set_columns(self._columns([place.row for place in self._places]))
        self.refill()

    def on_screen_resume(self) -> None:
        """Look whether own checklists have changed meanwhile."""
        if self.loaded and self.app.settings.data is not None:
            self.stale = True

    def refill(self) -> None:
        """Show the checklists that fit the filter."""
        shown = self.filtered(self._places)
        rows: list[Place | Section] = [place for place in shown if not place.broken]
        if broken := [place for place in shown if place.broken]:
            rows += [Section("Your own, cannot be read"), *broken]
        self.overview.set_empty(
            "No checklist fits this filter. escape shows all."
            if self.filtering
            else "There are no checklists in the data folder."
        )
        self.overview.set_rows(rows, hidden=len(self._places) - len(shown))
        self.say_filtered(len(shown), len(self._places))
        self.show_past()

    @property
    def row(self) -> ChecklistRow | None:
        """The checklist under the cursor."""
        place = self.overview.cursor_row
        return None if place is None else place.row

    @on(RecordTable.Highlighted, "#lists")
    def show_past(self) -> None:
        """Show the assessments of the checklist under the cursor."""
        row = self.row
        past = self._past()
        self.past.set_columns(self._past_columns(past))
        self.past.set_rows(past)
        newest = past[0].id if past else None
        if newest != self._newest:
            # another checklist, or one more assessment: the newest is looked at
            self._newest = newest
            if newest is not None:
                self.past.move_to(newest)
        broken = self.overview.cursor_row is not None and self.overview.cursor_row.broken
        self.past.set_empty(
            "Put the file right: it is read again when you come back to this page."
            if broken
            else "Never filled in. Press n to start."
        )
        self.past.set_title("Assessments" if row is None else f"{row.title}: assessments")
        several = row is not None and len({one.assessor for one in row.assessments}) > 1
        self.past.set_hint("d compare  enter open" if several else "enter open")
        self.show_trend()
        self.show_details()

    def show_trend(self) -> None:
        """Show how the own estimates went, where there is room for it."""
        from ka2tui.tui.pages.trend import trend_lines

        row = self.row
        seen = None if row is None else self._trends.get(row.id)
        if seen is None or not self.trend.display:
            self.trend.show([], title="Trend")
            return
        width = self.trend.scrollable_content_region.width - 2
        lines = trend_lines(seen, width, self.app.today, days=False)
        self.trend.show(lines, title=f"{seen.title}: trend", top=True)

    def on_resize(self) -> None:
        """Draw the chart as wide as there is room now."""
        if self.loaded:
            self.call_after_refresh(self.show_trend)

    @on(RecordTable.Highlighted, "#past")
    def show_details(self) -> None:
        """Show what the checklist is about, and the assessment under the cursor."""
        row = self.row
        chosen = self.past.cursor_row
        day = "" if chosen is None else self._day(chosen)
        self.details.show([] if row is None else _details(row, chosen, day), top=True)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Remove only assessments, while they have the focus; start only what there is."""
        if action == "remove":
            return self.is_mounted and self.past.has_focus and bool(self.past.chosen)
        if action in ("start", "own_copy"):
            return self.loaded and self.row is not None and self.row.items > 0
        if action == "trend":
            return self.loaded and self.row is not None and bool(self.row.assessments)
        if action == "compare":
            return self.loaded and self.row is not None and len(self.row.assessments) > 1
        return super().check_action(action, parameters)

    # -- verbs ----------------------------------------------------------------------------------

    @on(RecordTable.Opened, "#lists")
    @work
    async def open_list(self) -> None:
        """Fill in the checklist under the cursor, or look at what was answered."""
        from ka2tui.tui.pages.assessment import open_checklist

        place = self.overview.cursor_row
        if place is not None and place.broken:
            self.app.tell(place.row.about, severity="warning")
        elif place is not None:
            await open_checklist(self, place.row.id)

    @on(RecordTable.Opened, "#past")
    @work
    async def open_past(self, event: RecordTable.Opened) -> None:
        """Open an assessment."""
        from ka2tui.tui.pages.assessment import AssessmentPage

        await self.app.push_screen(AssessmentPage(event.key))

    @work
    async def action_start(self) -> None:
        """Start a new assessment of the checklist under the cursor."""
        from ka2tui.tui.pages.assessment import start

        if self.row is not None:
            await start(self, self.row.id)

    @work
    async def action_compare(self) -> None:
        """Compare the marked assessments; without marks the newest round."""
        from ka2tui.tui.pages.comparison_verbs import compare, compare_newest

        if self.past.marks:
            await compare(self.app, self.past.chosen)
        elif self.row is not None:
            await compare_newest(self.app, self.project, self.row.id)

    @work
    async def action_trend(self) -> None:
        """Show how the own estimates went over time."""
        from ka2tui.tui.pages.trend import TrendPage

        if self.row is not None:
            await self.app.push_screen(TrendPage(self.row.id))

    @work
    async def action_own_copy(self) -> None:
        """Copy the checklist under the cursor into one's own folder, under another name."""
        from ka2tui.tui.pages.own_checklist import begin

        if self.row is not None and await begin(self.app, self.row.id, self.row.title):
            self.stale = True
            self.reload()

    @work
    async def action_remove(self) -> None:
        """Remove the chosen assessments, once that was meant."""
        from ka2tui.tui.dialogs.ask import Ask

        question = f"Remove {plain.count(len(self.past.chosen), 'assessment')}?"
        ask = Ask(question, about="With all answers. u brings them back.", yes="remove")
        if await self.app.push_screen_wait(ask):
            await self.act(self.past, checklists.remove)


def _glyph(row: AssessmentRow) -> Cell:
    if row.closed:
        return plain.DONE, "done"
    return plain.DOING, "accent"


def _trend(points: int | None) -> Cell:
    if points is None:
        return ""
    return ("=", "quiet") if points == 0 else (f"{points:+}", "good" if points > 0 else "late")


def _details(row: ChecklistRow, chosen: AssessmentRow | None, day: str) -> Iterator[Item]:
    yield Words(row.about)
    if row.items:
        yield Fact("Items", f"{row.items} for this project")
    if chosen is None:
        return
    yield Head(f"{chosen.whose}, {day}", chosen.state.word)
    yield Words(chosen.score.say)
    for one in chosen.score.criteria:
        figures = f"{one.points}/{one.of}" if one.of else "–"
        drawn = plain.bar(one.points / one.of if one.of else 0)
        yield Line([*plain.shaded(drawn, "accent"), (f" {figures:<7}", "quiet"), one.title])
    if chosen.score.not_applicable:
        yield Fact("Not applicable", str(chosen.score.not_applicable))
