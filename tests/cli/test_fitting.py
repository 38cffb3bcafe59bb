"""Tables on a terminal: never wider than it, and whole where the answer goes elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ka2tui.cli import fitting, output
from tests.cli.line import Line
from tests.cli.test_meetings import line

__all__ = ["line"]

LONG = "Write the report on the training of all the teachers in the five schools [red] 🎉 of Łódź"

On = Callable[[int | None], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Let the terminal have so many columns; None: there is none."""
    return lambda cells: monkeypatch.setattr(output, "room", lambda: cells)


def test_long_cells_are_cut_on_a_terminal_and_whole_elsewhere(line: Line, on: On) -> None:
    line.run("task", "add", LONG, "--tag", "dissemination_and_much_more", "--due", "2026-12-04")
    whole = line.text("task", "list")
    assert LONG in whole
    for cells in (120, 80, 60):
        on(cells)
        said = line.text("task", "list")
        assert max(map(cell_len, said.splitlines())) <= cells
        assert "…" in said
        assert "4 Dec" in said  # what is short is never cut
        assert LONG[:8] in said
    on(None)
    assert line.text("task", "list") == whole


def test_the_search_fits_too(line: Line, on: On) -> None:
    line.run("task", "add", LONG, "--notes", f"{LONG}, {LONG}")
    on(80)
    said = line.text("search", "teachers")
    assert max(map(cell_len, said.splitlines())) <= 80
    assert "Write the report" in said


def test_a_moment_is_whole_or_not_there(line: Line, on: On) -> None:
    argv = ("--start", "3 Dec 2026 09:30", "--end", "4 Dec 2026", "--zone", "Europe/Warsaw")
    line.run("meeting", "add", LONG, "--kind", "learning_activity", "--place", LONG, *argv)
    on(80)
    assert "3-4 Dec 2026, 09:30 Warsaw" in line.text("meeting", "list")
    on(50)
    assert "3-4 Dec" not in line.text("meeting", "list")
    assert "when" in line.err


def test_a_sentence_goes_on_below_itself(line: Line, on: On) -> None:
    line.run("task", "add", LONG)
    on(60)
    said = line.text("history")
    assert max(map(cell_len, said.splitlines())) <= 60
    assert " ".join(said.split()).count("five schools [red]") == 1
    assert "…" not in said
    first, second = said.splitlines()[1:3]
    assert second.startswith(" " * first.index("Add task"))


def test_headings_are_written_alike(line: Line) -> None:
    line.run("contact", "add", "Zoe Nowak")
    for argv in (("contact", "list"), ("meeting", "templates"), ("partner", "list")):
        heading = line.text(*argv).splitlines()[0]
        assert heading == heading.lower()


@given(
    st.lists(st.integers(0, 300), min_size=1, max_size=9).map(lambda it: dict(enumerate(it))),
    st.integers(2, 400),
    st.data(),
)
def test_columns_always_fit_and_short_ones_are_never_cut(
    widths: dict[int, int], room: int, data: st.DataObject
) -> None:
    main = data.draw(st.sampled_from(sorted(widths)))
    found = fitting.fitted(widths, room, main)
    total = sum(found.values()) + fitting.APART * (len(found) - 1)
    assert main in found
    assert list(found) == sorted(found)
    assert total <= room or list(found) == [main]
    assert all(
        width == widths[at] if widths[at] <= fitting.SHORT else 2 <= width <= widths[at]
        for at, width in found.items()
    )
    if sum(widths.values()) + fitting.APART * (len(widths) - 1) <= room:
        assert found == widths


def test_the_least_important_columns_leave_and_are_named(line: Line, on: On) -> None:
    line.run("project", "edit", "SOLARIS", "--title", LONG, "--action", "KA220-ADU")
    on(60)
    out, err = line.run("project", "list")
    assert max(map(cell_len, out.splitlines())) <= 60
    assert "SOLARIS" in out
    assert LONG[:18] in out
    assert "No room for:" in err
    assert "health" in err
    on(400)
    out, err = line.run("project", "list")
    assert (LONG in out, err) == (True, "")


@given(st.text(max_size=60), st.integers(2, 40))
def test_what_is_cut_fits(text: str, room: int) -> None:
    assert cell_len(fitting.cut(text, room)) <= room
