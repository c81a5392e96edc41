"""Chinese typing over the session bus: an fcitx in a process of its own, on its own bus, and real keys."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MINUTE
from yekuo_desktop.ui.input_method.bridge import Bridge, wanted

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fcitx is of Linux")
DAEMON = Path(__file__).with_name("fcitx_daemon.py")
MODERN, OLD = "org.fcitx.Fcitx5", "org.fcitx.Fcitx-9"
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A session bus that nobody else is on."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("no dbus-daemon here: Chinese typing is NOT tested (installer/test.sh installs it)")
    address = f"unix:path={tmp_path_factory.mktemp('bus') / 'socket'}"
    args = [program, "--session", "--nofork", "--nopidfile", f"--address={address}", "--print-address"]
    with subprocess.Popen(args, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.fixture
def start(bus: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts an fcitx and waits until it has its name."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    monkeypatch.setenv("DISPLAY", ":9")
    running: list[subprocess.Popen[str]] = []

    def go(service: str = MODERN, manner: str = "pinyin") -> subprocess.Popen[str]:
        args = [sys.executable, str(DAEMON), service, manner]
        process = subprocess.Popen(args, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield go
    for process in running:
        stop(process)


def stop(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


class Desk:
    """A dialog with a name and a password, and the bridge."""

    def __init__(self, bot: QtBot, app: QApplication) -> None:
        self.bot, self.dialog = bot, QDialog()
        self.name, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        box = QVBoxLayout(self.dialog)
        box.addWidget(self.name)
        box.addWidget(self.password)
        bot.addWidget(self.dialog)
        with bot.waitActive(self.dialog, timeout=MINUTE):
            self.dialog.show()
            self.dialog.activateWindow()
        self.name.setFocus()
        self.bridge = Bridge(app)

    def type(self, keys: str, into: QLineEdit | None = None) -> None:
        self.bot.keyClicks(into or self.name, keys)

    def until(self, true: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(true()), timeout=MINUTE)


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[], Desk]]:
    desks: list[Desk] = []

    def open_() -> Desk:
        desks.append(Desk(qtbot, qapp))
        return desks[-1]

    yield open_
    for desk in desks:
        desk.bridge.close()
        desk.bridge.deleteLater()


@pytest.mark.parametrize("service", [MODERN, OLD])
def test_pinyin_becomes_chinese(start: Start, sit: Callable[[], Desk], service: str) -> None:
    start(service)
    desk = sit()
    assert desk.bridge.connected
    desk.type("nihao")
    assert desk.name.text() == ""  # half typed, shown underlined, in nobody's data yet
    desk.type(" ")
    assert desk.name.text() == "你好"


def test_escape_closes_the_candidates_and_not_the_dialog(start: Start, sit: Callable[[], Desk]) -> None:
    start()
    desk = sit()
    desk.type("ni")
    desk.bot.keyClick(desk.name, Qt.Key.Key_Escape)
    assert desk.dialog.isVisible()
    desk.bot.keyClick(desk.name, Qt.Key.Key_Escape)
    assert not desk.dialog.isVisible()


def test_nothing_hears_a_password(start: Start, sit: Callable[[], Desk]) -> None:
    start()
    desk = sit()
    desk.password.setFocus()
    desk.type("nihao ", desk.password)
    assert desk.password.text() == "nihao "


def test_what_is_half_typed_stays_when_the_field_is_left(start: Start, sit: Callable[[], Desk]) -> None:
    start()
    desk = sit()
    desk.type("ni")
    desk.password.setFocus()
    assert desk.name.text() == "ni"


def test_a_slow_first_answer_costs_no_key_and_no_order(start: Start, sit: Callable[[], Desk]) -> None:
    """A real one reads its dictionaries at the first key."""
    start(manner="slow")
    desk = sit()
    desk.type("nihao ")
    desk.until(lambda: desk.name.text() == "你好")


def test_one_that_hangs_is_done_without(start: Start, sit: Callable[[], Desk]) -> None:
    start(manner="silent")
    desk = sit()
    desk.type("abc")
    desk.until(lambda: desk.name.text() == "abc")
    assert not desk.bridge.connected
    desk.type("d")
    assert desk.name.text() == "abcd"


def test_it_comes_back_with_its_daemon(start: Start, sit: Callable[[], Desk]) -> None:
    desk_daemon = start()
    desk = sit()
    stop(desk_daemon)
    desk.until(lambda: not desk.bridge.connected)
    desk.type("x")
    assert desk.name.text() == "x"
    start()
    desk.until(lambda: desk.bridge.connected)
    desk.type("ni ")
    assert desk.name.text() == "x你好"


def test_without_a_bus_keys_are_keys(
    sit: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    desk = sit()
    desk.type("abc")
    assert desk.name.text() == "abc"


@pytest.mark.parametrize(
    ("platform", "chosen", "plugin", "expected"),
    [
        ("xcb", "fcitx", "", True),
        ("xcb", "", "", True),
        ("xcb", "ibus", "", False),
        ("wayland", "fcitx", "", False),
        ("offscreen", "fcitx", "", False),
        ("xcb", "fcitx", "libfcitx5platforminputcontextplugin.so", False),
    ],
)
def test_it_keeps_out_of_the_way(
    tmp_path: Path, platform: str, chosen: str, plugin: str, expected: bool
) -> None:
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / (plugin or "libcomposeplatforminputcontextplugin.so")).touch()
    assert wanted(platform, {"QT_IM_MODULE": chosen}, tmp_path) is expected
