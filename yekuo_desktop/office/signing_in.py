"""Signing in, offline: argon2 verifiers in the local store, lock-out after repeated failures."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from yekuo_desktop.domain.act import Refused, refuse
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.grants import granted
from yekuo_desktop.office.ports import Credential

ALLOWED_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 6
PRACTICE_PASSWORD = "yekuo-2026"  # stands in the README: practice data only


def people(desk: Desk) -> Sequence[Person]:
    """Who can sign in here, by name."""
    active = (person for person in desk.store.organisation().people.values() if person.active)
    return sorted(active, key=lambda person: person.login)


def sign_in(desk: Desk, login: str, password: str) -> Session:
    """A session for somebody who knows the password. Raises ``Refused`` with what to do."""
    person = desk.store.organisation().by_login(login.strip())
    credential = desk.store.credential(person.id) if person else None
    if person is None or credential is None:
        raise refuse("没有这个用户,请核对登录名", "login")
    _check_lock(credential, desk.clock())
    if not desk.hasher.matches(credential.hash, password):
        raise _failed(desk, credential)
    if credential.failures or credential.locked_until:
        desk.store.save_credential(replace(credential, failures=0, locked_until=None))
    person, identity = granted(desk, person), desk.store.identity
    return Session(person=person, station=identity.station, terminal=identity.terminal)


def _check_lock(credential: Credential, now: datetime) -> None:
    if credential.locked_until and now < credential.locked_until:
        raise refuse(f"密码多次输错,已锁定到 {credential.locked_until:%H:%M},请稍后再试", "password")


def _failed(desk: Desk, credential: Credential) -> Refused:
    failures = credential.failures + 1
    if failures >= ALLOWED_FAILURES:
        until = desk.clock() + LOCKED_FOR
        desk.store.save_credential(replace(credential, failures=0, locked_until=until))
        return refuse(f"密码连续输错 {failures} 次,锁定到 {until:%H:%M}", "password")
    desk.store.save_credential(replace(credential, failures=failures))
    return refuse(f"密码不对,还可以试 {ALLOWED_FAILURES - failures} 次", "password")


def change_password(desk: Desk, session: Session, old: str, new: str) -> None:
    """Change one's own password."""
    sign_in(desk, session.person.login, old)
    set_password(desk, session.person.id, new)


def set_password(desk: Desk, person_id: str, password: str) -> None:
    """Give somebody a password. Raises ``Refused`` when it is too short."""
    check_password(password)
    desk.store.save_credential(Credential(person=person_id, hash=desk.hasher.hash(password)))


def check_password(password: str) -> None:
    """Raise ``Refused`` when a password is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise refuse(f"密码至少 {SHORTEST_PASSWORD} 位", "password")
