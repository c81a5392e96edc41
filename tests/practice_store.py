"""The practice county for tests: made once a run by whoever comes first, copied by whoever needs it."""

import fcntl
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import time_machine
from argon2 import PasswordHasher
from msgspec.structs import replace

from yekuo_desktop.bootstrap import desks
from yekuo_desktop.cli import main
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Clock, Hasher, Identity
from yekuo_desktop.office.practice import county
from yekuo_desktop.office.setting_up import found
from yekuo_desktop.store.passwords import Passwords
from yekuo_desktop.store.store import LocalStore

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Passwords of tests guard nothing: no stretching."""
IDENTITY = Identity(
    org="org", station="HK", terminal="HK01", device="device", incarnation="life-1", practice=True
)
MOMENT = datetime(2026, 3, 10, 14, 0, tzinfo=timezone(timedelta(hours=8)))
"""When it was made: a Tuesday in opening hours; everything in it lies before."""


def made_once(base: Path) -> Path:
    """The folder of the store below ``base``, which all workers of a run share. Nobody writes into it."""
    made, folder = base / "practice-made", base / "practice"
    with (base / "practice-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with time_machine.travel(MOMENT, tick=False):
                assert main(["setup", "--practice", "--data", str(folder)]) == 0
            made.touch()
    return folder


def staff(folder: Path, now: Clock) -> None:
    """A store with the practice county's people and no case."""
    made = desks.new_desk(folder, IDENTITY, now, CHEAP)
    people = tuple(
        (Person(id=login, login=login, name=name, roles=roles, station="HK", areas=areas), county.PASSWORD)
        for login, name, roles, areas in county.STAFF
    )
    found(made, county.FOUNDING, people)
    made.store.close()


def opened(folder: Path, now: Clock, hasher: Hasher, *, alone: bool = False) -> Desk:
    """The desk over a store that is there, with clock and password hashing of one's own choice. ``alone``:
    with rules and calendars that no other test sees, for one that changes them."""
    key = desks.keyring_for(folder).key()
    reference = desks.load_reference.__wrapped__() if alone else desks.load_reference()
    store = LocalStore.open(folder, key, reference, desks.new_id)
    return replace(desks.desk_over(store, folder), clock=now, hasher=hasher)


def copied(made: Path, to: Path) -> Path:
    """A store of one's own: its database, its files and its key."""
    shutil.copytree(made, to)
    return to
