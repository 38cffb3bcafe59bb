"""Lists of differences: what two lists of a project say otherwise, told and not decided."""

from __future__ import annotations

import re

from ka2tui.domain.intake import Finding, Item
from ka2tui.domain.text import fold
from ka2tui.exchange import cells

_FIELDS = (
    (re.compile(r"title|name"), "title"),
    (re.compile(r"month|due|date|deadline"), "due_month"),
    (re.compile(r"lead|partner|responsible"), "lead"),
)


def difference(record: cells.Record) -> None:
    """Tell what a row says of a record, each column beside what is taken of it."""
    code = record.take("code")
    if code is None:
        return
    known = [one for one in record.intake.items if _is_called(one, code)]
    if not known:
        reason = f"there is no {code} in the other tables"
        record.intake.doubtful.append(record.item.at("code", reason))
        return
    for name, (heading, text) in record.cells.items():
        field = next((field for pattern, field in _FIELDS if pattern.search(fold(name))), None)
        if name == "code" or not text:
            continue
        kept = _said(known[0], field) if field else None
        place = (record.item.file, record.item.row, heading, text)
        if kept is None:
            reason = f"{code} has nothing to hold this against"
            record.intake.doubtful.append(Finding(*place, reason))
        elif fold(kept) == fold(text):
            record.intake.read.append(Finding(*place, f"{code}: this is what is kept"))
        else:
            record.intake.doubtful.append(Finding(*place, f"{code}: “{kept}” is kept"))


def _is_called(item: Item, code: str) -> bool:
    said = item.values.get("code")
    return said is not None and cells.key_of(said) == cells.key_of(code)


def _said(item: Item, field: str) -> str | None:
    if field == "lead":
        link = item.links.get("lead_id") or item.links.get("partner_id")
        return link.said if link else None
    value = item.values.get(field)
    return None if value is None else str(value)
