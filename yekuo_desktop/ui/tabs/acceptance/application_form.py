"""登记: the registration form of a class and business, with the time of acceptance and the addressee."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Kind, Problem
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.stages.acceptance.fields import fields_on
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.history import gap_words
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import make_choices
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.forms.moments import MomentEditor
from yekuo_desktop.ui.tabs.acceptance.findings import Asked, derived
from yekuo_desktop.ui.tabs.acceptance.prominent import prominent
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.scrolling import bring, scrolling

STATED = Field(key="stated", label="受理时间", hint="现在;补录请输入 0930")
MANAGER = Field(key="project_manager", label="项目经理", kind=Kind.PERSON, hint="按片区推荐")
OWN = {"受理": (STATED, MANAGER)}
NOBODY = "还没有客户项目经理,请系统管理员在“系统 → 人员”中登记"
UNITS = ("capacity", "existing_capacity", "total_capacity")
AIR = 24  # between the field with the cursor and the edge
PICKS = frozenset({"klass", "business"})


class ApplicationForm(QWidget):
    """The form itself and the two inputs that belong to the act of acceptance."""

    changed = Signal(str)
    left = Signal(str)
    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.stated = MomentEditor(STATED, desk.clock)
        self.manager = ChoiceEditor(MANAGER, ())
        own = {"stated": self.stated, "project_manager": self.manager}
        self.form = Form(desk.reference, lambda: desk.clock().date(), prominent, own)
        self._typed: set[str] = set()
        self._managers: frozenset[str] = frozenset()
        self.form.changed.connect(self._changed)
        self.form.left.connect(self.left)
        self.form.finished.connect(self.finished)
        self.form.focused.connect(self.scroll_to)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        inside = _padded(self.form)
        inside.installEventFilter(self)
        self.area = scrolling(inside)
        box.addWidget(self.area)

    def set_managers(self, managers: Sequence[Person]) -> None:
        """The people a work order may be addressed to."""
        self._managers = frozenset(person.id for person in managers)
        self.manager.set_choices(make_choices((person.id, person.name) for person in managers))

    def set_values(self, values: Mapping[str, Any], manager: str = "", stated: str = "") -> None:
        """Show an application."""
        self._typed = {key for key, value in values.items() if value}
        self._typed |= {"project_manager"} if manager else set()
        self._show_sheet(values)
        self.form.set_values({**values, "project_manager": manager, "stated": stated})
        self._tell_units(values)

    def asked(self, materials: dict[str, Any], case_id: str) -> Asked:
        """What is typed so far."""
        values = self.form.values()
        for key in ("stated", "project_manager"):
            values.pop(key, None)
        chosen = self.manager.value()
        return Asked(
            values=values,
            materials=materials,
            manager=chosen if chosen in self._managers else "",
            stated=self.stated.moment(),
            case_id=case_id,
        )

    def everything(self) -> dict[str, Any]:
        """All that was typed, for the draft."""
        own = ("stated", "project_manager")
        return {key: value for key, value in self.form.everything().items() if key not in own}

    def propose_manager(self, manager: str) -> bool:
        """Fill in the person of the area, unless somebody else was chosen; whether it changed."""
        if "project_manager" in self._typed or not manager or self.manager.value() == manager:
            return False
        self.form.set_value("project_manager", manager)
        return True

    def own_problems(self, now: datetime) -> list[Problem]:
        """What is wrong with the moment and the addressee."""
        found = []
        moment = self.stated.moment()
        if self.stated.wrong():
            found.append(Problem("stated", "请输入时间,如 0930 或 1122 0930"))
        elif moment is not None and moment > now:
            found.append(Problem("stated", "受理时间晚于现在,不能预先登记"))
        elif moment is not None and gap_words(moment, now):
            found.append(Problem("stated", gap_words(moment, now), warning=True))
        if self.manager.value() not in self._managers:
            found.append(Problem("project_manager", "请选择客户项目经理" if self._managers else NOBODY))
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Messages that appear above must not push the field with the cursor out of view."""
        if event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._follow)
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        key = self.form.focused_key()
        if key:
            self.scroll_to(key)

    def scroll_to(self, key: str) -> None:
        """Bring a field into view."""
        bring(self.area, self.form.cell(key), px(AIR))

    def _changed(self, key: str) -> None:
        self._typed.add(key)
        values = self.form.everything()
        if key in PICKS:
            self._show_sheet(values)
            self._tell_units(values)
        for name, value in derived(values).items():
            if name not in self._typed and name in self.form.field_keys():
                self.form.set_value(name, value)
        self.changed.emit(key)

    def _show_sheet(self, values: Mapping[str, Any]) -> None:
        sheet = sheet_for(values)
        blocks = fields_on(sheet)
        last = blocks.pop("备注")
        self.form.show_fields({**blocks, **OWN, "备注": last}, sheet)

    def _tell_units(self, values: Mapping[str, Any]) -> None:
        """High voltage is asked for in kVA (附件3-4)."""
        unit = "kVA" if str(values.get("klass", "")).startswith("hv") else "kW"
        for key in UNITS:
            if key in self.form.field_keys():
                self.form.set_unit(key, unit)


def _padded(form: Form) -> QWidget:
    inside = QWidget()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 10, 0)
    box.addWidget(form)
    box.addStretch(1)
    return inside
