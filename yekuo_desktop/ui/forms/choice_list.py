"""The list below a line of text: it filters while one types and takes what is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QRect, QStringListModel, Signal
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit

from yekuo_desktop.ui.forms.choices import Choice, matching
from yekuo_desktop.ui.forms.line import replace_text
from yekuo_desktop.ui.theme import px

SHOWN = 14
AROUND, WIDEST = 16, 480  # pixels at scale 1: the frame of the list, and the most it takes
MOST = 200  # of a very long list, until more is typed


class ChoiceList(QObject):
    """Belongs to one QLineEdit; ``taken`` says that an entry was put into it."""

    taken = Signal()

    def __init__(self, edit: QLineEdit, choices: Sequence[Choice]) -> None:
        super().__init__(edit)
        self._edit = edit
        self.choices: tuple[Choice, ...] = tuple(choices)
        self.found: list[Choice] = list(choices)
        self._lines = QStringListModel(self)
        self._list = QCompleter(self._lines, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(SHOWN)
        self._list.setWidget(edit)
        self._list.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        edit.textEdited.connect(lambda text: self._open(matching(self.choices, text)))

    def show_all(self) -> None:
        """Open the whole list."""
        self._open(list(self.choices))

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list.popup().isVisible()

    def hide(self) -> None:
        """Close the list."""
        self._list.popup().hide()

    def _open(self, found: list[Choice]) -> None:
        self.found = found[:MOST]
        self._lines.setStringList([choice.line for choice in self.found])
        if not self.found:
            self.hide()
            return
        self._list.popup().setFocusProxy(self._edit)
        self._list.complete(self._room())
        self._list.popup().setCurrentIndex(self._list.completionModel().index(0, 0))

    def _room(self) -> QRect:
        """Below the line, as wide as it, or as the entries where the line is a narrow cell."""
        popup = self._list.popup()
        if not popup.property("role"):
            popup.setProperty("role", "popup")
            popup.style().polish(popup)
        bar = popup.verticalScrollBar().sizeHint().width() if len(self.found) > SHOWN else 0
        wanted = popup.sizeHintForColumn(0) + bar + px(AROUND)
        return QRect(0, 0, max(self._edit.width(), min(wanted, px(WIDEST))), self._edit.height())

    def _take(self, index: QModelIndex) -> None:
        """X11 activates the list once more when it has gone: the keyboard is to stay where it went then."""
        replace_text(self._edit, self.found[index.row()].label)
        self.taken.emit()
        now, popup = QApplication.focusWidget(), self._list.popup()
        if now is not None and now is not popup:
            popup.setFocusProxy(now)
