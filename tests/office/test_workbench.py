"""The work bench of every role: what it counts is the list behind it, and nobody starts with nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tests.practice_store import CHEAP, MOMENT, copied, opened
from yekuo_desktop.domain.people import Role
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.workbench import AT_A_STAGE, KINDS, MOST, OF_ROLE, bench, kinds_of

LOGINS = ("wangli", "zhaojun", "liming", "sunhao", "heping", "duwei", "xuemei", "maqiang", "luoxin", "admin")


@pytest.fixture(scope="module")
def county(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = opened(copied(practice_made, tmp_path_factory.mktemp("county") / "store"), lambda: MOMENT, CHEAP)
    yield desk
    desk.store.close()


@pytest.mark.parametrize("days", [0, 30])
@pytest.mark.parametrize("login", LOGINS)
def test_every_number_is_the_length_of_its_list(county: Desk, login: str, days: int) -> None:
    now = MOMENT + timedelta(days=days)
    desk = msgspec.structs.replace(county, clock=lambda: now)
    found = bench(desk, sit_down(county, login))
    assert 1 <= len(found.cards) <= MOST
    assert found.card(found.shown) in found.cards
    for card in found.cards:
        listed = desk.store.queue(card.where, now, limit=1000)
        assert card.count == len(listed), card.id
        assert [row.case.id for row in card.rows] == [row.case.id for row in listed[: len(card.rows)]]


def test_each_role_begins_with_its_own_work(county: Desk) -> None:
    firsts = {login: [kind.id for kind in kinds_of(sit_down(county, login).person)][:3] for login in LOGINS}
    assert firsts["wangli"] == ["overdue", "due_today", "undelivered"]
    assert firsts["liming"] == ["my_overdue", "my_today", "to_sign"]
    assert firsts["duwei"] == ["waiting_overdue", "waiting_today", "returned"]
    assert firsts["luoxin"][0] == "audited"


def test_what_is_owed_comes_back_and_expires_is_put_before_somebody(county: Desk) -> None:
    """The practice county has papers owed, and plans that customers think about."""
    store = county.store
    owing = [
        row.case.id
        for row in store.queue(Filter(), MOMENT, limit=1000)
        if (case := store.case(row.case.id))
        and case.state in ("registered", "open", "suspended")
        and any(m.owed_until and not m.present for m in case.materials.values())
    ]
    listed = store.queue(Filter(reminder="owed"), MOMENT, limit=1000)
    assert sorted(row.case.id for row in listed) == sorted(owing)
    for row in store.queue(Filter(reminder="expiring"), MOMENT, limit=1000):
        running = [limit for limit in store.limits(row.case.id) if limit.limit == "plan_validity"]
        assert any(limit.stopped is None for limit in running)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_one_role_misses_a_card_of_it(county: Desk, role: Role) -> None:
    person = msgspec.structs.replace(sit_down(county, "wangli").person, roles=(role,))
    shown = [kind.id for kind in kinds_of(person)]
    assert shown == list(dict.fromkeys(OF_ROLE.get(role, AT_A_STAGE)))


def test_every_card_is_declared_once_and_shown_to_somebody() -> None:
    shown = {id_ for ids in OF_ROLE.values() for id_ in ids}
    assert {*OF_ROLE} <= {*Role}
    assert shown <= {*KINDS}
    at_stages = {"waiting", "waiting_overdue", "waiting_today", "returned", "my_audited", "mine"}
    assert {*KINDS} == shown | at_stages
