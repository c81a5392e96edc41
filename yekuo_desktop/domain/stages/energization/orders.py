"""用电检查专责 permits, 配网管理 commands, the builder's crew executes: three people, three times, in order
(种子文件 六). Low voltage is connected on site by metering staff (一岗制, regulations.md 1.5)."""

from collections.abc import Iterable, Iterator

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.formalities import CONNECTED
from yekuo_desktop.domain.people import Person, same_name
from yekuo_desktop.domain.records import answer, records
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.energization import chain
from yekuo_desktop.domain.stages.energization.readiness import too_early, unready
from yekuo_desktop.domain.stages.energization.scheduling import content, propose_crew
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import moment_of

# ---- permit --------------------------------------------------------------------------------------


def permitting_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """Nobody permits while one precondition is open."""
    return unready(case, reference)


def check_permit(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """After everything it rests on, and only where the site is ready."""
    yield from too_early(case, context)
    if values.get("permit_site_ready") is False:
        yield Problem("permit_site_ready", "现场不具备送电条件,不能许可")


def propose_permit(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """What the task says is to be put under voltage."""
    scope = answer(case, chain.TASKED, "energization_content") or content(case, context.reference)
    yield Proposal("permit_scope", scope, "送电任务内容")


def permit_locked(case: Case) -> str:
    """What a command rests on stays as it was."""
    given = chain.command(case) is not None or chain.energized(case) is not None
    return "已经下达送电命令,不能再改" if given else ""


# ---- command -------------------------------------------------------------------------------------


def commanding_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """After the permit, by somebody else, while everything is still settled."""
    granted = chain.permit(case)
    if granted is None:
        return unready(case, reference) or _unpermitted(case)
    if actor.id in granted.authors:
        return "送电由您许可(或更正),命令须由另一人下达"
    return unready(case, reference)


def _unpermitted(case: Case) -> str:
    if chain.outlived(case):
        return "许可之后业务暂停或撤回过,或检验、合同、计量、方案又有变化,须重新许可"
    return "用电检查专责还没有许可送电"


def check_command(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Later than the permit; read back by whoever receives it, who is somebody else."""
    yield from _after(chain.permit(case), "送电许可", context)
    if values.get("command_repeated") is False:
        yield Problem("command_repeated", "受令人没有复诵,命令不能算下达")
    if same_name(str(values.get("command_receiver") or ""), context.actor.name):
        yield Problem("command_receiver", "受令人不能是下令人自己")


def propose_command(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The steps of the task, to the leader of the crew."""
    steps = answer(case, chain.TASKED, "energization_steps")
    if steps:
        yield Proposal("command_content", steps, "送电任务的步骤")
    leader = answer(case, chain.TASKED, "energization_crew_leader")
    if leader:
        yield Proposal("command_receiver", leader, "送电任务的现场负责人")


def command_locked(case: Case) -> str:
    """What was executed stays as it was commanded."""
    return "已经执行,不能再改" if executed(case) else ""


def executed(case: Case) -> bool:
    """Whether the command that was given last has been carried out, well or not."""
    return chain.command(case) is None and bool(records(case, chain.EXECUTED))


# ---- execution -----------------------------------------------------------------------------------


def executing_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """After permit and command, recorded by a third person, while everything is still settled."""
    granted, given = chain.permit(case), chain.command(case)
    if granted is None:
        return unready(case, reference) or _unpermitted(case)
    if given is None:
        return "配网管理还没有下达送电命令"
    if actor.id in granted.authors | given.authors:
        return "许可、命令、执行须是三个不同的人,请由另一人登记"
    return unready(case, reference)


def check_execution(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Later than the command, by neither who permitted nor who commanded; two sources in phase."""
    yield from _after(chain.command(case), "送电命令", context)
    yield from _third(case, values, context)
    well = values.get("energization_result") == chain.NORMAL
    if case.klass == "hv_dual" and well and values.get("energization_phasing") is not True:
        yield Problem("energization_phasing", "双电源客户须两路电源核相正确,才算送电正常")
    yield from check_outcome(case, values, context)


def _third(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    name = str(values.get("energization_executor") or "")
    for record, words in ((chain.permit(case), "许可人"), (chain.command(case), "下令人")):
        hands = [context.organisation.person_name(by) for by in record.authors] if record else []
        if any(same_name(name, hand) for hand in hands):
            yield Problem("energization_executor", f"{name}是{words},不能又是执行人")


def check_outcome(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    """A connection that was recorded does not turn into none; the agreed day was kept or is asked about."""
    if values.get("energization_result") != chain.NORMAL and _corrects_a_connection(case):
        yield Problem("energization_result", "送电时间已经登记,不能改为未成功;请退回重办")
    planned = moment_of(answer(case, chain.SCHEDULED, "energization_planned"))
    if planned is not None and planned.date() != context.day:
        yield Problem("stated", f"与商定的送电日期 {day_text(planned)} 不同", warning=True)


def _corrects_a_connection(case: Case) -> bool:
    """A correction is checked against the case without the record itself; its event is still there."""
    known = {record.id for record in case.records}
    return any(event.name == CONNECTED and event.entry not in known for event in case.events)


def _after(record: Record | None, words: str, context: Context) -> Iterator[Problem]:
    if record is not None and context.stated < record.stated:
        yield Problem("stated", f"所填时间早于{words}({moment(record.stated.astimezone(CHINA))})")


def propose_execution(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The crew of the task; who received the command."""
    unit, leader = (answer(case, chain.TASKED, f"energization_{key}") for key in ("crew", "crew_leader"))
    if unit:
        yield Proposal("energization_unit", unit, "送电任务派定")
        yield Proposal("energization_executor", leader, "送电任务派定")
    else:
        yield from propose_crew(case, "energization_unit", "energization_executor")


def executed_locked(case: Case) -> str:
    """A failure is not corrected away, nor what the check of the meter rests on."""
    if any(not chain.succeeded(r) for r in records(case, chain.EXECUTED, chain.ON_SITE)):
        return "未成功的送电记录不能改;请重新许可、下令、执行"
    return "已经现场核表,不能再改" if chain.checks(case) else ""


# ---- low voltage: on site ------------------------------------------------------------------------


def connecting_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """The same preconditions as with permit and command."""
    return unready(case, reference)


def check_connection(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """After everything it rests on."""
    yield from too_early(case, context)
    yield from check_outcome(case, values, context)


def propose_connection(_case: Case, _values: Values, context: Context) -> Iterable[Proposal]:
    """Whoever records it was there."""
    yield Proposal("energization_hand", context.actor.name, "登记人")


def connection_events(_case: Case, values: Values) -> tuple[str, ...]:
    """The connection, at the stated time of the record; a trial that failed is none."""
    return (CONNECTED,) if values.get("energization_result") == chain.NORMAL else ()
