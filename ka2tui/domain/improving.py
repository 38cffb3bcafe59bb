"""The cheapest ways to a better score: how few points would change what is paid."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Kind
from ka2tui.domain.money import say_amount
from ka2tui.domain.reductions import BEST
from ka2tui.domain.score import again
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ka2tui.domain.score import Line, Part, Reckoning

MOST = 3
"""How many improvements are named."""

HOW = (
    "Cheapest means the fewest points: for each part, the smallest whole number of points that "
    "lifts the total to where less is taken off, everything else staying as it is; where no part "
    "reaches that alone, the heaviest parts together, since a point there lifts the total most. "
    "After these come the fewest points that bring a single part up to the line from which all is "
    "paid, and last what would be refused. How much work a point is, you know best."
)
"""How they were found, in words that stand beside them."""


class Way(Kind):
    """What an improvement does."""

    TOTAL = "total", "lifts the total"
    PART = "part", "lifts one part"
    REFUSED = "refused", "gets a part accepted"


@frozen
class Step:
    """Points that one part would gain."""

    part: Part
    to: int

    @property
    def points(self) -> int:
        """How many they are."""
        return self.to - (self.part.score or 0)

    @property
    def said(self) -> str:
        """Say it: WP4 from 70 to 79 (+9)."""
        return f"{self.part.code} from {self.part.score} to {self.to} (+{self.points})"


@frozen
class Hint:
    """An item of a checklist that would bring points."""

    code: str
    text: str
    answer: str
    """How it was answered."""
    points: int
    """What the part would gain, in tenths of a point."""


@frozen
class Improvement:
    """One way to a better score."""

    way: Way
    steps: tuple[Step, ...]
    part: Part
    """The part it is about; of several, the one that gains most."""
    total: int | None
    """What the total would be then."""
    percent: int | None
    """What would be taken off then."""
    saved: int | None
    """Cents; None while the table is not confirmed, or where it cannot be told."""
    threshold: int
    hints: tuple[Hint, ...] = ()
    """The open items of its checklist that weigh most."""

    @property
    def points(self) -> int:
        """How many points it takes in all."""
        return sum(step.points for step in self.steps)

    @property
    def said(self) -> str:
        """Say what it takes and what it brings."""
        if self.way is Way.REFUSED:
            return f"{self.part.code}: get the {self.part.refused} % accepted that would be refused"
        steps = ", ".join(step.said for step in self.steps)
        if self.way is Way.PART:
            return f"{steps}: no longer below {self.threshold}, so no longer one to reduce"
        off = f"{self.percent} % off" if self.percent else "paid in full"
        return f"{steps}: the total becomes {self.total}, {off}"

    def say_saved(self, currency: str) -> str | None:
        """Say what it would save; None where that is not known."""
        return None if self.saved is None else f"{say_amount(self.saved, currency)} less at risk"


def improvements(
    now: Reckoning,
    *,
    hints: Mapping[str, Sequence[Hint]] | None = None,
    most: int = MOST,
) -> tuple[Improvement, ...]:
    """Find the cheapest ways to a better score, the cheapest first.

    Args:
        now: How it stands.
        hints: By the code of a part: the open items of its checklist that weigh most.
    """
    known = hints or {}
    found: list[Improvement] = []
    for ways in (_of_the_total(now, most), _of_single_parts(now, most), _of_refused(now, most)):
        ordered = sorted(ways, key=_price)
        found += [one for one in ordered if not one.steps or one.steps not in map(_steps, found)]
    return tuple(replace(one, hints=tuple(known.get(one.part.code, ()))) for one in found[:most])


def _price(one: Improvement) -> tuple[int, int, int, str]:
    """Give what comes first by: few points, much saved, a weak part."""
    return one.points, -(one.saved or 0), one.part.score or 0, one.part.code


def _steps(one: Improvement) -> tuple[Step, ...]:
    return one.steps


def to_full(now: Reckoning) -> Improvement | None:
    """Find the fewest points after which everything is paid; None where it is, or never can be."""
    if now.total is None or now.total >= now.threshold:
        return None
    return _together(now, now.threshold)


def _cheapest(steps: Iterable[Step], most: int) -> list[Step]:
    """Give those of the fewest points, of as many those of the weakest parts first."""
    return sorted(steps, key=lambda step: (step.points, step.to, step.part.code))[:most]


def _of_the_total(now: Reckoning, most: int) -> Iterator[Improvement]:
    """Yield each part that lifts the total by itself, else the parts that do it together."""
    target = None if now.total is None else now.table.better(now.total)
    if target is None or now.exact is None:
        return
    alone = [
        Step(line.part, to)
        for line in now.lines
        if line.weighed and (to := _needed(now, target, line)) is not None
    ]
    for step in _cheapest(alone, most):
        yield _made(now, (step,))
    together = _together(now, target) if len(alone) < most else None
    if together is not None and len(together.steps) > 1:
        yield together


def _needed(now: Reckoning, target: int, line: Line) -> int | None:
    """Give the lowest score of one part with which the total reaches a target; None: none does."""
    missing = _missing(now, target) / line.weight
    points = -(-missing.numerator // missing.denominator)
    to = (line.part.score or 0) + points
    return to if to <= BEST else None


def _missing(now: Reckoning, target: int) -> Fraction:
    """Tell how much the mean lacks until it is rounded to a target."""
    return Fraction(2 * target - 1, 2) - (now.exact or 0)


def _together(now: Reckoning, target: int) -> Improvement | None:
    """Lift the heaviest parts, one after the other, until the total reaches a target."""
    missing = _missing(now, target)
    steps = []
    for line in sorted(now.lines, key=lambda each: -each.weight):
        score = line.part.score or 0
        if missing <= 0 or not line.weighed:
            break
        needed = missing / line.weight
        points = min(-(-needed.numerator // needed.denominator), BEST - score)
        if points:
            steps.append(Step(line.part, score + points))
            missing -= points * line.weight
    return _made(now, tuple(steps)) if steps and missing <= 0 else None


def _made(now: Reckoning, steps: tuple[Step, ...], way: Way = Way.TOTAL) -> Improvement:
    to = {step.part.code: step.to for step in steps}
    then = again(now, lambda part: replace(part, score=to.get(part.code, part.score)))
    return Improvement(
        way,
        steps,
        max(steps, key=lambda step: step.points).part,
        then.total,
        then.percent,
        # what an agency would take off a single part is not in the table
        None if way is Way.PART else _saved(now, then),
        now.threshold,
    )


def _of_single_parts(now: Reckoning, most: int) -> Iterator[Improvement]:
    """Yield the parts that may be reduced by themselves, whatever the whole comes to."""
    if now.exact is not None:
        low = [Step(line.part, now.threshold) for line in now.lines if line.below]
        # some of them may lift the total as well, and are named as that already
        for step in _cheapest(low, 2 * most):
            yield _made(now, (step,), Way.PART)


def _of_refused(now: Reckoning, most: int) -> Iterator[Improvement]:
    refused = [line for line in now.lines if line.part.refused]
    for line in sorted(refused, key=lambda each: -each.part.refused_cents)[:most]:
        code = line.part.code

        def accepted(part: Part, code: str = code) -> Part:
            return replace(part, refused=0) if part.code == code else part

        then = again(now, accepted)
        yield Improvement(
            Way.REFUSED, (), line.part, then.total, then.percent, _saved(now, then), now.threshold
        )


def _saved(now: Reckoning, then: Reckoning) -> int | None:
    if not now.table.confirmed or now.at_risk is None:
        return None
    return now.at_risk - (then.at_risk or 0)
