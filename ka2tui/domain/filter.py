"""A filter that was read: what it asks, held against rows, and said in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import capital, fold, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable


class BadFilter(Misread):
    """This filter cannot be read."""

    def __init__(
        self,
        sentence: str,
        at: int,
        end: int,
        hint: str = "",
        *,
        unfinished: bool = False,
        closing: str = "",
    ) -> None:
        """Say what is wrong from the character `at` up to `end`, and what may have been meant.

        Args:
            sentence: What is wrong.
            at: Where it begins, from 0.
            end: Where it ends.
            hint: What would be right.
            unfinished: Whether somebody may just be typing on.
            closing: What would close what is open.
        """
        told = f"{sentence.rstrip('.')} (column {at + 1})."
        super().__init__(f"{told} {hint}" if hint else told)
        self.sentence = told
        """What is wrong and where, without what would be right."""
        self.at = at
        self.end = max(end, at + 1)
        self.unfinished = unfinished
        self._closing = closing

    def mended(self, text: str) -> str:
        """Give a text that comes nearer to one that can be read: closed, or cut before the fault.

        Args:
            text: In which this is wrong.
        """
        return text + self._closing if self._closing else text[: self.at].rstrip("- ")


@frozen
class Words:
    """Some words occur in the texts of a row."""

    words: str
    """Folded."""

    @property
    def said(self) -> str:
        """Say it."""
        return f"has {quoted(self.words)}"

    @property
    def denied(self) -> str:
        """Say that it is not so."""
        return f"has no {quoted(self.words)}"


@frozen
class Test:
    """Something that a row has passes a test."""

    __test__ = False

    key: str
    """Tells which part of a row `of` gives."""
    of: Callable[[Any], Hashable]
    test: Callable[[Any], bool]
    said: str
    denied: str
    settled: bool = True
    """Whether the answer for a row stays."""
    closed: bool = False
    """Whether it asks for rows that the list leaves out unless they are asked for."""


@frozen
class Not:
    """The opposite."""

    node: Node


@frozen
class All:
    """Everything in it is true."""

    nodes: tuple[Node, ...]


@frozen
class Some:
    """Something in it is true."""

    nodes: tuple[Node, ...]


Node = Words | Test | Not | All | Some


@frozen
class Filter:
    """A filter that was read."""

    text: str = ""
    """As it was typed."""
    node: Node | None = None
    """None lets everything through."""
    texts: Callable[[Any], Iterable[str | None]] = lambda _: ()
    noun: str = "row"

    def __bool__(self) -> bool:
        """Say whether it keeps anything back."""
        return self.node is not None

    @property
    def closed(self) -> bool:
        """Whether it asks for rows that the list leaves out unless they are asked for."""
        return self.node is not None and _asks_for_closed(self.node)

    @property
    def words(self) -> tuple[str, ...] | None:
        """The words it looks for, folded, where it asks nothing else."""
        nodes = self.node.nodes if isinstance(self.node, All) else (self.node,)
        words = tuple(it.words for it in nodes if isinstance(it, Words) and " " not in it.words)
        return words if len(words) == len(nodes) else None

    def matches(self, row: Any) -> bool:
        """Say whether it lets a row through."""
        return self.node is None or _holds(self.node, row, self.texts)

    def explain(self) -> str:
        """Say how it was read, with every date in full."""
        if self.node is None:
            return f"every {self.noun}"
        said = _said(self.node)
        return capital(said)


def texts_of(row: Any, texts: Callable[[Any], Iterable[str | None]]) -> str:
    """Give all that plain words are looked for in of one row, as it stands."""
    return "\n".join([text for text in texts(row) if text]).replace("\0", " ")


def _holds(node: Node, row: Any, texts: Callable[[Any], Iterable[str | None]]) -> bool:
    match node:
        case Words(words):
            return words in fold(texts_of(row, texts))
        case Test():
            return node.test(node.of(row))
        case Not(inner):
            return not _holds(inner, row, texts)
        case All(nodes):
            return all(_holds(it, row, texts) for it in nodes)
        case Some(nodes):
            return any(_holds(it, row, texts) for it in nodes)


def _asks_for_closed(node: Node) -> bool:
    match node:
        case Test():
            return node.closed
        case All(nodes) | Some(nodes):
            return any(_asks_for_closed(it) for it in nodes)
    return False


def _said(node: Node, *, inside: bool = False) -> str:
    """Say what a part of a filter asks."""
    match node:
        case Words() | Test():
            return node.said
        case Not(Words() as inner) | Not(Test() as inner):
            return inner.denied
        case Not(inner):
            return f"not ({_said(inner)})"
        case All(nodes):
            said = ", and ".join(_said(it, inside=True) for it in nodes)
        case Some(nodes):
            said = ", or ".join(_said(it, inside=True) for it in nodes)
    return f"({said.replace(', and ', ' and ').replace(', or ', ' or ')})" if inside else said
