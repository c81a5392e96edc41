"""The tasks of stage 7, in their order: the file is closed, then kept."""

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Values
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.archive import guards, rounds
from yekuo_desktop.domain.stages.archive.fields import (
    ACCEPTED,
    CHECKED,
    CLOSED,
    COUNTED,
    HANDED,
    REVIEWED,
    SHELVED,
)
from yekuo_desktop.domain.stages.archive.shelf_acts import SHELF_TASKS
from yekuo_desktop.domain.tasks import happens, task

STAGE = "archive"


def _archived(_case: Case, values: Values) -> tuple[str, ...]:
    """资料归档 is done when the archivist has taken the file."""
    return ("archived",) if values.get("archive_result") == ACCEPTED else ()


def _reviewed(values: Values) -> str:
    if values.get("archive_result") == ACCEPTED:
        return f"接收归档,档案号 {values.get('archive_number', '')}"
    return f"退回补正,{len(values.get('archive_reasons') or ())} 项"


TASKS = (
    task(
        kind=rounds.CLOSED,
        label="工单办结",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER, Role.CLERK, Role.SUPERVISOR),
        fields=CLOSED,
        hint="营销系统信息归档后登记工单办结;本业务规则集的归档时限从此刻起算",
        needed=guards.closes_orders,
        offered=guards.closes_orders,
        check=guards.check_closing,
        events=happens("order_closed"),
        says=lambda values: str(values.get("order_official_number", "")),
    ),
    task(
        kind=rounds.CHECKED,
        label="逐件检查归档资料",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER,),
        fields=CHECKED,
        hint="对照归档资料清单逐件检查完整性和有效性;缺件、缺签章、互相矛盾的退回补正,不能带病归档",
        done=lambda case: rounds.now(case, rounds.CHECKED) is not None,
        blocked=guards.checking_blocked,
        locked=lambda case: "档案已移交,不能再改" if rounds.now(case, rounds.HANDED) else "",
        propose=guards.propose_check,
        check=guards.check_items,
        repeats=True,
        says=lambda values: f"在卷 {len(rounds.papers_in(values))} 件",
    ),
    task(
        kind=rounds.HANDED,
        label="移交档案",
        stage=STAGE,
        roles=(Role.PROJECT_MANAGER,),
        fields=HANDED,
        hint="打印归档资料清单,连同资料移交营业员、资料员签收",
        done=lambda case: rounds.now(case, rounds.HANDED) is not None,
        blocked=guards.handing_blocked,
        locked=lambda case: "资料员已复核,不能再改" if rounds.now(case, rounds.REVIEWED) else "",
        propose=guards.propose_handing,
        check=guards.check_handing,
        papers=("archive_list",),
        says=lambda values: f"{values.get('archive_pieces', '')} 件",
    ),
    task(
        kind=rounds.COUNTED,
        label="营业员核收",
        stage=STAGE,
        roles=(Role.CLERK,),
        fields=COUNTED,
        hint="按归档资料清单清点,相符的签收",
        done=lambda case: rounds.now(case, rounds.COUNTED) is not None,
        blocked=guards.counting_blocked,
        locked=lambda case: "资料员已复核,不能再改" if rounds.now(case, rounds.REVIEWED) else "",
        check=guards.check_counting,
        says=lambda values: f"实收 {values.get('archive_counted', '')} 件",
    ),
    task(
        kind=rounds.REVIEWED,
        label="资料员复核归档",
        stage=STAGE,
        roles=(Role.ARCHIVIST,),
        fields=(*REVIEWED, *SHELVED),
        hint="复核内容、程序、签章和日期;合格的编档案号上架,不合格的写明原因退回",
        done=rounds.accepted,
        blocked=guards.reviewing_blocked,
        propose=guards.propose_review,
        check=guards.check_review,
        events=_archived,
        papers=("archive_cover", "archive_catalogue"),
        says=_reviewed,
    ),
    *SHELF_TASKS,
)
