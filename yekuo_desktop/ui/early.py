"""What a start does before the window's code is loaded: claim the folder, open the store, sign in, look.

Only Qt's core is needed for it. The thread of the store works while the widgets are still read from disk,
so that the window finds what it shows when it is there.
"""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.office.workbench import Bench, bench
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.overview import Overview, look
from yekuo_desktop.ui.ports import Opener
from yekuo_desktop.ui.settings import Settings, read_settings
from yekuo_desktop.ui.single_instance import SingleInstance


class Sight(NamedTuple):
    """What a window shows first: the work bench, and the counts around it."""

    bench: Bench
    overview: Overview


class Opening(NamedTuple):
    """An open store; and who signed in with the start, what he sees, or why he could not."""

    desk: Desk
    settings: Settings
    session: Session | None = None
    sight: Sight | None = None
    refusal: Exception | None = None


class Early(QObject):
    """Begun at once or with the window; either way ``opened`` or ``failed`` comes with the event loop."""

    opened = Signal(object)  # Opening
    failed = Signal(object)
    raised = Signal()  # somebody started the program a second time

    def __init__(self, opener: Opener, login: str = "", password: str = "") -> None:
        super().__init__()
        self.opener, self.login = opener, login
        self._password = password
        self.background = Background(self)
        self.opening = False
        self._instance: SingleInstance | None = None
        self._other: SingleInstance | None = None  # of the window that was first
        self._folder = ""  # the one that is claimed

    def begin(self) -> bool:
        """Claim the folder, and open the store if one lies there. False: then ``call`` the other."""
        if self.opening:
            return True
        if not self.claim():
            return False
        if self.opener.exists():
            self.open()
        return True

    def claim(self) -> bool:
        """One window per folder."""
        if self._folder == self.opener.folder:
            return True
        instance = SingleInstance(self.opener.folder, self)
        if not instance.claim():
            self._other = instance
            return False
        instance.raised.connect(self.raised)
        self.release()
        self._instance, self._folder = instance, self.opener.folder
        return True

    def call(self) -> None:
        """Bring the window that has the folder to the front."""
        if self._other is not None:
            self._other.call()

    def listen(self) -> None:
        """Hear further starts; before that they wait."""
        if self._instance is not None:
            self._instance.listen()

    def open(self) -> None:
        """Open the store behind the window, and sign in where the start says who."""
        self.opening = True
        self.background.run(self._open, self.opened.emit, self.failed.emit, self)

    def release(self) -> None:
        """Let the folder go."""
        if self._instance is not None:
            self._instance.release()
            self._instance = None

    def _open(self) -> Opening:
        desk, password = self.opener.open(), self._password
        self._password = ""
        settings = read_settings(desk.store)
        if not (self.login and password):
            return Opening(desk, settings)
        try:
            session = sign_in(desk, self.login, password)
        except Exception as error:  # shown where the person can try again
            return Opening(desk, settings, refusal=error)
        return Opening(desk, settings, session, Sight(bench(desk, session), look(desk, session)))
