"""The report of completion: whether it may come now, whether it is whole, and what follows from what was
recorded before (种子文件 五; regulations.md 2.11, 3.3, 3.4)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from yekuo_desktop.domain import brought_papers
from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances, number
from yekuo_desktop.domain.deadlines.limits import Deadline
from yekuo_desktop.domain.deadlines.timelimits import deadline
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, facts, last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.completion import rounds
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import day_of, moment_of
from yekuo_desktop.domain.vocabulary import business_title

LIMIT_START = "completion_applied"


def applying_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """One report stands at a time; a failure is rectified, not reported anew."""
    if last(case, rounds.APPLIED) is None:
        return ""
    if rounds.failed(case):
        left = "、".join(found.no for found in rounds.waiting(case))
        return f"上次验收的第 {left} 项缺陷还没有消除,请登记整改情况后复验"
    return "已受理竣工报验,有误请更正"


def missing_papers(values: Values, case: Case, reference: Reference) -> tuple[str, ...]:
    """The required papers that are not there, in words; with the design of a high-voltage customer whose
    design was not reviewed (regulations.md 3.4)."""
    return brought_papers.missing(case, "completion", values.get("completion_papers"), reference)


def inspection_due(case: Case, stated: datetime, reference: Reference) -> Deadline | None:
    """By when the works must be inspected if they are reported at this moment; None without a limit."""
    rules = reference.rulesets.get(case.rules)
    flags = circumstances(case, reference)
    limits = rules.limits_for(case.klass, case.business, flags) if rules else ()
    found = next((limit for limit in limits if limit.starts_on == LIMIT_START), None)
    if rules is None or found is None:
        return None
    return deadline(found, rules.first_day, stated, reference.calendar, reference.hours, ())


def check_application(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Everything on the list is there, the figures agree, the dates are in order."""
    missing = missing_papers(values, case, context.reference)
    for label in missing:
        yield Problem("completion_papers", f"缺“{label}”,材料不齐不能受理,请一次性书面告知客户补齐")
    yield from _dates(values, context)
    yield from _planned(case, values, context)
    yield from _devices(values)
    yield from _capacity(case, values)
    yield from _qualifications(values)


def _dates(values: Values, context: Context) -> Iterator[Problem]:
    start, end = day_of(values.get("works_started_on")), day_of(values.get("works_finished_on"))
    if end and end > context.day:
        yield Problem("works_finished_on", "交工日期晚于登记时间;没有完工的工程不能报验")
    if start and end and end < start:
        yield Problem("works_finished_on", f"交工日期早于开工日期 {start}")


def _planned(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    planned = moment_of(values.get("completion_planned"))
    if planned is None:
        return
    if planned < context.stated:
        yield Problem("completion_planned", "计划验收时间早于报验时间", warning=True)
    limit = inspection_due(case, context.stated, context.reference)
    if limit is not None and limit.due is not None and planned > limit.due:
        words = f"计划验收时间超过{limit.limit.label}时限({moment(limit.due)} 前)"
        yield Problem("completion_planned", words, warning=True)


def _devices(values: Values) -> Iterator[Problem]:
    """数量 × 单台容量 = 总容量 (R18)."""
    for at, row in enumerate(values.get("completion_devices") or (), start=1):
        each, total = number(row, "unit_capacity"), number(row, "total_capacity")
        product = number(row, "quantity") * each
        if each and total and product != total:
            words = f"第 {at} 行:{row.get('quantity')} × {row.get('unit_capacity')} 应为 {product:f}"
            yield Problem("completion_devices", f"{words},不是 {row.get('total_capacity')}")


def _capacity(case: Case, values: Values) -> Iterator[Problem]:
    approved = approved_capacity(case)
    built = values.get("works_capacity")
    if approved and built and number(values, "works_capacity") != number({"built": approved}, "built"):
        words = f"与批准的供电容量 {number_text(approved)} 不同,请核对"
        yield Problem("works_capacity", words, warning=True)


def approved_capacity(case: Case) -> str:
    """The capacity of the supply plan; of the application where there was none."""
    planned = answer(case, "plan.drafted", "plan_capacity")
    return str(planned or case.values.get("capacity") or "")


def _qualifications(values: Values) -> Iterator[Problem]:
    """许可证、资质有效期须覆盖施工日期 (R13)."""
    end = day_of(values.get("works_finished_on"))
    for at, row in enumerate(values.get("works_units") or (), start=1):
        until = day_of(row.get("valid_until"))
        if end and until and until < end:
            words = f"第 {at} 行“{row.get('name', '')}”的资质 {until} 到期,早于交工日期"
            yield Problem("works_units", f"{words};供电企业可以不予检验", warning=True)


# ---- proposals -----------------------------------------------------------------------------------


def propose_application(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The list of the rule set, the day within the limit, and whatever earlier stages know of the works."""
    rows = brought_papers.to_tick_off(case, "completion", context.reference)
    if rows and not values.get("completion_papers"):
        yield Proposal("completion_papers", rows, "按本业务规则集的竣工报验资料清单")
    yield from _propose_day(case, context)
    yield from _propose_works(case)
    units = [row for row in _units(facts(case), context.reference) if row["name"]]
    if units and not values.get("works_units"):
        yield Proposal("works_units", units, "取自设计单位选定和施工资质审查的记录")
    devices = tuple(_known_devices(case, context.reference))
    if devices and not values.get("completion_devices"):
        yield Proposal("completion_devices", list(devices), "取自供电方案的受电点和设备三证审查,请核对")


def _propose_day(case: Case, context: Context) -> Iterator[Proposal]:
    """The next working morning; the limit is said beside it."""
    reference = context.reference
    opening = reference.hours.opening(reference.calendar.next_workday(context.day))
    limit = inspection_due(case, context.stated, reference)
    due = limit.due if limit is not None else None
    words = f"竣工检验时限至 {moment(due)}" if due else "下一工作日"
    yield Proposal("completion_planned", opening.astimezone(CHINA).isoformat(timespec="minutes"), words)


KNOWN = {
    "completion_sender": ("customer_name", "客户报验"),
    "completion_applicant": ("agent_name", "登记表上的经办人"),
    "works_customer_rep": ("agent_name", "登记表上的经办人"),
    "works_started_on": ("construction_started_on", "开工登记"),
    "works_finished_on": ("construction_finished_on", "施工进度登记"),
    "works_leader": ("construction_foreman", "开工登记的施工负责人"),
    "works_done": ("construction_content", "开工登记的施工内容"),
}
"""From which earlier answer a field is proposed, and how that is called."""


def _propose_works(case: Case) -> Iterator[Proposal]:
    known = facts(case)
    for key, (source, words) in KNOWN.items():
        if known.get(source):
            yield Proposal(key, known[source], words)
    title = business_title(case.klass, case.business)
    name = f"{known.get('customer_name', '')}{title}受电工程"
    yield Proposal("works_name", name, "客户名称和业务类型")
    if approved_capacity(case):
        yield Proposal("works_capacity", approved_capacity(case), "批准的供电容量")


def _units(known: Mapping[str, Any], reference: Reference) -> Iterator[dict[str, str]]:
    label = reference.code_label
    design, build, test = (str(known.get(f"{who}_grade") or "") for who in ("designer", "builder", "tester"))
    yield _unit(known, "design_electrical", "designer", "certificate", label("design_grades", design))
    yield _unit(known, "build_electrical", "builder", "licence", label("licence_grades", build))
    yield _unit(known, "test", "tester", "licence", label("licence_grades", test))


def _unit(known: Mapping[str, Any], role: str, who: str, paper: str, grade: str) -> dict[str, str]:
    return {
        "works_role": role,
        "name": str(known.get(f"{who}_name") or ""),
        "certificate": str(known.get(f"{who}_{paper}") or ""),
        "grade": grade,
        "valid_until": str(known.get(f"{who}_valid_until") or ""),
        "handler": str(known.get(f"{who}_contact") or ""),
    }


def _known_devices(case: Case, reference: Reference) -> Iterator[dict[str, str]]:
    certified = answer(case, "devices.certified", "devices") or ()
    if not any("变压器" in row.get("name", "") for row in certified):
        yield from _transformers(case, reference)
    for row in certified:
        found = {"name": row.get("name", ""), "spec": row.get("model", ""), "maker": row.get("maker", "")}
        yield {**{key: text for key, text in found.items() if text}, "quantity": "1"}


def _transformers(case: Case, reference: Reference) -> Iterator[dict[str, str]]:
    for row in answer(case, "plan.drafted", "receiving_points") or ():
        count, each = number(row, "transformers"), number(row, "unit_capacity")
        kind = reference.code_label("transformer_types", row.get("transformer", ""))
        figures = {"quantity": count, "unit_capacity": each, "total_capacity": count * each}
        if count and each:
            texts = {key: f"{figure:f}" for key, figure in figures.items()}
            yield {"name": "变压器", "type": kind, "device_place": row.get("name", ""), **texts}


def planned_words(case: Case) -> str:
    """When the inspection was to be, as last said."""
    planned = moment_of(answer(case, rounds.APPLIED, "completion_planned"))
    return moment(planned) if planned else ""


def applied_locked(case: Case) -> str:
    """A report that was inspected stays as it was."""
    found = rounds.inspection(case)
    return f"已于 {day_text(found.stated)} 验收,不能再改" if found is not None else ""
