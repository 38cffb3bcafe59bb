"""Award criteria: the points an application would give itself, against what the action asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ka2tui.domain.call_rules import Award, Criterion, Quality

WORDS = {
    "very_good": "very good",
    "good": "good",
    "fair": "fair",
    "weak": "weak",
}
"""What experts call a score, by the key of the rules."""

TITLES = {
    "relevance": "Relevance",
    "design": "Design and implementation",
    "partnership": "Partnership",
    "impact": "Impact",
}
"""What the four criteria of every action are called."""

HOW = (
    "Give each criterion whole points as a strict expert would. An application can be funded where "
    "the total reaches the threshold of the action and no criterion is below its minimum; whether "
    "it is depends on the others and on the money there is."
)

_WHOLE = 100


def title_of(criterion: str) -> str:
    """Give what a person reads for a criterion."""
    return TITLES.get(criterion, criterion.replace("_", " ").capitalize())


def named(award: Award, said: str) -> Criterion:
    """Give the criterion that is meant: by its name or the beginning of it.

    Raises:
        Refused: There is none, or more than one.
    """
    wanted = said.strip().casefold()
    found = [
        each
        for each in award.criteria
        if wanted and any(it.casefold().startswith(wanted) for it in (each.id, title_of(each.id)))
    ]
    if len(found) != 1:
        known = ", ".join(each.id for each in award.criteria)
        raise Refused(f"There is no criterion {quoted(said)}; there are {known}.")
    return found[0]


@frozen
class Mark:
    """A criterion and the points it was given."""

    criterion: Criterion
    points: int | None
    word: str | None
    """What experts call such a score; None where it is not known."""
    note: str | None = None

    @property
    def title(self) -> str:
        """What a person reads for the criterion."""
        return title_of(self.criterion.id)

    @property
    def below(self) -> bool:
        """Whether it misses its minimum."""
        return self.points is not None and self.points < self.criterion.least


@frozen
class Judgement:
    """What the points of an application come to: an own estimate."""

    award: Award
    marks: tuple[Mark, ...]

    @property
    def sum(self) -> int:
        """All points that were given."""
        return sum(mark.points or 0 for mark in self.marks)

    @property
    def open(self) -> tuple[Mark, ...]:
        """The criteria nobody gave points to yet."""
        return tuple(mark for mark in self.marks if mark.points is None)

    @property
    def begun(self) -> bool:
        """Whether any criterion was given points."""
        return len(self.open) < len(self.marks)

    @property
    def total(self) -> int | None:
        """The points of all criteria; None while one is open."""
        return None if self.open else self.sum

    @property
    def fundable(self) -> bool | None:
        """Whether it could be funded; None while that is open."""
        if any(mark.below for mark in self.marks):
            return False
        if self.sum + sum(mark.criterion.most for mark in self.open) < self.award.threshold:
            return False
        return None if self.open else True

    @property
    def reasons(self) -> tuple[str, ...]:
        """What stands in the way, in sentences; what is missing last."""
        return tuple(self._reasons())

    def _reasons(self) -> Iterator[str]:
        for mark in self.marks:
            if mark.below:
                one = mark.criterion
                yield (
                    f"{mark.title}: {_points(mark.points or 0)} of {one.most}, below its minimum "
                    f"of {one.least}."
                )
        short = self.award.threshold - self.sum
        if self.total is not None and short > 0:
            yield f"{_points(short)} missing to the threshold of {self.award.threshold}."
        elif self.total is None and self.fundable is False and short > 0:
            left = sum(mark.criterion.most for mark in self.open)
            if left < short:
                yield f"The threshold of {self.award.threshold} can no longer be reached."
        if self.open and self.begun:
            names = ", ".join(mark.title for mark in self.open)
            yield f"Without points yet: {names}."

    @property
    def said(self) -> str:
        """Say it in a line."""
        if not self.begun:
            return "no points given yet"
        threshold = f"threshold {self.award.threshold}"
        if self.open:
            given = [mark for mark in self.marks if mark.points is not None]
            most = sum(mark.criterion.most for mark in given)
            of = f"{len(given)} of {len(self.marks)} criteria"
            enough = "not enough as it stands" if self.fundable is False else "not all given"
            return f"{self.sum} of {most} for what is scored, {of}, {threshold}: {enough}"
        word = "could be funded" if self.fundable else "could not be funded"
        return f"{self.brief}, {threshold}: {word}"

    @property
    def brief(self) -> str:
        """Say the points: "82 of 100", "20 of 100 so far" while a criterion is open."""
        return f"{self.sum} of {_WHOLE}{' so far' if self.open else ''}"


def judge(
    award: Award,
    points: Mapping[str, int | None],
    quality: Quality | None = None,
    notes: Mapping[str, str | None] | None = None,
) -> Judgement:
    """Hold points against what the action asks.

    Args:
        award: The rules of the action.
        points: By the id of the criterion; missing ones are open.
        quality: What experts call a score.
        notes: By the id of the criterion.

    Raises:
        Refused: Points are below zero, or more than the criterion can give.
    """
    marks = []
    for one in award.criteria:
        given = points.get(one.id)
        if given is not None and not 0 <= given <= one.most:
            raise Refused(f"{title_of(one.id)} has 0 to {one.most} points, not {given}.")
        word = None if given is None or quality is None else quality.word(given, one.most)
        note = None if notes is None else notes.get(one.id)
        marks.append(Mark(one, given, word and WORDS.get(word, word), note))
    return Judgement(award, tuple(marks))


def _points(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'}"
