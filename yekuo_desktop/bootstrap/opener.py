"""The store of one start, for the window."""

import logging
from pathlib import Path
from typing import Any

from yekuo_desktop import __version__
from yekuo_desktop.bootstrap import desks
from yekuo_desktop.bootstrap.desks import open_desk
from yekuo_desktop.bootstrap.files import OfficeFiles, PageImages, write_table
from yekuo_desktop.bootstrap.founding import create_practice, create_real
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.runtime import launching
from yekuo_desktop.runtime.later import later
from yekuo_desktop.runtime.paths import PRACTICE, REAL, program_home
from yekuo_desktop.store.errors import SUSPECT
from yekuo_desktop.store.marker import DATABASE
from yekuo_desktop.store.store import LocalStore

with later():
    from yekuo_desktop.bootstrap import doctor, examiner, joining
    from yekuo_desktop.office import setting_up
    from yekuo_desktop.store import repair_wal

LOG = logging.getLogger(__name__)


class Opener:
    """Finds, makes and opens the store of this start, for the window."""

    pages = PageImages()
    write_table = staticmethod(write_table)
    files = OfficeFiles()

    def __init__(self, folder: Path, *, fixed: bool) -> None:
        self._folder = folder
        self._viewing = False
        self._fixed = fixed  # named by --data: practice and real are then no neighbours

    @property
    def folder(self) -> str:
        """Where the store lies."""
        return str(self._folder)

    def exists(self) -> bool:
        """Whether there is a store."""
        return LocalStore.exists(self._folder)

    def create_practice(self) -> None:
        """The practice county."""
        self._folder = self._folder if self._fixed else self._folder.with_name(PRACTICE)
        create_practice(self._folder)

    def create_real(self, founding: "setting_up.Founding", administrator: Any) -> str:
        """A real store; the recovery code to write down."""
        self._folder = self._folder if self._fixed else self._folder.with_name(REAL)
        return create_real(self._folder, founding, *administrator)

    def join(self, url: str, code: str, password: str) -> str:
        """A store of a centre, with what it has; the recovery code to write down."""
        folder = self._folder if self._fixed else self._folder.with_name(REAL)
        recovery, _ = joining.join(folder, url, code, password)
        self._folder = folder
        return recovery

    def open(self) -> Desk:
        """The desk over the store. A log that is left there says whether the last save was cut off."""
        if self._viewing:
            return desks.view(self._folder)
        if (self._folder / SUSPECT).exists():
            self.surgeon().clear_suspicion()
        log = self._folder / f"{DATABASE}-wal"
        torn = log.exists() and log.stat().st_size > 0 and repair_wal.read_log(log).unfinished
        desk = open_desk(self.folder)
        if torn:
            desk.store.save_setting(examiner.UNFINISHED, "1")
        return desk

    def view(self) -> None:
        """From now on the store is only looked at: nothing can be saved where it lies."""
        self._viewing = True

    def stood(self) -> None:
        """The window stands: this program has proven itself."""
        try:
            launching.mark_good(program_home(), __version__)
        except OSError:
            LOG.warning("cannot note that this program works", exc_info=True)

    def surgeon(self) -> "doctor.Doctor":
        """Who looks at a store that cannot be opened."""
        return doctor.Doctor(self._folder)
