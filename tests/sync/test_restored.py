"""A station that went back to a backup: the centre gives back what it had, and nothing counts twice."""

import os
from pathlib import Path

from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_contact import note
from tests.sync.test_faults import settled
from yekuo_desktop import bootstrap
from yekuo_desktop.office.restoring import cost_words
from yekuo_desktop.runtime.paths import machine_id
from yekuo_desktop.store import backup, backup_restoring
from yekuo_desktop.store.repair_salvage import salvage


def test_what_the_centre_has_comes_back_and_the_rest_was_named(first: Post, second: Post, hall: Hall) -> None:
    machine, case = machine_id(os.environ), first.accept()
    settled(first)
    note(first, case, "没有上传就备份")
    made = Path(backup.back_up(first.store.backing, "by_hand", hall.clock()).path)
    note(first, case, "备份之后上传")
    later = first.accept(customer_name="李国强")
    settled(first)
    found = backup_restoring.preview(made, first.folder, machine)
    assert (found.joined, found.lost) == (True, 0)
    assert "中心都已有" in cost_words(found)
    note(first, case, "只在本机")
    found = backup_restoring.preview(made, first.folder, machine)
    assert (found.lost, found.after) == (1, found.returning + 1)
    life = first.store.identity.incarnation
    folder = first.folder
    backup_restoring.prepare(made, folder, machine, bootstrap.new_id, hall.clock())
    first.crash()
    assert first.store.identity.incarnation != life
    assert first.store.case(later.id) is None
    again = first.accept(customer_name="王海")
    settled(first, second)
    assert first.store.case(later.id) == later == second.store.case(later.id)
    assert again.number not in (case.number, later.number)
    now = first.store.case(case.id)
    assert now is not None
    assert sorted(n.text for n in now.notes) == ["备份之后上传", "没有上传就备份"]
    assert now == second.store.case(case.id) == hall.document(case.id)
    assert first.store.centre.unsettled() == []


def test_a_store_made_anew_from_its_own_entries_gets_the_others_from_the_centre(
    first: Post, second: Post, hall: Hall
) -> None:
    theirs, ours = second.accept(customer_name="李国强"), first.accept()
    settled(second, first)
    note(first, ours, "没有上传")
    before, machine = first.store.case(ours.id), machine_id(os.environ)
    found = salvage(first.folder, first.store._key, machine, bootstrap.new_id, hall.clock(), ())
    assert (found.base, found.lost) == ("", ())
    first.crash()
    assert first.store.case(ours.id) is not None
    assert first.store.case(theirs.id) is None
    settled(first, second)
    assert first.store.case(theirs.id) == theirs
    assert first.store.case(ours.id) == before == second.store.case(ours.id) == hall.document(ours.id)
    assert first.store.centre.unsettled() == []
