"""Files of proof: the folder is moved, files change, move, vanish, or are not what they seem."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from ka2tui.domain.kinds import ProofState
from ka2tui.domain.refusal import Refused
from ka2tui.exchange import proof_files
from ka2tui.exchange.proof_files import Filed, Outside, Stopped, Watch
from ka2tui.settings import Settings

NAMES = ["list.pdf", "with blanks in it.pdf", "Zdjęcia i ąćę.jpg", "[red] =1+1.txt", "👩‍🏫.png"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "proof"
    folder.mkdir()
    return folder


def put(root: Path, path: str, text: str = "signed") -> Filed:
    """Write a file, and give it as it is taken up."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    seen = proof_files.fingerprint(file)
    return Filed(len(path), path, seen.sha256, seen.size)


def states(root: Path, *filed: Filed) -> list[ProofState]:
    return [seen.state for seen in proof_files.look(root, filed)]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_named_from_the_folder_on_whatever_its_name(root: Path, name: str) -> None:
    filed = put(root, f"WP1/{name}")
    assert proof_files.name_in(root, str(root / "WP1" / name)) == f"WP1/{name}"
    assert proof_files.name_in(root, f"WP1/{name}") == f"WP1/{name}"
    assert filed.sha256 == hashlib.sha256(b"signed").hexdigest()
    assert states(root, filed) == [ProofState.THERE]


def test_a_name_is_found_whichever_way_its_accents_are_written(root: Path) -> None:
    apart = unicodedata.normalize("NFD", "Übung/Liste é.txt")
    put(root, apart)
    assert proof_files.name_in(root, apart) == "Übung/Liste é.txt"
    assert proof_files.whole(root, "Übung/Liste é.txt").is_file()


def test_a_moved_folder_holds_the_same_files(root: Path, tmp_path: Path) -> None:
    filed = [put(root, f"{number}/{name}", name) for number, name in enumerate(NAMES)]
    root.rename(tmp_path / "elsewhere")
    assert set(states(tmp_path / "elsewhere", *filed)) == {ProofState.THERE}


def test_a_folder_that_is_away_loses_nothing(root: Path) -> None:
    filed = put(root, "list.pdf")
    with pytest.raises(Refused, match="nothing was checked"):
        proof_files.look(root.with_name("gone"), [filed])


def test_a_changed_file_is_told_also_where_its_size_is_the_same(root: Path) -> None:
    filed = put(root, "list.txt", "31 forms")
    put(root, "list.txt", "32 forms")
    (seen,) = proof_files.look(root, [filed])
    assert seen.state is ProofState.CHANGED
    assert seen.now is not None
    assert seen.now.sha256 != filed.sha256


def test_a_moved_file_is_found_by_its_content(root: Path) -> None:
    filed = put(root, "WP1/list.txt", "ten people")
    put(root, "WP1/other.txt", "nine peopl")
    (root / "WP2").mkdir()
    (root / "WP1/list.txt").rename(root / "WP2/attendance.txt")
    (seen,) = proof_files.look(root, [filed])
    assert (seen.state, seen.found) == (ProofState.MISSING, "WP2/attendance.txt")


def test_of_the_same_content_twice_each_is_found_under_its_own_name(root: Path) -> None:
    one, two = put(root, "a/one.txt", "same"), put(root, "a/second.txt", "same")
    (root / "a").rename(root / "b")
    found = {seen.path: seen.found for seen in proof_files.look(root, [two, one])}
    assert found == {"a/one.txt": "b/one.txt", "a/second.txt": "b/second.txt"}


def test_a_copy_that_is_filed_itself_is_not_taken_for_the_lost_one(root: Path) -> None:
    one, two = put(root, "one.txt", "same"), put(root, "second.txt", "same")
    (root / "one.txt").unlink()
    seen = {it.path: it for it in proof_files.look(root, [one, two])}
    assert (seen["one.txt"].state, seen["one.txt"].found) == (ProofState.MISSING, None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_not_called_missing_or_changed(root: Path) -> None:
    filed = put(root, "secret.txt")
    (root / "secret.txt").chmod(0)
    (seen,) = proof_files.look(root, [filed])
    assert seen.state is ProofState.UNCHECKED
    assert "secret.txt cannot be read" in seen.why


def test_a_file_that_cannot_be_read_is_told_with_the_reason(root: Path) -> None:
    filed = put(root, "list.txt")
    (root / "list.txt").unlink()
    os.mkfifo(root / "list.txt")  # a pipe: opening one the usual way waits for ever
    (seen,) = proof_files.look(root, [filed])
    assert seen.state is ProofState.UNCHECKED
    assert "no ordinary file" in seen.why


@pytest.mark.parametrize(
    "path",
    [
        *("../x", "a/../../x", "/etc/passwd", "C:\\x", "C:x", "\\\\server\\x", "~/x", "..", ""),
        *(" x", "a\x1b[31m.pdf", "a\nb", "x" * 1001, "..\\x"),
    ],
)
def test_no_path_leads_out_of_the_folder(root: Path, path: str) -> None:
    (root.parent / "x").write_text("not yours")
    with pytest.raises(Refused):
        proof_files.whole(root, path)
    (seen,) = proof_files.look(root, [Filed(1, path, None, None)])
    assert seen.state is ProofState.UNCHECKED


def test_a_link_that_leads_out_is_refused_and_its_target_is_not_read(root: Path) -> None:
    outside = root.parent / "salaries.txt"
    outside.write_text("secret")
    (root / "innocent.txt").symlink_to(outside)
    with pytest.raises(Outside):
        proof_files.name_in(root, str(root / "innocent.txt"))
    with pytest.raises(Refused, match="leads out"):
        proof_files.whole(root, "innocent.txt")
    (seen,) = proof_files.look(root, [Filed(1, "innocent.txt", None, None)])
    assert (seen.state, seen.now) == (ProofState.UNCHECKED, None)
    (root / "way").symlink_to(root.parent, target_is_directory=True)
    with pytest.raises(Refused):
        proof_files.copy_in(outside, root, "way")
    assert outside.read_text() == "secret"


def test_what_is_outside_is_copied_in_under_a_name_that_is_free(root: Path) -> None:
    source = root.parent / "list [red].txt"
    source.write_text("ten")
    put(root, "KOM/list [red].txt", "nine")
    with pytest.raises(Outside, match="does not lie in the proof folder"):
        proof_files.name_in(root, str(source))
    path = proof_files.copy_in(source, root, "KOM")
    assert path == "KOM/list [red]-2.txt"
    assert (root / path).read_text() == "ten"
    assert (root / "KOM/list [red].txt").read_text() == "nine"
    assert (root / path).stat().st_mode & 0o777 == 0o600
    assert source.read_text() == "ten"


def test_a_folder_is_no_file(root: Path) -> None:
    (root / "KOM").mkdir()
    with pytest.raises(Refused, match="is a folder"):
        proof_files.name_in(root, "KOM")


def sparse(file: Path) -> Filed:
    """Make a file of two gigabytes that takes no room."""
    with file.open("wb") as stream:
        stream.truncate(2 << 30)
    return Filed(1, file.name, "0" * 64, 2 << 30)


def test_a_file_of_two_gigabytes_is_stopped_on_the_way(root: Path) -> None:
    filed = sparse(root / "film.mp4")
    told: list[tuple[int, int, str]] = []
    watch = Watch(lambda *how: told.append(how), lambda: len(told) >= 5)
    with pytest.raises(Stopped):
        proof_files.look(root, [filed], watch)
    assert told[-1] == (5 * proof_files.CHUNK, 2 << 30, "film.mp4")
    with pytest.raises(Stopped):
        proof_files.copy_in(root / "film.mp4", root, "copy", Watch(stop=lambda: True))
    assert list((root / "copy").iterdir()) == []


def test_the_folder_is_the_one_chosen_or_lies_beside_the_database(tmp_path: Path) -> None:
    place = str(tmp_path / "p.db")
    assert proof_files.folder(Settings(), place) == tmp_path / "proof"
    assert proof_files.folder(Settings(proof=tmp_path / "x"), place) == tmp_path / "x"
    assert proof_files.folder(Settings(), "postgresql://host/base").name == "proof"
