"""Whatever sequence of acts is written, in whatever commits: what is stored equals the fold."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store import county
from yekuo_desktop.domain.act import why_not
from yekuo_desktop.domain.casework import NoteText, OverdueReason, Reason, Suspension
from yekuo_desktop.domain.delivery import Dispatch, Reassignment, Receipt
from yekuo_desktop.domain.journal import ACTS, fold
from yekuo_desktop.domain.paperwork import Reprint
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.store.store import LocalStore

ANYBODY = Person(id="wangli", login="wangli", name="王丽", roles=tuple(Role))
CASES = 3
NAMES = st.sampled_from(["张秀英", "单小红", "𬱖晓明", "", "A-1 公司", "李·白"])
Act = tuple[str, object]
ACT = st.one_of(
    st.builds(lambda text: ("case.noted", NoteText(text)), st.text(max_size=5)),
    st.just(("case.withdrawn", Reason("撤回"))),
    st.just(("case.terminated", Reason("终止"))),
    st.just(("case.reopened", Reason("恢复"))),
    st.just(("case.suspended", Suspension("客户原因"))),
    st.just(("case.resumed", Reason("恢复"))),
    st.just(("case.overdue_explained", OverdueReason("work_order_delivery", "大雪封路"))),
    st.just(("work_order.dispatched", Dispatch("JJ-2", "赵六"))),
    st.builds(
        lambda to: ("work_order.reassigned", Reassignment(to, "休假")), st.sampled_from(county.MANAGERS)
    ),
    st.just(("work_order.received", Receipt("?", "scan"))),
    st.just(("paper.reprinted", Reprint("?", "卡纸"))),
    st.just(("paper.voided", Reprint("?", "打错"))),
    st.builds(lambda name: ("rename", name), NAMES),
)
COMMIT = st.lists(st.tuples(st.integers(0, CASES - 1), ACT), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def start() -> Iterator[Path]:
    """A store with a few cases, made once and copied for every example."""
    home = Path(tempfile.mkdtemp())
    store = county.new_store(home / "start")
    county.populate(store, CASES, seed=4)
    store.close()
    yield home / "start"
    shutil.rmtree(home)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commits=st.lists(COMMIT, max_size=6))
def test_what_is_stored_equals_the_fold(start: Path, commits: list[list[tuple[int, Act]]]) -> None:
    folder = start.with_name("example")
    shutil.copytree(start, folder)
    store = county.open_store(folder)
    try:
        for at, commit in enumerate(commits):
            write(store, commit, at)
        check(store)
        before = everything(store)
        store.rebuild()
        assert everything(store) == before
    finally:
        store.close()
        shutil.rmtree(folder)


def write(store: LocalStore, commit: list[tuple[int, Act]], at: int) -> None:
    moment = county.START + timedelta(days=1, hours=at)
    with store.unit() as unit:
        for which, (kind, payload) in commit:
            case = unit.case(county.id_of(which))
            assert case is not None
            meant, said = kind, payload
            if kind == "rename":
                meant, said = "case.changed", county.renamed(case, str(payload))
            if not why_not(ACTS[meant], case, ANYBODY):
                county.say(unit, f"case:{case.id}", meant, county.addressed(said, case), moment)


def check(store: LocalStore) -> None:
    assert list(store.verify()) == []
    for which in range(CASES):
        case_id = county.id_of(which)
        assert store.case(case_id) == fold(store.history(f"case:{case_id}"))


def everything(store: LocalStore) -> object:
    tables = ("cases", "documents", "limits", "sheets", "organisation")
    with store._reading() as connection:
        rows = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    found = [store.search(row.case.customer) for row in store.queue(Filter(), county.START)]
    return [sorted(map(repr, table)) for table in rows], found


def test_the_same_seed_makes_the_same_county() -> None:
    assert county.values(Random(1)) == county.values(Random(1))
