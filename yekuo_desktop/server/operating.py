"""Running a centre: opening it, its first start, its chores, and what an operator does by command line."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from sqlalchemy import select, update

from yekuo_desktop.domain.office_acts import HeldDecision, SettingChanged, StationSaved
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.server import epochs, founding, proof, tables, uploading
from yekuo_desktop.server.authoring import Said, say
from yekuo_desktop.server.centre import Centre, Clock
from yekuo_desktop.server.database import Database, bring_up_to_date
from yekuo_desktop.server.enrolling import progress_address
from yekuo_desktop.server.errors import CentreTrouble
from yekuo_desktop.server.founding import Founding, Invitation
from yekuo_desktop.server.keys import load_keys
from yekuo_desktop.server.organisations import Org, all_orgs, read_office
from yekuo_desktop.server.witnesses import read_witnesses, witness

LOG = logging.getLogger(__name__)
DATABASE, KEY, LIFE, WITNESS, FILES = "centre.db", "centre.key", "centre.life", "centre.witness", "files"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a centre keeps what is not in the database; ``url`` "" is an SQLite file there."""

    folder: Path
    url: str = ""
    address: str = ""

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.url or f"sqlite:///{self.folder / DATABASE}"


def open_centre(place: Place, reference: Reference, clock: Clock, new_id: Callable[[], str]) -> Centre:
    """A centre, its tables made where there are none. Raises ``CentreTrouble``."""
    try:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CentreTrouble(f"建不了目录 {place.folder}:{error.strerror}") from error
    database = Database(place.database)
    try:
        bring_up_to_date(database)
    except CentreTrouble:
        raise
    except Exception as error:
        raise CentreTrouble(f"打不开数据库 {_shown(place.database)}:{error}") from error
    return Centre(
        database=database,
        keys=load_keys(place.folder / KEY),
        reference=reference,
        clock=clock,
        new_id=new_id,
        files=place.folder / FILES,
        address=place.address,
    )


def _shown(url: str) -> str:
    """Without its password."""
    before, at, after = url.rpartition("@")
    return f"{before.partition('://')[0]}://…@{after}" if at else url


# ---- starting ----------------------------------------------------------------------------------------


def first_start(centre: Centre, asked: Founding) -> tuple[Org, str] | None:
    """The organisation and the first code, where there was none."""
    return None if founding.organisations(centre) else founding.found(centre, asked)


def start(centre: Centre, place: Place) -> list[Org]:
    """What every start does: see whether the past is all there, write down where it stands."""
    reopened = epochs.note_start(centre, place.folder / LIFE)
    for org in founding.organisations(centre) if centre.address else ():
        say_address(centre, org)
    chores(centre, place)
    return reopened


def say_address(centre: Centre, org: Org) -> bool:
    """Tell the stations what the QR code of a receipt begins with; False where they know."""
    meant = progress_address(centre, org)
    with centre.database.write() as connection:
        _, organisation = read_office(connection, org.org)
        if not organisation.id or organisation.progress == meant:
            return False
        changed = SettingChanged("progress", organisation.progress, meant)
        say(centre, connection, org, [Said("office", "office.changed", changed)])
    return True


def chores(centre: Centre, place: Place) -> None:
    """What is done now and then."""
    witness(centre, place.folder / WITNESS)
    uploading.sweep(centre)


# ---- an operator's work ------------------------------------------------------------------------------


def organisation_of(centre: Centre, named: str) -> Org:
    """By id or short name; the only one where none is named. Raises ``CentreTrouble``."""
    found = [org for org in founding.organisations(centre) if named in ("", org.org, org.short)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CentreTrouble("没有这个机构,请先运行一次 yekuo server")
    raise CentreTrouble(f"有 {len(found)} 个机构,请用 --org 指定:{'、'.join(org.short for org in found)}")


def invite(centre: Centre, org: Org | None, invitation: Invitation, login: str = "") -> str:
    """A code for one machine. ``login``: of who may set his password there. Raises ``CentreTrouble``."""
    with centre.database.write() as connection:
        if org is not None:
            _, organisation = read_office(connection, org.org)
            if invitation.station not in {station.code for station in organisation.stations}:
                raise CentreTrouble(f"没有供电所 {invitation.station},请先用 yekuo server station 登记")
            person = organisation.by_login(login) if login else None
            if login and person is None:
                raise CentreTrouble(f"没有人员 {login}")
            invitation = msgspec.structs.replace(invitation, person=person.id if person else "")
        return founding.invite(centre, connection, org, invitation)


def add_station(centre: Centre, org: Org, code: str, name: str) -> None:
    """Register a station, or give it another name."""
    with centre.database.write() as connection:
        said = Said("office", "station.saved", StationSaved(Station(code, name)))
        say(centre, connection, org, [said])


def set_device(centre: Centre, org: Org, device: str, **values: str) -> None:
    """Change ``state`` or ``scope`` of a device. Raises ``CentreTrouble``."""
    c = tables.devices.c
    with centre.database.write() as connection:
        where = (c.org == org.org, c.device == device)
        changed = connection.execute(update(tables.devices).where(*where).values(**values))
        if not changed.rowcount:
            raise CentreTrouble(f"没有设备 {device}")


def stations(centre: Centre, named: str) -> list[Station]:
    """The stations of an organisation."""
    with centre.database.read() as connection:
        _, organisation = read_office(connection, organisation_of(centre, named).org)
    return list(organisation.stations)


def held(centre: Centre, org: Org) -> list[dict[str, str]]:
    """What waits for a decision."""
    c = tables.held.c
    columns = (c.id, c.subject, c.code, c.since, c.device, c.n)
    with centre.database.read() as connection:
        rows = connection.execute(select(*columns).where(c.org == org.org).order_by(c.since)).mappings()
        return [{name: str(value) for name, value in row.items()} for row in rows]


def decide(centre: Centre, org: Org, entry: str, *, release: bool, reason: str) -> None:
    """Decide a held entry in the name of the centre."""
    decision = HeldDecision(entry=entry, release=release, reason=reason)
    with centre.database.write() as connection:
        c = tables.held.c
        named = connection.execute(select(c.subject, c.stream).where(c.org == org.org, c.id == entry)).first()
        if named is None:
            raise CentreTrouble(f"没有暂存的登记 {entry}")
        said = Said(f"held:{entry}", "held.decided", decision)
        say(centre, connection, org, [said], [named.stream, *_streams_of(centre, org, named.subject)])


def _streams_of(centre: Centre, org: Org, subject: str) -> list[str]:
    c = tables.cases.c
    with centre.database.read() as connection:
        wanted = (c.org == org.org, c.id == subject.partition(":")[2])
        return [f"station:{code}" for code in connection.execute(select(c.station).where(*wanted)).scalars()]


def new_epoch(centre: Centre, org: Org, reason: str) -> Org:
    """After a restore that could not be noticed by itself."""
    with centre.database.write() as connection:
        return epochs.open_epoch(centre, connection, org, reason)


def verify(centre: Centre, place: Place) -> Iterator[proof.Fault]:
    """Everything that is wrong."""
    yield from proof.verify(centre, read_witnesses(place.folder / WITNESS))


def note_archived(centre: Centre, backup: Database) -> int:
    """What lies in a restored and verified backup need not be kept by the stations any more; how many
    incarnations went on."""
    c = tables.incarnations.c
    key = (c.org, c.device, c.incarnation)
    with backup.read() as connection:
        kept = connection.execute(select(*key, c.last_n, c.last_hash)).all()
    changed = 0
    with centre.database.write() as connection:
        for row in kept:
            where = (c.org == row.org, c.device == row.device, c.incarnation == row.incarnation)
            entries = tables.entries.c
            same = connection.execute(
                select(entries.hash).where(
                    *(entries.org == row.org, entries.device == row.device),
                    *(entries.incarnation == row.incarnation, entries.n == row.last_n),
                )
            ).scalar()
            if row.last_n and bytes(same or b"") == bytes(row.last_hash):
                raised = update(tables.incarnations).where(*where, c.archived_n < row.last_n)
                changed += connection.execute(raised.values(archived_n=row.last_n)).rowcount
    return changed


def everything(centre: Centre) -> list[Org]:
    """Every organisation, for lists."""
    with centre.database.read() as connection:
        return all_orgs(connection)
