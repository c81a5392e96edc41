"""The print queue: nothing lost, nothing twice, and always an honest answer to "is it out?"."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.conftest import FixedClock
from tests.office.conftest import RESIDENT, seen
from tests.office.spooler import PowerCut, Printer
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.print_rows import PRINT_SYSTEM, Tally
from yekuo_desktop.office import accepting, daybook, print_queue, printing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.handover import hand_over
from yekuo_desktop.office.ports import Drawn
from yekuo_desktop.office.print_ports import NoSpooler, Spooler
from yekuo_desktop.office.print_queue import Wish, ask, printed_before
from yekuo_desktop.office.print_run import LOST_AFTER, WINDOW, Standing, advance, broken, claim, painted
from yekuo_desktop.paper.cups import Cups

WISH = Wish(printer="柜台")


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def room(desk: Desk, printer: Printer) -> Desk:
    """The desk beside a printer."""
    return replace(desk, spooler=printer)


def orders(desk: Desk, clerk: Session, count: int) -> Drawn:
    """The work orders of so many households, as one document."""
    sheets = []
    for at in range(count):
        values = RESIDENT | {"address_door": f"{at + 1}号"}
        made = accepting.accept(desk, clerk, values, seen(desk, values), "liming")
        sheets.append(printing.issued(desk, made.case, made.sheets[0].sheet_no))
    return printing.draw(desk, clerk, sheets)


def run(desk: Desk, printer: Printer, batch: str, steps: int = 20) -> Standing:
    """Drive the queue while the printer prints."""
    for _ in range(steps):
        advance(desk, {batch})
        printer.print_out()
    return advance(desk, {batch})


def states(desk: Desk, batch: str = "") -> list[str]:
    return [row.state for row in desk.store.prints.rows(batch=batch)]


def test_a_batch_comes_out_whole_in_its_order_and_is_confirmed(
    room: Desk, clerk: Session, printer: Printer
) -> None:
    batch = ask(room, clerk, orders(room, clerk, 20), WISH)
    rows = room.store.prints.rows(batch=batch)
    assert {row.state for row in rows} == {"waiting"}
    assert printer.jobs == []  # on disk before anything is sent
    first = advance(room, {batch})
    assert (first.active, first.waiting) == (WINDOW, 20 - WINDOW)
    assert run(room, printer, batch).tally == Tally(printed=20)
    assert printer.tray == [row.job_name for row in rows]
    done = room.store.prints.rows(batch=batch)
    assert {(row.state, row.settled_by, row.pages) for row in done} == {("done", PRINT_SYSTEM, 1)}
    assert all(room.store.prints.pdf(row.id) == b"" for row in done)
    assert all(order.name.isascii() for order, _ in printer.jobs)


def test_each_copy_says_which_it_is(room: Desk, clerk: Session, printer: Printer) -> None:
    batch = ask(room, clerk, orders(room, clerk, 2), replace(WISH, copies=2, duplex=True))
    run(room, printer, batch)
    rows = room.store.prints.rows(batch=batch)
    assert [(row.copy, row.sheet_no[-3:]) for row in rows] == [
        (1, "1-1"),
        (1, "2-1"),
        (2, "1-1"),
        (2, "2-1"),
    ]
    assert len({order.pdf for order, _ in printer.jobs}) == 4
    assert all(order.duplex for order, _ in printer.jobs)


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("at", [1, 5, 12])
def test_after_a_power_cut_the_rest_comes_out_and_nothing_twice(
    room: Desk, clerk: Session, printer: Printer, clock: FixedClock, taken: bool, at: int
) -> None:
    batch = ask(room, clerk, orders(room, clerk, 12), WISH)
    setattr(printer, "cut_after" if taken else "cut_before", at)
    with pytest.raises(PowerCut):
        run(room, printer, batch)
    clock.advance(seconds=LOST_AFTER.total_seconds() + 1)
    advance(room, ())  # the window opens again: it asks, and prints nothing by itself
    tally = print_queue.batch_tally(room, batch)
    assert tally.whole == 12
    assert tally.missing == 12 - at + (not taken)
    run(room, printer, batch)
    assert states(room, batch) == ["done"] * 12
    assert printer.tray == [row.job_name for row in room.store.prints.rows(batch=batch)]


def test_what_the_print_system_forgot_is_left_to_a_person(
    room: Desk, clerk: Session, printer: Printer, clock: FixedClock
) -> None:
    batch = ask(room, clerk, orders(room, clerk, 3), WISH)
    printer.cut_after = 2
    with pytest.raises(PowerCut):
        advance(room, {batch})
    printer.forget()
    clock.advance(hours=1)
    standing = run(room, printer, batch)
    assert standing.tally == Tally(printed=1, maybe=2)  # the third went on its way
    doubtful = [row for row in room.store.prints.rows(batch=batch) if row.surety == "maybe"]
    assert all("看打印机" in row.reason for row in doubtful)
    assert print_queue.confirm(room, clerk, [doubtful[0].id]) == 1
    assert print_queue.send_again(room, clerk, [doubtful[1].id]) == {batch}
    run(room, printer, batch)
    rows = room.store.prints.rows(batch=batch)
    assert [row.state for row in rows] == ["done"] * 3
    assert {row.settled_by for row in rows} == {PRINT_SYSTEM, clerk.person.id}


def test_a_printer_that_is_off_holds_the_queue_and_loses_nothing(
    room: Desk, clerk: Session, printer: Printer
) -> None:
    batch = ask(room, clerk, orders(room, clerk, 3), WISH)
    printer.facts = replace(printer.facts, trouble="缺纸")
    standing = run(room, printer, batch)
    assert standing.trouble == "打印机 柜台 缺纸"
    assert standing.tally == Tally(missing=3)
    printer.facts = replace(printer.facts, trouble="")
    assert run(room, printer, batch).tally == Tally(printed=3)


def test_a_printer_taken_away_in_mid_batch(room: Desk, clerk: Session, printer: Printer) -> None:
    batch = ask(room, clerk, orders(room, clerk, 12), WISH)
    advance(room, {batch})
    printer.end(1, "completed", pages=1, begun=True)
    printer.end(2, "aborted", pages=0, begun=True, words="backend failed")
    for number in range(3, WINDOW + 1):
        printer.end(number, "cancelled")
    printer.there = False
    standing = advance(room, {batch})
    assert standing.trouble == "打印机 柜台 已不在"
    assert standing.tally == Tally(printed=1, maybe=1, missing=10, failed=WINDOW - 2)
    second = room.store.prints.rows(batch=batch)[1]
    assert print_queue.state_words(second) == "失败,可能印出一部分"
    assert "backend failed" in second.reason
    left = [row.id for row in room.store.prints.rows(batch=batch) if row.state != "done"]
    printer.there, printer.facts = True, replace(printer.facts, name="所长室")
    assert print_queue.turn_to(room, left, "所长室") == 11
    assert print_queue.send_again(room, clerk, left) == {batch}
    assert run(room, printer, batch).tally == Tally(printed=12)


def test_a_batch_that_is_given_up_stops_where_it_is(room: Desk, clerk: Session, printer: Printer) -> None:
    batch = ask(room, clerk, orders(room, clerk, 12), WISH)
    advance(room, {batch})
    printer.end(1, "completed", pages=1, begun=True)
    print_queue.cancel(room, clerk, [row.id for row in room.store.prints.rows(batch=batch)])
    assert states(room, batch) == ["done"] + ["cancelled"] * 11
    assert run(room, printer, batch).tally == Tally(printed=1)
    assert len(printer.tray) == 1


def test_a_second_printing_is_a_reprint_with_a_reason(room: Desk, clerk: Session, printer: Printer) -> None:
    drawn = orders(room, clerk, 2)
    assert printed_before(room, drawn.parts) == []
    run(room, printer, ask(room, clerk, drawn, WISH))
    assert [row.state for row in printed_before(room, drawn.parts)] == ["done", "done"]
    with pytest.raises(Refused, match="已打印;再打印须登记补打,写明原因"):
        ask(room, clerk, drawn, WISH)
    again = ask(room, clerk, drawn, WISH, reason="途中淋湿")
    run(room, printer, again)
    assert [(row.reprint, row.state) for row in room.store.prints.rows(batch=again)] == [(1, "done")] * 2
    case = room.store.case(drawn.parts[0].case_id)
    assert case is not None
    assert case.papers[0].reprints == 1


def test_a_sheet_in_the_queue_is_not_asked_for_twice(room: Desk, clerk: Session, printer: Printer) -> None:
    drawn = orders(room, clerk, 1)
    batch = ask(room, clerk, drawn, WISH)
    with pytest.raises(Refused, match="已在打印队列里"):
        ask(room, clerk, drawn, WISH, reason="又按了一次")
    print_queue.cancel(room, clerk, [row.id for row in room.store.prints.rows(batch=batch)])
    run(room, printer, ask(room, clerk, drawn, WISH))
    assert len(printer.tray) == 1


def test_what_failed_may_be_asked_for_anew_without_a_reason(
    room: Desk, clerk: Session, printer: Printer
) -> None:
    drawn = orders(room, clerk, 1)
    batch = ask(room, clerk, drawn, WISH)
    advance(room, {batch})
    printer.end(1, "cancelled")
    advance(room, {batch})
    assert states(room, batch) == ["failed"]
    run(room, printer, ask(room, clerk, drawn, WISH))
    assert states(room) == ["cancelled", "done"]


def test_a_void_sheet_is_not_printed(room: Desk, clerk: Session, printer: Printer) -> None:
    drawn = orders(room, clerk, 2)
    batch = ask(room, clerk, drawn, WISH)
    printing.void(room, clerk, drawn.parts[0].case_id, drawn.parts[0].sheet_no, "户名写错")
    run(room, printer, batch)
    first, second = room.store.prints.rows(batch=batch)
    assert (first.state, first.reason) == ("failed", "没有生成:排队期间已作废:户名写错")
    assert second.state == "done"
    with pytest.raises(Refused, match="已作废,不再打印"):
        ask(room, clerk, replace(drawn, parts=drawn.parts[:1]), WISH)


def test_lists_go_through_the_same_queue(room: Desk, clerk: Session, printer: Printer) -> None:
    orders(room, clerk, 1)
    log = daybook.drawn(room, clerk, room.clock().date())
    for _ in range(2):  # a list may be printed as often as one likes
        run(room, printer, ask(room, clerk, log, WISH))
    assert {order.pdf for order, _ in printer.jobs} == {log.pdf}
    assert [(row.title, row.state) for row in room.store.prints.rows()] == [("营业日志", "done")] * 2


def test_a_hand_over_is_a_list_and_its_orders(room: Desk, clerk: Session, printer: Printer) -> None:
    drawn = orders(room, clerk, 3)
    made = hand_over(room, clerk, [part.case_id for part in drawn.parts], "赵六")
    batch = ask(room, clerk, made.drawn, WISH)
    run(room, printer, batch)
    rows = room.store.prints.rows(batch=batch)
    assert [row.title for row in rows] == ["业扩工单交接清单", *["业扩报装工单"] * 3]
    assert len({order.pdf for order, _ in printer.jobs}) == 4
    assert sum(row.pages for row in rows) == made.drawn.pages


@pytest.mark.parametrize("spooler", [NoSpooler(), Cups()])  # no server runs where the tests look for one
def test_where_no_print_system_answers_a_person_confirms(
    desk: Desk, clerk: Session, spooler: Spooler
) -> None:
    desk = replace(desk, spooler=spooler)
    assert not desk.spooler.present()
    batch = ask(desk, clerk, orders(desk, clerk, 3), WISH)
    for _ in range(2):
        row = advance(desk, {batch}).ready
        assert row is not None
        assert claim(desk, row) is not None
        assert claim(desk, row) is None  # nobody paints it a second time
        claimed = desk.store.prints.get(row.id)
        assert claimed is not None
        painted(desk, claimed)
    third = advance(desk, {batch}).ready
    assert third is not None
    claim(desk, third)
    broken(desk, replace(third, attempts=1), "打印机中断", 0)
    standing = advance(desk, {batch})
    assert standing.tally == Tally(maybe=2, missing=1, failed=1)
    print_queue.confirm(desk, clerk, [row.id for row in desk.store.prints.rows(("sent",))])
    assert print_queue.state_words(desk.store.prints.rows(("done",))[0]) == "已确认(人工)"


def test_the_queue_is_on_disk(
    desk: Desk, clerk: Session, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    drawn = orders(desk, clerk, 2)
    batch = ask(desk, clerk, drawn, WISH)
    advance(desk, {batch})
    rows = desk.store.prints.rows()
    pdfs = [desk.store.prints.pdf(row.id) for row in rows]
    desk.store.close()
    again = bootstrap.open_desk(str(tmp_path / "store"))
    try:
        assert again.store.prints.rows() == rows
        assert [again.store.prints.pdf(row.id) for row in rows] == pdfs
        assert pdfs[0].startswith(b"%PDF")
        assert list(again.store.verify()) == []
    finally:
        again.store.close()


def test_the_wish_is_checked(desk: Desk, clerk: Session) -> None:
    drawn = orders(desk, clerk, 1)
    for wish, words in (
        (replace(WISH, copies=21), "份数应在 1 到 20"),
        (replace(WISH, printer=""), "打印机"),
    ):
        with pytest.raises(Refused, match=words):
            ask(desk, clerk, drawn, wish)
