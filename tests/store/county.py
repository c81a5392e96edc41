"""Cases of a made-up county in any number, written straight into a store: for tests and measurements."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from yekuo_desktop import bootstrap
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.delivery import Dispatch, Receipt
from yekuo_desktop.domain.entries import GENESIS, link, open_body
from yekuo_desktop.domain.office_acts import PersonSaved, SetUp
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.paperwork import Issue
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.acts import Acceptance, Application, Change
from yekuo_desktop.office.ports import Draft, Identity, Unit
from yekuo_desktop.store import unit as units
from yekuo_desktop.store.store import LocalStore

KEY = bytes(range(32))
START = datetime(2025, 1, 6, 8, 30, tzinfo=CHINA)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱"
    "胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈单仇解查区朴"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建"
    "国华志文海燕红玉春梅东雪飞龙云山水金凤莲福贵祥瑞德忠孝仁义礼智信"
)
TOWNS = ("河口镇", "柳湾乡", "石桥镇", "城关镇", "东岭乡", "西川镇", "南坪乡", "北塬镇")
VILLAGES = (
    "柳湾村",
    "王家庄",
    "李家沟",
    "赵家岭",
    "新民村",
    "前进村",
    "团结村",
    "幸福村",
    "建设村",
    "光明村",
)
MANAGERS = tuple(f"pm-{at}" for at in range(8))
Step = tuple[str, msgspec.Struct, datetime]


class Counter:
    """Ids that are the same in every run and follow each other as UUIDv7 do."""

    def __init__(self) -> None:
        self._n = 0

    def __call__(self) -> str:
        self._n += 1
        return f"019a0000-0000-7000-8000-{self._n:012x}"


def identity(*, practice: bool = False, life: str = "life-1") -> Identity:
    """Whose store it is."""
    return Identity(
        org="org-1", station="HK", terminal="HK01", device="device-1", incarnation=life, practice=practice
    )


def new_store(folder: Path, *, reference: Reference | None = None, empty: bool = False) -> LocalStore:
    """A store with an organisation and no case; or with nothing at all."""
    folder.mkdir(parents=True, exist_ok=True)
    store = LocalStore.create(
        folder, KEY, reference or bootstrap.load_reference(), identity(), bootstrap.new_id
    )
    if empty:
        return store
    with store.unit() as unit:
        say(
            unit,
            "office",
            "office.set_up",
            SetUp(id="org-1", county="示例县供电公司", practice=False, number_org="YK4101"),
        )
        for at, manager in enumerate(MANAGERS):
            person = Person(id=manager, login=manager, name=f"经理{at}", roles=(Role.PROJECT_MANAGER,))
            say(unit, f"person:{manager}", "person.saved", PersonSaved(person))
    return store


def open_store(folder: Path) -> LocalStore:
    """The same store again."""
    return LocalStore.open(folder, KEY, bootstrap.load_reference(), bootstrap.new_id)


def say(unit: Unit, subject: str, kind: str, payload: msgspec.Struct, at: datetime = START) -> None:
    """Append one entry."""
    unit.append(draft(subject, kind, payload, at))


def draft(subject: str, kind: str, payload: msgspec.Struct, at: datetime = START) -> Draft:
    """An entry of 王丽's."""
    return Draft(
        act=f"act-{at:%H%M%S%f}",
        subject=subject,
        kind=kind,
        actor="wangli",
        stated=at,
        recorded=at,
        payload=payload,
    )


def values(draw: Random) -> dict[str, Any]:
    """An ordinary household."""
    birth = START.replace(year=1950) + timedelta(days=draw.randrange(18_000))
    return {
        "klass": draw.choice(("lv_resident", "lv_resident", "lv_nonresident", "hv_single")),
        "business": draw.choice(("new", "new", "increase")),
        "channel": "counter",
        "customer_name": draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2)))),
        "identity_kind": "identity_card",
        "identity_number": f"4101{draw.randrange(22, 30)}{birth:%Y%m%d}{draw.randrange(10_000):04}",
        "mobile": f"1{draw.choice('3578')}{draw.randrange(10**9):09}",
        "category": "201",
        "capacity": str(draw.randrange(4, 200)),
        "supply_mode": "single_phase",
        "address_county": "示例县",
        "address_town": draw.choice(TOWNS),
        "address_village": draw.choice(VILLAGES),
        "address_group": f"{draw.randrange(1, 12)}组",
        "address_door": f"{draw.randrange(1, 300)}号",
    }


def life(number: str, at: datetime, draw: Random, rules: str) -> Iterator[Step]:
    """The entries of one case, from acceptance to however far it got."""
    sheet_no, given = f"{number}-1", values(draw)
    manager = draw.choice(MANAGERS)
    yield "case.registered", Application(values=given), at
    acceptance = Acceptance(
        number=number, values=given, materials={}, project_manager=manager, rules=rules, sheet_no=sheet_no
    )
    yield "case.accepted", acceptance, at + timedelta(minutes=5)
    yield "paper.issued", Issue(sheet(sheet_no, number, given, at)), at + timedelta(minutes=6)
    if draw.random() < 0.97:
        dispatch = Dispatch(list_no="JJ-1", carrier="赵六")
        yield "work_order.dispatched", dispatch, at + timedelta(hours=1)
        yield "work_order.received", Receipt(sheet_no=sheet_no, how="scan"), at + timedelta(hours=3)
        yield "case.noted", NoteText("已电话联系客户,约定勘查时间"), at + timedelta(hours=4)


def sheet(sheet_no: str, number: str, given: dict[str, Any], at: datetime) -> Snapshot:
    """What a work order says."""
    return Snapshot(
        form="work_order",
        title="业扩报装工单",
        layout="",
        sheet_no=sheet_no,
        number=number,
        values={key: str(value) for key, value in given.items()},
        qr=f"YK1:{sheet_no}",
        seal_name="业扩报装专用章",
        issued=at,
        issued_by="王丽",
    )


def populate(
    store: LocalStore, count: int, *, first: int = 0, seed: int = 1, together: int = 500, acts: int = 6
) -> int:
    """Write ``count`` cases of at most ``acts`` entries and return how many entries they took."""
    draw, written = Random(seed), 0
    numbers = iter(range(first, first + count))
    while batch := list(islice(numbers, together)):
        with store.unit() as unit:
            written += sum(add_case(unit, at, draw, acts) for at in batch)
    return written


def add_case(unit: Unit, at: int, draw: Random, acts: int = 6) -> int:
    """Write one case, the ``at``-th of its store; the number of entries."""
    day = START + timedelta(days=at // 200, minutes=at % 200)
    case_id, written = id_of(at), 0
    for kind, payload, moment in islice(life(number_of(at), day, draw, "seed"), acts):
        say(unit, f"case:{case_id}", kind, payload, moment)
        written += 1
    return written


def number_of(at: int) -> str:
    """The number of the ``at``-th case."""
    day = START + timedelta(days=at // 200)
    return f"YK4101-HK01-{day:%y%m%d}-{at % 200 + 1:04}"


def renamed(case: Case, name: str) -> Change:
    """A correction of the customer's name."""
    return Change({"customer_name": (case.values["customer_name"], name)}, "户名写错")


def id_of(at: int) -> str:
    """The id of the ``at``-th case."""
    return f"019a1111-0000-7000-8000-{at:012x}"


def addressed(payload: Any, case: Case) -> Any:
    """A payload that names a sheet, with the sheet of this case."""
    if getattr(payload, "sheet_no", "") == "?":
        return msgspec.structs.replace(payload, sheet_no=case.papers[0].sheet_no)
    return payload


def by_hand(folder: Path, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Write into the file as somebody could who has the key."""
    connection = sqlcipher.connect(str(folder / "yekuo.db"))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for statement, values in statements:
        connection.execute(statement, values)
    connection.commit()
    connection.close()


def journal_rows(bodies: list[bytes]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What puts stored entries into an empty store."""
    prev = GENESIS
    names = ("seq", *units.columns(open_body(bodies[0])), "body", "hash")
    sql = f"INSERT INTO entries ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    for seq, body in enumerate(bodies, start=1):
        entry, prev = open_body(body), link(prev, body)
        yield sql, (seq, *units.columns(entry).values(), body, prev)
    yield "INSERT INTO heads VALUES (?, ?, ?)", (entry.incarnation, entry.n, prev)
