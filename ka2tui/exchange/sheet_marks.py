"""What a workbook says of cells beside their values: hidden rows, formulas that show nothing."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from html import unescape

from ka2tui.domain.intake import Finding

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]{0,400}?)/?>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b([^>]{0,400}?)/?>")
_HIDDEN = re.compile(
    rb"<(?:\w+:)?row\b(?=[^>]{0,400}?\bhidden=[\"'](?:1|true)[\"'])[^>]{0,400}?\br=[\"'](\d+)"
)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]{0,400}?\br=[\"']([A-Z]{1,3}(\d+)))[^>]{0,400}>\s*<(?:\w+:)?f\b"
    rb"(?:[^>]{0,400}/>|[^>]{0,400}>[^<]{0,9000}</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]{0,400}?\bt=[\"']e[\"'])(?=[^>]{0,400}?\br=[\"']([A-Z]{1,3}(\d+)))[^>]{0,400}>"
    rb".{0,9000}?<(?:\w+:)?v>([^<]{1,40})</",
    re.DOTALL,
)
_MOST = 200
"""Cells of a sheet that are named; of more it is enough to know so many."""
_NOT_STORED = (
    "the value of this formula is not stored, so the cell is empty: open the workbook in a "
    "spreadsheet program, save it, and import it again"
)


def read(data: bytes) -> dict[str, list[Finding]]:
    """Give for each sheet what is to be told, the file of each finding still empty."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        links = [_said(found[1]) for found in _LINK.finditer(archive.read(_RELS))]
        targets = {link.get("Id", ""): link.get("Target", "") for link in links}
        sheets = [_said(found[1]) for found in _SHEET.finditer(archive.read("xl/workbook.xml"))]
        found = {}
        for sheet in sheets:
            place = posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get("id", ""), "")))
            if place.lstrip("/") in names:
                found[sheet.get("name", "")] = _of_sheet(archive.read(place.lstrip("/")))
        return found


_RELS = "xl/_rels/workbook.xml.rels"
_ATTRIBUTE = re.compile(r"(?:\w+:)?(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def _said(attributes: bytes) -> dict[str, str]:
    text = attributes.decode("utf-8", errors="replace")
    return {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(text)}


def _of_sheet(content: bytes) -> list[Finding]:
    found = []
    if b"hidden=" in content:
        for row in _HIDDEN.findall(content):
            reason = "a hidden row; it is taken like the others"
            found.append(Finding("", int(row), None, None, reason))
    if b"<f" in content or b":f" in content:
        for cell, row in _FORMULA.findall(content)[:_MOST]:
            found.append(Finding("", int(row), None, cell.decode(), _NOT_STORED))
    if b't="e"' in content or b"t='e'" in content:
        for cell, row, said in _ERROR.findall(content)[:_MOST]:
            shown = said.decode("utf-8", errors="replace")
            reason = f"this cell shows {shown}; it is read as empty"
            found.append(Finding("", int(row), None, cell.decode(), reason))
    return found
