"""What stands in the way of the survey, what is proposed for it, and what is said of what it found
(种子文件 二; regulations.md 1.5, 2.6, 3.2, 5.2)."""

from collections.abc import Iterable, Iterator

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances, number, total
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.field import HIGH_VOLTAGE, Problem, Values, sheet_of
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import survey_rounds as rounds
from yekuo_desktop.domain.stages.survey.capacities import (
    applied,
    ceiling_problems,
    class_problems,
    proposed_voltage,
)
from yekuo_desktop.domain.stages.survey.former import completed, kept, newest
from yekuo_desktop.domain.stages.survey.plan_fields import IMPOSSIBLE
from yekuo_desktop.domain.tasks import Proposal, step_required

JOINT = step_required("joint_survey")
NOT_KEPT = {
    *("supply_conclusion", "supply_refusal", "survey_signers", "survey_customer", "survey_agreed"),
    *("survey_violation", "survey_violation_words", "survey_photo", "survey_photo_source"),
    *("survey_photo_place", "survey_sketch"),
}
"""What a second survey has to see for itself."""


def surveying_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """A joint survey is assigned and appointed first; a site that is not ready is not surveyed."""
    newest = last(case, rounds.APPOINTED)
    if newest is not None and newest.values.get("appointment_site") == "not_ready":
        return "现场尚不具备勘查条件,具备后请重新预约"
    if not JOINT(case, reference):
        return ""
    if last(case, rounds.ASSIGNED) is None:
        return "还没有派工"
    return "" if newest else "还没有与客户预约"


def survey_locked(case: Case) -> str:
    """What a plan rests on stays as it was."""
    return "供电方案已经拟定,不能再改勘查记录;需要重新勘查的请退回重办" if rounds.plan(case) else ""


def owed(case: Case, reference: Reference) -> Iterator[str]:
    """Papers still owed from acceptance, with the day they were promised for (一证受理, 容缺受理)."""
    rules = reference.rulesets.get(case.rules)
    flags = circumstances(case, reference)
    wanted = rules.materials_for(case.klass, case.business, flags) if rules else ()
    labels = {rule.id: rule.label for rule in wanted}
    for id_, material in case.materials.items():
        if not material.present and material.owed_until:
            yield f"{labels.get(id_, id_)}({day_text(material.owed_until)} 前)"


def check_survey(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """What was found against class, ceilings and application; what is owed; what it leads to."""
    reference = context.reference
    yield from not_before(last(case, rounds.ASSIGNED), "派工", context)
    yield from not_before(last(case, rounds.APPOINTED), "预约", context)
    voltage = str(values.get("survey_voltage") or "")
    capacity = number(values, "survey_capacity")
    yield from class_problems(case, "survey_voltage", voltage, reference)
    yield from ceiling_problems(case, ("survey_voltage", "survey_capacity"), voltage, capacity, reference)
    yield from _other_capacity(case, values)
    yield from _equipment(values)
    yield from _outcome(values)
    waiting = "、".join(owed(case, reference))
    if waiting:
        words = f"还欠{waiting};现场收到的请在“资料”中登记,没有收到的提醒客户"
        yield Problem("survey_remarks", words, warning=True)
    yield from _seen(case, values, reference)


def _other_capacity(case: Case, values: Values) -> Iterator[Problem]:
    wanted, found = applied(case), number(values, "survey_capacity")
    if wanted and found and wanted != found:
        words = f"与申请容量 {number_text(str(wanted))} 不同,请在备注写明原因和客户意见"
        yield Problem("survey_capacity", words, warning=True)


def _equipment(values: Values) -> Iterator[Problem]:
    rows, capacity = values.get("survey_equipment") or (), number(values, "survey_capacity")
    found = total(rows, "total_capacity")
    if rows and capacity and found > capacity:
        words = f"设备总容量 {number_text(str(found))} kW 大于核定容量,请核对同时使用的情况"
        yield Problem("survey_equipment", words, warning=True)


def _outcome(values: Values) -> Iterator[Problem]:
    if values.get("survey_violation") is True:
        words = "请立即报告并暂停办理;处理完毕登记后才能拟定供电方案"
        yield Problem("survey_violation", words, warning=True)
    if values.get("supply_conclusion") == IMPOSSIBLE:
        words = "仍须按时限书面答复客户;条件改变前可以暂停,改变后登记复勘"
        yield Problem("supply_conclusion", words, warning=True)


def _seen(case: Case, values: Values, reference: Reference) -> Iterator[Problem]:
    """A joint survey leaves a picture, the names of all who were sent, and an understanding."""
    if not JOINT(case, reference):
        return
    if not any(values.get(key) for key in ("survey_photo", "survey_photo_source", "survey_photo_place")):
        yield Problem("survey_photo", "没有现场照片", warning=True)
    signers = str(values.get("survey_signers") or "")
    missing = [name for name in _sent(case) if name not in signers]
    if signers and missing:
        words = f"派工的{'、'.join(missing)}没有写在勘查人中"
        yield Problem("survey_signers", words, warning=True)
    if values.get("survey_agreed") is not True and values.get("supply_conclusion") != IMPOSSIBLE:
        words = "供电方式、计量方式和受电点须与客户协商确定"
        yield Problem("survey_agreed", words, warning=True)


def _sent(case: Case) -> tuple[str, ...]:
    found = last(case, rounds.ASSIGNED)
    rows = found.values.get("survey_party") if found else None
    return tuple(dict.fromkeys(row["person"] for row in rows or () if row.get("person")))


# ---- proposals -----------------------------------------------------------------------------------


def propose_survey(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """What the application says, to be verified on the spot; a second survey goes on from the first."""
    found = (*_applied_for(case, values, context.reference), *_for(case, context.reference))
    before = newest(case, rounds.SURVEYED)
    if before is None:
        yield from found
    else:
        seen = {key: value for key, value in before.values.items() if key not in NOT_KEPT}
        yield from kept(seen, found, "取自上次勘查,请现场重新核实")
    signers = "、".join(_sent(case)) or context.actor.name
    yield Proposal("survey_signers", signers, "派工名单" if _sent(case) else "登记人")


def _applied_for(case: Case, values: Values, reference: Reference) -> Iterator[Proposal]:
    wanted = applied(case)
    if wanted:
        text = number_text(str(wanted))
        yield Proposal("survey_capacity", text, "取自申请,请现场核实")
        if sheet_of(case.klass, case.business) in HIGH_VOLTAGE:
            yield Proposal("survey_transformer_capacity", text, "按申请容量,请现场核实")
    yield from proposed_voltage(case, reference)
    rows = [_equipment_row(row) for row in case.values.get("equipment") or ()]
    if rows:
        made = completed(rows, values.get("survey_equipment"))
        yield Proposal("survey_equipment", made, "取自申请的设备清单,请现场核实")
    yield from _flags(case)


def _equipment_row(row: Values) -> dict[str, str]:
    keys = ("name", "model", "quantity", "total_capacity")
    return {key: str(row[key]) for key in keys if row.get(key)}


def _flags(case: Case) -> Iterator[Proposal]:
    known = case.values
    if case.klass.startswith("hv"):
        yield Proposal("receiving_works", True, "高压客户一般有受电工程")
        yield Proposal("hidden_works", True, "接地、电缆等一般为隐蔽工程;确实没有的请取消")
        if known.get("importance"):
            yield Proposal("importance", known["importance"], "取自申请,请按用电性质认定")
    if known.get("nonlinear_load") is True:
        yield Proposal("nonlinear", True, "申请写明有非线性负荷")
    if known.get("own_supply") is True:
        yield Proposal("own_supply", True, "申请写明有自备电源")
    if case.business == "batch":
        yield Proposal("estate", True, "低压批量用电")


def _for(case: Case, reference: Reference) -> Iterator[Proposal]:
    """What the application says, in words, beside the field that verifies it."""
    for key, table, same in (
        ("category", "categories", "survey_category_same"),
        ("industry", "industries", "survey_industry_same"),
    ):
        code = str(case.values.get(key) or "")
        if code:
            yield Proposal(same, None, f"申请为{reference.code_label(table, code)}")
    waiting = "、".join(owed(case, reference))
    if waiting:
        yield Proposal("survey_remarks", None, f"还欠{waiting}")
