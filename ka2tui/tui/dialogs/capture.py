"""The capture line: a task in one line, with what is understood said below while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ka2tui.domain.completion import Completion
from ka2tui.domain.quickadd import names_tasks, read
from ka2tui.domain.quickadd_offers import offers
from ka2tui.domain.understood import Sign, Understood, say_due
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.widgets.details import Details, Fact, Parts, Words
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.text import Text
    from textual.await_complete import AwaitComplete
    from textual.events import Paste
    from textual.widget import Widget

    from ka2tui.domain.quickadd_names import Names
    from ka2tui.tui.capturing import Capturing
    from ka2tui.tui.widgets.details import Item

PLACEHOLDER = "Send minutes @OU due:fri wp:2 !high #tpm"
_GRAMMAR = (
    *("@OU who", "fri, 23, +2w, M18 or due:3 Dec until when", "wp:2 or in:A1.2 where"),
    *("! high, !low", "#tpm tag", "~2h effort", "every month until M24"),
)
_LABELS = {"due": "Due", "in": "Belongs to"}


class _Colours(Highlighter):
    """Shows in the line itself which parts were understood, and which were not."""

    def __init__(self, line: CaptureLine) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        said = self._line.said
        if said is None or said.text != text.plain:
            return
        for part in said.parts:
            text.stylize(self._line.style_of(part.sign), part.start, part.end)


class CaptureLine(TypedLine):
    """The line; a paste of several lines gives the first of them, the others wait."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"capture--sign", "capture--unread"}

    DEFAULT_CSS = """
    CaptureLine {
        & > .capture--sign { color: $pane-focus; text-style: bold; }
        & > .capture--unread { color: $soon; text-style: underline; }
    }
    """

    def __init__(self, value: str, capturing: Capturing) -> None:
        """Make the line; further lines that are pasted wait in `capturing`."""
        super().__init__(value, placeholder=PLACEHOLDER)
        self.said: Understood | None = None
        """What stands there, as it was understood."""
        self.highlighter = _Colours(self)
        self._capturing = capturing
        self.returned = ""
        """The line that came back, as long as nothing was changed in it."""
        self.rows = ""
        """The lines that were pasted last, where they may be rows of a spreadsheet."""

    def style_of(self, sign: Sign) -> Style:
        """Give the look of a part of the line."""
        if sign is Sign.LITERAL:
            return Style()
        name = "capture--unread" if sign is Sign.UNREAD else "capture--sign"
        return self.get_component_rich_style(name, partial=True)

    def on_paste(self, event: Paste) -> None:
        """Keep the lines that a line of text would drop."""
        lines = [line for line in map(str.strip, event.text.splitlines()) if line]
        self._capturing.waiting += lines[1:]
        self.rows = event.text if len(lines) > 1 else ""
        if lines and not event.text.splitlines()[0].strip():
            event.prevent_default()
            self.insert_text_at_cursor(lines[0])

    def put(self, line: str, *, returned: bool) -> None:
        """Let a line stand here; to one that came back nothing is glued: it is chosen whole."""
        self.value = line
        self.cursor_position = len(line)
        self.returned = line if returned else ""
        if returned:
            self.select_all()

    def replace(self, text: str, start: int, end: int) -> None:
        """Change the text; a line that came back lets what is typed then go before it."""
        kept, self.returned = self.returned, ""
        if kept and text and {start, end} == {0, len(self.value)}:
            self._capturing.returned.insert(0, kept)
        super().replace(text, start, end)


class Capture(Dialog[str | None]):
    """Type a task, see it understood, add it; answers a line that is to be filled in a form."""

    DEFAULT_CSS = """
    Capture {
        align: center middle;
        & Box { width: 78; height: 17; }
        & CaptureLine { border: none; height: 1; background: $panel; padding: 0 1; }
        & .-last { height: auto; max-height: 5; color: $quiet; display: none; }
        & .-last.-some { display: block; }
        & .-offers { height: 1; color: $quiet; padding: 0 1; }
        & Details { background: $surface; height: 1fr; }
        &.-wide Box, &.-very-wide Box { width: 96; height: 20; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", "add", id="capture.add", tooltip="Add this task"),
        Binding("tab", "complete(1)", "complete", id="capture.complete", priority=True,
                tooltip="Complete the name, code or tag; again: the next that fits"),
        Binding("shift+tab", "complete(-1)", "the one before", show=False, priority=True,
                id="capture.complete_back", tooltip="The completion before"),
        Binding("ctrl+r", "rapid(True)", "stay open", id="capture.rapid",
                tooltip="Keep the line open for the next task"),
        Binding("ctrl+r", "rapid(False)", "close after one", id="capture.slow",
                tooltip="Close the line when the next task is added"),
        Binding("ctrl+o", "form", "form", id="capture.form",
                tooltip="Go on in the full form, with what was understood filled in"),
        Binding("ctrl+t", "rows", "as rows", id="capture.rows",
                tooltip="Take the lines pasted as rows of a spreadsheet, seen before"),
        Binding("escape", "cancel", "close", id="capture.close",
                tooltip="Close; what you typed stands there when you come back"),
    ]  # fmt: skip

    AUTO_FOCUS = "CaptureLine"

    def __init__(self, capturing: Capturing, project: int, acronym: str, here: str = "") -> None:
        """Make the line.

        Args:
            capturing: What is remembered while the line is closed.
            project: Where tasks are added.
            acronym: What the project is called.
            here: Signs for where the user stands: wp:WP2 @OU.
        """
        super().__init__(f"Add a task to {acronym}" if acronym else "Add a task")
        self.capturing = capturing
        self.project = project
        self.known: Names | None = None
        self._here = here
        self.as_rows = ""
        """Rows that were pasted, where they are to be taken as such."""
        self._kept = capturing.draft
        """The line that was kept, until somebody changes it."""
        self._why = ""
        self._with_tasks = False
        self._completion = Completion(0, 0)
        self._completed: tuple[Completion, str, int, str] | None = None

    def content(self) -> Iterable[Widget]:
        """Give the last tasks added, the line, what could complete it, and what it says."""
        yield Static("", classes="-last")
        self.capturing.typed, returned = self.capturing.take()
        self.line = CaptureLine(self.capturing.typed, self.capturing)
        self.line.returned = self.capturing.typed if returned else ""
        yield self.line
        yield Static("", classes="-offers")
        self.details = Details(bare=True)
        self.details.can_focus = False
        yield self.details

    def on_mount(self) -> None:
        """Show what there is, and ask for the names; keys need not wait for them."""
        if self._kept or self.line.returned:
            self.line.select_all()
        self.call_after_refresh(self.show_last)
        self._say()
        self.read_names()

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Answer; what stands in the line is kept elsewhere, if at all."""
        self.capturing.typed = ""
        return super().dismiss(result)

    @work(group="names", exclusive=True)
    async def read_names(self) -> None:
        """Read whom and what a line can name."""
        self._with_tasks = names_tasks(self.line.value)
        self.known = await self.capturing.names(self.project, self.line.value)
        self._say()

    # -- what is understood ---------------------------------------------------------------------

    @on(Input.Changed)
    def changed(self) -> None:
        """Read the line again at every key."""
        self.capturing.typed = self.line.value
        self.capturing.keep_soon()
        if self.line.value != self._kept:
            self._kept = ""
        self._why = ""
        self._say()
        if names_tasks(self.line.value) and not self._with_tasks:
            self.read_names()

    def _say(self) -> None:
        """Say what the line is understood as, and what could complete it."""
        line = self.line
        text = line.value
        line.said = None if self.known is None else read(text, self.known, today=self.app.today)
        self._completion = Completion(0, 0)
        if self.known is not None:
            self._completion = offers(text, line.cursor_position, self.known, here=self._here)
        line.refresh()
        self.details.show(self._items(line.said), top=True)
        self.query_one(".-offers", Static).update(plain.content(self._offered()))

    def _items(self, said: Understood | None) -> Iterator[Item]:
        if self._why:
            yield Words(self._why, "late")
        if said is None or not said.text.strip():
            yield Parts(_GRAMMAR, "quiet")
            return
        if said.title:
            yield Fact("Task", (said.title, "strong"))
        else:
            yield Fact("Task", ("what is to be done? There is no title yet.", "soon"))
        for label, words in said.facts(self.app.today):
            yield Fact(_LABELS.get(label, label.capitalize()), words)
        typing = self._completion.offers and self._completion.end > self._completion.at
        for part in said.parts:
            # what can still be completed is not wrong yet
            if part.sign is Sign.UNREAD and not (typing and part.end == self._completion.end):
                yield Words(part.said, "soon")
        for hint in said.hints:
            yield Words(hint, "quiet")

    def _offered(self) -> str:
        """Say what tab would put there, and what comes next."""
        found = self._completion.offers
        if self._kept:
            return "Kept from before: typing replaces it, → goes on with it."
        if self.line.returned:
            return "Not added: enter tries again, → goes on with it, typing goes before it."
        waiting = len(self.capturing.returned) + len(self.capturing.waiting)
        more = f"{plain.count(waiting, 'line')} to come" if waiting else ""
        if more and self.line.rows:
            more = f"{more}; ctrl+t takes them as rows"
        if not found:
            return more
        at_sign = self._completion.end > self._completion.at
        words = [f"{it.text} {it.about}".strip() if len(found) < 4 else it.text for it in found]
        where = "" if at_sign else " (where you stand)"
        return plain.join([f"tab  {plain.join(words, '  ')}{where}", more])

    def action_complete(self, step: int) -> None:
        """Put the first that fits, then the next ones, back to what was typed."""
        line = self.line
        done = self._completed
        if done is None or done[3] != line.value:
            if not self._completion.offers:
                return
            done = (self._completion, line.value, -1 if step > 0 else 0, line.value)
        found, typed, at, _ = done
        at = (at + step) % len(found.offers)
        text, cursor = found.put(typed, found.offers[at])
        self._completed = (found, typed, at, text)
        line.value = text
        line.cursor_position = cursor

    # -- adding ---------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Hand the line over to be added, and make room for the next."""
        text = self.line.value
        known = self.known if self._with_tasks or not names_tasks(text) else None
        said = None if known is None else read(text, known, today=self.app.today)
        if not text.strip() or (said is not None and not said.title):
            self._why = "Please type what is to be done." if not text.strip() else ""
            self._say()
            return
        self.capturing.begin(text, self.project, known)
        self.capturing.typed, returned = self.capturing.take()
        self.line.put(self.capturing.typed, returned=returned)
        if not self.capturing.rapid and not self.capturing.typed:
            self.dismiss(None)

    def captured(self, task: int) -> bool:
        """List the task that was just added, where the line stays open, and learn its tags."""
        if self.is_mounted:  # else it is about to list it anyhow
            self.show_last()
            self.read_names()
        return self.capturing.rapid

    def put_back(self, line: str, why: str) -> None:
        """Let a line stand again that could not be added."""
        self.capturing.returned.append(line)
        if not self.line.value.strip():
            first, returned = self.capturing.take()
            self.line.put(first, returned=returned)
        self.call_after_refresh(self._say_why, why)

    def _say_why(self, why: str) -> None:
        self._why = why
        self._say()

    def show_last(self) -> None:
        """List what was added last above the line, while it stays open."""
        added = [said for project, said in self.capturing.last if project == self.project]
        shown = added[-3 if self.app.size.height < 30 else -5 :] if self.capturing.rapid else []
        last = self.query_one(".-last", Static)
        last.set_class(bool(shown), "-some")
        room = max(self.line.size.width - 2, 40)
        lines = [
            plain.cut(f" {plain.DONE} {self._in_short(said, room - 3)}", room) for said in shown
        ]
        last.update(plain.block("\n".join(lines)))

    def _in_short(self, said: Understood, room: int) -> str:
        who = said.contact or said.partner
        due = say_due(said.due, self.app.today)
        facts = plain.join([said.stayed, due, who and who.word])
        title = plain.cut(said.title, max(room - plain.width(facts) - 3, room // 3))
        return plain.join([title, facts])

    def action_rapid(self, stay: bool) -> None:  # noqa: FBT001 - named by the key
        """Let the line stay open after a task is added, or close."""
        self.capturing.rapid = stay
        self.show_last()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the way of adding that is not in use."""
        if action == "rows":
            return bool(self.line.rows) and super().check_action(action, parameters)
        if action == "rapid":
            return bool(parameters) and parameters[0] is not self.capturing.rapid
        return super().check_action(action, parameters)

    def action_rows(self) -> None:
        """Go on with what was pasted as rows of a spreadsheet."""
        self.as_rows = self.line.rows
        lines = [line for line in map(str.strip, self.as_rows.splitlines()) if line]
        del self.capturing.waiting[-len(lines) + 1 :]
        self.dismiss(None)

    def action_form(self) -> None:
        """Go on in the form."""
        self.dismiss(self.line.value)

    def action_cancel(self) -> None:
        """Close, and keep what was typed."""
        if self.line.returned:
            self.capturing.returned.insert(0, self.line.returned)
        else:
            self.capturing.draft = self.line.value if self.line.value.strip() else ""
        self.dismiss(None)
