"""Finding partners: who may join, who was asked, and what the consortium still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import candidate_verbs as verbs
from ka2tui.tui.pages import sort_words
from ka2tui.tui.widgets.details import Details, Fact, Head, Passage, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from textual.widget import Widget

    from ka2tui.queries import candidates as views
    from ka2tui.queries.candidates import CandidateRow, Search
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.candidates")

_SIGNS: dict[str, tuple[str, Tone]] = {
    "to_ask": (plain.OPEN, "quiet"),
    "asked": (plain.WAITING, ""),
    "interested": ("▸", "accent"),
    "agreed": (plain.DONE, "good"),
    "declined": ("×", "quiet"),
}


class CandidatesPage(EntriesPage):
    """Organisations that may join, with what is lacking below and one of them at the side."""

    SHOWS = frozenset({"candidate", "partner", "project", "rule_value"})
    MODE = "candidates"
    LIST = "candidate"
    RECORD = "candidate"
    FIGURES = ("candidate",)
    NAME = "Finding partners"
    NOTHING = "Possible partner"
    WORD = "organisation"
    EMPTY = "Nobody yet. Press n to note an organisation, w to see where to look."
    LACKING = "What is still lacking"
    """Stands above what the minimum asks besides."""
    NEED_ROWS = frozenset({"ask", "answered", "take", "edit", "remove"})
    HELP = (
        "Organisations that may become partners. c writes the message that asks one to join and "
        "notes that it was asked, r notes the answer, o takes it as partner with its person. Below "
        "stands what the consortium still lacks by the minimum of its action; w says what to look "
        "for, and where."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "new", id="candidate.add",
                tooltip="Note an organisation that may become a partner"),
        Binding("c", "ask", "ask", id="candidate.ask",
                tooltip="Write the message that asks it to join; noted once it goes"),
        Binding("r", "answered", "answer", id="candidate.answer",
                tooltip="Note what it answered: agreed, interested or declined"),
        Binding("o", "take", "take as partner", id="candidate.take",
                tooltip="Make it a partner, with its person, in one step"),
        Binding("w", "where", "where to look", id="candidate.where",
                tooltip="What to look for in a partner, and where to look"),
        Binding("e", "edit", "edit", id="candidate.edit", tooltip="Edit what is known of it"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False,
                id="candidate.remove", tooltip="Take it off the list; u brings it back"),
        *back_to_list("candidate.close"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CandidatesPage #left { width: 1fr; }
    CandidatesPage #left RecordTable { height: 1fr; }
    CandidatesPage #left Details { display: block; width: 1fr; height: auto; max-height: 8; }
    CandidatesPage.-reading #left { display: none; }
    CandidatesPage.-wide.-reading #left, CandidatesPage.-very-wide.-reading #left {
        display: block;
    }
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.seen: Search | None = None

    def content(self) -> Iterable[Widget]:
        """Give the list with what is lacking below it, and the details beside both."""
        self.table: RecordTable[CandidateRow] = RecordTable(
            self.columns(()), self.cells, tone=self.tone, title=self.NAME, empty=self.EMPTY
        )
        self.lacking = Details(self.LACKING)
        self.details = Details(self.NOTHING, hint=self.READ)
        yield Horizontal(Vertical(self.table, self.lacking, id="left"), self.details, id="panes")

    def columns(self, rows: Sequence[CandidateRow]) -> list[Column]:
        """Give each column the room that these rows need."""
        from ka2tui.domain.countries import say_country

        name = plain.longest([row.called for row in rows], most=50)
        land = plain.longest([say_country(row.country or "") for row in rows], 7, 16)
        said = plain.longest([self._said(row)[0] for row in rows], 8, 34)
        adds = plain.longest([row.adds.word for row in rows if row.adds], 8, 24)
        person = plain.longest([row.person or "" for row in rows], 6, 22)
        return [
            Column("", 1, importance=9),
            Column("Organisation", 16, share=1, wish=name, importance=9),
            Column("Country", land, importance=7),
            Column("How far", said, importance=8),
            Column("Adds", adds, importance=6),
            Column("Brings", 20, share=2, importance=3),
            Column("Person", person, importance=2),
        ]

    def cells(self, row: CandidateRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        from ka2tui.domain.countries import say_country

        sign: Piece = ("★", "good") if row.partner_id else _SIGNS[row.state.value]
        adds: Piece = ""
        if row.adds is not None:
            tone: Tone = "good" if row.adds.helps else "soon" if row.adds.doubt else "quiet"
            adds = (row.adds.word, tone)
        return (
            sign,
            row.called,
            (say_country(row.country) if row.country else "", "quiet"),
            self._said(row),
            adds,
            (" ".join((row.brings or "").split()), "quiet"),
            (row.person or "", "quiet"),
        )

    def _said(self, row: CandidateRow) -> tuple[str, Tone]:
        """Say how far one is, first of all whether it is a partner."""
        if not row.partner_id:
            return self._how_far(row)
        known = row.partner in (None, row.called)
        return "is a partner" if known else f"is partner {row.partner}", ""

    def _how_far(self, row: CandidateRow) -> tuple[str, Tone]:
        """Say how far one is; on a projector not for how long it is silent."""
        if self.app.projector:
            return row.state.word, ""
        return row.said, "soon" if row.silent else ""

    def tone(self, row: CandidateRow) -> Tone:
        """Let those that said no stand back."""
        return "quiet" if row.state == "declined" else ""

    async def load(self) -> Search:
        """Read who may join, what is lacking, and where to look."""
        own = self.app.settings.data
        return await self.app.ask(views.looked_for, self.project, today=self.app.today, own=own)

    def entries(self, seen: Search) -> Sequence[CandidateRow]:
        """Give the organisations."""
        return seen.rows

    def show(self, seen: Search) -> None:
        """Show the list, and below it what is lacking."""
        self.seen = seen
        super().show(seen)
        self.lacking.show([*_lacking(seen)])

    def read_details(self, rest: float = 0) -> None:
        """Say what to look for and where while nobody is on the list."""
        if self.seen is not None and not self.every:
            self.details.show([*verbs.advice(self.seen)], title="Finding partners")
        else:
            super().read_details(rest)

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Tell what is known of an organisation."""
        row = self.table.row_of(key)
        if row is None:
            return None
        sort = await sort_words.said(self.app, row.sort)
        return _told(row, self._how_far(row), self.app.today, sort), row.called

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_add(self) -> None:
        """Note an organisation, and stand on it."""
        if self.app.project is not None:
            self.want(await verbs.add(self.app, self.project))

    @work
    async def action_edit(self) -> None:
        """Edit the organisation under the cursor."""
        row = self.table.cursor_row
        if row is not None:
            await verbs.edit(self.app, row)

    @work
    async def action_ask(self) -> None:
        """Write the message to the chosen organisations."""
        self.let_go(await verbs.ask(self.app, self.chosen()))

    @work
    async def action_answered(self) -> None:
        """Note what the chosen organisations answered."""
        self.let_go(await verbs.answered(self.app, self.chosen()))

    @work
    async def action_take(self) -> None:
        """Make partners of the chosen organisations."""
        self.let_go(await verbs.take(self.app, self.chosen()))

    @work
    async def action_where(self) -> None:
        """Say what to look for, and where."""
        if self.seen is not None:
            await verbs.where(self.app, self.seen)

    @work
    async def action_remove(self) -> None:
        """Take the chosen organisations off the list."""
        self.let_go(await verbs.remove(self.app, self.chosen()))


def _lacking(seen: Search) -> Iterator[Item]:
    """Say what is lacking now, and with those who said yes or are interested."""
    found = seen.lacking
    if found is None:
        yield Words(seen.why_unknown, "quiet")
        return
    minimum = found.now.minimum
    yield Words(minimum.says, "quiet" if minimum.confirmed else "soon")
    for label, reach in found.steps:
        lacks: Piece = ("the numbers are reached", "good")
        if not reach.met:
            lacks = (f"lacks {reach.said}", "soon")
        yield Passage(
            [(f"{label.capitalize():<14}", "quiet"), lacks, (f": {reach.has}", "quiet")], 14
        )
    if minimum.also:
        yield Words(f"It asks also for: {minimum.also}", "quiet")


def _told(row: CandidateRow, how_far: tuple[str, Tone], today: date, sort: str) -> Iterator[Item]:
    """Tell all that is known of an organisation; `sort` says in words what it is."""
    from ka2tui.domain.countries import say_country
    from ka2tui.domain.days import say_day

    sign, tone = _SIGNS[row.state.value]
    yield Words(row.name, "strong")
    yield Fact("How far", (f"{sign} {how_far[0]}", how_far[1] or tone))
    yield Fact("Partner", (row.partner, "good") if row.partner else None)
    if row.asked_on is not None:
        yield Private([Fact("Asked", say_day(row.asked_on, today))])
    yield Fact("Answered", say_day(row.answered_on, today) if row.answered_on else None)
    yield Fact("Country", say_country(row.country) if row.country else ("not entered", "soon"))
    yield Fact("City", row.city)
    if row.adds is not None:
        helps: Tone = "good" if row.adds.helps else "soon" if row.adds.doubt else ""
        yield Fact("Adds", (row.adds.word, helps))
    yield Fact("It is", sort or None)
    yield Fact("OID", row.oid)
    yield Fact("PIC", row.pic)
    yield Fact("Person", row.person)
    yield Fact("Mail", row.email)
    yield Fact("Phone", row.phone)
    yield Fact("Website", row.website)
    yield Fact("Found at", row.found_at)
    yield Head("Brings")
    yield (
        Words(row.brings) if row.brings else Words("Nothing is entered: what only it adds.", "soon")
    )
    if row.notes:
        yield Private([Head("Notes"), *(Words(it) for it in row.notes.splitlines())])
