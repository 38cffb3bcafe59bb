"""What an auditor asks for: the sorts of proof of each kind of record, and which are there."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain import own_files
from ka2tui.domain.entries import every, once, table, text, texts, whole, wrong
from ka2tui.domain.kinds import Kind, MeetingKind, MeetingMode, ProjectShape, ProofState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.sorts import meant, say
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

_FILE = "proofs.toml"
_YEARS = (2000, 2100)
ANY = "any"
"""Stands among the sorts that do: whatever is attached."""

ASKED = (
    *("meeting", "work_unit", "deliverable", "milestone", "dissemination", "letter", "departure"),
    *("indicator", "payment", "cost", "journey"),
)
"""The tables of which something can be asked."""

ABOUT = frozenset(ASKED) | {
    *("task", "participant", "measurement", "answer", "partner", "risk", "log_entry", "outcome")
}
"""The tables whose records can have proof."""

PATIENCE = 14
"""Days after an event from which a proof that is missing is worth a look. Source: good practice."""


class Held(Kind):
    """How it stands with one sort of proof that is asked."""

    THERE = "there"
    MISSING = "missing"
    TO_COME = "to_come", "to come"
    NOT_NEEDED = "not_needed", "not needed"


@frozen
class Sort:
    """A sort of proof."""

    id: str
    title: str


@frozen
class Projects:
    """Projects in which something is asked."""

    calls_from: int | None
    calls_to: int | None
    shape: str | None
    managed_by: str | None

    def has(self, project: Setting) -> bool:
        """Tell whether a project is one of them; one whose call is not known is a new one."""
        year = project.call_year or _YEARS[1]
        return (
            (self.calls_from is None or year >= self.calls_from)
            and (self.calls_to is None or year <= self.calls_to)
            and self.shape in (None, project.shape)
            and self.managed_by in (None, project.managed_by)
        )


@frozen
class Ask:
    """One sort of proof that is asked, and why."""

    sort: str
    instead: tuple[str, ...]
    """Sorts that do as well; ANY among them: whatever is attached."""
    modes: frozenset[str]
    """How people attend where it is asked; none: however they do."""
    projects: tuple[Projects, ...]
    why: str
    source: str
    """A key of data/sources.toml."""
    place: str | None
    confirmed: bool

    def does(self, sort: str | None) -> bool:
        """Tell whether a proof of a sort answers it."""
        return sort == self.sort or ANY in self.instead or sort in self.instead


@frozen
class AskedSet:
    """What is asked of one kind of record."""

    id: str
    title: str
    about: str
    """The table of the record."""
    kinds: frozenset[str]
    asks: tuple[Ask, ...]


@frozen
class ProofList:
    """All sorts, and all that is asked."""

    sorts: tuple[Sort, ...]
    sets: tuple[AskedSet, ...]

    def title(self, sort: str | None) -> str:
        """Say a sort; one that the list does not have says itself."""
        return say(self.sorts, sort)

    def named(self, said: str) -> str:
        """Give the id of the sort a person means, by its id or its title.

        Raises:
            Refused: There is none; those there are, are named.
        """
        found = meant(said, {sort.id: (sort.title,) for sort in self.sorts})
        if found is not None:
            return found
        known = ", ".join(sort.id for sort in self.sorts)
        raise Refused(f"There is no sort of proof {said}. There are {known}.")


@frozen
class Setting:
    """What of a project decides what is asked in it."""

    call_year: int | None = None
    shape: str = ProjectShape.WORK_PACKAGES
    managed_by: str | None = None


@frozen
class Filed:
    """A proof, as far as it answers what is asked."""

    id: int
    sort: str | None
    state: ProofState = ProofState.UNCHECKED

    @property
    def good(self) -> bool:
        """Whether it can be shown: a file that is gone proves nothing."""
        return self.state is not ProofState.MISSING


@frozen
class Standing:
    """How it stands with one sort of proof that is asked of a record."""

    ask: Ask
    held: Held
    proofs: tuple[int, ...] = ()
    """The ids of those that answer it, also where their file is gone."""
    reason: str = ""
    """Why it is not needed."""


@frozen
class Count:
    """How much of what is asked is there."""

    there: int = 0
    asked: int = 0
    """What is to come, or not needed, is not asked."""

    @property
    def missing(self) -> int:
        """What is asked and not there."""
        return self.asked - self.there

    @property
    def said(self) -> str:
        """Say it: 3 of 5; nothing asked is nothing said."""
        return f"{self.there} of {self.asked}" if self.asked else ""

    def __add__(self, other: Count) -> Count:
        """Count both."""
        return Count(self.there + other.there, self.asked + other.asked)


@frozen
class Subject:
    """What of a record decides what is asked of it."""

    table: str
    kind: str = ""
    mode: str | None = None
    over: bool = False
    """Whether it is done, held or paid, so that proof of it is owed."""
    waived: Mapping[str, str] = field(default_factory=dict)
    """By sort: why it does without."""
    filed: Sequence[Filed] = ()


def asked(known: ProofList, subject: Subject, project: Setting) -> tuple[Ask, ...]:
    """Give what is asked of a record, each sort once."""
    found: dict[str, Ask] = {}
    for each in known.sets:
        if each.about == subject.table and (not each.kinds or subject.kind in each.kinds):
            for ask in each.asks:
                if _applies(ask, subject, project):
                    found.setdefault(ask.sort, ask)
    return tuple(found.values())


def standings(known: ProofList, subject: Subject, project: Setting) -> tuple[Standing, ...]:
    """Tell how it stands with each sort of proof that is asked of a record."""
    return tuple(_standing(ask, subject) for ask in asked(known, subject, project))


def count(found: Iterable[Standing]) -> Count:
    """Count what is there of what is asked."""
    held = Counter(each.held for each in found)
    return Count(held[Held.THERE], held[Held.THERE] + held[Held.MISSING])


def say_keep(day: date, *, not_before: bool) -> str:
    """Say until when papers are kept; checks and national law may extend it."""
    said = f"{day.day} {day:%b %Y}"
    if not_before:
        return f"Keep at least until {said}, and longer: the final payment is not known yet."
    return f"Keep at least until {said}; checks and national law may extend it."


def mode_of(kind: str, mode: str | None) -> str:
    """Tell how people attend a meeting: as was said, else as meetings of its kind do."""
    if mode is not None:
        return mode
    return MeetingMode.ONLINE if kind == MeetingKind.ONLINE else MeetingMode.IN_PERSON


def _applies(ask: Ask, subject: Subject, project: Setting) -> bool:
    if ask.modes and mode_of(subject.kind, subject.mode) not in ask.modes:
        return False
    return not ask.projects or any(each.has(project) for each in ask.projects)


def _standing(ask: Ask, subject: Subject) -> Standing:
    mine = [each for each in subject.filed if ask.does(each.sort)]
    ids = tuple(each.id for each in mine)
    if any(each.good for each in mine):
        return Standing(ask, Held.THERE, ids)
    if ask.sort in subject.waived:
        return Standing(ask, Held.NOT_NEEDED, ids, subject.waived[ask.sort])
    return Standing(ask, Held.MISSING if subject.over else Held.TO_COME, ids)


# --- reading the list ---------------------------------------------------------------------------


def load(own: Path | None = None) -> ProofList:
    """Give what is asked as it is shipped, or as the user's own folder has it.

    Raises:
        DataFault: The file is missing or no TOML.
        Malformed: Something in it is missing or cannot be; file, line and key are named.
    """
    return own_files.one(_FILE, read_list, own)


def load_safely(own: Path | None = None) -> tuple[ProofList, str]:
    """Give what is asked; where the user's own file is broken, ours and what is wrong in theirs."""
    return own_files.or_ours(load, own)


def read_list(data: Mapping[str, Any], file: str) -> ProofList:
    """Read what is asked as a TOML file gives it.

    Raises:
        Malformed: Something is missing or cannot be; the message names file and place.
    """
    sorts = every(data, "sort", file, _sort)
    once([sort.id for sort in sorts], f"{file}: the sort")
    ids = frozenset(sort.id for sort in sorts)
    sets = every(data, "set", file, partial(_set, sorts=ids))
    once([each.id for each in sets], f"{file}: the set")
    return ProofList(sorts, sets)


def _sort(row: Mapping[str, Any], place: str) -> Sort:
    return Sort(text(row, "id", place), text(row, "title", place))


def _set(row: Mapping[str, Any], place: str, sorts: frozenset[str]) -> AskedSet:
    about = text(row, "about", place)
    if about not in ASKED:
        raise wrong("about", f"{place}: about is one of {', '.join(ASKED)}, not {about!r}.")
    return AskedSet(
        id=text(row, "id", place),
        title=text(row, "title", place),
        about=about,
        kinds=frozenset(texts(row, "kinds", place)),
        asks=every(row, "ask", place, partial(_ask, sorts=sorts)),
    )


def _ask(row: Mapping[str, Any], place: str, sorts: frozenset[str]) -> Ask:
    sort, instead = text(row, "sort", place), texts(row, "or", place)
    for key, each in (("sort", sort), *(("or", one) for one in instead)):
        if each not in sorts and not (key == "or" and each == ANY):
            raise wrong(key, f"{place}: {key}: there is no sort {each!r}.")
    modes = frozenset(texts(row, "modes", place))
    if not modes <= set(MeetingMode):
        raise wrong("modes", f"{place}: modes are some of {', '.join(MeetingMode)}.")
    confirmed = row.get("confirmed")
    if not isinstance(confirmed, bool):
        raise wrong("confirmed", f"{place}: confirmed is true or false.")
    projects = row.get("projects", [])
    if not isinstance(projects, list):
        raise wrong("projects", f"{place}: projects is a list of tables.")
    return Ask(
        sort=sort,
        instead=instead,
        modes=modes,
        projects=tuple(_projects(table(one, f"{place}: projects"), place) for one in projects),
        why=text(row, "why", place),
        source=text(row, "source", place),
        place=text(row, "place", place, "") or None,
        confirmed=confirmed,
    )


def _projects(row: Mapping[str, Any], place: str) -> Projects:
    def year(key: str) -> int | None:
        least, most = _YEARS
        return whole(row, key, place, least=least, most=most) if key in row else None

    def word(key: str, known: Iterable[str]) -> str | None:
        said = text(row, key, place, "") or None
        if said is not None and said not in [*known]:
            raise wrong("projects", f"{place}: {key} is one of {', '.join(known)}, not {said!r}.")
        return said

    if unknown := row.keys() - {"calls_from", "calls_to", "shape", "managed_by"}:
        raise wrong("projects", f"{place}: projects know no {', '.join(sorted(unknown))}.")
    return Projects(
        year("calls_from"),
        year("calls_to"),
        word("shape", ProjectShape),
        word("managed_by", ("NA", "EACEA")),
    )
