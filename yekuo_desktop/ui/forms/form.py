"""The form: built from the field catalogue, in as many columns as fit, errors beside the fields."""

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Problem, Sheet
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.ui.forms.block import Block
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.factory import Around, editor_for
from yekuo_desktop.ui.forms.line import LineEditor
from yekuo_desktop.ui.forms.slot import Slot
from yekuo_desktop.ui.forms.telling import by_field, entered
from yekuo_desktop.ui.forms.tone import ERROR, HINT, WARNING
from yekuo_desktop.ui.theme import px

COLUMN_CHARACTERS, LABEL_CHARACTERS = 19, 8  # widths in Chinese characters of the form's font
MOST_COLUMNS = 3
Prominent = Callable[[Mapping[str, Any]], Collection[str]]
Blocks = Mapping[str, tuple[Field, ...]]

COMPACT = {"申请": 5}  # blocks of short choices: one column more, with labels of so many characters

COMPACT_CHARACTERS = 15


class Form(QWidget):
    """Fields in blocks. What is typed stays with the form, also while its field is not shown."""

    changed = Signal(str)
    left = Signal(str)
    focused = Signal(str)
    finished = Signal()  # Enter in the last field
    taken = Signal(str)  # the proposal beside a field is wanted

    def __init__(
        self,
        reference: Reference,
        today: Callable[[], date],
        prominent: Prominent,
        own: Mapping[str, Editor] | None = None,
        around: Around | None = None,
    ) -> None:
        """``own``: editors made elsewhere for fields that are in no catalogue; ``around``: the case."""
        super().__init__()
        self._reference, self._today, self._prominent = reference, today, prominent
        self._around = around
        self._own = dict(own or {})
        self._slots: dict[str, Slot] = {}
        self._blocks: dict[str, Block] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._kept: dict[str, Any] = {}
        self._loaded: frozenset[str] = frozenset()
        self._sheet = Sheet.RESIDENT
        self._columns = 0
        self._placed: tuple[Any, ...] = ()
        self._read_only = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(10))

    def show_fields(self, blocks: Blocks, sheet: Sheet) -> None:
        """Show the fields of a registration form; what was typed before stays."""
        self._sheet = sheet
        for title, fields in blocks.items():
            if title not in self._blocks:
                self._add_block(title)
            for field in fields:
                if field.key not in self._slots:
                    self._add_slot(field)
        for at, title in enumerate(blocks):
            self._box.removeWidget(self._blocks[title])
            self._box.insertWidget(at, self._blocks[title])
        self._keys = {title: self._keys.get(title, ()) for title in (*blocks, *self._blocks)}
        for title, block in self._blocks.items():
            self._keys[title] = tuple(field.key for field in blocks.get(title, ()))
            if not self._keys[title]:
                block.place((), (), 1, 0)
        for key, slot in self._slots.items():
            slot.show(key in self.field_keys())
            slot.mark_required(sheet in slot.field.required)
        self._arrange(always=True)

    def field_keys(self) -> tuple[str, ...]:
        """The fields of the current form, in order."""
        return tuple(key for keys in self._keys.values() for key in keys)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show a whole application; everything else becomes empty."""
        self._kept = dict(values)
        self._loaded = frozenset(values)
        for key, slot in self._slots.items():
            slot.editor.set_value(values.get(key, ""))
            slot.touched = False
            slot.tell("", HINT)
        self._arrange(always=True)

    def set_value(self, key: str, value: Any) -> None:
        """Fill a field."""
        self._kept[key] = value
        if key in self._slots:
            self._slots[key].editor.set_value(value)
        self._arrange()

    def values(self) -> dict[str, Any]:
        """What belongs to the current form: filled fields, and emptied ones that were loaded filled."""
        editors = {key: self._slots[key].editor for key in self.field_keys()}
        return {
            key: editor.value() for key, editor in editors.items() if editor.answered() or key in self._loaded
        }

    def everything(self) -> dict[str, Any]:
        """All that was typed, fields of other forms included: what a draft keeps."""
        kept = {key: v for key, v in self._kept.items() if entered(v) and key not in self._slots}
        editors = {key: slot.editor for key, slot in self._slots.items()}
        return {**kept, **{key: e.value() for key, e in editors.items() if e.answered()}}

    def editor(self, key: str) -> Editor:
        """The editor of a field."""
        return self._slots[key].editor

    def made(self) -> frozenset[str]:
        """The fields that have an editor: those that are or were shown."""
        return frozenset(self._slots)

    def wrong(self) -> list[str]:
        """The fields with an error, in the order of the form."""
        return [key for key in self.field_keys() if self._slots[key].wrong]

    def set_unit(self, key: str, unit: str) -> None:
        """Another unit inside a field."""
        editor = self._slots[key].editor
        if isinstance(editor, LineEditor):
            editor.set_unit(unit)

    def focused_key(self) -> str:
        """The field with the cursor, "" for none."""
        return next((key for key in self.field_keys() if self._slots[key].editor.input.hasFocus()), "")

    def cell(self, key: str) -> QWidget:
        """The editor of a field with what stands below it."""
        return self._slots[key].cell

    def message(self, key: str) -> str:
        """What stands below a field."""
        return self._slots[key].message.text() if self._slots[key].message.isVisibleTo(self) else ""

    def show_problems(
        self, problems: Iterable[Problem], hints: Mapping[str, str], *, reveal: bool = False
    ) -> None:
        """Errors beside fields that were left (all with ``reveal``), warnings, hints."""
        told = by_field(problems)
        if reveal:
            for key in told:
                if key in self._slots:
                    self._slots[key].touched = True
            self._arrange()
        for key in self.field_keys():
            self._tell(self._slots[key], told.get(key), hints.get(key, ""))

    def _tell(self, slot: Slot, problem: Problem | None, hint: str) -> None:
        if problem is not None and (problem.warning or slot.touched):
            slot.tell(problem.text, WARNING if problem.warning else ERROR)
        else:
            slot.tell(hint if problem is None else "", HINT)

    def show_offers(self, offers: Mapping[str, str]) -> None:
        """Proposals that differ from what stands in their fields."""
        for key in self.field_keys():
            self._slots[key].tell_offer(offers.get(key, ""))

    def focus(self, key: str) -> bool:
        """Put the cursor into a field; False when the form has none of that name."""
        if key not in self.field_keys():
            return False
        if not self._slots[key].cell.isVisibleTo(self):
            self._slots[key].touched = True
            self._arrange()
        self._slots[key].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_first(self, keys: Iterable[str] = ()) -> bool:
        """Put the cursor into the first field, or the first of those, in the order of the form."""
        wanted = set(keys) or set(self.field_keys())
        return next((True for key in self.field_keys() if key in wanted and self.focus(key)), False)

    def set_read_only(self, read_only: bool) -> None:
        """Show only, or let it be changed."""
        self._read_only = read_only
        for slot in self._slots.values():
            slot.editor.set_read_only(read_only)

    def settle(self) -> None:
        """Finish what is being typed just now, before it is used."""
        key = self.focused_key()
        if key:
            self._slots[key].editor.settle()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be: the columns follow the width, not the other way round."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More width, more columns."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field."""
        if event.type() is QEvent.Type.FocusIn:
            self.focused.emit(str(watched.property("field")))
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            key = str(watched.property("field"))
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and plain and not self._slots[key].editor.takes_enter():
                self._go_on(key)
                return True
            if event.key() == Qt.Key.Key_F8:
                self.taken.emit(key)
                return True
        return super().eventFilter(watched, event)

    def _add_block(self, title: str) -> None:
        block = self._blocks[title] = Block(title)
        block.opened.connect(lambda: self._arrange(always=True))
        self._box.addWidget(block)

    def _add_slot(self, field: Field) -> None:
        slot = self._slots[field.key] = Slot(field, self._editor_for(field), self)
        slot.editor.set_value(self._kept.get(field.key, ""))
        slot.editor.set_read_only(self._read_only)
        slot.editor.input.setProperty("field", field.key)
        slot.editor.input.installEventFilter(self)
        slot.editor.changed.connect(lambda key=field.key: self._changed(key))
        slot.editor.left.connect(lambda key=field.key: self._left(key))
        slot.editor.entered.connect(lambda key=field.key: self._go_on(key))
        slot.offer.linkActivated.connect(lambda _link, key=field.key: self.taken.emit(key))

    def _editor_for(self, field: Field) -> Editor:
        return self._own.get(field.key) or editor_for(field, self._reference, self._today, self._around)

    def _changed(self, key: str) -> None:
        self._kept[key] = self._slots[key].editor.value()
        self._loaded |= {key}
        self.changed.emit(key)

    def _left(self, key: str) -> None:
        slot = self._slots[key]
        slot.touched = slot.touched or slot.editor.answered()
        self._arrange()
        self.left.emit(key)

    def _go_on(self, key: str) -> None:
        """Finish this field and put the cursor into the next one that is shown."""
        self._slots[key].editor.settle()
        self._left(key)
        shown = [k for k in self.field_keys() if self._slots[k].cell.isVisibleTo(self)]
        at = shown.index(key) + 1 if key in shown else len(shown)
        if at < len(shown):
            self._slots[shown[at]].editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _arrange(self, *, always: bool = False) -> None:
        """Place the fields anew when the width, the form or what is prominent has changed."""
        wanted = self._shown()
        columns = max(1, min(MOST_COLUMNS, self.width() // self._characters(COLUMN_CHARACTERS)))
        placed = (columns, wanted)
        if placed == self._placed and not always:
            return
        self._placed = placed
        for title, keys in self._keys.items():
            shown = [self._slots[k] for k in keys if k in wanted]
            hidden = [self._slots[k] for k in keys if k not in wanted]
            if keys:
                more = self._one_more(title, columns)
                label_width = self._characters(COMPACT[title] if more else LABEL_CHARACTERS)
                self._blocks[title].place(shown, hidden, columns + more, label_width)
        self._order_tabs()

    def _shown(self) -> frozenset[str]:
        """Prominent, demanded, filled or wrong fields, and all of an opened block."""
        prominent = self._prominent(self.everything())
        open_ = {key for title, keys in self._keys.items() if self._blocks[title].open for key in keys}
        return frozenset(
            key
            for key in self.field_keys()
            if key in prominent or key in open_ or self._sheet in self._slots[key].field.required
            or self._slots[key].touched or self._slots[key].editor.answered()
        )  # fmt: skip

    def _one_more(self, title: str, columns: int) -> int:
        """Blocks of short choices take one column more where it fits."""
        fits = self.width() >= self._characters(COMPACT_CHARACTERS) * (columns + 1)
        return int(title in COMPACT and columns < MOST_COLUMNS and fits)

    def _characters(self, count: int) -> int:
        return self.fontMetrics().horizontalAdvance("国") * count

    def _order_tabs(self) -> None:
        shown = self._placed[1]
        inputs = [self._slots[key].editor.input for key in self.field_keys() if key in shown]
        for before, after in itertools.pairwise(inputs):
            QWidget.setTabOrder(before, after)
