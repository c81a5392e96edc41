"""`yekuo` with a screen."""

import sys
from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from yekuo_desktop.ui.alarm import Alarm
from yekuo_desktop.ui.early import Early
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.shell import Shell
from yekuo_desktop.ui.theme import colours, install

STOOD_MS = 5_000  # a program whose window stood so long is no longer on trial
TYPING_MS = 300  # after the start: the first window is there, and nobody has typed a name yet


def run(early: Early, stood: Callable[[], object] = lambda: None) -> int:
    """Open the window and stay until it is closed. The exit code. ``stood``: called when it stands."""
    app = application()
    alarm, shell = Alarm(), Shell(app, early.opener, early=early)
    shell.background.crashed.connect(alarm.tell)
    shell.ended.connect(app.exit)
    QTimer.singleShot(0, shell.start)
    QTimer.singleShot(TYPING_MS, lambda: type_chinese(app))
    QTimer.singleShot(STOOD_MS, stood)
    try:
        return app.exec()
    finally:
        shell.stop()
        alarm.release()


def type_chinese(app: QApplication) -> None:
    """Join fcitx where Qt cannot. Other systems bring their own way, and lack the library for it."""
    if sys.platform.startswith("linux"):
        import_module("yekuo_desktop.ui.input_method.bridge").bridge_for(app)


def application() -> QApplication:
    """The one QApplication, Chinese and in our own dress."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        app = running
    else:
        policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
        app = QApplication(sys.argv[:1])
    app.setApplicationName("业扩报装")  # a display name would be hung on every title a second time
    app.setQuitOnLastWindowClosed(False)
    translate(app)
    install(app)
    app.setWindowIcon(icon("zap", colours().accent))
    return app


def translate(app: QApplication) -> bool:
    """Qt's own dialogs in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load("qtbase_zh_CN", folder) and app.installTranslator(translator)
