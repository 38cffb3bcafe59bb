"""What is written for people: its commands exist, its links lead somewhere, its tables are true."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner

from ka2tui import datafiles, settings
from ka2tui.cli.main import main
from ka2tui.domain import kinds
from ka2tui.exchange.demo import build
from tests.conftest import ROOT

PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "data").rglob("*.md"),
    ]
)
PICTURES = sorted((ROOT / "screenshots").glob("*.svg"))
INLINE = re.compile(r"`(ka2tui\b[^`]*)`")
HELP = {"-h", "--help"}
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#]*)(#[^)]*)?\)")
NOWHERE = {
    r"(?<![\w.~])/(?:work|root|home/\w|tmp/|Users/\w)": "the path of a machine",
    r"pypi\.org|files\.pythonhosted|proxy\.golang": "the host of a registry",
    r"\b(?:TODO|FIXME|coming soon|not yet implemented)\b": "something unfinished",
    r"\b(?:chatgpt|copilot|language model|LLM|AI-generated|assistant)\b": "how it was written",
}


def said(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def typed(text: str) -> list[str]:
    """List what stands in blocks of code, and in code within a line."""
    lines, fenced = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            lines.append(line.strip())
        else:
            lines += INLINE.findall(line)
    return [line for line in lines if re.match(r"ka2tui( |$)", line)]


def calls() -> list[tuple[str, str]]:
    """Give every `ka2tui ...` that a page tells people to type."""
    return sorted(
        {
            (page.relative_to(ROOT).as_posix(), re.split(r"\s{2,}| #(?=[^']*$)", line)[0].strip())
            for page in PAGES
            for line in typed(said(page))
        }
    )


def resolve(words: list[str]) -> tuple[click.Command, list[str]]:
    """Follow a command line to its command; give what is left."""
    command: click.Command = main
    context = click.Context(main, info_name="ka2tui")
    left = list(words)
    while left and isinstance(command, click.Group):
        if left[0] in HELP:
            return command, left
        if left[0].startswith("-"):
            option = next(p for p in command.params if left[0] in p.opts)
            left = left[1:] if getattr(option, "is_flag", False) else left[2:]
            continue
        below = command.get_command(context, left[0])
        if below is None:
            break
        command, context, left = below, click.Context(below, parent=context), left[1:]
    return command, left


def test_there_are_pages_and_calls_to_check() -> None:
    assert len(PAGES) >= 15
    assert len(calls()) >= 60


@pytest.mark.parametrize(("page", "call"), calls())
def test_what_people_are_told_to_type_exists(page: str, call: str) -> None:
    whole = call.replace("...", "").replace("…", "")
    words = [word for word in shlex.split(whole) if not re.fullmatch(r"\[?[A-Z]+\]?", word)][1:]
    command, left = resolve([word.strip("[]") for word in words])
    known = {name for parameter in command.params for name in parameter.opts}
    unknown = [word for word in left if word.startswith("-") and word not in known | HELP]
    assert unknown == [], f"{command.name} has no {unknown}"
    if isinstance(command, click.Group):
        assert set(left) <= HELP, f"{call}: there is no {left[0]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(said(page)):
        path = (page.parent / unquote(target)).resolve() if target else page
        assert path.exists(), f"{page.name}: {target}"
        assert path.is_relative_to(ROOT), f"{target} leads out of the repository"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", said(path), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor[1:] in anchors, f"{page.name}: {target}{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_nothing_tells_of_machines_or_of_makers(page: Path) -> None:
    text = said(page)
    found = {why for pattern, why in NOWHERE.items() if re.search(pattern, text, re.IGNORECASE)}
    assert found == set()
    assert "\t" not in text
    assert text.endswith("\n")


def test_the_first_screen_of_the_readme_has_both_commands() -> None:
    top = said(ROOT / "README.md").splitlines()[:20]
    assert any(line.startswith("python3 dev.py demo") for line in top)
    assert any(line.startswith("python3 dev.py test") for line in top)


def test_dev_py_knows_every_word_that_pages_give_it() -> None:
    known = set(re.findall(r"^python3 dev\.py (\w+)", said(ROOT / "dev.py"), re.MULTILINE))
    told = {
        word for page in PAGES for word in re.findall(r"python3 dev\.py (?!\.)(\w+)", said(page))
    }
    assert told <= known


# --- tables of the formats page -----------------------------------------------------------------

KEYS = re.findall(
    r"^\| `ka2tui ([\w -]+)` \| (list|object)[^|]*\| ([\w, ]+) \|$",
    said(ROOT / "docs" / "formats.md"),
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("docs") / "demo.db"
    build(file, date(2026, 11, 22))
    for command in (
        *(["cost", "add", "staff"], ["journey", "add", "There and back"]),
        ["payment", "add", "Pre-financing"],
        *(["risk", "add", "A partner leaves"], ["log", "add", "issue", "No ink"]),
        ["letter", "add", "Visit"],
        *(["candidate", "add", "Biblioteka"], ["aim", "add", "need", "Few read"]),
    ):
        assert CliRunner().invoke(main, ["--db", str(file), *command]).exit_code == 0
    return file


@pytest.mark.parametrize(("command", "kind", "keys"), KEYS)
def test_json_has_the_keys_that_are_written_down(
    command: str, kind: str, keys: str, example: Path
) -> None:
    given = ["--db", str(example), "--today", "2026-11-22", "--json", *command.split()]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.stderr
    value = json.loads(result.stdout)
    assert isinstance(value, list if kind == "list" else dict)
    one = value[0] if kind == "list" else value
    assert list(one) == keys.split(", ")


def test_the_formats_page_tells_of_every_list() -> None:
    lists = {
        f"{noun} list"
        for noun in main.list_commands(click.Context(main))
        for group in [main.get_command(click.Context(main), noun)]
        if isinstance(group, click.Group) and "list" in group.commands
    }
    assert lists <= {command for command, _, _ in KEYS}


def test_the_states_that_are_written_down_are_those_of_tasks() -> None:
    text = said(ROOT / "docs" / "formats.md").replace("\n", " ")
    for kind in (kinds.TaskState, kinds.Priority, kinds.PhaseKind):
        assert all(f"`{member}`" in text for member in kind)


def test_the_example_of_settings_can_be_read(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", said(ROOT / "docs" / "guide.md"), re.DOTALL)
    file = tmp_path / "settings.toml"
    file.write_text(block.replace("~/our-texts", tmp_path.as_posix()), encoding="utf-8")
    read = settings.load(file)
    assert read.notices == ()
    assert (read.actor, read.theme, read.keys) == ("Ana Moreno", "ka2-light", "vim")
    assert f"themes/{read.theme}.toml" in datafiles.names("themes", ".toml")


# --- pictures -----------------------------------------------------------------------------------


def test_every_picture_that_can_be_taken_is_there() -> None:
    from screenshots.make import PICTURES as WANTED

    assert {path.stem for path in PICTURES} == {picture.name for picture in WANTED}


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_fetches_nothing(path: Path) -> None:
    text = said(path)
    # an address may stand in it to be read, but nowhere it would be fetched from
    assert not re.search(r"(?:href|src)\s*=|url\((?![\"']?#)|@import|@font-face", text)
    assert "<script" not in text
