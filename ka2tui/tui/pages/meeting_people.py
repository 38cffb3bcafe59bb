"""Who is at one meeting: by name and day, and in numbers without names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import getters, work
from textual.binding import Binding, BindingType

from ka2tui.domain import days
from ka2tui.domain.kinds import MeetingMode, Presence
from ka2tui.tui import plain
from ka2tui.tui.desk import Desk
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import meeting_words as words
from ka2tui.tui.widgets.record_table import Column, RecordTable, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ka2tui.operations import attendance, head_counts
    from ka2tui.queries.meeting_people import CountRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.queries.tasks import Choices
    from ka2tui.tui.dialogs.form import Option
    from ka2tui.tui.plain import Cell
else:
    attendance = lazily("ka2tui.operations.attendance")
    head_counts = lazily("ka2tui.operations.head_counts")

_CYCLE = (
    *(None, Presence.EXPECTED, Presence.PRESENT, Presence.ONLINE),
    *(Presence.EXCUSED, Presence.ABSENT),
)
_BLANK = frozenset({None, Presence.EXPECTED})
"""What says nothing yet of whether somebody was there."""
_ALL_DAYS = 0
_MOST_NAMED = 3
"""Days that are named in full above their column."""


_MOST_SAID = 3
"""Marks whose words find room below the list."""


class Comer(NamedTuple):
    """Somebody who can be there, or a number of people without names."""

    id: int
    """Of the contact; below 0, of the count."""
    name: str
    partner: str
    presences: tuple[Presence | None, ...] = ()
    """One for each day."""
    partner_id: int | None = None
    counted: CountRow | None = None


_NOBODY = "Nobody is known yet. Press + to add somebody, # to count heads."
_NOBODY_AWAY = "Nobody is known yet. tab leads here, to add somebody or count heads."

_OF_SOMEBODY = frozenset({"presence", "there", "all_present", "partner", "expect_all", "take_off"})
"""What is done with people who are known."""


class PeoplePane(RecordTable[Comer]):
    """Everybody of the project with a column for each day, then the head counts."""

    app = getters.app(Desk)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "presence", "next mark", show=False, id="present.mark",
                tooltip="Next mark: expected, present, online, excused, absent, none"),
        Binding("right", "unfold", "Next day", show=False, id="list.unfold",
                tooltip="Mark the next day of the meeting"),
        Binding("left", "fold", "Day before", show=False, id="list.fold",
                tooltip="Mark the day before, or all days at once"),
        Binding("p", "there('present')", "present", id="present.present",
                tooltip="Mark as present, and go on to the next"),
        Binding("o", "there('online')", "online", id="present.online",
                tooltip="Mark as there online, and go on to the next"),
        Binding("minus", "there('absent')", "absent", key_display="-", id="present.absent",
                tooltip="Mark as absent, and go on to the next"),
        Binding("P", "all_present", "all present", id="present.all",
                tooltip="Mark everybody who is expected as present"),
        Binding("O", "partner", "whole partner", show=False, id="present.partner",
                tooltip="Mark the whole partner: who has no mark, then all, then all absent"),
        Binding("w", "expect_all", "all expected", show=False, id="present.expect_all",
                tooltip="Expect everybody of the partners who is not on the list yet"),
        Binding("plus", "invite", "add somebody", key_display="+", id="present.add",
                tooltip="Add somebody who is not known yet"),
        Binding("number_sign,h", "count_heads", "count", key_display="#", show=False,
                id="present.count", tooltip="Say how many came, without names"),
        Binding("x", "take_off", "off", show=False, id="present.remove",
                tooltip="Take off the list; of a count, remove it"),
    ]  # fmt: skip

    def __init__(self, meeting: int) -> None:
        """Make the empty list of a meeting, by its id."""
        super().__init__(
            _columns((), ()),
            self._shown_as,
            title="People",
            empty=_NOBODY_AWAY,
            id="present",
        )
        self.meeting = meeting
        self.seen: MeetingDetails | None = None
        self.choices: Choices | None = None
        self.at_day = _ALL_DAYS
        """The day that is marked, counted from 1."""
        self._stand_on: int | None = None

    def on_focus(self) -> None:
        """Name the keys that work here."""
        self.set_empty(_NOBODY)

    def on_blur(self) -> None:
        """Name the key that leads here."""
        self.set_empty(_NOBODY_AWAY)

    def show_meeting(self, seen: MeetingDetails, choices: Choices) -> None:
        """Show who is there, with a column for each day."""
        first = self.seen is None
        self.seen, self.choices = seen, choices
        meeting_days = seen.row.days
        if first and len(meeting_days) > 1 and self.app.today in meeting_days:
            self.at_day = meeting_days.index(self.app.today) + 1
        self.at_day = min(self.at_day, len(meeting_days) if len(meeting_days) > 1 else _ALL_DAYS)
        several = meeting_days if len(meeting_days) > 1 else ()
        rows = list(_comers(seen))
        self.set_columns(_columns(several, [row for row in rows if isinstance(row, Comer)]))
        self.set_rows(rows)
        if self._stand_on is not None and self.move_to(self._stand_on):
            self._stand_on = None
        self._say_title()

    def _say_title(self) -> None:
        """Say how many there are; below, what the marks mean and which day they are of."""
        if self.seen is None:
            return
        self.set_title(plain.join(["People", *words.numbers(self.seen)]))
        if not self.count:
            self.set_hint("+ add somebody  # count")
            return
        meeting_days = self.seen.row.days
        if len(meeting_days) < 2:  # one day has a word beside each name
            self.set_hint("p present  o online  - absent")
            return
        which = "all days" if self.day is None else _named(self.day)
        self.set_hint(plain.join([_legend(self.seen), f"←→ {which}"]))

    @property
    def day(self) -> date | None:
        """The day that is marked; None: all of them."""
        if self.seen is None or self.at_day == _ALL_DAYS:
            return None
        return self.seen.row.days[self.at_day - 1]

    def _shown_as(self, comer: Comer) -> Sequence[Cell]:
        count = comer.counted
        if count is not None:
            online = f", {count.online} online" if count.online else ""
            blank: list[Cell] = [""] * (len(self.columns) - 3)
            return (*blank, comer.name, (comer.partner, "quiet"), f"{count.people}{online}")
        marks: list[Cell] = [
            (glyph, tone) for glyph, tone, _ in map(words.PRESENCES.__getitem__, comer.presences)
        ]
        mixed = self.at_day == _ALL_DAYS and len(set(comer.presences)) > 1
        word = "day by day" if mixed else words.PRESENCES[self._stands(comer)][2]
        listed = any(comer.presences)
        name: Cell = (comer.name, "" if listed else "quiet")
        return (*marks, name, (comer.partner, "quiet"), word)

    def _stands(self, comer: Comer) -> Presence | None:
        """Give somebody's presence on the day that is marked."""
        return comer.presences[max(self.at_day - 1, 0)]

    def _marked(self, comer: Comer) -> Sequence[Presence | None]:
        """Give somebody's presences on the days that are marked."""
        at = self.at_day
        return comer.presences if at == _ALL_DAYS else comer.presences[at - 1 : at]

    # -- by name --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer days only where there are several, and marks where there is somebody."""
        if action in _OF_SOMEBODY and not self.count:
            return False
        if action in ("fold", "unfold"):
            return self.seen is not None and len(self.seen.row.days) > 1
        return super().check_action(action, parameters)

    def action_unfold(self) -> None:
        """Mark the next day: all of them at once, then one after the other."""
        self._mark_day(self.at_day + 1)

    def action_fold(self) -> None:
        """Mark the day before, or all of them at once."""
        self._mark_day(self.at_day - 1)

    def _mark_day(self, day: int) -> None:
        if self.seen is not None:
            self.at_day = min(max(day, _ALL_DAYS), len(self.seen.row.days))
            self.set_rows(self.rows, hidden=self.hidden)
            self._say_title()

    @work
    async def action_presence(self) -> None:
        """Go on to the next presence of the chosen people, on the day that is marked."""
        people = [key for key in self.chosen if key > 0]
        first = self.row_of(people[0]) if people else None
        if first is None or self.seen is None:
            if self.cursor_row is not None:
                self.app.tell("This is a number without names. Press # to count again.")
            return
        await self._mark(people, _after(self._stands(first), over=self.seen.row.past))

    async def _mark(self, people: list[int], presence: Presence | None) -> None:
        done = await self.app.do(attendance.mark, self.meeting, people, presence, day=self.day)
        if done is not None:
            self.clear_marks()

    @work
    async def action_partner(self) -> None:
        """Mark everybody of the partner under the cursor who has no mark, then all of them."""
        row = self.cursor_row
        if row is None or row.counted is not None or row.partner_id is None:
            if row is not None:
                self.app.tell("This belongs to no partner. space marks one person.")
            return
        mates = [
            mate
            for mate in map(self.row_of, self.keys)
            if mate is not None and mate.partner_id == row.partner_id and mate.counted is None
        ]
        listed = [mate for mate in mates if any(mate.presences)] or mates
        marks = {each for mate in listed for each in self._marked(mate)}
        blank = bool(marks & _BLANK)
        presence = Presence.ABSENT if marks == {self._there} else self._there
        done = await self.app.do(
            *(attendance.mark_partners, self.meeting, [row.partner_id], presence),
            day=self.day,
            keep=blank,
        )
        if done is None:
            return
        self.clear_marks()
        own = marks - _BLANK - {presence}
        if blank and own:
            self.app.tell(
                f"Whoever of {row.partner} was marked already stays so. "
                f"Press O again: all {presence.word}."
            )
        elif presence is Presence.ABSENT:
            self.app.tell(
                f"All of {row.partner} were {self._there.word}, and are marked as absent now. "
                "u takes it back."
            )
        elif own:
            said = plain.join([self._said_of(mate, presence) for mate in listed], ", ")
            self.app.tell(f"All of {row.partner} are {presence.word} now; {said}. u takes it back.")

    def _said_of(self, mate: Comer, presence: Presence) -> str:
        """Say how somebody was marked until now; blank where they were marked so before."""
        was = [each for each in dict.fromkeys(self._marked(mate)) if each not in (None, presence)]
        return f"{mate.name} was {' and '.join(each.word for each in was if each)}" if was else ""

    @property
    def _there(self) -> Presence:
        """How one attends who is there: at a meeting that is online, online."""
        online = self.seen is not None and self.seen.row.mode is MeetingMode.ONLINE
        return Presence.ONLINE if online else Presence.PRESENT

    @work
    async def action_there(self, how: str) -> None:
        """Say of the chosen people how they were there; of one alone, go on to the next."""
        people = [key for key in self.chosen if key > 0]
        if not people:
            if self.cursor_row is not None:
                self.app.tell("This is a number without names. Press # to count again.")
            return
        alone = not self.marks
        if alone:  # at once, so that the next key means the next one
            self.action_move(1)
        await self._mark(people, Presence(how))

    @work
    async def action_expect_all(self) -> None:
        """Expect everybody of the partners."""
        done = await self.app.do(attendance.expect_all, self.meeting)
        if done is not None and not done.value:
            self.app.tell("Everybody of the partners is on the list already.")

    @work
    async def action_all_present(self) -> None:
        """Mark everybody who is expected as present, on the day that is marked."""
        done = await self.app.do(attendance.all_present, self.meeting, day=self.day)
        if done is not None and done.entry is None:
            self.app.tell("Nobody is expected. Press w to expect everybody.")

    @work
    async def action_invite(self) -> None:
        """Add somebody who is not known yet, and expect them."""
        from ka2tui.tui.dialogs.form import Field, Form, Option

        options = [Option(None, "nobody's"), *self._partners()]
        fields = [
            Field("name", "Name", required=True),
            Field("partner_id", "Partner", "choice", options=options),
            Field("role", "Role", hint="teacher, project manager"),
            Field("email", "E-mail"),
        ]

        async def save(filled: Any) -> Any:
            values = dict(filled.values)
            name = values.pop("name")
            return await self.app.attempt(attendance.invite, self.meeting, name, **values)

        filled = await self.app.push_screen_wait(Form("Add somebody", fields, save=save))
        if filled is not None:
            self._go(filled.saved.value)

    @work
    async def action_take_off(self) -> None:
        """Take the chosen people off the list, or remove the count under the cursor."""
        row = self.cursor_row
        if row is not None and row.counted is not None and not self.marks:
            await self.app.do(head_counts.remove, row.counted.id)
            return
        people = [key for key in self.chosen if key > 0]
        if people:
            await self._mark(people, None)

    # -- in numbers -----------------------------------------------------------------------------

    @work
    async def action_count_heads(self) -> None:
        """Say how many came of a partner or another group, without names."""
        from ka2tui.domain.countries import read_country, say_country
        from ka2tui.tui.dialogs.form import Field, Form, Option

        count = None if self.cursor_row is None else self.cursor_row.counted
        of = None if count is None else count.partner_id
        options = [Option(None, "–"), *self._partners(of)]
        fields = [
            Field("people", "How many", "integer", None if count is None else count.people,
                  required=True),
            Field("partner_id", "Partner", "choice", of, options=options),
            Field("online", "Of them online", "integer", None if count is None else count.online),
            Field("country", "Country", value=None if count is None else count.country,
                  hint="PL, Greece; empty: the partner's", read=read_country, write=say_country,
                  say=say_country),
            Field("profile", "Profile", value=None if count is None else count.profile,
                  hint="teachers, students"),
            Field("fewer_opportunities", "Fewer opp.", "integer", count and count.fewer,
                  more=True, hint="how many of them with fewer opportunities"),
            Field("organisation", "Organisation", hint="where it is no partner", more=True,
                  value=None if count is None or of else count.who),
        ]  # fmt: skip

        async def save(filled: Any) -> Any:
            values = dict(filled.values)
            values["online"] = values["online"] or 0
            people = values.pop("people")
            return await self.app.attempt(head_counts.add, self.meeting, people, **values)

        form = Form("How many came, without names", fields, save=save)
        filled = await self.app.push_screen_wait(form)
        if filled is not None:
            self._go(-filled.saved.value)

    def _partners(self, current: int | None = None) -> list[Option]:
        """Offer the partners that stay, and the one that stands there."""
        from ka2tui.tui.dialogs.form import Option

        offered = self.choices.offered(current) if self.choices is not None else ()
        return [Option(one.id, one.word, one.note) for one in offered]

    def _go(self, key: int) -> None:
        """Put the cursor on what was just added, as soon as it is there."""
        if not self.move_to(key):
            self._stand_on = key


def _comers(seen: MeetingDetails) -> Iterator[Comer | Section]:
    """Give everybody who can be there, then the numbers without names."""
    for person in seen.people:
        partner = person.partner or ""
        yield Comer(person.id, person.name, partner, person.presences, person.partner_id)
    if not seen.counts:
        return
    from ka2tui.domain.countries import say_country

    yield Section("Counted without names", str(seen.row.counted))
    for count in seen.counts:
        country = say_country(count.country) if count.country else None
        name = plain.join([count.profile, country]) or "people"
        yield Comer(-count.id, name, count.who or "", counted=count)
    by_country, by_profile = words.countries(seen), words.profiles(seen)
    if by_country:
        yield Section("By country", by_country)
    if by_profile:
        yield Section("By profile", by_profile)


def _columns(several: Sequence[date], rows: Sequence[Comer]) -> list[Column]:
    """Give a column to each day where there are several, and the room these people need.

    More days than three are named by their number alone.
    """
    named = [_named(day) if len(several) <= _MOST_NAMED else f"{day.day}" for day in several]
    marks = [Column(name, plain.width(name), importance=8) for name in named]
    name = plain.longest([row.name for row in rows])
    partner = plain.longest([row.partner for row in rows], 7, 24)
    return [
        *(marks or [Column("", 1, importance=8)]),
        Column("Name", 14, share=1, wish=name, importance=9),
        Column("Partner", min(partner, 8), wish=partner, importance=6),
        Column("", 12, importance=7 if not several else 4),
    ]


def _named(day: date) -> str:
    """Name a day as its column does: Fri 4."""
    return f"{days.DAY_NAMES[day.weekday()]} {day.day}"


def _legend(seen: MeetingDetails) -> str:
    """Say in words what the marks of these people mean."""
    found = {presence for person in seen.people for presence in person.presences}
    if len(found - {None}) > _MOST_SAID:  # these two say themselves what they mean
        found -= {Presence.EXPECTED, Presence.PRESENT}
    shown = (words.PRESENCES[presence] for presence in _CYCLE if presence in found)
    return "  ".join(f"{glyph} {word}" for glyph, _, word in shown if word)


def _after(stands: Presence | None, *, over: bool) -> Presence | None:
    """Give the presence that follows; when a meeting is over, nobody is only expected."""
    if over and stands is None:
        return Presence.PRESENT
    return _CYCLE[(_CYCLE.index(stands) + 1) % len(_CYCLE)]
