"""Where proof lies: a link, or a path; what is neither by its looks may be the code of a record."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final
from urllib.parse import unquote, urlsplit

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, quoted
from ka2tui.frozen import frozen

LONGEST: Final = 1000
"""Letters of a place."""

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_BARE_LINK: Final = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:eu|org|com|net|int)/)\S*")


_CODE: Final = re.compile(r"(?:WP|T|D|A|M|MS|TPM|O|R)[ -]?\d{1,3}(?:\.\d{1,3}){0,2}", re.IGNORECASE)


@frozen
class Link:
    """A page on the web."""

    address: str


@frozen
class File:
    """A file or folder, as it was written."""

    path: str


def read_place(text: str) -> Link | File | None:
    """Read where proof lies; nothing typed is None.

    Raises:
        Refused: It is an address that nothing here opens, or too long.
    """
    said = clean(text)
    if not said:
        return None
    if len(said) > LONGEST:
        raise Refused(f"A place has up to {LONGEST} letters, this one {len(said)}.")
    _refuse_elsewhere(said)
    scheme = _SCHEME.match(said)
    if scheme is None:
        return Link(f"https://{said}") if _BARE_LINK.fullmatch(said) else File(said)
    if scheme[1].casefold() == "file":
        return File(_path_of(said))
    if scheme[1].casefold() in ("http", "https"):
        _refuse_no_link(said)
        return Link(said)
    if "//" not in said and " " in said:
        return File(said)  # "Minutes: third meeting"
    raise Refused(f"{quoted(said)} is no link to the web: they begin with https://")


def looks_like_code(said: str) -> bool:
    """Tell whether a place reads as the code of a record: T2.99, WP9, D1.1."""
    return _CODE.fullmatch(clean(said)) is not None


def _refuse_elsewhere(path: str) -> None:
    """Refuse a path to another computer: asking for it would tell that one who we are."""
    if path.startswith(("\\\\", "//")):
        raise Refused(f"{quoted(path)} lies on another computer: open it by hand.")


def _refuse_no_link(said: str) -> None:
    try:
        host = urlsplit(said).hostname
    except ValueError:
        host = None
    if not host or " " in said:
        raise Refused(f"{quoted(said)} is no link: it has no address, or a blank in it.")


def _path_of(address: str) -> str:
    path = unquote(urlsplit(address).path)
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path


def whole(path: str, folders: tuple[Path, ...]) -> Path:
    """Give the whole path of a file: that of the first folder which has it, else of the last.

    Args:
        path: As it was written.
        folders: Where a path that is not whole may begin.

    Raises:
        Refused: It lies on another computer of the network, which is not asked.
    """
    _refuse_elsewhere(path)
    if PureWindowsPath(path).drive and not PurePosixPath(path).is_absolute():
        return Path(path)
    try:
        given = Path(path).expanduser()
        if given.is_absolute() or not folders:
            return given
        places = [folder / given for folder in folders]
        return next((place for place in places if place.exists()), places[-1])
    except (OSError, RuntimeError, ValueError) as error:
        raise Refused(f"{quoted(path)} cannot be a path: {str(error).rstrip('.')}.") from None


def relative(text: str) -> str:
    """Read a path from the proof folder on: `/` between its parts, and never leading out of it.

    Raises:
        Refused: It is whole, leads out, or holds what no name should hold.
    """
    said = unicodedata.normalize("NFC", text)
    if not said.strip():
        raise Refused("A file has a name.")
    if clean(said) != said:
        raise Refused(
            f"The name {quoted(text)} holds signs that cannot be seen, or a blank at an end: "
            "rename the file first."
        )
    if len(said) > LONGEST:
        raise Refused(f"A place has up to {LONGEST} letters, this one {len(said)}.")
    if PureWindowsPath(said).drive or said.startswith(("/", "\\", "~")):
        raise Refused(f"{quoted(said)} does not begin in the proof folder.")
    parts = [part for part in said.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts or not parts:
        raise Refused(f"{quoted(said)} leads out of the proof folder.")
    return "/".join(parts)
