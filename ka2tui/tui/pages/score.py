"""The score of report and application as one would give it oneself, and what it would cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import score_words as words
from ka2tui.tui.rows import RowsPage
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.queries import scores as views
    from ka2tui.queries.scores import Standing
    from ka2tui.tui.pages.score_words import Row
    from ka2tui.tui.plain import Cell
else:
    views = lazily("ka2tui.queries.scores")


class ScorePage(RowsPage):
    """Work packages, award criteria and criteria of the report, each with its own score."""

    SHOWS = frozenset(
        {
            "own_score",
            "reduction_band",
            "rule_value",
            "work_unit",
            "assessment",
            "answer",
            "project",
        }
    )
    NAME = "Score"
    FIGURES = ("score",)
    LIST = "score"
    HELP = (
        "Your own estimate of what the final report and the application would be given, never the "
        "agency's. e types a score and shows the total while you type; c fills in the checklist "
        "of a work package instead. No euros are shown until you have confirmed the table of "
        "reductions of your agreement: t."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "score", "score", id="score.type",
                tooltip="Type a score; the total is shown while you type"),
        Binding("r", "refused", "refused", id="score.refused",
                tooltip="Say how much of a part would be refused, in per cent"),
        Binding("c", "checklist", "checklist", id="score.checklist",
                tooltip="Fill in the checklist that gives this score"),
        Binding("t", "table", "reductions", id="score.table",
                tooltip="Enter the table of reductions of your agreement, and confirm it"),
        Binding("n", "note", "note", show=False, id="score.note",
                tooltip="Write a few words to a score"),
        Binding("T", "reset_table", "shipped table", show=False, id="score.reset_table",
                tooltip="Take your own table of reductions away"),
        Binding("delete", "clear", "clear", key_display="del", show=False, id="score.clear",
                tooltip="Take what was typed for the chosen rows away"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ScorePage #panes { height: 1fr; layout: horizontal; }
    ScorePage RecordTable { width: 1fr; height: 100%; }
    ScorePage Details { width: 46; height: 100%; }
    ScorePage.-very-wide Details { width: 76; }
    ScorePage.-narrow #panes { layout: vertical; }
    ScorePage.-narrow RecordTable { width: 100%; height: 3fr; }
    ScorePage.-narrow Details { width: 100%; height: 2fr; }
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.seen: Standing | None = None
        self._began: tuple[int, bool] | None = None
        """For which project the cursor was put on what is scored first, and what that was."""

    @property
    def lists(self) -> Sequence[RecordTable[Any]]:
        """The one list of the page."""
        return (self.table,)

    def content(self) -> Iterable[Widget]:
        """Give the list of what is scored, and beside it what all comes to."""
        self.table: RecordTable[Row] = RecordTable(
            self._columns(()),
            self._cells,
            title="Own estimate",
            empty="There is nothing to score yet. Press 7 to add work packages to the plan.",
            id="scores",
        )
        self.details = Details("What it comes to", id="comes_to")
        yield Container(self.table, self.details, id="panes")

    def _columns(self, rows: Sequence[Row]) -> list[Column]:
        name = plain.longest([row.name for row in rows], 12, 60)
        says = plain.longest([row.says for row in rows], 4, 32)
        money = plain.longest([self._money(row) for row in rows], 5, 16)
        risk = plain.longest([self._at_risk(row) for row in rows], 7, 16)
        has_risk = any(self._at_risk(row) for row in rows)
        return [
            Column("", 1, importance=9),
            Column("What is judged", 12, share=1, wish=name, importance=9),
            Column("Score", 5, align="right", importance=9),
            Column("Of", 3, align="right", importance=6),
            Column("Needs", 5, align="right", importance=7),
            Column("", 10, importance=4),
            Column("Weight", 6, align="right", importance=5),
            Column("Money", money, align="right", importance=3, private=True),
            *([Column("At risk", risk, align="right", importance=8, private=True)]
              if has_risk else []),
            Column("From", says, importance=2),
        ]  # fmt: skip

    def _cells(self, row: Row) -> Sequence[Cell]:
        """Give what stands in a row."""
        risk: list[Cell] = [(self._at_risk(row), "late")] if self._risky else []
        return (
            words.glyph(row),
            (row.name, "" if row.scorable else "quiet"),
            ("–" if row.score is None else str(row.score), "late" if row.below else ""),
            (str(row.best) if row.scorable else "", "quiet"),
            ("" if row.least is None else str(row.least), "quiet"),
            words.drawn(row),
            (f"{row.percent} %" if row.percent else "", "quiet"),
            self._money(row),
            *risk,
            (row.says, "quiet"),
        )

    _risky = False

    def _money(self, row: Row) -> str:
        return "" if row.part is None else self._amount(row.part.line.part.cents)

    def _at_risk(self, row: Row) -> str:
        if row.part is None or self.seen is None:
            return ""
        return self.seen.reckoning.say_part_at_risk(row.part.line, self.seen.currency)

    def _amount(self, cents: int | None) -> str:
        from ka2tui.domain.money import say_amount

        if not cents or self.seen is None:
            return ""
        return say_amount(cents, self.seen.currency)

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> Standing:
        """Read how the project would be scored."""
        own = self.app.settings.data
        return await self.app.ask(views.standing, self.project, own=own, today=self.app.today)

    def show(self, seen: Standing) -> None:
        """Show it; while one applies the award criteria come first."""
        self.seen = seen
        parts, marks, report = words.rows(seen)
        every = [*parts, *marks, *report]
        self._risky = any(self._at_risk(row) for row in every)
        shape = "activity" if seen.shape == "activities" else "work package"
        of_report: list[Row | Section] = []
        if parts:
            of_report = [Section(f"Final report, by {shape}", "weighed by money"), *parts]
        of_award: list[Row | Section] = []
        if marks:
            of_award = [Section("Application, by award criterion"), *marks]
        beside: list[Row | Section] = [Section("Final report, by what its checklist asks"), *report]
        first, second = (of_award, of_report) if seen.applies else (of_report, of_award)
        wanted = tuple(self._columns(every))
        if self.table.columns != wanted:
            self.table.set_columns(wanted)
        self.table.set_title(words.headline(seen))
        self.table.set_rows([*first, *second, *(beside if report else ())])
        if self._began != (self.project, seen.applies):
            self._began = (self.project, seen.applies)
            rows = [it for it in (*first, *second, *report) if not isinstance(it, Section)]
            begin = next((row.id for row in rows if row.scorable), None)
            if begin is not None:
                self.table.move_to(begin)
        self._stand_on_wanted()
        self.tell()

    def on_screen_resume(self) -> None:
        """Stand on the criterion that was asked for elsewhere."""
        if self.seen is not None and not self.stale:
            self._stand_on_wanted()

    def _stand_on_wanted(self) -> None:
        """Put the cursor on the award criterion whose own score was gone to."""
        wanted = self.app.wanted_records.pop("score", None)
        for key in self.table.keys if wanted is not None else ():
            row = self.table.row_of(key)
            given = {} if self.seen is None else self.seen.given
            if row is not None and row.mark and given.get(row.mark.criterion.id) == wanted:
                self.table.move_to(key)

    @on(RecordTable.Highlighted)
    def tell(self) -> None:
        """Say what all comes to, and what is known of the row under the cursor."""
        if self.seen is not None:
            self.details.show(words.whole(self.seen, self.table.cursor_row))
            self._offer()
            self.refresh_bindings()

    def _offer(self) -> None:
        """Name those keys in the line at the bottom that fit the row under the cursor."""
        fits = {"score.refused": "refused", "score.checklist": "checklist"}
        known = self._bindings.key_to_bindings
        for key, bound in known.items():
            if any(it.id in fits for it in bound):
                known[key] = [
                    replace(it, show=not self._why_not(fits[it.id])) if it.id in fits else it
                    for it in bound
                ]

    # -- verbs ----------------------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.table.cursor_row

    def chosen(self) -> list[Row]:
        """Give the marked rows that are of the kind of the one under the cursor, else that one."""
        found = [row for key in self.table.chosen if (row := self.table.row_of(key)) is not None]
        first = self.row if self.row in found else next(iter(found), None)
        if first is None:
            return []
        same = [row for row in found if row.scorable and _kind(row) == _kind(first)]
        most = {row.best for row in same}
        return same if len(most) == 1 else same[:1]

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the work package under the cursor."""
        row = self.row
        return None if row is None or row.part is None else ("work_unit", row.part.id, row.name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with the row under the cursor."""
        if action in {"score", "refused", "checklist", "note", "clear", "table", "reset_table"}:
            return self.is_mounted and self.seen is not None
        return super().check_action(action, parameters)

    def _why_not(self, action: str) -> str:
        """Say why something cannot be done with the row under the cursor; blank where it can."""
        from ka2tui.domain.score import say_management

        row = self.row
        if row is None:
            return "There is nothing to score yet. Press 7 to add work packages to the plan."
        if row.part is not None and not row.scorable:
            return say_management(row.part.code)
        if action == "refused" and row.part is None:
            return f"Money is refused of a part of the plan: {row.name} has none of its own."
        if action == "checklist" and row.mark is not None:
            return f"Award criteria have no checklist: e gives {row.name} its points."
        if action == "note" and row.report is not None:
            return "Notes stand at parts of the plan and at award criteria."
        return ""

    def _may(self, action: str) -> bool:
        """Whether something can be done with the row under the cursor; tells why not."""
        why = self._why_not(action)
        if why:
            self.app.tell(why)
        return not why

    @on(RecordTable.Opened)
    def opened(self) -> None:
        """Type the score of the row."""
        self.action_score()

    @work
    async def action_score(self) -> None:
        """Type the score of the chosen rows."""
        from ka2tui.tui.pages import score_verbs

        if self.seen is None or not (self.table.marks or self._may("score")):
            return
        chosen = self.chosen()
        if chosen:
            done = await score_verbs.type_score(self.app, self.project, self.seen, chosen)
            if done is not None:
                self.table.clear_marks()
        else:
            self.app.tell("None of the marked rows gets a score: they are the management.")

    @work
    async def action_refused(self) -> None:
        """Say how much of the part under the cursor would be refused."""
        from ka2tui.tui.pages import score_verbs

        if self._may("refused") and self.row is not None and self.seen is not None:
            await score_verbs.type_refused(self.app, self.project, self.seen, self.row)

    @work
    async def action_note(self) -> None:
        """Write a note to the score under the cursor."""
        from ka2tui.tui.pages import score_verbs

        if self._may("note") and self.row is not None:
            await score_verbs.write_note(self.app, self.project, self.row)

    @work
    async def action_clear(self) -> None:
        """Take what was typed for the chosen rows away."""
        from ka2tui.tui.pages import score_verbs

        found = [row for key in self.table.chosen if (row := self.table.row_of(key)) is not None]
        chosen = [row for row in found if row.typed]
        if not chosen and any(row.score is not None for row in found):
            self.app.tell("Nothing was typed here: what stands there comes from a checklist.")
        elif not chosen:
            if self._may("clear"):
                self.app.tell("Nothing was typed here yet.")
        elif await score_verbs.clear(self.app, self.project, chosen) is not None:
            self.table.clear_marks()

    @work
    async def action_table(self) -> None:
        """Enter or confirm the table of reductions."""
        from ka2tui.tui.pages import score_verbs

        if self.seen is not None:
            await score_verbs.edit_table(self.app, self.project, self.seen)

    @work
    async def action_reset_table(self) -> None:
        """Take the own table of reductions away."""
        from ka2tui.tui.pages import score_verbs

        if self.seen is not None:
            await score_verbs.reset_table(self.app, self.project, self.seen)

    @work
    async def action_checklist(self) -> None:
        """Fill in the checklist that gives the score of the row, or go on with it."""
        from ka2tui.domain.score import OF_A_PART, OF_THE_REPORT
        from ka2tui.tui.pages import assessment

        row = self.row
        if not self._may("checklist") or row is None:
            return
        if row.part is None:
            await assessment.open_checklist(self, OF_THE_REPORT)
        elif row.part.started is not None:
            await self.app.open_assessment(row.part.started)
        else:
            await assessment.start(self, OF_A_PART, row.part.id)


def _kind(row: Row) -> str:
    return "part" if row.part is not None else "mark" if row.mark is not None else "report"
