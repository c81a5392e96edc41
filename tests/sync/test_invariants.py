"""The checkers of the simulation go red where they must: histories of a real county, forged in one place."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.sync.hall import Hall
from tests.sync.invariants import Exchange, histories, out_of_order, overwritten, unbounded, without_form
from tests.sync.post import Post
from tests.sync.test_contact import rename
from tests.sync.test_faults import settled
from yekuo_desktop.domain.casework import Reason, Suspension
from yekuo_desktop.domain.delivery import Receipt
from yekuo_desktop.domain.rulings import PLAIN
from yekuo_desktop.office import desk as office
from yekuo_desktop.store.lines import Line


@pytest.fixture
def history(first: Post, second: Post) -> list[Line]:
    """Accepted, renamed at both, signed for, suspended and resumed."""
    case = first.accept()
    settled(first, second)
    rename(first, case, "张秀芳")
    rename(second, case, "张秀英子")
    settled(first, second, first)
    for by, kind, payload in (
        ("liming", "work_order.received", Receipt(case.delivery.sheet_no, "program")),
        ("wangli", "case.suspended", Suspension("等材料", evidence="1")),
        ("wangli", "case.resumed", Reason("材料已到")),
        ("wangli", "case.withdrawn", Reason("不办了")),
    ):
        office.act(first.desk, first.session(by), case.id, kind, payload)
    settled(first, second)
    (found,) = (lines for _, lines in histories(second.store))
    assert overwritten(found) == out_of_order(found) == without_form(second.store, found) == []
    return found


def of(history: list[Line], kind: str) -> int:
    return next(at for at, line in enumerate(history) if line.entry.kind == kind)


def test_a_value_nobody_had_seen_replaced_without_a_conflict_is_found(history: list[Line]) -> None:
    at = next(at for at, line in enumerate(history) if line.ruling.clashes)
    history[at] = history[at]._replace(ruling=PLAIN, verdict="applied")
    assert "张秀芳" in overwritten(history)[0]


def test_a_value_that_was_there_without_anybody_setting_it_is_found(history: list[Line]) -> None:
    at = next(at for at, line in enumerate(history) if line.ruling.clashes)
    later = history[at]._replace(ruling=PLAIN, verdict="applied")  # its author had seen the first name only
    assert overwritten([*history, later]) != []


@pytest.mark.parametrize(
    "kind", ["work_order.received", "case.suspended", "case.resumed", "case.withdrawn", "case.accepted"]
)
def test_two_winners_of_one_step_are_found(history: list[Line], kind: str) -> None:
    at = of(history, kind)
    history.insert(at + 1, history[at])
    assert kind in out_of_order(history)[0]


@pytest.mark.parametrize("kind", ["case.accepted", "case.suspended"])
def test_a_step_left_out_is_found(history: list[Line], kind: str) -> None:
    del history[of(history, kind)]
    assert out_of_order(history) != []


def test_a_form_that_is_not_the_recorded_one_is_found(first: Post, history: list[Line]) -> None:
    at = of(history, "paper.issued")
    entry = history[at].entry
    forged = bytes(entry.payload).replace(b'"layout":"', b'"layout":"0', 1)
    history[at] = history[at]._replace(entry=replace(entry, payload=msgspec.Raw(forged)))
    assert without_form(first.store, history) == [entry.id]


def test_what_is_too_much_is_found(first: Post, hall: Hall) -> None:
    first.accept()
    first.sync()
    assert unbounded(first.exchanged) == []
    page = b'{"rows":[' + b",".join([b"{}"] * 1001) + b"]}"
    assert unbounded([Exchange("/x/changes", b"", page)]) == ["too many rows"]
    push = b'{"entries":[' + b",".join([b"1"] * 501) + b"]}"
    assert unbounded([Exchange("/push", push, b"")]) == ["too many entries at once"]
    assert unbounded([Exchange("/hello", bytes(3_000_000), b"")]) != []
    assert unbounded([Exchange("/hello", b"", b"")] * 61) == ["61 requests"]
