"""One look behind the window at a half-typed application: what is wrong, needed, known already."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.case_rows import CaseRow
from yekuo_desktop.domain.circumstances import total
from yekuo_desktop.domain.display import number
from yekuo_desktop.domain.field import Problem, filled
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.vocabulary import STAGES, business_title
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session

Values = dict[str, Any]
TWINS = 3  # open cases named in a warning


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What the form shows beside what is typed."""

    problems: tuple[Problem, ...]
    rules: tuple[MaterialRule, ...]
    manager: str
    twins: tuple[CaseRow, ...]
    held: dict[str, Material]
    held_words: dict[str, str]
    hints: dict[str, str]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is typed so far."""

    values: Values
    materials: dict[str, Material]
    manager: str
    stated: datetime | None
    case_id: str


def look(desk: Desk, session: Session, asked: Asked) -> Findings:
    """Check, and find what the store knows about this customer and address."""
    values = asked.values
    problems = accepting.check(desk, session, values, asked.materials)
    proposed = accepting.propose_manager(desk, values)
    twins = tuple(accepting.duplicates(desk, values, asked.case_id)) if _enough(values) else ()
    held = accepting.held_papers(desk, values)
    manager = proposed.id if proposed else ""
    return Findings(
        problems=problems,
        rules=accepting.materials_for(desk, values),
        manager=manager,
        twins=twins,
        held=held,
        held_words={key: _held_word(desk, material) for key, material in held.items()},
        hints=_hints(desk, asked, problems, twins, manager),
    )


def derived(values: Mapping[str, Any]) -> Values:
    """Figures that follow from others; proposed as long as nobody typed them."""
    found: Values = {}
    if values.get("business") == "increase" and values.get("existing_capacity") and values.get("capacity"):
        parts = [_decimal(values[key]) for key in ("existing_capacity", "capacity")]
        found["total_capacity"] = number(str(sum(parts, Decimal(0))))
    rows = values.get("households")
    if rows:
        found["household_count"] = str(len(rows))
        found["batch_capacity"] = number(str(total(rows, "capacity")))
        sizes = {row.get("capacity", "") for row in rows}
        if len(sizes) == 1:
            found["household_capacity"] = sizes.pop()
    return {key: value for key, value in found.items() if value and value != "0"}


def twin_words(twins: tuple[CaseRow, ...], values: Mapping[str, Any]) -> str:
    """The warning about open cases of the same customer or place."""
    parts = []
    for row in twins[:TWINS]:
        same = "同一证件" if row.identity_number == values.get("identity_number") else "同一地址"
        where = STAGES.get(row.stage, "")
        title = business_title(row.klass, row.business)
        parts.append(f"{same}已有在途业务 {row.number or '(未受理)'} {row.customer} {title},在“{where}”环节")
    return ";".join(parts)


def _enough(values: Mapping[str, Any]) -> bool:
    """Whether identity or address say enough to look for twins."""
    return bool(values.get("identity_number")) or bool(
        values.get("address_village") and (values.get("address_door") or values.get("address_group"))
    )


def _hints(
    desk: Desk, asked: Asked, problems: tuple[Problem, ...], twins: tuple[CaseRow, ...], manager: str
) -> dict[str, str]:
    values, wrong = asked.values, {problem.field for problem in problems}
    hints: dict[str, str] = {}
    for key in ("identity_number", "agent_identity", "legal_person_identity"):
        if values.get(key) and key not in wrong:
            hints[key] = identity_words(desk, key, values)
    if values.get("address_door") and _enough(values) and not twins:
        hints["address_door"] = "该地址无在途业务"
    if manager and manager == asked.manager:
        hints["project_manager"] = "按片区推荐"
    return {key: text for key, text in hints.items() if text}


def identity_words(desk: Desk, key: str, values: Mapping[str, Any]) -> str:
    """That the number is right, and what it says: birthday and sex."""
    kind_key = BY_KEY[key].identity_kind
    kind = values.get(kind_key, "") if kind_key else "identity_card"
    text = str(values[key])
    words = f"✓ {desk.reference.code_label('documents', kind or 'identity_card')},校验正确"
    if kind in ("identity_card", "residence_permit") and len(text) == 18:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
        words += f" · {born} {'男' if int(text[16]) % 2 else '女'}"
    return words


def _held_word(desk: Desk, material: Material) -> str:
    case = desk.store.find(material.held_from)
    event = case.event("accepted") if case else None
    return f"该客户 {event.stated:%Y-%m-%d}" if event else f"该客户 {material.held_from}"


def _decimal(text: object) -> Decimal:
    return Decimal(str(text)) if filled(text) and str(text).replace(".", "", 1).isdigit() else Decimal(0)
