"""A checklist as its file has it: criteria, and the items to judge, read from TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

from ka2tui.domain.entries import clean_text, rows, table, whole, within, wrong
from ka2tui.domain.kinds import PhaseKind
from ka2tui.frozen import frozen

HEAVIEST: Final = 3
"""The greatest weight of an item."""

LAST: Final = 999
"""The position of a checklist that names none."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_LONGEST_CODE: Final = 12
_FOR: Final = ("project", "work_package")
"""What a checklist is filled in for: the whole project, or each part of its work plan."""
_TOKEN: Final = re.compile(r"all|NA|EACEA|(?:before|since)-\d{4}|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")


@frozen
class Criterion:
    """A group of items that is scored together."""

    id: str
    title: str


@frozen
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


@frozen
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
    per_part: bool = False
    """Whether it is filled in for one work package or activity, not for the whole project."""


def read_checklist(data: Mapping[str, Any], file: str = "checklist") -> Checklist:
    """Read a checklist as a TOML file gives it.

    Args:
        data: The parsed file.
        file: Its name, for messages.

    Raises:
        Malformed: Something is missing or cannot be; the message names file, place and key.
    """
    with within("checklist"):
        place = f"{file}, [checklist]"
        head = table(data.get("checklist"), place)
        phase = clean_text(head, "phase", place)
        if phase not in {kind.value for kind in PhaseKind}:
            phases = ", ".join(kind.value for kind in PhaseKind)
            raise wrong("phase", f"{place}: there is no phase {phase!r}; there are {phases}.")
        name = clean_text(head, "id", place)
        if not _NAME.fullmatch(name):
            raise wrong("id", f"{place}: id is made of letters, digits and _, not {name!r}.")
        title, about = clean_text(head, "title", place), clean_text(head, "about", place, "")
        position = whole(head, "position", place, least=1, most=LAST, default=LAST)
        version = clean_text(head, "version", place, "1")
        language = clean_text(head, "language", place, "en")
        about_what = clean_text(head, "for", place, "project")
        if about_what not in _FOR:
            raise wrong("for", f"{place}: for is {' or '.join(_FOR)}, not {about_what!r}.")
    criteria: dict[str, Criterion] = {}
    for number, (at, row) in enumerate(rows(data, "criterion", file)):
        with within("criterion", number):
            one = Criterion(clean_text(row, "id", at), clean_text(row, "title", at))
            if one.id in criteria:
                raise wrong("id", f"{at}: id {one.id} stands there twice.")
            criteria[one.id] = one
    items: dict[str, Item] = {}
    for number, (at, row) in enumerate(rows(data, "item", file)):
        with within("item", number):
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
        per_part=about_what == _FOR[1],
    )


def _item(row: Mapping[str, Any], place: str, criteria: Mapping[str, Criterion]) -> Item:
    code = clean_text(row, "id", place)
    if " " in code or len(code) > _LONGEST_CODE:
        said = f"{place}: id has no blanks and up to {_LONGEST_CODE} letters, not {code!r}."
        raise wrong("id", said)
    place = f"{place} ({code})"
    criterion = clean_text(row, "criterion", place)
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
        text=clean_text(row, "text", place),
        proof=clean_text(row, "proof", place, ""),
        weight=whole(row, "weight", place, least=1, most=HEAVIEST, default=1),
        applies_to=tuple(_word(word, place, "applies_to") for word in words),
        weights={
            _word(word, place, "weights"): whole(weights, word, place, least=1, most=HEAVIEST)
            for word in weights
        },
        source=clean_text(row, "source", place, "practice"),
        place=clean_text(row, "place", place, "") or None,
    )


def _word(value: object, place: str, key: str) -> str:
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise wrong(
            key,
            f"{place}: {key}: {value!r} is not one of all, NA, EACEA, before-2021, since-2021"
            " or the code of an action such as KA220.",
        )
    return value
