"""The blocks of a long form in a menu: F6 opens it, an entry puts the cursor into its first field."""

from PySide6.QtWidgets import QMenu, QPushButton

from yekuo_desktop.ui.forms.walking import Walking

FEWEST = 4  # blocks from which on a form is long


class Sections(QPushButton):
    """Says of each block how many of its fields are wrong."""

    def __init__(self, form: Walking) -> None:
        super().__init__("栏目  F6")
        self._form = form
        self.setProperty("role", "small")
        self.setShortcut("F6")
        self.setToolTip("转到一组栏目;Ctrl+↓、Ctrl+↑ 到下一组、上一组")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.clicked.connect(self.open)

    def follow(self) -> None:
        """The form shows other fields."""
        self.setVisible(len(self._form.sections()) >= FEWEST)

    def open(self) -> None:
        """Show the menu below the button."""
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        self._menu.clear()
        wrong = set(self._form.wrong())
        for title, keys in self._form.sections().items():
            count = len(wrong.intersection(keys))
            action = self._menu.addAction(f"{title} · {count} 处需要处理" if count else title)
            action.triggered.connect(lambda _checked=False, first=keys: self._form.focus_first(first))
