"""`python -m ka2tui`: the command line."""

from __future__ import annotations

from ka2tui.cli.main import run

if __name__ == "__main__":
    run()
