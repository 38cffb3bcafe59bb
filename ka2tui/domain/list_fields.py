"""The fields that lists can be asked for: texts, days, numbers, and what belongs to whom."""

from __future__ import annotations

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ka2tui.domain import kinds
from ka2tui.domain.known_names import Known
from ka2tui.domain.vocabulary import Field, Kind, Value, chosen

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


MONTH_DIGITS = 3


def text(name: str, *path: str, about: str = "", also: tuple[str, ...] = ()) -> Field:
    """Make a field in which words are looked for."""
    return Field(name, Kind.TEXT, attrgetter(*(path or (name,))), about, also)


def day(
    name: str, *path: str, about: str = "", also: tuple[str, ...] = (), closed: bool = False
) -> Field:
    """Make a field with a day; `closed`: only rows have one that a list leaves out."""
    return Field(name, Kind.DAY, attrgetter(*(path or (name,))), about, also, closed=closed)


def number(
    name: str,
    of: Callable[[Any], float | None],
    *,
    about: str = "",
    read: Callable[[str], float] | None = None,
    say: Callable[[float], str] = lambda it: f"{it:g}",
) -> Field:
    """Make a field with a number."""
    return Field(name, Kind.NUMBER, of, about, read=read, say=say)


def kind(
    name: str,
    members: Iterable[Any],
    *path: str,
    about: str = "",
    also: tuple[str, ...] = (),
    closed: Collection[str] = (),
) -> Field:
    """Make a field that is one member of a kind, by its code or its word.

    Args:
        name: Of the field.
        members: In the order offered.
        path: Where a row has it; by default under its name.
        about: What it is called in a sentence.
        also: Other names of it.
        closed: The members that a list leaves out unless they are asked for.
    """
    values = tuple(
        Value(it.word, it.about, it.also, it.holds, closed=it.word in closed)
        for it in chosen(members)
    )
    return Field(name, Kind.WORD, attrgetter(*(path or (name,))), about, also, values)


def unit(known: Known, *path: str, name: str = "wp") -> Field:
    """Make the field of the work package or activity; one means also what is part of it."""
    above = {it.code: it.above for it in known.units}
    below: dict[str, list[str]] = {it.code: [] for it in known.units}
    for code in above:
        each: str | None = code
        seen: set[str] = set()
        while each is not None and each in below and each not in seen:
            seen.add(each)
            below[each].append(code)
            each = above[each]
    return Field(
        *(name, Kind.WORD, attrgetter(*(path or ("work_unit",)))),
        "work package" if any(it.code.upper().startswith("WP") for it in known.units) else "part",
        ("work", "workpackage", "activity", "unit"),
        tuple(
            Value(it.code, it.title, _digits(it.code), tuple(below[it.code])) for it in known.units
        ),
    )


def _digits(code: str) -> tuple[str, ...]:
    """Give what a code may be called too: 2 and WP02 of WP2, WP2 of a bare 2."""
    rest = code.lstrip("".join(sign for sign in code if sign.isalpha()))
    if code.isdecimal() and len(code) <= 2:
        return f"WP{int(code)}", f"WP{int(code):02}"
    longer = (f"WP{rest:0>2}",) if code.upper() == f"WP{rest}" and len(rest) == 1 else ()
    return (rest.lstrip("0"), *longer) if rest != code and rest.lstrip("0") else ()


def who(
    known: Known,
    of: Callable[[Any], Hashable],
    *,
    name: str = "who",
    about: str = "",
    also: tuple[str, ...] = (),
    people: bool = True,
) -> Field:
    """Make the field of who does it: a partner with all its people, or a person.

    Args:
        known: The names of the project.
        of: Gives the partner, the person, or both.
        name: Of the field.
        about: What it is called in a sentence.
        also: Other names of it.
        people: Whether people can be meant.
    """
    values = [
        Value(
            short,
            "" if full == short else full,
            () if full == short else (full,),
            (short, *(it.name for it in known.people if it.partner == short and people)),
        )
        for short, full in known.partners
    ]
    if people:
        values += [Value(it.name, it.partner or "") for it in known.people]
        if known.me is not None:
            values.append(Value("me", known.me, holds=(known.me,)))
    noun = "partner or person" if people else "partner"
    return Field(name, Kind.WORD, of, about, also, tuple(values), noun=noun)


def tag(known: Known) -> Field:
    """Make the field of tags."""
    values = tuple(Value(it) for it in known.tags)
    return Field("tag", Kind.WORD, attrgetter("tags"), also=("tags",), values=values, open=True)


def country(of: Callable[[Any], str | None]) -> Field:
    """Make the field of a country, by code or by name."""
    from ka2tui.domain.countries import say_country

    def code_and_name(row: Any) -> Hashable:
        code = of(row)
        return None if code is None else (code, say_country(code))

    return Field("country", Kind.WORD, code_and_name, open=True)


def priority_field() -> Field:
    """Make the field of how much something matters."""
    values = (Value("low", also=("l",)), Value("normal"), Value("high", also=("h",)))
    return Field("priority", Kind.LEVEL, attrgetter("priority"), also=("prio",), values=values)


def doer(row: Any) -> Hashable:
    """Give who does what stands in a row: partner and person."""
    return row.partner, row.contact


def phase_field(of: Callable[[Any], Hashable]) -> Field:
    """Make the field of the phase something belongs to."""
    return Field("phase", Kind.WORD, of, values=chosen(kinds.PhaseKind))


def read_month(text: str) -> float:
    """Read a project month: M14 or 14."""
    from ka2tui.domain.refusal import Misread
    from ka2tui.domain.text import quoted

    digits = text.strip().lstrip("mM")
    if not digits.isdecimal() or len(digits) > MONTH_DIGITS:
        raise Misread(f"{quoted(text)} is not a project month: write it like M14.")
    return int(digits)


def say_month(month: float) -> str:
    """Say a project month, M14."""
    return f"M{month:g}"
