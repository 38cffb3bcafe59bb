"""Several fillings of one checklist beside each other: where they differ, and what all agree on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from ka2tui.domain.checklist import BEST, Answer, score
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from ka2tui.domain.checklist import Score

AGREED: Final = "Agreed: "
"""How the name begins that stands as assessor where several agreed."""

ROUND: Final = timedelta(days=60)
"""Assessments of one checklist that lie no further apart belong to one round."""


@frozen
class Given:
    """One item as it stands in one assessment."""

    code: str
    criterion: str
    criterion_title: str
    text: str
    proof: str | None
    source: str | None
    weight: int
    answer: Answer
    note: str | None = None
    found_at: str | None = None


class Kept(Protocol):
    """An item as it is kept with its answer."""

    @property
    def score(self) -> int | None:
        """0 to 4."""

    @property
    def applies(self) -> bool:
        """Whether it is for this project."""

    @property
    def note(self) -> str | None:
        """A few words."""

    @property
    def found_at(self) -> str | None:
        """Where the proof lies."""


_WORDS: Final = ("code", "criterion", "criterion_title", "text", "proof", "source", "weight")


def words(one: object) -> dict[str, Any]:
    """Give what an item says and weighs, as one assessment takes it over from another."""
    return {name: getattr(one, name) for name in _WORDS}


def given(row: Kept) -> Given:
    """Take an item as it is kept in an assessment."""
    answer = Answer(row.score, not_applicable=not row.applies)
    return Given(**words(row), answer=answer, note=row.note, found_at=row.found_at)


@frozen
class Compared:
    """One item, and what each assessor said of it."""

    id: int
    """Its place among all, from 1."""
    code: str
    criterion: str
    criterion_title: str
    text: str
    proof: str | None
    source: str | None
    weight: int
    answers: tuple[Answer | None, ...]
    """In the order of the assessments; None where one has no such item."""
    notes: tuple[str | None, ...]
    places: tuple[str | None, ...]
    """Where each says that the proof lies."""
    reworded: bool
    """Whether its words are not the same in all of them."""

    @property
    def scores(self) -> tuple[int, ...]:
        """The scores that were given."""
        return tuple(one.score for one in self.answers if one is not None and one.score is not None)

    @property
    def split(self) -> bool:
        """Whether some gave a score where others say that it does not apply."""
        outside = any(one is not None and one.not_applicable for one in self.answers)
        return outside and bool(self.scores)

    @property
    def spread(self) -> int | None:
        """Points between the highest and the lowest score; None where there are no two."""
        return max(self.scores) - min(self.scores) if len(self.scores) > 1 else None

    @property
    def gap(self) -> int:
        """How far they are apart, 0 to 4; whether it applies at all is as far as can be."""
        return BEST if self.split else self.spread or 0

    @property
    def silent(self) -> tuple[int, ...]:
        """The places of those who have the item and have not answered it."""
        return tuple(n for n, one in enumerate(self.answers) if one is not None and one.open)

    @property
    def agreed(self) -> Answer | None:
        """The answer that all gave who have the item; None where they are fewer than two.

        None also where it is worded differently: they did not answer the same.
        """
        there = [one for one in self.answers if one is not None]
        same = len(there) > 1 and all(one == there[0] for one in there) and not self.reworded
        return there[0] if same and not there[0].open else None

    @property
    def word(self) -> str:
        """Say how they stand to each other."""
        if self.split:
            return "applies or not"
        if self.gap:
            return f"{self.gap} apart"
        if self.agreed is not None:
            return "agreed"
        if self.reworded and not self.silent:
            return "worded differently"
        return "not answered" if not self.scores else "not all answered"


def compare(sheets: Sequence[Sequence[Given]]) -> tuple[Compared, ...]:
    """Put items beside each other by their codes, as the last assessment words and orders them.

    Args:
        sheets: The items of each assessment; items that only others have follow at the end of
            their criterion.
    """
    first: dict[str, Given] = {}
    for sheet in reversed(sheets):
        for one in sheet:
            first.setdefault(one.code, one)
    criteria = list(dict.fromkeys(one.criterion for one in first.values()))
    ordered = sorted(first.values(), key=lambda one: criteria.index(one.criterion))
    by_code = [{one.code: one for one in sheet} for sheet in sheets]
    return tuple(
        _compared(number, one, [sheet.get(one.code) for sheet in by_code])
        for number, one in enumerate(ordered, start=1)
    )


def _compared(number: int, one: Given, beside: Sequence[Given | None]) -> Compared:
    there = [each for each in beside if each is not None]
    return Compared(
        id=number,
        **words(one),
        answers=tuple(None if each is None else each.answer for each in beside),
        notes=tuple(None if each is None else each.note for each in beside),
        places=tuple(None if each is None else each.found_at for each in beside),
        reworded=len({each.text for each in there}) > 1,
    )


def by_disagreement(items: Iterable[Compared]) -> list[Compared]:
    """Order items: the furthest apart first, then what somebody left open, then the agreed."""
    return sorted(
        items,
        key=lambda one: (-one.gap, one.agreed is not None, -len(one.silent), -one.weight, one.id),
    )


@frozen
class Outcome:
    """What agreeing could give."""

    agreed: Score
    """The own estimate over the items that all answered alike."""
    lowest: Score
    """The own estimate where the lowest answer of each item counted ..."""
    highest: Score
    """... and where the highest one did."""

    @property
    def say(self) -> str:
        """Say it in a few words."""
        low, high = self.lowest.total, self.highest.total
        if low is None or high is None:
            return "nothing answered yet"
        between = str(low) if low == high else f"between {low} and {high}"
        left = f", {self.highest.so_far}" if self.highest.unanswered else ""
        return f"agreed, the own estimate would be {between} of 100{left}"


def outcome(items: Sequence[Compared]) -> Outcome:
    """Say what the own estimate could be once everybody agreed."""
    same = {one.code: one.agreed for one in items if one.agreed is not None}
    return Outcome(
        score([one for one in items if one.code in same], same),
        score(items, {one.code: _one_of(one, min) for one in items}),
        score(items, {one.code: _one_of(one, max) for one in items}),
    )


def _one_of(one: Compared, choose: Callable[[Iterable[int]], int]) -> Answer:
    """Choose one of the answers; that it does not apply counts where nobody gave a score."""
    if one.scores:
        return Answer(choose(one.scores))
    return next((each for each in one.answers if each is not None and not each.open), Answer())


def proposed(items: Sequence[Compared], names: Sequence[str]) -> dict[str, tuple[Answer, str]]:
    """Prefill what was agreed: by code the answer, open where they differ, and who said what.

    Args:
        items: Compared.
        names: Of the assessors, in the order of the answers.
    """
    filled = {}
    for one in items:
        said = [
            f"{name}: {answer.brief}" + (f", {note}" if note else "")
            for name, answer, note in zip(names, one.answers, one.notes, strict=True)
            if answer is not None and (one.agreed is None or note)
        ]
        filled[one.code] = one.agreed or Answer(), "\n".join(said)
    return filled


def agreed_by(names: Iterable[str]) -> str:
    """Name as assessor those who agreed."""
    return AGREED + ", ".join(names)


def is_agreed(assessor: str) -> bool:
    """Tell whether an assessment is what several agreed on."""
    return assessor.startswith(AGREED)


def same_round(one: date, other: date) -> bool:
    """Tell whether assessments of two days belong to one round."""
    return abs(one - other) <= ROUND


def is_unseen(assessor: str, *, closed: bool) -> bool:
    """Tell whether who fills in an assessment does not see what others answer in its round.

    What is agreed on is made of the answers of others, and so shows them.
    """
    return not closed and not is_agreed(assessor)


@frozen
class Filling:
    """One filling of a checklist: whose, and when."""

    id: int
    assessor: str
    day: date
    begun: bool
    """Whether anything was answered."""


@frozen
class Round:
    """What is compared where nobody says which, by ids."""

    chosen: tuple[int, ...]
    """The newest of each assessor."""
    older: tuple[int, ...]
    """The newest of those who answered in earlier rounds only; they are left out."""


def newest_round(rows: Sequence[Filling]) -> Round:
    """Choose the newest of each assessor within the newest round, what was agreed left out.

    What is begun goes before what is not answered at all.

    Args:
        rows: Fillings of one checklist, newest first.
    """
    own = [one for one in rows if not is_agreed(one.assessor)]
    begun = [one for one in own if one.begun]
    ordered = [*begun, *(one for one in own if not one.begun)]
    chosen: dict[str, int] = {}
    older: dict[str, int] = {}
    for one in ordered:
        if one.day >= ordered[0].day or same_round(one.day, ordered[0].day):
            chosen.setdefault(fold(one.assessor), one.id)
    for one in begun:
        if fold(one.assessor) not in chosen:
            older.setdefault(fold(one.assessor), one.id)
    return Round(tuple(chosen.values()), tuple(older.values()))
