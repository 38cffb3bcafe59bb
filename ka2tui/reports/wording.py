"""Wording: the sentences of a report, from a file in which a coordinator may change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from ka2tui import datafiles
from ka2tui.domain.entries import Malformed
from ka2tui.reports.document import Cite, Paragraph, Toned

if TYPE_CHECKING:
    from pathlib import Path

Text = str | tuple[str, ...]
"""A sentence, or its forms for one and for many; with three of them, the first is for none."""


class Wording:
    """The sentences of one report, by their names."""

    def __init__(self, texts: Mapping[str, Text], numbers: Mapping[str, int]) -> None:
        self._texts = texts
        self._numbers = numbers

    def __call__(self, name: str, n: int | None = None, /, **words: object) -> str:
        """Give a sentence with its gaps filled.

        Args:
            name: Where it stands in the file: "summary.month".
            n: Chooses between one and many, and fills {n}.
            words: What is filled in; braces in it mean nothing.
        """
        text = self._texts[name]
        if isinstance(text, tuple):
            assert n is not None  # noqa: S101 - whoever has forms has a number
            text = _form(text, n)
        return text.format_map({"n": n, **words})

    def cited(self, name: str, n: int | None = None, /, **words: object) -> Paragraph:
        """Give a sentence in which the figures among its gaps lead to the rows behind them.

        Args:
            name: Where it stands in the file.
            n: Chooses between one and many.
            words: What is filled in; a Toned with a note is such a figure.
        """
        text = self._texts[name]
        if isinstance(text, tuple):
            assert n is not None  # noqa: S101 - whoever has forms has a number
            text = _form(text, n)
        said, cites = "", []
        for before, gap, _, _ in Formatter().parse(text):
            said += before
            if gap is None:
                continue
            value = words.get(gap, n)
            shown = value.text if isinstance(value, Toned) else str(value)
            if isinstance(value, Toned) and value.note:
                cites.append(Cite(len(said), len(said) + len(shown), value.note))
            said += shown
        return Paragraph(said, cites=tuple(cites))

    def number(self, name: str) -> int:
        """Give a number: "rows.late"."""
        return self._numbers[name]


def _form(forms: tuple[str, ...], n: int) -> str:
    """Choose between one and many; with three forms, the first is for none."""
    return forms[0 if len(forms) == 3 and n == 0 else -2 if n == 1 else -1]


@cache
def load(name: str, own: Path | None = None) -> Wording:
    """Read the wording of a report; what the user's own file does not say is said as in ours.

    Args:
        name: The file below the data folder: "reports/progress.toml".
        own: The user's folder.

    Raises:
        DataFault: A file cannot be read.
        Malformed: The user's file says something that no report has, or with other gaps.
    """
    ours = dict(_entries(datafiles.read_toml(name), name))
    theirs: dict[str, Text | int] = {}
    if own is not None and (own / name).is_file():
        theirs = dict(_entries(datafiles.read_toml(name, own), str(own / name)))
    for key, value in theirs.items():
        _check(key, value, ours.get(key), str(own and own / name))
    texts = {k: v for k, v in (ours | theirs).items() if not isinstance(v, int)}
    numbers = {k: v for k, v in (ours | theirs).items() if isinstance(v, int)}
    return Wording(texts, numbers)


def _entries(data: Mapping[str, Any], file: str) -> Iterator[tuple[str, Text | int]]:
    for part, entries in data.items():
        if not isinstance(entries, Mapping):
            raise Malformed(f"{file}: {part} stands outside of every [part].")
        for key, value in entries.items():
            place = f"{part}.{key}"
            if isinstance(value, list) and all(isinstance(one, str) for one in value):
                yield place, tuple(value)
            elif isinstance(value, str) or type(value) is int:
                yield place, value
            else:
                raise Malformed(f"{file}: {place} is a text, a list of texts or a whole number.")


def _check(key: str, value: Text | int, ours: Text | int | None, file: str) -> None:
    """Refuse an own wording that cannot stand for ours."""
    if ours is None:
        raise Malformed(f"{file}: there is no {key} in this report.")
    if isinstance(ours, int) or isinstance(value, int):
        if not (isinstance(ours, int) and isinstance(value, int) and value >= 1):
            raise Malformed(f"{file}: {key} is a {_kind(ours)}.")
        return
    if _count(value) != _count(ours):
        raise Malformed(f"{file}: {key} is a {_kind(ours)}.")
    known = _gaps(ours, file, key)
    for gap in sorted(_gaps(value, file, key) - known):
        there = ", ".join(f"{{{one}}}" for one in sorted(known)) or "none"
        raise Malformed(f"{file}: {key} has no gap {{{gap}}}; there is {there}.")


def _kind(ours: Text | int) -> str:
    if isinstance(ours, int):
        return "whole number above 0"
    return "text" if isinstance(ours, str) else f"list of {len(ours)} texts"


def _count(text: Text) -> int:
    return 0 if isinstance(text, str) else len(text)


def _gaps(text: Text, file: str, key: str) -> set[str]:
    """Find the gaps of a sentence; they are plain names, nothing that reaches into a value."""
    found = set()
    for form in (text,) if isinstance(text, str) else text:
        try:
            parts = list(Formatter().parse(form))
        except ValueError:
            raise Malformed(f"{file}: {key} has a brace too many: write {{{{ for one.") from None
        for _, gap, shape, conversion in parts:
            if gap is None:
                continue
            if not gap.isidentifier() or shape or conversion:
                raise Malformed(f"{file}: {key} has a gap {{{gap}}} that is not a plain name.")
            found.add(gap)
    return found


def listed(parts: list[str]) -> str:
    """Join texts as a sentence does: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
