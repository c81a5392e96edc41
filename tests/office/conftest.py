"""A real encrypted store with the practice county's people, in a folder of its own, for every test."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.practice_store import CHEAP, copied, opened
from yekuo_desktop.domain.case import Material
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice.way import sit_down

ROOT = Path(__file__).resolve().parents[2]

RESIDENT: dict[str, Any] = {
    "klass": "lv_resident",
    "business": "new",
    "channel": "counter",
    "customer_name": "张秀英",
    "identity_kind": "identity_card",
    "identity_number": "410122196603121029",
    "mobile": "13803710001",
    "category": "201",
    "capacity": "8",
    "supply_mode": "single_phase",
    "address_county": "示例县",
    "address_town": "河口镇",
    "address_village": "柳湾村",
    "address_group": "三组",
    "address_door": "1号",
}


@pytest.fixture
def desk(staffed: Path, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """An organisation with people and no case yet; its clock is the test's."""
    found_desk = opened(copied(staffed, tmp_path / "store"), clock, CHEAP)
    yield found_desk
    found_desk.store.close()


@pytest.fixture
def clerk(desk: Desk) -> Session:
    """王丽 at the counter."""
    return sit_down(desk, "wangli")


@pytest.fixture
def manager(desk: Desk) -> Session:
    """李明, who looks after 河口镇."""
    return sit_down(desk, "liming")


@pytest.fixture
def accepted(desk: Desk, clerk: Session) -> accepting.Accepted:
    """One ordinary household, accepted."""
    return accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming")


def seen(desk: Desk, values: dict[str, Any]) -> dict[str, Material]:
    """Every required paper seen and copied."""
    rules = accepting.materials_for(desk, values)
    return {rule.id: Material(original_seen=True, copies=1) for rule in rules if rule.required}
