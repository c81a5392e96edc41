"""Customers' numbers at the window: masked beside an eye, whole once the reason was typed, on record; and a
late case that goes up to who answers for it. With the keys."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel

from tests.conftest import FixedClock
from tests.ui.at_task import AtTask, delivered
from tests.ui.conftest import HOUSEHOLD, AtWindow
from yekuo_desktop.office import attaching, privacy
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog
from yekuo_desktop.ui.dialogs.escalations import EscalationsDialog
from yekuo_desktop.ui.dialogs.looks import LooksDialog
from yekuo_desktop.ui.widgets.unmask import Eye

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
IDENTITY, PHONE = str(HOUSEHOLD["identity_number"]), str(HOUSEHOLD["mobile"])


def read(at: AtTask, page: str) -> str:
    """Every word on an inner page."""
    at.view.pages.setCurrentWidget(getattr(at.view, page))
    QApplication.processEvents()
    return " ".join(found.text() for found in getattr(at.view, page).findChildren(QLabel))


def picture() -> bytes:
    """A scan."""
    content = QBuffer()
    drawn = QImage(8, 8, QImage.Format.Format_RGB32)
    drawn.fill(0)
    assert drawn.save(content, "PNG")
    return bytes(content.data().data())


def pictures(at: AtTask) -> int:
    """How many scans are seen on the page of attachments."""
    at.view.pages.setCurrentWidget(at.view.attachments)
    at.settle()
    shown: Any = at.view.attachments.findChildren(QLabel)
    small = [label for label in shown if label.property("role") == "thumbnail"]
    return sum(not label.pixmap().isNull() for label in small)


def reason(at: AtTask) -> Any:
    """The dialog that asks why."""
    found = [d for d in at.view.findChildren(ReasonDialog) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def give(at: AtTask, words: str) -> None:
    """Type it and confirm with the keys."""
    dialog = reason(at)
    at.person.bot.keyClick(dialog.confirm, Qt.Key.Key_Return)
    assert dialog.isVisible()  # not without a reason
    dialog.reason.set_value(words)
    at.person.bot.keyClick(dialog.confirm, Qt.Key.Key_Return)
    at.settle()


def test_an_auditor_looks_with_a_reason_and_it_is_on_record(
    sit: Sit, desk: Desk, accepted: Accepted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, case = sit_down(desk, "wangli"), accepted.case
    attaching.attach(desk, clerk, case.id, "身份证.png", picture(), "image/png", "")
    at = AtTask(sit("luoxin"), desk, case.id)
    words = read(at, "record")
    assert "4101**********1029" in words and "138****0001" in words
    assert IDENTITY not in words and PHONE not in words
    assert pictures(at) == 0  # not even small
    taken: list[str] = []
    monkeypatch.setattr(at.view.files, "open", lambda _sha, name: taken.append(name))
    at.view.attachments.opened.emit("sha", "身份证.png")
    reason(at).reject()
    assert taken == []
    printed: list[Any] = []
    at.view.print_requested.connect(lambda _case, sheets: printed.append(sheets))
    order = accepted.sheets[0]
    assert order.form == "work_order"
    at.view.papers.preview.emit(order.sheet_no)  # its numbers are masked: nothing is asked
    assert printed == [(order.sheet_no,)]
    eye = at.view.record.findChild(Eye)
    assert eye is not None and eye.accessibleName() == "查看完整的证件号码"
    eye.setFocus()
    at.person.bot.keyClick(eye, Qt.Key.Key_Return)
    give(at, "核实投诉")
    words = read(at, "record")
    assert IDENTITY in words and PHONE in words
    at.person.until(lambda: not at.view.record.findChildren(Eye))
    assert "查看完整的证件号码、电话、银行账号、申请资料:核实投诉" in read(at, "history")
    assert pictures(at) == 1
    at.view.attachments.opened.emit("sha", "身份证.png")  # asked once a case and sitting
    assert taken == ["身份证.png"]
    (scan,) = at.case.attachments
    at.view.attachments.saved.emit(scan.sha256, str(tmp_path / "copy.png"))
    at.settle()
    assert (tmp_path / "copy.png").read_bytes() == picture()
    at.person.press(Qt.Key.Key_U, CTRL)
    assert [d for d in at.view.findChildren(ReasonDialog) if d.isVisible()] == []
    at.person.window.actions_by_words["查看导出登记…"].trigger()
    register: Any = at.person.dialog()
    assert isinstance(register, LooksDialog)
    found = [(look.person, look.done, look.number) for look in register.table.model.rows()]
    assert found == [("罗欣", "另存", case.number), ("罗欣", "查看", case.number)]
    register.reject()


def test_a_manager_sees_the_phone_and_corrects_only_what_he_sees(
    sit: Sit, desk: Desk, accepted: Accepted
) -> None:
    at = AtTask(sit("liming"), desk, accepted.case.id)
    words = read(at, "record")
    assert PHONE in words and IDENTITY not in words
    at.person.press(Qt.Key.Key_U, CTRL)
    dialog = reason(at)
    dialog.reason.set_value("合同核对")
    at.person.bot.keyClick(dialog.confirm, Qt.Key.Key_Return)
    at.settle()
    assert IDENTITY in read(at, "record")
    now = desk.clock()
    (look,) = privacy.looks(desk, now - timedelta(1), now + timedelta(1))
    assert look.words == "查看完整的证件号码、银行账号:合同核对"


def test_a_late_case_goes_up_and_is_answered_with_the_keys(
    sit: Sit, desk: Desk, accepted: Accepted, clock: FixedClock
) -> None:
    clock.advance(days=7)
    at = AtTask(sit("zhaojun"), desk, accepted.case.id)
    strip = at.view.escalating.strip
    assert "班长督办" in strip.words() and "待签收" in strip.words()
    assert strip.button.isVisibleTo(at.view)
    at.person.window.actions_by_words["督办清单…"].trigger()
    listed: Any = at.person.dialog()
    assert isinstance(listed, EscalationsDialog)
    waiting = listed.table.model.total
    assert waiting == 3  # the work order, the reply, the whole of it
    listed.table.choose(0)
    at.person.press(Qt.Key.Key_F9, widget=listed)
    asked: Any = at.person.dialog()
    assert isinstance(asked, ReasonDialog)
    asked.reason.set_value("今天送达")
    at.person.bot.keyClick(asked.confirm, Qt.Key.Key_Return)
    at.settle()
    assert listed.table.model.total == waiting - 1
    listed.reject()
    strip.button.click()
    give(at, "明天答复")  # for both that are left
    assert not strip.button.isVisibleTo(at.view)
    assert [each.text for each in at.case.escalations] == ["今天送达", "明天答复", "明天答复"]
    other = AtTask(sit("wangli"), desk, accepted.case.id)
    assert "县公司督办" in other.view.escalating.strip.words()
    assert not other.view.escalating.strip.button.isVisibleTo(other.view)


def test_who_fills_in_a_form_has_the_room_for_it(sit: Sit, desk: Desk, clock: FixedClock) -> None:
    case = delivered(desk, clock)
    clock.advance(days=30)
    at = AtTask(sit("liming"), desk, case.id)
    assert "县公司督办" in at.view.escalating.strip.words()
    at.view.tasks.open_task("designer.chosen")
    at.settle()
    assert at.view.tasks.form is not None
    assert at.view.escalating.strip.words() == ""
    at.view.tasks.back()
    assert "县公司督办" in at.view.escalating.strip.words()
