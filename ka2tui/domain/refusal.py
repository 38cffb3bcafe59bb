"""What a user is told when something cannot be done.

Refused                 a rule says no; nothing changed
└── Misread             a text cannot be read as what is asked for
"""

from __future__ import annotations


class Refused(Exception):
    """This cannot be done."""

    def __str__(self) -> str:
        """Give the sentence for the user: the message, else the docstring's first line."""
        given = super().__str__()
        return given or (type(self).__doc__ or "").strip().splitlines()[0]


class Misread(Refused):
    """This cannot be read."""
