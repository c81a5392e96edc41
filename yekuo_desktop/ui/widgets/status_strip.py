"""The bottom of the window: printer, store, today's log, and the work orders still on their way."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.card import restyle, spaced, text

NO_PRINTER = "未安装打印机，单据可存为 PDF"
ALL_SIGNED = "纸质工单都已签收"


class StatusStrip(QFrame):
    """Facts on the left, what needs somebody on the right. Each can be clicked."""

    orders_asked = Signal()
    queue_asked = Signal()
    log_asked = Signal()
    self_test_asked = Signal()

    def __init__(self, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status")
        self._printer: QLabel = text("")
        self._queue, self._orders, self._log = _link("打印队列"), _link("工单交接"), _link("营业日志")
        self._queue.clicked.connect(self.queue_asked)
        self._orders.clicked.connect(self.orders_asked)
        self._log.clicked.connect(self.log_asked)
        box = QHBoxLayout(self)
        spaced(box, 0, 20)
        box.setContentsMargins(px(14), px(3), px(10), px(3))
        self._store, self._warning = text(store), _link("自检")
        self._warning.clicked.connect(self.self_test_asked)
        self._warning.hide()
        for widget in (self._printer, self._queue, self._store, self._warning):
            box.addWidget(widget)
        box.addStretch(1)
        box.addWidget(self._orders)
        box.addWidget(self._log)
        self._printer.setText("打印机 检查中")
        self._orders.setText(ALL_SIGNED)
        self.show_log(0)
        self.show_queue(0)

    def show_warning(self, words: str) -> None:
        """Something about backup, disk or clock a person must see to, "" for nothing: it stays until it is
        put right. A few words, the whole sentence on hover and to a screen reader."""
        self._store.setVisible(not words)
        self._warning.setVisible(bool(words))
        self._warning.setText(f"△ {words.partition(':')[0]}要处理")
        self._warning.setToolTip(words)
        self._warning.setAccessibleName(f"{words},按回车打开自检")
        restyle(self._warning, tone="warning")

    def warning(self) -> str:
        """The whole sentence that is shown, "" for none."""
        return self._warning.toolTip()

    def show_printer(self, name: str, why: str) -> None:
        """The printer that would be used and why this one; "" where the system has none."""
        self._printer.setText(f"打印机 {name}（{why}）" if name else NO_PRINTER)
        self._printer.setToolTip("" if name else "请在系统设置里添加打印机；在此之前单据可以存为 PDF")

    def show_queue(self, left: int, trouble: str = "", doubtful: int = 0) -> None:
        """How many sheets are not out yet, how many a person must look for, and what holds them up."""
        words = f"打印队列 {left} 张" + (f"，{doubtful} 张要确认" if doubtful else "")
        self._queue.setText(f"{words}：{trouble}" if trouble else words)
        restyle(self._queue, tone="error" if trouble else "warning" if doubtful else "")
        self._queue.setAccessibleName(f"{self._queue.text()},按回车打开")

    def queue_words(self) -> str:
        """What it says of the print queue."""
        return self._queue.text()

    def show_orders(self, count: int, earliest: datetime | None, now: datetime) -> None:
        """Work orders nobody has signed for, and when the first is due."""
        if not count:
            self._orders.setText(ALL_SIGNED)
        else:
            due = _due_words(earliest, now)
            self._orders.setText(f"未签收工单 {count} 张{due}")
        late = earliest is not None and earliest < now
        soon = earliest is not None and earliest.astimezone(CHINA).date() == now.astimezone(CHINA).date()
        restyle(self._orders, tone="error" if late else "warning" if soon else "")
        self._orders.setAccessibleName(f"{self._orders.text()},按回车办理交接")

    def show_log(self, count: int) -> None:
        """Acts on today's log."""
        self._log.setText(f"今日营业日志 {count} 笔")

    def words(self) -> tuple[str, str, str]:
        """What it says: printer, orders, log."""
        return self._printer.text(), self._orders.text(), self._log.text()


def _due_words(earliest: datetime | None, now: datetime) -> str:
    if earliest is None:
        return ""
    late = earliest < now
    return f"，最早一张 {_when(earliest, now)} {'已到期' if late else '到期'}"


def _when(due: datetime, now: datetime) -> str:
    due, now = due.astimezone(CHINA), now.astimezone(CHINA)
    return f"今日 {due:%H:%M}" if due.date() == now.date() else f"{due:%m-%d %H:%M}"


def _link(name: str) -> QToolButton:
    made = QToolButton()
    made.setAccessibleName(name)
    made.setToolTip(f"打开{name}")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
