"""Answers as they are read aloud: one thing a line, words for signs, no bars and no columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORDS: dict[str, str] = {
    "!": "late",
    "◷": "due soon",
    "✓": "done",
    "·": "open",
    "‖": "waiting",
    "▸": "in work",
    "●": "under way",
    "✗": "cancelled",
    "↻": "comes again",
    "▲": "high priority",
    "←": "came in",
    "→": "went out",
    "▽": "low priority",
    "⚑": "milestone",
    "◆": "deliverable",
    "◇": "review of a deliverable",
    "○": "meeting",
    "§": "date of the call or the agreement",
    "¤": "payment",
    "W": "look at this",
    "–": "none",
}
"""What each sign says where it stands by itself."""

_BAR = re.compile(r"[▓░|]{10,}|[▁▂▃▄▅▆▇█]+")
"""A bar or a curve: the figures beside it say the same."""
_DRAWN = re.compile(r"[┤│└┌┐┘├┬┴┼─╭╮╰╯]")
_APART = re.compile(r" {2,}")
_DAYS = re.compile(r"\b(\d+) d\b")
_LABEL = re.compile(r"^(?P<name>\S(?:[^:;,]*?\S)?) {2,}(?P<value>\S.*)$")


def cell(text: object) -> str:
    """Say one cell: signs at its beginning become words, bars go."""
    words = " ".join(_BAR.sub(" ", str(text)).split()).split(" ")
    said = []
    while words and words[0] in WORDS and not (words[0] == "W" and len(words) > 1):
        said.append(WORDS[words.pop(0)])
    rest = _in_words(" ".join(words))
    return ", ".join([*said, rest] if rest else said)


def _in_words(line: str) -> str:
    """Say what stands between words: dots, arrows, and days in short."""
    line = line.replace(" · ", ", ").replace(" → ", " to ")
    return _DAYS.sub(lambda found: f"{found[1]} day{'' if found[1] == '1' else 's'}", line)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Say each row on a line of its own, every cell after the title of its column."""
    lines = []
    for row in rows:
        said = []
        for heading, given in zip(headings, row, strict=True):
            text = "" if given is None else cell(given)
            if text:
                said.append(f"{heading}: {text}" if heading.strip() else text)
        lines.append("; ".join(said))
    return "\n".join(lines)


def text(written: str) -> str:
    """Say an answer that was written for the eye, line by line; rows of tables are said already."""
    lines: list[str] = []
    drawn = False
    for line in written.splitlines():
        # under a drawing stand the dates of its ends, which are said below it with their figures
        was, drawn = drawn, bool(_DRAWN.search(line))
        if drawn or (was and line[:1] == " "):
            continue
        said = _line(line)
        if said or (lines and lines[-1]):
            lines.append(said)
    return "\n".join(lines).strip("\n")


def _line(line: str) -> str:
    bare = _BAR.sub("  ", line).strip()
    sign, _, rest = bare.partition(" ")
    if sign in WORDS and sign != "W" and rest:
        return f"{WORDS[sign]}: {_line(rest)}"
    found = _LABEL.match(bare)
    if found is not None:
        bare = f"{found['name'].rstrip(':')}: {found['value']}"
    return _in_words(_APART.sub(", ", bare))
