"""What the centre says of us in a greeting: kept where it is new; most greetings say nothing new."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from yekuo_desktop.office.sync_ports import Centre, Granted
from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.greeting import Grant, Welcome
from yekuo_desktop.store import keeping, outbox, tables
from yekuo_desktop.store.engine import Connection, scalars, scan
from yekuo_desktop.store.signing import verifies


def known_already(connection: Connection, said: Welcome) -> bool:
    """Whether every part of it is kept so: then there is nothing to commit."""
    known = keeping.centre(connection)
    life = keeping.identity(connection).incarnation
    grants = scalars(connection, f"SELECT content FROM {tables.grants.name}")
    states = dict(scan(connection, "SELECT name, state FROM streams"))
    return (
        known is not None
        and known == _told(known, said)
        and outbox.chain(connection, life).archived >= said.chain.archived_n
        and sorted(grants) == sorted(map(msgspec.json.encode, said.grants))
        and (said.state != "active" or all(states[name] == _state(name, said) for name in states))
    )


def keep(connection: Connection, said: Welcome) -> None:
    """State, scope, how far we are archived, who may sign in, which streams were left."""
    known = keeping.centre(connection)
    assert known is not None
    keeping.save_centre(connection, _told(known, said))
    life = keeping.identity(connection).incarnation
    chain = outbox.chain(connection, life)
    archived = max(chain.archived, said.chain.archived_n)
    outbox.save_chain(connection, life, replace(chain, archived=archived))
    _keep_grants(connection, known, said)
    _keep_streams(connection, said)


def _keep_grants(connection: Connection, known: Centre, said: Welcome) -> None:
    good = [grant for grant in said.grants if verifies(known.server, grant.signature, signing.grant(grant))]
    connection.execute(f"DELETE FROM {tables.grants.name}")
    connection.executemany(
        tables.grants.insert, [(grant.person, msgspec.json.encode(grant)) for grant in good]
    )


def good_grant(connection: Connection, content: bytes) -> Granted | None:
    """A grant, if it is what the centre signed for this machine and nobody has changed it since."""
    known, whose = keeping.centre(connection), keeping.identity(connection)
    try:
        found = msgspec.json.decode(content, type=Grant)
        good = known is not None and verifies(known.server, found.signature, signing.grant(found))
        ours = (found.org, found.device) == (whose.org, whose.device)
        return Granted(found.roles, datetime.fromisoformat(found.expires)) if good and ours else None
    except (msgspec.MsgspecError, ValueError):
        return None


def _keep_streams(connection: Connection, said: Welcome) -> None:
    if said.state != "active":
        return
    for name in scalars(connection, "SELECT name FROM streams"):
        connection.execute("UPDATE streams SET state = ? WHERE name = ?", (_state(name, said), name))


def _told(known: Centre, said: Welcome) -> Centre:
    """What we know of the centre, as it says it now."""
    return replace(known, epoch=said.epoch, state=said.state, scope=said.scope)


def _state(stream: str, said: Welcome) -> str:
    return "open" if stream in said.streams and said.streams[stream].action != "left" else "left"
