"""Garbage: when it is looked for.

What is loaded at start-up stays to the end. Looking through it again and again, while it is being
loaded and ever after, would cost a command a quarter of its time and the app a pause now and then.
"""

from __future__ import annotations

import gc
import typing

_LOADING = 1_000_000


def wait() -> None:
    """Look for none while the libraries are being loaded."""
    gc.set_threshold(_LOADING, 50, 100)


def begin(*, often: bool = False) -> None:
    """Look among what is new from now on; what is loaded is left alone for good.

    Args:
        often: It goes on for hours. Loading has left garbage as well, whose room is used again,
            and what little is new is looked through in no time.
    """
    if gc.get_threshold()[0] != _LOADING:
        return  # somebody else runs this process
    if often:
        typing.clear_overloads()  # what the libraries say to type checkers alone
        gc.collect()
        gc.set_threshold(2_000, 10, 10)
    else:
        gc.set_threshold(50_000, 20, 100)
    gc.freeze()
