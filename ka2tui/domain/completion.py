"""What could be typed next in a filter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain.text import fold
from ka2tui.domain.vocabulary import Kind, begins
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ka2tui.domain.vocabulary import Vocabulary

LOOKED_AT = 1000
"""Characters before the cursor that are looked at."""


@frozen
class Offer:
    """One way to go on."""

    text: str
    """What would stand there."""
    about: str = ""


@frozen
class Completion:
    """What could stand at the cursor instead of what stands from `at` to `end`."""

    at: int
    end: int
    offers: tuple[Offer, ...] = ()

    def put(self, text: str, offer: Offer) -> tuple[str, int]:
        """Give the text with an offer taken, and where the cursor then stands."""
        gap = "" if offer.text.endswith((":", "(")) or text[self.end : self.end + 1] == " " else " "
        done = text[: self.at] + offer.text + gap + text[self.end :]
        return done, self.at + len(offer.text) + len(gap)


_TAIL = re.compile(r"(?:\"[^\"]*\"?|[^\s()\"])*\Z")
_ASKED = re.compile(r"([^\W\d]\w*)(:|=|!=|<=|>=|<|>)+")


def complete(text: str, cursor: int, vocabulary: Vocabulary, *, most: int = 12) -> Completion:
    """Offer what could be typed at the cursor: names of fields, their values, flags.

    Args:
        text: What was typed so far.
        cursor: How many characters stand before the cursor.
        vocabulary: What can be asked of the list.
        most: How many offers at most.
    """
    before = text[:cursor][-LOOKED_AT:]
    cut = cursor - len(before)
    found = _TAIL.search(before)
    tail = "" if found is None else found.group().lstrip("-")
    begin = cursor - len(tail)
    sign = vocabulary.signs.get(tail[:1])
    asked = _ASKED.match(tail)
    if sign is not None:
        name, value_at = sign, begin + 1
    elif asked is not None:
        name, value_at = fold(asked[1]), begin + asked.end()
    else:
        offers = _names(fold(tail), vocabulary)
        return Completion(begin, cursor, tuple(_few(offers, most)))
    typed = before[value_at - cut :]
    value_at += typed.rfind(",") + 1 if '"' not in typed else 0
    start = fold(before[value_at - cut :].strip('"'))
    known = vocabulary.field(name)
    if name == "is":
        given = [Offer(it.word, it.about) for it in vocabulary.flags]
    elif known is None:
        return Completion(begin, cursor)
    elif known.kind is Kind.DAY:
        given = [Offer(word) for word in ("today", "fri", "+7d", "+14d", "week", "month", "none")]
    else:
        given = [Offer(as_typed(it.word), it.about) for it in known.values]
    kept = [it for it in given if fold(it.text.strip('"')) != start]
    fits = [it for it in kept if fold(it.text.strip('"')).startswith(start)]
    fits += [it for it in kept if it not in fits and begins(start, (it.text, it.about)) and start]
    return Completion(value_at, cursor, tuple(_few(fits, most)))


def _names(start: str, vocabulary: Vocabulary) -> Iterator[Offer]:
    """Offer what can begin a question."""
    for it in vocabulary.fields:
        if it.name.startswith(start):
            yield Offer(f"{it.name}:", it.said)
    for flag in vocabulary.flags:
        if start and flag.word.startswith(start):
            yield Offer(f"is:{flag.word}", flag.about)
    if vocabulary.flags and "is".startswith(start):
        yield Offer("is:", ", ".join(it.word for it in vocabulary.flags))
    if len(start) > 1:
        for it in vocabulary.fields:
            if any(start in other for other in map(fold, it.also)) and not it.name.startswith(
                start
            ):
                yield Offer(f"{it.name}:", it.said)
            for value in it.values:
                if fold(value.word).startswith(start):
                    yield Offer(f"{it.name}:{as_typed(value.word)}", value.about)


def _few(offers: Iterable[Offer], most: int) -> Iterator[Offer]:
    for count, offer in enumerate(offers):
        if count == most:
            return
        yield offer


def as_typed(word: str) -> str:
    """Put a word between quotation marks where it needs them."""
    return f'"{word}"' if re.search(r"[\s(),\"]", word) else word
