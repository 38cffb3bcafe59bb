"""Rows of chosen records, in the order in which they were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ka2tui.store.lots import in_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

R = TypeVar("R")


def chosen(
    session: Session, query: Any, key: Any, ids: Sequence[int], row: Callable[[Any], R]
) -> tuple[R, ...]:
    """Read the rows of some ids; an id that is gone is left out.

    Args:
        session: Of the question.
        query: Reads rows whose first column is the id.
        key: The column of the ids.
        ids: In the order wanted.
        row: Makes what is given of what was read.
    """
    found: dict[int, R] = {}
    for some in in_parts(ids):
        found |= {each[0]: row(each) for each in session.execute(query.where(key.in_(some)))}
    return tuple(found[one] for one in ids if one in found)
