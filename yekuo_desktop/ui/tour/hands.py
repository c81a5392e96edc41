"""Hands and eyes before the program: keys go where the keyboard is, waiting is for a condition."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMainWindow, QWidget
from shiboken6 import isValid

from yekuo_desktop.ui.background import Background

PATIENCE_MS = 30_000
BEAT_MS = 5  # between two looks whether it is so
SOON_MS = 200  # a timer of at most so much is work that is about to be done
NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Stuck(Exception):
    """Something that should have appeared did not; the message says what."""


class Hands:
    """One pair of hands for the whole drive; ``background`` is that of the program they sit at."""

    def __init__(self) -> None:
        self.background: Background | None = None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY, *, settle: bool = True) -> None:
        """Press a key where the keyboard is: in an open list, else in the widget with the cursor."""
        _front_again()
        QTest.keyClick(_taker(), key, modifier)
        _front_again()
        if settle:
            self.settle()

    def point(self, place: Callable[[], object]) -> None:
        """Put the cursor somewhere, as with the mouse: ``place`` is a ``setFocus``."""
        _front_again()
        place()

    def type(self, text: str) -> None:
        """ASCII key by key; Chinese as an input method commits it."""
        if text.isascii():
            for sign in text:  # each to where the cursor is by then: the first may open the cell of a table
                QTest.keyClicks(_taker(popups=False), sign)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(_taker(popups=False), event)

    def replace(self, text: str) -> None:
        """Type over everything that stands in the field with the cursor."""
        self.press(Qt.Key.Key_A, CTRL, settle=False)
        if text:
            self.type(text)
        else:
            self.press(Qt.Key.Key_Delete, settle=False)

    def breathe(self) -> None:
        """Let happen what a key has put off for a turn: nobody types faster than that."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def until(self, holds: Callable[[], object], otherwise: str) -> None:
        """Wait until something is so; raises ``Stuck`` when it does not become so."""
        if holds():
            return
        clock, beat = QElapsedTimer(), QTimer(interval=BEAT_MS)
        clock.start()
        beat.start()
        flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        try:
            while not holds():
                if clock.elapsed() > PATIENCE_MS:
                    raise Stuck(otherwise)
                QCoreApplication.processEvents(flags)
        finally:
            beat.stop()

    def settle(self) -> None:
        """Until nothing is under way any more."""
        self.until(self._calm, "后台工作没有结束")

    def _calm(self) -> bool:
        """Quiet, and still so when everything that was put off for a turn has been done."""
        if not self._quiet():
            return False
        self.breathe()
        return self._quiet()

    def _quiet(self) -> bool:
        if self.background is not None and self.background.busy:
            return False
        return not any(_busy(top) for top in QApplication.topLevelWidgets() if top.isVisible())


def dialogs() -> list[QDialog]:
    """The dialogs that are open."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def bring_to_front(window: QWidget) -> None:
    """Keys go to the active window only."""
    if not window.isActiveWindow():
        window.activateWindow()
        QTest.qWaitForWindowActive(window)


def _taker(*, popups: bool = True) -> QWidget:
    """Who takes a key: an open list, the widget with the cursor, or the window."""
    popup = QApplication.activePopupWidget()
    if popup is not None and popups:
        return popup
    taker = QApplication.focusWidget() or QApplication.activeWindow()
    if taker is None:
        raise Stuck("没有窗口接收按键")
    return taker


def _front_again() -> None:
    """Where there is no window manager, a list that was closed stays the active window: the keys are to go
    where the cursor is now."""
    active, cursor = QApplication.activeWindow(), QApplication.focusWidget()
    if QApplication.activePopupWidget() or (active is not None and active.isVisible()):
        return
    front = QApplication.activeModalWidget() or next(iter(_windows()), None)
    if front is not None:
        bring_to_front(front)
        if cursor is not None and isValid(cursor) and cursor.window() is front:
            cursor.setFocus()


def _windows() -> list[QMainWindow]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow) and w.isVisible()]


def _busy(top: QWidget) -> bool:
    """Whether a window is about to do something: a key is still down, what was typed waits to be seen."""
    timers: Any = top.findChildren(QTimer)
    if any(t.isActive() and t.isSingleShot() and t.interval() <= SOON_MS for t in timers):
        return True
    buttons: Any = top.findChildren(QAbstractButton)
    return any(button.isDown() for button in buttons)
