"""Garbage: when it is looked for.

What is loaded at start-up stays to the end. Looking through it again and again, while it is being
loaded and ever after, costs a command a quarter of its time, and the app a pause now and then.
"""

from __future__ import annotations

import gc

_LOADING = 1_000_000


def wait() -> None:
    """Look for none while the libraries are being loaded."""
    gc.set_threshold(_LOADING, 50, 100)


def begin() -> None:
    """Look among what is new from now on; what is loaded is left alone for good."""
    if gc.get_threshold()[0] == _LOADING:
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
