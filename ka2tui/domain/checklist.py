"""Checklists: which there are, which items apply, and the own estimate they give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from ka2tui.domain.refusal import Misread, Refused
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ka2tui.domain.checklist_reading import Checklist, Item

BEST: Final = 4
"""The highest score of an item."""

_AGENCY_ACTION: Final = re.compile(r"KA2\d\d\b")


@frozen
class Step:
    """One step of the scale on which items are answered."""

    score: int
    word: str
    meaning: str


SCALE: Final = (
    Step(0, "missing", "nothing has been done yet"),
    Step(1, "begun", "somebody is at it, but there is little to show"),
    Step(2, "partly", "about half of it is there"),
    Step(3, "nearly", "it is there, but something small or the proof is missing"),
    Step(4, "done, with proof", "it is there and could be shown to somebody today"),
)
"""The scale, lowest first; the index is the score."""


@frozen
class Answer:
    """What somebody said about one item; with neither a score nor not applicable it stays open."""

    score: int | None = None
    """0 to 4."""
    not_applicable: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be an answer."""
        if self.score is not None and self.not_applicable:
            raise Refused("An item that does not apply has no score.")
        if self.score is not None and not 0 <= self.score <= BEST:
            raise Refused(f"A score is between 0 and {BEST}, not {self.score}.")

    @property
    def open(self) -> bool:
        """Whether nothing was answered yet."""
        return self.score is None and not self.not_applicable

    @property
    def word(self) -> str:
        """What a person reads."""
        if self.not_applicable:
            return "not applicable"
        return "not answered" if self.score is None else SCALE[self.score].word

    @property
    def brief(self) -> str:
        """The answer in one to three signs: 3, n/a, - (open)."""
        if self.not_applicable:
            return "n/a"
        return "-" if self.score is None else str(self.score)

    @property
    def said(self) -> str:
        """The answer as number and word: 3, nearly."""
        return self.word if self.score is None else f"{self.score}, {self.word}"


class Weighed(Protocol):
    """What scoring needs of an item: of a file, or as it was copied into an assessment."""

    @property
    def code(self) -> str:
        """P01."""

    @property
    def criterion(self) -> str:
        """The id of its criterion."""

    @property
    def criterion_title(self) -> str:
        """What a person reads for it."""

    @property
    def weight(self) -> int:
        """1 to 3."""


@frozen
class ChosenItem:
    """An item as it stands in an assessment of one project."""

    code: str
    criterion: str
    criterion_title: str
    text: str
    proof: str
    weight: int
    source: str
    place: str | None


@frozen
class CriterionScore:
    """The own estimate for one criterion."""

    criterion: str
    title: str
    points: int
    """Weight times score, summed over the answered items."""
    of: int
    """The most those items could give."""
    answered: int
    items: int
    """Those that apply, answered or not."""

    @property
    def so_far(self) -> str:
        """Say how much is answered: "2 of 4 answered"."""
        return f"{self.answered} of {self.items} answered"

    @property
    def per_cent(self) -> int | None:
        """0 to 100, rounded down; not known while nothing is answered."""
        return self.points * 100 // self.of if self.of else None


@frozen
class Score:
    """The own estimate an assessment gives: never the agency's view."""

    criteria: tuple[CriterionScore, ...]
    """In the order in which the items name them."""
    not_applicable: int

    @property
    def points(self) -> int:
        """Weight times score, summed over all answered items."""
        return sum(one.points for one in self.criteria)

    @property
    def of(self) -> int:
        """The most the answered items could give."""
        return sum(one.of for one in self.criteria)

    @property
    def total(self) -> int | None:
        """0 to 100, rounded down; not known while nothing is answered."""
        return self.points * 100 // self.of if self.of else None

    @property
    def items(self) -> int:
        """How many items apply."""
        return sum(one.items for one in self.criteria)

    @property
    def answered(self) -> int:
        """How many of them have a score."""
        return sum(one.answered for one in self.criteria)

    @property
    def unanswered(self) -> int:
        """How many of them are still open."""
        return self.items - self.answered

    @property
    def brief(self) -> str:
        """Say the estimate in a cell: "63 of 100", "63 of 100, 17 of 20 answered"."""
        return self.say.removeprefix("own estimate ")

    @property
    def say(self) -> str:
        """Say the estimate in a few words: "own estimate 63 of 100, 17 of 20 answered"."""
        if self.total is None:
            return "nothing applies" if not self.items else "nothing answered yet"
        so_far = f", {self.so_far}" if self.unanswered else ""
        return f"own estimate {self.total} of 100{so_far}"

    @property
    def so_far(self) -> str:
        """Say how much is answered: "17 of 20 answered"."""
        return f"{self.answered} of {self.items} answered"

    def reaches(self, minimum: int) -> bool:
        """Whether every item is answered and the estimate is at least this many per cent."""
        if self.unanswered:
            return False
        return not self.items or (self.total is not None and self.total >= minimum)


# --- which items, and how heavy -----------------------------------------------------------------


def manager_of(action: str | None) -> str | None:
    """Tell who manages an action from its code: "NA", "EACEA", or None where it does not say."""
    code = (action or "").upper()
    if _AGENCY_ACTION.match(code):
        return "NA"
    return "EACEA" if code.startswith("ERASMUS-") or "EPPKA2" in code else None


def _fits(
    word: str, action: str | None, managed_by: str | None, call_year: int | None
) -> bool | None:
    """Tell whether one word of `applies_to` fits; None where too little is known to say."""
    if word == "all":
        return True
    if word in {"NA", "EACEA"}:
        manager = managed_by or manager_of(action)
        return None if manager is None else manager == word
    when, _, year = word.partition("-")
    if when in {"before", "since"}:
        if call_year is None:
            return None
        return call_year < int(year) if when == "before" else call_year >= int(year)
    return f"-{word}-" in f"-{action.upper()}-" if action else None


def applies(
    item: Item,
    action: str | None = None,
    managed_by: str | None = None,
    call_year: int | None = None,
) -> bool:
    """Tell whether an item is for such a project; where too little is known, it is.

    Args:
        item: An item of a file.
        action: A code such as "KA220-SCH" or "ERASMUS-EDU-2025-PEX-COVE".
        managed_by: "NA" or "EACEA"; read from the action where it says so.
        call_year: The year of the call.
    """
    return any(_fits(word, action, managed_by, call_year) is not False for word in item.applies_to)


def weight_of(
    item: Item,
    action: str | None = None,
    managed_by: str | None = None,
    call_year: int | None = None,
) -> int:
    """Weigh an item for such a project; the first of its other weights that surely fits wins."""
    for word, weight in item.weights.items():
        if _fits(word, action, managed_by, call_year):
            return weight
    return item.weight


def choose(
    checklist: Checklist,
    action: str | None = None,
    managed_by: str | None = None,
    call_year: int | None = None,
) -> tuple[ChosenItem, ...]:
    """Pick the items for such a project, as they are copied into an assessment."""
    about = (action, managed_by, call_year)
    return tuple(
        ChosenItem(
            item.id,
            item.criterion.id,
            item.criterion.title,
            item.text,
            item.proof,
            weight_of(item, *about),
            item.source,
            item.place,
        )
        for item in checklist.items
        if applies(item, *about)
    )


# --- scoring ------------------------------------------------------------------------------------


def read_answer(text: str) -> Answer:
    """Read an answer as it is typed: 0 to 4, one of the words of the scale, "n/a", or "-" for open.

    Raises:
        Misread: It is none of these.
    """
    said = " ".join(text.split()).casefold()
    if said in {"n/a", "na", "n", "not applicable"}:
        return Answer(not_applicable=True)
    if said in {"", "-", "open", "not answered"}:
        return Answer()
    for step in SCALE:
        if said in {str(step.score), step.word, step.word.partition(",")[0]}:
            return Answer(step.score)
    raise Misread(f"An answer is 0 to {BEST}, n/a or - (open), not {text.strip()!r}.")


def score(items: Iterable[Weighed], answers: Mapping[str, Answer]) -> Score:
    """Count the own estimate: weighted, without what does not apply and what is still open.

    Args:
        items: Those of the assessment, in their order.
        answers: By the code of the item; a missing one is open.
    """
    groups: dict[str, list[Weighed]] = {}
    outside = 0
    for item in items:
        if answers.get(item.code, Answer()).not_applicable:
            outside += 1
            continue
        groups.setdefault(item.criterion, []).append(item)
    return Score(tuple(_score_of(group, answers) for group in groups.values()), outside)


def _score_of(group: Sequence[Weighed], answers: Mapping[str, Answer]) -> CriterionScore:
    given = [
        (item.weight, answer.score)
        for item in group
        if (answer := answers.get(item.code)) is not None and answer.score is not None
    ]
    return CriterionScore(
        criterion=group[0].criterion,
        title=group[0].criterion_title,
        points=sum(weight * reached for weight, reached in given),
        of=sum(weight * BEST for weight, _ in given),
        answered=len(given),
        items=len(group),
    )


# --- which there are ----------------------------------------------------------------------------


def load(own: Path | None = None) -> tuple[Checklist, ...]:
    """Give every checklist that is shipped or in the user's own folder, in their order.

    A file of the user's that cannot be read is left out; `checklist_files.found` says why.
    """
    from ka2tui.domain import checklist_files

    return checklist_files.found(own).entries


def find(said: str, own: Path | None = None) -> Checklist:
    """Give the checklist that is meant: by id, title, place in the order or name of its file.

    Raises:
        Refused: There is none; those there are get named.
    """
    from ka2tui.domain import checklist_files

    return checklist_files.named(said, own)
