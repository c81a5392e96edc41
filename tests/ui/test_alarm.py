"""Errors nobody expected: logged with their place, told once in human words."""

import sys

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MINUTE
from yekuo_desktop.ui.alarm import Alarm


def test_an_unexpected_error_is_logged_and_told_once(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    before, alarm, boxes = sys.excepthook, Alarm(), []
    alarm.shown.connect(boxes.append)
    for error in (ValueError("odd"), KeyError("again")):
        sys.excepthook(type(error), error, None)
    qtbot.waitUntil(lambda: bool(boxes), timeout=MINUTE)
    box = boxes[0]
    assert isinstance(box, QMessageBox)
    assert "没有料到" in box.text()
    assert len(boxes) == 1
    assert "odd" in caplog.text
    assert "again" in caplog.text
    box.close()
    alarm.release()
    assert sys.excepthook is before
