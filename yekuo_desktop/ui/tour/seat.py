"""The chair before the program: who sits there, and the case that lies in front of him."""

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from yekuo_desktop.domain.case import Case
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Clock, TableWriter
from yekuo_desktop.office.repairing import Surgeon
from yekuo_desktop.ui.case.case_view import CaseView
from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.dialogs.sign_in import SignIn
from yekuo_desktop.ui.main_window import MainWindow
from yekuo_desktop.ui.ports import OfficeFiles, Opener, Pages
from yekuo_desktop.ui.shell import Shell
from yekuo_desktop.ui.tour.hands import CTRL, Hands, Stuck, bring_to_front, dialogs

SIZE = (1366, 768)


class Timed:
    """The opener of a store whose desk goes by another clock."""

    pages: Pages
    write_table: TableWriter
    files: OfficeFiles

    def __init__(self, opener: Opener, now: Clock) -> None:
        self._opener, self._now = opener, now
        self.pages, self.write_table, self.files = opener.pages, opener.write_table, opener.files

    @property
    def folder(self) -> str:
        """Where the store lies."""
        return self._opener.folder

    def exists(self) -> bool:
        """Whether there is a store."""
        return self._opener.exists()

    def create_practice(self) -> None:
        """The practice county."""
        self._opener.create_practice()

    def create_real(self, founding: Any, administrator: Any) -> str:
        """A real store."""
        return self._opener.create_real(founding, administrator)

    def join(self, url: str, code: str, password: str) -> str:
        """A store of a centre."""
        return self._opener.join(url, code, password)

    def open(self) -> Desk:
        """The desk over the store, by the other clock."""
        return replace(self._opener.open(), clock=self._now)

    def view(self) -> None:
        """Only to look."""
        self._opener.view()

    def surgeon(self) -> Surgeon:
        """Who looks at a store that cannot be opened."""
        return self._opener.surgeon()


class Seat:
    """The program on its screen, with a person signed in."""

    def __init__(self, app: QApplication, opener: Opener, hands: Hands, password: str) -> None:
        self.app, self.hands, self._password = app, hands, password
        self._shell = Shell(app, opener)
        hands.background = self._shell.background
        self._login = ""

    @property
    def window(self) -> MainWindow:
        """The window; raises ``Stuck`` while there is none."""
        window = self._shell.window
        if window is None:
            raise Stuck("窗口不在了")
        return window

    @property
    def desk(self) -> Desk:
        """The desk the window works at."""
        return self.window.desk

    def begin(self, login: str) -> None:
        """Start the program; it asks who it is."""
        self._shell.start()
        self._sign_in(login)

    def stop(self) -> None:
        """Close the program."""
        if self._shell.window is not None:
            self._shell.window.sync.syncing.stop()  # hangs up the line
            self._shell.window.hide()  # until it is deleted it would still be a window for the hands
        self._shell.stop()

    def sit_down(self, login: str, *, anew: bool = False) -> None:
        """Another person, or the same ``anew``: 切换用户, name and password."""
        if login == self._login and not anew:
            return
        self.window.actions_by_words["切换用户…"].trigger()
        self._sign_in(login)

    def _sign_in(self, login: str) -> None:
        self.hands.until(lambda: self.sign_in_dialog() is not None, "没有出现登录窗口")
        dialog = self.sign_in_dialog()
        assert dialog is not None
        bring_to_front(dialog)
        self.hands.point(dialog.who.setFocus)
        self.hands.replace(login)
        self.hands.point(dialog.password.setFocus)
        self.hands.type(self._password)
        self.hands.press(Qt.Key.Key_Return, settle=False)
        self.hands.until(lambda: self._shell.window is not None, f"{login} 没有登录")
        self._login = login
        self.window.showNormal()
        self.window.resize(*SIZE)
        bring_to_front(self.window)
        self.hands.settle()

    def sign_in_dialog(self) -> SignIn | None:
        """The question who it is, while it is asked."""
        return next((dialog for dialog in dialogs() if isinstance(dialog, SignIn)), None)

    def in_front(self) -> QWidget | None:
        """Whatever is on the screen now: a dialog, the window, nothing."""
        return next(iter(dialogs()), None) or self._shell.window

    # ---- what lies in front ----------------------------------------------------------------------

    @property
    def tab(self) -> StageTab:
        """The stage in front."""
        tab = self.window.deck.tab(self.window.deck.shown)
        if not isinstance(tab, StageTab):
            raise Stuck("前面不是环节页")
        return tab

    @property
    def view(self) -> CaseView:
        """The case in it."""
        return self.tab.case_view

    def case(self, case_id: str) -> Case:
        """A case as it lies in the store."""
        found = self.desk.store.case(case_id)
        if found is None:
            raise Stuck("业务不在了")
        return found

    def find(self, case: Case) -> None:
        """Ctrl+K, the number, Enter: the case in the tab of its stage."""
        self.front()
        self.hands.press(Qt.Key.Key_K, CTRL)
        self.hands.replace(case.number)
        self.hands.press(Qt.Key.Key_Return)
        self.hands.until(lambda: self.shows(case), f"没有找到 {case.number}")
        self.hands.settle()

    def shows(self, case: Case) -> bool:
        """Whether a case lies in front, in the tab of its stage."""
        deck = self.window.deck
        if deck.shown != case.stage:
            return False
        facts = self.view.facts()
        return facts is not None and facts.case == case and self.tab.right.currentWidget() is self.view

    def front(self) -> None:
        """The window takes the keys."""
        bring_to_front(self.window)

    def dialog(self, kind: type[QDialog], missing: str) -> Any:
        """The dialog that has opened."""
        self.hands.until(lambda: any(isinstance(d, kind) for d in dialogs()), missing)
        found = next(d for d in dialogs() if isinstance(d, kind))
        bring_to_front(found)
        self.hands.settle()
        return found

    def said(self) -> str:
        """What the window said last."""
        return str(self.window.toast.words())
