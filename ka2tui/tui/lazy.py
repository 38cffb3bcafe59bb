"""Operations and queries by name, imported only in the portfolio's thread.

At the place of use the real module is what the type checker sees:

    if TYPE_CHECKING:
        from ka2tui.operations import tasks
    else:
        tasks = lazily("ka2tui.operations.tasks")

so that `tasks.finish` is a typed function to mypy, and to the running app a `Deferred` that the
desk resolves where waiting does no harm: the first frame never imports the database.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from ka2tui.frozen import frozen


@frozen
class Deferred:
    """An operation or query that is named but not imported yet."""

    module: str
    """The module it stands in: "ka2tui.operations.tasks"."""

    name: str
    """Its name there: "finish"."""

    def resolve(self) -> Callable[..., Any]:
        """Import the module and give the function; slow the first time."""
        found: Callable[..., Any] = getattr(import_module(self.module), self.name)
        return found

    def __call__(self, *_args: object, **_kwargs: object) -> Any:
        """Refuse to run here: only the desk may resolve it."""
        said = f"{self.module}.{self.name} runs through desk.do or desk.ask, not by itself"
        raise TypeError(said)


class Lazy:
    """A module whose functions are named now and imported when first run."""

    def __init__(self, module: str) -> None:
        """Remember the module's name."""
        self._module = module

    def __getattr__(self, name: str) -> Deferred:
        """Name a function of the module."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Deferred(self._module, name)


def lazily(module: str) -> Any:
    """Stand in for a module of operations or queries without importing it."""
    return Lazy(module)


def resolve(call: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function behind `call`, importing it where it is only named."""
    return call.resolve() if isinstance(call, Deferred) else call
