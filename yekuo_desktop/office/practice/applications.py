"""Applications of made-up customers: plausible, well-formed, and of nobody in particular."""

from datetime import date, timedelta
from random import Random
from typing import Any

TOWNS = {
    "河口镇": ("柳湾村", "渡口村", "石桥村"),
    "城关镇": ("东街社区", "南关社区"),
    "青龙镇": ("龙泉村", "杏花村"),
}
SURNAMES = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗单仇解查曾"
GIVEN = (
    "秀英",
    "建国",
    "海",
    "敏",
    "志强",
    "桂兰",
    "𬱖",
    "小龙",
    "玉梅",
    "国强",
    "翠花",
    "永福",
    "丽娟",
    "长顺",
)
FIRMS = (
    "河口镇卫生院",
    "柳湾粮油加工厂",
    "龙泉食品有限公司",
    "城关建材经营部",
    "青龙养殖专业合作社",
    "杏花酒业有限公司",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
CHECK = "10X98765432"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def application(draw: Random, at: int, day: date, klass: str = "") -> dict[str, Any]:
    """A plausible application of a class, "" for one in a county's usual mixture."""
    klass = klass or usual_class(at)
    town = draw.choice(list(TOWNS))
    values: dict[str, Any] = {
        "klass": klass,
        "business": "new" if at % 6 else "increase",
        "channel": draw.choice(("counter", "station")),
        "mobile": f"13{draw.randrange(10)}{draw.randrange(10**8):08}",
        "address_county": "示例县",
        "address_town": town,
        "address_village": draw.choice(TOWNS[town]),
        "address_group": f"{draw.randrange(1, 9)}组",
        "address_door": f"{draw.randrange(1, 200)}号",
        "wished_date": (day + timedelta(days=20)).isoformat(),
    }
    values |= _resident(draw) if klass == "lv_resident" else _firm(draw, klass)
    if values["business"] == "increase":
        values |= {"account_no": f"4101{draw.randrange(10**6):06}", "existing_capacity": "4"}
        if klass == "lv_resident":  # with the 4 kW there are, a single-phase supply still carries it
            values["capacity"] = str(min(8, int(values["capacity"])))
    return values


def usual_class(at: int) -> str:
    """Mostly residents; every fifth from high voltage, every thirteenth with two sources."""
    if at % 13 == 8:
        return "hv_dual"
    return ("lv_resident", "lv_nonresident", "lv_resident", "hv_single", "lv_resident")[at % 5]


def _resident(draw: Random) -> dict[str, Any]:
    return {
        "customer_name": draw.choice(SURNAMES) + draw.choice(GIVEN),
        "identity_kind": "identity_card",
        "identity_number": identity_number(draw),
        "category": "201",
        "capacity": str(draw.choice((4, 6, 8, 12))),
        "supply_mode": "single_phase",
    }


def _firm(draw: Random, klass: str) -> dict[str, Any]:
    sizes = {"lv_nonresident": (30, 45, 80), "hv_dual": (630, 1250)}
    capacity = draw.choice(sizes.get(klass, (160, 315, 630, 1250)))
    firm: dict[str, Any] = {
        "customer_name": draw.choice(FIRMS),
        "identity_kind": "business_licence",
        "identity_number": credit_code(draw),
        "legal_person": draw.choice(SURNAMES) + draw.choice(GIVEN),
        "category": "402",
        "industry": "13",
        "capacity": str(capacity),
        "equipment": [
            {"name": "电动机", "model": "Y2-160", "quantity": "2", "total_capacity": str(capacity // 2)},
            {"name": "照明及其他", "quantity": "1", "total_capacity": str(capacity - capacity // 2)},
        ],
    }
    if klass.startswith("hv"):
        load = str(capacity * 7 // 10)
        firm |= {"first_source_load": load, "demand_load": load, "nonlinear_load": False, "own_supply": False}
    if klass == "hv_dual":
        firm |= {"second_source_load": firm["first_source_load"], "second_capacity": str(capacity)}
        firm |= {"importance": "level_2", "own_supply": True, "own_supply_capacity": "100"}
    return firm


def identity_number(draw: Random) -> str:
    """A well-formed identity number (GB 11643) of nobody in particular."""
    born = date(1950, 1, 1) + timedelta(days=draw.randrange(18000))
    body = f"410122{born:%Y%m%d}{draw.randrange(1000):03}"
    return body + CHECK[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def credit_code(draw: Random) -> str:
    """A well-formed unified social credit code (GB 32100) of no firm in particular."""
    body = "91410122MA" + "".join(draw.choice("0123456789") for _ in range(7))
    rest = sum(CREDIT_SIGNS.index(c) * w for c, w in zip(body, CREDIT_WEIGHTS, strict=True)) % 31
    return body + CREDIT_SIGNS[(31 - rest) % 31]
