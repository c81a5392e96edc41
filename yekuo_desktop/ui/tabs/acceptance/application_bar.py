"""The buttons below an application: 正式受理并打印 F9, and beside it 暂存, 告知书, 更多."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import ERROR, PLAIN, set_tone
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Button, allow, primary, secondary

KEEP = "先登记在册,不编号、不计时,以后再正式受理  Ctrl+S"
TELL = "缺少的资料一次性书面告知客户"


class ApplicationBar(QWidget):
    """Says what is wanted; shows that the draft is safe."""

    accept = Signal()
    register = Signal()
    notice = Signal()
    give_up = Signal()
    withdraw = Signal()
    note = Signal()
    KINDS = ("case.noted", "case.withdrawn")

    def __init__(self) -> None:
        super().__init__()
        self.primary = primary("正式受理并打印", self.accept.emit, shortcut="F9")
        self.keep = secondary("暂存登记", self.register.emit)
        self.keep.setShortcut("Ctrl+S")
        self.tell = secondary("打印一次性告知书", self.notice.emit)
        self.more = Button("更多")
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        menu.addAction("放弃草稿…").triggered.connect(self.give_up)
        menu.addSeparator()
        self._acts = {"case.noted": menu.addAction("备注…"), "case.withdrawn": menu.addAction("撤回申请…")}
        self._acts["case.noted"].triggered.connect(self.note)
        self._acts["case.withdrawn"].triggered.connect(self.withdraw)
        self.more.setMenu(menu)
        self._saved = Elided()
        self._obstacle = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._saved, 1)
        for button in (self.tell, self.keep, self.more, self.primary):
            row.addWidget(button)

    def allow_accept(self, obstacle: str) -> None:
        """Grey 正式受理 and say why, or let it be."""
        self._obstacle = obstacle
        allow(self.primary, obstacle)

    def allow_register(self, obstacle: str, acts: Mapping[str, str]) -> None:
        """Grey what only the counter does, and what needs a registered case."""
        allow(self.keep, obstacle)
        allow(self.tell, obstacle)
        self.keep.setToolTip(obstacle or KEEP)
        self.tell.setToolTip(obstacle or TELL)
        for kind, why in acts.items():
            self._acts[kind].setEnabled(not why)
            self._acts[kind].setToolTip(why)

    def busy(self, working: bool) -> None:
        """While the act is being done it cannot be asked for again."""
        self.primary.setEnabled(not working and not self._obstacle)

    def tell_saved(self, at: datetime | None) -> None:
        """The draft is on disk."""
        self._saved.setText(f"草稿已保存 {at:%H:%M:%S}" if at else "")
        set_tone(self._saved, PLAIN)

    def tell_unsaved(self, reason: str) -> None:
        """The draft could not be saved."""
        self._saved.setText(f"草稿没有保存:{reason}")
        set_tone(self._saved, ERROR)
