"""Permit, command, execution: three acts of three people in this order, anew after an energization that
failed (种子文件 六). Then the meter is checked, put right where it must be, sealed."""

from collections.abc import Iterator

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.formalities import (
    CONTRACT_SIGNED,
    INSPECTED,
    METER_INSTALLED,
    PASSED,
    PLAN_REPLIED,
    REINSPECTED,
)
from yekuo_desktop.domain.records import records, since
from yekuo_desktop.domain.tasks import step_required

SCHEDULED, TASKED = "energization.scheduled", "energization.tasked"
PERMITTED, COMMANDED = "energization.permitted", "energization.commanded"
EXECUTED, ON_SITE = "energization.executed", "energization.connected"
CHECKED, REMEDIED, SEALED = "meter.checked", "meter.rectified", "meter.sealed"
NORMAL, FAILED = "normal", "failed"  # codes of energization_results.toml, inspection_results.toml

RESTS_ON = (INSPECTED, REINSPECTED, CONTRACT_SIGNED, METER_INSTALLED, PLAN_REPLIED)
"""What a permit rests on: recorded anew, the permit must be given anew."""
orders_required = step_required("energization_orders")
"""Whether such a case is energized by permit and command; the others metering staff connect on site."""


def permit(case: Case) -> Record | None:
    """The permit that stands for the next execution; none that something it rests on, a pause or a
    withdrawal came after."""
    found = since(case, PERMITTED, EXECUTED, *RESTS_ON)
    return found[-1] if found and not rested_since(case, found[-1]) else None


def rested_since(case: Case, record: Record) -> bool:
    """Whether the business rested after something was recorded: a reopening by the order in which things
    were recorded, which no clock decides."""
    if record in case.records[: case.reopened_after]:
        return True
    return any(pause.end is None or pause.end > record.stated for pause in case.pauses)


def outlived(case: Case) -> bool:
    """Whether a permit was given for the next execution, and does not stand any more."""
    return permit(case) is None and bool(since(case, PERMITTED, EXECUTED))


def command(case: Case) -> Record | None:
    """The command that stands for it, given after the permit."""
    found = since(case, COMMANDED, PERMITTED, EXECUTED) if permit(case) is not None else ()
    return found[-1] if found else None


def energized(case: Case) -> Record | None:
    """The record of the energization that succeeded, by a permit and a command before it where it was
    executed by the builder's crew; its stated time is the connection."""
    return next(_energized(case), None)


def _energized(case: Case) -> Iterator[Record]:
    """The newest first."""
    orders: set[str] = set()
    found: list[Record] = []
    for record in records(case, PERMITTED, COMMANDED, EXECUTED, ON_SITE, *RESTS_ON):
        if record.kind in RESTS_ON:
            orders = set()
        elif record.kind == PERMITTED:
            orders = {PERMITTED}
        elif record.kind == COMMANDED:
            orders |= {COMMANDED} if PERMITTED in orders else set()
        else:
            ordered = record.kind == ON_SITE or len(orders) == 2
            found += [record] if ordered and succeeded(record) else []
            orders = set()
    yield from reversed(found)


def succeeded(record: Record) -> bool:
    """Whether an energization went well."""
    return bool(record.values.get("energization_result") == NORMAL)


def orders_of(case: Case) -> tuple[Record | None, Record | None, Record | None]:
    """Permit, command and execution that belong together: of the connection, else those under way."""
    done = energized(case)
    if done is None or done.kind == ON_SITE:
        return permit(case), command(case), done
    before = [record for record in records(case, PERMITTED, COMMANDED, EXECUTED) if record.id != done.id]
    places = {record.id: at for at, record in enumerate(case.records)}
    before = [record for record in before if places[record.id] < places[done.id]]
    newest = {record.kind: record for record in before}
    return newest.get(PERMITTED), newest.get(COMMANDED), done


# ---- the meter -----------------------------------------------------------------------------------


def checks(case: Case) -> tuple[Record, ...]:
    """Checks of the meter and what put it right, since it is under voltage."""
    done = energized(case)
    if done is None:
        return ()
    places = {record.id: at for at, record in enumerate(case.records)}
    found = records(case, CHECKED, REMEDIED)
    return tuple(record for record in found if places[record.id] > places[done.id])


def remedies(case: Case) -> tuple[Record, ...]:
    """What was put right at the meter."""
    return records(case, REMEDIED)


def must_remedy(case: Case) -> bool:
    """Whether a check failed and nobody has put it right since."""
    return _standing(case)[0]


def checked(case: Case) -> Record | None:
    """The check that found everything right, every failure before it put right; None while there is none."""
    return _standing(case)[1]


def _standing(case: Case) -> tuple[bool, Record | None]:
    wrong, right = False, None
    for record in checks(case):
        if record.kind == REMEDIED:
            wrong, right = False, None
        elif record.values.get("meter_check_result") != PASSED:
            wrong, right = True, None
        else:
            right = None if wrong else record
    return wrong, right


def sealed(case: Case) -> Record | None:
    """The seals that were fixed after the check that stands."""
    done = checked(case)
    found = since(case, SEALED, CHECKED, EXECUTED, ON_SITE) if done is not None else ()
    return found[-1] if found else None
