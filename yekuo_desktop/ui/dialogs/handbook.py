"""The handbook: one short page a screen, F1 opens the page of the screen one is at."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QWidget

from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.theme import px, row_height
from yekuo_desktop.ui.widgets.buttons import secondary

PAGE = int(Qt.ItemDataRole.UserRole)


class Handbook(Dialog):
    """Contents on the left, the page on the right."""

    def __init__(self, page: str, parent: QWidget | None = None, folder: Path = RESOURCES / "help") -> None:
        super().__init__("使用手册", parent)
        self._folder = folder
        self.pages, self.reader = QListWidget(), QTextBrowser()
        self.pages.setAccessibleName("目录")
        self.reader.setAccessibleName("手册正文")
        self.reader.setProperty("role", "reader")
        self.reader.setOpenLinks(False)
        self.reader.anchorClicked.connect(lambda url: self.turn_to(url.fileName().removesuffix(".md")))
        for path in sorted(folder.glob("*.md")):
            item = QListWidgetItem(_title(path), self.pages)
            item.setData(PAGE, path.stem)
            item.setSizeHint(QSize(px(120), row_height()))
        self.pages.currentItemChanged.connect(lambda item, _old: self._read(item))
        splitter = QSplitter()
        splitter.addWidget(self.pages)
        splitter.addWidget(self.reader)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([180, 620])
        self.body.addWidget(splitter, 1)
        self.add_buttons(secondary("关闭", self.accept))
        self.wide(860, 640)
        self.turn_to(page)

    def turn_to(self, page: str) -> None:
        """Open a page by its file name without number and ending."""
        items = [self.pages.item(at) for at in range(self.pages.count())]
        found = next((item for item in items if str(item.data(PAGE)).split("-", 1)[-1] == page), None)
        self.pages.setCurrentItem(found or items[0])

    def _read(self, item: QListWidgetItem) -> None:
        path = self._folder / f"{item.data(PAGE)}.md"
        self.reader.setMarkdown(path.read_text(encoding="utf-8"))


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        return lines.readline().lstrip("# ").strip()
