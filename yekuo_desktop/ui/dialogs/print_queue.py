"""打印队列: what is out for certain, what may be, what is not; and what a person does about it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QMessageBox, QPushButton, QWidget

from yekuo_desktop.domain.print_rows import AT_PRINTER, OPEN, UNSENT, PrintRow, State, tally
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.office.print_queue import cancel, confirm, send_again, state_words, turn_to
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Pill, PillBar, allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, moment_column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

UNFINISHED, DOUBTFUL, FAILED, LATEST = "open", "maybe", "failed", "latest"
PILLS = (
    Pill(UNFINISHED, "未完成"),
    Pill(DOUBTFUL, "要人确认", "warning"),
    Pill(FAILED, "失败", "error"),
    Pill(LATEST, "最近打印"),
)
SHOWN = 500
LEAD = (
    "每张单据先存盘再送打印机。打印机确认的自动结清；不能确认的请看纸张："
    "印出来了点“已印出”，没有印出来点“重新打印”。"
)


class Room(Protocol):
    """The print room as the dialog sees it."""

    @property
    def batches(self) -> frozenset[str]: ...
    @property
    def stood(self) -> SignalInstance: ...
    def release(self, batches: Sequence[str]) -> None: ...
    def step(self) -> None: ...


class PrintQueue(Dialog):
    """Stays open; follows the print room."""

    said = Signal(str, str)
    paper = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        write: TableWriter,
        room: Room,
        printers: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("打印队列", parent, lead=LEAD)
        self._desk, self._session, self._background, self._room = desk, session, background, room
        self._open: Sequence[PrintRow] = ()
        self._latest: Sequence[PrintRow] = ()
        self.pills = PillBar(PILLS)
        self.table = Table(
            _columns(desk), "打印队列", Empty("printer", "没有单据", "要打印的单据会排在这里"), whole=True
        )
        self.out = ListOut(self.table, "print_queue", self._asked, (desk, session, background), write)
        self.table.filter_by("pill", self.pills.current, self.pills.choose)
        self._words = text("", "quiet", wrap=True)
        self.printer = QComboBox()
        self._turn = secondary("改用此打印机", self._turn_to, role="small")
        self._go = primary("接着打印", self._go_on, name="printer", shortcut="F9")
        self._done = secondary("已印出", self._confirm, name="check", shortcut="F8")
        self._again = secondary("重新打印", self._send_again, name="refresh-cw")
        self._drop = secondary("取消所选", self._cancel, name="x", role="danger")
        self._build(printers)
        room.stood.connect(lambda _standing: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Read the queue again."""
        prints = self._desk.store.prints
        self._background.run(
            lambda: (prints.rows(OPEN), prints.latest(SHOWN)),
            lambda found: self._show(*found),
            self._failed,
            self,
        )

    def _build(self, printers: Sequence[str]) -> None:
        view = self.table.view
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.pills.chosen.connect(lambda _id: self._list())
        self.printer.addItems(printers)
        self.printer.setAccessibleName("打印机")
        self.printer.setMinimumWidth(px(200))
        everything = secondary("全选", view.selectAll, role="small")
        self.body.addLayout(row(self.pills, None, everything, ListButton(self.table)))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(None, text("打印机", "field"), self.printer, self._turn))
        self.body.addWidget(self._words)
        self.out.said.connect(lambda words: self.said.emit(words, "good"))
        self.out.drawn.connect(self.paper)
        self.out.failed.connect(self._failed)
        self.add_buttons(secondary("关闭", self.reject), self._drop, self._again, self._done, self._go)
        self.wide(1160, 640)

    def _show(self, unfinished: Sequence[PrintRow], latest: Sequence[PrintRow]) -> None:
        self._open, self._latest = unfinished, latest
        for id_ in (UNFINISHED, DOUBTFUL, FAILED):
            self.pills.set_count(id_, len(self._of(id_)))
        self._words.setText(tally(unfinished).words() if unfinished else "队列是空的，没有遗留的单据")
        self._list()

    def _of(self, id_: str) -> list[PrintRow]:
        if id_ == LATEST:
            return list(self._latest)
        if id_ == DOUBTFUL:
            return [row for row in self._open if row.surety == "maybe"]
        return [row for row in self._open if id_ == UNFINISHED or row.state == "failed"]

    def _list(self) -> None:
        self.table.set_rows(self._of(self.pills.current()))
        self._allow()

    def _asked(self) -> Asked:
        words = next(pill.label for pill in PILLS if pill.id == self.pills.current())
        rows = self.table.model.rows()
        return Asked("打印队列", f"筛选：{words}", lambda: rows)

    def _allow(self) -> None:
        chosen = self.table.selected()
        waiting = any(r.state in UNSENT and r.batch not in self._room.batches for r in self._open)
        allow(self._go, "" if waiting else "没有停着的单据")
        for button, states, why in (
            (self._done, (*AT_PRINTER, "failed"), "请选择已送打印机的单据"),
            (self._again, (*AT_PRINTER, "failed"), "请选择已送打印机或失败的单据"),
            (self._drop, (*UNSENT, "sent", "failed"), "请选择还没有结清的单据"),
            (self._turn, (*UNSENT, "failed"), "请选择还没有送打印机的单据"),
        ):
            _allow_for(button, chosen, states, why)

    def _ids(self) -> list[str]:
        return [row.id for row in self.table.selected()]

    def _go_on(self) -> None:
        self._room.release([row.batch for row in self._open if row.state in UNSENT])
        self._allow()

    def _confirm(self) -> None:
        ids = self._ids()
        self._do(lambda: confirm(self._desk, self._session, ids), lambda n: f"已确认 {n} 张")

    def _send_again(self) -> None:
        """A sheet that may be out already must not lie around beside its second printing."""
        maybe = [row for row in self.table.selected() if row.surety == "maybe"]
        if not maybe:
            self._send()
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("重新打印")
        box.setText(f"所选单据里有 {len(maybe)} 张可能已经印出来。")
        box.setInformativeText(
            "请先到打印机看一眼；印坏、印了一半的纸请收回作废。确定没有印出来，再重新打印。"
        )
        agree = box.addButton("没有印出来，重新打印", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("先不打", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(agree)
        box.accepted.connect(self._send)
        box.finished.connect(box.deleteLater)
        box.open()

    def _send(self) -> None:
        ids = self._ids()

        def released(batches: Sequence[str]) -> None:
            self._room.release(list(batches))
            self.refresh()

        self._background.files(
            lambda: send_again(self._desk, self._session, ids), released, self._failed, self
        )

    def _cancel(self) -> None:
        ids = self._ids()
        self._do(lambda: cancel(self._desk, self._session, ids), lambda n: f"已取消 {n} 张")

    def _turn_to(self) -> None:
        ids, printer = self._ids(), self.printer.currentText()
        self._do(lambda: turn_to(self._desk, ids, printer), lambda n: f"{n} 张改用 {printer}")

    def _do(self, work: Callable[[], int], words: Callable[[int], str]) -> None:
        def done(count: int) -> None:
            self.said.emit(words(count), "good")
            self.refresh()
            self._room.step()

        self._background.files(work, done, self._failed, self)

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _allow_for(button: QPushButton, chosen: Sequence[PrintRow], states: Sequence[State], why: str) -> None:
    allow(button, "" if chosen and all(row.state in states for row in chosen) else why)


def _columns(desk: Desk) -> tuple[Column, ...]:
    organisation = desk.store.organisation()
    return (
        Column("state", "状态", state_words, 17),
        Column("title", "单据", lambda r: r.title, 18),
        Column("sheet", "单据号", lambda r: r.sheet_no, 29, tip=lambda r: r.sheet_no),
        Column("copy", "份", _copy_words, 9),
        Column("customer", "客户", lambda r: r.customer, 12),
        Column("reason", "说明", lambda r: r.reason, 24, grows=True, tip=lambda r: r.reason),
        Column("printer", "打印机", lambda r: r.printer, 12),
        moment_column("asked", "申请时间", lambda r: r.asked),
        moment_column("changed", "最近变化", lambda r: r.changed),
        Column("pages", "页数", lambda r: str(r.pages or ""), 6, right=True, hidden=True, kind="count"),
        Column("by", "打印人", lambda r: organisation.person_name(r.asked_by), 8, hidden=True),
        number_column(lambda r: r.number, 9)._replace(hidden=True),
    )


def _copy_words(row: PrintRow) -> str:
    again = f"补打 {row.reprint} · " if row.reprint else ""
    return f"{again}第 {row.copy} 份"
