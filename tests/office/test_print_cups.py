"""The queue against a real print server: Debian's CUPS with a PDF printer, and printers with troubles."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

from tests.office import cups_server
from tests.office.conftest import ROOT
from tests.office.cups_server import CupsServer, wait_until
from tests.office.test_print_queue import orders
from tests.paper.reading import text_of
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.print_rows import Tally
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.print_ports import PrinterFacts
from yekuo_desktop.office.print_queue import Wish, ask, batch_tally, send_again
from yekuo_desktop.office.print_run import advance
from yekuo_desktop.paper import ipp
from yekuo_desktop.paper.cups import Cups
from yekuo_desktop.runtime import clock

WHY_NOT = cups_server.missing()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=f"NO REAL PRINT QUEUE IS TESTED: {WHY_NOT}")


@pytest.fixture(scope="module")
def server() -> Iterator[CupsServer]:
    """A server of this module's own. Its filters run as another user, who must get into its folder: pytest's
    folders, and perhaps the one for temporary files, let nobody in."""
    with cups_server.alone(), TemporaryDirectory(prefix="yekuo-cups-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        made = CupsServer(Path(folder))
        made.start()
        ipp.library().cupsSetServer(str(made.socket).encode())
        yield made
        ipp.library().cupsSetServer(None)
        made.stop()


@pytest.fixture
def room(desk: Desk, server: CupsServer) -> Desk:
    """The desk over the real server, with the real time: CUPS keeps its own."""
    return replace(desk, spooler=Cups(), clock=clock.now)


def drive(desk: Desk, batch: str) -> Tally:
    """Until nothing waits and nothing is at the printer."""

    def done() -> bool:
        standing = advance(desk, {batch})
        return not (standing.waiting or standing.active)

    wait_until(done)
    return batch_tally(desk, batch)


def came_out(tray: Path) -> list[str]:
    """The job names in the tray, in the order of the jobs."""
    return [path.stem.split("-", 1)[1] for path in sorted(tray.glob("*.pdf"))]


def names(desk: Desk, batch: str) -> list[str]:
    return [row.job_name for row in desk.store.prints.rows(batch=batch)]


def test_a_batch_comes_out_of_the_pdf_printer_and_is_confirmed_by_it(
    room: Desk, clerk: Session, server: CupsServer
) -> None:
    pages = server.add_pdf_printer("PDF")
    batch = ask(room, clerk, orders(room, clerk, 3), Wish(printer="PDF"))
    assert drive(room, batch) == Tally(printed=3)
    found = [next(pages.glob(f"{row.job_name}*")) for row in room.store.prints.rows(batch=batch)]
    try:
        texts = [text_of(path.read_bytes()) for path in found]
    finally:
        for path in found:
            path.unlink()
    assert [len(text) for text in texts] == [1, 1, 1]
    assert ["YK4101-HK01" in text[0] for text in texts] == [True] * 3
    assert {row.printed_pages for row in room.store.prints.rows(batch=batch)} == {1}


def test_out_of_paper_in_mid_batch_and_paper_again(room: Desk, clerk: Session, server: CupsServer) -> None:
    tray = server.add_tray("Paper")
    (tray / "empty").touch()
    batch = ask(room, clerk, orders(room, clerk, 12), Wish(printer="Paper"))
    wait_until(lambda: "缺纸" in advance(room, {batch}).trouble)
    tally = batch_tally(room, batch)
    assert (tally.printed, tally.whole) == (0, 12)
    assert tally.missing >= 4  # not all was pushed into a printer that has no paper
    (tray / "empty").unlink()
    assert drive(room, batch) == Tally(printed=12)
    assert came_out(tray) == names(room, batch)


def test_a_stopped_and_a_removed_printer(room: Desk, clerk: Session, server: CupsServer) -> None:
    tray = server.add_tray("Old")
    server.disable("Old")
    batch = ask(room, clerk, orders(room, clerk, 2), Wish(printer="Old"))
    assert advance(room, {batch}).trouble.startswith("打印机 Old ")
    server.remove("Old")
    assert advance(room, {batch}).trouble == "打印机 Old 已不在"
    assert batch_tally(room, batch) == Tally(missing=2)
    assert came_out(tray) == []


def test_a_job_the_printer_gave_up_is_not_called_printed(
    room: Desk, clerk: Session, server: CupsServer
) -> None:
    tray = server.add_tray("Weak")
    (tray / "broken").touch()
    batch = ask(room, clerk, orders(room, clerk, 1), Wish(printer="Weak"))
    wait_until(lambda: advance(room, {batch}) and room.store.prints.rows(("failed",), batch))
    (row,) = room.store.prints.rows(batch=batch)
    assert row.torn  # it had begun: nobody can know from here
    assert batch_tally(room, batch) == Tally(maybe=1)
    (tray / "broken").unlink()
    send_again(room, clerk, [row.id])
    assert drive(room, batch) == Tally(printed=1)


def test_what_a_printer_says_of_itself(room: Desk, server: CupsServer) -> None:
    server.add_tray("Named")
    facts = next(printer for printer in room.spooler.printers() if printer.name == "Named")
    assert isinstance(facts, PrinterFacts)
    assert facts.trouble == ""
    assert room.spooler.present()


ROUNDS, SHEETS = 5, 30


def test_killed_at_any_point_it_goes_on_and_prints_nothing_twice(
    desk: Desk, clerk: Session, server: CupsServer, tmp_path: Path
) -> None:
    tray, draw = server.add_tray("Killed"), Random(11)
    batch = ask(desk, clerk, orders(desk, clerk, SHEETS), Wish(printer="Killed"))
    wanted = names(desk, batch)
    desk.store.close()
    folder = str(tmp_path / "store")
    for _ in range(ROUNDS):
        _killed(folder, batch, server, draw.randrange(1, 8), draw.random() * 0.05)
    again = bootstrap.open_desk(folder)
    later = timedelta(minutes=1)
    again = replace(again, clock=lambda: clock.now() + later)
    try:
        advance(again, ())  # asks; prints nothing by itself
        said = batch_tally(again, batch)
        assert said.whole == SHEETS
        assert said.printed <= len(came_out(tray)) <= said.printed + said.maybe
        assert drive(again, batch) == Tally(printed=SHEETS)
        assert sorted(came_out(tray)) == sorted(wanted)
        assert list(again.store.verify()) == []
    finally:
        again.store.close()


def _killed(folder: str, batch: str, server: CupsServer, steps: int, more: float) -> None:
    """Let a counter print a while, then pull the plug."""
    counter = subprocess.Popen(
        [sys.executable, "-m", "tests.office.print_counter", folder, batch],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert counter.stdout is not None
    for _ in range(steps):
        counter.stdout.readline()
    try:
        counter.wait(more)
    except subprocess.TimeoutExpired:
        counter.kill()
    counter.communicate()
