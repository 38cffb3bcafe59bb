"""What reaches the terminal: the last wall against characters that act instead of showing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

_ACTS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]"
)


def _stand_in(match: re.Match[str]) -> str:
    """Give something as wide as the layout took the character to be."""
    return "\ufffd" * cell_len(match.group())


class NothingActs(LineFilter):
    """Take control, bidirectional and surrogate characters out of every line that is sent.

    A control or format character was laid out as nothing and is dropped; a surrogate was laid
    out one cell wide and is replaced, so that the line keeps its width.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean the segments of one line; a line without such characters is given back itself."""
        if not any(
            text and not text.isprintable() and _ACTS.search(text) for text, _, _ in segments
        ):
            return segments
        return [
            segment
            if segment.control is not None
            else Segment(_ACTS.sub(_stand_in, segment.text), segment.style)
            for segment in segments
        ]
