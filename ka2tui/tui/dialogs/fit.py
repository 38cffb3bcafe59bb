"""Which action an idea fits: a question at a time, then what comes out, with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from ka2tui.domain import fit
from ka2tui.domain.fit import Standing
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.details import Details, Fact, Head, Passage, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.widget import Widget

    from ka2tui.domain.fit import Ranked, Rules, Verdict
    from ka2tui.domain.fit_questions import Answer, Guidance, Question
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item

TITLE = "Which action fits?"
NOT_KNOWN = "not known yet"
_BULLET = "– "
_SIGNS: dict[Standing, tuple[str, Tone]] = {
    Standing.FITS: (plain.DONE, "good"),
    Standing.NEAR: (plain.OPEN, "soon"),
    Standing.NOT: (plain.CANCELLED, "quiet"),
}


@frozen
class Choice:
    """A line to choose from: an answer, or that it is not known yet."""

    id: int
    answer: Answer | None


@frozen
class Place:
    """A line of the result: an action, and how it stands to the idea."""

    id: int
    ranked: Ranked


class Lines(RecordTable["Choice | Place"]):
    """What is chosen from; nothing is marked in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "choose", id="fit.choose",
                tooltip="Give this answer; of the actions, take this one"),
    ]  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no marks, and nothing to take where there is nothing."""
        if action in {"mark", "mark_all", "clear_marks"}:
            return False
        if action == "open":
            row = self.cursor_row
            return row is not None and (isinstance(row, Choice) or _takes(row.ranked))
        return super().check_action(action, parameters)


class Fit(Dialog["Ranked | None"]):
    """Asks what decides about KA1 or KA2 and the action; answers the action that is taken."""

    DEFAULT_CSS = """
    Fit {
        & Box { width: 84; height: 21; }
        & .-asking { height: auto; }
        & .-question { height: auto; text-style: bold; }
        & .-why, & .-said { height: auto; color: $quiet; text-style: $quiet-style; }
        & .-why { margin: 0 0 1 0; }
        & .-said { margin: 1 0 0 0; display: none; }
        & .-said.-shown { display: block; }
        & Lines { height: auto; max-height: 10; background: $surface; }
        & .-result { height: auto; display: none; }
        & .-result Lines { max-height: 6; margin: 0 0 1 0; }
        & Details { background: $surface; height: auto; max-height: 100%; }
        &.-done .-asking { display: none; }
        &.-done .-result { display: block; height: 1fr; }
        &.-done .-result Details { height: 1fr; }
        &.-done Box { height: 100%; max-height: 44; }
        &.-wide Box, &.-very-wide Box { width: 100; }
        &.-tall .-result Lines { max-height: 9; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,backspace", "back", "back", key_display="left", id="fit.back",
                tooltip="Go back to the question before, to answer it otherwise"),
        Binding("n", "anew", "another idea", id="fit.anew",
                tooltip="Forget these answers and begin with the first question"),
        Binding("tab", "turn", "reasons", id="fit.next",
                tooltip="From the actions to the reasons, and back"),
        Binding("enter", "turn", "reasons", show=False, id="fit.read",
                tooltip="Of an action that cannot be taken: read why"),
    ]  # fmt: skip

    AUTO_FOCUS = "Lines"

    def __init__(
        self,
        guidance: Guidance,
        rules: Rules,
        call_year: int,
        *,
        takes: str = "take it",
        answers: dict[str, str | None] | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            guidance: Questions and routes.
            rules: Gives the rules of an action in the call.
            call_year: The call that is aimed at.
            takes: What taking an action does, in a few words.
            answers: What was said when it was asked before; what is said now is kept in it.
        """
        super().__init__(TITLE)
        self._guidance = guidance
        self._rules = rules
        self._call_year = call_year
        self._takes = takes
        self._answers = {} if answers is None else answers
        for name, value in list(self._answers.items()):
            question = guidance.question(name)
            if question is None or (value is not None and question.get(value) is None):
                del self._answers[name]  # the questions were changed since
        self._asked: Question | None = None
        self.verdict: Verdict | None = None
        """What the answers came to, once all is asked."""

    def content(self) -> Iterable[Widget]:
        """Give the question with its answers, and the place of the result."""
        with Vertical(classes="-asking"):
            yield Static("", classes="-question")
            yield Static("", classes="-why")
            self.answers = Lines(
                [Column("", 20, share=1, importance=9)], self._choice, headings=False, bare=True
            )
            yield self.answers
            yield Static("", classes="-said")
        with Vertical(classes="-result"):
            self.routes = Lines(_columns(0), self._place, headings=False, bare=True)
            yield self.routes
            self.details = Details(bare=True)
            yield self.details

    def on_mount(self) -> None:
        """Ask the first question that was not asked yet; say what came out where none is left."""
        asked = self._guidance.asked(self._said)
        open_ = next((one for one in asked if one.id not in self._answers), None)
        if open_ is not None:
            self._ask(open_)
        else:
            self._show_verdict()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go back only where there is something before, and to reasons where some stand there."""
        if action == "turn":
            return self.is_mounted and self.verdict is not None
        if action == "anew":
            return self.is_mounted and bool(self._answers)
        if action == "back":
            return self.is_mounted and (self.verdict is not None or self._before is not None)
        return super().check_action(action, parameters)

    # -- asking ---------------------------------------------------------------------------------

    @property
    def _said(self) -> dict[str, str]:
        """The answers without what is not known yet."""
        return {name: it for name, it in self._answers.items() if it is not None}

    @property
    def _before(self) -> Question | None:
        """The question before the one that is asked."""
        asked = self._guidance.asked(self._said)
        names = [it.id for it in asked]
        at = names.index(self._asked.id) if self._asked and self._asked.id in names else 0
        return asked[at - 1] if at else None

    def _ask(self, question: Question) -> None:
        """Show a question, with the cursor on what was answered before."""
        self._asked, self.verdict = question, None
        self.remove_class("-done")
        # as many as there may be: the answer to this one can make others meaningless
        others = {name: it for name, it in self._said.items() if name != question.id}
        names = [it.id for it in self._guidance.asked(others)]
        place = f"{names.index(question.id) + 1} of {len(names)}"
        self.query_one("Box").border_subtitle = plain.content(place)
        self.query_one(".-question", Static).update(plain.content(question.text))
        self.query_one(".-why", Static).update(plain.block(question.why))
        offered = question.offered(self._said)
        rows = [Choice(number, it) for number, it in enumerate(offered, start=1)]
        self.answers.set_rows([*rows, Choice(0, None)])
        given = self._answers.get(question.id)
        stood = next((it.id for it in rows if it.answer and it.answer.id == given), 1)
        unknown = question.id in self._answers and given is None
        self.answers.move_to(0 if unknown else stood)
        self._say_so_far()
        self.answers.focus()
        self.refresh_bindings()

    def _say_so_far(self) -> None:
        """Say what was answered, and where that leads as far as it goes."""
        words = [
            answer.word
            for it in self._guidance.questions
            if (answer := self._guidance.answer(self._said, it.id)) is not None
        ]
        judged = self._judged()
        led = "" if judged.best is None else f"\nso far: {plain.line(judged.best.name)}"
        if judged.clashes:
            led = f"\n{plain.WARNING} {judged.clashes[0]}"
        said = self.query_one(".-said", Static)
        said.update(plain.block(plain.join(words) + led))
        said.set_class(bool(words), "-shown")

    def _judged(self) -> Verdict:
        return fit.judge(self._guidance, self._said, self._rules, self._call_year)

    def _choice(self, row: Choice | Place) -> Sequence[Cell]:
        if isinstance(row, Place) or row.answer is None:
            return ((NOT_KNOWN, "quiet"),)
        return (row.answer.text,)

    @on(RecordTable.Opened)
    def chosen(self, event: RecordTable.Opened) -> None:
        """Take an answer and go on; of the result, take the action."""
        event.stop()
        if event.table is self.answers:
            self._answer(self.answers.cursor_row)
        else:
            self._take()

    def _answer(self, row: Choice | Place | None) -> None:
        if self._asked is None or not isinstance(row, Choice):
            return
        name = self._asked.id
        self._answers[name] = row.answer.id if row.answer is not None else None
        self._drop_what_is_not_offered()
        asked = self._guidance.asked(self._said)
        names = [it.id for it in asked]
        later = asked[names.index(name) + 1 :]
        if later:
            self._ask(later[0])
        else:
            self._show_verdict()

    def _drop_what_is_not_offered(self) -> None:
        """Forget answers that another answer has made meaningless."""
        for question in self._guidance.questions:
            offered = {it.id for it in question.offered(self._said)}
            if self._answers.get(question.id) not in {None, *offered}:
                del self._answers[question.id]

    def action_back(self) -> None:
        """Go back to the question before."""
        if self.verdict is not None:
            asked = self._guidance.asked(self._said)
            self._ask(asked[-1])
        elif (before := self._before) is not None:
            self._ask(before)

    def action_anew(self) -> None:
        """Forget the answers and begin again."""
        self._answers.clear()
        self._ask(self._guidance.asked({})[0])

    # -- the result -----------------------------------------------------------------------------

    def _show_verdict(self) -> None:
        """Show what the answers come to, with the cursor on the best."""
        self.verdict = self._judged()
        self.add_class("-done")
        self.query_one("Box").border_subtitle = plain.content("")
        told = self.verdict.told
        self.routes.set_columns(_columns(plain.longest([it.name for it in told], most=70)))
        self.routes.set_rows([Place(at, it) for at, it in enumerate(told)])
        self.routes.move_to(0)
        self.routes.focus()
        self.show_reasons()
        self.refresh_bindings()

    def _place(self, row: Choice | Place) -> Sequence[Cell]:
        if isinstance(row, Choice):
            return ("", "", "")
        one = row.ranked
        sign, tone = _SIGNS[one.standing]
        quiet: Tone = "quiet" if one.standing is Standing.NOT else ""
        return ((sign, tone), (one.name, quiet), (one.standing.word, "quiet"))

    @on(RecordTable.Highlighted)
    def show_reasons(self) -> None:
        """Tell why the action under the cursor fits or does not."""
        row = self.routes.cursor_row
        if self.verdict is not None and isinstance(row, Place):
            self.details.show([*_reasons(self.verdict, row.ranked, self._takes)], top=True)

    def _take(self) -> None:
        """Answer with the action under the cursor, where there is one to take."""
        row = self.routes.cursor_row
        if isinstance(row, Place) and _takes(row.ranked):
            self.dismiss(row.ranked)

    def action_turn(self) -> None:
        """Go from the actions to the reasons, and back."""
        (self.routes if self.details.has_focus else self.details).focus()


def _takes(one: Ranked) -> bool:
    """Tell whether a project can be begun of an action."""
    return one.action is not None and one.standing is not Standing.NOT


def _columns(name: int) -> list[Column]:
    """Give the columns of the result; the longest name takes so many cells."""
    return [
        Column("", 1, importance=9),
        Column("", 20, share=1, wish=name, importance=9),
        Column("", 20, importance=4, align="right"),
    ]


def _reasons(verdict: Verdict, one: Ranked, takes: str) -> Iterator[Item]:
    """Tell about an action beside the idea, what decides first."""
    for clash in verdict.clashes:
        yield Passage([(f"{plain.WARNING} ", "soon"), (clash, "soon")], 2)
    if verdict.best is None:
        yield Words("The answers do not tell yet which action fits.", "soon")
    elif verdict.rivals and one in (verdict.best, *verdict.rivals):
        names = [it.action or it.route.key_action for it in (verdict.best, *verdict.rivals)]
        yield Words(f"As good, as far as the answers go: {', '.join(names)}.", "soon")
    yield Words(one.route.about)
    if _takes(one):
        yield Words(f"enter: {takes}, action {one.action}, call {verdict.call_year}", "quiet")
    elif one.action is None:
        about = "ka2tui plans projects of KA2. KA1 has forms and deadlines of its own."
        yield Words(about, "quiet")
    else:
        yield Words("It does not fit the answers: left goes back to them.", "quiet")
    yield from _listed("Why", [it.text for it in one.speaks_for])
    yield from _listed("Against it", [it.text for it in one.against])
    yield from _listed("Still missing", one.missing, "soon")
    yield from _listed("To look at", one.checks)
    if one.facts:
        yield Head("Its rules")
        if one.rules_said:
            yield Words(f"{one.rules_said}.", "quiet")
        for it in one.facts:
            sure = "" if it.confirmed or one.rules_said else " (not confirmed)"
            yield Fact(it.label.capitalize(), f"{it.text}{sure}")
    yield Head("Typical mistakes")
    for warned in verdict.mistakes:
        sign: Piece = (f"{plain.WARNING} ", "soon") if warned.near else _BULLET
        title: Piece = (f"{warned.mistake.title}. ", "strong" if warned.near else "")
        yield Passage([sign, title, warned.mistake.text], 2)
    if verdict.unanswered:
        yield Head("Not answered, and could change this")
        yield Words(", ".join(it.text for it in verdict.unanswered), "quiet")


def _listed(title: str, lines: Sequence[str], tone: Tone = "") -> Iterator[Item]:
    if lines:
        yield Head(title)
        yield from (Passage([_BULLET, (it, tone)], 2) for it in lines)
