"""同步情况: what waits, when the centre was last met, what was not taken and why, what two people wanted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.sync_light import DRIFT
from yekuo_desktop.office.sync_ports import StreamSight
from yekuo_desktop.office.syncing import Disputed, Rejected, SyncSight, sight
from yekuo_desktop.office.syncing_disputes import Dispute, dispute
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.sync_conflict import SyncConflict
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, full_moment, moment_column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.table import Table

WAITING, REJECTED, DISPUTED, STREAMS = range(4)
TITLES = ("待上传", "未采纳", "冲突", "下载进度")


class SyncPage(Dialog):
    """``opened`` a case somebody wants to see; ``asked`` a dialog it has opened."""

    now_wanted = Signal()
    join_wanted = Signal()
    opened = Signal(str)
    said = Signal(str, str)
    asked = Signal(object)

    def __init__(
        self, desk: Desk, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__("同步情况", parent)
        self._desk, self._session, self._background = desk, session, background
        self._centre, self._met = text(""), text("")
        self.tables = (
            Table(_waiting_columns(), "待上传", Empty("circle-check", "没有待上传的登记", "都已送到中心")),
            Table(
                _rejected_columns(), "未采纳", Empty("circle-check", "没有未采纳的登记", "中心都按原意收下了")
            ),
            Table(_disputed_columns(), "冲突", Empty("circle-check", "没有冲突", "没有两个人改了同一处")),
            Table(_stream_columns(), "下载进度", Empty("cloud", "还没有下载过", "加入中心后自动下载")),
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)  # else the bar keeps the width its titles had without their counts
        self._now = primary("立即同步", self.now_wanted.emit, name="refresh-cw")
        self._read = secondary("知道了", self.settle)
        self._open = secondary("打开业务", self.open_case, name="folder-open")
        self._decide = secondary("处理冲突…", self.decide, name="square-pen")
        self._allow = secondary("允许移出", self._allow_removal, role="danger")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        self._background.run(lambda: sight(self._desk), self._show, self._failed, self)

    def settle(self) -> None:
        """The chosen entry has been read and understood."""
        chosen = self.tables[REJECTED].current()
        if isinstance(chosen, Rejected):
            rows = self._desk.store.centre
            self._background.run(
                lambda: rows.settle(chosen.entry, chosen.verdict),
                lambda _: self.refresh(),
                self._failed,
                self,
                changed=lambda _: (("sync",), ()),
            )

    def open_case(self) -> None:
        """The case of the chosen line."""
        chosen = self.tables[self.tabs.currentIndex()].current()
        if isinstance(chosen, Rejected | Disputed) and chosen.case:
            self.opened.emit(chosen.case)
            self.accept()

    def decide(self) -> None:
        """The two sides of the chosen conflict."""
        chosen = self.tables[DISPUTED].current()
        if isinstance(chosen, Disputed):
            self._background.run(
                lambda: dispute(self._desk, self._session, chosen.case, chosen.conflict),
                self._ask,
                self._failed,
                self,
            )

    def _ask(self, found: Dispute) -> None:
        dialog = SyncConflict(self._desk, self._session, self._background, found, self)
        dialog.said.connect(self.said)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(self.refresh)
        self.asked.emit(dialog)
        dialog.open()

    def _build(self) -> None:
        for title, table in zip(TITLES, self.tables, strict=True):
            self.tabs.addTab(table, title)
        self.tabs.currentChanged.connect(lambda _at: self._allow_buttons())
        self.tables[DISPUTED].opened.connect(lambda _row: self.decide())
        self.tables[REJECTED].opened.connect(lambda _row: self.open_case())
        join = secondary("连接中心…", self._join, role="link")
        self.body.addLayout(row(self._centre, None, join))
        self.body.addWidget(self._met)
        self.body.addWidget(self.tabs, 1)
        self._allow.hide()
        self.add_left(self._allow)
        self.add_buttons(secondary("关闭", self.reject), self._read, self._open, self._decide, self._now)
        self.wide(1120, 620)

    def _join(self) -> None:
        self.accept()
        self.join_wanted.emit()

    def _show(self, seen: SyncSight) -> None:
        for table, rows in zip(
            self.tables, (seen.waiting, seen.rejected, seen.disputed, seen.streams), strict=True
        ):
            table.set_rows(rows)
        counts = (seen.tally.unsent, len(seen.rejected), len(seen.disputed), 0)
        for at, (title, count) in enumerate(zip(TITLES, counts, strict=True)):
            self.tabs.setTabText(at, f"{title} {count}" if count else title)
        self._centre.setText(f"中心 {seen.centre.url}" if seen.centre else "本机尚未加入中心")
        self._met.setText(_met_words(seen))
        self.notice.say(seen.contact.trouble, "notice")
        self.tables[WAITING].empty.say(*_nothing_waits(seen))
        self._allow.setVisible(bool(seen.contact.held_back))
        allow(self._now, "" if seen.centre else "本机尚未加入中心")
        self._allow_buttons()

    def _allow_buttons(self) -> None:
        at = self.tabs.currentIndex()
        self._read.setVisible(at == REJECTED)
        self._open.setVisible(at in (REJECTED, DISPUTED))
        self._decide.setVisible(at == DISPUTED)

    def _allow_removal(self) -> None:
        self._background.run(
            self._desk.store.centre.allow_removal, lambda _: self.now_wanted.emit(), self._failed, self
        )

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _met_words(seen: SyncSight) -> str:
    if seen.centre is None:
        return "数据都在本机,断网不影响办理。"
    met = full_moment(seen.contact.met) or "从未"
    words = f"上次联系 {met}　待上传登记 {seen.tally.unsent} 条、附件 {seen.tally.files} 个"
    if abs(seen.contact.drift) > DRIFT:
        side = "快" if seen.contact.drift > 0 else "慢"
        words += f"　本机时钟比中心{side} {abs(seen.contact.drift) // 60} 分钟,请校准"
    return words


def _nothing_waits(seen: SyncSight) -> tuple[str, str]:
    """Why the list of what waits is empty, and what to do."""
    if seen.centre is None and seen.tally.unsent:
        what = f"本机已有 {seen.tally.unsent} 条登记"
        return what, "加入中心后按先后自动上传,不用重新录入。加入请点右上角“连接中心…”"
    return "没有待上传的登记", "都已送到中心" if seen.centre else "本机还没有登记"


def _waiting_columns() -> tuple[Column, ...]:
    return (
        moment_column("at", "登记时间", lambda found: found.at),
        Column("what", "内容", lambda found: found.what, 30, grows=True),
        number_column(lambda found: found.number, 9),
        Column("customer", "客户", lambda found: found.customer, 14),
        Column("by", "经办", lambda found: found.by, 9),
    )


def _rejected_columns() -> tuple[Column, ...]:
    return (
        moment_column("at", "登记时间", lambda found: found.at),
        Column("state", "结果", lambda found: found.state, 9),
        Column("what", "内容", lambda found: found.what, 15, tip=lambda found: found.what),
        number_column(lambda found: found.number, 8),
        Column("customer", "客户", lambda found: found.customer, 9),
        Column("why", "原因", lambda found: found.why, 18, grows=True, tip=lambda found: found.why),
        Column("remedy", "怎么办", lambda found: found.remedy, 20, tip=lambda found: found.remedy),
        Column("by", "经办", lambda found: found.by, 8, hidden=True),
    )


def _disputed_columns() -> tuple[Column, ...]:
    return (
        number_column(lambda found: found.number, 9),
        Column("customer", "客户", lambda found: found.customer, 14),
        Column("field", "栏目", lambda found: found.field, 14),
        Column("stands", "现在的值", lambda found: found.stands, 24, grows=True),
        Column("wanted", "另一个值", lambda found: found.wanted, 24),
    )


def _stream_columns() -> tuple[Column, ...]:
    return (
        Column("name", "内容", _stream_words, 24, grows=True),
        Column("seq", "已读到", lambda found: f"{found.seq} / {found.upto}", 14, right=True),
        Column("state", "状态", lambda found: "不再读取" if found.state == "left" else "", 12),
        moment_column("complete", "完整截至", lambda found: found.complete),
    )


def _stream_words(found: StreamSight) -> str:
    return "人员与机构" if found.name == "office" else f"{found.name.removeprefix('station:')} 的业务"
