"""The palette: go anywhere and do anything by name."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from ka2tui.datafiles import DataFault
from ka2tui.domain import guide
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.settings import DENSITIES
from ka2tui.tui import plain, themes
from ka2tui.tui.desk import Unanswered
from ka2tui.tui.type_ahead import GATHERS

if TYPE_CHECKING:
    from ka2tui.queries.history import Steps
    from ka2tui.queries.names import Named
    from ka2tui.tui.front import Front

_SAME = {
    "add": "new create",
    "edit": "change",
    "finish": "done complete tick",
    "postpone": "later delay move",
    "assign": "give who",
    "remove": "delete",
    "filter": "search find",
    "search": "find look for words text",
    "sort": "order",
    "save": "export report file",
    "undo": "take back",
    "redo": "again",
    "help": "keys",
    "quit": "leave exit close",
    "choose_project": "switch projects",
    "reports": "export save print",
    "history": "log changes undo",
}
"""Other words that people look for, by page or action."""

_LEAST = 2
"""Letters typed before records are looked for."""

_PAGE, _DEED, _REST, _RECORD = 4, 3, 2, 1
"""What stands above what, where all have the words."""


@frozen
class Entry:
    """One line of the palette."""

    words: str
    note: str
    act: Callable[[], Any]
    also: str = ""
    """Other words it is found by."""
    rank: int = _REST


def _spots(wanted: list[str], text: str) -> list[tuple[int, int]] | None:
    """Find where each word stands in a text, None where one is missing."""
    folded = [fold(character) for character in plain.line(text)]
    flat = "".join(folded)
    starts: list[int] = []
    for index, piece in enumerate(folded):
        starts += [index] * len(piece)
    spots = []
    for word in wanted:
        at = flat.find(word)
        if at < 0:
            return None
        spots.append((starts[at], starts[at + len(word) - 1] + 1))
    return spots


class Everything(Provider):
    """Pages, deeds, the app's own choices and records, found by their words.

    One source for all of it, as Textual asks several in an order of its own. What anything is
    called is never read as markup.
    """

    async def startup(self) -> None:
        """List what does not depend on what is typed, once."""
        self._entries = [*self._pages(), *self._deeds(await self._steps()), *await self._rest()]

    async def _wait_init(self) -> None:
        """Wait for that list; a key typed meanwhile calls off a search, not the list with it.

        Textual's own would leave the palette empty for as long as it is open.
        """
        if self._init_task is not None:
            await asyncio.shield(self._init_task)
        self._init_task = None

    @property
    def desk(self) -> Front:
        """The app."""
        return cast("Front", self.app)

    async def discover(self) -> Hits:
        """Offer everything while nothing is typed."""
        for entry in self._entries:
            yield DiscoveryHit(self._shown(entry, []), entry.act, text=plain.line(entry.words))

    async def search(self, query: str) -> Hits:
        """Offer what has all the words typed, the best beginning first."""
        wanted = fold(query).split()
        for entry in self._entries:
            spots = _spots(wanted, entry.words)
            if spots is not None:
                near = 1.0 / (1 + spots[0][0] + len(entry.words) / 100) if spots else 0.5
                yield self._hit(entry, spots, entry.rank + near)
            elif all(word in fold(f"{entry.words} {entry.also}") for word in wanted):
                yield self._hit(entry, [], 0.5 + entry.rank / 100)
        if len("".join(wanted)) >= _LEAST:
            for place, named in enumerate(await self._named(query)):
                entry = self._record(named)
                spots = _spots(wanted, entry.words) or []
                yield self._hit(entry, spots, entry.rank + 1 - place / 100)

    def _hit(self, entry: Entry, spots: list[tuple[int, int]], score: float) -> Hit:
        return Hit(score, self._shown(entry, spots), entry.act, text=plain.line(entry.words))

    def _shown(self, entry: Entry, spots: list[tuple[int, int]]) -> Content:
        """Make the line: its words with the hits marked, and a quiet note."""
        words = plain.content(entry.words)
        for start, end in spots:
            words = words.stylize(self.match_style or "underline", start, end)
        if not entry.note:
            return words
        return Content.assemble(words, (f"  {plain.line(entry.note)}", "dim"))

    # -- what there is --------------------------------------------------------------------------

    def _pages(self) -> Iterator[Entry]:
        desk = self.desk
        for place in desk.PLACES:
            keys = plain.join([place.digit, f"g {place.letter}"], ", ")
            note = f"{keys}: {place.about}"
            act = partial(desk.action_go, place.mode)
            yield Entry(
                place.title,
                note,
                act,
                also=f"{place.about} {_SAME.get(place.mode, '')}",
                rank=_PAGE,
            )

    def _deeds(self, steps: Steps | None) -> Iterator[Entry]:
        """List what could be done on the page below, and what undo and redo would do."""
        for deed in self.desk.deeds:
            binding = deed.binding
            action = binding.action.rpartition(".")[2].partition("(")[0]
            if binding.id in ("app.palette", "app.go") or binding.action.startswith("go("):
                continue
            note = deed.key
            if steps is not None and action in ("undo", "redo"):
                step = steps.undo if action == "undo" else steps.redo
                note += f"  {step or 'nothing of yours'}"
            also = f"{binding.description} {binding.id} {_SAME.get(action, '')}"
            act = partial(self.desk.run_action, binding.action, deed.node)
            yield Entry(_named_first(binding.description, deed.words), note, act, also, _DEED)

    async def _rest(self) -> list[Entry]:
        """List the other projects, how to begin one, and the colours."""
        desk = self.desk
        entries = []
        for project in await desk.projects() if desk.opened.is_set() else ():
            if project.id != desk.project:
                act = partial(desk.switch_project, project.id)
                entries.append(Entry(f"Project {project.acronym}", project.title, act))
        if desk.WELCOME:
            go = partial(desk.action_go, desk.WELCOME)
            also = "begin start first page"
            entries.append(Entry("Welcome", "the ways to begin a project", go, also))
            entries += [
                Entry(words, note, partial(desk.run_on_page, desk.WELCOME, action), also)
                for words, note, action, also in (
                    ("New project", "with or without a plan to start from", "new", "begin create"),
                    ("Import a project", "from files", "import", "take in csv excel table"),
                    ("Example project", "in a file of its own", "demo", "demo sample"),
                )
            ]
        on = desk.explaining is not None
        said = "Stop explaining keys" if on else "Explain keys, as in the first days"
        explain = partial(desk.explain_keys, on=not on)
        entries.append(Entry(said, "first days", explain, "beginner learn tutorial hints"))
        with contextlib.suppress(DataFault):
            for page in await asyncio.to_thread(guide.pages, desk.settings.data):
                read = partial(desk.action_guide, page.name)
                entries.append(Entry(f"Guide: {page.title}", "help", read, "read manual"))
        for name, word in await asyncio.to_thread(themes.listed, desk.settings.data):
            also = f"theme colors {name}"
            entries.append(Entry(f"Colours: {word}", "", partial(desk.put_on, name), also))
        for density in DENSITIES:
            wear = partial(desk.put_on_density, density)
            entries.append(Entry(f"Density: {density}", "", wear, "room space rows padding blank"))
        return entries

    async def _steps(self) -> Steps | None:
        desk = self.desk
        try:
            return await desk.read_steps() if desk.opened.is_set() else None
        except Unanswered:
            return None

    async def _named(self, query: str) -> Iterable[Named]:
        desk = self.desk
        try:
            return await desk.named(query) if desk.opened.is_set() else ()
        except Unanswered:
            return ()

    def _record(self, named: Named) -> Entry:
        """Make the line of a record."""
        note = plain.join([named.kind, named.state], ", ")
        return Entry(named.name, note, partial(self.desk.open_named, named), rank=_RECORD)


def _named_first(name: str, words: str) -> str:
    """Say what is done, beginning with the word that the last line shows for it."""
    return words if fold(name) in fold(words) else f"{name.capitalize()}: {words}"


PROVIDERS: list[type[Provider]] = [Everything]

PALETTE_ID = "--command-palette"
"""The id by which Textual knows that a palette is open."""


class Palette(CommandPalette):
    """Textual's palette with our sources."""

    def __init__(self) -> None:
        """Make it."""
        super().__init__(PROVIDERS, placeholder="Go anywhere, do anything by name", id=PALETTE_ID)

    @property
    def ready(self) -> bool:
        """Whether the list is what was typed; an enter before would choose nothing."""
        return not any(it.is_running and it.group == GATHERS for it in self.workers)

    def hears(self, action: str, *, in_line: bool) -> bool:
        """Whether a key for this need not wait for the list."""
        return action not in ("submit", "cursor_down", "command_list")

    def _action_command_list(self, action: str) -> None:
        """Move in the list; one that is just being filled does not know its lines yet."""
        with contextlib.suppress(KeyError):
            super()._action_command_list(action)
