"""The programs of this machine and the store they must be able to read."""

import platform
import sys
from pathlib import Path

from yekuo_desktop import __version__
from yekuo_desktop.bootstrap.desks import open_desk
from yekuo_desktop.domain.releases import Here
from yekuo_desktop.office import updating
from yekuo_desktop.office.backup_ports import Progress
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.updating import Signed, Standing
from yekuo_desktop.runtime.paths import RESOURCES, program_home
from yekuo_desktop.store.programs import LocalPrograms, read_keys
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.store.tables import VERSION

KEYS = "update_keys.toml"
SYSTEMS, MACHINES = {"win32": "windows"}, {"amd64": "x86_64", "arm64": "aarch64"}


def programs() -> LocalPrograms:
    """Beside the user's data."""
    home = program_home()
    return LocalPrograms(home, read_keys(RESOURCES / KEYS, home.parent / KEYS), __version__, VERSION)


def this_platform() -> str:
    """As a package names it: ``linux-x86_64``, ``windows-x86_64``."""
    machine = platform.machine().lower()
    return f"{SYSTEMS.get(sys.platform, sys.platform)}-{MACHINES.get(machine, machine)}"


def here(*, stored: bool) -> Here:
    """A store that this program opens has its schema."""
    return Here(__version__, this_platform(), VERSION if stored else 0)


def look(folder: Path, file: str) -> Signed:
    """What a package would bring."""
    return updating.look(programs(), here(stored=LocalStore.exists(folder)), file)


def install(folder: Path, file: str, progress: Progress) -> Signed:
    """After a backup of the store, where there is one."""
    if not LocalStore.exists(folder):
        return updating.install(programs(), here(stored=False), file, lambda: None, progress)
    desk = open_desk(str(folder))
    try:
        return install_beside(desk, file, progress)
    finally:
        desk.store.close()


def install_beside(desk: Desk, file: str, progress: Progress) -> Signed:
    """The same with an open store."""

    def keep() -> None:
        desk.keeper.back_up("upgrade", progress)

    return updating.install(programs(), here(stored=True), file, keep, progress)


def go_back(folder: Path) -> Standing:
    """To the former program."""
    return updating.go_back(programs(), here(stored=LocalStore.exists(folder)))


class Updates:
    """The same for the window, which has the store open."""

    def standing(self) -> Standing:
        """What runs, and what the next start runs."""
        return programs().standing()

    def look(self, file: str) -> Signed:
        """What a package would bring."""
        return updating.look(programs(), here(stored=True), file)

    def install(self, desk: Desk, file: str, progress: Progress) -> Signed:
        """After a backup."""
        return install_beside(desk, file, progress)

    def go_back(self) -> Standing:
        """To the former program."""
        return updating.go_back(programs(), here(stored=True))
