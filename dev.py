#!/usr/bin/env python3
"""Set up ka2tui in a folder of its own (.venv) and run it, its tests or its checks there.

python3 dev.py demo ARGS...     open the example project in the app
python3 dev.py run ARGS...      any ka2tui command, for example: run task list
python3 dev.py test ARGS...     the tests; ARGS go to pytest
python3 dev.py check            everything that must be green before a commit
python3 dev.py bench ARGS...    measure speed against references
python3 dev.py screenshots      take the pictures of every page anew

It needs Python 3.11 or newer and nothing else; the first call takes about half a minute.
"""

from __future__ import annotations  # an old Python shows this line: 3.11 or newer is needed

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(SCRIPTS / ("python.exe" if os.name == "nt" else "python"))
STAMP = VENV / "ka2tui.stamp"

WORKERS = (os.cpu_count() or 1) * 3 // 2 or 1
"""More than processors: a test that drives the app waits for it half of the time."""
PYTEST = (PYTHON, "-m", "pytest", "-n", str(WORKERS), "--dist", "worksteal")
CHECKS = (
    (PYTHON, "-m", "ruff", "format", "--check", "."),
    (PYTHON, "-m", "ruff", "check", "."),
    (PYTHON, "-m", "mypy"),
    (str(SCRIPTS / "lint-imports"),),
    PYTEST,
)
# settings of somebody's own that would install beside .venv, run other modules than those in it, or
# keep the tests from asserting anything
ASTRAY = (
    *("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_CONSTRAINT"),
    *("PIP_REQUIRE_HASHES", "PYTHONPATH", "PYTHONHOME", "PYTHONOPTIMIZE", "PYTHONWARNINGS"),
)


def set_up() -> None:
    """Make .venv hold what requirements.lock names, and ka2tui itself as it stands here."""
    place = f"{sys.version_info[:3]} {sys.base_prefix} {ROOT}"
    digest = hashlib.sha256()
    for name in ("requirements.lock", "pyproject.toml", "ka2tui/__init__.py"):
        digest.update((ROOT / name).read_bytes())
    stamp = f"{place}\n{digest.hexdigest()}\n"
    known = STAMP.read_text("utf-8") if STAMP.exists() and Path(PYTHON).exists() else ""
    if known == stamp:
        return
    print("Setting up ka2tui in .venv; this happens once ...", file=sys.stderr, flush=True)
    STAMP.unlink(missing_ok=True)
    own_pip = importlib.util.find_spec("ensurepip") is not None  # Debian keeps it in python3-venv
    if not own_pip and importlib.util.find_spec("pip") is None:
        sys.exit("This Python has no pip. On Debian and Ubuntu: apt install python3-venv")
    if not known.startswith(place + "\n"):
        venv.create(VENV, clear=True, with_pip=own_pip)
    pip = [PYTHON, "-m", "pip"] if own_pip else [sys.executable, "-m", "pip", "--python", PYTHON]
    install = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-user"]
    lock = ("--require-hashes", "-r", str(ROOT / "requirements.lock"))
    itself = ("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    for what in (lock, itself):
        if subprocess.run([*install, *what], check=False).returncode:
            sys.exit("The packages could not be installed; what pip said stands above.")
    STAMP.write_text(stamp, "utf-8")


def check(args: list[str]) -> NoReturn:
    """Run every check, also after one has failed, and say which did."""
    failed = []
    for command in CHECKS:
        line = [*command, *args] if command is PYTEST else command
        name = " ".join([Path(line[0]).stem, *line[1:]])
        print(f"\n$ {name}", flush=True)
        if subprocess.run(line, cwd=ROOT, check=False).returncode:
            failed.append(name)
    print("\n" + ("Failed: " + "; ".join(failed) if failed else "All checks passed."))
    sys.exit(1 if failed else 0)


def become(*command: str) -> NoReturn:
    """Run a command in place of this one, so that signals and the terminal are its own."""
    if os.name == "nt":  # exec would give the console back to the shell at once
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def main() -> None:
    """Read the command line, set up, run."""
    word, *args = sys.argv[1:] or ["help"]
    if word not in ("demo", "run", "test", "check", "bench", "screenshots"):
        print(__doc__.strip())
        sys.exit(0 if word in ("help", "-h", "--help") else 2)
    if sys.version_info < (3, 11):  # noqa: UP036 - older ones are told, not shown a traceback
        sys.exit("ka2tui needs Python 3.11 or newer; this is " + sys.version.split()[0])
    for name in ASTRAY:
        os.environ.pop(name, None)
    if os.environ.get("LC_ALL") in ("C", "POSIX"):  # Python 3.12 finds no .venv below a ü then
        os.environ["LC_ALL"] = "C.UTF-8"
    set_up()
    if word == "demo":
        become(PYTHON, "-P", "-m", "ka2tui", "demo", *args)
    if word == "run":
        become(PYTHON, "-P", "-m", "ka2tui", *args)
    os.chdir(ROOT)
    if word == "test":
        become(*PYTEST, *args)
    if word == "bench":
        become(PYTHON, "-m", "benchmarks.run", *args)
    if word == "screenshots":
        become(PYTHON, "-m", "screenshots.make", *args)
    check(args)


if __name__ == "__main__":
    main()
