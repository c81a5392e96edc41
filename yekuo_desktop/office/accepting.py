"""Accepting an application: what the form needs, what is already known, and 正式受理 in one act."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.case_rows import CaseRow
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.numbering import format_number
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.domain.stages.acceptance.acts import Acceptance, Application, Change, Materials
from yekuo_desktop.domain.stages.acceptance.guards import (
    acceptance_problems,
    missing_materials,
    wanted_materials,
)
from yekuo_desktop.domain.stages.acceptance.papers import papers_at_acceptance
from yekuo_desktop.office.desk import Desk, Session, Step, act, context_for, write
from yekuo_desktop.office.ports import Unit
from yekuo_desktop.office.printing import issue_in, issuing, snapshot

Values = dict[str, Any]


class Accepted(msgspec.Struct, frozen=True):
    """The accepted case and the sheets the act issued, the work order first."""

    case: Case
    sheets: tuple[Snapshot, ...]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one formal acceptance needs; ``case_id`` of an application registered before.
    ``papers``: issue all papers of the acceptance, not only the work order."""

    values: Values
    materials: dict[str, Material]
    manager: str
    case_id: str = ""
    stated: datetime | None = None
    source: str = ""
    papers: bool = False


def blank(desk: Desk, session: Session) -> Values:
    """A new form with what is the same for nearly everyone at this counter."""
    county = desk.store.organisation().county
    return {
        "klass": "lv_resident",
        "business": "new",
        "channel": desk.store.setting("channel", "counter"),
        "identity_kind": "identity_card",
        "category": "",
        "address_county": desk.store.setting("address_county", county.removesuffix("供电公司")),
    }


def check(
    desk: Desk, session: Session, values: Values, materials: Mapping[str, Material]
) -> tuple[Problem, ...]:
    """Everything wrong, missing or worth a warning; the same checks that the act makes."""
    return tuple(acceptance_problems(values, materials, context_for(desk, session)))


def materials_for(
    desk: Desk, values: Values, organisation: Organisation | None = None
) -> tuple[MaterialRule, ...]:
    """The papers this application needs today."""
    rules = desk.reference.rules_on(desk.clock(), (organisation or desk.store.organisation()).rules)
    return wanted_materials(values, rules)


def missing(desk: Desk, case: Case) -> tuple[MaterialRule, ...]:
    """The required papers of a case that nobody has seen yet."""
    on = case.event("accepted")
    rules = desk.reference.rules_on(on.stated if on else desk.clock(), desk.store.organisation().rules)
    return missing_materials(case.values, case.materials, rules)


def propose_manager(desk: Desk, values: Values, organisation: Organisation | None = None) -> Person | None:
    """The project manager of the customer's village or town; the only one where there is one."""
    managers = (organisation or desk.store.organisation()).project_managers()
    places = (values.get("address_village", ""), values.get("address_town", ""))
    for place in filter(None, places):
        for person in managers:
            if place in person.areas:
                return person
    return managers[0] if len(managers) == 1 else None


def duplicates(desk: Desk, values: Values, but: str = "") -> Sequence[CaseRow]:
    """Open cases with the same identity number or the same address."""
    return desk.store.duplicates(values.get("identity_number", ""), address(values), but)


def held_papers(desk: Desk, values: Values) -> dict[str, Material]:
    """Still valid papers of this customer from earlier cases (已有资料不再重复收取, regulations.md 3.2)."""
    identity = values.get("identity_number", "")
    today, held = desk.clock().date(), {}
    for case in desk.store.of_customer(identity) if identity else ():
        for material_id, material in case.materials.items():
            valid = material.valid_until is None or material.valid_until >= today
            if case.number and material.present and valid and material_id in _reusable(desk, values):
                held[material_id] = Material(held_from=case.number, valid_until=material.valid_until)
    return held


def _reusable(desk: Desk, values: Values) -> frozenset[str]:
    return frozenset(rule.id for rule in materials_for(desk, values))


def register(
    desk: Desk, session: Session, values: Values, materials: Mapping[str, Material], case_id: str = ""
) -> Case:
    """Keep an application that cannot be accepted yet; it has no number and no clock runs."""
    if case_id:
        return _save_registered(desk, session, values, materials, case_id)
    payload = Application(values=values, materials=dict(materials))
    return act(desk, session, desk.ids(), "case.registered", payload)


def _save_registered(
    desk: Desk, session: Session, values: Values, materials: Mapping[str, Material], case_id: str
) -> Case:
    with desk.store.unit() as unit:
        case = unit.case(case_id)
        seen = case.values if case else {}
        steps = [
            Step(
                "case.changed",
                Change({k: (seen.get(k, ""), v) for k, v in values.items() if seen.get(k, "") != v}),
            ),
            Step("materials.recorded", Materials(dict(materials))),
        ]
        return write(desk, unit, session, case_id, tuple(steps))


def accept(
    desk: Desk,
    session: Session,
    values: Values,
    materials: Mapping[str, Material],
    manager: str,
    *,
    case_id: str = "",
    stated: datetime | None = None,
    papers: bool = False,
) -> Accepted:
    """正式受理: number, register, file, day book, clocks and the paper work order, in one commit; with
    ``papers`` the receipt, the registration form and what is owed in writing, too."""
    request = Request(
        values=values,
        materials=dict(materials),
        manager=manager,
        case_id=case_id,
        stated=stated,
        papers=papers,
    )
    with desk.store.unit() as unit:
        return accept_in(desk, unit, session, request)


def accept_in(desk: Desk, unit: Unit, session: Session, request: Request) -> Accepted:
    """The same inside a commit that is already open. A refusal must undo the commit, or its ``attempt``:
    the number that was drawn goes back with it, so that refusals leave no gaps."""
    case_id = request.case_id or unit.new_case()
    payload = _acceptance(desk, unit, session, request)
    case = write(desk, unit, session, case_id, (Step("case.accepted", payload),), request.stated)
    sheet = snapshot(desk, unit.organisation(), session, case, "work_order", payload.sheet_no)
    case = write(desk, unit, session, case_id, (issuing(desk, unit, case, sheet),))
    if not request.papers:
        return Accepted(case, (sheet,))
    others = _issue_rest(desk, unit, session, case)
    return Accepted(unit.case(case_id) or case, (sheet, *others))


def _issue_rest(desk: Desk, unit: Unit, session: Session, case: Case) -> tuple[Snapshot, ...]:
    """The other papers of the acceptance; what the customer has in hand already is not issued again."""
    wanted = [form.id for form in papers_at_acceptance(case) if not case.standing(form.id)]
    sheets = []
    for form in wanted:
        now = unit.case(case.id) or case
        sheets.append(issue_in(desk, unit, session, now, form))
    return tuple(sheets)


def _acceptance(desk: Desk, unit: Unit, session: Session, request: Request) -> Acceptance:
    now = desk.clock()
    number = draw_number(desk, unit, session, now)
    return Acceptance(
        number=number,
        values=request.values,
        materials=request.materials,
        project_manager=request.manager,
        rules=desk.reference.rules_on(request.stated or now, unit.organisation().rules).id,
        sheet_no=f"{number}-1",
        source=request.source,
    )


def draw_number(desk: Desk, unit: Unit, session: Session, now: datetime) -> str:
    """The next number of this terminal on this day; unique without a network."""
    organisation = unit.organisation()
    day = now.date().isoformat().replace("-", "")
    serial = unit.next_serial(f"number:{session.terminal}:{day}")
    return format_number(
        organisation.number_template, organisation.number_org, session.terminal, now.date(), serial
    )


def correct(
    desk: Desk,
    session: Session,
    case_id: str,
    changes: dict[str, tuple[Any, Any]],
    reason: str,
    stated: datetime | None = None,
) -> Case:
    """Change fields; old and new value and the reason stay in the journal."""
    return act(desk, session, case_id, "case.changed", Change(changes, reason), stated)


def record_materials(desk: Desk, session: Session, case_id: str, materials: Mapping[str, Material]) -> Case:
    """Papers that came in later, or are owed until another date."""
    return act(desk, session, case_id, "materials.recorded", Materials(dict(materials)))
