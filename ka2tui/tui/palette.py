"""The palette: go anywhere and do anything by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from ka2tui.domain.text import fold
from ka2tui.tui import plain
from ka2tui.tui.dialogs.help import deeds

if TYPE_CHECKING:
    from ka2tui.tui.desk import Desk


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette."""

    words: str
    note: str
    act: Callable[[], Any]


class PlainProvider(Provider):
    """Entries found by their words; what they are called is never read as markup."""

    async def entries(self) -> list[Entry]:
        """List what this source offers."""
        raise NotImplementedError

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast("Desk", self.app)

    async def discover(self) -> Hits:
        """Offer everything while nothing is typed."""
        for entry in await self.entries():
            yield DiscoveryHit(self._shown(entry, []), entry.act, text=plain.line(entry.words))

    async def search(self, query: str) -> Hits:
        """Offer what has all the words typed, the best beginning first."""
        wanted = fold(query).split()
        for entry in await self.entries():
            spots = _spots(wanted, entry.words)
            if spots is not None:
                score = 1.0 / (1 + spots[0][0] + len(entry.words) / 100) if spots else 0.5
                yield Hit(score, self._shown(entry, spots), entry.act, text=plain.line(entry.words))

    def _shown(self, entry: Entry, spots: list[tuple[int, int]]) -> Content:
        """Make the line: its words with the hits marked, and a quiet note."""
        words = plain.content(entry.words)
        for start, end in spots:
            words = words.stylize(self.match_style or "underline", start, end)
        if not entry.note:
            return words
        return Content.assemble(words, (f"  {plain.line(entry.note)}", "dim"))


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


class Pages(PlainProvider):
    """The pages."""

    async def entries(self) -> list[Entry]:
        """List the pages that can be reached."""
        desk = self.desk
        return [
            Entry(place.title, f"{place.digit}, g {place.letter}: {place.about}",
                  partial(desk.action_go, place.mode))
            for place in desk.PLACES
        ]  # fmt: skip


class Deeds(PlainProvider):
    """What can be done on the page below."""

    async def entries(self) -> list[Entry]:
        """List the keys that work there."""
        desk = self.desk
        return [
            Entry(deed.words, deed.key,
                  partial(desk.run_action, deed.binding.action, deed.node))
            for deed in deeds(self.screen)
            if deed.binding.id != "app.palette"
        ]  # fmt: skip


class Projects(PlainProvider):
    """The projects of the database, and the choices of the app itself."""

    async def entries(self) -> list[Entry]:
        """List the other projects, and the colours."""
        desk = self.desk

        def others() -> Iterator[Entry]:
            for project in known:
                if project.id != desk.project:
                    yield Entry(f"Project {project.acronym}", project.title,
                                partial(desk.switch_project, project.id))  # fmt: skip
            yield Entry("Colours", "dark, light, the terminal's own",
                        partial(desk.run_action, "app.choose_theme"))  # fmt: skip

        known = await desk.projects() if desk.opened.is_set() else []
        return list(others())


class Everything(PlainProvider):
    """All of them in one order: Textual asks several sources in an order of its own."""

    async def entries(self) -> list[Entry]:
        """List where one can go, then what one can do, then the rest."""
        sources = [kind(self.screen, self.match_style) for kind in (Pages, Deeds, Projects)]
        return [entry for source in sources for entry in await source.entries()]


PROVIDERS: list[type[Provider]] = [Everything]
