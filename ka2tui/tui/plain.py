"""The only maker of widget text: user text becomes a line of cells, never markup.

Text that people typed is data. Here control characters, bidirectional overrides and lone
surrogates become visible marks, tabs and line ends become blanks, and every width is counted in
terminal cells, so that columns stand whatever somebody called a task.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Literal, get_args

from rich.cells import cell_len, split_graphemes
from rich.text import Text
from textual.content import Content

Tone = Literal["", "quiet", "late", "soon", "done", "good", "accent", "strong", "found"]
"""What a piece of text means; the theme says how that looks."""

TONES: tuple[Tone, ...] = tuple(tone for tone in get_args(Tone) if tone)

Piece = str | tuple[str, Tone]
"""Text, or text with its meaning."""

Cell = Piece | list[Piece]
"""What stands in one cell of a table: one piece, or several in a row."""

LATE, SOON, DONE, OPEN, WAITING = "!", "◷", "✓", "·", "‖"
DOING, CANCELLED = "▸", "✗"
RECURRING, HIGH, LOW, MILESTONE, DELIVERABLE = "↻", "▲", "▽", "⚑", "◆"
REVIEW, MEETING, DATE, MONEY = "◇", "○", "§", "¤"
LETTER, RISK, LOG = "←", "△", "≡"
MARKED, CHANGED, MORE, WARNING = "●", "~", "…", LATE

STATES: dict[str, tuple[str, Tone, str]] = {
    "late": (LATE, "late", "late"),
    "soon": (SOON, "soon", "due soon"),
    "done": (DONE, "done", "done"),
    "open": (OPEN, "", "open"),
    "doing": (DOING, "", "in work"),
    "waiting": (WAITING, "quiet", "waiting"),
    "cancelled": (CANCELLED, "quiet", "cancelled"),
    "recurring": (RECURRING, "quiet", "comes again"),
    "high": (HIGH, "late", "high priority"),
    "low": (LOW, "quiet", "low priority"),
    "milestone": (MILESTONE, "accent", "milestone"),
    "deliverable": (DELIVERABLE, "accent", "deliverable"),
    "changed": (CHANGED, "accent", "changed elsewhere just now"),
    "due_review": (REVIEW, "accent", "review of a deliverable"),
    "due_meeting": (MEETING, "accent", "meeting"),
    "due_letter": (LETTER, "accent", "letter that wants an answer"),
    "due_risk": (RISK, "accent", "risk to look at again"),
    "due_log": (LOG, "accent", "issue, decision or change"),
    "due_date": (DATE, "accent", "date of the call or the agreement"),
}
"""Glyph, tone and word of every state a row can show; the legend of the help is made of it."""

_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BLANKS = "\t\n\v\f\r\x85\u2028\u2029"


def _shown(match: re.Match[str]) -> str:
    """Give the visible stand-in, one cell wide, of a character that must not reach the terminal."""
    character = match.group()
    if character in _BLANKS:
        return " "
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"


def line(text: object) -> str:
    """Give `text` as one line to be shown as it is: nothing in it acts, everything is seen."""
    given = text if isinstance(text, str) else "" if text is None else str(text)
    if given.isascii() and given.isprintable():
        return given
    return _UNSHOWN.sub(_shown, given)


def lines(text: object) -> list[str]:
    """Give `text` line by line, each as `line` gives it; never an empty list."""
    given = text if isinstance(text, str) else "" if text is None else str(text)
    return [line(part) for part in given.splitlines()] or [""]


def width(text: str) -> int:
    """Count the terminal cells of a line."""
    return len(text) if text.isascii() else cell_len(text)


@lru_cache(8192)
def _cut_wide(text: str, room: int) -> str:
    """Cut a line with characters of other widths; a wide one that does not fit goes whole."""
    if cell_len(text) <= room:
        return text
    spans, _ = split_graphemes(text)
    left, end = room - 1, 0
    for start, stop, size in spans:
        if size > left:
            end = start
            break
        left -= size
        end = stop
    return text[:end] + MORE


def cut(text: str, room: int) -> str:
    """Cut a line to at most `room` cells, with … where something is missing."""
    if room <= 0:
        return ""
    if text.isascii():
        return text if len(text) <= room else text[: room - 1] + MORE
    return _cut_wide(text, room)


def pad(text: str, room: int, align: Literal["left", "right"] = "left") -> str:
    """Cut or fill a line to exactly `room` cells."""
    fitted = cut(text, room)
    blank = " " * (room - width(fitted))
    return blank + fitted if align == "right" else fitted + blank


def wrap(text: object, room: int) -> list[str]:
    """Break text into lines of at most `room` cells, between words where that is possible."""
    room = max(room, 2)
    broken: list[str] = []
    for paragraph in lines(text):
        row = ""
        for word in paragraph.split(" "):
            joined = f"{row} {word}" if row else word
            if width(joined) <= room:
                row = joined
                continue
            if row:
                broken.append(row)
            *whole, row = _chopped(word, room)
            broken += whole
        broken.append(row)
    return broken


def wrap_parts(parts: Iterable[object], room: int, between: str = " · ") -> list[str]:
    """Break what is known of `parts` into lines, between them and nowhere else if they fit."""
    rows: list[str] = []
    for part in (shown for part in parts if (shown := line(part))):
        if rows and width(rows[-1] + between + part) <= room:
            rows[-1] += between + part
        else:
            rows += wrap(part, room)
    return rows


def _chopped(word: str, room: int) -> list[str]:
    """Break a word that is too long for a line; characters stay whole."""
    if width(word) <= room:
        return [word]
    parts = [""]
    used = 0
    for start, stop, size in split_graphemes(word)[0]:
        if used + size > room:
            parts.append("")
            used = 0
        parts[-1] += word[start:stop]
        used += size
    return parts


def pieces(cell: Cell) -> list[tuple[str, Tone]]:
    """Give a cell as pieces of clean text with their meaning."""
    if isinstance(cell, str):
        return [(line(cell), "")]
    if isinstance(cell, tuple):
        return [(line(cell[0]), cell[1])]
    return [
        (line(piece), "") if isinstance(piece, str) else (line(piece[0]), piece[1])
        for piece in cell
    ]


def cells(
    cell: Cell, room: int, align: Literal["left", "right"] = "left"
) -> list[tuple[str, Tone]]:
    """Fit a cell into exactly `room` cells; what does not fit is cut at its end."""
    if isinstance(cell, str):
        return [(pad(line(cell), room, align), "")]
    if isinstance(cell, tuple):
        return [(pad(line(cell[0]), room, align), cell[1])]
    fitted: list[tuple[str, Tone]] = []
    left = room
    parts = pieces(cell)
    for index, (text, tone) in enumerate(parts):
        size = width(text)
        more = any(part for part, _ in parts[index + 1 :])
        if size > left or (size == left and more):
            # the mark of the cut stands here also when only the following pieces are lost
            short = cut(text + MORE if size <= left else text, left)
            fitted.append((short, tone))
            left -= width(short)
            break
        fitted.append((text, tone))
        left -= size
    if left > 0:
        blank: tuple[str, Tone] = (" " * left, "")
        fitted.insert(0 if align == "right" else len(fitted), blank)
    return fitted


def with_tail(cell: Cell, tail: Piece, room: int) -> list[tuple[str, Tone]]:
    """Fit a line into so many cells: what stands at its end stays whole, what is before is cut."""
    end = pieces(tail)[0]
    if not end[0]:
        return cells(cell, room)
    rest = max(room - width(end[0]) - 2, 1)
    return [*cells(cell, rest), ("  ", ""), end]


def content(text: object) -> Content:
    """Make text for a widget of Textual: titles, labels, options, prompts."""
    return Content(line(text))


def block(text: object) -> Content:
    """Make text of several lines for a widget of Textual."""
    return Content("\n".join(lines(text)))


def rich(text: object) -> Text:
    """Make text for the widgets that still take Rich's."""
    return Text(line(text), end="")


def join(parts: Iterable[object], between: str = " · ") -> str:
    """Join what is known of `parts` into one line; None and empty text are left out."""
    return between.join(shown for part in parts if (shown := line(part)))


def fitting(parts: Iterable[object], room: int, between: str = " · ") -> str:
    """Join as many of `parts` as find room whole, the most important first; only it is cut."""
    said = ""
    for part in parts:
        shown = line(part)
        longer = said + between + shown if said and shown else said or shown
        if shown and (not said or width(longer) <= room):
            said = longer
        elif shown:
            break
    return cut(said, room)


def short_name(text: object) -> str:
    """Give a person's name in short: the first name and the initial of the family's."""
    said = line(text)
    words = [word for word in said.split() if not word.endswith(".")]
    if len(words) < 2:
        return said
    family = next((word for word in words[1:] if word[0].isupper()), words[-1])
    first, *_ = split_graphemes(family)[0]
    return f"{words[0]} {family[first[0] : first[1]]}."


def name(text: object, room: int) -> str:
    """Give a person's name whole where there is room for it, else in short."""
    said = line(text)
    return said if width(said) <= room else cut(short_name(said), room)


def state_of(
    state: str, due: date | None, today: date, *, soon_days: int = 7
) -> tuple[str, Tone, str]:
    """Give the glyph, tone and word of a task: late and due soon come before its state."""
    if state in ("done", "cancelled"):
        return STATES[state]
    if due is not None and due < today:
        return STATES["late"]
    if state == "waiting":
        return STATES["waiting"]
    if due is not None and (due - today).days <= soon_days:
        return STATES["soon"]
    return STATES.get(state, STATES["open"])


def bar(part: float, *, mark: float | None = None, room: int = 10) -> str:
    """Draw how much is done, 0 to 1, with a mark where time stands: ▓▓▓▓▓▓|░░░."""
    from ka2tui.domain import progress

    at = None if mark is None else round(mark * progress.ALL)
    return progress.bar(round(part * progress.ALL), room, at)


def shaded(drawn: str, tone: Tone) -> list[Piece]:
    """Give a bar its meaning: what is done carries it, what is to come stays quiet."""
    looks: dict[str, Tone] = {"▓": tone, "|": "strong"}
    runs = groupby(drawn, lambda sign: looks.get(sign, "quiet"))
    return [("".join(signs), look) for look, signs in runs]


def number(value: int) -> str:
    """Write a whole number in groups of three: 10 000."""
    return f"{value:,}".replace(",", " ")


def count(value: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun: "1 task", "37 tasks"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def shown_and_hidden(shown: int, hidden: int, why: str = "hidden by the filter") -> str:
    """Say how many rows stand and how many do not: "37 shown, 12 hidden by the filter"."""
    return f"{number(shown)} shown" + (f", {number(hidden)} {why}" if hidden else "")


def longest(texts: Sequence[object], least: int = 0, most: int = 40) -> int:
    """Give the width in cells that the longest of `texts` needs, within bounds."""
    return min(max([least, *(width(line(text)) for text in texts)]), most)
