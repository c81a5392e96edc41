"""A file of the case: chosen among those that are there, or brought right here by dialog, drag or paste."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit

from yekuo_desktop.domain.field import Field
from yekuo_desktop.ui.forms.bringing import KINDS, Brought, from_clipboard, local_paths, read_files
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import Choice
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import colours

HINT = "选择、拖入或粘贴"


class FileEditor(ChoiceEditor):
    """``brought`` hands over files that are not in the case yet; its owner attaches them and then chooses
    the first of them here."""

    brought = Signal(object)  # list[Brought]
    refused = Signal(str)

    def __init__(self, field: Field, files: Sequence[Choice], now: Callable[[], datetime]) -> None:
        super().__init__(field, files)
        self._now = now
        self._read_only = False
        self._edit.setPlaceholderText(field.hint or HINT)
        self._edit.setAcceptDrops(False)
        self.setAcceptDrops(True)
        clip = icon("paperclip", colours().quiet)
        self._add = self._edit.addAction(clip, QLineEdit.ActionPosition.LeadingPosition)
        self._add.setText(f"{field.label}:添加文件")
        self._add.setToolTip("从磁盘添加文件 Ctrl+O")
        self._add.triggered.connect(self.choose)

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(self, "添加附件", "", KINDS)
        if path:
            self._take(read_files([path]))

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._read_only = read_only
        self._add.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+V with a picture or files in the clipboard brings them; text is pasted as ever."""
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and not self._read_only:
            data = QGuiApplication.clipboard().mimeData()
            if event.matches(QKeySequence.StandardKey.Paste) and (data.hasImage() or data.hasUrls()):
                self._take(from_clipboard(self._now()))
                return True
            if event.matches(QKeySequence.StandardKey.Open):
                self.choose()
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls() and not self._read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files are brought."""
        self._take(read_files(local_paths(event.mimeData())))

    def _take(self, found: tuple[list[Brought], list[str]]) -> None:
        files, problems = found
        if problems:
            self.refused.emit(";".join(problems))
        if files:
            self.brought.emit(files)
