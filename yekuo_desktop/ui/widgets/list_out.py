"""A list leaves the window: all rows of its filter to Excel or on paper, behind the window; and its columns
are remembered."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from yekuo_desktop.domain.privacy_entries import Exported
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, TableWriter
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background, Cancelled
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.list_views import ListViews
from yekuo_desktop.ui.widgets.table import Table

with later():
    from yekuo_desktop.office import listing as whole
    from yekuo_desktop.office import privacy
    from yekuo_desktop.ui import file_names
    from yekuo_desktop.ui.widgets import export_reason

COLUMNS = "columns."  # setting: the columns of each list
PAPER = "纸面"  # in the journal, in the place of a file's name


class Asked(NamedTuple):
    """What is to be written: its name, its filter in words, one look at all its rows."""

    title: str
    conditions: str
    read: Callable[[], Sequence[Any]]


class ColumnKeeper(QObject):
    """Keeps the columns of a list as the person arranged them."""

    def __init__(self, table: Table, key: str, desk: Desk, background: Background) -> None:
        """``key`` names the list in the settings."""
        super().__init__(table)
        self._key, self._store, self._background = f"{COLUMNS}{key}", desk.store, background
        table.arranged.connect(self._keep)
        background.run(lambda: self._store.setting(self._key), table.restore_layout, None, self)

    def _keep(self, text: str) -> None:
        self._background.run(lambda: self._store.save_setting(self._key, text), None, None, self)


class ListOut(QObject):
    """Takes what a table asks for. ``failed`` carries an exception, for its owner to put in words. A list
    with customers' addresses or numbers leaves only with a reason, which is kept in the journal."""

    said = Signal(str)
    drawn = Signal(str, object)  # title, Drawn
    failed = Signal(object)

    def __init__(
        self,
        table: Table,
        key: str,
        asked: Callable[[], Asked],
        at: tuple[Desk, Session, Background],
        write: TableWriter,
    ) -> None:
        """``asked`` says what the list shows just now; ``key`` names it in the settings."""
        super().__init__(table)
        self._table, self._asked, self._write = table, asked, write
        self._desk, self._session, self._background = at
        table.may_leave = True
        table.export_wanted.connect(self.ask_file)
        table.print_wanted.connect(self.print)
        ColumnKeeper(table, key, self._desk, self._background)
        table.views = ListViews(table, key, at, table)

    def ask_file(self) -> None:
        """Where to, then write."""
        name = file_names.fit(f"{self._asked().title}-{self._desk.clock():%Y%m%d-%H%M}.xlsx")
        path = file_names.workbook(self._table, "导出 Excel", name)
        if path:
            self._with_reason("导出", lambda reason: self.export_to(path, reason))

    def export_to(self, path: str, reason: str = "") -> None:
        """Write the whole list to a workbook."""
        desk, write, listing = self._desk, self._write, self._listing()
        taken = self._taking(listing.title, Path(path).name, reason)
        self._background.job(
            f"导出 {listing.title}",
            lambda progress: whole.to_excel(desk, write, listing, path, progress, taken),
            lambda count: self.said.emit(f"已导出 {count} 条到 {Path(path).name}"),
            self._failed,
            self,
        )

    def print(self) -> None:
        """Have it drawn, once it is said why where that is asked."""
        self._with_reason("打印", self.print_for)

    def print_for(self, reason: str = "") -> None:
        """Draw the whole list and show it for printing."""
        desk, session, listing = self._desk, self._session, self._listing()
        taken = self._taking(listing.title, PAPER, reason)
        self._background.job(
            f"打印 {listing.title}",
            lambda progress: whole.drawn(desk, session, listing, progress, taken),
            lambda made: self._drawn(listing.title, made),
            self._failed,
            self,
        )

    def _with_reason(self, done: str, go: Callable[[str], None]) -> None:
        """A list of customers' addresses or numbers: why, first."""
        if not privacy.is_personal(self._desk, self._columns()):
            go("")
            return
        usual = self._desk.reference.privacy.exports.reasons
        asked = export_reason.ExportReason(self._asked().title, done, usual, self._table)
        asked.given.connect(go)
        asked.open()

    def _columns(self) -> tuple[str, ...]:
        return tuple(column.id for column in self._table.shown())

    def _taking(self, title: str, file: str, reason: str) -> Callable[[int], object]:
        """What is to be done when so many rows are about to leave."""
        desk, session, columns = self._desk, self._session, self._columns()
        if not privacy.is_personal(desk, columns):
            return lambda _rows: None
        taken = Exported(title=title, rows=0, file=file, columns=columns, reason=reason)
        return lambda rows: privacy.exported(desk, session, replace(taken, rows=rows))

    def _listing(self) -> "whole.Listing":
        asked = self._asked()
        columns = tuple(_shown(column) for column in self._table.shown())
        words = f"含“{typed}”" if (typed := self._table.search.text().strip()) else ""
        conditions = "，".join(filter(None, (asked.conditions, words)))
        return whole.Listing(title=asked.title, columns=columns, read=asked.read, conditions=conditions)

    def _drawn(self, title: str, made: Drawn) -> None:
        self.drawn.emit(title, made)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.said.emit("已停止")
        else:
            self.failed.emit(error)


def _shown(column: Column) -> "whole.Shown":
    return whole.Shown(column.title, column.out or column.text, max(column.width, column.room), column.kind)
