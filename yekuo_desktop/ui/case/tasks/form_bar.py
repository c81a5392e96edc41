"""The buttons below the form of a task: record it F9, back to the list Esc; and that the draft is safe."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import ERROR, PLAIN, set_tone
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary


class FormBar(QWidget):
    """Says what is wanted."""

    record = Signal()
    back = Signal()
    drop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.primary = primary("登记", self.record.emit, shortcut="F9")
        self.primary.setAutoDefault(True)  # Enter in the last field leads here, Enter again records
        self.back_button = secondary("返回  Esc", self.back.emit)
        self.drop_button = secondary("放弃草稿", self.drop.emit)
        self._words = Elided()
        self._obstacle = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._words, 1)
        for button in (self.drop_button, self.back_button, self.primary):
            row.addWidget(button)

    def show_task(self, words: str, obstacle: str) -> None:
        """Name the button after what happens; grey it and say why where it cannot be done now."""
        self.primary.setText(f"{words}  F9")
        self.primary.setShortcut("F9")
        self._obstacle = obstacle
        allow(self.primary, obstacle)

    def busy(self, working: bool) -> None:
        """While the act is being done it cannot be asked for again."""
        self.primary.setEnabled(not working and not self._obstacle)

    def tell_saved(self, at: datetime | None) -> None:
        """The draft is on disk."""
        self.drop_button.setVisible(at is not None)
        if self._words.property("tone") != ERROR:
            self._words.setText(f"草稿已保存 {at:%H:%M:%S}" if at else "")

    def tell_wrong(self, places: int) -> None:
        """How many fields have to be seen to; F9 jumps to the first of them."""
        if places:
            self._words.setText(f"还有 {places} 处需要处理,按 F9 转到第一处")
        elif self._words.property("tone") == ERROR:
            self._words.setText("")
        set_tone(self._words, ERROR if places else PLAIN)

    def tell_unsaved(self, reason: str) -> None:
        """The draft could not be saved."""
        self._words.setText(f"草稿没有保存:{reason}")
        set_tone(self._words, ERROR)
