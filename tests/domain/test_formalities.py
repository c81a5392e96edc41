"""检验合格并办结相关手续: what must be settled before a customer is connected, and when the clock of it runs
(供电监管办法 1.1; regulations.md 1.3, 3.4 接电; 种子文件 六)."""

import pytest
from msgspec.structs import replace

from tests.domain.told import moment, opened, redone, then
from tests.domain.trade import reference
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import RunningLimit, running_limits
from yekuo_desktop.domain.formalities import connection_events, connection_ready, formalities

FEE = [{"name": "reliability", "amount": "1000", "basis": "省价费〔2017〕18号"}]
DEFECT = [{"what": "接地电阻偏大", "required": "整改", "responsible": "builder", "due": "2026-05-01"}]


def replied(klass: str, rules: str = "supply_rules_2024", **plan: object) -> Case:
    """A case whose plan was drafted on 2026-03-03 and replied on 2026-03-04."""
    case = then(opened(klass, rules), "plan.drafted", "2026-03-03", **plan)
    return then(case, "plan.replied", "2026-03-04", event="plan_replied")


def inspected(case: Case, on: str, result: str = "passed", **found: object) -> Case:
    return then(case, "completion.inspected", on, completion_result=result, **found)


def signed(case: Case, on: str) -> Case:
    return then(case, "contract.signed", on, event="contract_signed")


def paid(case: Case, on: str, amount: str = "1000") -> Case:
    return then(case, "fees.received", on, fees_amount=amount)


def settled(on: str = "2026-05-06") -> Case:
    """A high voltage customer with everything of his own settled, the fee last of all."""
    case = inspected(replied("hv_single", fees=FEE), "2026-05-04")
    return paid(signed(case, "2026-05-05"), on)


def told(case: Case) -> list[tuple[str, str]]:
    """The turns of the connection clock: what, and on which day."""
    return [(event.name, f"{event.stated:%Y-%m-%d}") for event in connection_events(case, reference())]


def why(case: Case) -> dict[str, str]:
    """What is missing, by formality; "" for what is settled."""
    return {f.id: f.why for f in formalities(case, reference())}


def connection(case: Case) -> list[RunningLimit]:
    return [found for found in running_limits(case, reference()) if found.limit == "connection"]


# ---- which there are -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klass", "rules", "inspection"),
    [
        # 供电营业规则 2024: 竣工检验 of high voltage only (1.3); the seed's process: of everybody (0A, 五)
        ("lv_resident", "supply_rules_2024", False),
        ("lv_nonresident", "supply_rules_2024", False),
        ("hv_single", "supply_rules_2024", True),
        ("hv_dual", "supply_rules_2024", True),
        ("lv_resident", "seed", True),
        ("hv_single", "seed", True),
    ],
)
def test_which_formalities_a_case_has(klass: str, rules: str, inspection: bool) -> None:
    found = [f.id for f in formalities(opened(klass, rules), reference())]
    assert found == [*(["inspection"] if inspection else []), "contract", "fees", "meter"]


def test_each_says_what_is_missing() -> None:
    assert why(opened("hv_single")) == {
        "inspection": "还没有竣工检验",
        "contract": "供用电合同还没有签订",
        "fees": "供电方案还没有答复,费用未定",
        "meter": "计量装置还没有安装",
    }
    case = then(settled(), "metering.installed", "2026-05-07")
    assert set(why(case).values()) == {""}
    assert all(f.settled for f in formalities(case, reference()))


@pytest.mark.parametrize(
    ("result", "defects", "reason"),
    [
        ("passed", [], ""),
        ("failed", [], "竣工检验不合格,等待复验"),
        ("failed", DEFECT, "还有 1 项缺陷没有整改合格"),
        ("passed", DEFECT, "还有 1 项缺陷没有整改合格"),
        ("passed", DEFECT * 3, "还有 3 项缺陷没有整改合格"),
    ],
)
def test_an_open_defect_is_no_passed_inspection(
    result: str, defects: list[dict[str, str]], reason: str
) -> None:
    """种子文件 五; product.md 5: open defects block energization."""
    case = inspected(replied("hv_single"), "2026-05-04", result, completion_defects=defects)
    assert why(case)["inspection"] == reason


def test_a_defect_is_closed_by_a_reinspection_with_evidence() -> None:
    case = inspected(replied("hv_single"), "2026-05-04", "failed", completion_defects=DEFECT)
    rows = [{"no": "1", "outcome": "复测 3.2 欧", "evidence": ""}]
    case = then(
        case, "completion.reinspected", "2026-05-06", completion_result="passed", completion_closed=rows
    )
    assert why(case)["inspection"] == "还有 1 项缺陷没有整改合格"
    proven = [{**rows[0], "evidence": "试验报告 JD-26-011"}]
    case = then(
        case, "completion.reinspected", "2026-05-07", completion_result="passed", completion_closed=proven
    )
    assert why(case)["inspection"] == ""


# ---- when the clock of 装表接电 starts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "order",
    [
        ("inspection", "contract", "fees"),
        ("fees", "contract", "inspection"),
        ("contract", "inspection", "fees"),
        ("inspection", "fees", "contract"),
    ],
)
def test_the_last_of_the_customers_own_starts_it_whichever_it_is(order: tuple[str, ...]) -> None:
    case, days = replied("hv_single", fees=FEE), ("2026-05-04", "2026-05-06", "2026-05-08")
    step = {"inspection": inspected, "contract": signed, "fees": paid}
    for which, on in zip(order, days, strict=True):
        assert connection_ready(case, reference()) is None
        case = step[which](case, on)
    assert told(case) == [("connection_ready", "2026-05-08")]
    ready = connection_ready(case, reference())
    assert ready is not None
    assert ready.entry == case.records[-1].id


def test_what_was_settled_earlier_and_recorded_later_starts_nothing_later() -> None:
    """The moment is that of the last one settled, not that of the last one written down."""
    case = paid(signed(replied("hv_single", fees=FEE), "2026-05-08"), "2026-05-06")
    case = inspected(case, "2026-05-04")
    (ready,) = connection_events(case, reference())
    assert ready.stated == moment("2026-05-08")
    assert ready.recorded == moment("2026-05-04")  # when it became known, kept beside it


def test_without_fees_and_inspection_the_contract_starts_it() -> None:
    assert told(signed(replied("lv_resident"), "2026-03-05")) == [("connection_ready", "2026-03-05")]


def test_a_contract_signed_before_the_reply_waits_for_it() -> None:
    case = then(opened("lv_resident"), "plan.drafted", "2026-03-03")
    case = signed(case, "2026-03-03 11:00")
    assert told(case) == []
    case = then(case, "plan.replied", "2026-03-04", event="plan_replied")
    assert told(case) == [("connection_ready", "2026-03-04")]


def test_the_meter_neither_starts_nor_stops_it() -> None:
    """装表 is the company's own work: that clock is what it is measured by."""
    case = settled()
    with_meter = then(case, "metering.installed", "2026-05-07")
    assert told(with_meter) == told(case) == [("connection_ready", "2026-05-06")]
    early = then(replied("hv_single", fees=FEE), "metering.installed", "2026-04-01")
    early = paid(signed(inspected(early, "2026-05-04"), "2026-05-05"), "2026-05-06")
    assert told(early) == told(case)


def test_a_case_that_was_never_accepted_has_no_clock() -> None:
    assert told(replace(settled(), number="")) == []


# ---- lost, and ready again -----------------------------------------------------------------------------


def test_a_contract_to_be_signed_anew_stops_the_clock_until_it_is() -> None:
    case = redone(settled(), "2026-05-07", "contract.signed")
    assert told(case) == [("connection_ready", "2026-05-06"), ("connection_lost", "2026-05-07")]
    assert connection_ready(case, reference()) is None
    case = signed(case, "2026-05-11")
    assert told(case)[2:] == [("connection_ready", "2026-05-11")]


def test_a_failed_reinspection_loses_it_and_the_next_brings_it_back() -> None:
    case = then(settled(), "completion.reinspected", "2026-05-07", completion_result="failed")
    assert told(case)[1:] == [("connection_lost", "2026-05-07")]
    case = then(case, "completion.reinspected", "2026-05-12", completion_result="passed")
    assert told(case)[2:] == [("connection_ready", "2026-05-12")]


def test_a_new_plan_loses_it_until_it_was_replied_and_paid() -> None:
    case = then(settled(), "plan.drafted", "2026-05-07", fees=[{**FEE[0], "amount": "1500"}])
    assert told(case)[1:] == [("connection_lost", "2026-05-07")]
    case = then(case, "plan.replied", "2026-05-08", event="plan_replied")
    assert why(case)["fees"] == "还欠业务费用 500.00 元"
    assert len(told(case)) == 2
    assert told(paid(case, "2026-05-11", "500"))[2:] == [("connection_ready", "2026-05-11")]


def test_a_cheaper_plan_is_ready_with_its_reply() -> None:
    case = then(settled(), "plan.drafted", "2026-05-07", fees=[{**FEE[0], "amount": "400"}])
    case = then(case, "plan.replied", "2026-05-08", event="plan_replied")
    case = then(case, "fees.refunded", "2026-05-11", refund_amount="600")
    assert told(case)[1:] == [("connection_lost", "2026-05-07"), ("connection_ready", "2026-05-08")]


def test_money_that_was_paid_back_is_owed_again() -> None:
    case = then(settled(), "fees.refunded", "2026-05-07", refund_amount="300")
    assert why(case)["fees"] == "还欠业务费用 300.00 元"
    assert told(case)[1:] == [("connection_lost", "2026-05-07")]


def test_an_earlier_statement_does_not_go_back_before_what_was_lost() -> None:
    """Ready again cannot be earlier than the loss, whatever day the new paper names."""
    case = redone(settled(), "2026-05-07", "contract.signed")
    case = signed(case, "2026-05-01")
    assert told(case) == [
        ("connection_ready", "2026-05-06"),
        ("connection_lost", "2026-05-07"),
        ("connection_ready", "2026-05-07"),
    ]


def test_what_comes_after_the_connection_starts_nothing() -> None:
    case = then(settled(), "energization.done", "2026-05-07", event="connected")
    before = told(case)
    case = signed(redone(case, "2026-06-01", "contract.signed"), "2026-06-02")
    assert told(case) == before
    undone = redone(case, "2026-06-03", "energization.done")
    assert told(undone)[1:] == [("connection_lost", "2026-06-01"), ("connection_ready", "2026-06-02")]


# ---- the limit that rests on it ------------------------------------------------------------------------


def test_each_turn_is_a_running_of_its_own() -> None:
    """供电营业规则 2024: 装表接电 3 wd after inspection and contract (1.3); first day the next."""
    case = redone(settled("2026-05-06"), "2026-05-07", "contract.signed")
    case = signed(case, "2026-05-11")
    case = then(case, "energization.done", "2026-05-12", event="connected")
    first, second = connection(case)
    assert (first.start, first.stopped) == (moment("2026-05-06"), moment("2026-05-07"))
    assert (second.start, second.stopped) == (moment("2026-05-11"), moment("2026-05-12"))
    assert second.label == "装表接电(第 2 次)"
    assert second.due == reference().hours.closing(moment("2026-05-14").date())


def test_a_connection_at_the_very_moment_of_the_last_formality_ends_what_it_started() -> None:
    case = then(settled("2026-05-06 10:00"), "energization.done", "2026-05-06 10:00", event="connected")
    (run,) = connection(case)
    assert run.start == run.stopped == moment("2026-05-06 10:00")


# ---- a plan that changes after the contract ------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "unsettled"),
    [
        ({"plan_capacity": "400"}, {"contract"}),
        ({"plan_tariff": "405"}, {"contract"}),
        ({"metering_points": [{"ct": "50/5"}]}, {"meter"}),
        ({"plan_notes": "表箱移至北墙"}, set()),  # nothing a contract or a meter rests on
    ],
)
def test_what_rests_on_figures_of_the_plan_is_done_anew_when_they_change(
    plan: dict[str, object], unsettled: set[str]
) -> None:
    first = {"plan_capacity": "315", "plan_tariff": "403", "metering_points": [{"ct": "30/5"}]}
    case = signed(inspected(replied("hv_single", **first), "2026-05-04"), "2026-05-05")
    case = then(case, "metering.installed", "2026-05-05")
    assert {id_ for id_, words in why(case).items() if words} == set()
    case = redone(case, "2026-05-07", "plan.drafted", "plan.replied")
    case = then(case, "plan.drafted", "2026-05-08", **{**first, **plan})
    case = then(case, "plan.replied", "2026-05-08", event="plan_replied")
    assert {id_ for id_, words in why(case).items() if words} == unsettled
    case = then(signed(case, "2026-05-11"), "metering.installed", "2026-05-11")
    assert {id_ for id_, words in why(case).items() if words} == set()
