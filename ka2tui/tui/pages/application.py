"""Promised and now: where the project departs from its approved application, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.tui import going, plain
from ka2tui.tui.detail_page import DetailPage, back_to_list
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import application_verbs as verbs
from ka2tui.tui.widgets.details import Details, Fact, Head, Jump, Line, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.widget import Widget

    from ka2tui.domain.application import Standing
    from ka2tui.queries import application as views
    from ka2tui.queries.application import Row, Seen
    from ka2tui.tui.plain import Cell, Piece
    from ka2tui.tui.widgets.details import Item, Shown
else:
    views = lazily("ka2tui.queries.application")

SHOWS = frozenset(
    {"project", "partner", "work_unit", "share", "deliverable", "milestone", "meeting"}
    | {"approved_fact", "departure", "letter"}
)

NOT_KEPT = (
    "The application is not kept yet. Press n to keep what is planned now as what was promised."
)
AS_PROMISED = "Everything is as it was promised."

_SIGNS: dict[str, Piece] = {
    "open": (plain.LATE, "late"),
    "again": (plain.LATE, "late"),
    "to_ask": (plain.SOON, "soon"),
    "refused": (plain.LATE, "late"),
    "waiting": (plain.WAITING, "soon"),
    "explained": (plain.DONE, "done"),
    "accepted": (plain.DONE, "done"),
    "settled": (plain.DONE, "quiet"),
}

_NEEDS_ROW = frozenset({"explain", "accept", "withdraw", "visit"})


def sign(standing: Standing) -> Piece:
    """Give the sign for how far the explaining is."""
    return _SIGNS[standing]


class ApplicationPage(DetailPage):
    """What is not as it was promised, with promise, day and reason at the side."""

    SHOWS = SHOWS
    LIST = "departure"
    NAME = "Promised and now"
    FIGURES = ("application",)
    NOTHING = "Departure"
    HELP = (
        "What is not as the approved application promised, what is to be explained first: dates, "
        "partners, money, results, events, also what was removed or added. ! is to be explained, "
        "‖ waits for the agency. A key works on the row under the cursor, or on all marked with v."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "explain", "explain", id="departure.explain",
                tooltip="Say why, how it was handled, what the agency said"),
        Binding("y", "accept", "take over", id="departure.accept",
                tooltip="The agency accepted it: it is promised from now on"),
        Binding("o", "visit", "go there", id="departure.visit",
                tooltip="Go to the record in its own page"),
        Binding("n", "keep", "keep as approved", id="departure.keep",
                tooltip="Keep what is planned now as what was promised; anew asks for a reason"),
        Binding("x,delete", "withdraw", "take words away", key_display="x", show=False,
                id="departure.withdraw", tooltip="Take away what was said about it"),
        *back_to_list("departure.close"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ApplicationPage {
        & #panes { height: 1fr; }
        & RecordTable { width: 1fr; }
        & Details { width: 46; display: none; }
        &.-wide Details, &.-very-wide Details { display: block; }
        &.-very-wide Details { width: 72; }
        &.-reading RecordTable { display: none; }
        &.-reading Details { display: block; width: 1fr; }
        &.-wide.-reading RecordTable, &.-very-wide.-reading RecordTable { display: block; }
        &.-wide.-reading Details { width: 46; }
        &.-very-wide.-reading Details { width: 72; }
    }
    """

    def __init__(self) -> None:
        """Begin before anything is read."""
        super().__init__()
        self.seen: Seen | None = None
        self._wanted: int | None = None

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the project; its figures are told of all departures."""
        return self.app.project, None

    def content(self) -> Iterable[Widget]:
        """Give the list, and the details beside it."""
        self.table: RecordTable[Row] = RecordTable(
            self._columns(()), self._cells, title=self.NAME, empty=NOT_KEPT
        )
        self.details = Details(self.NOTHING, hint=self.READ)
        yield Horizontal(self.table, self.details, id="panes")

    def _columns(self, rows: Sequence[Row]) -> list[Column]:
        from ka2tui.domain.days import say_day

        today = self.app.today
        since = plain.longest([say_day(it.since, today) for it in rows if it.since], 5, 14)
        record = plain.longest([row.said for row in rows], 8, 30)
        state = plain.longest([row.standing.word for row in rows], 5, 24)
        return [
            Column("", 1, importance=9),
            Column("Record", min(record, 22), share=1, wish=record, importance=9),
            Column("Promised → now", 20, share=2, importance=9),
            Column("Since", since, align="right", importance=6),
            Column("State", state, importance=4),
        ]

    def _cells(self, row: Row) -> Sequence[Cell]:
        from ka2tui.domain.days import say_day

        settled = row.standing in {"settled", "accepted"}
        return (
            sign(row.standing),
            (row.said, "quiet" if settled else ""),
            (self._what(row), "quiet" if settled else ""),
            (say_day(row.since, self.app.today) if row.since else "", "quiet"),
            (row.standing.word, "quiet"),
        )

    def _what(self, row: Row) -> str:
        """Say all that differs; on a projector no money."""
        said = [
            it.label if self.app.projector and it.spot.field == "money" else it.what
            for it in row.items
        ]
        return "; ".join(said)

    async def load(self) -> Seen:
        """Compare what was promised with what is planned now."""
        return await self.app.ask(views.listed, self.project, today=self.app.today)

    def show(self, seen: Seen) -> None:
        """Show the departures, and stand on the one that was asked for."""
        self.seen = seen
        self.refill()
        self._stand()
        self.refresh_bindings()

    def refill(self) -> None:
        """Show what the filter lets through."""
        rows = self.seen.rows if self.seen else ()
        shown = self.filtered(rows)
        nothing = AS_PROMISED if self.seen and self.seen.approved_on else NOT_KEPT
        fits = "No departure fits this filter. escape shows all."
        self.table.set_empty(fits if self.filtering else nothing)
        self.table.set_title(self._title())
        columns = tuple(self._columns(shown))
        if self.table.columns != columns:
            self.table.set_columns(columns)
        self.table.set_rows(shown, hidden=len(rows) - len(shown), among=rows)
        self.table.set_hint("v mark" if shown else "")
        self.say_filtered(len(shown), len(rows))
        self.read_details()

    def _title(self) -> str:
        from ka2tui.domain.days import say_brief

        if self.seen is None or self.seen.approved_on is None:
            return self.NAME
        return f"{self.NAME} · as approved {say_brief(self.seen.approved_on)}"

    def on_screen_resume(self) -> None:
        """Show what another page wants to see."""
        text = self.app.wanted_words.pop("application", None)
        if text is not None:
            self.put_filter(text)
        wanted = self.app.wanted_records.pop("application", None)
        if wanted is not None:
            self._wanted = wanted
            self.line.clear()
            self._stand()

    def _stand(self) -> None:
        """Put the cursor where somebody wants it: on a departure, or below 0 on a row."""
        wanted = self._wanted
        if wanted is None or self.seen is None:
            return
        rows = [it.id for it in self.seen.rows if wanted in {it.departure, -it.id}]
        if rows and self.table.move_to(rows[0]):
            self._wanted = None

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Tell a departure; it was read with the list."""
        row = self.table.row_of(key)
        return None if row is None else (self._lines(row), plain.line(row.said))

    def _lines(self, row: Row) -> Iterator[Item]:
        from ka2tui.domain.days import say_day

        yield Line([sign(row.standing), f" {row.standing.word}"])
        yield Fact("Of", row.kind)
        for it in row.items:
            lines: list[Shown] = [
                Head((it.label or "part of the project").capitalize()),
                Fact("Promised", it.promised),
                Fact("Now", it.now if it.how else None),
                Fact("Since", say_day(it.since, self.app.today) if it.since else None),
            ]
            if it.spot.field == "money":
                yield Private(lines)
            else:
                yield from lines
        yield Head("Why", "" if row.why else "e explains it")
        if row.why:
            yield Words(row.why)
        yield Fact("Handled", row.handling.word if row.handling else None)
        yield Fact("Asked", say_day(row.asked_on, self.app.today) if row.asked_on else None)
        yield Fact(
            "Answered", say_day(row.answered_on, self.app.today) if row.answered_on else None
        )
        yield Fact("Answer", row.answer.word if row.answer else None)
        if row.letter_id is not None:
            yield Jump(row.letter or "letter", ("letter", row.letter_id), label="Letter")
        if row.notes:
            yield Private([Head("Notes"), Words(row.notes)])
        if self.seen and self.seen.note:
            yield Head("Note")
            yield Words(self.seen.note, "quiet")

    # -- verbs ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if not self.line.typing and action in _NEEDS_ROW and not self.table.count:
            return False
        return super().check_action(action, parameters)

    @work
    async def action_keep(self) -> None:
        """Keep what is planned now as what was promised."""
        if self.app.project is not None:
            await verbs.keep(self.app, self.project, self.seen)

    @work
    async def action_explain(self) -> None:
        """Explain the chosen departures, in one step."""
        rows = self.chosen()
        if rows:
            self.let_go(await verbs.explain(self.app, self.project, rows))

    @work
    async def action_accept(self) -> None:
        """Take over what the agency accepted."""
        rows = self.chosen()
        if rows:
            self.let_go(await verbs.accept(self.app, self.project, rows))

    @work
    async def action_withdraw(self) -> None:
        """Take away what was said about the chosen departures."""
        rows = self.chosen()
        if rows:
            self.let_go(await verbs.withdraw(self.app, self.project, rows))

    def action_visit(self) -> None:
        """Go to the record under the cursor in its own page."""
        row = self.table.cursor_row
        if row is not None and (
            row.record is None or not going.to(self.app, row.about, row.record)
        ):
            self.app.tell("It has no page of its own to go to.")
