"""Files of checklists: ours and the user's own, found by name, and a copy of one to change."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from ka2tui.domain import own_files
from ka2tui.domain.checklist_reading import LAST, Checklist, read_checklist
from ka2tui.domain.own_files import Found, bare
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted
from ka2tui.domain.toml_lines import Lines

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "checklists"
"""Its place in the data folder, and in the user's own."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def found(own: Path | None = None) -> Found[Checklist]:
    """Read every checklist that is shipped or in the user's own folder.

    Args:
        own: The user's folder of words and numbers.

    Raises:
        DataFault: One that is shipped cannot be read.
        Malformed: Something in one that is shipped is missing or cannot be.
    """
    return own_files.found(FOLDER, own_files.Lined(read_checklist), own, head="checklist")


def named(said: str, own: Path | None = None) -> Checklist:
    """Give the checklist that is meant: by id, title, place in the order or name of its file.

    Raises:
        Refused: There is none; those there are get named.
    """
    known = found(own).entries
    wanted = bare(said.strip().removesuffix(".toml"))
    number, _, rest = wanted.partition("_")
    for one in known:
        names = {bare(one.id), bare(one.title)}
        places = {str(one.position)} if one.position != LAST else set()
        begun = number in places and rest.startswith(bare(one.id))
        if wanted in names | places or begun:
            return one
    names_of_all = ", ".join(one.id for one in known)
    raise Refused(f"There is no checklist {quoted(said)}; there are {names_of_all}.")


def copy(said: str, into: Path, *, name: str | None = None, title: str | None = None) -> Path:
    """Copy a checklist into the user's folder, to be changed there.

    Args:
        said: Which, as `named` takes it.
        into: The user's folder.
        name: The id of the new one; None: it takes the place of the one that is copied.
        title: What the new one is called; None: as the one that is copied.

    Returns:
        The file that was written.

    Raises:
        Refused: There is none of that name, the id cannot be, or there is such a file already.
    """
    one = named(said, into)
    known = found(into)
    source = known.files[one.id]
    text = source.read_text("utf-8-sig")
    if name is not None:
        if not _NAME.fullmatch(name):
            raise Refused(
                f"{quoted(name)} cannot be its id: take small letters, digits and _, a letter "
                "first, such as partner_visit."
            )
        if any(name == each.id for each in known.entries):
            raise Refused(f"There is a checklist {name} already.")
        text = _put(_put(text, "id", name), "position", None)
    if title is not None:
        text = _put(text, "title", title)
    file = into / FOLDER / (source.name if name is None else f"{name}.toml")
    try:
        own_files.Lined(read_checklist)(tomllib.loads(text), str(file), text)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise Refused(f"{file} is there already: change that one.") from None
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from None
    return file


def _put(text: str, key: str, value: str | None) -> str:
    """Write a text in the head of a checklist; None takes its line away."""
    import tomli_w

    line = Lines(text).of(("checklist", key))
    lines = text.splitlines(keepends=True)
    if line is not None and re.match(rf"\s*{key}\s*=", lines[line - 1]):
        lines[line - 1] = "" if value is None else tomli_w.dumps({key: value})
    return "".join(lines)
