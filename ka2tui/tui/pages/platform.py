"""Results on the programme's platform: which are drafts, sent for review, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.kinds import PlatformState
from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.widgets.details import Fact, Head, Line, Words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ka2tui.operations import deliverables
    from ka2tui.queries import platform as views
    from ka2tui.queries.platform import ResultRow, Results
    from ka2tui.tui.dialogs.form import Filled
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    deliverables = lazily("ka2tui.operations.deliverables")
    views = lazily("ka2tui.queries.platform")

_SIGNS: dict[PlatformState, tuple[str, Tone]] = {
    PlatformState.NONE: ("·", "quiet"),
    PlatformState.DRAFTED: ("▸", ""),
    PlatformState.SENT: ("▸", "accent"),
    PlatformState.PUBLISHED: ("✓", "done"),
}


class PlatformPage(EntriesPage):
    """The deliverables, and how far each is on the platform of results."""

    SHOWS = frozenset({"deliverable", "partner", "work_unit", "project"})
    LIST = "result"
    RECORD = "deliverable"
    FIGURES = ("platform",)
    NAME = "Results platform"
    NOTHING = "Result"
    WORD = "result"
    EMPTY = "No deliverables yet. q goes back; 7 opens the work plan, where they are added."
    NEED_ROWS = frozenset({"put", "edit"})
    HELP = (
        "Two different moments: drafts early; sent for review usually only after the project's "
        "last day, or once the final report is submitted. Nothing is blocked: ask your agency."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "put('drafted')", "drafted", id="platform.drafted",
                tooltip="It is a draft on the platform, since today"),
        Binding("s", "put('sent')", "sent for review", id="platform.sent",
                tooltip="It was sent for review there, today"),
        Binding("p", "put('published')", "published", id="platform.published",
                tooltip="It is published there, since today"),
        Binding("minus", "put('none')", "not there", key_display="-", id="platform.none",
                tooltip="It is not on the platform"),
        Binding("e", "edit", "edit", id="platform.edit", tooltip="State, since when, and link"),
        *back_to_list("platform.close"),
        Binding("q", "leave", "back", id="platform.leave", tooltip="Back to dissemination"),
    ]  # fmt: skip

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.results: Results | None = None

    def columns(self, rows: Sequence[ResultRow]) -> list[Column]:
        """Give each column the room that these results need."""
        code = plain.longest([row.code for row in rows], 4, 10)
        title = plain.longest([row.title for row in rows], most=60)
        lead = plain.longest([row.lead or "" for row in rows], 4, 12)
        return [
            Column("", 1, importance=9),
            Column("Code", code, importance=8),
            Column("Result", 14, share=1, wish=title, importance=9),
            Column("There", 15, importance=9),
            Column("Since", 12, importance=5),
            Column("Here", 10, importance=6),
            Column("Due", 12, align="right", importance=3),
            Column("Lead", lead, importance=2),
        ]

    def cells(self, row: ResultRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        from ka2tui.domain.days import say_day

        sign: Cell = ("!", "soon") if row.to_draft else _SIGNS[row.platform]
        due = say_day(row.due, self.app.today, row.precision) if row.due else ""
        return (
            sign,
            row.code,
            row.title,
            (row.platform.word, "soon" if row.to_draft else ""),
            (say_day(row.since, self.app.today) if row.since else "", "quiet"),
            (row.state.word, "quiet"),
            (due, "quiet"),
            (row.lead or "", "quiet"),
        )

    def heading(self, shown: Sequence[ResultRow]) -> str:
        """Say how many are there."""
        there = sum(row.platform is not PlatformState.NONE for row in shown)
        return f"{self.NAME} {there} of {len(shown)} there" if shown else self.NAME

    async def load(self) -> Results:
        """Read the results."""
        return await self.app.ask(views.listed, self.project, today=self.app.today)

    def entries(self, seen: Results) -> Sequence[ResultRow]:
        """Give the results that were read."""
        self.results = seen
        return seen.rows

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Tell of the result under the cursor."""
        from ka2tui.domain.days import say_day

        row = self.table.row_of(key)
        if row is None or self.results is None:
            return None
        early = any(each.id == key for each in self.results.early)
        items: list[Item] = [
            Words(row.title or row.code, "strong"),
            Line(""),
            Fact("There", _word(row)),
            Fact("Since", say_day(row.since, self.app.today) if row.since else None),
            Fact("Link", row.link),
            Fact("Here", row.state.word),
            Fact("Belongs to", row.work_unit),
            Fact("Led by", row.lead),
            Head("Two moments"),
            Words(self.results.hint, "quiet"),
        ]
        if row.to_draft:
            items.append(Words("It is accepted here and not even a draft there.", "soon"))
        if early:
            said = "It stands as sent for review before that is usually possible: look again."
            items.append(Words(said, "soon"))
        return items, row.code

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_put(self, state: str) -> None:
        """Note how far the chosen results are there, since today."""
        ids = [row.id for row in self.chosen()]
        known = PlatformState(state)
        done = await self.app.do(deliverables.put_on_platform, ids, known, on=self.app.today)
        self.let_go(done)
        early = known in (PlatformState.SENT, PlatformState.PUBLISHED)
        if done and early and self.results is not None and self.results.reviewable is False:
            self.app.tell(self.results.hint)

    @work
    async def action_edit(self) -> None:
        """Edit state, day and link of the result under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await self._edit(row)

    async def _edit(self, row: ResultRow) -> None:
        from ka2tui.tui.dialogs.form import Field, Form, Option

        async def save(filled: Filled) -> Any:
            if not filled.changed:
                return None
            return await self.app.attempt(
                deliverables.edit, row.id, filled.changed, filled.based_on
            )

        fields = [
            Field("platform_state", "There", "choice", row.platform,
                  options=[Option(it, it.word) for it in PlatformState]),
            Field("platform_on", "Since", "date", row.since),
            Field("platform_link", "Link", value=row.link, hint="where it stands there"),
        ]  # fmt: skip
        title = f"{plain.cut(plain.line(row.code), 20)} on the results platform"
        await self.app.push_screen_wait(Form(title, fields, save=save))

    def action_leave(self) -> None:
        """Go back from the details, else to dissemination."""
        if self.reading:
            self.action_close()
        else:
            self.app.pop_screen()


def _word(row: ResultRow) -> Cell:
    glyph, tone = _SIGNS[row.platform]
    return (f"{glyph} {row.platform.word}", tone)
