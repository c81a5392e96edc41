"""A new history: after the centre was restored from a backup, and how it notices that it was."""

import logging
from pathlib import Path

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import DBAPIError

from yekuo_desktop.domain.office_acts import EpochOpened
from yekuo_desktop.server import tables
from yekuo_desktop.server.authoring import Said, new_life, say
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import CentreTrouble
from yekuo_desktop.server.organisations import Org, all_orgs, find_org

LOG = logging.getLogger(__name__)
LIFE = "life"


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre remembers of its last start, in the database and in a file beside it. ``starts``
    counts; ``system`` and ``timeline`` are PostgreSQL's own marks of a cluster and of its restores."""

    starts: int
    system: str = ""
    timeline: int = 0


# ---- opening -----------------------------------------------------------------------------------------


def open_epoch(centre: Centre, connection: Connection, org: Org, reason: str) -> Org:
    """Begin a new history of one organisation, in the caller's transaction. Nobody pushes meanwhile."""
    c = tables.streams.c
    names = connection.execute(select(c.stream).where(c.org == org.org)).scalars().all()
    connection.execute(select(c.seq).where(c.org == org.org).order_by(c.stream).with_for_update()).all()
    again = find_org(connection, org.org)
    if again.epoch != org.epoch:
        return again  # another process was faster
    fresh = replace(org, epoch=centre.new_id())
    connection.execute(update(tables.orgs).where(tables.orgs.c.org == org.org).values(epoch=fresh.epoch))
    row = {"org": org.org, "epoch": fresh.epoch, "at": centre.moment(), "reason": reason}
    centre.database.add(connection, tables.epochs, [row])
    fresh = new_life(centre, connection, fresh)
    ends = connection.execute(select(c.stream, c.seq).where(c.org == org.org)).all()
    opened = EpochOpened(epoch=fresh.epoch, reason=reason, streams={s: int(seq) for s, seq in ends})
    say(centre, connection, fresh, [Said("office", "epoch.opened", opened)], list(names))
    LOG.warning("new epoch %s of %s: %s", fresh.epoch, org.org, reason)
    return fresh


# ---- noticing ----------------------------------------------------------------------------------------


def note_start(centre: Centre, beside: Path) -> list[Org]:
    """Count this start in the database and beside it; the organisations that got a new epoch because the
    database is older than what was remembered, or another cluster."""
    with centre.database.write() as connection:
        kept, remembered = _kept(connection), _remembered(beside)
        system, timeline = _cluster(connection) if centre.database.postgres else ("", 0)
        reason = _rolled_back(kept, remembered, system, timeline)
        orgs = []
        if reason:
            orgs = [open_epoch(centre, connection, org, reason) for org in all_orgs(connection)]
        starts = max(kept.starts, remembered.starts) + 1
        now = Life(starts=starts, system=system, timeline=timeline)
        row = {"org": "", "name": LIFE, "value": msgspec.json.encode(now).decode()}
        centre.database.put(connection, tables.marks, [row])
    _remember(beside, now)
    return orgs


def _rolled_back(kept: Life, remembered: Life, system: str, timeline: int) -> str:
    if not kept.starts:
        return ""  # a new database
    if remembered.starts > kept.starts:
        return "数据库比中心记得的旧:由备份恢复过"
    if kept.system and (kept.system, kept.timeline) != (system, timeline):
        return "数据库换了实例或时间线:由备份恢复或切换过"
    return ""


def _kept(connection: Connection) -> Life:
    c = tables.marks.c
    value = connection.execute(select(c.value).where(c.org == "", c.name == LIFE)).scalar()
    return msgspec.json.decode(value, type=Life) if value else Life(starts=0)


def _cluster(connection: Connection) -> tuple[str, int]:
    """Of PostgreSQL; nothing where the role may not ask."""
    try:
        with connection.begin_nested():
            row = connection.execute(
                text(
                    "SELECT s.system_identifier, c.timeline_id"
                    " FROM pg_control_system() AS s, pg_control_checkpoint() AS c"
                )
            ).one()
    except DBAPIError:
        return "", 0
    return str(row[0]), int(row[1])


def _remembered(beside: Path) -> Life:
    try:
        return msgspec.json.decode(beside.read_bytes(), type=Life)
    except FileNotFoundError:
        return Life(starts=0)
    except (OSError, msgspec.MsgspecError) as error:
        raise CentreTrouble(f"读不了 {beside}:{error}") from error


def _remember(beside: Path, life: Life) -> None:
    new = beside.with_suffix(".new")
    try:
        new.write_bytes(msgspec.json.encode(life))
        new.replace(beside)
    except OSError as error:
        raise CentreTrouble(f"写不了 {beside}:{error}") from error
