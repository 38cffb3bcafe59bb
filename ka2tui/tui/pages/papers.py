"""The grid of partners and papers: walked with the arrows, set with a key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from ka2tui.domain.kinds import PaperState
from ka2tui.tui import plain, projector
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.pages import partner_verbs as verbs
from ka2tui.tui.pages import partner_words as words
from ka2tui.tui.widgets.details import Details, Fact, Line, Private, Words
from ka2tui.tui.widgets.record_table import GUTTER, Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from textual.widget import Widget

    from ka2tui.domain.papers import Paper, Standing
    from ka2tui.operations import papers, partners
    from ka2tui.queries import papers as views
    from ka2tui.queries.papers import PaperGrid, PaperRow
    from ka2tui.tui.dialogs.form import Filled
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    papers = lazily("ka2tui.operations.papers")
    partners = lazily("ka2tui.operations.partners")
    views = lazily("ka2tui.queries.papers")

_NARROW, _CELL, _WITH_DAYS = 6, 8, 14
"""Cells of a column with a paper: where room is short, else, and with the day beside its sign."""

_COUNT, _SHORT_COUNT = 15, 8
"""Cells of the column that counts: 3 of 9 missing, 3 of 9."""


class Grid(RecordTable["PaperRow"]):
    """A list in which left and right move from paper to paper."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "paper(1)", "Next paper", show=False, id="papers.right",
                tooltip="The next paper"),
        Binding("left", "paper(-1)", "Paper before", show=False, id="papers.left",
                tooltip="The paper before"),
    ]  # fmt: skip

    class Turned(Message):
        """Another paper is looked at."""

        def __init__(self, step: int) -> None:
            """Say how far, and in which direction."""
            super().__init__()
            self.step = step

    def action_paper(self, step: int) -> None:
        """Go to another paper."""
        self.post_message(self.Turned(step))


class PapersPage(Page):
    """Which partner has brought which paper."""

    SHOWS = frozenset({"partner", "partner_paper", "project"})
    NAME = "Papers"
    HELP = (
        "One row per partner, one column per paper. The arrow keys move, space goes "
        "to the next state: "
        "not asked, asked, received, checked, not needed; the day is kept. An OID or PIC is "
        "entered with e and says by itself whether it is well formed; the agreement is the one "
        "of the partner. What is late has its day behind it. The list stands in papers.toml."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "walk", "next state", id="paper.walk",
                tooltip="Not asked, asked, received, checked, not needed, and again"),
        Binding("f", "put('asked')", "asked for", id="paper.asked",
                tooltip="It was asked for today"),
        Binding("r", "put('received')", "received", id="paper.received",
                tooltip="It arrived today"),
        Binding("t", "put('checked')", "checked", id="paper.checked",
                tooltip="It was checked today"),
        Binding("minus", "put('not_needed')", "not needed", key_display="-",
                id="paper.not_needed", show=False, tooltip="This partner does not need it"),
        Binding("x,delete", "put('none')", "not asked", key_display="x", show=False,
                id="paper.none", tooltip="Back to the beginning: nothing was asked"),
        Binding("e,enter", "edit", "edit", key_display="e", id="paper.edit",
                tooltip="Edit days and note, or enter the number"),
        Binding("c", "chase", "chase", id="paper.chase",
                tooltip="Write a reminder of what is late, coming and missing"),
        Binding("H", "heard", "heard from", show=False, id="paper.heard",
                tooltip="Note a mail, call or chat: H, a letter, enter"),
        Binding("q,escape", "leave", "back", key_display="q", id="paper.leave",
                tooltip="Back to the partners"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PapersPage RecordTable { height: 1fr; }
    PapersPage Details { height: 9; }
    PapersPage.-low Details { height: 7; }
    """

    def __init__(self, partner: int | None = None, paper: str = "") -> None:
        """Make the page; it begins at a partner: at a paper by its title, or the first missing."""
        super().__init__()
        self._wanted = partner
        self._paper = paper
        self.at = 0
        """Which paper is looked at."""
        self._first = 0
        """The first paper in sight."""
        self.grid: PaperGrid | None = None
        self._sources: Mapping[str, str] | None = None
        """Titles of the sources, once they are read."""

    def content(self) -> Iterable[Widget]:
        """Give the grid, and below it what is known of the paper under the cursor."""
        self.table = Grid(
            [Column("Partner", 12, importance=9)],
            self._cells,
            title="Papers",
            empty="No partners yet. q goes back, n adds the first there.",
        )
        legend = "· not asked  ‖ asked  ▸ received  ✓ checked  – not needed"
        self.details = Details("Paper", hint=legend)
        self.details.can_focus = False
        yield self.table
        yield self.details

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> PaperGrid:
        """Read the grid, with the user's own list of papers where there is one."""
        from ka2tui.domain import papers as rules

        known = await asyncio.to_thread(rules.load, self.app.settings.data)
        if self._sources is None:
            self._sources = await asyncio.to_thread(_sources)
        return await self.app.ask(views.grid, self.project, today=self.app.today, known=known)

    def _source(self, key: str) -> str:
        """Give the title of a source."""
        return (self._sources or {}).get(key, key)

    def show(self, seen: PaperGrid) -> None:
        """Show the grid; the cursor stays on its partner and paper."""
        before = self.paper
        self.grid = seen
        ids = [paper.id for paper in seen.papers]
        if before is not None and before.id in ids:
            self.at = ids.index(before.id)
        elif before is None and self._wanted is not None:
            self.at = self._first_missing(self._wanted)
        self.at = min(self.at, max(len(ids) - 1, 0))
        self._lay_out()
        self.table.set_rows(seen.rows)
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None
        missing, total = sum(row.missing for row in seen.rows), sum(row.total for row in seen.rows)
        self.table.set_title(f"Papers, {missing} of {total} missing" if total else "Papers")
        self._show_paper()
        self.refresh_bindings()

    def _first_missing(self, partner: int) -> int:
        """Give the first paper that a partner still has to bring, or the one that is asked for."""
        titles = [paper.title for paper in self.grid.papers] if self.grid else []
        if self._paper in titles:
            return titles.index(self._paper)
        row = self.grid.row(partner) if self.grid else None
        found = (at for at, one in enumerate(row.standings if row else ()) if one and one.missing)
        return next(found, 0)

    @property
    def paper(self) -> Paper | None:
        """The paper under the cursor."""
        known = self.grid.papers if self.grid else ()
        return known[self.at] if self.at < len(known) else None

    @property
    def standing(self) -> Standing | None:
        """How far the paper under the cursor is; None where this partner does not owe it."""
        row = self.table.cursor_row
        return row.standings[self.at] if row is not None and self.paper is not None else None

    # -- drawing --------------------------------------------------------------------------------

    def _room(self) -> tuple[int, int, int]:
        """Give the width of the first column, of one with a paper, and how many of those fit."""
        rows = self.grid.rows if self.grid else ()
        called = plain.longest([row.called for row in rows], 7, 16)
        free = self.app.size.width - 3 - GUTTER - called
        many = len(self.grid.papers) if self.grid else 0
        for cell in (_WITH_DAYS, _CELL):
            if many * (cell + 1) <= free - _COUNT - 1:
                return called, cell, many
        return called, _NARROW, max((free - _SHORT_COUNT - 1) // (_NARROW + 1), 1)

    def _lay_out(self) -> None:
        """Show as many papers as fit, with the one under the cursor among them."""
        known = self.grid.papers if self.grid else ()
        called, cell, fit = self._room()
        self._first = min(max(self._first, self.at - fit + 1, 0), self.at)
        self._first = max(min(self._first, len(known) - fit), 0)
        shown = known[self._first : self._first + fit]
        heads = [
            self._head(paper, cell, here=self._first + n == self.at)
            for n, paper in enumerate(shown)
        ]
        columns = [
            Column("Partner", called, importance=9),
            *(Column(head, cell, importance=9) for head in heads),
            Column("Missing", self._count(cell), align="right", importance=8),
        ]
        self.table.set_columns(columns)
        beside = len(known) - len(shown)
        said = f"{plain.count(beside, 'paper')} beside, ← →" if beside else "← → paper"
        self.table.set_hint(said)

    @staticmethod
    def _head(paper: Paper, cell: int, *, here: bool) -> str:
        """Name a paper above its column; the one under the cursor is marked."""
        if cell == _NARROW:
            return plain.cut(f"›{paper.short}", cell) if here else paper.short
        return f"‹{paper.short}›" if here else f" {paper.short}"

    @staticmethod
    def _count(cell: int) -> int:
        return _SHORT_COUNT if cell == _NARROW else _COUNT

    def _cells(self, row: PaperRow) -> Sequence[Cell]:
        from ka2tui.domain.papers import say_missing

        _, cell, fit = self._room()
        here = row.id == self.table.cursor_key
        cells: list[Cell] = [row.called]
        for at, standing in list(enumerate(row.standings))[self._first : self._first + fit]:
            glyph, tone = plain.pieces(words.paper_sign(standing, self.app.today))[0]
            held = here and at == self.at
            pieces: list[plain.Piece] = [
                ("‹" if held else " ", "accent"),
                (glyph or " ", tone),
                ("›" if held else " ", "accent"),
            ]
            if cell == _WITH_DAYS and standing is not None:
                pieces.append((self._day(standing), "quiet"))
            cells.append(pieces)
        said = say_missing(row.missing, row.total)
        if cell == _NARROW:
            said = f"{row.missing} of {row.total}" if row.missing else plain.DONE
        late = row.late(self.app.today)
        cells.append((said, "late" if late else "soon" if row.missing else "done"))
        return cells

    def _day(self, standing: Standing) -> str:
        from ka2tui.domain.silence import say_short

        return f" {say_short(standing.since, self.app.today)}" if standing.since else ""

    def _show_paper(self) -> None:
        """Say all that is known of the paper under the cursor."""
        paper, row = self.paper, self.table.cursor_row
        if paper is None or row is None:
            self.details.show([], title="Paper")
            return
        title = f"{paper.title} · {row.called}"
        self.details.show(self._items(paper, self.standing), title=title, top=True)

    def _items(self, paper: Paper, standing: Standing | None) -> Iterator[Item]:
        today = self.app.today
        if standing is None:
            yield Line([("This partner does not owe it.", "quiet")])
        else:
            sign = words.paper_sign(standing, today)
            late: plain.Tone = "late" if standing.late(today) else ""
            yield Line([sign, " ", (words.paper_state(standing, today), late or "strong")])
            yield Fact("Days", plain.join(_days(standing, today)))
            yield Fact("Because", (standing.why, "quiet"))
            yield Private([Fact("Note", standing.note)])
            if standing.ours:
                yield Line([(f"{plain.WARNING} It is yours to send first.", "soon")])
        yield Words(paper.about)
        sure = "" if paper.confirmed else "not confirmed: check it in your agreement"
        source = plain.join([self._source(paper.source), paper.place, sure])
        yield Fact("Due", paper.due_words)
        yield Fact("Source", (source, "quiet"))

    @on(RecordTable.Highlighted)
    def follow(self) -> None:
        """Tell of the paper of the partner under the cursor."""
        self._show_paper()
        self.refresh_bindings()

    @on(Grid.Turned)
    def turn(self, event: Grid.Turned) -> None:
        """Look at another paper."""
        last = len(self.grid.papers) - 1 if self.grid else 0
        at = min(max(self.at + event.step, 0), max(last, 0))
        if at != self.at:
            self.at = at
            self._lay_out()
            self._show_paper()
            self.refresh_bindings()

    def on_resize(self) -> None:
        """Show as many papers as there is room for."""
        self._lay_out()

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is a partner and a paper."""
        if projector.hides(self.app, action):
            return False
        if action in ("walk", "put", "edit", "chase", "heard"):
            return self.table.count > 0 and self.paper is not None
        return super().check_action(action, parameters)

    def _chosen(self) -> list[int]:
        """Give the partners whose paper is meant: of several marked ones, those that owe it."""
        chosen = self.table.chosen
        if len(chosen) < 2:
            return chosen
        rows = [row for key in chosen if (row := self.table.row_of(key)) is not None]
        return [row.id for row in rows if row.standings[self.at] is not None]

    async def _put(self, state: PaperState) -> None:
        paper, ids = self.paper, self._chosen()
        if paper is None or not ids:
            return
        if await self.app.do(papers.put, ids, paper, state, on=self.app.today) is not None:
            self.table.clear_marks()

    @work
    async def action_put(self, state: str) -> None:
        """Note how far a paper is."""
        await self._put(PaperState(state))

    @work
    async def action_walk(self) -> None:
        """Go on to the next state; a number that is asked for is entered."""
        from ka2tui.domain import papers as rules

        paper, standing = self.paper, self.standing
        if paper is None:
            return
        state = standing.state if standing else PaperState.NONE
        if paper.truth in rules.NUMBERS and state in (PaperState.ASKED, PaperState.CHECKED):
            await self._enter_number()
        else:
            await self._put(rules.following(state, paper.truth))

    @work
    async def action_edit(self) -> None:
        """Edit days and note, or the number itself."""
        from ka2tui.domain import papers as rules

        if self.paper is not None and self.paper.truth in rules.NUMBERS:
            await self._enter_number()
        elif self.paper is not None:
            await self._edit_paper(self.paper)

    async def _enter_number(self) -> None:
        """Enter the OID or PIC of the partner under the cursor."""
        from ka2tui.domain import identifiers
        from ka2tui.domain.papers import Truth
        from ka2tui.tui.dialogs.line import Line as TypedLine

        row, paper = self.table.cursor_row, self.paper
        if row is None or paper is None:
            return
        pic = paper.truth is Truth.PIC
        stands = row.pic if pic else row.oid

        def said(text: str) -> str:
            number = identifiers.read_pic(text) if pic else identifiers.read_oid(text)
            return number.doubt or "Well formed."

        text = await self.app.push_screen_wait(
            TypedLine(
                f"{'PIC' if pic else 'OID'} of {plain.cut(plain.line(row.called), 40)}",
                value=stands or "",
                placeholder="nine digits" if pic else "E1 and seven digits",
                read=said,
                empty=True,
            )
        )
        if text is None or text == (stands or ""):
            return
        field = "pic" if pic else "oid"
        await self.app.do(partners.edit, row.id, {field: text or None}, {field: stands})

    async def _edit_paper(self, paper: Paper) -> None:
        from ka2tui.domain.papers import Truth
        from ka2tui.tui.dialogs.form import Field, Form, Option

        row, standing = self.table.cursor_row, self.standing
        if row is None:
            return
        states = list(PaperState)
        if paper.truth is Truth.AGREEMENT:
            states = [PaperState.NONE, PaperState.ASKED, PaperState.CHECKED]

        def day(name: str) -> Any:
            return getattr(standing, name) if standing is not None else None

        fields = [
            Field("state", "State", "choice", standing.state if standing else PaperState.NONE,
                  options=[Option(it, it.word) for it in states]),
            Field("asked_on", "Asked for", "date", day("asked_on")),
            Field("received_on", "Received", "date", day("received_on")),
            Field("checked_on", "Checked", "date", day("checked_on")),
            Field("note", "Note", "long", standing.note if standing else None),
        ]  # fmt: skip
        partner = row.id

        async def save(filled: Filled) -> Any:
            if not filled.changed:
                return None
            changed, before = dict(filled.changed), dict(filled.based_on)
            return await self.app.attempt(
                papers.edit, partner, paper, changed, before, on=self.app.today
            )

        title = plain.cut(f"{paper.title} of {plain.line(row.called)}", 64)
        await self.app.push_screen_wait(Form(title, fields, save=save))

    @work
    async def action_chase(self) -> None:
        """Write reminders to the chosen partners; of several, not to the coordinator."""
        ids = self.table.chosen
        if len(ids) > 1:
            rows = [row for key in ids if (row := self.table.row_of(key)) is not None]
            ids = [row.id for row in rows if row.role != "coordinator"]
        if ids and await verbs.chase(self.app, self.project, ids):
            self.table.clear_marks()

    @work
    async def action_heard(self) -> None:
        """Note that the partner under the cursor was heard from."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.heard(self.app, self.project, [(row.id, row.called)])

    def action_leave(self) -> None:
        """Go back to the partners."""
        self.app.pop_screen()


def _days(standing: Standing, today: date) -> list[str]:
    """Say on which days a paper was asked for, came and was checked."""
    from ka2tui.domain.silence import say_short

    days = (
        ("asked for", standing.asked_on),
        ("received", standing.received_on),
        ("checked", standing.checked_on),
    )
    return [f"{word} {say_short(day, today)}" for word, day in days if day is not None]


def _sources() -> Mapping[str, str]:
    """Read the titles of all sources."""
    from ka2tui import datafiles

    known = datafiles.read_toml("sources.toml")
    return {key: str(each.get("title", key)) for key, each in known.items()}
