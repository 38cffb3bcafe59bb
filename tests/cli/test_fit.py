"""Which action fits an idea, on the command line: asked, answered, listed, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui.cli import context
from tests.cli.line import Line

if TYPE_CHECKING:
    from pathlib import Path

SMALL = (
    *("--answer", "aim=exchange", "--answer", "field=school", "--answer", "organisations=two"),
    *("--answer", "countries=two", "--answer", "size=small"),
)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "none.db", capsys)


def test_two_schools_are_told_their_action_with_reasons_rules_and_mistakes(line: Line) -> None:
    said = line.text("fit", *SMALL)
    assert said.startswith("Fits best: KA210-SCH Small-scale Partnership\n")
    for part in ("\nWhy\n", "\nIts rules", "grant: € 30 000 or € 60 000",
                 "\nAlso possible\n", "! Too little time for it", "\nNot answered"):  # fmt: skip
        assert part in said
    assert not line.file.exists()


def test_the_result_is_there_for_programs(line: Line) -> None:
    found = line.json("fit", *SMALL)
    assert (found["key_action"], found["action"], found["sure"]) == ("KA2", "KA210-SCH", True)
    assert found["reasons"]
    assert found["answers"]["lead"] is None
    assert found["ranking"][0]["rules"][0] == {
        "label": "organisations",
        "text": "at least 2",
        "source": "guide-2025",
        "place": "p. 257-264",
        "confirmed": False,
    }
    assert line.json("fit", *SMALL, "--call-year", "2025")["ranking"][0]["rules"][0]["confirmed"]
    assert found["unanswered"] == ["elsewhere", "makeup", "lead"]


def test_training_alone_is_sent_to_ka1(line: Line) -> None:
    found = line.json("fit", "--answer", "aim=learning")
    assert (found["key_action"], found["action"]) == ("KA1", None)
    assert [it["id"] for it in found["mistakes"] if it["near"]] == ["training_only"]


def test_without_answers_and_terminal_the_questions_are_listed(line: Line) -> None:
    said = line.text("fit")
    assert "aim: What is the idea?" in said
    assert "learning  People go abroad" in said
    found = line.json("fit")
    assert len(found["questions"]) == 8
    assert (found["key_action"], found["action"]) == (None, None)


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ("field=schol", "did you mean school?"),
        ("[red]=1", "There is no question “[red]”"),
        ("field", "QUESTION=ANSWER"),
    ],
)
def test_a_wrong_answer_is_wrong_usage(line: Line, pair: str, told: str) -> None:
    code, said = line.error("fit", "--answer", pair, "--json")
    assert code == 2
    assert told in said


def test_at_a_terminal_it_asks_what_still_matters(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([2, 3, 2, 2, 1, 1, 1, 0])
    asked: list[str] = []

    def prompt(text: str, **_: object) -> int:
        asked.append(text)
        return next(typed)

    monkeypatch.setattr(context, "is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    out, err = line.run("fit")
    assert "once what is missing is there: KA220-HED" in out
    assert "What is the idea?" not in out
    assert "What is the idea?" in err
    assert "school authority" not in err
    assert len(asked) == 8
    assert "could change the result: lead" in out
