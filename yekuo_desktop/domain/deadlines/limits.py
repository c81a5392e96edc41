"""What a time limit, its pauses and its outcome are made of. The counting is in `timelimits`."""

from datetime import date, datetime
from typing import Literal

import msgspec

ClassId = Literal["lv_resident", "lv_nonresident", "hv_single", "hv_dual"]
BusinessId = Literal["new", "increase", "temporary", "batch"]
StageId = Literal["acceptance", "survey", "design", "construction", "completion", "energization", "archive"]
Unit = Literal["workday", "day", "month", "year", "hour"]
FirstDay = Literal["same", "next"]
Exclusion = Literal["customer_side", "access_system_design", "government_approval", "blocked_construction"]
PauseKind = Literal[Exclusion, "other"]  # "other": the company's own affair, which no limit may exclude
Confidence = Literal["V", "V2", "M", "U"]

UNITS: dict[Unit, str] = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年", "hour": "小时"}
EXCLUSIONS: dict[Exclusion, str] = {
    "customer_side": "客户原因",
    "access_system_design": "客户委托接入系统设计",
    "government_approval": "政府审批",
    "blocked_construction": "施工受阻",
}
PAUSES: dict[str, str] = {str(kind): words for kind, words in EXCLUSIONS.items()} | {
    "other": "其他原因（照常计时）"
}
ASKED_AGAIN = "asked_again"
"""The customer wants something that was done to be done once more; see ``Event.again``."""
PAPERS_SENT, PAPERS_RECEIVED = "papers_sent", "papers_received"
PAPERS = frozenset({PAPERS_SENT, PAPERS_RECEIVED})
REQUESTS = frozenset(
    {
        *("meter_check_requested", "meter_checked", "anomaly_reported", "anomaly_answered"),
        *("complaint_received", "complaint_contacted", "complaint_answered"),
    }
)
BESIDE = PAPERS | REQUESTS
"""What happens beside the way of a case, to its papers and at the customer's request: no step of the way has
to come after it."""
EVENTS = {
    "submitted": "提交申请",
    "application_reviewed": "线上申请审核完毕",
    PAPERS_SENT: "资料移交",
    PAPERS_RECEIVED: "资料接收",
    "accepted": "正式受理",
    "work_order_received": "项目经理签收工单",
    "survey_done": "现场勘查完成",
    "site_ready": "具备勘查条件",
    "plan_replied": "供电方案答复",
    "plan_received": "客户签收供电方案",
    "plan_objected": "客户对供电方案提出异议",
    "survey_reopened": "具备条件后复勘",
    ASKED_AGAIN: "客户要求重新办理",
    "construction_started": "受电工程开工",
    "design_received": "受理设计资料",
    "design_resubmitted": "受理修改后的设计资料",
    "design_reviewed": "出具设计审查意见",
    "intermediate_applied": "中间检查申请",
    "intermediate_inspected": "中间检查",
    "intermediate_replied": "出具中间检查意见",
    "contract_signed": "签订供用电合同",
    "completion_applied": "竣工报验",
    "completion_inspected": "竣工检验",
    "connection_ready": "检验合格并办结手续",
    "connection_lost": "手续需要重新办理",
    "connected": "装表接电",
    "order_closed": "工单办结",
    "archived": "资料归档",
    "file_lent": "档案借出",
    "file_returned": "档案归还",
    "grid_works_started": "配套工程启动",
    "grid_works_done": "配套工程完成",
    "meter_check_requested": "受理校表申请",
    "meter_checked": "出具校表结果",
    "anomaly_reported": "客户提出抄表数据异常",
    "anomaly_answered": "核实并答复",
    "complaint_received": "受理投诉",
    "complaint_contacted": "联系客户",
    "complaint_answered": "答复处理意见",
}
"""What starts and stops limits, in the words of paper and screen."""
NOT_RUNNING = "目前没有计时环节（客户侧时间不计）"


class Pause(msgspec.Struct, frozen=True):
    """Time that some limits do not count. `end` None: still paused. `kind` says what it was for;
    `evidence` is the id of a file of the case or the number of a document (regulations.md R7)."""

    start: datetime
    end: datetime | None
    reason: str
    kind: PauseKind = "customer_side"
    evidence: str = ""

    def covers(self, moment: datetime) -> bool:
        """Whether the clock stands still at this moment."""
        return self.start <= moment and (self.end is None or moment < self.end)


class Interval(msgspec.Struct, frozen=True):
    """One stretch that a sum limit counts, from a start event to its stop event (None: still open)."""

    start: datetime
    end: datetime | None = None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The events that open and close one counted stretch of a sum limit."""

    starts_on: str
    stops_on: str


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True):
    """One time limit of a rule set. `amount` in `unit`; empty `classes`/`businesses` means all.

    `when`: conditions that must all hold; `unless`: none may. `excludes`: kinds of pause it does not count.
    `first_day` overrides the rule set's. `stage` empty: a service promise bound to no stage.
    `restarts_on`: what else begins it anew, e.g. an objection to the plan.
    """

    id: str
    label: str
    amount: int
    unit: Unit
    citation: str
    confidence: Confidence
    kind: Literal["stage", "sum", "whole"] = "stage"
    stage: StageId | Literal[""] = ""
    classes: tuple[ClassId, ...] = ()
    businesses: tuple[BusinessId, ...] = ()
    starts_on: str = ""
    stops_on: str = ""
    restarts_on: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    excludes: tuple[Exclusion, ...] = ()
    first_day: FirstDay | None = None

    @property
    def allowance(self) -> str:
        """The amount in words: 3 个工作日."""
        return f"{self.amount} {UNITS[self.unit]}"

    @property
    def counted_unit(self) -> str:
        """What the days of a count are called."""
        return UNITS["workday"] if self.unit == "workday" else UNITS["day"]


class DayLine(msgspec.Struct, frozen=True):
    """One day of a count. `number` is its place among the counted days, 0 when skipped."""

    date: date
    counted: bool
    number: int
    reason: str
    announced: bool = True


class Deadline(msgspec.Struct, frozen=True):
    """When a limit runs out. `due`/`warn` are None while the clock stands still; `held` then says why.

    `warn` is when one working day is left and the light turns yellow. `announced` is False when a listed
    day belongs to a year whose holidays are not published yet (未公布). `summary` is the count on one line.
    """

    limit: Limit
    first_day: FirstDay
    start: datetime
    due: datetime | None
    warn: datetime | None
    announced: bool
    days: tuple[DayLine, ...]
    summary: str = ""
    held: str = ""

    @property
    def used(self) -> int:
        """How many days the list counts (for a sum: used so far, or planned up to `due`)."""
        return sum(line.counted for line in self.days)


class Elapsed(msgspec.Struct, frozen=True):
    """How much of a sum limit is used up, in its unit. `remaining` is negative when overdrawn."""

    used: int
    remaining: int
    days: tuple[DayLine, ...]
