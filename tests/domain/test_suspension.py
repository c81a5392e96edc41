"""暂停: what stands still, and with what evidence (regulations.md 1.8, R7: every exclusion evidenced)."""

import msgspec
import pytest

from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.casework import Suspension
from yekuo_desktop.domain.clocks import RunningLimit, running_limits
from yekuo_desktop.domain.deadlines.limits import PAUSES


def running(case: Case) -> dict[str, RunningLimit]:
    return {found.key: found for found in running_limits(case, reference())}


@pytest.mark.parametrize(
    ("klass", "rules", "kind", "demanded"),
    [
        # 供电营业规则 2024: every stage limit excludes the customer's own time (1.8, first row)
        ("hv_single", "supply_rules_2024", "customer_side", True),
        # nothing in that set excludes blocked construction: the clock runs on, nothing to prove
        ("hv_single", "supply_rules_2024", "blocked_construction", False),
        # 业扩配套工程 of sgcc_2026 excludes it (1.5)
        ("hv_single", "sgcc_2026", "blocked_construction", True),
        # 十项承诺 2022, 居民全过程: no exclusion stated (R7)
        ("lv_resident", "promise_2022", "customer_side", False),
        ("hv_dual", "supply_rules_2024", "other", False),
    ],
)
def test_evidence_is_demanded_where_a_limit_would_stand_still(
    klass: str, rules: str, kind: str, demanded: bool
) -> None:
    trade = Trade(klass, "survey", rules=rules)
    payload = Suspension("原因", kind)  # type: ignore[arg-type]
    if not demanded:
        assert trade.act("case.suspended", payload, "wangli").state == "suspended"
        return
    with pytest.raises(Refused, match="请写明证明材料") as refused:
        trade.act("case.suspended", payload, "wangli")
    assert [problem.field for problem in refused.value.problems] == ["evidence"]
    assert PAUSES[kind] in str(refused.value)
    evidence = msgspec.structs.replace(payload, evidence="示自然资〔2026〕12号")
    assert trade.act("case.suspended", evidence, "wangli").pauses[-1].evidence == "示自然资〔2026〕12号"


def test_only_the_limits_that_exclude_the_kind_stand_still() -> None:
    trade = Trade("hv_single", "survey")
    trade.act("case.suspended", Suspension("设备检修", "other"), "wangli")
    assert running(trade.case)["plan_reply"].due is not None
    trade = Trade("hv_single", "survey")
    trade.act("case.suspended", Suspension("补办产权证明", evidence="书面申请"), "wangli")
    held = running(trade.case)
    assert held["plan_reply"].due is None
    assert held["utility_sum"].due is None
    # 种子文件 一: 内部时限，客户原因不影响送达
    assert held["work_order_delivery"].due is not None


def test_an_entry_from_before_evidence_was_asked_for_is_still_read() -> None:
    old = msgspec.json.decode(b'{"reason":"x","kind":"government_approval"}', type=Suspension)
    assert (old.reason, old.kind, old.evidence) == ("x", "government_approval", "")
