"""Open the demo with an installed ka2tui in a real terminal, see it painted, and leave."""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.terminal import Terminal  # noqa: E402 - the checkout is not installed here


def acronym() -> str:
    """Read what the demo project is called from the data that it is made of."""
    for path in sorted((ROOT / "data" / "demo").rglob("*.toml")):
        project = tomllib.loads(path.read_text("utf-8")).get("project", {})
        if "acronym" in project:
            return str(project["acronym"])
    sys.exit("data/demo names no project")


with tempfile.TemporaryDirectory() as folder, Terminal([sys.argv[1], "demo"], cwd=folder) as term:
    term.wait(acronym(), timeout=30)
    term.settle(0.5)
    screen = term.screen
    term.press("ctrl+q")
    code = term.exit_code
print(screen)
sys.exit(code)
