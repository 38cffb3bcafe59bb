"""Letters: correspondence with the agency and others, in threads, and what is to be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import letter_verbs as verbs
from ka2tui.tui.widgets.details import Fact, Head, Jump, Private, Words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ka2tui.queries import letters as views
    from ka2tui.queries.letters import LetterDetails, LetterRow
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item
else:
    views = lazily("ka2tui.queries.letters")

ARROWS = {"in": "←", "out": "→"}
"""Which way a letter went."""


def sign(row: LetterRow) -> Piece:
    """Give the sign before a letter: late, to be answered, waited for."""
    if row.late:
        return (plain.LATE, "late")
    if row.to_answer:
        return (plain.SOON, "soon")
    return (plain.WAITING, "quiet") if row.waited_for else ""


def answer(row: LetterRow, today: date) -> tuple[str, Tone]:
    """Say until when an answer is wanted, or when it was given."""
    from ka2tui.domain.days import say_day, say_due

    if row.answered_on is not None:
        return (f"{plain.DONE} {say_day(row.answered_on, today)}", "done")
    if row.answer_by is None:
        return ("", "")
    return (say_due(row.answer_by, today), "late" if row.late else "soon" if row.to_answer else "")


class LettersPage(EntriesPage):
    """The letters in threads, with the text of the one under the cursor at the side."""

    SHOWS = frozenset({"letter", "contact"})
    MODE = "letters"
    LIST = "letter"
    WORD = "letter"
    EMPTY = "No letters yet. Press n to keep the first."
    NEED_ROWS = frozenset({"edit", "reply", "answered", "remove"})
    NAME = "Letters"
    RECORD = "letter"
    FIGURES = ("letter",)
    NOTHING = "Letter"
    HELP = (
        "Letters, mails and calls with the agency and others, in threads: what is to be answered "
        "first, then the newest. ← came in, → went out; ! is late, ◷ is to be answered, ‖ waits "
        "for their answer. r keeps the answer to the letter under the cursor."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="letter.new", tooltip="Keep a letter, mail or call"),
        Binding("r", "reply", "answer", id="letter.answer",
                tooltip="Keep the answer to this letter"),
        Binding("space", "answered", "answered", id="letter.answered",
                tooltip="Mark as answered without keeping the answer; or not after all"),
        Binding("e", "edit", "edit", id="letter.edit", tooltip="Edit this letter"),
        Binding("x,delete", "remove", "remove", key_display="x", show=False,
                id="letter.remove", tooltip="Remove it; u brings it back"),
        *back_to_list("letter.close"),
    ]  # fmt: skip

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the project; its figures are told of all letters."""
        return self.app.project, None

    def columns(self, rows: Sequence[LetterRow]) -> list[Column]:
        """Give each column the room that these letters need."""
        from ka2tui.domain.days import say_day

        who = plain.longest([row.who for row in rows], 4, 22)
        day = plain.longest([say_day(row.day, self.app.today) for row in rows], 10, 15)
        answers = plain.longest([answer(row, self.app.today)[0] for row in rows], 10, 17)
        number = plain.longest([row.reference_nr or "" for row in rows], 9, 16)
        return [
            Column("", 1, importance=9),
            Column("Day", day, importance=7),
            Column("", 1, importance=8),
            Column("Subject", 20, share=1, importance=9),
            Column("With", who, importance=5),
            Column("Reference", number, importance=2),
            Column("Answer", answers, align="right", importance=8),
        ]

    def cells(self, row: LetterRow) -> Sequence[Cell]:
        """Show a letter."""
        from ka2tui.domain.days import say_day

        below: list[Piece] = [("↳ ", "quiet")] if row.thread != row.id else []
        return (
            sign(row),
            (say_day(row.day, self.app.today), "quiet"),
            (ARROWS[row.direction], "accent"),
            [*below, row.subject],
            (row.who, "quiet"),
            (row.reference_nr or "", "quiet"),
            answer(row, self.app.today),
        )

    async def load(self) -> Sequence[LetterRow]:
        """Read the letters by thread."""
        return await self.app.ask(views.listed, self.project, today=self.app.today)

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Read a letter."""
        found = await self.app.ask(views.one, key, today=self.app.today)
        return _told(found, self.app.today), plain.line(found.row.subject)

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_new(self) -> None:
        """Keep a letter, and stand on it."""
        if self.app.project is not None:
            self.want(await verbs.add(self.app, self.project))

    @work
    async def action_reply(self) -> None:
        """Keep the answer to the letter under the cursor, and stand on it."""
        row = self.table.cursor_row
        if row is not None:
            self.want(await verbs.reply(self.app, self.project, row))

    @work
    async def action_edit(self) -> None:
        """Edit the letter under the cursor."""
        key = self.table.cursor_key
        if key is not None:
            await verbs.edit(self.app, self.project, key)

    @work
    async def action_answered(self) -> None:
        """Mark the chosen letters as answered, or not after all."""
        self.let_go(await verbs.answered(self.app, self.chosen()))

    @work
    async def action_remove(self) -> None:
        """Remove the chosen letters."""
        self.let_go(await verbs.remove(self.app, self.chosen()))


def _told(found: LetterDetails, today: date) -> Iterator[Item]:
    """Tell all that is known of a letter, with its thread."""
    from ka2tui.domain.days import say_day

    row = found.row
    yield Words(row.subject, "strong")
    yield Fact("From" if row.direction == "in" else "To", row.who)
    yield Fact("Day", say_day(row.day, today))
    yield Fact("By", row.channel.word)
    yield Fact("Reference", row.reference_nr)
    owed = row.to_answer or row.waited_for
    said = answer(row, today)
    yield Fact("Answer by" if owed else "Answered", said if said[0] else None)
    if found.text:
        yield Words("")
        yield Words(found.text)
    if found.notes:
        yield Private([Head("Notes"), Words(found.notes)])
    if len(found.thread) > 1:
        yield Head("Thread", f"{len(found.thread)} letters")
    for other in found.thread if len(found.thread) > 1 else ():
        here: Tone = "strong" if other.id == row.id else ""
        yield Jump(
            [(f"{ARROWS[other.direction]} ", "accent"), (other.subject, here)],
            ("letter", other.id),
            (say_day(other.day, today), "quiet"),
        )
