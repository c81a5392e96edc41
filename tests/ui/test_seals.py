"""系统 → 印章: the administrator registers, everybody else reads who may."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.organisation import Seal
from yekuo_desktop.domain.people import Role
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.sealing import all_seals, save_seal
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.dialogs.seal_register import SealRegister
from yekuo_desktop.ui.dialogs.seals import SealsDialog

Sit = Callable[[str], AtWindow]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A red ring on a transparent ground."""
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, 395, 395), outline=(200, 0, 0, 255), width=12)
    image.save(tmp_path / "seal.png")
    return tmp_path / "seal.png"


@pytest.fixture
def seals(sit: Sit) -> tuple[AtWindow, SealsDialog]:
    return open_for(sit, "admin")


def open_for(sit: Sit, login: str) -> tuple[AtWindow, SealsDialog]:
    person = sit(login)
    person.window.actions_by_words["印章…"].trigger()
    dialog = person.dialog()
    assert isinstance(dialog, SealsDialog)
    return person, dialog


def test_a_picture_is_shown_first_and_registered_by_f9(
    seals: tuple[AtWindow, SealsDialog],
    desk: Desk,
    picture: Path,
    monkeypatch: pytest.MonkeyPatch,
    accepted: accepting.Accepted,
) -> None:
    person, dialog = seals
    assert dialog.name.currentText() == "供电业务专用章"
    assert "《业扩报装工单》" in dialog._used.text()
    assert not dialog.preview.has_picture()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    dialog.choose.click()
    person.settle()
    assert dialog.preview.has_picture()
    assert "还没有保存" in dialog.notice.words()
    assert all_seals(desk)[0].picture == ""
    dialog.diameter.setValue(42)
    person.press(Qt.Key.Key_F9, widget=dialog)
    person.until(lambda: "已登记 供电业务专用章（42 毫米 · 图片）" in person.window.toast.words())
    person.settle()
    (seal,) = all_seals(desk)
    assert desk.store.blob(seal.picture) == picture.read_bytes()
    assert seal.diameter_mm == 42
    assert dialog.preview.has_picture()
    sheet = printing.issue(desk, sit_down(desk, "wangli"), accepted.case.id, "acceptance_receipt")
    assert sheet.seal_picture == ""  # carries no seal
    dialog.ring.click()
    person.press(Qt.Key.Key_F9, widget=dialog)
    person.until(lambda: "空圈" in person.window.toast.words())
    person.settle()
    assert all_seals(desk)[0].picture == ""
    dialog.reject()


SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="42mm" height="42mm" viewBox="0 0 42 42">
<circle cx="21" cy="21" r="20" fill="none" stroke="#c00" stroke-width="1"/></svg>"""
LEVELS = "".join(f'<g id="a{at}">{f"""<use href="#a{at - 1}"/>""" * 10}</g>' for at in range(1, 10))
NESTED = f"""<svg xmlns="http://www.w3.org/2000/svg" width="42mm" height="42mm">
<circle id="a0" r="4"/>{LEVELS}</svg>"""


def test_a_drawing_becomes_a_picture(seals: tuple[AtWindow, SealsDialog], desk: Desk, tmp_path: Path) -> None:
    person, dialog = seals
    (tmp_path / "seal.svg").write_text(SVG)
    dialog.take_picture(str(tmp_path / "seal.svg"))
    person.settle()
    assert dialog.preview.has_picture()
    person.press(Qt.Key.Key_F9, widget=dialog)
    person.settle()
    stored = desk.store.blob(all_seals(desk)[0].picture)
    assert stored is not None
    image = Image.open(BytesIO(stored))
    assert (image.size, image.mode) == ((1200, 1200), "RGBA")
    assert image.getpixel((600, 600))[3] == 0  # type: ignore[index]
    assert image.getpixel((30, 600))[0] > 180  # type: ignore[index]
    (tmp_path / "bad.svg").write_text("<html/>")
    dialog.take_picture(str(tmp_path / "bad.svg"))
    person.settle()
    assert "不是可用的 SVG 图形" in dialog.notice.words()
    (tmp_path / "bomb.svg").write_text(NESTED)
    dialog.take_picture(str(tmp_path / "bomb.svg"))
    person.settle()
    assert "层层引用" in dialog.notice.words()
    dialog.reject()


def test_the_administrator_names_who_may_use_it(seals: tuple[AtWindow, SealsDialog], desk: Desk) -> None:
    person, dialog = seals
    assert dialog.users.text().startswith("按规定：营业员、班长")
    dialog.users._actions[Role.SUPERVISOR].setChecked(True)
    assert dialog.users.text() == "班长"
    person.press(Qt.Key.Key_F9, widget=dialog)
    person.settle()
    assert all_seals(desk)[0].users == (Role.SUPERVISOR,)
    assert dialog.users.text() == "班长"
    dialog.reject()


def test_the_register_of_uses(sit: Sit, desk: Desk, accepted: accepting.Accepted, tmp_path: Path) -> None:
    person = sit("wangli")
    person.window.actions_by_words["用印登记…"].trigger()
    register = person.dialog()
    assert isinstance(register, SealRegister)
    person.until(lambda: register.table.model.total == 1)
    (use,) = register.table.model.rows()
    assert (use.sheet_no, use.how) == (accepted.sheets[0].sheet_no, "手工章")
    register.export_to(str(tmp_path / "用印.xlsx"))
    person.until((tmp_path / "用印.xlsx").exists)
    person.press(Qt.Key.Key_F9, widget=register)
    preview = person.dialog()
    assert isinstance(preview, PrintPreview)
    preview.reject()
    register.table.opened.emit(use)
    person.until(lambda: person.window.deck.shown == "acceptance")


def test_a_seal_is_no_larger_than_the_state_allows(seals: tuple[AtWindow, SealsDialog], desk: Desk) -> None:
    person, dialog = seals
    dialog.diameter.setValue(46)
    person.press(Qt.Key.Key_F9, widget=dialog)
    assert dialog.fields.message("diameter") == "印章直径应在 30–45 毫米之间"
    assert dialog.diameter.value() == 46
    assert all_seals(desk)[0].diameter_mm == 40
    dialog.reject()


def test_another_seal_with_its_own_arc_text(seals: tuple[AtWindow, SealsDialog], desk: Desk) -> None:
    person, dialog = seals
    dialog._new.click()
    person.press(Qt.Key.Key_F9, widget=dialog)
    assert dialog.fields.message("name") == "请填写印章名称"
    dialog.name.setCurrentText("供电业务专用章")
    person.press(Qt.Key.Key_F9, widget=dialog)
    assert "已有“供电业务专用章”" in dialog.fields.message("name")
    dialog.name.setCurrentText("公章")
    dialog.unit.setText("示例县供电公司河口供电所")
    person.press(Qt.Key.Key_F9, widget=dialog)
    person.settle()
    kept = {seal.name: seal.unit for seal in all_seals(desk)}
    assert kept["公章"] == "示例县供电公司河口供电所"
    assert dialog.list.count() == 2
    assert "公章" in dialog.list.currentItem().text()
    dialog.reject()


def test_a_picture_that_cannot_be_printed_is_refused(
    seals: tuple[AtWindow, SealsDialog], tmp_path: Path
) -> None:
    person, dialog = seals
    white = BytesIO()
    Image.new("RGB", (400, 400), "white").save(white, "PNG")
    (tmp_path / "white.png").write_bytes(white.getvalue())
    dialog.take_picture(str(tmp_path / "white.png"))
    person.settle()
    assert "透明底" in dialog.notice.words()
    assert not dialog.preview.has_picture()
    dialog.reject()


def test_others_see_who_may(sit: Sit, desk: Desk) -> None:
    _, dialog = open_for(sit, "wangli")
    assert dialog.notice.words() == "印章由系统管理员登记"
    for widget in (dialog._keep, dialog._new, dialog.choose, dialog.name, dialog.diameter):
        assert not widget.isEnabled()
    assert dialog.name.currentText() == "供电业务专用章"
    with pytest.raises(Refused, match="印章由系统管理员登记"):
        save_seal(desk, sit_down(desk, "wangli"), Seal(id="", name="公章", unit="甲"))
    dialog.reject()
