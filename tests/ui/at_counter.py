"""A person before the window of stage 1, for the tests: types, presses, waits, looks."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from yekuo_desktop.bootstrap import OfficeFiles, write_table
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab

MINUTE = 60_000
RESIDENT = {
    "customer_name": "张秀英",
    "identity_number": "410122196603121029",
    "mobile": "13803710001",
    "address_town": "河口镇",
    "address_village": "柳湾村",
    "address_group": "三组",
    "address_door": "1号",
    "category": "201",
    "capacity": "8",
    "supply_mode": "1",
}
WHOLE = {
    **RESIDENT,
    "klass": "lv_resident",
    "business": "new",
    "channel": "counter",
    "identity_kind": "identity_card",
    "address_county": "示例县",
    "supply_mode": "single_phase",
}


class AtCounter:
    """A person before the window of stage 1."""

    def __init__(self, qtbot: QtBot, desk: Desk, background: Background, login: str) -> None:
        self.bot, self.desk, self.background = qtbot, desk, background
        session = sit_down(desk, login)
        self.tab = AcceptanceTab(Counter(desk, session, background, write_table, OfficeFiles()))
        self.printed: list[tuple[str, tuple[str, ...]]] = []
        self.said: list[str] = []
        self.tab.print_requested.connect(lambda case, sheets: self.printed.append((case, sheets)))
        self.tab.said.connect(self.said.append)
        qtbot.addWidget(self.tab)
        self.tab.resize(1366, 640)
        with qtbot.waitActive(self.tab, timeout=MINUTE):
            self.tab.show()
            self.tab.activateWindow()
        self.tab.refresh()
        self.settle()

    @property
    def form(self) -> Any:
        """The registration form."""
        return self.tab.application.page.form

    def settle(self) -> None:
        """Wait until keys have pressed their buttons, typing was looked at and all work has come back."""

        def quiet() -> bool:
            application = self.tab.application
            typing = application._later.isActive() or application.drafts._timer.isActive()
            down = any(button.isDown() for button in self.tab.findChildren(QAbstractButton))
            return not typing and not down and not self.background.busy

        self.bot.waitUntil(quiet, timeout=MINUTE)

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        """Press a key where the cursor is."""
        self.bot.keyClick(widget or self.tab, key)
        self.settle()

    def enter(self, key: str, text: str) -> None:
        """Replace the text of a field and press Enter."""
        self.form.focus(key)
        edit = self.form.editor(key).input
        edit.selectAll()
        if text.isascii():
            self.bot.keyClicks(edit, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(edit, event)
        self.bot.keyClick(edit, Qt.Key.Key_Return)

    def fill(self, values: dict[str, str]) -> None:
        """Press F2 and type an application."""
        self.press(Qt.Key.Key_F2)
        for key, text in values.items():
            self.enter(key, text)
        self.settle()

    def see_papers(self) -> None:
        """The subject's paper is here, the rest is owed."""
        materials = self.tab.application.materials
        self.tab.application.pages.setCurrentWidget(materials)
        first = next(row for row in materials._rows.values() if row._rule.subject_qualification)
        first.setFocus()
        self.bot.keyClick(first._original, Qt.Key.Key_Space)
        materials._one.click()
        self.settle()

    def dialog(self, kind: type[QDialog]) -> Any:
        """The dialog that has just opened."""
        found = [w for w in self.tab.findChildren(kind) if w.isVisible()]
        assert len(found) == 1
        return found[0]

    def drafts(self) -> dict[str, Any]:
        """What is kept half typed."""
        return self.desk.store.drafts(self.tab.counter.session.person.id)


class Windows(QObject):
    """Notes every window that opens."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(watched)
        return False
