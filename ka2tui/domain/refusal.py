"""What a user is told when something cannot be done.

Refused                 a rule says no; nothing changed
├── Removed             what is meant is not there any more
└── Misread             a text cannot be read as what is asked for
Unavailable             the database cannot be used as it is (its kinds: `store/engine.py`)
"""

from __future__ import annotations


class _Told(Exception):
    """Something to tell the user."""

    def __str__(self) -> str:
        """Give the sentence for the user: the message, else the docstring's first line."""
        given = super().__str__()
        return given or (type(self).__doc__ or "").strip().splitlines()[0]


class Refused(_Told):
    """This cannot be done."""


class Unavailable(_Told):
    """The database cannot be used."""


class Removed(Refused):
    """This is not there any more: somebody has removed it."""


class Misread(Refused):
    """This cannot be read."""
