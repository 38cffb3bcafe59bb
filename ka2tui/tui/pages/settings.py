"""Settings: who you are, colours, keys, clock and folders, and what is wrong in their file."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ka2tui import settings as file
from ka2tui.datafiles import DataFault
from ka2tui.domain.refusal import Misread
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.desk import Changed
from ka2tui.tui.page import Page
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from ka2tui.tui.plain import Cell, Tone


@frozen
class Setting:
    """A line of the page."""

    id: int
    name: str
    """Of the setting; nothing where it can only be read."""
    label: str
    value: str
    note: str = ""
    tone: Tone = ""


class SettingsPage(Page):
    """What a person has chosen."""

    NEEDS_PROJECT = False
    NAME = "Settings"
    HELP = (
        "What you have chosen, in force at once and kept in a text file of yours. Enter changes "
        "the line under the cursor; x takes it back to what is usual."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "change", id="settings.change", tooltip="Change this setting"),
        Binding("x,delete", "usual", "as usual", key_display="x", id="settings.usual",
                tooltip="Set it back to the usual value"),
        Binding("o", "keys", "own keys", id="settings.keys",
                tooltip="See every key, and change it by pressing another"),
        Binding("r", "read_again", "read again", id="settings.read",
                tooltip="Read the settings file again"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    SettingsPage {
        & RecordTable { height: 1fr; }
        & #wrong { height: auto; max-height: 8; padding: 0 2; color: $late; display: none; }
    }
    """

    def content(self) -> Iterable[Widget]:
        """Give the list of settings."""
        self.table: RecordTable[Setting] = RecordTable(
            [Column("", 15, importance=9), Column("", 20, share=1, importance=8)],
            _cells,
            title="Settings",
            headings=False,
        )
        self.table._bindings.key_to_bindings.pop("enter", None)  # noqa: SLF001 - it belongs to us
        self.wrong = Static("", id="wrong")
        yield self.table
        yield self.wrong

    async def load(self) -> list[Setting | Section]:
        """Read what stands, and what lies where."""
        desk = self.app
        return await asyncio.to_thread(lambda: list(_lines(desk.settings, desk.place, desk.actor)))

    def show(self, seen: list[Setting | Section]) -> None:
        """Show it."""
        self.table.set_rows(seen)
        notices = self.app.settings.notices
        self.wrong.display = bool(notices)
        said = ["In the settings file; all the rest of it is in force:", *notices]
        self.wrong.update(plain.block("\n".join(said)))

    # -- changing -------------------------------------------------------------------------------

    async def keep(self, **changes: Any) -> bool:
        """Change settings, keep them in their file, and put them on."""
        desk = self.app
        if not await desk.keep_settings(**changes):
            return False
        if desk.settings.told:
            desk.tell(desk.settings.told)
        await self._put_on(set(changes))
        self.reload()
        return True

    async def _put_on(self, names: set[str]) -> None:
        desk = self.app
        if "actor" in names:
            await desk.sign_as(desk.settings.who)
        if names & {"keys", "keymap"}:
            await desk.wear_keys()
        if "zone" in names:
            desk.wear_zone()
        if "theme" in names and desk.settings.theme != desk.theme:
            await desk.wear_theme(desk.settings.theme)
        if "density" in names:
            desk.wear_density()
        if names & {"days", "zone", "data"}:
            desk.changed.publish(Changed(None))

    @on(RecordTable.Opened)
    def _clicked(self) -> None:
        self.action_change()

    @work
    async def action_change(self) -> None:
        """Change the setting under the cursor."""
        row = self.table.cursor_row
        if row is None:
            return
        match row.name:
            case "theme":
                await self._theme()
            case "density":
                at = file.DENSITIES.index(self.app.settings.density)
                await self.keep(density=file.DENSITIES[(at + 1) % len(file.DENSITIES)])
            case "keys":
                styles = file.KEY_STYLES
                at = styles.index(self.app.settings.keys)
                await self.keep(keys=styles[(at + 1) % len(styles)])
            case "keymap":
                await self._keys()
            case "first_days":
                await self.app.explain_keys(on=not self.app.settings.first_days)
                self.reload()
            case "first_page":
                await self._first_page()
            case "":
                self.app.tell("This can only be read here.")
            case name:
                await self._type(name, row.label)

    def action_usual(self) -> None:
        """Take the setting under the cursor back."""
        row = self.table.cursor_row
        if row is not None and row.name:
            self._usual(row.name)

    @work
    async def _usual(self, name: str) -> None:
        await self.keep(**{name: None})

    @work
    async def action_read_again(self) -> None:
        """Read the file again, and put on what it says."""
        desk = self.app
        desk.settings = await asyncio.to_thread(file.load, desk.settings.path)
        await self._put_on(set(file.NAMES))
        self.reload()

    async def _type(self, name: str, label: str) -> None:
        from ka2tui.tui.dialogs.line import Line

        def said(text: str) -> str:
            try:
                value = file.read_value(name, text)
            except ValueError as error:
                raise Misread(f"This {error}") from None
            return f"That is {value}." if name == "zone" else ""

        now = getattr(self.app.settings, name)
        text = await self.app.push_screen_wait(
            Line(label, value="" if now is None else str(now), about=_ABOUT[name], read=said,
                 empty=True)
        )  # fmt: skip
        if text is None:
            return
        try:
            value = file.read_value(name, text)
        except ValueError as error:
            self.app.tell(f"{label} {error}", severity="warning")
            return
        await self.keep(**{name: value})

    async def _theme(self) -> None:
        from ka2tui.tui import themes
        from ka2tui.tui.dialogs.choose import Item
        from ka2tui.tui.dialogs.looks import Looks

        desk = self.app
        known = await asyncio.to_thread(themes.listed, desk.settings.data)
        ours = {name for name, _ in await asyncio.to_thread(themes.listed)}
        items = [
            Item(n, word, "" if name in ours else f"your own, {name}")
            for n, (name, word) in enumerate(known)
        ]
        names = [name for name, _ in known]
        before = desk.theme
        at = names.index(before) if before in names else 0
        chosen = await desk.push_screen_wait(Looks(items, names, at))
        if chosen is None:
            desk.theme = before
        elif await desk.wear_theme(names[chosen]):
            await self.keep(theme=names[chosen])

    async def _first_page(self) -> None:
        from ka2tui.tui.dialogs.choose import Choose, Item

        places = [it for it in self.app.PLACES if it.mode in file.PAGES]
        items = [Item(n, it.title, it.about) for n, it in enumerate(places)]
        modes = [it.mode for it in places]
        now = self.app.settings.first_page
        at = modes.index(now) if now in modes else 0
        chosen = await self.app.push_screen_wait(Choose("The app begins with", items, at=at))
        if chosen is not None:
            await self.keep(first_page=modes[chosen])

    @work
    async def action_keys(self) -> None:
        """See every key, and change some."""
        await self._keys()

    async def _keys(self) -> None:
        from ka2tui.tui import keys
        from ka2tui.tui.dialogs.ask import Ask
        from ka2tui.tui.dialogs.own_keys import EveryKey, PressKey

        # in this thread: Textual's classes are not to be made in another
        every = keys.every()
        at = 0
        while True:
            wanted = self.app.wanted_keys
            chosen = await self.app.push_screen_wait(EveryKey(every, wanted, at))
            if chosen is None:
                return
            at = chosen
            known = every[chosen]
            pressed = await self.app.push_screen_wait(PressKey(known, every, wanted))
            if pressed is None:
                continue
            keymap = dict(self.app.settings.keymap)
            keymap.pop(known.name, None)
            if pressed:
                keymap[known.name] = pressed
                taken = keys.taken(every, known, {**wanted, known.name: pressed})
                if taken:
                    about = "; ".join(f"{it.about} ({it.name})" for it in taken[:4])
                    question = Ask(
                        f"{keys.said(pressed)} means something else already. Take it?",
                        about=f"It would no longer be: {about}. Give that another key then.",
                        yes="take it",
                    )
                    if not await self.app.push_screen_wait(question):
                        continue
            await self.keep(keymap=keymap or None)


_VALUE = 18
"""Cells of a value, so that the notes stand below each other; after a longer one its note comes."""

_ABOUT = {
    "actor": "The history signs your changes with it. Empty: the name you are logged in with.",
    "days": f"How many days ahead something stands on Today: 1 to {file.MOST_DAYS}.",
    "zone": "A time zone like Europe/Madrid. Empty: the clock of this computer.",
    "data": "A folder of your own checklists, templates, texts and colours. They win over ours.",
    "proof": "Where the files of proof lie. Move the folder, then name it here: all is found.",
    "database": "A file or an address; used from the next start on. Empty: the usual place.",
}


def _cells(it: Setting) -> Sequence[Cell]:
    value = plain.pad(it.value, _VALUE) if plain.width(it.value) < _VALUE else it.value
    return [
        (it.label, "" if it.name else "quiet"),
        [(value, it.tone), "  ", (it.note, "quiet")] if it.note else (it.value, it.tone),
    ]


def _lines(now: file.Settings, place: str | None, actor: str) -> Iterator[Setting | Section]:
    """Give the lines of the page; looks at files, so in a thread."""
    rows: list[Setting | Section] = [
        Section("You"),
        Setting(0, "actor", "Name", actor, "" if now.actor else "your login name"),
        Section("Looks and keys"),
        Setting(0, "theme", "Colours", _colours(now), "seen while you choose"),
        Setting(0, "density", "Density", now.density.capitalize(),
                "compact by itself in a small window"),
        Setting(0, "keys", "Style of keys", now.keys.capitalize(),
                "arrows always work; vim adds hjkl"),
        Setting(0, "keymap", "Own keys", *_own_keys(now)),
        Setting(0, "first_days", "First days", "On" if now.first_days else "Off",
                "explains keys until you know them"),
        Section("Start and clock"),
        Setting(0, "first_page", "First page", now.first_page.replace("_", " ").capitalize(),
                "where the app begins"),
        Setting(0, "days", "Days on Today", plain.count(now.days, "day"), "how far it looks ahead"),
        Setting(0, "zone", "Clock", now.zone or "Of this computer"),
        Section("Places"),
        Setting(0, "", "In use now", place or "–", _state(place)),
        Setting(0, "database", "Database", now.database or "The usual place",
                "used from the next start on"),
        Setting(0, "", "Safe copies", *_copies(place)),
        Setting(0, "data", "Own folder", str(now.data or "None"), _overlaid(now.data)),
        Setting(0, "proof", "Proof folder", *_proof(now, place)),
        Setting(0, "", "Settings file", str(now.path or "None"), "a text file; r reads it again"),
    ]  # fmt: skip
    for number, row in enumerate(rows):
        yield row if isinstance(row, Section) else replace(row, id=number)


def _colours(now: file.Settings) -> str:
    from ka2tui.tui import themes

    try:
        return dict(themes.listed(now.data)).get(now.theme, now.theme)
    except DataFault:
        return now.theme


def _own_keys(now: file.Settings) -> tuple[str, str]:
    """Say how many keys are somebody's own, and which."""
    if not now.keymap:
        return "None", "every key can be another"
    from ka2tui.tui import keys

    own = [keys.said(key) for _, key in sorted(now.keymap.items())]
    said = ", ".join(own[:6]) + " …" * (len(own) > 6)
    return plain.count(len(own), "key"), f"{said}; enter says what they do"


def _file(place: str | None) -> Path | None:
    """Give the file of a database, None where it lies on a server."""
    from ka2tui.store import engine

    if place is None or engine.is_server(place):
        return None
    return engine.file_of(place)


def _state(place: str | None) -> str:
    database = _file(place)
    try:
        if database is None or not database.exists():
            return "on a server" if place and database is None else ""
        size = database.stat().st_size / 1_000_000
        said = f"{size:.1f} MB"
        return said if os.access(database, os.W_OK) else f"{said}, can only be read"
    except OSError as error:
        return str(error.strerror)


def _copies(place: str | None) -> tuple[str, str]:
    """Say which copies lie beside the database, and how old the newest is."""
    database = _file(place)
    try:
        found = [] if database is None else list(database.parent.glob(f"{database.name}.*.backup"))
        if not found:
            return "None yet", "made before an update changes the file"
        newest = max(found, key=lambda path: path.stat().st_mtime)
    except OSError as error:
        return "–", str(error.strerror)
    return plain.count(len(found), "file"), f"the newest is {newest.name}"


def _proof(now: file.Settings, place: str | None) -> tuple[str, str]:
    """Say where the files of proof lie."""
    from ka2tui.exchange import proof_files

    folder = proof_files.folder(now, place)
    there = folder.is_dir()
    if now.proof is None:
        return str(folder), "beside the database" if there else "not there yet"
    return str(folder), "" if there else "not there now"


def _overlaid(own: Path | None) -> str:
    """Say which files of ours a folder has files of its own for."""
    if own is None:
        return "your own checklists, templates, texts"
    from ka2tui import datafiles

    ours = datafiles.folder()
    try:
        found = [path.relative_to(own) for path in sorted(own.rglob("*")) if path.is_file()]
    except OSError as error:
        return str(error.strerror)
    wins = [str(path) for path in found if (ours / path).is_file()]
    said = [f"over ours: {', '.join(wins[:4])}{' …' * (len(wins) > 4)}"] if wins else []
    if more := len(found) - len(wins):
        said.append(f"{more} more")
    return "; ".join(said) or "nothing in it yet"
