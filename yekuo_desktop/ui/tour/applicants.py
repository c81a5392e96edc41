"""Who comes to the counter in the drive: one customer of each class, of nobody in particular."""

from datetime import date
from random import Random
from typing import Any

from yekuo_desktop.office.practice.applications import application

CAPACITY = {"lv_resident": "8", "lv_nonresident": "45", "hv_single": "315", "hv_dual": "630"}
WRONG_DIGIT, RIGHT_DIGIT = "410122196603121020", "410122196603121029"
NAMES: dict[str, dict[str, Any]] = {
    "lv_resident": {"customer_name": "张秀英", "identity_number": WRONG_DIGIT, "mobile": "13803710001"},
    "lv_nonresident": {"customer_name": "柳湾粮油加工厂", "legal_person": "郭长顺"},
    "hv_single": {"customer_name": "河口镇卫生院", "legal_person": "何敏"},
    "hv_dual": {"customer_name": "渡口水产冷链有限公司", "legal_person": "单国强", "second_capacity": "160"},
}
DOORS = {
    "lv_resident": ("柳湾村", "三组", "1号(村委会东侧砖混房)"),
    "lv_nonresident": ("柳湾村", "一组", "粮站院内"),
    "hv_single": ("石桥村", "二组", "镇政府对面"),
    "hv_dual": ("渡口村", "五组", "渡口路 88 号"),
}


def applicant(klass: str, day: date) -> dict[str, Any]:
    """What the clerk types for a customer of a class who comes on a day; the resident's number has one
    wrong digit at first."""
    draw = Random(f"{klass} 1")
    village, group, door = DOORS[klass]
    values = application(draw, 1, day, klass) | NAMES[klass]
    values |= {
        "capacity": CAPACITY[klass],
        "address_county": "示例县",
        "address_town": "河口镇",
        "address_village": village,
        "address_group": group,
        "address_door": door,
    }
    return values | ({"equipment": _equipment(int(CAPACITY[klass]))} if "equipment" in values else {})


def neighbour(day: date) -> dict[str, Any]:
    """A second household, who comes while the line to the centre is down."""
    values = application(Random("neighbour"), 2, day, "lv_resident")
    place = {"address_county": "示例县", "address_town": "河口镇", "address_village": "柳湾村"}
    own = {"customer_name": "李春梅", "mobile": "13803710012", "capacity": "8"}
    return values | place | own | {"address_group": "二组", "address_door": "7号"}


def _equipment(capacity: int) -> list[dict[str, str]]:
    motors = capacity * 2 // 3
    return [
        {"name": "电动机", "model": "Y2-160", "quantity": "2", "total_capacity": str(motors)},
        {"name": "照明及其他", "quantity": "1", "total_capacity": str(capacity - motors)},
    ]
