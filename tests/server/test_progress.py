"""The customer's page: only for who holds a receipt that stands; it says how far he is and names nobody."""

import base64
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.domain.apart import VALUES
from tests.domain.trade import START
from tests.server.served import Served
from tests.server.site import Site
from tests.server.station import Machine
from tests.server.test_moving import accepted
from yekuo_desktop.domain.casework import Reason, Suspension
from yekuo_desktop.domain.custody import Proof, mark_of
from yekuo_desktop.domain.delivery import Dispatch
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.paperwork import Issue, Reprint
from yekuo_desktop.domain.qr import read_code, signed_code
from yekuo_desktop.server import operating, progress
from yekuo_desktop.server.app import Bucket
from yekuo_desktop.server.errors import Declined

NUMBER = "YK4101-HK01-260310-0001"
SHEET = f"{NUMBER}-2"
SIGNATURE = base64.b64encode(b"\5" * 64).decode()
PERSONAL = ("王小明", VALUES["mobile"], VALUES["identity_number"], "河西村", "河口镇", "李明")


class Text(HTMLParser):
    """What a reader sees, and that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def issue(machine: Machine, case_id: str, form: str = "acceptance_receipt", sheet: str = SHEET) -> None:
    snapshot = Snapshot(
        form=form,
        title="用电申请受理回执",
        layout="0" * 64,
        sheet_no=sheet,
        number=NUMBER,
        values={"customer_name": "王小明"},
        issued=START,
        issued_by="王丽",
    )
    machine.write(f"case:{case_id}", "paper.issued", Issue(snapshot, proof=Proof("K", SIGNATURE)))


@pytest.fixture
def case(small: Site) -> tuple[Machine, str]:
    machine = small.machine()
    case_id = accepted(machine)
    issue(machine, case_id)
    machine.push()
    return machine, case_id


def token(site: Site, *, copy: int = 1, reprint: int = 0, form: str = "acceptance_receipt") -> str:
    code = signed_code(SHEET, mark_of(form, 1, copy, reprint, SIGNATURE))
    return f"{site.org.short}:{code}"


@pytest.fixture
def served(small: Site) -> Iterator[Served]:
    with Served(small.centre) as listening:
        yield listening


def test_the_code_of_the_receipt_is_the_address(small: Site, served: Served, case: Any) -> None:
    address = f"{small.machine().said.progress}{token(small).partition(':')[2]}"
    assert address == f"HTTPS://YEKUO.EXAMPLE/P/{token(small)}"
    assert read_code(address).sheet_no == SHEET  # the program's own scanner reads it as ever
    for way in (address.partition("/P/")[2], address.partition("/P/")[2].replace(":", "%3A")):
        for door in ("P", "p"):
            answer = served.http.get(f"{served.address}/{door}/{way}")
            assert answer.status_code == 200


def test_it_says_how_far_the_case_is_and_names_nobody(small: Site, served: Served, case: Any) -> None:
    answer = served.http.get(f"{served.address}/p/{token(small)}")
    reader = Text()
    reader.feed(answer.text)
    assert reader.open == []
    said = " ".join(reader.said)
    for words in (
        "低压居民新装",
        NUMBER,
        "业务受理 办理中",
        "送电 未开始",
        "接下来",
        "示例县供电公司 河口供电所",
    ):
        assert words in said.replace("  ", " ")
    assert [word for word in PERSONAL if word in answer.text] == []
    assert len(answer.content) < 8000
    assert "http" not in answer.text.replace("http-equiv", "")
    assert answer.headers["cache-control"] == "no-store"
    assert "script" not in answer.text


def test_limits_say_whether_they_were_kept(small: Site, case: Any, clock: Any) -> None:
    found = progress.progress(small.centre, token(small))
    assert found.steps[0].state == "now"
    clock.advance(days=60)
    late = progress.progress(small.centre, token(small))
    assert any(promise.kept is False for promise in late.promises)
    assert all(promise.done is None for promise in late.promises)


@pytest.mark.parametrize(
    ("kind", "payload", "words"),
    [
        ("case.suspended", Suspension("等客户", evidence="文号 1"), "已暂停"),
        ("case.withdrawn", Reason("不办了"), "已撤回"),
        ("work_order.dispatched", Dispatch("L1", "张师傅"), "已受理"),
    ],
)
def test_it_follows_the_case(small: Site, case: Any, clock: Any, kind: str, payload: Any, words: str) -> None:
    machine, case_id = case
    clock.advance(hours=1)
    machine.write(f"case:{case_id}", kind, payload)
    assert machine.push().receipts[0].verdict == "applied"
    assert words in progress.progress(small.centre, token(small)).next


def test_only_the_code_of_a_receipt_that_stands(small: Site, served: Served, case: Any) -> None:
    right = token(small)
    wrong = [
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        right.replace(":1.1.0:", ":1.2.0:"),
        right.replace(small.org.short, "AAAAAAAA"),
        right.replace("-0001-2", "-0001-3"),
        token(small, form="work_order"),
        f"{small.org.short}:YEKUO:1:{SHEET}:{NUMBER}",
        f"{small.org.short}:YEKUO:2:{SHEET}:AAA:1.1.0:AAAAAAAAAAAA",
        "x",
        "%00",
        "..%2f..%2fetc",
        "A" * 5000,
    ]
    answers = {served.http.get(f"{served.address}/p/{each}").text for each in wrong}
    assert len(answers) == 1
    machine, case_id = case
    machine.write(f"case:{case_id}", "paper.voided", Reprint(SHEET, "作废重开"))
    machine.push()
    with pytest.raises(Declined, match="not_found"):
        progress.progress(small.centre, right)


def test_every_copy_and_reprint_opens_it(small: Site, case: Any) -> None:
    for copy, reprint in ((1, 0), (2, 0), (1, 3)):
        assert progress.progress(small.centre, token(small, copy=copy, reprint=reprint)).number == NUMBER


def test_no_other_sheet_opens_it(small: Site) -> None:
    machine = small.machine()
    case_id = accepted(machine)
    issue(machine, case_id, form="work_order")
    machine.push()
    with pytest.raises(Declined, match="not_found"):
        progress.progress(small.centre, token(small, form="work_order"))


def test_who_asks_too_often_waits(served: Served) -> None:
    answers = [served.http.get(f"{served.address}/p/x") for _ in range(32)]
    assert [a.status_code for a in answers] == [404] * 30 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_bucket_fills_again_and_keeps_others_apart() -> None:
    bucket = Bucket(2, 10.0)
    for _ in range(2):
        bucket.take("one", 0.0)
    with pytest.raises(Declined, match="slow_down"):
        bucket.take("one", 5.0)
    bucket.take("other", 5.0)
    bucket.take("one", 11.0)


def test_the_centre_tells_its_stations_the_address(small: Site) -> None:
    machine = small.machine()
    assert operating.say_address(small.centre, small.org)
    assert not operating.say_address(small.centre, small.org)
    assert small.organisation().progress == f"HTTPS://YEKUO.EXAMPLE/P/{small.org.short}:"
    before = machine.cursor("office")
    machine.contact()
    assert machine.cursor("office") == before + 1
