"""What is wrong with a supply plan, or worth a warning: its figures among themselves, and against class,
application, survey and rules (regulations.md 1.3, 4.4, R9, R16, R17)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number, total
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.records import facts, last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import survey_rounds as rounds
from yekuo_desktop.domain.stages.survey.capacities import (
    applied,
    ceiling_problems,
    class_problems,
    high,
    unit,
)
from yekuo_desktop.domain.stages.survey.charge_checks import charge_problems
from yekuo_desktop.domain.stages.survey.metering_checks import metering_problems
from yekuo_desktop.domain.stages.survey.plan_fields import IMPOSSIBLE, POSSIBLE
from yekuo_desktop.domain.stages.survey.plan_proposals import MAIN
from yekuo_desktop.domain.stages.survey.supply import DUAL, kind_of, shortfalls
from yekuo_desktop.domain.stages.survey.survey_guards import owed


def check_plan(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Everything a drafter should see before the approver does."""
    reference = context.reference
    newest = max(rounds.opinions(case), key=lambda record: record.stated, default=None)
    yield from not_before(newest, "部门会签", context)
    yield from not_before(last(case, rounds.SETTLED), "违约用电、窃电处理完毕", context)
    yield from _conclusion(case, values)
    if values.get("supply_conclusion") == IMPOSSIBLE:
        return
    voltage, capacity = str(values.get("supply_voltage") or ""), number(values, "plan_capacity")
    yield from class_problems(case, "supply_voltage", voltage, reference)
    yield from ceiling_problems(case, ("supply_voltage", "plan_capacity"), voltage, capacity, reference)
    yield from _capacity(case, values, capacity, reference)
    yield from _sources(case, values, voltage, capacity, reference)
    yield from metering_problems(case, values, voltage, capacity, reference)
    yield from charge_problems(case, values, capacity, reference)
    if high(case):
        yield from _receiving(case, values, capacity, reference)
    waiting = "、".join(owed(case, reference))
    if waiting:
        yield Problem("plan_notes", f"客户还欠{waiting}", warning=True)


def _conclusion(case: Case, values: Values) -> Iterator[Problem]:
    """A plan may not say more than the survey found."""
    survey = rounds.survey(case)
    found = survey.values.get("supply_conclusion") if survey else None
    planned = values.get("supply_conclusion")
    if planned == POSSIBLE and found == IMPOSSIBLE:
        words = "现场勘查结论为不具备供电条件;条件已改变的请先登记复勘"
        yield Problem("supply_conclusion", words)
    if planned == IMPOSSIBLE and found == POSSIBLE:
        words = "现场勘查结论为具备供电条件,请写明不能供电的原因"
        yield Problem("supply_conclusion", words, warning=True)


def _capacity(case: Case, values: Values, capacity: Decimal, reference: Reference) -> Iterator[Problem]:
    survey = rounds.survey(case)
    verified = number(survey.values, "survey_capacity") if survey else Decimal(0)
    for known, words in ((applied(case), "申请"), (verified, "勘查核定")):
        if capacity and known and known != capacity:
            text = f"与{words}容量 {number_text(str(known))} {unit(case)} 不同"
            yield Problem("plan_capacity", text, warning=True)
    load, most = number(values, "calculated_load"), reference.engineering.transformer_load.most_percent
    if high(case) and capacity and load * 100 > capacity * most:
        text = f"计算负荷超过供电容量的 {most}%,变压器长期负荷率偏高"
        yield Problem("calculated_load", text, warning=True)
    grades = number(values, "first_class_load") + number(values, "second_class_load")
    if load and grades > load:
        yield Problem("first_class_load", "一、二级负荷之和大于计算负荷", warning=True)


def _sources(
    case: Case, values: Values, voltage: str, capacity: Decimal, reference: Reference
) -> Iterator[Problem]:
    rows = values.get("sources") or ()
    if not rows:
        return
    main = [row for row in rows if row.get("role") == MAIN]
    supplied = total(main, "capacity")
    if not main:
        yield Problem("sources", "至少要有一路主供电源")
    elif capacity and supplied < capacity:
        words = f"主供电源容量合计 {number_text(str(supplied))},小于供电容量 {number_text(str(capacity))}"
        yield Problem("sources", f"{words} {unit(case)}", warning=True)
    if main and voltage and voltage not in {row.get("voltage") for row in main}:
        label = reference.code_label("voltages", voltage)
        yield Problem("sources", f"主供电源没有 {label} 的", warning=True)
    importance = str(values.get("importance") or facts(case).get("importance") or "")
    yield from (Problem("sources", text, warning=True) for text in shortfalls(importance, rows, reference))
    yield from _importance(case, importance, reference)
    if case.klass == DUAL and len(rows) < 2:
        yield Problem("sources", "客户类别为高压双电源,方案只有一路电源", warning=True)
    yield from _kind(values, rows, reference)


def _importance(case: Case, planned: str, reference: Reference) -> Iterator[Problem]:
    """It decides whether the design is reviewed: what the survey found is not dropped unsaid (R11)."""
    survey = rounds.survey(case)
    found = str(survey.values.get("importance") or "none") if survey else "none"
    if found not in ("none", planned):
        label = reference.code_label("importance", found)
        yield Problem(
            "importance", f"现场勘查认定为{label}重要客户,改动的请在方案说明中写明依据", warning=True
        )


def _kind(values: Values, rows: Sequence[Values], reference: Reference) -> Iterator[Problem]:
    kind, words = kind_of(rows) if values.get("source_type") else ("", "")
    if kind and kind != values["source_type"]:
        label = reference.code_label("source_types", kind)
        yield Problem("source_type", f"{words},应为{label}", warning=True)


def _receiving(case: Case, values: Values, capacity: Decimal, reference: Reference) -> Iterator[Problem]:
    rows = values.get("receiving_points") or ()
    installed = sum((number(row, "transformers") * number(row, "unit_capacity") for row in rows), Decimal(0))
    if rows and capacity and installed != capacity:
        words = (
            f"受电点变压器合计 {number_text(str(installed))} kVA,与供电容量 {number_text(str(capacity))} 不同"
        )
        yield Problem("receiving_points", words, warning=True)
    known = facts(case)
    importance = str(values.get("importance") or known.get("importance") or "none")
    least = reference.engineering.emergency.least_percent
    if importance != "none" and not values.get("plan_own_supply"):
        words = f"重要客户须自备应急电源,容量不少于保安负荷的 {least}%"
        yield Problem("plan_own_supply", words, warning=True)
    if values.get("plan_own_supply") and not values.get("plan_own_supply_lock"):
        yield Problem("plan_own_supply_lock", "自备电源须有防止倒送电的闭锁", warning=True)
    if known.get("nonlinear") is True and not values.get("harmonics"):
        yield Problem("harmonics", "有非线性负荷,请写明谐波治理措施", warning=True)
    yield from _reactive(values, capacity, reference)


def _reactive(values: Values, capacity: Decimal, reference: Reference) -> Iterator[Problem]:
    """居民小区: at least 30 % of the transformers (附件5)."""
    least, found = reference.engineering.reactive.estate_percent, number(values, "reactive_capacity")
    if values.get("estate") is True and capacity and found * 100 < capacity * least:
        words = f"居民小区无功补偿容量不小于变压器容量的 {least}%"
        yield Problem("reactive_capacity", words, warning=True)
