"""Field editors and the form, typed into as a clerk does."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from yekuo_desktop.bootstrap import load_reference
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind, Problem, Sheet
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY, fields_on
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import choices_of, make_choices, matching
from yekuo_desktop.ui.forms.dates import DateEditor, typed_date
from yekuo_desktop.ui.forms.factory import editor_for
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.forms.initials import initials
from yekuo_desktop.ui.forms.moments import typed_moment
from yekuo_desktop.ui.forms.pasting import pasted
from yekuo_desktop.ui.forms.row_dialog import RowDialog
from yekuo_desktop.ui.forms.rows import RowsEditor

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 14, 35, tzinfo=timezone(timedelta(hours=8)))
HOUSEHOLDS = BY_KEY["households"]
LIST = (
    "室号\t户名\t用电容量\t身份证号\n101\t张秀英\t8\t410122196603121029\n102\t李国强\t6.5\t\n103\t王海\t8\t\n"
)


def commit(widget: QWidget, text: str) -> None:
    """Type with an input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1125", date(2026, 11, 25)),
        ("11-25", date(2026, 11, 25)),
        ("11月25日", date(2026, 11, 25)),
        ("20261125", date(2026, 11, 25)),
        ("１１２５", date(2026, 11, 25)),
        ("25", date(2026, 11, 25)),
        ("+3", date(2026, 11, 26)),
        ("明天", date(2026, 11, 24)),
        ("0105", date(2027, 1, 5)),
        ("1332", None),
        ("下周", None),
    ],
)
def test_a_date_is_typed_in_short(typed: str, meant: date | None) -> None:
    assert typed_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0930", NOW.replace(hour=9, minute=30)),
        ("9:05", NOW.replace(hour=9, minute=5)),
        ("1120 1615", NOW.replace(day=20, hour=16, minute=15)),
        ("2560", None),
        ("早上", None),
    ],
)
def test_a_moment_is_typed_in_short(typed: str, meant: datetime | None) -> None:
    assert typed_moment(typed, NOW) == meant


def test_initials_of_the_words_of_our_lists() -> None:
    assert initials("低压居民") == "dyjm"
    assert initials("高压双电源") == "gysdy"
    assert initials("95598 电话") == "95598dh"


@pytest.mark.parametrize("typed", ["低压非", "dyfjm", "2", "lv_nonresident"])
def test_a_choice_is_found_by_words_letters_number_or_code(typed: str) -> None:
    classes = choices_of(load_reference().codes["classes"])
    assert matching(classes, typed)[0].id == "lv_nonresident"


def test_a_long_list_filters_while_typing(qtbot: QtBot) -> None:
    table = load_reference().codes["industries"]
    editor = ChoiceEditor(Field(key="industry", label="行业", kind=Kind.CODE), choices_of(table))
    qtbot.addWidget(editor)
    editor.show()
    qtbot.keyClicks(editor.input, "ny")
    assert 0 < len(editor.offered()) < len(table.items)
    wanted = editor.offered()[0]
    qtbot.keyClick(editor.input, Qt.Key.Key_Tab)
    editor.settle()
    assert editor.value() == wanted.id
    assert editor.input.property("text") == wanted.label


def test_what_means_nothing_stays_as_typed(qtbot: QtBot) -> None:
    editor = ChoiceEditor(
        Field(key="k", label="类别", kind=Kind.CODE), make_choices([("a", "甲"), ("b", "乙")])
    )
    qtbot.addWidget(editor)
    commit(editor.input, "丙")
    editor.settle()
    assert editor.value() == "丙"


def test_a_date_editor_shows_the_weekday_and_goes_by_days(qtbot: QtBot) -> None:
    editor = DateEditor(BY_KEY["wished_date"], lambda: TODAY)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.input, "1125")
    editor.settle()
    assert editor.input.property("text") == "2026-11-25 周三"
    qtbot.keyClick(editor.input, Qt.Key.Key_Up)
    assert editor.value() == "2026-11-26"


def test_typing_can_be_undone_after_it_was_tidied(qtbot: QtBot) -> None:
    editor = editor_for(BY_KEY["mobile"], load_reference(), lambda: TODAY)
    qtbot.addWidget(editor)
    commit(editor.input, "１３８ 0371 0001")
    editor.settle()
    assert editor.value() == "13803710001"
    qtbot.keyClick(editor.input, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.input.property("text") == "１３８ 0371 0001"


def test_a_pasted_heading_names_the_columns() -> None:
    rows = pasted(HOUSEHOLDS.columns, "手机号\t姓名\t房号\n138 0371 0001\t张秀英\t101\n")
    assert rows == [{"mobile": "13803710001", "name": "张秀英", "room": "101"}]


def rows_editor(qtbot: QtBot) -> RowsEditor:
    editor = editor_for(HOUSEHOLDS, load_reference(), lambda: TODAY)
    assert isinstance(editor, RowsEditor)
    qtbot.addWidget(editor)
    editor.resize(800, 300)
    editor.show()
    return editor


def test_a_household_list_is_pasted_summed_and_undone(qtbot: QtBot) -> None:
    editor = rows_editor(qtbot)
    QGuiApplication.clipboard().setText(LIST)
    qtbot.keyClick(editor.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row["name"] for row in editor.value()] == ["张秀英", "李国强", "王海"]
    assert "共 3 行 · 用电容量 22.5 kW" in editor._sums.text()
    qtbot.keyClick(editor.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == []
    qtbot.keyClick(editor.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(editor.value()) == 3


def test_a_wrong_cell_is_counted_and_explained(qtbot: QtBot) -> None:
    editor = rows_editor(qtbot)
    QGuiApplication.clipboard().setText("室号\t户名\t用电容量\t移动电话\n101\t张秀英\t8\t1380371000\n")
    editor.paste()
    assert "1 格有误" in editor._sums.text()
    model = editor.table.model()
    tip = model.index(0, 6).data(Qt.ItemDataRole.ToolTipRole)
    assert "11 位" in tip


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """The resident form, everything prominent."""
    made = Form(load_reference(), lambda: TODAY, lambda _values: frozenset(BY_KEY))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_fields(fields_on(Sheet.RESIDENT), Sheet.RESIDENT)
    made.show()
    return made


Typing = Callable[[str, str], None]


@pytest.fixture
def enter(qtbot: QtBot, form: Form) -> Typing:
    """Type into a field and press Enter."""

    def into(key: str, text: str) -> None:
        form.focus(key)
        commit(form.editor(key).input, text)
        qtbot.keyClick(form.editor(key).input, Qt.Key.Key_Return)

    return into


def test_enter_goes_to_the_next_field(form: Form, enter: Typing) -> None:
    enter("customer_name", "张秀英")
    assert form.editor("account_no").input.hasFocus()


def test_another_class_keeps_what_was_typed(form: Form, enter: Typing) -> None:
    enter("customer_name", "张秀英")
    enter("tariff", "一户一表")
    form.show_fields(fields_on(Sheet.HIGH_VOLTAGE), Sheet.HIGH_VOLTAGE)
    assert form.values()["customer_name"] == "张秀英"
    assert "tariff" not in form.values()
    assert form.everything()["tariff"] == "一户一表"
    form.show_fields(fields_on(Sheet.RESIDENT), Sheet.RESIDENT)
    assert form.values()["tariff"] == "一户一表"


def test_errors_wait_until_the_field_is_left_warnings_do_not(form: Form, enter: Typing) -> None:
    problems = [Problem("customer_name", "请填写户名"), Problem("mobile", "手机号应为 11 位")]
    warning = Problem("capacity", "单相 220 V 一般不超过 12 kW", warning=True)
    enter("mobile", "138")
    form.show_problems([*problems, warning], {"postcode": "✓"})
    assert form.message("customer_name") == ""
    assert form.message("mobile") == "手机号应为 11 位"
    assert form.message("capacity") == warning.text
    assert form.message("postcode") == "✓"
    form.show_problems(problems, {}, reveal=True)
    assert form.message("customer_name") == "请填写户名"
    assert form.wrong() == ["customer_name", "mobile"]


def test_rarer_fields_wait_until_they_are_wanted(qtbot: QtBot) -> None:
    form = Form(load_reference(), lambda: TODAY, lambda _values: {"customer_name"})
    qtbot.addWidget(form)
    form.show_fields(fields_on(Sheet.RESIDENT), Sheet.RESIDENT)
    form.show()
    assert not form.editor("postcode").isVisible()
    form.set_value("postcode", "450000")
    assert form.editor("postcode").isVisible()


def test_every_input_has_a_name(form: Form) -> None:
    assert all(form.editor(key).input.accessibleName() for key in form.field_keys())


def test_a_cell_that_is_still_typed_in_counts(qtbot: QtBot) -> None:
    editor = rows_editor(qtbot)
    editor.table.setFocus()
    name = [column.key for column in HOUSEHOLDS.columns].index("name")
    editor.table.setCurrentIndex(editor._model.index(0, name))
    (cell,) = editor.table.viewport().findChildren(QLineEdit)
    qtbot.keyClicks(cell, "Zhang")
    assert editor.value() == []
    editor.settle()
    assert [row["name"] for row in editor.value()] == ["Zhang"]


def test_dates_and_choices_of_a_table_are_typed_in_short_and_pasted_in_words(qtbot: QtBot) -> None:
    columns = (
        Field(key="name", label="资料", required=ALL_SHEETS),
        Field(key="klass", label="类别", kind=Kind.CODE, codes="classes"),
        Field(key="day", label="日期", kind=Kind.DATE),
    )
    field = Field(key="rows", label="清单", kind=Kind.ROWS, columns=columns)
    editor = editor_for(field, load_reference(), lambda: TODAY)
    assert isinstance(editor, RowsEditor)
    qtbot.addWidget(editor)
    editor.show()
    QGuiApplication.clipboard().setText("a\t低压居民\t1125\n\tdyfjm\t2026-12-01\n")
    qtbot.keyClick(editor.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == [
        {"name": "a", "klass": "lv_resident", "day": "2026-11-25"},
        {"name": "", "klass": "lv_nonresident", "day": "2026-12-01"},
    ]
    assert "1 格待填" in editor._sums.text()
    assert "有误" not in editor._sums.text()


def test_a_line_of_a_table_is_filled_in_as_a_form(qtbot: QtBot) -> None:
    form = Form(load_reference(), lambda: TODAY, lambda _values: ("households",))
    qtbot.addWidget(form)
    form.show_fields({"户": (HOUSEHOLDS,)}, Sheet.BATCH)
    form.resize(900, 500)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    editor = form.editor("households")
    assert isinstance(editor, RowsEditor)
    editor.set_value([{"room": "101", "name": "张秀英"}])
    editor.table.setCurrentIndex(editor._model.index(0, 0))
    qtbot.keyClick(editor.table, Qt.Key.Key_F3)
    (dialog,) = form.findChildren(RowDialog)
    (inside,) = dialog.findChildren(Form)
    inside.editor("capacity").set_value("8")
    dialog.confirm.click()
    assert editor.value()[0] == {"room": "101", "name": "张秀英", "capacity": "8"} | {
        key: "" for key in editor.value()[0] if key not in ("room", "name", "capacity")
    }
    editor._model.undo()
    assert editor.value() == [{"room": "101", "name": "张秀英"}]
