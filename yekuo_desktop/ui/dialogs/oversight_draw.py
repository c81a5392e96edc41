"""随机抽查: so many cases by lot, the seed on record; anybody can draw again and see that nobody chose."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.oversight_orders import Drawn
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.office.auditing import MOST_DRAWN, draw
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.oversight import Scope
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

LEAD = "在稽查清单的期间和供电所范围内抽取；次序只由种子和业务决定，种子记入流水，任何人可以复算。"
USUAL = 10


class Picked(NamedTuple):
    """A drawn case."""

    id: str
    number: str
    customer: str
    title: str
    stage: str
    state: str
    station: str


class DrawDialog(Dialog):
    """``opened`` carries a case somebody wants to see."""

    opened = Signal(str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        scope: Scope,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("随机抽查", parent, lead=LEAD)
        self._desk, self._session, self._background, self._scope = desk, session, background, scope
        self.count, self.earlier = QSpinBox(), QComboBox()
        self.table = Table(
            _columns(), "抽查清单", Empty("scan-line", "还没有抽取", "定好件数，按“抽取”"), whole=True
        )
        self._words = text("", "quiet", wrap=True)
        self.count.setRange(1, MOST_DRAWN)
        self.count.setValue(USUAL)
        self.count.setSuffix(" 件")
        self.count.setAccessibleName("抽查件数")
        self.earlier.setAccessibleName("以前的抽查")
        self.earlier.currentIndexChanged.connect(lambda _at: self._show(self.earlier.currentData()))
        self.table.opened.connect(self._open)
        self.body.addLayout(row(self.count, None, self.earlier, ListButton(self.table)))
        self.body.addWidget(self._words)
        self.body.addWidget(self.table, 1)
        self.add_buttons(
            secondary("关闭", self.reject), primary("抽取", self.draw, name="scan-line", shortcut="F9")
        )
        self.wide(960, 560)
        self._list(desk.store.organisation().samples)

    def draw(self) -> None:
        """Draw anew."""
        desk, session, scope, count = self._desk, self._session, self._scope, self.count.value()
        self._background.run(
            lambda: (draw(desk, session, scope, count), desk.store.organisation().samples)[1],
            self._list,
            lambda error: self.notice.say(words_of(error)),
            self,
            changed=lambda _samples: (("sample.drawn",), ()),
        )

    def _list(self, samples: Sequence[Drawn]) -> None:
        self.earlier.blockSignals(True)
        self.earlier.clear()
        for drawn in reversed(samples):
            self.earlier.addItem(f"{moment(drawn.at)} 抽 {len(drawn.sample.cases)} 件", drawn)
        self.earlier.blockSignals(False)
        self.earlier.setVisible(bool(samples))
        self._show(samples[-1] if samples else None)

    def _show(self, drawn: Drawn | None) -> None:
        if drawn is None:
            return
        sample, name = drawn.sample, self._desk.store.organisation().person_name(drawn.by)
        how = f"范围 {sample.of}，{sample.population} 件中抽 {len(sample.cases)} 件，种子 {sample.seed}"
        self._words.setText(f"{moment(drawn.at)} {name}抽取：{how}")
        self._background.run(
            lambda: [found for id_ in sample.cases if (found := self._picked(id_))],
            self.table.set_rows,
            lambda error: self.notice.say(words_of(error)),
            self,
        )

    def _picked(self, id_: str) -> Picked | None:
        case = self._desk.store.case(id_)
        if case is None:
            return None
        return Picked(
            id=case.id,
            number=case.number,
            customer=case.values.get("customer_name", ""),
            title=business_title(case.klass, case.business),
            stage=STAGES.get(case.stage, ""),
            state=STATES[case.state],
            station=self._desk.store.organisation().station_name(case.station),
        )

    def _open(self, picked: Picked) -> None:
        self.opened.emit(picked.id)
        self.accept()


def _columns() -> Sequence[Column]:
    return (
        number_column(lambda x: x.number, 9),
        Column("customer", "客户", lambda x: x.customer, 16, grows=True),
        Column("title", "类别", lambda x: x.title, 16),
        Column("stage", "环节", lambda x: x.stage, 12),
        Column("state", "状态", lambda x: x.state, 12),
        Column("station", "供电所", lambda x: x.station, 14),
    )
