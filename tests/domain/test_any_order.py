"""Whatever is done, by whomever, in whatever order: what must hold on the way of a case holds.

The people do what they would do (the answers of the practice county) mixed with anything else: tasks out of
order, by the wrong person, with answers missing or failed, corrections, returns, pauses, withdrawal.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from tests.domain.trade import ORGANISATION, START, Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Attachment, Case, Delivery, Event, Material
from yekuo_desktop.domain.case_columns import case_row
from yekuo_desktop.domain.casework import Reason, Suspension
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.field import filled
from yekuo_desktop.domain.formalities import formalities
from yekuo_desktop.domain.journal import apply
from yekuo_desktop.domain.papers import Facts, Snapshot
from yekuo_desktop.domain.paperwork import Issue
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.domain.stages.acceptance.guards import wanted_materials
from yekuo_desktop.domain.stages.acceptance.papers import papers_at_acceptance
from yekuo_desktop.domain.tasks import Recorded
from yekuo_desktop.domain.vocabulary import CLASSES, STAGES
from yekuo_desktop.office.practice.answers import (
    CUSTOMER,
    FILE,
    MANAGER,
    TODAY,
    Answer,
    completed,
    customer_of,
    day_meant,
)
from yekuo_desktop.office.practice.applications import application
from yekuo_desktop.office.practice.county import WAYS

PEOPLE = sorted(ORGANISATION.people)
ORDER = tuple(STAGES)
RULES = ("seed", "supply_rules_2024", "rules_2019", "regulation_2010", "promise_2022", "sgcc_2026")
SCAN = Attachment(id="scan", sha256="0" * 64, name="扫描件.png", media_type="image/png", size=1)
FAILED = {"passed": "failed", "agreed": "change", "agree": "change"}  # what may be answered instead


@cache
def script(klass: str) -> tuple[Answer, ...]:
    """What the practice county records for such a case from survey to archive."""
    return tuple(answer for _, answers in WAYS for answer in answers(klass, date(2026, 3, 10)))


def said(value: Any, trade: Trade) -> Any:
    """People, files and days put in: a person's id is his login here."""
    case = trade.case
    if isinstance(value, list):
        return [{key: said(part, trade) for key, part in row.items()} for row in value]
    if callable(value):
        return value(case, reference())
    if not isinstance(value, str):
        return value
    known = {FILE: SCAN.id, CUSTOMER: customer_of(case), MANAGER: case.project_manager}
    if value.startswith(TODAY):
        return day_meant(value, trade.now.date())
    return known.get(value, value.removeprefix("@"))


class Way(RuleBasedStateMachine):
    """One case and everybody who may touch it."""

    @initialize(klass=st.sampled_from(sorted(CLASSES)), rules=st.sampled_from(RULES))
    def accepted(self, klass: str, rules: str) -> None:
        applied = application(Random(f"{klass}{rules}"), 1, START.date(), klass)
        self.trade = Trade(klass, "survey", rules=rules, values=applied)
        self.trade.case = self.start = at_hand(self.trade.case)
        for form in papers_at_acceptance(self.trade.case):
            self._issue(form.id)
        self.at, self.most = 0, 0

    @rule(steps=st.integers(5, 40))
    def as_usual(self, steps: int) -> None:
        """The next things somebody would do; what went wrong before is set right first."""
        for _ in range(steps):
            answers = script(self.trade.case.klass)
            answer = answers[self.at] if self.at < len(answers) else None
            self.at += 1
            if answer is None or not self._try(answer, answer.by):
                self._set_right(answers)

    def _set_right(self, answers: tuple[Answer, ...]) -> None:
        """Whatever is still needed here, as somebody answers it who knows how it must end."""
        case = self.trade.case
        if case.state != "open":
            return
        waiting = path.undone(case, case.stage, reference())
        for task in (*waiting, *(t for t in path.tasks_of(case.stage) if t not in waiting)):
            for answer in reversed([a for a in answers if a.kind == task.kind]):
                if self._try(answer, answer.by):
                    return

    @rule(pick=st.randoms(use_true_random=False), by=st.sampled_from(PEOPLE))
    def anything(self, pick: Random, by: str) -> None:
        """Some task, by anybody, perhaps with an answer changed or left out."""
        answers = script(self.trade.case.klass)
        if answers:
            answer = pick.choice(answers)
            self._try(Answer(answer.kind, by, dict(disturbed(answer.values, pick)), answer.proposed), by)

    @rule(pick=st.randoms(use_true_random=False), by=st.sampled_from(PEOPLE))
    def corrects(self, pick: Random, by: str) -> None:
        """Somebody changes what was recorded."""
        if not self.trade.case.records:
            return
        record = pick.choice(self.trade.case.records)
        if not record.values:
            return
        key = pick.choice(sorted(record.values))
        wanted = dict(disturbed({key: record.values[key]}, pick)).get(key, "")
        change = path.Correction(record.id, {key: (record.values[key], wanted)}, "填写有误")
        self._act("record.corrected", change, by)

    @rule(pick=st.randoms(use_true_random=False), by=st.sampled_from(PEOPLE))
    def sends_back(self, pick: Random, by: str) -> None:
        """Somebody has work done anew."""
        kinds = sorted({record.kind for record in self.trade.case.records})
        if kinds:
            redo = tuple(pick.sample(kinds, k=min(len(kinds), pick.randint(1, 3))))
            self._act("case.returned", path.Return(pick.choice(ORDER), redo, "资料不符"), by)

    @rule(
        kind=st.sampled_from(("case.withdrawn", "case.terminated", "case.reopened", "case.resumed")),
        by=st.sampled_from(PEOPLE),
    )
    def stops_or_goes_on(self, kind: str, by: str) -> None:
        self._act(kind, Reason("客户要求"), by)
        self._act("case.reopened", Reason("恢复"), "zhaojun")

    @rule(by=st.sampled_from(PEOPLE))
    def pauses(self, by: str) -> None:
        self._act("case.suspended", Suspension("等客户", evidence="说明"), by)
        self._act("case.resumed", Reason("已备齐"), "wangli")

    @rule(hours=st.integers(1, 400))
    def time_passes(self, hours: int) -> None:
        self.trade.later(hours=hours)

    def _try(self, answer: Answer, by: str) -> bool:
        login = self.trade.case.project_manager if by == MANAGER else by
        values = {key: said(value, self.trade) for key, value in answer.values.items()}
        if answer.proposed:
            values = completed(self._proposed(answer.kind, login), values)
        try:
            self._do(answer.kind, login, values)
        except Refused:
            return False
        event(f"{answer.kind} at all")
        if answer.kind in CONNECTING:
            self._settled(answer.kind)
        return True

    def _do(self, kind: str, login: str, values: dict[str, Any]) -> None:
        """A task with its papers, and the step to the next stage where it was the last one."""
        kept = {key: value for key, value in values.items() if filled(value)}
        self.trade.act(kind, Recorded(kept), login)
        for form in path.TASKS[kind].papers:
            self._issue(form)
        move = path.next_stage(self.trade.case, reference())
        if move:
            self.trade.act("case.moved", move, login)

    def _issue(self, form: str) -> None:
        """A sheet of the form, as far as the case may have one now."""
        trade, paper = self.trade, ALL_FORMS[form]
        if not paper.when(trade.case) or (paper.single and trade.case.standing(form)):
            return
        facts = Facts(
            case=trade.case,
            organisation=trade.organisation,
            reference=reference(),
            station="HK",
            now=trade.now,
        )
        sheet = Snapshot(
            form=form,
            title=paper.title,
            layout="",
            sheet_no=f"{trade.case.number}-{len(trade.case.papers) + 1}",
            values=paper.values(facts),
            seal_name=paper.seal,
            issued=trade.now,
            issued_by="王丽",
        )
        trade.act("paper.issued", Issue(sheet), "wangli")

    def _proposed(self, kind: str, login: str) -> dict[str, Any]:
        found = self.trade.proposed(kind, login).values()
        return {each.field: each.value for each in found if filled(each.value) or each.value is False}

    def _act(self, kind: str, payload: Any, by: str) -> None:
        try:
            self.trade.act(kind, payload, by)
        except Refused:
            return

    def _settled(self, kind: str) -> None:
        """Nobody is connected with an open defect, an unsigned contract, unpaid fees or no meter."""
        waiting = [f.why for f in formalities(self.trade.case, reference()) if f.settled is None]
        assert not waiting, f"{kind}: {waiting}"

    @invariant()
    def nothing_is_lost(self) -> None:
        case = self.trade.case
        assert len(case.records) >= self.most
        self.most = len(case.records)

    def teardown(self) -> None:
        """The fold of everything that was written is the case, whatever the order was."""
        if not hasattr(self, "start"):
            return
        case = self.start
        for entry in self.trade.entries:
            case = apply(case, entry)
        assert case == self.trade.case

    @invariant()
    def it_stands_where_its_rules_let_it_stand(self) -> None:
        case = self.trade.case
        way = path.passed(case, reference())
        behind = [stage for stage in way if ORDER.index(stage) < ORDER.index(case.stage)]
        open_ = {stage: path.undone(case, stage, reference()) for stage in behind if stage != "acceptance"}
        assert case.state == "archived" or case.stage in way or not case.records
        assert not any(open_.values()), {stage: [t.label for t in tasks] for stage, tasks in open_.items()}

    @rule()
    def every_limit_can_be_told(self) -> None:
        case_row(self.trade.case)
        running_limits(self.trade.case, reference())


CONNECTING = frozenset({"energization.executed", "energization.connected"})


def at_hand(case: Case) -> Case:
    """With every paper of the customer seen, the work order signed for, and a scan to point at."""
    rules = wanted_materials(case.values, reference().rulesets[case.rules])
    seen = {rule.id: Material(original_seen=True, copies=1) for rule in rules}
    signed = Event("work_order_received", START, START, "e0")
    order = Delivery(
        sheet_no="1", project_manager=case.project_manager, received=START, received_by=case.project_manager
    )
    return replace(case, attachments=(SCAN,), materials=seen, events=(*case.events, signed), delivery=order)


def disturbed(values: dict[str, Any], pick: Random) -> Iterator[tuple[str, Any]]:
    """The same answers, some of them failed, empty or left out."""
    for key, value in values.items():
        chance = pick.random()
        if isinstance(value, str) and value in FAILED and chance < 0.4:
            yield key, FAILED[value]
        elif isinstance(value, bool) and chance < 0.2:
            yield key, not value
        elif chance > 0.05:
            yield key, value


TestWay = Way.TestCase
TestWay.settings = settings(
    max_examples=60,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
