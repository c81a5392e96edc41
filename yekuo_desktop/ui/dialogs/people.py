"""Who works here: the administrator adds people, gives roles and areas, and sets passwords."""

import re

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from yekuo_desktop.domain.people import ROLE_LABELS, Person, Role
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.staffing import everybody, save_person
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.inputs import Fields, entry
from yekuo_desktop.ui.widgets.scrolling import scrolling, topped

LEAD = "在这里新增人员、分配角色和片区。姓名、角色和片区的每次改动都记入流水。"
COLUMNS = 3  # of role boxes
BETWEEN = re.compile(r"[、,\uff0c;\uff1b\s]+")  # areas, whichever comma is typed


class PeopleDialog(Dialog):
    """Stays open for the next person; ``said`` tells what was saved."""

    said = Signal(str, str)

    def __init__(
        self, desk: Desk, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__("人员", parent, lead=LEAD)
        self._desk, self._session, self._background = desk, session, background
        self._person: Person | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("人员")
        self.login, self.name = entry("登录名", "字母或数字,例如 wangli"), entry("姓名")
        self.areas = entry("片区", "镇、村,用顿号隔开")
        self.password = entry("新密码", "不改就空着", secret=True)
        self.active = QCheckBox("在岗")
        self.roles = {role: QCheckBox(words) for role, words in ROLE_LABELS.items()}
        self.fields = Fields()
        self._build()
        self.list.currentItemChanged.connect(lambda item, _before: self._pick(item))
        self.refresh()

    def refresh(self, login: str = "") -> None:
        """Read the people again and show one of them."""
        self.list.clear()
        for person in everybody(self._desk):
            words = f"{person.name}  {person.login}" + ("" if person.active else "  (停用)")
            item = QListWidgetItem(words, self.list)
            item.setData(Qt.ItemDataRole.UserRole, person)
            if person.login == login:
                self.list.setCurrentItem(item)
        if not login:
            self.start_new()

    def start_new(self) -> None:
        """An empty form for somebody new."""
        self.list.setCurrentRow(-1)
        blank = Person(id="", login="", name="", roles=(), station=self._session.station)
        self._show(blank)
        self.login.setFocus()

    def save(self) -> None:
        """Save what is typed; errors stand beside their fields and nothing typed is lost."""
        person, password = self._typed(), self.password.text()
        self._background.run(
            lambda: save_person(self._desk, self._session, person, password),
            self._saved,
            self._failed,
            self,
            changed=lambda _saved: (("person.saved",), ()),
        )

    def _typed(self) -> Person:
        areas = BETWEEN.split(self.areas.text())
        base = self._person or Person(id="", login="", name="", roles=())
        return replace(
            base,
            id=base.id or self._desk.ids(),
            login=self.login.text().strip(),
            name=self.name.text().strip(),
            roles=tuple(role for role, box in self.roles.items() if box.isChecked()),
            areas=tuple(area.strip() for area in areas if area.strip()),
            station=base.station or self._session.station,
            active=self.active.isChecked(),
        )

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(item.data(Qt.ItemDataRole.UserRole))

    def _show(self, person: Person) -> None:
        self._person = person if person.id else None
        self.login.setText(person.login)
        self.name.setText(person.name)
        self.areas.setText("、".join(person.areas))
        self.password.clear()
        self.active.setChecked(person.active)
        for role, box in self.roles.items():
            box.setChecked(role in person.roles)
        self.fields.show_problems(())
        self.notice.say("")

    def _saved(self, person: Person) -> None:
        self.refresh(person.login)
        self.said.emit(f"已保存 {person.name}", "good")

    def _failed(self, error: Exception) -> None:
        rest = self.fields.show_problems(problems_of(error))
        self.notice.say("；".join(problem.text for problem in rest))

    def _build(self) -> None:
        boxes, grid = QWidget(), QGridLayout()
        boxes.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, role in enumerate(Role):
            grid.addWidget(self.roles[role], at // COLUMNS, at % COLUMNS)
        for key, label, widget in (
            ("login", "登录名", self.login),
            ("name", "姓名", self.name),
            ("roles", "角色", boxes),
            ("areas", "片区", self.areas),
            ("password", "新密码", self.password),
            ("active", "", self.active),
        ):
            self.fields.add(key, label, widget)
        middle = QHBoxLayout()
        middle.setSpacing(px(16))
        middle.addWidget(self.list, 2)
        middle.addWidget(scrolling(topped(self.fields)), 5)
        self.body.addLayout(middle)
        keep = primary("保存", self.save, name="check", shortcut="F9")
        self.add_buttons(
            secondary("关闭", self.reject), secondary("新增人员", self.start_new, name="plus"), keep
        )
        self.wide(860, 600)
