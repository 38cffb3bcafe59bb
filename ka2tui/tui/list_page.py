"""A page with lists that can be filtered: the line, the tabs above, and marks by filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on, work
from textual.binding import Binding, BindingType

from ka2tui.domain.filter import BadFilter
from ka2tui.tui import plain, projector
from ka2tui.tui.lazy import lazily
from ka2tui.tui.rows import RowsPage
from ka2tui.tui.widgets.filter_line import FilterLine
from ka2tui.tui.widgets.filter_tabs import FilterTabs, Tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.timer import Timer
    from textual.widget import Widget

    from ka2tui.domain.known_names import Known
    from ka2tui.domain.vocabulary import Vocabulary
    from ka2tui.operations import saved_filters
    from ka2tui.queries import saved_filters as views
    from ka2tui.tui.desk import Changed
    from ka2tui.tui.widgets.filter_tabs import Group
    from ka2tui.tui.widgets.record_table import RecordTable
else:
    saved_filters = lazily("ka2tui.operations.saved_filters")
    views = lazily("ka2tui.queries.saved_filters")

R = TypeVar("R")

AT_REST = 0.3
"""Seconds after which a page learns its words and counts its tabs: first its rows are shown."""

COUNTED = 20_000
"""Rows up to which the tabs say how many each lets through."""

SHOW_ALL = Binding(
    "escape", "show_all", "show all", show=False, id="list.show_all",
    tooltip="Take the filter away and show everything",
)  # fmt: skip
"""Stands in the keys of a page that gives escape another meaning as well."""

_NAMES = frozenset({"work_unit", "partner", "contact", "tag", "task", "project", "saved_filter"})
"""Records whose names filters speak of."""

_TABS = frozenset({"saved_filter"})
"""Records that stand above the list."""


class ListPage(RowsPage):
    """A page whose rows can be filtered.

    A page says which list it shows (`LIST`), gives its rows to `filtered`, and fills its tables
    anew in `refill` when another filter holds. The widgets come by themselves.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", key_display="/", id="list.filter",
                tooltip="Show only what fits: words, or questions like those in the empty line"),
        SHOW_ALL,
        Binding("asterisk", "mark_matching", "mark by filter", key_display="*", show=False,
                id="list.mark_matching", tooltip="Mark every row that a filter fits"),
        Binding("left_square_bracket", "tab(-1)", "tab before", key_display="[", show=False,
                id="list.tab_before", tooltip="The filter of the tab before"),
        Binding("right_square_bracket", "tab(1)", "next tab", key_display="]", show=False,
                id="list.tab_next", tooltip="The filter of the next tab"),
        Binding("ctrl+s", "save_filter", "save filter", show=False, id="list.save_filter",
                tooltip="Keep this filter under a name, as a tab"),
        Binding("F", "filters", "filters", show=False, id="list.filters",
                tooltip="Go to a filter with a name; save, rename or remove one"),
    ]  # fmt: skip

    table: RecordTable[Any]

    GROUPED: ClassVar[bool] = False
    """Whether more filters are offered in a pane of their own where there is room."""

    def __init__(self) -> None:
        """Make the line and the tabs."""
        super().__init__()
        self.line = FilterLine()
        self.tabs = FilterTabs(grouped=self.GROUPED)
        self._learned: tuple[int | None] | None = None
        """The project whose names are known, if any are."""
        self._named: Sequence[Tab] = ()
        """All filters with a name."""
        self._all: dict[str, Sequence[Any]] = {}
        self._counting: Timer | None = None
        self._learning: Timer | None = None

    # -- what a page says and asks --------------------------------------------------------------

    def refill(self) -> None:
        """Fill the tables with the rows that were read, for another filter holds."""
        raise NotImplementedError

    @property
    def lists(self) -> Sequence[RecordTable[Any]]:
        """The tables that are filtered; by default the one that the page calls `table`."""
        return (self.table,)

    def vocabulary(self, known: Any) -> Vocabulary:
        """Give what can be asked of the rows; by default what the noun of the list has."""
        from ka2tui.domain.lists import LISTS

        return LISTS[self.LIST](known, self.app.today, self._marks)

    def own_filters(self) -> Sequence[tuple[str, str]]:
        """Give the filters with a name that are there without being saved: name and text."""
        from ka2tui.domain.lists import OWN

        return OWN.get(self.LIST, ())

    def groups(self, known: Known) -> Sequence[Group]:
        """Give more filters to choose from where there is room; a page that does is `GROUPED`."""
        return ()

    def filtered(self, rows: Sequence[R], of: str = "") -> Sequence[R]:
        """Give the rows that the filter lets through, in their order.

        Args:
            rows: All there are: a sequence that is not changed afterwards.
            of: Which table they are for, where a page has several.
        """
        self._all[of] = rows
        self._count_soon()
        return self.line.pick(rows, of)

    def counted(self, rows: Sequence[Any]) -> int:
        """Say how many rows the tab of all of them tells; by default each."""
        return len(rows)

    @property
    def filtering(self) -> bool:
        """Whether something stands in the line."""
        return bool(self.line.words.strip())

    def say_filtered(self, fit: int, there: int, *, above: int = 0) -> None:
        """Say in the line how many rows are left, and how many only stand above them."""
        with_above = f" fit, {plain.number(above)} above" if above else ""
        self.line.say(f"{plain.number(fit)}{with_above} of {plain.number(there)}")

    def body(self) -> Iterable[Widget]:
        """Put the tabs above the content and the line below; a pane of tabs lies on both."""
        return (*self.content(), self.line, self.tabs)

    # -- learning -------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Let the filters stand where the window now has room for them."""
        self.tabs.stand()

    def on_mount(self) -> None:
        """Learn the words of the list once its rows stand there."""
        self._set_tabs([Tab(name, text) for name, text in self.own_filters()])
        self._learning = self.set_interval(AT_REST, self._learn_in_time)

    def _set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Offer filters by name; on a projector none that ask for what it does not show."""
        self._named = tabs
        bright = self.app.projector
        self.tabs.set_tabs([tab for tab in tabs if not (bright and projector.asks(tab.text))])

    def _learn_in_time(self) -> None:
        if not self.app.opened.is_set():
            return
        if self._learning is not None:
            self._learning.pause()
        if self._learned is None and self.is_current:
            self.learn()

    def _learn_soon(self) -> None:
        """Learn when nothing else is to be done."""
        if self._learning is not None:
            self._learning.reset()
            self._learning.resume()

    def on_screen_resume(self) -> None:
        """Learn again where another project is shown."""
        if self._learned is None:
            self._learn_soon()
        elif not self._knows:
            self.learn()

    def _on_changed(self, changed: Changed) -> None:
        super()._on_changed(changed)
        if changed.touched is None:
            self._set_tabs(self._named)
        if not changed.concerns(_NAMES) or self._learned is None:
            return
        self._learned = None
        if self.is_current and changed.concerns(_TABS):
            self.learn()
        elif self.is_current:
            self._learn_soon()

    @work(group="learn", exclusive=True)
    async def learn(self) -> None:
        """Read the names that filters speak of, and the saved filters."""
        await self._learn()

    async def _learn(self) -> None:
        project = self.app.project
        known = await self.app.ask(
            views.known,
            project,
            today=self.app.today,
            actor=self.app.actor,
            noun=self.LIST,
            own=self.app.settings.data,
        )
        saved = await self.app.ask(views.listed, project, self.LIST)
        self._learned = (project,)
        tabs = [Tab(name, text) for name, text in self.own_filters()]
        self._set_tabs([*tabs, *(Tab(it.name, it.text, it.id) for it in saved)])
        self.tabs.set_groups(self.groups(known))
        self.line.speak(self.vocabulary(known), self.app.today, known.start)
        self._count_soon()

    @property
    def _knows(self) -> bool:
        """Whether the names of the project that is shown are known."""
        return self._learned == (self.app.project,)

    def _marks(self) -> set[int]:
        return {key for table in self.lists for key in table.every_mark}

    def _count_soon(self) -> None:
        """Count what each tab lets through, once nothing else is to be done."""
        if self._counting is None and self.is_mounted:
            self._counting = self.set_timer(AT_REST, self._count)

    def _count(self) -> None:
        self._counting = None
        there = sum(len(rows) for rows in self._all.values())
        if self._learned is None or not self.tabs.display or there > COUNTED:
            return
        counts: dict[str, int | None] = {"": sum(map(self.counted, self._all.values()))}
        for tab in self.tabs.tabs[1:]:
            each = [self.line.count(tab.text, rows, of) for of, rows in self._all.items()]
            known = [it for it in each if it is not None]
            counts[tab.text] = sum(known) if known else None
        self.tabs.set_counts(counts)

    # -- the line -------------------------------------------------------------------------------

    @on(FilterLine.Changed)
    def _narrow(self) -> None:
        self.tabs.set_now(self.line.words)
        if self._learned is None:
            self.learn()
        self.refill()
        self.refresh_bindings()
        self.lists[0].call_later(self.line.let_go)  # once it knows that it is drawn anew

    @work
    async def action_filter(self) -> None:
        """Type a filter."""
        self.line.open(self.stage)
        if not (self._knows or self.loaded):
            self.learn()  # behind the rows that are still being read: letters do not wait for it
        elif not self._knows:
            await self._learn()
        for of, rows in self._all.items():
            self.line.warm(rows, of)

    @property
    def stage(self) -> Widget:
        """What has the focus again when the line is left: by default the list that had it."""
        return self.list_in_use()

    def action_show_all(self) -> None:
        """Take the filter away."""
        self.line.clear()

    def put_filter(self, text: str) -> None:
        """Narrow the list; blank shows everything."""
        if text:
            self.line.put(text, self.stage)
        else:
            self.line.clear()
            self.stage.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is about filters where it makes sense."""
        if self.line.typing:
            return action == "save_filter" and self.filtering
        if action in ("show_all", "save_filter"):
            return self.filtering
        if action == "mark_matching":
            return bool(self.list_in_use().check_action("mark", ()))
        if action == "tab":
            return len(self.tabs.tabs) > 1
        return super().check_action(action, parameters)

    # -- tabs -----------------------------------------------------------------------------------

    @on(FilterTabs.Chosen)
    def _tab_clicked(self, event: FilterTabs.Chosen) -> None:
        self.put_filter(event.text)

    @work
    async def action_tab(self, step: int) -> None:
        """Go to the filter of another tab."""
        if not self._knows:
            await self._learn()
        self.put_filter(self.tabs.beside(step).text)

    @work
    async def action_save_filter(self) -> None:
        """Keep the filter under a name."""
        await self._save()

    async def _save(self) -> None:
        from ka2tui.tui.dialogs.line import Line

        text = self.line.words.strip()
        if self.line.misread is not None:
            self.app.tell(str(self.line.misread), severity="warning")
            return
        at = self.tabs.at
        known = self.tabs.tabs[at] if at else None
        name = await self.app.push_screen_wait(
            Line("Name of this filter", value=known.name if known and known.id else "",
                 about=f"{self._say(text)}. It becomes a tab above this list.",
                 read=self._say_name)
        )  # fmt: skip
        if name is not None and self.app.project is not None:
            await self.app.do(saved_filters.save, self.app.project, self.LIST, name, text)

    def _say_name(self, name: str) -> str:
        """Say what becomes of a name that is taken."""
        from ka2tui.domain.text import fold

        taken = [it for it in self.tabs.tabs if it.id and fold(it.name) == fold(name)]
        return f"Takes the place of: {taken[0].text}" if taken else ""

    def _say(self, text: str) -> str:
        """Say what a filter means."""
        try:
            return self.line.read(text).explain()
        except BadFilter as wrong:
            return str(wrong)

    @work
    async def action_filters(self) -> None:
        """Choose a filter with a name, or do something with one."""
        from ka2tui.tui.dialogs.choose import Choose, Item

        if not self._knows:
            await self._learn()
        tabs = self.tabs.tabs
        at = self.tabs.at
        now = tabs[at] if at is not None else None
        deeds: list[tuple[str, str, Any]] = []
        if self.filtering and self.line.misread is None:
            deeds.append(("Save this filter under a name", "ctrl+s", self._save))
        if now is not None and now.id is not None:
            deeds += [
                (f"Rename {now.name}", "", lambda: self._rename(now)),
                (f"Remove {now.name}", "", lambda: self._remove(now)),
            ]
        items = [Item(place, tab.name, tab.text) for place, tab in enumerate(tabs)]
        items += [Item(len(tabs) + n, word, key=key) for n, (word, key, _) in enumerate(deeds)]
        chosen = await self.app.push_screen_wait(Choose("Filters", items, at=at))
        if chosen is None:
            return
        if chosen < len(tabs):
            self.put_filter(tabs[chosen].text)
        else:
            await deeds[chosen - len(tabs)][2]()

    async def _rename(self, tab: Tab) -> None:
        from ka2tui.tui.dialogs.line import Line

        name = await self.app.push_screen_wait(Line("Name of this filter", value=tab.name))
        if name is not None and tab.id is not None:
            await self.app.do(saved_filters.rename, tab.id, name)

    async def _remove(self, tab: Tab) -> None:
        if tab.id is not None:
            await self.app.do(saved_filters.remove, [tab.id])

    # -- marks ----------------------------------------------------------------------------------

    @work
    async def action_mark_matching(self) -> None:
        """Mark every row in sight that a filter fits."""
        from ka2tui.domain.sieve import Sieve
        from ka2tui.tui.dialogs.line import Line

        if not self._knows:
            await self._learn()
        table = self.list_in_use()
        sieve: Sieve[Any] = Sieve()
        sieve.fill(table.rows_of(table.keys))

        def said(text: str) -> str:
            wanted = self.line.read(text)
            return f"{wanted.explain()}: {plain.count(sieve.count(wanted), 'row')} to mark"

        text = await self.app.push_screen_wait(
            Line("Mark what fits", placeholder=" ".join(self.line.examples), read=said)
        )
        if text is not None:
            found = sieve.pick(self.line.read(text))
            table.mark([table.key(row) for row in found])
            if not found:
                self.app.tell("Nothing here fits this filter.")
