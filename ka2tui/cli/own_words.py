"""Files of one's own that cannot be read, named on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ka2tui.domain.own_files import Broken


def tell(broken: Iterable[Broken]) -> None:
    """Name them on the error stream."""
    for one in broken:
        click.echo(one.why, err=True)


def plain(broken: Iterable[Broken]) -> list[dict[str, str]]:
    """Give them for programs."""
    return [{"file": str(one.file), "why": one.why} for one in broken]
