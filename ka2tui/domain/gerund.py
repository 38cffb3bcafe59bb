"""What was done, said as a thing: "Postpone 42 tasks" becomes "postponing 42 tasks"."""

from __future__ import annotations

_DOUBLED = frozenset(
    {"put", "set", "tag", "let", "begin", "drop", "plan", "cut", "get", "cancel", "log", "commit"}
)
_NO_VERBS = frozenset({"everybody"})
_VOWELS = "aeiou"


def doing(label: str) -> str:
    """Turn a sentence that begins with an imperative into one that names the deed.

    "Finish 5 tasks" becomes "finishing 5 tasks"; what does not begin with a verb keeps its words.
    """
    verb, space, rest = label.partition(" ")
    low = verb.lower()
    if not verb.isalpha() or low in _NO_VERBS:
        return label
    if low in _DOUBLED:
        low += low[-1]
    elif low.endswith("ie"):
        low = low[:-2] + "y"
    elif low.endswith("e") and low[-2:-1] not in _VOWELS:
        low = low[:-1]
    return f"{low}ing{space}{rest}"
