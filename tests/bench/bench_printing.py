"""Two hundred work orders through the print room to a real print server, against lp with the same PDFs."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from msgspec.structs import replace

from tests.office import cups_server
from tests.office.conftest import CHEAP, RESIDENT, seen
from tests.office.cups_server import CupsServer, wait_until
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Drawn, Identity
from yekuo_desktop.office.practice import county as practice
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.print_queue import Wish, ask
from yekuo_desktop.office.print_run import advance
from yekuo_desktop.office.setting_up import found
from yekuo_desktop.paper import ipp
from yekuo_desktop.paper.cups import Cups
from yekuo_desktop.runtime import clock

SHEETS = 200


def run() -> list[dict[str, Any]]:
    """One row; none where no print server can be started."""
    if cups_server.missing():
        return []
    with TemporaryDirectory(prefix="yekuo-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = CupsServer(folder)
        server.start()
        ipp.library().cupsSetServer(str(server.socket).encode())
        desk = _desk(folder / "store")
        try:
            return [_row(server, desk, folder)]
        finally:
            desk.store.close()
            ipp.library().cupsSetServer(None)
            server.stop()


def _row(server: CupsServer, desk: Desk, folder: Path) -> dict[str, Any]:
    tray, other = server.add_tray("Ours"), server.add_tray("Bare")
    clerk, drawn = sit_down(desk, "wangli"), _orders(desk)
    start = perf_counter()
    batch = ask(desk, clerk, drawn, Wish(printer="Ours"))
    wait_until(lambda: _through(desk, batch))
    ours = perf_counter() - start
    pdfs = sorted(tray.glob("*.pdf"))
    assert len(pdfs) == SHEETS
    start = perf_counter()
    environment = {**os.environ, "CUPS_SERVER": str(server.socket)}
    for path in pdfs:
        subprocess.run(["lp", "-d", "Bare", str(path)], env=environment, check=True, capture_output=True)
    wait_until(lambda: len(list(other.glob("*.pdf"))) == SHEETS)
    bare = perf_counter() - start
    return {
        "what": "200 sheets drawn, queued on disk, printed by CUPS and confirmed, per sheet",
        "value": ours / SHEETS * 1000,
        "unit": "ms",
        "yardstick": f"lp with finished PDFs: {bare / SHEETS * 1000:.3g} ms",
        "ratio": ours / bare,
    }


def _through(desk: Desk, batch: str) -> bool:
    standing = advance(desk, {batch})
    return not (standing.waiting or standing.active)


def _desk(folder: Path) -> Desk:
    identity = Identity(
        org="org", station="HK", terminal="HK01", device="device", incarnation="life-1", practice=True
    )
    made = bootstrap.new_desk(folder, identity, clock.now, CHEAP)
    people = tuple(
        (Person(id=login, login=login, name=name, roles=roles, station="HK", areas=areas), practice.PASSWORD)
        for login, name, roles, areas in practice.STAFF
    )
    found(made, practice.FOUNDING, people)
    return replace(made, spooler=Cups())


def _orders(desk: Desk) -> Drawn:
    clerk, sheets = sit_down(desk, "wangli"), []
    for at in range(SHEETS):
        values = RESIDENT | {"address_door": f"{at + 1}号"}
        made = accepting.accept(desk, clerk, values, seen(desk, values), "liming")
        sheets.append(printing.issued(desk, made.case, made.sheets[0].sheet_no))
    return printing.draw(desk, clerk, sheets)
