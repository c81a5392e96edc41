"""工作台: what is due, what is on its way, what waits for me. Every number opens its list."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA, WEEKDAYS
from yekuo_desktop.office.desk import Desk, Session, why_not_new
from yekuo_desktop.office.ports import QueueRow
from yekuo_desktop.office.staffing import why_not_staffing
from yekuo_desktop.office.workbench import Bench, Card, bench, kinds_of
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.tabs.workbench.tile import Tile
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets import card as parts
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.columns import moment, queue_columns
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

with later():
    from yekuo_desktop.office import listing

NEXT = {
    "overdue": "可以从上方各环节继续日常办理",
    "due_today": "今天可以先办新的申请：按 F2 新受理",
    "undelivered": "正式受理后，工单会出现在这里等待交接",
    "registered": "暂存的登记会在这里等待正式受理",
    "mine": "按 F2 受理第一件业务",
    "owed": "容缺受理的业务，资料补齐后从这里消失",
    "to_sign": "供电所交来的纸质工单会在这里等待签收",
    "returned": "被退回的记录会在这里等待重办",
    "waiting": "业务办到您的岗位时会出现在这里",
}
ELSE = "可以从上方各环节继续日常办理"
OF_COUNTER = ("mine", "due_today")  # what they say to do next, only the counter can
FIRST_DO = "先在“系统 → 人员”登记营业员和客户项目经理，再按 F2 受理第一件业务"
FIRST_ASK = "先请系统管理员登记客户项目经理，再按 F2 受理第一件业务"
PAGE = 200
LOW = 420  # pixels at scale 1


class Workbench(QWidget):
    """The first thing one sees in the morning."""

    opened = Signal(str)  # a case to show wherever it stands
    new_wanted = Signal()
    handover_wanted = Signal()
    said = Signal(str)
    drawn = Signal(str, object)  # title, Drawn

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        desk, session = counter.desk, counter.session
        self._bench: Bench | None = None
        self._order = ("due", False)
        self._greeting = parts.text(greeting(desk, session), "title")
        self._day = parts.text(day_words(desk), "quiet")
        self._tiles = {kind.id: Tile(kind.id) for kind in kinds_of(session.person)}
        organisation = desk.store.organisation()
        columns = queue_columns(organisation, desk.reference.calendar, desk.clock, stage=True)
        self.table = Table(columns, "业务清单", Empty("inbox", ""))
        at = desk, session, counter.background
        self.out = ListOut(self.table, "workbench", self._asked, at, counter.write_table)
        self._heading = parts.text("", "heading")
        self._new = primary("新受理  F2", self.new_wanted.emit, name="plus")
        self._hand_over = secondary("交接工单…", self.handover_wanted.emit, name="send")
        allow(self._new, why_not_new(session))
        self._build()

    def refresh(self) -> None:
        """Look at the store again."""
        desk, session = self._counter.desk, self._counter.session
        self._counter.read(lambda: bench(desk, session), self.show_bench, self)

    def current(self) -> str:
        """The id of the tile whose list is shown."""
        return next((id_ for id_, tile in self._tiles.items() if tile.isChecked()), next(iter(self._tiles)))

    def chosen_tile(self) -> Tile:
        """The tile whose list is shown: arrow keys go on to the others."""
        return self._tiles[self.current()]

    def choose(self, id_: str) -> None:
        """Show the list behind a tile."""
        self._tiles[id_].setChecked(True)
        self._show_list()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        parts.spaced(box, 16, 12)
        titles = QVBoxLayout()
        parts.spaced(titles, 0, 0)
        titles.addWidget(self._greeting)
        titles.addWidget(self._day)
        head = QHBoxLayout()
        head.addLayout(titles, 1)
        head.addWidget(self._new)
        box.addLayout(head)
        grid = QGridLayout()
        parts.spaced(grid, 0, 12)
        for at, tile in enumerate(self._tiles.values()):
            grid.addWidget(tile, 0, at)
            tile.clicked.connect(self._show_list)
            tile.entered.connect(self.table.setFocus)
        box.addLayout(grid)
        card = parts.Card(margin=12)
        card.body.addLayout(parts.row(self._heading, None, self._hand_over, ListButton(self.table)))
        card.body.addWidget(self.table, 1)
        box.addWidget(card, 1)
        self.table.opened.connect(lambda found: self.opened.emit(found.case.id))
        self.table.model.wanted.connect(self._more)
        self.table.model.resorted.connect(self._resort)
        self.out.said.connect(self.said)
        self.out.drawn.connect(self.drawn)
        self.out.failed.connect(lambda error: self.said.emit(reason_of(error)))

    def show_bench(self, found: Bench) -> None:
        """Show what was seen."""
        first, self._bench = self._bench is None, found
        for card in found.cards:
            hint = _hint(card, self._counter.desk.clock())
            self._tiles[card.id].show_count(card.title, card.count, hint, card.urgency)
        if first:
            led = self.focusWidget() in self._tiles.values()  # also while the window is not in front yet
            self._tiles[found.shown].setChecked(True)
            if led:
                self._tiles[found.shown].setFocus()
        self._show_list()

    def _show_list(self) -> None:
        if self._bench is None:
            return
        card = self._card()
        self._heading.setText(f"{card.title} · {card.count} 件" if card.count else card.title)
        self._hand_over.setVisible(self.current() in ("undelivered", "to_sign"))
        self.table.empty.say(card.nothing, self._next())
        self.table.set_rows(card.rows, card.count)
        if self._order != ("due", False):
            self._resort(*self._order)

    def _next(self) -> str:
        """What to do where there is nothing; in a new office people come first."""
        if self.current() == "mine" and not self._counter.desk.store.organisation().project_managers():
            alone = why_not_staffing(self._counter.session)
            return FIRST_ASK if alone else FIRST_DO
        if self.current() in OF_COUNTER and why_not_new(self._counter.session):
            return ELSE
        return NEXT.get(self.current(), ELSE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the figures give way to the list."""
        super().resizeEvent(event)
        around = self.parentWidget()  # it scrolls: what is seen may be less
        low = min(self.height(), around.height() if around else self.height()) < px(LOW)
        for tile in self._tiles.values():
            tile.set_low(low)

    def _card(self) -> Card:
        assert self._bench is not None
        return self._bench.card(self.current())

    def _asked(self) -> Asked:
        """The whole list behind the tile."""
        card, (order, descending) = self._card(), self._order
        store, now = self._counter.desk.store, self._counter.desk.clock()
        return Asked(
            card.title,
            "",
            lambda: store.queue(card.where, now, order=order, descending=descending, limit=listing.WHOLE),
        )

    def _more(self, offset: int) -> None:
        self._read(offset, self.table.model.add_rows)

    def _resort(self, order: str, descending: bool) -> None:
        self._order = (order, descending)
        if self._bench is not None:
            total = self._card().count
            self._read(0, lambda rows: self.table.set_rows(rows, total))

    def _read(self, offset: int, done: Callable[[Sequence[QueueRow]], None]) -> None:
        where, (order, descending) = self._card().where, self._order
        store, now = self._counter.desk.store, self._counter.desk.clock()

        def work() -> Sequence[QueueRow]:
            return store.queue(where, now, order=order, descending=descending, limit=PAGE, offset=offset)

        self._counter.read(work, done, self)


def greeting(desk: Desk, session: Session) -> str:
    """A word for the person."""
    hour = desk.clock().astimezone(CHINA).hour
    part = "早上好" if hour < 9 else "上午好" if hour < 12 else "下午好" if hour < 18 else "晚上好"
    return f"{session.person.name}，{part}"


def day_words(desk: Desk) -> str:
    """Today, and whether it counts."""
    today, hours = desk.clock().astimezone(CHINA).date(), desk.reference.hours
    day = desk.reference.calendar.day(today)
    kind = "工作日" if day.works else f"{day.name}放假" if day.name else "休息日"
    kind = f"{day.name}调休上班" if day.kind == "makeup" else kind
    words = f"{today:%Y 年 %m 月 %d 日} 星期{WEEKDAYS[today.weekday()]} · {kind}"
    return f"{words} · 营业 {hours.opens:%H:%M}—{hours.closes:%H:%M}" if day.works else words


def _hint(card: Card, now: datetime) -> str:
    if not card.count:
        return card.nothing
    dues = [row.limit.due for row in card.rows if row.limit and row.limit.due]
    if card.id in ("undelivered", "to_sign") and dues:
        first = min(dues)
        return f"最早 {moment(first)} 到期" if first >= now else f"{moment(first)} 已到期"
    return card.hint
