"""What may happen to a case at every stage: withdraw, suspend, resume, terminate, reopen, transfer to another
station, correct, note, attach, send back (product.md, At every stage). Nothing is lost by any of it, and the
business goes on from where it was."""

from collections import deque
from copy import copy
from functools import cache
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.refusing import refused
from tests.domain.test_any_order import at_hand, said, script
from tests.domain.trade import START, Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.case import Case, Delivery, Event
from yekuo_desktop.domain.casework import (
    Attaching,
    AttachmentRemoval,
    NoteText,
    OverdueReason,
    Reason,
    Suspension,
)
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.delivery import Receipt, Transfer
from yekuo_desktop.domain.field import filled
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.stages.acceptance.acts import Change
from yekuo_desktop.domain.vocabulary import CLASSES, STAGES
from yekuo_desktop.office.practice.answers import MANAGER, Answer, completed
from yekuo_desktop.office.practice.applications import application

STATIONS = (Station("HK", "河口供电所"), Station("QL", "青龙供电所"))


def begun(klass: str) -> Trade:
    """Formally accepted under the seven stages of the seed, its work order on the way."""
    applied = application(Random(klass), 1, START.date(), klass)
    trade = Trade(klass, "acceptance", rules="seed", values=applied)
    trade.organisation = replace(trade.organisation, stations=STATIONS)
    waiting = Delivery(sheet_no="1", project_manager="liming")
    trade.case = replace(at_hand(trade.case), delivery=waiting, events=trade.case.events)
    return trade


def does(trade: Trade, answer: Answer) -> None:
    """One task as the practice county does it."""
    by = trade.case.project_manager if answer.by == MANAGER else answer.by
    values = {key: said(value, trade) for key, value in answer.values.items()}
    found = trade.proposed(answer.kind, by).values() if answer.proposed else ()
    known = {p.field: p.value for p in found if filled(p.value) or p.value is False}
    trade.do(answer.kind, by, **completed(known, values))


def signs(trade: Trade) -> None:
    trade.act("work_order.received", Receipt("1", "scan"), trade.case.project_manager)


@cache
def reached(klass: str, stage: str) -> tuple[Trade, tuple[Answer, ...]]:
    """A case that came to a stage, with something recorded there, and what is still to be done."""
    trade, left = begun(klass), deque(script(klass))
    if stage == "acceptance":
        return trade, tuple(left)
    signs(trade)
    while left and not begun_there(trade.case, stage):
        answer = left.popleft()
        if path.TASKS[answer.kind].offered(trade.case, reference()):
            does(trade, answer)
    assert trade.case.stage == stage
    return trade, tuple(left)


def begun_there(case: Case, stage: str) -> bool:
    """Whether a case is at a stage and something was done there; what is filed needs its sheets first."""
    kinds = {path.TASKS[record.kind].stage for record in case.records}
    return case.stage == stage and (stage in kinds or stage == "archive")


def at(klass: str, stage: str) -> Trade:
    """The same for a test of its own."""
    trade = copy(reached(klass, stage)[0])
    trade.entries = list(trade.entries)
    return trade


def goes_on(trade: Trade, klass: str, stage: str) -> None:
    """The next thing there was to do can be done."""
    if stage == "acceptance":
        signs(trade)
        return
    todo = (a for a in reached(klass, stage)[1] if path.TASKS[a.kind].offered(trade.case, reference()))
    does(trade, next(todo))


def same_but(trade: Trade, before: Case, **changes: Any) -> None:
    """Nothing else of the case is different."""
    expected = replace(before, rev=trade.case.rev, **changes)
    assert trade.case == expected


EVERYWHERE = pytest.mark.parametrize(
    ("klass", "stage"), [("hv_dual", stage) for stage in STAGES] + [("lv_resident", s) for s in STAGES]
)


@EVERYWHERE
def test_suspended_and_resumed(klass: str, stage: str) -> None:
    trade = at(klass, stage)
    before = trade.case
    trade.act("case.suspended", Suspension("客户外出", evidence="客户书面说明"), "wangli")
    assert (trade.case.state, trade.case.stage) == ("suspended", stage)
    held = [limit for limit in running_limits(trade.case, reference()) if limit.paused and not limit.stopped]
    assert held or stage not in ("survey", "energization")  # whose clocks exclude the customer
    task = next(iter(path.tasks_of(stage)), None)
    if task:
        assert trade.refusal(task.kind, "everybody").startswith("业务已暂停,不能")
    trade.later(days=3)
    trade.act("case.resumed", Reason("客户回来"), "wangli")
    same_but(trade, before, pauses=trade.case.pauses)
    goes_on(trade, klass, stage)


@EVERYWHERE
def test_withdrawn_and_reopened(klass: str, stage: str) -> None:
    trade = at(klass, stage)
    before = trade.case
    by = "zhaojun" if stage == "archive" else "wangli"  # under voltage it is no matter of the counter
    if stage == "archive":
        words = refused(trade, "case.withdrawn", Reason("客户不办了"), "wangli")
        assert words == "客户已经送电,撤回申请由班长办理;登记有误的请退回重办"
    trade.act("case.withdrawn", Reason("客户不办了"), by)
    same_but(trade, before, state="withdrawn")
    stopped_dead(trade)
    assert refused(trade, "case.reopened", Reason("客户改变主意"), "wangli") == "重新启用由班长办理"
    trade.act("case.reopened", Reason("客户改变主意"), "zhaojun")
    same_but(trade, before, reopened_after=len(before.records))
    goes_on(trade, klass, stage)


@EVERYWHERE
def test_terminated_and_reopened(klass: str, stage: str) -> None:
    trade = at(klass, stage)
    before = trade.case
    assert refused(trade, "case.terminated", Reason("重复申请"), "wangli") == "终止由班长办理"
    assert refused(trade, "case.terminated", Reason(" "), "zhaojun") == "请写明原因"
    trade.act("case.terminated", Reason("重复申请"), "zhaojun")
    same_but(trade, before, state="terminated")
    stopped_dead(trade)
    trade.act("case.reopened", Reason("终止有误"), "zhaojun")
    same_but(trade, before, reopened_after=len(before.records))
    goes_on(trade, klass, stage)


def stopped_dead(trade: Trade) -> None:
    """Nothing runs and nothing is done any more; what was written may still be read and remarked on."""
    assert all(limit.stopped or limit.paused for limit in running_limits(trade.case, reference()))
    for task in (t for t in path.tasks_of(trade.case.stage) if trade.case.state not in t.states):
        assert "业务已" in trade.refusal(task.kind, "everybody")
    assert "业务已" in refused(trade, "case.attached", Attaching("f", "s", "a.png", "image/png", 1), "wangli")
    assert refused(trade, "case.noted", NoteText("客户来电"), "wangli") == ""
    trade.case = replace(trade.case, notes=trade.case.notes[:-1])


@EVERYWHERE
@pytest.mark.parametrize("manager", ["", "sunhao"])
def test_another_station_goes_on_with_it(klass: str, stage: str, manager: str) -> None:
    trade = at(klass, stage)
    before = trade.case
    assert refused(trade, "case.transferred", Transfer("HK", "辖区"), "zhaojun") == "请选择另一个供电所"
    assert refused(trade, "case.transferred", Transfer("QL", "辖区"), "liming") == "移交其他供电所由班长办理"
    trade.act("case.transferred", Transfer("QL", "辖区调整", manager), "zhaojun")
    new = manager or before.project_manager
    order = before.delivery
    carried = order and (order if order.received else replace(order, project_manager=new))
    sent = Event("papers_sent", trade.now, trade.now, trade.entries[-1].id)
    same_but(
        trade, before, station="QL", project_manager=new, delivery=carried, events=(*before.events, sent)
    )
    goes_on(trade, klass, stage)


@EVERYWHERE
def test_a_suspended_case_is_transferred_as_well(klass: str, stage: str) -> None:
    trade = at(klass, stage)
    trade.act("case.suspended", Suspension("客户外出", evidence="客户书面说明"), "wangli")
    trade.act("case.transferred", Transfer("QL", "辖区调整", "sunhao"), "zhaojun")
    trade.act("case.resumed", Reason("客户回来"), "wangli")
    assert (trade.case.station, trade.case.stage) == ("QL", stage)


@EVERYWHERE
def test_the_application_is_corrected_with_its_old_value_kept(klass: str, stage: str) -> None:
    trade = at(klass, stage)
    old = trade.case.values.get("remarks", "")
    words = "更正后的备注"
    assert refused(trade, "case.changed", Change({"remarks": (old, words)}), "wangli") == (
        "正式受理后更正须写明原因"
    )
    trade.act("case.changed", Change({"remarks": (old, words)}, "客户补充"), "wangli")
    assert trade.case.values["remarks"] == words
    said_ = trade.entries[-1]
    assert old in bytes(said_.payload).decode() and "客户补充" in bytes(said_.payload).decode()
    assert refused(trade, "case.changed", Change({"remarks": (old, "再改")}, "晚了"), "wangli").endswith(
        "刚被别人改过,请核对后再改"
    )
    goes_on(trade, klass, stage)


@EVERYWHERE
def test_a_record_is_corrected_or_says_why_not(klass: str, stage: str) -> None:
    """Whatever the stage: the newest record that is open to correction is, by who made it; a locked one is
    refused in words, and sent back instead."""
    trade = at(klass, stage)
    for record in trade.case.records:
        task = path.TASKS[record.kind]
        key = next((f.key for f in task.fields if isinstance(record.values.get(f.key), str)), None)
        if key is None:
            continue
        same = record.values[key]
        change = path.Correction(record.id, {key: (same, same)}, "笔误")
        words = refused(trade, "record.corrected", change, record.by)
        locked = path.locked(task, trade.case, record)
        assert (words == locked) if locked else not words.startswith("没有"), task.label
    assert len(trade.case.records) == len(reached(klass, stage)[0].case.records)


@EVERYWHERE
def test_notes_files_and_reasons(klass: str, stage: str) -> None:
    trade = at(klass, stage)
    trade.act("case.noted", NoteText("客户来电询问"), "liming")
    trade.act("case.attached", Attaching("f1", "s", "现场.png", "image/png", 9), "liming")
    trade.act("case.attachment_withdrawn", AttachmentRemoval("f1", "拍错了"), "liming")
    trade.act("case.overdue_explained", OverdueReason("plan_reply", "客户补资料"), "liming")
    assert trade.case.attachments[-1].withdrawn == "拍错了"
    assert trade.case.notes[-1].text == "客户来电询问"
    goes_on(trade, klass, stage)


@pytest.mark.parametrize("klass", CLASSES)
@pytest.mark.parametrize("stage", list(STAGES)[2:])
def test_back_to_any_earlier_stage(klass: str, stage: str) -> None:
    """From every later stage to every one before it: what was done there first must be done anew."""
    order = list(STAGES)
    for to in order[1 : order.index(stage) + 1]:
        trade = at(klass, stage)
        done = next((r.kind for r in trade.case.records if path.TASKS[r.kind].stage == to), "")
        if not done:
            continue
        assert refused(trade, "case.returned", path.Return(to, (done,), ""), "liming") == "请写明退回原因"
        trade.act("case.returned", path.Return(to, (done,), "资料不符"), trade.case.project_manager)
        assert trade.case.stage == to
        assert all(record.redone for record in trade.case.records if record.kind == done)
        assert len(trade.case.records) == len(reached(klass, stage)[0].case.records)


def test_a_case_that_was_only_registered_is_withdrawn_and_taken_up_again() -> None:
    trade = begun("lv_resident")
    trade.case = replace(trade.case, state="registered", number="", delivery=None)
    trade.act("case.withdrawn", Reason("客户改日再来"), "wangli")
    trade.act("case.reopened", Reason("客户来了"), "zhaojun")
    assert trade.case.state == "registered"
    assert refused(trade, "case.suspended", Suspension("等"), "wangli").endswith("不能暂停")
    assert refused(trade, "case.transferred", Transfer("QL", "辖区"), "zhaojun").endswith(
        "不能移交其他供电所"
    )
