"""Signing in without a line, until the grant of the centre ends; and who is not wanted any more."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from tests.sync.hall import Hall
from tests.sync.post import Post, PostLine, lost
from tests.sync.test_contact import note
from tests.sync.test_faults import settled
from tests.sync.test_scopes import revoke
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.domain.office_acts import PersonSaved
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office import desk as office
from yekuo_desktop.office import staffing
from yekuo_desktop.office.desk import Session
from yekuo_desktop.office.grants import centre_time
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.office.signing_in import set_password, sign_in
from yekuo_desktop.protocol.greeting import Grant


def at(post: Post) -> Post:
    """The station with its line at its desk, as in a window."""
    post.desk = replace(post.desk, line=PostLine(post))
    return post


def enter(post: Post, login: str = "wangli") -> Session:
    return sign_in(post.desk, login, practice.PASSWORD)


def change(post: Post, person: Person) -> None:
    with post.desk.store.unit() as unit:
        save(post.desk, unit, f"person:{person.id}", "person.saved", PersonSaved(person), "admin")


def test_signing_in_works_without_a_line_until_the_grant_ends(first: Post, hall: Hall) -> None:
    settled(at(first))
    first.interfere = lost
    hall.clock.advance(days=13)
    assert enter(first).person.login == "wangli"
    hall.clock.advance(days=1)
    with pytest.raises(Refused, match="离线登录的许可到 03-24 00:00 为止"):
        enter(first)
    first.interfere = None
    assert enter(first).person.login == "wangli"  # asked the centre by itself


def test_a_password_that_is_wrong_asks_nobody(first: Post, hall: Hall) -> None:
    settled(at(first))
    hall.clock.advance(days=20)
    first.asked.clear()
    with pytest.raises(Refused, match="密码不对"):
        sign_in(first.desk, "wangli", "wrong-password")
    assert first.asked == []


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_wrong_neither_locks_out_nor_prolongs(first: Post, hall: Hall, years: int) -> None:
    at(first).drift = timedelta(days=365 * years)
    settled(first)
    first.interfere = lost
    assert enter(first).person.login == "wangli"
    hall.clock.advance(days=15)
    with pytest.raises(Refused, match="许可到"):
        enter(first)


def test_setting_the_clock_back_prolongs_nothing_before_the_last_contact(first: Post, hall: Hall) -> None:
    settled(at(first))
    hall.clock.advance(days=15)
    first.interfere = lambda name, through: through() if name != "/hello" else lost(name, through)
    with pytest.raises(Refused):
        enter(first)
    first.interfere = None
    first.sync()
    grant = first.store.centre.granted("wangli")
    first.drift = timedelta(days=-30)
    assert centre_time(first.desk) >= hall.clock.now - timedelta(seconds=1)
    assert grant is not None and grant.expires > hall.clock.now


def test_somebody_who_left_cannot_sign_in_and_a_session_ends(first: Post, second: Post) -> None:
    case = first.accept()
    settled(first, at(second))
    set_password(second.desk, "wangli", practice.PASSWORD)
    session = enter(second)
    change(first, replace(first.store.organisation().people["wangli"], active=False))
    settled(first, second)
    with pytest.raises(Refused, match="没有这个用户"):
        enter(second)
    with pytest.raises(Refused, match="已停用"):
        office.act(second.desk, session, case.id, "case.noted", NoteText("还在写"))


def test_nobody_signs_in_on_a_revoked_machine_and_what_it_wrote_is_held(
    first: Post, second: Post, hall: Hall
) -> None:
    case = first.accept()
    settled(first, at(second))
    set_password(second.desk, "wangli", practice.PASSWORD)
    note(second, case, "停用前写的")
    revoke(hall, second)
    with pytest.raises(Refused, match="本机已被中心停用"):
        hall.clock.advance(days=15)
        enter(second)
    assert second.store.unsent() == 0
    (held,) = second.store.centre.unsettled()
    assert (held.verdict, held.ruling.code) == ("held", "device")
    note(first, case, "停用后写的")
    first.sync(), second.sync()
    assert [n.text for n in second.store.case(case.id).notes] == []
    revoke(hall, second, "active")
    assert enter(second).person.login == "wangli"


def test_a_new_person_works_here_before_the_centre_has_heard_of_him(first: Post) -> None:
    settled(at(first))
    first.interfere = lost
    person = Person(id="neu", login="neu", name="新来的", roles=(Role.CLERK,), station="HK")
    staffing.save_person(first.desk, enter(first, "admin"), person, practice.PASSWORD)
    assert enter(first, "neu").person == person
    first.interfere = None
    settled(first)
    assert first.store.centre.granted("neu") is not None
    assert enter(first, "neu").person == person


def test_a_grant_somebody_changed_is_none(first: Post) -> None:
    settled(at(first))
    first.interfere = lost
    with first.store._writing() as connection:
        content = connection.execute("SELECT content FROM grants WHERE person = 'wangli'").fetchone()[0]
        longer = replace(msgspec.json.decode(content, type=Grant), expires="2099-01-01T00:00:00+08:00")
        connection.execute(
            "UPDATE grants SET content = ? WHERE person = 'wangli'", (msgspec.json.encode(longer),)
        )
    with pytest.raises(Refused, match="没有许可"):
        enter(first)


def test_roles_are_those_the_centre_grants(first: Post) -> None:
    settled(at(first))
    more = first.store.organisation().people["wangli"]
    change(first, replace(more, roles=(*more.roles, Role.APPROVER)))
    assert Role.APPROVER not in enter(first).person.roles  # not before the centre says so
    settled(first)
    assert Role.APPROVER in enter(first).person.roles
