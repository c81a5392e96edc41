"""Handing work orders over: select, say who carries them, print the list; or sign for them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QWidget

from yekuo_desktop.domain.people import COUNTER, Role
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.handover import HandedOver, hand_over, sign, waiting
from yekuo_desktop.office.ports import QueueRow, TableWriter
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Pill, PillBar, allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, moment_column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.inputs import entry
from yekuo_desktop.ui.widgets.lights import due_of
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

WAITING, SENT, MINE = "waiting", "sent", "mine"
CARRIER = "handover.carrier"  # setting: who carried the last ones
PILLS = (Pill(WAITING, "待交接"), Pill(SENT, "已交接，待签收"), Pill(MINE, "给我的"))
LEAD = "工单交给递送人时打印交接清单；项目经理本人签收（扫码或在此签收）后，一个工作日的时限才停止。"


class HandOver(Dialog):
    """``paper`` carries what is to be printed; ``said`` what was done. Stays open for the next ones."""

    paper = Signal(str, object)
    said = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        write: TableWriter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("纸质工单交接", parent, lead=LEAD)
        self._desk, self._session, self._background = desk, session, background
        self._manager = Role.PROJECT_MANAGER in session.person.roles
        self._all: Sequence[QueueRow] = ()
        self.pills = PillBar(PILLS)
        self.table = Table(
            _columns(desk),
            "未签收的工单",
            Empty("send", "没有工单", "正式受理后，工单会出现在这里"),
            whole=True,
        )
        self.out = ListOut(self.table, "handover", self._asked, (desk, session, background), write)
        self.table.filter_by("pill", self.pills.current, self.pills.choose)
        self.carrier = entry("递送人", "谁送去")
        self._count = text("", "quiet")
        self._send = primary("交接并打印清单", self._dispatch, name="printer", shortcut="F9")
        self._only_signs = self._manager and not session.person.may(COUNTER)
        sign_key = (primary, "F9") if self._only_signs else (secondary, "F8")
        self._sign = sign_key[0]("签收所选", self._receive, name="circle-check", shortcut=sign_key[1])
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._background.run(lambda: waiting(self._desk, self._session), self._show, self._failed, self)

    def _build(self) -> None:
        view = self.table.view
        view.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        view.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.pills.chosen.connect(lambda _id: self._list())
        names = [p.name for p in self._desk.store.organisation().people.values() if p.active]
        self.carrier.setCompleter(QCompleter(names, self.carrier))
        self.carrier.setText(self._desk.store.setting(CARRIER, self._session.person.name))
        self.carrier.setMaximumWidth(px(180))
        self.carrier.textChanged.connect(lambda _words: self._tell())
        everything = secondary("全选", view.selectAll, role="small")
        nothing = secondary("全不选", view.clearSelection, role="small")
        self.body.addLayout(row(self.pills, None, everything, nothing, ListButton(self.table)))
        self.out.said.connect(lambda words: self.said.emit(words, "good"))
        self.out.drawn.connect(self.paper)
        self.out.failed.connect(self._failed)
        self.body.addWidget(self.table, 1)
        carrier = text("递送人", "field")
        self.body.addLayout(row(self._count, None, carrier, self.carrier))
        self.add_buttons(secondary("关闭", self.reject), self._sign, self._send)
        self._sign.setVisible(self._manager)
        for part in (carrier, self.carrier, self._send):
            part.setVisible(not self._only_signs)
        self.wide(1120, 640)
        if self._only_signs:
            self.pills.choose(MINE)

    def _show(self, rows: Sequence[QueueRow]) -> None:
        self._all = rows
        for id_ in (WAITING, SENT, MINE):
            self.pills.set_count(id_, len(self._of(id_)))
        self._list()
        if self.focusWidget() in (None, *self.pills.findChildren(QWidget)):
            self.table.setFocus()

    def _list(self) -> None:
        self.table.set_rows(self._of(self.pills.current()))
        if self.pills.current() in (WAITING, MINE):
            self.table.view.selectAll()
        self._tell()

    def _asked(self) -> Asked:
        """The list of the chosen pill, in the order it stands in."""
        words = next(pill.label for pill in PILLS if pill.id == self.pills.current())
        rows = self.table.model.rows()
        return Asked("未签收工单清单", f"筛选：{words}", lambda: rows)

    def _of(self, id_: str) -> list[QueueRow]:
        if id_ == MINE:
            return [row for row in self._all if row.case.manager == self._session.person.id]
        sent = id_ == SENT
        return [row for row in self._all if (row.case.dispatched is not None) is sent]

    def _tell(self) -> None:
        chosen = self.table.selected()
        self._count.setText(f"已选 {len(chosen)} 张")
        allow(self._send, self._why_not_send(chosen))
        mine = all(row.case.manager == self._session.person.id for row in chosen)
        why = "请先选择工单" if not chosen else "" if mine else "工单须由指定的项目经理本人签收"
        allow(self._sign, why)

    def _why_not_send(self, chosen: Sequence[QueueRow]) -> str:
        if not self._session.person.may(COUNTER):
            return "交接工单由营业员、班长办理"
        if not chosen:
            return "请先选择要交接的工单"
        return "" if self.carrier.text().strip() else "请填写递送人"

    def _dispatch(self) -> None:
        ids, carrier = [row.case.id for row in self.table.selected()], self.carrier.text().strip()

        def work() -> HandedOver:
            made = hand_over(self._desk, self._session, ids, carrier)
            self._desk.store.save_setting(CARRIER, carrier)
            return made

        self._send.setEnabled(False)
        self._background.run(work, self._sent, self._failed, self, changed=_dispatched)

    def _sent(self, made: HandedOver) -> None:
        self.refresh()
        self.said.emit(f"已交接 {len(made.cases)} 张，清单 {made.list_no}", "good")
        self.paper.emit(f"交接清单 {made.list_no}", made.drawn)

    def _receive(self) -> None:
        sheets = [row.case.sheet_no for row in self.table.selected()]

        def work() -> tuple[str, ...]:
            return tuple(sign(self._desk, self._session, sheet).id for sheet in sheets)

        self._sign.setEnabled(False)
        self._background.run(
            work, self._received, self._failed, self, changed=lambda ids: (("work_order.received",), ids)
        )

    def _received(self, ids: tuple[str, ...]) -> None:
        self.refresh()
        self.said.emit(f"已签收 {len(ids)} 张工单，业务进入勘查与方案", "good")

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))
        self.refresh()


def _dispatched(made: HandedOver) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ("work_order.dispatched",), tuple(case.id for case in made.cases)


def _columns(desk: Desk) -> tuple[Column, ...]:
    organisation, calendar = desk.store.organisation(), desk.reference.calendar
    return (
        Column(
            "due", "送达时限", lambda r: due_of(r.limit, desk.clock(), calendar).words, 13,
            due=lambda r: due_of(r.limit, desk.clock(), calendar),
        ),
        number_column(lambda r: r.case.number, 9),
        Column("customer", "客户", lambda r: r.case.customer, 16),
        Column("address", "用电地址", lambda r: r.case.address, 30, grows=True),
        Column("manager", "项目经理", lambda r: organisation.person_name(r.case.manager), 12),
        moment_column("accepted", "受理时间", lambda r: r.case.accepted),
        moment_column("sent", "交接时间", lambda r: r.case.dispatched),
    )  # fmt: skip
