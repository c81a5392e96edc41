"""The one frame of every stage tab: queue on the left, case on the right, a remembered splitter."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from yekuo_desktop.ui.case.case_view import CaseView
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts, load
from yekuo_desktop.ui.case.queue import COMMON, QueuePanel
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Pill
from yekuo_desktop.ui.widgets.empty import Empty

SPLITTER = "window.splitter"
SAVE_MS = 800
LOWEST = 270  # of the right side: its inner pages scroll
LEFT, RIGHT = 42, 58  # of a hundred, until the person moves it


CHOOSE, KEYS = "从左侧选择一件业务", "上下键选择,回车办理,Ctrl+PgUp / Ctrl+PgDn 切换内页"
NOTHING = "选中的业务在这里显示", "现在列表里没有业务"


class StageTab(QWidget):
    """One stage: its queue and the case chosen in it."""

    said = Signal(str)  # a short word that something was done
    print_requested = Signal(str, tuple)  # case, sheet numbers
    drawn = Signal(str, object)  # title, Drawn: a finished PDF to show and print
    counted = Signal(int, bool)  # for the tab's badge
    case_shown = Signal(str)
    followed = Signal(str, str)  # stage, case: show it in the tab of that stage

    def __init__(
        self, counter: Counter, stage: str, empty: tuple[str, str], pills: Sequence[Pill] = COMMON
    ) -> None:
        super().__init__()
        self.counter, self.stage = counter, stage
        self._case = ""
        self._brought = ""  # the case that gets the keyboard as soon as it is shown
        self.queue = QueuePanel(counter, stage, pills, Empty("inbox", *empty))
        self.case_view = CaseView(counter, stage)
        self.nothing = Empty("inbox", CHOOSE, KEYS)
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing)
        self.right.addWidget(self.case_view)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._later = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Look at the store again: queue and case."""
        self.queue.refresh()
        if self._case:
            self._load(self._case)

    def open_case(self, case_id: str) -> None:
        """Show a case, from the queue, a search or the work bench."""
        self._case = case_id
        self.queue.choose(case_id)
        self._load(case_id)

    def bring_case(self, case_id: str) -> None:
        """Show a case that somebody asked for from elsewhere: the keyboard goes to what is to be done."""
        self.open_case(case_id)
        self._brought = case_id

    def _entered(self) -> None:
        """Enter in the queue: on to what is to be done, as soon as the case is there."""
        facts = self.case_view.facts()
        if facts is not None and facts.case.id == self._case:
            self.case_view.focus_tasks()
        else:
            self._brought = self._case

    def current_case(self) -> str:
        """The case that is shown, "" for none."""
        return self._case

    def close_case(self) -> None:
        """Show no case."""
        self._case = ""
        self.right.setCurrentWidget(self.nothing)

    def show_facts(self, facts: CaseFacts) -> None:
        """Show a case that was loaded; a stage may show it in its own way."""
        self.case_view.show_facts(facts)
        self.right.setCurrentWidget(self.case_view)

    def restore_splitter(self) -> None:
        """Take the width the person gave the queue."""
        store = self.counter.desk.store
        self.counter.read(lambda: store.setting(SPLITTER), self._split, self)

    def _load(self, case_id: str) -> None:
        desk, session = self.counter.desk, self.counter.session
        self.counter.read(lambda: load(desk, session, case_id), self._loaded, self)

    def _filled(self, any_: bool) -> None:
        self.nothing.say(*(self.nothing.designed if any_ else NOTHING))

    def _loaded(self, facts: CaseFacts | None) -> None:
        if facts is None or facts.case.id != self._case:
            return
        self.show_facts(facts)
        if self._brought == facts.case.id:
            self.case_view.focus_tasks()
        self._brought = ""
        self.case_shown.emit(facts.case.id)

    def _split(self, saved: str) -> None:
        left = int(saved) if saved.isdigit() and 15 <= int(saved) <= 80 else LEFT
        self._splitter.setSizes([left * 10, (100 - left) * 10])

    def _save_splitter(self) -> None:
        left, right = self._splitter.sizes()
        share = str(round(left * 100 / max(1, left + right)))
        store = self.counter.desk.store
        self.counter.read(lambda: store.save_setting(SPLITTER, share), lambda _none: None, self)

    def _connect(self) -> None:
        self.queue.chosen.connect(self.open_case)
        self.queue.counted.connect(self.counted)
        self.queue.said.connect(self.said)
        self.queue.drawn.connect(self.drawn)
        self.case_view.said.connect(self.said)
        self.case_view.print_requested.connect(self.print_requested)
        self.case_view.drawn.connect(self.drawn)
        self.case_view.changed.connect(self.refresh)
        self.case_view.looked_for.connect(lambda: self._load(self._case))
        self.case_view.followed.connect(self.followed)
        self.case_view.left.connect(self.queue.table.setFocus)
        self.queue.entered.connect(self._entered)
        self.queue.filled.connect(self._filled)
        self._splitter.splitterMoved.connect(lambda *_: self._later.start())
        self._later.timeout.connect(self._save_splitter)

    def _build(self) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(px(16), px(12), px(16), px(12))
        self._splitter.setHandleWidth(px(12))
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.queue)
        self._splitter.addWidget(self.right)
        self._splitter.setStretchFactor(0, LEFT)
        self._splitter.setStretchFactor(1, RIGHT)
        self.queue.setMinimumWidth(px(300))
        self.right.setMinimumHeight(px(LOWEST))
        box.addWidget(self._splitter)
        self._split("")
        self.restore_splitter()
