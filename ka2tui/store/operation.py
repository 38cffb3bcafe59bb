"""An operation: one change that a user can name, run in one transaction, and take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

from ka2tui.domain.text import clean
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

P = ParamSpec("P")
R = TypeVar("R")


@frozen
class Label:
    """The words for a change: a template of ours and the user's words that go into it."""

    template: str
    """With `{names}`, as `str.format_map` reads it."""

    words: dict[str, str]
    """What is filled in: plain text, never read as a template itself."""

    def __str__(self) -> str:
        """Give the sentence."""
        return self.template.format_map(self.words)


@frozen
class Operation(Generic[P, R]):
    """A function over a session, and the words that undo and the history show for it."""

    label: str
    """What the user did, as an imperative: "Finish task"."""

    run: Callable[Concatenate[Session, P], R]

    point: bool = False
    """Whether a restore point is set before it, however little it changes."""

    def __call__(self, session: Session, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run as a part of a bigger operation: same session, same undo step."""
        return self.run(session, *args, **kwargs)


def operation(
    label: str, *, point: bool = False
) -> Callable[[Callable[Concatenate[Session, P], R]], Operation[P, R]]:
    """Name a function over a session as an operation."""
    return lambda run: Operation(label, run, point)


def say(session: Session, template: str, **words: object) -> None:
    """Tell the history in words what is being done; the outermost operation has the last word.

    Args:
        session: The session the operation was given.
        template: "Postpone {title} {old} → {new}".
        words: What is filled in, already in a reader's words.
    """
    shown = {name: clean(str(word)) for name, word in words.items()}
    session.info["label"] = Label(template, shown)
