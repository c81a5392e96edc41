"""The window: header, stages, tabs, status. It joins its parts and holds no rule of the trade."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QVBoxLayout, QWidget

from yekuo_desktop.office.desk import Desk, Session, why_not_new
from yekuo_desktop.office.staffing import why_not_staffing
from yekuo_desktop.ui import geometry
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.desks.administration import Administration
from yekuo_desktop.ui.desks.chores import Chores
from yekuo_desktop.ui.desks.keeping import Keeping
from yekuo_desktop.ui.desks.registers import Registers
from yekuo_desktop.ui.desks.reports import Reports
from yekuo_desktop.ui.desks.sync import SyncDesk
from yekuo_desktop.ui.early import Sight
from yekuo_desktop.ui.locking import Locking
from yekuo_desktop.ui.lookout import Lookout
from yekuo_desktop.ui.menus import fill_bar, fill_menu
from yekuo_desktop.ui.overview import Overview
from yekuo_desktop.ui.paper_desk import PaperDesk
from yekuo_desktop.ui.ports import Tools
from yekuo_desktop.ui.scanning import Finder
from yekuo_desktop.ui.searching import Searching
from yekuo_desktop.ui.settings import Settings, read_settings
from yekuo_desktop.ui.tab_deck import TabDeck
from yekuo_desktop.ui.tabs import ALL_TABS, TabKind
from yekuo_desktop.ui.warming import Warming
from yekuo_desktop.ui.widgets.card import spaced, text
from yekuo_desktop.ui.widgets.header import PRODUCT, Header, office_words, roles_words
from yekuo_desktop.ui.widgets.progress_strip import ProgressStrip
from yekuo_desktop.ui.widgets.stage_bar import StageBar
from yekuo_desktop.ui.widgets.status_strip import StatusStrip
from yekuo_desktop.ui.widgets.toast import Toast
from yekuo_desktop.ui.window_menus import NEW, Does, person_menu, window_menus

RIBBON = "演练　数据不作数"


class MainWindow(QMainWindow):
    """One signed-in person's window."""

    switch_wanted = Signal()
    closed = Signal()
    dialog_opened = Signal(object)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        tools: Tools,
        kinds: Sequence[TabKind] = ALL_TABS,
        *,
        seeing: bool = False,
    ) -> None:
        """``seeing``: somebody looks at the store already, and ``begin`` follows with what he sees."""
        super().__init__()
        self.desk, self.session, self.background, self.tools = desk, session, background, tools
        self.kinds = tuple(kinds)
        self.settings: Settings = read_settings(desk.store)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._fill_menus()
        geometry.restore(self, self.desk.store)
        self.deck.tab("workbench")
        if not seeing:
            self.begin()

    def begin(self, sight: Sight | None = None) -> None:
        """Turn to the work bench. ``sight``: what was seen of the store while the window was made."""
        self.deck.turn_to("workbench", sight.bench if sight else None)
        if sight:
            self.lookout.show(sight.overview)
        else:
            self.lookout.ask()

    @property
    def overview(self) -> Overview | None:
        """What the frame shows; None before the first look."""
        return self.lookout.overview

    def refresh(self) -> None:
        """Look at the store again, once for however many commits just happened."""
        self.lookout.refresh()

    def show_stage(self, id_: str) -> None:
        """Bring a tab to the front."""
        self.deck.turn_to(id_)

    def say(self, words: str, tone: str = "good") -> None:
        """A short word that something was done."""
        self.toast.say(words, tone)

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog that forgets itself when it is closed."""
        dialog.finished.connect(dialog.deleteLater)
        self.dialog_opened.emit(dialog)
        dialog.open()

    def bring_to_front(self) -> None:
        """Somebody started the program a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.deck.focus_tab()

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry.keep(self, self.desk.store, self.background)
        self.lookout.stop()
        self.sync.syncing.stop()
        self.papers.room.stop()
        super().closeEvent(event)
        self.closed.emit()

    def _make_parts(self) -> None:
        organisation = self.desk.store.organisation()
        office = office_words(organisation, self.session.station)
        person = f"{self.session.person.name} · {roles_words(self.session.person)}"
        mark = " · 演练" if organisation.practice else ""
        self.setWindowTitle(f"{PRODUCT}{mark} · {office}")
        self.header = Header(office, person, self)
        self.ribbon = text(RIBBON, "ribbon")
        self.ribbon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if not organisation.practice:
            self.ribbon.hide()
        self.stages = StageBar([(kind.id, kind.title, kind.short) for kind in self.kinds])
        given = (self.desk, self.session, self.background)
        counter = Counter(*given, self.tools.write_table, self.tools.files)
        self.deck = TabDeck(counter, self.kinds)
        self.progress = ProgressStrip()
        self.status = StatusStrip("演练数据" if organisation.practice else "数据已加密存于本机")
        self.toast = Toast(self)
        self.papers = PaperDesk(*given, self.tools.pages, self)
        self.finder = Finder(*given, self)
        self.searching = Searching(self.header.search, self.finder, *given)
        self.locking = Locking(*given, self, self.settings.lock_minutes)
        self.lookout = Lookout(*given, self)
        self._warming = Warming(self)
        self._person_menu = QMenu(self)
        whole = (*given, self.tools, self)
        self.sync, self.chores = SyncDesk(*whole), Chores(*whole)
        self.registers, self.reports = Registers(*whole), Reports(*whole)
        self.administration, self.keeping = Administration(*whole), Keeping(*whole)
        self._desks = (
            self.sync,
            self.chores,
            self.registers,
            self.reports,
            self.administration,
            self.keeping,
        )
        self.actions_by_words: dict[str, QAction] = {}

    def _lay_out(self) -> None:
        middle = QWidget()
        box = QVBoxLayout(middle)
        spaced(box, 0, 0)
        for widget in (self.header, self.ribbon, self.stages):
            box.addWidget(widget)
        box.addWidget(self.deck, 1)
        box.addWidget(self.progress)
        box.addWidget(self.status)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        self.lookout.changed.connect(self.deck.refresh)
        self.lookout.seen.connect(self._show)
        self.lookout.rested.connect(self._warm_up)
        self.stages.chosen.connect(self.show_stage)
        self.deck.turned.connect(self._turned)
        self.deck.said.connect(self.say)
        self.deck.opened.connect(self.finder.open_case)
        self.deck.drawn.connect(self.papers.show)
        self.deck.print_requested.connect(self.papers.print_sheets)
        self.deck.new_wanted.connect(self.deck.start_new)
        self.deck.handover_wanted.connect(self.registers.hand_over)
        self.finder.found.connect(self.deck.show_case)
        self.finder.said.connect(self.say)
        self.finder.asked.connect(self.dialog_opened)
        self.finder.listed.connect(self.registers.hand_over)
        self.papers.said.connect(self.say)
        self.papers.ready.connect(self.status.show_printer)
        self.papers.queued.connect(self.status.show_queue)
        self.papers.offered.connect(lambda w, b, do: self.toast.say(w, action=b, pressed=do))
        self.papers.room.started.connect(self.progress.begin)
        self.papers.room.progressed.connect(self.progress.advance)
        self.papers.room.ended.connect(self.progress.end)
        self.progress.cancelled.connect(self.papers.room.hold)
        self.papers.shown.connect(self.dialog_opened)
        for desk in self._desks:
            desk.dialog.connect(self.show_dialog)
            desk.drawn.connect(self.papers.show)
            desk.opened.connect(self.finder.open_case)
            desk.said.connect(self.say)
            desk.asked.connect(self.dialog_opened)
        self.chores.set.connect(self._set)
        self.locking.dialog.connect(self.show_dialog)
        self.locking.switch_wanted.connect(self.switch_wanted)
        self._connect_frame()

    def _connect_frame(self) -> None:
        self.header.sync_asked.connect(self._explain_sync)
        self.sync.syncing.changed.connect(self.lookout.ask)
        self.status.orders_asked.connect(self.registers.hand_over)
        self.status.log_asked.connect(self.registers.day_book)
        self.status.queue_asked.connect(lambda: self.papers.open_queue(self.tools.write_table))
        self.background.committed.connect(self._committed)
        self.background.started.connect(self.progress.begin)
        self.background.progressed.connect(self.progress.advance)
        self.background.ended.connect(self.progress.end)
        self.progress.cancelled.connect(self.background.cancel)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.look_for)

    def look_for(self) -> None:
        """Into the search box."""
        self.header.search.start()

    def _fill_menus(self) -> None:
        does = Does(
            start_new=self.deck.start_new,
            find=self.look_for,
            print_queue=lambda: self.papers.open_queue(self.tools.write_table),
            lock=self.locking.lock,
            switch=self.switch_wanted.emit,
            settings=lambda: self.chores.change_settings(self.settings),
            refresh=self.refresh,
            handbook=lambda page: self.chores.handbook(page or self.deck.shown),
            close=self.close,
            turn_to=self.show_stage,
            registers=self.registers,
            reports=self.reports,
            administration=self.administration,
            keeping=self.keeping,
            sync=self.sync,
            chores=self.chores,
        )
        tabs = [(kind.id, kind.title) for kind in self.kinds]
        why = why_not_new(self.session)
        self.actions_by_words = fill_bar(
            self.menuBar(), window_menus(does, tabs, why, why_not_staffing(self.session))
        )
        fill_menu(self._person_menu, person_menu(does))
        self.header.set_menu(self._person_menu)

    def _turned(self, id_: str) -> None:
        self.stages.choose(id_)
        # The acceptance tab has a button with this key: two takers of one key would silence both.
        keys = [] if id_ == "acceptance" else [QKeySequence("F2")]
        self.actions_by_words[NEW].setShortcuts(keys)

    def _set(self, settings: Settings) -> None:
        self.settings = settings
        self.locking.set_minutes(settings.lock_minutes)

    def _committed(self, _kinds: tuple[str, ...], _cases: tuple[str, ...]) -> None:
        self.sync.syncing.written()
        self.refresh()

    def _show(self, seen: Overview) -> None:
        for stage, badge in seen.badges.items():
            self.stages.set_badge(stage, badge)
        self.header.show_sync(seen.sync)
        self.sync.syncing.seen(seen.sync)
        self.status.show_orders(seen.orders, seen.earliest, seen.now)
        self.status.show_log(seen.log)

    def _warm_up(self) -> None:
        """Load what draws paper while nobody waits: the first work order then comes at once."""
        self.background.files(lambda: self.desk.printery.layout("work_order"), owner=self)
        self.papers.look()
        self._warming.start()

    def _explain_sync(self) -> None:
        self.sync.explain(self.lookout.overview)
