"""Words that people type: made safe to show and to keep, and compared as people compare."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_INVISIBLE = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_LAST = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_UNSAFE = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_INVISIBLE}{_LAST}]")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
    | {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ĸ": "k"}
)


class _Bare(dict[int, str | int | None]):
    """What each sign is without its accents; worked out once a sign."""

    def __missing__(self, code: int) -> str | int | None:
        bare = None if unicodedata.category(chr(code)) == "Mn" else _LETTERS.get(code, code)
        self[code] = bare
        return bare


_BARE = _Bare()
_LONGEST_QUOTE = 40
_BLANKS = {"", "-", "--", "---", "–", "—", "/", "n/a", "na", "n.a", "tbd", "tba", "tbc"} | {
    "none",
    "null",
    "unknown",
    "not known",
    "[]",
    "to be defined",
    "to be decided",
    "to be determined",
    "to be confirmed",
}


def clean(text: str, *, lines: bool = False) -> str:
    """Make a text safe to keep and to show; doing it twice changes nothing more.

    Control characters become visible signs, C1 controls, surrogates and noncharacters the
    replacement sign; characters that reorder or hide text go (joiners stay, as scripts need
    them); letters are composed (NFC); the ends are trimmed.

    Args:
        text: What was typed, imported or loaded.
        lines: Keep line breaks, as line feeds; else each becomes a space.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    broken = _BREAKS.sub("\n" if lines else " ", text)
    composed = unicodedata.normalize("NFC", _UNSAFE.sub(_safe, broken))
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip()


def _safe(found: re.Match[str]) -> str:
    """Give what stands for a character that is not kept as it is."""
    sign = found.group()
    if sign in _INVISIBLE:
        return ""
    if sign < " ":
        return " " if sign == "\t" else chr(0x2400 + ord(sign))
    return "\N{SYMBOL FOR DELETE}" if sign == "\x7f" else REPLACEMENT


def fold(text: str) -> str:
    """Reduce a text to what counts when people compare: no case, accents or double spaces.

    Łódź becomes lodz, Straße strasse, İzmir izmir, Ørsted orsted.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(apart.translate(_BARE).split())


def matches(words: str | Iterable[str], *texts: str | None) -> bool:
    """Tell whether every word occurs in one of the texts, compared folded.

    Args:
        words: Words, or a line of them; none at all match everything.
        texts: What to look in; `None` holds nothing.
    """
    wanted = words.split() if isinstance(words, str) else words
    places = [fold(text) for text in texts if text]
    return all(any(fold(word) in place for place in places) for word in wanted)


def quoted(text: str) -> str:
    """Put a text someone typed between quotation marks, cut short, to name it in a sentence."""
    shown = clean(text)
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 1].rstrip() + "…"
    return f"“{shown}”"


def is_blank(text: str | None) -> bool:
    """Tell whether a cell holds no value: empty, a dash, n/a, tbd, none or unknown."""
    return text is None or fold(text).strip(" .?") in _BLANKS


def coded(code: str | None, title: str | None) -> str:
    """Put a code before a title, unless the title begins with it."""
    if not code or not title:
        return code or title or ""
    begun = fold(title).split()[:1] == [fold(code)]
    return title if begun else f"{code} {title}"


def capital(text: str) -> str:
    """Begin a text as a sentence begins; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: 1 partner, 3 countries; by default the plural ends in s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
