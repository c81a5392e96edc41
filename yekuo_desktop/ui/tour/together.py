"""The counter and the project manager's machine with a centre between them: accepted without a line, printed
at the other machine, changed on both sides, the conflict decided."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from PySide6.QtCore import Qt

from yekuo_desktop.domain.case import Case
from yekuo_desktop.office import printing
from yekuo_desktop.office.practice.county import PASSWORD
from yekuo_desktop.ui.app import application
from yekuo_desktop.ui.dialogs.case_correction import CorrectionDialog
from yekuo_desktop.ui.dialogs.sync_conflict import SyncConflict
from yekuo_desktop.ui.dialogs.sync_page import DISPUTED, SyncPage
from yekuo_desktop.ui.ports import Opener
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.applicants import neighbour
from yekuo_desktop.ui.tour.counter import CLERK, Counter
from yekuo_desktop.ui.tour.dialog_keys import click, into, press
from yekuo_desktop.ui.tour.hands import Hands
from yekuo_desktop.ui.tour.seat import Seat, Timed
from yekuo_desktop.ui.tour.watch import Watch

MANAGER = "liming"
FIELD, LABEL = "mobile", "移动电话"
AT_COUNTER, AT_SITE = "13803710021", "13803710022"
SHORT = timedelta(minutes=20)
SYNCED = "已同步"


class Centre(Protocol):
    """A centre of its own for the drive, which can be away."""

    def found(self, login: str, password: str) -> Opener:
        """The counter's store joins it, and so does a machine for ``login``: the opener of that."""

    def come(self) -> None:
        """It can be reached."""

    def go(self) -> None:
        """It cannot."""

    def faults(self) -> list[str]:
        """What its proof finds."""


class Together:
    """Two chairs; who sits there, and the line between them."""

    def __init__(self, opener: Opener, centre: Centre, album: Album, watch: Watch) -> None:
        self._centre, self._album, self._watch = centre, album, watch
        self._counter = self._chair(opener)
        self._manager: Seat | None = None
        self._album.section = "together"

    def go(self) -> None:
        """Every act."""
        far = self._centre.found(MANAGER, PASSWORD)
        self._centre.go()
        self._counter.begin(CLERK)
        case = self._without_a_line()
        self._centre.come()
        self._meet(self._counter)
        self._album.step("线路恢复,自动上传", self._counter.window.header.sync_words())
        self._manager = self._chair(far)
        self._manager.begin(MANAGER)
        self._printed_there(self._manager, case)
        self._change_on_both_sides(self._manager, case)
        self._decide(self._manager, case)
        self._prove(self._manager, case)

    def stop(self) -> None:
        """Close both windows and the centre."""
        for seat in (self._counter, self._manager):
            if seat is not None:
                seat.stop()
        self._centre.go()
        self._album.section = ""

    def _chair(self, opener: Opener) -> Seat:
        return Seat(application(), Timed(opener, self._watch), Hands(), PASSWORD)

    # ---- accepted here, printed there ------------------------------------------------------------

    def _without_a_line(self) -> Case:
        seat = self._counter
        self._watch.go_on(SHORT)
        counter = Counter(seat, self._album, self._watch)
        case = counter.take_in(neighbour(self._watch().date()))
        light = seat.window.header
        seat.hands.until(lambda: "待上传" in light.sync_words(), "断网没有显示待上传")
        self._album.picture("断网受理", seat.window)
        self._album.step("没有线路照常受理", light.sync_words(), number=case.number)
        counter.send(case, by_list=False)
        return seat.case(case.id)

    def _printed_there(self, seat: Seat, case: Case) -> None:
        """The project manager's machine has the case, prints the same sheet, and he signs for it."""
        self._until_met(seat, lambda: self._same(seat, case), "项目经理的电脑没有收到业务")
        seat.find(case)
        self._album.picture("项目经理的电脑", seat.window)
        here, there = (self._drawn(each, case) for each in (self._counter, seat))
        self._album.paper("项目经理处打印的单据.pdf", there.pdf)
        self._album.step("项目经理处打印同一张工单", f"{there.pages} 页", ok=here.pages == there.pages)
        self._watch.go_on(SHORT)
        seat.hands.press(Qt.Key.Key_F9)
        self._meet(seat)
        self._until_met(self._counter, lambda: self._signed(case), "营业厅没有看到签收")
        self._album.step("异地签收,营业厅的时限停止", MANAGER)

    def _drawn(self, seat: Seat, case: Case) -> Any:
        sheets = [paper.sheet_no for paper in case.papers]
        return printing.pdf(seat.desk, seat.window.session, seat.case(case.id), sheets)

    def _signed(self, case: Case) -> bool:
        order = self._counter.case(case.id).delivery
        return order is not None and order.received is not None

    # ---- changed on both sides -------------------------------------------------------------------

    def _change_on_both_sides(self, manager: Seat, case: Case) -> None:
        self._centre.go()
        for seat, number in ((self._counter, AT_COUNTER), (manager, AT_SITE)):
            self._watch.go_on(SHORT)
            self._correct(seat, case, number)
        self._album.step("断网时两处改了同一栏", f"{AT_COUNTER} / {AT_SITE}")
        self._centre.come()
        self._meet(self._counter)
        self._meet(manager)
        self._meet(self._counter)

    def _correct(self, seat: Seat, case: Case, number: str) -> None:
        seat.front()
        seat.find(seat.case(case.id))
        click(seat, seat.view.bar.correct)
        dialog: Any = seat.dialog(CorrectionDialog, "没有出现更正窗口")
        into(seat, dialog.pick.input, LABEL)
        seat.hands.press(Qt.Key.Key_Return)
        seat.hands.replace(number)
        into(seat, dialog.reason.input, "客户来电换了号码")
        press(seat, dialog, dialog.confirm)

    def _decide(self, manager: Seat, case: Case) -> None:
        """Both values side by side; one of them with a reason."""
        seat = self._counter
        self._until_met(seat, lambda: len(seat.case(case.id).conflicts) > 0, "没有看到冲突")
        seat.front()
        seat.window.actions_by_words["同步情况…"].trigger()
        page: Any = seat.dialog(SyncPage, "没有出现同步情况")
        seat.hands.until(lambda: "1" in page.tabs.tabText(DISPUTED), "同步情况里没有冲突")
        page.tabs.setCurrentIndex(DISPUTED)
        self._album.picture("同步情况-冲突", page)
        page.tables[DISPUTED].choose(0)
        page.decide()
        dialog: Any = seat.dialog(SyncConflict, "没有出现冲突窗口")
        seat.hands.point(dialog.take.setFocus)
        seat.hands.press(Qt.Key.Key_Space)
        into(seat, dialog.reason, "已电话核实")
        self._album.picture("冲突-两边并排", dialog)
        seat.hands.press(Qt.Key.Key_Return)
        seat.hands.until(lambda: not seat.desk.store.centre.conflicts(), "冲突没有处理")
        page.reject()
        self._meet(seat)
        self._until_met(manager, lambda: self._same(manager, seat.case(case.id)), "两处的业务不一样")
        self._album.step("冲突写明理由后处理,两处一致", str(seat.case(case.id).values[FIELD]))

    def _prove(self, manager: Seat, case: Case) -> None:
        faults = self._centre.faults()
        for seat in (self._counter, manager):
            faults += [fault.reason for fault in seat.desk.store.verify()]
        self._album.picture("两处一致", manager.window)
        self._album.step("营业厅、项目经理和中心的流水核对", "；".join(faults) or "完整", ok=not faults)

    # ---- the line ----------------------------------------------------------------------------------

    def _same(self, seat: Seat, case: Case) -> bool:
        return seat.desk.store.case(case.id) == case

    def _meet(self, seat: Seat) -> None:
        """Everything that waited has gone up."""
        self._until_met(seat, lambda: seat.desk.store.unsent() == 0, "没有同步")

    def _until_met(self, seat: Seat, so: Callable[[], bool], otherwise: str) -> None:
        """In contact at once, whatever pause there was, until it is so."""
        line = seat.window.sync.syncing
        line.now()

        def reached() -> bool:
            if line.busy or so():
                return not line.busy
            if line.last is not None and line.last.trouble:
                line.now()
            return False

        seat.hands.until(reached, otherwise)
        seat.hands.settle()
