"""公开名录: the design, building and testing units customers choose from. Everybody may look, the
administrator keeps it; nothing is deleted, a unit is only taken off the list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind, Sheet
from yekuo_desktop.domain.firms import GRADES, KINDS, Firm
from yekuo_desktop.domain.validate import day_of
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.firms import listed, save_firm, why_not_listing
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import choices_of, make_choices
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.scrolling import bring, scrolling, topped

LEAD = "名录全部公开,办理时按随机次序整份出示,由客户自行选择,不得指定。每次改动都记入流水。"
EMPTY = ("名录还是空的", "登记设计、施工、试验单位后,办理时会整份出示给客户。")
KIND = Field(key="kind", label="单位类别", kind=Kind.CODE, required=ALL_SHEETS)
GRADE = Field(key="grade", label="等级", kind=Kind.CODE, required=ALL_SHEETS)
FIELDS = (
    KIND,
    Field(key="name", label="单位名称", required=ALL_SHEETS),
    Field(
        key="regime",
        label="许可证等级制度",
        kind=Kind.CODE,
        codes="licence_regimes",
        required=ALL_SHEETS,
    ),
    GRADE,
    Field(key="certificate", label="证书编号", required=ALL_SHEETS),
    Field(key="valid_from", label="有效期自", kind=Kind.DATE),
    Field(key="valid_until", label="有效期至", kind=Kind.DATE, required=ALL_SHEETS),
    Field(key="phone", label="联系电话", kind=Kind.LANDLINE),
    Field(key="listed", label="列入名录", kind=Kind.FLAG),
)


class FirmsDialog(Dialog):
    """The list on the left, one unit on the right."""

    said = Signal(str, str)

    def __init__(
        self, desk: Desk, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__("公开名录", parent, lead=LEAD)
        self._desk, self._session, self._background = desk, session, background
        self._firm: Firm | None = None
        self.list, self.empty = QListWidget(), Empty("building-2", *EMPTY)
        self.list.setAccessibleName("公开名录")
        self._left = QStackedWidget()
        own: dict[str, Editor] = {
            "kind": ChoiceEditor(KIND, make_choices(KINDS.items())),
            "grade": ChoiceEditor(GRADE, ()),
        }
        self.form = Form(desk.reference, lambda: desk.clock().date(), lambda _values: keys(), own)
        self.keep = primary("保存", self.save, name="check", shortcut="F9")
        self.new = secondary("新增单位", self.start_new, name="plus")
        self._build()
        self.list.currentItemChanged.connect(lambda item, _before: self._pick(item))
        self.form.changed.connect(self._changed)
        self.refresh()

    def refresh(self, firm: str = "") -> None:
        """Read the list again and show one of its units."""
        self.list.clear()
        found = listed(self._desk)
        for each in found:
            item = QListWidgetItem(words_of_firm(each), self.list)
            item.setData(Qt.ItemDataRole.UserRole, each)
            if each.id == firm:
                self.list.setCurrentItem(item)
        self._left.setCurrentWidget(self.list if found else self.empty)
        if not firm:
            self.start_new()

    def start_new(self) -> None:
        """An empty form for another unit of the same kind as the last."""
        self.list.setCurrentRow(-1)
        kind = self._firm.kind if self._firm else ""
        self._firm = None
        self._show({"kind": kind, "listed": True})
        self.form.focus("name" if kind else "kind")

    def save(self) -> None:
        """Save what is typed; errors stand beside their fields and nothing typed is lost."""
        self.form.settle()
        firm = self._typed()
        self._background.run(
            lambda: save_firm(self._desk, self._session, firm),
            self._saved,
            self._failed,
            self,
            changed=lambda _saved: (("firm.saved",), ()),
        )

    def _typed(self) -> Firm:
        values = self.form.everything()
        texts = {key: str(values.get(key, "")) for key in ("kind", "name", "grade", "certificate", "phone")}
        return Firm(
            id=self._firm.id if self._firm else self._desk.ids(),
            regime="" if texts["kind"] == "designer" else str(values.get("regime", "")),
            valid_from=day_of(values.get("valid_from", "")),
            valid_until=day_of(values.get("valid_until", "")),
            listed=values.get("listed") is True,
            **texts,
        )

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._firm = firm = item.data(Qt.ItemDataRole.UserRole)
            self._show({key: _plain(getattr(firm, key)) for key in keys()})

    def _show(self, values: Mapping[str, Any]) -> None:
        self._fit(str(values.get("kind", "")))
        self.form.set_values(values)
        self.form.set_read_only(bool(why_not_listing(self._session)))
        self.notice.say("")

    def _changed(self, key: str) -> None:
        if key == "kind":
            self._fit(str(self.form.everything().get("kind", "")))

    def _fit(self, kind: str) -> None:
        """A designer has a qualification, the others a licence given out under one of two tables."""
        asked = tuple(f for f in FIELDS if f.key != "regime" or kind != "designer")
        self.form.show_fields({"单位": asked}, Sheet.RESIDENT)
        grade = self.form.editor("grade")
        if isinstance(grade, ChoiceEditor):
            grade.set_choices(choices_of(self._desk.reference.codes.get(GRADES.get(kind, ""))))

    def _saved(self, firm: Firm) -> None:
        self.refresh(firm.id)
        self.said.emit(f"已保存 {firm.name}", "good")

    def _failed(self, error: Exception) -> None:
        problems = problems_of(error)
        self.form.show_problems(problems, {}, reveal=True)
        wrong = self.form.wrong()
        if wrong:
            self.form.focus(wrong[0])
        self.notice.say(";".join(p.text for p in problems if p.field not in keys()))

    def _build(self) -> None:
        self._left.addWidget(self.list)
        self._left.addWidget(self.empty)
        self.empty.setMinimumSize(QSize(px(220), 0))
        middle, area = QHBoxLayout(), scrolling(topped(self.form))
        self.form.focused.connect(lambda key: bring(area, self.form.cell(key), px(24)))
        middle.setSpacing(px(16))
        middle.addWidget(self._left, 2)
        middle.addWidget(area, 3)
        self.body.addLayout(middle, 1)
        for button in (self.keep, self.new):
            allow(button, why_not_listing(self._session))
        self.add_buttons(secondary("关闭", self.reject), self.new, self.keep)
        self.wide(900, 520)


def keys() -> tuple[str, ...]:
    """The fields of a unit."""
    return tuple(field.key for field in FIELDS)


def words_of_firm(firm: Firm) -> str:
    """A unit in the list."""
    words = f"{KINDS.get(firm.kind, firm.kind)}  {firm.name}"
    return words if firm.listed else f"{words}  (已移出)"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else "" if value is None else value
