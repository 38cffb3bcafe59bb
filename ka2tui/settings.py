"""What a person has chosen for every project: who they are, colours, keys, where the data lies."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ka2tui import unfinished
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

APP = "ka2tui"
KEY_STYLES = ("arrows", "vim")
DENSITIES = ("comfortable", "compact")
PAGES = (
    *("today", "lifecycle", "tasks", "meetings", "checklists", "partners", "work_plan"),
    *("reports", "history", "projects"),
)
"""The pages that the app can begin with."""
MOST_DAYS = 60


@frozen
class Settings:
    """What was read from the settings file, or what stands where nothing was chosen."""

    actor: str = ""
    """Who makes the changes; empty = the login name of the system."""

    theme: str = "ka2-dark"
    """Name of the colours."""

    density: str = "comfortable"
    """How much blank there is between things: "comfortable" or "compact"."""

    keys: str = "arrows"
    """Style of the keys: "arrows" or "vim"."""

    keymap: dict[str, str] = field(default_factory=dict)
    """Own keys by the id of what they do: {"task.finish": "x"}."""

    first_days: bool = True
    """Whether keys are explained until they are known."""

    first_page: str = "today"
    """The page that the app begins with."""

    days: int = 7
    """Days ahead in which something stands on Today."""

    zone: str = ""
    """The IANA zone of the clock shown; empty = that of the computer."""

    data: Path | None = None
    """Folder of own checklists, templates and texts that win over ours."""

    proof: Path | None = None
    """Folder in which the files of proof lie; None = `proof` beside the database."""

    database: str | None = None
    """Path or address of the database; None = the usual place."""

    path: Path | None = None
    """The file these settings belong to; None = they cannot be kept."""

    notices: tuple[str, ...] = ()
    """What could not be read: file, key and what to do about it, one sentence each."""

    told: str = ""
    """What the last saving has to say."""

    @property
    def who(self) -> str:
        """Give the name that changes are signed with."""
        return self.actor or login_name()


def login_name() -> str:
    """Give the name somebody is logged in with, "me" where the system does not know one."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "me"


def default_path() -> Path:
    """Give the usual place of the settings file."""
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "settings.toml"


def default_database() -> Path:
    """Give the usual place of the database; nothing is made there."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False) / "ka2tui.db"


def log_folder() -> Path:
    """Give the folder where the app notes what went wrong with itself."""
    from platformdirs import user_log_path

    return user_log_path(APP, appauthor=False)


def load(path: Path | None = None) -> Settings:
    """Read the settings; what is wrong in them is told in `notices` and never stops the app.

    Args:
        path: The file; None for the usual place. It need not exist.
    """
    file = default_path() if path is None else path
    nothing = Settings(path=file)
    try:
        with file.open("rb") as stream:
            given = tomllib.load(stream)
    except FileNotFoundError:
        return nothing
    except OSError as error:
        said = f"{file} cannot be opened ({error.strerror}): see to its permissions."
        return replace(nothing, notices=(said,))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        said = f"{file} cannot be read ({error}): put it right or delete it."
        return replace(nothing, notices=(said,))
    values: dict[str, Any] = {}
    notices: list[str] = []
    for key, value in given.items():
        try:
            values[key] = _read(key, value)
        except ValueError as error:
            notices.append(f"{_place(file, key)}: {key} {error}")
    if isinstance(keymap := given.get("keymap"), dict):
        values["keymap"] = {name: it for name, it in keymap.items() if isinstance(it, str)}
    return replace(nothing, **values, notices=tuple(notices))


def _place(file: Path, key: str) -> str:
    """Say where a setting stands: the file, and its line."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return str(file)
    bare = re.escape(key)
    wanted = re.compile(rf"""\s*\[?\s*["']?{bare}["']?\s*(?:=|\]|\.)""")
    number = next((at for at, line in enumerate(lines, 1) if wanted.match(line)), None)
    return str(file) if number is None else f"{file}, line {number}"


def read_value(key: str, text: str) -> Any:
    """Read what somebody typed for a setting; nothing typed is None.

    Raises:
        ValueError: It is no setting, or cannot be that; the message says what it must be.
    """
    if key.startswith("keymap."):
        return text
    value: object = text
    if key == "days" and re.fullmatch(r"-?\d{1,9}", text.strip(), re.ASCII):
        value = int(text)
    if not text and key in NAMES:
        return None
    if key == "proof":
        return _folder(text).absolute()
    if key == "keymap":
        raise ValueError('is a table: set one key of it, like keymap.task.finish "x".')
    return _read(key, value)


def _read(key: str, value: object) -> object:
    """Read one setting; a ValueError says what it must be."""
    if key not in NAMES:
        from difflib import get_close_matches

        near = get_close_matches(key, NAMES, 1)
        hint = f"did you mean {near[0]}? Else take" if near else "take"
        raise ValueError(f"is not a setting: {hint} the line out. There are {', '.join(NAMES)}.")
    return _READERS[key](value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        # one kind of error for whatever is wrong with a setting
        raise ValueError('must be a text: write it in quotes, "like this".')  # noqa: TRY004
    return value


def _one_of(words: tuple[str, ...]) -> Callable[[object], str]:
    said = [f'"{word}"' for word in words]

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"must be {', '.join(said[:-1])} or {said[-1]}.")
        return value

    return read


def _days(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
        raise ValueError(f"must be a number of days from 1 to {MOST_DAYS}.")
    return value


def _yes_no(value: object) -> bool:
    said = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
    if isinstance(value, str) and value.strip().lower() in said:
        return said[value.strip().lower()]
    if not isinstance(value, bool):
        raise ValueError("must be true or false.")  # noqa: TRY004 - as above
    return value


def _zone(value: object) -> str:
    from zoneinfo import ZoneInfo

    try:
        if isinstance(value, str) and (not value or ZoneInfo(value)):
            return value
    except (OSError, ValueError, LookupError):
        pass
    raise ValueError('must be the name of a time zone, like "Europe/Madrid".')


def path_of(said: str | Path) -> Path:
    """Give the path that somebody wrote: `~` is their own folder.

    That of somebody whom this computer does not know is a name like any other.
    """
    try:
        return Path(said).expanduser()
    except RuntimeError:
        return Path(said)


def _folder(value: object) -> Path:
    if not isinstance(value, str) or "\0" in value or not path_of(value).is_dir():
        raise ValueError("must be the path of a folder that exists.")
    return path_of(value)


def _place_of_proof(value: object) -> Path:
    """Read a folder that may be away for a while: what lies in it is not lost by that."""
    place = path_of(value) if isinstance(value, str) and "\0" not in value else None
    if place is None or not place.is_absolute():
        raise ValueError("must be the whole path of a folder.")
    return place


def _keymap(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError('must be a table of keys: "task.finish" = "x".')  # noqa: TRY004
    wrong = [str(name) for name, key in value.items() if not isinstance(key, str)]
    if wrong:
        raise ValueError(
            f'must be a table of keys: "task.finish" = "x". No key: {", ".join(wrong)}.'
        )
    return {str(name): key for name, key in value.items()}


_READERS: dict[str, Callable[[object], object]] = {
    "actor": _text,
    "theme": _text,
    "density": _one_of(DENSITIES),
    "keys": _one_of(KEY_STYLES),
    "first_days": _yes_no,
    "first_page": _one_of(PAGES),
    "days": _days,
    "zone": _zone,
    "data": _folder,
    "proof": _place_of_proof,
    "database": _text,
    "keymap": _keymap,
}
NAMES = tuple(_READERS)
"""Every setting, in the order of the page."""


def save(settings: Settings, **changes: Any) -> Settings:
    """Change some settings and keep them; the rest of the file stays as it was.

    Args:
        settings: Those in force.
        changes: By name; None takes a setting back to what stands without it.

    Returns:
        The settings now in force.

    Raises:
        OSError: The file cannot be written; the old one is still there.
    """
    known = {item.name for item in fields(Settings)} - {"path", "notices", "told"}
    if unknown := changes.keys() - known:
        raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")
    standing = Settings()
    changed = replace(
        settings,
        **{
            key: getattr(standing, key) if value is None else value
            for key, value in changes.items()
        },
    )
    if settings.path is None:
        return changed
    import tomli_w

    told = ""
    try:
        text = settings.path.read_text("utf-8")
        kept = tomllib.loads(text)
    except FileNotFoundError:
        text, kept = "", {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        # what cannot be read is put aside, not thrown away
        aside = _free(settings.path.with_suffix(".unreadable.toml"))
        settings.path.replace(aside)
        told = f"{settings.path.name} could not be read: it is kept as {aside.name}."
        text, kept = "", {}
    edited = text
    for key, value in changes.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = str(value) if isinstance(value, Path) else value
        edited = _in_place(edited, key, kept.get(key))
    if not _says(edited, kept):
        edited = tomli_w.dumps(kept)
        before = settings.path.with_name(f"{settings.path.name}.before")
        if "#" in text and not before.exists():
            _write(before, text)
            told = f"The comments in {settings.path.name} are kept in {before.name}."
    _write(settings.path, edited)
    return replace(changed, told=told)


def _in_place(text: str, key: str, value: object) -> str:
    """Write one setting where it stands, so that everything around it stays as it is."""
    import tomli_w

    new = "" if value in (None, {}) else tomli_w.dumps({key: value})
    if isinstance(value, dict) or key == "keymap":
        found = re.search(
            rf"^\[{key}\][^\n]*\n?(?:(?!\[)[^\n]*(?:\n|\Z))*?(?=^\[|\Z)", text, re.MULTILINE
        )
        if found and "#" not in found[0]:
            return text[: found.start()] + new + text[found.end() :]
        joint = "" if not text or text.endswith("\n\n") else "\n"
        return text if found else f"{text}{joint}{new}"
    found = re.search(rf"^{key}[ \t]*=[^\n]*?([ \t]+#[^\n\"']*)?(?:\n|\Z)", text, re.MULTILINE)
    if found:
        line = new.rstrip("\n") + (found[1] or "") + "\n" if new else ""
        return text[: found.start()] + line + text[found.end() :]
    table = re.search(r"^\[", text, re.MULTILINE)
    at = table.start() if table else len(text)
    joint = "" if not text[:at] or text[:at].endswith("\n") else "\n"
    return text[:at] + joint + new + text[at:]


def _says(text: str, kept: dict[str, Any]) -> bool:
    """Tell whether a text says just this."""
    try:
        return tomllib.loads(text) == {key: it for key, it in kept.items() if it != {}}
    except tomllib.TOMLDecodeError:
        return False


def _free(path: Path) -> Path:
    """Give the name, with a number where there is such a file already."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner's eyes only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = unfinished.begin(path.parent, ".settings-", ".toml")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
