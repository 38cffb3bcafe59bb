"""Pictures of every page, taken from the example project."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ka2tui.exchange.demo import build
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from tests.tui.driving import settled

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 8, 42, tzinfo=UTC)
ACTOR = "Ana Moreno Vidal"

NARROW, COMFORTABLE, WIDE = (80, 24), (120, 40), (200, 50)

_FACES = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_NOTE = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_ID = re.compile(r"terminal-\d+")
_FONTS = "Fira Code, Cascadia Mono, DejaVu Sans Mono, Menlo, Consolas, monospace"

_TAKEN = (1, 0, 1, 2, 0, 0, 0, 0)
"""Which answer is taken, question by question, where two schools of two countries want to try
something small together."""
_ANSWERS = tuple(key for place in _TAKEN for key in (*["down"] * place, "enter"))


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: which keys lead there, and in what."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = COMFORTABLE
    theme: str = "ka2-dark"
    empty: bool = False
    """Of a database without a project."""


PICTURES = (
    Picture("today"),
    Picture("today-80x24", size=NARROW),
    Picture("today-200x50", size=WIDE),
    Picture("today-light", theme="ka2-light"),
    Picture("today-contrast", theme="ka2-contrast"),
    Picture("today-terminal", theme="ka2-terminal"),
    Picture("lifecycle", ("2",)),
    Picture("tasks", ("3",)),
    Picture("tasks-200x50", ("3",), size=WIDE),
    Picture("task-form", ("3", "n")),
    Picture("tree", ("3", "t")),
    Picture("board", ("3", "o")),
    Picture("filter", ("3", "slash", *"wp:3 and due<+30d")),
    Picture("capture", ("3", "a", *"Send minutes @kö fri wp:4 !high #tpm3 every month until M24")),
    Picture("meetings", ("4",)),
    Picture("meeting", ("4", "enter")),
    Picture("checklists", ("5",)),
    Picture("assessment", ("5", *["down"] * 4, "enter", "down", "enter")),
    Picture("partners", ("6", *["down"] * 3)),
    Picture("papers", ("6", *["down"] * 3, "o")),
    Picture("chase", ("6", *["down"] * 3, "c")),
    Picture("work-plan", ("7", *["down"] * 8)),
    Picture("work-plan-200x50", ("7", *["down"] * 8), size=WIDE),
    Picture("reports", ("8",)),
    Picture("history", ("9",)),
    Picture("projects", ("0",)),
    Picture("money", ("g", "y")),
    Picture("payments", ("g", "y", "greater_than_sign")),
    Picture("proof", ("g", "v")),
    Picture("proof-200x50", ("g", "v"), size=WIDE),
    Picture("participants", ("g", "a")),
    Picture("indicators", ("g", "i")),
    Picture("dissemination", ("g", "n")),
    Picture("risks", ("g", "k")),
    Picture("letters", ("g", "e")),
    Picture("promised", ("g", "f")),
    Picture("figures", ("7", "B")),
    Picture("problems", ("g", "x")),
    Picture("problems-200x50", ("g", "x"), size=WIDE),
    Picture("rules", ("g", "u")),
    Picture("score", ("g", "z", *["down"] * 3)),
    Picture("score-200x50", ("g", "z", *["down"] * 3), size=WIDE),
    Picture("candidates", ("g", "b", "down")),
    Picture("goal", ("g", "j", "down")),
    Picture("fit", ("f2", *_ANSWERS)),
    Picture("settings", ("g", "s")),
    Picture("help", ("3", "question_mark")),
    Picture("palette", ("ctrl+p",)),
    Picture("welcome", empty=True),
)


async def take(picture: Picture, file: Path) -> str:
    """Press the keys, and give the screen as SVG."""
    app = Ka2tui(
        lambda: Portfolio.open(file, actor=ACTOR),
        today=TODAY,
        now=lambda: NOW,
        settings=Settings(actor=ACTOR, theme=picture.theme),
    )
    async with app.run_test(size=picture.size) as pilot:
        await settled(pilot)
        for key in picture.keys:
            await pilot.press(key)
            await settled(pilot)
        return self_contained(app.export_screenshot(title="ka2tui"))


def self_contained(svg: str) -> str:
    """Take every address out of a picture: its letters come from the reader's own fonts.

    The names in it no longer hang on its contents, so that a small change stays a small one.
    """
    svg = _ID.sub("screen", _NOTE.sub("", _FACES.sub("", svg)))
    svg = re.sub(r"font-family: ?Fira Code, ?monospace", f"font-family: {_FONTS}", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def main(names: Sequence[str]) -> None:
    """Take the pictures of these names, or all."""
    known = {picture.name for picture in PICTURES}
    unknown = sorted(set(names) - known)
    if unknown:
        sys.exit(f"There is no picture {unknown[0]}; there are {', '.join(sorted(known))}.")
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "ka2tui.db", Path(folder) / "empty.db"
        build(full, TODAY)
        Portfolio.open(empty, actor=ACTOR).close()
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            svg = asyncio.run(take(picture, empty if picture.empty else full))
            (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
            print(f"screenshots/{picture.name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
