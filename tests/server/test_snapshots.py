"""A new station reads a stream from files; the digest says whether its cases came to the same."""

import hashlib
import io

import msgspec
import pytest
import zstandard

from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_moving import accepted, transfer
from tests.server.test_push_and_pull import declined, note, register
from yekuo_desktop.protocol.pulling import Page, Row, Snapshot
from yekuo_desktop.server import snapshots, tables
from yekuo_desktop.server.blobs import Blobs

STREAM = "station:HK"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "ROWS", 10)


def load(machine: Machine, found: Snapshot) -> None:
    """Every segment as though it were a page; the last must end at the signed head."""
    files = Blobs(machine.centre.files, machine.org)
    for segment in found.segments:
        packed = b"".join(files.pieces(segment.sha256, 0, segment.size - 1))
        assert (hashlib.sha256(packed).hexdigest(), len(packed)) == (segment.sha256, segment.size)
        lines = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)).read().splitlines()
        rows = tuple(msgspec.json.decode(line, type=Row) for line in lines)
        assert (rows[0].seq, rows[-1].seq) == (segment.first, segment.last)
        head = msgspec.structs.replace(found.head, seq=segment.last, hash=segment.hash)
        if segment is found.segments[-1]:
            assert (head.seq, head.hash) == (found.head.seq, found.head.hash)
            machine.take(STREAM, Page(rows=rows, head=found.head, upto=segment.last))
        else:
            machine.rows.setdefault(STREAM, []).extend((row, row.body.encode()) for row in rows)
            machine.heads[STREAM] = head


def lived(site: Site, rows: int) -> tuple[Machine, str]:
    one = site.machine()
    case_id = register(one)
    for at in range(rows - 1):
        note(one, case_id, f"第 {at} 次")
    one.contact()
    return one, case_id


def test_a_new_station_reads_files_and_goes_on_by_pages(site: Site) -> None:
    one, case_id = lived(site, 34)
    new = Machine(site.centre, site.clock)
    new.enroll(site.code())
    new.hello()
    found = snapshots.snapshot(site.centre, new.here, STREAM)
    assert [(s.first, s.last) for s in found.segments] == [(1, 10), (11, 20), (21, 30)]
    load(new, found)
    assert new.cursor(STREAM) == 30
    new.contact()
    assert new.case(case_id) == one.case(case_id)


def test_segments_are_made_once_and_never_change(small: Site) -> None:
    one, case_id = lived(small, 12)
    first = snapshots.snapshot(small.centre, one.here, STREAM)
    for at in range(10):
        note(one, case_id, f"后来第 {at} 次")
    one.contact()
    second = snapshots.snapshot(small.centre, one.here, STREAM)
    assert second.segments[0] == first.segments[0]
    assert len(second.segments) == len(small.rows(tables.segments)) == 2


def test_a_short_stream_has_no_segment(small: Site) -> None:
    one, _ = lived(small, 3)
    found = snapshots.snapshot(small.centre, one.here, STREAM)
    assert (found.segments, found.head.seq) == ((), 0)


def test_nobody_gets_files_of_what_he_may_not_read(small: Site) -> None:
    lived(small, 12)
    with declined("left"):
        snapshots.snapshot(small.centre, small.machine("LW").here, STREAM)


def test_the_digest_is_that_of_the_folded_cases(site: Site) -> None:
    hall = site.machine("HK", "all")
    cases = [accepted(hall) for _ in range(5)]
    transfer(hall, cases[0], "LW")
    hall.contact()
    for stream, ids in ((STREAM, cases[1:]), ("station:LW", cases[:1]), ("office", [])):
        counts, sums = [0] * 256, [0] * 256
        for case_id in ids:
            case = hall.case(case_id)
            said = f"{case.id} {case.rev} {case.stage} {case.state}"
            group = hashlib.sha256(case.id.encode()).digest()[0]
            counts[group] += 1
            sums[group] ^= int.from_bytes(hashlib.sha256(said.encode()).digest())
        found = snapshots.digest(site.centre, hall.here, stream)
        assert found.counts == tuple(counts)
        assert found.sums == tuple(each.to_bytes(32) for each in sums)
        assert found.seq == hall.cursor(stream)
