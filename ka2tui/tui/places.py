"""Going from page to page: the app knows each by its name, and where one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.events import ScreenResume

from ka2tui.frozen import frozen
from ka2tui.tui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.domain.search import Entry
    from ka2tui.settings import Settings


@frozen
class Place:
    """A page as the keys and the palette know it."""

    mode: str
    """Its name in MODES."""
    title: str
    digit: str
    letter: str
    """The letter after `g`."""
    about: str
    """One sentence: what one does there."""


class Places(Shell):
    """The shell with pages to go to."""

    PLACES: ClassVar[tuple[Place, ...]] = ()
    """The pages that can be reached, in the order of their digits."""

    def __init__(self, settings: Settings) -> None:
        """Begin where nobody has been anywhere."""
        super().__init__(settings)
        self.visited: list[str] = []
        self.wanted_records: dict[str, int] = {}
        """By page, the record it is to stand on when it is looked at next."""
        self.wanted_words: dict[str, str] = {}
        """By page, the words of the filter when it is looked at next."""
        self.wanted_problem: tuple[str, int | None] | None = None
        """The record whose findings are to be shown next: its kind and its id, none for all."""
        self.wanted_history: tuple[str, int, str] | None = None
        """The record whose history is to be shown next: its kind, its id, what it is called."""

    def action_go(self, mode: str) -> None:
        """Go to a page, as it was left; where one is there already, to the page itself."""
        if mode == self.current_mode:
            self._uncover()
            return
        if self.current_mode in self.MODES:
            self.visited.append(self.current_mode)
        del self.visited[:-20]
        self.switch_mode(mode)

    def action_back(self) -> None:  # type: ignore[override]
        """Go back to the page one came from."""
        if self.visited:
            self.switch_mode(self.visited.pop())

    def _uncover(self) -> None:
        """Leave the pages that stand over the one that was gone to."""
        while len(self.screen_stack) > 1 and not self.screen.is_modal:
            self.pop_screen()

    # -- records --------------------------------------------------------------------------------

    def open_record(self, mode: str, record: int) -> None:
        """Go to a page, which then stands on this record."""
        self.wanted_records[mode] = record
        self._show_page(mode)

    def open_words(self, mode: str, words: str) -> None:
        """Go to a page, which then shows only what has these words."""
        self.wanted_words[mode] = words
        self._show_page(mode)

    def open_history(self, table: str, row: int, name: str) -> None:
        """Go to the history, which then shows only the changes of one record."""
        self.wanted_history = (table, row, name)
        self._show_page("history")

    def open_problems(self, table: str, row: int | None) -> None:
        """Go to the problems, and stand on the first that is about this record."""
        self.wanted_problem = (table, row)
        self._show_page("problems")

    def _show_page(self, mode: str) -> None:
        """Go to a page itself, also from what stands over it."""
        if mode == self.current_mode and len(self.screen_stack) == 1:
            self.screen.post_message(ScreenResume())
        elif mode != self.current_mode:
            self.action_go(mode)
        self._uncover()

    def go_to(self, entry: Entry) -> None:
        """Go to any record; the app with pages knows where each kind is shown."""

    async def open_assessment(self, assessment: int, *, code: str = "") -> None:
        """Open an assessment, at the item of this code; the app with pages has the page."""

    async def open_comparison(
        self, assessments: Sequence[int], code: str | None = None, older: Sequence[int] = ()
    ) -> None:
        """Open assessments beside each other; the app with pages has the page.

        Args:
            assessments: The ids of those to compare.
            code: Of the item that it begins at.
            older: The ids of those that are left out, to be named.
        """
