"""What is proposed for a supply plan, each with its reason: from the survey, from its figures, or from the
former plan when it was returned or objected to. A person decides."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.circumstances import number, total
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.field import Values, filled
from yekuo_desktop.domain.formalities import PLAN_DRAFTED, PLAN_OBJECTED
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import survey_rounds as rounds
from yekuo_desktop.domain.stages.survey.capacities import high
from yekuo_desktop.domain.stages.survey.charging import power_factor_for, tariff_for
from yekuo_desktop.domain.stages.survey.former import completed, kept, newest
from yekuo_desktop.domain.stages.survey.metering import mode_for, point
from yekuo_desktop.domain.stages.survey.plan_fields import IMPOSSIBLE
from yekuo_desktop.domain.stages.survey.reply_rounds import RETURNED
from yekuo_desktop.domain.stages.survey.sizing import HIGH_HIGH
from yekuo_desktop.domain.stages.survey.supply import kind_of, wanted_lines
from yekuo_desktop.domain.tasks import Proposal

MAIN, STANDBY = "main", "standby"  # codes of resources/codes/source_roles.toml
TRANSFORMERS = {"oil": "oil", "dry": "dry"}  # codes of transformer_fillings and of transformer_types
SURVEYED, AGAIN = "取自现场勘查", "取自上一稿,请按意见修改"
CONCLUDED = {"supply_conclusion": "supply_conclusion", "supply_refusal": "supply_refusal"}
VERIFIED = {
    "plan_capacity": "survey_capacity",
    "supply_voltage": "survey_voltage",
    "importance": "importance",
    "estate": "estate",
}
WHY = {RETURNED: "plan_return_reason", PLAN_OBJECTED: "objection_words"}


def propose_plan(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The former plan as it stood, else what follows from the survey; and the words of whoever spoke."""
    before = _former(case)
    if before is None:
        yield from _computed(case, values, context.reference)
    else:
        known = {**before.values, **values}
        yield from kept(before.values, _computed(case, known, context.reference), AGAIN)
    yield from _said(case, context.reference)


def _computed(case: Case, values: Values, reference: Reference) -> Iterator[Proposal]:
    yield from _taken(case, CONCLUDED)
    if values.get("supply_conclusion", _found(case, "supply_conclusion")) != IMPOSSIBLE:
        yield from _from_survey(case, reference)
        yield from _from_figures(case, values, reference)


def _former(case: Case) -> Record | None:
    """The newest plan there was, also one that must be made anew; not one the survey has overtaken."""
    found, conclusion = newest(case, PLAN_DRAFTED), _found(case, "supply_conclusion")
    if found is None or (conclusion and found.values.get("supply_conclusion") != conclusion):
        return None
    return found


def _found(case: Case, key: str) -> Any:
    survey = rounds.survey(case)
    return survey.values.get(key, "") if survey else ""


def _taken(case: Case, keys: Mapping[str, str]) -> Iterator[Proposal]:
    """What the survey verified is what the plan begins with; ``keys``: of the plan and of the survey."""
    for key, found in keys.items():
        value = _found(case, found)
        if filled(value):
            yield Proposal(key, value, SURVEYED)


def _from_survey(case: Case, reference: Reference) -> Iterator[Proposal]:
    yield from _taken(case, VERIFIED)
    if high(case):
        yield from _from_application(case)
    elif _found(case, "survey_metering_place"):
        yield Proposal("meter_box_place", _found(case, "survey_metering_place"), SURVEYED)
    if case.business == "batch" and case.values.get("household_count"):
        yield Proposal("estate_households", case.values["household_count"], "取自申请户数")
    category = category_of(case)
    if category:
        yield Proposal("plan_tariff", category, f"核定为{reference.code_label('categories', category)}")


def _from_application(case: Case) -> Iterator[Proposal]:
    equipment = total(case.values.get("equipment"), "total_capacity")
    if equipment:
        yield Proposal("plan_equipment", number_text(str(equipment)), "申请的设备清单合计")
    for key, known, reason in (
        ("calculated_load", "demand_load", "申请写明的需求负荷"),
        ("plan_own_supply", "own_supply_capacity", "申请写明的自备电源容量"),
    ):
        if case.values.get(known):
            yield Proposal(key, case.values[known], reason)


def category_of(case: Case) -> str:
    """The category as verified, else as applied for: code of resources/codes/categories.toml."""
    return str(_found(case, "survey_category") or case.values.get("category") or "")


# ---- what follows from the figures ---------------------------------------------------------------


def _from_figures(case: Case, values: Values, reference: Reference) -> Iterator[Proposal]:
    capacity = number(values, "plan_capacity") or number({"c": _found(case, "survey_capacity")}, "c")
    voltage = str(values.get("supply_voltage") or _found(case, "survey_voltage"))
    category = str(values.get("plan_tariff") or category_of(case))
    proposed = tuple(_sources(case, values, voltage, capacity, reference))
    yield from proposed
    known = {"sources": proposed[0].value, **values}
    yield from _points(case, known, voltage, capacity, reference)
    yield from _charges(case, category, capacity, reference)
    if high(case):
        yield from _receiving(case, values, voltage, capacity, reference)


def _sources(
    case: Case, values: Values, voltage: str, capacity: Decimal, reference: Reference
) -> Iterator[Proposal]:
    """As many lines as class and importance demand; where the survey found the source, for low voltage."""
    rows = values.get("sources") or ()
    lines, why = wanted_lines(case, str(values.get("importance") or _found(case, "importance")), reference)
    row = {"voltage": voltage, "capacity": number_text(str(capacity)) if capacity else ""}
    made = [_source(case, row, at) for at in range(lines)]
    yield Proposal("sources", completed(made, rows), f"{why};请补填电源点")
    if high(case):
        kind, words = kind_of(rows) if rows else ("", "")
        if kind:
            yield Proposal("source_type", kind, words)
        if (len(rows) or lines) > 1:
            yield Proposal("main_wiring", "sectioned_bus", "两路及以上电源,一般单母线分段")
            yield Proposal("operation_mode", "一路主供、一路热备用", "两路电源")


def _source(case: Case, row: dict[str, str], at: int) -> dict[str, str]:
    found = {"role": MAIN if at == 0 else STANDBY, **{key: text for key, text in row.items() if text}}
    second = case.values.get("second_capacity")
    if at == 1 and second:
        found["capacity"] = str(second)
    if not high(case):
        found |= {"area": str(_found(case, "survey_source")), "boundary": "供电接户线最后支持物"}
    return {key: text for key, text in found.items() if text}


def _points(
    case: Case, values: Values, voltage: str, capacity: Decimal, reference: Reference
) -> Iterator[Proposal]:
    """A metering point for each source that is metered at high voltage, else one."""
    if not voltage or not capacity:
        return
    capacities = [number(row, "capacity") or capacity for row in values.get("sources") or ()]
    chosen = mode_for(case, voltage, capacity, reference)
    if len(capacities) < 2 or chosen.mode != HIGH_HIGH:
        capacities = [capacity]
    rows, reasons = [], []
    for at, each in enumerate(capacities, start=1):
        found = point(case, voltage, each, category_of(case), reference, chosen)
        if found:
            place = str(_found(case, "survey_metering_place"))
            rows.append({**found[0], "group_no": str(at), **({"place": place} if place else {})})
            reasons.append(found[1])
    if rows:
        words = ";".join(dict.fromkeys(reasons))
        yield Proposal("metering_points", completed(rows, values.get("metering_points")), words)


def _charges(case: Case, category: str, capacity: Decimal, reference: Reference) -> Iterator[Proposal]:
    tariff = tariff_for(case, category, capacity, reference)
    if tariff:
        yield Proposal("tariff_system", tariff.code, tariff.words)
    factor = power_factor_for(case, category, capacity, reference)
    if factor:
        yield Proposal("power_factor_standard", factor.code, factor.words)


def _receiving(
    case: Case, values: Values, voltage: str, capacity: Decimal, reference: Reference
) -> Iterator[Proposal]:
    size = _found(case, "survey_transformer_capacity")
    if size:
        boxed = _found(case, "survey_site_kind") == "box"
        kind = "box" if boxed else TRANSFORMERS.get(str(_found(case, "survey_transformer")), "")
        row = {"point": "1 号受电点", "transformers": "1", "unit_capacity": str(size)}
        rows = [row | ({"transformer": kind} if kind else {})]
        yield Proposal("receiving_points", completed(rows, values.get("receiving_points")), SURVEYED)
    rule = reference.engineering.reactive
    if voltage == "10kv" and capacity:
        estate = values.get("estate", _found(case, "estate")) is True
        least = rule.estate_percent if estate else rule.least_percent
        words = f"变压器容量的 {least}%" + ("(居民小区不小于)" if estate else f"~{rule.most_percent}%")
        yield Proposal("reactive_capacity", number_text(str(capacity * least / 100)), words)


def _said(case: Case, reference: Reference) -> Iterator[Proposal]:
    """Why the former plan was returned or objected to, and what the departments asked for."""
    against = last(case, PLAN_DRAFTED, *WHY)
    words = [str(against.values.get(WHY[against.kind], ""))] if against and against.kind in WHY else []
    for record in rounds.opinions(case):
        if record.values.get("survey_words"):
            code = record.values.get("survey_department", "")
            label = reference.code_label("departments", code)
            words.append(f"{label}:{record.values['survey_words']}")
    if any(words):
        yield Proposal("plan_notes", None, ";".join(word for word in words if word))
