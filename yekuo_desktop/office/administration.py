"""单位设置: county, phone, how applications are numbered, stations. Each change is an entry."""

from datetime import date

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.numbering import format_number, template_problem
from yekuo_desktop.domain.office_acts import ADMINISTRATORS, SettingChanged, StationSaved
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.setting_up import save

SETTINGS = ("county", "contact", "number_org", "number_template")


def why_not(session: Session) -> str:
    """Why this person may not change the unit; "" when he may."""
    return "" if session.person.may(ADMINISTRATORS) else f"单位设置由{role_words(ADMINISTRATORS)}管理"


def sample_number(desk: Desk, session: Session, template: str, org: str) -> str:
    """The number an application accepted now would get. Raises ``Refused`` with what is wrong."""
    problem = template_problem(template)
    if problem:
        raise refuse(problem, "number_template")
    try:
        return format_number(template, org, session.terminal, _today(desk), 1)
    except ValueError as error:
        raise refuse(str(error), "number_org") from error


def change_settings(desk: Desk, session: Session, values: dict[str, str]) -> tuple[str, ...]:
    """Change what is otherwise, each an entry of its own in one commit; the names of what changed. Numbers
    that were given stay. Raises ``Refused``."""
    _demand(session)
    if not values["county"].strip():
        raise refuse("请填写县公司名称", "county")
    sample_number(desk, session, values["number_template"], values["number_org"])
    with desk.store.unit() as unit:
        organisation = unit.organisation()
        changed = [name for name in SETTINGS if values[name].strip() != getattr(organisation, name)]
        for name in changed:
            said = SettingChanged(name, getattr(organisation, name), values[name].strip())
            save(desk, unit, "office", "office.changed", said, session.person.id)
    return tuple(changed)


def save_station(desk: Desk, session: Session, code: str, name: str) -> Station:
    """Add a station, or rename the one of that code. Raises ``Refused``."""
    _demand(session)
    code, name = code.strip().upper(), name.strip()
    if not code.isascii() or not code.isalnum():
        raise refuse("供电所代码只用字母和数字,例如 HK", "code")
    if not name:
        raise refuse("请填写供电所名称", "name")
    with desk.store.unit() as unit:
        stations = unit.organisation().stations
        if any(station.name == name and station.code != code for station in stations):
            raise refuse(f"已经有叫 {name} 的供电所", "name")
        station = Station(code, name)
        if station not in stations:
            save(desk, unit, "office", "station.saved", StationSaved(station), session.person.id)
    return station


def _demand(session: Session) -> None:
    reason = why_not(session)
    if reason:
        raise refuse(reason)


def _today(desk: Desk) -> date:
    return desk.clock().date()
