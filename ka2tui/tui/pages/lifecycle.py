"""The way through a project: six overlapping phases, their steps, and what is open in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from ka2tui.domain.entries import Malformed
from ka2tui.domain.kinds import PhaseKind, PhaseState
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.details import Details, Fact, Head, Line, Parts, Passage, Private, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable
from ka2tui.tui.widgets.way import Stretch, Tick, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from textual.widget import Widget

    from ka2tui.domain.going_on import Standing
    from ka2tui.domain.problem import Problem
    from ka2tui.operations import phases
    from ka2tui.queries import deadlines, lifecycle
    from ka2tui.queries.deadlines import ProjectDeadlines
    from ka2tui.queries.lifecycle import PhaseView, StepView
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item
else:
    phases = lazily("ka2tui.operations.phases")
    deadlines = lazily("ka2tui.queries.deadlines")
    lifecycle = lazily("ka2tui.queries.lifecycle")

STATES: dict[PhaseState, tuple[str, Tone]] = {
    PhaseState.AHEAD: ("·", "quiet"),
    PhaseState.UNDER_WAY: ("●", "accent"),
    PhaseState.DONE: ("✓", "done"),
}
TICK = 20
"""Seconds after which the time that is left is told anew."""

_SHORT = {PhaseKind.EVALUATION: "Evaluation"}
_APPLYING = (PhaseKind.PARTNERSHIP, PhaseKind.GOAL, PhaseKind.PROPOSAL)
"""The phases that lead to the deadline of the application."""

_MOST_POINTS = 8
"""How many open points a question names."""


class LifecyclePage(Page):
    """The six phases at a glance, and one of them closely."""

    SHOWS = frozenset({"phase", "phase_step", "assessment", "answer", "project", "partner"})
    NAME = "Lifecycle"
    FIGURES = ("phase",)
    HELP = (
        "The six phases of a project; they overlap, and none has to wait for another. Choose one "
        "above; its steps and what is open before you go on stand below. Going on with something "
        "open asks for a reason, which is kept and shown here."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick step", id="phase.tick",
                tooltip="Tick the step under the cursor, or take the tick away"),
        Binding("o", "go_on", "go on", id="phase.go_on",
                tooltip="Conclude the phase and begin the next one that is still ahead"),
        Binding("enter", "checklist", "checklist", key_display="enter", id="phase.checklist",
                tooltip="Fill in or look at the checklist of the phase"),
        Binding("d", "dates", "dates", id="phase.dates",
                tooltip="Change the dates of the phase, and the own estimate wanted"),
        Binding("s", "start", "start", id="phase.start",
                tooltip="Begin a phase that is still ahead; several may be under way"),
        Binding("r", "reopen", "open again", id="phase.reopen",
                tooltip="Take up a phase again that is done"),
        Binding("O", "outcome", "outcome", show=False, id="phase.outcome",
                tooltip="Note what became of the application: funded, rejected ..."),
    ]  # fmt: skip

    DEFAULT_CSS = """
    LifecyclePage #below { height: 1fr; }
    LifecyclePage #below RecordTable { width: 49%; }
    LifecyclePage #below Details { width: 51%; }
    """

    def __init__(self) -> None:
        """Make the page, with no phase known yet."""
        super().__init__()
        self.phases: dict[int, PhaseView] = {}
        self.dates: ProjectDeadlines | None = None
        self._seen_phase: int | None = None

    def content(self) -> Iterable[Widget]:
        """Give the way above; steps and details of one phase below."""
        self.way = Way(
            "The way",
            undated="Nothing is dated yet. Press d to enter the first days.",
        )
        self.steps: RecordTable[StepView] = RecordTable(
            self._columns(()),
            self.cells,
            title="Steps",
            hint="space tick",
            empty="This phase has no steps.",
            headings=False,
        )
        self.details = Details("Phase", empty="No phase is known.")
        yield self.way
        yield Horizontal(self.steps, self.details, id="below")

    def cells(self, step: StepView) -> tuple[Cell, Cell, Cell]:
        """Show a step: whether it is done, what it is, and since when."""
        done = step.done_on is not None
        tone: Tone = "done" if done else ""
        when = self._done_on(step)
        return ((plain.DONE if done else plain.OPEN, tone), (step.title, tone), (when, "quiet"))

    def _done_on(self, step: StepView) -> str:
        from ka2tui.domain.days import say_day

        return "" if step.done_on is None else say_day(step.done_on, self.app.today)

    def _said_done(self, step: StepView) -> str:
        """Say the day of a tick: yesterday, on Thu 20 Nov 2025."""
        said = self._done_on(step)
        return f"on {said}" if said[:1].isupper() else said

    def _columns(self, steps: Sequence[StepView]) -> list[Column]:
        """Give each column the room that these steps need."""
        title = plain.longest([step.title for step in steps], most=60)
        done = plain.longest([self._done_on(step) for step in steps], 1)
        return [
            Column("", 1, importance=9),
            Column("Step", 20, share=1, wish=title, importance=9),
            Column("Done", done, align="right", importance=3),
        ]

    def on_mount(self) -> None:
        """Count down to the deadline of the application."""
        self.set_interval(TICK, self.tell_time)

    def tell_time(self) -> None:
        """Tell the time that is left anew, where it is told."""
        phase, dates = self.phase, self.dates
        if (
            self.is_current
            and phase is not None
            and phase.kind in _APPLYING
            and dates is not None
            and dates.application is not None
        ):
            self.show_details()

    # -- reading --------------------------------------------------------------------------------

    async def load(self) -> tuple[lifecycle.Way, ProjectDeadlines] | None:
        """Read the six phases and what must be handed in; None where the project is gone."""
        own, today = self.app.settings.data, self.app.today
        try:
            way = await self.app.ask(lifecycle.way, self.project, today=today, own=own)
        except Malformed:  # a file of the user's own: told, not taken for a project that is gone
            raise
        except Refused:
            return None
        dates = await self.app.ask(deadlines.listed, self.project, today=today, own=own)
        return (way, dates[0]) if dates else None

    def show(self, read: tuple[lifecycle.Way, ProjectDeadlines] | None) -> None:
        """Draw the way; the first time the cursor stands on the phase the project is in."""
        seen, self.dates = read if read is not None else (None, None)
        found = () if seen is None else seen.phases
        self.phases = {phase.id: phase for phase in found}
        ticks = [] if seen is None else list(_ticks(seen))
        self.way.show([_stretch(phase) for phase in found], ticks, self.app.today)
        if not self.loaded and seen is not None:
            for phase in found:
                if phase.kind is seen.current:
                    self.way.move_to(phase.id)
        self._stand()
        self.show_phase()

    def on_screen_resume(self) -> None:
        """Stand on the phase that another page wants to show."""
        self._stand()

    def _stand(self) -> None:
        wanted = self.app.wanted_records.get("lifecycle")
        if wanted in self.phases:
            del self.app.wanted_records["lifecycle"]
            self.way.move_to(wanted)

    def figures_of(self) -> tuple[int | None, tuple[str, int | None] | None]:
        """Give the phase whose steps are counted."""
        return self.app.project, ("phase", self.way.cursor_key)

    @property
    def phase(self) -> PhaseView | None:
        """The phase under the cursor."""
        key = self.way.cursor_key
        return None if key is None else self.phases.get(key)

    @on(Way.Highlighted)
    def show_phase(self) -> None:
        """Show steps and details of the phase under the cursor."""
        phase = self.phase
        if phase is None:
            self.steps.set_rows([])
            self.details.show([], title="Phase")
            return
        self.steps.set_columns(self._columns(phase.steps))
        self.steps.set_rows(phase.steps)
        if self._seen_phase != phase.id:
            # what is still to be done comes first, also where steps before it are done
            todo = next((step for step in phase.steps if step.done_on is None), None)
            if todo is not None:
                self.steps.move_to(todo.id)
        done = f"{phase.steps_done} of {len(phase.steps)}"
        self.steps.set_title(f"{_name(phase)}: steps, {done}")
        self.show_details(top=self._seen_phase != phase.id)
        self._seen_phase = phase.id
        self.refresh_bindings()

    @on(RecordTable.Highlighted)
    def step_chosen(self) -> None:
        """Show what the step under the cursor means."""
        self.show_details()
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Offer the tick only while the steps have the focus."""
        self.refresh_bindings()

    def on_descendant_blur(self) -> None:
        """Take the tick away again."""
        self.refresh_bindings()

    def show_details(self, *, top: bool = False) -> None:
        """Show everything about the phase, and about the step while one stands in the steps."""
        phase = self.phase
        if phase is not None:
            step = self.steps.cursor_row
            against = self.app.found.against_rules()
            items = list(_details(phase, step, self.app.today, against))
            if phase.kind in _APPLYING and self.dates is not None:
                items[1:1] = _application(self.dates, self.app.now(), phase.kind)
            self.details.show(items, title=phase.title, top=top)

    def show_found(self) -> None:
        """Say what is against a rule before one goes on."""
        self.show_details()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done to the phase under the cursor."""
        phase = self.phase if self.loaded else None
        if action == "tick":
            return phase is not None and self.steps.has_focus and bool(self.steps.chosen)
        if action in ("dates", "checklist"):
            return phase is not None
        if action == "outcome":
            return phase is not None and phase.kind in (PhaseKind.PROPOSAL, PhaseKind.FUNDING)
        if action == "start":
            return phase is not None and phase.state is PhaseState.AHEAD
        if action == "reopen":
            return phase is not None and phase.state is PhaseState.DONE
        if action == "go_on":
            return phase is not None and phase.state is not PhaseState.DONE
        return super().check_action(action, parameters)

    # -- verbs ----------------------------------------------------------------------------------

    @work
    async def action_tick(self) -> None:
        """Tick the chosen steps; where all are ticked, take the ticks away.

        The day of a tick is lost with it, so one of another day is asked about.
        """
        from ka2tui.tui.dialogs.ask import Ask

        chosen = self.steps.rows_of(self.steps.chosen)
        done = not all(step.done_on is not None for step in chosen)
        before = [step for step in chosen if step.done_on not in (None, self.app.today)]
        if not done and before:
            one = len(chosen) == 1
            named = plain.cut(plain.line(before[0].title), 44)
            about = [
                f"{'It was' if one else f'{named}:'} done {self._said_done(before[0])}.",
                *([f"Others of them on other days: {len(before) - 1}."] if before[1:] else []),
                "The day is forgotten; ticked again, it is done today. u brings it back.",
            ]
            what = named if one else plain.count(len(chosen), "step")
            ask = Ask(f"Take the tick off {what}?", about="\n".join(about), yes="take it off")
            if not await self.app.push_screen_wait(ask):
                return
        await self.act(self.steps, phases.tick, done=done, today=self.app.today)

    @work
    async def action_start(self) -> None:
        """Begin the phase."""
        if self.phase is not None:
            await self.app.do(phases.start, self.phase.id, today=self.app.today)

    @work
    async def action_reopen(self) -> None:
        """Take up the phase again."""
        if self.phase is not None:
            await self.app.do(phases.reopen, self.phase.id)

    @work
    async def action_go_on(self) -> None:
        """Conclude the phase; with something open only for a reason, which is kept."""
        from ka2tui.tui.dialogs.ask import Ask, AskReason

        phase = self.phase
        if phase is None:
            return
        reason = None
        question = f"Go on from {_name(phase)}?"
        await self.app.found.read()
        against = [it.text for it in self.app.found.against_rules()]
        rules = ["", "Against a rule:", *_points(tuple(against))] if against else []
        work = await self.app.ask(
            lifecycle.open_work, self.project, phase.kind, today=self.app.today
        )
        rules = [*(["", "Of the work:", *_points(work)] if work else []), *rules]
        if phase.still_open:
            about = "\n".join(
                [*_points(phase.still_open), *rules, "", "The reason is kept and shown here."]
            )
            ask = AskReason(question, about=about, placeholder="why you go on all the same")
            reason = await self.app.push_screen_wait(ask)
            if reason is None:
                return
        elif not await self.app.push_screen_wait(
            Ask(
                question,
                about="\n".join([_ALL_DONE if work else "Nothing is open.", *rules]),
                yes="go on",
                proposed=not against and not work,
            )
        ):
            return
        own = self.app.settings.data
        today = self.app.today
        await self.app.do(phases.go_on, phase.id, today=today, reason=reason, own=own)

    @work
    async def action_dates(self) -> None:
        """Change dates, the own estimate wanted, and notes."""
        from ka2tui.tui.dialogs.form import Field, Form

        phase = self.phase
        if phase is None:
            return
        fields = [
            Field("planned_start", "From, planned", "date", phase.planned_start),
            Field("planned_end", "To, planned", "date", phase.planned_end),
        ]
        if phase.state is not PhaseState.AHEAD:
            fields.append(Field("actual_start", "Begun on", "date", phase.actual_start))
        if phase.state is PhaseState.DONE:
            fields.append(Field("actual_end", "Ended on", "date", phase.actual_end))
        fields.append(
            Field("gate_minimum", "Wanted, of 100", "integer", phase.minimum,
                  hint="own estimate before you go on")
        )  # fmt: skip
        fields.append(Field("notes", "Notes", "long", phase.notes))
        today = self.app.today
        form = Form(
            f"Dates of {_name(phase)}",
            fields,
            save=lambda filled: self.app.attempt(
                phases.edit, phase.id, filled.changed, filled.based_on, today=today
            ),
        )
        await self.app.push_screen_wait(form)

    @work
    async def action_outcome(self) -> None:
        """Note what became of the application."""
        from ka2tui.tui.pages import project_verbs

        await project_verbs.decide(self.app, self.project)

    @on(RecordTable.Opened)
    def step_opened(self) -> None:
        """Go to the checklist from a step as well."""
        self.action_checklist()

    @work
    async def action_checklist(self) -> None:
        """Fill in or look at the checklist of the phase; ask which, where it has several."""
        from ka2tui.tui.dialogs.choose import Choose, Item
        from ka2tui.tui.pages.assessment import open_checklist

        phase = self.phase
        if phase is None or not phase.checklists:
            return
        chosen: int | None = 0
        if len(phase.checklists) > 1:
            items = [
                Item(number, one.title, _said(one)) for number, one in enumerate(phase.checklists)
            ]
            chosen = await self.app.push_screen_wait(Choose("Which checklist?", items))
        if chosen is not None:
            await open_checklist(self, phase.checklists[chosen].checklist)


_ALL_DONE = "All steps are done, and the checklist is filled in."


def _name(phase: PhaseView) -> str:
    return _SHORT.get(phase.kind, phase.title)


def _stands(phase: PhaseView) -> tuple[str, Tone, str]:
    """Give sign, tone and word of where a phase stands; with steps left open it is not done."""
    left = phase.steps_done < len(phase.steps) and not phase.before_our_time
    if phase.state is PhaseState.DONE and left:
        return "▸", "soon", "gone on"
    return *STATES[phase.state], phase.state.word


def _stretch(phase: PhaseView) -> Stretch:
    glyph, tone, word = _stands(phase)
    steps = f"{phase.steps_done} of {len(phase.steps)}"
    if phase.before_our_time and not phase.steps_done:
        steps = ""
    if phase.still_open and phase.state is PhaseState.UNDER_WAY:
        steps += f" · {len(phase.still_open)} open"
    return Stretch(
        id=phase.id,
        glyph=glyph,
        tone=tone,
        title=phase.title,
        short=_name(phase),
        word=word,
        note=steps,
        first=phase.first,
        last=phase.last,
    )


def _ticks(seen: lifecycle.Way) -> Iterator[Tick]:
    """Name the project's first month, every twelfth, and its last."""
    from ka2tui.domain.timeline import month_start, say_month

    if seen.start is None:
        return
    last = seen.months or 1
    for month in sorted({1, *range(13, last + 1, 12), last}):
        yield Tick(month_start(seen.start, month), say_month(month))


def _points(still_open: tuple[str, ...]) -> list[str]:
    """List open points, the first of many."""
    shown = [f"· {point}" for point in still_open[:_MOST_POINTS]]
    more = len(still_open) - _MOST_POINTS
    return [*shown, f"  and {more} more"] if more > 0 else shown


def _said(one: Standing) -> str:
    return one.said


def _details(
    phase: PhaseView, step: StepView | None, today: date, against: Sequence[Problem]
) -> Iterator[Item]:
    yield Words(phase.aim)
    if phase.override_reason and phase.state is PhaseState.DONE:
        points = (phase.override_open or "").splitlines()
        yield Private(
            [
                Head("Gone on with this reason"),
                Words(phase.override_reason),
                *(Words(f"· {point}", "quiet") for point in points),
            ]
        )
    yield from _dates(phase, today)
    if phase.state is not PhaseState.DONE:
        yield Head("Before you go on", f"{len(phase.still_open) or 'nothing'} open")
        tone: Tone = "soon" if phase.state is PhaseState.UNDER_WAY else "quiet"
        left = len(phase.steps) - phase.steps_done
        if left:
            yield Words(f"{plain.LATE} {plain.count(left, 'step')} not done", tone)
        for point in phase.still_open[left:]:  # the steps themselves stand beside
            yield Passage([(f"{plain.LATE} {point}", tone)], 2)
        yield Words(phase.why if phase.still_open else "Nothing is open: o goes on.", "quiet")
    if phase.state is PhaseState.UNDER_WAY:
        yield from _against_rules(against)
    if step is not None and step.hint:
        yield Head("This step")
        yield Words(step.title)
        yield Words(step.hint, "quiet")
    yield Head("Checklist" if len(phase.checklists) == 1 else "Checklists", "enter")
    for one in phase.checklists:
        yield Words(f"{one.title}: {_said(one)}")
    if phase.notes:
        yield Private([Head("Notes"), Words(phase.notes)])
    yield Head("What you end with")
    yield Words(phase.result)
    yield Words(phase.overlap, "quiet")
    if phase.documents:
        yield Head("Papers")
        for paper in phase.documents:
            yield Words(f"· {paper}", "quiet")


def _against_rules(against: Sequence[Problem]) -> Iterator[Item]:
    if against:
        yield Head("Against a rule", "I show")
    for problem in against[:_MOST_POINTS]:
        yield Passage([(f"{plain.LATE} {problem.text}", "late")], 2)
    if len(against) > _MOST_POINTS:
        yield Words(f"and {len(against) - _MOST_POINTS} more", "quiet")


def _application(found: ProjectDeadlines, now: datetime, phase: PhaseKind) -> list[Item]:
    """Tell by when the application must be in, or what became of it."""
    from ka2tui.domain.days import say_brief
    from ka2tui.domain.deadlines import say_application

    facts, due = found.facts, found.application
    if due is not None:
        clocks, left = say_application(due, now, found.here)
        over = due.passed(now)
        items: list[Item] = [
            Head("Application"),
            Line([(left, "late" if over else "accent")]),
            Parts([*clocks.split(" · "), due.why], "quiet" if due.confirmed else "soon"),
        ]
        if over:
            items.append(Words(_OVER, "late"))
        return items
    if phase is not PhaseKind.PROPOSAL:
        return []
    if facts.outcome is None and facts.submitted_on is None:
        if facts.applying and facts.call_year is None and facts.start is None:
            return [Head("Application"), Words(_NO_CALL, "quiet")]
        return []
    items = [Head("Application", "O outcome")]
    if facts.submitted_on is not None:
        items.append(Fact("Handed in", say_brief(facts.submitted_on)))
    items.append(Fact("Outcome", facts.outcome.word if facts.outcome else "not known yet"))
    return items


_OVER = (
    "The deadline has passed. If the application was handed in, enter the day on Projects (0, e); "
    "another call has another deadline, which is entered there too."
)
_NO_CALL = "By when is not known: enter the call year, or the deadline itself, on Projects (0, e)."


def _dates(phase: PhaseView, today: date) -> Iterator[Item]:
    glyph, tone, word = _stands(phase)
    note = ", by its dates, when it was entered here" if phase.before_our_time else ""
    yield Line([(f"{glyph} {word}{note}", tone)])
    yield Fact("Planned", _span(phase.planned_start, phase.planned_end, today))
    yield Fact("Actual", _span(phase.actual_start, phase.actual_end, today))
    if phase.minimum is not None:
        yield Fact("Wanted", f"own estimate {phase.minimum} of 100")


def _span(first: date | None, last: date | None, today: date) -> str:
    from ka2tui.domain.days import say_day, say_span

    if first is not None and last is not None:
        return say_span(first, last)
    if first is not None:
        return f"since {say_day(first, today)}"
    return "" if last is None else f"until {say_day(last, today)}"
