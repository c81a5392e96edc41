"""The unit's settings in the window: what is wrong stands beside it while one types; stations by keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.ui.conftest import AtWindow
from yekuo_desktop.ui.dialogs.unit import UnitDialog

Sit = Callable[[str], AtWindow]


def open_unit(person: AtWindow) -> UnitDialog:
    person.window.administration.unit()
    found = person.dialog()
    assert isinstance(found, UnitDialog)
    return found


def test_a_template_is_tried_while_one_types(sit: Sit) -> None:
    person = sit("admin")
    dialog = open_unit(person)
    assert "YK4101-HK01-260310-0001" in dialog.fields.message("number_template")
    dialog.inputs["number_template"].setText("{org}-{serial:4}")
    assert "{terminal}" in dialog.fields.message("number_template")
    dialog.inputs["number_template"].setText("{org}-{terminal}-{yyyyMMdd}{serial:5}")
    assert "YK4101-HK01-2026031000001" in dialog.fields.message("number_template")
    person.bot.mouseClick(dialog._save, Qt.MouseButton.LeftButton)
    person.until(lambda: "已保存" in person.window.toast.words())
    assert person.window.desk.store.organisation().number_template.endswith("{yyyyMMdd}{serial:5}")


def test_a_station_is_added_and_a_clerk_only_looks(sit: Sit) -> None:
    person = sit("admin")
    dialog = open_unit(person)
    dialog.code.setText("LW")
    person.bot.mouseClick(dialog._add, Qt.MouseButton.LeftButton)
    person.until(lambda: "名称" in dialog.station.message("name"))
    dialog.name.setText("柳湾供电所")
    person.bot.mouseClick(dialog._add, Qt.MouseButton.LeftButton)
    person.until(lambda: any(station.code == "LW" for station in dialog.table.model.rows()))
    dialog.reject()
    clerk = open_unit(sit("wangli"))
    assert not clerk._save.isEnabled()
    assert "系统管理员" in clerk._save.toolTip()
