"""What the centre holds: taken, shown, waiting in its order; decided by somebody who answers for it."""

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from tests.domain.trade import PEOPLE
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_push_and_pull import change, declined, note, register
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.entries import GENESIS, link
from yekuo_desktop.domain.office_acts import HeldDecision, PersonSaved
from yekuo_desktop.domain.rulings import read_ruling
from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.pushing import Sent
from yekuo_desktop.server import tables


def retire(site: Site, admin: Machine, login: str) -> None:
    """Somebody no longer works here."""
    person = replace(PEOPLE[login], active=False)
    admin.write(f"person:{login}", "person.saved", PersonSaved(person), "admin")
    admin.push()


def decide(admin: Machine, entry_id: str, *, release: bool, by: str = "admin") -> None:
    decision = HeldDecision(entry_id, release, "电话核实过")
    admin.write(f"held:{entry_id}", "held.decided", decision, by)
    admin.push()


def verdicts(machine: Machine) -> list[tuple[str, str]]:
    found = (machine.receipts[n] for n in sorted(machine.receipts))
    return [(each.verdict, read_ruling(each.ruling).code) for each in found]


@pytest.fixture
def waiting(site: Site) -> tuple[Site, Machine, Machine, str]:
    """A clerk left while her machine had no line: what she wrote then waits."""
    admin, one = site.machine("HK", "all"), site.machine("HK")
    case_id = register(one)
    one.push()
    admin.contact()
    retire(site, admin, "wangli")
    note(one, case_id, "停用前登记")
    note(one, case_id, "同事接着登记", by="zhaojun")
    other = register(one, by="zhaojun")
    one.push()
    assert verdicts(one)[1:] == [("held", "person"), ("held", "behind"), ("applied", "")]
    assert other
    return site, admin, one, case_id


def test_what_waits_is_seen_by_all_and_counts_for_nobody(waiting: Any) -> None:
    _, admin, _, case_id = waiting
    admin.contact()
    assert admin.case(case_id).notes == ()
    assert [row.verdict for row, _ in admin.of(f"case:{case_id}")] == ["applied", "held", "held"]


def test_released_it_counts_with_what_waited_behind_it(waiting: Any) -> None:
    site, admin, one, case_id = waiting
    decide(admin, one.written[1].entry.id, release=True)
    one.contact()
    admin.contact()
    assert [n.text for n in one.case(case_id).notes] == ["停用前登记", "同事接着登记"]
    assert one.case(case_id) == admin.case(case_id)
    assert site.rows(tables.held) == []
    decision = admin.written[-1].entry
    last = [read_ruling(row.ruling).by for row, _ in one.of(f"case:{case_id}")][-2:]
    assert last == [decision.id, decision.id]


def test_refused_it_never_counts_and_the_next_does_on_its_merits(waiting: Any) -> None:
    _, admin, one, case_id = waiting
    decide(admin, one.written[1].entry.id, release=False)
    one.contact()
    assert [n.text for n in one.case(case_id).notes] == ["同事接着登记"]
    kinds = [(row.verdict, read_ruling(row.ruling).code) for row, _ in one.of(f"case:{case_id}")]
    assert kinds[-2:] == [("refused", "decided"), ("applied", "")]


def test_the_receipt_of_a_decided_entry_says_what_was_decided(waiting: Any) -> None:
    _, admin, one, _ = waiting
    decide(admin, one.written[1].entry.id, release=True)
    done = one.push(1)
    assert [(r.verdict, r.known) for r in done.receipts] == [("applied", True)] * 4


def test_who_may_not_decide_is_held_himself(waiting: Any) -> None:
    site, admin, one, _ = waiting
    decide(admin, one.written[1].entry.id, release=True, by="chenjing")
    assert (admin.receipts[2].verdict, len(site.rows(tables.held))) == ("held", 3)


def revoke(site: Site, machine: Machine) -> None:
    with site.centre.database.write() as connection:
        where = tables.devices.c.device == machine.device
        connection.execute(update(tables.devices).where(where).values(state="revoked"))


def test_a_revoked_device_delivers_and_reads_no_more(site: Site) -> None:
    admin, one = site.machine("HK", "all"), site.machine("HK")
    case_id = register(one)
    note(one, case_id)
    revoke(site, one)
    welcome = one.hello()
    assert (welcome.state, welcome.streams, welcome.grants) == ("revoked", {}, ())
    one.push()
    assert verdicts(one) == [("held", "device"), ("held", "device")]
    with declined("revoked"):
        one.page("office")
    admin.contact()
    decide(admin, one.written[0].entry.id, release=True)
    admin.contact()
    assert len(admin.case(case_id).notes) == 1


def test_an_entry_of_a_newer_release_waits(site: Site) -> None:
    one = site.machine()
    case_id = register(one)
    note(one, case_id, schema=99)
    note(one, case_id)
    change(one, case_id, mobile=("13800001000", "13900002000"))
    one.push()
    assert verdicts(one) == [("applied", ""), ("held", "unknown"), ("held", "behind"), ("held", "behind")]


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        "null",
        "[" * 100_000,
        '{"id":"\\u0000"}',
        "不是登记",
        '{"a":1e999}',
        '{"__proto__":{}}',
    ],
)
def test_what_is_no_entry_waits_too(site: Site, body: str) -> None:
    """Nothing a store of ours can write; whoever sends it does not stop those behind it."""
    one = site.machine()
    said = link(GENESIS, body.encode())
    signature = one.key.sign(signing.batch(one.org, one.device, one.life, 1, said))
    register(one)
    done = one.push(count=1, entries=(Sent(body),), signature=signature)
    assert [(r.verdict, read_ruling(r.ruling).code) for r in done.receipts] == [("held", "unreadable")]
    assert done.last_hash == said


def test_an_entry_delivered_by_another_life_counts_once(site: Site) -> None:
    one = site.machine()
    case_id = register(one)
    note(one, case_id)
    one.push()
    one.begin_anew(1)  # as though the second one had never been confirmed
    assert one.hello().chain.last_n == 0
    one.push()
    assert verdicts(one) == [("duplicate", "again")]
    assert bootstrap.new_id()
    one.pull("station:HK")
    assert len(one.case(case_id).notes) == 1
