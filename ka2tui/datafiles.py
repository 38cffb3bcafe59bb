"""The words and numbers in data/, where a user's own folder wins over ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any


class DataFault(Exception):
    """A file with words or numbers of the app is missing or cannot be read."""


@cache
def folder() -> Path:
    """Find the data folder: inside the installed package, else beside it in a checkout.

    Raises:
        DataFault: There is none, so the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for place in (package / "data", package.parent / "data"):
        if place.is_dir():
            return place
    message = (
        f"The data folder is missing: neither {package / 'data'} nor {package.parent / 'data'}"
    )
    raise DataFault(message)


def find(name: str, own: Path | None = None) -> Path:
    """Locate a data file by its name below the data folder, such as `checklists/goal.toml`.

    Args:
        name: With forward slashes on every system; it cannot lead out of the folder.
        own: The user's folder; a file of the same name there is taken instead of ours.

    Raises:
        DataFault: No such file, in either folder.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        message = f"{name!r} does not name a file in the data folder"
        raise DataFault(message)
    places = _places(own)
    for place in places:
        if (place / path).is_file():
            return place / path
    message = f"The file {name} is missing in {' and in '.join(str(place) for place in places)}"
    raise DataFault(message)


def names(prefix: str, suffix: str = "", own: Path | None = None) -> list[str]:
    """List the data files directly in a folder by name, ours and the user's, sorted.

    Args:
        prefix: A folder below data, such as `checklists`; `""` for data itself.
        suffix: How the names must end, such as `.toml`.
        own: The user's folder.

    Returns:
        Names that `find` and the readers take.
    """
    found = {
        (PurePosixPath(prefix) / entry.name).as_posix()
        for place in _places(own)
        if (place / prefix).is_dir()
        for entry in (place / prefix).iterdir()
        if entry.name.endswith(suffix) and not entry.name.startswith(".") and entry.is_file()
    }
    return sorted(found)


def read_text(name: str, own: Path | None = None) -> str:
    """Read a data file as UTF-8 text, with or without a byte order mark.

    Raises:
        DataFault: Missing, not readable, or not UTF-8; the message names file and place.
    """
    path = find(name, own)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start + 1} is not UTF-8 text"
        raise DataFault(message) from error
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise DataFault(message) from error


def read_toml(name: str, own: Path | None = None) -> dict[str, Any]:
    """Read a data file in TOML.

    Raises:
        DataFault: Missing or malformed; the message names file, line and column.
    """
    import tomllib  # here and below: --help reads no data

    text = read_text(name, own)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = f"{find(name, own)}: {error}"
        raise DataFault(message) from error


def read_rows(name: str, own: Path | None = None) -> list[dict[str, str]]:
    """Read a data file in CSV as one mapping per row, keyed by the headings.

    Raises:
        DataFault: Missing, or a row has more or fewer cells than there are headings.
    """
    import csv
    import io

    reader = csv.DictReader(io.StringIO(read_text(name, own)), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        message = f"{find(name, own)}: line {reader.reader.line_num}: {error}"
        raise DataFault(message) from error
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            message = f"{find(name, own)}: row {number} has not as many cells as there are headings"
            raise DataFault(message)
    return rows


def _places(own: Path | None) -> list[Path]:
    """List the folders to look in, the one that wins first."""
    return [folder()] if own is None else [own, folder()]
