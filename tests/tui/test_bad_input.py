"""Whatever is typed into a field: it is understood, or a sentence says why not, and it stays."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from ka2tui.tui.dialogs.form import Entry, Field, Form
from tests.tui.driving import screen_text, settled
from tests.tui.fakes import FakePortfolio
from tests.tui.rows_page import RowsDesk

HOSTILE = [
    "   ", "\x00", "9" * 30, "9" * 5000, "-999", "1e400", "１２", "1_000", "²", "32.13.2026",
    "0000-00-00",
    "M0", "M999999999999", "+999999999w", "€", "€ 99999999999999999999", "[/]",
    "[@click=app.bell]x[/]", "\x1b]52;c;x\x07", "\u202e", "💥" * 100, "a" * 10_000, "=1+1",
]  # fmt: skip
KINDS = ["text", "long", "date", "amount", "integer", "tags"]
"""Kinds of fields that are typed in."""


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_field_understands_or_says_why_not_and_keeps_what_was_typed(text: str) -> None:
    desk = RowsDesk(FakePortfolio)
    fields = [Field(kind, kind.capitalize(), kind) for kind in KINDS]  # type: ignore[arg-type]
    async with desk.run_test(size=(80, 40)) as pilot:
        form = Form("Everything", fields)
        desk.push_screen(form)
        await settled(pilot)
        for entry in form.entries:
            put(entry, text)
        before = {entry.field.name: entry.written for entry in form.entries}
        await pilot.press("ctrl+s")
        await settled(pilot)
        if desk.screen is form:
            assert {entry.field.name: entry.written for entry in form.entries} == before
            wrong = [entry for entry in form.entries if entry.has_class("-wrong")]
            assert wrong
            assert all(str(entry.query_one(".-note").render()).strip() for entry in wrong)
        assert "\x1b" not in screen_text(desk)


def put(entry: Entry, text: str) -> None:
    editor = entry.editor
    if isinstance(editor, Input):
        editor.value = text
    elif isinstance(editor, TextArea):
        editor.text = text
