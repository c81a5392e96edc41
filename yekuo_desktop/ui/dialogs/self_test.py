"""自检: one line for each thing that must be right, to be read out over the phone."""

import os
import sys
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QScrollArea, QWidget

from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.self_test import LEVELS, SHAPES, as_text, findings, line_of, worst
from yekuo_desktop.office.self_test_ports import Facts, Finding
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import row, spaced, text

with later():
    from yekuo_desktop.ui.input_method import bridge

LEAD = "打电话问维护人员时,按序号念给他听;或点“复制为文字”发给他。"
TONES = {"ok": "good", "warn": "warning", "bad": "error"}
SUMMARY = {"ok": "都正常", "warn": "有要注意的,请看带 △ 的行", "bad": "有问题,请先处理带 ✕ 的行"}
INSIDE = ("rebuild", "files")  # what can be mended while the store is open
SAMPLE = "业"


class SelfTest(Dialog):
    """``said`` what was copied, written or mended."""

    said = Signal(str, str)
    backup_wanted = Signal()

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("自检", parent, lead=LEAD)
        self._desk, self._background = desk, background
        self.found: tuple[Finding, ...] = ()
        self._summary = text("正在检查…", "heading")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setAccessibleName("检查结果")
        copy = secondary("复制为文字", self.copy, name="copy")
        bundle = secondary("写出资料包…", self._ask_bundle, name="save")
        self.body.addLayout(row(self._summary, None, copy, bundle))
        self.body.addWidget(self._scroll, 1)
        self._whole = secondary("逐条核对流水", partial(self.look, whole=True), name="circle-check")
        self._mend = secondary("修复", self.mend, name="settings")
        self._mend.hide()
        again = primary("重新检查", self.look, name="refresh-cw", shortcut="F5")
        self.add_buttons(self._mend, self._whole, secondary("关闭", self.reject), again, default=again)
        self.wide(900, 620)
        self.look()

    def look(self, *, whole: bool = False) -> None:
        """Look at everything again; ``whole``: verify every entry as well."""
        self._summary.setText("正在逐条核对…" if whole else "正在检查…")
        examine = partial(self._desk.examiner.facts, whole=whole)
        self._background.job("自检", lambda _progress: examine(), self._show, self._failed, self)

    def copy(self) -> str:
        """The numbered lines on the clipboard."""
        found = as_text(self.found)
        QGuiApplication.clipboard().setText(found)
        self.said.emit("自检结果已复制，可以粘贴发送", "good")
        return found

    def write_bundle(self, path: str) -> None:
        """What support needs, to a file."""
        found = self.found
        self._background.files(
            lambda: self._desk.examiner.bundle(path, found),
            lambda _: self.said.emit(f"资料包已写出：{path}。里面没有客户和人员信息", "good"),
            self._failed,
            self,
        )

    def mend(self) -> None:
        """Set right what can be while the program runs."""
        ways = [each.way for each in self.found if each.way in INSIDE]
        if ways:
            work = partial(self._desk.examiner.mend, ways[0])
            self._background.job("修复", lambda _progress: work(), self._mended, self._failed, self)

    def _mended(self, words: str) -> None:
        self.said.emit(words, "good")
        self.look(whole=True)

    def _ask_bundle(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "写出资料包", "业扩自检资料包.zip", "压缩包 (*.zip)")
        if path:
            self.write_bundle(path)

    def _show(self, facts: Facts) -> None:
        self.notice.say("")
        self.found = findings(replace(facts, typing=typing_words(), fonts_missing=_fonts(facts)))
        level = worst(self.found)
        self._summary.setText(f"{SHAPES[level]} {SUMMARY[level]}")
        self._mend.setVisible(any(each.way in INSIDE for each in self.found))
        self._scroll.setWidget(_lines(self.found))

    def _failed(self, error: Exception) -> None:
        self._summary.setText("检查没有做完")
        self.notice.say(words_of(error))


def _lines(found: tuple[Finding, ...]) -> QWidget:
    """Number, shape and word, what, and the sentence; each line read out as a whole."""
    made = QWidget()
    grid = QGridLayout(made)
    spaced(grid, 4, 10)
    grid.setColumnStretch(3, 1)
    for at, finding in enumerate(found, start=1):
        words = text(finding.words, wrap=True)
        words.setAccessibleName(line_of(at, finding))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mark = text(f"{SHAPES[finding.level]} {LEVELS[finding.level]}", tone=TONES[finding.level])
        for column, label in enumerate((text(f"{at}."), mark, text(finding.title, "heading"), words)):
            grid.addWidget(label, 2 * at, column, Qt.AlignmentFlag.AlignTop)
        if finding.remedy:
            grid.addWidget(text(f"怎么办:{finding.remedy}", "quiet", wrap=True), 2 * at + 1, 3)
    grid.setRowStretch(2 * len(found) + 2, 1)
    made.setMinimumWidth(px(420))
    return made


def typing_words() -> str:
    """The input method, as far as Qt and the session say; "" for none."""
    if not sys.platform.startswith("linux"):
        return "系统输入法"
    app = QCoreApplication.instance()
    bridges = tuple[QObject, ...](app.findChildren(QObject)) if app is not None else ()
    if any(isinstance(each, bridge.Bridge) and each.connected for each in bridges):
        return "fcitx 已接上"
    name = os.environ.get("QT_IM_MODULE") or os.environ.get("XMODIFIERS", "").removeprefix("@im=")
    return f"系统输入法 {name}" if name else ""


def _fonts(facts: Facts) -> tuple[str, ...]:
    metrics = QFontMetrics(QGuiApplication.font())
    screen = () if metrics.inFontUcs4(ord(SAMPLE)) else ("屏幕中文字体",)
    return (*(facts.fonts_missing or ()), *screen)
