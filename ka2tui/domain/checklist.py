"""Checklists: how a file is read, which items apply, and the own estimate they give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from ka2tui.domain.entries import placed, rows, table, text, whole, wrong
from ka2tui.domain.kinds import PhaseKind
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

BEST: Final = 4
"""The highest score of an item."""

HEAVIEST: Final = 3
"""The greatest weight of an item."""

LAST: Final = 999
"""The position of a checklist that names none."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_LONGEST_CODE: Final = 12
_TOKEN: Final = re.compile(r"all|NA|EACEA|(?:before|since)-\d{4}|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
_AGENCY_ACTION: Final = re.compile(r"KA2\d\d\b")


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Criterion:
    """A group of items that is scored together."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement to judge."""

    id: str
    criterion: Criterion
    text: str
    proof: str
    """What would show it."""
    weight: int
    """1 to 3."""
    applies_to: tuple[str, ...] = ("all",)
    weights: Mapping[str, int] = field(default_factory=dict)
    """Other weights where one of these words fits the project."""
    source: str = "practice"
    """A key of data/sources.toml."""
    place: str | None = None
    """Where in the source."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist as its file has it."""

    id: str
    title: str
    about: str
    phase: PhaseKind
    position: int
    version: str
    language: str
    criteria: tuple[Criterion, ...]
    items: tuple[Item, ...]


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


AnyItem = TypeVar("AnyItem", bound=Weighed)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    def per_cent(self) -> int | None:
        """0 to 100, rounded down; not known while nothing is answered."""
        return self.points * 100 // self.of if self.of else None


@dataclass(frozen=True, slots=True)
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
    def say(self) -> str:
        """Say the estimate in a few words: "own estimate 63 of 100, 3 not answered"."""
        if self.total is None:
            return "nothing applies" if not self.items else "nothing answered yet"
        left = f", {self.unanswered} not answered" if self.unanswered else ""
        return f"own estimate {self.total} of 100{left}"

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


def weak(
    items: Iterable[AnyItem], answers: Mapping[str, Answer], at_most: int = 1
) -> list[AnyItem]:
    """List the items with a low score, the heaviest and lowest first."""
    low = [
        (-item.weight, answer.score, item)
        for item in items
        if (answer := answers.get(item.code)) is not None
        and answer.score is not None
        and answer.score <= at_most
    ]
    return [item for *_, item in sorted(low, key=lambda entry: entry[:2])]


# --- reading a file -----------------------------------------------------------------------------


def load(own: Path | None = None) -> tuple[Checklist, ...]:
    """Give every checklist that is shipped or in the user's own folder, in their order.

    A file of the user's that cannot be read is left out; `checklist_files.found` says why.
    """
    from ka2tui.domain.checklist_files import found

    return found(own).checklists


def find(said: str, own: Path | None = None) -> Checklist:
    """Give the checklist that is meant: by id, title, place in the order or name of its file.

    Raises:
        Refused: There is none; those there are get named.
    """
    known = load(own)
    wanted = _bare(said.strip().removesuffix(".toml"))
    number, _, rest = wanted.partition("_")
    for one in known:
        names = {_bare(one.id), _bare(one.title)}
        places = {str(one.position)} if one.position != LAST else set()
        begun = number in places and rest.startswith(_bare(one.id))
        if wanted in names | places or begun:
            return one
    names_of_all = ", ".join(one.id for one in known)
    raise Refused(f"There is no checklist {quoted(said)}; there are {names_of_all}.")


def _bare(name: str) -> str:
    return fold(name).replace("-", "_").replace(" ", "_")


def read_checklist(
    data: Mapping[str, Any], file: str = "checklist", written: str = ""
) -> Checklist:
    """Read a checklist as a TOML file gives it.

    Args:
        data: The parsed file.
        file: Its name, for messages.
        written: The file as it stands, so that a message names the line as well.

    Raises:
        Malformed: Something is missing or cannot be; the message names file, place and key.
    """
    with placed(file, written, "checklist"):
        place = f"{file}, [checklist]"
        head = table(data.get("checklist"), place)
        phase = _words(head, "phase", place)
        if phase not in {kind.value for kind in PhaseKind}:
            phases = ", ".join(kind.value for kind in PhaseKind)
            raise wrong("phase", f"{place}: there is no phase {phase!r}; there are {phases}.")
        name = _words(head, "id", place)
        if not _NAME.fullmatch(name):
            raise wrong("id", f"{place}: id is made of letters, digits and _, not {name!r}.")
        title, about = _words(head, "title", place), _words(head, "about", place, "")
        position = whole(head, "position", place, least=1, most=LAST, default=LAST)
        version = _words(head, "version", place, "1")
        language = _words(head, "language", place, "en")
    criteria: dict[str, Criterion] = {}
    for number, (at, row) in enumerate(rows(data, "criterion", file), start=1):
        with placed(file, written, "criterion", number):
            one = Criterion(_words(row, "id", at), _words(row, "title", at))
            if one.id in criteria:
                raise wrong("id", f"{at}: id {one.id} stands there twice.")
            criteria[one.id] = one
    items: dict[str, Item] = {}
    for number, (at, row) in enumerate(rows(data, "item", file), start=1):
        with placed(file, written, "item", number):
            item = _item(row, at, criteria)
            if item.id in items:
                raise wrong("id", f"{at}: id {item.id} stands there twice.")
            items[item.id] = item
    return Checklist(
        id=name,
        title=title,
        about=about,
        phase=PhaseKind(phase),
        position=position,
        version=version,
        language=language,
        criteria=tuple(criteria.values()),
        items=tuple(items.values()),
    )


def _words(row: Mapping[str, Any], key: str, place: str, default: str | None = None) -> str:
    """Take a text, made safe to keep and to show."""
    return clean(text(row, key, place, default))


def _item(row: Mapping[str, Any], place: str, criteria: Mapping[str, Criterion]) -> Item:
    code = _words(row, "id", place)
    if " " in code or len(code) > _LONGEST_CODE:
        said = f"{place}: id has no blanks and up to {_LONGEST_CODE} letters, not {code!r}."
        raise wrong("id", said)
    place = f"{place} ({code})"
    criterion = _words(row, "criterion", place)
    if criterion not in criteria:
        known = ", ".join(criteria)
        raise wrong(
            "criterion", f"{place}: there is no criterion {criterion!r}; there are {known}."
        )
    words = row.get("applies_to", ["all"])
    if not isinstance(words, list) or not words:
        raise wrong("applies_to", f'{place}: applies_to is a list such as ["all"].')
    weights = row.get("weights", {})
    if not isinstance(weights, Mapping):
        raise wrong("weights", f"{place}: weights is a table such as {{ KA220 = 3 }}.")
    return Item(
        id=code,
        criterion=criteria[criterion],
        text=_words(row, "text", place),
        proof=_words(row, "proof", place, ""),
        weight=whole(row, "weight", place, least=1, most=HEAVIEST, default=1),
        applies_to=tuple(_word(word, place, "applies_to") for word in words),
        weights={
            _word(word, place, "weights"): whole(weights, word, place, least=1, most=HEAVIEST)
            for word in weights
        },
        source=_words(row, "source", place, "practice"),
        place=_words(row, "place", place, "") or None,
    )


def _word(value: object, place: str, key: str) -> str:
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise wrong(
            key,
            f"{place}: {key}: {value!r} is not one of all, NA, EACEA, before-2021, since-2021"
            " or the code of an action such as KA220.",
        )
    return value
