"""What an act of the audit needs to be told: a few fields, the consequence in words, one named button."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Field, Kind, filled
from yekuo_desktop.domain.oversight import orders
from yekuo_desktop.domain.validate import day_of
from yekuo_desktop.office.auditing import NAMES
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.oversight import HitLine
from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import make_choices
from yekuo_desktop.ui.forms.dates import DateEditor
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.line import LineEditor, LongTextEditor

REASON = Field(key="reason", label="原因", kind=Kind.LONG_TEXT)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "opened": (
        Field(key="owner", label="责任人", kind=Kind.CODE),
        Field(key="demand", label="整改要求", kind=Kind.LONG_TEXT),
        Field(key="due", label="答复期限", kind=Kind.DATE),
    ),
    "answered": (
        Field(key="text", label="原因和整改情况", kind=Kind.LONG_TEXT),
        Field(key="evidence", label="佐证", hint="附件名称,或文件、照片的编号"),
    ),
    "closed": (Field(key="reason", label="核实意见", kind=Kind.LONG_TEXT),),
    "returned": (Field(key="reason", label="退回原因", kind=Kind.LONG_TEXT),),
    "exempted": (
        Field(key="ground", label="理由", kind=Kind.CODE),
        Field(key="reason", label="核实情况", kind=Kind.LONG_TEXT),
        Field(key="evidence", label="佐证", hint="核查单、照片或文件的编号"),
        Field(key="until", label="截止日期", kind=Kind.DATE),
    ),
    "lifted": (REASON,),
}
CONSEQUENCES = {
    "opened": "责任人和稽查都能看到这张工单；责任人整改并答复，稽查核实后办结。业务本身不变。",
    "answered": "答复交稽查核实；核实前可以在处理经过里看到。",
    "closed": "核实属实后办结；同一问题再次出现会重新提示。",
    "returned": "责任人须重新答复。",
    "exempted": "到截止日期为止不再作为问题；最长 6 个月，工作差错不得列入。",
    "lifted": "这一项重新作为问题提示。",
}
ANSWER_DAYS = 5  # working days proposed for an answer


class ActDialog(CaseDialog):
    """Its fields; ``answered`` carries their values by key, dates as dates."""

    def __init__(self, desk: Desk, line: HitLine, name: str, parent: QWidget) -> None:
        super().__init__(parent, NAMES[name], CONSEQUENCES[name], NAMES[name])
        self._desk, self._line, self._fields = desk, line, FIELDS[name]
        self.editors = {field.key: self._editor(field) for field in self._fields}
        for field in self._fields:
            self.row(f"{field.label} *", self.editors[field.key])
        self._propose()
        empty = (editor for editor in self.editors.values() if not filled(editor.value()))
        next(empty, next(iter(self.editors.values()))).setFocus()

    def answer(self) -> object:
        values: dict[str, Any] = {key: editor.value() for key, editor in self.editors.items()}
        for key in ("due", "until"):
            if key in values:
                values[key] = day_of(values[key])
        return values

    def problem(self) -> str:
        for editor in self.editors.values():
            editor.settle()
        missing = [f.label for f in self._fields if not filled(self.editors[f.key].value())]
        return f"请填写{'、'.join(missing)}" if missing else ""

    def _editor(self, field: Field) -> Editor:
        if field.kind is Kind.DATE:
            return DateEditor(field, lambda: self._desk.clock().astimezone(CHINA).date())
        if field.kind is Kind.LONG_TEXT:
            return LongTextEditor(field)
        if field.kind is not Kind.CODE:
            return LineEditor(field)
        if field.key == "ground":
            grounds = self._desk.reference.oversight.exemption.grounds
            return ChoiceEditor(field, make_choices((g.code, g.label) for g in grounds if not g.refused))
        people = self._desk.store.organisation().people.values()
        owners = sorted((p for p in people if p.active and p.may(orders.OWNERS)), key=lambda p: p.name)
        return ChoiceEditor(field, make_choices((p.id, p.name) for p in owners))

    def _propose(self) -> None:
        """Who answers for it, five working days; the white list as long as it may be."""
        today = self._desk.clock().astimezone(CHINA).date()
        if "owner" in self.editors and self._line.hit.who:
            self.editors["owner"].set_value(self._line.hit.who)
        if "due" in self.editors:
            due = self._desk.reference.calendar.add_workdays(today, ANSWER_DAYS)
            self.editors["due"].set_value(due.isoformat())
        if "until" in self.editors:
            last = orders.longest(today, self._desk.reference.oversight.exemption.months)
            self.editors["until"].set_value(min(last, today + timedelta(days=90)).isoformat())
