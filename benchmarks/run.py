"""Measure ka2tui against references of the same run, and print how they compare.

    python3 dev.py bench                  everything, in a few minutes
    python3 dev.py bench --only keys      one group
    python3 dev.py bench --rounds 9       longer and steadier

A ratio compares with the reference named beside it; where there is none the figure itself counts.
"First" is the target to reach now, "end" is where it should arrive. Nothing else should run.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from benchmarks import example, measure
from benchmarks.measure import median, p95

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio
    from tests.terminal import Terminal

REFERENCES = Path(__file__).parent / "references"
PYTHON = [sys.executable, "-P"]
KA2TUI = [*PYTHON, "-m", "ka2tui"]
BARE_APP = [*PYTHON, str(REFERENCES / "bare_app.py")]
VIRTUAL_LIST = [*PYTHON, str(REFERENCES / "virtual_list.py")]
LIBRARIES = [*PYTHON, "-c", "import sqlalchemy.orm, pendulum, click"]
A_TASK = re.compile(r"Task \d{5}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table."""

    what: str
    ours: float
    unit: str
    first: float
    end: float
    reference: float | None = None
    beside: str = ""
    """What the reference is."""

    ratio: float | None = None
    """Ours to the reference's; None where the figure itself counts."""

    @property
    def counts(self) -> float:
        """What is held against the targets."""
        return self.ours if self.ratio is None else self.ratio

    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        reference = f"{self.reference:.4g} {self.beside}" if self.reference is not None else ""
        unit = "" if self.ratio is not None else f" {self.unit}"
        verdict = "end" if self.counts <= self.end else "pass"
        return (
            self.what,
            f"{self.ours:.4g} {self.unit}",
            reference,
            f"{self.ratio:.2f}" if self.ratio is not None else "",
            f"{self.first:g}{unit}",
            f"{self.end:g}{unit}",
            verdict if self.counts <= self.first else "MISS",
        )


HEADINGS = ("what", "ours", "reference", "ratio", "first", "end", "")


def compared(
    what: str, pairs: Iterable[tuple[float, float]], beside: str, first: float, end: float
) -> Figure:
    """Compare measurements taken in turns, pair by pair."""
    pairs = list(pairs)
    ours, reference = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(mine / other for mine, other in pairs)
    return Figure(what, ours, "ms", first, end, reference, beside, ratio)


class Bench:
    """What the measurements share: a folder, databases of some sizes, how often to measure."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds

    def database(self, tasks: int) -> Path:
        """Give a database with so many tasks, imported once."""
        db = self.folder / f"{tasks}.db"
        if not db.exists():
            self.load(db, tasks)
        return db

    def load(self, db: Path, tasks: int) -> float:
        """Import a project with so many tasks; give the milliseconds it took."""
        tables = self.folder / f"tables {tasks}"
        if not tables.exists():
            example.write(tables, tasks)
        return measure.run(self.command("import", str(tables), db=db), self.folder)

    def command(self, *words: str, db: Path) -> list[str]:
        """Give a command line for one of the databases."""
        return [*KA2TUI, f"--db={db}", f"--today={example.TODAY}", *words]

    def tasks_page(self, term: Terminal) -> None:
        """Go to the list of tasks and wait for its rows."""
        term.wait(A_TASK, measure.PATIENCE)
        term.press("3")
        term.wait(list_shown, measure.PATIENCE)

    @cached_property
    def portfolio(self) -> Portfolio:
        """A copy of the project with 10 000 tasks, to change."""
        from ka2tui.store.portfolio import Portfolio

        db = self.folder / "changed.db"
        shutil.copy(self.database(10_000), db)
        return Portfolio.open(str(db), actor="Ana")

    @cached_property
    def task_ids(self) -> list[int]:
        """The tasks in that copy."""
        from sqlalchemy import select

        from ka2tui.store.records import Task

        def ids(session: Any) -> list[int]:
            return list(session.scalars(select(Task.id).order_by(Task.id)))

        return self.portfolio.ask(ids)


def list_shown(screen: str) -> bool:
    """Whether the page of tasks stands, with its rows."""
    return "Tasks by due date" in screen and A_TASK.search(screen) is not None


def starting(bench: Bench) -> Iterator[Figure]:
    """How long until something is seen, and until the tasks are."""
    db = bench.database(10_000)

    def ours() -> measure.Start:
        with measure.program(bench.command(db=db), bench.folder) as term:
            return measure.start(term, list_shown, press="3")

    def bare() -> measure.Start:
        with measure.program(BARE_APP, bench.folder) as term:
            return measure.start(term, "READY")

    ours(), bare()
    pairs = [(ours(), bare()) for _ in range(bench.rounds)]
    paints = [(mine.paint, other.paint) for mine, other in pairs]
    windows = [(mine.ready, other.paint) for mine, other in pairs]
    yield compared("first paint", paints, "bare app", 1.25, 1.1)
    yield compared("10 000 tasks on screen", windows, "bare app's paint", 2.5, 1.4)


def keys(bench: Bench) -> Iterator[Figure]:
    """How fast keys are answered in long lists."""
    turns, count = 3, 5 * bench.rounds
    sizes = (100, 10_000, 50_000)
    programs = {size: bench.command(db=bench.database(size)) for size in sizes}
    shown: dict[tuple[int, str], list[float]] = {}
    lags: list[tuple[float, float]] = []
    for _ in range(turns):
        lag = {}
        for size in (0, *sizes):
            argv = programs.get(size) or [*VIRTUAL_LIST, "10000"]
            with measure.program(argv, bench.folder) as term:
                if size:
                    bench.tasks_page(term)
                else:
                    term.wait(A_TASK)
                for key in ("down", "pagedown"):
                    # a short list has few pages: there and back, and so in what it is compared with
                    back = "pageup" if key == "pagedown" and size in (100, 50_000) else key
                    found = measure.presses(term, key, count, back)
                    no_key_is_lost(found, f"{key} in {size or 'the reference'}")
                    shown.setdefault((size, key), []).extend(found.shown)
        for size in (0, 10_000):
            # details beside a list follow when the key rests; the lag is that of the list
            argv = programs.get(size) or [*VIRTUAL_LIST, "10000"]
            with measure.program(argv, bench.folder, measure.LIST_ALONE) as term:
                if size:
                    bench.tasks_page(term)
                else:
                    term.wait(A_TASK)
                lag[size] = measure.held(term, "down")
        lags.append((lag[10_000], lag[0]))
    for key, name in (("down", "down"), ("pagedown", "page down")):
        mine, other = p95(shown[10_000, key]), p95(shown[0, key])
        what = f"{name} in 10 000 tasks, p95"
        yield Figure(what, mine, "ms", 1.5, 1.2, other, "virtual list", mine / other)
    for key, name in (("down", "down"), ("pagedown", "page down")):
        mine, other = p95(shown[50_000, key]), p95(shown[100, key])
        what = f"{name} in 50 000 tasks, p95"
        yield Figure(what, mine, "ms", 1.5, 1.1, other, "in 100 tasks", mine / other)
    yield compared("down held at 30 a second, lag", lags, "virtual list", 2, 1.2)


def no_key_is_lost(found: measure.Presses, where: str) -> None:
    """Stop where presses drew nothing: what was measured is not what was meant."""
    if found.missed:
        sys.exit(f"{where}: {found.missed} presses changed nothing on screen")


def searching(bench: Bench) -> Iterator[Figure]:
    """How fast a filter and the search of everything follow what is typed."""
    for tasks in (10_000, 50_000):
        typed: list[float] = []
        sought: list[float] = []
        argv = bench.command(db=bench.database(tasks))
        # without details beside the list, so that a down is a down and nothing more
        with measure.program(argv, bench.folder, measure.LIST_ALONE) as term:
            bench.tasks_page(term)
            term.settle(1)
            down = median(measure.presses(term, "down", 5 * bench.rounds).settled)
            meanwhile, read = while_read(term)
            for word in ("minutes partner", "translate", "task 0123"):
                term.press("ctrl+u")
                for key in word:
                    sought += measure.presses(term, key, 1).settled
            term.press("escape")
            term.settle(0.5)
            term.press("/")
            for key in "minutes due<+14d":
                typed += measure.presses(term, key, 1).settled
        size = f"{tasks:,}".replace(",", " ")
        for name, found in (("filter", typed), ("search", sought)):
            what = f"a letter of a {name} over {size}, settled"
            mine = median(found)
            yield Figure(what, mine, "ms", 4, 2, down, "a down of ours", mine / down)
        yield Figure(f"everything read, {size}", read / 1000, "s", 2, 1)
        yield Figure(f"a letter meanwhile, {size}, p95", p95(meanwhile), "ms", 100, 50)


def while_read(term: Terminal) -> tuple[list[float], float]:
    """Search for the first time, and type until everything is read.

    Returns:
        How long each letter took to be seen, and how long the reading took.
    """
    begin = perf_counter()
    term.press("ctrl+f")
    term.wait("Search everything")
    typed, times = "", []
    while "so far" in term.screen or "reading" in term.screen:
        typed += "qzxjkvw"[len(typed) % 7]
        pressed = perf_counter()
        term.press(typed[-1])
        times.append(1000 * (term.wait(typed) - pressed))
    return times, 1000 * (perf_counter() - begin)


def viewing(bench: Bench) -> Iterator[Figure]:
    """How fast tasks are shown in another way, and how fast keys are answered there."""
    count = 5 * bench.rounds
    shown: dict[tuple[int, str], list[float]] = {}
    settled: dict[str, list[float]] = {"o": [], "t": []}
    for size in (100, 50_000) * 2:
        with measure.program(bench.command(db=bench.database(size)), bench.folder) as term:
            bench.tasks_page(term)
            term.settle(1)
            for view in "to":
                # an odd number of presses ends in the other view
                found = measure.presses(term, view, 2 * (bench.rounds // 2) + 1)
                settled[view] += found.settled[1:] if size == 50_000 else []
                term.press("home")
                for key, back in (("down", "down"), ("pagedown", "pageup")):
                    found = measure.presses(term, key, count, back)
                    no_key_is_lost(found, f"{key} in {size} after {view}")
                    shown.setdefault((size, view + key), []).extend(found.shown)
    for view, name in (("t", "in the tree"), ("o", "on the board")):
        for key, word in (("down", "down"), ("pagedown", "page down")):
            mine, other = p95(shown[50_000, view + key]), p95(shown[100, view + key])
            what = f"{word} {name}, 50 000, p95"
            yield Figure(what, mine, "ms", 1.5, 1.1, other, "of 100 tasks", mine / other)
    yield Figure("to the tree and back, 50 000", median(settled["t"]), "ms", 200, 80)
    yield Figure("to the board and back, 50 000", median(settled["o"]), "ms", 200, 80)


def switching(bench: Bench) -> Iterator[Figure]:
    """How fast a page comes back that was there before."""
    times = []
    with measure.program(bench.command(db=bench.database(10_000)), bench.folder) as term:
        bench.tasks_page(term)
        for round_ in range(2 * bench.rounds):
            for key in ("1", "3"):
                found = measure.presses(term, key, 1)
                times += found.settled if round_ else []
    yield Figure("page switch, second time", median(times), "ms", 60, 30)


def at_rest(bench: Bench) -> Iterator[Figure]:
    """What the app holds and burns while nobody does anything."""
    ours = bench.command(db=bench.database(10_000))
    # a first start compiles, also what is read once it rests, and keeps what that took
    with measure.program(ours, bench.folder) as term:
        bench.tasks_page(term)
        term.settle(2)
    with measure.program(BARE_APP, bench.folder) as other:
        other.wait("READY")
    with (
        measure.program(ours, bench.folder) as term,
        measure.program(BARE_APP, bench.folder) as other,
    ):
        bench.tasks_page(term)
        other.wait("READY")
        for _ in range(5):
            term.press("pagedown")
        term.settle(0.5)
        mine, least = measure.memory(term), measure.memory(other)
        yield Figure(
            "memory with 10 000 tasks", mine, "MB", 2.2, 1.8, least, "bare app", mine / least
        )
        yield Figure("processor while idle", measure.idle(term), "%", 0.5, 0.1)


def commands(bench: Bench) -> Iterator[Figure]:
    """How long single commands take, in a project of the usual size."""
    db = bench.folder / "commands.db"
    shutil.copy(bench.database(500), db)

    def timed(argv: list[str]) -> Callable[[], float]:
        return lambda: measure.run(argv, bench.folder)

    rounds = 3 * bench.rounds
    bare = timed([*PYTHON, "-c", ""])
    pairs = measure.in_turns(timed([*KA2TUI, "--help"]), bare, rounds)
    yield compared("ka2tui --help", pairs, "python -c ''", 6, 4)
    for words in (["task", "add", "Send the minutes"], ["today"]):
        command = timed(bench.command(*words, db=db))
        pairs = measure.in_turns(command, timed(LIBRARIES), rounds)
        yield compared(" ".join(words[:2]), pairs, "its libraries", 1.35, 1.1)


def importing(bench: Bench) -> Iterator[Figure]:
    """How long 10 000 tasks take to come in, with their history."""
    source = bench.database(10_000)
    new = bench.folder / "new.db"

    def ours() -> float:
        new.unlink(missing_ok=True)
        return bench.load(new, 10_000)

    def add_all() -> float:
        script = str(REFERENCES / "add_all.py")
        return measure.run([*PYTHON, script, str(source), str(new)], bench.folder)

    pairs = measure.in_turns(ours, add_all, max(3, bench.rounds // 2))
    yield compared("import of 10 000 tasks", pairs, "add_all of the same", 3, 1.5)


def reporting(bench: Bench) -> Iterator[Figure]:
    """How long a report takes."""
    db = bench.database(5_000)
    for format_ in ("html", "md"):
        argv = bench.command("report", "progress", "--format", format_, db=db)
        times = [measure.run(argv, bench.folder) / 1000 for _ in range(bench.rounds)]
        yield Figure(f"progress report of 5 000 tasks, {format_}", median(times), "s", 3, 1)


def changing(bench: Bench) -> Iterator[Figure]:
    """How long changes take until they are safe."""
    from ka2tui.domain.due import Step
    from ka2tui.domain.kinds import TaskState
    from ka2tui.operations import task_board, tasks

    portfolio, ids = bench.portfolio, bench.task_ids

    def timed(operation: Callable[..., object], *given: object, **named: object) -> float:
        begin = perf_counter()
        portfolio.do(cast("Any", operation), *given, **named)
        return perf_counter() - begin

    many, bulk, undone, moved = ids[:1000], [], [], []
    for number in range(bench.rounds):
        bulk.append(timed(tasks.tag, many, put=[f"round {number}"]))
        begin = perf_counter()
        portfolio.undo()
        undone.append(perf_counter() - begin)
        moved.append(timed(tasks.postpone, many, by=Step(days=7)))
    some = ids[3000 : 3000 + 40 * bench.rounds]
    single = [1000 * timed(tasks.finish, [one], today=example.TODAY) for one in some]
    put = [
        timed(task_board.put, many, state, today=example.TODAY)
        for state in (TaskState.DOING, TaskState.WAITING, TaskState.OPEN)
    ]
    yield Figure("tag 1 000 tasks, one step", median(bulk), "s", 1, 0.3)
    yield Figure("carry 1 000 cards, one step", median(put), "s", 1, 0.3)
    yield Figure("undo that", median(undone), "s", 1, 0.3)
    yield Figure("postpone 1 000 tasks, one step", median(moved), "s", 1, 0.3)
    yield Figure("a change until it is safe, p95", p95(single), "ms", 10, 4)


GROUPS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "start": starting,
    "keys": keys,
    "search": searching,
    "views": viewing,
    "pages": switching,
    "rest": at_rest,
    "commands": commands,
    "import": importing,
    "report": reporting,
    "changes": changing,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=GROUPS, help="a group; may be repeated")
    parser.add_argument("--rounds", type=int, default=5, help="how often to measure (5)")
    options = parser.parse_args()
    sys.setswitchinterval(0.0005)  # the thread that stamps output gets its turn at once
    figures = []
    with tempfile.TemporaryDirectory(prefix="ka2tui-bench-") as folder:
        bench = Bench(Path(folder), options.rounds)
        for name in options.only or GROUPS:
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            figures += list(GROUPS[name](bench))
    print(table([HEADINGS, *(figure.cells() for figure in figures)]))
    missed = sum(figure.counts > figure.first for figure in figures)
    print(
        f"\n{len(figures)} figures, {missed} missed" if missed else "\nevery first target reached"
    )


def table(rows: list[tuple[str, ...]]) -> str:
    """Lay rows out as a Markdown table that can be read as it is."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (lines[0], rule, *lines[1:]))


if __name__ == "__main__":
    main()
