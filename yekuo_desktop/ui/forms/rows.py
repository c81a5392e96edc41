"""The editor of a ROWS field: a table to type in, to paste into from Excel, with its sums below."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.forms.choices import Choice
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.pasting import pasted
from yekuo_desktop.ui.forms.rows_delegate import RowsDelegate
from yekuo_desktop.ui.forms.rows_model import FaultOf, RowsModel
from yekuo_desktop.ui.forms.rows_sums import sum_words
from yekuo_desktop.ui.forms.tone import ERROR, PLAIN, set_tone

Hint = QAbstractItemDelegate.EndEditHint
FEWEST, MOST = 3, 10  # lines shown before the table scrolls
FEW, LONG, MOST_CHARACTERS = 4, 12, 20  # widths of columns in characters
NARROW = dict.fromkeys((Kind.CAPACITY, Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.FLAG), 3)
WEIGHTS = {**NARROW, Kind.IDENTITY: 11, Kind.MOBILE: 7, Kind.NAME: 5, Kind.DATE: 6, Kind.PERSON: 4}
FROM_FILE = "从文件导入"
UNFOLD, NARROWEST = "展开本行", 4  # offered where there are more columns
HELP = "可从 Excel 复制后按 Ctrl+V 粘贴"


class RowsTable(QTableView):
    """Keys as in a sheet: Enter and Tab go to the next cell, Ctrl+V pastes, Ctrl+Z undoes."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        delegate = RowsDelegate(model, self)
        delegate.sheet_pasted.connect(self.paste)
        self.setItemDelegate(delegate)
        self.setProperty("role", "rows")
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setMinimumSectionSize(56)
        self.horizontalHeader().setHighlightSections(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for each column by what it holds."""
        super().resizeEvent(event)
        self.share_room()

    def share_room(self) -> None:
        """Each column as wide as its heading at least; what is left goes to those with long texts."""
        header, one = self.horizontalHeader(), self.fontMetrics().horizontalAdvance("国")
        least = [header.sectionSizeHint(at) for at in range(len(self._rows.columns))]
        more = [max(0, one * n - width) for n, width in zip(self._lengths(), least, strict=True)]
        left = max(0, self.viewport().width() - sum(least))
        for at, width in enumerate(least):
            share = min(more[at], left * more[at] // max(1, sum(more))) if at < len(least) - 1 else 0
            header.resizeSection(at, width + share)  # the last column takes what is left over

    def _lengths(self) -> list[int]:
        """How many characters each column asks for: what it holds, or what its kind usually holds."""
        rows, columns = self._rows.rows(), self._rows.columns
        usual = [WEIGHTS.get(column.kind, FEW if column.codes else LONG) for column in columns]
        held = [max((len(str(row.get(c.key, ""))) for row in rows), default=0) for c in columns]
        return [min(MOST_CHARACTERS, max(pair)) + 1 for pair in zip(usual, held, strict=True)]

    def selected_lines(self) -> list[int]:
        """The lines with a marked cell."""
        lines = {index.row() for index in self.selectionModel().selectedIndexes()}
        return sorted(line for line in lines if line < self._rows.rowCount() - 1)

    def paste(self) -> None:
        """Cells from the clipboard, over the lines from the current one on."""
        current = self.currentIndex()
        line, column = max(current.row(), 0), max(current.column(), 0)
        rows = pasted(self._rows.columns, QGuiApplication.clipboard().text(), column)
        if rows:
            self._rows.merge(min(line, self._rows.rowCount() - 1), rows)

    def copy(self) -> None:
        """The marked cells, as Excel takes them."""
        marked = self.selectionModel().selectedIndexes()
        lines: dict[int, list[str]] = {}
        for index in sorted(marked, key=lambda i: (i.row(), i.column())):
            lines.setdefault(index.row(), []).append(str(index.data() or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in lines.values()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming from another field, the cursor goes to the first cell that wants filling in."""
        arriving = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        if event.reason() in arriving and not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows.first_empty())
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for key, action in (
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Undo, self._rows.undo),
            (QKeySequence.StandardKey.Redo, self._rows.redo),
        ):
            if event.matches(key):
                action()
                return
        if event.key() == Qt.Key.Key_Delete:
            self._delete(event.modifiers() == Qt.KeyboardModifier.ControlModifier)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Enter and Tab in a cell go to the next cell, also from the end of a line."""
        super().closeEditor(editor, Hint.NoHint if hint is Hint.EditNextItem else hint)
        if hint in (Hint.SubmitModelCache, Hint.EditNextItem):
            QTimer.singleShot(0, self, self.go_on)

    def go_on(self) -> None:
        """To the next cell; from an empty last line to the next field."""
        index = self.currentIndex()
        at_end = index.row() == self._rows.rowCount() - 1
        if not index.isValid() or (at_end and index.column() == 0):
            self.focusNextChild()
            return
        last = index.column() == self._rows.columnCount() - 1
        line, column = (index.row() + 1, 0) if last or at_end else (index.row(), index.column() + 1)
        self.setCurrentIndex(self._rows.index(min(line, self._rows.rowCount() - 1), column))

    def _delete(self, whole: bool) -> None:
        if whole:
            self._rows.remove(self.selected_lines())
            return
        for index in self.selectionModel().selectedIndexes():
            if index.row() < self._rows.rowCount() - 1:
                self._rows.setData(index, "")


class RowsEditor(Editor):
    """The table, its buttons and its sums."""

    unfolded = Signal(int)  # a line that is wanted as a form
    file_wanted = Signal()  # rows out of a workbook

    def __init__(
        self,
        field: Field,
        choices: dict[str, Sequence[Choice]],
        fault: FaultOf,
        today: Callable[[], date],
    ) -> None:
        self._model = RowsModel(field.columns, choices, fault, today)
        self.table = RowsTable(self._model)
        super().__init__(self.table, field.label)
        self._sums = Elided("sums", right=True)
        self._from_file: QPushButton | None = None
        self._field = field
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._row.removeWidget(self.table)
        box.addWidget(self.table)
        box.addLayout(self._bar())
        self._row.addWidget(column, 1)
        self._model.edited.connect(self._edited)
        self.table.installEventFilter(self)
        self._fit()

    def value(self) -> list[dict[str, str]]:
        return self._model.rows()

    def set_value(self, value: Any) -> None:
        rows = list(value or [])
        if rows != self.value():
            self._model.load(rows)
            self._fit()
            self.table.share_room()

    def takes_enter(self) -> bool:
        return True

    def settle(self) -> None:
        """What is being typed in a cell counts before the table is used."""
        open_: Any = self.table.viewport().findChildren(QLineEdit)
        for edit in open_:
            self.table.commitData(edit)

    def set_read_only(self, read_only: bool) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.NoEditTriggers if read_only else triggers.AllEditTriggers)

    def row(self, line: int) -> dict[str, str]:
        """The cells of a line, of the empty last one too."""
        return {column.key: self._model.raw(line, column.key) for column in self._field.columns}

    def set_row(self, line: int, cells: dict[str, str]) -> None:
        """Other cells for a line; can be undone."""
        self._model.merge(line, [{column.key: cells.get(column.key, "") for column in self._field.columns}])
        self.table.setFocus()

    def offer_files(self) -> None:
        """Somebody takes ``file_wanted``: the button is there."""
        if self._from_file is not None:
            self._from_file.show()

    def take_rows(self, rows: Sequence[dict[str, str]]) -> None:
        """Other rows for the whole table, already looked at; can be undone."""
        self._model.put(rows)

    def unfold(self) -> None:
        """The line with the cursor as a form."""
        self.settle()
        self.unfolded.emit(max(self.table.currentIndex().row(), 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the table checks it; F3 shows its line as a form."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and event.key() == Qt.Key.Key_F3:
            self.unfold()
            return True
        return super().eventFilter(watched, event)

    def paste(self) -> None:
        """What the button does: paste and say so."""
        self.table.paste()
        self.table.setFocus()

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(6)
        for text, tip, action in (
            ("加一行", "在光标处加一行", self._add),
            ("删除行", "删除选中的行 Ctrl+Delete", self._remove),
            (UNFOLD, "一行的各栏逐项填写 F3", self.unfold),
            ("从 Excel 粘贴", HELP, self.paste),
            (FROM_FILE, "选一个 Excel 文件，逐行检查后写入本表", self.file_wanted.emit),
            ("撤销", "撤销上一步 Ctrl+Z", self._model.undo),
        ):
            if text != UNFOLD or len(self._field.columns) > NARROWEST:
                button = _small(text, tip, action)
                button.setVisible(text != FROM_FILE)  # until somebody takes it
                bar.addWidget(button)
                self._from_file = button if text == FROM_FILE else self._from_file
        bar.addWidget(self._sums, 1)
        return bar

    def _add(self) -> None:
        at = max(self.table.currentIndex().row(), 0)
        self._model.insert(at, [{}])
        self.table.setFocus()
        self.table.setCurrentIndex(self._model.index(at, 0))

    def _remove(self) -> None:
        self._model.remove(self.table.selected_lines())
        self.table.setFocus()

    def _edited(self) -> None:
        self._fit()
        self.changed.emit()
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.index(0, 0, QModelIndex()))

    def _fit(self) -> None:
        """As many lines as there are, within bounds, and the sums of its numbers."""
        lines = min(max(self._model.rowCount(), FEWEST), MOST)
        height = self.table.verticalHeader().defaultSectionSize() * lines
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + 4)
        self._sums.setText(sum_words(self._model) or HELP)
        set_tone(self._sums, ERROR if self._model.faults() else PLAIN)


def _small(text: str, tip: str, action: Any) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "small")
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    button.clicked.connect(lambda _checked=False: action())
    return button
