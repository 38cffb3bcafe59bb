"""Rules: what the call asks of the project's action, and what its own agreement says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.domain.text import capital
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.detail_page import back_to_list
from ka2tui.tui.entries_page import EntriesPage
from ka2tui.tui.lazy import lazily
from ka2tui.tui.widgets.details import Fact, Head, Line, Words
from ka2tui.tui.widgets.record_table import Column, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ka2tui.domain.rule_keys import Key
    from ka2tui.domain.rule_sheet import RuleRow
    from ka2tui.operations import rule_values
    from ka2tui.queries import checked
    from ka2tui.queries import rule_values as views
    from ka2tui.queries.rule_values import Sheet
    from ka2tui.tui.dialogs.form import Filled
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    rule_values = lazily("ka2tui.operations.rule_values")
    checked = lazily("ka2tui.queries.checked")
    views = lazily("ka2tui.queries.rule_values")

_OF_THE_CALL = {
    "deadline": "The deadline of your application is entered with the project: g o, then d.",
    "award": "The points are those of the call. A file of rules of your own changes them.",
    "composition": "This is asked by the call. A file of rules of your own changes it.",
    "reductions": "Your own table of reductions is entered on the page Score: g z.",
}
"""Why a value cannot be set here, and where it can, by the beginning of its key."""


@frozen
class Shown:
    """A value as the list shows it, or a file that cannot be read."""

    id: int
    row: RuleRow | None
    why: str = ""
    """Why the file cannot be read."""
    file: str = ""

    @property
    def key(self) -> str:
        """The name of the value, or of the file."""
        return self.row.key if self.row else self.file

    @property
    def title(self) -> str:
        """What it is."""
        return self.row.title if self.row else self.file

    @property
    def text(self) -> str:
        """What stands there."""
        return self.row.text if self.row else self.why

    @property
    def group(self) -> str:
        """What it is about."""
        return self.row.group if self.row else "Your own files"

    @property
    def source(self) -> str:
        """Where it is written."""
        return self.row.source if self.row else ""

    @property
    def own(self) -> bool:
        """Whether the own agreement says so."""
        return self.row is not None and self.row.own

    @property
    def unconfirmed(self) -> bool:
        """Whether no text was read for it."""
        return self.row is not None and self.row.unconfirmed


class RulesPage(EntriesPage):
    """The rules of the project's action, with their sources at the side."""

    SHOWS = frozenset({"rule_value", "project"})
    MODE = "rules"
    LIST = "rule"
    WORD = "rule"
    NEED_ROWS = frozenset({"edit", "unset"})
    NAME = "Rules of the call"
    NOTHING = "Rule"
    LEAVE = "escape back"
    EMPTY = "No rules are known: enter the action of the project (g o, then e)."
    HELP = (
        "What the call asks of this action, each value with its source. Your grant agreement wins: "
        "e enters what it says, n enters what the rules are silent about, x goes back to the "
        "rules. What no text was read for has a ? before it: check it in your guide. A "
        "file of rules of your own adds a call year; one that cannot be read is named here, with "
        "line and key, and ours holds meanwhile."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "my agreement", id="rule.edit",
                tooltip="Enter what your own grant agreement says; it wins"),
        Binding("n", "add", "another value", id="rule.add",
                tooltip="Enter a value of your agreement that the rules are silent about"),
        Binding("x", "unset", "back to the rules", id="rule.unset",
                tooltip="Forget what was entered: the rules of the call hold again"),
        *back_to_list("rule.close"),
    ]  # fmt: skip

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._sheet: Sheet | None = None
        self._agreed = True
        """Whether there can be an agreement: not before the application is decided."""
        self._ids: dict[str, int] = {}
        """The key of each row ever shown, so that the cursor stays on it."""

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> tuple[Sheet, bool]:
        """Read the rules that hold for the project, and whether it can have an agreement."""
        stage = await self.app.ask(checked.stage, self.project, today=self.app.today)
        sheet = await self.app.ask(views.sheet, self.project, own=self.app.settings.data)
        return sheet, not stage.before_decision

    def on_screen_resume(self) -> None:
        """Look whether own files have changed meanwhile."""
        if self.loaded and self.app.settings.data is not None:
            self.stale = True
        super().on_screen_resume()

    def entries(self, seen: tuple[Sheet, bool]) -> Sequence[Shown]:
        """Give files that cannot be read, then the values."""
        sheet, self._agreed = seen
        self._sheet = sheet
        self.call_key("rule.edit", "my agreement" if self._agreed else "own value")
        broken = [
            Shown(self.number(str(it.file)), None, it.why, it.file.name) for it in sheet.broken
        ]
        return [*broken, *(Shown(self.number(row.key), row) for row in sheet.rows)]

    def number(self, key: str) -> int:
        """Give the key of a row by its name: always the same."""
        return self._ids.setdefault(key, len(self._ids) + 1)

    def heading(self, shown: Sequence[Shown]) -> str:
        """Say which rules they are."""
        return self.NAME if self._sheet is None else plain.join([self.NAME, self._sheet.says])

    def arranged(self, shown: Sequence[Shown]) -> Sequence[Shown | Section]:
        """Put what is about the same under one heading."""
        found: list[Shown | Section] = []
        for row in shown:
            if not found or self._before(found[-1]) != row.group:
                found.append(Section(row.group))
            found.append(row)
        return found

    def _before(self, row: Shown | Section) -> str:
        return row.group if isinstance(row, Shown) else ""

    def columns(self, rows: Sequence[Shown]) -> list[Column]:
        """Give each column the room that these rules need."""
        title = plain.longest([row.title for row in rows], 12, 34)
        value = plain.longest([row.text for row in rows], 16, 34)
        return [
            Column("", 1, importance=9),
            Column("Rule", min(title, 24), wish=title, importance=9),
            Column("Value", value, share=3, importance=9),
            Column("Source", 16, share=1, importance=3),
        ]

    def cells(self, row: Shown) -> Sequence[Cell]:
        """Show a value in a line."""
        if row.row is None:
            return ((plain.LATE, "late"), row.title, (row.why, "late"), ("refused", "late"))
        tone: Tone = "accent" if row.own else "quiet" if row.unconfirmed else ""
        sign: Cell = (plain.DONE, "good") if row.own else ("?", "soon") if row.unconfirmed else ""
        return (sign, row.title, (row.text, tone), (self._source(row.row), "quiet"))

    def _source(self, row: RuleRow) -> str:
        """Say where a value is written; an own one has no agreement yet while one applies."""
        from ka2tui.domain.rulebook import AGREEMENT

        if self._agreed or not row.own:
            return row.source
        return row.source.replace(AGREEMENT, "your own value", 1)

    @property
    def _look(self) -> str:
        """Say where a value that is not confirmed is looked up."""
        return "your guide or agreement" if self._agreed else "the guide of your call"

    async def about(self, key: int) -> tuple[Iterable[Item], str]:
        """Tell about a value."""
        row: Shown | None = self.table.row_of(key)
        return ([], "") if row is None else (self._details(row), row.title)

    def _details(self, shown: Shown) -> Iterator[Item]:
        row = shown.row
        if row is None:
            yield Words(shown.why, "late")
            yield Words("Ours holds until it is mended. ka2tui rule check names all its faults.")
            return
        yield Words(row.text, "strong")
        if row.own:
            whose = "your agreement says so" if self._agreed else "entered by you"
            yield Line([(f"{plain.DONE} {whose}", "good")])
            yield Fact("The call says", row.guide or "silent")
        elif row.of_call is not None:
            of = f"of call {row.of_call}, which is gone by: check it in {self._look}"
            yield Line([(of, "soon")])
        elif not row.confirmed:
            yield Line([(f"not confirmed: check it in {self._look}", "soon")])
        yield Head("Where it is written")
        yield Words(self._source(row))
        yield Fact("Place", row.place)
        if row.note:
            yield Head("Note")
            yield Words(row.note)
        if self._sheet is not None:
            yield Head("Rules")
            yield Words(f"{capital(self._sheet.says)}.")
        yield Fact("Name in files", row.key)

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_edit(self) -> None:
        """Enter what the own agreement says of the value under the cursor."""
        from ka2tui.domain.rule_keys import KEYS

        shown: Shown | None = self.table.cursor_row
        if shown is None or shown.row is None:
            return
        if not shown.row.can_set:
            start = shown.key.partition(".")[0]
            other = "Dates of your own agreement are entered with the project: g o, then d."
            self.app.tell(_OF_THE_CALL.get(start, other))
            return
        await self._enter(KEYS[shown.key], shown.row)

    @work
    async def action_add(self) -> None:
        """Enter a value that the rules are silent about."""
        from ka2tui.domain.rule_keys import KEYS
        from ka2tui.tui.dialogs.choose import Choose, Item

        there = {row.key for row in self.every}
        keys = [key for key in KEYS.values() if key.name not in there]
        if not keys:
            self.app.tell("Every value has a line already: e changes the one under the cursor.")
            return
        items = [Item(at, key.title, key.group) for at, key in enumerate(keys)]
        which = await self.app.push_screen_wait(Choose("Which value?", items))
        if which is not None:
            await self._enter(keys[which], None)

    async def _enter(self, key: Key, row: RuleRow | None) -> None:
        """Ask for a value of the agreement, and keep it."""
        from ka2tui.domain import rule_keys
        from ka2tui.domain.rulebook import AGREEMENT
        from ka2tui.tui.dialogs.form import Field, Form, Option

        given = rule_keys.checked(key, row.value) if row is not None and row.own else None
        now = given if given is not None else _usual(key, row)
        said = row.source.removeprefix(AGREEMENT).removeprefix(": ") if row and row.own else ""
        value = (
            Field("value", "Value", "choice", now, required=True,
                  options=[Option(code, word) for code, word in key.choices.items()])
            if key.choices
            else Field("value", "Value", value=now, required=True, hint=_hint(key),
                       read=lambda text: rule_keys.read(key, text),
                       write=lambda it: rule_keys.write(key, it),
                       say=lambda it: rule_keys.say(key, it))
        )  # fmt: skip
        where = "Art. 4, data sheet" if self._agreed else "guide of your call, p. 252"
        source = Field("source", "Source", value=said or None, hint=f"where it says so: {where}")

        async def save(filled: Filled) -> Any:
            return await self.app.attempt(
                *(rule_values.put, self.project, key.name, filled.values["value"]),
                source=filled.values["source"] or "",
            )

        usual = row.guide if row is not None and row.own else row.text if row is not None else None
        about = f"The rules of the call say {usual}." if usual else ""
        whose = "My agreement" if self._agreed else "Own value"
        form = Form(f"{whose}: {key.title}", [value, source], save=save, about=about)
        filled = await self.app.push_screen_wait(form)
        if filled is not None:
            self.want(self.number(key.name))

    @work
    async def action_unset(self) -> None:
        """Let the rules of the call hold again."""
        keys = [row.key for row in self.chosen() if row.own]
        if not keys:
            self.app.tell("The rules of the call hold here already.")
            return
        self.let_go(await self.app.do(rule_values.remove, self.project, keys))


def _usual(key: Key, row: RuleRow | None) -> Any:
    """Give what stands in the form at first: what the rules say, where that is such a value."""
    from ka2tui.domain import rule_keys
    from ka2tui.domain.refusal import Refused

    try:
        return None if row is None else rule_keys.checked(key, row.value)
    except Refused:
        return None


def _hint(key: Key) -> str:
    """Say how such a value is written."""
    known = {
        "euros": "60 000",
        "percent": "20 %",
        "months": "24",
        "years": "5",
        "days": "60",
        "countries": "Poland; Spain",
        "regions": "1; 2",
        "fields": "SCH; VET",
    }
    one = _IN_WORDS.get(key.name) or known.get(key.kind, "")
    return f"{one}; ..." if key.many and key.kind in ("euros", "months") else one


_IN_WORDS = {
    "minimum_also": "one school in each country",
    "extension": "once, by up to 12 months",
    "grant_note": "80 % at the start, the rest after the final report",
    "applications_counted": "all fields of a deadline together",
}
"""An example of each value that is a text."""
