"""用电检查专责 permits, 配网管理 commands, the builder's crew executes: three people, three times, in order
(种子文件 六; product.md 6); again from the permit after a trial that failed."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.completion_cases import texts
from tests.domain.energization_cases import ready, said, walked
from tests.domain.refusing import correction
from tests.domain.trade import ORGANISATION, PEOPLE, Trade, reference
from tests.domain.walk import given
from yekuo_desktop.domain import path
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.energization import chain

TASKED, PERMITTED, COMMANDED = "energization.tasked", "energization.permitted", "energization.commanded"
EXECUTED, CHECKED, SCHEDULED = "energization.executed", "meter.checked", "energization.scheduled"
BAD = {"energization_result": "failed", "energization_fault": "进线开关跳闸,电缆头放电"}


@pytest.mark.parametrize(
    ("done", "kind", "by", "words"),
    [
        (TASKED, COMMANDED, "maqiang", "用电检查专责还没有许可送电"),
        (TASKED, EXECUTED, "liming", "用电检查专责还没有许可送电"),
        (PERMITTED, EXECUTED, "liming", "配网管理还没有下达送电命令"),
        (PERMITTED, PERMITTED, "heping", "送电许可已经登记,有误请更正"),
        (COMMANDED, COMMANDED, "maqiang", "送电命令已经登记,有误请更正"),
        (COMMANDED, CHECKED, "duwei", "还没有试送电"),
        (EXECUTED, EXECUTED, "liming", "执行送电(试送电)已经登记,有误请更正"),
    ],
)
def test_each_in_its_order(done: str, kind: str, by: str, words: str) -> None:
    assert walked(done).refusal(kind, by, **said(kind)) == words


@pytest.mark.parametrize(
    ("kind", "by", "words"),
    [
        (PERMITTED, "maqiang", "送电许可由用电检查专责办理"),
        (COMMANDED, "heping", "送电命令由配网管理办理"),
        (COMMANDED, "liming", "送电命令由配网管理办理"),
        (EXECUTED, "wangli", "执行送电(试送电)由班长、客户项目经理、用电检查专责、计量人员办理"),
    ],
)
def test_three_roles(kind: str, by: str, words: str) -> None:
    before = {PERMITTED: TASKED, COMMANDED: PERMITTED, EXECUTED: COMMANDED}[kind]
    assert walked(before).refusal(kind, by, **said(kind)) == words


def test_three_people_also_where_one_holds_every_role() -> None:
    """A person may hold several roles at a small station; the three acts stay three people's."""
    trade = walked(TASKED)
    trade.do(PERMITTED, "everybody", **said(PERMITTED))
    refused = trade.refusal(COMMANDED, "everybody", **said(COMMANDED))
    assert refused == "送电由您许可(或更正),命令须由另一人下达"
    trade.do(COMMANDED, "maqiang", **said(COMMANDED))
    assert "三个不同的人" in trade.refusal(EXECUTED, "everybody", **said(EXECUTED))
    assert trade.refusal(EXECUTED, "liming", **said(EXECUTED)) == ""


def test_whoever_commanded_does_not_record_the_execution() -> None:
    person = replace(PEOPLE["maqiang"], roles=(Role.DISPATCHER, Role.METERING))
    organisation = replace(ORGANISATION, people={**ORGANISATION.people, "maqiang": person})
    trade = walked(COMMANDED)
    trade.organisation = organisation
    assert "三个不同的人" in trade.refusal(EXECUTED, "maqiang", **said(EXECUTED))


@pytest.mark.parametrize(("name", "words"), [("何平", "何平是许可人"), ("马强", "马强是下令人")])
def test_the_one_who_executes_is_neither_of_the_others(name: str, words: str) -> None:
    values = said(EXECUTED, energization_executor=name)
    assert words in walked(COMMANDED).refusal(EXECUTED, "liming", **values)


@pytest.mark.parametrize(
    ("kind", "before", "by", "words"),
    [
        (PERMITTED, TASKED, "heping", "所填时间早于"),
        (COMMANDED, PERMITTED, "maqiang", "所填时间早于送电许可("),
        (EXECUTED, COMMANDED, "liming", "所填时间早于送电命令("),
    ],
)
def test_three_times_in_order(kind: str, before: str, by: str, words: str) -> None:
    trade = walked(before)
    early = trade.now - timedelta(hours=2)
    assert words in trade.refusal(kind, by, early, **said(kind))


def test_the_permit_is_not_earlier_than_what_it_rests_on() -> None:
    """R3: connection after inspection, contract, fees."""
    trade = walked(TASKED)
    contract = chain.records(trade.case, "contract.signed")[-1]
    early = contract.stated - timedelta(minutes=30)
    assert "所填时间早于供用电合同已签订" in trade.refusal(PERMITTED, "heping", early, **said(PERMITTED))


@pytest.mark.parametrize(
    ("kind", "before", "by", "changes", "words"),
    [
        (PERMITTED, TASKED, "heping", {"permit_site_ready": False}, "现场不具备送电条件,不能许可"),
        (PERMITTED, TASKED, "heping", {"permit_scope": ""}, "请填写许可送电的设备和范围"),
        (COMMANDED, PERMITTED, "maqiang", {"command_repeated": False}, "受令人没有复诵"),
        (COMMANDED, PERMITTED, "maqiang", {"command_receiver": "马强"}, "受令人不能是下令人自己"),
        (COMMANDED, PERMITTED, "maqiang", {"command_content": ""}, "请填写命令内容"),
        (EXECUTED, COMMANDED, "liming", {"energization_unit": ""}, "请填写执行送电的施工单位"),
        (EXECUTED, COMMANDED, "liming", {"energization_executor": ""}, "请填写现场执行负责人"),
        (EXECUTED, COMMANDED, "liming", {"energization_trial": ""}, "请填写试送电情况"),
        (EXECUTED, COMMANDED, "liming", {"energization_result": "failed"}, "请填写未成功的原因和处理"),
    ],
)
def test_what_each_must_say(kind: str, before: str, by: str, changes: dict[str, Any], words: str) -> None:
    assert words in walked(before).refusal(kind, by, **said(kind, **changes))


def test_two_sources_are_phased() -> None:
    trade = walked(COMMANDED, klass="hv_dual")
    refused = trade.refusal(EXECUTED, "liming", **said(EXECUTED, klass="hv_dual", energization_phasing=False))
    assert refused == "双电源客户须两路电源核相正确,才算送电正常"
    assert walked(COMMANDED).refusal(EXECUTED, "liming", **said(EXECUTED)) == ""


def test_another_day_than_agreed_is_asked_about() -> None:
    trade = walked(COMMANDED)
    assert texts(trade.found(EXECUTED, "liming", **said(EXECUTED)), warning=True) == ""
    trade.later(days=1)
    found = texts(trade.found(EXECUTED, "liming", **said(EXECUTED)), warning=True)
    assert found == "与商定的送电日期 2026-03-10 不同"


def test_the_command_is_proposed_from_the_task() -> None:
    found = walked(PERMITTED).proposed(COMMANDED, "maqiang")
    assert found["command_receiver"].value == "郑长顺"
    assert found["command_content"].value.startswith("1. 检查")
    executed = walked(COMMANDED).proposed(EXECUTED, "liming")
    assert executed["energization_executor"].value == "郑长顺"


# ---- a trial that failed -------------------------------------------------------------------------


def failed() -> Trade:
    trade = walked(COMMANDED)
    trade.do(EXECUTED, "liming", **said(EXECUTED, **BAD))
    return trade


def test_a_trial_that_failed_is_no_connection() -> None:
    trade = failed()
    assert trade.case.event("connected") is None
    assert chain.energized(trade.case) is None
    assert trade.refusal(CHECKED, "duwei", **said(CHECKED)) == "还没有试送电"


def test_after_a_failed_trial_everything_is_given_anew() -> None:
    trade = failed()
    assert trade.refusal(EXECUTED, "liming", **said(EXECUTED)) == "用电检查专责还没有许可送电"
    assert trade.refusal(COMMANDED, "maqiang", **said(COMMANDED)) == "用电检查专责还没有许可送电"
    trade.do(PERMITTED, "heping", **said(PERMITTED))
    trade.do(COMMANDED, "maqiang", **said(COMMANDED))
    trade.do(EXECUTED, "liming", **said(EXECUTED))
    assert [event.name for event in trade.case.events].count("connected") == 1
    granted, given_, done = chain.orders_of(trade.case)
    assert granted and given_ and done
    assert granted.stated < given_.stated < done.stated


# ---- no way around -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "kind", "key", "wanted", "words"),
    [
        (COMMANDED, PERMITTED, "permit_scope", "全部", "已经下达送电命令,不能再改"),
        (EXECUTED, COMMANDED, "command_content", "分闸", "已经执行,不能再改"),
        (EXECUTED, EXECUTED, "energization_result", "failed", "不能改为未成功;请退回重办"),
        (CHECKED, EXECUTED, "energization_trial", "好", "已经现场核表,不能再改"),
        (PERMITTED, TASKED, "energization_crew", "别家", "已经许可送电,不能再改"),
        (EXECUTED, EXECUTED, "energization_executor", "何平", "何平是许可人"),
    ],
)
def test_what_rests_on_something_keeps_it(done: str, kind: str, key: str, wanted: Any, words: str) -> None:
    assert words in correction(walked(done), kind, key, wanted)


def test_a_failed_trial_is_not_corrected_into_a_connection() -> None:
    assert "未成功的送电记录不能改" in correction(failed(), EXECUTED, "energization_result", "normal")


def test_a_slip_of_the_pen_may_be_mended() -> None:
    assert correction(walked(EXECUTED), EXECUTED, "energization_trial", "冲击合闸 3 次均正常") == ""


@pytest.mark.parametrize("kind", ["contract.signed", "completion.inspected", "metering.installed"])
def test_a_permit_does_not_outlive_what_it_rested_on(kind: str) -> None:
    trade = walked(PERMITTED)
    rows = next(r.values for r in trade.case.records if r.kind == kind)
    given(trade, kind, **rows)
    assert "须重新许可" in trade.refusal(COMMANDED, "maqiang", **said(COMMANDED))
    trade.do(PERMITTED, "heping", **said(PERMITTED))
    assert trade.refusal(COMMANDED, "maqiang", **said(COMMANDED)) == ""


@pytest.mark.parametrize(
    ("done", "kind", "by"),
    [(PERMITTED, COMMANDED, "maqiang"), (COMMANDED, EXECUTED, "liming")],
)
def test_money_paid_back_stops_command_and_execution(done: str, kind: str, by: str) -> None:
    trade = walked(done)
    given(trade, "fees.refunded", refund_amount="500")
    assert trade.refusal(kind, by, **said(kind)) == "还欠业务费用 500.00 元,不能送电"


def test_an_execution_without_its_command_does_not_count() -> None:
    """A command that must be given anew takes the execution with it."""
    trade = walked(EXECUTED)
    trade.act("case.returned", path.Return("energization", (COMMANDED,), "命令有误"), "liming")
    assert chain.energized(trade.case) is None
    kinds = {task.kind for task in path.undone(trade.case, "energization", reference())}
    assert {PERMITTED, COMMANDED, EXECUTED} <= kinds


def test_an_execution_that_is_sent_back_is_done_again_on_its_orders() -> None:
    trade = walked("meter.sealed")
    assert trade.case.stage == "archive"
    trade.act("case.returned", path.Return("energization", (EXECUTED,), "时间有误"), "liming")
    kinds = {task.kind for task in path.undone(trade.case, "energization", reference())}
    assert kinds == {EXECUTED, CHECKED, "meter.sealed"}
    trade.do(EXECUTED, "liming", **said(EXECUTED))


def test_the_low_voltage_case_has_no_orders() -> None:
    trade = ready("lv_resident")
    assert trade.refusal(PERMITTED, "heping", **said(PERMITTED)) == "这件业务不需要送电许可"
    high = ready()
    values = said("energization.connected", klass="lv_resident")
    assert high.refusal("energization.connected", "duwei", **values) == "这件业务不需要现场接电(试送电)"
