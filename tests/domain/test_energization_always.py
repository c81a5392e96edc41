"""Whatever is done at stages 5 and 6, by whomever, in whatever order: nobody is connected with an open
defect, an unsigned contract, unpaid fees or no meter; three people act; and there is always a way on."""

from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from tests.domain import completion_cases, energization_cases
from tests.domain.trade import ORGANISATION, reference
from tests.domain.walk import DAY, given
from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.findings import findings
from yekuo_desktop.domain.formalities import DEFECTS, PASSED, formalities
from yekuo_desktop.domain.records import records
from yekuo_desktop.domain.stages.completion import rounds
from yekuo_desktop.domain.stages.energization import chain
from yekuo_desktop.domain.stages.energization.readiness import unready
from yekuo_desktop.office.practice import completion as practice_completion
from yekuo_desktop.office.practice import energization as practice_energization

PEOPLE = sorted(ORGANISATION.people)
STAGES = ("completion", "energization")
TASKS = [task for stage in STAGES for task in path.tasks_of(stage)]
CONNECTING = (chain.EXECUTED, chain.ON_SITE)
OTHERWISE = {PASSED: "failed", "failed": PASSED, "normal": "failed", "agree": "change"}
FORMALITIES: dict[str, dict[str, Any]] = {
    "contract.signed": {"contract_number": "HT-002"},
    "metering.installed": {},
    "fees.received": {"fees_amount": "900"},
    "fees.refunded": {"refund_amount": "500"},
}
ALL = frozenset({"contract", "fees", "meter"})
SETTLED = [*[ALL] * 4, *(ALL - {left_out} for left_out in sorted(ALL)), frozenset[str]()]
WAYS = [(klass, rules) for klass in ("hv_single", "lv_resident") for rules in ("seed", "supply_rules_2024")]


class Connecting(RuleBasedStateMachine):
    """One case from its completion report to the archive, its formalities settled or not."""

    @initialize(way=st.sampled_from(WAYS), settled=st.sampled_from(SETTLED), inspected=st.booleans())
    def comes_in(self, way: tuple[str, str], settled: frozenset[str], inspected: bool) -> None:
        klass, rules = way
        there = settled | {"inspection"} if inspected else settled
        self.trade = energization_cases.ready(klass, rules=rules, settled=there)
        early = not inspected and "completion" in path.passed(self.trade.case, reference())
        self.trade.case = replace(self.trade.case, stage="completion" if early else "energization")

    @rule(pick=st.randoms(use_true_random=False), steps=st.integers(1, 25))
    def goes_on(self, pick: Random, steps: int) -> None:
        """What is to be done next, mostly well."""
        for _ in range(steps):
            open_ = [task for task in TASKS if self._open_to(task)]
            if not open_:
                return
            undone = path.undone(self.trade.case, self.trade.case.stage, reference())
            task = next((task for task in open_ if task in undone), open_[0])
            self._try(task.kind, pick.choice(self._open_to(task)), self._answer(task.kind, pick, wrong=0.1))

    @rule(task=st.sampled_from(TASKS), by=st.sampled_from(PEOPLE), pick=st.randoms(use_true_random=False))
    def anything(self, task: Any, by: str, pick: Random) -> None:
        self._try(task.kind, by, self._answer(task.kind, pick, wrong=0.5))

    @rule(
        kind=st.sampled_from(
            ("contract.signed", *["fees.received"] * 3, "metering.installed", "fees.refunded")
        )
    )
    def a_formality_changes(self, kind: str) -> None:
        meters = {"installed_meters": energization_cases.METERS[self.trade.case.klass]}
        values = meters if kind == "metering.installed" else FORMALITIES[kind]
        given(self.trade, kind, **values)

    @rule(kind=st.sampled_from(("contract.signed", "metering.installed", "completion.inspected")))
    def a_formality_must_be_made_anew(self, kind: str) -> None:
        def undone(record: Record) -> Record:
            return replace(record, redone="有误") if record.kind == kind and not record.redone else record

        if not records(self.trade.case, *CONNECTING):
            kept = tuple(undone(record) for record in self.trade.case.records)
            self.trade.case = replace(self.trade.case, records=kept)

    @rule(pick=st.randoms(use_true_random=False), by=st.sampled_from(PEOPLE))
    def corrects(self, pick: Random, by: str) -> None:
        kinds = {task.kind for task in TASKS}
        known = [record for record in self.trade.case.records if record.kind in kinds and record.values]
        if not known:
            return
        record = pick.choice(known)
        key = pick.choice(sorted(record.values))
        old = record.values[key]
        change = path.Correction(record.id, {key: (old, otherwise(old, pick))}, "笔误")
        self._act("record.corrected", change, pick.choice((by, record.by)))

    @rule(pick=st.randoms(use_true_random=False), stage=st.sampled_from(STAGES))
    def sends_back(self, pick: Random, stage: str) -> None:
        kinds = sorted({record.kind for record in self.trade.case.records})
        redo = tuple(pick.sample(kinds, k=pick.randint(1, min(3, len(kinds)))))
        self._act("case.returned", path.Return(stage, redo, "不符"), "liming")

    # ---- doing -----------------------------------------------------------------------------------

    def _open_to(self, task: Any) -> list[str]:
        """Who can do it now."""
        case, everybody = self.trade.case, self.trade.organisation.people
        if case.stage not in task.stages:
            return []
        able = [login for login in PEOPLE if everybody[login].may(task.roles)]
        return [login for login in able if not task.blocked(case, everybody[login], reference())]

    def _answer(self, kind: str, pick: Random, wrong: float) -> dict[str, Any]:
        values = self._usual(kind, pick)
        for key in list(values):
            if isinstance(values[key], str) and values[key] in OTHERWISE and pick.random() < wrong:
                values[key] = OTHERWISE[values[key]]
        return values

    def _usual(self, kind: str, pick: Random) -> dict[str, Any]:
        case = self.trade.case
        klass = case.klass
        if kind.startswith("completion"):
            usual = practice_completion.answers(klass, DAY)
        else:
            usual = practice_energization.answers(klass, DAY)
        found = [answer.values for answer in usual if answer.kind == kind]
        values = {
            key: completion_cases.meant(value, case) for key, value in pick.choice(found or [{}]).items()
        }
        waiting = [found.no for found in rounds.waiting(case)]
        if kind == rounds.RECTIFIED:
            row = {"remedy": "已整改", "remedied_by": "施工单位", "evidence": "照片"}
            values["completion_rectified"] = [{"no": no, **row} for no in waiting if pick.random() < 0.8]
        if kind == "completion.reinspected":
            row = {"recheck": PASSED, "outcome": "合格", "evidence": "照片"}
            values["completion_closed"] = [{"no": no, **row} for no in waiting]
        if kind == chain.SCHEDULED:
            values["energization_late_reason"] = "客户要求"
        return values

    def _try(self, kind: str, by: str, values: dict[str, Any]) -> None:
        ready = unready(self.trade.case, reference())
        case = self.trade.case
        try:
            self.trade.do(kind, by, **values)
        except Refused:
            return
        if kind in CONNECTING:
            assert not ready, ready
            assert not [f.why for f in formalities(case, reference()) if f.settled is None]

    def _act(self, kind: str, payload: Any, by: str) -> None:
        try:
            self.trade.act(kind, payload, by)
        except Refused:
            return

    # ---- what holds ------------------------------------------------------------------------------

    @invariant()
    def three_people_three_times(self) -> None:
        case = self.trade.case
        done = chain.energized(case)
        if done is None or done.kind == chain.ON_SITE:
            return
        granted, given_, _ = chain.orders_of(case)
        assert granted is not None
        assert given_ is not None
        assert len({granted.by, given_.by, done.by}) == 3
        assert granted.stated <= given_.stated <= done.stated
        names = {self.trade.organisation.person_name(record.by) for record in (granted, given_)}
        assert done.values["energization_executor"] not in names

    @invariant()
    def passed_only_after_rectification(self) -> None:
        """R12."""
        case = self.trade.case
        if not rounds.passed(case):
            return
        places = {record.id: at for at, record in enumerate(case.records)}
        for found in findings(case, DEFECTS):
            assert found.closed
            assert found.evidence
            assert any(
                found.no in rounds.numbers_of(record.values["completion_rectified"])
                and places[record.id] < places[found.closed]
                for record in records(case, rounds.RECTIFIED)
            )

    @invariant()
    def sealed_only_when_right(self) -> None:
        case = self.trade.case
        sealed, checked = chain.sealed(case), chain.checked(case)
        if sealed is None:
            return
        assert checked is not None
        assert checked.values["meter_check_result"] == PASSED
        if checked.values["meter_prepaid"] is True:
            assert checked.values["meter_alarm_test"] == checked.values["meter_trip_test"] == PASSED
        assert checked.stated <= sealed.stated

    @invariant()
    def nobody_reaches_the_archive_unconnected(self) -> None:
        case = self.trade.case
        if case.stage == "archive":
            assert chain.energized(case) is not None
            assert chain.sealed(case) is not None

    @invariant()
    def there_is_a_way_on(self) -> None:
        """Where something is to be done, somebody can do something; only the formalities may stop it."""
        case = self.trade.case
        if case.stage not in STAGES or not path.undone(case, case.stage, reference()):
            return
        stuck = not any(self._open_to(task) for task in TASKS)
        assert not stuck or (case.stage == "energization" and unready(case, reference()))


def otherwise(value: Any, pick: Random) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return value[1:]
    return pick.choice((OTHERWISE.get(value, "改"), "", value))


TestConnecting = Connecting.TestCase
TestConnecting.settings = settings(
    max_examples=50,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
