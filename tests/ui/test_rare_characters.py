"""A rare character on its way into a field: keys alone, at the cursor, kept like anything typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MINUTE
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.ui.forms.line import LineEditor
from yekuo_desktop.ui.forms.rare_picker import RareCharacters

CTRL = Qt.KeyboardModifier.ControlModifier


def name_field(qtbot: QtBot) -> tuple[LineEditor, QLineEdit]:
    editor = LineEditor(Field(key="customer_name", label="户名", kind=Kind.NAME))
    qtbot.addWidget(editor)
    edit = editor.findChild(QLineEdit)
    assert edit is not None
    with qtbot.waitActive(editor, timeout=MINUTE):
        editor.show()
        editor.activateWindow()
    edit.setFocus()
    return editor, edit


def picker(qtbot: QtBot, editor: LineEditor) -> RareCharacters:
    qtbot.waitUntil(lambda: bool(editor.window().findChildren(RareCharacters)), timeout=MINUTE)
    return editor.window().findChildren(RareCharacters)[0]


def test_a_character_comes_to_the_cursor_by_keys(qtbot: QtBot) -> None:
    editor, edit = name_field(qtbot)
    told: list[str] = []
    editor.changed.connect(lambda: told.append(editor.value()))
    edit.insert("刘明")  # as an input method does
    qtbot.keyClick(edit, Qt.Key.Key_Left)
    qtbot.keyClick(edit, Qt.Key.Key_M, CTRL)
    found = picker(qtbot, editor)
    found.parts.insert("龙天")
    assert found.list.item(0).text() == "䶮"
    assert "yǎn" in found.about.text()
    qtbot.keyClick(found.parts, Qt.Key.Key_Return)
    qtbot.keyPress(found.list, Qt.Key.Key_Return)  # and the dialog is gone before the key comes up
    qtbot.waitUntil(lambda: edit.text() == "刘䶮明", timeout=MINUTE)
    assert told[-1] == "刘䶮明"


def test_one_that_cannot_be_printed_is_told_what_to_do(qtbot: QtBot) -> None:
    editor, edit = name_field(qtbot)
    qtbot.keyClick(edit, Qt.Key.Key_M, CTRL)
    found = picker(qtbot, editor)
    qtbot.keyClicks(found.code, "U+323AF")
    assert "〓" in found.about.text()
    assert not found._take.isEnabled()
    qtbot.keyPress(found, Qt.Key.Key_Escape)
    assert edit.text() == ""
