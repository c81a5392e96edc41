"""A case that another station goes on with: it moves whole, and what was written late still finds it."""

from tests.domain.test_merging import acceptance
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_held import verdicts
from tests.server.test_push_and_pull import change, note, register
from yekuo_desktop.domain.delivery import Transfer
from yekuo_desktop.server import tables


def accepted(machine: Machine) -> str:
    """An accepted case, not sent yet."""
    case_id = register(machine)
    machine.write(f"case:{case_id}", "case.accepted", acceptance())
    return case_id


def transfer(machine: Machine, case_id: str, station: str) -> None:
    machine.write(f"case:{case_id}", "case.transferred", Transfer(station, "辖区调整"), "zhaojun")


def test_it_moves_whole(site: Site) -> None:
    old, new, hall = site.machine("HK"), site.machine("LW"), site.machine("HK", "all")
    case_id = accepted(old)
    note(old, case_id, "移交前")
    transfer(old, case_id, "LW")
    old.contact()
    assert verdicts(old) == [("applied", "")] * 4
    for machine in (new, hall):
        machine.contact()
    assert new.case(case_id) == hall.case(case_id) == old.case(case_id)
    assert new.case(case_id).station == "LW"
    carried = [row.origin for row, _ in new.of(f"case:{case_id}")]
    assert carried == [f"station:HK#{seq}" for seq in (1, 2, 3, 4)]


def test_the_new_station_goes_on_and_the_old_one_reads_no_more_of_it(site: Site) -> None:
    old, new = site.machine("HK"), site.machine("LW")
    case_id = accepted(old)
    transfer(old, case_id, "LW")
    old.contact()
    new.contact()
    note(new, case_id, "接手", by="chenjing")
    new.contact()
    old.contact()
    assert [n.text for n in new.case(case_id).notes] == ["接手"]
    assert old.case(case_id).notes == ()


def test_what_the_old_station_wrote_before_it_knew_still_counts(site: Site) -> None:
    hall, old, new = site.machine("HK", "all"), site.machine("HK"), site.machine("LW")
    case_id = accepted(old)
    for machine in (old, hall):
        machine.contact()
    transfer(hall, case_id, "LW")
    hall.contact()
    note(old, case_id, "移交时的来电")
    change(old, case_id, mobile=("13800001000", "13900002000"))
    old.push()
    assert [(r.verdict, r.stream) for n, r in sorted(old.receipts.items())][-2:] == [
        ("applied", "station:LW"),
        ("applied", "station:LW"),
    ]
    new.contact()
    assert new.case(case_id).values["mobile"] == "13900002000"
    old.contact()
    note(old, case_id, "知道移交以后")
    old.push()
    assert verdicts(old)[-1] == ("refused", "scope")


def test_there_and_back_every_row_is_in_both_streams_once(site: Site) -> None:
    hall, old, new = site.machine("HK", "all"), site.machine("HK"), site.machine("LW")
    case_id = accepted(hall)
    transfer(hall, case_id, "LW")
    hall.contact()
    note(hall, case_id, "在柳湾", stream="station:LW")
    transfer(hall, case_id, "HK")
    hall.contact()
    for machine in (old, new, hall):
        machine.contact()
    assert old.case(case_id) == hall.case(case_id)
    assert old.case(case_id).station == "HK"
    for stream in ("station:HK", "station:LW"):
        rows = site.rows(tables.log, tables.log.c.stream == stream)
        assert len({(row["incarnation"], row["n"]) for row in rows}) == len(rows) == 5


def test_an_unknown_station_is_no_stream(site: Site) -> None:
    old = site.machine("HK")
    case_id = accepted(old)
    transfer(old, case_id, "NOWHERE")
    old.push()
    assert verdicts(old)[-1] == ("refused", "guard")
    assert {row["stream"] for row in site.rows(tables.streams)} == {"office", "station:HK"}
