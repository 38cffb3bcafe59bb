"""What comes from the terminal: keys, however quickly they are typed, and that it has gone."""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from textual.message import Message

ESCAPE = "\x1b"

_BEGINS = "[O"
"""With these after it an escape begins a longer sequence: an arrow, a function key, the mouse."""

_ONE_KEY = "\x7fbf"
"""With these it is alt+backspace, and left and right by words as a Mac sends them."""

LOOK_SECONDS = 0.1
"""How long the end of the app waits for the keyboard at most."""


class Closes(Protocol):
    """An app that can be told that its window was closed."""

    def close_window(self) -> None:
        """Leave, and keep what can be kept."""


class Keyboard(XTermParser):
    """Reads keys; an escape and a key right after it are two keys, and never a third.

    Most terminals send alt with a key like this, which means nothing here. Textual takes it for
    that, or for a sign (a pound for escape and 3), and a text typed after an escape for a sequence.
    Of what is pasted nothing is a key; Textual takes it for keys from an escape on.
    """

    _pasted: list[str] | None = None
    """What was pasted so far, while it is not at its end."""

    def feed(self, data: str) -> Iterable[Message]:
        """Read what was typed or pasted."""
        while data:
            if self._pasted is None:
                typed, begun, data = data.partition(BRACKETED_PASTE_START)
                yield from super().feed(typed) if typed else ()
                self._pasted = [] if begun else None
                continue
            # the end may come in two pieces
            before = self._pasted.pop() if self._pasted else ""
            text, ended, data = (before + data).partition(BRACKETED_PASTE_END)
            if ended:
                yield Paste("".join([*self._pasted, text]).replace("\x00", ""))
                self._pasted = None
            else:
                at = max(len(text) - len(BRACKETED_PASTE_END), 0)
                self._pasted += [text[:at], text[at:]]

    def _sequence_to_key_events(
        self,
        sequence: str,
        alt: bool = False,  # noqa: FBT001, FBT002 - Textual's
    ) -> Iterable[Key]:
        if alt:
            yield Key("escape", ESCAPE)
        elif len(sequence) == 2 and sequence[0] == ESCAPE and sequence[1] not in _BEGINS + _ONE_KEY:
            yield Key("escape", ESCAPE)
            sequence = sequence[1]
        yield from super()._sequence_to_key_events(sequence)


class _Paper:
    """Where the screen is written to; once the terminal has gone, into the void.

    Textual's writer would end there, and the app wait for it for ever.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self.fileno = stream.fileno

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


class Terminal(LinuxDriver):
    """A terminal that is read as above, and may go away at any moment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take over the terminal that the program was begun in."""
        super().__init__(*args, **kwargs)
        self._file = cast("Any", _Paper(cast("IO[str]", self._file)))

    def run_input_thread(self) -> None:
        """Hand over what is typed, until the app ends or the terminal has gone."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        keyboard = Keyboard(self._debug)
        last = False
        while not last:
            last = self.exit_event.is_set()
            if select.select([self.fileno], [], [], 0 if last else LOOK_SECONDS)[0]:
                typed = self._read()
                if not typed:
                    self._loop.call_soon_threadsafe(cast("Closes", self._app).close_window)
                    return
                # nothing at all would be the end to it: so are the first bytes of a character
                for event in keyboard.feed(text) if (text := decode(typed)) else ():
                    self.process_message(event)
            for event in keyboard.tick():
                self.process_message(event)

    def _read(self) -> bytes:
        """Read what was typed; nothing where the terminal has gone."""
        with suppress(OSError):
            return os.read(self.fileno, 4096)
        return b""
