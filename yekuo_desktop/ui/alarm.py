"""What happens to an error nobody expected: it goes into the log, and a person is told in plain words."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

log = logging.getLogger(__name__)
WORDS = "程序遇到一个没有料到的问题"
ADVICE = "已经保存的业务不受影响，详情已写入日志。可以继续使用；若反复出现，请联系管理员。"


class Alarm(QObject):
    """Takes the interpreter's hooks while it lives. One box at a time."""

    shown = Signal(object)  # the box
    _raised = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self._raised.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._main
        threading.excepthook = self._thread

    def release(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def tell(self, error: BaseException) -> None:
        """Log an error and tell it."""
        log.critical("unexpected", exc_info=error)
        self._raised.emit(f"{type(error).__name__}: {error}")

    def _main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.tell(error.with_traceback(trace))

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.tell(args.exc_value)

    def _show(self, details: str) -> None:
        if self._open:
            return
        self._open = True
        box = QMessageBox(QMessageBox.Icon.Warning, "业扩报装", WORDS, QMessageBox.StandardButton.Ok)
        box.setInformativeText(ADVICE)
        box.setDetailedText(details)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._closed)
        self.shown.emit(box)
        box.open()

    def _closed(self, _result: int) -> None:
        self._open = False
