"""Whether the cases of a stream are the same here as at the centre: counts and sums in 256 groups.

What is shown is what is compared: the documents of the cases. Only a case of which the centre has not said
everything yet is folded, without what is pending.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from yekuo_desktop.protocol.pulling import Digest
from yekuo_desktop.store import lines, rebase
from yekuo_desktop.store.engine import Connection, scan
from yekuo_desktop.store.folding import Folded, fold_lines
from yekuo_desktop.store.unit import CASE

GROUPS = 256
STATION = "station:"
_DOCUMENTS = "SELECT d.content FROM cases AS c JOIN documents AS d ON d.place = c.place WHERE c.station = ?"


class Sight(msgspec.Struct, frozen=True):
    """What a digest says of a case."""

    id: str
    rev: int
    stage: str
    state: str


class _Document(Sight, frozen=True):
    station: str = ""


_decode = msgspec.json.Decoder(_Document).decode


def differs(connection: Connection, stream: str, digest: Digest) -> bool:
    """Whether counts or sums are others here."""
    counts, sums = [0] * GROUPS, [0] * GROUPS
    for sight in _sights(connection, stream.removeprefix(STATION)):
        group, value = placed(sight)
        counts[group] += 1
        sums[group] ^= int.from_bytes(value)
    return (tuple(counts), tuple(each.to_bytes(32) for each in sums)) != (digest.counts, digest.sums)


def placed(sight: Sight) -> tuple[int, bytes]:
    """The group of a case and what it adds to the sum."""
    said = f"{sight.id} {sight.rev} {sight.stage} {sight.state}"
    return hashlib.sha256(sight.id.encode()).digest()[0], hashlib.sha256(said.encode()).digest()


def _sights(connection: Connection, station: str) -> Iterator[Sight]:
    pending = rebase.pending_subjects(connection)
    ours = {subject.removeprefix(CASE) for subject in pending}
    for (content,) in scan(connection, _DOCUMENTS, (station,)):
        sight = _decode(content)
        if sight.id not in ours:
            yield sight
    yield from _folded(connection, pending, station)


def _folded(connection: Connection, subjects: Iterable[str], station: str) -> Iterator[Sight]:
    for _, found in lines.of_subjects(connection, list(subjects)):
        folded: Any = fold_lines([line for line in found if not line.pending])
        if isinstance(folded, Folded) and folded.case.station == station:
            case = folded.case
            yield Sight(case.id, case.rev, case.stage, case.state)
