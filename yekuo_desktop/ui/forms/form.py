"""The form: built from the field catalogue, in as many columns as fit, errors beside the fields."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Problem, Sheet
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.ui.forms.block import Block
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.factory import Around, editor_for
from yekuo_desktop.ui.forms.line import LineEditor
from yekuo_desktop.ui.forms.measures import columns_in, label_width, one_more
from yekuo_desktop.ui.forms.row_dialog import open_row
from yekuo_desktop.ui.forms.rows import RowsEditor
from yekuo_desktop.ui.forms.slot import Slot
from yekuo_desktop.ui.forms.telling import by_field, entered
from yekuo_desktop.ui.forms.tone import ERROR, HINT, WARNING
from yekuo_desktop.ui.forms.walking import Walking
from yekuo_desktop.ui.theme import px

Prominent = Callable[[Mapping[str, Any]], Collection[str]]
Blocks = Mapping[str, tuple[Field, ...]]


class Form(Walking):
    """Fields in blocks. What is typed stays with the form, also while its field is not shown."""

    changed = Signal(str)
    file_wanted = Signal(str)  # a table that is to be filled out of a workbook

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
        self._blocks: dict[str, Block] = {}
        self._kept: dict[str, Any] = {}
        self._loaded: frozenset[str] = frozenset()
        self._sheet = Sheet.RESIDENT
        self._columns = 0
        self._placed: tuple[Any, ...] = ()
        self._read_only = False
        self._takes_files = False
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
        self.arrange(always=True)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show a whole application; everything else becomes empty."""
        self._kept = dict(values)
        self._loaded = frozenset(values)
        for key, slot in self._slots.items():
            slot.editor.set_value(values.get(key, ""))
            slot.touched = False
            slot.tell("", HINT)
        self.arrange(always=True)

    def set_value(self, key: str, value: Any) -> None:
        """Fill a field."""
        self._kept[key] = value
        if key in self._slots:
            self._slots[key].editor.set_value(value)
        self.arrange()

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

    def offer_files(self) -> None:
        """Somebody takes ``file_wanted``: tables offer it."""
        self._takes_files = True
        for slot in self._slots.values():
            if isinstance(slot.editor, RowsEditor):
                slot.editor.offer_files()

    def set_unit(self, key: str, unit: str) -> None:
        """Another unit inside a field."""
        editor = self._slots[key].editor
        if isinstance(editor, LineEditor):
            editor.set_unit(unit)

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
            self.arrange()
        for key in self.field_keys():
            self._tell(self._slots[key], told.get(key), hints.get(key, ""))

    def _tell(self, slot: Slot, problem: Problem | None, hint: str) -> None:
        if problem is not None and (problem.warning or slot.touched):
            slot.tell(problem.text, WARNING if problem.warning else ERROR)
        else:
            slot.tell(hint, HINT)  # also where the field is still to be filled in

    def show_offers(self, offers: Mapping[str, str]) -> None:
        """Proposals that differ from what stands in their fields."""
        for key in self.field_keys():
            self._slots[key].tell_offer(offers.get(key, ""))

    def set_read_only(self, read_only: bool) -> None:
        """Show only, or let it be changed."""
        self._read_only = read_only
        for slot in self._slots.values():
            slot.editor.set_read_only(read_only)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be: the columns follow the width, not the other way round."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More width, more columns."""
        super().resizeEvent(event)
        self.arrange()

    def _add_block(self, title: str) -> None:
        block = self._blocks[title] = Block(title)
        block.opened.connect(lambda: self.arrange(always=True))
        self._box.addWidget(block)

    def _add_slot(self, field: Field) -> None:
        slot = self._slots[field.key] = Slot(field, self._editor_for(field), self)
        slot.editor.set_value(self._kept.get(field.key, ""))
        slot.editor.set_read_only(self._read_only)
        slot.editor.input.setProperty("field", field.key)
        slot.editor.input.installEventFilter(self)
        slot.editor.changed.connect(lambda key=field.key: self._changed(key))
        slot.editor.left.connect(lambda key=field.key: self.leave(key))
        slot.editor.entered.connect(lambda key=field.key: self._go_on(key))
        slot.offer.linkActivated.connect(lambda _link, key=field.key: self.taken.emit(key))
        if isinstance(slot.editor, RowsEditor):
            slot.editor.unfolded.connect(lambda line, f=field, e=slot.editor: self._unfold(f, e, line))
            slot.editor.file_wanted.connect(lambda key=field.key: self.file_wanted.emit(key))
            if self._takes_files:
                slot.editor.offer_files()

    def _editor_for(self, field: Field) -> Editor:
        return self._own.get(field.key) or editor_for(field, self._reference, self._today, self._around)

    def _unfold(self, field: Field, editor: RowsEditor, line: int) -> None:
        """One line of a table as a form of its own."""
        keys = tuple(column.key for column in field.columns)
        inside = Form(self._reference, self._today, lambda _values: keys, None, self._around)
        inside.show_fields({field.label: field.columns}, self._sheet)
        open_row(self, field.label, inside, inside, editor, line)

    def _changed(self, key: str) -> None:
        self._kept[key] = self._slots[key].editor.value()
        self._loaded |= {key}
        self.changed.emit(key)

    def leave(self, key: str) -> None:
        """The cursor has left a field: what is wrong there is told from now on."""
        slot = self._slots[key]
        slot.touched = slot.touched or slot.editor.answered()
        self.arrange()
        self.left.emit(key)

    def arrange(self, *, always: bool = False) -> None:
        """Place the fields anew when the width, the form or what is prominent has changed."""
        wanted, one = self._shown(), self.fontMetrics().horizontalAdvance("国")
        columns = columns_in(self.width(), one)
        placed = (columns, wanted)
        if placed == self._placed and not always:
            return
        self._placed = placed
        for title, keys in self._keys.items():
            shown = [self._slots[k] for k in keys if k in wanted]
            hidden = [self._slots[k] for k in keys if k not in wanted]
            if keys:
                more = one_more(title, columns, self.width(), one)
                self._blocks[title].place(shown, hidden, columns + more, label_width(title, more, one))
        self.order_tabs(wanted)

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
