"""A list of sentences that are read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui.tui.desk import Desk
from ka2tui.tui.widgets.sentences import Sentence, Sentences
from ka2tui.tui.widgets.toned import Toned
from tests.tui.driving import widget_lines
from tests.tui.hostile import ACTS, HOSTILE

if TYPE_CHECKING:
    from textual.app import ComposeResult

THREE = [
    Sentence(1, "!", "late", "The list names more people than the report does", "Ask for it."),
    Sentence(2, "W", "soon", "The agenda is missing"),
    Sentence(3, "·", "", "The minutes are not sent", "Ten days are good practice."),
]


class Shown(Toned):
    def __init__(self, sentences: list[Sentence]) -> None:
        super().__init__()
        self.sentences = sentences
        self.opened: list[int] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return Desk.get_theme_variable_defaults(self)  # type: ignore[arg-type]

    def compose(self) -> ComposeResult:
        self.list = Sentences("Look at", empty="Nothing asks for a look.")
        yield self.list

    def on_mount(self) -> None:
        self.list.show(self.sentences)
        self.list.focus()

    def on_sentences_opened(self, event: Sentences.Opened) -> None:
        self.opened.append(event.key)


def drawn(app: Shown) -> list[str]:
    return [line.rstrip() for line in widget_lines(app.list)]


async def test_every_sentence_is_read_whole_with_its_reason() -> None:
    app = Shown(THREE)
    async with app.run_test(size=(34, 14)) as pilot:
        await pilot.pause()
        assert drawn(app)[:8] == [
            " ! The list names more people",
            "   than the report does",
            "   Ask for it.",
            " W The agenda is missing",
            " · The minutes are not sent",
            "   Ten days are good practice.",
            "",
            "",
        ]


async def test_the_cursor_goes_from_sentence_to_sentence_and_stays_in_sight() -> None:
    app = Shown(THREE)
    async with app.run_test(size=(34, 5)) as pilot:
        await pilot.pause()
        await pilot.press("end", "enter", "up", "enter", "down", "down")
        await pilot.pause()
        assert app.opened == [3, 2]
        assert app.list.cursor_key == 3
        assert drawn(app)[1:] == [" · The minutes are not sent", "   Ten days are good practice."]
        await pilot.press("home")
        await pilot.pause()
        assert drawn(app)[0] == " ! The list names more people"


async def test_the_cursor_stays_on_its_sentence_when_others_come() -> None:
    app = Shown(THREE)
    async with app.run_test(size=(34, 14)) as pilot:
        await pilot.press("down")
        app.list.show([Sentence(9, "!", "late", "New"), *THREE])
        assert app.list.cursor_key == 2
        app.list.show(THREE[2:])
        assert app.list.cursor_key == 3


async def test_a_click_chooses_and_a_second_one_opens() -> None:
    app = Shown(THREE)
    async with app.run_test(size=(34, 14)) as pilot:
        await pilot.pause()
        await pilot.click(app.list, offset=(8, 5))
        assert (app.list.cursor_key, app.opened) == (3, [])
        await pilot.click(app.list, offset=(8, 6))
        assert app.opened == [3]


async def test_nothing_to_say_is_said() -> None:
    app = Shown([])
    async with app.run_test(size=(34, 14)) as pilot:
        await pilot.press("down", "end", "enter")
        assert drawn(app)[0] == " Nothing asks for a look."
        assert app.opened == []


@pytest.mark.parametrize("width", [4, 20, 100])
async def test_hostile_texts_are_shown_and_do_nothing(width: int) -> None:
    app = Shown([Sentence(n, it[:1], "late", it, it) for n, it in enumerate(HOSTILE[:-1])])
    async with app.run_test(size=(width, 30)) as pilot:
        for _ in HOSTILE:
            await pilot.press("down")
            assert not ACTS & set("".join(widget_lines(app.list)))
        if width == 100:
            await pilot.press("home")
            assert "[bold]WP1[/bold]" in app.list.text
