"""R10–R13, R16, R17: plan, review, inspection and contractor, by the checks of their stages."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Event, Record
from yekuo_desktop.domain.circumstances import circumstances, number
from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.filing import rules_of
from yekuo_desktop.domain.formalities import INSPECTED, PASSED, PLAN_DRAFTED, REINSPECTED
from yekuo_desktop.domain.oversight.hits import Hit, Look, day
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import facts, last, records
from yekuo_desktop.domain.rules import STEPS
from yekuo_desktop.domain.stages.completion import rounds as completion
from yekuo_desktop.domain.stages.construction import rounds as construction
from yekuo_desktop.domain.stages.construction.licences import licence_problems
from yekuo_desktop.domain.stages.construction.works import CHECKED
from yekuo_desktop.domain.stages.survey.metering import low_side_ceiling
from yekuo_desktop.domain.stages.survey.sizing import HIGH_LOW
from yekuo_desktop.domain.stages.survey.supply import shortfalls
from yekuo_desktop.domain.validity import plan_expired_on, valid_until

STARTED, CONNECTED = "construction_started", "connected"
OVERDUE_STEPS = (
    ("design_review", "design_reviewed", "design", (STARTED,)),
    ("intermediate_inspection", "intermediate_inspected", "construction", ("completion_applied", CONNECTED)),
)
"""Step of rules.STEPS, the event that shows it was done, its stage, and what must not come before it."""
CONTRACTORS = (("builder", "施工"), ("tester", "试验"))


class Chain(NamedTuple):
    """Inspections, the rectification between a failed one and the next, and where the result stands."""

    label: str
    stage: str
    inspections: tuple[str, ...]
    rectified: str
    result: str


CHAINS = (
    Chain(
        "中间检查",
        "construction",
        (construction.INSPECTED,),
        construction.RECTIFIED,
        "intermediate_result",
    ),
    Chain("竣工检验", "completion", (INSPECTED, REINSPECTED), completion.RECTIFIED, "completion_result"),
)


def expired(look: Look) -> Iterator[Hit]:
    """R10: works began on a plan that had run out, or nobody noticed that it has."""
    plan, started = valid_until(look.case, look.reference), _first(look, STARTED)
    over = look.case.state in ENDED or look.case.event(CONNECTED) is not None
    if plan is None or (started is None and over):
        return
    on = day(started.stated) if started else day(look.now)
    if plan_expired_on(look.case, look.reference, on):
        wanted = f"{day_text(plan.until)} 前开工或申请延期"
        found = f"{day_text(on)} 开工" if started else f"至 {day_text(plan.until)} 未开工,没有延期"
        yield look.hit("R10", "plan", "供电方案有效期", wanted, found, stage="construction")


def unreviewed(look: Look) -> Iterator[Hit]:
    """R11: what the rule set demands was passed over."""
    rules, flags = rules_of(look.case, look.reference), circumstances(look.case, look.reference)
    if rules is None:
        return
    for step, event, stage, too_far in OVERDUE_STEPS:
        beyond = next((each for name in too_far if (each := _first(look, name))), None)
        if beyond is None or not rules.step_required(step, look.case.klass, flags):
            continue
        done = _first(look, event)
        if done is None:
            found = f"没有记录,{moment(beyond.stated)} 已进入下一步"
            yield look.hit("R11", step, STEPS[step], "有书面意见", found, stage=stage, at=beyond.stated)


def unrectified(look: Look) -> Iterator[Hit]:
    """R12: failed, then passed, and nothing on record in between."""
    for chain in CHAINS:
        failed: Record | None = None
        for record in records(look.case, *chain.inspections, chain.rectified):
            if record.kind == chain.rectified:
                failed = None
            elif record.values.get(chain.result) != PASSED:
                failed = record
            elif failed is not None:
                found = f"{moment(failed.stated)} 不合格,{moment(record.stated)} 合格,其间没有整改记录"
                wanted = "不合格的先整改再复验"
                yield look.hit(
                    "R12",
                    record.id,
                    chain.label,
                    wanted,
                    found,
                    stage=chain.stage,
                    who=record.by,
                    at=record.stated,
                )
                failed = None


def unlicensed(look: Look) -> Iterator[Hit]:
    """R13: grade against voltage, validity against the day works began."""
    record, started = last(look.case, CHECKED), _first(look, STARTED)
    if record is None or started is None:
        return
    context = Context(
        actor=look.organisation.people.get(record.by) or Person(id=record.by, login="", name="", roles=()),
        now=look.now,
        stated=started.stated,
        reference=look.reference,
        organisation=look.organisation,
    )
    for who, words in CONTRACTORS:
        name = str(record.values.get(f"{who}_name") or "")
        for problem in licence_problems(who, words, look.case, record.values, context) if name else ():
            if not problem.warning:
                wanted = f"{day_text(started.stated)} 开工时资质等级、有效期符合"
                yield look.hit(
                    "R13",
                    problem.field,
                    f"{words}单位 {name}",
                    wanted,
                    problem.text,
                    stage="construction",
                    who=record.by,
                )


def metered_low(look: Look) -> Iterator[Hit]:
    """R16: 高供低计 above the ceiling of the rule set."""
    plan = last(look.case, PLAN_DRAFTED)
    voltage = str(plan.values.get("supply_voltage") or "") if plan else ""
    most = low_side_ceiling(look.case, voltage, look.reference) if voltage else None
    if plan is None or most is None:
        return
    points, capacity = plan.values.get("metering_points") or (), number(plan.values, "plan_capacity")
    if capacity > most and any(row.get("mode") == HIGH_LOW for row in points):
        label = look.reference.code_label("voltages", voltage)
        wanted = f"{label} 高供低计不超过 {most} kVA"
        found = f"{number_text(str(capacity))} kVA 高供低计"
        yield look.hit(
            "R16", "metering", "计量方式", wanted, found, stage="survey", who=plan.by, at=plan.stated
        )


def undersupplied(look: Look) -> Iterator[Hit]:
    """R17: fewer lines, sources or stations than importance asks for."""
    plan = last(look.case, PLAN_DRAFTED)
    if plan is None:
        return
    importance = str(plan.values.get("importance") or facts(look.case).get("importance") or "")
    rows: Sequence[dict[str, str]] = plan.values.get("sources") or ()
    label = look.reference.code_label("importance", importance)
    for text in shortfalls(importance, rows, look.reference) if rows else ():
        wanted, _, found = text.partition(";")
        yield look.hit(
            "R17", "sources", f"{label}电源", wanted, found, stage="survey", who=plan.by, at=plan.stated
        )


def _first(look: Look, name: str) -> Event | None:
    return next((event for event in look.case.events if event.name == name), None)
