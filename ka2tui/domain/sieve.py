"""A list held against filters: fast enough for every key that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ka2tui.domain.filter import All, Not, Some, Test, Words, texts_of
from ka2tui.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from ka2tui.domain.filter import Filter, Node

R = TypeVar("R")

_APART = "\0"
"""Stands between the texts of two rows while they are folded together."""

AT_ONCE = 2000
"""Rows that are made ready in one go while there is time."""

_REMEMBERED = 40
"""Answers that are kept for the rows at hand."""


class Sieve(Generic[R]):
    """The rows of a list, and what of them was looked at already.

    Texts are folded once; a test is made once for each value that occurs, not for each row; what
    has `min` is all that has to be looked at for `minu`.
    """

    def __init__(self) -> None:
        """Begin without rows."""
        self.rows: Sequence[R] = ()
        self._texts: list[str] = []
        self._columns: dict[str, list[Hashable]] = {}
        self._kinds: dict[str, set[Hashable]] = {}
        self._found: dict[object, Sequence[int]] = {}

    def fill(self, rows: Sequence[R]) -> None:
        """Take other rows; the same ones again cost nothing."""
        if rows is self.rows:
            return
        self.rows = rows
        self._texts = []
        self.forget()

    def forget(self) -> None:
        """Forget what was looked at except texts: the words of the list mean something else."""
        self._columns, self._kinds, self._found = {}, {}, {}

    def pick(self, wanted: Filter) -> Sequence[R]:
        """Give the rows that a filter lets through, in their order."""
        if wanted.node is None:
            return self.rows
        rows = self.rows
        return [rows[at] for at in self._places(wanted)]

    def count(self, wanted: Filter) -> int:
        """Count the rows that a filter lets through."""
        return len(self.rows) if wanted.node is None else len(self._places(wanted))

    def warm(self, texts: Callable[[Any], Iterable[str | None]]) -> bool:
        """Fold some more of the texts; say whether some are left."""
        self._fold(texts, len(self._texts) + AT_ONCE)
        return len(self._texts) < len(self.rows)

    def _places(self, wanted: Filter) -> Sequence[int]:
        assert wanted.node is not None  # noqa: S101 - asked before
        return self._hold(wanted.node, range(len(self.rows)), wanted.texts)

    def _hold(
        self, node: Node, among: Sequence[int], texts: Callable[[Any], Iterable[str | None]]
    ) -> Sequence[int]:
        """Give the places, among some, of the rows for which it is true."""
        match node:
            case Words(words):
                return self._having(words, among, texts)
            case Test():
                return self._passing(node, among)
            case Not(inner):
                out = set(self._hold(inner, among, texts))
                return [at for at in among if at not in out]
            case All(nodes):
                # tests first: they are quicker than looking for words
                for it in sorted(nodes, key=lambda it: not isinstance(it, Test)):
                    among = self._hold(it, among, texts)
                return among
            case Some(nodes):
                found: set[int] = set()
                for it in nodes:
                    found.update(self._hold(it, among, texts))
                return sorted(found)

    def _having(
        self, words: str, among: Sequence[int], texts: Callable[[Any], Iterable[str | None]]
    ) -> Sequence[int]:
        """Give the places of the rows whose texts have some words."""
        self._fold(texts, len(self.rows))
        folded = self._texts
        if not isinstance(among, range):
            return [at for at in among if words in folded[at]]
        if words in self._found:
            return self._found[words]
        looked = [it for it in self._found if isinstance(it, str) and it in words]
        if looked:
            among = min((self._found[it] for it in looked), key=len)
        return self._keep(words, [at for at in among if words in folded[at]])

    def _passing(self, test: Test, among: Sequence[int]) -> Sequence[int]:
        """Give the places of the rows that pass a test."""
        whole = isinstance(among, range) and test.settled
        asked = test.key, test.test  # the same test may be made of several things: bool
        if whole and asked in self._found:
            return self._found[asked]
        column = self._columns.get(test.key)
        if column is None:
            kinds: dict[Hashable, Hashable] = {}
            # of equal values one is kept: there are few, and ten thousand rows
            column = [kinds.setdefault(value, value) for value in map(test.of, self.rows)]
            self._columns[test.key], self._kinds[test.key] = column, set(kinds)
        passed = {value for value in self._kinds[test.key] if test.test(value)}
        found: Sequence[int] = [at for at in among if column[at] in passed] if passed else []
        return self._keep(asked, found) if whole else found

    def _keep(self, asked: object, found: Sequence[int]) -> Sequence[int]:
        if len(self._found) >= _REMEMBERED:
            self._found = dict(list(self._found.items())[_REMEMBERED // 2 :])
        self._found[asked] = found
        return found

    def _fold(self, texts: Callable[[Any], Iterable[str | None]], until: int) -> None:
        """Fold the texts of the rows up to a place, many at once."""
        done = len(self._texts)
        if done >= len(self.rows) or done >= until:
            return
        raws = [texts_of(row, texts) for row in self.rows[done:until]]
        # folding letters beyond ASCII is slow: they go by themselves, all in one go
        odd = [at for at, raw in enumerate(raws) if not raw.isascii()]
        for at, text in zip(odd, _all_folded([raws[at] for at in odd]), strict=True):
            raws[at] = text
        whole = _APART.join(raws)
        self._texts += " ".join(whole.lower().split()).split(_APART)


def _all_folded(texts: list[str]) -> list[str]:
    return fold(_APART.join(texts)).split(_APART) if texts else []
