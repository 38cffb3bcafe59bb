"""ka2tui: the cockpit from which an Erasmus+ KA2 project is run."""

from __future__ import annotations

__version__ = "0.1.0"
