"""HTML: a document as one file to send or print, which loads nothing and runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from ka2tui import datafiles
from ka2tui.domain.entries import Malformed
from ka2tui.domain.text import clean
from ka2tui.reports.document import Bars, Document, Figure, Heading, Timeline, Toned
from ka2tui.reports.formats import charts

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.reports.document import Cell

PAGE = "reports/page.html"
STYLE = "reports/page.css"

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""What the page may load: its own style and pictures that are part of it."""

_LOADS = re.compile(r"<|@import|url\(\s*['\"]?(?!data:)", re.IGNORECASE)

_SIGN = re.compile(r"(?<=\d) (?=%)|(?<=€) (?=\d)")


def render(document: Document, own: Path | None = None) -> str:
    """Write a document as one HTML file.

    Args:
        document: What it says.
        own: The user's folder, whose page and style win.

    Raises:
        DataFault: A file cannot be read.
        Malformed: The style would load something from elsewhere.
    """
    style = datafiles.read_text(STYLE, own)
    if _LOADS.search(style):
        raise Malformed(f"{datafiles.find(STYLE, own)}: a style may not load from elsewhere.")
    paper = SandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    paper.filters["clean"] = _clean
    paper.tests["figure"] = lambda block: isinstance(block, Figure)
    page = paper.from_string(datafiles.read_text(PAGE, own))
    return page.render(
        document=document,
        policy=POLICY,
        style=Markup(style),  # noqa: S704 - a file of ours or the user's own, looked at above
        kind=lambda block: type(block).__name__.lower(),
        draw=_draw,
        shown=_shown,
        piece=_piece,
        tone=lambda cell: cell.tone if isinstance(cell, Toned) else "",
        note=lambda cell: cell.note if isinstance(cell, Toned) else 0,
        parts=_numbered(document),
    )


def _draw(figure: Figure, number: int) -> Markup:
    if isinstance(figure, Bars):
        drawn = charts.bars(figure, number)
    elif isinstance(figure, Timeline):
        drawn = charts.timeline(figure, number)
    else:
        drawn = charts.trend(figure, number)
    return Markup(clean(drawn))  # noqa: S704 - charts escape every text


def _clean(text: str) -> str:
    """Clean a text; a number stays on one line with its sign."""
    return _SIGN.sub("\N{NO-BREAK SPACE}", clean(text, lines=True))


def _piece(text: str) -> str:
    """Clean a piece of a line; the blanks at its ends stay."""
    before = " " * (text[:1] == " ")
    after = " " * (text[-1:] == " " and bool(text.strip()))
    return f"{before}{_clean(text)}{after}"


def _shown(cell: Cell) -> str:
    return _clean(cell.text if isinstance(cell, Toned) else cell)


def _numbered(document: Document) -> list[tuple[str, Heading]]:
    """Give the parts with the names they are reached by."""
    first = [heading for heading in document.headings if heading.level == 1]
    return [(f"part-{number}", heading) for number, heading in enumerate(first, start=1)]
