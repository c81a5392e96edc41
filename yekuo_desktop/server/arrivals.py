"""The entries of a push as they come in: decoded, hashed behind each other, held against what they claim."""

from typing import NamedTuple

import msgspec

from yekuo_desktop.domain.entries import Entry, link, open_body
from yekuo_desktop.protocol.pushing import Push
from yekuo_desktop.server.errors import Declined

MOST_LETTERS = 200


class Arrived(NamedTuple):
    """One entry. ``entry`` None: the body is not readable as one. ``seen``: see ``pushing.Sent``."""

    n: int
    body: bytes
    prev: bytes
    hash: bytes
    entry: Entry | None
    seen: int = 0


def read_push(org: str, device: str, push: Push) -> list[Arrived]:
    """Every entry with its hash. Raises ``Declined`` where one claims to be somebody else's."""
    found, prev = [], push.prev
    for n, sent in enumerate(push.entries, start=push.first):
        body = _bytes(sent.body)
        entry = read_entry(body)
        if entry is not None and (entry.org, entry.device, entry.incarnation, entry.n) != (
            *(org, device, push.incarnation, n),
        ):
            raise Declined("bad_chain", f"第 {n} 条不是这台设备的登记")
        now = link(prev, body)
        found.append(Arrived(n, body, prev, now, entry, sent.seen))
        prev = now
    return found


def _bytes(body: str) -> bytes:
    try:
        return body.encode()
    except UnicodeEncodeError as error:  # half a character: nobody can have hashed that
        raise Declined("bad_chain", "内容不是有效的文字") from error


def read_entry(body: bytes) -> Entry | None:
    """The entry in a body, if it is one whose names can be stored."""
    try:
        entry = open_body(body)
    except (msgspec.MsgspecError, RecursionError):
        return None
    names = (entry.id, entry.act, entry.subject, entry.kind, entry.actor, entry.station, entry.terminal)
    return entry if all(map(_name, names)) else None


def _name(text: str) -> bool:
    return 0 < len(text) <= MOST_LETTERS and text.isprintable()
