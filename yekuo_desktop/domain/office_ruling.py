"""What becomes of an entry about the organisation: people, stations, seals, settings, the centre's word."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.entries import SCHEMA, Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.firms import firm_faults
from yekuo_desktop.domain.office_acts import (
    ADMINISTRATORS,
    CHANGEABLE,
    OFFICE_ACTS,
    DeviceSaved,
    FirmSaved,
    PersonSaved,
    SettingChanged,
    SetUp,
    apply_office,
    check_person,
    office_payload,
)
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.oversight import orders
from yekuo_desktop.domain.people import Role, role_words
from yekuo_desktop.domain.privacy_entries import EVERYBODY, EXPORTED
from yekuo_desktop.domain.rulings import PLAIN, Ruling, Verdict

SYSTEM, WATCH = "system", "watch."
DECIDERS = ADMINISTRATORS | {Role.SUPERVISOR}
ROLES = {
    "held.decided": DECIDERS,
    "sample.drawn": orders.AUDITORS,
    EXPORTED: EVERYBODY,
    **{f"{WATCH}{name}": roles for name, roles in orders.ROLES.items()},
}
"""Who writes what administrators do not."""
WHOLE = frozenset({"person.saved", "station.saved", "seal.saved", "firm.saved"})
"""Kinds that replace what was there as a whole: not over what their author has not seen."""
OF_THE_CENTRE = frozenset({"reference.published", "epoch.opened"})


class Origin(NamedTuple):
    """Where an entry comes from. ``founding``: the store that brought the organisation; ``centre``: the
    centre itself; ``overtaken``: another device has changed the same subject since the author looked."""

    founding: bool = False
    centre: bool = False
    overtaken: bool = False


class OfficeRuled(NamedTuple):
    """A verdict, why, and the organisation after it."""

    verdict: Verdict
    ruling: Ruling
    organisation: Organisation


def rule_office(
    entry: Entry, organisation: Organisation, origin: Origin, *, released: bool = False
) -> OfficeRuled:
    """What becomes of an entry of the ``office`` stream. Content of a wrong shape is held."""
    if entry.kind not in OFFICE_ACTS or entry.schema > SCHEMA:
        words = f"{entry.kind} 由更新的版本登记"
        return OfficeRuled("held", Ruling(code="unknown", problems=(Problem("", words),)), organisation)
    try:
        payload = office_payload(entry)
        found = (None if released else _author(entry, organisation, origin)) or _stopped(
            entry, payload, organisation, origin
        )
        if found is not None:
            return OfficeRuled(*found, organisation)
        return OfficeRuled("applied", PLAIN, apply_office(organisation, entry))
    except Exception as error:  # whatever a payload of the wrong shape runs into
        words = f"{entry.kind} 的内容读不懂:{type(error).__name__}"
        return OfficeRuled("held", Ruling(code="unreadable", problems=(Problem("", words),)), organisation)


Found = tuple[Verdict, Ruling]


def _author(entry: Entry, organisation: Organisation, origin: Origin) -> Found | None:
    """Who may write it. A device makes its own key known by itself."""
    if origin.centre or entry.kind == "device.saved" or (entry.actor == SYSTEM and origin.founding):
        return None
    person = organisation.people.get(entry.actor)
    if person is None or not person.active:
        return "held", Ruling(code="person", problems=(Problem("", f"经办人 {entry.actor} 不在册或已停用"),))
    roles = ROLES.get(entry.kind, ADMINISTRATORS)
    if person.may(roles):
        return None
    words = f"由{role_words(roles)}办理,{person.name}没有这项权限"
    return "held", Ruling(code="role", problems=(Problem("", words),))


def _stopped(entry: Entry, payload: Any, organisation: Organisation, origin: Origin) -> Found | None:
    if entry.kind in OF_THE_CENTRE and not origin.centre:
        return _refused("guard", Problem("", "只能由中心登记"))
    if entry.kind in WHOLE and origin.overtaken:
        return _refused("stale", Problem("", "刚被别人改过,请核对后再改"))
    problems = _problems(entry, payload, organisation)
    if problems:
        return _refused("guard", *problems)
    return _setting(payload, organisation) if isinstance(payload, SettingChanged) else None


def _problems(entry: Entry, payload: Any, organisation: Organisation) -> tuple[Problem, ...]:
    if isinstance(payload, SetUp) and (organisation.id or payload.id != entry.org):
        return (Problem("", "机构已经设置过" if organisation.id else "机构与设备所属机构不符"),)
    if isinstance(payload, DeviceSaved) and payload.device.device != entry.device:
        return (Problem("", "设备只能登记自己的签名密钥"),)
    if isinstance(payload, FirmSaved):
        return tuple(Problem(*fault) for fault in firm_faults(payload.firm, organisation.firms.values()))
    if entry.kind.startswith(WATCH):
        return tuple(_watched(entry, payload, organisation))
    if isinstance(payload, PersonSaved):
        try:
            check_person(organisation, payload.person)
        except Refused as refused:
            return refused.problems
    return ()


def _watched(entry: Entry, payload: Any, organisation: Organisation) -> Iterator[Problem]:
    """What the orders themselves say; the table of rules is asked where the act is done."""
    actor, on = organisation.people.get(entry.actor), entry.stated.astimezone(CHINA).date()
    if actor is not None:
        asker = orders.Asker(actor=actor, day=on, organisation=organisation)
        yield from orders.PROBLEMS[entry.kind.removeprefix(WATCH)](organisation.oversight, payload, asker)


def _setting(payload: SettingChanged, organisation: Organisation) -> Found | None:
    """Set where it is as it was seen; a setting that has become something else stays."""
    if payload.field not in CHANGEABLE:
        return _refused("guard", Problem(payload.field, "没有这项设置"))
    stands = getattr(organisation, payload.field)
    if stands == payload.after and payload.before != payload.after:
        return "merged", Ruling(same=(payload.field,))
    if stands != payload.before:
        return _refused("stale", Problem(payload.field, f"刚被改为“{stands}”,请核对后再改"))
    return None


def _refused(code: str, *problems: Problem) -> Found:
    return "refused", Ruling(code=code, problems=problems)
