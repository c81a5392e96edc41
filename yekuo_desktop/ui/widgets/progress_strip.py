"""Long work under way: what, how far, and a button to stop it. It never covers the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from yekuo_desktop.ui.widgets.buttons import secondary
from yekuo_desktop.ui.widgets.card import spaced, text


class ProgressStrip(QFrame):
    """Shows the newest job; comes and goes by itself."""

    cancelled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status")
        self._titles: dict[int, str] = {}
        self._words, self._bar = text(""), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._stop = secondary("停止", self._cancel, role="small")
        box = QHBoxLayout(self)
        spaced(box, 4, 12)
        box.addWidget(self._words)
        box.addWidget(self._bar, 1)
        box.addWidget(self._stop)
        self.hide()

    def begin(self, job: int, title: str) -> None:
        """A job has started."""
        self._titles[job] = title
        self.advance(job, 0, 0, "")
        self.show()

    def advance(self, job: int, done: int, total: int, words: str) -> None:
        """A job is further; total 0 means nobody knows how long."""
        if job != self._newest():
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        count = f" {done}/{total}" if total else ""
        self._words.setText(f"{self._titles[job]}{count} {words}".strip())

    def end(self, job: int) -> None:
        """A job is over."""
        self._titles.pop(job, None)
        self.setVisible(bool(self._titles))

    def _newest(self) -> int:
        return max(self._titles, default=0)

    def _cancel(self) -> None:
        self.cancelled.emit(self._newest())
