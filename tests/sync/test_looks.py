"""Who looked, who took a list out, who answered what is late: known at every station after a contact."""

from datetime import timedelta

from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_faults import settled
from yekuo_desktop.domain.privacy_entries import Exported
from yekuo_desktop.office import escalation, privacy


def test_looks_and_answers_reach_the_other_station(first: Post, second: Post, hall: Hall) -> None:
    case = first.accept()
    settled(first, second)
    hall.clock.advance(days=7)
    auditor = second.session("luoxin")
    seen = second.store.case(case.id)
    assert seen is not None
    privacy.unmask(second.desk, auditor, seen, "核实投诉")
    taken = Exported(title="在途业务", rows=12, file="在途.xlsx", columns=("address",), reason="上级检查")
    privacy.exported(second.desk, auditor, taken)
    supervisor = first.session("zhaojun")
    late = escalation.escalations(first.desk, supervisor)
    escalation.acknowledge(first.desk, supervisor, [line.told for line in late], "今天办完")
    settled(first, second)
    settled(first, second)
    day = hall.clock() - timedelta(days=1), hall.clock() + timedelta(days=1)
    for post in (first, second):
        found = privacy.looks(post.desk, *day)
        assert sorted((look.done, look.rows, look.number) for look in found) == [
            ("导出", 12, ""),
            ("查看", 0, case.number),
        ]
        assert escalation.escalations(post.desk, post.session("zhaojun")) == ()
    assert first.store.case(case.id) == second.store.case(case.id) == hall.document(case.id)
