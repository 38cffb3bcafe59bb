"""The minutes of one meeting, as they are written: information, decisions, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import getters, on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from ka2tui.domain import days
from ka2tui.domain.kinds import OutcomeKind
from ka2tui.domain.todo import Todo, read_todo
from ka2tui.tui import plain
from ka2tui.tui.desk import Desk
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import meeting_words as words
from ka2tui.tui.pages import task_verbs
from ka2tui.tui.pages.meeting_agenda import BESIDES, points
from ka2tui.tui.widgets.details import Details, Passage
from ka2tui.tui.widgets.note_line import NoteLine
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from textual.app import ComposeResult

    from ka2tui.operations import outcomes
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import Choices, TaskRow
    from ka2tui.tui.dialogs.form import Field
    from ka2tui.tui.plain import Cell, Tone
else:
    outcomes = lazily("ka2tui.operations.outcomes")

_PROMPTS = {
    OutcomeKind.INFORMATION: ("info", "what was said"),
    OutcomeKind.DECISION: ("decision", "what was decided"),
    OutcomeKind.ACTION: ("action", "what is to be done @who due:18 Dec"),
}
_WORDS: dict[OutcomeKind, tuple[str, Tone]] = {
    OutcomeKind.INFORMATION: ("info", "quiet"),
    OutcomeKind.DECISION: ("decision", "strong"),
    OutcomeKind.ACTION: ("action", "accent"),
}

_TEXT = 1
"""The column of the text."""
_MOST_LINES = 5
"""Lines of a long text that are shown at once; e shows all of it."""


_IN_FULL = "In full: "


def _next_kind(kind: OutcomeKind) -> OutcomeKind:
    """Give the kind that follows, the first after the last."""
    kinds = list(_PROMPTS)
    return kinds[(kinds.index(kind) + 1) % len(kinds)]


class Noted(NamedTuple):
    """A line of the minutes, or an action that an earlier meeting left open."""

    id: int
    """Of the line; below 0, of the task of an earlier meeting."""
    kind: OutcomeKind
    text: str
    point: int
    """The point of the agenda it belongs to, or `BESIDES`."""
    task: TaskRow | None
    meeting: str = ""
    """The earlier meeting."""
    whence: str = ""
    """That meeting, and how often the action was carried over."""


class MinutesPane(Vertical):
    """The lines of the minutes, and the line in which the next is typed."""

    app = getters.app(Desk)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add_action", "Action", show=False, id="minutes.add",
                tooltip="Note what is to be done; it becomes a task"),
        Binding("e", "edit", "edit", id="minutes.edit",
                tooltip="Edit this line, and read all of it"),
        Binding("space", "finish", "done", id="minutes.finish",
                tooltip="Finish the task of this action, or open it again"),
        Binding("t", "edit_task", "Task", show=False, id="minutes.task",
                tooltip="Edit the task of this action: who, by when"),
        Binding("x", "remove", "remove", show=False, id="minutes.remove",
                tooltip="Remove this line from the minutes"),
        Binding("tab", "next_kind", "other kind", id="minutes.next_kind", priority=True,
                tooltip="While a line is typed: information, decision or action"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    MinutesPane > .-whole { display: none; padding: 0 1; color: $foreground; }
    MinutesPane:focus-within > .-whole.-shown { display: block; }
    """

    def __init__(self, meeting: int) -> None:
        """Make the empty minutes of a meeting, by its id."""
        super().__init__(id="minutes")
        self.meeting = meeting
        self.point: int | None = None
        """The point of the agenda that new lines belong to."""
        self.seen: MeetingDetails | None = None
        self.choices: Choices | None = None
        """Who can do an action."""
        self.table: RecordTable[Noted] = RecordTable(
            self._columns(()),
            self._cells,
            title="Minutes",
            hint="i info  d decision  c action",
            empty="Nothing written yet. Press i, d or c to note the first line.",
            headings=False,
        )
        self.whole = Details(bare=True, classes="-whole")
        self.whole.can_focus = False
        self.line = NoteLine()
        self._stand_on: int | None = None

    def compose(self) -> ComposeResult:
        """Give the lines, the whole of the one at the cursor, and the line to type in."""
        yield self.table
        yield self.whole
        yield self.line

    def show_meeting(self, seen: MeetingDetails, choices: Choices) -> None:
        """Show the lines; `choices` says who can do an action."""
        self.seen, self.choices = seen, choices
        rows = list(_noted(seen, self.app.now()))
        first = self.table.cursor_row is None
        self.table.set_columns(self._columns(rows))
        self.table.set_rows(rows)
        if first:  # what earlier meetings left is read, what this one says is worked on
            own = (row.id for row in rows if isinstance(row, Noted) and not row.meeting)
            self.table.move_to(next(own, 0))
        if self._stand_on is not None and self.table.move_to(self._stand_on):
            self._stand_on = None
        self.say_whole()

    @on(RecordTable.Highlighted)
    def say_whole(self) -> None:
        """Show a line that does not fit into its row in full below the others."""
        row, room = self.table.cursor_row, self.table.room_of(_TEXT)
        text = "" if row is None else row.text
        wrapped = plain.wrap(f"{_IN_FULL}{text}", max(self.size.width - 2, 1))
        cut = any(plain.width(line) > room for line in plain.lines(text)) or "\n" in text
        self.whole.set_class(cut, "-shown")
        self.whole.styles.height = min(len(wrapped), _MOST_LINES)
        self.whole.show([Passage([(_IN_FULL, "quiet"), text])], top=True)

    def on_resize(self) -> None:
        """Look again what fits, once the list has its own new width."""
        self.call_after_refresh(self.say_whole)

    def belong_to(self, point: int | None, called: str) -> None:
        """Let new lines belong to a point of the agenda, and say so."""
        self.point = point
        self.table.set_title(plain.join(["Minutes", plain.cut(plain.line(called), 40)]))

    def _columns(self, rows: Sequence[Noted | Section]) -> list[Column]:
        """Give each column the room that these lines need."""
        lines = [row for row in rows if isinstance(row, Noted)]
        tasks = [line.task for line in lines if line.task is not None]
        text = plain.longest([line.text for line in lines], most=80)
        who = plain.longest([words.who(task) for task in tasks], least=7, most=28)
        due = plain.longest([self._due(task) for task in tasks], least=3)
        return [
            Column("", 7, importance=7),
            Column("Minutes", 16, share=1, wish=text, importance=9),
            Column("Who", min(who, 10), wish=who, importance=5),
            Column("", 1, importance=8),
            Column("Due", due, align="right", importance=6),
        ]

    def _due(self, task: TaskRow) -> str:
        if task.due is None:
            return ""
        return days.say_day(task.due, self.app.today, task.due_precision)

    def _cells(self, noted: Noted) -> Sequence[Cell]:
        task, today = noted.task, self.app.today
        text: Cell = [noted.text, (f"  {noted.whence}", "quiet")] if noted.meeting else noted.text
        if task is None:
            lost = "no task" if noted.kind is OutcomeKind.ACTION else ""
            return (_WORDS[noted.kind], text, (lost, "quiet"), "", "")
        glyph, tone, _ = plain.state_of(task.state, task.due, today)
        who, due = words.who(task), self._due(task)
        return (_WORDS[noted.kind], text, (who, "quiet"), (glyph, tone), (due, tone))

    # -- a new line -----------------------------------------------------------------------------

    def action_note(self, kind: str) -> None:
        """Let lines be typed: information, decisions or actions."""
        prompt, hint = _PROMPTS[OutcomeKind(kind)]
        self.line.open(kind, prompt, self.table, hint)

    def action_add_action(self) -> None:
        """Let actions be typed."""
        self.action_note(OutcomeKind.ACTION)

    def action_next_kind(self) -> None:
        """Take the line for the next kind: information, decision, action."""
        self.action_note(_next_kind(OutcomeKind(self.line.kind)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the kind be changed only while a line is typed."""
        if action == "next_kind":
            return self.line.is_open and self.line.has_focus_within
        if action == "add_action":  # while the meeting goes on, n takes up the next point
            return self.seen is None or not self.seen.row.goes_on
        return super().check_action(action, parameters)

    @on(NoteLine.Typed)
    def typed(self, event: NoteLine.Typed) -> None:
        """Say who and when was understood of an action."""
        kind = OutcomeKind(self.line.kind)
        if kind is not OutcomeKind.ACTION or not event.text:
            after = _PROMPTS[_next_kind(kind)][0]
            self.line.say(f"tab {after} instead  enter add  esc done")
            return
        todo = self._read(event.text)
        if todo.unread:
            self.line.say(todo.unread, wrong=True)
            return
        due = "" if todo.due is None else f"by {days.say_day(todo.due, self.app.today)}"
        who = "" if todo.who is None else self._people()[todo.who][0]
        self.line.say(plain.join([who, due]))

    @on(NoteLine.Entered)
    @work
    async def entered(self, event: NoteLine.Entered) -> None:
        """Write a finished line into the minutes; ask who does an action that does not say so."""
        kind, todo = OutcomeKind(self.line.kind), Todo(event.text)
        given: dict[str, int] = {}
        if kind is OutcomeKind.ACTION:
            todo = self._read(event.text)
            if todo.unread:  # whoever types on as people talk would add the next line to this one
                self.app.tell(f"{todo.unread} It stays in the text.", severity="warning")
            elif todo.who is None and todo.due is None:
                await self._ask(todo.text)
                return
            given = {} if todo.who is None else self._people()[todo.who][1]
        done = await self.app.do(
            outcomes.add,
            self.meeting,
            kind,
            todo.text,
            item=self.point,
            due=todo.due,
            **given,
        )
        if done is not None:
            self._added(done.value)

    async def _ask(self, text: str) -> None:
        """Ask in a small form who does an action and by when, then note it."""
        from ka2tui.tui.dialogs.form import Field, Form, Option

        point = self.point
        nobody: dict[str, int] = {}
        options = [Option(nobody, "nobody yet")]
        options += [Option(given, name) for name, given in self._people()]

        async def save(filled: Any) -> Any:
            values = filled.values
            return await self.app.attempt(
                outcomes.add,
                self.meeting,
                OutcomeKind.ACTION,
                values["text"],
                item=point,
                due=values["due"],
                **values["who"],
            )

        start = None if self.choices is None else self.choices.start
        fields = [
            Field("text", "Action", value=text, required=True),
            Field("who", "Who", "choice", nobody, options=options),
            Field("due", "By when", "date", start=start, hint="fri, +2w, 18 Dec, M18"),
        ]
        filled = await self.app.push_screen_wait(Form("Who does it, by when?", fields, save=save))
        if filled is not None:
            self._added(filled.saved.value)

    def _added(self, line: int) -> None:
        """Make room for the next line, and stand on the one just written."""
        self.line.clear()
        if not self.table.move_to(line):
            self._stand_on = line

    def _people(self) -> list[tuple[str, dict[str, int]]]:
        """List who can do an action: partners and people, as the operations take them."""
        if self.choices is None:
            return []
        return [
            *((each.word, {"partner_id": each.id}) for each in self.choices.partners),
            *((each.word, {"contact_id": each.id}) for each in self.choices.contacts),
        ]

    def _read(self, text: str) -> Todo:
        """Read who and when out of a line."""
        start = None if self.choices is None else self.choices.start
        names: dict[str, int] = {}
        for place, (name, _) in enumerate(self._people()):
            names.setdefault(name, place)
        return read_todo(text, names, today=self.app.today, start=start)

    # -- a line that stands ---------------------------------------------------------------------

    @on(RecordTable.Opened)
    def opened(self, event: RecordTable.Opened) -> None:
        """Edit the line that was chosen."""
        event.stop()
        self.action_edit()

    @work
    async def action_edit(self) -> None:
        """Edit the line under the cursor."""
        from ka2tui.tui.dialogs.form import Field, Form, Option

        line, seen = self._own(), self.seen
        if line is None or seen is None:
            return
        belongs = [
            Option(one.id, f"{one.number} {one.title}".strip())
            for one in points(seen, self.app.now())
        ]
        fields = [
            Field("text", "Text", "long", line.text, required=True),
            Field("agenda_item_id", "Belongs to", "choice", line.point, options=belongs),
        ]
        if line.kind is not OutcomeKind.ACTION:
            kinds = [Option(kind, kind.word) for kind in OutcomeKind]
            fields.append(Field("kind", "Kind", "choice", line.kind, options=kinds))
        elif line.task is not None:
            fields[1:1] = self._fields_of_task(line.task)

        async def save(filled: Any) -> Any:
            if not filled.changed:
                return None
            changed, before = _stored(filled.changed), _stored(filled.based_on)
            return await self.app.attempt(outcomes.edit, line.id, changed, before)

        form = Form("Edit the minutes", fields, save=save)
        await self.app.push_screen_wait(form)

    def _fields_of_task(self, task: TaskRow) -> list[Field]:
        """Give who does an action and by when, as its task says."""
        from ka2tui.tui.dialogs.form import Field, Option

        nobody: dict[str, int] = {}
        known = [each for _, each in self._people()]
        named = (
            {"contact_id": task.contact_id} if task.contact_id else {"partner_id": task.partner_id}
        )
        stands = next((each for each in known if each == named), nobody)
        options = [Option(nobody, "nobody yet")]
        options += [Option(given, name) for name, given in self._people()]
        start = None if self.choices is None else self.choices.start
        return [
            Field(
                "who",
                "Who",
                "choice",
                stands,
                options=options,
                parts={
                    "partner_id": lambda key: {"partner_id": key},
                    "contact_id": lambda key: {"contact_id": key},
                },
            ),
            Field("due", "By when", "date", task.due, start=start, hint="fri, +2w, 18 Dec, M18"),
        ]

    @work
    async def action_remove(self) -> None:
        """Remove the line under the cursor; ask what becomes of the task of an action."""
        line, along = self._own(), False
        if line is None:
            return
        if line.task is not None:
            from ka2tui.tui.dialogs.choose import Choose, Item

            items = [Item(0, "Remove the line, and keep its task"), Item(1, "Remove both")]
            chosen = await self.app.push_screen_wait(Choose("Remove this action?", items))
            if chosen is None:
                return
            along = bool(chosen)
        await self.app.do(outcomes.remove, line.id, with_task=along)

    @work
    async def action_finish(self) -> None:
        """Finish the task of the action under the cursor, or open it again."""
        task = self._of_action()
        if task is not None:
            await task_verbs.finish(self.app, [task])

    @work
    async def action_edit_task(self) -> None:
        """Edit the task of the action under the cursor."""
        task = self._of_action()
        if task is not None and self.seen is not None:
            await task_verbs.edit(self.app, self.seen.project_id, task.id)

    def _own(self) -> Noted | None:
        """Give the line under the cursor, if it is one of these minutes."""
        line = self.table.cursor_row
        if line is not None and line.meeting:
            self.app.tell(f"This stands in the minutes of {line.meeting}. t edits its task.")
            return None
        return line

    def _of_action(self) -> TaskRow | None:
        """Give the task of the line under the cursor, if it has one."""
        line = self.table.cursor_row
        if line is not None and line.task is None:
            self.app.tell("This line has no task: only actions do.")
        return None if line is None else line.task


def _noted(seen: MeetingDetails, now: datetime) -> Iterator[Noted | Section]:
    """Give the minutes under the points they belong to, and what earlier meetings left.

    What they left opens a meeting to come or one that goes on; once it is over it comes last.
    """
    if not seen.row.past:
        yield from _left(seen)
    for point in points(seen, now):
        lines = [line for line in seen.outcomes if (line.item_id or BESIDES) == point.id]
        if lines and seen.agenda:
            yield Section(f"{point.number} {point.title}".strip())
        for line in lines:
            yield Noted(line.id, line.kind, line.text, point.id, line.task)
    if seen.row.past:
        yield from _left(seen)


def _left(seen: MeetingDetails) -> Iterator[Noted | Section]:
    """Give the unfinished actions of earlier meetings."""
    if seen.carried:
        yield Section("Still open from earlier meetings", str(len(seen.carried)))
    for left in seen.carried:
        task = left.task
        whence = f"{left.meeting}, carried {left.times}x"
        yield Noted(-task.id, OutcomeKind.ACTION, task.title, BESIDES, task, left.meeting, whence)


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """Give the values of a form as the operations take them: besides the agenda is no point."""
    stored = dict(values)
    if "agenda_item_id" in stored:
        stored["agenda_item_id"] = stored["agenda_item_id"] or None
    if "who" in stored:
        stored |= {"partner_id": None, "contact_id": None} | stored.pop("who")
    return stored
