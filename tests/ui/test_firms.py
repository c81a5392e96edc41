"""公开名录: kept by the administrator, looked at by everybody."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.firms import Firm
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.firms import listed, save_firm
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.dialogs.firms import FirmsDialog

Sit = Callable[[str], AtWindow]
BUILDER = Firm(
    id="f1",
    kind="builder",
    name="柳湾电力安装工程有限公司",
    grade="3",
    regime="2026",
    certificate="3-1-00234",
    valid_until=date(2029, 3, 3),
)


def open_dialog(person: AtWindow) -> FirmsDialog:
    """By the menu."""
    person.window.actions_by_words["公开名录…"].trigger()
    dialog = person.dialog()
    assert isinstance(dialog, FirmsDialog)
    dialog.activateWindow()
    person.until(dialog.isActiveWindow)
    return dialog


def type_into(person: AtWindow, dialog: FirmsDialog, key: str, text: str) -> None:
    dialog.form.focus(key)
    edit = dialog.form.editor(key).input
    person.bot.keyClicks(edit, text)
    person.bot.keyClick(edit, Qt.Key.Key_Return)


@pytest.fixture
def with_builder(desk: Desk) -> Firm:
    return save_firm(desk, sit_down(desk, "admin"), BUILDER)


def test_an_empty_list_says_what_to_do(sit: Sit, desk: Desk) -> None:
    dialog = open_dialog(sit("admin"))
    assert dialog.empty.isVisible()
    assert not dialog.list.isVisible()
    dialog.reject()


def test_a_unit_is_entered_by_keyboard_and_listed(sit: Sit, desk: Desk) -> None:
    admin = sit("admin")
    dialog = open_dialog(admin)
    for key, text in (
        ("kind", "1"),
        ("name", "Design Institute"),
        ("grade", "2"),
        ("certificate", "A141004101"),
        ("valid_until", "20281231"),
    ):
        type_into(admin, dialog, key, text)
    assert "regime" not in dialog.form.field_keys()  # a designer holds no licence
    admin.press(Qt.Key.Key_F9, widget=dialog)
    (firm,) = listed(desk)
    assert (firm.kind, firm.name, firm.valid_until) == ("designer", "Design Institute", date(2028, 12, 31))
    assert firm.grade
    assert dialog.list.count() == 1
    dialog.reject()


def test_what_is_missing_stands_beside_its_field(sit: Sit, desk: Desk) -> None:
    admin = sit("admin")
    dialog = open_dialog(admin)
    type_into(admin, dialog, "kind", "2")
    admin.press(Qt.Key.Key_F9, widget=dialog)
    assert dialog.form.message("regime") == "请选择许可证等级制度"
    assert dialog.form.message("name") == "请填写单位名称"
    assert listed(desk) == []
    dialog.reject()


def test_a_unit_is_taken_off_the_list_and_never_deleted(sit: Sit, desk: Desk, with_builder: Firm) -> None:
    admin = sit("admin")
    dialog = open_dialog(admin)
    dialog.list.setCurrentRow(0)
    assert dialog.form.editor("name").value() == with_builder.name
    dialog.form.focus("listed")
    admin.press(Qt.Key.Key_Space, widget=dialog.form.editor("listed").input)
    admin.press(Qt.Key.Key_F9, widget=dialog)
    (firm,) = listed(desk)
    assert not firm.listed
    item = dialog.list.item(0)
    assert item.text().endswith("(已移出)")
    dialog.reject()


def test_others_look_and_change_nothing(sit: Sit, desk: Desk, with_builder: Firm) -> None:
    dialog = open_dialog(sit("wangli"))
    dialog.list.setCurrentRow(0)
    assert dialog.form.editor("name").input.property("readOnly")
    assert not dialog.keep.isEnabled()
    assert dialog.keep.toolTip() == "公开名录由系统管理员管理"
    dialog.reject()
