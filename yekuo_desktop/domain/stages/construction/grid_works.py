"""业扩配套工程: what the enterprise itself builds for a customer, from beginning to end, under a limit of its
own (regulations.md 1.5: LV 10, 10 kV 60 wd; 2.12: 供电工程进度跟踪). It goes on beside the works of
the customer; that it was accepted is asked before the connection (3.4). Time for approvals by the government
and for blocked works is left out by pausing the case under that reason."""

from collections.abc import Iterable

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind, Problem, Values
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.records import answer, last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.tasks import Task, happens, optional, task
from yekuo_desktop.domain.validate import day_of

STAGE, GROUP = "construction", "业扩配套工程"
BEGUN, DONE = "grid_works.started", "grid_works.done"
BESIDE = ("design", "completion", "energization")
WORKERS = (Role.PROJECT_MANAGER, Role.SUPERVISOR, Role.DISPATCHER)
BEGUN_FIELDS = (
    Field(
        key="grid_works_content",
        label="配套工程内容",
        kind=Kind.LONG_TEXT,
        max_length=300,
        required=ALL_SHEETS,
        group=GROUP,
    ),
    Field(key="grid_works_unit", label="配套工程实施单位", required=ALL_SHEETS, group=GROUP),
    Field(
        key="grid_works_expected_end", label="计划完成日期", kind=Kind.DATE, required=ALL_SHEETS, group=GROUP
    ),
)
DONE_FIELDS = (
    Field(
        key="grid_works_finished_on",
        label="配套工程完成日期",
        kind=Kind.DATE,
        required=ALL_SHEETS,
        group=GROUP,
    ),
    Field(key="grid_works_delay", label="配套工程超期原因", kind=Kind.LONG_TEXT, max_length=300, group=GROUP),
    Field(key="grid_works_paper", label="配套工程验收资料", kind=Kind.ATTACHMENT, group=GROUP),
)
GRID_FIELDS = (*BEGUN_FIELDS, *DONE_FIELDS)


def has_grid_works(case: Case, reference: Reference) -> bool:
    """Whether the survey found that the enterprise has to build something before it can supply."""
    return not circumstances(case, reference).isdisjoint({"grid_works", "restricted_access"})


def finishing_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing is finished that was not begun."""
    return "" if last(case, BEGUN) else "还没有登记配套工程启动"


def check_begun(_case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The end lies ahead."""
    end = day_of(values.get("grid_works_expected_end"))
    if end and end < context.day:
        yield Problem("grid_works_expected_end", "计划完成日期已过")


def check_done(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """In time order; a later end than was planned needs its reason."""
    yield from not_before(last(case, BEGUN), "配套工程启动", context)
    finished = day_of(values.get("grid_works_finished_on"))
    planned = day_of(answer(case, BEGUN, "grid_works_expected_end"))
    if finished and finished > context.day:
        yield Problem("grid_works_finished_on", "完成日期晚于登记时间,不能预先登记")
    if finished and planned and finished > planned and not values.get("grid_works_delay"):
        yield Problem("grid_works_delay", f"晚于计划完成日期 {planned},请写明超期原因")


GRID_TASKS: tuple[Task, ...] = (
    task(
        kind=BEGUN,
        label="登记配套工程启动",
        stage=STAGE,
        also_in=BESIDE,
        roles=WORKERS,
        fields=BEGUN_FIELDS,
        hint="供电企业投资的电网侧工程;时限从启动起算,政府审批、施工受阻的时间用“暂停”登记原因和证明",
        needed=optional,
        offered=has_grid_works,
        check=check_begun,
        events=happens("grid_works_started"),
        says=lambda values: str(values.get("grid_works_unit", "")),
    ),
    task(
        kind=DONE,
        label="登记配套工程完成",
        stage=STAGE,
        also_in=BESIDE,
        roles=WORKERS,
        fields=DONE_FIELDS,
        hint="验收投运后登记,时限到此为止;超过计划日期的写明原因",
        needed=optional,
        offered=has_grid_works,
        blocked=finishing_blocked,
        check=check_done,
        events=happens("grid_works_done"),
        says=lambda values: str(values.get("grid_works_finished_on", "")),
    ),
)
