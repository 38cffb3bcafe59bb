"""Problems: what the checks find in the project, why it matters, and where it is mended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.domain.problem import say_how_many
from ka2tui.tui import plain, projector
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.found import LOOKED_AT
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import problem_words as words
from ka2tui.tui.pages.problem_words import ASIDE, ProblemRow
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.widget import Widget

    from ka2tui.domain.checks.catalogue import Check
    from ka2tui.domain.checks.stage import Stage
    from ka2tui.operations import problems as operations
    from ka2tui.operations.problems import Mark
    from ka2tui.queries import behind
    from ka2tui.queries import problems as views
    from ka2tui.queries.problems import Problems
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
    from ka2tui.tui.widgets.record_table import Column, Section
else:
    operations = lazily("ka2tui.operations.problems")
    behind = lazily("ka2tui.queries.behind")
    views = lazily("ka2tui.queries.problems")

WIDE = 160
"""Cells from which there is room for whole names beside the sentences."""

ROOMY = 100
"""Cells from which there is room for more than a code beside the sentences."""


class ProblemsPage(EntriesPage):
    """What was found, the heaviest first, with why and how to mend it at the side."""

    SHOWS = LOOKED_AT
    MODE = "problems"
    LIST = "problem"
    WORD = "problem"
    NEED_ROWS = frozenset({"go_there", "explain"})
    NAME = "Problems"
    NOTHING = "Why, and how to mend it"
    READ = "e explain"
    LEAVE = "escape back"
    HELP = (
        "The project as an assessor, an auditor and a good adviser would read it: against a rule "
        "first, then what to look at, what is good to know, and good practice. Only what matters "
        "where the project stands is told; t looks at it as if it stood elsewhere. enter goes to "
        "the record. s sets a finding aside with a reason that is kept, b brings it back; nothing "
        "here stops anybody."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o", "go_there", "go there", key_display="enter", id="problem.go",
                tooltip="Go to the record, where it is mended"),
        Binding("e", "explain", "explain", id="problem.explain",
                tooltip="Read why it matters, what is looked at, and how to mend it"),
        Binding("s", "set_aside", "set aside", id="problem.set_aside",
                tooltip="Set it aside with a reason that is kept; u takes that back"),
        Binding("b", "bring_back", "bring back", id="problem.bring_back",
                tooltip="Let what was set aside count again"),
        Binding("t", "as_stage", "as if …", id="problem.stage",
                tooltip="Check it as if it stood elsewhere: applying, running, closing ..."),
        *back_to_list("problem.close"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ProblemsPage {
        & #whole { height: 3; padding: 0 2; }
        &.-wide #whole, &.-very-wide #whole, &.-reading #whole { display: none; }
    }
    """

    def __init__(self) -> None:
        """Begin where the project stands."""
        super().__init__()
        self._found: Problems | None = None
        self._checks: Mapping[int, Check] = {}
        self._as: tuple[int, Stage] | None = None
        """As if which stage it is looked at, in which project."""
        self._sought: tuple[str, int | None] | None = None
        """The record whose findings somebody wants to see."""
        self._ids: dict[tuple[object, ...], int] = {}
        """The key of each finding ever shown, so that the cursor stays on it."""

    def content(self) -> Iterable[Widget]:
        """Give the list and the details, and where these find no room the whole sentence."""
        yield from super().content()
        self.whole = Static("", id="whole")
        yield self.whole

    # -- reading --------------------------------------------------------------------------------

    @property
    def as_if(self) -> Stage | None:
        """As if which stage it is looked at; None: where it stands."""
        if self._as is None or self._as[0] != self.app.project:
            return None
        return self._as[1]

    async def load(self) -> Problems:
        """Check the project."""
        from ka2tui.domain.checks import catalogue

        self._checks = await asyncio.to_thread(catalogue.everything)
        return await self.app.ask(
            views.problems,
            self.project,
            today=self.app.today,
            own=self.app.settings.data,
            stage=self.as_if,
        )

    def entries(self, seen: Problems) -> Sequence[ProblemRow]:
        """Give what counts, then what was set aside; on a projector nothing that is private."""
        self._found = seen
        rows: list[ProblemRow] = []
        self.kept_back = 0
        times: dict[tuple[object, ...], int] = {}
        for problem in (*seen.rows, *seen.set_aside):
            if projector.hides_problem(self.app, problem.number, problem.about):
                self.kept_back += 1
                continue
            mark = (self.app.project, problem.number, problem.about, problem.id)
            times[mark] = times.get(mark, 0) + 1
            key = self._ids.setdefault((*mark, times[mark]), len(self._ids) + 1)
            rows.append(ProblemRow(key, problem, self._checks[problem.number]))
        return rows

    def refill(self) -> None:
        """Show what the filter lets through, and say what it is where there is nothing."""
        self.table.set_title(self.NAME)
        self.fill_list(self.every, self.columns, word=self.WORD, empty=self._nothing())
        self.table.set_title(self._heading())
        self.stand()
        self._say_whole()

    def counted(self, rows: Sequence[ProblemRow]) -> int:
        """Count what somebody has set aside no more among all."""
        return sum(row.standing != ASIDE for row in rows)

    @on(RecordTable.Highlighted)
    def _say_whole(self) -> None:
        """Say the finding under the cursor in full below the list, which cuts it."""
        row: ProblemRow | None = self.table.cursor_row
        said = "" if row is None else f"{row.where}: {words.said(row)}"
        self.whole.update(plain.content(plain.line(said)))

    def arranged(self, shown: Sequence[ProblemRow]) -> Sequence[ProblemRow | Section]:
        """Put what weighs alike under one heading."""
        return words.in_sections(shown)

    def columns(self, rows: Sequence[ProblemRow]) -> list[Column]:
        """Give each column the room that these findings need."""
        width = self.app.size.width
        return words.columns(rows, most=26 if width >= WIDE else 14 if width >= ROOMY else 8)

    def cells(self, row: ProblemRow) -> Sequence[Cell]:
        """Show a finding."""
        return words.cells(row)

    def _heading(self) -> str:
        """Say how much was found, and as if which stage."""
        if self._found is None:
            return self.NAME
        shown = [row.problem for row in self.every if row.standing != ASIDE]
        seen_as = "" if self.as_if is None else f"as if {self.as_if.word}"
        return plain.join([self.NAME, say_how_many(shown), seen_as])

    def _nothing(self) -> str:
        if self._found is None:
            return ""
        if self.kept_back:
            return "Nothing that a projector shows was found. F5 shows the rest again."
        stage = self._found.stage.word
        return f"Nothing found at this stage ({stage}). Press t to look ahead."

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Tell about a finding."""
        row: ProblemRow | None = self.table.row_of(key)
        if row is None:
            return [], ""
        explained = await asyncio.to_thread(lambda: row.check.explanation)
        return words.details(row, explained), f"{row.code} {row.title}"

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the record that the finding is about: its history can be seen, proof be added."""
        row: ProblemRow | None = self.table.cursor_row if self.is_mounted else None
        if row is None or row.problem.id is None:
            return None
        return row.problem.about, row.problem.id, row.where

    def found_lines(self) -> Sequence[Item]:
        """Say nothing above the details: they are about one finding."""
        return ()

    def on_screen_resume(self) -> None:
        """Show what another page asks for: the findings about one record."""
        if self.app.wanted_problem is not None:
            self._sought, self.app.wanted_problem = self.app.wanted_problem, None
            self.line.clear()
            self.stand()

    def stand(self) -> None:
        """Stand on the first finding about the record that is asked for, once it is read."""
        if self._sought is not None and self.every:
            sought, self._sought = self._sought, None
            found = (row.id for row in self.every if (row.problem.about, row.problem.id) == sought)
            self._wanted = next(found, self._wanted)
        super().stand()

    # -- verbs ----------------------------------------------------------------------------------

    @on(RecordTable.Opened)
    def _row_opened(self, event: RecordTable.Opened) -> None:
        """Go to the record rather than to the details."""
        event.prevent_default()
        self.action_go_there()

    @work
    async def action_go_there(self) -> None:
        """Go to where the finding under the cursor is mended."""
        from ka2tui.tui import going, problem_places

        row: ProblemRow | None = self.table.cursor_row
        if row is None:
            return
        page, problem = row.check.page, row.problem
        at = problem.id and problem_places.place(page, problem.about, problem.id)
        if problem.id is not None and at is None and page not in problem_places.OVER:
            entry = await self.app.ask(behind.entry, problem.about, problem.id)
            if entry is not None:
                going.go(self.app, entry)
                return
        problem_places.go(self.app, page, problem.about, problem.id)

    def action_explain(self) -> None:
        """Read about the finding under the cursor."""
        self.read()

    def _marks_of(self, rows: Sequence[ProblemRow]) -> list[Mark]:
        marks = ((row.problem.number, row.problem.about, row.problem.id) for row in rows)
        return list(dict.fromkeys(marks))

    @work
    async def action_set_aside(self) -> None:
        """Set the chosen findings aside, with a reason."""
        from ka2tui.tui.dialogs.ask import AskReason

        rows = [row for row in self.chosen() if row.standing != ASIDE]
        if not rows:
            return
        beside = self._beside(rows)
        named = f"{rows[0].code} {rows[0].where}" if len(rows) == 1 else ""
        asked = plain.cut(plain.line(named), 40) or plain.count(len(rows), "finding")
        about = (
            "It no longer counts for this record until you bring it back. The reason is kept and "
            "shown: somebody will ask, perhaps you."
        )
        why = await self.app.push_screen_wait(AskReason(f"Set aside {asked}?", about=about))
        if why is not None:
            marks, code = self._marks_of(rows), _code_of(rows)
            done = await self.app.do(operations.set_aside, self.project, marks, why, code=code)
            self.let_go(done)
            if done is not None and beside is not None:
                self.table.move_to(beside)

    def _beside(self, rows: Sequence[ProblemRow]) -> int | None:
        """Give the finding to go on with when others are set aside: the next that counts."""
        left = {row.id for row in self.every if row.standing != ASIDE} - {row.id for row in rows}
        keys, at = list(self.table.keys), self.table.cursor_key
        place = keys.index(at) if at in keys else 0
        after = (key for key in (*keys[place:], *reversed(keys[:place])) if key in left)
        return next(after, None)

    @work
    async def action_bring_back(self) -> None:
        """Let the chosen findings count again."""
        rows = [row for row in self.chosen() if row.standing == ASIDE]
        if rows:
            marks, code = self._marks_of(rows), _code_of(rows)
            done = await self.app.do(operations.bring_back, self.project, marks, code=code)
            self.let_go(done)

    @work
    async def action_as_stage(self) -> None:
        """Choose as if which stage the project is looked at."""
        from ka2tui.domain.checks.stage import Stage
        from ka2tui.tui.dialogs.choose import Choose, Item

        if self.app.project is None:
            return
        stages = list(Stage)
        items = [Item(0, "where it stands")]
        items += [Item(at, stage.value, stage.word) for at, stage in enumerate(stages, start=1)]
        at = 0 if self.as_if is None else stages.index(self.as_if) + 1
        chosen = await self.app.push_screen_wait(Choose("Look at it as if it were", items, at=at))
        if chosen is not None:
            self._as = (self.project, stages[chosen - 1]) if chosen else None
            self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to set aside what counts, and to bring back what does not."""
        if not self.line.typing and action in ("set_aside", "bring_back"):
            wanted = action == "bring_back"
            return any((row.standing == ASIDE) is wanted for row in self.chosen())
        return super().check_action(action, parameters)


def _code_of(rows: Sequence[ProblemRow]) -> str:
    """Give the code with which findings were told, where it is one."""
    codes = {row.code for row in rows}
    return codes.pop() if len(codes) == 1 else ""
