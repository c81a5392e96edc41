"""单位设置: the county's name and phone, how applications are numbered, and its stations."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.office import administration
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.inputs import Fields, entry
from yekuo_desktop.ui.widgets.table import Table

LEAD = "改动记入日志，只影响以后受理的业务；已有的编号不变。"
NO_STATION = ("还没有供电所", "填写代码和名称后添加")
PARTS = "可用 {org} 前缀、{terminal} 终端、{yyyy} {yy} {mm} {dd} 日期、{serial:4} 流水号"


class UnitDialog(Dialog):
    """``said`` what was changed."""

    said = Signal(str, str)

    def __init__(
        self, desk: Desk, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__("单位设置", parent, lead=LEAD)
        self._desk, self._session, self._background = desk, session, background
        self.inputs: dict[str, QLineEdit] = {
            "county": entry("县公司名称"),
            "contact": entry("营业厅电话"),
            "number_org": entry("编号前缀", "YK4101"),
            "number_template": entry("编号规则"),
        }
        self.fields, self.station = Fields(), Fields()
        self.code, self.name = entry("供电所代码", "HK"), entry("供电所名称", "河口供电所")
        self.table = Table(_columns(), "供电所", Empty("building-2", *NO_STATION), whole=True)
        self._save = primary("保存", self.save, name="save", shortcut="F9")
        self._add = secondary("添加或改名", self.save_station, name="plus")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the unit again."""
        organisation = self._desk.store.organisation()
        for name, line in self.inputs.items():
            line.setText(str(getattr(organisation, name)))
        self.table.set_rows(sorted(organisation.stations, key=lambda station: station.code))
        self._sample()

    def save(self) -> None:
        """Change what is otherwise."""
        values = {name: line.text() for name, line in self.inputs.items()}
        desk, session = self._desk, self._session
        self._background.run(
            lambda: administration.change_settings(desk, session, values), self._saved, self._refused, self
        )

    def save_station(self) -> None:
        """Add the station, or give it another name."""
        desk, session, code, name = self._desk, self._session, self.code.text(), self.name.text()
        self._background.run(
            lambda: administration.save_station(desk, session, code, name),
            self._station_saved,
            self._refused,
            self,
        )

    def _build(self) -> None:
        labels = {
            "county": ("县公司名称", "印在每一张单据上"),
            "contact": ("营业厅电话", "印在受理回执上"),
            "number_org": ("编号前缀", ""),
            "number_template": ("编号规则", PARTS),
        }
        for name, (label, hint) in labels.items():
            self.fields.add(name, label, self.inputs[name], hint)
        for name in ("number_org", "number_template"):
            self.inputs[name].textChanged.connect(lambda _text: self._sample())
        self.station.add("code", "代码", self.code)
        self.station.add("name", "名称", self.name, "代码相同的改名；已有业务仍属于它")
        self.table.chosen.connect(self._choose)
        self.table.setMinimumHeight(px(150))
        self.body.addWidget(self.fields)
        self.body.addWidget(text("供电所", "heading"))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(self.station, self._add))
        self.add_buttons(secondary("关闭", self.reject), self._save)
        self.wide(720, 680)
        why = administration.why_not(self._session)
        for button in (self._save, self._add):
            allow(button, why)

    def _sample(self) -> None:
        """What the next number will look like."""
        template, org = self.inputs["number_template"].text(), self.inputs["number_org"].text()
        try:
            made = administration.sample_number(self._desk, self._session, template, org)
        except Refused as refused:
            self.fields.show_wrong(refused.problems)
            return
        self.fields.show_wrong(())
        self.fields.set_hint("number_template", f"今天第一件将编为 {made}。{PARTS}")

    def _choose(self, station: Station | None) -> None:
        if station is not None:
            self.code.setText(station.code)
            self.name.setText(station.name)

    def _saved(self, changed: tuple[str, ...]) -> None:
        self.notice.say("")
        self.fields.show_problems(())
        self.said.emit("单位设置已保存" if changed else "没有改动", "good")
        self.refresh()

    def _station_saved(self, station: Station) -> None:
        self.notice.say("")
        self.station.show_problems(())
        self.said.emit(f"{station.name}（{station.code}）已保存", "good")
        self.refresh()

    def _refused(self, error: Exception) -> None:
        left = self.station.show_problems(self.fields.show_problems(problems_of(error)))
        self.notice.say("；".join(problem.text for problem in left))


def _columns() -> tuple[Column, ...]:
    return (
        Column("code", "代码", lambda x: x.code, 10),
        Column("name", "名称", lambda x: x.name, 24, grows=True),
    )
