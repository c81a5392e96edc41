"""A real window over a real encrypted store: the practice county's people, and the cases a test asks for."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.practice_store import CHEAP, copied, opened
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.case import Material
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.app import application
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.main_window import MainWindow
from yekuo_desktop.ui.ports import Tools

MINUTE = 60_000
HOUSEHOLD = {
    "klass": "lv_resident",
    "business": "new",
    "channel": "counter",
    "customer_name": "张秀英",
    "identity_kind": "identity_card",
    "identity_number": "410122196603121029",
    "mobile": "13803710001",
    "category": "201",
    "capacity": "8",
    "supply_mode": "single_phase",
    "address_county": "示例县",
    "address_town": "河口镇",
    "address_village": "柳湾村",
    "address_group": "三组",
    "address_door": "1号",
}


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """Fonts, colours and Chinese for every widget."""
    assert application() is qapp
    return qapp


@pytest.fixture
def desk(staffed: Path, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice county's people over an encrypted store, no case yet."""
    made = opened(copied(staffed, tmp_path / "store"), clock, CHEAP)
    yield made
    made.store.close()


@pytest.fixture
def accepted(desk: Desk) -> accepting.Accepted:
    """One household, formally accepted; its work order is on the counter."""
    clerk = sit_down(desk, "wangli")
    rules = accepting.materials_for(desk, HOUSEHOLD)
    seen = {rule.id: Material(original_seen=True, copies=1) for rule in rules if rule.required}
    return accepting.accept(desk, clerk, HOUSEHOLD, seen, "liming")


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    """The lanes; an error of theirs that nobody took fails the test."""
    made, crashes = Background(), []
    made.crashed.connect(crashes.append)
    yield made
    qtbot.waitUntil(lambda: not made.busy, timeout=MINUTE)
    made.shutdown()
    assert crashes == []


class AtWindow:
    """A person before the whole window."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.bot, self.window = qtbot, window
        self.dialogs: list[QDialog] = []
        self._taken = 0
        window.dialog_opened.connect(self.dialogs.append)
        with qtbot.waitActive(window, timeout=MINUTE):
            window.show()
            window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Wait until keys have pressed their buttons and everything asked for has come back."""
        window = self.window

        def quiet() -> bool:
            working = window.background.busy or window.lookout.waiting
            return not working and not any(b.isDown() for b in window.findChildren(QAbstractButton))

        self.bot.waitUntil(quiet, timeout=MINUTE)

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true."""
        self.bot.waitUntil(lambda: bool(true()), timeout=MINUTE)

    def press(self, key: object, modifier: object = None, widget: QWidget | None = None) -> None:
        """Press a key in the window or a widget."""
        args = (key,) if modifier is None else (key, modifier)
        if widget is None and not self.window.isActiveWindow():
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
        self.bot.keyClick(widget or self.window, *args)
        self.settle()

    def dialog(self) -> QDialog:
        """The next dialog that opens, or has just opened."""
        self.until(lambda: len(self.dialogs) > self._taken)
        self._taken = len(self.dialogs)
        self.settle()
        return self.dialogs[-1]


@pytest.fixture
def sit(
    qtbot: QtBot, desk: Desk, background: Background, tmp_path: Path
) -> Iterator[Callable[[str], AtWindow]]:
    """Opens the window for a person."""
    windows: list[MainWindow] = []

    def open_for(login: str) -> AtWindow:
        tools = Tools(bootstrap.PageImages(), bootstrap.write_table, str(tmp_path), bootstrap.OfficeFiles())
        window = MainWindow(desk, sit_down(desk, login), background, tools)
        windows.append(window)
        return AtWindow(qtbot, window)

    yield open_for
    for window in windows:
        qtbot.waitUntil(lambda: not background.busy, timeout=MINUTE)
        window.close()
        window.deleteLater()
