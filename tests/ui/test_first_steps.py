"""The first steps of an office and of a person in it: the wizard, the people, the first sign-in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import AtWindow
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.county import PASSWORD
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.staffing import save_person
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.dialogs.people import PeopleDialog
from yekuo_desktop.ui.dialogs.setup_wizard import SetupWizard
from yekuo_desktop.ui.dialogs.sign_in import SignIn, login_of
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.tabs.workbench.tab import Workbench

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
TWO_LINES = "电动机\tY2-160\t2\t315\n卷扬机\tJM-5\t1\t30\n"


def tab_of(person: AtWindow, stage: str) -> StageTab:
    """The tab of a stage."""
    tab = person.window.deck.tab(stage)
    assert isinstance(tab, StageTab)
    return tab


def test_the_first_choice_is_made_with_enter(qtbot: QtBot, tmp_path: Path, background: Background) -> None:
    wizard = SetupWizard(bootstrap.Opener(tmp_path / "new", fixed=True), background)
    qtbot.addWidget(wizard)
    with qtbot.waitActive(wizard):
        wizard.show()
        wizard.activateWindow()
    qtbot.keyClick(wizard.choice.practice, Qt.Key.Key_Down)
    qtbot.keyClick(wizard.choice.real, Qt.Key.Key_Return)
    assert wizard.page() is wizard.form
    assert wizard.form.first.hasFocus()


@pytest.mark.parametrize("typed", ["河口镇、青龙镇", "河口镇,青龙镇", "河口镇\uff0c 青龙镇"])
def test_areas_are_parted_by_any_comma(qtbot: QtBot, desk: Desk, background: Background, typed: str) -> None:
    from_menu = PeopleDialog(desk, sit_down(desk, "admin"), background)
    qtbot.addWidget(from_menu)
    from_menu.areas.setText(typed)
    person: Person = from_menu._typed()
    assert person.areas == ("河口镇", "青龙镇")


def test_a_new_office_is_told_to_begin_with_its_people(sit: Sit, desk: Desk) -> None:
    for login in [p.login for p in desk.store.organisation().project_managers()]:
        person = desk.store.organisation().people[login]
        save_person(desk, sit_down(desk, "admin"), replace(person, active=False), "")
    clerk = sit("wangli")
    bench = clerk.window.deck.tab("workbench")
    assert isinstance(bench, Workbench)
    assert "系统管理员登记客户项目经理" in bench.table.empty._hint.text()
    clerk.press(Qt.Key.Key_F2)
    clerk.press(Qt.Key.Key_F9)
    tab = tab_of(clerk, "acceptance")
    assert isinstance(tab, AcceptanceTab)
    form = tab.application.page.form
    assert form.message("project_manager").startswith("还没有客户项目经理")
    person = desk.store.organisation().people["liming"]
    save_person(desk, sit_down(desk, "admin"), replace(person, active=True), "")
    tab.application.drop_draft()
    clerk.press(Qt.Key.Key_F2)
    clerk.press(Qt.Key.Key_F9)
    assert not form.message("project_manager").startswith("还没有客户项目经理")


def test_who_sits_down_for_the_first_time_is_offered_a_clerk_and_told_the_password(
    qtbot: QtBot, desk: Desk, background: Background
) -> None:
    dialog = SignIn(desk, background)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert desk.store.organisation().by_login(login_of(dialog.who)).roles == (Role.CLERK,)  # type: ignore[union-attr]
    assert PASSWORD in dialog._fields.message("password")
    assert dialog.who.hasFocus()
    qtbot.keyClicks(dialog.who.lineEdit(), "wl")
    qtbot.keyClick(dialog.who.lineEdit(), Qt.Key.Key_Return)
    assert dialog.password.hasFocus()
    qtbot.keyClicks(dialog.password, PASSWORD)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert dialog.session is not None
    assert dialog.session.person.login == "wangli"
