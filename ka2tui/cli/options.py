"""Options: given to several commands at once, and what stands in them read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., None]

T = TypeVar("T")


def options(*given: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Give a command several options; its help lists them in this order."""

    def give(command: Command) -> Command:
        for option in reversed(given):
            command = option(command)
        return command

    return give


def read(reader: Callable[[str], T], text: str) -> T:
    """Read what was given for an option.

    Raises:
        UsageError: It cannot be read.
    """
    from ka2tui.domain.refusal import Misread

    try:
        return reader(text)
    except Misread as misread:
        raise click.UsageError(str(misread)) from None
