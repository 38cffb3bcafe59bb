"""Indicators: how far a measured number has come from its baseline to its target, and where to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import days, past_days, progress, quantity
from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

OLD = 183
"""Days after which a measurement says little about today: half a year. Source: good practice."""

MOST_SHOWN = 999
"""Per cent above which a share of the way is only said to be more."""

LONGEST_LABEL = 12
"""Signs of a number beside a chart; a longer one is written by its powers of ten."""

RULE = "a straight line through the first and the last measurement"
"""How it is reckoned where a value leads."""

_STEPS = "▁▂▃▄▅▆▇█"
_DATE_WORDS = 4
"""Words of the longest day in a line with a measurement: Fri 3 December 2026."""


class Standing(Kind):
    """How an indicator stands."""

    REACHED = "reached"
    AHEAD = "ahead", "ahead of time"
    ON_TIME = "on_time", "on time"
    BEHIND = "behind", "behind"
    MISSED = "missed", "not reached in time"
    NOT_MEASURED = "not_measured", "not measured"
    UNKNOWN = "unknown", "measured"
    """Measured, but without what it could be held against."""

    @property
    def worrying(self) -> bool:
        """Whether somebody should look at it."""
        return self in (Standing.BEHIND, Standing.MISSED)


class Value(NamedTuple):
    """What was measured on a day."""

    day: date
    value: str


@frozen
class Aim:
    """What an indicator is to come to, and in what time."""

    baseline: str | None = None
    target: str | None = None
    rising: bool = True
    """As was said; a baseline and a target that differ say it themselves."""
    first: date | None = None
    """From when on it counts: the project's first day."""
    last: date | None = None
    """By when: its own day, else the project's last."""


@frozen
class Course:
    """How an indicator went, and where it leads."""

    standing: Standing
    last: Value | None
    """The last measurement; of several on one day the one that was entered last."""
    way: int | None
    """Per cent of the way from baseline to target, rounded down; below 0 and above 100 too."""
    passed: int | None
    """Per cent of its time that had passed on the day of the last measurement."""
    expected: str | None
    """What it comes to by its day, if it goes on like this."""
    reaches: bool | None
    """Whether that is its target or better."""


def rises(baseline: str | None, target: str | None, *, said: bool = True) -> bool:
    """Tell whether more is better: the numbers say so where they differ."""
    begin, end = quantity.exact(baseline), quantity.exact(target)
    return said if begin is None or end is None or begin == end else end > begin


def reached(aim: Aim, value: str | None) -> bool:
    """Tell whether a value is the target or better; without a target nothing is."""
    now, end = quantity.exact(value), quantity.exact(aim.target)
    if now is None or end is None:
        return False
    return now >= end if rises(aim.baseline, aim.target, said=aim.rising) else now <= end


def way(aim: Aim, value: str | None) -> int | None:
    """Give how much of the way from baseline to target lies behind a value, in per cent.

    Where both are the same there is no way: all of it while the value is kept, else none.
    """
    now, begin, end = map(quantity.exact, (value, aim.baseline, aim.target))
    if now is None or begin is None or end is None:
        return None
    if begin == end:
        return progress.ALL if reached(aim, value) else 0
    return (now - begin) * progress.ALL // (end - begin)


def say_way(share: int | None) -> str:
    """Write how much of the way is done: 62 %, below 0 %, more than 999 %."""
    if share is None:
        return ""
    if share < 0:
        return "below 0 %"
    return f"more than {MOST_SHOWN} %" if share > MOST_SHOWN else f"{share} %"


def by_day(values: Iterable[Value]) -> list[Value]:
    """Give the value of each day, in order; of several on one day the last one given."""
    return [Value(*one) for one in sorted({each.day: each.value for each in values}.items())]


def course(aim: Aim, values: Iterable[Value], *, today: date) -> Course:
    """Tell how an indicator went.

    Args:
        aim: What it is to come to.
        values: What was measured, in the order it was entered.
        today: Measurements of later days are still to come and left out.
    """
    known = by_day(each for each in values if each.day <= today)
    last = known[-1] if known else None
    share = way(aim, last.value) if last else None
    passed = None
    if last and aim.first and aim.last and aim.first <= aim.last:
        passed = progress.elapsed(aim.first, aim.last, last.day)
    expected = _expected(aim, known)
    reaches = None if expected is None or aim.target is None else reached(aim, expected)
    standing = _standing(aim, last, share, passed, today)
    return Course(standing, last, share, passed, expected, reaches)


def _standing(
    aim: Aim, last: Value | None, share: int | None, passed: int | None, today: date
) -> Standing:
    if last is None:
        return Standing.NOT_MEASURED
    if reached(aim, last.value):
        return Standing.REACHED
    if aim.target is not None and aim.last is not None and today > aim.last:
        return Standing.MISSED
    if share is None or passed is None:
        return Standing.UNKNOWN
    found = progress.standing(share, passed)
    return Standing.UNKNOWN if found is None else Standing(found.value)


def _expected(aim: Aim, known: Sequence[Value]) -> str | None:
    """Draw a straight line through the first and the last day measured, to the end."""
    if len(known) < 2 or aim.last is None or aim.last <= known[-1].day:
        return None
    first, last = known[0], known[-1]
    begin, now = quantity.exact(first.value), quantity.exact(last.value)
    if begin is None or now is None:
        return None
    further = Fraction((aim.last - last.day).days, (last.day - first.day).days)
    decimals = quantity.decimals_of(*(each.value for each in known), aim.target)
    return quantity.rounded(now + (now - begin) * further, min(decimals, 6))


def say_expected(aim: Aim, found: Course, unit: str | None = None) -> str:
    """Say where it leads, hedged, or why nobody can know."""
    if found.expected is not None and aim.last is not None:
        end = quantity.say(found.expected, unit)
        if found.reaches is None:
            judged = ""
        else:
            judged = ", which is the target or better" if found.reaches else ", short of the target"
        return f"If it goes on like this: {end} by {days.say_brief(aim.last)}{judged} ({RULE})."
    if found.last is None:
        return "Nothing was measured yet."
    if aim.last is None:
        return "Without a day, and without the project's end, nobody can say where it leads."
    if aim.last <= found.last.day:
        return "Its day has come; nothing is expected any more."
    return "Where it leads can be said from two measurements on different days."


def say_standing(found: Course) -> str:
    """Say how it stands with its time: "behind: 20 % of the way after 60 % of the time"."""
    said = found.standing.word
    if found.way is None or found.passed is None or found.standing is Standing.REACHED:
        return said
    return f"{said}: {say_way(found.way)} of the way after {found.passed} % of the time"


def say_now(value: str | None, target: str | None, unit: str | None = None) -> str:
    """Say a value beside its target: 62 of 90, 62 % of 70 %."""
    now = quantity.say(value) or "–"
    return f"{now} of {quantity.say(target, unit)}" if target else quantity.say(value, unit) or "–"


def spark(values: Iterable[Value], *, most: int = 12) -> str:
    """Draw the last values as small bars between the lowest and the highest."""
    known = [quantity.exact(each.value) for each in by_day(values)]
    shown = [each for each in known if each is not None][-most:]
    if len(shown) < 2:
        return ""
    low, high = min(shown), max(shown)
    top = len(_STEPS) - 1
    return "".join(
        _STEPS[int((each - low) * top / (high - low)) if high > low else top // 2] for each in shown
    )


def chart(values: Sequence[Value], aim: Aim, *, room: int, height: int = 7) -> list[str]:
    """Draw measurements over time with dots, the target as a line; as wide as `room` at most.

    Args:
        values: In any order.
        aim: Its baseline and target set the scale too.
        room: Cells there are, at least 24.
        height: Lines of the drawing, without the days below it.
    """
    known = [(each.day, number) for each in by_day(values)
             if (number := quantity.exact(each.value)) is not None]  # fmt: skip
    if not known:
        return []
    target, begin = quantity.exact(aim.target), quantity.exact(aim.baseline)
    numbers = [number for _, number in known] + [it for it in (target, begin) if it is not None]
    low, high = min(numbers), max(numbers)
    decimals = quantity.decimals_of(*(each.value for each in values), aim.target, aim.baseline)
    ends = [_short(it, decimals) for it in (high, low)]
    label = max(map(len, ends))
    wide = max(room, 24) - label - 2
    first, last = known[0][0], known[-1][0]

    def line(number: Fraction) -> int:
        return round((number - low) / (high - low) * (height - 1)) if high > low else height // 2

    grid = [[" "] * wide for _ in range(height)]
    if target is not None:
        grid[line(target)] = ["┄"] * wide
    for day, number in known:
        at = (day - first).days * (wide - 1) // (last - first).days if last > first else 0
        grid[line(number)][at] = "●"
    lines = []
    for place in reversed(range(height)):
        mark = ends[0] if place == height - 1 else ends[1] if place == 0 and high > low else ""
        lines.append(f"{mark:>{label}} {'┤' if mark else '│'}{''.join(grid[place])}".rstrip())
    lines.append(f"{' ' * label} └{'─' * wide}")
    one, other = days.say_brief(first), days.say_brief(last)
    under = one if first == last else f"{one}{other:>{max(wide - len(one), len(other) + 1)}}"
    lines.append(f"{' ' * (label + 2)}{under}")
    return lines


def _short(number: Fraction, decimals: int) -> str:
    said = quantity.say(quantity.rounded(number, min(decimals, 2)))
    if len(said) <= LONGEST_LABEL:
        return said
    digits = str(abs(number.numerator) // number.denominator)
    return f"{'-' * (number < 0)}{digits[0]}.{digits[1:3]}e{len(digits) - 1}"


class Noted(NamedTuple):
    """A measurement as it was typed in one line."""

    value: str
    day: date
    source: str | None
    doubt: str | None


def read_line(text: str, *, today: date) -> Noted:
    """Read a measurement: 251, 62 % 12 Nov, 1 234,5 yesterday export of the survey tool.

    A number, then a day where it is another than today, then where the value comes from.

    Raises:
        Misread: It does not begin with a number, or the day is still to come.
    """
    said = clean(text).split(" ")
    for many in range(min(len(said), 6), 0, -1):
        try:
            number = quantity.read(" ".join(said[:many]))
        except Misread:
            continue
        if number.unit not in (None, "%"):
            continue
        day, used = _read_day(said[many:], today)
        if day > today:
            raise Misread(f"{days.say_brief(day)} is still to come: nothing is measured yet.")
        source = " ".join(said[many + used :]).strip(" ,;:") or None
        return Noted(number.value, day, source, number.doubt)
    raise Misread("Begin with the value: 251, or 62 % 12 Nov, then where it comes from.")


def _read_day(words: Sequence[str], today: date) -> tuple[date, int]:
    """Read the day that words begin with, as far as they do, and how many words it has."""
    led = 1 if words and words[0].lower().strip(",") in {"on", "at"} else 0
    for many in range(min(len(words) - led, _DATE_WORDS), 0, -1):
        said = " ".join(words[led : led + many]).strip(",;")
        if said.isdecimal():
            continue  # a number alone counts something
        try:
            found = days.read_day(said, today=today)
        except Misread:
            continue
        if found.day is not None and found.month is None:
            return past_days.last_time(found.day, said, today), led + many
    return today, 0
