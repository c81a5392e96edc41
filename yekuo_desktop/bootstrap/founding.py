"""New stores: the practice county, and a real one. Each is whole or not there."""

import shutil
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from yekuo_desktop.bootstrap.desks import desk_over, keyring_for, load_reference, make_folder, new_id
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.office_acts import check_person
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Clock, Identity
from yekuo_desktop.office.signing_in import check_password
from yekuo_desktop.runtime import clock
from yekuo_desktop.runtime.later import later
from yekuo_desktop.runtime.paths import REAL, store_dir
from yekuo_desktop.store.marker import move_store
from yekuo_desktop.store.store import LocalStore

with later():
    from yekuo_desktop.office import setting_up
    from yekuo_desktop.office.practice import county as practice

ASIDE = ".new"  # inside its folder, so that moving it is renaming it


def target(data: str | None, *, practice: bool) -> Path:
    """Where a new store goes. Refuses a folder that already holds one."""
    folder = store_dir(data, practice=practice)
    if not data and not practice and folder.name != REAL:
        folder = folder.with_name(REAL)
    if LocalStore.exists(folder):
        raise refuse(f"{folder} 里已经有数据;要另建一套请用 --data 指定别的目录")
    return folder


def create_practice(folder: Path, now: Clock = clock.now) -> None:
    """A practice store with its county, people and forty cases, all of it before ``now``."""
    _create(folder, practice.FOUNDING, lambda desk: practice.populate(replace(desk, clock=now)))


def create_real(folder: Path, founding: "setting_up.Founding", login: str, name: str, password: str) -> str:
    """A real store with its first administrator. Returns the recovery code, "" where the system
    keeps the key itself."""
    roles = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK)
    admin = Person(id=new_id(), login=login, name=name, roles=roles, station=founding.station)
    setting_up.check_founding(founding)
    check_person(Organisation(), admin)
    check_password(password)  # everything is asked before anything is made
    people = ((admin, password),)
    return _create(folder, founding, lambda desk: setting_up.found(desk, founding, people))


def _create(folder: Path, founding: "setting_up.Founding", fill: Callable[[Desk], None]) -> str:
    """Make a store aside and fill it; it lies in its place only when it is complete. The recovery code."""
    aside = folder / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    make_folder(aside)
    identity = Identity(
        org=new_id(),
        station=founding.station,
        terminal=founding.terminal,
        device=new_id(),
        incarnation=new_id(),
        practice=founding.practice,
    )
    key, recovery = keyring_for(aside).create()
    desk = desk_over(LocalStore.create(aside, key, load_reference(), identity, new_id), folder)
    try:
        fill(desk)
    finally:
        desk.store.close()
    move_store(aside, folder)
    return recovery
