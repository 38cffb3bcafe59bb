"""What a person has chosen for every project: who they are, colours, keys, where the data lies."""

from __future__ import annotations

import os
import tempfile
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

APP = "ka2tui"
KEY_STYLES = ("arrows", "vim")


@dataclass(frozen=True, slots=True)
class Settings:
    """What was read from the settings file, or what stands where nothing was chosen."""

    actor: str = ""
    """Who makes the changes; empty = the login name of the system."""

    theme: str = "ka2-dark"
    """Name of the colours."""

    keys: str = "arrows"
    """Style of the keys: "arrows" or "vim"."""

    keymap: dict[str, str] = field(default_factory=dict)
    """Own keys by the id of what they do: {"task.finish": "x"}."""

    data: Path | None = None
    """Folder of own checklists, templates and texts that win over ours."""

    database: str | None = None
    """Path or address of the database; None = the usual place."""

    path: Path | None = None
    """The file these settings belong to; None = they cannot be kept."""

    notices: tuple[str, ...] = ()
    """What could not be read: file, key and what to do about it, one sentence each."""

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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        said = f"{file} cannot be read ({error}): put it right or delete it."
        return replace(nothing, notices=(said,))
    values: dict[str, Any] = {}
    notices: list[str] = []
    for key, value in given.items():
        try:
            values[key] = _read(key, value)
        except ValueError as error:
            notices.append(f"{file}: {key} {error}")
    return replace(nothing, **values, notices=tuple(notices))


def _read(key: str, value: object) -> object:
    """Read one setting; a ValueError says what it must be."""
    if key in ("actor", "theme", "database"):
        if not isinstance(value, str):
            raise ValueError('must be a text: write it in quotes, "like this".')
        return value
    if key == "keys":
        if value not in KEY_STYLES:
            raise ValueError('must be "arrows" or "vim".')
        return value
    if key == "data":
        if not isinstance(value, str) or not Path(value).expanduser().is_dir():
            raise ValueError("must be the path of a folder that exists.")
        return Path(value).expanduser()
    if key == "keymap":
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise ValueError('must be a table of keys: "task.finish" = "x".')
        return {str(name): keys for name, keys in value.items()}
    raise ValueError("is not a setting: take the line out, or see the spelling in the guide.")


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
    known = {item.name for item in fields(Settings)} - {"path", "notices"}
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

    try:
        kept = tomllib.loads(settings.path.read_text("utf-8"))
    except FileNotFoundError:
        kept = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # what cannot be read is put aside, not thrown away
        settings.path.replace(settings.path.with_suffix(".unreadable.toml"))
        kept = {}
    for key, value in changes.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = str(value) if isinstance(value, Path) else value
    _write(settings.path, tomli_w.dumps(kept))
    return changed


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner's eyes only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-", suffix=".toml")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
