"""Whatever is wrong in an option: a sentence that names it, exit code 1 or 2, and no traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui.cli.main import execute

if TYPE_CHECKING:
    from pathlib import Path

HUGE = "9" * 20


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("task add X --due 31.2.2027", "February 2027 has 28 days"),
        ("task add X --effort 9h9", "9h9"),
        ("task add X --wp WP99", "WP99"),
        ("task add X --assignee NIX", "NIX"),
        ("task add X --priority hihg", "hihg"),
        ("task list duee:fri", "^^^^"),
        ("task list --filter nix", "nix"),
        (f"task show {HUGE}", HUGE),
        (f"history --limit {HUGE}", "--limit"),
        (f"history --entry {HUGE}", "--entry"),
        (f"undo --to {HUGE}", HUGE),
        (f"agenda --days {HUGE}", "--days"),
        (f"wp add WP1 X --amount {HUGE}", "too large"),
        (f"wp add WP1 X --participants {HUGE}", "--participants"),
        (f"meeting add X --participants {HUGE}", "--participants"),
        ("partner add X --country Narnia", "Narnia"),
        ("partner add X --zone Nowhere/At", "Nowhere/At"),
        ("project new X --start x", "“x” is not a date"),
        ("today --today 2026-02-30", "2026-02-30"),
        ("tsk list", "Did you mean task"),
        ("settings set days 0", "from 1 to 60"),
        ("settings set zone Nowhere/At", "time zone"),
        ("settings set keymap.task.finsh x", "Did you mean task.finish?"),
        ("settings set keymap.task.finish ctrl+q", "always quits"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    place = str(tmp_path / "p.db")
    assert execute(["--db", place, "project", "new", "SOL", "--start", "2026-09-01"]) == 0
    capsys.readouterr()
    code = execute(["--db", place, *line.split()])
    out, err = capsys.readouterr()
    assert code in (1, 2)
    assert said in err
    assert "Traceback" not in out + err
