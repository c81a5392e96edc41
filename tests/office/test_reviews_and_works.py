"""Stages 3 and 4 at the desk: what the people of the practice county do there, for every class, with the
sheets that come in the same commit (product.md 3, 4; regulations.md 6.1)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from tests.conftest import FixedClock
from tests.office.conftest import seen
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.delivery import Receipt
from yekuo_desktop.domain.office_acts import FirmSaved, SettingChanged
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office import accepting, handover, printing
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.practice import construction, design, reply, survey
from yekuo_desktop.office.practice.answers import Answer
from yekuo_desktop.office.practice.applications import application
from yekuo_desktop.office.practice.firms import firms
from yekuo_desktop.office.practice.way import perform, sit_down
from yekuo_desktop.office.setting_up import save

WAY = (survey, reply, design, construction)


def way(klass: str, day: date) -> Iterator[Answer]:
    for stage in WAY:
        yield from stage.answers(klass, day)


def gone(desk: Desk, clerk: Session, clock: FixedClock, klass: str, rules: str) -> Case:
    """A case from the counter to the end of stage 4, an hour an act."""
    with desk.store.unit() as unit:
        save(desk, unit, "office", "office.changed", SettingChanged("rules", "", rules))
        for firm in firms(clock().date()):
            save(desk, unit, f"firm:{firm.id}", "firm.saved", FirmSaved(firm))
    values = application(Random(4101), 1, clock().date(), klass)
    manager = accepting.propose_manager(desk, values)
    assert manager is not None
    case = accepting.accept(desk, clerk, values, seen(desk, values), manager.id).case
    handover.hand_over_only(desk, clerk, (case.id,), "赵军")
    receipt = Receipt(case.delivery.sheet_no if case.delivery else "", "scan")
    case = act(desk, sit_down(desk, manager.login), case.id, "work_order.received", receipt)
    for answer in way(klass, clock().date()):
        clock.advance(hours=1)
        if TASKS[answer.kind].offered(desk.store.case(case.id) or case, desk.reference):
            case = perform(desk, case.id, answer)
    return case


def sheets(case: Case, *forms: str) -> dict[str, int]:
    return {form: count for form, count in Counter(p.form for p in case.papers).items() if form in forms}


@pytest.mark.parametrize("klass", CLASSES)
def test_the_whole_of_both_stages_with_every_sheet(
    desk: Desk, clerk: Session, clock: FixedClock, klass: str
) -> None:
    case = gone(desk, clerk, clock, klass, "seed")
    assert case.stage == "completion"
    assert sheets(case, *design_forms(), *construction_forms()) == {
        "design_submission": 2,
        "design_opinion": 2,
        "intermediate_registration": 1,
        "intermediate_opinion": 2,
        "metering_order": 1,
        "contract_notice": 1,
    }
    assert {p.seal for p in case.papers if p.form == "design_opinion"} == {"公章"}
    assert {p.seal for p in case.papers if p.form in construction_forms()} == {""}
    assert not {f.id for f in printing.available_forms(case)} & {*design_forms(), *construction_forms()}


@pytest.mark.parametrize("klass", ["lv_resident", "hv_single"])
def test_under_the_rule_of_2024_only_the_two_notices_are_left(
    desk: Desk, clerk: Session, clock: FixedClock, klass: str
) -> None:
    case = gone(desk, clerk, clock, klass, "supply_rules_2024")
    assert sheets(case, *design_forms(), *construction_forms()) == {"metering_order": 1, "contract_notice": 1}


def design_forms() -> tuple[str, ...]:
    return ("design_submission", "design_opinion")


def construction_forms() -> tuple[str, ...]:
    return ("intermediate_registration", "intermediate_opinion", "metering_order", "contract_notice")
