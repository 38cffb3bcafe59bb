"""Measuring from outside: a real terminal, whole processes, the clock on the wall.

Figures are milliseconds unless a name says otherwise. Whatever is compared is measured in turns
(A B A B ...), and compared pair by pair, because machines drift.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.terminal import What

SIZE = (120, 40)
LIST_ALONE = (90, 40)
"""A window in which a list has no details beside it, as the list it is compared with."""
QUIET = 0.15
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Start:
    """How a program came up."""

    paint: float
    """Until anything but blanks was on screen."""

    ready: float
    """Until what was waited for was on screen."""


@dataclass(frozen=True, slots=True)
class Presses:
    """How a program answered one key, pressed again and again with pauses."""

    shown: list[float]
    """Until the first frame that drew something."""

    settled: list[float]
    """Until the last frame before it was quiet."""

    missed: int
    """How many presses drew nothing."""


def surroundings(folder: Path) -> dict[str, str]:
    """Give the settings that programs are measured with: a home, and compiled code as installed.

    Where Python is told to keep no compiled code, a checkout is compiled anew at each start, and
    its references, which are installed, are not.
    """
    home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(folder))
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    return home | compiled


@contextmanager
def program(argv: Sequence[str], folder: Path, size: tuple[int, int] = SIZE) -> Iterator[Terminal]:
    """Run a program in a terminal, with a home folder of its own."""
    with Terminal(argv, size=size, env=surroundings(folder), cwd=folder) as term:
        yield term


def start(term: Terminal, ready: What, *, press: str | None = None) -> Start:
    """Measure a start; `press` is a key pressed as soon as anything is on screen."""
    paint = term.wait(lambda screen: screen.strip(), PATIENCE)
    if press:
        term.press(press)
    seen = term.wait(ready, PATIENCE)
    return Start((paint - term.started_at) * 1000, (seen - term.started_at) * 1000)


def presses(term: Terminal, key: str, count: int, back: str | None = None) -> Presses:
    """Press a key, by turns with another one, and wait until the screen is quiet, many times."""
    chance = random.Random(1)
    shown, settled, missed = [], [], 0
    term.settle(QUIET)
    for number in range(count):
        time.sleep(chance.uniform(0.002, 0.035))  # do not fall into step with the app's timers
        before, pressed = len(term.frames), time.perf_counter()
        term.press(back if back and number % 2 else key)
        while len(term.frames) == before and time.perf_counter() < pressed + 3:
            term.settle(QUIET)
        frames = term.frames[before:]
        if frames:
            shown.append((frames[0] - pressed) * 1000)
            settled.append((frames[-1] - pressed) * 1000)
        else:
            missed += 1
    return Presses(shown, settled, missed)


def held(term: Terminal, key: str, *, rate: int = 30, seconds: float = 3) -> float:
    """Hold a key down and measure how long after the last repeat the screen still moves."""
    term.settle(QUIET)
    begin = time.perf_counter()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, begin + number / rate - time.perf_counter()))
        pressed = time.perf_counter()
        term.press(key)
    term.settle(0.25)
    return max(0.0, term.frames[-1] - pressed) * 1000


def memory(term: Terminal) -> float:
    """Megabytes that a program and what it has started hold."""
    root = psutil.Process(term.pid)
    return sum(one.memory_info().rss for one in (root, *root.children(recursive=True))) / 2**20


def idle(term: Terminal, seconds: float = 10) -> float:
    """Percent of one processor that a program takes while nobody does anything."""
    term.settle(1)
    process = psutil.Process(term.pid)
    before = sum(process.cpu_times()[:2])
    time.sleep(seconds)
    return 100 * float(sum(process.cpu_times()[:2]) - before) / seconds


def run(argv: Sequence[str], folder: Path) -> float:
    """Run a command to its end.

    Raises:
        CalledProcessError: It failed.
    """
    env = {**os.environ, **surroundings(folder)}
    begin = time.perf_counter()
    subprocess.run(argv, env=env, cwd=folder, capture_output=True, check=True)
    return (time.perf_counter() - begin) * 1000


def in_turns(
    ours: Callable[[], float], reference: Callable[[], float], rounds: int
) -> list[tuple[float, float]]:
    """Measure two things in turns, after one turn that only warms the caches."""
    ours(), reference()
    return [(ours(), reference()) for _ in range(rounds)]


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


median = statistics.median
