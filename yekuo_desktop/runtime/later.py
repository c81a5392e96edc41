"""Imports that cost nothing until something in the module is asked for.

    with later():
        from yekuo_desktop.ui.dialogs import day_book

The import is written where every import stands, so that types, linters and readers see it; the code of the
module runs at ``day_book.DayBook``. Only our own modules are put off, packages never. What a start does
not need does not slow it down.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

OURS = "yekuo_desktop."
PLAIN = ("__spec__", "__class__")  # what the import system itself looks at
_unread: dict[str, "_Unread"] = {}


class _Unread:
    """The way to read one module, once, whichever thread asks first."""

    def __init__(self, loader: Any) -> None:
        self.loader, self.lock, self.reading = loader, RLock(), False

    def read(self, module: ModuleType) -> None:
        with self.lock:
            if self.reading or type(module) is ModuleType:
                return  # its own code asks, or somebody else has read it meanwhile
            self.reading = True
            try:
                self.loader.exec_module(module)
                module.__class__ = ModuleType
                _unread.pop(module.__name__, None)
            finally:
                self.reading = False


class _Later(ModuleType):
    """A module whose code has not run."""

    def __getattribute__(self, name: str) -> Any:
        if name not in PLAIN:
            unread = _unread.get(ModuleType.__getattribute__(self, "__name__"))
            if unread is not None:
                unread.read(self)
        return ModuleType.__getattribute__(self, name)


class _PutOff:
    """In place of a module's own loader: leaves the code for later."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        _unread[module.__name__] = _Unread(self._loader)
        module.__class__ = _Later


class _Finder:
    """Finds our own modules as ever, with the loader that puts off."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not name.startswith(OURS):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None and spec.submodule_search_locations is None:
            spec.loader = _PutOff(spec.loader)  # type: ignore[assignment]
        return spec


@contextmanager
def later() -> Iterator[None]:
    """Put off the modules that are imported inside."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def unread(prefix: str) -> tuple[str, ...]:
    """The modules of this name that were put off and that nobody has asked for yet."""
    return tuple(name for name in _unread if name.startswith(prefix) and name in sys.modules)


def read(name: str) -> None:
    """Read a module that was put off, if nobody has done so meanwhile."""
    if name in _unread:
        _unread[name].read(sys.modules[name])
