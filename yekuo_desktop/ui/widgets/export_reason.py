"""Why a list of customers leaves the program: asked before it is written, kept in the journal (R24)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Problem
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import spaced, text
from yekuo_desktop.ui.widgets.inputs import Fields, entry

LEAD = "清单含客户个人信息,号码打星;{done}的人、时间、行数和原因写入流水,稽查可见。"


class ExportReason(QDialog):
    """``given`` carries the reason; closed without one, nothing is written."""

    given = Signal(str)

    def __init__(self, title: str, done: str, usual: Sequence[str], parent: QWidget) -> None:
        """``done``: what is to be done with the list, 导出 or 打印."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{done}原因")
        self.setMinimumWidth(px(440))
        self.reason, self._fields = entry(f"{done}原因", "例如:上报统计"), Fields()
        box, few, buttons = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        spaced(box, 20, 12)
        box.addWidget(text(f"{done}《{title}》", "title"))
        box.addWidget(text(LEAD.format(done=done), "quiet", wrap=True))
        for words in usual:
            few.addWidget(secondary(words, _chooser(self.reason.setText, words), role="small"))
        few.addStretch(1)
        box.addLayout(few)
        self._fields.add("reason", f"{done}原因", self.reason)
        box.addWidget(self._fields)
        self._go = primary(done, self.confirm, name="check")
        self._go.setDefault(True)
        buttons.addStretch(1)
        buttons.addWidget(secondary("取消", self.reject))
        buttons.addWidget(self._go)
        box.addLayout(buttons)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Take the reason; without one say so beside it."""
        words = self.reason.text().strip()
        if not words:
            self._fields.show_problems((Problem("reason", f"请写明{self.windowTitle()}"),))
            return
        self.accept()
        self.given.emit(words)


def _chooser(use: Callable[[str], None], words: str) -> Callable[[], None]:
    return lambda: use(words)
