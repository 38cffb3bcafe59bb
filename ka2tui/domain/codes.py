"""Codes that nobody chose: each is the next of its row, R7 after R6."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def next_code(prefix: str, taken: Iterable[str | None]) -> str:
    """Give the code after the highest that begins so; what was removed in between stays free."""
    row = re.compile(rf"\s*{prefix}(\d{{1,6}})\s*", re.IGNORECASE | re.ASCII)
    found = (row.fullmatch(code) for code in taken if code)
    return f"{prefix}{max((int(each[1]) for each in found if each), default=0) + 1}"
