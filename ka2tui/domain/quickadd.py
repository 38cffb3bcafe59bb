"""A task in one line: Send minutes @OU due:+2w wp:2 !high #tpm every month until M24.

What is understood leaves the title; what is not stays in it, and is said. Nothing that can be
typed is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ka2tui.domain import days, loose_days, quickadd_names, recurrence
from ka2tui.domain.due import Due, read_due
from ka2tui.domain.due import doubt as doubt_of
from ka2tui.domain.effort import read_effort, say_effort
from ka2tui.domain.kinds import PhaseKind, Priority
from ka2tui.domain.quickadd_names import Name, Names, listed, nearest
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.domain.understood import EVERYTHING, Part, Sign, Understood, say_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


def read(
    text: str, known: Names, *, today: date, signs: frozenset[Sign] = EVERYTHING
) -> Understood:
    """Read a line; whatever stands there, it is understood or stays in the title.

    `@OU` is who (`@"Maria Lopez"`, the beginning of a name), `due:fri` or a date at the end when,
    `wp:2` or `in:A1.2` where, `!`, `!high`, `!low` the priority, `#tpm` a tag, `~2h` the effort,
    `every month until M24` at the end or `repeat:monthly` how it repeats, `phase:` and `needs:` the
    rest. Between quotation marks, and after a backslash, everything is a title.

    Args:
        text: What was typed; anything.
        known: The names that can be used.
        today: The day that relative dates start from.
        signs: What is looked for; all else is a title.
    """
    return _Reader(text, known, today, signs).read()


def names_tasks(text: str) -> bool:
    """Tell whether a line may name tasks, so that these are worth reading."""
    return "needs:" in text.lower()


_QUOTED = r'"[^"]*"|“[^”]*”'
_SIGNED = r"@|due:|by:|wp:|in:|phase:|needs:|repeat:|effort:"
_WORDS = re.compile(
    rf"(?P<literal>(?:{_QUOTED})\S*)|(?P<sign>{_SIGNED})(?P<value>{_QUOTED})|\S+", re.IGNORECASE
)
_PREFIX = re.compile(r"(due|by|wp|in|phase|needs|repeat|effort):(.*)", re.IGNORECASE | re.DOTALL)
_PRIORITY = re.compile(r"!+([^\W\d_]*)[.,;]?")
_EFFORT = re.compile(r"~(\d[\d.,]*(?:m|min|mins|h|hrs?|hours?|d|days?|w|weeks?)\S*)", re.IGNORECASE)
_PACES = frozenset(
    ["daily", "weekly", "fortnightly", "monthly", "quarterly", "half-yearly", "yearly", "annually"]
)
_UNTIL = re.compile(r" (?:until|till) ")
_MOST_PACE = 12
"""Words of the longest rule: every month on the last working day until 30 June 2027."""
_MARKS = ",;."
STAYS = "it stays in the title"


@dataclass(slots=True)
class _Word:
    """A word of the line, and what has become of it."""

    start: int
    end: int
    text: str
    """What it contributes to a title."""
    sign: str = ""
    """The sign before a value in quotation marks."""
    value: str = ""
    free: bool = True
    """Whether it may still be part of a date or a rule that stands unmarked."""
    kept: bool = True
    """Whether it belongs to the title."""
    stray: bool = False
    """Whether it is a sign that was not understood: a date before it may still end the title."""


@dataclass(slots=True)
class _Reader:
    """One line while it is read."""

    text: str
    known: Names
    today: date
    signs: frozenset[Sign]
    words: list[_Word] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    needs: dict[int, Name] = field(default_factory=dict)

    def read(self) -> Understood:
        for match in _WORDS.finditer(self.text):
            sign, value = match["sign"], match["value"]
            word = _Word(match.start(), match.end(), match[0])
            if sign:
                word.sign, word.value = sign, value[1:-1].strip()
            word.free = not (match["literal"] or sign)
            self.words.append(word)
        for place, word in enumerate(self.words):
            if word.kept and (word.free or word.sign):
                self._read_word(place, word)
        self._read_end()
        self._look_again()
        title = " ".join(word.text for word in self.words if word.kept)
        return Understood(
            text=self.text,
            title=clean(title),
            tags=tuple(self.tags.values()),
            needs=tuple(self.needs.values()),
            parts=tuple(sorted(self.parts, key=lambda part: part.start)),
            hints=tuple(dict.fromkeys(self.hints)),
            **self.found,
        )

    # -- words with a sign ----------------------------------------------------------------------

    def _read_word(self, place: int, word: _Word) -> None:
        """Read a word by the sign it begins with, if it has one."""
        text = word.text
        prefix = word.sign.rstrip(":").lower()
        value = word.value
        if not prefix and (found := _PREFIX.fullmatch(text)):
            prefix, value = found[1].lower(), found[2]
        reader = self._readers().get(prefix or text[0])
        if text[0] == "\\" and self._is_worth_keeping(text[1:]):
            word.text, word.free = text[1:], False
            self._note(place, place, Sign.LITERAL, text[1:])
        elif reader is not None and reader[0] in self.signs:
            reader[1](place, value or text[1:] if prefix in {"", "@"} else value)

    def _readers(self) -> Mapping[str, tuple[Sign, Callable[[int, str], None]]]:
        return {
            "@": (Sign.WHO, self._who),
            "#": (Sign.TAG, self._tag),
            "!": (Sign.PRIORITY, self._priority),
            "~": (Sign.EFFORT, self._about),
            "due": (Sign.DUE, self._due),
            "by": (Sign.DUE, self._due),
            "wp": (Sign.WHERE, self._where),
            "in": (Sign.WHERE, self._where),
            "phase": (Sign.PHASE, self._phase),
            "needs": (Sign.NEEDS, self._waits),
            "repeat": (Sign.REPEATS, self._repeat),
            "effort": (Sign.EFFORT, self._effort),
        }

    @staticmethod
    def _is_worth_keeping(text: str) -> bool:
        """Tell whether a backslash keeps something from being read, and is no part of a path."""
        if not text:
            return False
        special = text[0] in "@#!~" or _PREFIX.fullmatch(text) is not None
        return special or loose_days.is_part(text) or fold(text) in {"every", "each", *_PACES}

    def _who(self, place: int, said: str) -> None:
        word = self.words[place]
        if not said.strip(_MARKS):
            word.free, word.stray = False, True
            return
        count, found = 1, quickadd_names.find(said, self.known.people)
        if not word.sign:
            count, found = self._by_name(place, said, found)
        here = self._written(place, place)
        if not found:
            near = self._meant(said, [name.word for name in self.known.people])
            self._miss(place, place, f"{here}: no partner or person has this name; {STAYS}.{near}")
        elif len(found) > 1:
            names = listed([name.word for name in found])
            self._miss(place, place, f"{here} could be {names}: write more of it; {STAYS}.")
        else:
            self._give(place, count, found[0])

    def _by_name(self, place: int, said: str, found: Sequence[Name]) -> tuple[int, Sequence[Name]]:
        """Find the name that goes on over the next words, else the one this word begins."""
        names = {fold(name.word): name for name in reversed(self.known.people)}
        for count in range(4, 1, -1):
            words = self.words[place : place + count]
            if len(words) < count or not all(word.free and word.kept for word in words[1:]):
                continue
            whole = fold(" ".join([said, *(word.text for word in words[1:])]))
            name = names.get(whole) or names.get(whole.rstrip(_MARKS))
            if name is not None:
                return count, [name]
        return 1, found or quickadd_names.find(said.rstrip(_MARKS + ":!?)"), self.known.people)

    def _give(self, place: int, count: int, name: Name) -> None:
        """Take somebody as the one who does it; a person may come with their partner."""
        partner, contact = self.found.get("partner"), self.found.get("contact")
        if name.kind == "contact":
            fits = contact is None and (partner is None or name.of in {None, partner.id})
            new = {"contact": name}
        else:
            fits = partner is None and (contact is None or contact.of in {None, name.id})
            new = {"partner": name}
        last = place + count - 1
        if not fits:
            first = contact or partner
            taken = "" if first is None else f" and {first.word} is named already"
            here = self._written(place, last)
            self._miss(place, last, f"{here}: one task is for one{taken}; {STAYS}.")
            return
        self.found |= new
        self._take(place, last, Sign.WHO, name.word)

    def _tag(self, place: int, said: str) -> None:
        name = clean(said).strip(_MARKS + ":!?)").lstrip("#")
        if not any(sign.isalpha() for sign in name):
            if not name:
                self.words[place].free, self.words[place].stray = False, True
            else:
                here = self._written(place, place)
                self._miss(place, place, f"{here}: a tag has a letter in it; {STAYS}.")
            return
        known = {fold(tag): tag for tag in self.known.tags}
        tag = known.get(fold(name), name)
        if fold(tag) not in known and (near := self._meant(tag, known.values())):
            self.hints.append(f"#{tag} is a new tag.{near}")
        self.tags.setdefault(fold(tag), tag)
        self._take(place, place, Sign.TAG, f"#{tag}")

    def _priority(self, place: int, _: str) -> None:
        found = _PRIORITY.fullmatch(self.words[place].text)
        word = fold(found[1]) if found else None
        meant = next((it for it in Priority if word is not None and it.startswith(word)), None)
        if word == "":
            meant = Priority.HIGH
        here = self._written(place, place)
        if meant is None:
            rest = "the priorities are !high, !normal and !low"
            self._miss(place, place, f"{here}: {rest}; {STAYS}.")
        elif "priority" in self.found:
            self._again(place, place, "the priority")
        else:
            self.found["priority"] = meant
            self._take(place, place, Sign.PRIORITY, meant.word)

    def _about(self, place: int, _: str) -> None:
        """Read ~2h; ~50 and ~Maria only mean about, or nothing."""
        found = _EFFORT.fullmatch(self.words[place].text.rstrip(_MARKS))
        if found:
            self._effort(place, found[1])

    def _effort(self, place: int, said: str) -> None:
        try:
            minutes = read_effort(said)
        except Misread as misread:
            self._miss(place, place, f"{str(misread).rstrip('.')}; {STAYS}.")
            return
        if "effort_minutes" in self.found:
            self._again(place, place, "the effort")
            return
        self.found["effort_minutes"] = minutes
        self._take(place, place, Sign.EFFORT, say_effort(minutes))

    def _where(self, place: int, said: str) -> None:
        last, said = self._with_next(place, said)
        here = self._written(place, last)
        found = quickadd_names.find_work(said.strip(_MARKS), self.known.work_units)
        if len(found) == 1:
            if "work_unit" in self.found:
                self._again(place, last, "where it belongs")
                return
            self.found["work_unit"] = found[0]
            self._take(place, last, Sign.WHERE, found[0].word)
        elif found:
            names = listed([name.word for name in found])
            self._miss(place, last, f"{here} could be {names}: write more of it; {STAYS}.")
        elif said and (last == place or here.lower().startswith("wp")):
            near = self._meant(said, [name.word for name in self.known.work_units])
            self._miss(
                place, last, f"{here}: no work package or activity has this code; {STAYS}.{near}"
            )

    def _phase(self, place: int, said: str) -> None:
        last, said = self._with_next(place, said)
        wanted = fold(said.strip(_MARKS))
        found = [it for it in PhaseKind if wanted and it.startswith(wanted)]
        if len(found) != 1:
            known = ", ".join(PhaseKind)
            here = self._written(place, last)
            self._miss(place, last, f"{here}: the phases are {known}; {STAYS}.")
        elif "phase" in self.found:
            self._again(place, last, "the phase")
        else:
            self.found["phase"] = found[0]
            self._take(place, last, Sign.PHASE, found[0].word)

    def _waits(self, place: int, said: str) -> None:
        last, said = self._with_next(place, said)
        wanted = fold(said.strip(_MARKS))
        found = [task for task in self.known.tasks if fold(task.word) == wanted]
        if len(found) != 1:
            near = self._meant(said, [task.word for task in self.known.tasks])
            here = self._written(place, last)
            self._miss(place, last, f"{here}: no open task has this code; {STAYS}.{near}")
            return
        self.needs[found[0].id] = found[0]
        self._take(place, last, Sign.NEEDS, found[0].word)

    def _due(self, place: int, said: str) -> None:
        follow = [] if self.words[place].sign else self._run_after(place)
        start = self.known.start
        begins = 0 if said else 1
        texts = [*([said] if said else []), *(word.text for word in follow)]
        if self.words[place].sign:
            found = self._whole(said)
        else:
            found = loose_days.longest(
                texts[: loose_days.MOST_WORDS], today=self.today, start=start
            )
        if found is not None and found[1] == 1 and texts[0].isdecimal() and texts[1:]:
            next_ = days.month_named(texts[1].strip(_MARKS))
            if next_ is not None:
                found = None  # the 31st is one thing, the 31st of February another
        if found is None:
            two = len(texts) > 1 and days.month_named(texts[1].strip(_MARKS)) is not None
            value = " ".join(texts[: 2 if two else 1])
            end = place + begins + 1 if two else place
            here = self._written(place, end)
            what = f"{here}: {quoted(value)} is not a date"
            if not value:
                what = f"{quoted(here)} has no date after it"
            self._miss(place, end, f"{what}; {STAYS}. Write it like due:fri or due:3 Dec.")
            return
        due, count = found
        last = place + count - 1 + begins
        if "due" in self.found:
            self._again(place, last, "the date")
            return
        self._set_due(due, range(place, last + 1))

    def _whole(self, said: str) -> tuple[Due, int] | None:
        """Read a date that stands between quotation marks."""
        try:
            return read_due(said, today=self.today, start=self.known.start), 1
        except Misread:
            return None

    def _repeat(self, place: int, said: str) -> None:
        word = self.words[place]
        follow = [] if word.sign else [each.text for each in self._run_after(place)]
        begins = 0 if said else 1
        texts = [*([said] if said else []), *follow]
        for count in range(min(len(texts), _MOST_PACE), 0, -1):
            rule = self._rule(" ".join(texts[:count]))
            if rule is not None:
                self._set_rule(rule, range(place, place + count + begins))
                return
        here = self._written(place, place)
        like = "write it like repeat:monthly or every 2 weeks"
        self._miss(place, place, f"{here}: this does not say how often; {STAYS}: {like}.")

    # -- what stands unmarked at the end --------------------------------------------------------

    def _read_end(self) -> None:
        """Read a rule and a date with which the title ends, in whatever order."""
        while self._rule_at_end() or self._date_at_end():
            continue
        self._rule_without_end()

    def _rule_at_end(self) -> bool:
        for places in self._rules_at_end():
            rule = self._rule(self._said(places))
            if rule is not None:
                self._set_rule(rule, places)
                return True
        return False

    def _rule_without_end(self) -> None:
        """Say it where only the end of a rule could not be read."""
        for places in self._rules_at_end():
            pace, *end = _UNTIL.split(self._said(places))
            if end and self._rule(pace) is not None:
                what = f"{quoted(end[0])} is no day that {pace} could end on"
                self._miss(places[0], places[-1], f"{what}; {STAYS}.")
                return

    def _rules_at_end(self) -> list[list[int]]:
        """Give the ends of the title that may be rules, the longest first."""
        if Sign.REPEATS not in self.signs or "recurrence" in self.found:
            return []
        run = self._last_run()
        return [
            run[at:]
            for at in range(max(1, len(run) - _MOST_PACE), len(run))
            if fold(self.words[run[at]].text.rstrip(_MARKS)) in {"every", "each", *_PACES}
        ]

    def _said(self, places: Iterable[int]) -> str:
        return " ".join(self.words[place].text for place in places)

    def _date_at_end(self) -> bool:
        run = self._last_run()
        if Sign.DUE not in self.signs or "due" in self.found:
            return False
        texts = [self.words[place].text for place in run]
        found = loose_days.at_end(texts, today=self.today, start=self.known.start)
        if found is None:
            return False
        due, count = found
        self._set_due(due, run[-count:])
        return True

    def _last_run(self) -> list[int]:
        """Give the places of the words that the title ends with, as far as they may be read.

        The word before them comes first, whatever it is: it decides what the others mean.
        """
        run: list[int] = []
        for place in range(len(self.words) - 1, -1, -1):
            word = self.words[place]
            if word.kept and not (word.stray and not run):
                run.append(place)
                if not word.free:
                    break
        return run[::-1] if run and self.words[run[0]].free else []

    def _run_after(self, place: int) -> list[_Word]:
        """Give the words without a sign that follow a place."""
        run: list[_Word] = []
        for word in self.words[place + 1 :]:
            if not word.free or not word.kept or self._has_sign(word.text):
                break
            run.append(word)
        return run

    @staticmethod
    def _has_sign(text: str) -> bool:
        return text[0] in "@#!~" or _PREFIX.fullmatch(text) is not None

    def _rule(self, said: str) -> str | None:
        """Read how something repeats; its end may be a project month or a relative date."""
        words = fold(said.rstrip(_MARKS)).split()
        if words[:1] == ["each"]:
            words[0] = "every"
        pace, *ends = _UNTIL.split(" ".join(words))
        if len(ends) > 1:
            return None
        try:
            if not ends:
                return recurrence.read_rule(pace)
            last = days.read_day(
                ends[0], today=self.today, start=self.known.start, allow_month=False
            ).last
            if last is None or pace.startswith("rrule") or "=" in pace:
                return None
            return recurrence.read_rule(f"{pace} until {last.isoformat()}")
        except Misread:
            return None

    def _set_rule(self, rule: str, places: Sequence[int]) -> None:
        if "recurrence" in self.found:
            self._again(places[0], places[-1], "how it repeats")
            return
        self.found["recurrence"] = rule
        for first, last in _stretches(places):
            self._take(first, last, Sign.REPEATS, recurrence.say_rule(rule))

    def _set_due(self, due: Due, places: Sequence[int]) -> None:
        self.found["due"] = due
        for first, last in _stretches(places):
            self._take(first, last, Sign.DUE, say_due(due, self.today))

    # -- what to tell ---------------------------------------------------------------------------

    def _look_again(self) -> None:
        """Say what deserves a look when the whole line is read."""
        rule, due = self.found.get("recurrence"), self.found.get("due")
        if rule is not None and due is None:
            self._first_of(rule)
            due = self.found.get("due")
        if Sign.DUE in self.signs:
            self._hint_at_date()
        if rule is None and Sign.REPEATS in self.signs:
            self._hint_at_rule()
        if due is not None and (doubt := doubt_of(due, self.today, self.known.end)):
            self.hints.append(doubt)

    def _first_of(self, rule: str) -> None:
        """Let a rule that names its days begin with the first of them."""
        if "BY" in rule:
            first = recurrence.next_day(rule, self.today - timedelta(days=1))
            if first is not None:
                self.found["due"] = Due(first)
                return
        self.hints.append("It has no date yet: due:fri says when it is first.")

    def _hint_at_date(self) -> None:
        """Say how what looks like a date but stays in the title would become one."""
        titles = [word.text for word in self.words if word.kept and word.free]
        left = loose_days.impossible(titles, today=self.today)
        if left is None and "due" not in self.found:
            left = loose_days.kept_back([self.words[place].text for place in self._last_run()])
            left = left or next((text for text in titles if loose_days.is_obvious(text)), None)
        if left is not None:
            shown = clean(left).rstrip(_MARKS)
            if self._is_date(shown):
                advice = f"stays in the title; due:{shown} makes it the date."
            else:
                advice = "is not a date; it stays in the title."
            self.hints.append(f"{quoted(shown)} {advice}")

    def _hint_at_rule(self) -> None:
        """Say it where words stay in the title that say how often, but not so that it is read."""
        for place, word in enumerate(self.words[1:], 1):
            after = [word, *self._run_after(place)]
            said = clean(" ".join(each.text for each in after)).rstrip(_MARKS)
            if word.kept and word.free and recurrence.is_like_one(said):
                self.hints.append(f"{quoted(said)} {self._rule_left(said)}")
                return

    def _rule_left(self, said: str) -> str:
        if self._rule(said) is not None:
            return "stays in the title; at its end it makes the task repeat."
        return f"is not read as how often; {STAYS}. Write it at the end, like every 2 weeks."

    def _is_date(self, said: str) -> bool:
        try:
            read_due(said, today=self.today, start=self.known.start)
        except Misread:
            return False
        return True

    def _again(self, first: int, last: int, what: str) -> None:
        here = self._written(first, last)
        self._miss(first, last, f"{here}: {what} is said already; {STAYS}.")

    def _miss(self, first: int, last: int, said: str) -> None:
        """Leave words in the title, and say why."""
        for word in self.words[first : last + 1]:
            word.free, word.stray = False, True
        self._note(first, last, Sign.UNREAD, said)

    def _take(self, first: int, last: int, sign: Sign, said: str) -> None:
        """Take words out of the title."""
        for word in self.words[first : last + 1]:
            word.kept = word.free = False
        self._note(first, last, sign, said)

    def _note(self, first: int, last: int, sign: Sign, said: str) -> None:
        self.parts.append(Part(self.words[first].start, self.words[last].end, sign, said))

    def _with_next(self, place: int, said: str) -> tuple[int, str]:
        """Give a value, of the next word where there is a blank after the sign."""
        after = [] if said or self.words[place].sign else self._run_after(place)
        return (place + 1, after[0].text) if after else (place, said)

    def _written(self, first: int, last: int) -> str:
        """Give words as they were typed, to name them in a sentence."""
        text = clean(self.text[self.words[first].start : self.words[last].end])
        return text if len(text) <= 30 else f"{text[:29]}…"

    def _meant(self, said: str, words: Iterable[str]) -> str:
        near = nearest(said.strip(_MARKS), words)
        return f" Did you mean {listed(near)}?" if near else ""


def _stretches(places: Iterable[int]) -> list[tuple[int, int]]:
    """Give the stretches of places that follow each other: first and last of each."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
