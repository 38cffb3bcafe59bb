"""Finding partners: what to look for in one, and where, for the field and action of a project."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, every, once, text, texts
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_FILE = "partner_search.toml"
FIELDS = ("SCH", "VET", "HED", "ADU", "YOU", "SPO")
"""The fields an entry can be for."""


@frozen
class Advice:
    """One thing to look for, or one place to look at."""

    id: str
    title: str
    text: str
    why: str
    """Why it matters; "" of a place."""
    address: str
    """Of a place on the web; "" where it has none."""
    fields: tuple[str, ...]
    actions: tuple[str, ...]
    source: str
    """A key of data/sources.toml."""
    place: str | None
    confirmed: bool

    def fits(self, field: str | None, action: str | None) -> bool:
        """Tell whether it is for a project; what is not known of the project excludes nothing."""
        if self.fields and field is not None and field not in self.fields:
            return False
        if not self.actions:
            return True
        code = f"-{(action or '').strip().upper()}-"
        return any(f"-{one}-" in code for one in self.actions)


@frozen
class PartnerSearch:
    """All that is known of finding partners."""

    look: tuple[Advice, ...]
    """What to look for."""
    where: tuple[Advice, ...]

    def of(self, field: str | None, action: str | None) -> PartnerSearch:
        """Give what is for one project; what is for its own field and action comes first."""

        def chosen(every: Iterable[Advice]) -> tuple[Advice, ...]:
            fitting = [one for one in every if one.fits(field, action)]
            return tuple(sorted(fitting, key=lambda it: not (it.actions or (field and it.fields))))

        return PartnerSearch(chosen(self.look), chosen(self.where))


def load(own: Path | None = None) -> PartnerSearch:
    """Read what to look for and where; the user's own list takes the place of ours.

    Raises:
        DataFault: The file cannot be read.
        Malformed: Something in it is missing or cannot be; the message names file and place.
    """
    return own_files.one(_FILE, read, own)


def read(data: Mapping[str, Any], file: str = _FILE) -> PartnerSearch:
    """Read what to look for and where, as a TOML file gives it.

    Raises:
        Malformed: Something is missing or cannot be.
    """
    look = every(data, "look", file, partial(_advice, why=True))
    where = every(data, "where", file, partial(_advice, why=False))
    for each in (look, where):
        once((one.id for one in each), f"{file}: the id")
    return PartnerSearch(look, where)


def _advice(row: Mapping[str, Any], place: str, *, why: bool) -> Advice:
    fields = texts(row, "fields", place)
    for one in fields:
        if one not in FIELDS:
            raise Malformed(f"{place}: {one} is no field; there are {', '.join(FIELDS)}.")
    confirmed = row.get("confirmed")
    if type(confirmed) is not bool:
        raise Malformed(f"{place}: confirmed = true or false is missing.")
    address = text(row, "address", place, "")
    if address and not address.startswith(("https://", "http://")):
        raise Malformed(f"{place}: address begins with https://.")
    return Advice(
        id=text(row, "id", place),
        title=text(row, "title", place),
        text=text(row, "text", place),
        why=text(row, "why", place) if why else "",
        address=address,
        fields=fields,
        actions=tuple(one.upper() for one in texts(row, "actions", place)),
        source=text(row, "source", place),
        place=text(row, "place", place, "") or None,
        confirmed=confirmed,
    )
