"""The day agreed with the customer inside the limit, and the group and the crew of the energization
(regulations.md 1.3, 3.4 接电; product.md 6)."""

from collections.abc import Iterable, Iterator

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, facts, last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.energization import chain
from yekuo_desktop.domain.stages.energization.readiness import EXTERNAL, connection_due
from yekuo_desktop.domain.tasks import Proposal, step_required
from yekuo_desktop.domain.validate import moment_of

COMMITTEE, GROUP = "committee", "working"  # codes of resources/codes/energization_groups.toml
committee_demanded = step_required("startup_committee")
"""35 kV 及以上: 启动委员会, the others 投运工作小组 (regulations.md 3.4)."""

# ---- the day -------------------------------------------------------------------------------------


def scheduling_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """A day may be agreed anew until somebody has permitted the energization."""
    if chain.energized(case) is not None:
        return "已经送电"
    return "已经许可送电,不能改期" if chain.permit(case) is not None else ""


def check_schedule(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """接电日期在时限内与客户商定 (供电营业规则 2024); later only with its reason."""
    planned, due = moment_of(values.get("energization_planned")), connection_due(case, context.reference)
    if planned is not None and planned < context.stated:
        yield Problem("energization_planned", "商定送电时间早于登记时间,请核对", warning=True)
    reason = str(values.get("energization_late_reason") or "").strip()
    if planned is not None and due is not None and planned > due:
        words = f"超过装表接电时限({moment(due)} 前)"
        if not reason:
            yield Problem("energization_late_reason", f"商定送电时间{words},请写明原因")
        hint = f"{words};属客户原因的,请另办暂停并附证据,否则照常计时"
        yield Problem("energization_planned", hint, warning=True)
    if last(case, chain.SCHEDULED) is not None and not reason:
        yield Problem("energization_late_reason", "改期请写明原因")
    if EXTERNAL & circumstances(case, context.reference) and not values.get("external_works_accepted"):
        yield Problem("external_works_accepted", "外部供电工程没有验收的,不能送电", warning=True)


def propose_schedule(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The next working morning, with the limit beside it; whom one would ring."""
    reference = context.reference
    opening = reference.hours.opening(reference.calendar.next_workday(context.day))
    due = connection_due(case, reference)
    words = f"装表接电时限至 {moment(due)}" if due else "下一工作日"
    yield Proposal("energization_planned", opening.astimezone(CHINA).isoformat(timespec="minutes"), words)
    if answer(case, chain.SCHEDULED, "external_works_accepted") is True:
        yield Proposal("external_works_accepted", True, "上次商定时已验收")
    known = facts(case)
    name = known.get("agent_name") or known.get("customer_name")
    yield Proposal("energization_agreed_with", name, "登记表上的联系人")
    phone = known.get("mobile") or known.get("agent_mobile") or known.get("landline")
    if phone:
        yield Proposal("energization_agreed_phone", phone, "登记表上的电话")


def planned_words(case: Case) -> str:
    """When the customer was promised power, as last agreed."""
    planned = moment_of(answer(case, chain.SCHEDULED, "energization_planned"))
    return moment(planned) if planned else ""


# ---- the group and the crew ----------------------------------------------------------------------


def tasking_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """The task names the day, so the day comes first."""
    return "" if last(case, chain.SCHEDULED) else "还没有与客户商定送电时间"


def check_task(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The kind of group the rule set demands; its leader is one of it."""
    group = values.get("energization_group")
    if group and group != COMMITTEE and committee_demanded(case, context.reference):
        yield Problem("energization_group", "本业务的规则集要求成立启动委员会")
    members = {row.get("name") for row in values.get("energization_members") or ()}
    leader = values.get("energization_group_leader")
    if leader and members and leader not in members:
        yield Problem("energization_members", f"成员中没有负责人{leader}", warning=True)


def propose_task(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The group the voltage demands; the builder that was examined; the plan in a few words."""
    committee = committee_demanded(case, context.reference)
    words = "本业务的规则集要求" if committee else "不要求启动委员会的,成立投运工作小组"
    yield Proposal("energization_group", COMMITTEE if committee else GROUP, words)
    yield Proposal("energization_content", content(case, context.reference), "客户、业务类型和供电方案")
    yield from propose_crew(case, "energization_crew", "energization_crew_leader")
    if facts(case).get("construction_foreman_phone"):
        yield Proposal("energization_crew_phone", facts(case)["construction_foreman_phone"], "开工登记")


def propose_crew(case: Case, unit: str, leader: str) -> Iterator[Proposal]:
    """The builder whose licence was examined, and his foreman."""
    known = facts(case)
    if known.get("builder_name"):
        yield Proposal(unit, known["builder_name"], "审查过资质的施工单位")
    foreman = known.get("construction_foreman") or known.get("builder_contact")
    if foreman:
        yield Proposal(leader, foreman, "施工单位的负责人")


def content(case: Case, reference: Reference) -> str:
    """What is to be put under voltage, in a few words."""
    known = facts(case)
    voltage = reference.code_label("voltages", str(known.get("supply_voltage") or ""))
    capacity = known.get("plan_capacity") or known.get("works_capacity") or known.get("capacity", "")
    unit = "kVA" if case.klass.startswith("hv") else "kW"
    size = f"{capacity} {unit}" if capacity else ""
    parts = (str(known.get("customer_name", "")), voltage, size, "受电装置送电")
    return " ".join(part for part in parts if part)


def tasked_locked(case: Case) -> str:
    """What a permit rests on stays as it was."""
    granted = chain.permit(case) is not None or chain.energized(case) is not None
    return "已经许可送电,不能再改" if granted else ""
