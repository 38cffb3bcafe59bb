"""Where each entry of a TOML file stands: its line, by the way that leads to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Way = tuple[str | int, ...]
"""From the top of the file: `("action", 0, "award", "relevance")`; lists of tables from 0."""

_KEY = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_LONG = ('"""', "'''")


class Lines:
    """The lines of one file that can be read; a file that cannot has none worth knowing."""

    def __init__(self, written: str) -> None:
        """Go through the file once."""
        self._lines: dict[Way, int] = {}
        self._many: dict[Way, int] = {}
        self._written = written.replace("\r\n", "\n")
        here: Way = ()
        for line, start, end in self._entries():
            text = self._written[start:end]
            if text.startswith("[["):
                here = self._listed(_keys(text[2:]), line)
            elif text.startswith("["):
                here = self._within(_keys(text[1:]))
                self._lines.setdefault(here, line)
            else:
                way = here
                for key in _keys(text):
                    way = (*way, key)
                    self._lines.setdefault(way, line)

    def of(self, way: Sequence[str | int]) -> int | None:
        """Give the line of an entry, or of what it is in; None where neither stands there."""
        for length in range(len(way), 0, -1):
            line = self._lines.get(tuple(way[:length]))
            if line is not None:
                return line
        return None

    def _listed(self, keys: Sequence[str], line: int) -> Way:
        plain = (*self._within(keys[:-1]), *keys[-1:])
        number = self._many.get(plain, -1) + 1
        self._many[plain] = number
        self._lines.setdefault(plain, line)
        self._lines[*plain, number] = line
        return (*plain, number)

    def _within(self, keys: Sequence[str]) -> Way:
        """Put the number of the last table of a list where a way leads through one."""
        way: Way = ()
        for key in keys:
            way = (*way, key)
            if way in self._many:
                way = (*way, self._many[way])
        return way

    def _entries(self) -> Iterator[tuple[int, int, int]]:
        """Give each heading and each entry: its line, and where it begins and ends."""
        written, at, line = self._written, 0, 1
        while at < len(written):
            if written[at] == "\n":
                at, line = at + 1, line + 1
            elif written[at].isspace():
                at += 1
            elif written[at] == "#":
                at = _line_end(written, at)
            else:
                heading = written[at] == "["
                end = _line_end(written, at) if heading else _entry_end(written, at)
                yield line, at, end
                line += written.count("\n", at, end)
                at = end


def _keys(text: str) -> list[str]:
    """Read `a.b."c d"`, which ends at whatever is no key."""
    keys, at = [], 0
    while found := _KEY.match(text, at):
        keys.append(next(part for part in found.groups() if part is not None))
        at = found.end()
        if at >= len(text) or text[at] != ".":
            break
        at += 1
    return keys


def _line_end(written: str, at: int) -> int:
    end = written.find("\n", at)
    return len(written) if end < 0 else end


def _entry_end(written: str, at: int) -> int:
    """Find where an entry ends: at the end of a line on which nothing is left open."""
    depth = 0
    while at < len(written):
        char = written[at]
        if char == "\n" and depth <= 0:
            return at
        if char == "#":
            at = _line_end(written, at)
            continue
        if char in "\"'":
            at = _text_end(written, at)
            continue
        depth += (char in "[{") - (char in "]}")
        at += 1
    return at


def _text_end(written: str, at: int) -> int:
    """Find where a text ends that begins here."""
    sign = written[at : at + 3] if written[at : at + 3] in _LONG else written[at]
    escapes = sign[0] == '"'
    at += len(sign)
    while at < len(written) and not written.startswith(sign, at):
        at += 2 if escapes and written[at] == "\\" else 1
    return min(at + len(sign), len(written))
