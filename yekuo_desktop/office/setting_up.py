"""The first entries of a store: county, station, seal and first administrator."""

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.office_acts import PersonSaved, SealSaved, SetUp, StationSaved, check_person
from yekuo_desktop.domain.organisation import Seal, Station
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Draft, Unit
from yekuo_desktop.office.signing_in import check_password, set_password

SYSTEM = "system"
BUSINESS_SEAL = "供电业务专用章"


class Founding(msgspec.Struct, frozen=True, kw_only=True):
    """What the set-up wizard or ``yekuo setup`` was told."""

    county: str
    station_name: str
    station: str  # code, e.g. HK
    terminal: str  # code, e.g. HK01
    number_org: str  # what numbers begin with, e.g. YK4101
    practice: bool = False
    contact: str = ""


def check_founding(founding: Founding) -> None:
    """Raise ``Refused`` beside the answer that is missing."""
    for field, label in (
        ("county", "县公司名称"),
        ("station_name", "供电所或营业厅名称"),
        ("station", "供电所代码"),
        ("terminal", "终端代码"),
        ("number_org", "编号前缀"),
    ):
        if not getattr(founding, field).strip():
            raise refuse(f"请填写{label}", field)
    for field, words in (
        ("station", "供电所代码只用字母和数字,例如 HK"),
        ("terminal", "终端代码只用字母和数字,例如 HK01"),
        ("number_org", "编号前缀只用字母和数字,例如 YK4101"),
    ):
        value = getattr(founding, field)
        if not value.isascii() or not value.isalnum():
            raise refuse(words, field)


def found(desk: Desk, founding: Founding, people: tuple[tuple[Person, str], ...]) -> None:
    """Write the first entries in one commit, then the passwords."""
    check_founding(founding)
    for _, password in people:
        check_password(password)
    with desk.store.unit() as unit:
        _organisation(desk, unit, founding)
        for person, _ in people:
            check_person(unit.organisation(), person)
            save(desk, unit, f"person:{person.id}", "person.saved", PersonSaved(person))
    for person, password in people:
        set_password(desk, person.id, password)


def _organisation(desk: Desk, unit: Unit, founding: Founding) -> None:
    if unit.organisation().id:
        raise refuse("这个数据目录已经设置过")
    set_up = SetUp(
        id=desk.store.identity.org,
        county=founding.county,
        practice=founding.practice,
        number_org=founding.number_org,
        contact=founding.contact,
    )
    save(desk, unit, "office", "office.set_up", set_up)
    station = Station(founding.station, founding.station_name)
    save(desk, unit, "office", "station.saved", StationSaved(station))
    seal = Seal(id=desk.ids(), name=BUSINESS_SEAL, unit=founding.county)
    save(desk, unit, f"seal:{seal.id}", "seal.saved", SealSaved(seal))


def save(
    desk: Desk, unit: Unit, subject: str, kind: str, payload: msgspec.Struct, actor: str = SYSTEM
) -> None:
    """One entry about the organisation."""
    now = desk.clock()
    draft = Draft(
        act=desk.ids(), subject=subject, kind=kind, actor=actor, stated=now, recorded=now, payload=payload
    )
    unit.append(draft)
