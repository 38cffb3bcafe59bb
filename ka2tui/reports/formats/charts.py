"""Charts: the figures of a document as SVG, to be read on a screen and on grey paper.

Everything is drawn with classes, which the page's style sheet colours; done and not done differ
in lightness, and every mark has its words in the text alternative.
"""

from __future__ import annotations

from html import escape
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from ka2tui.domain import days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ka2tui.reports.document import Bars, Curve, Lane, Timeline, Trend

WIDTH = 720
_LABEL = 236
"""Where the labels end and the drawing begins."""
_LETTERS = 38
"""Small letters in a line of a label."""
_LINE = 13
_ROW = 22
_INDENT = 10
_VALUE = 40
"""Room for a share at the end of a lane."""
_STYLES = 5
"""How many curves can be told apart."""


def bars(figure: Bars, number: int) -> str:
    """Draw bars with a mark for the time that has passed."""
    right = WIDTH - 130
    wide = right - _LABEL
    said, drawn = [], []
    tops = _stacked([(bar.label, bar.level) for bar in figure.bars], 26)
    for bar, (above, below) in zip(figure.bars, pairwise(tops), strict=True):
        middle = (above + below) / 2
        top = middle - 9
        share, mark = bar.share, bar.mark
        drawn.append(_label(bar.label, bar.level, middle))
        drawn.append(f'<rect class="track" x="{_LABEL}" y="{top}" width="{wide}" height="18"/>')
        if share:
            drawn.append(
                f'<rect class="fill" x="{_LABEL}" y="{top}" width="{share * wide / 100:.1f}" '
                'height="18"/>'
            )
        if mark is not None:
            x = _LABEL + mark * wide / 100
            drawn.append(_line("mark", x, top - 3, x, top + 21))
        value = "not known" if share is None else f"{share} %"
        beside = f"{value}, {bar.word}" if bar.word else value
        drawn.append(_text("value", right + 8, middle, beside))
        passed = "" if mark is None else f", {mark} % of its time passed"
        said.append(f"{bar.label}: {beside}{passed}.")
    return _svg(figure.caption, said, drawn, tops[-1] + 4, number)


def timeline(figure: Timeline, number: int) -> str:
    """Draw lanes over the days of a project, with today across them."""
    right = WIDTH - _VALUE
    top = 24
    tops = _stacked([(lane.label, lane.level) for lane in figure.lanes], _ROW)
    middles = [top + (above + below) / 2 for above, below in pairwise(tops)]
    bottom = top + tops[-1] + 4

    def x_of(day: date, *, end: bool = False) -> float:
        within = min(max(day, figure.first), figure.last)
        span = (figure.last - figure.first).days + 1
        return _LABEL + ((within - figure.first).days + end) * (right - _LABEL) / span

    drawn = []
    for tick in figure.ticks:
        x = x_of(tick.day)
        drawn.append(_line("grid", x, top - 6, x, bottom))
        drawn.append(_text("tick", x + 2, 11, tick.label))
    said = []
    for lane, middle in zip(figure.lanes, middles, strict=True):
        drawn.append(_label(lane.label, lane.level, middle))
        if lane.first is not None:
            first, last = x_of(lane.first), x_of(lane.last or figure.last, end=True)
            drawn.append(_rect("track", first, middle - 6, last - first, 12))
            dark = lane.done(last - first, x_of(figure.today) - first)
            if dark:
                drawn.append(_rect("fill", first, middle - 6, dark, 12))
            if lane.share is not None:
                drawn.append(_text("value", WIDTH, middle, f"{lane.share} %", anchor="end"))
        said.append(_say_lane(lane))
    if figure.first <= figure.today <= figure.last:
        x = x_of(figure.today)
        drawn.append(_line("today", x, top - 6, x, bottom))
        drawn.append(_text("now", x, bottom + 12, "today", anchor="middle"))
    for lane, middle in zip(figure.lanes, middles, strict=True):
        flags = lane.first is None
        for point in lane.points:
            state = "reached" if point.reached else "late" if point.late else "open"
            drawn.append(_point(x_of(point.day, end=True), middle, point.label, state, flag=flags))
    return _svg(figure.caption, said, drawn, bottom + 18, number)


def _say_lane(lane: Lane) -> str:
    parts = []
    if lane.first is not None and lane.last is not None:
        parts.append(days.say_span(lane.first, lane.last))
    if lane.share is not None:
        parts.append(f"{lane.share} % done")
    parts += [
        f"{point.label}, {days.say_brief(point.day)}, "
        + ("reached" if point.reached else "late" if point.late else "to come")
        for point in lane.points
    ]
    return f"{lane.label}: {'; '.join(parts)}."


def _point(x: float, y: float, label: str, state: str, *, flag: bool) -> str:
    title = f"<title>{escape(label)}</title>"
    if flag:
        shape = f"M{x:.1f} {y + 8:.1f}V{y - 8:.1f}L{x + 10:.1f} {y - 4:.1f}L{x:.1f} {y:.1f}"
    else:
        shape = f"M{x:.1f} {y - 6:.1f}L{x + 6:.1f} {y:.1f}L{x:.1f} {y + 6:.1f}L{x - 6:.1f} {y:.1f}Z"
    return f'<path class="point {state}" d="{shape}">{title}</path>'


def trend(figure: Trend, number: int) -> str:
    """Draw curves from 0 to 100 over time."""
    left, right, top, bottom = 40, WIDTH - 12, 12, 172
    shown = [point[0] for curve in figure.curves for point in curve.points]
    first, last = min(shown), max(shown)
    span = max((last - first).days, 1)

    def x_of(day: date) -> float:
        return left + (day - first).days * (right - left - 40) / span + 20

    def y_of(value: int) -> float:
        return bottom - value * (bottom - top) / 100

    drawn = []
    for value in (0, 25, 50, 75, 100):
        drawn.append(_line("grid", left, y_of(value), right, y_of(value)))
        drawn.append(_text("tick", left - 6, y_of(value), str(value), anchor="end"))
    beyond = 0.0 - right
    for day in sorted(set(shown)):
        x = x_of(day)
        drawn.append(_line("grid", x, bottom, x, bottom + 4))
        if x - beyond > 70:
            drawn.append(_text("tick", x, bottom + 14, days.say_brief(day), anchor="middle"))
            beyond = x
    for at, curve in enumerate(figure.curves):
        drawn += _curve(curve, at, [(x_of(day), y_of(value)) for day, value in curve.points])
    legend = bottom + 34
    for at, curve in enumerate(figure.curves):
        y = legend + at * 16
        drawn.append(_line(f"curve c{at % _STYLES}", left, y, left + 34, y))
        drawn.append(_text("value", left + 42, y, curve.label))
    said = [
        f"{curve.label}: "
        + ", ".join(f"{value} on {days.say_brief(day)}" for day, value in curve.points)
        + "."
        for curve in figure.curves
    ]
    height = legend + len(figure.curves) * 16
    return _svg(figure.caption, said, drawn, height, number)


def _curve(curve: Curve, at: int, places: list[tuple[float, float]]) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline class="curve c{at % _STYLES}" points="{path}"/>'
    for (x, y), (_, value) in zip(places, curve.points, strict=True):
        yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
        yield _text("value", x, y - 10, str(value), anchor="middle")


def _svg(caption: str, said: list[str], drawn: list[str], height: float, number: int) -> str:
    """Close a drawing, with its words for those who cannot see it."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby="figure-{number}-title figure-{number}-words">'
        f'<title id="figure-{number}-title">{escape(caption)}</title>'
        f'<desc id="figure-{number}-words">{escape(" ".join(said))}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def _label(label: str, level: int, y: float) -> str:
    title = f"<title>{escape(' '.join(label.split()))}</title>"
    x = level * _INDENT
    look = "label" if level == 0 else "label below"
    lines = _broken(label, level)
    first = y - (len(lines) - 1) * _LINE / 2
    if len(lines) == 1:
        return f'<text class="{look}" x="{x}" y="{y:.1f}">{title}{escape(lines[0])}</text>'
    shown = "".join(
        f'<tspan x="{x}" y="{first + at * _LINE:.1f}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    return f'<text class="{look}" x="{x}" y="{first:.1f}">{title}{shown}</text>'


def _broken(label: str, level: int) -> list[str]:
    """Break a label into the lines that find room, a word that is too long within itself."""
    room = _LETTERS - 2 * level
    lines, now = [], ""
    for word in label.split():
        if _wide(f"{now} {word}".strip()) <= room:
            now = f"{now} {word}".strip()
            continue
        if now:
            lines.append(now)
        now = ""
        for letter in word:
            if _wide(now + letter) > room:
                lines.append(now)
                now = ""
            now += letter
    return [*lines, now] if now or not lines else lines


def _wide(text: str) -> float:
    """Give about how wide a text is drawn, in small letters."""
    return sum(map(_letter, text))


def _letter(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 1.9
    if sign in "WMmw@%—":
        return 1.6
    return 1.25 if sign.isupper() else 1.0


def _stacked(labels: list[tuple[str, int]], least: int) -> list[float]:
    """Give where rows begin that are high enough for their labels, and where the last one ends."""
    heights = [max(least, len(_broken(*label)) * _LINE + 6) for label in labels]
    return [0, *accumulate(heights)]


def _text(look: str, x: float, y: float, shown: str, anchor: str = "start") -> str:
    return (
        f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{escape(shown)}</text>"
    )


def _rect(look: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" '
        f'height="{height}"/>'
    )


def _line(look: str, x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line class="{look}" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'
