"""Assessments beside each other: one row an item, one column an assessor, differences first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from ka2tui.domain.comparing import by_disagreement, is_agreed, same_round
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.details import Details, Fact, Head, Line, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from textual.widget import Widget

    from ka2tui.domain.comparing import Compared
    from ka2tui.operations import agreeing
    from ka2tui.queries import comparing as views
    from ka2tui.queries.comparing import Comparison
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    agreeing = lazily("ka2tui.operations.agreeing")
    views = lazily("ka2tui.queries.comparing")

_FAR = 2
"""Points apart from which it is time to talk."""


class ComparisonPage(Page):
    """What several assessors answered, item by item."""

    SHOWS = frozenset({"assessment", "answer"})
    NAME = "Comparison"
    HELP = (
        "What each assessor answered, where they differ most first: that is where to talk. ▾ marks "
        "the lowest, a dot is not answered yet, a blank means that there was no such item. n "
        "begins an assessment of what all agree on; the rest is open, with a note of who said what."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "order", "by checklist", id="comparison.order",
                tooltip="Disagreements first, or in the order of the checklist"),
        Binding("n", "agree", "agree", id="comparison.agree",
                tooltip="Begin an assessment of what all agree on, or go on with it"),
        Binding("t", "trend", "trend", id="comparison.trend",
                tooltip="How the own estimates went over time"),
        Binding("q,escape", "leave", "back", key_display="q", id="comparison.leave",
                tooltip="Back to where you came from"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ComparisonPage #panes { height: 1fr; layout: horizontal; }
    ComparisonPage #left-out { height: auto; max-height: 3; padding: 0 1; color: $quiet; }
    ComparisonPage #panes RecordTable { width: 60%; }
    ComparisonPage #panes Details { width: 40%; }
    ComparisonPage.-narrow #panes { layout: vertical; }
    ComparisonPage.-narrow #panes RecordTable { width: 100%; height: 3fr; }
    ComparisonPage.-narrow #panes Details { width: 100%; height: 2fr; min-height: 8; }
    """

    def __init__(
        self, assessments: Sequence[int], code: str | None = None, older: Sequence[int] = ()
    ) -> None:
        """Make the page.

        Args:
            assessments: The ids of those to compare, at least two.
            code: Of the item that it begins at; None: the one they differ on most.
            older: The ids of those of earlier rounds that are left out, to be named.
        """
        super().__init__()
        self.assessments = tuple(assessments)
        self.older = tuple(older)
        self.in_order = False
        self._code = code
        self.seen: Comparison | None = None

    def content(self) -> Iterable[Widget]:
        """Give the items, and what was said of the one under the cursor beside them."""
        self.items: RecordTable[Compared] = RecordTable(
            self._columns(None), self.cells, title="Comparison", hint="enter open"
        )
        self.details = Details("Item", hint="n agree")
        self.left_out = Static("", id="left-out")
        yield Horizontal(self.items, self.details, id="panes")
        yield self.left_out

    def _columns(self, seen: Comparison | None) -> list[Column]:
        """Make a column for each assessor, under the initials; the question has the room."""
        names = () if seen is None else _heads(seen)
        return [
            Column("", 1, importance=9),
            Column("", 4, importance=7),
            *(Column(name, max(3, len(name)), align="right", importance=8) for name in names),
            Column("Apart", 5, align="right", importance=6),
            Column("Item", 16, share=1, importance=9),
        ]

    def cells(self, one: Compared) -> tuple[Cell, ...]:
        """Show an item: how it stands, what each answered, and how far they are apart."""
        glyph, tone = _look(one)
        return (
            (glyph, tone),
            (one.code, "quiet"),
            *(_said(one, place) for place in range(len(one.answers))),
            ("n/a ?" if one.split else str(one.gap) if one.gap else "", tone),
            (one.text, "quiet" if one.agreed is not None else ""),
        )

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> Comparison | str:
        """Read the assessments; why they cannot be compared any more, where that is so."""
        try:
            return await self.app.ask(views.compare, self.assessments, older=self.older)
        except Refused as refusal:
            return str(refusal)

    def show(self, seen: Comparison | str) -> None:
        """Show the items; where there is nothing left to compare, go back."""
        if isinstance(seen, str):
            self.app.tell(seen, severity="warning")
            self.action_leave()
            return
        self.seen = seen
        self.items.set_columns(self._columns(seen))
        how = ". To take them in, mark with v on Checklists all that you want, then d."
        self.left_out.update(plain.block(f"{seen.left_out}{how}" if seen.left_out else ""))
        self.left_out.display = bool(seen.left_out)
        self._fill()
        if not self.loaded:
            self.items.focus()
            wanted = next((one.id for one in seen.items if one.code == self._code), None)
            if wanted is None:
                self.items.action_first()
            else:
                self.items.move_to(wanted)
        self._say_headline(None)
        self.show_item()

    def _fill(self) -> None:
        if self.seen is None:
            return
        rows: list[Compared | Section] = []
        if self.in_order:
            for criterion in self.seen.criteria:
                apart = f"{criterion.spread} apart" if criterion.spread else ""
                items = [one for one in self.seen.items if one.criterion == criterion.id]
                rows += [Section(criterion.title, apart), *items]
        else:
            parts = (
                ("They differ", [one for one in self.seen.items if one.gap]),
                (
                    "Not answered by all",
                    [one for one in self.seen.items if not one.gap and one.agreed is None],
                ),
                ("Agreed", [one for one in self.seen.items if one.agreed is not None]),
            )
            for title, items in parts:
                if items:
                    rows += [Section(title, str(len(items))), *by_disagreement(items)]
        self.items.set_rows(rows)
        order = "as the checklist goes" if self.in_order else "disagreements first"
        self.items.set_title(f"{self.seen.title} · {order}")
        order = "disagreements first" if self.in_order else "by checklist"
        self.items.set_hint(f"enter open  d {order}")

    def facts(self) -> str:
        """Say how they stand to each other, and what an agreed estimate could be."""
        if self.seen is None:
            return self.NAME
        low, high = self.seen.outcome.lowest.total, self.seen.outcome.highest.total
        each = [
            f"{plain.cut(name, 14)} {'–' if row.score.total is None else row.score.total}"
            for name, row in zip(self.seen.names, self.seen.heads, strict=True)
        ]
        could = "" if low is None else f"agreed {low}" if low == high else f"agreed {low}-{high}"
        return plain.join([self.seen.say, *each[:3], could])

    @on(RecordTable.Highlighted)
    def show_item(self) -> None:
        """Show what each said of the item under the cursor."""
        one = self.items.cursor_row
        if self.seen is None or one is None:
            self.details.show([])
            return
        lines = _details(one, self.seen, self.app.today)
        self.details.show(lines, title=f"{one.code} · {one.word}", top=True)
        going_on = self.seen.agreed is not None and not self.seen.agreed.closed
        self.details.set_hint("n go on agreeing" if going_on else "n agree")

    # -- verbs ----------------------------------------------------------------------------------

    def action_order(self) -> None:
        """Put disagreements first, or follow the checklist; the cursor stays on its item."""
        self.in_order = not self.in_order
        self._fill()

    @on(RecordTable.Opened)
    @work
    async def open_item(self) -> None:
        """Open the item in the assessment of one of them."""
        from ka2tui.tui.dialogs.choose import Choose
        from ka2tui.tui.dialogs.choose import Item as Choice

        one, seen = self.items.cursor_row, self.seen
        if one is None or seen is None:
            return
        choices = [
            Choice(row.id, name, "" if answer is None else answer.said)
            for row, name, answer in zip(seen.heads, seen.names, one.answers, strict=True)
        ]
        chosen = await self.app.push_screen_wait(Choose(f"{one.code}: whose answer?", choices))
        if chosen is not None:
            await self.app.open_assessment(chosen, code=one.code)

    @work
    async def action_agree(self) -> None:
        """Begin an assessment of what all agree on, or go on with the one that there is."""
        if self.seen is None:
            return
        agreed = self.seen.agreed
        if agreed is None or agreed.closed:
            heads = [row.id for row in self.seen.heads if not is_agreed(row.assessor)]
            outcome = await self.app.do(agreeing.begin, heads, day=self.app.today)
            if outcome is not None:
                await self.app.open_assessment(outcome.value)
            return
        await self.app.open_assessment(agreed.id)

    @work
    async def action_trend(self) -> None:
        """Show how the own estimates went over time."""
        from ka2tui.tui.pages.trend import TrendPage

        if self.seen is not None:
            await self.app.push_screen(TrendPage(self.seen.checklist))

    def action_leave(self) -> None:
        """Go back to the page below."""
        if self.is_active:
            self.app.pop_screen()


def _signs(seen: Comparison) -> Sequence[str]:
    """Give the initials of each assessor; letters where two would have the same."""
    initials = [
        "".join(word[0] for word in plain.line(name).split() if word[0].isalpha())[:2].upper()
        for name in seen.names
    ]
    alike = len(set(initials)) < len(initials) or not all(it.isascii() and it for it in initials)
    return seen.letters if alike else initials


def _heads(seen: Comparison) -> Sequence[str]:
    """Say above each column whose answers stand there; the year too of one that is old."""
    return [
        sign if same_round(row.day, seen.heads[-1].day) else f"{sign} {row.day.year}"
        for row, sign in zip(seen.heads, _signs(seen), strict=True)
    ]


def _look(one: Compared) -> tuple[str, plain.Tone]:
    if one.gap >= _FAR:
        return plain.LATE, "late"
    if one.gap:
        return plain.SOON, "soon"
    return (plain.DONE, "good") if one.agreed is not None else (plain.OPEN, "quiet")


def _said(one: Compared, place: int) -> Cell:
    """Show one answer; the lowest of those that differ is marked."""
    answer = one.answers[place]
    if answer is None:
        return ""
    if answer.open:
        return (plain.OPEN, "quiet")
    lowest = one.spread and answer.score is not None and answer.score == min(one.scores)
    return (f"▾{answer.brief}", "late") if lowest else answer.brief


def _details(one: Compared, seen: Comparison, today: date) -> Iterator[Item]:
    from ka2tui.domain.days import say_day

    yield Words(one.text)
    if one.reworded:
        yield Words("Not all of them answered it in these words.", "soon")
    yield Head("Answers", one.word)
    signs = _signs(seen)
    names = zip(signs, seen.names, strict=True)
    for name, answer, note, place in zip(names, one.answers, one.notes, one.places, strict=True):
        said = "has no such item" if answer is None else answer.said
        yield Line([(f"{name[0]} ", "strong"), name[1]], said)
        if note:
            yield Private([Words(f"  {note}", "quiet")])
        if place:
            yield Words(f"  proof: {place}", "quiet")
    if one.weight > 1:
        yield Fact("Counts", "twice" if one.weight == 2 else "three times")
    yield Fact("Proof", one.proof)
    yield Head("Own estimates, 0 to 100")
    for sign, row in zip(signs, seen.heads, strict=True):
        estimate = row.score.say.removeprefix("own estimate ")
        yield Line([(f"{sign} ", "strong"), f"{estimate}, {say_day(row.day, today)}"])
    yield Words(f"{capital(seen.outcome.say)}.")
    yield Head("By criterion")
    yield Line([("".join(f"{sign:>4}" for sign in signs), "quiet")])
    for criterion in seen.criteria:
        cells = [
            f"{'–' if it is None or it.per_cent is None else it.per_cent:>4}"
            for it in criterion.scores
        ]
        apart = f"  {criterion.spread} apart" if criterion.spread else ""
        yield Line(["".join(cells), f"  {criterion.title}", (apart, "quiet")])
