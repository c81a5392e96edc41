"""各所情况: which computer of the county has been silent for how long, what is stuck there and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from yekuo_desktop.office.county import County, StuckLine, county
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.columns import Column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.table import Table

LEAD = "由县公司读取全县业务的电脑查看。久未联系的供电所，请电话问一下线路和电脑。"
MACHINES, STUCK = range(2)
TITLES = ("电脑", "等待处理")
UNREAD = ("还没有读到", "要先联系上中心")
NOTHING = (("还没有电脑加入中心", "在中心发加入码后加入"), ("没有等待处理的登记", "中心都已收下"))


class SyncCounty(Dialog):
    """``opened`` a case somebody wants to see."""

    opened = Signal(str)

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("各所情况", parent, lead=LEAD)
        self._desk, self._background = desk, background
        self.tables = (
            Table(_machine_columns(), "电脑", Empty("cloud", *UNREAD)),
            Table(_stuck_columns(), "等待处理", Empty("cloud", *UNREAD)),
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for title, table in zip(TITLES, self.tables, strict=True):
            self.tabs.addTab(table, title)
        self.tables[STUCK].opened.connect(self._open)
        self.body.addWidget(self.tabs, 1)
        again = primary("刷新", self.refresh, name="refresh-cw", shortcut="F5")
        self.add_buttons(secondary("关闭", self.reject), again, default=again)
        self.wide(1080, 560)
        self.refresh()

    def refresh(self) -> None:
        """Ask the centre, beside the line that waits for news."""
        self.notice.say("正在询问中心…", "notice")
        self._background.files(lambda: county(self._desk), self._show, self._failed, self)

    def _show(self, seen: County) -> None:
        for table, rows, nothing in zip(self.tables, (seen.machines, seen.stuck), NOTHING, strict=True):
            table.empty.say(*nothing)
            table.set_rows(rows)
        for at, count in ((MACHINES, seen.troubled), (STUCK, len(seen.stuck))):
            self.tabs.setTabText(at, f"{TITLES[at]} {count}" if count else TITLES[at])
        without = "、".join(seen.without)
        self.notice.say(f"没有电脑加入中心的供电所:{without}" if without else "", "notice")

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))

    def _open(self, row: object) -> None:
        if isinstance(row, StuckLine) and row.case:
            self.opened.emit(row.case)
            self.accept()


def _machine_columns() -> tuple[Column, ...]:
    return (
        Column("station", "供电所", lambda found: found.station, 14),
        Column("terminal", "终端", lambda found: found.terminal, 8),
        Column("host", "电脑名", lambda found: found.host, 14),
        Column("seen", "上次联系", lambda found: found.seen, 16),
        Column("unsent", "待上传", lambda found: str(found.unsent or ""), 7, right=True),
        Column(
            "worries",
            "要注意的",
            lambda found: "、".join(found.worries) or ("正常" if found.active else "已停用"),
            30,
            grows=True,
            tip=lambda found: "、".join(found.worries),
        ),
    )


def _stuck_columns() -> tuple[Column, ...]:
    return (
        Column("since", "登记时间", lambda found: found.since, 16),
        Column("station", "供电所", lambda found: found.station, 14),
        number_column(lambda found: found.number, 9),
        Column("customer", "客户", lambda found: found.customer, 14),
        Column("why", "原因", lambda found: found.why, 20, grows=True, tip=lambda found: found.why),
        Column("remedy", "怎么办", lambda found: found.remedy, 24, tip=lambda found: found.remedy),
    )
