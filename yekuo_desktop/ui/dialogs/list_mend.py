"""One row of a list, to be mended before it is taken: its fields, with what is wrong beside them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Kind, Problem, Sheet, filled
from yekuo_desktop.domain.lists.reading import ListRow, ListTable
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.list_check import RowCheck
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.forms.factory import Around
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.scrolling import scrolling

MOMENT = Kind.MOMENT
LEAD = "只改导入的内容，原清单文件不改动；答复清单会写明改过哪几栏。"


class RowMend(Dialog):
    """``taken`` carries the values of the row. Shown are the columns of the list, what is wrong, and what
    follows from the rest only where it is."""

    taken = Signal(object)  # dict

    def __init__(
        self,
        desk: Desk,
        table: ListTable,
        row: ListRow,
        check: RowCheck,
        fields: Sequence[Field],
        sheet: Sheet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"改正第 {row.source_row} 行", parent, lead=LEAD)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fields = {field.key for field in fields}
        values = _typed(table, row)
        shown = _shown(fields, table, values, check)
        keys = tuple(field.key for field in shown)
        around = Around((), (), desk.clock)
        self.form = Form(desk.reference, lambda: desk.clock().date(), lambda _values: keys, None, around)
        self.form.show_fields({table.grid.sheet or "清单": shown}, sheet)
        self.form.set_values(values)
        self.form.show_problems(check.problems, {}, reveal=True)
        self.form.finished.connect(self._take)
        self._say(check.problems, keys)
        self._build()

    def _take(self) -> None:
        self.form.settle()
        typed = {key: value for key, value in self.form.everything().items() if filled(value)}
        self.taken.emit({key: value for key, value in typed.items() if key in self._fields})
        self.accept()

    def _say(self, problems: Sequence[Problem], shown: Sequence[str]) -> None:
        """What belongs to no field."""
        rest = [p.text for p in problems if p.field not in shown and not p.warning]
        self.notice.say("；".join(rest), "notice")

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.body.addWidget(scrolling(inside), 1)
        self.add_buttons(
            secondary("取消", self.reject), primary("改好这一行", self._take, name="check", shortcut="F9")
        )
        self.wide(760, 560)
        wrong = self.form.wrong()
        if wrong:
            self.form.focus(wrong[0])
        else:
            self.form.focus_first()


def _typed(table: ListTable, row: ListRow) -> dict[str, Any]:
    """The row as it was read; what could not be read as it was typed, but no moment: an hour that nobody said
    is not to be made up."""
    moments = {column.field.key for column in table.columns if column.field and column.field.kind is MOMENT}
    unread = {p.field: table.typed(row, p.field) for p in row.problems if p.field not in moments}
    return {**unread, **row.values}


def _shown(
    fields: Sequence[Field], table: ListTable, values: dict[str, Any], check: RowCheck
) -> tuple[Field, ...]:
    keys = {column.field.key for column in table.columns if column.field}
    keys |= {key for key, value in values.items() if filled(value)}
    keys |= {problem.field for problem in check.problems}
    return tuple(field for field in fields if field.key in keys)
