"""Pasted rows before they are taken in: what each column means, what each row becomes."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Refused
from ka2tui.exchange import clipboard
from ka2tui.exchange.cells import Frame
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.lazy import lazily
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.widget import Widget

    from ka2tui.domain.intake import Finding, Intake, Item, Taken
    from ka2tui.domain.known_names import Known
    from ka2tui.exchange.clipboard import Pasted
    from ka2tui.operations import pasting
    from ka2tui.tui.plain import Cell, Tone
else:
    pasting = lazily("ka2tui.operations.pasting")

How = Literal["new", "here", "changed", "wrong", "out"]

_GLYPHS: dict[str, tuple[str, Tone]] = {
    "new": ("+", "good"),
    "here": ("=", "quiet"),
    "changed": ("~", "soon"),
    "wrong": ("!", "late"),
    "out": ("–", "quiet"),
}
_OWN = {"title", "code", "acronym", "name"}
"""Fields that a record is called by."""

_KEPT = "; --update changes it"


class PasteText(Dialog[str | None]):
    """A large field for rows; answers them."""

    DEFAULT_CSS = """
    PasteText Box { width: 100%; height: 100%; }
    PasteText TextArea { height: 1fr; border: none; padding: 0; background: $panel; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "see what they become", id="paste.read", priority=True,
                tooltip="See what these rows become; nothing is taken in yet"),
        # before the field, which would only hand the focus on
        Binding("escape", "cancel", "leave", id="paste.leave_text", priority=True,
                tooltip="Leave; what you typed is kept"),
    ]  # fmt: skip

    AUTO_FOCUS = "TextArea"

    def __init__(self, text: str = "") -> None:
        """Make the field with what the clipboard holds."""
        super().__init__("Paste or type rows")
        self._first = text

    def content(self) -> Iterable[Widget]:
        """Give the field."""
        yield Static(plain.block(
            "Paste rows from a spreadsheet here, or type one record a line. Then ctrl+s."
        ))  # fmt: skip
        area = TextArea(self._first, compact=True, tab_behavior="indent", soft_wrap=False)
        # a tab that is typed, or pasted by a terminal that types, parts two cells
        area.indent_type = "tabs"
        yield area

    @property
    def touched(self) -> bool:
        """Whether something stands there that leaving the app would lose."""
        return self.query_one(TextArea).text.strip() not in ("", self._first.strip())

    def action_take(self) -> None:
        """Answer with the rows."""
        text = self.query_one(TextArea).text
        if text.strip():
            self.app.rows_left = text
            self.dismiss(text)
        else:
            self.app.tell("There is nothing to paste yet: copy some rows first.")

    def action_cancel(self) -> None:
        """Leave, and keep what was typed for the next time."""
        if self.touched:
            self.app.rows_left = self.query_one(TextArea).text
            self.app.tell("Your rows are kept: P brings them back.")
        self.dismiss(None)


@frozen
class Meaning:
    """A column, and what it is taken for."""

    id: int
    title: str
    first: str
    field: str


@frozen
class Row:
    """What becomes of a row."""

    id: int
    """Its number among the rows pasted, from 1."""
    how: How
    name: str
    facts: str
    why: str
    wrong: bool
    """Whether `why` is an error, not a doubt."""


class PasteRows(Dialog[str | None]):
    """What rows would become; answers what was done, in words, or None."""

    DEFAULT_CSS = """
    PasteRows {
        & Box { width: 100%; height: 100%; padding: 0; }
        & .-sum { height: auto; padding: 0 1; }
        & .-sum.-wrong { color: $late; }
        & .-why { height: auto; max-height: 3; padding: 0 1; color: $soon; display: none; }
        & .-why.-some { display: block; }
        & .-why.-wrong { color: $late; }
        & RecordTable { background: $surface; }
        & #columns { height: auto; max-height: 9; }
        & #rows { height: 1fr; min-height: 5; }
        &.-tall #columns { max-height: 14; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take them in", key_display="enter", id="paste.take",
                tooltip="Take in all rows as one change, which u takes back"),
        Binding("space", "change", "column means", id="paste.change",
                tooltip="Say what this column means, or leave it out"),
        Binding("c", "columns", "columns", id="paste.columns",
                tooltip="Go to the columns, and from there back to the rows"),
        Binding("tab", "columns", "columns", show=False, id="paste.pane",
                tooltip="Go between columns and rows"),
        Binding("h", "headings", "headings", id="paste.headings",
                tooltip="The first row is headings, or a row like the others"),
        Binding("o", "update", "overwrite", id="paste.update",
                tooltip="Whether the rows win over records that are there already"),
        Binding("x", "leave_out", "leave out", id="paste.out",
                tooltip="Leave out this row or the marked ones, or take them along again"),
        Binding("X", "leave_wrong", "leave out errors", id="paste.out_wrong",
                tooltip="Leave out every row that has an error"),
        Binding("w", "kind", "what they are", show=False, id="paste.kind",
                tooltip="Take the rows for tasks, partners, meetings or something else"),
        Binding("s", "sign", "separator", show=False, id="paste.sign",
                tooltip="What stands between two cells: tab, semicolon, comma, nothing"),
        Binding("escape", "cancel", "leave", id="paste.leave",
                tooltip="Leave; the rows are kept, P brings them back"),
    ]  # fmt: skip

    AUTO_FOCUS = "#rows"

    def __init__(self, pasted: Pasted, known: Known, months: int | None, project: int) -> None:
        """Make the preview.

        Args:
            pasted: The rows as they were read first.
            known: The names of the project.
            months: How long the project takes.
            project: Where the rows go.
        """
        super().__init__("Paste rows")
        self.pasted = pasted
        self.update_stored = False
        """Whether the rows win over what is there."""
        self.left_out: set[int] = set()
        """Rows that are not taken."""
        self.seen: tuple[Intake, Taken] | None = None
        """What was understood, without the rows left out; None while that is being read."""
        self._known, self._months, self._project = known, months, project
        self._changed = False
        self._taking = False
        self._frame = Frame(known.start, months, None)

    def content(self) -> Iterable[Widget]:
        """Give the sum, the columns and the rows."""
        self.sum = Static("", classes="-sum")
        yield self.sum
        self.columns: RecordTable[Meaning] = RecordTable(
            [
                Column("", 10, wish=20, importance=8),
                Column("", 8, share=1, importance=4),
                Column("", 14, importance=9),
            ],
            _column_cells,
            title="Columns",
            hint="space change",
            headings=False,
            id="columns",
        )
        self.rows: RecordTable[Row] = RecordTable(
            [
                Column("", 4, align="right", importance=6),
                Column("", 1, importance=9),
                Column("", 16, share=3, importance=9),
                Column("", 12, share=4, importance=7),
            ],
            _row_cells,
            title="Rows",
            headings=False,
            id="rows",
        )
        for table in (self.columns, self.rows):
            # enter belongs to the dialog
            table._bindings.key_to_bindings.pop("enter", None)  # noqa: SLF001 - Textual has no other way
        self.why = Static("", classes="-why")
        yield self.columns
        yield self.rows
        yield self.why

    def on_mount(self) -> None:
        """Read the rows."""
        own = self.app.settings.data
        self._frame = Frame(self._known.start, self._months, self.app.today, own=own)
        self._say()
        self.look()

    @property
    def ready(self) -> bool:
        """Whether keys find what they are meant for."""
        return self.seen is not None

    @property
    def touched(self) -> bool:
        """Whether leaving the app would lose what was pasted."""
        return not self._answered

    # -- reading --------------------------------------------------------------------------------

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """Understand the rows, and see what taking them in would do."""
        self.seen = None
        self._say()
        self.refresh_bindings()
        whole = await asyncio.to_thread(clipboard.understand, self.pasted, self._frame)
        intake = clipboard.without(whole, self.left_out)
        try:
            taken = await self.app.rehearse(pasting.take, intake, **self._terms())
        except Refused as refusal:
            found: Taken | None = getattr(refusal, "taken", None)
            if found is None:
                self.app.tell(str(refusal), severity="error")
                self.dismiss(None)
                return
            taken = found
        rows = await asyncio.to_thread(
            lambda: list(_rows(self.pasted, whole, taken, self.left_out, self.app.today))
        )
        self.seen = (intake, taken)
        self.rows.set_rows(rows)
        self._tell_why()
        self._say()
        self.refresh_bindings()

    def _terms(self) -> dict[str, Any]:
        """Give where the rows go, and whether they win over what is there."""
        return {
            "project": self._project,
            "update": self.update_stored,
            "today": self.app.today,
        }

    def _say(self) -> None:
        """Say what there is to know before all is taken."""
        pasted = self.pasted
        self.columns.set_rows(
            [
                Meaning(at, title, _first(pasted, at), field)
                for at, (title, field) in enumerate(zip(pasted.titles, pasted.fields, strict=True))
            ]
        )
        kind = _kind_word(pasted.kind)
        number = len(pasted.body)
        box = self.query_one("Box")
        box.border_title = plain.content(f"Paste {plain.count(number, 'row')} as {kind}")
        self.sum.set_class(False, "-wrong")
        if self.seen is None:
            self.sum.update(plain.content(f"Reading {plain.count(number, 'row')} …"))
            return
        how = [self.rows.row_of(key) for key in self.rows.keys]
        count = {name: sum(it is not None and it.how == name for it in how) for name in _GLYPHS}
        doubts = sum(it is not None and bool(it.why) and not it.wrong for it in how)
        here = "the rows win (o)" if self.update_stored else "left as they are (o overwrites)"
        said = plain.join([
            f"{count['new']} new" if count["new"] or not count["changed"] else "",
            f"{count['changed']} changed" if count["changed"] else "",
            f"{count['here']} here already, {here}" if count["here"] else "",
            f"{count['out']} left out" if count["out"] else "",
            f"{doubts} to look at" if doubts else "",
        ])  # fmt: skip
        if count["wrong"]:
            wrong = plain.count(count["wrong"], "row")
            said = f"{wrong} with an error: X leaves such rows out. {said}"
            self.sum.set_class(True, "-wrong")
        elif self.pasted.headed is False:
            said = f"{said}. No headings: look whether the columns are right (c)."
        self.sum.update(plain.block(said))

    @on(RecordTable.Highlighted, "#rows")
    def _tell_why(self) -> None:
        """Say in full what there is to say of the row under the cursor."""
        row = self.rows.cursor_row
        said = "" if row is None or not row.why else f"Row {row.id}: {row.why}"
        self.why.set_class(bool(said), "-some")
        self.why.set_class(row is not None and row.wrong, "-wrong")
        self.why.update(plain.block(said))

    # -- changing -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense where one stands."""
        if not super().check_action(action, parameters):
            return False
        on_columns = self.focused is self.columns
        if action == "change":
            return on_columns
        if action == "leave_out":
            return not on_columns
        if action == "leave_wrong":
            return self.seen is not None and bool(self.seen[1].errors)
        return True

    def action_columns(self) -> None:
        """Go to the columns, or back to the rows."""
        (self.rows if self.focused is self.columns else self.columns).focus()

    def _now(self, pasted: Pasted) -> None:
        if pasted.body != self.pasted.body:
            self.left_out.clear()
        self.pasted = pasted
        self._changed = True
        self.look()

    async def _choose(self, title: str, words: Iterable[tuple[str, str]], at: int) -> int | None:
        """Ask for one of several words, each with a note; None where it was left."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [Item(number, word, note) for number, (word, note) in enumerate(words)]
        return await self.app.push_screen_wait(Choose(title, items, at=at))

    @work
    async def action_change(self) -> None:
        """Say what a column means."""
        at = self.columns.cursor_key
        if at is None:
            return
        fields = ["", *(name for name, _ in clipboard.choices(self.pasted.kind))]
        words = [(clipboard.word_of(name) or "leave out", self._taken_by(name)) for name in fields]
        now = self.pasted.fields[at]
        title = f"“{plain.cut(plain.line(self.pasted.titles[at]), 40)}” means"
        chosen = await self._choose(title, words, fields.index(now) if now in fields else 0)
        if chosen is not None:
            self._now(clipboard.with_field(self.pasted, at, fields[chosen]))

    def _taken_by(self, field: str) -> str:
        """Name the column that means this now."""
        if not field or field not in self.pasted.fields:
            return ""
        return f"now {self.pasted.titles[self.pasted.fields.index(field)]}"

    def action_headings(self) -> None:
        """Take the first row for headings, or not."""
        try:
            self._now(
                clipboard.with_headings(
                    self.pasted, not self.pasted.headed, self._known, today=self.app.today
                )
            )
        except Refused as refusal:
            self.app.tell(str(refusal), severity="warning")

    def action_update(self) -> None:
        """Let the rows win over what is there, or not."""
        self.update_stored = not self.update_stored
        self.look()

    def action_leave_out(self) -> None:
        """Leave out the chosen rows, or take them along again."""
        chosen = set(self.rows.chosen)
        if chosen <= self.left_out:
            self.left_out -= chosen
        else:
            self.left_out |= chosen
        self.rows.clear_marks()
        self._changed = True
        self.look()

    def action_leave_wrong(self) -> None:
        """Leave out the rows with an error."""
        if self.seen is not None:
            self.left_out |= {it.row for it in self.seen[1].errors if it.row is not None}
            self.look()

    @work
    async def action_kind(self) -> None:
        """Choose what the rows are."""
        kinds = clipboard.KINDS
        words = [(_kind_word(kind), "") for kind in kinds]
        chosen = await self._choose("These rows are", words, kinds.index(self.pasted.kind))
        if chosen is not None:
            self._now(
                clipboard.as_kind(self.pasted, kinds[chosen], self._known, today=self.app.today)
            )

    @work
    async def action_sign(self) -> None:
        """Choose what stands between two cells."""
        signs = list(clipboard.SIGNS)
        words = [(word, "") for word in clipboard.SIGNS.values()]
        at = signs.index(self.pasted.sign)
        chosen = await self._choose("Between two cells stand", words, at)
        if chosen is not None:
            self._now(
                clipboard.parted(self.pasted, signs[chosen], self._known, today=self.app.today)
            )

    # -- taking ---------------------------------------------------------------------------------

    @work
    async def action_take(self) -> None:
        """Take in all rows, as one change."""
        if self.seen is None:
            self.app.tell("The rows are still being read: a moment, please.")
            return
        intake, taken = self.seen
        if taken.errors:
            self.app.tell(
                "Some rows have an error. X leaves them out; c goes to what the columns mean.",
                severity="warning",
            )
            return
        if not taken.added and not taken.changed:
            self.app.tell("Nothing of this is new. o lets the rows win over what is there.")
            return
        if self._taking:
            return
        self._taking = True
        try:
            outcome = await self.app.attempt(pasting.take, intake, **self._terms())
        except Refused as refusal:
            self.app.tell(str(refusal), severity="warning")
            self.look()
            return
        finally:
            self._taking = False
        self.dismiss(outcome.label)

    def action_cancel(self) -> None:
        """Leave; ask first where something was changed."""
        self._leave()

    @work
    async def _leave(self) -> None:
        if self._changed:
            from ka2tui.tui.dialogs.ask import Ask

            about = "The rows are kept, P brings them back; what you said of columns is not."
            question = Ask("Leave without taking the rows?", about=about, yes="leave")
            if not await self.app.push_screen_wait(question):
                return
        self.app.tell("Nothing was imported. The rows are kept: P brings them back.")
        self.dismiss(None)

    @on(RecordTable.Opened, "#columns")
    def _clicked(self) -> None:
        """Change the column that was clicked twice."""
        self.action_change()


def _kind_word(kind: str) -> str:
    from ka2tui.exchange import headings

    return headings.words_of(kind)


def _first(pasted: Pasted, at: int) -> str:
    """Give the first that stands in a column."""
    return next((row[at] for row in pasted.body if at < len(row) and row[at]), "")


def _column_cells(it: Meaning) -> Sequence[Cell]:
    means: Cell = (f"→ {clipboard.word_of(it.field)}", "accent") if it.field else "→ left out"
    return (it.title, (it.first, "quiet"), means if it.field else ("→ left out", "soon"))


def _row_cells(it: Row) -> Sequence[Cell]:
    tone: Tone = "quiet" if it.how in ("out", "here") else ""
    why: list[Any] = [(it.facts, tone)]
    if it.wrong:
        why = [(it.why, "late")]
    elif it.why:
        why.append((f"  {it.why}", "soon"))
    return ((str(it.id), "quiet"), _GLYPHS[it.how], (it.name, tone), why)


def _rows(pasted: Pasted, whole: Intake, taken: Taken, out: set[int], today: date) -> Iterator[Row]:
    """Say of every row what becomes of it."""
    items: dict[int | None, Item] = {}
    for one in whole.items:
        if one.kind == pasted.kind:
            items.setdefault(one.row, one)
    errors = _by_row([*whole.errors, *taken.errors])
    doubts = _by_row([*whole.doubtful, *taken.doubtful])
    added = {it.row for it in taken.added}
    changed = {it.row for it in taken.changed} - added
    gone = {it.row for it in whole.dropped if it.row is not None}
    first = 2 if pasted.headed else 1
    for number, cells in enumerate(pasted.body, first):
        item = items.get(number)
        wrong = number in errors
        how: How = (
            "out" if number in out or (item is None and number in gone and not wrong)
            else "wrong" if wrong
            else "changed" if number in changed
            else "new" if number in added or taken.errors
            else "here"
        )  # fmt: skip
        reasons = errors.get(number) or doubts.get(number, [])
        name = item.name if item is not None else " ".join(filter(None, cells))
        if item is not None:
            name = str(item.values.get("title") or item.values.get("name") or name)
            if code := item.values.get("code") or item.values.get("acronym"):
                name = f"{code} {name}" if code != name else name
        facts = "" if item is None else plain.join(list(_facts(item, today)))
        yield Row(number, how, name, facts, plain.join(reasons, "; "), wrong)


def _by_row(findings: Iterable[Finding]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for it in findings:
        if it.row is not None:
            reason = it.reason.removesuffix(_KEPT)
            known = found.setdefault(it.row, [])
            if reason not in known:
                known.append(reason)
    return found


def _facts(item: Item, today: date) -> Iterator[str]:
    """Tell what a row was understood as, besides what it is called."""
    from ka2tui.domain import days
    from ka2tui.domain.money import say_amount

    told: set[str] = set()
    for name, value in item.values.items():
        if name in _OWN or name in ("due_precision", "notes", "position") or value is None:
            continue
        if isinstance(value, date):
            month = item.values.get("due_month") if name == "due" else None
            said = days.say_day(value, today)
            yield f"M{month}, {said}" if month else said
        elif name.endswith("_cents"):
            yield say_amount(value, "EUR")
        elif name.endswith("_month"):
            if name != "due_month":
                yield f"M{value}"
        elif isinstance(value, Kind):
            yield value.word
        else:
            yield plain.line(value)
    for link in item.links.values():
        if link.said not in told:
            told.add(link.said)
            yield link.said
    if notes := item.values.get("notes"):
        yield plain.line(notes)
