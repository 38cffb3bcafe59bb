"""Filters as people type them.

    is:open and (wp:2 or @ULODZ) and due<+14d

Words side by side must all be true; `or`, `not`, a minus and parentheses do what they say; plain
words and "quoted ones" are looked for in the texts of a row. What can be asked stands in the
vocabulary of the list. BadFilter is the only thing that a text can cause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ka2tui.domain.filter import All, BadFilter, Filter, Node, Not, Some, Words
from ka2tui.domain.filter_values import Piece, Tests, listed, offered, suggested
from ka2tui.domain.text import clean, fold, quoted

if TYPE_CHECKING:
    from ka2tui.domain.vocabulary import Field, Vocabulary

LONGEST = 1000
"""Characters that a filter may have."""

DEEPEST = 40
"""Parentheses within each other."""

QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_CLOSING = {opening: {closing, '"', "”"} for opening, closing in QUOTES.items()}
_CLOSING['"'] = {'"'}

_FIELD = re.compile(r"([^\W\d]\w*)(?:(:|!=)(<=|>=|!=|<|>|=)?|\s*(<=|>=|<|>|=))")
_WORD = re.compile(r"[^\s()]+")
_BARE = re.compile(r"[^\s(),]+")
_SPACE = re.compile(r"\s*")
_ADDRESS = re.compile(r"\w+://")


def read(text: str, vocabulary: Vocabulary, today: date, start: date | None = None) -> Filter:
    """Read a filter.

    Args:
        text: What was typed; blank lets everything through.
        vocabulary: What can be asked of the list.
        today: The day that relative dates start from.
        start: The project's first day, where it is known; project months count from it.

    Raises:
        BadFilter: It cannot be read; the sentence names the place and what may have been meant.
    """
    if len(text) > LONGEST:
        raise BadFilter(f"A filter has at most {LONGEST} characters", LONGEST, len(text))
    reader = _Reader(text, vocabulary, today, start)
    return Filter(text, reader.read(), vocabulary.texts, vocabulary.noun)


@dataclass(slots=True)
class _Frame:
    """What was read inside one pair of parentheses."""

    at: int
    """Where it opens."""
    ors: list[list[Node]] = field(default_factory=lambda: [[]])
    negated: bool = False
    awaiting: tuple[str, int] | None = None
    """The last word after which something must come, and where it stands."""


class _Reader:
    """Reads one text, from left to right."""

    def __init__(self, text: str, vocabulary: Vocabulary, today: date, start: date | None) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.tests = Tests(vocabulary, today, start, len(text))
        self.at = 0

    def read(self) -> Node | None:
        """Read it all."""
        frames = [_Frame(-1)]
        while self._skip_space() < len(self.text):
            frame, begin, sign = frames[-1], self.at, self.text[self.at]
            if sign == "(":
                self.at += 1
                frames.append(_Frame(begin))
                if len(frames) > DEEPEST + 1:
                    raise BadFilter(
                        f"More than {DEEPEST} parentheses stand within each other", begin, self.at
                    )
            elif sign == ")":
                self.at += 1
                self._close(frames, begin)
            elif self._is_minus():
                self.at += 1
                frame.negated = not frame.negated
                frame.awaiting = ("-", begin)
            else:
                self._read_word(frame, begin)
        return self._end(frames)

    def _skip_space(self) -> int:
        found = _SPACE.match(self.text, self.at)
        self.at = self.at if found is None else found.end()
        return self.at

    def _is_minus(self) -> bool:
        """Say whether a minus stands here that denies what follows."""
        rest = self.text[self.at + 1 : self.at + 2]
        return self.text[self.at] == "-" and rest not in ("", "-", ")") and not rest.isspace()

    def _close(self, frames: list[_Frame], begin: int) -> None:
        """End what the last open parenthesis began."""
        if len(frames) == 1:
            hint = "To look for the sign itself, put it in quotation marks."
            raise BadFilter("No parenthesis is open here", begin, begin + 1, hint)
        inner = frames.pop()
        node = self._whole(inner)
        if node is None:
            raise BadFilter("Nothing stands between the parentheses", inner.at, begin + 1)
        self._put(frames[-1], node)

    def _end(self, frames: list[_Frame]) -> Node | None:
        """End the whole filter."""
        last = frames[-1]
        if last.awaiting is not None:
            self._missing(last)
        if len(frames) > 1:
            at = last.at
            raise BadFilter(
                "This parenthesis is not closed", at, at + 1, unfinished=True, closing=")"
            )
        return self._whole(last)

    def _missing(self, frame: _Frame) -> None:
        word, at = frame.awaiting or ("", 0)
        sentence = f"Something is missing after {quoted(word)}"
        hint = f'To look for the word itself, write it as "{word}".' if word != "-" else ""
        raise BadFilter(sentence, at, at + len(word), hint, unfinished=True)

    def _whole(self, frame: _Frame) -> Node | None:
        """Put together what stands in one pair of parentheses."""
        if frame.awaiting is not None:
            self._missing(frame)
        parts = [nodes[0] if len(nodes) == 1 else All(tuple(nodes)) for nodes in frame.ors if nodes]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _put(self, frame: _Frame, node: Node) -> None:
        if frame.negated:
            node = node.node if isinstance(node, Not) else Not(node)
        frame.ors[-1].append(node)
        frame.negated, frame.awaiting = False, None

    def _read_word(self, frame: _Frame, begin: int) -> None:
        """Read what is neither a parenthesis nor a minus."""
        if self.text[begin] in QUOTES:
            piece = self._quoted()
            words = fold(clean(piece.text))
            if not words:
                raise BadFilter(
                    "Nothing stands between the quotation marks", begin, piece.end, unfinished=True
                )
            self._put(frame, Words(words))
            return
        asked = self._field(begin)
        if asked is not None:
            self._put(frame, asked)
            return
        found = _WORD.match(self.text, begin)
        word = "" if found is None else found.group()
        self.at = begin + len(word)
        self._operator_or_word(frame, begin, word)

    def _operator_or_word(self, frame: _Frame, begin: int, word: str) -> None:
        match word.lower():
            case "and" | "or" as joins:
                if not frame.ors[-1] or frame.awaiting is not None:
                    hint = f'To look for the word itself, write it as "{word}".'
                    raise BadFilter(
                        f"Something is missing before {quoted(word)}", begin, self.at, hint
                    )
                if joins == "or":
                    frame.ors.append([])
                frame.awaiting = (word, begin)
            case "not":
                frame.negated = not frame.negated
                frame.awaiting = (word, begin)
            case _:
                self._put(frame, Words(fold(clean(word)) or word))

    # -- fields ---------------------------------------------------------------------------------

    def _field(self, begin: int) -> Node | None:
        """Read a question to a field, if one begins here."""
        name = self.vocabulary.signs.get(self.text[begin])
        if name is not None:
            self.at = begin + 1
            if self._at_end_of_word() and self.at < len(self.text):
                self.at = begin
                return None  # a sign by itself is a word
            return self._asked(name, ":", begin, begin + 1)
        found = _FIELD.match(self.text, begin)
        if found is None or _ADDRESS.match(self.text, begin):
            return None
        compared = found[4] is not None
        if compared and self.text[found.end(1)].isspace() and not self._known(found[1]):
            return None  # a lone sign between words that name no field
        self.at = found.end()
        operator = found[3] or found[2] or found[4]
        if found[2] == "!=":
            operator = "!="
        return self._asked(found[1], operator, begin, found.end(1))

    def _known(self, name: str) -> bool:
        return fold(name) in ("is", *self.vocabulary.names)

    def _at_end_of_word(self) -> bool:
        return self.at >= len(self.text) or self.text[self.at] in " \t()"

    def _asked(self, name: str, operator: str, begin: int, end: int) -> Node:
        """Read the values, and make a test of them."""
        wanted = fold(name)
        if wanted == "is" and self.vocabulary.flags:
            return self.tests.flagged(self._values("is", begin, end), operator)
        known = self.vocabulary.field(wanted)
        if known is None:
            usual = [it.name for it in self.vocabulary.fields]
            hint = suggested(wanted, usual) or suggested(wanted, self.vocabulary.names)
            rest = "To look for the text itself, put it in quotation marks."
            names = ", ".join(self.vocabulary.names[:12])
            hint = hint or (f"There are: {names}. {rest}" if names else rest)
            raise BadFilter(f"There is no field {quoted(name)}", begin, end, hint)
        pieces = self._values(name, begin, end, known)
        return self.tests.asked(known, operator, pieces, begin)

    def _values(self, name: str, begin: int, end: int, known: Field | None = None) -> list[Piece]:
        """Read what stands after a colon: one value, or several with commas between them."""
        if self.at > end + 1 or self.text[end : end + 1] == ":":
            self._skip_space()
        pieces: list[Piece] = []
        while True:
            if self.at < len(self.text) and self.text[self.at] in QUOTES:
                pieces.append(self._quoted())
            else:
                found = _BARE.match(self.text, self.at)
                if found is None:
                    self._no_value(name, begin, known)
                else:
                    pieces.append(Piece(found.group(), self.at, found.end()))
                    self.at = found.end()
            if self.text[self.at : self.at + 1] != ",":
                return pieces
            self.at += 1

    def _no_value(self, name: str, begin: int, known: Field | None) -> None:
        values = offered(known, self.vocabulary)
        hint = f"It can be {listed(values)}." if values else ""
        raise BadFilter(
            f"A value is missing after {quoted(self.text[begin : self.at].strip() or name)}",
            *(begin, self.at, hint),
            unfinished=True,
        )

    def _quoted(self) -> Piece:
        """Read what stands between quotation marks."""
        begin = self.at
        closing = _CLOSING[self.text[begin]]
        for at in range(begin + 1, len(self.text)):
            if self.text[at] in closing:
                self.at = at + 1
                return Piece(self.text[begin + 1 : at], begin, at + 1, quoted=True)
        raise BadFilter(
            *("This quotation mark is not closed", begin, begin + 1),
            unfinished=True,
            closing=QUOTES[self.text[begin]],
        )
