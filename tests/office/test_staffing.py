"""People: only the administrator changes them, and a new project manager can be addressed at once."""

import pytest
from msgspec.structs import replace

from tests.office.conftest import RESIDENT, seen
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office import accepting, signing_in, staffing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice.way import sit_down

NEW = Person(id="new-1", login="gaoyuan", name="高原", roles=(Role.PROJECT_MANAGER,), areas=("河口镇",))


@pytest.fixture
def admin(desk: Desk) -> Session:
    return sit_down(desk, "admin")


def test_somebody_new_signs_in_and_is_addressed(desk: Desk, admin: Session, clerk: Session) -> None:
    staffing.save_person(desk, admin, NEW, "a-password")
    assert signing_in.sign_in(desk, "gaoyuan", "a-password").person.name == "高原"
    case = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "new-1").case
    assert case.project_manager == "new-1"


def test_only_the_administrator_changes_people(desk: Desk, clerk: Session) -> None:
    assert "系统管理员" in staffing.why_not_staffing(clerk)
    with pytest.raises(Refused, match="系统管理员"):
        staffing.save_person(desk, clerk, NEW, "a-password")


@pytest.mark.parametrize(
    ("person", "password", "said"),
    [
        (NEW, "", "至少"),
        (replace(NEW, login="wangli"), "a-password", "已被王丽使用"),
        (replace(NEW, roles=()), "a-password", "角色"),
        (replace(NEW, name=" "), "a-password", "姓名"),
    ],
)
def test_what_is_wrong_is_said(desk: Desk, admin: Session, person: Person, password: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        staffing.save_person(desk, admin, person, password)


def test_who_left_can_no_longer_sign_in(desk: Desk, admin: Session) -> None:
    staffing.save_person(desk, admin, NEW, "a-password")
    staffing.save_person(desk, admin, replace(NEW, active=False))
    with pytest.raises(Refused, match="没有这个用户"):
        signing_in.sign_in(desk, "gaoyuan", "a-password")


def test_the_last_administrator_cannot_lock_himself_out(desk: Desk, admin: Session) -> None:
    with pytest.raises(Refused, match="自己"):
        staffing.save_person(desk, admin, replace(admin.person, roles=(Role.CLERK,)))
