"""A calendar comes in: what the preview says is what every deadline becomes, and the journal has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice_store import CHEAP, MOMENT, copied, opened
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office import calendars
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.practice.way import sit_down

CITATION = "国务院办公厅关于2026年部分节假日安排的通知（试）"
LONGER = "春节：2月15日至23日放假。2月14日、2月28日上班。\n植树节：3月12日至13日放假。"


@pytest.fixture
def county(practice_made: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = opened(copied(practice_made, tmp_path / "store"), lambda: MOMENT, CHEAP, alone=True)
    yield desk
    desk.store.close()


def dues(desk: Desk) -> dict[tuple[str, str], object]:
    rows = desk.store.queue(Filter(), MOMENT, limit=1000)
    return {
        (row.case.id, limit.key): limit.due
        for row in rows
        if row.case.state in ("registered", "open", "suspended")
        for limit in desk.store.limits(row.case.id)
        if limit.stopped is None
    }


def test_the_preview_says_what_the_deadlines_become(county: Desk) -> None:
    before = dues(county)
    seen = calendars.preview(county, LONGER, CITATION)
    assert seen.known
    assert len(seen.moved) > 5
    assert dues(county) == before  # looking changes nothing
    calendars.take(county, sit_down(county, "admin"), LONGER, CITATION)
    after = dues(county)
    changed = {key: due for key, due in after.items() if before.get(key) != due}
    assert changed == {(m.case.id, m.limit.key): m.after for m in seen.moved}
    assert county.reference.calendar.citation(2026) == CITATION
    assert list(county.store.verify()) == []
    assert calendars.preview(county, LONGER, CITATION).moved == ()
    (entry,) = county.store.history("reference:calendars/2026")
    assert entry.actor == sit_down(county, "admin").person.id


def test_it_is_still_there_when_the_store_is_opened_again(county: Desk, tmp_path: Path) -> None:
    calendars.take(county, sit_down(county, "admin"), LONGER, CITATION)
    wanted = dues(county)
    county.store.close()
    again = opened(tmp_path / "store", lambda: MOMENT, CHEAP, alone=True)
    assert dues(again) == wanted
    assert again.reference.calendar.citation(2026) == CITATION
    again.store.close()


@pytest.mark.parametrize(("login", "text"), [("wangli", LONGER), ("admin", "没有日期")])
def test_who_may_not_and_what_cannot_be_read_change_nothing(county: Desk, login: str, text: str) -> None:
    before = dues(county)
    with pytest.raises(Refused):
        calendars.take(county, sit_down(county, login), text, CITATION)
    assert dues(county) == before
    assert county.store.history("reference:calendars/2026") == []
