"""The acts of stage 1: register an application, change it, record materials, accept it formally."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.after_archiving import ARCHIVED, shut
from yekuo_desktop.domain.case import Case, Delivery, Event, Material
from yekuo_desktop.domain.casework import DESK
from yekuo_desktop.domain.delivery import project_manager_problems
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.people import COUNTER
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.stages.acceptance.guards import (
    acceptance_problems,
    form_problems,
    material_problems,
    way_problems,
)
from yekuo_desktop.domain.vocabulary import LIVE_STATES

ONLINE = "web"  # code of resources/codes/channels.toml


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer asks for, as far as it is known. Only the name is needed to register it. ``source``:
    the row of a list it came in with."""

    values: dict[str, Any]
    materials: dict[str, Material] = {}
    source: str = ""


class Change(msgspec.Struct, frozen=True):
    """Per field the value seen and the value wanted. After acceptance it is a correction."""

    changes: dict[str, tuple[Any, Any]]
    reason: str = ""


class Materials(msgspec.Struct, frozen=True):
    """Papers seen, copied, scanned or owed, by material id."""

    materials: dict[str, Material]


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """正式受理: number, addressee and the whole form in one act. ``sheet_no`` is the work order."""

    number: str
    values: dict[str, Any]
    materials: dict[str, Material]
    project_manager: str
    rules: str
    sheet_no: str
    source: str = ""


def _register_guard(_case: Case | None, payload: Application, _context: Context) -> Iterable[Problem]:
    if not str(payload.values.get("customer_name", "")).strip():
        yield Problem("customer_name", "请填写户名")


def _change_guard(case: Case, payload: Change, context: Context) -> Iterable[Problem]:
    if case.number and not payload.reason.strip():
        yield Problem("reason", "正式受理后更正须写明原因")
    for key, (seen, _wanted) in payload.changes.items():
        if key not in BY_KEY:
            yield Problem(key, "没有这个栏目")
        elif case.values.get(key, "") != seen:
            yield Problem(key, f"“{BY_KEY[key].label}”刚被别人改过,请核对后再改")
    if case.number:
        wanted = {**case.values, **{key: pair[1] for key, pair in payload.changes.items()}}
        today = context.now.date()
        before = set(form_problems(case.values, context.reference, today))
        after = form_problems(wanted, context.reference, today)
        yield from (p for p in after if p not in before or p.field in payload.changes)
        yield from way_problems(case, wanted, context.reference)


def _accept_guard(case: Case | None, payload: Acceptance, context: Context) -> Iterable[Problem]:
    if case is not None and case.number:
        yield Problem("", f"已经正式受理,编号 {case.number}")
    if not payload.number:
        yield Problem("", "没有编号")
    yield from acceptance_problems(payload.values, payload.materials, context)
    yield from project_manager_problems(payload.project_manager, context)


def _materials_guard(case: Case, payload: Materials, context: Context) -> Iterable[Problem]:
    rules = context.reference.rulesets.get(case.rules)
    if rules is not None:
        merged = {**case.materials, **payload.materials}
        yield from material_problems(case.values, merged, rules, context.now.date())


def _register(_case: Case | None, payload: Application, entry: Entry) -> Case:
    made = Case(
        id=entry.subject.partition(":")[2],
        org=entry.org,
        station=entry.station,
        events=tuple(_online(payload.values, "submitted", entry)),
        source=payload.source,
    )
    return _filled(
        made,
        payload.values,
        payload.materials,
        entry,
    )


def _online(values: dict[str, Any], name: str, entry: Entry) -> Iterable[Event]:
    """An application that came over the net is reviewed against a clock of its own, from the moment it was
    entered to its acceptance (业扩报装管理规则〔2019〕431号: 线上申请审核 1 个工作日)."""
    if values.get("channel") == ONLINE:
        yield Event(name, entry.stated, entry.recorded, entry.id)


def _filled(case: Case, values: dict[str, Any], materials: dict[str, Material], entry: Entry) -> Case:
    return replace(
        case,
        values=values,
        materials=materials,
        klass=values.get("klass", ""),
        business=values.get("business", ""),
        registered=case.registered or entry.recorded,
        registered_by=case.registered_by or entry.actor,
    )


def _change(case: Case, payload: Change, entry: Entry) -> Case:
    values = {**case.values, **{key: pair[1] for key, pair in payload.changes.items()}}
    return _filled(case, values, case.materials, entry)


def _record_materials(case: Case, payload: Materials, _entry: Entry) -> Case:
    return replace(case, materials={**case.materials, **payload.materials})


def _accept(case: Case | None, payload: Acceptance, entry: Entry) -> Case:
    base = _register(case, Application(values=payload.values), entry) if case is None else case
    return replace(
        _filled(base, payload.values, payload.materials, entry),
        number=payload.number,
        state="open",
        rules=payload.rules,
        project_manager=payload.project_manager,
        delivery=Delivery(sheet_no=payload.sheet_no, project_manager=payload.project_manager),
        events=(
            *base.events,
            *_online(payload.values, "application_reviewed", entry),
            Event("accepted", entry.stated, entry.recorded, entry.id),
        ),
        accepted_by=entry.actor,
        source=payload.source or base.source,
    )


def _change_words(payload: Change) -> str:
    names = "、".join(BY_KEY[key].label for key in payload.changes if key in BY_KEY)
    return f"更正 {names}:{payload.reason}" if payload.reason else f"修改 {names}"


REGISTER = Act(
    kind="case.registered",
    label="登记",
    payload=Application,
    roles=COUNTER,
    starts=True,
    guard=_register_guard,
    apply=_register,
    words=lambda payload: f"登记申请 {payload.values.get('customer_name', '')}",
)
CHANGE = Act(
    kind="case.changed",
    label="更正",
    payload=Change,
    roles=DESK,
    states=LIVE_STATES | {ARCHIVED},
    guard=_change_guard,
    blocked=lambda case, _actor, _reference: shut(case),
    apply=_change,
    words=_change_words,
)
MATERIALS = Act(
    kind="materials.recorded",
    label="登记资料",
    payload=Materials,
    roles=DESK,
    states=LIVE_STATES | {ARCHIVED},
    guard=_materials_guard,
    blocked=lambda case, _actor, _reference: shut(case),
    apply=_record_materials,
    words=lambda payload: f"登记资料 {len(payload.materials)} 项",
)
ACCEPT = Act(
    kind="case.accepted",
    label="正式受理",
    payload=Acceptance,
    roles=COUNTER,
    states=frozenset({"registered"}),
    starts=True,
    guard=_accept_guard,
    apply=_accept,
    words=lambda payload: f"正式受理,编号 {payload.number}",
)
ACTS = (REGISTER, CHANGE, MATERIALS, ACCEPT)
