"""What stands after a question of a filter: each kind of field makes a test of its values."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ka2tui.domain import days
from ka2tui.domain.filter import BadFilter, Node, Not, Some, Test
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.domain.vocabulary import ANY, NONE, Kind, Value, begins
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ka2tui.domain.vocabulary import Field, Flag, Vocabulary

_BARE_STEP = re.compile(r"\d{1,4} ?(?:d|days?|w|weeks?|m|months?|y|years?)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,4})?")
_COMPARED: dict[str, Callable[[Any, Any, Any], bool]] = {
    "<": lambda first, _last, day: day < first,
    "<=": lambda _first, last, day: day <= last,
    ">": lambda _first, last, day: day > last,
    ">=": lambda first, _last, day: day >= first,
}
_DAY_WORDS = (
    *("today", "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday", "week", "month", "next-week", "next-month", "none", "any"),
)
_LIKE_DAYS = "fri, +14d, 1 Dec, 2026-12 or M18"
_ALIKE = 0.6
"""How much like a word another must be to be asked for; 1: the same."""
_AS_GOOD = 0.02
"""How much less a second one may be like it."""
_NAMED = 8
"""Words that a sentence names at most."""


@frozen
class Piece:
    """One value that was typed, and where."""

    text: str
    at: int
    end: int
    quoted: bool = False


class Tests:
    """Makes tests of the values in one filter."""

    def __init__(
        self, vocabulary: Vocabulary, today: date, start: date | None, length: int
    ) -> None:
        """Take what can be asked, and from when days count.

        Args:
            vocabulary: What can be asked of the list.
            today: The day that relative dates start from.
            start: The project's first day, where it is known.
            length: How long the filter is: what ends there may still be being typed.
        """
        self.vocabulary = vocabulary
        self.today = today
        self.start = start
        self.length = length

    def asked(self, known: Field, operator: str, pieces: Sequence[Piece], begin: int) -> Node:
        """Make a test of what is asked of a field; `begin` is where its name stands."""
        node: Node
        match known.kind:
            case Kind.TEXT:
                node = self._text(known, operator, pieces, begin)
            case Kind.DAY:
                node = self._days(known, operator, pieces)
            case Kind.NUMBER:
                node = self._numbers(known, operator, pieces)
            case _:
                node = self._words(known, operator, pieces, begin)
        return Not(node) if operator == "!=" else node

    def flagged(self, pieces: Sequence[Piece], operator: str) -> Node:
        """Make a test of is:late."""
        if operator not in (":", "=", "!="):
            raise BadFilter("“is” cannot be compared", pieces[0].at, pieces[0].end, "Write is:…")
        nodes = [self._flag(piece) for piece in pieces]
        node = nodes[0] if len(nodes) == 1 else Some(tuple(nodes))
        return Not(node) if operator == "!=" else node

    def _flag(self, piece: Piece) -> Node:
        flag: Flag | None = self.vocabulary.flag(fold(piece.text))
        if flag is None:
            words = [it.word for it in self.vocabulary.flags]
            hint = suggested(fold(piece.text), words) or f"It can be {listed(words)}."
            raise BadFilter(
                f"A {self.vocabulary.noun} cannot be {quoted(piece.text)}",
                *(piece.at, piece.end, hint),
                unfinished=_begun(piece, words, self.length),
            )
        about = flag.about or flag.word
        return Test(
            *(f"is:{flag.word}", flag.of, flag.test, f"is {about}", f"is not {about}"),
            settled=flag.settled,
            closed=flag.closed,
        )

    def _text(self, known: Field, operator: str, pieces: Sequence[Piece], begin: int) -> Node:
        """Make a test of words in a text."""
        self._not_compared(known, operator, begin)
        nodes: list[Node] = []
        for piece in pieces:
            wanted = fold(clean(piece.text))
            if blank := _blank(known, piece):
                nodes.append(blank)
                continue
            nodes.append(
                Test(
                    *(known.name, known.of, _has(wanted)),
                    f"{known.said} has {quoted(wanted)}",
                    f"{known.said} has no {quoted(wanted)}",
                )
            )
        return nodes[0] if len(nodes) == 1 else Some(tuple(nodes))

    def _not_compared(self, known: Field, operator: str, begin: int) -> None:
        if operator not in (":", "=", "!="):
            hint = f"Write {known.name}:… instead."
            end = begin + len(known.name)
            raise BadFilter(f"{quoted(known.name)} cannot be compared", begin, end, hint)

    def _words(self, known: Field, operator: str, pieces: Sequence[Piece], begin: int) -> Node:
        """Make a test of words that the field can be."""
        if operator not in (":", "=", "!="):
            if known.kind is Kind.LEVEL:
                return self._levels(known, operator, pieces)
            self._not_compared(known, operator, begin)
        accepted: set[str] = set()
        parts: list[str] = []
        said: list[str] = []
        blanks: list[Node] = []
        closed = False
        for piece in pieces:
            if blank := _blank(known, piece):
                blanks.append(blank)
                continue
            values = self._meant(known, piece)
            for value in values:
                closed |= value.closed
                holds = value.holds or (value.word,)
                accepted.update(fold(it) for it in holds)
                others = [it for it in value.holds if it != value.word]
                # a code that is typed in one word says less than what it means
                word = (value.about if "_" in value.word else "") or value.word
                if value.note and len(pieces) == 1 and operator != "!=":
                    word += f" ({value.note})"
                said.append(word + (f" (with {listed(others, 3)})" if others else ""))
            if not values:
                parts.append(fold(clean(piece.text)))
                said.append(quoted(piece.text))
        if blanks and not said:
            return blanks[0] if len(blanks) == 1 else Some(tuple(blanks))
        words = listed(said, _NAMED)
        node = Test(
            *(known.name, known.of, _is_one_of(frozenset(accepted), tuple(parts))),
            f"{known.said} is {words}",
            f"{known.said} is not {words}",
            closed=closed,
        )
        return Some((node, *blanks)) if blanks else node

    def _meant(self, known: Field, piece: Piece) -> list[Value]:
        """Give the values that a word means: that one, else all that begin so."""
        wanted = fold(clean(piece.text))
        exact = [it for it in known.values if wanted in map(fold, (it.word, *it.also))]
        if exact:
            return exact[:1]
        begun = [it for it in known.values if wanted and begins(wanted, (it.word, *it.also))]
        if begun or known.open or not known.values:
            return begun
        words = [it.word for it in known.values]
        every = [*words, *(other for it in known.values for other in it.also)]
        hint = suggested(wanted, every) or f"It can be {listed(words, 5)}."
        raise BadFilter(
            f"There is no {known.noun or known.said} {quoted(piece.text)}",
            *(piece.at, piece.end, hint),
        )

    def _levels(self, known: Field, operator: str, pieces: Sequence[Piece]) -> Node:
        """Make a test of words in a rising order."""
        piece = self._single(pieces)
        values = self._meant(known, piece)
        if not values:
            raise BadFilter(f"{quoted(piece.text)} cannot be compared", piece.at, piece.end)
        words = [fold(it.word) for it in known.values]
        level = words.index(fold(values[0].word))
        compare = _COMPARED[operator]
        accepted = frozenset(word for at, word in enumerate(words) if compare(level, level, at))
        way = {"<": "below", ">": "above", "<=": "at most", ">=": "at least"}[operator]
        return Test(
            *(known.name, known.of, _is_one_of(accepted, ())),
            f"{known.said} is {way} {values[0].word}",
            f"{known.said} is not {way} {values[0].word}",
        )

    def _single(self, pieces: Sequence[Piece]) -> Piece:
        """Give the one value there may be after a comparison."""
        if len(pieces) > 1:
            hint = "Join two questions with or."
            raise BadFilter("Only one value can be compared", pieces[1].at, pieces[1].end, hint)
        return pieces[0]

    def _numbers(self, known: Field, operator: str, pieces: Sequence[Piece]) -> Node:
        """Make a test of numbers."""
        if operator in _COMPARED:
            piece = self._single(pieces)
            number = self._number(known, piece)
            way = {"<": "less than", ">": "more than", "<=": "at most", ">=": "at least"}[operator]
            said = f"{way} {known.say(number)}"
            return Test(
                *(known.name, known.of, _compares(operator, number, number)),
                f"{known.said} is {said}",
                f"{known.said} is not {said}",
            )
        nodes: list[Node] = []
        for piece in pieces:
            if blank := _blank(known, piece):
                nodes.append(blank)
                continue
            low, high = (
                None if part is None else self._number(known, part) for part in _ends(piece)
            )
            said = _between(low, high, known.say)
            nodes.append(
                Test(
                    *(known.name, known.of, _lies(low, high)),
                    f"{known.said} is {said}",
                    f"{known.said} is not {said}",
                )
            )
        return nodes[0] if len(nodes) == 1 else Some(tuple(nodes))

    def _number(self, known: Field, piece: Piece) -> float:
        try:
            if known.read is not None:
                return known.read(piece.text)
            if _NUMBER.fullmatch(piece.text):
                return float(piece.text.replace(",", "."))
        except Misread as misread:
            raise BadFilter(str(misread), piece.at, piece.end) from None
        raise BadFilter(f"{quoted(piece.text)} is not a number", piece.at, piece.end)

    # -- days -----------------------------------------------------------------------------------

    def _days(self, known: Field, operator: str, pieces: Sequence[Piece]) -> Node:
        """Make a test of days."""
        if operator in _COMPARED:
            first, last = self._span(self._single(pieces))
            day, way = {
                "<": (first, "before"),
                "<=": (last, "not after"),
                ">": (last, "after"),
                ">=": (first, "not before"),
            }[operator]
            said = f"{known.said} {way} {self._say(day)}"
            return Test(
                *(known.name, known.of, _compares(operator, first, last), said, f"not {said}"),
                closed=known.closed,
            )
        nodes: list[Node] = []
        for piece in pieces:
            if blank := _blank(known, piece):
                nodes.append(blank)
                continue
            begin, end = _ends(piece)
            low = None if begin is None else self._span(begin)[0]
            high = None if end is None else self._span(end)[1]
            if low is not None and high is not None and high < low:
                raise BadFilter(f"{quoted(piece.text)} ends before it begins", piece.at, piece.end)
            said = f"{known.said} {self._say_span(low, high)}"
            test = _lies(low, high)
            nodes.append(Test(known.name, known.of, test, said, f"not {said}", closed=known.closed))
        return nodes[0] if len(nodes) == 1 else Some(tuple(nodes))

    def _span(self, piece: Piece) -> tuple[date, date]:
        """Read a day, a month, a year, a week or a project month: its first and last day."""
        text = " ".join(piece.text.split())
        named = _named_span(fold(text).replace(" ", "-").replace("_", "-"), self.today)
        if named is not None:
            return named
        if _BARE_STEP.fullmatch(text):
            text = f"+{text}"
        try:
            found = days.read_day(text, today=self.today, start=self.start, allow_month=False)
        except Misread as misread:
            if not piece.quoted and "-" in text[1:]:
                apart = text[0] + text[1:].replace("-", " ")
                with suppress(Misread):
                    return self._span(Piece(apart, piece.at, piece.end, quoted=True))
            words = [*_DAY_WORDS, *(name.lower() for name in days.FULL_MONTH_NAMES)]
            hint = suggested(fold(text), words)
            shown = str(misread)
            if " is not a date:" in shown:
                shown = f"{quoted(piece.text)} is not a date"
                digits = any(sign.isdigit() for sign in text)
                hint = (hint if not digits else "") or f"Write it like {_LIKE_DAYS}."
            else:
                hint = ""
            begun = any(it.startswith(fold(text)) for it in words)
            raise BadFilter(
                shown, piece.at, piece.end, hint, unfinished=begun or text in ("+", "-")
            ) from None
        if found.day is None:
            hint = "Give the project its first day, or write a date."
            month = f"{quoted(piece.text)} has no date while the project has no first day"
            raise BadFilter(month, piece.at, piece.end, hint)
        return found.day, found.last or found.day

    def _say(self, day: date) -> str:
        """Say a day in full, with its weekday and how far away it is."""
        far = days.say_until(day, self.today)
        return f"{days.DAY_NAMES[day.weekday()]} {days.say_brief(day)} ({far})"

    def _say_span(self, low: date | None, high: date | None) -> str:
        if low == high and low is not None:
            return f"on {self._say(low)}"
        if low is None or high is None:
            return (
                f"not after {self._say(high)}"
                if high
                else f"not before {self._say(low)}"
                if low
                else "on any day"
            )
        first, last = (f"{days.DAY_NAMES[it.weekday()]} {days.say_brief(it)}" for it in (low, high))
        return f"from {first} to {last}"


# -- tests of what a row has


def _blank(known: Field, piece: Piece) -> Test | None:
    """Make the test for none and any, if that is what was typed."""
    word = fold(piece.text)
    if piece.quoted or word not in (NONE, ANY):
        return None
    if any(word in map(fold, (it.word, *it.also)) for it in known.values):
        return None
    has_none, has_one = f"has no {known.said}", f"has a {known.said} given"
    if known.kind is Kind.DAY:
        has_none, has_one = f"{known.said} has no date", f"{known.said} has a date"
    if word == NONE:
        return Test(known.name, known.of, _is_blank, has_none, has_one)
    return Test(known.name, known.of, _is_not_blank, has_one, has_none)


def _is_blank(value: object) -> bool:
    if isinstance(value, tuple):
        return not any(value)
    return value is None or value == ""


def _is_not_blank(value: object) -> bool:
    return not _is_blank(value)


def _has(wanted: str) -> Callable[[Any], bool]:
    def test(value: Any) -> bool:
        parts = value if isinstance(value, tuple) else (value,)
        return any(wanted in fold(str(it)) for it in parts if it)

    return test


def _is_one_of(accepted: frozenset[str], parts: tuple[str, ...]) -> Callable[[Any], bool]:
    def test(value: Any) -> bool:
        for it in value if isinstance(value, tuple) else (value,):
            if it is None or it == "":
                continue
            word = fold(str(it))
            if word in accepted or any(part in word for part in parts):
                return True
        return False

    return test


def _compares(operator: str, first: Any, last: Any) -> Callable[[Any], bool]:
    compare = _COMPARED[operator]
    return lambda value: value is not None and compare(first, last, value)


def _lies(low: Any, high: Any) -> Callable[[Any], bool]:
    def test(value: Any) -> bool:
        if value is None:
            return False
        return (low is None or value >= low) and (high is None or value <= high)

    return test


def _between(low: float | None, high: float | None, say: Callable[[float], str]) -> str:
    if low is None or high is None:
        return f"at most {say(high)}" if high is not None else f"at least {say(low or 0)}"
    return say(low) if low == high else f"from {say(low)} to {say(high)}"


def _ends(piece: Piece) -> tuple[Piece | None, Piece | None]:
    """Part a..b into its ends; either may be missing, but not both."""
    before, dots, after = piece.text.partition("..")
    if not dots:
        return piece, piece
    if not before.strip(".") and not after.strip("."):
        raise BadFilter(
            "A stretch needs a beginning or an end", piece.at, piece.end, unfinished=True
        )
    split = piece.at + len(before) + piece.quoted
    begin = Piece(before, piece.at, split) if before else None
    after = after.lstrip(".")
    return begin, Piece(after, piece.end - len(after), piece.end) if after else None


def _named_span(word: str, today: date) -> tuple[date, date] | None:
    """Give the days of a week, a month or a year by name."""
    monday = today - timedelta(days=today.weekday())
    match word:
        case "week" | "this-week":
            return monday, monday + timedelta(days=6)
        case "next-week":
            return monday + timedelta(days=7), monday + timedelta(days=13)
        case "month" | "this-month":
            return _month(today)
        case "next-month":
            return _month(_month(today)[1] + timedelta(days=1))
    if _YEAR.fullmatch(word):
        return date(int(word), 1, 1), date(int(word), 12, 31)
    return None


def _month(day: date) -> tuple[date, date]:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(day=1), following - timedelta(days=1)


# -- words for people


def suggested(word: str, known: Iterable[str]) -> str:
    """Ask whether the nearest word was meant; nothing where none is near."""
    from difflib import SequenceMatcher

    words = {fold(it): it for it in known}
    found = [it for it in words if len(word) > 1 and it.startswith(word)][:2]
    if not found:
        likeness = {it: SequenceMatcher(None, word[:40], it).ratio() for it in words}
        best = max([_ALIKE, *likeness.values()])
        found = [it for it, ratio in likeness.items() if ratio >= max(best - _AS_GOOD, _ALIKE)][:2]
    found = found or [it for it in words if len(word) > 1 and word in it][:2]
    return f"Did you mean {' or '.join(words[it] for it in found)}?" if found else ""


def listed(words: Sequence[str], most: int = _NAMED) -> str:
    """Name some words: open, doing or waiting."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def offered(known: Field | None, vocabulary: Vocabulary) -> list[str]:
    """Give the words that can stand after a colon."""
    if known is None:
        return [it.word for it in vocabulary.flags]
    if known.kind is Kind.DAY:
        return ["today", "fri", "+14d", "2026-12", "2026-12-01", "M18"]
    return [it.word for it in known.values]


def _begun(piece: Piece, words: Iterable[str], length: int) -> bool:
    """Say whether somebody may just be typing one of the words."""
    return piece.end == length and any(it.startswith(fold(piece.text)) for it in words)
