"""查看导出登记: who looked at customers' numbers, who took lists of customers out; to Excel and on paper."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from yekuo_desktop.domain.people import Role
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.office.privacy import Look, looks
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, moment_column, number_column, tail
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

TITLE = "查看导出登记"
SEES_ALL = frozenset({Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR})
PERIODS = {7: "近 7 天", 31: "近一个月", 366: "近一年"}
LEAD = "查看客户全号、导出客户清单、合订卷宗,每一次都在这里;双击一行打开业务。"
EMPTY = ("没有查看或导出", "这段时间没有人查看全号或导出客户清单")


class LooksDialog(Dialog):
    """``paper`` carries the list to print; ``opened`` a case somebody wants to see. The auditor and whoever
    leads look at everybody, everybody else at himself."""

    paper = Signal(str, object)
    opened = Signal(str)
    said = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        write: TableWriter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(TITLE, parent, lead=LEAD)
        self._desk, self._session, self._background = desk, session, background
        self.period, self.person = QComboBox(), QComboBox()
        self.table = Table(_columns(), TITLE, Empty("eye", *EMPTY), whole=True)
        self.out = ListOut(self.table, "looks", self._listed, (desk, session, background), write)
        self._count = text("", "quiet")
        self._excel = secondary("导出 Excel…", self.out.ask_file, name="file-spreadsheet")
        self._print = secondary("打印", self.out.print, name="printer", shortcut="F9")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the journal again."""
        desk, person = self._desk, str(self.person.currentData())
        now = desk.clock()
        first, last = now - timedelta(days=int(self.period.currentData())), now + timedelta(seconds=1)
        self._background.run(lambda: looks(desk, first, last, person), self._show, self._failed, self)

    def _build(self) -> None:
        for days, words in PERIODS.items():
            self.period.addItem(words, days)
        self.period.setCurrentIndex(1)
        self._fill_people()
        for box, name in ((self.period, "时间"), (self.person, "人员")):
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(lambda _at: self.refresh())
        self.table.opened.connect(self._open)
        self.out.said.connect(lambda words: self.said.emit(words, "good"))
        self.out.drawn.connect(self.paper)
        self.out.failed.connect(self._failed)
        self.body.addLayout(row(self.period, self.person, None, self._count, ListButton(self.table)))
        self.body.addWidget(self.table, 1)
        self.add_buttons(secondary("关闭", self.reject), self._excel, self._print)
        self.wide(1080, 600)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_people(self) -> None:
        me = self._session.person
        if not me.may(SEES_ALL):
            self.person.addItem(me.name, me.id)
            return
        self.person.addItem("所有人员", "")
        for person in sorted(self._desk.store.organisation().people.values(), key=lambda p: p.login):
            self.person.addItem(person.name, person.id)

    def _show(self, found: Sequence[Look]) -> None:
        self.table.set_rows(found)
        self._count.setText(f"共 {len(found)} 次" if found else "")
        for button in (self._excel, self._print):
            allow(button, "" if found else EMPTY[0])

    def _listed(self) -> Asked:
        rows = self.table.model.rows()
        words = f"{self.period.currentText()}，{self.person.currentText()}"
        return Asked(TITLE, f"筛选：{words}", lambda: rows)

    def _open(self, look: Look) -> None:
        if look.case:
            self.opened.emit(look.case)
            self.accept()

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _columns() -> tuple[Column, ...]:
    return (
        moment_column("at", "时间", lambda x: x.at),
        Column("person", "人员", lambda x: x.person, 9),
        Column("done", "事项", lambda x: x.done, 9),
        number_column(lambda x: x.number)._replace(text=lambda x: tail(x.number) if x.case else "—"),
        Column("customer", "客户", lambda x: x.customer or "—", 13),
        Column("rows", "行数", lambda x: str(x.rows or ""), 7, right=True, kind="count"),
        Column("words", "内容和原因", lambda x: x.words, 40, grows=True, tip=lambda x: x.words, room=60),
    )
