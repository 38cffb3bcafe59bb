from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, TextArea

from ka2tui.domain.due import Due, Step
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Refused
from ka2tui.tui.dialogs.ask import Ask, AskReason
from ka2tui.tui.dialogs.choose import Choose, Item
from ka2tui.tui.dialogs.form import Entry, Field, Filled, Form, Option, Pick
from ka2tui.tui.dialogs.line import Line
from ka2tui.tui.dialogs.put_off import PutOff
from tests.tui.driving import TODAY, go, screen_text, settled, until
from tests.tui.fakes import FakePortfolio
from tests.tui.hostile import ACTS, HOSTILE
from tests.tui.rows_page import RowsDesk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot
    from textual.screen import Screen

PENDING = object()


class Asked:
    """A dialog on a desk, and what it answered."""

    def __init__(self, pilot: Pilot[None], desk: RowsDesk) -> None:
        self.pilot = pilot
        self.desk = desk
        self.answer: Any = PENDING

    async def open(self, dialog: Screen[Any]) -> None:
        def answered(answer: object) -> None:
            self.answer = answer

        self.answer = PENDING
        await self.desk.push_screen(dialog, answered)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def answered(self) -> Any:
        await until(self.pilot, lambda: self.answer is not PENDING, "the dialog did not answer")
        return self.answer

    @property
    def open_still(self) -> bool:
        return self.answer is PENDING

    @property
    def text(self) -> str:
        return screen_text(self.desk)


@pytest.fixture
async def asked() -> AsyncIterator[Asked]:
    """Dialogs are tried in the smallest window that must do."""
    desk = RowsDesk(FakePortfolio)
    async with desk.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        yield Asked(pilot, desk)


async def test_what_is_told_is_told_once_whole_and_gives_way_to_a_dialog() -> None:
    desk = RowsDesk(FakePortfolio)
    async with desk.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        path = "/" + "x" * 48 + ".html"
        for _ in range(2):
            desk.tell(f"Saved as {path}")  # as wide as no line of a toast is
        await settled(pilot)
        (toast,) = desk.screen.query("Toast")
        assert (toast.size.height, toast.region.bottom) == (2, 23), "two lines above the keys"
        await go(pilot, "f9")
        await desk.push_screen(Ask("Sure?"))
        await settled(pilot)
        assert not any(screen.query("Toast") for screen in desk.screen_stack)
        desk.tell("Only here")
        await settled(pilot)
        assert [len(screen.query("Toast")) for screen in desk.screen_stack] == [0, 1]


# -- choose --------------------------------------------------------------------------------------

COUNTRIES = [Item(1, "Greece", "GR"), Item(2, "Poland", "PL"), Item(3, "Łódź region", "PL")]


async def test_choose_narrows_by_the_words_typed_without_accents(asked: Asked) -> None:
    await asked.open(Choose("Country", COUNTRIES))
    assert "Country" in asked.text
    await asked.press(*"lodz")
    assert "Poland" not in asked.text
    await asked.press("enter")
    assert await asked.answered() == 3


async def test_choose_moves_by_arrows_while_one_types(asked: Asked) -> None:
    await asked.open(Choose("Country", COUNTRIES))
    await asked.press(*"pl", "down", "enter")
    assert await asked.answered() == 3


async def test_choose_begins_where_the_choice_stood(asked: Asked) -> None:
    await asked.open(Choose("Country", COUNTRIES, at=2))
    await asked.press("enter")
    assert await asked.answered() == 2


async def test_choose_with_no_such_words_says_so_and_takes_nothing(asked: Asked) -> None:
    await asked.open(Choose("Country", COUNTRIES))
    await asked.press(*"zzz", "enter")
    assert "Nothing has these words." in asked.text
    assert asked.open_still
    await asked.press("escape")
    assert await asked.answered() is None


async def test_choose_from_a_thousand(asked: Asked) -> None:
    await asked.open(Choose("Task", [Item(n, f"Task {n}") for n in range(1000)]))
    await asked.press("pagedown", "pagedown", "up", "enter")
    assert await asked.answered() > 10


# -- ask -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "answer"), [("y", True), ("n", False), ("enter", False), ("escape", None)]
)
async def test_ask_is_answered_by_one_key(asked: Asked, key: str, answer: object) -> None:
    await asked.open(Ask("Remove this task?", about="You can undo this.", yes="remove"))
    assert "y remove  n no  esc cancel" in asked.text
    assert asked.text.count("remove") == 1
    await asked.press(key)
    assert await asked.answered() is answer


async def test_enter_says_what_the_question_proposes(asked: Asked) -> None:
    await asked.open(Ask("Go on?", proposed=True))
    await asked.press("enter")
    assert await asked.answered() is True


async def test_the_keys_of_a_question_say_each_answer_once(asked: Asked) -> None:
    await asked.open(Ask("Forget this person?", yes="forget"))
    assert "y forget  n no  esc cancel" in asked.text
    await asked.press("escape")
    await asked.open(Ask("Remove?", yes="remove", proposed=True))
    assert "enter remove" in asked.text


async def test_what_is_said_of_a_choice_stands_beside_it(asked: Asked) -> None:
    await asked.open(Choose("Country", COUNTRIES))
    lines = [line for line in asked.text.splitlines() if "GR" in line or "Poland" in line]
    assert [line.index(note) - line.index(word) for line, word, note in zip(
        lines, ("Greece", "Poland"), ("GR", "PL"), strict=True)] == [12, 12]  # fmt: skip


async def test_the_keys_of_a_dialog_stand_apart(asked: Asked) -> None:
    for dialog in (Ask("Remove?"), Choose("Country", COUNTRIES), Form("Add a task", fields())):
        await asked.open(dialog)
        lines = asked.text.splitlines()
        keys = next(n for n, line in enumerate(lines) if "  esc " in line)
        assert not lines[keys - 1].strip(" │"), dialog
        await asked.press("escape")


async def test_what_is_owed_stands_apart_where_there_is_room() -> None:
    desk = RowsDesk(FakePortfolio)
    many = [*fields(), Field("code", "Code")]
    async with desk.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await desk.push_screen(Form("Add a task", many))
        await settled(pilot)
        lines = screen_text(desk).splitlines()
        title = next(n for n, line in enumerate(lines) if "Title *" in line)
        assert not lines[title + 1].strip(" │")
        assert "Due" in lines[title + 2]


async def test_a_reason_is_owed(asked: Asked) -> None:
    await asked.open(AskReason("Go on anyway?", about="3 of 9 are still open."))
    await asked.press("enter")
    assert "Please give a reason." in asked.text
    await asked.press(*"  late", "enter")
    assert await asked.answered() == "late"


# -- line ----------------------------------------------------------------------------------------


def shout(text: str) -> str:
    """Read anything but numbers."""
    if text.isdigit():
        raise Refused("No numbers, please.")
    return f"understood as {text.upper()}"


async def test_a_line_says_live_what_it_understood(asked: Asked) -> None:
    await asked.open(Line("Quick add", read=shout, placeholder="what is to be done"))
    assert "what is to be done" in asked.text
    await asked.press(*"send")
    assert "understood as SEND" in asked.text
    await asked.press("enter")
    assert await asked.answered() == "send"


async def test_a_line_that_means_nothing_is_not_taken(asked: Asked) -> None:
    await asked.open(Line("Quick add", read=shout))
    await asked.press("enter")
    assert "Please type something." in asked.text
    await asked.press(*"12", "enter")
    assert "No numbers, please." in asked.text
    assert asked.open_still


async def test_a_line_may_be_empty_where_that_is_an_answer(asked: Asked) -> None:
    await asked.open(Line("Note", value="old", empty=True))
    await asked.press("backspace", "backspace", "backspace", "enter")
    assert await asked.answered() == ""


# -- put off -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "shown", "answer"),
    [
        ("1", "Sat 5 Dec", Step(days=1)),
        ("2", "Fri 11 Dec", Step(days=7)),
        ("3", "Mon 4 Jan 2027", Step(months=1)),
        ("12 jan", "Tue 12 Jan 2027", Due(date(2027, 1, 12))),
        ("M18", "Wed 31 Mar 2027", Due(date(2027, 3, 31), 18, Precision.MONTH)),
    ],
)
async def test_put_off_by_a_day_a_week_a_month_or_to_a_date(
    asked: Asked, keys: str, shown: str, answer: object
) -> None:
    start = date(2025, 10, 1)
    due = Due(date(2026, 12, 4))
    await asked.open(PutOff("Postpone Send minutes", due, TODAY, start=start))
    await asked.press(*("space" if key == " " else key for key in keys))
    assert shown in asked.text.partition(keys)[2]
    await asked.press("enter")
    assert await asked.answered() == answer


async def test_what_is_late_is_put_off_from_today(asked: Asked) -> None:
    await asked.open(PutOff("Postpone", Due(date(2026, 1, 1)), TODAY))
    assert "1  1 day    tomorrow" in asked.text


async def test_putting_off_says_what_it_does_not_understand(asked: Asked) -> None:
    await asked.open(PutOff("Postpone", None, TODAY))
    await asked.press(*"soonish", "enter")
    assert asked.open_still
    assert asked.text.count("soonish") == 2
    await asked.press("escape")
    assert await asked.answered() is None


# -- form ----------------------------------------------------------------------------------------

PRIORITIES = [Option("low", "low"), Option("normal", "normal"), Option("high", "high")]


def fields(**values: Any) -> list[Field]:
    return [
        Field("due", "Due", "date", values.get("due"), start=date(2025, 10, 1)),
        Field("title", "Title", value=values.get("title"), required=True),
        Field("priority", "Priority", "choice", "normal", options=PRIORITIES),
        Field("effort", "Effort", "integer", values.get("effort"), more=True, hint="hours"),
        Field("amount", "Amount", "amount", values.get("amount"), more=True),
        Field("tags", "Tags", "tags", values.get("tags", ()), more=True),
        Field("notes", "Notes", "long", values.get("notes"), more=True),
    ]


async def test_a_form_shows_what_is_required_first_and_folds_the_rest(asked: Asked) -> None:
    await asked.open(Form("Add a task", fields()))
    shown = asked.text
    assert shown.index("Title *") < shown.index("Due") < shown.index("Priority")
    assert "Effort" not in shown
    assert "^s save" in shown
    assert "^o more" in shown
    await asked.press("ctrl+o")
    assert "Effort" in asked.text


async def test_a_form_answers_what_was_changed_and_what_it_was_based_on(asked: Asked) -> None:
    values = {"title": "Send agenda", "due": date(2026, 12, 4), "effort": 3, "amount": 1250050}
    await asked.open(Form("Edit", fields(**values), more=True))
    await asked.press("end", *" now", "tab")
    await asked.press(*["backspace"] * 10, *"+2w")
    await asked.press("tab", "right", "tab", "backspace", "ctrl+s")
    filled = await asked.answered()
    assert isinstance(filled, Filled)
    assert filled.changed == {
        "title": "Send agenda now",
        "due": date(2026, 12, 5),
        "priority": "high",
        "effort": None,
    }
    assert filled.based_on == {
        "title": "Send agenda",
        "due": date(2026, 12, 4),
        "priority": "normal",
        "effort": 3,
    }
    assert filled.values["amount"] == 1250050
    assert filled.values["notes"] is None


async def test_a_form_left_as_it_was_answers_no_change(asked: Asked) -> None:
    values = {"title": "x", "tags": ("tpm", "wp1"), "notes": "one\ntwo", "amount": 1}
    await asked.open(Form("Edit", fields(**values), more=True))
    await asked.press("ctrl+s")
    filled = await asked.answered()
    assert filled.changed == {}
    assert filled.values["tags"] == ("tpm", "wp1")


async def test_a_date_stands_in_words_that_are_read_again(asked: Asked) -> None:
    due = date(2026, 12, 4)
    await asked.open(Form("F", [Field("due", "Due", "date", due)]))
    assert "4 Dec 2026" in asked.text
    assert "^s save" in asked.text
    assert "next field" in asked.text
    await asked.press("end", "backspace", "7", "ctrl+s")
    assert (await asked.answered()).changed == {"due": date(2027, 12, 4)}


async def test_a_date_is_echoed_while_it_is_typed(asked: Asked) -> None:
    await asked.open(Form("Add", fields()))
    await asked.press("tab", *"fri")
    assert "Fri 27 Nov" in asked.text
    await asked.press("backspace", *"omething")
    assert "Fri 27 Nov" not in asked.text
    entry = next(it for it in asked.desk.screen.query(Entry) if it.field.name == "due")
    assert entry.has_class("-wrong")


async def test_saving_explains_what_is_wrong_and_goes_there(asked: Asked) -> None:
    await asked.open(Form("Add", fields()))
    await asked.press("tab", *"soonish", "ctrl+s")
    assert asked.open_still
    assert "Title is needed." in asked.text
    assert isinstance(asked.desk.focused, Input)
    assert asked.desk.focused.value == ""  # the title, the first that is wrong
    await asked.press(*"Agenda", "ctrl+s")
    assert asked.open_still
    assert asked.desk.focused.value == "soonish"
    await asked.press(*["backspace"] * 7, "ctrl+s")
    assert (await asked.answered()).values["title"] == "Agenda"


async def test_a_wrong_field_that_is_folded_is_unfolded(asked: Asked) -> None:
    def check(hours: int | None) -> str | None:
        return "More than a day has." if hours and hours > 24 else None

    form = Form("Add", [Field("t", "Title"), Field("h", "Hours", "integer", 99, more=True,
                                                   check=check)])  # fmt: skip
    await asked.open(form)
    await asked.press("ctrl+s")
    assert asked.open_still
    assert "More than a day has." in asked.text
    assert form.has_class("-more")


async def test_values_are_checked_together(asked: Asked) -> None:
    def check(values: Any) -> tuple[str, str] | None:
        return ("to", "The end lies before the start.") if values["to"] < values["from"] else None

    await asked.open(
        Form("Months", [Field("from", "From", "integer", 5), Field("to", "To", "integer", 3)],
             check=check)
    )  # fmt: skip
    await asked.press("ctrl+s")
    assert asked.open_still
    assert "The end lies before the start." in asked.text
    assert isinstance(asked.desk.focused, Input)
    assert asked.desk.focused.value == "3"


async def test_a_refused_save_keeps_the_form_and_what_was_typed(asked: Asked) -> None:
    refuse = True

    async def save(filled: Filled) -> str:
        if refuse:
            raise Refused("This code is taken: [/] T2.3.")
        return f"saved {filled.values['title']}"

    await asked.open(Form("Add", fields(), save=save))
    await asked.press(*"Agenda", "ctrl+s")
    await settled(asked.pilot)
    assert asked.open_still
    assert "This code is taken: [/] T2.3." in asked.text
    assert "Agenda" in asked.text
    refuse = False
    await asked.press("ctrl+s")
    assert (await asked.answered()).saved == "saved Agenda"


async def test_escape_asks_before_dropping_what_was_typed(asked: Asked) -> None:
    await asked.open(Form("Add", fields()))
    await asked.press(*"Agenda", "escape")
    await until(asked.pilot, lambda: "Leave without saving?" in asked.text)
    await asked.press("n")
    await until(asked.pilot, lambda: "Leave without saving?" not in asked.text)
    assert "Agenda" in asked.text
    await asked.press("escape")
    await until(asked.pilot, lambda: "Leave without saving?" in asked.text)
    await asked.press("y")
    assert await asked.answered() is None


async def test_escape_leaves_an_untouched_form_at_once(asked: Asked) -> None:
    await asked.open(Form("Edit", fields(title="x")))
    await asked.press("escape")
    assert await asked.answered() is None


async def test_enter_goes_from_field_to_field_and_saves_at_the_last(asked: Asked) -> None:
    form = Form("Add", [Field("a", "A"), Field("b", "B")])
    await asked.open(form)
    await asked.press("1", "enter", "2", "enter")
    assert (await asked.answered()).values == {"a": "1", "b": "2"}


async def test_long_text_keeps_its_lines(asked: Asked) -> None:
    await asked.open(Form("Notes", [Field("notes", "Notes", "long")]))
    assert isinstance(asked.desk.focused, TextArea)
    await asked.press(*"one", "enter", *"two", "ctrl+s")
    assert (await asked.answered()).values == {"notes": "one\ntwo"}


async def test_a_choice_by_arrow_and_from_a_list(asked: Asked) -> None:
    form = Form("P", [Field("p", "Priority", "choice", "normal", options=PRIORITIES)])
    await asked.open(form)
    pick = form.query_one(Pick)
    assert "normal ‹ ›" in asked.text
    await asked.press("right")
    assert pick.value == "high"
    await asked.press("right", "left")
    assert pick.value == "high"
    await asked.press("enter")
    await until(asked.pilot, lambda: isinstance(asked.desk.screen, Choose))
    assert "type to find" not in asked.text  # three are seen at a glance
    await asked.press(*"nor", "enter")
    await until(asked.pilot, lambda: pick.value == "normal")


PEOPLE = [
    Option(None, "nobody"),
    Option(1, "Ana Moreno Vidal"),
    Option(2, "Eleni Vlachou"),
    Option(3, "Rosa Conti"),
    Option(4, "Matteo Rossi"),
]


async def test_a_name_typed_on_a_choice_finds_who_is_meant(asked: Asked) -> None:
    form = Form("T", [Field("who", "Who", "choice", None, options=PEOPLE)])
    await asked.open(form)
    pick = form.query_one(Pick)
    await asked.press("r")
    await until(asked.pilot, lambda: isinstance(asked.desk.screen, Choose))
    await asked.press(*"osa")
    assert pick.value is None
    assert "Ana Moreno Vidal" not in asked.text
    await asked.press("enter")
    await until(asked.pilot, lambda: pick.value == 3)
    await asked.press("M")
    await until(asked.pilot, lambda: isinstance(asked.desk.screen, Choose))
    await asked.press(*"atteo", "escape")
    await until(asked.pilot, lambda: asked.desk.screen is form)
    assert pick.value == 3


async def test_enter_goes_on_from_a_choice_just_made_and_tab_from_lines(asked: Asked) -> None:
    who = Field("who", "Who", "choice", None, options=PEOPLE)
    form = Form("T", [who, Field("notes", "Notes", "long"), Field("code", "Code")])
    await asked.open(form)
    assert "enter list" in asked.text
    await asked.press(*"rosa", "enter")
    await until(asked.pilot, lambda: "enter next field" in asked.text)
    await asked.press("enter")
    assert isinstance(asked.desk.focused, TextArea)
    assert "enter next field" not in asked.text
    assert "tab next field" in asked.text
    await asked.press(*"one", "enter", *"two", "tab", "1", "ctrl+s")
    assert (await asked.answered()).values == {"who": 3, "notes": "one\ntwo", "code": "1"}


async def test_the_letter_that_opened_the_list_narrows_it(asked: Asked) -> None:
    form = Form("T", [Field("who", "Who", "choice", None, options=PEOPLE)])
    await asked.open(form)
    await asked.press("x")
    await until(asked.pilot, lambda: isinstance(asked.desk.screen, Choose))
    await until(asked.pilot, lambda: "Nothing has these words." in asked.text)
    await asked.press("enter", "escape")
    await until(asked.pilot, lambda: asked.desk.screen is form)
    assert form.query_one(Pick).value is None


async def test_a_choice_that_is_not_offered_stays_unless_changed(asked: Asked) -> None:
    await asked.open(Form("P", [Field("p", "Partner", "choice", None, options=PRIORITIES)]))
    assert "– ‹ ›" in asked.text
    await asked.press("ctrl+s")
    assert (await asked.answered()).changed == {}


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("amount", "12 500,50", 1250050),
        ("integer", "14", 14),
        ("tags", "#tpm, wp1 tpm", ("tpm", "wp1")),
        ("date", "M18", date(2027, 3, 31)),
        ("date", "2026-12-04", date(2026, 12, 4)),
        ("text", "  [/] \x1b]52;c;x\x07 ", "[/] ␛]52;c;x␇"),
    ],
)
async def test_what_is_typed_is_read(asked: Asked, kind: Any, typed: str, value: Any) -> None:
    form = Form("F", [Field("f", "Field", kind, start=date(2025, 10, 1))])
    await asked.open(form)
    field = form.query_one(Input)
    field.value = typed
    await asked.press("ctrl+s")
    assert (await asked.answered()).values == {"f": value}


@pytest.mark.parametrize(("kind", "typed"), [("integer", "1.5"), ("amount", "many"), ("date", "?")])
async def test_what_cannot_be_read_is_explained(asked: Asked, kind: Any, typed: str) -> None:
    form = Form("F", [Field("f", "Field", kind)])
    await asked.open(form)
    form.query_one(Input).value = typed
    await asked.press("ctrl+s")
    assert asked.open_still
    entry = form.query_one(Entry)
    assert entry.has_class("-wrong")


async def test_many_fields_scroll_to_the_one_with_the_focus(asked: Asked) -> None:
    await asked.open(Form("Many", [Field(f"f{n}", f"Field {n}") for n in range(20)]))
    await asked.press(*["down"] * 19)
    await asked.pilot.pause()
    assert "Field 19" in asked.text
    assert "^s save" in asked.text


# -- hostile texts -------------------------------------------------------------------------------


async def test_hostile_texts_pass_through_every_dialog() -> None:
    text = "\n".join(HOSTILE[:-1])

    def refuse(_: str) -> str:
        raise Refused(text)

    async def save(_: Filled) -> None:
        raise Refused(text)

    def field(number: int, text: str) -> list[Field]:
        return [
            Field(f"a{number}", text, value=text, hint=text),
            Field(f"b{number}", text, "long", text),
            Field(f"c{number}", text, "choice", 1, options=[Option(1, text, text)]),
            Field(f"d{number}", text, "tags", (text,)),
        ]

    form = Form(
        text,
        [it for number, text in enumerate(HOSTILE) for it in field(number, text)],
        about=HOSTILE[3],
        save=save,
    )
    dialogs: list[Screen[Any]] = [
        Choose(text, [Item(n, it, it) for n, it in enumerate(HOSTILE)], placeholder=text),
        Choose(text, [], empty=text),
        Ask(text, about=text, yes=text),
        AskReason(text, about=HOSTILE[3], placeholder=text),
        Line(text, value=text, about=HOSTILE[3], placeholder=text, read=refuse),
        PutOff(text, None, TODAY),
        form,
    ]
    desk = RowsDesk(FakePortfolio)
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for dialog in dialogs:
            await desk.push_screen(dialog)
            await settled(pilot)
            if dialog is form:
                await pilot.press("ctrl+s")
                await settled(pilot)
            shown = screen_text(desk)
            assert desk.screen is dialog
            assert "╭─ [/] [bold]WP1[/bold] [WP1] Kick-off" in shown
            assert not ACTS & set(shown.replace("\n", ""))
            desk.pop_screen()
            await pilot.pause()


async def test_a_dialog_in_a_tiny_window_does_no_harm() -> None:
    desk = RowsDesk(FakePortfolio)
    async with desk.run_test(size=(40, 10)) as pilot:
        await settled(pilot)
        for dialog in (Form("Form", fields(), more=True), Choose("C", COUNTRIES), Ask("Really?")):
            await desk.push_screen(dialog)
            await settled(pilot)
            await pilot.press("down", "up")
            desk.pop_screen()
            await pilot.pause()
        await pilot.press("ctrl+q")
    assert desk.return_code == 0
