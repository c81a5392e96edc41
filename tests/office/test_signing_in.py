"""Signing in without a line: right password, wrong password, lock-out."""

from typing import Any

import pytest

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office import signing_in
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice import county as practice


def test_the_right_password_opens_a_session(desk: Desk) -> None:
    session = signing_in.sign_in(desk, "wangli", practice.PASSWORD)
    assert (session.person.name, session.terminal) == ("王丽", "HK01")


@pytest.mark.parametrize("login", ["nobody", ""])
def test_an_unknown_person_is_refused(desk: Desk, login: str) -> None:
    with pytest.raises(Refused, match="没有这个用户"):
        signing_in.sign_in(desk, login, practice.PASSWORD)


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(desk: Desk, clock: Any) -> None:
    for _ in range(signing_in.ALLOWED_FAILURES):
        with pytest.raises(Refused):
            signing_in.sign_in(desk, "wangli", "wrong")
    with pytest.raises(Refused, match="锁定"):
        signing_in.sign_in(desk, "wangli", practice.PASSWORD)
    clock.advance(minutes=16)
    assert signing_in.sign_in(desk, "wangli", practice.PASSWORD)


def test_a_changed_password_is_the_only_one(desk: Desk) -> None:
    session = signing_in.sign_in(desk, "wangli", practice.PASSWORD)
    with pytest.raises(Refused, match="至少"):
        signing_in.change_password(desk, session, practice.PASSWORD, "123")
    signing_in.change_password(desk, session, practice.PASSWORD, "another-one")
    with pytest.raises(Refused, match="密码不对"):
        signing_in.sign_in(desk, "wangli", practice.PASSWORD)
