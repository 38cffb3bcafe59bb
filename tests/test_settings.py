from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING

import pytest

from ka2tui import settings
from ka2tui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    read = settings.load(tmp_path / "none.toml")
    assert read == Settings(path=tmp_path / "none.toml")
    assert read.who == settings.login_name()


def test_what_was_chosen_is_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        'actor = "Ana Mały"\ntheme = "ka2-light"\nkeys = "vim"\n'
        f'data = "{tmp_path.as_posix()}"\ndatabase = "~/ka2.db"\n'
        '[keymap]\n"task.finish" = "x"\n',
        encoding="utf-8",
    )
    read = settings.load(file)
    assert read.who == "Ana Mały"
    assert (read.theme, read.keys, read.data) == ("ka2-light", "vim", tmp_path)
    assert read.database == "~/ka2.db"
    assert read.keymap == {"task.finish": "x"}
    assert read.notices == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actor = 3", "actor must be a text"),
        ('keys = "emacs"', 'keys must be "arrows" or "vim"'),
        ('data = "/nowhere/at/all"', "data must be the path of a folder that exists"),
        ('data = "~who-is-this/texts"', "data must be the path of a folder that exists"),
        ('proof = "~who-is-this/proof"', "proof must be the whole path of a folder"),
        ("keymap = 3", "keymap must be a table of keys"),
        ("[keymap]\na = 3", "keymap must be a table of keys"),
        ("colour = 1", "colour is not a setting"),
        ("actor = ", "cannot be read"),
        ("\udcff", "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_and_stops_nothing(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'theme = "ka2-light"\n' + text.encode("utf-8", "surrogateescape"))
    read = settings.load(file)
    assert len(read.notices) == 1
    assert str(file) in read.notices[0]
    assert said in read.notices[0]
    if "cannot be read" not in said:
        assert read.theme == "ka2-light"


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    read = settings.load(tmp_path)
    assert "cannot be opened" in read.notices[0]


def test_a_change_is_kept_and_the_rest_stays(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.toml"
    first = settings.save(Settings(path=file), theme="ka2-light", keymap={"task.finish": "x"})
    assert first.theme == "ka2-light"
    again = settings.save(settings.load(file), actor="Ana", data=tmp_path)
    assert again.theme == "ka2-light"
    read = settings.load(file)
    assert (read.actor, read.theme, read.data) == ("Ana", "ka2-light", tmp_path)
    assert read.keymap == {"task.finish": "x"}
    assert settings.save(read, theme=None).theme == Settings().theme
    assert "theme" not in tomllib.loads(file.read_text())


def test_what_another_version_wrote_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('later = "thing"\n')
    settings.save(settings.load(file), theme="ka2-light")
    assert tomllib.loads(file.read_text()) == {"later": "thing", "theme": "ka2-light"}


@pytest.mark.skipif(os.name == "nt", reason="file modes are another thing there")
def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        settings.save(Settings(path=tmp_path / "new" / "settings.toml"), actor="Ana")
    finally:
        os.umask(old)
    assert (tmp_path / "new" / "settings.toml").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_file_that_cannot_be_read_is_put_aside_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("broken = ")
    settings.save(settings.load(file), theme="ka2-light")
    assert settings.load(file).theme == "ka2-light"
    assert (tmp_path / "settings.unreadable.toml").read_text() == "broken = "


def test_a_save_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    settings.save(Settings(path=file), actor="Ana")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        settings.save(settings.load(file), actor="Eva")
    assert settings.load(file).actor == "Ana"
    assert [item.name for item in tmp_path.iterdir()] == ["settings.toml"]


def test_without_a_place_changes_hold_for_this_time(tmp_path: Path) -> None:
    assert settings.save(Settings(), theme="ka2-light").theme == "ka2-light"


def test_a_setting_that_does_not_exist_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="colour"):
        settings.save(Settings(), colour="red")


def test_the_usual_places_lie_in_folders_of_our_own(home: Path) -> None:
    assert settings.default_path().name == "settings.toml"
    assert settings.default_database().name == "ka2tui.db"
    for place in (settings.default_path(), settings.default_database(), settings.log_folder()):
        assert place.is_relative_to(home)
        assert "ka2tui" in place.parts or "ka2tui" in place.parent.name
    assert not settings.default_database().parent.exists()


def test_comments_and_order_stay_where_a_value_changes(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        '# mine\nkeys = "vim"   # as in vi\nfuture = 3\nactor = "Ana"\n\n[other]\nx = 1\n'
    )
    changed = settings.save(settings.load(file), keys="arrows", days=14)
    assert changed.told == ""
    assert file.read_text() == (
        '# mine\nkeys = "arrows"   # as in vi\nfuture = 3\nactor = "Ana"\n\ndays = 14\n'
        "[other]\nx = 1\n"
    )


def test_comments_that_cannot_stay_are_kept_once_in_a_file_beside(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    text = '[keymap]\n# why\n"task.finish" = "x"\n'
    file.write_text(text)
    changed = settings.save(settings.load(file), keymap={"task.finish": "y"})
    before = tmp_path / "settings.toml.before"
    assert "settings.toml.before" in changed.told
    assert before.read_text() == text
    assert before.stat().st_mode & 0o077 == 0
    assert settings.load(file).keymap == {"task.finish": "y"}


def test_a_broken_file_is_kept_and_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    for broken in ("actor = ", "keys = "):
        file.write_text(broken)
        assert "it is kept as" in settings.save(settings.load(file), days=3).told
    assert (tmp_path / "settings.unreadable.toml").read_text() == "actor = "
    assert (tmp_path / "settings.unreadable-2.toml").read_text() == "keys = "


def test_one_wrong_key_leaves_the_other_keys_in_force(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[keymap]\na = 3\n"task.finish" = "x"\n')
    read = settings.load(file)
    assert read.keymap == {"task.finish": "x"}
    assert f"{file}, line 1: keymap" in read.notices[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actr = 1", "line 2: actr is not a setting: did you mean actor?"),
        ("days = 0", "line 2: days must be a number of days from 1 to 60"),
        ("days = true", "days must be a number"),
        ('zone = "Europe/Nowhere"', "zone must be the name of a time zone"),
        ('zone = "../../etc/passwd"', "zone must be the name of a time zone"),
        ('first_page = "tsks"', 'first_page must be "today"'),
        ('data = "a\\u0000b"', "data must be the path of a folder"),
        ("theme = [1]", "theme must be a text"),
    ],
)
def test_a_wrong_setting_names_its_line_and_what_it_must_be(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'keys = "vim"\n{text}\n')
    read = settings.load(file)
    assert said in read.notices[0]
    assert read.keys == "vim"


@pytest.mark.parametrize("text", ["²", "--5", "9" * 5000, "1.5", "٣"])
def test_days_that_are_no_number_say_from_where_to_where(text: str) -> None:
    with pytest.raises(ValueError, match="from 1 to 60"):
        settings.read_value("days", text)


def test_a_file_nested_without_end_is_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"actor = {'[' * 20_000}", encoding="utf-8")
    assert "cannot be read" in settings.load(file).notices[0]
