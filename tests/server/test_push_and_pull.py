"""Entries up, rows down: order, receipts, repetition, and what is wrong with a chain."""

import pytest
from msgspec.structs import replace

from tests.domain.apart import VALUES
from tests.server.site import Site
from tests.server.station import Machine
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.domain.stages.acceptance.acts import Application, Change
from yekuo_desktop.server import tables
from yekuo_desktop.server.errors import Declined


def register(machine: Machine, by: str = "wangli") -> str:
    """An application, with nothing sent yet."""
    case_id = bootstrap.new_id()
    machine.write(f"case:{case_id}", "case.registered", Application(values=VALUES), by)
    return case_id


def note(machine: Machine, case_id: str, text: str = "客户来电", by: str = "wangli", **how: object) -> None:
    machine.write(f"case:{case_id}", "case.noted", NoteText(text), by, **how)


def change(machine: Machine, case_id: str, by: str = "wangli", **changes: tuple[object, object]) -> None:
    machine.write(f"case:{case_id}", "case.changed", Change(changes, "核对"), by)


def declined(code: str) -> object:
    return pytest.raises(Declined, match=f"^{code}:")


def test_what_one_station_writes_another_reads(site: Site) -> None:
    one, other = site.machine("HK"), site.machine("HK")
    case_id = register(one)
    note(one, case_id)
    done = one.push()
    assert [(r.verdict, r.stream, r.seq) for r in done.receipts] == [
        ("applied", "station:HK", 1),
        ("applied", "station:HK", 2),
    ]
    assert (done.last_n, done.last_hash) == (2, one.written[-1].hash)
    other.contact()
    one.contact()
    assert other.case(case_id) == one.case(case_id)
    assert other.case(case_id).notes[0].text == "客户来电"


def test_a_repeated_push_changes_nothing(site: Site) -> None:
    one = site.machine()
    case_id = register(one)
    note(one, case_id)
    first = one.push(1)
    again = one.push(1)
    assert [replace(r, known=False) for r in again.receipts] == list(first.receipts)
    assert all(r.known for r in again.receipts)
    assert (again.last_n, again.heads) == (2, {})
    assert len(site.rows(tables.log, tables.log.c.stream == "station:HK")) == 2


def test_a_push_may_overlap_what_is_there(site: Site) -> None:
    """The reply was lost; meanwhile more was written."""
    one = site.machine()
    case_id = register(one)
    one.push(1)
    note(one, case_id)
    done = one.push(1)
    assert [(r.n, r.known) for r in done.receipts] == [(1, True), (2, False)]


def test_numbers_have_no_gap_and_begin_at_one(site: Site) -> None:
    one, other = site.machine(), site.machine()
    case_id = register(one)
    one.push()
    other.contact()
    for at in range(5):
        for machine in (one, other):
            note(machine, case_id, f"第 {at} 次")
            machine.push()
    rows = site.rows(tables.log, tables.log.c.stream == "station:HK")
    assert sorted(row["seq"] for row in rows) == list(range(1, 12))


def test_a_gap_is_not_accepted(site: Site) -> None:
    one = site.machine()
    case_id = register(one)
    note(one, case_id)
    with declined("gap") as found:
        one.push(2)
    assert found.value.trouble.detail["expected"] == 1


def test_another_past_is_a_fork(site: Site) -> None:
    one = site.machine()
    case_id = register(one)
    note(one, case_id, "甲")
    one.push()
    twin = Machine(site.centre, site.clock)
    twin.__dict__.update(one.__dict__, written=one.written[:1], seen=one.seen[:1], acked=1)
    note(twin, case_id, "乙")
    with declined("fork") as found:
        twin.push()
    assert found.value.trouble.detail["n"] == 2
    note(twin, case_id, "丙")
    with declined("fork") as found:
        twin.push(3)
    assert found.value.trouble.detail["n"] == 2
    assert twin.hello().chain.action == "ok"


@pytest.mark.parametrize(
    "changed",
    [{"org": "other"}, {"device": "other"}, {"incarnation": "other"}, {"n": 7}],
    ids=lambda changed: next(iter(changed)),
)
def test_nobody_writes_for_another(small: Site, changed: dict[str, object]) -> None:
    one = small.machine()
    case_id = bootstrap.new_id()
    one.write(f"case:{case_id}", "case.registered", Application(values=VALUES), **changed)
    with declined("bad_chain"):
        one.push()
    assert small.rows(tables.log, tables.log.c.stream == "station:HK") == []


def test_a_batch_is_signed_by_its_device(small: Site) -> None:
    one = small.machine()
    register(one)
    with declined("bad_signature"):
        one.push(signature=bytes(64))
    sent = one.batch()
    with declined("bad_signature"):
        one.push(entries=(replace(sent.entries[0], body=sent.entries[0].body.replace("王小明", "王大明")),))


def test_pages_follow_each_other(site: Site) -> None:
    one, other = site.machine(), site.machine()
    case_id = register(one)
    for at in range(24):
        note(one, case_id, f"第 {at} 次")
    one.push()
    sizes = []
    while True:
        page = other.page("station:HK", limit=10)
        other.take("station:HK", page)
        sizes.append(len(page.rows))
        if page.head.seq == page.upto:
            break
    assert sizes == [10, 10, 5]
    assert len(other.case(case_id).notes) == 24


def test_own_entries_come_back_without_their_content(small: Site) -> None:
    one = small.machine()
    register(one)
    one.push()
    (row,) = one.pull("station:HK")
    assert (row.mine, row.body, row.prev) == (1, "", b"")


def test_two_stations_change_one_case(site: Site) -> None:
    one, other = site.machine(), site.machine()
    case_id = register(one)
    one.push()
    other.contact()
    change(one, case_id, mobile=("13800001000", "13900002000"))
    change(
        other, case_id, "zhaojun", mobile=("13800001000", "13700003000"), customer_name=("王小明", "王晓明")
    )
    one.contact()
    other.contact()
    one.contact()
    assert other.receipts[1].verdict == "conflict"
    case = one.case(case_id)
    assert case == other.case(case_id)
    assert (case.values["mobile"], case.values["customer_name"]) == ("13900002000", "王晓明")
    assert [c.wanted for c in case.conflicts] == ["13700003000"]


def test_a_station_reads_only_its_own_and_the_office(site: Site) -> None:
    hook, hall, elsewhere = site.machine("HK"), site.machine("HK", "all"), site.machine("LW")
    case_id = register(hook)
    hook.push()
    assert set(elsewhere.contact().streams) == {"office", "station:LW"}
    assert set(hall.contact().streams) == {"office", "station:HK", "station:LW"}
    assert hall.case(case_id) is not None
    with declined("left"):
        elsewhere.page("station:HK")
    note(elsewhere, case_id)
    assert elsewhere.push().receipts[0].verdict == "refused"
    assert elsewhere.receipts[1].ruling.startswith('{"code":"scope"')
