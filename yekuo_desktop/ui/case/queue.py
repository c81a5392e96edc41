"""The left side of every stage tab: pills, filter and the queue with its lights."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yekuo_desktop.domain.vocabulary import LIVE_STATES, STAGES
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.listing import WHOLE
from yekuo_desktop.office.ports import QueueRow
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Pill, PillBar
from yekuo_desktop.ui.widgets.columns import queue_columns
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.list_views import TEXT
from yekuo_desktop.ui.widgets.search_box import TOO_SHORT, too_short
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

PAGE = 200
TYPING_MS = 200
COMMON = (
    Pill("station", "本所"),
    Pill("mine", "我的"),
    Pill("today", "今日到期", "warning"),
    Pill("overdue", "超时", "error"),
)
COUNTED = ("today", "overdue", "registered", "undelivered")


class Fetched(NamedTuple):
    """What one look at the store brings."""

    rows: Sequence[QueueRow]
    total: int
    counts: dict[str, int]
    waiting: int
    overdue: int


class QueuePanel(QWidget):
    """The cases of one stage. Filtering, sorting and paging happen in the store."""

    chosen = Signal(str)  # case
    entered = Signal()  # Enter or a double click: on to what is to be done with it
    counted = Signal(int, bool)  # waiting cases, some of them overdue
    filled = Signal(bool)  # whether there is a case to choose
    said = Signal(str)
    drawn = Signal(str, object)  # title, Drawn

    def __init__(self, counter: Counter, stage: str, pills: Sequence[Pill], empty: Empty) -> None:
        super().__init__()
        self._counter, self._stage = counter, stage
        self._pills = {pill.id: pill.label for pill in pills}
        self._order, self._descending = "due", False
        self._wanted = ""
        self._led = False  # the list gets the keyboard as soon as it is there
        self._bar = PillBar(pills)
        self.search = QLineEdit()
        self.search.setPlaceholderText("在列表中筛选")
        self.search.setAccessibleName("在列表中筛选")
        self.search.setClearButtonEnabled(True)
        self._total: QLabel = label("", "caption")
        desk = counter.desk
        columns = queue_columns(desk.store.organisation(), desk.reference.calendar, desk.clock)
        self.table = Table(columns, "业务列表", empty)
        at = desk, counter.session, counter.background
        self.out = ListOut(self.table, f"queue.{stage}", self._asked, at, counter.write_table)
        self._later = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._build()
        self._connect()
        self.table.filter_by("pill", self._bar.current, self.choose_pill)
        self.table.filter_by(TEXT, self.search.text, self._narrow)

    def add_button(self, button: QPushButton) -> None:
        """The tab's own button, beside the pills."""
        self._below.addWidget(button)

    def refresh(self) -> None:
        """Look at the store again."""
        self._fetch(0)

    def take_keyboard(self) -> None:
        """To the list; to the filter until it has come, and where it is empty."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._led = not self.table.model.total
        if not self._led:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, case_id: str) -> None:
        """Mark a case, now or as soon as it appears."""
        self._wanted = case_id
        self.table.choose_case(case_id)

    def choose_pill(self, pill: str) -> None:
        """Choose a filter as if its pill had been pressed."""
        self._bar.choose(pill)

    def _narrow(self, words: str) -> None:
        if words != self.search.text():
            self.search.setText(words)
            self.refresh()

    def where(self, pill: str = "") -> Filter:
        """The filter of a pill; of the current one with the typed text when none is named."""
        base = self._base()
        text = self._text()
        station, person = self._counter.session.station, self._counter.session.person.id
        changes: dict[str, Any] = {
            "station": {"station": station},
            "mine": {"person": person},
            "today": {"light": "today"},
            "overdue": {"light": "overdue"},
            "registered": {"states": ("registered",)},
            "undelivered": {"light": "undelivered"},
            "archived": {"states": ("archived",)},
        }
        wanted = changes[pill or self._bar.current()]
        return replace(base, **wanted) if pill else replace(base, text=text, **wanted)

    def _text(self) -> str:
        """What to look for; one letter is not looked for, as half the list would answer."""
        typed = self.search.text().strip()
        return "" if too_short(typed) else typed

    def _base(self) -> Filter:
        return Filter(stage=self._stage, states=tuple(sorted(LIVE_STATES)))

    def _asked(self) -> Asked:
        """The whole list as it is filtered and sorted now."""
        store, now = self._counter.desk.store, self._counter.desk.clock()
        where, order, descending = self.where(), self._order, self._descending
        words = [f"筛选：{self._pills[self._bar.current()]}"]
        words += [f"含“{where.text}”"] if where.text else []
        return Asked(
            f"{STAGES[self._stage]}清单",
            "，".join(words),
            lambda: store.queue(where, now, order=order, descending=descending, limit=WHOLE),
        )

    def _fetch(self, offset: int) -> None:
        store, now = self._counter.desk.store, self._counter.desk.clock()
        where, base = self.where(), self._base()
        counted = {pill: self.where(pill) for pill in self._pills if pill in COUNTED}
        overdue = replace(base, light="overdue")
        order, descending = self._order, self._descending

        def look() -> Fetched:
            rows = store.queue(where, now, order=order, descending=descending, limit=PAGE, offset=offset)
            counts = {pill: store.count(filter_, now) for pill, filter_ in counted.items()}
            waiting, late = store.count(base, now), store.count(overdue, now)
            return Fetched(rows, store.count(where, now), counts, waiting, late)

        self._counter.read(look, lambda found: self._show(found, offset), self)

    def _show(self, found: Fetched, offset: int) -> None:
        if offset:
            self.table.model.add_rows(found.rows)
        else:
            self.table.set_rows(found.rows, found.total)
        self.table.empty.say(*self._why_empty(found))
        if self._wanted:
            self.table.choose_case(self._wanted)
        if self._led and found.total and self.search.hasFocus() and not self.search.text():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._led = False
        for pill, count in found.counts.items():
            self._bar.set_count(pill, count or None)
        short = too_short(self.search.text().strip())
        self._total.setText(TOO_SHORT if short else f"共 {found.total} 件" if found.total else "")
        self.counted.emit(found.waiting, found.overdue > 0)
        self.filled.emit(bool(found.total))

    def _why_empty(self, found: Fetched) -> tuple[str, str]:
        """There may be cases that the filter hides."""
        if text := self._text():
            return f"没有含“{text}”的业务", "请改或清空筛选;在全部业务里查找按 Ctrl+K"
        if found.waiting and (pill := self._bar.current()) != next(iter(self._pills)):
            first = next(iter(self._pills.values()))
            return f"“{self._pills[pill]}”里没有业务", f"本环节共 {found.waiting} 件,点“{first}”查看"
        return self.table.empty.designed

    def _chosen(self, row: QueueRow | None) -> None:
        if row is not None:
            self._wanted = row.case.id
            self.chosen.emit(row.case.id)

    def _resorted(self, order: str, descending: bool) -> None:
        self._order, self._descending = order, descending
        self.refresh()

    def _connect(self) -> None:
        self._bar.chosen.connect(lambda _pill: self.refresh())
        self.search.textEdited.connect(lambda _text: self._later.start())
        self._later.timeout.connect(self.refresh)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._chosen)
        self.table.opened.connect(lambda _row: self.entered.emit())
        self.table.model.wanted.connect(self._fetch)
        self.out.said.connect(self.said)
        self.out.drawn.connect(self.drawn)
        self.out.failed.connect(lambda error: self.said.emit(reason_of(error)))
        self.table.model.resorted.connect(self._resorted)

    def _build(self) -> None:
        box, self._below = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self._below.setSpacing(px(8))
        self._below.addWidget(self.search, 1)
        self._below.addWidget(self._total)
        self._below.addWidget(ListButton(self.table, small=True))
        box.addWidget(self._bar)
        box.addLayout(self._below)
        box.addWidget(self.table, 1)
        self.table.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
