"""Work orders of 95598: registered once, whichever way they came before; a mended row is known again."""

from tests.office.conftest import RESIDENT
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.lists.cells import Grid
from yekuo_desktop.domain.lists.headings import Header
from yekuo_desktop.domain.lists.reading import ListRow, ListTable
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.list_check import check_list
from yekuo_desktop.office.list_orders import ORDERING
from yekuo_desktop.office.list_taking import Given
from yekuo_desktop.office.lists import LEFT_OUT, accept_list

GIVEN = Given(values={})
ORDER = {"channel_reference": "95003881", "customer_name": "赵德柱", "mobile": "13803710001"}


def table(*rows: ListRow) -> ListTable:
    return ListTable(grid=Grid("清单", ()), header=Header(0, 0, ()), rows=rows)


def order(at: int, **changes: str) -> ListRow:
    return ListRow(at, at + 1, {**ORDER, **changes})


def taken(desk: Desk, clerk: Session, *rows: ListRow) -> list[tuple[bool, bool]]:
    result = accept_list(desk, clerk, table(*rows), GIVEN, None, ORDERING)
    return [(row.accepted, row.repeated) for row in result.rows]


def registered(desk: Desk) -> int:
    return desk.store.count(Filter(states=("registered",)), desk.clock())


def test_the_same_order_twice_in_a_list_and_again_is_one(desk: Desk, clerk: Session) -> None:
    assert taken(desk, clerk, order(1), order(2), order(3, channel_reference="9")) == [
        (True, False),
        (True, True),
        (True, False),
    ]
    assert (
        taken(desk, clerk, order(1, remarks="又来电"), order(2, channel_reference="９")) == [(True, True)] * 2
    )
    assert registered(desk) == 2


def test_an_order_taken_down_by_hand_is_not_taken_again(desk: Desk, clerk: Session) -> None:
    accepting.register(desk, clerk, {**accepting.blank(desk, clerk), **ORDER}, {})
    accepting.register(
        desk, clerk, {**accepting.blank(desk, clerk), **ORDER, "channel_reference": "950038811"}, {}
    )
    (check,) = check_list(desk, clerk, table(order(1)), GIVEN, lambda *_: None, ORDERING)
    assert (check.known, check.ready) == ("已登记,等待正式受理", False)
    assert taken(desk, clerk, order(1)) == [(True, True)]
    assert registered(desk) == 2


def test_what_is_accepted_from_an_order_keeps_that_it_came_from_it(desk: Desk, clerk: Session) -> None:
    accept_list(desk, clerk, table(order(1)), GIVEN, None, ORDERING)
    (row,) = desk.store.queue(Filter(), desk.clock())
    case = desk.store.case(row.case.id)
    assert case is not None
    assert (case.values["channel"], case.values["channel_reference"]) == ("95598", "95003881")
    assert case.source


def test_a_row_left_out_says_so_and_writes_nothing(desk: Desk, clerk: Session) -> None:
    row = ListRow(1, 2, dict(ORDER), left_out=True)
    (end,) = accept_list(desk, clerk, table(row), GIVEN, None, ORDERING).rows
    assert (end.accepted, end.reasons) == (False, (LEFT_OUT,))
    assert registered(desk) == 0


def test_a_mended_row_is_known_by_what_the_sheet_said_if_that_was_sound() -> None:
    unread = ListRow(1, 2, dict(ORDER), (Problem("capacity", "申请容量“八”不是数字"),))
    mended = unread.mended({**ORDER, "capacity": "8"}, sound=False)
    assert (mended.problems, mended.known_by["capacity"], mended.said) == ((), "8", ORDER)
    sound = ListRow(1, 2, dict(ORDER)).mended({**ORDER, "channel_reference": "7"}, sound=True)
    assert sound.known_by == ORDER
    assert sound.mended({**ORDER, "channel_reference": "8"}, sound=False).known_by == ORDER


def test_a_list_of_applications_goes_on_with_the_order_that_waits(desk: Desk, clerk: Session) -> None:
    accept_list(desk, clerk, table(order(1)), GIVEN, None, ORDERING)
    (waiting,) = desk.store.queue(Filter(states=("registered",)), desk.clock())
    whole = {**RESIDENT, "channel": "95598", "channel_reference": "95003881"}
    given = Given(values={}, seen=("*",))
    rows = (ListRow(1, 2, whole), ListRow(2, 3, {**whole, "capacity": "12"}))
    first, second = accept_list(desk, clerk, table(*rows), given).rows
    case = desk.store.case(waiting.case.id)
    assert case is not None
    assert (case.state, case.number) == ("open", first.number)
    assert second.reasons == (f"95598 工单 95003881 已由本清单另一行受理,编号 {case.number}",)
    assert registered(desk) == 0
    other = ListRow(1, 2, {**whole, "customer_name": "赵德住"})
    (again,) = accept_list(desk, clerk, table(other), given).rows
    assert (again.repeated, again.number) == (True, case.number)
