"""Colours as data: our own themes, and those in a person's folder."""

from __future__ import annotations

from pathlib import Path

from textual.theme import Theme

from ka2tui import datafiles

NAMED = {
    "pane-border": "#4a4f55",
    "pane-title": "#98a1ab",
    "pane-focus": "#7fb4e0",
    "pane-line": "round",
    "pane-focus-line": "round",
    "quiet": "#959ea8",
    "quiet-style": "none",
    "late": "#f0938b",
    "soon": "#e2c07f",
    "good": "#9ccc96",
    "marked": "#26323d",
    "header-background": "#16191d",
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
}
"""What our style sheets name; a theme that leaves something out gets it from here."""

PLAIN = "ka2-plain"
"""The theme without colours."""


def read(name: str, own: Path | None = None) -> Theme:
    """Read a theme from data/themes, or from the person's own folder.

    Raises:
        DataFault: It is missing, or not a theme.
    """
    file = f"themes/{name}.toml"
    given = datafiles.read_toml(file, own)
    given.pop("word", None)
    variables = {str(key): str(value) for key, value in given.pop("variables", {}).items()}
    try:
        theme = Theme(**{**given, "name": name}, variables=variables)
        theme.to_color_system().generate()
    except Exception as error:
        # a colour that is none fails in ways of its own; what matters is which file to look at
        raise datafiles.DataFault(f"{file} is not a theme: {error}") from error
    return theme


def listed(own: Path | None = None) -> list[tuple[str, str]]:
    """List the themes there are: name and word."""
    files = datafiles.names("themes", ".toml", own)
    return [
        (name, str(datafiles.read_toml(file, own).get("word", name)))
        for file in files
        for name in [Path(file).stem]
    ]
