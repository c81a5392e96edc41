"""A list being accepted in a process of its own, which says each row; run by the kill test."""

import sys
from pathlib import Path

from tests.office.conftest import RESIDENT
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.lists.cells import Grid
from yekuo_desktop.domain.lists.headings import Header
from yekuo_desktop.domain.lists.reading import ListRow, ListTable
from yekuo_desktop.office import lists
from yekuo_desktop.office.list_taking import Given
from yekuo_desktop.office.lists import accept_list
from yekuo_desktop.office.practice.way import sit_down

GIVEN = Given(values={}, manager="liming", seen=("*",))


def table(count: int, *, faulty: frozenset[int] = frozenset()) -> ListTable:
    """Households of one village, each with a door of its own; the faulty ones without a customer."""
    rows = tuple(ListRow(at, at + 1, _values(at, at in faulty)) for at in range(1, count + 1))
    return ListTable(grid=Grid("清单", ()), header=Header(0, 1, ()), rows=rows)


def _values(at: int, faulty: bool) -> dict[str, str]:
    return {**RESIDENT, "address_door": f"{at}号"} | ({"customer_name": ""} if faulty else {})


def main(folder: str, count: int) -> None:
    """Accept until done or killed, within a commit or between two."""
    lists.TOGETHER = 20
    desk = bootstrap.open_desk(str(Path(folder)))

    def say(done: int, _total: int) -> bool:
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()
        return True

    accept_list(desk, sit_down(desk, "wangli"), table(count), GIVEN, say)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
