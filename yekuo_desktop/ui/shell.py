"""The life of the window: find or make the store, sign in, show the window, change the person, end."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.backing_up import BackingUp
from yekuo_desktop.ui.early import Early, Opening, Sight
from yekuo_desktop.ui.ports import Opener, Tools
from yekuo_desktop.ui.theme import install

with later():
    from yekuo_desktop.ui import calling, main_window
    from yekuo_desktop.ui.dialogs import repair, setup_wizard, sign_in

LAST_LOGIN = "window.login"  # setting: who signed in last
VIEWING = " · 只读查看，不能办理"
LISTEN_MS = 100  # after the first window is there


class Shell(QObject):
    """``start`` and wait for ``ended``. Whoever drives the program listens to ``ready``."""

    ended = Signal(int)
    asked = Signal(object)  # wizard, sign-in or message box
    ready = Signal(object)  # MainWindow
    raised = Signal()  # somebody started the program a second time

    def __init__(
        self,
        app: QApplication,
        opener: Opener,
        login: str = "",
        password: str = "",
        early: Early | None = None,
    ) -> None:
        """``early``: what was begun before; it knows login and password then."""
        super().__init__()
        self._early = early or Early(opener, login, password)
        self._app, self._opener, self._login = app, opener, self._early.login
        self.background = Background(self, self._early.lanes)
        self._listening = QTimer(self, singleShot=True, interval=LISTEN_MS)
        self._listening.timeout.connect(self._listen)
        self._ear: calling.Ear | None = None
        self.raised.connect(self._raise)
        self.backing_up = BackingUp(self.background, self)
        self.backing_up.said.connect(self._warn)
        self._mark = ""  # behind the title of every window
        self._desk: Desk | None = None
        self.window: main_window.MainWindow | None = None
        self._dialog: QDialog | None = None

    def start(self) -> None:
        """Begin, or go on with what was begun. Everything further happens on signals."""
        if not self._early.begin():
            self._leave_to_the_first()
        elif self._early.opening is None:
            self._ask(setup_wizard.SetupWizard(self._opener, self.background), self._created)
        else:
            self._await(self._early.opening)

    def stop(self) -> None:
        """Finish the queued writes, close the store, let the folder go."""
        self.backing_up.stop()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        self.background.shutdown()
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None
        self._stop_listening()
        self._early.claim.release()

    def _stop_listening(self) -> None:
        if self._ear is not None:
            self._ear.close()
            self._ear = None

    def _listen(self) -> None:
        """Hear the starts that come after this one; those that came before it have waited."""
        if self._ear is None:
            self._ear = calling.Ear(self._early.claim.name, self)
            self._ear.called.connect(self.raised)

    def _raise(self) -> None:
        front = self.window or self._dialog
        if isinstance(front, main_window.MainWindow):
            front.bring_to_front()
        elif front is not None:
            front.raise_()
            front.activateWindow()

    def _created(self) -> None:
        """The wizard may have chosen the folder beside the first one."""
        self._stop_listening()
        if self._early.take():
            self._await(self._early.open())
        else:
            self._leave_to_the_first()

    def _await(self, opening: "Future[Opening]") -> None:
        self.background.follow(opening, self._opened, self._unopened, self)

    def _leave_to_the_first(self) -> None:
        """Bring the window that has the folder to the front."""
        calling.call(self._early.claim.name)
        self.ended.emit(0)

    def _opened(self, opening: Opening) -> None:
        self._desk, settings = opening.desk, opening.settings
        if settings.dark or settings.scale != 100:
            install(self._app, dark=settings.dark, scale=settings.scale / 100)
        if opening.session is not None:
            self._signed_in(opening.session, opening.sight)
            return
        dialog = self._sign_in()
        if opening.refusal is not None:
            dialog.refuse(opening.refusal)

    def _unopened(self, error: Exception) -> None:
        box = repair.StartTrouble(self._opener.surgeon(), self.background, error, self._opener.folder)
        box.asked.connect(self.asked)

        def again() -> None:
            if box.viewing:
                self._opener.view()
                self._mark = VIEWING
            self._await(self._early.open())

        self._ask(box, again, failed=1)

    def _reopen(self) -> None:
        """Another store is ready to take the place of this one: end all work with it, and begin anew."""
        self._leave_window()
        self.backing_up.stop()
        desk, self._desk = self._desk, None
        assert desk is not None

        def closed(_result: object) -> None:
            self._await(self._early.open())

        def hung_up(_result: object) -> None:
            self.background.run(desk.store.close, closed, owner=self)

        self.background.line(lambda: None, hung_up, owner=self)  # behind a contact that is still under way

    def _warn(self, words: str) -> None:
        """At the bottom of the window as long as it is so; said once, not whenever an age in it has grown."""
        if self.window is None:
            return
        about = words.partition(":")[0]
        known = self.window.status.warning().partition(":")[0]
        self.window.status.show_warning(words)
        if words and about != known:
            self.window.say(words, "warning")

    def _sign_in(self) -> "sign_in.SignIn":
        assert self._desk is not None
        known = self._login or self._desk.store.setting(LAST_LOGIN)
        dialog = sign_in.SignIn(self._desk, self.background, login=known)
        self._ask(dialog, lambda: self._signed_in(dialog.session))
        return dialog

    def _signed_in(self, session: Session | None, sight: "Future[Sight] | None" = None) -> None:
        if session is None or self._desk is None:
            return
        self._login = session.person.login
        tools = Tools(self._opener.pages, self._opener.write_table, self._opener.folder, self._opener.files)
        seeing = sight is not None
        window = main_window.MainWindow(self._desk, session, self.background, tools, seeing=seeing)
        window.closed.connect(self._closed)
        window.switch_wanted.connect(self._switch)
        window.keeping.restored.connect(self._reopen)
        window.keeping.looked.connect(self.backing_up.look)
        window.status.self_test_asked.connect(window.keeping.self_test)
        self.window = window
        if sight is None:
            self._show(window)
        else:  # shown once it has something to show; what could not be seen is asked for again
            self.background.follow(
                sight, partial(self._begin, window), lambda _: self._begin(window, None), window
            )
        self._remember()

    def _begin(self, window: "main_window.MainWindow", sight: Sight | None) -> None:
        window.begin(sight)
        self._show(window)

    def _show(self, window: "main_window.MainWindow") -> None:
        window.setWindowTitle(window.windowTitle() + self._mark)
        window.show()
        self.ready.emit(window)
        self._listening.start()
        assert self._desk is not None
        self.backing_up.begin(self._desk)

    def _remember(self) -> None:
        """Who signed in, for the next start."""
        assert self._desk is not None
        store, login = self._desk.store, self._login
        if store.setting(LAST_LOGIN) != login:
            self.background.run(lambda: store.save_setting(LAST_LOGIN, login))

    def _switch(self) -> None:
        """Another person: the window goes, its drafts are in the store already."""
        self._leave_window()
        self._sign_in()

    def _leave_window(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()
        self._login = ""

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
        self._listening.start()
        self.asked.emit(dialog)
