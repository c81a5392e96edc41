"""Editors that only the later stages use: yes and no, files, moments, people; and every form there is."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_task import AtTask, delivered
from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.case.pages.facts import load
from yekuo_desktop.ui.case.tasks.task_fields import OWN, TaskFields
from yekuo_desktop.ui.forms.bringing import Brought
from yekuo_desktop.ui.forms.choices import make_choices
from yekuo_desktop.ui.forms.factory import people_for
from yekuo_desktop.ui.forms.file_choice import FileEditor
from yekuo_desktop.ui.forms.flag import FlagEditor
from yekuo_desktop.ui.forms.moments import MomentFieldEditor
from yekuo_desktop.ui.forms.yes_no import YesNoEditor

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ((Qt.Key.Key_Y,), True),
        ((Qt.Key.Key_1,), True),
        ((Qt.Key.Key_Left,), True),
        ((Qt.Key.Key_N,), False),
        ((Qt.Key.Key_2,), False),
        ((Qt.Key.Key_Right,), False),
        ((Qt.Key.Key_Space,), True),
        ((Qt.Key.Key_Space, Qt.Key.Key_Space), False),
        ((Qt.Key.Key_Y, Qt.Key.Key_Delete), ""),
    ],
)
def test_a_question_is_answered_by_keys(qtbot: QtBot, keys: tuple[Qt.Key, ...], answer: object) -> None:
    editor = YesNoEditor(Field(key="k", label="有隐蔽工程", kind=Kind.FLAG))
    qtbot.addWidget(editor)
    for key in keys:
        qtbot.keyClick(editor.input, key)
    assert editor.value() == answer
    said = {True: "是", False: "否", "": "未选"}[answer]  # type: ignore[index]
    assert editor.input.accessibleName() == f"有隐蔽工程:{said}"


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        (Qt.Key.Key_Y, False, True),
        (Qt.Key.Key_1, True, True),
        (Qt.Key.Key_N, True, False),
        (Qt.Key.Key_2, False, False),
        (Qt.Key.Key_Space, False, True),
        (Qt.Key.Key_Left, True, True),
    ],
)
def test_a_box_is_ticked_by_the_same_keys(qtbot: QtBot, key: Qt.Key, before: bool, after: bool) -> None:
    editor = FlagEditor(Field(key="k", label="自备电源", kind=Kind.FLAG))
    qtbot.addWidget(editor)
    editor.set_value(before)
    qtbot.keyClick(editor.input, key)
    assert editor.value() is after
    for command in (Qt.Key.Key_S, Qt.Key.Key_F):  # no answers
        qtbot.keyClick(editor.input, command, CTRL)
    assert editor.value() is after


def test_what_is_only_shown_takes_no_answer(qtbot: QtBot) -> None:
    editor = YesNoEditor(Field(key="k", label="已盖章", kind=Kind.FLAG))
    qtbot.addWidget(editor)
    editor.set_value(True)
    editor.set_read_only(True)
    qtbot.keyClick(editor.input, Qt.Key.Key_N)
    assert editor.value() is True


@pytest.fixture
def file_editor(qtbot: QtBot, clock: Callable[[], datetime]) -> FileEditor:
    field = Field(key="copy", label="复印件", kind=Kind.ATTACHMENT)
    editor = FileEditor(field, make_choices([("f1", "资质证书.pdf"), ("f2", "身份证.jpg")]), clock)
    qtbot.addWidget(editor)
    editor.show()
    return editor


def drop(editor: FileEditor, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    args = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(5, 5), *args)
    over.setAccepted(False)
    QApplication.sendEvent(editor, over)
    if over.isAccepted():
        QApplication.sendEvent(editor, QDropEvent(QPointF(5, 5), *args))


def test_a_file_of_the_case_is_chosen_by_its_first_letters(file_editor: FileEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(file_editor.input, "sfz")
    file_editor.settle()
    assert file_editor.value() == "f2"


def test_a_dropped_file_is_brought_and_a_folder_refused(file_editor: FileEditor, tmp_path: Path) -> None:
    brought: list[Brought] = []
    refused: list[str] = []
    file_editor.brought.connect(brought.extend)
    file_editor.refused.connect(refused.append)
    (tmp_path / "扫描.pdf").write_bytes(b"%PDF")
    drop(file_editor, tmp_path / "扫描.pdf")
    assert brought == [Brought("扫描.pdf", b"%PDF", "application/pdf")]
    drop(file_editor, tmp_path)
    assert "读不了文件" in refused[0]


def test_nothing_is_dropped_where_nothing_may_change(file_editor: FileEditor, tmp_path: Path) -> None:
    brought: list[Brought] = []
    file_editor.brought.connect(brought.extend)
    file_editor.set_read_only(True)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    drop(file_editor, tmp_path / "a.pdf")
    assert brought == []


def test_text_is_pasted_as_text(file_editor: FileEditor, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("资质证书")
    qtbot.keyClick(file_editor.input, Qt.Key.Key_V, CTRL)
    file_editor.settle()
    assert file_editor.value() == "f1"


def test_a_moment_is_kept_with_its_offset(qtbot: QtBot, clock: Callable[[], datetime]) -> None:
    editor = MomentFieldEditor(Field(key="at", label="约定时间", kind=Kind.MOMENT), clock)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.input, "0312 0930")
    editor.settle()
    assert editor.value() == "2026-03-12T09:30+08:00"
    assert editor.input.property("text") == "2026-03-12 09:30"
    editor.set_value("2026-03-13T14:00+08:00")
    assert editor.input.property("text") == "2026-03-13 14:00"
    editor.set_value("soon")
    assert editor.value() == "soon"


def test_a_field_offers_the_people_who_may_do_it() -> None:
    field = Field(key="who", label="审核人", kind=Kind.PERSON, roles=frozenset({Role.APPROVER}))
    people = [
        Person(id="a", login="a", name="钱勇", roles=(Role.APPROVER,)),
        Person(id="b", login="b", name="王丽", roles=(Role.CLERK,)),
        Person(id="c", login="c", name="旧人", roles=(Role.APPROVER,), active=False),
    ]
    assert [choice.id for choice in people_for(field, people)] == ["a"]


@pytest.mark.parametrize("klass", CLASSES)
def test_every_task_has_a_form_that_can_be_read_aloud_and_fits(
    qtbot: QtBot, desk: Desk, clock: Any, klass: str
) -> None:
    case = delivered(desk, clock)
    facts = load(desk, sit_down(desk, "liming"), case.id)
    assert facts is not None
    facts = replace(facts, case=replace(facts.case, klass=klass))
    for kind in TASKS:
        page = TaskFields(desk, facts, kind)
        qtbot.addWidget(page)
        page.resize(740, 400)
        page.show()
        assert not {field.key for field in page.fields} & OWN, kind
        for key in page.form.field_keys():
            assert page.form.editor(key).input.accessibleName(), (kind, key)
        assert page.form.width() <= page.area.viewport().width(), kind


def test_blocks_are_walked_and_chosen(sit: Sit, desk: Desk, clock: Any) -> None:
    case = delivered(desk, clock)
    at = AtTask(sit("liming"), desk, case.id)
    facts = at.view.facts()
    assert facts is not None
    page = TaskFields(desk, facts, "survey.done")
    at.person.bot.addWidget(page)
    page.show()
    blocks = list(page.form.sections().values())
    assert len(blocks) > 3
    assert page.form.step_section(blocks[0][0], 1)
    assert page.window().focusWidget() is page.form.editor(blocks[1][0]).input
    assert not page.form.step_section(blocks[0][0], -1)
