"""A person before the dialog of lists: chooses a list, reads its rows and its answer."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import AtWindow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.ui.dialogs.list_import import ListImport
from yekuo_desktop.ui.dialogs.list_options import SEEN
from yekuo_desktop.ui.dialogs.list_rows import remark, standing

CTRL = Qt.KeyboardModifier.ControlModifier
HEAD = ("户名", "身份证号", "手机号", "镇", "村", "门牌", "容量", "备用电话")
GOOD = ("赵德柱", "410122196603121029", "13803710001", "河口镇", "柳湾村", "12号", 8)
WRONG_DIGIT = ("钱秀兰", "410122196603121020", "13803710002", "河口镇", "柳湾村", "13号", 8)
OTHER = ("孙大伟", "410122196603121029", "13803710003", "河口镇", "柳湾村", "14号", 18)


def book(path: Path, *rows: tuple[Any, ...]) -> str:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (HEAD, *rows):
        sheet.append(row)
    made.save(path)
    return str(path)


def answers(path: Path, at: int = len(HEAD)) -> list[tuple[Any, ...]]:
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    return [row[at : at + 3] for row in rows]


def accepted(desk: Desk) -> int:
    return desk.store.count(Filter(states=("open",)), desk.clock())


class AtList:
    """A person before the dialog."""

    def __init__(self, person: AtWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.person, self._patch = person, monkeypatch
        person.press(Qt.Key.Key_I, CTRL)
        dialog = person.dialog()
        assert isinstance(dialog, ListImport)
        person.until(dialog.isActiveWindow)
        self.dialog = dialog

    def choose(self, path: str, materials: str = SEEN) -> None:
        """Ctrl+O and a file; then what became of the papers."""
        self._patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
        self.person.bot.keyClick(self.dialog, Qt.Key.Key_O, CTRL)
        box = self.dialog.options.materials
        box.setCurrentIndex(box.findData(materials))
        self.settle()

    def settle(self) -> None:
        self.person.until(lambda: not self.dialog._later.isActive())
        self.person.settle()

    def lines(self) -> list[tuple[str, str]]:
        self.dialog.pills.choose("all")
        return [(standing(line).words, remark(line)) for line in self.dialog.table.model.rows()]
