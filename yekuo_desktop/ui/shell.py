"""The life of the window: find or make the store, sign in, show the window, change the person, end."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from yekuo_desktop.office import signing_in
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import words_of
from yekuo_desktop.ui.ports import Opener
from yekuo_desktop.ui.settings import read_settings
from yekuo_desktop.ui.single_instance import SingleInstance
from yekuo_desktop.ui.theme import install

with later():
    from yekuo_desktop.ui import main_window
    from yekuo_desktop.ui.dialogs import setup_wizard, sign_in

LAST_LOGIN = "window.login"  # setting: who signed in last


class Shell(QObject):
    """``start`` and wait for ``ended``. Whoever drives the program listens to ``ready``."""

    ended = Signal(int)
    asked = Signal(object)  # wizard, sign-in or message box
    ready = Signal(object)  # MainWindow

    def __init__(self, app: QApplication, opener: Opener, login: str = "", password: str = "") -> None:
        super().__init__()
        self._app, self._opener = app, opener
        self._login, self._password = login, password
        self.background = Background(self)
        self._instance: SingleInstance | None = None
        self._folder = ""  # the one that is claimed
        self._desk: Desk | None = None
        self.window: main_window.MainWindow | None = None
        self._dialog: QDialog | None = None

    def start(self) -> None:
        """Begin. Everything further happens on signals."""
        if not self._claim():
            return
        if self._opener.exists():
            self._open()
        else:
            wizard = setup_wizard.SetupWizard(self._opener, self.background)
            self._ask(wizard, self._created)

    def stop(self) -> None:
        """Finish the queued writes, close the store, let the folder go."""
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        self.background.shutdown()
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None
        if self._instance is not None:
            self._instance.release()
            self._instance = None

    def _claim(self) -> bool:
        """One window per folder; a second start ends here with 0."""
        if self._folder == self._opener.folder:
            return True
        instance = SingleInstance(self._opener.folder, self)
        if not instance.claim():
            self.ended.emit(0)
            return False
        instance.raised.connect(self._raise)
        if self._instance is not None:
            self._instance.release()
        self._instance, self._folder = instance, self._opener.folder
        return True

    def _raise(self) -> None:
        front = self.window or self._dialog
        if isinstance(front, main_window.MainWindow):
            front.bring_to_front()
        elif front is not None:
            front.raise_()
            front.activateWindow()

    def _created(self) -> None:
        """The wizard may have chosen the folder beside the first one."""
        if self._claim():
            self._open()

    def _open(self) -> None:
        self.background.run(self._opener.open, self._opened, self._unopened, self)

    def _opened(self, desk: Desk) -> None:
        self._desk = desk
        settings = read_settings(desk.store)
        install(self._app, dark=settings.dark, scale=settings.scale / 100)
        login, password = self._login, self._password
        if login and password:
            self._password = ""
            self.background.run(
                lambda: signing_in.sign_in(desk, login, password), self._signed_in, self._not_signed_in, self
            )
        else:
            self._sign_in()

    def _unopened(self, error: Exception) -> None:
        box = QMessageBox(QMessageBox.Icon.Critical, "业扩报装", "数据打不开")
        box.setInformativeText(f"{words_of(error)}\n\n{self._opener.folder}")
        self._ask(box, lambda: None, failed=1)

    def _not_signed_in(self, error: Exception) -> None:
        self._sign_in().refuse(error)

    def _sign_in(self) -> "sign_in.SignIn":
        assert self._desk is not None
        known = self._login or self._desk.store.setting(LAST_LOGIN)
        dialog = sign_in.SignIn(self._desk, self.background, login=known)
        self._ask(dialog, lambda: self._signed_in(dialog.session))
        return dialog

    def _signed_in(self, session: Session | None) -> None:
        if session is None or self._desk is None:
            return
        self._login, store = session.person.login, self._desk.store
        self.background.run(lambda: store.save_setting(LAST_LOGIN, session.person.login))
        tools = main_window.Tools(
            self._opener.pages, self._opener.write_table, self._opener.folder, self._opener.files
        )
        window = main_window.MainWindow(self._desk, session, self.background, tools)
        window.closed.connect(self._closed)
        window.switch_wanted.connect(self._switch)
        self.window = window
        window.show()
        self.ready.emit(window)

    def _switch(self) -> None:
        """Another person: the window goes, its drafts are in the store already."""
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()
        self._login = ""
        self._sign_in()

    def _closed(self) -> None:
        if self.window is not None:
            self.ended.emit(0)

    def _ask(self, dialog: QDialog, accepted: Callable[[], object], failed: int = 0) -> None:
        """Show a dialog on its own; giving it up ends the program."""

        def finished(result: int) -> None:
            self._dialog = None
            dialog.deleteLater()
            if result == QDialog.DialogCode.Accepted:
                accepted()
            else:
                self.ended.emit(failed)

        self._dialog = dialog
        dialog.finished.connect(finished)
        dialog.show()
        self.asked.emit(dialog)
