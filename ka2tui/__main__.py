"""`ka2tui` and `python -m ka2tui`: the command line, from its first moment to its last."""

from __future__ import annotations


def run() -> None:
    """Run the command line; who interrupts it while it is being loaded is told so as well."""
    try:
        from ka2tui.cli.main import run as run_command

        run_command()
    except KeyboardInterrupt:
        import os
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        with open(2, "w", encoding="utf-8", closefd=False) as stderr:
            stderr.write("Interrupted.\n")
        os._exit(130)


if __name__ == "__main__":
    run()
