"""The practice county: stations, people and forty cases, made with the same acts a counter uses.

Everything is drawn from a seeded generator and lies in the days before ``now``.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.casework import NoteText, Reason, Suspension
from yekuo_desktop.domain.delivery import Receipt
from yekuo_desktop.domain.office_acts import StationSaved
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office import accepting, handover
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.setting_up import Founding, found, save

PASSWORD = "yekuo-2026"  # stands in the README: practice data only
FOUNDING = Founding(
    county="示例县供电公司",
    station_name="河口供电所",
    station="HK",
    terminal="HK01",
    number_org="YK4101",
    practice=True,
    contact="0371-65550100",
)
STATIONS = (Station("CG", "城关营业厅"), Station("QL", "青龙供电所"))
TOWNS = {
    "河口镇": ("柳湾村", "渡口村", "石桥村"),
    "城关镇": ("东街社区", "南关社区"),
    "青龙镇": ("龙泉村", "杏花村"),
}
STAFF: tuple[tuple[str, str, tuple[Role, ...], tuple[str, ...]], ...] = (
    ("wangli", "王丽", (Role.CLERK,), ()),
    ("chenjing", "陈静", (Role.CLERK,), ()),
    ("zhaojun", "赵军", (Role.SUPERVISOR, Role.CLERK), ()),
    ("liming", "李明", (Role.PROJECT_MANAGER,), ("河口镇", *TOWNS["河口镇"])),
    ("zhoufang", "周芳", (Role.PROJECT_MANAGER,), ("城关镇", *TOWNS["城关镇"])),
    ("sunhao", "孙浩", (Role.PROJECT_MANAGER, Role.REVIEWER), ("青龙镇", *TOWNS["青龙镇"])),
    ("qianyong", "钱勇", (Role.APPROVER,), ()),
    ("heping", "何平", (Role.INSPECTOR,), ()),
    ("duwei", "杜伟", (Role.METERING,), ()),
    ("xuemei", "薛梅", (Role.CONTRACTS, Role.ARCHIVIST), ()),
    ("maqiang", "马强", (Role.DISPATCHER,), ()),
    ("luoxin", "罗欣", (Role.AUDITOR,), ()),
    ("admin", "管理员", (Role.ADMINISTRATOR,), ()),
)
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
CASES, DAYS = 40, 3


def populate(desk: Desk, seed: int = 4101) -> None:
    """Fill an empty practice store."""
    people = tuple(
        (Person(id=desk.ids(), login=login, name=name, roles=roles, station="HK", areas=areas), PASSWORD)
        for login, name, roles, areas in STAFF
    )
    found(desk, FOUNDING, people)
    with desk.store.unit() as unit:
        for station in STATIONS:
            save(desk, unit, "office", "station.saved", StationSaved(station))
    draw = Random(seed)
    for at, moment in enumerate(_moments(desk, draw)):
        _case(desk, draw, at, moment)


def _moments(desk: Desk, draw: Random) -> Iterator[datetime]:
    """Forty moments in opening hours, the oldest first: spread over the last working days, so that
    most limits still run and only a few are missed, as at a counter that is doing well."""
    now = desk.clock()
    days, day = [now.date()], now.date()
    while len(days) < DAYS:
        day = desk.reference.calendar.previous_workday(day)
        days.append(day)
    moments = [
        desk.reference.hours.opening(picked) + timedelta(minutes=draw.randrange(5, 500))
        for picked in days
        for _ in range(CASES // DAYS + 1)
    ]
    latest = now - timedelta(minutes=1)
    yield from sorted(min(moment, latest) for moment in moments)[-CASES:]


def at_moment(desk: Desk, moment: datetime) -> Desk:
    """The desk at another time; practice data has a past."""
    return replace(desk, clock=lambda: moment)


def sit_down(desk: Desk, login: str) -> Session:
    """A session for a person of the practice county."""
    person = desk.store.organisation().by_login(login)
    if person is None:
        raise LookupError(login)
    return Session(person=person, station=desk.store.identity.station, terminal=desk.store.identity.terminal)


def _case(desk: Desk, draw: Random, at: int, moment: datetime) -> None:
    then = at_moment(desk, moment)
    clerk = sit_down(desk, "wangli" if at % 3 else "chenjing")
    values = application(draw, at, moment.date())
    materials = seen_materials(then, values, owed=at % 5 == 4)
    if at % 10 == 9:
        accepting.register(then, clerk, values, {})
        return
    manager = accepting.propose_manager(then, values)
    if manager is None:
        raise LookupError(values["address_town"])
    accepted = accepting.accept(then, clerk, values, materials, manager.id)
    _afterwards(desk, draw, at, moment, accepted.case.id, manager.login)


def _afterwards(desk: Desk, draw: Random, at: int, moment: datetime, case_id: str, manager: str) -> None:
    """What happened since: most orders were delivered, one case is paused, one was withdrawn."""
    clerk, now = sit_down(desk, "wangli"), desk.clock()
    soon = min(moment + timedelta(minutes=30), now)
    if at == 3:
        act(at_moment(desk, soon), clerk, case_id, "case.withdrawn", Reason("客户改变计划,书面申请撤回"))
        return
    if at == 12:
        pause = Suspension("客户外出,房屋产权证明补办中", evidence="客户书面说明")
        act(at_moment(desk, soon), clerk, case_id, "case.suspended", pause)
        return
    if at == 20:
        act(at_moment(desk, soon), clerk, case_id, "case.noted", NoteText("客户希望下午联系"))
    if at < 32:
        carried = at_moment(desk, min(moment + timedelta(hours=1), now))
        handover.hand_over_only(carried, clerk, (case_id,), "赵军")
    if at < 28 and at != 17:
        later = at_moment(desk, min(moment + timedelta(hours=2 + draw.randrange(3)), now))
        case = desk.store.case(case_id)
        if case is not None and case.delivery is not None:
            receipt = Receipt(case.delivery.sheet_no, "scan")
            act(later, sit_down(desk, manager), case_id, "work_order.received", receipt)


def seen_materials(desk: Desk, values: dict[str, Any], *, owed: bool = False) -> dict[str, Material]:
    """Everything seen and copied; or all but the subject's own paper owed for a week."""
    until = desk.clock().date() + timedelta(days=7)
    found = {}
    for rule in accepting.materials_for(desk, values):
        if owed and rule.may_be_owed and not rule.subject_qualification:
            found[rule.id] = Material(owed_until=until)
        elif rule.required:
            found[rule.id] = Material(original_seen=True, copies=1)
    return found


def application(draw: Random, at: int, day: date) -> dict[str, Any]:
    """A plausible application; every eighth from high voltage, every ninth a batch."""
    klass = ("lv_resident", "lv_nonresident", "lv_resident", "hv_single", "lv_resident")[at % 5]
    if at % 13 == 8:
        klass = "hv_dual"
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
    return values


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
    capacity = draw.choice((30, 45, 80)) if klass == "lv_nonresident" else draw.choice((160, 315, 630, 1250))
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
    if klass == "hv_dual":
        firm |= {"second_capacity": str(capacity), "importance": "level_2"}
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
