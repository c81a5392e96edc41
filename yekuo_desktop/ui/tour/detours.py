"""What does not go straight on: somebody who may not, a pause, a correction, a step back, a missed limit."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.office.practice.answers import Answer
from yekuo_desktop.office.practice.construction import answers as construction
from yekuo_desktop.ui.dialogs.case_correction import CorrectionDialog
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog, SuspensionDialog
from yekuo_desktop.ui.dialogs.case_return import ReturnDialog
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.dialog_keys import click, into, press
from yekuo_desktop.ui.tour.hands import Hands, Stuck
from yekuo_desktop.ui.tour.seat import Seat
from yekuo_desktop.ui.tour.watch import Watch

AUDITOR, SUPERVISOR, MANAGER = "luoxin", "zhaojun", "liming"
A_WEEK, LONG = timedelta(days=7), timedelta(days=30)
CHECKED, CONTACT = "contractor.checked", "builder_contact"
Detour = Callable[[Case], Sequence[Answer]]


class Detours:
    """Each is gone once, before the task it stands at; it may ask for tasks to be done anew."""

    def __init__(self, seat: Seat, album: Album, watch: Watch) -> None:
        self._seat, self._album, self._watch = seat, album, watch
        self._hands: Hands = seat.hands
        self._ahead: dict[tuple[str, str], Detour] = {
            ("lv_resident", "survey.done"): self._onlooker,
            ("lv_nonresident", "construction.progressed"): self._correct,
            ("hv_single", "plan.approved"): self._drafter,
            ("hv_single", "plan.replied"): self._late,
            ("hv_single", "construction.progressed"): self._pause,
            ("hv_dual", "construction.started"): self._send_back,
        }

    def before(self, case: Case, kind: str) -> Sequence[Answer]:
        """Go the detour that lies before a task of this case, if one does."""
        detour = self._ahead.pop((case.klass, kind), None)
        return detour(case) if detour else ()

    def _onlooker(self, case: Case) -> Sequence[Answer]:
        """The auditor reads everything and changes nothing; the button says who may."""
        self._seat.sit_down(AUDITOR)
        self._may_not(case, "survey.done", "稽查人员只看不办")
        return ()

    def _drafter(self, case: Case) -> Sequence[Answer]:
        """Nobody approves what he drafted."""
        self._seat.sit_down(MANAGER)
        self._may_not(case, "plan.approved", "拟定人不能审批自己的方案")
        return ()

    def _may_not(self, case: Case, kind: str, name: str) -> None:
        self._seat.find(case)
        line = self._seat.view.tasks.list.line(kind)
        self._album.picture(f"{case.stage}-{name}", self._seat.window)
        self._hands.point(line.setFocus)
        self._hands.press(Qt.Key.Key_Return)
        said = self._seat.said()
        shut = not line.standing.possible and self._seat.view.tasks.form is None
        self._album.step(name, said, ok=shut and "由" in said)

    def _late(self, _case: Case) -> Sequence[Answer]:
        """So much time goes by that the answer comes too late; its reason will be asked for."""
        self._watch.go_on(LONG)
        return ()

    def _pause(self, case: Case) -> Sequence[Answer]:
        """The customer asks to wait, in writing; a week later it goes on."""
        self._seat.sit_down(SUPERVISOR)
        self._seat.find(case)
        click(self._seat, self._seat.view.bar.pause)
        dialog: Any = self._seat.dialog(SuspensionDialog, "没有出现暂停窗口")
        into(self._seat, dialog.reason.input, "客户资金未到位,书面申请暂缓施工")
        into(self._seat, dialog.evidence.input, "客户书面申请")
        self._album.picture("construction-暂停", dialog)
        press(self._seat, dialog, dialog.confirm)
        paused = self._seat.case(case.id)
        self._album.step("暂停办理,客户原因不计时", ok=paused.state == "suspended")
        self._album.picture("construction-已暂停", self._seat.window)
        self._watch.go_on(A_WEEK)
        self._hands.press(Qt.Key.Key_F9)
        dialog = self._seat.dialog(ReasonDialog, "没有出现恢复窗口")
        into(self._seat, dialog.reason.input, "客户资金到位")
        press(self._seat, dialog, dialog.confirm)
        self._album.step("恢复办理", ok=self._seat.case(case.id).state == "open")
        return ()

    def _correct(self, case: Case) -> Sequence[Answer]:
        """A name was written wrong: → shows what was recorded, 更正 keeps old and new value."""
        self._seat.sit_down(MANAGER)
        self._seat.find(case)
        self._hands.point(self._seat.view.tasks.list.line(CHECKED).setFocus)
        self._hands.press(Qt.Key.Key_Right)
        self._album.picture("construction-查看记录", self._seat.window)
        self._hands.point(self._button("更正").setFocus)
        self._hands.press(Qt.Key.Key_Space)
        dialog: Any = self._seat.dialog(CorrectionDialog, "没有出现更正窗口")
        label = next(field.label for field in TASKS[CHECKED].fields if field.key == CONTACT)
        into(self._seat, dialog.pick.input, label)
        self._hands.press(Qt.Key.Key_Return)
        self._hands.replace("郭建社")
        into(self._seat, dialog.reason.input, "联系人姓名写错一字")
        self._album.picture("construction-更正", dialog)
        press(self._seat, dialog, dialog.confirm)
        record = next(r for r in self._seat.case(case.id).records if r.kind == CHECKED)
        times = record.corrections
        self._album.step("更正记录,原值新值和原因都留下", f"第 {times} 次", ok=times == 1)
        self._album.picture("construction-更正之后", self._seat.window)
        self._hands.press(Qt.Key.Key_Escape)
        return ()

    def _send_back(self, case: Case) -> Sequence[Answer]:
        """The licence must be looked at again: the old record is struck, the task is done anew."""
        self._seat.sit_down(SUPERVISOR)
        self._seat.find(case)
        self._menu("退回重办…").trigger()
        dialog: Any = self._seat.dialog(ReturnDialog, "没有出现退回窗口")
        self._hands.point(dialog.boxes[CHECKED].setFocus)
        self._hands.press(Qt.Key.Key_Space)
        into(self._seat, dialog.reason.input, "施工单位更换,资质须重新审查")
        self._album.picture("construction-退回重办", dialog)
        press(self._seat, dialog, dialog.confirm)
        struck = [r for r in self._seat.case(case.id).records if r.kind == CHECKED and r.redone]
        self._album.step("退回重办,原记录划去保留", f"{len(struck)} 条", ok=len(struck) == 1)
        self._album.picture("construction-退回之后", self._seat.window)
        return [a for a in construction(case.klass, self._watch().date()) if a.kind == CHECKED]

    # ---- with the keys of dialogs ------------------------------------------------------------------

    def _button(self, name: str) -> QPushButton:
        found: Any = self._seat.view.findChildren(QPushButton)
        seen = [b for b in found if b.isVisible() and b.accessibleName().startswith(name)]
        if not seen:
            raise Stuck(f"没有“{name}”按钮")
        return seen[0]  # type: ignore[no-any-return]

    def _menu(self, words: str) -> QAction:
        actions = self._seat.view.bar.more.menu().actions()
        found = next((action for action in actions if action.text() == words), None)
        if found is None or not found.isEnabled():
            raise Stuck(f"菜单里不能“{words}”:{found.toolTip() if found else ''}")
        return found
