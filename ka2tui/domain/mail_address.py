"""Mail addresses: read as people write them, with what is wrong said where it is."""

from __future__ import annotations

import re

from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, quoted

_BETWEEN = re.compile(r"[\s;,<>()\[\]\"]+")


def read_mail(text: str) -> str:
    """Read a mail address: one @, no spaces, and a dot in what stands after it.

    Raises:
        Misread: It is none.
    """
    said = clean(text)
    why = _wrong(said)
    if why:
        raise Misread(f"{quoted(said)} is no mail address: {why}. Write it like name@example.org.")
    return said


def mails_in(text: str) -> list[str]:
    """List the addresses within a text: `Ana <ana@example.org>; ben@example.org`."""
    parts = (part.removeprefix("mailto:").rstrip(".:") for part in _BETWEEN.split(clean(text)))
    return [part for part in parts if part and not _wrong(part)]


def _wrong(said: str) -> str:
    """Say what keeps a text from being an address; nothing where it is one."""
    name, at, place = said.partition("@")
    if any(sign.isspace() for sign in said):
        return "there is a space in it"
    if not at:
        return "there is no @ in it"
    if "@" in place:
        return "there is more than one @ in it"
    if not name:
        return "nothing stands before the @"
    if not all(place.split(".")) or "." not in place:
        return "what stands after the @ is no place like example.org"
    return ""
