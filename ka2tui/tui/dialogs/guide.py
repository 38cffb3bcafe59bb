"""The guide in the app: help for the focused pane first, then a page for every noun."""

from __future__ import annotations

import asyncio
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from ka2tui import datafiles
from ka2tui.domain import guide, search
from ka2tui.frozen import frozen
from ka2tui.tui import plain
from ka2tui.tui.dialogs.dialog import Dialog
from ka2tui.tui.dialogs.help import deeds
from ka2tui.tui.widgets.details import Details, Fact, Head, Jump, Line, Passage, Words
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section
from ka2tui.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.widget import Widget

    from ka2tui.domain.guide import Block, GuidePage
    from ka2tui.domain.search import Question
    from ka2tui.tui.dialogs.help import Deed
    from ka2tui.tui.plain import Piece, Tone
    from ka2tui.tui.widgets.details import Item

HERE = 0
"""Stands for what is said of the place somebody came from; the pages are counted from 1."""

_TONES: dict[str, Tone] = {"strong": "strong", "code": "strong", "soft": "strong", "link": "accent"}


@frozen
class Place:
    """Where somebody asks for help: what stands there, and what can be done."""

    title: str
    about: str
    """What the pane shows; of a page without words for its panes, what the page is for."""
    page: str
    """What the page is for, where the pane has words of its own."""
    own: tuple[Deed, ...]
    """What the keys of the pane and its page do."""
    moving: tuple[Deed, ...]
    guide: str
    """The name of the page that goes on from there; may be none."""


@frozen
class Told:
    """What there is to be told of panes, as the data folder has it."""

    panes: Mapping[str, Any]
    """The words of pages and their panes."""
    pages: frozenset[str]
    """The names of the pages of the guide."""


def read_told(own: Path | None = None) -> Told:
    """Read what there is to be told of panes; call in a thread.

    Raises:
        DataFault: The words of the panes cannot be read.
    """
    panes = datafiles.read_toml("help/panes.toml", own)
    files = datafiles.names("guide", ".md", own)
    return Told(panes, frozenset(PurePosixPath(file).stem for file in files))


def place_of(screen: Screen[Any], told: Told) -> Place:
    """Say where somebody is on a screen, by its focus."""
    focused = screen.focused
    path: list[DOMNode] = []
    for node in focused.ancestors_with_self if focused is not None else ():
        if node is screen:
            break
        path.append(node)
    said = _said_of(screen, path, told.panes)
    titles = (getattr(node, "border_title", None) for node in path)
    title = next((str(it) for it in titles if it), "")
    title = title or getattr(screen, "heading", "") or getattr(screen, "NAME", "")
    about, whole = str(said.get("about", "")), str(getattr(screen, "HELP", "") or "")
    found = deeds(screen)
    nodes = {*path, screen}
    guide_page = str(said.get("guide", ""))
    if not guide_page and screen.is_modal:
        below = screen.app.screen_stack[: screen.app.screen_stack.index(screen)]
        guide_page = place_of(below[-1], told).guide if below else ""
    row = next((it.cursor_row for it in path if hasattr(it, "cursor_row")), None)
    kind = str(getattr(row, "kind", "")).replace("_", "-")
    return Place(
        title,
        about or whole,
        whole if about else "",
        tuple(deed for deed in found if deed.node in nodes and not deed.moves),
        tuple(deed for deed in found if deed.node in nodes and deed.moves),
        kind if kind in told.pages else guide_page,
    )


def _said_of(
    screen: Screen[Any], path: Sequence[DOMNode], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Give what the words of the panes say of a place: of its pane over those of its page."""
    said: dict[str, Any] = {}
    for kind in reversed(type(screen).__mro__):
        page = known.get(key_of(kind), {})
        named = {name: words for name, words in page.items() if isinstance(words, dict)}
        held = [(getattr(screen, name, None), words) for name, words in named.items()]
        panes = [words for node in reversed(path) for pane, words in held if pane is node]
        kinds = [known.get(key_of(type(node)), {}) for node in reversed(path)]
        for words in (page, *kinds, *panes):
            said |= {name: text for name, text in words.items() if isinstance(text, str)}
    return said


def key_of(kind: type[Any]) -> str:
    """Give the name by which a page, a dialog or a widget stands in the words of the panes."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__.removesuffix("Page")).lower()


@frozen
class Entry:
    """A row of the list of pages."""

    id: int
    title: str
    note: str = ""


class GuideText(Details):
    """A page to be read; the arrows go from link to link, and on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "page_down", "on", key_display="space", id="guide.page_down",
                tooltip="A page further"),
        Binding("pageup", "page_up", "Page up", show=False, id="guide.page_up",
                tooltip="A page back"),
        Binding("home", "scroll_home", "Top", show=False, id="guide.top", tooltip="The beginning"),
        Binding("end", "scroll_end", "End", show=False, id="guide.end", tooltip="The end"),
    ]  # fmt: skip


class Guide(Dialog[None]):
    """The pages at the left, the one being read beside them, and a line to find words."""

    DEFAULT_CSS = """
    Guide {
        & Box { width: 100%; height: 100%; border: none; padding: 0; }
        & Box > KeyLine { margin: 0; }
        & TypedLine { border: none; height: 1; background: $panel; padding: 0 1; display: none; }
        & TypedLine.-open { display: block; }
        & Horizontal { height: 1fr; }
        & RecordTable { width: 34; height: 1fr; background: $surface; }
        & GuideText { width: 1fr; height: 1fr; background: $surface; }
        &.-narrow RecordTable, &.-cramped-x RecordTable { width: 1fr; display: none; }
        &.-narrow.-listing RecordTable, &.-cramped-x.-listing RecordTable { display: block; }
        &.-narrow.-listing GuideText, &.-cramped-x.-listing GuideText { display: none; }
        &.-very-wide Box {
            width: 150;
            height: 92%;
            border: $pane-focus-line $pane-focus;
            padding: 0 1;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "turn", "pages", key_display="tab", id="guide.turn",
                tooltip="Go to the list of pages, or back to the page", priority=True),
        Binding("slash", "find", "find", key_display="/", id="guide.find",
                tooltip="Find pages by their words"),
        Binding("backspace", "back", "page before", id="guide.back",
                tooltip="Back to the page you read before"),
        Binding("right_square_bracket", "beside(1)", "next page", key_display="]", show=False,
                id="guide.next", tooltip="The next page"),
        Binding("left_square_bracket", "beside(-1)", "page before", key_display="[", show=False,
                id="guide.previous", tooltip="The page before this one in the list"),
        Binding("n", "hit(1)", "next hit", id="guide.hit_next",
                tooltip="Go to the next place with these words"),
        Binding("N", "hit(-1)", "hit before", show=False, id="guide.hit_before",
                tooltip="Go to the place before with these words"),
        Binding("down", "move(1)", "Down", show=False, id="guide.down", tooltip="Next page found"),
        Binding("up", "move(-1)", "Up", show=False, id="guide.up", tooltip="Page found before"),
        Binding("enter", "read", "read", show=False, id="guide.read", tooltip="Read this page"),
        Binding("escape,f1", "leave", "close", key_display="esc", id="guide.leave",
                tooltip="Take the words away, or close the guide"),
    ]  # fmt: skip

    AUTO_FOCUS = "GuideText"

    def __init__(self, place: Place, wanted: str = "") -> None:
        """Open it; `wanted`: the name of a page to begin with, else the place is told of."""
        super().__init__("Guide")
        self.place = place
        self.pages: tuple[GuidePage, ...] = ()
        self._wanted = wanted
        self._before: list[int] = []
        self._at = HERE
        self._fault = ""

    def content(self) -> Iterable[Widget]:
        """Give the line, the list and the page."""
        self.line = TypedLine(placeholder="words to find in the guide")
        self.table: RecordTable[Entry] = RecordTable(
            [Column("", 12, share=1, importance=9), Column("", 3, align="right", importance=5)],
            lambda row: (row.title, (row.note, "quiet")),
            title="Pages",
            empty="No page has all of these words.",
            headings=False,
        )
        self.text = GuideText("Help")
        yield self.line
        yield Horizontal(self.table, self.text)

    @work
    async def on_mount(self) -> None:
        """Read the pages, and show the first."""
        try:
            self.pages = await asyncio.to_thread(guide.pages, self.app.settings.data)
        except datafiles.DataFault as fault:
            self._fault = str(fault)
            self.pages = await asyncio.to_thread(guide.pages)
        names = [page.name for page in self.pages]
        self._fill()
        self._show(names.index(self._wanted) + 1 if self._wanted in names else HERE)

    # -- the list -------------------------------------------------------------------------------

    @property
    def question(self) -> Question:
        """The words that are looked for."""
        return search.read(self.line.value)

    def _fill(self) -> None:
        """List the pages that have the words."""
        numbers = {page.name: number for number, page in enumerate(self.pages, 1)}
        found = guide.having(self.pages, self.line.value)
        rows: list[Entry | Section] = [
            Entry(numbers[page.name], page.title, str(hits) if hits else "") for page, hits in found
        ]
        if not self.question.terms:
            rows = [Section("Here"), Entry(HERE, self.place.title), Section("The guide"), *rows]
        self.table.set_rows(rows)

    def _show(self, at: int, *, top: bool = True) -> None:
        """Show a page, and stand on it in the list."""
        self._at = at
        self.table.move_to(at)
        page = self.pages[at - 1] if at else None
        items = self._here() if page is None else self._page(page)
        title = self.place.title if page is None else page.title
        self.text.show(items, title=title or "Help", top=top)
        read = self._named(self.place.guide) if page is None else page
        self.text.set_hint("↓ enter see also" if read is not None and read.links else "")
        self.refresh_bindings()

    def _go(self, at: int) -> None:
        """Read another page; backspace leads back to this one."""
        if at != self._at:
            self._before.append(self._at)
            self._show(at)

    # -- what is said ---------------------------------------------------------------------------

    def _here(self) -> Iterator[Item]:
        place = self.place
        if self._fault:
            yield Words(f"{self._fault} The pages that come with ka2tui are shown.", "late")
            yield Words("")
        if place.about:
            yield Passage(self._marked(place.about))
        page = self._named(place.guide)
        for title, known in (("Keys here", place.own), ("Moving", place.moving)):
            if known:
                yield Head(title)
                for deed in known:
                    yield Fact(deed.key, deed.words)
        if place.page:
            yield Head("The whole page")
            yield Passage(self._marked(place.page))
        yield Words("")
        yield Words("? lists every key that works here, the ones of all pages too, and does them.")
        if page is not None:
            yield Head(page.title, "from the guide")
            yield from self._page(page)

    def _named(self, name: str) -> GuidePage | None:
        return next((page for page in self.pages if page.name == name), None)

    def _page(self, page: GuidePage) -> Iterator[Item]:
        before = ""
        for block in page.blocks:
            if block.leads:
                continue
            if block.kind == "heading":
                yield Head("".join(span.text for span in block.spans))
            else:
                if before and (block.kind != before or before == "paragraph"):
                    yield Words("")
                yield self._block(block)
            before = "" if block.kind == "heading" else block.kind
        titles = {it.name: (number, it.title) for number, it in enumerate(self.pages, 1)}
        leads = [titles[name] for name in page.links if name in titles]
        if leads:
            yield Head("See also")
            for number, title in leads:
                yield Jump([("› ", "accent"), title], ("guide", number))

    def _block(self, block: Block) -> Item:
        if block.kind == "typed":
            return Line([("  ", ""), *self._marked(block.spans[0].text, "quiet")])
        pieces: list[Piece] = []
        for span in block.spans:
            pieces += self._marked(span.text, _TONES.get(span.kind, ""))
        if block.kind == "point":
            return Passage([(f"{block.sign} ", "quiet"), *pieces], plain.width(block.sign) + 1)
        return Passage(pieces)

    def _marked(self, text: str, tone: Tone = "") -> list[Piece]:
        """Give a text with the words that are looked for marked in it."""
        if not self.question.terms:
            return [(text, tone)]
        return [
            (piece, "found" if hit else tone) for piece, hit in search.marked(text, self.question)
        ]

    # -- finding --------------------------------------------------------------------------------

    @on(Input.Changed)
    def narrow(self) -> None:
        """Show the pages that have the words typed, and the first of them."""
        self._fill()
        first = next(iter(self.table.keys), None)
        if self.question.terms and first is not None:
            if not self._before:
                self._before.append(self._at)
            self._show(first)
        else:
            self._show(self._at)

    def action_find(self) -> None:
        """Let words be typed."""
        self.line.add_class("-open")
        self.add_class("-listing")
        self.line.focus()
        self.line.select_all()

    def action_hit(self, step: int) -> None:
        """Scroll to the next line that has one of the words, or to the one before."""
        lines = self.text.text.splitlines()
        found = [at for at, line in enumerate(lines) if search.spots(line, self.question)]
        at = self.text.scroll_offset.y
        ahead = (
            [it for it in found if it > at] if step > 0 else [it for it in found if it < at][::-1]
        )
        for line in (*ahead, *(found if step > 0 else found[::-1]))[:1]:
            self.text.scroll_to(y=line, animate=False, force=True, immediate=True)

    # -- keys -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where the focus is."""
        if not super().check_action(action, parameters):
            return False
        typing = self.line.has_focus
        if action in ("move", "read"):
            return typing
        if action == "hit":
            return bool(self.question.terms) and not typing
        if action == "back":
            return bool(self._before) and not typing
        return True

    def action_turn(self) -> None:
        """Go from the page to the list, and back."""
        listing = self.text.has_focus
        self.set_class(listing, "-listing")
        (self.table if listing else self.text).focus()

    def action_move(self, step: int) -> None:
        """Go to another page of those found, while the line keeps the focus."""
        self.table.action_move(step)

    def action_read(self) -> None:
        """Go to the page."""
        self.remove_class("-listing")
        self.text.focus()

    def action_beside(self, step: int) -> None:
        """Read the page beside this one in the list."""
        keys = self.table.keys
        at = keys.index(self._at) + step if self._at in keys else 0
        if 0 <= at < len(keys):
            self._go(keys[at])

    def action_back(self) -> None:
        """Go back to the page that was read before."""
        if self._before:
            self._show(self._before.pop())

    def action_leave(self) -> None:
        """Take the words away, where there are any; else close."""
        if self.line.has_class("-open"):
            self.line.remove_class("-open")
            self.line.value = ""
            self.action_read()
        else:
            self.dismiss(None)

    @on(RecordTable.Highlighted)
    def _follow(self, event: RecordTable.Highlighted) -> None:
        """Show the page under the cursor."""
        if event.key is not None and event.key != self._at and self.text.is_mounted:
            self._at = event.key
            self._show(event.key)

    @on(RecordTable.Opened)
    def _opened(self) -> None:
        self.action_read()

    @on(Details.Jumped)
    def _jumped(self, event: Details.Jumped) -> None:
        """Follow a link."""
        event.stop()
        self._go(event.target[1])
