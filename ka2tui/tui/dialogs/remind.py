"""Messages before they go: read, edited, then copied or saved; reminders among them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from ka2tui.datafiles import DataFault
from ka2tui.domain import chase as rules
from ka2tui.domain.kinds import Tone
from ka2tui.domain.refusal import Refused
from ka2tui.settings import path_of
from ka2tui.tui import documents, plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.lazy import lazily
from ka2tui.tui.widgets.details import Details, Fact, Line, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from textual.widget import Widget

    from ka2tui.domain.chase import Case, Person
    from ka2tui.operations import messages
    from ka2tui.reports.chase import Letter
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled
    from ka2tui.tui.widgets.details import Item
else:
    messages = lazily("ka2tui.operations.messages")


class Messages(Dialog[bool]):
    """Shows messages as they will be sent; answers whether they were."""

    DEFAULT_CSS = """
    Messages Box { width: 100; height: 100%; }
    Messages Details { height: 1fr; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "edit", id="remind.edit", tooltip="Change subject and text"),
        Binding("y", "copy", "copy", id="remind.copy",
                tooltip="Copy the text to the clipboard, and note that it was sent"),
        Binding("m", "save('eml')", "mail draft", id="remind.draft",
                tooltip="Save a draft for the mail program, and note that it was sent"),
        Binding("f", "save('txt')", "file", id="remind.file",
                tooltip="Save a text file, and note that it was sent"),
        Binding("l", "note", "note only", id="remind.note",
                tooltip="Only note that it was sent"),
        Binding("l", "note_all", "note all only", id="remind.note_all",
                tooltip="Only note that they were all sent"),
        Binding("right", "turn(1)", "next partner", show=False, id="remind.next",
                tooltip="The message to the next partner"),
        Binding("left", "turn(-1)", "partner before", show=False, id="remind.before",
                tooltip="The message to the partner before"),
    ]  # fmt: skip

    VERB: ClassVar[str] = ""
    """What is done to whom it goes to: "Chase"."""

    FILES: ClassVar[str] = ""
    """What the names of its files begin with: "reminder"."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        super().__init__(self.VERB)
        self.at = 0
        self._edited: set[int] = set()
        self.letters: list[Letter] = []
        self._sending = False

    def content(self) -> Iterable[Widget]:
        """Give the message."""
        self.message = Details(bare=True)
        yield self.message

    async def sent(self, desk: Desk) -> bool:
        """Write the messages, show them, and say whether they were sent."""
        try:
            self.letters = await asyncio.to_thread(self.written, desk.today, desk.settings.data)
        except (DataFault, Refused) as fault:
            desk.tell(str(fault), severity="error", timeout=12)
            return False
        return await desk.push_screen_wait(self) is True

    def on_mount(self) -> None:
        """Show the first message."""
        self._show()
        self.message.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to turn where there are several."""
        if not super().check_action(action, parameters):
            return False
        if action in ("turn", "note_all"):
            return len(self.letters) > 1
        if action == "note":
            return len(self.letters) == 1
        return True

    @property
    def letter(self) -> Letter:
        """The message in sight."""
        return self.letters[self.at]

    @letter.setter
    def letter(self, letter: Letter) -> None:
        self.letters[self.at] = letter

    # -- what each kind says --------------------------------------------------------------------

    def written(self, today: date, own: Path | None) -> list[Letter]:
        """Write all messages, in a thread of its own.

        Args:
            today: The day they are written.
            own: The user's folder, whose words win over ours.

        Raises:
            DataFault: The words cannot be read.
            Refused: They say something that no such message has.
        """
        raise NotImplementedError

    def heads(self) -> Iterator[Item]:
        """Give what stands above the text: how it goes, and what to know before."""
        raise NotImplementedError

    async def noted(self) -> bool:
        """Note that all were sent, as one step; say whether that went well."""
        raise NotImplementedError

    # -- showing --------------------------------------------------------------------------------

    def _show(self, *, top: bool = True) -> None:
        several = (
            f" · {self.at + 1} of {len(self.letters)}, → next" if len(self.letters) > 1 else ""
        )
        self.query_one("Box").border_title = plain.content(
            f"{self.VERB} {plain.line(self.letter.called)}{several}"
        )
        self.message.show(self._items(), top=top)
        self.refresh_bindings()

    def _items(self) -> Iterator[Item]:
        """Give the heads of the message, what to know before it goes, and its text."""
        letter = self.letter
        to = plain.join([letter.to.name, letter.to.email], "  ") if letter.to else None
        yield Fact("To", to or ("nobody is entered", "soon"))
        yield Fact("Subject", letter.subject)
        yield from self.heads()
        yield Line("")
        yield Words(letter.text)

    def told(self, *warnings: str | None) -> Iterator[Item]:
        """Give what to know before it goes."""
        for one in filter(None, warnings):
            yield Line([(f"{plain.WARNING} {one}", "soon")])

    def action_turn(self, step: int) -> None:
        """Show the message to another partner."""
        self.at = (self.at + step) % len(self.letters)
        self._show()

    # -- changing -------------------------------------------------------------------------------

    async def may_write_anew(self) -> bool:
        """Ask before what somebody wrote is replaced."""
        if self.at not in self._edited:
            return True
        from ka2tui.tui.dialogs.ask import Ask

        question = Ask("Write it anew?", about="What you changed in it would be lost.",
                       yes="write anew")  # fmt: skip
        if await self.app.push_screen_wait(question) is not True:
            return False
        self._edited.discard(self.at)
        return True

    @work
    async def action_edit(self) -> None:
        """Change subject and text."""
        from ka2tui.tui.dialogs.write import Write

        letter = self.letter
        title = f"Message to {letter.called}"
        answer = await self.app.push_screen_wait(Write(title, letter.subject, letter.text))
        if answer is None or answer == (letter.subject, letter.text):
            return
        self.letter = replace(letter, subject=answer[0], text=answer[1])
        self._edited.add(self.at)
        self._show(top=False)

    # -- sending --------------------------------------------------------------------------------

    @work
    async def action_copy(self) -> None:
        """Copy the text, and note that it was sent."""
        if await self._noted():
            self.app.copy_to_clipboard("\n\n---\n\n".join(one.text for one in self.letters))
            many = (
                "The message is" if len(self.letters) == 1 else f"{len(self.letters)} messages are"
            )
            self.app.tell(f"{many} in the clipboard, and noted as sent.")
            self.dismiss(True)

    @work
    async def action_note(self) -> None:
        """Only note that it was sent."""
        if await self._noted():
            self.dismiss(True)

    def action_note_all(self) -> None:
        """Only note that all of them were sent."""
        self.action_note()

    async def _noted(self) -> bool:
        """Note the messages once; say whether that went well."""
        if self._sending:
            return False
        self._sending = True
        try:
            return await self.noted()
        finally:
            self._sending = False

    @work
    async def action_save(self, ending: str) -> None:
        """Save as drafts or text files, and note that they were sent."""
        from ka2tui.reports import chase as report
        from ka2tui.tui.dialogs.form import Field, Form

        if ending == "eml" and not any(map(report.reachable, self.letters)):
            self.app.tell("A draft needs an address: y copies the text, f saves it as a file.")
            return
        folder = await documents.folder()
        several = len(self.letters) > 1
        fields = [Field("folder", "Folder", value=str(folder), required=True)]
        if several:
            about = f"{len(self.letters)} files, one a partner, named after them."
        else:
            about = ""
            name = report.paths(self.letters, Path(), ending, what=self.FILES)[0].name
            fields.append(Field("name", "File", value=name, required=True))
        kind = "a mail draft" if ending == "eml" else "a text file"
        title = f"Save as {kind}" if not several else f"Save {len(self.letters)} files"
        form = Form(title, fields, about=about, save=lambda filled: self._write(filled, ending))
        filled = await self.app.push_screen_wait(form)
        if filled is None:
            return
        where = filled.saved[0].parent if several else filled.saved[0]
        if await self._noted():
            self.app.tell(f"Written to {where}, and noted as sent.")
            self.dismiss(True)

    async def _write(self, filled: Filled, ending: str) -> list[Path]:
        """Write the files; over others only where that was said.

        Raises:
            Refused: They cannot be written, or shall not be.
        """
        folder = str(filled.values["folder"])
        name = filled.values.get("name")
        return await documents.put(self.app, partial(self._save, folder, name, ending))

    def _save(self, said: str, name: str | None, ending: str, *, replace: bool) -> list[Path]:
        """Write the files, in a thread of its own."""
        from ka2tui.reports import chase as report
        from ka2tui.reports import saving

        folder = path_of(said)
        paths = report.paths(self.letters, folder, ending, what=self.FILES)
        if name is not None:
            stem = name.strip().removesuffix(f".{ending}")
            paths = [folder / saving.file_name(stem, ending=ending)]
        saving.prepare(folder, paths, replace=replace)
        now = self.app.now().astimezone()
        return [
            saving.save(path, report.rendered(letter, ending, now), replace=replace)
            for path, letter in zip(paths, self.letters, strict=True)
        ]


class Remind(Messages):
    """Shows reminders, each in the tone it should have."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "tone", "tone", id="remind.tone",
                tooltip="Friendly, clear or formal: the next tone"),
        Binding("w", "whom", "to", id="remind.whom", tooltip="Choose whom it is for"),
    ]  # fmt: skip

    VERB = "Chase"
    FILES = "reminder"

    def __init__(self, cases: Sequence[Case]) -> None:
        """Make the messages to one or several partners."""
        super().__init__()
        self.cases = list(cases)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to choose where there is a choice."""
        if action == "whom" and len(self.case.people) < 2:
            return False
        return super().check_action(action, parameters)

    @property
    def case(self) -> Case:
        """What the message in sight is made of."""
        return self.cases[self.at]

    def written(self, today: date, own: Path | None) -> list[Letter]:
        """Write the reminders in the tone each should have."""
        from ka2tui.reports import chase as report

        return [
            report.write(case, rules.tone_for(case.unanswered), today=today, own=own)
            for case in self.cases
        ]

    def _write_anew(self, tone: Tone, to: Person | None) -> None:
        """Write the message in sight in another tone, or to somebody else."""
        from ka2tui.reports import chase as report

        today, own = self.app.today, self.app.settings.data
        self.letter = report.write(self.case, tone, today=today, to=to, own=own)
        self._show()

    def heads(self) -> Iterator[Item]:
        """Give the tone, the last reminder, and what to know before it goes."""
        from ka2tui.reports import chase as report

        letter, case = self.letter, self.case
        tones: list[plain.Piece] = []
        for tone in Tone:
            chosen = tone is letter.tone
            tones += [(f"‹{tone.word}›", "accent") if chosen else (tone.word, "quiet"), "  "]
        yield Fact("Tone", tones)
        last = next(iter(case.chased), None)
        if last is not None:
            yield Fact("Before", rules.say_chased(last, self.app.today))
        yield from self.told(
            rules.too_soon(last, self.app.today),
            report.NOTHING if case.nothing else None,
            report.UNNOTED if case.unnoted else None,
            "A draft needs an address: enter one at a person of this partner."
            if letter.to is not None and not report.reachable(letter)
            else None,
        )

    @work
    async def action_tone(self) -> None:
        """Write the message in the next tone."""
        if await self.may_write_anew():
            self._write_anew(rules.next_tone(self.letter.tone), self.letter.to)

    @work
    async def action_whom(self) -> None:
        """Choose whom the message is for."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        items = [
            Item(one.id, one.name, plain.join([one.role, one.email])) for one in self.case.people
        ]
        at = self.letter.to.id if self.letter.to else None
        chosen = await self.app.push_screen_wait(Choose("To", items, at=at))
        person = next((one for one in self.case.people if one.id == chosen), None)
        if person is not None and await self.may_write_anew():
            self._write_anew(self.letter.tone, person)

    async def noted(self) -> bool:
        """Note the reminders as one step."""
        sent = [
            rules.Reminder(one.partner, one.tone, one.text, one.to.id if one.to else None)
            for one in self.letters
        ]
        return await self.app.do(messages.chase, sent, day=self.app.today) is not None
