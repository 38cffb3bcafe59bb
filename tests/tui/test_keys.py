"""Keys as data: which of them clash."""

from __future__ import annotations

from typing import Any

import pytest
from textual.binding import Binding
from textual.scroll_view import ScrollView

from ka2tui.settings import Settings
from ka2tui.tui import keys
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.history import HistoryPage
from ka2tui.tui.pages.meeting import MeetingPage
from ka2tui.tui.pages.meeting_people import PeoplePane
from ka2tui.tui.pages.tasks import TasksPage
from ka2tui.tui.widgets.board import Board
from ka2tui.tui.widgets.details import Details
from ka2tui.tui.widgets.record_table import RecordTable


class Scrolled(ScrollView):
    """Listens to a key that Textual's own scrolling listens to as well."""

    BINDINGS = [Binding("up", "rise", "Rise", id="row.rise")]  # noqa: RUF012


class Doubled(Scrolled):
    """Listens to two keys that can be made the same."""

    BINDINGS = [Binding("s", "sink", "Sink", id="row.sink")]  # noqa: RUF012


@pytest.mark.parametrize(
    "chain",
    [
        (RecordTable, TasksPage, Ka2tui),
        (Board, TasksPage, Ka2tui),
        (RecordTable, HistoryPage, Ka2tui),
        (Details, TasksPage, Ka2tui),
        (PeoplePane, MeetingPage, Ka2tui),
    ],
)
def test_the_keys_of_vi_take_nothing_away(chain: tuple[type[Any], ...]) -> None:
    assert keys.clashes([chain], keys.keymap(Settings(keys="vim"))) == []


def test_a_style_names_only_keys_there_are_and_takes_none_away_anywhere() -> None:
    every = keys.every()
    wanted = keys.keymap(Settings(keys="vim"))
    assert set(wanted) <= {it.name for it in every}
    usual = {it.name: {other.name for other in keys.taken(every, it, {})} for it in every}
    for known in every:
        if known.name in wanted:
            more = {it.name for it in keys.taken(every, known, wanted)} - usual[known.name]
            assert more == set(), known.name


def test_what_textual_listens_to_itself_is_no_clash() -> None:
    assert keys.clashes([(Scrolled,)], {"row.rise": "up,pageup"}) == []


def test_two_of_ours_on_one_key_are_named() -> None:
    (said,) = keys.clashes([(Doubled,)], {"row.rise": "s"})
    assert "The key s would mean both" in said
    assert "Rise" in said
    assert "Sink" in said
