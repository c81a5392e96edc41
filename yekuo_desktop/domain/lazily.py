"""Tables that are read when somebody first looks something up in them: a start needs few of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Name = TypeVar("Name")
Read = TypeVar("Read")


class Lazily(Mapping[Name, Read]):
    """What there is by name, each read once. Two threads may read the same one; both find the same in it."""

    def __init__(self, names: Iterable[Name], read: Callable[[Name], Read]) -> None:
        self._names = dict.fromkeys(names)
        self._read = read
        self._found: dict[Name, Read] = {}

    def __getitem__(self, name: Name) -> Read:
        if name not in self._found:
            if name not in self._names:
                raise KeyError(name)
            self._found[name] = self._read(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[Name]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
