"""The practice county: stations, people and its cases, made with the same acts a counter uses.

Everything is drawn from a seeded generator and lies in the days before ``now``: forty cases spread over
the stages, and before them one of each class that went the whole way while the county worked by the
seven stages of its own rule.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from yekuo_desktop.domain.office_acts import FirmSaved, SettingChanged, StationSaved
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice import archive as practice_archive
from yekuo_desktop.office.practice import completion as practice_completion
from yekuo_desktop.office.practice import construction as practice_construction
from yekuo_desktop.office.practice import design as practice_design
from yekuo_desktop.office.practice import energization as practice_energization
from yekuo_desktop.office.practice import reply as practice_reply
from yekuo_desktop.office.practice import survey as practice_survey
from yekuo_desktop.office.practice.answers import Answer
from yekuo_desktop.office.practice.applications import TOWNS, usual_class
from yekuo_desktop.office.practice.firms import firms
from yekuo_desktop.office.practice.lives import Fate, Life, Ways, life, live
from yekuo_desktop.office.practice.way import at_moment, working_start
from yekuo_desktop.office.setting_up import Founding, found, save
from yekuo_desktop.office.signing_in import PRACTICE_PASSWORD

PASSWORD = PRACTICE_PASSWORD
FOUNDING = Founding(
    county="示例县供电公司",
    station_name="河口供电所",
    station="HK",
    terminal="HK01",
    number_org="YK4101",
    practice=True,
    contact="0371-65550100",
)
STATIONS = (Station("CG", "城关营业厅"), Station("QL", "青龙供电所"))
STAFF: tuple[tuple[str, str, tuple[Role, ...], tuple[str, ...]], ...] = (
    ("wangli", "王丽", (Role.CLERK,), ()),
    ("chenjing", "陈静", (Role.CLERK,), ()),
    ("zhaojun", "赵军", (Role.SUPERVISOR, Role.CLERK), ()),
    ("liming", "李明", (Role.PROJECT_MANAGER,), ("河口镇", *TOWNS["河口镇"])),
    ("zhoufang", "周芳", (Role.PROJECT_MANAGER,), ("城关镇", *TOWNS["城关镇"])),
    ("sunhao", "孙浩", (Role.PROJECT_MANAGER, Role.REVIEWER), ("青龙镇", *TOWNS["青龙镇"])),
    ("qianyong", "钱勇", (Role.APPROVER,), ()),
    ("heping", "何平", (Role.INSPECTOR,), ()),
    ("duwei", "杜伟", (Role.METERING,), ()),
    ("xuemei", "薛梅", (Role.CONTRACTS, Role.ARCHIVIST), ()),
    ("maqiang", "马强", (Role.DISPATCHER,), ()),
    ("luoxin", "罗欣", (Role.AUDITOR,), ()),
    ("admin", "管理员", (Role.ADMINISTRATOR,), ()),
)
FULL_WAY = "seed"  # the rule set under which the four whole cases were accepted
CASES, DAYS = 40, 3
AT_THE_COUNTER = {3: "withdrawn", 12: "suspended", 17: "carried"}
SPREAD: tuple[tuple[str, int], ...] = (
    ("survey", 0),
    ("survey", 3),
    ("construction", 1),
    ("construction", 3),
    ("completion", 2),
    ("energization", 2),
    ("archive", 1),
    ("survey", 6),
    ("design", 2),
)
"""Where the delivered cases wait now, and how many tasks of that stage are done."""


def _survey(klass: str, day: date) -> list[Answer]:
    """Both halves of stage 2."""
    return [*practice_survey.answers(klass, day), *practice_reply.answers(klass, day)]


WAYS: Ways = (
    ("survey", _survey),
    ("design", practice_design.answers),
    ("construction", practice_construction.answers),
    ("completion", practice_completion.answers),
    ("energization", practice_energization.answers),
    ("archive", practice_archive.answers),
)
LOW, HIGH = timedelta(minutes=25), timedelta(minutes=70)  # working time between two acts


def populate(desk: Desk, seed: int = 4101) -> None:
    """Fill an empty practice store."""
    draw, now = Random(seed), desk.clock()
    begin = _begin(desk, "hv_dual", now - timedelta(days=1), "")
    _found(at_moment(desk, begin - timedelta(hours=1)))
    whole = [
        Fate(at=at, start=begin + timedelta(minutes=5 * at), step=_step(klass), klass=klass, until="all")
        for at, klass in enumerate(CLASSES)
    ]
    fates = (*whole, *_fates(desk, draw))
    # Each life draws from its own source: the county is the same whatever the hour it is made at.
    lives = [life(desk, Random(f"{seed}:{at}"), fate, WAYS) for at, fate in enumerate(fates)]
    live((*lives, _work_by_the_newest(desk, begin + timedelta(minutes=30))), now)


def _found(desk: Desk) -> None:
    people = tuple(
        (Person(id=desk.ids(), login=login, name=name, roles=roles, station="HK", areas=areas), PASSWORD)
        for login, name, roles, areas in STAFF
    )
    found(desk, FOUNDING, people)
    with desk.store.unit() as unit:
        for station in STATIONS:
            save(desk, unit, "office", "station.saved", StationSaved(station))
        for firm in firms(desk.clock().date()):
            save(desk, unit, f"firm:{firm.id}", "firm.saved", FirmSaved(firm))
        save(desk, unit, "office", "office.changed", SettingChanged("rules", "", FULL_WAY))


def _work_by_the_newest(desk: Desk, moment: datetime) -> Life:
    """The county goes over to the newest rules; the whole cases keep those they were accepted under."""
    yield moment
    then = at_moment(desk, moment)
    with desk.store.unit() as unit:
        save(then, unit, "office", "office.changed", SettingChanged("rules", FULL_WAY, ""))


def _fates(desk: Desk, draw: Random) -> Iterator[Fate]:
    """Forty cases: those at the counter from the last working days, so that most limits still run and only
    a few are missed, as at a counter that is doing well; the others wait in their stages since yesterday."""
    now, moments = desk.clock(), tuple(_moments(desk, draw))
    for at, moment in enumerate(moments):
        klass, befalls = usual_class(at), _befalls(at)
        until, tasks = ("", 0) if befalls else SPREAD[at % len(SPREAD)]
        ended = now - timedelta(minutes=draw.randrange(20, 400))
        start = _begin(desk, klass, ended, until) if until else moment
        yield Fate(
            at=at, start=start, step=_step(klass), klass=klass, until=until, tasks=tasks, befalls=befalls
        )


def _befalls(at: int) -> str:
    """What keeps a case at the counter; most are signed for and go on."""
    if at % 10 == 9:
        return "registered_only"
    if at >= 32:
        return "undelivered"
    return "carried" if at >= 28 else AT_THE_COUNTER.get(at, "")


def _begin(desk: Desk, klass: str, end: datetime, until: str) -> datetime:
    """When a case must have begun to have come so far by then ("" = the whole way)."""
    stages = [stage for stage, _ in WAYS]
    far = stages[: stages.index(until)] if until in stages else stages
    count = sum(len(answers(klass, end.date())) for stage, answers in WAYS if stage in far)
    return working_start(desk.reference, end, _step(klass), count + 8)


def _step(klass: str) -> timedelta:
    return HIGH if klass.startswith("hv") else LOW


def _moments(desk: Desk, draw: Random) -> Iterator[datetime]:
    """Forty moments in opening hours of the last working days, the oldest first."""
    now = desk.clock()
    days, day = [now.date()], now.date()
    while len(days) < DAYS:
        day = desk.reference.calendar.previous_workday(day)
        days.append(day)
    moments = [
        desk.reference.hours.opening(picked) + timedelta(minutes=draw.randrange(5, 500))
        for picked in days
        for _ in range(CASES // DAYS + 1)
    ]
    latest = now - timedelta(minutes=1)
    yield from sorted(min(moment, latest) for moment in moments)[-CASES:]
