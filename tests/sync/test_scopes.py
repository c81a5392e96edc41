"""Who reads what: a station its own cases, the hall all; what becomes of who may not read any more."""

from msgspec.structs import replace

from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_contact import note
from tests.sync.test_faults import settled
from yekuo_desktop.domain.delivery import Transfer
from yekuo_desktop.domain.office_acts import PersonSaved, StationSaved
from yekuo_desktop.domain.organisation import Station
from yekuo_desktop.office import desk as office
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.server import operating
from yekuo_desktop.server.organisations import find_org


def with_a_village(first: Post, hall: Hall) -> Post:
    """A station in the country that reads only its own cases."""
    with first.desk.store.unit() as unit:
        save(first.desk, unit, "office", "station.saved", StationSaved(Station("LW", "柳湾供电所")), "admin")
    settled(first)
    village = hall.add("LW", scope="own")
    settled(village)
    return village


def hand_over(post: Post, case_id: str, station: str) -> None:
    transfer = Transfer(station=station, reason="属地调整")
    office.act(post.desk, post.session("zhaojun"), case_id, "case.transferred", transfer)


def revoke(hall: Hall, post: Post, state: str = "revoked") -> None:
    with hall.database.read() as connection:
        org = find_org(connection, "org")
    operating.set_device(hall.centre, org, post.store.identity.device, state=state)


def test_a_station_reads_its_own_cases_and_a_case_moves_there_whole(first: Post, hall: Hall) -> None:
    village = with_a_village(first, hall)
    case, stays = first.accept(), first.accept(address_door="9号")
    note(first, case, "之前的")
    settled(first, village)
    assert village.store.case(case.id) is None
    hand_over(first, case.id, "LW")
    settled(first, village)
    moved = village.store.case(case.id)
    assert moved is not None
    assert moved == first.store.case(case.id) == hall.document(case.id)
    assert [n.text for n in moved.notes] == ["之前的"]
    assert village.store.history(f"case:{case.id}") == first.store.history(f"case:{case.id}")
    assert village.store.case(stays.id) is None
    note(village, case, "之后的")
    settled(village, first)
    assert [n.text for n in first.store.case(case.id).notes] == ["之前的", "之后的"]


def test_what_the_old_station_wrote_before_it_knew_of_the_move_arrives(
    first: Post, second: Post, hall: Hall
) -> None:
    village = with_a_village(first, hall)
    case = first.accept()
    settled(first, second, village)
    hand_over(first, case.id, "LW")
    settled(first)
    note(second, case, "还不知道")
    settled(second, village, first)
    assert [n.text for n in village.store.case(case.id).notes] == ["还不知道"]
    assert village.store.case(case.id) == first.store.case(case.id) == second.store.case(case.id)


def test_a_case_that_comes_back_is_the_same_everywhere(first: Post, hall: Hall) -> None:
    village = with_a_village(first, hall)
    case = first.accept()
    settled(first, village)
    hand_over(first, case.id, "LW")
    settled(first, village)
    note(village, case, "在柳湾")
    settled(village, first)
    hand_over(first, case.id, "HK")
    settled(first, village)
    note(first, case, "回到河口")
    settled(first, village)
    now = first.store.case(case.id)
    assert [n.text for n in now.notes] == ["在柳湾", "回到河口"]
    assert now == hall.document(case.id)
    left = village.store.case(case.id)  # as it was when it left
    assert left is not None
    assert (left.station, [n.text for n in left.notes]) == ("HK", ["在柳湾"])


def test_a_revoked_device_reads_nothing_more_and_what_it_wrote_is_held(
    first: Post, second: Post, hall: Hall
) -> None:
    case = first.accept()
    settled(first, second)
    note(second, case, "停用前写的")
    note(first, case, "停用后写的")
    revoke(hall, second)
    assert first.sync().trouble == ""
    assert "停用" in second.sync().trouble
    assert second.store.unsent() == 0
    assert [n.text for n in first.store.case(case.id).notes] == ["停用后写的"]
    (held,) = second.store.centre.unsettled()
    assert (held.verdict, held.ruling.code) == ("held", "device")
    assert [n.text for n in second.store.case(case.id).notes] == []
    revoke(hall, second, "active")
    settled(second)
    assert [n.text for n in second.store.case(case.id).notes] == ["停用后写的"]
    with hall.database.read() as connection:
        org = find_org(connection, "org")
    operating.decide(hall.centre, org, held.entry.id, release=True, reason="核实过")
    settled(second, first)
    assert second.store.centre.unsettled() == []
    assert [n.text for n in second.store.case(case.id).notes] == ["停用后写的", "停用前写的"]
    assert second.store.case(case.id) == first.store.case(case.id) == hall.document(case.id)


def test_somebody_who_left_is_held_until_an_administrator_decides(
    first: Post, second: Post, hall: Hall
) -> None:
    case = first.accept()
    settled(first, second)
    note(second, case, "离职前写的")
    left = replace(first.store.organisation().people["wangli"], active=False)
    with first.desk.store.unit() as unit:
        save(first.desk, unit, "person:wangli", "person.saved", PersonSaved(left), "admin")
    settled(first)
    second.sync()
    (held,) = second.store.centre.unsettled()
    assert (held.verdict, held.ruling.code) == ("held", "person")
    assert second.store.case(case.id) == first.store.case(case.id) == hall.document(case.id)


def test_what_moved_away_is_not_missed_by_the_comparison(first: Post, hall: Hall) -> None:
    village = with_a_village(first, hall)
    away, stays = village.accept(), village.accept(address_door="9号")
    settled(village, first)
    hand_over(first, away.id, "HK")
    settled(first, village)
    village.crash()  # a fresh start compares everything once
    note(first, stays, "县里写的")
    settled(first)
    assert village.sync().trouble == ""
    assert "digest" in " ".join(village.asked)
