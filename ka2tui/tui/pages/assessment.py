"""One assessment: its items by criterion, answered with one key each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.domain.checklist import SCALE, Answer
from ka2tui.domain.comparing import is_agreed
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.details import Details, Fact, Head, Jump, Line, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from textual.widget import Widget

    from ka2tui.domain.checklist import Score
    from ka2tui.operations import checklists
    from ka2tui.queries import checklists as views
    from ka2tui.queries import work_units
    from ka2tui.queries.checklists import AssessmentView, CriterionView, ItemView
    from ka2tui.tui.dialogs.form import Field
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    checklists = lazily("ka2tui.operations.checklists")
    views = lazily("ka2tui.queries.checklists")
    work_units = lazily("ka2tui.queries.work_units")

_LOW, _GOOD = 1, 3


class AssessmentPage(Page):
    """The items of one assessment."""

    SHOWS = frozenset({"assessment", "answer", "task"})
    NAME = "Assessment"
    FIGURES = ("checklist",)
    HELP = (
        "Answer each item with one key, 0 missing to 4 done with proof, n where it does not "
        "apply; the cursor moves on by itself. w says where the proof lies, o goes there; t makes "
        "a task of an item that is weak or open. What comes out is your own estimate, never the "
        "agency's view."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("0", "answer(0)", "score", key_display="0-4", id="answer.0",
                tooltip="Answer the item with 0, missing, up to 4, done with proof"),
        *(
            Binding(str(step.score), f"answer({step.score})", f"Score {step.score}", show=False,
                    id=f"answer.{step.score}",
                    tooltip=f"Answer the item with {step.score}: {step.word}")
            for step in SCALE[1:]
        ),
        Binding("n", "not_applicable", "n/a", id="answer.not_applicable",
                tooltip="The item does not apply to this project"),
        Binding("e", "note", "note", id="answer.note",
                tooltip="Write a note to the item"),
        Binding("t", "task", "task", id="answer.task",
                tooltip="Make a task of the item, or of all marked ones"),
        Binding("o", "proof", "proof", id="answer.proof",
                tooltip="Go to where the proof lies, or say where it does"),
        Binding("w", "where", "where", show=False, id="answer.where",
                tooltip="Say where the proof of the item lies"),
        Binding("E", "note_before", "note before", show=False, id="answer.note_before",
                tooltip="Write a note to the item that was answered just now"),
        Binding("f", "next_open", "next open", id="answer.next_open",
                tooltip="Go to the next item that is not answered"),
        Binding("d", "compare", "compare", id="assessment.compare",
                tooltip="Put the answers of all assessors beside each other"),
        Binding("backspace", "clear", "Not answered", show=False, id="answer.clear",
                tooltip="Take the answer away again"),
        Binding("c", "close", "close", id="assessment.close",
                tooltip="End the filling in; the answers are kept as they are"),
        Binding("r", "reopen", "open again", id="assessment.reopen",
                tooltip="Fill in a closed assessment further"),
        Binding("q,escape", "leave", "back", key_display="q", id="assessment.leave",
                tooltip="Back to where you came from"),
        Binding("0,1,2,3,4,5,6,7,8,9", "no_score", "No score", show=False, system=True),
    ]  # fmt: skip

    DEFAULT_CSS = """
    AssessmentPage #panes { height: 1fr; layout: horizontal; }
    AssessmentPage #panes RecordTable { width: 60%; }
    AssessmentPage #panes Details { width: 40%; }
    AssessmentPage.-narrow #panes { layout: vertical; }
    AssessmentPage.-narrow #panes RecordTable { width: 100%; height: 3fr; }
    AssessmentPage.-narrow #panes Details { width: 100%; height: 2fr; min-height: 8; }
    """

    def __init__(self, assessment: int, item: int | None = None, *, code: str = "") -> None:
        """Make the page of one assessment.

        Args:
            assessment: Its id.
            item: The id of the answer that it begins at; None: the first that is open.
            code: Of the item that it begins at, where its id is not known.
        """
        super().__init__()
        self.assessment = assessment
        self._wanted = item
        self._code = code
        self.seen: AssessmentView | None = None
        self._item_shown: int | None = None
        self._belongs: tuple[bool, ...] = (False, False, False)
        """Whether any item has a proof, a task, a note."""
        self._before = False
        """Whether any item was answered last time."""
        self._answered: int | None = None
        """The item that was answered last; the cursor has moved on from it."""

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the assessment."""
        return self.app.project, ("assessment", self.assessment)

    def record_at_cursor(self) -> tuple[str, int, str] | None:
        """Give the item under the cursor."""
        item = self.items.cursor_row
        return None if item is None else ("answer", item.id, item.code)

    def content(self) -> Iterable[Widget]:
        """Give the items, and the one under the cursor in full beside them."""
        self.items: RecordTable[ItemView] = RecordTable(
            self._columns(()),
            self.cells,
            title="Items",
            hint="0-4 score  n not applicable",
        )
        self.details = Details("Item", hint="e note")
        yield Horizontal(self.items, self.details, id="panes")

    def _columns(self, items: Sequence[ItemView]) -> list[Column]:
        """Give proof, task and note a column where one of these items has any."""
        belongs = (
            (any(item.found_at for item in items), Column("", 5, importance=2)),
            (any(item.task for item in items), Column("", 6, importance=3)),
            (any(item.note for item in items), Column("", 4, importance=2, private=True)),
        )
        self._belongs = tuple(there for there, _ in belongs)
        self._before = any(item.last is not None for item in items)
        code = plain.longest([item.code for item in items], 3, 8)
        return [
            Column("", 1, importance=9),
            Column("Now", 3, align="right", importance=9),
            *([Column("Last", 4, align="right", importance=4)] if self._before else []),
            Column("", code, importance=3),
            Column("Item", 20, share=1, importance=8),
            *(column for there, column in belongs if there),
        ]

    def cells(self, item: ItemView) -> tuple[Cell, ...]:
        """Show an item: glyph, answer now and last time, code, text, and what belongs to it."""
        glyph, tone = _look(item.answer)
        before: Cell = ("" if item.last is None else _said(item.last), "quiet")
        belongs: tuple[Cell, ...] = (
            ("proof" if item.found_at else "", "quiet"),
            _task(item),
            ("note" if item.note else "", "quiet"),
        )
        return (
            (glyph, tone),
            (_said(item.answer), tone),
            *([before] if self._before else []),
            (item.code, "quiet"),
            (item.text, "quiet" if item.answer.not_applicable else ""),
            *(cell for there, cell in zip(self._belongs, belongs, strict=True) if there),
        )

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> AssessmentView | None:
        """Read the assessment; None where it is gone."""
        try:
            return await self.app.ask(views.assessment, self.assessment)
        except Refused:
            return None

    def show(self, seen: AssessmentView | None) -> None:
        """Show the items; where the assessment is gone, go back."""
        if seen is None:
            self.action_leave()
            return
        self.seen = seen
        rows: list[ItemView | Section] = []
        for criterion in seen.criteria:
            rows += [Section(criterion.title, _points(criterion)), *criterion.items]
        self.items.set_columns(self._columns(seen.items))
        self.items.set_rows(rows)
        head = seen.head
        title = f"{head.title} · {head.whose}, {_day(self, seen)}"
        self.items.set_title(f"{title} · {head.state.word}" if head.closed else title)
        self.items.set_hint("r open again" if head.closed else "0-4 score  n not applicable")
        answered = None if self._answered is None else self.items.row_of(self._answered)
        before = "" if answered is None else f"  E note to {answered.code}, just answered"
        self.details.set_hint("t task" if head.closed else f"e note{before}")
        if not self.loaded:
            self.items.focus()
            if self._code:
                self._wanted = next((it.id for it in seen.items if it.code == self._code), None)
            if self._wanted is None or not self.items.move_to(self._wanted):
                self._go_to_open(from_start=True)
        self._say_headline(None)
        self.show_item()

    def stand_on(self, item: int | None) -> None:
        """Go to an item, by the id of its answer."""
        if item is not None:
            self.items.move_to(item)

    def facts(self) -> str:
        """Say the own estimate, and last time's."""
        if self.seen is None:
            return self.NAME
        score, earlier = self.seen.head.score, self.seen.earlier
        said = "nothing answered yet"
        if score.total is not None:
            said = f"own estimate {score.total} of 100"
        left = score.so_far if score.unanswered else "all answered"
        last = None
        if earlier is not None and earlier.score.total is not None:
            own = earlier.assessor == self.seen.head.assessor
            last = f"last time {earlier.score.total}" if own else None
        others = [f"{plain.cut(row.assessor, 20)} says {row.score.total}" for row in self.seen.told]
        return plain.join([said, left, last, *others[:3]])

    @on(RecordTable.Highlighted)
    def show_item(self) -> None:
        """Show the item under the cursor in full."""
        item = self.items.cursor_row
        if self.seen is None or item is None:
            self.details.show([])
            return
        self.details.show(
            _details(item, self.seen, self.app.today),
            title=item.code,
            top=item.id != self._item_shown,
        )
        self._item_shown = item.id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer answers while it is open, and opening again when it is closed."""
        closed = self.seen is not None and self.seen.head.closed
        if self.app.projector and action in ("note", "note_before"):
            return False
        if action in ("answer", "not_applicable", "note", "clear", "close", "where"):
            return not closed
        if action == "proof":
            item = self.items.cursor_row if self.is_mounted else None
            return item is not None and (bool(item.found_at) or not closed)
        if action == "task":
            return self.is_mounted and self.items.cursor_row is not None
        if action == "compare":
            return self.seen is not None and bool(self.seen.others)
        if action == "note_before":
            return not closed and self._answered is not None
        if action == "reopen":
            return closed
        return super().check_action(action, parameters)

    # -- verbs ----------------------------------------------------------------------------------

    def action_answer(self, score: int) -> None:
        """Score the item under the cursor and move on."""
        self._answer(Answer(score))

    def action_not_applicable(self) -> None:
        """Say that the item does not apply, and move on."""
        self._answer(Answer(not_applicable=True))

    def action_clear(self) -> None:
        """Take the answer away; the cursor stays."""
        item = self.items.cursor_key
        if item is not None:
            self._save(item, Answer())

    def action_no_score(self) -> None:
        """Say which digits there are, since here they do not lead to another page."""
        closed = self.seen is not None and self.seen.head.closed
        why = "This is closed, r opens it again." if closed else "Scores run from 0 to 4."
        self.app.tell(f"{why} Leave this assessment with q.")

    def _answer(self, given: Answer) -> None:
        """Answer and move on at once, so that the next key already means the next item."""
        item = self.items.cursor_key
        if item is not None:
            self._save(item, given)
            self._answered = item
            self.items.action_move(1)
            row = self.items.row_of(item)
            if row is not None:
                self.details.set_hint(f"e note  E note to {row.code}, just answered")
            self.refresh_bindings()

    @work
    async def _save(self, item: int, given: Answer) -> None:
        await self.app.do(checklists.answer, item, given)

    @on(RecordTable.Opened)
    def item_opened(self) -> None:
        """Write a note with enter as well, while that can be done."""
        if self.seen is not None and not self.seen.head.closed:
            self.action_note()

    @work
    async def action_note(self) -> None:
        """Write a note to the item under the cursor."""
        if self.items.cursor_row is not None:
            await self._note(self.items.cursor_row)

    @work
    async def action_note_before(self) -> None:
        """Write a note to the item answered just now, from which the cursor has moved on."""
        item = None if self._answered is None else self.items.row_of(self._answered)
        if item is not None:
            await self._note(item)

    async def _note(self, item: ItemView) -> None:
        from ka2tui.tui.dialogs.form import Field, Form

        form = Form(
            plain.cut(f"Note to {item.code}: {plain.line(item.text)}", 68),
            [Field("note", "Note", "long", item.note, hint="what is missing, where the proof is")],
            save=lambda filled: self.app.attempt(
                checklists.answer, item.id, note=filled.values["note"] or ""
            ),
        )
        await self.app.push_screen_wait(form)

    @work
    async def action_task(self) -> None:
        """Make a task of the item under the cursor, or of all marked ones."""
        from ka2tui.tui.pages import assessment_verbs

        items = self.items.rows_of(self.items.chosen)
        if items and await assessment_verbs.make_tasks(self.app, self.project, items):
            self.items.clear_marks()

    @work
    async def action_where(self) -> None:
        """Say where the proof of the item under the cursor lies."""
        from ka2tui.tui.pages import assessment_verbs

        if self.items.cursor_row is not None:
            await assessment_verbs.say_where(self.app, self.items.cursor_row)

    @work
    async def action_proof(self) -> None:
        """Go to the proof of the item under the cursor; ask where it lies where nobody said."""
        from ka2tui.tui.pages import assessment_verbs

        item = self.items.cursor_row
        if item is None:
            return
        if item.found_at or await assessment_verbs.filed(self.app, self.project, item):
            await assessment_verbs.go_to_proof(self.app, self.project, item)
        else:
            await assessment_verbs.say_where(self.app, item)

    @work
    async def action_compare(self) -> None:
        """Put the answers of all assessors beside each other, at this item."""
        from ka2tui.tui.pages.comparison_verbs import compare

        if self.seen is None:
            return
        item = self.items.cursor_row
        others = [row.id for row in self.seen.others]
        code = None if item is None else item.code
        await compare(self.app, [self.assessment, *others], code)

    def action_next_open(self) -> None:
        """Go to the next item without an answer, from the beginning again after the end."""
        if not self._go_to_open():
            self.app.tell("Every item is answered.")

    def _go_to_open(self, *, from_start: bool = False) -> bool:
        """Move to the next open item; say whether there is one."""
        items = () if self.seen is None else self.seen.items
        at = next((n for n, one in enumerate(items) if one.id == self.items.cursor_key), -1)
        order = items if from_start else items[at + 1 :] + items[: at + 1]
        found = next((one for one in order if one.answer.open), None)
        return found is not None and self.items.move_to(found.id)

    @work
    async def action_close(self) -> None:
        """End the filling in, and ask first while something is open."""
        from ka2tui.tui.dialogs.ask import Ask

        score = None if self.seen is None else self.seen.head.score
        if score is not None and score.unanswered and score.answered:
            about = f"{plain.count(score.unanswered, 'item')} not answered; that stays so."
            question = Ask("Close this assessment?", about=about, yes="close")
            if not await self.app.push_screen_wait(question):
                return
        await self.app.do(checklists.close, self.assessment)

    @work
    async def action_reopen(self) -> None:
        """Fill in a closed assessment further."""
        await self.app.do(checklists.reopen, self.assessment)

    def action_leave(self) -> None:
        """Go back to the page below."""
        if self.is_active:
            self.app.pop_screen()


async def open_checklist(page: Page, checklist: str) -> None:
    """Go on with the assessment being filled in; else offer a new one and those before.

    Args:
        page: The page one comes from; a worker of it runs this.
        checklist: The id of the template.
    """
    from ka2tui.tui.dialogs.choose import Choose, Item

    own = page.app.settings.data
    rows = await page.app.ask(views.overview, page.project, own=own)
    row = next((one for one in rows if one.id == checklist), None)
    if row is None:
        return
    if row.being_filled_in is not None and not row.per_part:
        await page.app.push_screen(AssessmentPage(row.being_filled_in.id))
        return
    if not row.assessments:
        await start(page, checklist)
        return
    from ka2tui.domain.days import say_day

    items = [Item(0, "Start a new assessment")] if row.items else []
    items += [
        Item(one.id, f"{one.whose}, {say_day(one.day, page.app.today)}", one.score.say)
        for one in row.assessments
    ]
    chosen = await page.app.push_screen_wait(Choose(row.title, items))
    if chosen == 0:
        await start(page, checklist)
    elif chosen is not None:
        await page.app.push_screen(AssessmentPage(chosen))


async def start(page: Page, checklist: str, part: int | None = None) -> None:
    """Ask who fills the checklist in, and for what where it is about a part; start, and open it.

    Args:
        page: The page one comes from; a worker of it runs this.
        checklist: The id of the template.
        part: The work package or activity that is offered first.
    """
    from ka2tui.domain import checklist as templates
    from ka2tui.tui.dialogs.form import Field, Form

    app = page.app
    known = await asyncio.to_thread(templates.load, app.settings.data)
    template = next((one for one in known if one.id == checklist), None)
    if template is None:
        return
    about = await _parts(page, part) if template.per_part else []
    if template.per_part and not about:
        app.tell("There is no work package or activity yet: add one on the page Plan (4).")
        return
    form = Form(
        f"Fill in: {template.title}",
        [
            *about,
            Field("assessor", "Filled in by", value=app.actor, required=True),
            Field("day", "On", "date", app.today, required=True),
        ],
        save=lambda filled: app.attempt(
            checklists.start,
            page.project,
            template,
            filled.values["assessor"],
            day=filled.values["day"],
            work_unit=filled.values.get("part"),
        ),
    )
    filled = await app.push_screen_wait(form)
    if filled is not None and filled.saved is not None:
        await app.push_screen(AssessmentPage(filled.saved.value))


async def _parts(page: Page, part: int | None) -> list[Field]:
    """Make the field that asks which work package or activity it is about; none without any."""
    from ka2tui.domain.text import coded
    from ka2tui.tui.dialogs.form import Field, Option

    units = await page.app.ask(work_units.listed, page.project)
    if not units:
        return []
    options = [Option(each.id, coded(each.code, each.title)) for each in units]
    first = part if part in {each.id for each in units} else units[0].id
    return [Field("part", "About", "choice", first, options=options, required=True)]


def _look(answer: Answer) -> tuple[str, Tone]:
    if answer.not_applicable:
        return "–", "quiet"
    if answer.score is None:
        return plain.OPEN, ""
    if answer.score <= _LOW:
        return plain.LATE, "late"
    return (plain.DONE, "good") if answer.score >= _GOOD else (plain.SOON, "soon")


def _said(answer: Answer) -> str:
    if answer.not_applicable:
        return "n/a"
    return "·" if answer.score is None else str(answer.score)


def _points(criterion: CriterionView) -> str:
    score = criterion.score
    if not score.of:
        return "nothing applies" if not score.items else "not answered yet"
    return f"{score.points} / {score.of}  {_bar(score)}"


def _bar(score: Score) -> str:
    return plain.bar(score.points / score.of if score.of else 0)


def _day(page: Page, seen: AssessmentView) -> str:
    from ka2tui.domain.days import say_day

    return say_day(seen.head.day, page.app.today)


def _task(item: ItemView) -> Cell:
    """Show that an item has a task, and how that stands."""
    if item.task is None:
        return ""
    glyph, tone, _ = plain.STATES[item.task.state]
    return [("task ", "quiet"), (glyph, tone)]


def _details(item: ItemView, seen: AssessmentView, today: date) -> Iterator[Item]:
    from ka2tui.domain.days import say_day
    from ka2tui.tui.pages.assessment_verbs import say_task

    yield Words(item.text)
    # where several agree, who said what is what the answer is made of
    first = bool(item.note) and is_agreed(seen.head.assessor)
    if first:
        yield Private([Head("Said before"), Words(item.note or "")])
    yield Head("Answer")
    yield Fact("Now", item.answer.said)
    if item.last is not None:
        before = seen.earlier
        other = before is not None and before.assessor != seen.head.assessor
        said = f"{before.assessor} said" if before is not None and other else "Last time"
        when = "" if before is None else f" · {say_day(before.day, today)}"
        yield Fact(said, f"{item.last.said}{when}")
    if item.weight > 1:
        yield Fact("Counts", "twice" if item.weight == 2 else "three times")
    yield Fact("Proof", item.proof)
    yield Fact("Lies at", item.found_at)
    if item.task is not None:
        yield Jump(
            item.task.title,
            ("task", item.task.id),
            tail=(say_task(item.task, today), "quiet"),
            label="Task",
        )
    if item.note and not first:
        yield Private([Head("Note"), Words(item.note)])
    total = seen.head.score.total
    yield Head("Own estimate", "" if total is None else f"{total} of 100")
    for criterion in seen.criteria:
        figures = f" {_of(criterion):<7}"
        yield Line(
            [*plain.shaded(_bar(criterion.score), "accent"), (figures, "quiet"), criterion.title]
        )
    yield Head("Scores")
    for step in SCALE:
        yield Words(f"{step.score} {step.word}: {step.meaning}", "quiet")
    if item.source:
        yield Head("Where it comes from")
        yield Words(item.source, "quiet")


def _of(criterion: CriterionView) -> str:
    score = criterion.score
    return f"{score.points}/{score.of}" if score.of else "–"
