"""A program in a real terminal: a pseudo terminal outside, an emulated screen inside.

A thread reads what the program writes, stamps it and answers its questions as a modern terminal
does (synchronized output, device attributes, colours, the kitty keyboard protocol). The bytes are
replayed into the screen only when somebody looks, so that emulation never slows the program. What
is between the two ends of a synchronized frame is not on screen before the frame is whole.

    with Terminal(["ka2tui", "demo"], size=(80, 24)) as term:
        term.wait("Today")
        term.press("3", "down", "space", "ctrl+z")
        term.type("Send the minutes")
        assert term.exit_code == 0
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Self

import pyte
import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo terminals of this kind", allow_module_level=True)

import fcntl
import pty
import termios

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    What = str | re.Pattern[str] | Callable[[str], object]

# becomes a session leader's program: opening the terminal by its name makes it the controlling one
BECOME = 'exec 3<>"$0" 3>&- && exec "$@"'
QUESTION = re.compile(rb"\x1b\[([?>=<]?)([0-9;]*)(\$p|[cnqu])|\x1b\](1[0-2]);\?(?:\x07|\x1b\\)")
ANSWERS = {
    "c": "\x1b[?62;22c",
    ">c": "\x1b[>1;10;0c",
    ">q": "\x1bP>|ka2tui-tests\x1b\\",
    "5n": "\x1b[0n",
    "6n": "\x1b[1;1R",
    "?2026$p": "\x1b[?2026;2$y",
}
# control sequences, whole; the groups are those of CSI: prefix, numbers, intermediates, final
SEQUENCE = re.compile(
    r"\x1b\[([<-?]?)([0-9;:]*)([ -/]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[PX^_][^\x1b]*\x1b\\|\x1b[ -/]+[0-~]|\x1b[0-OQ-WYZ\\`-~]"
)
FOR_PYTE = frozenset("@ABCDEFGHJKLMPXadefgr`")
ARROWS = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
TILDES = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, "f5": 15, "f6": 17, "f7": 18}
TILDES |= {"f8": 19, "f9": 20, "f10": 21, "f11": 23, "f12": 24}
FUNCTIONS = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
NAMED = {"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "space": " "}
MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def encode(key: str, *, kitty: bool) -> str:
    """The bytes that a terminal sends for a key such as `a`, `pagedown` or `ctrl+z`.

    Args:
        key: A character, or a name of Textual's, with modifiers before it.
        kitty: Whether the program has asked for unambiguous keys.
    """
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    bits = sum(MODIFIERS[modifier] for modifier in modifiers)
    if name in ARROWS:
        return f"\x1b[1;{bits + 1}{ARROWS[name]}" if bits else f"\x1b[{ARROWS[name]}"
    if name in FUNCTIONS:
        return f"\x1b[1;{bits + 1}{FUNCTIONS[name]}" if bits else f"\x1bO{FUNCTIONS[name]}"
    if name in TILDES:
        return f"\x1b[{TILDES[name]};{bits + 1}~" if bits else f"\x1b[{TILDES[name]}~"
    text = NAMED.get(name, name)
    if len(text) != 1:
        raise ValueError(f"unknown key: {key}")
    if kitty and (bits & 6 or name == "escape" or (bits and name in NAMED)):
        return f"\x1b[{ord(text)};{bits + 1}u" if bits else f"\x1b[{ord(text)}u"
    if bits & 1:
        text = "\x1b[Z" if name == "tab" else text.upper()
    if bits & 4:
        text = chr(ord(text.lower()) & 31)
    return "\x1b" + text if bits & 2 else text


class Terminal:
    """A program running in a terminal of its own, for as long as the `with` block lasts.

    Args:
        argv: The program and its arguments; `ka2tui` is the one of this checkout.
        size: Columns and rows.
        env: Settings on top of this process's own.
        cwd: The folder that it starts in.
        kitty: Whether the terminal speaks the kitty keyboard protocol, if asked to.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        kitty: bool = True,
    ) -> None:
        self.argv = [sys.executable, "-P", "-m", *argv] if argv[0] == "ka2tui" else list(argv)
        self.columns, self.rows = size
        self.env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.env["KA2TUI_FIRST_DAYS"] = "off"  # unless a test asks for it
        self.env.setdefault("LANG", "C.UTF-8")
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            self.env.pop(name, None)
        self.env.update(env or {})
        self.cwd = cwd
        self.raw = b""
        """Everything that the program has written."""
        self.output_at = 0.0
        """When it last wrote, on the clock of time.perf_counter."""
        self.shown_at = 0.0
        """When the frame that is on screen was complete."""
        self.frames: list[float] = []
        """When each frame that drew something was complete, as far as somebody has looked."""
        self.first_shown_at: float | None = None
        """When there first was anything but blanks on screen."""
        self._kitty, self._asked_kitty = kitty, False
        self._news = threading.Condition()
        self._queue: deque[tuple[float, bytes]] = deque()
        self._ended = False
        self._carry = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending, self._in_frame, self._drew = "", False, False
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._lines = [""] * self.rows

    def __enter__(self) -> Self:
        self._master, slave = pty.openpty()
        self._resize_now()
        self._wake, self._woken = os.pipe()
        self.started_at = time.perf_counter()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", BECOME, os.ttyname(slave), *self.argv],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=self.env,
            cwd=self.cwd,
            start_new_session=True,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            for end in (signal.SIGHUP, signal.SIGKILL):
                self._signal_all(end)
                try:
                    self._process.wait(2)
                    break
                except subprocess.TimeoutExpired:
                    continue
        self.hang_up()
        self._reader.join(5)
        for end_of_pipe in (self._wake, self._woken):
            os.close(end_of_pipe)

    # -- what a person sees ---------------------------------------------------------------------

    @property
    def screen(self) -> str:
        """What is on screen now, line by line, without blanks at the ends of lines."""
        self._replay()
        return "\n".join(self._lines)

    def wait(self, what: What, timeout: float = 10) -> float:
        """Wait until something is on screen.

        Args:
            what: A text, a pattern, or a function that is given the screen.
            timeout: Seconds.

        Returns:
            When the frame that shows it was complete, on the clock of time.perf_counter.

        Raises:
            AssertionError: It was not there in time; the message shows the screen.
        """
        return self._wait(_seen(what), f"{what!r} did not appear", timeout)

    def gone(self, what: What, timeout: float = 10) -> float:
        """Wait until something is no longer on screen; else as `wait`."""
        there = _seen(what)
        return self._wait(lambda screen: not there(screen), f"{what!r} did not go", timeout)

    def settle(self, quiet: float = 0.1, timeout: float = 10) -> None:
        """Wait until, from now on, nothing has been written for some seconds."""
        begin = time.perf_counter()
        with self._news:
            while not self._ended:
                now = time.perf_counter()
                left = min(max(self.output_at, begin) + quiet, begin + timeout) - now
                if left <= 0:
                    break
                self._news.wait(left)
        self._replay()

    @property
    def exit_code(self) -> int:
        """Wait for the program to end and give its exit code; minus the number of a signal."""
        return self.wait_exit()

    def wait_exit(self, timeout: float = 10) -> int:
        """Wait for the program to end and give its exit code; minus the number of a signal."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout} s\n{self._framed()}") from None
        self._reader.join(2)
        self._replay()
        return code

    @property
    def running(self) -> bool:
        """Whether the program is still there."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._process.pid

    # -- what a person does ---------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys: `a`, `space`, `enter`, `escape`, `pagedown`, `ctrl+z`, `shift+tab`."""
        for key in keys:
            self.write(encode(key, kitty=self._kitty and self._asked_kitty))

    def type(self, text: str) -> None:
        """Type a text, character by character."""
        self.write(text)

    def paste(self, text: str) -> None:
        """Paste a text as one piece."""
        self.write(f"\x1b[200~{text}\x1b[201~")

    def write(self, text: str) -> None:
        """Send bytes as they are; into the void where the program has gone."""
        with self._news, contextlib.suppress(OSError):
            if not self._ended:
                os.write(self._master, text.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._replay()
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        self._lines = [""] * rows
        self._resize_now()

    def kill(self, number: int = signal.SIGTERM) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Close the window over the program."""
        os.write(self._woken, b"x")

    # -- in the reading thread ------------------------------------------------------------------

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._wake], [], [])
            try:
                data = b"" if self._wake in ready else os.read(self._master, 65536)
            except OSError:  # the last program on the terminal has gone
                data = b""
            now = time.perf_counter()
            self._answer(data)
            with self._news:
                if data:
                    self._queue.append((now, data))
                    self.raw += data
                    self.output_at = now
                else:
                    self._ended = True
                    os.close(self._master)
                self._news.notify_all()
            if self._ended:
                return

    def _answer(self, data: bytes) -> None:
        data, end = self._carry + data, 0
        for match in QUESTION.finditer(data):
            end = match.end()
            prefix, numbers, final, colour = (part.decode() for part in match.groups(b""))
            if colour:
                level = "1e1e" if colour == "11" else "d0d0"
                self.write(f"\x1b]{colour};rgb:{level}/{level}/{level}\x1b\\")
            elif final == "u":
                self._keyboard(prefix)
            elif final == "$p":
                self.write(ANSWERS.get(f"{prefix}{numbers}$p", f"\x1b[{prefix}{numbers};0$y"))
            else:
                self.write(ANSWERS.get(prefix + numbers.lstrip("0") + final, ""))
        tail = data.rfind(b"\x1b", max(end, len(data) - 32))
        cut = tail >= 0 and not SEQUENCE.match(data[tail:].decode("latin-1"))
        self._carry = data[tail:] if cut else b""

    def _keyboard(self, prefix: str) -> None:
        if prefix in (">", "="):
            self._asked_kitty = True
        elif prefix == "<":
            self._asked_kitty = False
        elif prefix == "?" and self._kitty:
            self.write(f"\x1b[?{int(self._asked_kitty)}u")

    # -- in the caller's thread -----------------------------------------------------------------

    def _wait(self, done: Callable[[str], object], problem: str, timeout: float) -> float:
        end = time.perf_counter() + timeout
        self._replay()
        while not done("\n".join(self._lines)):
            if self._replay(one=True):
                continue
            with self._news:
                left = end - time.perf_counter()
                if not self._queue and (left <= 0 or self._ended):
                    why = "the program ended" if self._ended else f"{timeout} s were over"
                    raise AssertionError(f"{problem}; {why}\n{self._framed()}")
                if not self._queue:
                    self._news.wait(left)
        return self.shown_at

    def _replay(self, *, one: bool = False) -> bool:
        """Bring the screen up to date; with `one`, by one piece of output only."""
        found = False
        while self._queue and not (one and found):
            at, data = self._queue.popleft()
            found = True
            if self._feed(self._decoder.decode(data)):
                self._refresh(at)
        return found

    def _feed(self, data: str) -> bool:
        """Feed the emulator what it understands; say whether a whole frame is now on screen."""
        data, self._pending = self._pending + data, ""
        plain, at, whole = [], 0, not self._in_frame
        for match in SEQUENCE.finditer(data):
            plain.append(data[at : match.start()])
            at = match.end()
            prefix, numbers, middle, final = match.groups()
            if final is None:
                plain.append(match[0] if match[0][1] in "78DEMc" else "")
            elif prefix == "?" and final in "hl" and numbers == "2026":
                self._in_frame = final == "h"
                whole = whole or not self._in_frame
            elif prefix == "?" and final in "hl" and numbers == "1049":
                plain.append("\x1b[2J\x1b[H")
            elif not prefix and not middle and final in FOR_PYTE:
                plain.append(match[0])
        cut = data.rfind("\x1b", at)
        if cut >= 0:  # a sequence of which the rest is still to come
            data, self._pending = data[:cut], data[cut:]
        plain.append(data[at:])
        self._drew |= any(plain)
        self._stream.feed("".join(plain))
        return whole and not self._in_frame

    def _refresh(self, at: float) -> None:
        for row in self._screen.dirty:
            if row < self.rows:
                cells = self._screen.buffer[row]
                line = "".join(cells[column].data for column in range(self.columns))
                self._lines[row] = line.rstrip()
        self._screen.dirty.clear()
        self.shown_at = at
        if self._drew:
            self.frames.append(at)
            self._drew = False
        if self.first_shown_at is None and any(self._lines):
            self.first_shown_at = at

    def _framed(self) -> str:
        bar = "+" + "-" * self.columns + "+"
        lines = [f"|{line:<{self.columns}}|" for line in self.screen.split("\n")]
        return "\n".join([bar, *lines, bar])

    def _resize_now(self) -> None:
        size = struct.pack("HHHH", self.rows, self.columns, self.columns * 10, self.rows * 20)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def _signal_all(self, number: int) -> None:
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return


def _seen(what: What) -> Callable[[str], object]:
    if isinstance(what, str):
        return lambda screen: what in screen
    if isinstance(what, re.Pattern):
        return what.search
    return what
