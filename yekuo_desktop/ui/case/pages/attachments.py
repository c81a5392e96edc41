"""附件: files by dialog, drag and drop, or paste; each with who, when, size and its material."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yekuo_desktop.domain.case import Attachment
from yekuo_desktop.domain.field import Field
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.lists import clear, empty, put
from yekuo_desktop.ui.forms.bringing import (
    KINDS,
    Brought,
    from_clipboard,
    local_paths,
    read_files,
    size_text,
)
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import make_choices
from yekuo_desktop.ui.forms.tone import ERROR, label, set_tone
from yekuo_desktop.ui.widgets.buttons import Button
from yekuo_desktop.ui.widgets.scrolling import scrolling

THUMBNAIL = 56
HINT = "把文件拖到这里,或按 Ctrl+V 粘贴截图"
New = tuple[str, bytes, str, str]  # name, content, media type, material


class AttachmentsPage(QWidget):
    """The files of a case."""

    added = Signal(object)  # New
    withdraw = Signal(str, str)  # id, name
    opened = Signal(str, str)  # sha256, name
    saved = Signal(str, str)  # sha256, path

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.setAcceptDrops(True)
        self._allowed = ""
        self._add = Button("添加文件…")
        self._add.clicked.connect(self.choose)
        self._material = ChoiceEditor(
            Field(key="material", label="对应资料", hint="对应哪项资料(可不填)"), ()
        )
        self._problem = label("", "message", wrap=True)
        self._problem.hide()
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(0)
        self._build(inside)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WindowShortcut)  # wherever the keyboard is while the page shows
        paste.activated.connect(self.paste)

    def show_facts(self, facts: CaseFacts) -> None:
        """Show the files of a case."""
        self._problem.hide()
        self._allowed = facts.obstacles.get("case.attached", "")
        self._add.setEnabled(not self._allowed)
        self._add.setToolTip(self._allowed)
        self._material.set_choices(make_choices((rule.id, rule.label) for rule in facts.wanted))
        clear(self._lines)
        labels = {rule.id: rule.label for rule in facts.wanted}
        for file in facts.case.attachments:
            put(self._lines, self._line(file, facts, labels.get(file.material, "")))
        if not facts.case.attachments:
            put(self._lines, empty(f"还没有附件。{HINT}。"))
        self._hint.setVisible(bool(facts.case.attachments))
        self._lines.addStretch(1)

    def choose(self) -> None:
        """Ask for files."""
        paths, _ = QFileDialog.getOpenFileNames(self, "添加附件", "", KINDS)
        self.add_files(paths)

    def add_files(self, paths: Iterable[str]) -> None:
        """Add files from disk; what is too large or unreadable is told."""
        self._bring(read_files(paths))

    def paste(self) -> None:
        """Files or a picture from the clipboard."""
        self._bring(from_clipboard(self._counter.desk.clock()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls() and not self._allowed:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files are added."""
        self.add_files(local_paths(event.mimeData()))

    def tell(self, text: str) -> None:
        """Say why a file was not added."""
        self._tell(text)

    def _bring(self, found: tuple[list[Brought], list[str]]) -> None:
        files, problems = found
        self._problem.hide()
        if files and self._allowed:
            self._tell(self._allowed)
            return
        for problem in problems:
            self._tell(problem)
        for file in files:
            self.added.emit((*file, self._material.value()))

    def _tell(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()
        set_tone(self._problem, ERROR)

    def _build(self, inside: QWidget) -> None:
        box, head = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        head.addWidget(self._add)
        head.addWidget(self._material, 1)
        self._hint = label(HINT, "quiet")
        head.addWidget(self._hint)
        box.addLayout(head)
        box.addWidget(self._problem)
        box.addWidget(scrolling(inside), 1)

    def _line(self, file: Attachment, facts: CaseFacts, material: str) -> QWidget:
        shown = QFrame()
        shown.setProperty("role", "entry")
        row, words = QHBoxLayout(shown), QVBoxLayout()
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(12)
        row.addWidget(self._picture(file, shown=facts.sight.papers))
        words.addWidget(label(file.name, "value", wrap=True))
        words.addWidget(label(_account(file, facts, material), "quiet", wrap=True))
        row.addLayout(words, 1)
        for button in self._buttons(file):
            row.addWidget(button)
        return shown

    def _picture(self, file: Attachment, *, shown: bool) -> QLabel:
        """A small picture, loaded behind the window; a word for other files, and for who may not see it."""
        made = label(Path(file.name).suffix.lstrip(".").upper()[:4] or "文件", "thumbnail")
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setFixedSize(THUMBNAIL, THUMBNAIL)
        if shown and file.media_type.startswith("image/"):
            desk = self._counter.desk
            self._counter.read(lambda: desk.store.blob(file.sha256), _shower(made), made)
        return made

    def _buttons(self, file: Attachment) -> list[QPushButton]:
        view, save, gone = Button("打开"), Button("另存…"), Button("撤下")
        view.clicked.connect(lambda: self.opened.emit(file.sha256, file.name))
        save.clicked.connect(lambda: self._save(file))
        gone.clicked.connect(lambda: self.withdraw.emit(file.id, file.name))
        for button in (view, save, gone):
            button.setProperty("role", "small")
            button.setAccessibleName(f"{button.text()} {file.name}")
        return [view, save] if file.withdrawn else [view, save, gone]

    def _save(self, file: Attachment) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "另存附件", file.name)
        if path:
            self.saved.emit(file.sha256, path)


def _shower(target: QLabel) -> Callable[[bytes | None], None]:
    def show(content: bytes | None) -> None:
        picture = QPixmap()
        if content and picture.loadFromData(content):
            side = THUMBNAIL - 4
            mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            target.setPixmap(picture.scaled(side, side, *mode))

    return show


def _account(file: Attachment, facts: CaseFacts, material: str) -> str:
    parts = [size_text(file.size), facts.name_of(file.added_by)]
    parts += [f"{file.added:%m-%d %H:%M}"] if file.added else []
    parts += [f"资料:{material}"] if material else []
    parts += [f"已撤下:{file.withdrawn}"] if file.withdrawn else []
    return " · ".join(parts)
