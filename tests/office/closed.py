"""A case taken at the desk from the counter to its shelf, for tests of what comes after."""

from random import Random

from tests.conftest import FixedClock
from tests.office.conftest import seen
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.delivery import Receipt
from yekuo_desktop.domain.office_acts import FirmSaved, SettingChanged
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.office import accepting, handover
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.practice.applications import application
from yekuo_desktop.office.practice.county import WAYS
from yekuo_desktop.office.practice.firms import firms
from yekuo_desktop.office.practice.way import perform, sit_down
from yekuo_desktop.office.setting_up import save


def closed(desk: Desk, clerk: Session, clock: FixedClock, klass: str, rules: str) -> Case:
    """A case from the counter to its shelf, half an hour an act."""
    with desk.store.unit() as unit:
        save(desk, unit, "office", "office.changed", SettingChanged("rules", "", rules))
        for firm in firms(clock().date()):
            save(desk, unit, f"firm:{firm.id}", "firm.saved", FirmSaved(firm))
    values = application(Random(4101), 1, clock().date(), klass)
    manager = accepting.propose_manager(desk, values)
    assert manager is not None
    case = accepting.accept(desk, clerk, values, seen(desk, values), manager.id, papers=True).case
    handover.hand_over_only(desk, clerk, (case.id,), "赵军")
    receipt = Receipt(case.delivery.sheet_no if case.delivery else "", "scan")
    case = act(desk, sit_down(desk, manager.login), case.id, "work_order.received", receipt)
    for _, answers in WAYS:
        for answer in answers(klass, clock().date()):
            if case.state == "archived":
                return case
            clock.advance(minutes=30)
            if TASKS[answer.kind].offered(case, desk.reference):
                case = perform(desk, case.id, answer)
    return case
