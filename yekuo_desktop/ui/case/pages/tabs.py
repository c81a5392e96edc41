"""The inner pages of a case: 登记, 资料, 附件 …, with Ctrl+PgUp and Ctrl+PgDn from anywhere in them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from yekuo_desktop.ui.theme import px

LOWEST = 110  # the pages scroll inside


class Pages(QTabWidget):
    """Tabs whose titles carry counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setMinimumHeight(px(LOWEST))
        self.tabBar().setProperty("role", "pages")
        self.tabBar().setDrawBase(False)
        self.tabBar().setExpanding(False)
        self.tabBar().setAccessibleName("业务内页")
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda by=step: self.go(by))

    def add(self, title: str, page: QWidget) -> None:
        """Add a page with room above it."""
        layout = page.layout()
        if layout is not None:
            layout.setContentsMargins(0, px(12), 0, 0)
        self.addTab(page, title)

    def title(self, page: QWidget, text: str) -> None:
        """Change the title of a page."""
        self.setTabText(self.indexOf(page), text)

    def go(self, by: int) -> None:
        """To the next or the previous page that is shown."""
        count, at = self.count(), self.currentIndex()
        for step in range(1, count + 1):
            index = (at + by * step) % count
            if self.isTabVisible(index):
                self.setCurrentIndex(index)
                return
