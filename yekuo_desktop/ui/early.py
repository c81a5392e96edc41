"""What a start does before Qt is loaded: claim the folder, open the store, sign in, look.

The lane of the store works while Qt and the widgets are still read from disk, so that the window finds what
it shows when it is there.
"""

from concurrent.futures import Future
from typing import NamedTuple

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.office.workbench import Bench, bench
from yekuo_desktop.runtime.claim import Claim
from yekuo_desktop.ui.lanes import Lanes
from yekuo_desktop.ui.overview import Overview, look
from yekuo_desktop.ui.ports import Opener
from yekuo_desktop.ui.settings import Settings, read_settings


class Sight(NamedTuple):
    """What a window shows first: the work bench, and the counts around it."""

    bench: Bench
    overview: Overview


class Opening(NamedTuple):
    """An open store; and who signed in with the start, what he is about to see, or why he could not."""

    desk: Desk
    settings: Settings
    session: Session | None = None
    sight: "Future[Sight] | None" = None
    refusal: Exception | None = None


class Early:
    """Begun at once or with the window, which asks ``opening`` either way."""

    def __init__(self, opener: Opener, login: str = "", password: str = "") -> None:
        self.opener, self.login = opener, login
        self.lanes = Lanes()
        self.claim = Claim(opener.folder)
        self.opening: Future[Opening] | None = None
        self._password = password

    def begin(self) -> bool:
        """Claim the folder, and open the store if one lies there. False: another window has the folder."""
        if self.opening is not None:
            return True
        if not self.take():
            return False
        if self.opener.exists():
            self.open()
        return True

    def take(self) -> bool:
        """One window per folder; the folder may be another one by now."""
        if self.claim.folder != self.opener.folder:
            self.claim.release()
            self.claim = Claim(self.opener.folder)
        return self.claim.take()

    def open(self) -> "Future[Opening]":
        """Open the store behind the window, and sign in where the start says who."""
        self.opening = self.lanes.store.submit(self._open)
        return self.opening

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
        sight = self.lanes.store.submit(lambda: Sight(bench(desk, session), look(desk, session)))
        return Opening(desk, settings, session, sight)
