"""What must be trusted: whether all is saved, and who else works on the same database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Trust:
    """The state of the database as the headline tells it; the gravest thing is told."""

    open: bool | None = None
    """Whether it is open; None while it is being opened."""

    reachable: bool = True
    """Whether it answered when it was last asked."""

    saved: bool = True
    """Whether the last change was saved."""

    saving: bool = False
    """Whether a change has been on its way for so long that it should be told."""

    waiting: bool = False
    """Whether the database has been asked for so long that it should be told."""

    read_only: str | None = None
    """Why nothing can be changed."""

    typed: str = ""
    """What was typed on a page and is not saved: "2 amounts not saved"."""

    elsewhere: str = ""
    """When another window changed something: "22:10"."""

    @property
    def warned(self) -> bool:
        """Whether it should catch the eye."""
        return not (self.open is not False and self.reachable and self.saved) or bool(
            self.read_only or self.typed
        )

    @property
    def words(self) -> str:
        """Say it in a few words."""
        if self.open is None:
            return "opening …"
        if not self.open:
            return "not open"
        if not self.reachable:
            return "the database does not answer"
        if not self.saved:
            return "not saved"
        if self.saving:
            return "saving …"
        if self.waiting:
            return "waiting for the database …"
        if self.read_only:
            return f"read-only: {self.read_only}"
        if self.typed:
            return self.typed
        if self.elsewhere:
            return f"changed in another window at {self.elsewhere}"
        return "saved"
