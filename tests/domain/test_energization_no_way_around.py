"""Ways around the energization that a reviewer looked for: one person in three hands, seals before the check,
a permit from before a pause, evidence taken away, a record changed behind the customer's signature
(种子文件 六; regulations.md 5.3 R3, R7, R14)."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.domain.energization_cases import ready, said, walked
from tests.domain.refusing import change, refused
from tests.domain.trade import EVERYBODY, ORGANISATION, Trade, reference
from tests.domain.walk import given
from tests.paper.samples import sheet_of
from yekuo_desktop.domain.agreement import disagreements
from yekuo_desktop.domain.casework import AttachmentRemoval, Reason, Suspension
from yekuo_desktop.domain.completeness import Discrepancy
from yekuo_desktop.domain.delivery import Transfer
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.paperwork import Issue, Reprint
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.acceptance.acts import Change
from yekuo_desktop.domain.stages.energization.readiness import conditions
from yekuo_desktop.office.printing import available_forms

TASKED, PERMITTED, COMMANDED = "energization.tasked", "energization.permitted", "energization.commanded"
EXECUTED, CHECKED, REMEDIED, SEALED = (
    "energization.executed",
    "meter.checked",
    "meter.rectified",
    "meter.sealed",
)


def with_second_hands(trade: Trade) -> Trade:
    """Two more people of every role: what one of them touched, the other may still do."""
    second = replace(EVERYBODY, id="second", login="second", name="兼职二")
    third = replace(EVERYBODY, id="third", login="third", name="兼职三")
    people = {**ORGANISATION.people, "second": second, "third": third}
    trade.organisation = replace(ORGANISATION, people=people)
    return trade


# ---- three people --------------------------------------------------------------------------------


def test_whoever_corrected_the_permit_does_not_command() -> None:
    trade = with_second_hands(walked(TASKED))
    trade.do(PERMITTED, "everybody", **said(PERMITTED))
    assert change(trade, PERMITTED, "second", permit_notes="注意相序") == ""
    assert "须由另一人下达" in trade.refusal(COMMANDED, "second", **said(COMMANDED))
    assert trade.refusal(COMMANDED, "third", **said(COMMANDED)) == ""


def test_nor_does_whoever_corrected_the_command_execute() -> None:
    trade = with_second_hands(walked(TASKED))
    trade.do(PERMITTED, "heping", **said(PERMITTED))
    trade.do(COMMANDED, "everybody", **said(COMMANDED))
    assert change(trade, COMMANDED, "second", command_no="SD-018") == ""
    assert "三个不同的人" in trade.refusal(EXECUTED, "second", **said(EXECUTED))
    assert "不能又是执行人" in trade.refusal(
        EXECUTED, "third", **said(EXECUTED, energization_executor="兼职二")
    )
    assert trade.refusal(EXECUTED, "third", **said(EXECUTED)) == ""


@pytest.mark.parametrize("name", ["何平", "何 平", " 何平 ", "何　平"])
def test_a_space_in_a_name_makes_nobody_another(name: str) -> None:
    trade = walked(COMMANDED)
    found = trade.refusal(EXECUTED, "liming", **said(EXECUTED, energization_executor=name))
    assert "不能又是执行人" in found or "姓名" in found or "空格" in found


# ---- times ---------------------------------------------------------------------------------------


def test_seals_are_not_fixed_before_the_check() -> None:
    trade = walked(CHECKED, 2)
    before = trade.case.records[-1].stated - timedelta(minutes=5)
    assert "早于" in trade.refusal(SEALED, "duwei", before, **said(SEALED))


def test_nothing_is_put_right_before_it_was_found_nor_checked_before_it_was_put_right() -> None:
    trade = walked(CHECKED, 1)
    early = trade.case.records[-1].stated - timedelta(minutes=5)
    assert "早于" in trade.refusal(REMEDIED, "duwei", early, **said(REMEDIED))
    trade = walked(REMEDIED, 1)
    early = trade.case.records[-1].stated - timedelta(minutes=5)
    assert "早于" in trade.refusal(CHECKED, "duwei", early, **said(CHECKED, 1))


def test_a_permit_does_not_outlive_a_pause() -> None:
    """Weeks may lie between: the site is looked at again before anybody commands."""
    trade = walked(PERMITTED)
    trade.act("case.suspended", Suspension("客户设备待修", evidence="客户书面说明"), "liming")
    assert trade.refusal(COMMANDED, "maqiang", **said(COMMANDED)) == "业务已暂停,不能送电命令"
    trade.later(days=20)
    trade.act("case.resumed", Reason("修好"), "liming")
    assert "须重新许可" in trade.refusal(COMMANDED, "maqiang", **said(COMMANDED))
    trade.do(PERMITTED, "heping", **said(PERMITTED))
    trade.do(COMMANDED, "maqiang", **said(COMMANDED))
    trade.do(EXECUTED, "liming", **said(EXECUTED))


def test_a_permit_does_not_outlive_a_withdrawal() -> None:
    trade = walked(PERMITTED)
    trade.act("case.withdrawn", Reason("客户不办了"), "liming")
    trade.later(days=20)
    slow = trade.case.events[-1].stated  # by the clock of a machine that is slow
    trade.act("case.reopened", Reason("客户改变主意"), "zhaojun", slow)
    assert "须重新许可" in trade.refusal(COMMANDED, "maqiang", **said(COMMANDED))
    trade.do(PERMITTED, "heping", **said(PERMITTED))
    trade.do(COMMANDED, "maqiang", **said(COMMANDED))


# ---- preconditions -------------------------------------------------------------------------------


def test_the_newest_answer_about_the_works_outside_stands() -> None:
    trade = given(ready(), "survey.done", external_line=True)
    trade.do("energization.scheduled", "liming", **said("energization.scheduled"))
    late = said("energization.scheduled", external_works_accepted=False, energization_late_reason="外线返工")
    trade.do("energization.scheduled", "liming", **late)
    outside = next(found for found in conditions(trade.case, reference()) if found.id == "external")
    assert outside.settled is None
    again = trade.proposed("energization.scheduled", "liming")
    assert "external_works_accepted" not in again


@pytest.mark.parametrize("rules", ["supply_rules_2024", "seed"])
def test_a_case_is_not_made_another_one_to_leave_its_inspection_out(rules: str) -> None:
    """Low voltage is not inspected under the rules of 2024: nobody reclassifies his way past a defect."""
    trade = ready(rules=rules, settled=("contract", "fees", "meter"))
    other = Change({"klass": ("hv_single", "lv_nonresident")}, "更正")
    words = refused(trade, "case.changed", other, "wangli")
    assert "退回“勘查与方案”" in words


# ---- what was recorded ---------------------------------------------------------------------------


def test_evidence_that_a_record_names_is_not_taken_away() -> None:
    trade = walked(SEALED)
    words = refused(trade, "case.attachment_withdrawn", AttachmentRemoval("scan", "拍错了"), "wangli")
    assert "签字的装拆单扫描件" in words or "记录" in words


def test_nor_what_proves_that_time_was_the_customers() -> None:
    trade = ready()
    trade.act("case.suspended", Suspension("客户外出", evidence="scan"), "liming")
    words = refused(trade, "case.attachment_withdrawn", AttachmentRemoval("scan", "拍错了"), "wangli")
    assert "暂停" in words


def test_what_hangs_under_voltage_was_installed_so() -> None:
    meters = [{"place": "高压计量柜", "asset_no": "9", "meter": "3×1.5(6)A", "installer": "杜伟"}]
    trade = walked(TASKED)
    by = trade.case.records[-3].by
    assert "不能再改" not in change(trade, "metering.installed", by, installed_meters=meters)
    trade = walked(EXECUTED)
    assert "已经送电,不能再改" in change(trade, "metering.installed", by, installed_meters=meters)


def test_a_slip_the_customer_signed_is_not_changed_behind_him() -> None:
    """A corrected seal makes the sheet say something else: the archive asks (5.2 档案不一致)."""
    trade = walked(SEALED)
    slip = sheet_of("meter_slip", trade)
    trade.act("paper.issued", Issue(replace(slip, issued=trade.now)), "duwei")
    assert change(trade, SEALED, "duwei", meter_slip_scan="") == ""
    assert doubts(trade) == []
    seals = said(SEALED)["seals"]
    assert change(trade, SEALED, "duwei", seals=[{**seals[0], "seal_no": "Z9"}, *seals[1:]]) == ""
    (doubt,) = doubts(trade)
    assert doubt.subject == f"计量装拆单 {slip.sheet_no}"
    assert (doubt.wanted, doubt.found) == ("与更正后的登记一致", "出具后登记有更正(笔误)")
    assert doubt.explainable
    trade.act("paper.voided", Reprint(slip.sheet_no, "封签写错"), "duwei")
    assert doubts(trade) == []
    assert "meter_slip" in {form.id for form in available_forms(trade.case)}


def doubts(trade: Trade) -> list[Discrepancy]:
    found = disagreements(trade.case, (), reference())
    return [doubt for doubt in found if "计量装拆单" in doubt.subject]


# ---- stations ------------------------------------------------------------------------------------


def elsewhere(trade: Trade) -> Trade:
    stations = (Station("HK", "河口供电所"), Station("QL", "青龙供电所"))
    trade.organisation = replace(trade.organisation, stations=stations)
    return trade


def test_another_station_goes_on_with_the_energization() -> None:
    trade = elsewhere(walked(TASKED))
    trade.act("case.transferred", Transfer("QL", "辖区调整", "sunhao"), "zhaojun")
    assert (trade.case.station, trade.case.project_manager) == ("QL", "sunhao")
    trade.do(PERMITTED, "heping", **said(PERMITTED))
    trade.do(COMMANDED, "maqiang", **said(COMMANDED))
    trade.do(EXECUTED, "sunhao", **said(EXECUTED))


def test_nobody_who_has_left_takes_a_case_over() -> None:
    trade = elsewhere(walked(TASKED))
    gone = replace(trade.organisation.people["sunhao"], active=False)
    trade.organisation = replace(trade.organisation, people={**trade.organisation.people, "sunhao": gone})
    words = refused(trade, "case.transferred", Transfer("QL", "辖区调整", "sunhao"), "zhaojun")
    assert words == "请选择客户项目经理"
    assert Role.PROJECT_MANAGER in gone.roles
