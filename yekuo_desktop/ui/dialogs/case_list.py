"""The cases behind a figure, and the ledger: a list of cases on its own, read page by page."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.office.statistics import ledger
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, queue_columns
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

with later():
    from yekuo_desktop.office import listing

PAGE = 200
NOTHING = ("没有这样的业务", "换一个月份，或放宽筛选")
ORDERS = {
    "编号": "number",
    "户名": "customer",
    "用电地址": "address",
    "容量": "capacity",
    "供电所": "station",
    "项目经理": "manager",
    "受理": "accepted",
}
"""By what the ledger can be sorted."""


class Kind(NamedTuple):
    """What a list shows of each case and how a page of it is read: order, descending, limit, offset."""

    key: str
    columns: tuple[Column, ...]
    order: str
    read: Callable[[str, bool, int, int], Sequence[Any]]


def as_queue(desk: Desk, where: Filter) -> Kind:
    """The columns of every queue."""
    columns = queue_columns(desk.store.organisation(), desk.reference.calendar, desk.clock, stage=True)

    def read(order: str, descending: bool, limit: int, offset: int) -> Sequence[Any]:
        return desk.store.queue(
            where, desk.clock(), order=order, descending=descending, limit=limit, offset=offset
        )

    return Kind("figure_cases", tuple(columns), "accepted", read)


def as_ledger(desk: Desk, where: Filter) -> Kind:
    """业扩台账."""
    columns = tuple(
        Column(
            shown.title,
            shown.title,
            shown.words,
            shown.width,
            order=ORDERS.get(shown.title, ""),
            grows=shown.title == "各环节用时",
            tip=shown.words if shown.width > 20 else None,
        )
        for shown in ledger.columns(desk)
    )

    def read(order: str, descending: bool, limit: int, offset: int) -> Sequence[Any]:
        return ledger.ledger(desk, where, order=order, descending=descending, limit=limit, offset=offset)

    return Kind("ledger", columns, "accepted", read)


class CaseList(Dialog):
    """``opened`` a case somebody wants to see; ``paper`` the list to print."""

    paper = Signal(str, object)
    opened = Signal(str)
    said = Signal(str, str)

    def __init__(
        self,
        at: tuple[Desk, Session, Background],
        write: TableWriter,
        title: str,
        where: Filter,
        kind: Kind,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._desk, _, self._background = at
        self._title, self._where, self._kind = title, where, kind
        self._order = (kind.order, False)
        self.table = Table(kind.columns, title, Empty("inbox", *NOTHING))
        self.out = ListOut(self.table, kind.key, self._asked, at, write)
        self._count = text("", "quiet")
        self._excel = secondary("导出 Excel…", self.out.ask_file, name="file-spreadsheet")
        self._print = secondary("打印", self.out.print, name="printer")
        self._case = primary("打开业务", self._open_current, name="folder-open", shortcut="F9")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Count and read the first page again."""
        store, where, now = self._desk.store, self._where, self._desk.clock()
        read, (order, descending) = self._kind.read, self._order
        self._background.run(
            lambda: (store.count(where, now), read(order, descending, PAGE, 0)),
            lambda found: self._show(*found),
            self._failed,
            self,
        )

    def _build(self) -> None:
        self.table.opened.connect(self._open)
        self.table.model.wanted.connect(self._more)
        self.table.model.resorted.connect(self._resort)
        self.out.said.connect(lambda words: self.said.emit(words, "good"))
        self.out.drawn.connect(self.paper)
        self.out.failed.connect(self._failed)
        self.body.addLayout(row(self._count, None, ListButton(self.table)))
        self.body.addWidget(self.table, 1)
        self.add_buttons(secondary("关闭", self.reject), self._excel, self._print, self._case)
        self.wide(1240, 640)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, count: int, rows: Sequence[Any]) -> None:
        self.table.set_rows(rows, count)
        self._count.setText(f"共 {count} 件")
        for button in (self._excel, self._print, self._case):
            allow(button, "" if count else NOTHING[0])

    def _more(self, offset: int) -> None:
        read, (order, descending) = self._kind.read, self._order
        self._background.run(
            lambda: read(order, descending, PAGE, offset), self.table.model.add_rows, self._failed, self
        )

    def _resort(self, order: str, descending: bool) -> None:
        self._order = (order, descending)
        self.refresh()

    def _asked(self) -> Asked:
        read, (order, descending) = self._kind.read, self._order
        return Asked(self._title, "", lambda: read(order, descending, listing.WHOLE, 0))

    def _open_current(self) -> None:
        found = self.table.current()
        if found is not None:
            self._open(found)

    def _open(self, found: Any) -> None:
        self.opened.emit(found.case.id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))
