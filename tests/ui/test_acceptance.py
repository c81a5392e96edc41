"""Stage 1 in the window: real key presses through the real tab over a real store."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.practice_store import CHEAP, copied, opened
from tests.ui.at_counter import MINUTE, RESIDENT, WHOLE, AtCounter, Windows
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.case_correction import CorrectionDialog
from yekuo_desktop.ui.dialogs.case_notice import LineDialog
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog


@pytest.fixture
def desk(staffed: Path, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice county's people over an encrypted store, no case yet."""
    made = opened(copied(staffed, tmp_path / "store"), clock, CHEAP)
    yield made
    made.store.close()


@pytest.fixture
def background(qtbot: QtBot, desk: Desk) -> Iterator[Background]:
    """The lane to the store; what nobody took of its errors fails the test."""
    made, crashes = Background(), []
    made.crashed.connect(crashes.append)
    yield made
    qtbot.waitUntil(lambda: not made.busy, timeout=MINUTE)
    made.shutdown()
    assert crashes == []


Sit = Callable[[str], AtCounter]


@pytest.fixture
def sit(qtbot: QtBot, desk: Desk, background: Background) -> Sit:
    """Sit down at the counter."""
    return lambda login: AtCounter(qtbot, desk, background, login)


@pytest.fixture
def case(desk: Desk) -> Case:
    """An accepted household."""
    rules = [rule for rule in accepting.materials_for(desk, WHOLE) if rule.required]
    seen = {rule.id: Material(original_seen=True) for rule in rules}
    return accepting.accept(desk, sit_down(desk, "wangli"), WHOLE, seen, "liming").case


def test_an_application_from_the_first_key_to_its_number(sit: Sit, desk: Desk) -> None:
    clerk = sit("wangli")
    clerk.fill({**RESIDENT, "identity_number": "410122196603121020"})
    assert clerk.form.message("identity_number") == "身份证号第 18 位应为 9"
    clerk.enter("identity_number", RESIDENT["identity_number"])
    clerk.settle()
    assert clerk.form.message("identity_number").startswith("✓ 居民身份证,校验正确")
    assert clerk.tab.application.page.manager.value() == "liming"
    assert clerk.drafts()
    clerk.press(Qt.Key.Key_F9)
    assert "还有" in clerk.tab.application.todo.words()
    assert clerk.printed == []
    clerk.see_papers()
    clerk.press(Qt.Key.Key_F9)
    accepted = desk.store.case(clerk.tab.current_case())
    assert accepted is not None
    assert accepted.number.endswith("0001")
    assert accepted.project_manager == "liming"
    assert accepted.values["customer_name"] == "张秀英"
    assert [paper.form for paper in accepted.papers] == [
        "work_order",
        "registration_resident",
        "acceptance_receipt",
        "one_time_notice",
        "commitment",
    ]
    assert clerk.printed == [(accepted.id, tuple(paper.sheet_no for paper in accepted.papers))]
    assert accepted.delivery is not None
    assert accepted.delivery.sheet_no == accepted.papers[0].sheet_no == f"{accepted.number}-1"
    assert f"已正式受理 {accepted.number}" in clerk.said
    assert clerk.drafts() == {}
    assert clerk.tab.case_view.header._number.text() == accepted.number


def test_a_refusal_loses_nothing_and_jumps_to_the_first_wrong_field(sit: Sit) -> None:
    clerk = sit("wangli")
    clerk.fill({"customer_name": "张秀英", "mobile": "1380371000"})
    clerk.press(Qt.Key.Key_F9)
    assert clerk.form.editor("identity_number").input.hasFocus()
    assert clerk.form.message("mobile").startswith("手机号应为 11 位")
    assert clerk.form.values()["customer_name"] == "张秀英"


def test_the_field_with_the_cursor_is_in_view(sit: Sit) -> None:
    clerk = sit("wangli")
    clerk.fill(RESIDENT)
    area, cell = clerk.tab.application.page.area, clerk.form.cell("wished_date")
    assert clerk.form.editor("wished_date").input.hasFocus()
    seen = area.viewport().rect()
    clerk.bot.waitUntil(lambda: seen.contains(cell.rect().translated(cell.mapTo(area.viewport(), QPoint()))))


def test_no_part_of_the_tab_opens_a_window_of_its_own(sit: Sit, case: Case, qapp: QApplication) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    clerk = sit("wangli")
    clerk.press(Qt.Key.Key_F2)
    clerk.tab.open_case(case.id)
    clerk.settle()
    qapp.removeEventFilter(windows)
    assert windows.opened == [clerk.tab]


def test_a_draft_survives_the_window(sit: Sit) -> None:
    first = sit("wangli")
    first.fill({"customer_name": "张秀英", "address_town": "河口镇"})
    first.tab.close()
    second = sit("wangli")
    second.press(Qt.Key.Key_F2)
    assert second.form.everything()["address_town"] == "河口镇"
    assert "上次没有录完的申请已恢复 草稿 09:30" in second.tab.application.restored.words()
    second.tab.application.drop_draft()
    second.settle()
    assert second.drafts() == {}


def test_another_person_has_another_draft(sit: Sit) -> None:
    sit("wangli").fill({"customer_name": "张秀英"})
    other = sit("chenjing")
    other.press(Qt.Key.Key_F2)
    assert "customer_name" not in other.form.everything()


def test_an_increase_without_account_number_is_refused_beside_the_field(sit: Sit) -> None:
    clerk = sit("wangli")
    clerk.fill({"business": "2", **RESIDENT})
    clerk.see_papers()
    clerk.press(Qt.Key.Key_F9)
    assert clerk.form.message("account_no") == "增容业务请填写户号"
    assert clerk.form.editor("account_no").input.hasFocus()


def test_a_pasted_household_list_fills_the_totals(sit: Sit) -> None:
    clerk = sit("wangli")
    clerk.fill({"business": "dypl", "customer_name": "柳湾村委会"})
    QGuiApplication.clipboard().setText(
        "室号\t户名\t用电容量\n101\t张秀英\t8\n102\t李国强\t8\n103\t王海\t8\n"
    )
    clerk.form.editor("households").paste()
    clerk.settle()
    values = clerk.form.values()
    assert (values["household_count"], values["household_capacity"], values["batch_capacity"]) == (
        "3",
        "8",
        "24",
    )


def test_a_stated_time_may_not_lie_ahead_and_a_gap_is_told(sit: Sit) -> None:
    clerk = sit("wangli")
    clerk.fill(RESIDENT)
    clerk.enter("stated", "1000")
    clerk.settle()
    assert clerk.form.message("stated") == "受理时间晚于现在,不能预先登记"
    clerk.enter("stated", "0730")
    clerk.settle()
    assert clerk.form.message("stated") == "补录,晚 2 小时"


def test_the_same_customer_on_an_open_case_is_told_and_his_papers_offered(sit: Sit, case: Case) -> None:
    clerk = sit("wangli")
    clerk.fill({"customer_name": "张秀英", "identity_number": RESIDENT["identity_number"]})
    assert case.number in clerk.tab.application.twins.words()
    clerk.tab.application.materials.take_held()
    assert case.number in {m.held_from for m in clerk.tab.application.materials.materials().values()}


def test_a_registered_application_goes_on_where_it_was_left(sit: Sit, desk: Desk) -> None:
    clerk = sit("wangli")
    clerk.fill(RESIDENT)
    clerk.tab.application.bar.keep.click()
    clerk.settle()
    kept = clerk.tab.current_case()
    assert desk.store.case(kept).state == "registered"  # type: ignore[union-attr]
    assert clerk.drafts() == {}
    clerk.see_papers()
    clerk.press(Qt.Key.Key_F9)
    assert desk.store.case(kept).number  # type: ignore[union-attr]


def test_who_may_not_accept_is_told_on_the_button(sit: Sit) -> None:
    manager = sit("liming")
    assert not manager.tab.new.isEnabled()
    assert manager.tab.new.toolTip() == "登记由营业员、班长办理"


def test_the_work_order_is_handed_over_and_signed_for(sit: Sit, desk: Desk, case: Case) -> None:
    clerk = sit("wangli")
    clerk.tab.open_case(case.id)
    clerk.settle()
    clerk.press(Qt.Key.Key_F9)
    clerk.dialog(LineDialog).confirm.click()
    clerk.settle()
    assert desk.store.case(case.id).delivery.carrier == "王丽"  # type: ignore[union-attr]
    manager = sit("liming")
    manager.tab.open_case(case.id)
    manager.settle()
    assert manager.tab.case_view.bar.primary.text() == "签收工单  F9"
    manager.press(Qt.Key.Key_F9)
    signed = desk.store.case(case.id)
    assert signed is not None
    assert (signed.stage, signed.delivery.received_by) == ("survey", "liming")  # type: ignore[union-attr]


def test_a_correction_keeps_both_values_and_the_reason(sit: Sit, desk: Desk, case: Case) -> None:
    clerk = sit("wangli")
    clerk.tab.open_case(case.id)
    clerk.settle()
    clerk.tab.case_view.bar.correct.click()
    dialog = clerk.dialog(CorrectionDialog)
    dialog.add("capacity")
    edit = dialog._editors["capacity"].input
    edit.selectAll()
    clerk.bot.keyClicks(edit, "10")
    dialog.confirm.click()
    assert dialog._problem.text() == "请写明更正原因"
    clerk.bot.keyClicks(dialog.reason.input, "typing error")
    dialog.confirm.click()
    clerk.settle()
    assert desk.store.case(case.id).values["capacity"] == "10"  # type: ignore[union-attr]
    last = clerk.tab.case_view.facts().history[-1]  # type: ignore[union-attr]
    assert last.changes == (("申请容量", "8 kW", "10 kW"),)


def test_a_withdrawal_asks_for_its_reason_and_says_who_may_reopen(sit: Sit, desk: Desk, case: Case) -> None:
    clerk = sit("wangli")
    clerk.tab.open_case(case.id)
    clerk.settle()
    clerk.tab.case_view.bar.wanted.emit("case.withdrawn")
    dialog = clerk.dialog(ReasonDialog)
    dialog._use("重复申请")
    dialog.confirm.click()
    clerk.settle()
    assert desk.store.case(case.id).state == "withdrawn"  # type: ignore[union-attr]
    bar = clerk.tab.case_view.bar
    assert bar.primary.toolTip() == "重新启用由班长办理"
    assert not bar.primary.isEnabled()


def test_files_are_attached_and_too_large_ones_refused(
    sit: Sit, desk: Desk, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = sit("wangli")
    clerk.tab.open_case(case.id)
    clerk.settle()
    page = clerk.tab.case_view.attachments
    scan = tmp_path / "身份证.pdf"
    scan.write_bytes(b"%PDF-1.4")
    page.add_files([str(scan)])
    clerk.settle()
    assert [file.name for file in desk.store.case(case.id).attachments] == ["身份证.pdf"]  # type: ignore[union-attr]
    monkeypatch.setattr("yekuo_desktop.ui.forms.bringing.LARGEST", 4)
    page.add_files([str(scan)])
    assert "请压缩后再添加" in page._problem.text()
