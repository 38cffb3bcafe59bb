"""A partner leaves: what that means, and what a successor takes over of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.domain.leaving import HOW, covered
from ka2tui.domain.text import capital
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.dialogs.would_change import ToBeDone
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from ka2tui.domain.leaving import Holding, Key, Preview, Take
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item, Shown

TICKED, UNTICKED = "[x]", "[ ]"
_NAMED = 12
"""Things of one kind that are named before the rest is only counted."""
_MONEY = frozenset({"shares", "payments", "costs"})
"""Kinds whose notes are amounts."""


class LeavingTold(ToBeDone):
    """What it would mean that a partner leaves; enter goes on, escape leaves all as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "do", "go on", key_display="enter", id="told.do", tooltip="Go on"),
    ]

    def __init__(
        self, seen: Preview, given: Mapping[Key, int] | None = None, *, bright: bool = False
    ) -> None:
        """Make it from a preview; `given` says who takes over what, once that is chosen."""
        word = "would leave" if given is None else "leaves"
        super().__init__(
            f"{plain.cut(plain.line(seen.called), 40)} {word}?", list(_told(seen, given, bright))
        )


@frozen
class TickRow:
    """A kind of things, or one thing of it, to be ticked."""

    id: int
    take: Take
    holding: Holding | None = None
    """None: the heading of the kind."""


class Leave(Dialog[frozenset["Key"] | None]):
    """What a successor takes over: all is ticked at first; answers what stays ticked."""

    DEFAULT_CSS = """
    Leave Box { width: 100; height: 90%; }
    Leave RecordTable { height: 1fr; background: $surface; }
    Leave .-sum { height: 1; color: $quiet; text-style: $quiet-style; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="leave.tick",
                tooltip="Tick or untick this; on a heading the whole kind"),
        Binding("a", "tick_all", "all or none", id="leave.all", tooltip="Tick all, or none"),
        Binding("enter", "take", "go on", id="leave.take", tooltip="Go on with what is ticked"),
    ]  # fmt: skip

    AUTO_FOCUS = "RecordTable"

    def __init__(self, heir: str, holdings: Sequence[Holding], *, bright: bool = False) -> None:
        """Make the list.

        Args:
            heir: What the successor is called.
            holdings: What can be taken over.
            bright: Whether a projector shows it, so that no amounts stand there.
        """
        super().__init__(f"{plain.cut(plain.line(heir), 40)} takes over")
        self.ticked = {it.key for it in holdings}
        self._bright = bright
        self._rows = [*_rows(holdings)]
        self._all = [it.key for it in holdings]

    def content(self) -> Iterable[Widget]:
        """Give the list, and how many are ticked."""
        self.table: RecordTable[TickRow] = RecordTable(
            [
                Column("", 4, share=1, importance=9, tree=True),
                Column("", 30, importance=4),
            ],
            self._cells,
            depth=lambda row: 0 if row.holding is None else 1,
            headings=False,
            bare=True,
            empty="Nothing is left to take over.",
        )
        yield self.table
        yield Static("", classes="-sum")

    def on_mount(self) -> None:
        """Show all, and count."""
        self._show()

    def _cells(self, row: TickRow) -> Sequence[Cell]:
        if row.holding is None:
            keys = [it.key for it in self._of(row.take)]
            some = sum(key in self.ticked for key in keys)
            sign = TICKED if some == len(keys) else UNTICKED if not some else "[-]"
            word = capital(row.take.word)
            return ([(f"{sign} ", "accent"), (word, "strong")], (f"{some} of {len(keys)}", "quiet"))
        on = row.holding.key in self.ticked
        note = "" if self._bright and row.take in _MONEY else row.holding.note
        said = row.holding.called or row.take.word
        return (
            [(f"{TICKED if on else UNTICKED} ", "accent"), (said, "" if on else "quiet")],
            (note if on else row.take.otherwise, "quiet"),
        )

    def _of(self, take: Take) -> list[Holding]:
        return [it.holding for it in self._rows if it.holding is not None and it.take is take]

    def _show(self) -> None:
        self.table.set_rows([*self._rows])
        said = f"{len(self.ticked)} of {len(self._all)} ticked · enter goes on"
        self.query_one(".-sum", Static).update(plain.content(said))

    def action_tick(self) -> None:
        """Tick or untick what the cursor is on."""
        row = self.table.cursor_row
        if row is None:
            return
        keys = {it.key for it in self._of(row.take)}
        if row.holding is not None:
            keys = {row.holding.key}
        self.ticked = self.ticked - keys if keys <= self.ticked else self.ticked | keys
        self._show()

    def action_tick_all(self) -> None:
        """Tick all, or none."""
        self.ticked = set() if self.ticked == set(self._all) else set(self._all)
        self._show()

    @on(RecordTable.Opened)
    def action_take(self) -> None:
        """Go on with what is ticked."""
        self.dismiss(frozenset(self.ticked))


def _rows(holdings: Sequence[Holding]) -> Iterator[TickRow]:
    number = 0
    for take, some in covered(holdings).items():
        for holding in (None, *some):
            number += 1
            yield TickRow(number, take, holding)


def _told(seen: Preview, given: Mapping[Key, int] | None, bright: bool) -> Iterator[Item]:  # noqa: FBT001 - read together
    """Tell what it would mean."""
    from ka2tui.domain.days import say_brief

    when = f"The last day is {say_brief(seen.on)}."
    yield Words(f"{when} What ends by then stays in its name." if seen.ahead else when)
    names = {heir.id: heir.called for heir in seen.heirs}
    if not seen.holdings:
        yield Words("Nothing is in its name.", "quiet")
    for take, some in covered(seen.holdings).items():
        word = capital(take.word)
        yield Head(word, str(len(some)) if given is not None else f"{len(some)}")
        for it in some[:_NAMED]:
            heir = names.get((given or {}).get(it.key, 0))
            fate = "" if given is None else f"→ {heir}" if heir else take.otherwise
            note = "" if bright and take in _MONEY else it.note
            yield Line([it.called or take.word, ("  " + note if note else "", "quiet")],
                       (fate, "" if heir else "soon"))  # fmt: skip
        if len(some) > _NAMED:
            yield Line([(f"and {plain.number(len(some) - _NAMED)} more", "quiet")])
    yield Private([*_money(seen)])
    if seen.expected_at:
        yield Head("Its people are taken off the lists of")
        yield Words(", ".join(seen.expected_at))
    for problem in seen.problems:
        yield Head("Without it")
        yield Words(problem.text, "soon")
        yield Words(problem.why, "quiet")
    if seen.history:
        yield Head("Stays in its name")
        yield Words(", ".join(seen.history))
    people = plain.count(seen.contacts, "person", "people") if seen.contacts else ""
    papers = plain.count(seen.papers, "paper") + " it never brought" if seen.papers else ""
    yield Words(plain.join([people and f"{people} among the contacts", papers], ", "), "quiet")
    yield Words("u takes all of it back at once.", "quiet")


def _money(seen: Preview) -> Iterator[Shown]:
    from ka2tui.domain.money import say_amount

    account = seen.account
    if not (account.share or account.paid):
        return
    yield Head("Money")
    amounts = (
        ("Share", account.share), ("Work done", account.earned), ("Paid", account.paid),
        ("Paid back", account.returned), ("To recover", account.recover),
        ("Owed to it", account.owed),
    )  # fmt: skip
    for word, cents in amounts:
        if cents:
            tone: Tone = "soon" if word in {"To recover", "Owed to it"} else ""
            yield Fact(word, (say_amount(cents, seen.currency), tone))
    yield Words(HOW, "quiet")
