"""Who took part: people counted once where they are known by name, and who may be the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import combinations, starmap
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

APART = "apart-"
"""How the mark of a person begins who was looked at and is nobody else."""

JOINED = "joined-"
"""How the mark of a person begins who is written in several ways."""

_NO_LETTER = re.compile(r"[^\w]+")
_SPELLED_OUT = re.compile(r"(?<=[aou])e")
_TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "mgr", "ing", "inz", "msc", "phd", "dipl"})
_SHORTEST = 8
"""Letters a name has at least, for one letter more or less to be taken for a slip."""

_MOST_SHARING = 60
"""People who share a word; where more do, it tells nothing of who they are."""

T = TypeVar("T")


class Taken(NamedTuple):
    """Somebody on the list of one event, with what decides who it is."""

    key: tuple[str, int]
    """Table and id of the row."""
    event: int
    name: str
    organisation: str
    """Folded, or the partner; nothing where none is said."""
    contact: int | None = None
    person: str | None = None
    """The mark of a person who was joined with others, or kept apart."""
    country: str | None = None
    profile: str | None = None
    fewer: bool | None = None
    online: bool = False


Sure = tuple[str, str]
"""By what a person is known for certain: a mark, or a contact."""


@frozen
class Person:
    """Somebody who took part, with every row that tells of them, the earliest event first."""

    rows: tuple[Taken, ...]
    sure: Sure | None = None

    @property
    def first(self) -> Taken:
        """The row of the first event."""
        return self.rows[0]

    @property
    def name(self) -> str:
        """The name as it was written first."""
        return self.rows[0].name

    @property
    def events(self) -> frozenset[int]:
        """Where they were."""
        return frozenset(row.event for row in self.rows)

    @property
    def country(self) -> str | None:
        """Where they are from, as it was said last."""
        return _last(row.country for row in self.rows)

    @property
    def profile(self) -> str | None:
        """What they are, as it was said last."""
        return _last(row.profile for row in self.rows)

    @property
    def fewer(self) -> bool | None:
        """Whether they have fewer opportunities, as it was said last."""
        return _last(row.fewer for row in self.rows)

    @property
    def online(self) -> bool:
        """Whether they never came in person."""
        return all(row.online for row in self.rows)


def _last(values: Iterable[T | None]) -> T | None:
    found: T | None = None
    for value in values:
        found = found if value is None else value
    return found


# -- the same person -----------------------------------------------------------------------------


def people(rows: Iterable[Taken]) -> tuple[Person, ...]:
    """Put the rows of each person together, and nobody's with anybody else's.

    The same is who has the same mark, is the same contact, or has the same name and the same
    organisation. A name without an organisation says who it is within one event only.

    Args:
        rows: The earliest event first.
    """
    every = list(rows)
    marks: dict[int, set[str]] = defaultdict(set)
    for row in every:
        if row.contact is not None and row.person is not None:
            marks[row.contact].add(row.person)
    named: dict[tuple[str, str], list[tuple[Taken, Sure | None]]] = defaultdict(list)
    for row in every:
        named[_bucket(row)].append((row, _sure(row, marks)))
    found: dict[object, list[Taken]] = defaultdict(list)
    known: dict[object, Sure] = {}
    for bucket, held in named.items():
        sures = {sure for _, sure in held if sure is not None}
        only = next(iter(sures)) if len(sures) == 1 else None
        for row, own in held:
            sure = own or only
            found[sure or bucket].append(row)
            if sure is not None:
                known[sure] = sure
    places = {id(row): place for place, row in enumerate(every)}
    grouped = [
        Person(tuple(sorted(held, key=lambda row: places[id(row)])), known.get(key))
        for key, held in found.items()
    ]
    return tuple(sorted(grouped, key=lambda person: places[id(person.rows[0])]))


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Fold a text as `fold` does; the same names come again and again."""
    return fold(text)


def _bucket(row: Taken) -> tuple[str, str]:
    return folded(row.name), row.organisation or f"?{row.event}"


def _sure(row: Taken, marks: dict[int, set[str]]) -> Sure | None:
    if row.person is not None:
        return "person", row.person
    if row.contact is None:
        return None
    known = marks.get(row.contact, set())
    return ("person", next(iter(known))) if len(known) == 1 else ("contact", str(row.contact))


# -- perhaps the same ------------------------------------------------------------------------------


@frozen
class Twins:
    """People who may be one and the same."""

    people: tuple[Person, ...]
    why: str

    @property
    def key(self) -> tuple[str, int]:
        """The row that stands for them."""
        return self.people[0].first.key


def twins(everybody: Sequence[Person]) -> tuple[Twins, ...]:
    """Find people who may be the same: nobody is joined by this.

    Looked for are the same names in another order or spelling, with another or no organisation,
    and, within one organisation, initials, missing names and a slip of one letter. Names with
    numbers are never taken for each other. Who was kept apart stays so.
    """
    called = [_called(person) for person in everybody]
    found = [*_same_names(called), *_near_names(called)]
    seen: set[frozenset[tuple[str, int]]] = set()
    kept = []
    for each in found:
        who = frozenset(person.first.key for person in each.people)
        if who not in seen:
            seen.add(who)
            kept.append(each)
    return tuple(kept)


class _Called(NamedTuple):
    person: Person
    words: tuple[str, ...]
    """Of the name, in the order of the alphabet."""
    initials: tuple[str, ...]
    """The single letters among them."""
    numbers: tuple[str, ...]
    """Those with digits."""
    whole: str


def _called(person: Person) -> _Called:
    """Give the words of a name as they are compared."""
    name = person.name
    words = [
        _SPELLED_OUT.sub("", word)
        for word in _NO_LETTER.sub(" ", folded(name)).split()
        if word not in _TITLES
    ]
    found = tuple(sorted(words)) or (folded(name),)
    whole = " ".join(found)
    numbers = tuple(filter(_numbered, found)) if _numbered(whole) else ()
    return _Called(person, found, tuple(word for word in words if len(word) == 1), numbers, whole)


def _same_names(called: Sequence[_Called]) -> Iterator[Twins]:
    """Find the same words in another order, spelling or organisation."""
    by_words: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for each in called:
        by_words[each.words].append(each.person)
    for held in by_words.values():
        if len(held) > 1 and any(starmap(_open, combinations(held, 2))):
            yield Twins(tuple(held), _why(held))


def _why(held: Sequence[Person]) -> str:
    places = {row.organisation for person in held for row in person.rows}
    if len(places - {""}) > 1:
        return "the same name, different organisations"
    if "" in places:
        return "the same name, no organisation said"
    if len({fold(person.name) for person in held}) > 1:
        return "the same name, written differently"
    return "the same name and organisation, more than one person known by it"


def _near_names(called: Sequence[_Called]) -> Iterator[Twins]:
    """Find initials, missing names and slips of one letter, within an organisation."""
    places: dict[str, list[_Called]] = defaultdict(list)
    for each in called:
        for place in {row.organisation for row in each.person.rows} - {""}:
            places[place].append(each)
    for held in places.values():
        for signs, why_of in ((_shared_words, _short_form), (_slips, _slip)):
            near: dict[str, list[_Called]] = defaultdict(list)
            for each in held:
                for sign in signs(each):
                    near[sign].append(each)
            for sharing in near.values():
                if len(sharing) > _MOST_SHARING:
                    continue
                for one, other in combinations(sharing, 2):
                    why = why_of(one, other)
                    if why and _open(one.person, other.person):
                        yield Twins((one.person, other.person), why)


def _shared_words(each: _Called) -> set[str]:
    """Give what a name shares with those that have a word less, or an initial for it."""
    return {word for word in each.words if len(word) > 1}


def _slips(each: _Called) -> set[str]:
    """Give what a name shares with those that differ by a letter: itself without one."""
    whole = each.whole
    if len(whole) < _SHORTEST or each.numbers:
        return set()
    return {whole, *(whole[:at] + whole[at + 1 :] for at in range(len(whole)))}


def _short_form(one: _Called, other: _Called) -> str:
    """Say why one of two names may be short for the other; nothing where it is not."""
    same_length = len(one.words) == len(other.words)
    if same_length and not one.initials and not other.initials:
        return ""
    if one.words == other.words or one.numbers != other.numbers:
        return ""
    if same_length:
        fits = _initials_fit(one, other) or _initials_fit(other, one)
        return "one has an initial for a name" if fits else ""
    few, many = sorted((one.words, other.words), key=len)
    return "one has a name more" if len(few) > 1 and not Counter(few) - Counter(many) else ""


def _slip(one: _Called, other: _Called) -> str:
    """Say whether two names differ by a letter."""
    near = one.whole != other.whole and _one_slip(one.whole, other.whole)
    return "one letter is different" if near else ""


def _initials_fit(short: _Called, long: _Called) -> bool:
    """Tell whether the single letters of a name begin the words of another it has not."""
    if not short.initials or len(short.words) != len(long.words):
        return False
    rest = Counter(long.words)
    whole = [word for word in short.words if len(word) > 1]
    if not whole or Counter(whole) - rest:
        return False
    left = sorted((rest - Counter(whole)).elements())
    return [word[:1] for word in left] == sorted(short.initials)


def _one_slip(one: str, other: str) -> bool:
    """Tell whether a letter more, less or other makes one text the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((at for at, sign in enumerate(short) if sign != long[at]), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def _numbered(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _open(one: Person, other: Person) -> bool:
    """Tell whether nobody has said yet that two are different people."""
    if one.sure is None or other.sure is None:
        return True
    (way, mark), (also, sign) = one.sure, other.sure
    if way == also:
        return False
    return not (mark if way == "person" else sign).startswith(APART)


# -- numbers ---------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """How many came to an event of a sort, without names."""

    key: int
    event: int
    people: int
    online: int = 0
    fewer: int | None = None
    country: str | None = None
    profile: str | None = None
    organisation: str = ""


@frozen
class Numbers:
    """How many took part in some events."""

    persons: int = 0
    """By name, each counted once."""
    places: int = 0
    """By name, each counted at every event."""
    fewer: int = 0
    """Persons of whom it is said that they have fewer opportunities."""
    online: int = 0
    """Persons who never came in person."""
    certificates: int = 0
    counted: int = 0
    """Without names."""
    counted_fewer: int = 0

    @property
    def nobody(self) -> bool:
        """Whether nobody is on a list, by name or by number."""
        return not self.persons and not self.counted

    @property
    def said(self) -> str:
        """The numbers in words, with what they cannot tell."""
        if not self.counted:
            return f"{self.persons} named, counted once" if self.persons else "nobody yet"
        if not self.persons:
            return f"{self.counted} counted without names"
        return (
            f"{self.persons} named, counted once; {self.counted} counted without names, "
            "may include the same people"
        )

    @property
    def fits(self) -> frozenset[int]:
        """The totals that these lists bear out: with head counts, of others or of all."""
        own = {self.persons, self.places}
        if not self.counted:
            return frozenset(own)
        return frozenset({max(each, self.counted) for each in own} | {
            each + self.counted for each in own
        })  # fmt: skip

    @property
    def least(self) -> int:
        """How many there were at least."""
        return max(self.persons, self.counted)


def numbers(
    everybody: Iterable[Person], counts: Iterable[Counted], certificates: int = 0
) -> Numbers:
    """Count people and heads."""
    known, heads = list(everybody), list(counts)
    return Numbers(
        persons=len(known),
        places=sum(len(person.events) for person in known),
        fewer=sum(person.fewer is True for person in known),
        online=sum(person.online for person in known),
        certificates=certificates,
        counted=sum(head.people for head in heads),
        counted_fewer=sum(head.fewer or 0 for head in heads),
    )


def at(everybody: Iterable[Person], events: frozenset[int] | set[int]) -> list[Person]:
    """Give the people of some events, each with the rows of these events only."""
    found = []
    for person in everybody:
        rows = tuple(row for row in person.rows if row.event in events)
        if rows:
            found.append(person if len(rows) == len(person.rows) else Person(rows, person.sure))
    return found


class Share(NamedTuple):
    """How many took part who have something in common."""

    name: str | None
    """None: not said."""
    persons: int
    places: int
    """As persons, but counted at every event."""
    counted: int


def shares(
    everybody: Iterable[Person],
    counts: Iterable[Counted],
    of_person: Callable[[Person], str | None],
    of_count: Callable[[Counted], Iterable[tuple[str | None, int]]],
) -> tuple[Share, ...]:
    """Add people and heads up by something they have in common, the most first.

    Args:
        everybody: By name.
        counts: Without names.
        of_person: Says what somebody is.
        of_count: Says how many of a head count are what.
    """
    held: dict[str, list[int]] = {}
    said: dict[str, str | None] = {}

    def add(name: str | None, *numbers: int) -> None:
        key = fold(name or "")
        said.setdefault(key, name or None)
        known = held.setdefault(key, [0, 0, 0])
        held[key] = [one + more for one, more in zip(known, numbers, strict=True)]

    for person in everybody:
        add(of_person(person), 1, len(person.events), 0)
    for count in counts:
        for name, number in of_count(count):
            if number:
                add(name, 0, 0, number)
    found = [Share(said[key], *numbers) for key, numbers in held.items()]
    return tuple(
        sorted(found, key=lambda it: (it.name is None, -it.persons - it.counted, it.name or ""))
    )


# -- what others say -------------------------------------------------------------------------------


def difference(found: Numbers, reported: int | None) -> str | None:
    """Say how far the lists are from what a report says; None where they bear it out."""
    if reported is None or reported in found.fits:
        return None
    if found.nobody:
        return f"{reported} in the report, nobody on a list"
    most = max(found.persons, found.counted)
    if found.persons and found.counted:
        said = f"{found.persons} by name and {found.counted} counted"
    elif found.persons:
        said = f"{found.persons} on the list"
    else:
        said = f"{found.counted} in the head counts"
    return f"{said}, {reported} in the report: {_apart(most, reported)}"


def short_of(found: Numbers, expected: int | None) -> str | None:
    """Say how far those who came are from what the application expected."""
    if expected is None or found.nobody or expected in found.fits:
        return None
    return f"{found.least} came, {expected} expected: {_apart(found.least, expected)}"


def _apart(one: int, other: int) -> str:
    return f"{abs(one - other)} {'more' if one > other else 'fewer'}"
