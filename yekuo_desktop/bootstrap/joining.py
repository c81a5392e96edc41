"""A new store for a machine that joins a centre: it begins empty and reads everything from there."""

import os
import platform
import shutil
from pathlib import Path

from yekuo_desktop.bootstrap.desks import desk_over, keyring_for, load_reference, make_folder, new_id
from yekuo_desktop.bootstrap.founding import ASIDE
from yekuo_desktop.bootstrap.line import AUTHORITY, checked_url
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.office.signing_in import check_password, set_password
from yekuo_desktop.protocol.enrolling import Enrolled
from yekuo_desktop.runtime.paths import machine_id
from yekuo_desktop.store.marker import move_store
from yekuo_desktop.store.signing import DeviceKeys
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.sync.http import HttpTransport
from yekuo_desktop.sync.joining import enroll


def join(folder: Path, url: str, code: str, password: str) -> tuple[str, str]:
    """Make a store in ``folder``, enrolled and with what the centre has. The recovery code ("" where the
    system keeps the key) and the login of who signs in with ``password``. All of it or nothing."""
    check_password(password)
    address = checked_url(url)
    aside = folder / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    make_folder(aside)
    key, recovery = keyring_for(aside).create()
    device = new_id()
    said = _enrolled(HttpTransport(address, str(folder / AUTHORITY)), code, device, DeviceKeys(key, device))
    if not said.person:
        raise refuse("这个加入码没有写明由谁在本机设口令,请管理员另发一个(--person)", "code")
    store = LocalStore.create(aside, key, load_reference(), _identity(said), new_id)
    try:
        login = _filled(store, address, said, password, folder)
    finally:
        store.close()
    move_store(aside, folder)
    return recovery, login


def _enrolled(transport: HttpTransport, code: str, device: str, keys: DeviceKeys) -> Enrolled:
    try:
        return enroll(transport, keys, code, device, platform.node())
    finally:
        transport.close()


def _identity(said: Enrolled) -> Identity:
    return Identity(
        org=said.org,
        station=said.station,
        terminal=said.terminal,
        device=said.device,
        incarnation=new_id(),
        practice=said.practice,
    )


def _filled(store: LocalStore, address: str, said: Enrolled, password: str, folder: Path) -> str:
    """Read everything once, so that there is somebody who can sign in."""
    store.station.enrolled(address, said, machine_id(os.environ))
    desk = desk_over(store, folder)
    try:
        went = desk.line.contact()
        while went.trouble and went.read:  # a bad line: each contact goes on behind the last
            went = desk.line.contact()
    finally:
        desk.line.close()
    person = store.organisation().people.get(said.person)
    if person is None:
        raise refuse(went.trouble or "中心还没有这个人的资料,请稍后再试")
    set_password(desk, person.id, password)
    return person.login
