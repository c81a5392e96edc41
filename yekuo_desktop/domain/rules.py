"""The entries a rule set is made of besides its limits: stages, papers, validity, licences; and for whom."""

from typing import Literal

import msgspec

from yekuo_desktop.domain.deadlines.limits import UNITS, BusinessId, ClassId, Confidence, Limit, StageId, Unit

NONE: frozenset[str] = frozenset()

CONDITIONS = {
    "importance": "重要电力用户",
    "estate": "居民住宅小区",
    "authorised": "委托他人办理",
    "organisation": "单位客户",
    "public_facility": "无产权的公共设施（信号灯、基站等）",
    "charging_pile": "充电桩",
    "two_high": "两高项目",
    "nonlinear": "非线性负荷",
    "impact": "冲击性负荷",
    "own_supply": "自备应急电源",
    "receiving_works": "有受电工程",
    "hidden_works": "有隐蔽工程",
    "no_hidden_works": "写明没有隐蔽工程",
    "direct_metering": "可直接装表",
    "grid_works": "有业扩配套工程",
    "external_line": "有外线工程",
    "three_zero": "三零服务（160 kW 及以下小微企业等）",
    "restricted_access": "电网接入受限",
    "same_day_service": "当日受理、次日接电",
    "online": "线上申请",
    "kv35_up": "35 kV 及以上",
    "no_design_review": "未经设计审查的高压用户",
}
"""Circumstances a rule may depend on; a case that says nothing about one does not fulfil it."""

STEPS = {
    "joint_survey": "联合勘查",
    "design_review": "设计审查",
    "intermediate_inspection": "中间检查",
    "completion_inspection": "竣工检验",
    "three_certificates": "设备三证审查",
    "contractor_licence": "施工资质审查",
    "network_part": "竣工检验只验涉网部分",
    "energization_orders": "送电许可与命令",
    "startup_committee": "启动委员会",
}

Party = Literal[
    "customer",
    "utility",
    "clerk",
    "manager",
    "surveyor",
    "approver",
    "designer",
    "metering",
    "contracts",
    "permitter",
    "commander",
    "executor",
    "handler",
    "archivist",
]
PARTIES: dict[Party, str] = {
    "customer": "客户",
    "utility": "供电企业",
    "clerk": "受理人",
    "manager": "客户项目经理",
    "surveyor": "勘查人",
    "approver": "审批人",
    "designer": "设计单位",
    "metering": "计量人员",
    "contracts": "合同管理员",
    "permitter": "许可人",
    "commander": "下令人",
    "executor": "执行人",
    "handler": "移交人",
    "archivist": "资料员",
}
"""Who signs or stamps a filed paper (regulations.md 6.1)."""
ATTACHED = frozenset({"supply_contract"})
"""Papers that neither a form of ours nor a list of the customer's papers holds: attached to the case."""
FigureUnit = Literal["workday", "day", "month", "year"]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For whom an entry holds: empty `classes`/`businesses` means all; all of `when`, one of `any_of`,
    none of `unless` must be fulfilled."""

    classes: tuple[ClassId, ...] = ()
    businesses: tuple[BusinessId, ...] = ()
    when: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    citation: str = ""
    confidence: Confidence = "V2"


class StageRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case passes this stage; with `step`, this step of the stage is required."""

    stage: StageId
    step: str = ""


class MaterialRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One paper the customer brings. `subject_qualification`: the one paper of 一证受理.

    `step`: asked for only where this step (see STEPS) is demanded.
    """

    id: str
    label: str
    stage: StageId = "acceptance"
    required: bool = True
    subject_qualification: bool = False
    may_be_owed: bool = False
    may_be_copy: bool = True
    needs_seal: bool = False
    step: str = ""
    note: str = ""


class ArchiveItem(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One paper of the finished file. `original`: a copy will not do (〔2019〕431号).

    `form` and `material` name what proves it: a sheet of the case, a paper of the customer; with both,
    either does. `step`: filed only where this step (see STEPS) is demanded. `signed`, `sealed`: by whom
    (regulations.md 6.1); the customer's stamp is asked of organisations only.
    """

    id: str
    label: str
    stage: StageId
    step: str = ""
    required: bool = True
    original: bool = False
    form: str = ""
    material: str = ""
    signed: tuple[Party, ...] = ()
    sealed: tuple[Party, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that is no time limit of a case: how long a file is lent, a contract kept."""

    id: str
    label: str
    amount: int
    unit: FigureUnit
    citation: str
    confidence: Confidence

    @property
    def allowance(self) -> str:
        """The amount in words: 10 年."""
        return f"{self.amount} {UNITS[self.unit]}"


class PlanValidity(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long a supply plan holds; an extension is asked for `extend_before` days before it ends."""

    amount: int
    unit: Unit
    extend_before: int


class LicenceGrade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contractor's grade and the highest voltage it may build, kV; None: any."""

    grade: str
    max_kv: int | None = None


class Licence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The licence table in force. Two exist, so a stored licence names its `regime`."""

    regime: str
    grades: tuple[LicenceGrade, ...]
    years_valid: int | None = None
    citation: str
    confidence: Confidence

    def allows(self, grade: str, kilovolt: float) -> bool:
        """Whether this grade may build at this voltage; an unknown grade may not."""
        found = next((entry for entry in self.grades if entry.grade == grade), None)
        return found is not None and (found.max_kv is None or kilovolt <= found.max_kv)


def applies(rule: Rule | Limit, klass: str, business: str, flags: frozenset[str]) -> bool:
    """Whether an entry holds for this class, business (empty: any) and circumstances."""
    if rule.classes and klass not in rule.classes:
        return False
    if rule.businesses and business and business not in rule.businesses:
        return False
    if isinstance(rule, Rule) and rule.any_of and flags.isdisjoint(rule.any_of):
        return False
    return flags.issuperset(rule.when) and flags.isdisjoint(rule.unless)
