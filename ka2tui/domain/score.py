"""The score of a final report as one would give it oneself, and what it would cost.

Work packages are weighed by their money, the management is not scored, the result is rounded half
up. Euros come out only where the table of reductions was confirmed.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Kind
from ka2tui.domain.money import apportion, say_amount
from ka2tui.domain.reductions import BEST
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ka2tui.domain.reductions import Table

LABEL = "own estimate"
"""What stands beside every score: it is never the agency's."""

HOW = (
    "Each work package or activity is scored from 0 to 100 and weighed by its money; the "
    "management is not scored; the result is rounded to whole points, half up. What would be "
    "refused of single parts is taken off whole; the per cent of the table is taken off what is "
    "left of the grant."
)


OF_A_PART = "work_package"
"""The checklist that gives the score of a part where none is typed."""

OF_THE_REPORT = "final_report"
"""The checklist whose criteria the final report is looked at by."""


_FINE = 10_000
"""Into how many steps a point is divided where a mean is told."""


class Judged(Kind):
    """What is judged."""

    REPORT = "final_report", "final report"
    APPLICATION = "application"


class Whence(Kind):
    """Where the score of a part comes from."""

    TRIED = "tried", "tried here"
    TYPED = "typed"
    CHECKLIST = "checklist"


@frozen
class Part:
    """A work package, activity or heading, as far as its score is concerned."""

    code: str
    title: str = ""
    cents: int | None = None
    """Its money; None: not known."""
    score: int | None = None
    """0 to 100; None: nobody said."""
    refused: int = 0
    """What would be refused of its money, in per cent."""
    is_scored: bool = True
    """False for the management."""
    id: int = 0
    whence: Whence | None = None
    """Where its score comes from."""

    @property
    def refused_cents(self) -> int:
        """What would be refused of its money, to the cent."""
        return half_up((self.cents or 0) * self.refused, 100)


@frozen
class Tried:
    """What is only tried: nothing of it is kept."""

    scores: Mapping[int, int] = field(default_factory=dict)
    """By the id of the part."""
    refused: Mapping[int, int] = field(default_factory=dict)
    """By the id of the part, in per cent of its money."""
    points: Mapping[str, int] = field(default_factory=dict)
    """By the id of the award criterion."""
    total: int | None = None
    """A total that is given, whatever the parts are scored."""


NOTHING = Tried()
"""Nothing is tried."""


@frozen
class Line:
    """A part, and what it means for the whole."""

    part: Part
    weight: Fraction
    """Its part in the total, 0 to 1."""
    below: bool
    """Its own score is below the one from which everything is paid."""
    at_risk: int | None
    """Cents; None while the table is not confirmed."""

    @property
    def weighed(self) -> bool:
        """Whether its score counts in the total."""
        return self.weight > 0


@frozen
class Reckoning:
    """What the scores of the parts come to."""

    table: Table
    grant: int | None
    """Cents, as it was reckoned with."""
    lines: tuple[Line, ...]
    exact: Fraction | None
    """The weighed mean before it is rounded; None: nothing is scored."""
    total: int | None
    """In whole points."""
    by_money: bool
    """False: no part that is scored has money, so each counts the same."""
    at_risk: int | None
    """Cents; None while the table is not confirmed, or nothing is scored or refused."""
    outside: int | None
    """Cents at risk of money of the grant that is in no part."""

    @property
    def threshold(self) -> int:
        """From which total on everything is paid."""
        return self.table.full_from

    @property
    def may_be_more(self) -> bool:
        """Whether more is at risk than the table says: a single part below may be reduced too."""
        return (
            self.at_risk is not None and bool(self.reached) and any(it.below for it in self.lines)
        )

    @property
    def reached(self) -> bool | None:
        """Whether everything would be paid; None: nothing is scored."""
        return None if self.total is None else self.total >= self.threshold

    @property
    def percent(self) -> int | None:
        """What the table takes off for the total; None: nothing is scored."""
        return None if self.total is None else self.table.percent(self.total)

    @property
    def percents(self) -> tuple[int, ...]:
        """The parts in the total in whole per cent, in the order of the lines; together 100."""
        whole = lcm(*(line.weight.denominator for line in self.lines))
        return tuple(apportion(100, [int(line.weight * whole) for line in self.lines]))

    @property
    def shares(self) -> tuple[Decimal, ...]:
        """What each part brings to the total before it is rounded, in the order of the lines.

        Score times weight with four decimals; together they are the mean as it is told.
        """
        exact = Fraction() if self.exact is None else self.exact
        whole = lcm(*(line.weight.denominator for line in self.lines))
        points = [int(line.weight * whole) * (line.part.score or 0) for line in self.lines]
        parts = apportion(exact.numerator * _FINE // exact.denominator, points)
        return tuple(Decimal(say_exact(Fraction(each, _FINE))) for each in parts)

    @property
    def unscored(self) -> tuple[Part, ...]:
        """The parts that the report will score and nobody did yet."""
        parts = (line.part for line in self.lines)
        return tuple(part for part in parts if part.is_scored and part.score is None)

    @property
    def brief(self) -> str:
        """Say the total: "67 of 100", "60 of 100 so far" while a part has no score."""
        if self.total is None:
            return "nothing is scored yet"
        so_far = " so far" if self.exact is not None and self.unscored else ""
        return f"{self.total} of {BEST}{so_far}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know of it, in sentences."""
        weighing = self._of_weighing() if self.exact is not None else ()
        return (*weighing, *self._of_the_grant(), *self._of_doubts())

    def _of_weighing(self) -> Iterator[str]:
        scored = [line for line in self.lines if line.part.is_scored]
        if not self.by_money:
            yield "None of what is scored has money of its own, so each part counts the same."
        poor = [it.part.code for it in scored if it.part.score is not None and not it.weighed]
        if poor:
            yield f"{_names(poor)} without money: the score does not count."
        if self.unscored:
            codes = [part.code for part in self.unscored]
            yield f"{_names(codes)} not scored yet: left out of the total."
        low = [line.part.code for line in scored if line.below]
        if low and self.reached:
            yield (
                f"{_names(low)} below {self.threshold}: the whole is paid in full from "
                f"{self.threshold} on, yet a single part below it may still be reduced."
            )

    def _of_the_grant(self) -> Iterator[str]:
        money = sum(line.part.cents or 0 for line in self.lines)
        if self.grant is not None and money not in (0, self.grant):
            more = "more" if money > self.grant else "less"
            counts = "the sum of the parts" if money > self.grant else "the grant"
            yield f"The parts add up to {more} than the grant; {counts} is what is reckoned with."

    def _of_doubts(self) -> Iterator[str]:
        if self.total is not None and self.table.doubts and self.total in self.table.doubts:
            yield self.table.doubts[self.total]

    @property
    def said(self) -> str:
        """Say it in a line."""
        if self.total is None:
            return self.brief
        is_whole = self.exact is None or self.exact.denominator == 1
        mean = "" if is_whole else f" ({say_exact(self.exact or Fraction())} before rounding)"
        short = self.threshold - self.total
        points = "1 point" if short == 1 else f"{short} points"
        taken = "" if self.table.confirmed else " by a table that is not confirmed"
        if self.exact is not None and self.unscored:
            known = sum(line.part.is_scored for line in self.lines)
            of = f"{known - len(self.unscored)} of {known} parts"
            said = f"{self.total} of {BEST}{mean} for what is scored, {of}"
            if short <= 0:
                return f"{said}: not below {self.threshold} so far"
            return (
                f"{said}: {points} below {self.threshold} so far, which would be "
                f"{self.percent} % off{taken}"
            )
        if short <= 0:
            return f"{self.brief}{mean}: {self.threshold} is reached, paid in full"
        return f"{self.brief}{mean}: {points} below {self.threshold}, {self.percent} % off{taken}"

    def say_at_risk(self, currency: str) -> str:
        """Say what is at risk; blank while the table is not confirmed."""
        if self.at_risk is None:
            return ""
        said = say_amount(self.at_risk, currency)
        so_far = ", by what is scored so far" if self.exact is not None and self.unscored else ""
        if not self.may_be_more:
            return f"{said}{so_far}"
        if not self.at_risk:
            return f"not known: a single part below {self.threshold} may still be reduced"
        return f"at least {said}{so_far}: a single part below {self.threshold} may be reduced too"

    def say_part_at_risk(self, line: Line, currency: str) -> str:
        """Say what of a part is at risk; blank where nothing is, or the table is not confirmed."""
        if line.at_risk:
            return say_amount(line.at_risk, currency)
        return "not known" if line.below and self.may_be_more else ""


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round to a whole number, half up; neither is below zero."""
    return (2 * numerator + denominator) // (2 * denominator)


def say_exact(value: Fraction) -> str:
    """Write a mean with at most four decimals, cut off and never rounded: 66.875, 69.4999, 67."""
    whole, rest = divmod(value.numerator * _FINE // value.denominator, _FINE)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def say_management(code: str) -> str:
    """Say why a part has no score."""
    return (
        f"{code} is the management, by its category or title, and the management is not scored. If "
        "it is something else, enter another category for it."
    )


def say_inside(code: str, above: str) -> str:
    """Say why a part of a work package has no score of its own."""
    return f"{code} is part of {above}, which is scored as a whole: name {above}."


def read_score(text: str, what: str = "A score", best: int = BEST) -> int:
    """Read a score as it is typed: a whole number from 0 to the best.

    Raises:
        Misread: It is none.
    """
    said = text.strip().removesuffix("%").strip()
    if not (said.isascii() and said.isdecimal()) or int(said[:6]) > best:
        raise Misread(f"{what} is a whole number from 0 to {best}, not {quoted(text)}.")
    return int(said)


def check_score(score: int | None, best: int = BEST) -> None:
    """Refuse what cannot be a score or a per cent.

    Raises:
        Refused: It is below 0 or above the best.
    """
    if score is not None and not 0 <= score <= best:
        raise Refused(f"{score} cannot be: a whole number from 0 to {best} is meant.")


def reckon(
    parts: Iterable[Part],
    table: Table,
    *,
    grant: int | None = None,
    given: int | None = None,
) -> Reckoning:
    """Reckon the total of the parts, and what it would cost.

    Args:
        parts: Those that have the money of the project among them: no activity of a work package.
        table: What each total costs; without being confirmed it gives no euros.
        grant: Cents; where more is in the parts, the sum of those counts.
        given: A total that is simply given, whatever the parts are scored.

    Raises:
        Refused: A score or per cent is not between 0 and 100.

    Source: Programme Guide 2025, p. 256 and 264, for refusing single parts or a flat per cent;
        for the weighing a course on Erasmus+ tools, a secondary source.
    """
    rows = tuple(parts)
    for part in rows:
        check_score(part.score)
        check_score(part.refused)
    check_score(given)
    weights, by_money = _weights(rows)
    exact = _mean(rows, weights) if given is None else None
    total = given if exact is None else half_up(exact.numerator, exact.denominator)
    percent = None if total is None else table.percent(total)
    known = table.confirmed and (percent is not None or any(part.refused for part in rows))
    costs = _costs(rows, grant, percent or 0) if known else None
    lines = tuple(
        Line(
            part,
            weight if given is None else Fraction(0),
            part.is_scored and part.score is not None and part.score < table.full_from,
            None if costs is None else costs[place],
        )
        for place, (part, weight) in enumerate(zip(rows, weights, strict=True))
    )
    return Reckoning(
        table,
        grant,
        lines,
        exact,
        total,
        by_money,
        None if costs is None else sum(costs),
        None if costs is None else costs[-1],
    )


def again(now: Reckoning, changed: Callable[[Part], Part]) -> Reckoning:
    """Reckon again, as if parts were what `changed` makes of them."""
    given = now.total if now.exact is None else None
    parts = (changed(line.part) for line in now.lines)
    return reckon(parts, now.table, grant=now.grant, given=given)


def _weights(parts: Sequence[Part]) -> tuple[list[Fraction], bool]:
    """Weigh the parts that have a score, by money where any of them has some."""
    scored = [part.is_scored and part.score is not None for part in parts]
    money = [(part.cents or 0) if yes else 0 for part, yes in zip(parts, scored, strict=True)]
    by_money = any(money) or not any(scored)
    counts = money if by_money else [int(yes) for yes in scored]
    whole = sum(counts)
    return [Fraction(each, whole) if whole else Fraction(0) for each in counts], by_money


def _mean(parts: Sequence[Part], weights: Sequence[Fraction]) -> Fraction | None:
    if not any(weights):
        return None
    pairs = zip(parts, weights, strict=True)
    return sum((weight * (part.score or 0) for part, weight in pairs), Fraction(0))


def _costs(parts: Sequence[Part], grant: int | None, percent: int) -> list[int]:
    """Reckon the cents at risk of each part, and last of what is in none; they add up."""
    refused = [part.refused_cents for part in parts]
    money = [part.cents or 0 for part in parts]
    outside = max((grant or 0) - sum(money), 0)
    rest = [*(all_ - gone for all_, gone in zip(money, refused, strict=True)), outside]
    shares = apportion(half_up(sum(rest) * percent, 100), rest)
    return [gone + share for gone, share in zip([*refused, 0], shares, strict=True)]


def _names(codes: Sequence[str]) -> str:
    """Name parts with the verb that follows: "WP2 is", "WP2 and WP3 are"."""
    if len(codes) == 1:
        return f"{codes[0]} is"
    return f"{', '.join(codes[:-1])} and {codes[-1]} are"
