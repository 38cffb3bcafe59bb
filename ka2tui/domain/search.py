"""Search: every record by its words, what comes first, and where the words stand in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from datetime import date

KINDS: dict[str, str] = {
    "project": "project",
    "partner": "partner",
    "contact": "person",
    "work_package": "work package",
    "activity": "activity",
    "heading": "heading",
    "deliverable": "deliverable",
    "milestone": "milestone",
    "need": "need",
    "objective": "objective",
    "candidate": "possible partner",
    "task": "task",
    "meeting": "meeting",
    "decision": "decision",
    "action": "action",
    "information": "information",
    "agenda_item": "agenda",
    "assessment": "checklist",
    "checklist_item": "checklist item",
    "paper": "paper",
    "message": "message",
    "phase": "phase",
    "proof": "proof",
    "indicator": "indicator",
    "risk": "risk",
    "issue": "issue",
    "change": "change",
    "dissemination": "dissemination",
    "letter": "letter",
    "departure": "departure",
    "payment": "payment",
    "cost": "cost",
    "journey": "journey",
    "measurement": "measurement",
    "participant": "participant",
}
"""Every kind of thing that can be found, with its word; of equal ones the first stand first."""

_RANK = {kind: place for place, kind in enumerate(KINDS)}
_OWNERS = frozenset({"project", "partner", "work_unit", "meeting", "assessment", "indicator"})
"""Tables whose records say where others belong."""

_APART, _FIELD = "\0", "\1"
"""Stand between two records and between two fields; no text that is kept has them."""

_LONG = 20_000
"""Letters of one text in which found words are marked."""
_REMEMBERED = 40
_MARKED = 20

_WORD, _START, _INSIDE = 10, 11, 20
_BODY = 12
"""How much further below than a title stands what has the words elsewhere."""


@frozen
class Entry:
    """What is kept of one record so that it can be found."""

    table: str
    id: int
    project: int
    kind: str
    """One of `KINDS`."""
    title: str
    code: str = ""
    body: tuple[tuple[str, str], ...] = ()
    """Its other texts, each with the name of its field; blank ones are left out."""
    over: bool = False
    """Whether it is done with, and stands below what is not."""
    day: date | None = None
    state: str = ""
    owner: tuple[str, int] | None = None
    """Table and id of the record it belongs to."""


@frozen
class Term:
    """One word, or several that stand together."""

    words: str
    """As they are compared: folded, without punctuation."""
    whole: bool = False
    """Whether they were quoted: no longer word fits."""
    opened: bool = False
    """Whether a quotation was begun and not closed yet."""

    @property
    def needle(self) -> str:
        """What is looked for in texts that begin and end with a blank."""
        if self.whole:
            return f" {self.words} "
        # a single letter stands in every word: it counts where one begins
        return f" {self.words}" if self.opened or len(self.words) == 1 else self.words


@frozen
class Question:
    """What somebody looks for."""

    terms: tuple[Term, ...] = ()

    @property
    def words(self) -> str:
        """All of it as one text."""
        return " ".join(term.words for term in self.terms)


@frozen
class Hit:
    """A record that was found."""

    id: int
    """Its number in the index: the same as long as it does not change."""
    entry: Entry
    project: str
    """Acronym."""
    owner: str = ""
    """What the record is called that it belongs to."""


@frozen
class Answer:
    """What was found, the best first."""

    question: Question
    hits: tuple[Hit, ...]
    total: int
    """How many there are, shown or not."""
    known: int
    """Among how many it was looked for."""
    complete: bool = True
    """Whether all records were looked at: not while they are still being read."""


class _Spaced(dict[int, str | int | None]):
    """Punctuation as blanks; worked out once a sign."""

    def __missing__(self, code: int) -> str | int | None:
        sign = chr(code)
        apart = unicodedata.category(sign)[0] in "PZ" or (code < 0x80 and not sign.isalnum())
        self[code] = made = code if sign in _KEPT else " " if apart else code
        return made


_KEPT = frozenset((_APART, _FIELD))
_SPACED = _Spaced()
_QUOTED = re.compile(r'"([^"]*)("?)|([^"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"'))


def plain(text: str) -> str:
    """Give a text as it is compared: folded, words apart by one blank, without punctuation."""
    return " ".join(fold(text).translate(_SPACED).split())


def read(text: str) -> Question:
    """Read what somebody typed: words, and between quotation marks words that stand together."""
    terms: dict[Term, None] = {}
    for quoted, closed, loose in _QUOTED.findall(text.translate(_QUOTES)):
        if loose:
            terms |= {Term(word): None for word in map(plain, loose.split()) if word}
        elif together := plain(quoted):
            terms[Term(together, whole=bool(closed), opened=not closed)] = None
    return Question(tuple(terms))


@dataclass(slots=True)
class Index:
    """All that can be found, in memory: derived, and made again when it is wanted."""

    clock: tuple[int, str] = (0, "")
    """Up to which entry of the history it is true."""
    complete: bool = False
    """Whether everything was read."""
    at: tuple[int, int] = (0, 0)
    """How far reading has come: which table, after which id."""
    only: int | None = None
    """The project it is of; None: of all."""
    _entries: list[Entry] = field(default_factory=list)
    _heads: list[str] = field(default_factory=list)
    _bodies: list[str] = field(default_factory=list)
    _weights: list[int] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)
    _owners: dict[tuple[str, int], Entry] = field(default_factory=dict)
    _found: dict[str, Sequence[int]] = field(default_factory=dict)
    _count: Iterator[int] = field(default_factory=lambda: count(1))
    _in_order: bool = True
    """Whether the records lie by their weights, so that what is found of them does too."""

    def __len__(self) -> int:
        """Count the records."""
        return len(self._entries)

    def add(self, entries: Sequence[Entry]) -> None:
        """Take more records in."""
        self._found.clear()
        self._entries += entries
        self._heads += _all_plain(
            [f"{it.code} {_FIELD} {it.title}" if it.code else it.title for it in entries]
        )
        self._bodies += _all_plain([f" {_FIELD} ".join(t for _, t in it.body) for it in entries])
        self._weights += map(_weight, entries)
        self._numbers += [next(self._count) for _ in entries]
        self._owners |= {(it.table, it.id): it for it in entries if it.table in _OWNERS}
        self._in_order = False

    def remove(self, gone: Container[tuple[str, int]]) -> None:
        """Forget records by table and id; such as are not there do not matter."""
        stay = [at for at, it in enumerate(self._entries) if (it.table, it.id) not in gone]
        if len(stay) < len(self._entries):
            self._owners = {key: it for key, it in self._owners.items() if key not in gone}
            self._keep(stay)

    def _keep(self, places: Sequence[int]) -> None:
        """Keep the records at these places, in this order."""
        self._found.clear()
        self._entries = [self._entries[at] for at in places]
        self._heads = [self._heads[at] for at in places]
        self._bodies = [self._bodies[at] for at in places]
        self._weights = [self._weights[at] for at in places]
        self._numbers = [self._numbers[at] for at in places]

    def find(self, question: Question, *, first: int | None = None, limit: int = 500) -> Answer:
        """Find what has all the words.

        An exact code comes first, then whole words, beginnings of words and parts of them, each
        in titles before other texts; of equal ones what is not over, and the newest.

        Args:
            question: What is looked for; without words nothing is found.
            first: The project whose records stand before those of others.
            limit: How many are given at most.
        """
        if self.complete and not self._in_order:
            self._keep(sorted(range(len(self)), key=self._weights.__getitem__))
            self._in_order = True
        places = self._places(question.terms)
        best = self._best(places, question, first, limit) if places else []
        return Answer(question, tuple(map(self._hit, best)), len(places), len(self), self.complete)

    def _hit(self, at: int) -> Hit:
        entry = self._entries[at]
        project = self._owners.get(("project", entry.project))
        owner = self._owners.get(entry.owner) if entry.owner else None
        return Hit(
            self._numbers[at],
            entry,
            project.code if project else "",
            "" if owner is None else called(owner),
        )

    def _places(self, terms: Iterable[Term]) -> Sequence[int]:
        """Give the places of the records that have all of the words."""
        found: Sequence[int] | None = None
        for term in sorted(terms, key=lambda it: len(it.needle), reverse=True):
            if found is None:
                found = self._having(term.needle)
            else:
                heads, bodies, needle = self._heads, self._bodies, term.needle
                found = [at for at in found if needle in heads[at] or needle in bodies[at]]
        return () if found is None else found

    def _having(self, needle: str) -> Sequence[int]:
        """Give the places of what has it: for `minut`, only what has `minu` is looked at."""
        if needle in self._found:
            return self._found[needle]
        wider = [it for it in self._found if it in needle]
        heads, bodies = self._heads, self._bodies
        among = min((self._found[it] for it in wider), key=len, default=range(len(heads)))
        found = [at for at in among if needle in heads[at] or needle in bodies[at]]
        if len(self._found) >= _REMEMBERED:
            self._found = dict(list(self._found.items())[_REMEMBERED // 2 :])
        self._found[needle] = found
        return found

    def _best(
        self, places: Sequence[int], question: Question, first: int | None, limit: int
    ) -> list[int]:
        """Give the best of some records, the best first."""
        if not self._in_order:  # while everything is still being read
            places = sorted(places, key=self._weights.__getitem__)
        if first is None:
            return self._ranked(places, question, limit)
        entries = self._entries
        mine = [at for at in places if entries[at].project == first]
        best = self._ranked(mine, question, limit)
        if len(best) < limit and len(mine) < len(places):
            others = [at for at in places if entries[at].project != first]
            best += self._ranked(others, question, limit - len(best))
        return best

    def _ranked(self, places: Sequence[int], question: Question, limit: int) -> list[int]:
        """Give the best of some records that come by their weights.

        Of many found, most need no rank: enough others have every word whole in the title, or
        begin a word of it.
        """
        heads, words = self._heads, question.words
        code = f" {words} {_FIELD} "
        best = [at for at in places if heads[at].startswith(code)]
        if best:
            taken = set(best)
            places = [at for at in places if at not in taken]
        whole = self._with_all(places, [f" {term.words} " for term in question.terms])
        best += self._near_first(whole, words)
        if len(best) >= limit:
            return best[:limit]
        taken = set(whole)
        places = [at for at in places if at not in taken]
        begun = self._with_all(places, [f" {term.words}" for term in question.terms])
        if len(question.terms) == 1 and len(best) + len(begun) >= limit:
            best += self._near_first(begun, words)
            return best[:limit]
        among = begun if len(best) + len(begun) >= limit else places
        ranks = [0] * len(among)
        for term in question.terms:
            ranks = list(map(int.__add__, ranks, self._ranks(among, term)))
        near = set(self._near(among, words))
        keys = {at: 2 * rank + (at not in near) for at, rank in zip(among, ranks, strict=True)}
        return (best + sorted(among, key=keys.__getitem__))[:limit]

    def _with_all(self, places: Sequence[int], needles: Sequence[str]) -> Sequence[int]:
        """Give those whose titles have all of some texts."""
        heads = self._heads
        for needle in needles:
            places = [at for at in places if needle in heads[at]]
        return places

    def _near(self, places: Sequence[int], words: str) -> list[int]:
        """Give those whose code or title begins with the words as they were typed."""
        heads, begins, titled = self._heads, f" {words}", f"{_FIELD} {words}"
        return [at for at in places if heads[at].startswith(begins) or titled in heads[at]]

    def _near_first(self, places: Sequence[int], words: str) -> list[int]:
        """Put those first whose code or title begins with the words."""
        near = self._near(places, words)
        ahead = set(near)
        return [*near, *(at for at in places if at not in ahead)]

    def _ranks(self, places: Sequence[int], term: Term) -> list[int]:
        """Say of each record how well it has a word."""
        heads, bodies, words = self._heads, self._bodies, term.words
        whole, start = f" {words} ", f" {words}"
        return [
            (_WORD if whole in head else _START if start in head else _INSIDE)
            if words in (head := heads[at])
            else _BODY + (
                _WORD if whole in (body := bodies[at]) else _START if start in body else _INSIDE
            )
            for at in places
        ]  # fmt: skip


def _weight(entry: Entry) -> int:
    """Give the place of a record among equal ones: what is over last, then by kind and day."""
    newest = 0 if entry.day is None else entry.day.toordinal()
    return entry.over << 28 | _RANK[entry.kind] << 22 | (1 << 22) - 1 - newest


def _all_plain(texts: list[str]) -> list[str]:
    """Make many texts ready to be compared; each begins and ends with a blank."""
    made = [" "] * len(texts)
    # folding letters beyond ASCII is slow: they go by themselves, all in one go
    for wanted in (True, False):
        some = [at for at, text in enumerate(texts) if text and text.isascii() is wanted]
        if some:
            whole = f" {_APART} ".join(["", *(texts[at] for at in some), ""])
            for at, text in zip(some, plain(whole).split(_APART)[1:-1], strict=True):
                made[at] = text
    return made


# -- where the words stand ----------------------------------------------------------------------


def called(entry: Entry) -> str:
    """Give what a record is called among others: WP2 Handbook, ULODZ, TPM2 Kraków."""
    if entry.table in ("partner", "project"):
        return entry.code or entry.title
    if entry.table == "assessment" and entry.day is not None:
        # the same list is filled in again and again
        return f"{entry.title}, {say_brief(entry.day)}"
    named = entry.title.startswith(entry.code)
    return entry.title if named else f"{entry.code} {entry.title}"


def where(entry: Entry, question: Question) -> tuple[str, str]:
    """Give the field that has the words, by its name, and its text.

    Where the title has all of them it is the title, where it is the code, the code; else of the
    other texts the one that has most of those the title has not.
    """
    if entry.code and plain(entry.code) == question.words:
        return "code", entry.code
    head = f" {plain(entry.code)} {_FIELD} {plain(entry.title)} "
    missing = [term.needle for term in question.terms if term.needle not in head]
    if not missing or not entry.body:
        return "title", entry.title

    def has(part: tuple[str, str]) -> int:
        text = f" {plain(part[1])} "
        return sum(needle in text for needle in missing)

    return max(entry.body, key=has)


def spots(text: str, question: Question) -> list[tuple[int, int]]:
    """Find where the words stand in a text: from and to, in their order, none over another."""
    flat, starts = " ", [0]
    for at, sign in enumerate(text[:_LONG]):
        piece = _sign(sign)
        if piece == " " and flat[-1] == " ":
            continue
        flat += piece
        starts += [at] * len(piece)
    flat += " "
    found: list[tuple[int, int]] = []
    for term in question.terms:
        needle = term.needle
        length = len(term.words)
        at = flat.find(needle)
        while at >= 0 and len(found) < _MARKED:
            begin = at + (needle[0] == " ")
            found.append((starts[begin], starts[begin + length - 1] + 1))
            at = flat.find(needle, at + length)
    return _merged(found)


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _Signs(dict[str, str]):
    def __missing__(self, sign: str) -> str:
        self[sign] = made = " " if sign.isspace() else fold(sign).translate(_SPACED)
        return made


_sign: Callable[[str], str] = _Signs().__getitem__


def marked(text: str, question: Question) -> list[tuple[str, bool]]:
    """Give a text in pieces, each with whether it is one of the words."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in spots(text, question):
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]]


def excerpt(text: str, question: Question, room: int = 160) -> str:
    """Cut a text to one line around the first of the words, with … where something is missing."""
    found = spots(text, question)
    if len(text) <= room or not found:
        line = " ".join(text[: room * 2].split())
        return line if len(line) <= room and len(text) <= room * 2 else line[: room - 1] + "…"
    begin = max(min(found[0][0] - room // 4, len(text) - room), 0)
    if begin:
        blank = text.find(" ", begin, found[0][0])
        begin = blank + 1 if blank > 0 else begin
    end = min(begin + room, len(text))
    line = " ".join(text[begin:end].split())
    return ("…" if begin else "") + line + ("…" if end < len(text) else "")
