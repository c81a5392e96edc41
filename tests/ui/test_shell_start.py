"""From nothing to a window: first start, sign-in, a second start, errors nobody expected."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.conftest import MINUTE
from yekuo_desktop import bootstrap
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.setup_wizard import SetupWizard
from yekuo_desktop.ui.dialogs.sign_in import SignIn, login_of
from yekuo_desktop.ui.early import Early, Opening, Sight
from yekuo_desktop.ui.main_window import MainWindow
from yekuo_desktop.ui.shell import Shell

ANSWERS = {
    "county": "某县供电公司",
    "station_name": "城关供电所",
    "station": "CG",
    "terminal": "CG01",
    "number_org": "YK4102",
    "contact": "0371-65550100",
    "name": "高敏",
    "login": "gaomin",
    "password": "secret-1",
    "again": "secret-1",
}

EARLY = """
import sys
from pathlib import Path
from yekuo_desktop.cli.window import begin
early = begin(Path(sys.argv[1]), "wangli", fixed=True)
opening = early.opening.result()
opening.sight.result()
early.lanes.shutdown()
early.claim.release()
slow = [name for name in ("PySide6.QtCore", "alembic", "sqlalchemy") if name in sys.modules]
print(opening.session.person.login, slow)
"""


class Start:
    """A start of the program, watched."""

    def __init__(self, qtbot: QtBot, folder: Path, login: str = "", password: str = "") -> None:
        self.bot = qtbot
        self.asked: list[QDialog] = []
        self.windows: list[MainWindow] = []
        self.ended: list[int] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.shell = Shell(app, bootstrap.Opener(folder, fixed=True), login, password)
        self.shell.asked.connect(self.asked.append)
        self.shell.ready.connect(self.windows.append)
        self.shell.ended.connect(self.ended.append)
        self.shell.start()

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true and all work has come back."""
        self.bot.waitUntil(lambda: bool(true()), timeout=MINUTE)
        self.bot.waitUntil(lambda: not self.shell.background.busy, timeout=MINUTE)

    def stop(self) -> None:
        """End it as the program does."""
        self.until(lambda: True)
        self.shell.stop()
        self.shell.deleteLater()


@pytest.fixture
def begin(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Start]]:
    """Starts the program on the test's folder."""
    starts: list[Start] = []

    def start(login: str = "", password: str = "", folder: Path = tmp_path / "data") -> Start:
        starts.append(Start(qtbot, folder, login, password))
        return starts[-1]

    yield start
    for one in reversed(starts):
        for dialog in filter(isValid, one.asked):
            dialog.close()
        one.stop()


@pytest.fixture
def county(tmp_path: Path, desk: Desk) -> Path:
    """A folder with people and no window."""
    return tmp_path / "store"


def _fill(start: Start, wizard: SetupWizard, but: dict[str, str] | None = None) -> None:
    start.bot.mouseClick(wizard.choice.real, Qt.MouseButton.LeftButton)
    for key, words in {**ANSWERS, **(but or {})}.items():
        wizard.form.put(key, words)


def test_first_start_makes_a_real_store_and_signs_in(begin: Callable[..., Start]) -> None:
    start = begin()
    wizard = start.asked[0]
    assert isinstance(wizard, SetupWizard)
    _fill(start, wizard)
    start.bot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    start.until(lambda: wizard.page() is wizard.recovery)
    assert len(wizard.recovery.code.text()) > 20
    assert not wizard.next.isEnabled()
    wizard.recovery.noted.click()
    start.bot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    start.until(lambda: len(start.asked) == 2)
    sign_in = start.asked[1]
    assert isinstance(sign_in, SignIn)
    start.bot.keyClicks(sign_in.password, "secret-1")
    start.bot.keyClick(sign_in.password, Qt.Key.Key_Return)
    start.until(lambda: start.windows)
    assert "某县供电公司 · 城关供电所" in start.windows[0].windowTitle()
    assert not start.windows[0].ribbon.isVisible()


@pytest.mark.parametrize(
    ("but", "field", "words"),
    [
        ({"county": " "}, "county", "请填写县公司名称"),
        ({"password": "12345", "again": "12345"}, "password", "密码至少 6 位"),
        ({"again": "other"}, "again", "两次输入的密码不一样"),
        ({"terminal": "终端一"}, "terminal", "终端代码只用字母和数字,例如 HK01"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field(
    begin: Callable[..., Start], but: dict[str, str], field: str, words: str
) -> None:
    start = begin()
    wizard = start.asked[0]
    assert isinstance(wizard, SetupWizard)
    _fill(start, wizard, but)
    start.bot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    start.until(lambda: wizard.form.fields.message(field) == words)
    assert wizard.page() is wizard.form


def test_giving_the_wizard_up_ends_with_0(begin: Callable[..., Start]) -> None:
    start = begin()
    start.asked[0].reject()
    assert start.ended == [0]


def test_a_login_and_password_open_the_window_at_once(begin: Callable[..., Start], county: Path) -> None:
    start = begin("wangli", practice.PASSWORD, county)
    start.until(lambda: start.windows)
    assert start.asked == []
    start.windows[0].close()
    start.until(lambda: start.ended)
    assert start.ended == [0]


def test_a_wrong_password_is_told_and_counted(begin: Callable[..., Start], county: Path) -> None:
    start = begin("wangli", "wrong", county)
    start.until(lambda: start.asked)
    sign_in = start.asked[0]
    assert isinstance(sign_in, SignIn)
    assert sign_in._fields.message("password") == "密码不对,还可以试 4 次"
    for left in ("3", "2", "1"):
        start.bot.keyClicks(sign_in.password, "again")
        start.bot.keyClick(sign_in.password, Qt.Key.Key_Return)
        start.until(lambda tries=left: f"还可以试 {tries} 次" in sign_in._fields.message("password"))
    start.bot.keyClicks(sign_in.password, "again")
    start.bot.keyClick(sign_in.password, Qt.Key.Key_Return)
    start.until(lambda: "锁定到" in sign_in._fields.message("password"))
    assert sign_in.password.hasFocus()


def _type(widget: QWidget, letter: str, modifier: Qt.KeyboardModifier) -> None:
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, letter))


def test_caps_lock_is_noticed(qtbot: QtBot, desk: Desk, background: Background) -> None:
    dialog = SignIn(desk, background, login="wangli")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.keyClick(dialog.password, Qt.Key.Key_A)
    assert not dialog.password.caps.isVisible()
    _type(dialog.password, "A", Qt.KeyboardModifier.ShiftModifier)  # as meant
    assert not dialog.password.caps.isVisible()
    _type(dialog.password, "A", Qt.KeyboardModifier.NoModifier)
    assert dialog.password.caps.isVisible()


def test_switching_the_person_closes_the_window_and_asks_again(
    begin: Callable[..., Start], county: Path
) -> None:
    start = begin("wangli", practice.PASSWORD, county)
    start.until(lambda: start.windows)
    start.windows[0].switch_wanted.emit()
    start.until(lambda: start.asked)
    assert start.ended == []
    sign_in = start.asked[0]
    assert isinstance(sign_in, SignIn)
    sign_in.who.setCurrentIndex(sign_in.who.findData("liming"))
    start.bot.keyClicks(sign_in.password, practice.PASSWORD)
    start.bot.keyClick(sign_in.password, Qt.Key.Key_Return)
    start.until(lambda: len(start.windows) == 2)
    assert start.windows[1].session.person.login == "liming"


@pytest.mark.parametrize(
    ("typed", "login"),
    [("wl", "wangli"), ("WL", "wangli"), ("王丽", "wangli"), ("wangli", "wangli"), ("zz", "zz"), ("", "")],
)
def test_who_signs_in_is_typed_by_initials(
    desk: Desk, background: Background, qtbot: QtBot, typed: str, login: str
) -> None:
    dialog = SignIn(desk, background)
    qtbot.addWidget(dialog)
    dialog.who.setEditText(typed)
    assert login_of(dialog.who) == login


def test_a_second_start_raises_the_first_and_ends(begin: Callable[..., Start], county: Path) -> None:
    first = begin("wangli", practice.PASSWORD, county)
    first.until(lambda: first.windows)
    with first.bot.waitSignal(first.shell.raised, timeout=MINUTE):
        second = begin("wangli", practice.PASSWORD, county)
    assert second.ended == [0]
    assert second.windows == []


def test_what_was_begun_early_is_in_the_window_at_once(
    qapp: QApplication, qtbot: QtBot, county: Path
) -> None:
    early = Early(bootstrap.Opener(county, fixed=True), "wangli", practice.PASSWORD)
    assert early.begin()
    shell, windows = Shell(qapp, early.opener, early=early), []
    shell.ready.connect(windows.append)
    shell.start()
    qtbot.waitUntil(lambda: bool(windows), timeout=MINUTE)
    window = windows[0]
    assert window.overview is not None
    assert window.deck.tab("workbench")._heading.text() == "我的业务"
    window.close()
    shell.stop()


def test_the_store_is_opened_and_seen_without_qt(county: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EARLY, str(county)],
        env={**os.environ, "YEKUO_PASSWORD": practice.PASSWORD},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "wangli []\n"


def test_what_could_not_be_seen_early_is_looked_for_again(
    qapp: QApplication, qtbot: QtBot, county: Path
) -> None:
    early = Early(bootstrap.Opener(county, fixed=True), "wangli", practice.PASSWORD)
    assert early.begin()
    assert early.opening is not None
    unseen: Future[Sight] = Future()
    unseen.set_exception(StoreTrouble("busy"))
    opening: Future[Opening] = Future()
    opening.set_result(early.opening.result()._replace(sight=unseen))
    early.opening = opening
    shell, windows = Shell(qapp, early.opener, early=early), []
    shell.ready.connect(windows.append)
    shell.start()
    qtbot.waitUntil(lambda: bool(windows) and windows[0].overview is not None, timeout=MINUTE)
    heading = windows[0].deck.tab("workbench")._heading
    qtbot.waitUntil(lambda: heading.text() == "我的业务" and not shell.background.busy, timeout=MINUTE)
    windows[0].close()
    shell.stop()
    shell.deleteLater()
