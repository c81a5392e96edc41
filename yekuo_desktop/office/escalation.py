"""督办: what an overdue limit asks of whom. Who has to know is worked out whenever somebody looks."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from yekuo_desktop.domain import escalation as domain
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_rows import CaseRow
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.escalation import Acknowledgement, Escalation, receives
from yekuo_desktop.domain.escalation_rules import Level
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.oversight.hits import answers
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.office.desk import Desk, Session, Step, at_one_moment, write
from yekuo_desktop.office.filters import Filter

KIND = domain.KIND
PAGE, MOST = 200, 500  # cases read at once; lines one person is shown
USUAL = ("已督促,今天办完", "已改派他人办理", "现场有困难,已协调")


class EscalationLine(msgspec.Struct, frozen=True, kw_only=True):
    """An overdue limit of one case at one level, for the eye. ``who``: the name of whoever answers for the
    stage of the limit."""

    case: CaseRow
    escalation: Escalation
    who: str
    station_name: str

    @property
    def id(self) -> str:
        """What makes it the same after a refresh."""
        found = self.escalation
        return f"{self.case.id}:{found.running.key}:{found.level.id}"

    @property
    def told(self) -> "Told":
        """What somebody answers."""
        return Told(self.case.id, self.escalation.running.key, self.escalation.level.id)

    @property
    def words(self) -> str:
        """In a line: the limit, how late, where it has gone, whether somebody answered."""
        return escalation_words(self.escalation)


def escalations(
    desk: Desk, session: Session, *, answered: bool = False, most: int = MOST
) -> tuple[EscalationLine, ...]:
    """What this person has to know of now, over all cases, what ran out first on top; ``most`` lines at most.
    ``answered``: also those somebody has answered and which are overdue all the same."""
    own = [
        level for level in desk.reference.escalation.levels if session.person.may(frozenset(level.receivers))
    ]
    if not own:
        return ()
    station = session.person.station if all(level.within == "station" for level in own) else ""
    found = (
        line
        for line in _overdue(desk, station)
        if receives(line.escalation.level, session.person, line.case.station)
        and (answered or line.escalation.answered is None)
    )
    return tuple(islice(found, most))


def everything(desk: Desk, station: str = "", *, answered: bool = True) -> tuple[EscalationLine, ...]:
    """The same whoever receives it, of one station ("" for the whole county)."""
    return tuple(line for line in _overdue(desk, station) if answered or line.escalation.answered is None)


def of_case(desk: Desk, case: Case) -> tuple[Escalation, ...]:
    """Every level the overdue limits of one case have reached by now."""
    rules, calendar = desk.reference.escalation, desk.reference.calendar
    return domain.escalations(desk.store.limits(case.id), case.escalations, rules, calendar, desk.clock())


class Told(NamedTuple):
    """An overdue limit of a case at one level: the id of the case, the key of the running, the level's id."""

    case: str
    limit: str
    level: str


def acknowledge(desk: Desk, session: Session, told: Sequence[Told], text: str) -> tuple[Case, ...]:
    """Say what is done about them, as a receiver of their levels, in one commit; the cases they belong to.
    Raises ``Refused``, and then none of them is answered."""
    at, by_case = at_one_moment(desk), dict[str, list[Step]]()
    for each in told:
        said = Acknowledgement(limit=each.limit, level=each.level, text=text)
        by_case.setdefault(each.case, []).append(Step(KIND, said))
    with desk.store.unit() as unit:
        return tuple(write(at, unit, session, case, tuple(steps)) for case, steps in by_case.items())


def why_not(session: Session, station: str, level: Level) -> str:
    """Why this person cannot answer at that level for a case of that station; "" when he can."""
    if receives(level, session.person, station):
        return ""
    return f"{level.label}由{role_words(frozenset(level.receivers))}签收"


def escalation_words(found: Escalation) -> str:
    """In a line: the limit, how late, where it has gone, whether somebody answered."""
    told = f"已签收:{found.answered.text}" if found.answered else "待签收"
    return (
        f"{found.running.label} {late_words(found)} · {found.level.label}({moment(found.since)} 起) · {told}"
    )


def late_words(found: Escalation) -> str:
    """How late, in working days."""
    return f"超 {found.late} 个工作日" if found.late else "今日超时"


def _overdue(desk: Desk, station: str) -> Iterator[EscalationLine]:
    """Every level reached, case by case, of what ran out first before what ran out later."""
    organisation, now, where = (
        desk.store.organisation(),
        desk.clock(),
        Filter(light="overdue", station=station),
    )
    offset = 0
    while rows := desk.store.queue(where, now, limit=PAGE, offset=offset):
        offset += len(rows)
        for row in rows:
            case = desk.store.case(row.case.id)
            if case is not None:
                yield from (_line(organisation, case, row.case, found) for found in of_case(desk, case))


def _line(organisation: Organisation, case: Case, row: CaseRow, found: Escalation) -> EscalationLine:
    return EscalationLine(
        case=row,
        escalation=found,
        who=organisation.person_name(answers(case, found.running.stage or case.stage)),
        station_name=organisation.station_name(case.station),
    )
