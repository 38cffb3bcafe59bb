"""Actions: what the code of an action says about how its projects are built."""

from __future__ import annotations

import re
from typing import Final

from ka2tui.domain.kinds import ProjectShape

_HEADINGS_BEFORE_2021: Final = re.compile(r"KA20[0-5]|KA219|KA22[6-9]")
_LAST_CALL_WITH_HEADINGS: Final = 2021


def shape_of(action: str | None, call_year: int | None = None) -> ProjectShape:
    """Tell how projects of an action divide their work; work packages where it does not say.

    Args:
        action: A code such as KA220-SCH, KA210 or ERASMUS-EDU-2025-PEX-COVE.
        call_year: The year of the call; KA220 had budget headings in its first one.

    Source: Programme Guide 2025, p. 247-264; Beneficiary Module guide for KA220, call 2021.
    """
    code = (action or "").upper()
    if code.startswith("KA210"):
        return ProjectShape.ACTIVITIES
    first_call = code.startswith("KA220") and call_year == _LAST_CALL_WITH_HEADINGS
    if first_call or _HEADINGS_BEFORE_2021.match(code):
        return ProjectShape.HEADINGS
    return ProjectShape.WORK_PACKAGES
