"""A form: what is required first, the rest folded away; nothing typed is ever dropped silently."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from textual import getters, on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from ka2tui.domain.refusal import Refused, Removed
from ka2tui.frozen import frozen
from ka2tui.tui import plain, projector
from ka2tui.tui.desk import Desk
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.dialogs.drafting import Drafting
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.await_complete import AwaitComplete

    from ka2tui.operations.fields import FieldConflict

Kind = Literal["text", "long", "date", "choice", "amount", "integer", "tags"]

LONGEST_NUMBER = 9
"""Signs of a whole number that is no slip of the hand."""

GROUPED = 3
"""Fields above which those that must be filled in stand apart from the others."""

BROUGHT_BACK = "What you typed stays here: if u brings it back where it was removed, save again."
"""What to do where a record was removed while it was edited."""

NOTHING = "–"
"""Stands for "nothing chosen" and "not known"."""


class Option(NamedTuple):
    """One answer of a field that is chosen."""

    value: Any
    word: str
    note: str = ""


def options_of(some: Iterable[Any], nothing: str = "–") -> list[Option]:
    """Offer what has an id, a word and a note, with nothing before them."""
    return [Option(None, nothing), *(Option(it.id, it.word, it.note) for it in some)]


@frozen
class Field:
    """One line of a form."""

    name: str
    """The key of the answer."""

    label: str

    kind: Kind = "text"
    """What can be typed:

    text, long      a line, or several; None where empty
    date            anything `domain.days` reads; answers a `date`, or None
    choice          one of `options`; answers its value
    amount          money; answers cents
    integer         a whole number
    tags            words; answers a tuple of them
    """

    value: Any = None
    """What stands now."""

    required: bool = False

    more: bool = False
    """Whether it is folded away until "more" is opened."""

    hint: str = ""
    """Shown where the field is empty."""

    options: Sequence[Option] = ()

    check: Callable[[Any], str | None] | None = None
    """Says in a sentence what is wrong with a value; None where nothing is."""

    start: date | None = None
    """For a date: the project's first day, so that "M18" can be read."""

    currency: str = "EUR"

    read: Callable[[str], Any] | None = None
    """For a text that means something else: what; it raises `Refused` where it means nothing."""

    write: Callable[[Any], str] | None = None
    """For such a text: how a value is written to be edited."""

    say: Callable[[Any], str] | None = None
    """For such a text: its value in words, shown while one types."""

    suggest: Callable[[str], str | None] | None = None
    """For a text: proposes how it goes on, the whole of it; right takes that."""

    parts: Mapping[str, Callable[[Any], Any]] | None = None
    """Where it is kept in fields of a record that are named otherwise: what each says of it."""

    @property
    def private(self) -> bool:
        """Whether a projector does not show it; what stands in it stays."""
        return self.kind == "amount" or projector.is_private(self.name)


class Filled(NamedTuple):
    """What a form was left with."""

    changed: dict[str, Any]
    """The fields whose value is another one, with the new value."""

    based_on: dict[str, Any]
    """The same fields with the value they had when the form opened."""

    values: dict[str, Any]
    """All fields."""

    saved: Any = None
    """What saving gave back, where the form saved by itself."""


class Pick(Widget, can_focus=True):
    """A value chosen from a few: left and right change it, enter and letters list all."""

    DEFAULT_CSS = """
    Pick {
        height: 1;
        width: 1fr;
        background: $panel;
        color: $foreground;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "change", id="pick.next", tooltip="Next value"),
        Binding("left", "step(-1)", "before", show=False, id="pick.before", tooltip="Value before"),
        Binding("enter", "list", "list", id="pick.list", tooltip="Choose from a list"),
    ]

    at: reactive[int] = reactive(0, init=False)

    class Changed(Message):
        """Another value stands."""

        def __init__(self, pick: Pick) -> None:
            """Name the field."""
            super().__init__()
            self.pick = pick

        @property
        def control(self) -> Pick:
            """The field that sent this."""
            return self.pick

    def __init__(self, options: Sequence[Option], value: Any, title: str) -> None:
        """Make the field with its options and the value that stands."""
        super().__init__()
        self.options = list(options)
        self.title = title
        self._listed = False
        """Whether a value was just chosen from the list."""
        found = [n for n, option in enumerate(self.options) if option.value == value]
        if not found:
            self.options.insert(0, Option(value, NOTHING if value is None else plain.line(value)))
        self.set_reactive(Pick.at, found[0] if found else 0)

    @property
    def value(self) -> Any:
        """The value that stands."""
        return self.options[self.at].value

    def render(self) -> Any:
        """Show the value, with arrows beside it while it can be changed."""
        option = self.options[self.at]
        word = plain.line(option.word)
        room = max(self.size.width - 4, 1)
        return plain.content(f"{plain.cut(word, room)} ‹ ›" if self.has_focus else word)

    def watch_at(self) -> None:
        """Tell that another value stands."""
        self.post_message(self.Changed(self))

    def action_step(self, step: int) -> None:
        """Take the next value."""
        self.at = (self.at + step) % len(self.options)

    def on_key(self, event: events.Key) -> None:
        """Find a value by what is typed: a letter alone could mean somebody else."""
        if event.character and event.character.isalnum():
            event.stop()
            self.action_list(event.character)

    def on_click(self) -> None:
        """List all values."""
        self.action_list()

    @work
    async def action_list(self, begun: str = "") -> None:
        """Choose from a list of all values, or of those that have what was typed already."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [Item(n, option.word, option.note) for n, option in enumerate(self.options)]
        chosen = await self.app.push_screen_wait(Choose(self.title, items, at=self.at, begun=begun))
        if chosen is not None:
            self.at = chosen
            self._listed = True
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let enter go on to the next field once a value was chosen from the list."""
        if action == "list" and self._listed:
            return self.screen.focus_chain[-1:] == [self]  # from the last one it would save
        return super().check_action(action, parameters)

    def on_blur(self) -> None:
        """Let enter list the values again when somebody comes back."""
        if self.app.screen is self.screen:
            self._listed = False


class Lines(TextArea):
    """A text of several lines, where enter begins another one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next", "next field", id="lines.next", tooltip="Go to the next field"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next field where there is one."""
        if action == "next":
            return len(self.screen.focus_chain) > 1
        return super().check_action(action, parameters)

    def action_next(self) -> None:
        """Go to the next field."""
        self.screen.focus_next()


class Entry(Widget):
    """A field with its label, what can be typed, and a line for what was understood."""

    app = getters.app(Desk)

    DEFAULT_CSS = """
    Entry {
        layout: vertical;
        width: 1fr;
        height: auto;
        & > Horizontal { height: auto; }
        & .-label { width: 16; height: 1; color: $pane-title; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $panel; }
        & Input:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
        & TextArea { width: 1fr; height: 4; border: none; padding: 0; background: $panel; }
        & .-note { height: auto; margin: 0 0 0 16; color: $quiet; display: none; }
        &.-noted .-note { display: block; }
        &.-wrong .-note { color: $late; }
        &:focus-within .-label { color: $pane-focus; text-style: bold; }
    }
    """

    def __init__(self, field: Field) -> None:
        """Make the line for a field."""
        super().__init__()
        self.field = field
        self.first = _written(field)
        self._proposed: str | None = None
        self._complained: str | None = None
        self._said = ("", False)

    def on_mount(self) -> None:
        """Stand there, unless a projector would show what is private."""
        self.cover()

    def cover(self) -> None:
        """Be there or not, as the view of the app asks."""
        self.display = not (self.field.private and projector.is_on(self.app))

    def compose(self) -> ComposeResult:
        """Give label, editor and note."""
        field = self.field
        mark = " *" if field.required else ""
        with Horizontal():
            yield Static(plain.content(plain.cut(field.label, 15 - len(mark)) + mark),
                         classes="-label")  # fmt: skip
            if field.kind == "choice":
                yield Pick(field.options, field.value, field.label)
            elif field.kind == "long":
                yield Lines(
                    self.first,
                    compact=True,
                    tab_behavior="focus",
                    placeholder=plain.line(field.hint),
                )
            else:
                yield TypedLine(self.first, placeholder=field.hint, suggest=field.suggest)
        yield Static("", classes="-note")

    @property
    def editor(self) -> Widget:
        """The widget that is typed in."""
        return self.query_one("Input, TextArea, Pick")

    @property
    def written(self) -> str:
        """The text that stands."""
        editor = self.editor
        if isinstance(editor, Input):
            return editor.value
        return editor.text if isinstance(editor, TextArea) else ""

    @property
    def typed(self) -> str:
        """What stands, as a text that can be put there again."""
        editor = self.editor
        return editor.options[editor.at].word if isinstance(editor, Pick) else self.written

    def put(self, text: str) -> None:
        """Let a text stand that stood here before."""
        editor = self.editor
        if isinstance(editor, Input):
            editor.value = text
        elif isinstance(editor, TextArea):
            editor.text = text
        elif isinstance(editor, Pick):
            found = [n for n, option in enumerate(editor.options) if option.word == text]
            editor.at = found[0] if found else editor.at

    def propose(self, text: str) -> None:
        """Let a text stand that follows from another field, unless something was typed here."""
        if not self.touched or self.typed == self._proposed:
            self.put(text)
            self._proposed = self.typed

    def says(self, part: str, value: Any) -> str:
        """Say a value that a record has in this field, or in one of its parts."""
        field = self.field
        if field.parts is not None and part in field.parts:
            value = None if value is None else field.parts[part](value)
        if value is None or value in ("", ()):
            return "nothing"
        if field.kind == "choice":
            return next((it.word for it in field.options if it.value == value), str(value))
        if isinstance(value, date):
            return f"{value:%a} {value.day} {value:%b %Y}"
        if isinstance(value, tuple):
            return " ".join(map(str, value))
        if hasattr(value, "word"):
            return str(value.word)
        same = field.parts is None and type(value) is type(field.value)
        return _written(replace(field, value=value)) if same else str(value)

    def rest_on(self, value: Any) -> None:
        """Take another value for the one that stood at first."""
        self.field = replace(self.field, value=value)
        self.first = _written(self.field)

    @property
    def touched(self) -> bool:
        """Whether something else stands than at first."""
        editor = self.editor
        if isinstance(editor, Pick):
            return bool(editor.value != self.field.value)
        return self.written != self.first

    def read(self) -> Any:
        """Give the value that stands.

        Raises:
            Refused: The text is not one, or one is owed; the message says so.
        """
        field, editor = self.field, self.editor
        if isinstance(editor, Pick):
            value = editor.value
        elif not self.touched:
            # what was never typed is not read again: it goes back exactly as it came
            value = field.value
        else:
            value = _value(field, self.written, self.app.today)
        if field.required and (value is None or value in ("", ())):
            raise Refused(f"{field.label} is needed.")
        if field.check is not None and (said := field.check(value)):
            raise Refused(said)
        return value

    def complain(self, text: str) -> None:
        """Show what is wrong with what stands there, until something else is typed."""
        self._complained = self.written
        self.say(text, wrong=True)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a note under the field; the same again costs nothing."""
        if (text, wrong) == self._said:
            return
        self._said = (text, wrong)
        self.set_class(bool(text), "-noted")
        self.set_class(wrong, "-wrong")
        self.query_one(".-note", Static).update(plain.block(text))

    def echo(self) -> None:
        """Show what is understood, where that is not what was typed."""
        if self.written == self._complained:
            return
        self._complained = None
        spoken = self.field.kind in ("date", "amount", "integer") or self.field.say is not None
        if not spoken or not self.touched:
            self.say("")
            return
        try:
            value = _value(self.field, self.written, self.app.today)
        except Refused as refusal:
            self.say(str(refusal), wrong=True)
            return
        self.say(_understood(self.field, value, self.app.today))


def _written(field: Field) -> str:
    """Give the text a value is edited as."""
    value = field.value
    if value is None or field.kind == "choice":
        return ""
    if field.write is not None:
        return field.write(value)
    if field.kind == "tags":
        return " ".join(value)
    if field.kind == "amount":
        return f"{value // 100}.{value % 100:02d}".removesuffix(".00")
    if field.kind == "date":
        return f"{value.day} {value:%b %Y}"
    return str(value)


def _value(field: Field, text: str, today: date) -> Any:
    """Read the text of a field; what is empty is None, or no tags."""
    stripped = text.strip()
    if field.kind == "tags":
        from ka2tui.domain.text import clean

        words = clean(stripped).replace(",", " ").split()
        return tuple(dict.fromkeys(word.lstrip("#") for word in words if word.lstrip("#")))
    if not stripped:
        return None
    if field.read is not None:
        return field.read(stripped)
    if field.kind == "date":
        from ka2tui.domain.days import read_day

        seen = read_day(stripped, today=today, start=field.start, allow_month=False)
        if seen.day is None:
            raise Refused("The project has no first day yet, so its months are no dates.")
        return seen.last or seen.day
    if field.kind == "amount":
        from ka2tui.domain.money import read_amount

        return read_amount(stripped)
    if field.kind == "integer":
        bare = stripped.replace(" ", "")
        if not re.fullmatch(r"[+-]?[0-9]+", bare):
            raise Refused("A whole number, please.")
        if len(bare) > LONGEST_NUMBER:
            raise Refused("This number is too large.")
        return int(bare)
    from ka2tui.domain.text import clean

    return clean(text if field.kind == "long" else stripped, lines=field.kind == "long")


def _understood(field: Field, value: Any, today: date) -> str:
    """Say a value as it was understood."""
    if value is None:
        return ""
    if field.say is not None:
        return field.say(value)
    if field.kind == "integer":
        return ""
    if field.kind == "date":
        from ka2tui.domain.days import say_day

        said = say_day(value, today)
        return said if said[:1].isupper() else f"{said}, {value:%a} {value.day} {value:%b %Y}"
    from ka2tui.domain.money import say_amount

    return say_amount(value, field.currency)


def _held(saved: Any) -> Sequence[FieldConflict]:
    """Give the fields that saving left alone, since somebody else had changed them."""
    from ka2tui.operations.fields import FieldConflict

    value = getattr(saved, "value", None)
    return (
        value
        if isinstance(value, tuple) and all(isinstance(it, FieldConflict) for it in value)
        else ()
    )


class Form(Dialog[Filled | None]):
    """Fields to fill in; answers what was filled in, or None where it was left."""

    DEFAULT_CSS = """
    Form Box { width: 76; }
    Form .-fields { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
    Form .-folded { display: none; height: auto; }
    Form.-more .-folded { display: block; }
    Form.-tall Box { padding: 1 2 0 2; }
    Form.-tall .-rest { margin: 1 0 0 0; }
    Form.-tall .-folded { margin: 1 0 0 0; }
    Form .-said { height: auto; color: $late; display: none; }
    Form .-said.-shown { display: block; }
    Form .-hint { color: $quiet; height: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="form.save",
                tooltip="Save what stands in the form"),
        Binding("ctrl+o", "more", "more", id="form.more",
                tooltip="Show all fields, or only the first ones"),
        Binding("escape", "cancel", "leave", id="form.leave", tooltip="Leave without saving"),
        Binding("enter", "enter", "next field", id="form.enter",
                tooltip="Go to the next field; from the last one, save"),
        Binding("ctrl+r", "bring_back", "bring back", id="form.bring_back",
                tooltip="Put in again what stood here and was not saved"),
        Binding("down", "app.focus_next", "next", show=False, id="form.next",
                tooltip="Next field"),
        Binding("up", "app.focus_previous", "before", show=False, id="form.before",
                tooltip="Field before"),
    ]  # fmt: skip

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        save: Callable[[Filled], Awaitable[Any]] | None = None,
        check: Callable[[Mapping[str, Any]], tuple[str, str] | None] | None = None,
        about: str = "",
        more: bool = False,
    ) -> None:
        """Make the form.

        Args:
            title: What is filled in.
            fields: Required ones come first whatever their order here.
            save: Saves; where it raises `Refused` the form stays with the sentence, and nothing
                typed is lost. Without it the caller saves.
            check: Looks at all values together: the name of a field and what is wrong, or None.
            about: A sentence above the fields.
            more: Whether the folded fields are shown from the start.
        """
        super().__init__(title)
        self.fields = sorted(fields, key=lambda field: (field.more, not field.required))
        self._save = save
        self._check = check
        self._about = about
        self.set_class(more, "-more")
        self._saving = False
        self._drafting = Drafting(self)

    def content(self) -> Iterable[Widget]:
        """Give the fields, those that are folded last."""
        if self._about:
            yield Static(plain.block(self._about))
        first = [Entry(field) for field in self.fields if not field.more]
        rest = [Entry(field) for field in self.fields if field.more]
        owed = [entry.field.required for entry in first]
        if any(owed) and len(first) > GROUPED and not all(owed):
            first[owed.index(False)].add_class("-rest")
        folded = Vertical(*rest, classes="-folded")
        yield VerticalScroll(*first, folded, classes="-fields", can_focus=False)
        yield Static("", classes="-said")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "more" only where there is more, and a draft only where there is one."""
        if action == "bring_back":
            return self._drafting.found is not None
        if action == "more":
            return any(field.more for field in self.fields)
        if action == "enter":
            # in a field of several lines it begins another one
            return not isinstance(self.focused, TextArea)
        return super().check_action(action, parameters)

    # -- drafts ---------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Look for what stood here when the app ended."""
        self._look_for_draft()
        self.app.headline_changed.subscribe(self, self._show_private)

    def _show_private(self, _: None) -> None:
        """Show what is private, or no longer, when somebody switches the projector view."""
        for entry in self.entries:
            entry.cover()

    @work(group="draft")
    async def _look_for_draft(self) -> None:
        said = await self._drafting.look()
        if said:
            self._say(said)
            self.refresh_bindings()

    @property
    def written(self) -> tuple[dict[str, str], dict[str, str]]:
        """Give by field what was typed, and of each field what stood there at first."""
        entries = self.entries
        typed = {it.field.name: it.typed for it in entries if it.touched}
        return typed, {it.field.name: it.first for it in entries}

    def keep_draft(self) -> None:
        """Keep what was typed, for the window is being closed."""
        self._drafting.keep()

    def forget_draft(self) -> None:
        """Let go of what was kept, for the app is left without saving."""
        self._drafting.end(saved=False)

    def action_bring_back(self) -> None:
        """Put in what was kept."""
        typed = self._drafting.take()
        if typed:
            self._say("")
            for entry in self.entries:
                if entry.field.name in typed:
                    entry.put(typed[entry.field.name])
                    if entry.field.more:
                        self.add_class("-more")
        self.refresh_bindings()

    def dismiss(self, result: Filled | None = None) -> AwaitComplete:
        """Answer; what was kept has had its time."""
        self._drafting.end(saved=result is not None)
        return super().dismiss(result)

    @property
    def entries(self) -> list[Entry]:
        """The lines of the form."""
        return list(self.query(Entry))

    @property
    def touched(self) -> bool:
        """Whether something was typed."""
        return any(entry.touched for entry in self.entries)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Pick.Changed)
    def typed(self, event: Input.Changed | TextArea.Changed | Pick.Changed) -> None:
        """Show what is understood of a field."""
        control = event.control
        entry = next((it for it in control.ancestors if isinstance(it, Entry)), None)
        if entry is not None:
            entry.echo()
            self._drafting.soon()

    def action_enter(self) -> None:
        """Go to the next field; from the last one, save."""
        shown = [entry for entry in self.entries if entry.editor in self.focus_chain]
        if shown and self.focused is shown[-1].editor:
            self.action_save()
        else:
            self.focus_next()

    def action_more(self) -> None:
        """Show all fields, or only the first ones."""
        self.toggle_class("-more")

    def _say(self, text: str) -> None:
        said = self.query_one(".-said", Static)
        said.update(plain.block(text))
        said.set_class(bool(text), "-shown")

    def _complain(self, entry: Entry, text: str) -> None:
        """Show what is wrong beside the field, and go there."""
        if entry.field.more:
            self.add_class("-more")
        entry.complain(text)
        entry.editor.focus()
        self.call_after_refresh(entry.scroll_visible)

    def filled(self) -> Filled | None:
        """Read all fields; None where something is wrong, which is then shown."""
        values: dict[str, Any] = {}
        wrong: list[tuple[Entry, str]] = []
        for entry in self.entries:
            try:
                values[entry.field.name] = entry.read()
            except Refused as refusal:
                wrong.append((entry, str(refusal)))
        if not wrong and self._check is not None and (found := self._check(values)):
            name, said = found
            wrong = [(entry, said) for entry in self.entries if entry.field.name == name]
            if not wrong:
                self._say(said)
                return None
        for entry, said in reversed(wrong):
            self._complain(entry, said)
        if wrong:
            return None
        before = {field.name: field.value for field in self.fields}
        changed = {
            name: value
            for name, value in values.items()
            if value != before[name] and not (value is None and before[name] in ("", ()))
        }
        return Filled(changed, {name: before[name] for name in changed}, values)

    @work
    async def action_save(self) -> None:
        """Save, or say what is wrong and go there."""
        if self._saving:
            return
        self._say("")
        filled = self.filled()
        if filled is None:
            return
        if self._save is not None:
            self._saving = True
            try:
                saved = await self._save(filled)
                while held := _held(saved):
                    again = await self._ask_which(filled, held)
                    if again is None:
                        return
                    if not again.changed:
                        saved = replace(saved, value=())
                    else:
                        saved = await self._save(again)
                filled = filled._replace(saved=saved)
            except Removed as gone:
                self._say(f"{gone} {BROUGHT_BACK}")
                return
            except Refused as refusal:
                self._say(str(refusal))
                return
            finally:
                self._saving = False
        self.dismiss(filled)

    async def _ask_which(self, filled: Filled, held: Sequence[FieldConflict]) -> Filled | None:
        """Ask which value is to stand where somebody else changed a field meanwhile.

        Args:
            filled: What was to be saved; all but those fields is.
            held: What was held back.

        Returns:
            What is still to be saved, or None where it is to be edited again.
        """
        from ka2tui.tui.dialogs.both import BETWEEN, Both

        met: dict[str, list[FieldConflict]] = {}
        for conflict in held:
            met.setdefault(self._field_of(conflict.field), []).append(conflict)
        changed: dict[str, Any] = {}
        based_on: dict[str, Any] = {}
        by_name = {entry.field.name: entry for entry in self.entries}
        for name, conflicts in met.items():
            entry = by_name.get(name)
            if entry is None:
                # of a field that the form does not show there is nothing to choose
                told = f"{name.replace('_', ' ').capitalize()}: somebody else changed this."
                self.app.tell(told, severity="warning")
                continue
            said = [entry.says(it.field, it.theirs) for it in conflicts]
            theirs = ", ".join(it for it in said if it != "nothing") or "nothing"
            long = entry.field.kind == "long"
            label = entry.field.label
            question = Both(
                f"Changed meanwhile: {label}", theirs, entry.typed or "nothing", joined=long
            )
            chosen = await self.app.push_screen_wait(question)
            if chosen == "mine":
                changed[name] = filled.changed[name]
                for it in conflicts:
                    based_on[name if it.field == label else it.field] = it.theirs
            elif chosen != "theirs":
                if chosen == "both":
                    stands = conflicts[0].theirs
                    entry.rest_on(stands)
                    self.fields = [
                        replace(it, value=stands) if it.name == name else it for it in self.fields
                    ]
                    entry.put(f"{stands or ''}{BETWEEN}{entry.typed}")
                self._complain(entry, "Somebody else changed this; yours is not saved yet.")
                return None
        return Filled(changed, based_on, filled.values)

    def _field_of(self, part: str) -> str:
        """Give the name of the field that shows a field of a record."""
        for field in self.fields:
            if part in (field.name, field.label) or part in (field.parts or {}):
                return field.name
        return part

    def action_cancel(self) -> None:
        """Leave; ask first where something was typed."""
        self._leave()

    @work
    async def _leave(self) -> None:
        if self.touched:
            from ka2tui.tui.dialogs.ask import Ask

            question = Ask("Leave without saving?", about="What you typed here would be lost.",
                           yes="leave")  # fmt: skip
            if not await self.app.push_screen_wait(question):
                return
        self.dismiss(None)
