"""The tour: drives the real window with key presses through the main job and keeps what it shows.

A practice county, a clerk who takes an application in with the keyboard, a wrong digit that is refused,
formal acceptance, the hand-over, and the project manager who signs with a scanned QR code.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from yekuo_desktop.domain.case import Case, Delivery
from yekuo_desktop.office import daybook, history, printing
from yekuo_desktop.office.ports import Filter
from yekuo_desktop.office.practice import PASSWORD
from yekuo_desktop.ui.app import application
from yekuo_desktop.ui.dialogs.sign_in import SignIn
from yekuo_desktop.ui.main_window import MainWindow
from yekuo_desktop.ui.ports import Opener
from yekuo_desktop.ui.shell import Shell

PATIENCE_MS = 15_000
SIZE = (1366, 768)
Write = Callable[[Path, bytes], None]
APPLICATION = (
    ("户名", "张秀英"),
    ("证件号码", "410122196603121020"),
    ("移动电话", "13803710001"),
    ("街道(镇/乡)", "河口镇"),
    ("社区(居委会/村)", "柳湾村"),
    ("组团(片区/组)", "三组"),
    ("门牌及说明", "1号(村委会东侧砖混房)"),
    ("用电类别", "乡村居民生活"),
    ("申请容量", "8"),
)


class Stuck(Exception):
    """Something that should have appeared did not; the message says what."""


class Tour:
    """One drive through the program."""

    def __init__(self, opener: Opener, out: Path, write: Write) -> None:
        self._app = application()
        self._out, self._write = out, write
        self._shell = Shell(self._app, opener, "wangli", PASSWORD)
        self._steps: list[dict[str, Any]] = []
        self._pictures: list[str] = []
        self._papers: list[str] = []
        self._case: Case | None = None

    def run(self) -> dict[str, Any]:
        """Every step; the first that fails ends the drive. The summary is on disk in any case."""
        try:
            self._drive()
        except Stuck as stuck:
            self._done("停在这里", str(stuck), ok=False)
            self._picture("stuck")
        finally:
            self._shell.stop()
        summary = {
            "ok": all(step["ok"] for step in self._steps),
            "number": self._case.number if self._case else None,
            "steps": self._steps,
            "papers": self._papers,
            "screenshots": self._pictures,
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        self._write(self._out / "summary.json", text.encode())
        return summary

    def _drive(self) -> None:
        self._shell.start()
        self._until(lambda: self._shell.window is not None, "窗口没有打开")
        self._in_front()
        self._picture("workbench")
        self._done("登录并打开工作台", "王丽")
        self._take_in()
        self._accept()
        self._look_at_case()
        self._hand_over()
        self._sign()
        self._day_book()
        self._prove()

    @property
    def _window(self) -> MainWindow:
        window = self._shell.window
        if window is None:
            raise Stuck("窗口不在了")
        return window

    @property
    def _desk(self) -> Any:
        return self._window.desk

    def _take_in(self) -> None:
        """F2, the form by keyboard, one wrong digit."""
        self._window.activateWindow()
        self._press(self._window, Qt.Key.Key_F2)
        self._until(lambda: self._field("户名") is not None, "没有出现受理表")
        for label, value in APPLICATION:
            self._type(label, value)
        self._settle()
        self._until(lambda: self._shows("第 18 位应为 9"), "错误的身份证号没有被指出")
        self._picture("wrong-digit")
        self._done("身份证号错一位,栏旁指出", "身份证号第 18 位应为 9")
        self._type("证件号码", "410122196603121029")
        self._press(self._window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        self._settle()
        for box in self._boxes(":原件已验")[:3]:
            box.setFocus()
            self._press(box, Qt.Key.Key_Space)
        self._settle()
        self._picture("materials")
        self._done("核对资料原件")

    def _accept(self) -> None:
        """F9 and the preview of the stamped work order."""
        known = {row.case.id for row in self._found()}
        self._press(self._window, Qt.Key.Key_F9)
        self._until(lambda: any(row.case.id not in known for row in self._found()), "没有正式受理")
        (new,) = (row.case.id for row in self._found() if row.case.id not in known)
        self._case = self._desk.store.case(new)
        assert self._case is not None
        preview = self._dialog("没有出现打印预览")
        self._settle()
        self._picture("preview", preview)
        preview.reject()
        sheets = [paper.sheet_no for paper in self._case.papers]
        self._paper("work-order.pdf", printing.pdf(self._desk, self._window.session, self._case, sheets).pdf)
        self._done("正式受理并出工单", self._case.number)

    def _look_at_case(self) -> None:
        """The accepted case, its limits explained, its history."""
        assert self._case is not None
        self._settle()
        self._picture("accepted")
        due = history.limits(self._desk, self._case)
        words = ";".join(f"{view.running.label} {view.remaining}" for view in due)
        self._done("时限已开始", words, ok=bool(due))

    def _hand_over(self) -> None:
        """The hand-over list with the work orders behind it."""
        self._window.hand_over()
        dialog = self._dialog("没有出现交接窗口")
        self._settle()
        self._picture("handover", dialog)
        self._press(dialog, Qt.Key.Key_F9)
        self._until(self._sent, "工单没有交接")
        self._settle()
        for open_ in self._dialogs():
            open_.reject()
        self._settle()
        self._done("交接工单,打印交接清单", self._order().list_no)

    def _sign(self) -> None:
        """The project manager signs in and scans the sheet."""
        running = self._delivery()
        self._done("交接不停表", "", ok=running.stopped is None)
        self._window.switch_wanted.emit()
        self._until(lambda: self._sign_in_dialog() is not None, "没有出现登录窗口")
        dialog = self._sign_in_dialog()
        assert dialog is not None
        self._picture("sign-in", dialog)
        dialog.reject()
        self._again_as("liming")
        window = self._window
        window.look_for()
        self._keys(window.header.search, f"yekuo:1:{self._order().sheet_no}:{self._now().number}")
        self._press(window.header.search, Qt.Key.Key_Return)
        offer = self._dialog("扫码后没有提示签收")
        self._picture("scan", offer)
        self._press(offer, Qt.Key.Key_Return)
        self._until(lambda: self._delivery().stopped is not None, "没有签收")
        self._settle()
        self._picture("signed")
        self._done("项目经理扫码签收,时限停止", f"{self._delivery().stopped:%Y-%m-%d %H:%M}")

    def _again_as(self, login: str) -> None:
        """The same store, another person."""
        opener = self._shell._opener
        self._shell.stop()
        self._shell = Shell(self._app, opener, login, PASSWORD)
        self._shell.start()
        self._until(lambda: self._shell.window is not None, f"{login} 没有登录")
        self._in_front()

    def _in_front(self) -> None:
        """Keys go to the active window only."""
        self._window.showNormal()
        self._window.resize(*SIZE)
        self._window.activateWindow()
        QTest.qWaitForWindowActive(self._window)
        self._settle()

    def _day_book(self) -> None:
        """Today's log, on screen and paper."""
        today = self._desk.clock().date()
        self._paper("business-log.pdf", daybook.drawn(self._desk, self._window.session, today).pdf)
        self._window.day_book()
        dialog = self._dialog("没有出现营业日志")
        self._settle()
        self._picture("day-book", dialog)
        dialog.reject()
        self._done("营业日志", f"{len(daybook.lines(self._desk, today))} 笔")

    def _prove(self) -> None:
        faults = list(self._desk.store.verify())
        self._done("流水核对", "完整" if not faults else faults[0].reason, ok=not faults)

    def _now(self) -> Case:
        case: Case | None = self._desk.store.case(self._case.id) if self._case else None
        if case is None:
            raise Stuck("业务不在了")
        return case

    def _order(self) -> Delivery:
        delivery = self._now().delivery
        if delivery is None:
            raise Stuck("没有纸质工单")
        return delivery

    def _sent(self) -> bool:
        return self._order().dispatched is not None

    def _delivery(self) -> Any:
        running = self._desk.store.limits(self._now().id)
        return next(limit for limit in running if limit.limit == "work_order_delivery")

    def _found(self) -> Any:
        where = Filter(text="张秀英", stage="acceptance", states=("open",))
        return self._desk.store.queue(where, self._desk.clock(), limit=500)

    def _done(self, name: str, note: str = "", *, ok: bool = True) -> None:
        self._steps.append({"name": name, "note": note, "ok": ok})

    def _picture(self, name: str, widget: QWidget | None = None) -> None:
        shown = widget or self._shell.window
        if shown is None:
            return
        file = f"{len(self._pictures) + 1:02}-{name}.png"
        shown.grab().save(str(self._out / file))
        self._pictures.append(file)

    def _paper(self, file: str, pdf: bytes) -> None:
        self._write(self._out / file, pdf)
        self._papers.append(file)

    def _press(
        self,
        widget: QWidget,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(widget, key, modifier)
        self._settle()

    def _type(self, label: str, value: str) -> None:
        field = self._field(label)
        if field is None:
            raise Stuck(f"没有“{label}”栏")
        field.setFocus()
        field.selectAll()
        self._keys(field, value)
        self._press(field, Qt.Key.Key_Return)

    def _keys(self, widget: QWidget, value: str) -> None:
        """ASCII by key press; Chinese as an input method commits it."""
        if value.isascii():
            QTest.keyClicks(widget, value)
            return
        event = QInputMethodEvent()
        event.setCommitString(value)
        QCoreApplication.sendEvent(widget, event)

    def _field(self, label: str) -> QLineEdit | None:
        boxes: Any = self._window.findChildren(QLineEdit)
        return next((box for box in boxes if box.accessibleName() == label and box.isVisible()), None)

    def _boxes(self, ending: str) -> list[QAbstractButton]:
        buttons: Any = self._window.findChildren(QAbstractButton)
        return [box for box in buttons if box.accessibleName().endswith(ending) and box.isVisible()]

    def _shows(self, words: str) -> bool:
        shown: Any = self._window.findChildren(QWidget)
        return any(words in str(w.property("text") or "") for w in shown if w.isVisible())

    def _dialogs(self) -> list[QDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]

    def _dialog(self, missing: str) -> QDialog:
        self._until(lambda: bool(self._dialogs()), missing)
        return self._dialogs()[-1]

    def _sign_in_dialog(self) -> SignIn | None:
        return next((dialog for dialog in self._dialogs() if isinstance(dialog, SignIn)), None)

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not holds():
            if clock.elapsed() > PATIENCE_MS:
                raise Stuck(otherwise)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _settle(self) -> None:
        """Until nothing is under way any more."""
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < 250 or self._shell.background.busy:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if clock.elapsed() > PATIENCE_MS:
                raise Stuck("后台工作没有结束")


def run(opener: Opener, out: Path, write: Write) -> dict[str, Any]:
    """Drive the window over a practice store; the summary that also lies in ``out``."""
    return Tour(opener, out, write).run()
