"""What a centre lost with its disk and whose author is gone: another station brings it back."""

from pathlib import Path

from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_contact import note
from tests.sync.test_faults import settled


def test_entries_of_a_station_that_is_gone_come_back_by_one_that_had_read_them(
    first: Post, second: Post, hall: Hall, tmp_path: Path
) -> None:
    case = first.accept()
    settled(first, second)
    hall.back_up(tmp_path / "centre.db")
    hall.open()
    note(first, case, "先")
    settled(first, second)
    hall.restore(tmp_path / "centre.db")
    settled(second)  # the first never comes again
    now = second.store.case(case.id)
    assert now is not None
    assert [n.text for n in now.notes] == ["先"]
    assert hall.document(case.id) == now
    assert second.store.station.rescues() == []
