"""A page with a list of entries and their details: what all such pages do alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal

from ka2tui.tui import projector
from ka2tui.tui.detail_page import DetailPage, panes
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.record_table import Column


class EntriesPage(DetailPage):
    """A list that stands on what another page wants to show, and says why it is empty.

    A page gives its rows in `entries`, from what `load` has read, and says in `columns` and
    `cells` how they are shown.
    """

    MODE: ClassVar[str] = ""
    """What the app calls the page, where it is one of its places."""

    EMPTY: ClassVar[str] = ""
    """What an empty list says: with the key of the first step."""

    WORD: ClassVar[str] = ""
    """What one row is called: "indicator"."""

    NEED_ROWS: ClassVar[frozenset[str]] = frozenset()
    """Actions that need a row under the cursor."""

    DEFAULT_CSS = f"EntriesPage {{{panes(50, 64)}}}"

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.every: Sequence[Any] = ()
        """All rows that were read."""
        self._wanted: int | None = None

    def content(self) -> Iterable[Widget]:
        """Give the list, and the details beside it."""
        self.table: RecordTable[Any] = RecordTable(
            self.columns(()), self.cells, key=self.row_key, tone=self.tone, title=self.NAME,
            empty=self.EMPTY,
        )  # fmt: skip
        self.details = Details(self.NOTHING, hint=self.READ)
        yield Horizontal(self.table, self.details, id="panes")

    def columns(self, rows: Sequence[Any]) -> list[Column]:
        """Give each column the room that these rows need."""
        raise NotImplementedError

    def cells(self, row: Any) -> Sequence[Cell]:
        """Give what stands in a row."""
        raise NotImplementedError

    def row_key(self, row: Any) -> int:
        """Give the key of a row; by default its id."""
        key: int = row.id
        return key

    def key_of(self, record: int) -> int:
        """Give the key of the row that stands for a record; by default the same."""
        return record

    def tone(self, row: Any) -> Any:
        """Give the tone of a whole row."""
        return ""

    def entries(self, seen: Any) -> Sequence[Any]:
        """Give the rows of what was read; by default all of it."""
        rows: Sequence[Any] = seen
        return rows

    def heading(self, shown: Sequence[Any]) -> str:
        """Say what stands above the list."""
        return self.NAME

    def show(self, seen: Any) -> None:
        """Show the list, and stand on what was asked for."""
        self.every = self.entries(seen)
        self.refill()
        self.refresh_bindings()

    def refill(self) -> None:
        """Show what the filter lets through, and stand on what was asked for."""
        shown = self.fill_list(self.every, self.columns, word=self.WORD, empty=self.EMPTY)
        self.table.set_title(self.heading(shown))
        self.stand()

    def want(self, record: int | None) -> None:
        """Stand on a record, now or when it is there."""
        self._wanted = record
        self.stand()

    def stand(self) -> None:
        """Put the cursor where somebody wants to see it."""
        if self._wanted is None:
            return
        key = self.key_of(self._wanted)
        if self.table.move_to(key):
            self._wanted = None
        elif self.filtering and any(self.row_key(row) == key for row in self.every):
            self._wanted = None
            self.app.tell("Added, but hidden by the filter. escape shows all.")

    def on_screen_resume(self) -> None:
        """Stand on the row that another page wants to show."""
        text = self.app.wanted_words.pop(self.MODE, None)
        if text is not None:
            self.put_filter(text)
        wanted = self.app.wanted_records.pop(self.MODE, None)
        if wanted is not None:
            self.line.clear()
            self.want(wanted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a verb where there is something it can be done with."""
        if projector.hides(self.app, action):
            return False
        if not self.line.typing and action in self.NEED_ROWS and not self.table.count:
            return False
        return super().check_action(action, parameters)
