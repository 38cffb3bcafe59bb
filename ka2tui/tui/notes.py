"""Notes as people write them, with the little Markdown that helps reading; all else is literal.

Headings, lists, boxes to tick, quotes, code and **strong** words look like what they are. Nothing
leads anywhere and nothing acts: an address is shown as an address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.tui.widgets.details import Passage, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.tui.plain import Piece
    from ka2tui.tui.widgets.details import Shown

_HEADING = re.compile(r" {0,3}#{1,6} +(.+?)(?: +#+)? *$")
_BULLET = re.compile(r"( *)[-*+] +(?:\[([ xX])\] +)?(.*)$")
_NUMBER = re.compile(r"( *)(\d{1,9}[.)]) +(.*)$")
_QUOTE = re.compile(r" {0,3}> ?(.*)$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|`([^`]+)`")

BULLET, OPEN, DONE = "• ", "☐ ", "☑ "
_DEEPEST = 12


def items(text: str) -> Iterator[Shown]:
    """Give notes as the lines of a pane."""
    fence = ""
    for line in text.splitlines():
        opened = _FENCE.match(line)
        if opened and (not fence or line.strip() == fence):
            fence = "" if fence else opened[1]
            continue
        if fence:
            yield Passage([(line.expandtabs(4), "quiet")], 2)
            continue
        yield _line(line.expandtabs(4))


def _line(line: str) -> Shown:
    """Give one line as what it is."""
    if heading := _HEADING.match(line):
        return Words(_unmarked(heading[1]), "strong")
    if bullet := _BULLET.match(line):
        sign = BULLET if bullet[2] is None else OPEN if bullet[2] == " " else DONE
        return _listed(bullet[1], sign, bullet[3])
    if number := _NUMBER.match(line):
        return _listed(number[1], f"{number[2]} ", number[3])
    if quote := _QUOTE.match(line):
        return Passage([("│ ", "quiet"), (_unmarked(quote[1]), "quiet")], 2)
    return Passage(_pieces(line))


def _listed(before: str, sign: str, text: str) -> Passage:
    indent = min(len(before), _DEEPEST)
    return Passage([" " * indent + sign, *_pieces(text)], indent + len(sign))


def _pieces(text: str) -> list[Piece]:
    """Take strong words and code out of a line."""
    found: list[Piece] = []
    last = 0
    for match in _STRONG.finditer(text):
        found.append(text[last : match.start()])
        found.append((match[2], "accent") if match[2] else (match[1], "strong"))
        last = match.end()
    found.append(text[last:])
    return [piece for piece in found if piece]


def _unmarked(text: str) -> str:
    """Leave the signs of strong words out."""
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in _pieces(text))
