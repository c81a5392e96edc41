"""Whether the cases of a stream are the same here as at the centre: counts and sums in 256 groups."""

import hashlib
from typing import Any

import msgspec

from yekuo_desktop.protocol.pulling import Digest
from yekuo_desktop.store import lines
from yekuo_desktop.store.engine import Connection, scan
from yekuo_desktop.store.folding import Folded, fold_lines

GROUPS = 256
# A case lives in the stream that has most lines of it; a tie is the moment of its arrival.
_HOMES = "SELECT subject, stream, count(*) FROM log WHERE subject GLOB 'case:*' GROUP BY subject, stream"


class Sight(msgspec.Struct, frozen=True):
    """What a digest says of a case."""

    id: str
    rev: int
    stage: str
    state: str


def differs(connection: Connection, stream: str, digest: Digest) -> bool:
    """Whether counts or sums are others here. A case with something pending is folded without it."""
    counts, sums = [0] * GROUPS, [bytes(32)] * GROUPS
    for subject in _living(connection, stream):
        sight = _sight(connection, subject)
        if sight is None:
            continue
        group, value = placed(sight)
        counts[group] += 1
        sums[group] = bytes(a ^ b for a, b in zip(sums[group], value, strict=True))
    return (tuple(counts), tuple(sums)) != (digest.counts, digest.sums)


def placed(sight: Sight) -> tuple[int, bytes]:
    """The group of a case and what it adds to the sum."""
    said = f"{sight.id} {sight.rev} {sight.stage} {sight.state}"
    return hashlib.sha256(sight.id.encode()).digest()[0], hashlib.sha256(said.encode()).digest()


def _living(connection: Connection, stream: str) -> list[str]:
    homes: dict[str, tuple[int, str]] = {}
    for subject, name, count in scan(connection, _HOMES):
        homes[subject] = max(homes.get(subject, (0, "")), (count, name))
    return [subject for subject, (_, name) in homes.items() if name == stream]


def _sight(connection: Connection, subject: str) -> Sight | None:
    found = lines.of_subject(connection, subject)
    folded: Any = fold_lines([line for line in found if not line.pending])
    if not isinstance(folded, Folded):
        return None
    case = folded.case
    return Sight(case.id, case.rev, case.stage, case.state)
