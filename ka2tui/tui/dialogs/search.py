"""Search everything: type words, see every record that has them, go there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui.domain import search as rules
from ka2tui.domain.days import say_day
from ka2tui.tui import plain, projector
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.details import Details, Line, Passage
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.widget import Widget

    from ka2tui.domain.search import Answer, Entry, Hit, Question
    from ka2tui.tui.desk import Changed
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.searching import Searching
    from ka2tui.tui.widgets.details import Item

GLYPHS: dict[str, str] = {
    "project": "■",
    "partner": "□",
    "contact": "@",
    "work_package": "▣",
    "activity": "▪",
    "heading": "▪",
    "deliverable": plain.DELIVERABLE,
    "milestone": plain.MILESTONE,
    "task": plain.OPEN,
    "meeting": "○",
    "decision": "»",
    "action": "→",
    "information": "i",
    "agenda_item": "-",
    "assessment": "☑",
    "checklist_item": "?",
    "paper": "≡",
    "message": "✉",
    "phase": plain.DOING,
    "proof": "▤",
    "indicator": "▲",
    "risk": "!",
    "issue": "×",
    "change": "±",
    "dissemination": "*",
    "letter": "✉",
    "departure": "≠",
    "payment": "€",
    "cost": "¤",
    "journey": "↔",
    "measurement": "△",
    "participant": "•",
    "need": "◆",
    "objective": "◇",
    "candidate": "☆",
}
"""The sign of each kind; its word stands beside it."""

_EMPTY = (
    "Everything can be found here: tasks and their notes, meetings, minutes, decisions, actions, "
    "partners, people, papers and messages, possible partners, the work plan, needs and "
    "objectives, checklists, proof, participants, indicators, risks, logs, letters, "
    "dissemination, money, projects. Capitals and "
    'accents do not matter. "In quotation marks" words stand together.'
)
_NOTHING = "Nothing has all of these words. Fewer words, or the beginning of one, find more."

_MEASURED = 60
"""Records whose texts say how wide the columns are."""

_ROW_WIDTH = 60
"""Letters of a text that are cut out for a row."""


class Search(Dialog["Hit | None"]):
    """A line, and under it what has the words typed; answers what is to be shown."""

    DEFAULT_CSS = """
    Search {
        align: center top;
        & Box { width: 100%; height: 100%; }
        & TypedLine { border: none; height: 1; background: $panel; padding: 0 1; }
        & .-count { height: 1; color: $quiet; padding: 0 1; }
        & RecordTable { height: 1fr; background: $surface; }
        & Details { height: 4; background: $surface; padding: 0 1; }
        &.-wide, &.-very-wide { align: center middle; }
        &.-wide Box { width: 92%; height: 90%; }
        &.-very-wide Box { width: 84%; height: 84%; }
        &.-tall Details { height: 7; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "go there", id="search.go", tooltip="Go to this record"),
        Binding("down", "move(1)", "next", show=False, id="search.down", tooltip="Next one"),
        Binding("up", "move(-1)", "before", show=False, id="search.up", tooltip="One before"),
        Binding("pagedown", "page(1)", "page down", show=False, id="search.page_down",
                tooltip="A page down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="search.page_up",
                tooltip="A page up"),
        Binding("ctrl+home", "first", "first", show=False, id="search.first",
                tooltip="The best one"),
        Binding("ctrl+end", "last", "last", show=False, id="search.last", tooltip="The last one"),
        Binding("ctrl+u", "clear", "clear", priority=True, id="search.clear",
                tooltip="Clear the line"),
        Binding("ctrl+f", "again", "other words", show=False, priority=True, id="search.again",
                tooltip="Begin with other words"),
        Binding("escape", "cancel", "close", id="search.close",
                tooltip="Close; the words stand there when you come back"),
    ]  # fmt: skip

    AUTO_FOCUS = "TypedLine"

    def __init__(self, searching: Searching) -> None:
        """Make the dialog.

        Args:
            searching: What is kept while it is closed.
        """
        super().__init__("Search everything")
        self.searching = searching
        self.answer: Answer | None = None
        self._shown: str | None = None
        self._told: Hit | None = None
        self._looking = False
        self._news = False
        self._going = False
        self._several = False

    def content(self) -> Iterable[Widget]:
        """Give the line, what was found, and the one under the cursor in full."""
        self.line = TypedLine(self.searching.words, placeholder="words, or a code: T2.3, D1.1")
        self.count = Static("", classes="-count")
        self.table: RecordTable[Hit] = RecordTable(
            self._columns(()), self._cells, tone=_tone, empty=_EMPTY, headings=False, bare=True
        )
        self.table.can_focus = False
        self.details = Details(bare=True)
        self.details.can_focus = False
        yield self.line
        yield self.count
        yield self.table
        yield self.details

    def on_mount(self) -> None:
        """Have everything read, and look for the last words; typing replaces them."""
        self.action_again()
        self.watch(self.line, "value", self._typed, init=False)
        self.table.set_rows([])
        self.count.update(plain.content("reading…"))
        self.app.changed.subscribe(self, self._on_changed)
        self.searching.begin(self._on_news)
        self.look()

    def on_unmount(self) -> None:
        """Keep what was read for a while."""
        self.searching.leave()

    # -- looking --------------------------------------------------------------------------------

    def _typed(self) -> None:
        """Look for other words."""
        self._going = False
        self.line.hold()
        self.look()

    def look(self) -> None:
        """Look for what is typed."""
        self.searching.words = self.line.value
        if not self._looking:
            self._looking = True
            self.run_worker(self._look(), group="search")

    def _on_changed(self, _: Changed) -> None:
        self.searching.begin(self._on_news)
        self._on_news()

    def _on_news(self) -> None:
        """Look again: more was read, or something changed."""
        self._news = True
        if self.is_mounted:
            self.look()

    async def _look(self) -> None:
        """Look until what is shown is what is typed; a key never waits for the one before."""
        try:
            await self.app.opened.wait()
            while self._news or self._shown != self.line.value:
                words, self._news = self.line.value, False
                answer = await self.searching.find(words)
                if self._answered:
                    return
                self.show(answer, again=words == self._shown)
                self._shown = words
        finally:
            self._looking = False
        if self._going:
            self.action_go()

    def show(self, answer: Answer, *, again: bool = False) -> None:
        """Show what was found; `again`: for the same words, so that the cursor stays."""
        if self.app.projector:
            answer = _without_private(answer)
        self.answer = answer
        self._several = bool({hit.entry.project for hit in answer.hits} - {self.app.project})
        # what is further down takes the room that the first ones need
        columns = tuple(self._columns(answer.hits[:_MEASURED]))
        if columns != self.table.columns:
            self.table.set_columns(columns)
        self.table.set_empty(_NOTHING if answer.question.terms and answer.complete else _EMPTY)
        self.table.set_rows(list(self._rows(answer.hits)))
        if not again:
            self.table.action_first()
        self.count.update(plain.content(self._say_count(answer)), layout=False)
        self.show_one()
        self.refresh_bindings()
        self.table.call_later(self.line.let_go)

    def _rows(self, hits: Sequence[Hit]) -> Iterator[Hit | Section]:
        """Put a heading above what is of other projects."""
        mine: bool | None = None
        for hit in hits:
            if self._several and mine is not (mine := hit.entry.project == self.app.project):
                yield Section(hit.project if mine else "In other projects")
            yield hit

    def _say_count(self, answer: Answer) -> str:
        known = plain.count(answer.known, "record")
        if not answer.complete:
            known = f"{known} read so far…"
        if not answer.question.terms:
            return known
        found = f"{plain.number(answer.total)} found"
        if answer.total > len(answer.hits):
            found += f", the best {plain.number(len(answer.hits))} shown"
        return f"{found} in {known}"

    # -- what is shown --------------------------------------------------------------------------

    @property
    def _question(self) -> Question:
        return rules.Question() if self.answer is None else self.answer.question

    def _columns(self, hits: Sequence[Hit]) -> list[Column]:
        """Give each column the room that these records need."""
        code = plain.longest([hit.entry.code for hit in hits], most=12)
        title = plain.longest([hit.entry.title for hit in hits], 20, 70)
        state = plain.longest([self._standing(hit.entry) for hit in hits], most=26)
        project = plain.longest([hit.project for hit in hits], most=12) if self._several else 0
        kinds = [rules.KINDS[hit.entry.kind] for hit in hits]
        columns = [
            Column("kind", plain.longest(kinds, 4, 14) + 2, importance=9),
            Column("code", code, importance=8),
            Column("title", 20, share=3, wish=title, importance=9),
            Column("beside", 24, share=2, importance=3),
            Column("state", state, importance=4),
            Column("project", project, importance=8),
        ]
        return [column for column in columns if column.width]

    def _standing(self, entry: Entry) -> str:
        """Say the state of a record, and its day."""
        day = "" if entry.day is None else say_day(entry.day, self.app.today)
        return plain.join([entry.state, day], ", ")

    def _cells(self, hit: Hit) -> Sequence[Cell]:
        entry = hit.entry
        field, text = rules.where(entry, self._question)
        beside: Cell = (hit.owner, "quiet")
        if field not in ("title", "code"):
            beside = _marked(
                rules.excerpt(text, self._question, _ROW_WIDTH), self._question, "quiet"
            )
        cells: dict[str, Cell] = {
            "kind": [(GLYPHS[entry.kind], "accent"), (f" {rules.KINDS[entry.kind]}", "quiet")],
            "code": _marked(entry.code, self._question),
            "title": self._title(entry),
            "beside": beside,
            "state": (self._standing(entry), "quiet"),
            "project": (hit.project, "quiet"),
        }
        return [cells[column.title] for column in self.table.columns]

    def _title(self, entry: Entry) -> list[Piece]:
        """Give the title; of a long one the part that has the words, where that is out of sight."""
        title, room = entry.title, self.table.room_of(self._title_at)
        if plain.width(title) > room:
            found = rules.spots(title, self._question)
            if found and found[0][1] >= room:
                title = rules.excerpt(title, self._question, room)
        return _marked(title, self._question)

    @property
    def _title_at(self) -> int:
        return [column.title for column in self.table.columns].index("title")

    @on(RecordTable.Highlighted)
    def _follow(self) -> None:
        if self.table.cursor_row is not self._told:
            self.show_one()

    def show_one(self) -> None:
        """Show the record under the cursor, and the place where the words stand."""
        self._told = hit = self.table.cursor_row
        self.details.show([] if hit is None else self._about(hit), top=True)

    def _about(self, hit: Hit) -> Iterator[Item]:
        entry = hit.entry
        field, text = rules.where(entry, self._question)
        parts = [rules.KINDS[entry.kind], self._standing(entry), hit.owner and f"in {hit.owner}"]
        if self._several:
            parts.append(hit.project)
        yield Line((plain.join(parts), "quiet"))
        room = max(self.details.size.width - 4, 40) * max(self.details.size.height - 1, 2)
        name: Piece = (
            "" if field in ("title", "code") else f"{field.replace('_', ' ')}: ",
            "quiet",
        )
        if field == "code":
            text = entry.title
        said = rules.excerpt(text, self._question, room - len(name[0]) - 10)
        yield Passage([name, *_marked(said, self._question)])

    # -- keys -----------------------------------------------------------------------------------

    @on(RecordTable.Opened)
    def opened(self) -> None:
        """Go to the row that was clicked twice."""
        self.action_go()

    def action_go(self) -> None:
        """Answer with the record under the cursor, once what was typed has been looked for."""
        complete = self.answer is not None and self.answer.complete
        if self._shown != self.line.value or (self._going and not complete):
            # typed ahead of what is shown: nobody has seen yet where this would lead
            self._going = True
            return
        self._going = False
        hit = self.table.cursor_row
        if hit is not None:
            self.dismiss(hit)

    def action_move(self, step: int) -> None:
        """Move in the list while the line keeps the focus."""
        self.table.action_move(step)

    def action_page(self, step: int) -> None:
        """Move by a page while the line keeps the focus."""
        self.table.action_page(step)

    def action_first(self) -> None:
        """Go to the best one."""
        self.table.action_first()

    def action_last(self) -> None:
        """Go to the last one that is shown."""
        self.table.action_last()

    def action_again(self) -> None:
        """Let what is typed next take the place of the words."""
        self.line.select_all()

    def action_clear(self) -> None:
        """Clear the line."""
        self.line.value = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go there where something was found."""
        if action == "clear":
            return super().check_action(action, parameters) and bool(self.line.value)
        return super().check_action(action, parameters)


def _without_private(answer: Answer) -> Answer:
    """Leave out what a projector does not show: messages, and what only a note has the words of."""

    def private(hit: Hit) -> bool:
        field, _ = rules.where(hit.entry, answer.question)
        return hit.entry.table in projector.TABLES or projector.is_private(field)

    hits = tuple(hit for hit in answer.hits if not private(hit))
    return replace(answer, hits=hits, total=answer.total - len(answer.hits) + len(hits))


def _tone(hit: Hit) -> Tone:
    return "done" if hit.entry.over else ""


def _marked(text: str, question: Question, tone: Tone = "") -> list[Piece]:
    """Give a text with the words marked in it."""
    return [(piece, "found" if is_one else tone) for piece, is_one in rules.marked(text, question)]
