"""What stands in the way of accepting an application: fields, totals, ceilings, materials.

The same checks run beside the fields on the screen, over the rows of a list and before the act.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.circumstances import circumstances, conditions, number, total
from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.field import Field, Kind, Problem, Sheet, Values, filled, sheet_of
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import STEPS, MaterialRule
from yekuo_desktop.domain.rulesets import RuleSet
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS
from yekuo_desktop.domain.validate import check_field
from yekuo_desktop.domain.vocabulary import STAGES

LENGTH_ALONE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.CODE})


def _most(field: Field) -> int:
    """How long a text may be that needs no other check than its code table; 0 where it needs one."""
    return field.max_length if field.kind in LENGTH_ALONE and not field.given else 0


def _right(field: Field, value: str, most: int, codes: Mapping[str, CodeTable]) -> bool:
    """Whether a plain text is right at first sight; what is not is looked at closely."""
    if field.codes:
        table = codes.get(field.codes)
        return len(value) <= most and table is not None and table.item(value) is not None
    return len(value) <= most and not value.isspace() and value != ""


ON_SHEET = {
    sheet: tuple((f, f.key, sheet in f.required, _most(f)) for f in FIELDS if sheet in f.on)
    for sheet in Sheet
}
"""The fields of each form, whether it demands them, and what is short enough to be right."""


def sheet_for(values: Values) -> Sheet:
    """The registration form that belongs to these values."""
    return sheet_of(values.get("klass", ""), values.get("business", ""))


def form_problems(values: Values, reference: Reference, today: date) -> Iterable[Problem]:
    """Everything wrong or missing on the form, field by field, then across fields."""
    sheet, codes = sheet_for(values), reference.codes
    for field, key, demanded, most in ON_SHEET[sheet]:
        value = values.get(key)
        if value is None and not demanded:
            continue
        if not (most and isinstance(value, str) and _right(field, value, most, codes)):
            yield from check_field(field, values, sheet, reference, today)
    for across in (_phone, _address, _increase, _agent, _equipment, _batch, _sources, _own_supply, _business):
        yield from across(values, sheet)


def _phone(values: Values, sheet: Sheet) -> Iterable[Problem]:
    phones = ("agent_mobile", "agent_landline") if sheet is Sheet.BATCH else ("mobile", "landline")
    if not any(filled(values.get(key)) for key in phones):
        yield Problem(phones[0], "移动电话和固定电话至少填一个")


def _address(values: Values, _sheet: Sheet) -> Iterable[Problem]:
    """A village has no road and a street no village: some place below the county is what is needed."""
    below = ("address_town", "address_village", "address_road", "address_estate", "address_door")
    if not any(filled(values.get(key)) for key in below):
        yield Problem("address_town", "请填写用电地址")
    elif not filled(values.get("address_town")):
        yield Problem("address_town", "没有填街道(镇/乡),无法按片区推荐项目经理", warning=True)


def _increase(values: Values, _sheet: Sheet) -> Iterable[Problem]:
    if values.get("business") != "increase":
        return
    if not filled(values.get("account_no")):
        yield Problem("account_no", "增容业务请填写户号")
    if not filled(values.get("existing_capacity")):
        yield Problem("existing_capacity", "增容业务请填写原有容量")


def _agent(values: Values, sheet: Sheet) -> Iterable[Problem]:
    """代办须有授权委托书和经办人身份证明(regulations.md 3.1)."""
    agent = values.get("agent_name", "")
    if sheet is Sheet.BATCH or not agent or agent == values.get("customer_name"):
        return
    if not filled(values.get("agent_identity")):
        yield Problem("agent_identity", "代办请填写经办人身份证号")
    if not values.get("authorised"):
        yield Problem("authorised", "代办须收取授权委托书")


def _equipment(values: Values, _sheet: Sheet) -> Iterable[Problem]:
    rows = values.get("equipment")
    if rows and number(values, "demand_load") > total(rows, "total_capacity"):
        yield Problem("demand_load", "需求负荷大于设备总容量", warning=True)


def _batch(values: Values, sheet: Sheet) -> Iterable[Problem]:
    """申请户数 × 单户容量 = 总容量 = 清单合计(附件3-3)."""
    if sheet is not Sheet.BATCH:
        return
    product = number(values, "household_count") * number(values, "household_capacity")
    if product != number(values, "batch_capacity"):
        yield Problem("batch_capacity", f"户数 × 单户容量应为 {product:f} kW")
    rows = values.get("households") or []
    if rows and len(rows) != number(values, "household_count"):
        yield Problem("household_count", f"清单有 {len(rows)} 户,与申请户数不一致")
    if rows and total(rows, "capacity") != number(values, "batch_capacity"):
        yield Problem("batch_capacity", f"清单合计 {total(rows, 'capacity'):f} kW,与总容量不一致")


def _sources(values: Values, _sheet: Sheet) -> Iterable[Problem]:
    if values.get("klass") == "hv_dual" and not filled(values.get("second_capacity")):
        yield Problem("second_capacity", "双电源请填写第二路申请容量")


def _own_supply(values: Values, _sheet: Sheet) -> Iterable[Problem]:
    if values.get("own_supply") and not filled(values.get("own_supply_capacity")):
        yield Problem("own_supply_capacity", "有自备电源时请填写其容量")


def _business(values: Values, _sheet: Sheet) -> Iterable[Problem]:
    if values.get("business") == "batch" and str(values.get("klass", "")).startswith("hv"):
        yield Problem("business", "低压批量只用于低压客户")


def way_problems(case: Case, wanted: Values, reference: Reference) -> Iterable[Problem]:
    """Once the plan is made for it a case does not become another one, so that no inspection is left out and
    no limit grows: class and business stand, and so does every stage and step they demand."""
    rules = reference.rulesets.get(case.rules)
    if rules is None or case.stage in ("acceptance", "survey"):
        return
    other = replace(
        case, values=dict(wanted), klass=wanted.get("klass", ""), business=wanted.get("business", "")
    )
    if _way(case, rules, reference) != _way(other, rules, reference):
        words = f"更正后的类别、业务类型或要走的环节与现在不同,请先退回“{STAGES['survey']}”环节"
        yield Problem("", words)


def _way(case: Case, rules: RuleSet, reference: Reference) -> tuple[Any, ...]:
    flags = circumstances(case, reference)
    steps = tuple(step for step in STEPS if rules.step_required(step, case.klass, flags))
    return case.klass, case.business, rules.stages_for(case.klass, flags), steps


def wanted_materials(values: Values, rules: RuleSet) -> tuple[MaterialRule, ...]:
    """The papers this application needs, by class, business and circumstances."""
    return rules.materials_for(values.get("klass", ""), values.get("business", ""), conditions(values))


def missing_materials(
    values: Values, materials: Mapping[str, Material], rules: RuleSet
) -> tuple[MaterialRule, ...]:
    """The required papers that have not been seen in any form."""
    return tuple(
        rule
        for rule in wanted_materials(values, rules)
        if rule.required and not materials.get(rule.id, Material()).present
    )


def material_problems(
    values: Values, materials: Mapping[str, Material], rules: RuleSet, today: date
) -> Iterable[Problem]:
    """一证受理/容缺受理: the subject's own paper must be there, the rest may be owed to a date
    (regulations.md 3.2)."""
    for rule in missing_materials(values, materials, rules):
        owed = materials.get(rule.id, Material()).owed_until
        field = f"material:{rule.id}"
        if rule.subject_qualification:
            yield Problem(field, f"“{rule.label}”是主体资格证明,受理时必须收到")
        elif not rule.may_be_owed:
            yield Problem(field, f"“{rule.label}”不能容缺,受理时必须收到")
        elif owed is None:
            yield Problem(field, f"“{rule.label}”未收到,请登记补齐日期或收取资料")
        elif owed < today:
            yield Problem(field, f"“{rule.label}”的补齐日期已过")
    for material_id, material in materials.items():
        if material.present and material.valid_until and material.valid_until < today:
            yield Problem(f"material:{material_id}", f"证件已于 {material.valid_until} 到期")


def acceptance_problems(
    values: Values, materials: Mapping[str, Material], context: Context
) -> Iterable[Problem]:
    """Form and materials together, by the rules in force on the day of acceptance."""
    rules = context.reference.rules_on(context.stated, context.organisation.rules)
    today = context.now.date()
    yield from form_problems(values, context.reference, today)
    yield from _ceilings(values, rules)
    yield from material_problems(values, materials, rules, today)


def _ceilings(values: Values, rules: RuleSet) -> Iterable[Problem]:
    """Ceilings of the supply mode are proposals for survey: they warn (供电营业规则, by rule set)."""
    if values.get("supply_mode") != "single_phase":
        return
    ceiling = rules.ceilings.get("single_phase_kw")
    if ceiling is not None and number(values, "capacity") > Decimal(ceiling):
        yield Problem("capacity", f"单相 220 V 一般不超过 {ceiling} kW", warning=True)


def unit_of(field: Field, sheet: Sheet) -> str:
    """The unit the form uses, "" for none: high voltage is asked for in kVA (附件3-4)."""
    if field.key in ("capacity", "existing_capacity", "total_capacity") and sheet is Sheet.HIGH_VOLTAGE:
        return "kVA"
    return field.unit


def label_of(field: Field, sheet: Sheet) -> str:
    """The label with the unit the form uses."""
    unit = unit_of(field, sheet)
    return f"{field.label}({unit})" if unit else field.label
