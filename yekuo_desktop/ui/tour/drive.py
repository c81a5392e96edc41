"""The whole drive, act after act; the first thing that does not come about ends it."""

import sys
from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler

from yekuo_desktop.domain.office_acts import SettingChanged
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office import daybook, printing
from yekuo_desktop.office.practice.county import FULL_WAY, PASSWORD
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.ui.app import application
from yekuo_desktop.ui.dialogs.day_book import DayBook
from yekuo_desktop.ui.ports import Opener
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.applicants import applicant
from yekuo_desktop.ui.tour.closely import look_closely
from yekuo_desktop.ui.tour.closing import Bind, close
from yekuo_desktop.ui.tour.counter import CLERK, Counter
from yekuo_desktop.ui.tour.detours import Detours
from yekuo_desktop.ui.tour.hands import CTRL, Hands, Stuck
from yekuo_desktop.ui.tour.seat import Seat, Timed
from yekuo_desktop.ui.tour.together import Centre, Together
from yekuo_desktop.ui.tour.watch import Watch, step_of
from yekuo_desktop.ui.tour.way import Way

NOISE = (
    "This plugin does not support",  # of the platform without a screen
    "Keyboard event not accepted",  # Enter in a window whose field has been left
    "QAbstractItemView::commitData",  # a cell that is left is saved already
)


class Drive:
    """One drive through the program."""

    def __init__(
        self,
        opener: Opener,
        album: Album,
        watch: Watch,
        bind: Bind,
        *,
        briefly: bool = False,
        left: Collection[str] = (),
        centre: Centre | None = None,
    ) -> None:
        """``briefly`` and ``left``: what the office does instead of hands, as ``Way`` says; ``centre``: then
        two machines work together through it."""
        self._album, self._watch, self._bind = album, watch, bind
        self._briefly, self._left = briefly, left
        self._opener, self._centre = opener, centre
        self._seat = Seat(application(), Timed(opener, watch), Hands(), PASSWORD)
        self._cases: list[dict[str, Any]] = []

    def run(self, classes: Sequence[str]) -> dict[str, Any]:
        """Every act; the summary is on disk in any case."""
        before = qInstallMessageHandler(_heard)
        try:
            self._go(classes)
        except Stuck as stuck:
            self._album.step("停在这里", str(stuck), ok=False)
            self._album.picture("stuck", self._seat.in_front())
        finally:
            self._seat.stop()
            qInstallMessageHandler(before)
        numbers = [case["number"] for case in self._cases]
        return self._album.summary(
            number=numbers[0] if numbers else None, until=self._watch(), cases=self._cases
        )

    def _go(self, classes: Sequence[str]) -> None:
        self._seat.begin(CLERK)
        self._seven_stages()
        self._album.picture("workbench", self._seat.window)
        name = self._seat.window.session.person.name
        self._album.step("登录并打开工作台", f"{name} {self._watch():%Y-%m-%d %H:%M}")
        counter = Counter(self._seat, self._album, self._watch)
        detours = Detours(self._seat, self._album, self._watch)
        way = Way(self._seat, self._album, self._watch, detours, briefly=self._briefly, left=self._left)
        for klass in classes:
            self._album.section = klass
            self._case(counter, way, klass, first=klass == classes[0])
        self._album.section = ""
        if self._album.drawing:
            look_closely(self._seat, self._album)
        self._day_book()
        self._prove()
        if self._centre is not None:
            self._seat.stop()
            together = Together(self._opener, self._centre, self._album, self._watch)
            try:
                together.go()
            finally:
                together.stop()

    def _seven_stages(self) -> None:
        """The county works by the rule set that lets every class pass all stages."""
        desk = self._seat.desk
        with desk.store.unit() as unit:
            before = unit.organisation().rules
            save(desk, unit, "office", "office.changed", SettingChanged("rules", before, FULL_WAY))

    def _case(self, counter: Counter, way: Way, klass: str, *, first: bool) -> None:
        """One customer from the counter to the shelf."""
        self._album.step(f"—— {CLASSES[klass]} ——", f"{self._watch():%Y-%m-%d %H:%M}")
        case = counter.take_in(applicant(klass, self._watch().date()))
        if first:
            self._album.section = ""
            self._keep_order(case)
            self._album.section = klass
        counter.deliver(case, by_list=first)
        way.walk(case.id, step_of(klass))
        self._cases.append(close(self._seat, self._album, self._bind, case.id))

    def _keep_order(self, case: Any) -> None:
        sheets = [paper.sheet_no for paper in case.papers]
        drawn = printing.pdf(self._seat.desk, self._seat.window.session, case, sheets)
        self._album.paper("work-order.pdf", drawn.pdf)

    def _day_book(self) -> None:
        """Today's log, on screen and paper."""
        today = self._watch().date()
        desk, session = self._seat.desk, self._seat.window.session
        self._album.paper("business-log.pdf", daybook.drawn(desk, session, today).pdf)
        self._seat.front()
        self._seat.hands.press(Qt.Key.Key_R, CTRL)
        self._album.picture("day-book", self._seat.dialog(DayBook, "没有出现营业日志"))
        self._seat.hands.press(Qt.Key.Key_Escape)
        self._album.step("营业日志", f"{len(daybook.lines(desk, today))} 笔")

    def _prove(self) -> None:
        faults = list(self._seat.desk.store.verify())
        self._album.step("流水核对", "完整" if not faults else faults[0].reason, ok=not faults)


def _heard(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Qt's own words, without those that say nothing of the program."""
    if not words.startswith(NOISE):
        sys.stderr.write(f"{words}\n")
