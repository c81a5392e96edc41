"""What the dialog of lists is told of one kind of list: its words, its options, how its rows are looked at
and taken."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.field import Field, Sheet
from yekuo_desktop.domain.lists.kinds import ListKind
from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.office.list_check import RowCheck
from yekuo_desktop.office.lists import ListResult
from yekuo_desktop.ui.background import Progress
from yekuo_desktop.ui.widgets.columns import Column


class Checked(NamedTuple):
    """A look at all rows, and what is to be said of the list as a whole."""

    rows: Sequence[RowCheck]
    remarks: Sequence[str] = ()


class Options(Protocol):
    """What a list does not say. ``obstacle``: what must still be said, "" for nothing."""

    @property
    def changed(self) -> SignalInstance: ...
    def obstacle(self) -> str: ...


class ListWork(Protocol):
    """Everything is asked in the window's thread; what ``checking`` and ``taking`` return runs behind it.
    ``changes``: the acts the window hears of; ``whole``: nothing is taken while any row is wrong."""

    kind: ListKind
    title: str
    lead: str
    changes: tuple[str, ...]
    whole: bool

    @property
    def options(self) -> Options: ...
    def columns(self) -> Sequence[Column]: ...
    def widget(self) -> QWidget:
        """The options, to be shown; hidden where there are none."""
        ...

    def checking(self, table: ListTable) -> Callable[[Progress], Checked]: ...
    def taking(self, table: ListTable, answer: str) -> Callable[[Progress], ListResult]: ...
    def taken(self, result: ListResult) -> str:
        """What to do next, in words; whatever else is to be done now."""
        ...

    def fields(self, values: dict[str, Any]) -> tuple[Sequence[Field], Sheet]:
        """The fields a row may be mended in, and whose demands are marked."""
        ...
