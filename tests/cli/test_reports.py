"""The progress report on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ka2tui.cli.main import execute
from ka2tui.store.portfolio import Portfolio
from tests.copied import filled_once
from tests.reports import believable


@pytest.fixture
@filled_once
def db(tmp_path: Path) -> str:
    opened = Portfolio.open(tmp_path / "p.db", actor="Ana")
    opened.do(believable.enter)
    opened.close()
    return str(tmp_path / "p.db")


def run(db: str, *words: str) -> int:
    return execute(["--db", db, "--today", "2026-11-22", "report", "progress", *words])


def test_without_a_file_the_report_goes_to_standard_output(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db) == 0
    text = capsys.readouterr().out
    assert text.startswith("# SOLARIS: progress report\n\n**1 September to 22 November 2026")
    assert run(db, "--format", "html") == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_a_file_is_not_written_under_the_name_of_another_kind(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for *command, name in (
        ("report", "progress", "c.pdf"),
        ("report", "progress", "c.DOCX"),
        ("aim", "chain", "c.odt"),
        ("money", "export", "m.ods"),
        ("participant", "export", "p.pdf"),
        ("indicator", "export", "i.xls"),
        ("export", "p.csv"),
    ):
        assert execute(["--db", db, *command, "-o", str(folder / name)]) == 2, command
        said = capsys.readouterr().err
        assert f"No {Path(name).suffix.lower()} is written here" in said
    assert not [*folder.iterdir()]
    for name in ("report", "until 1.12", "page.HTM"):
        assert run(db, "-o", str(folder / name)) == 0
    assert run(db, "--format", "md", "-o", str(folder / "for.word")) == 0
    assert (folder / "page.HTM").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert (folder / "for.word").read_text("utf-8").startswith("# SOLARIS")


def test_a_dash_is_standard_output_or_refused(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run(db) == 0
    shown = capsys.readouterr().out
    assert run(db, "-o", "-") == 0
    assert capsys.readouterr().out == shown
    assert execute(["--db", db, "export", "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("format =")
    for command in (["money", "export", "-o", "-"], ["import", "-"]):
        assert execute(["--db", db, *command]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "file" in said.err
    assert not [*folder.iterdir()]


def test_a_period_may_be_said_in_days_and_months(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "--from", "M12", "--to", "M13") == 0
    assert "1 September to 31 October 2026 (M12-M13)" in capsys.readouterr().out
    assert run(db, "--from", "Q3 2026", "--to", "Q3 2026") == 0
    assert "**1 July to 30 September 2026" in capsys.readouterr().out
    assert run(db, "--from", "2026-01-01", "--json") == 0
    value = json.loads(capsys.readouterr().out)
    assert (value["from"], value["to"]) == ("2026-01-01", "2026-11-22")


def test_json_has_every_key(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "--json") == 0
    value = json.loads(capsys.readouterr().out)
    assert list(value) == ["format", "from", "to", "file", "text"]
    assert value["file"] is None
    assert value["text"].startswith("# SOLARIS")
    file = tmp_path / "r.html"
    assert run(db, "--json", "-o", str(file)) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["format"] == "html"
    assert value["file"] == str(file)
    assert value["text"] is None
    assert file.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_rows_behind_the_figures_can_be_left_out(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db) == 0
    assert "## Rows behind the figures" in capsys.readouterr().out
    assert run(db, "--no-rows") == 0
    text = capsys.readouterr().out
    assert "Rows behind" not in text
    assert "[^" not in text
    assert run(db, "--format", "html") == 0
    page = capsys.readouterr().out
    assert page.count("<details>") == page.count("</details>") == 1
    assert run(db, "--no-rows", "--format", "html") == 0
    assert "<details>" not in capsys.readouterr().out


def test_an_existing_file_is_refused_without_force(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "r.md"
    file.write_text("mine")
    assert run(db, "-o", str(file)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "already: add --force to replace it." in said.err
    assert file.read_text() == "mine"
    assert run(db, "-o", str(file), "--force") == 0
    assert file.read_text("utf-8").startswith("# SOLARIS")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--from", "yesterday-ish"], 2, "not a date"),
        (["--from", "2026-12-01"], 2, "before it begins"),
        (["--format", "pdf"], 2, "pdf"),
        (["-o", "/nowhere/at/all.md"], 1, "no folder"),
    ],
)
def test_what_cannot_be_is_said(
    db: str, words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, *words) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


def test_the_day_of_the_answers_is_the_one_asked_for(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["--db", db, "report", "progress", "--today", "2026-02-10"]) == 0
    text = capsys.readouterr().out
    assert "Held against 10 February 2026." in text
    assert "things that came later are in this report" in text
    assert "is in month 5 of 24" in text
    assert date(2026, 2, 10) > believable.START
