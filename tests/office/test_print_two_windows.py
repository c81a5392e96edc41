"""Two windows over one store drive the same queue: every sheet comes out, and none twice."""

import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.office.conftest import RESIDENT, seen
from tests.office.spooler import Printer
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn
from yekuo_desktop.office.print_ports import PrintOrder
from yekuo_desktop.office.print_queue import Wish, ask
from yekuo_desktop.office.print_run import advance

WISH = Wish(printer="柜台")
SHEETS, STEPS = 24, 200


class Shared(Printer):
    """A printer that takes one thing at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._one = threading.Lock()

    def send(self, order: PrintOrder) -> int:
        with self._one:
            return super().send(order)

    def print_out(self) -> None:
        with self._one:
            super().print_out()


def orders(desk: Desk, clerk: Session) -> Drawn:
    sheets = []
    for at in range(SHEETS):
        values = RESIDENT | {"address_door": f"{at + 1}号"}
        made = accepting.accept(desk, clerk, values, seen(desk, values), "liming")
        sheets.append(printing.issued(desk, made.case, made.sheets[0].sheet_no))
    return printing.draw(desk, clerk, sheets)


def drive(
    desk: Desk, batch: str, printer: Printer, begin: threading.Barrier, crashes: list[Exception]
) -> None:
    """One window: step after step until nothing waits."""
    begin.wait()
    try:
        for _ in range(STEPS):
            standing = advance(desk, {batch})
            printer.print_out()
            if not (standing.waiting or standing.active):
                break
    except Exception as error:
        crashes.append(error)


def test_each_sheet_comes_out_once(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    printer, crashes = Shared(), list[Exception]()
    drawn = orders(desk, clerk)
    batch = ask(desk, clerk, drawn, WISH)
    # Both stand on one machine: what one is just sending is not lost for the other.
    other = replace(bootstrap.open_desk(str(tmp_path / "store")), clock=desk.clock)
    begin = threading.Barrier(2)
    windows = [
        threading.Thread(target=drive, args=(replace(each, spooler=printer), batch, printer, begin, crashes))
        for each in (desk, other)
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    rows = desk.store.prints.rows(batch=batch)
    other.store.close()
    assert crashes == []
    assert {row.state for row in rows} == {"done"}
    assert sorted(printer.tray) == sorted(row.job_name for row in rows)
    assert {row.attempts for row in rows} == {1}


def test_the_second_window_does_not_ask_for_what_the_first_has_asked_for(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    drawn = orders(desk, clerk)
    other = bootstrap.open_desk(str(tmp_path / "store"))
    try:
        ask(desk, clerk, drawn, WISH)
        with pytest.raises(Refused, match="已在打印队列里"):
            ask(other, clerk, drawn, WISH)
    finally:
        other.store.close()
    assert len(desk.store.prints.rows()) == SHEETS
