"""The centre's log as this station has read it: every line behind the one before, the last as signed."""

from collections.abc import Iterator

import msgspec

from yekuo_desktop.domain.entries import Fault, link
from yekuo_desktop.protocol import chain, signing
from yekuo_desktop.protocol.pulling import Head, Row
from yekuo_desktop.store import tables
from yekuo_desktop.store.engine import Connection, first, scan
from yekuo_desktop.store.keeping import centre
from yekuo_desktop.store.signing import verifies

decode_head = msgspec.json.Decoder(Head).decode
_LOG = (
    "SELECT l.seq, l.received, l.verdict, l.ruling, l.origin, l.prev, l.hash, e.body, e.hash, e.n, e.id"
    " FROM log AS l LEFT JOIN entries AS e ON e.seq = l.entry WHERE l.stream = ? ORDER BY l.seq"
)
_LOST = "SELECT l.prev, e.body, e.hash, e.n, e.id FROM lost AS l JOIN entries AS e ON e.seq = l.entry"


def streams(connection: Connection) -> Iterator[Fault]:
    """Faults of every stream's log, and of what the centre has lost meanwhile."""
    whose = centre(connection)
    for name, seq, content in list(scan(connection, "SELECT name, seq, head FROM streams ORDER BY name")):
        head = decode_head(content)
        if whose is None or not verifies(whose.server, head.signature, signing.head(head)):
            yield Fault(0, "", f"{name} 的中心签名不符")
        elif (head.stream, head.seq) != (name, seq):
            yield Fault(0, "", f"{name} 读到第 {seq} 行,与中心签名不符")
        else:
            yield from _stream(connection, head)
    for prev, body, stored, n, entry_id in scan(connection, _LOST):
        if prev and link(prev, body) != stored:
            yield Fault(n, entry_id, "内容与校验值不符(被改动、调换或插入)")


def _stream(connection: Connection, head: Head) -> Iterator[Fault]:
    at, found = chain.genesis(head.org, head.stream), 0
    for seq, received, verdict, ruling, origin, prev, stored, body, entry_hash, n, entry_id in scan(
        connection, _LOG, (head.stream,)
    ):
        found += 1
        row = Row(seq=seq, received=received, verdict=verdict, ruling=ruling, origin=origin)
        if entry_hash is None or seq != found:
            yield Fault(n or 0, entry_id or "", f"{head.stream} 第 {found} 行缺失")
            return
        if prev and link(prev, body) != entry_hash:
            yield Fault(n, entry_id, "内容与校验值不符(被改动、调换或插入)")
            return
        at = chain.link(at, entry_hash, row)
        if at != stored:
            yield Fault(n, entry_id, f"{head.stream} 第 {seq} 行的处理结果被改动")
            return
    if (found, at) != (head.seq, head.hash):
        yield Fault(0, "", f"{head.stream} 末尾不全:应有 {head.seq} 行,实有 {found} 行")


def position(connection: Connection, org: str, stream: str, seq: int) -> bytes | None:
    """The hash of a stream after its ``seq``-th line as read here."""
    if seq == 0:
        return chain.genesis(org, stream)
    found = first(connection, "SELECT hash FROM log WHERE stream = ? AND seq = ?", (stream, seq))
    return found[0] if found else None


def keep(connection: Connection, head: Head) -> None:
    """A witness: the centre itself has signed where the stream stood."""
    content = msgspec.json.encode(head)
    connection.execute(tables.witnesses.replace, (head.stream, head.epoch, head.seq, content))
