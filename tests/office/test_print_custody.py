"""Scanned anywhere, offline: whether a sheet is current, replaced, void, or not ours at all."""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from msgspec.structs import replace

from tests.office.conftest import RESIDENT
from tests.paper.reading import codes_of
from tests.practice_store import CHEAP
from tests.store import county
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.custody import Verdict, mark_of
from yekuo_desktop.domain.entries import GENESIS, Entry, open_body
from yekuo_desktop.domain.journal import payload_of
from yekuo_desktop.domain.qr import Mark, SheetCode, read_code, signed_code
from yekuo_desktop.office import accepting, custody, printing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.handover import sign
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.store.signing import DeviceSigner

ORDER = "业扩报装工单"


def scanned(desk: Desk, clerk: Session, case_id: str, sheet_no: str, copy: int = 1) -> str:
    """What a scanner types before a printed copy of the sheet."""
    case = desk.store.case(case_id)
    paper = case.paper(sheet_no) if case else None
    assert paper is not None
    pdf = printing.draw_copy(desk, clerk.person.name, case_id, sheet_no, copy, paper.reprints).pdf
    (text,) = codes_of(pdf, dpi=100)
    return text


def judged(desk: Desk, text: str) -> Verdict:
    code = read_code(text)
    assert code is not None
    return custody.examine(desk, code).verdict


def test_a_sheet_is_signed_and_every_copy_says_which_it_is(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    sheet_no, case_id = accepted.sheets[0].sheet_no, accepted.case.id
    texts = [scanned(desk, clerk, case_id, sheet_no, copy) for copy in (1, 2)]
    assert texts[0].startswith(f"YEKUO:2:{sheet_no}:")
    assert judged(desk, texts[0]) == Verdict("valid", "2026-03-10 09:30 出具,第 1 份")
    assert judged(desk, texts[1]) == Verdict("valid", "2026-03-10 09:30 出具,第 2 份")
    printing.reprint(desk, clerk, case_id, sheet_no, "途中淋湿")
    assert judged(desk, texts[0]).words == "2026-03-10 09:30 出具,第 1 份;此后又补打 1 次"
    again = scanned(desk, clerk, case_id, sheet_no)
    assert judged(desk, again).words == "2026-03-10 09:30 出具,第 1 份,补打第 1 次"


def test_void_and_replaced(desk: Desk, clerk: Session, accepted: accepting.Accepted) -> None:
    case_id = accepted.case.id
    order = scanned(desk, clerk, case_id, accepted.sheets[0].sheet_no)
    printing.void(desk, clerk, case_id, accepted.sheets[0].sheet_no, "户名写错")
    assert judged(desk, order) == Verdict("void", "户名写错")
    fresh = printing.issue(desk, clerk, case_id, "work_order")
    assert fresh.version == 2
    assert judged(desk, order) == Verdict("void", f"户名写错,现行的是 {fresh.sheet_no}")
    assert judged(desk, scanned(desk, clerk, case_id, fresh.sheet_no)).state == "valid"
    receipt = printing.issue(desk, clerk, case_id, "acceptance_receipt")
    text = scanned(desk, clerk, case_id, receipt.sheet_no)
    assert judged(desk, text).state == "valid"
    later = printing.issue(desk, clerk, case_id, "acceptance_receipt")
    assert judged(desk, text) == Verdict("superseded", f"2026-03-10 又出具了 {later.sheet_no}")


def test_what_was_made_up_or_changed_is_found(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    sheet_no = accepted.sheets[0].sheet_no
    good = read_code(scanned(desk, clerk, accepted.case.id, sheet_no))
    assert good is not None
    assert good.mark is not None
    for change, words in (
        ({"tag": "ABCDEFGHIJKL"}, "防伪码与登记的不符"),
        ({"copy": 2}, "防伪码与登记的不符"),
        ({"version": 2}, "防伪码与登记的不符"),
        ({"form": "AAA"}, "防伪码与登记的不符"),
        ({"reprint": 1}, "没有登记过第 1 次补打"),
    ):
        verdict = custody.examine(desk, replace(good, mark=replace(good.mark, **change))).verdict
        assert verdict.state == "forged", change
        assert words in verdict.words
    other = SheetCode(sheet_no[:-1] + "9", mark=good.mark)
    assert custody.examine(desk, other).case is None
    assert custody.examine(desk, other).verdict.state == "unknown"


def test_a_journal_rewritten_by_hand_does_not_make_a_sheet_true(
    desk: Desk, clerk: Session, accepted: accepting.Accepted, tmp_path: Path
) -> None:
    """Somebody with the key changes what the sheet says, and mends the hash chain behind it."""
    sheet_no = accepted.sheets[0].sheet_no
    text = scanned(desk, clerk, accepted.case.id, sheet_no)
    paper = accepted.case.paper(sheet_no)
    assert paper is not None
    entry = desk.store.entry(paper.entry)
    assert entry is not None
    issue = payload_of(entry)
    forged = replace(
        issue, snapshot=replace(issue.snapshot, values={**issue.snapshot.values, "capacity": "80"})
    )
    body = msgspec.json.encode(replace(entry, payload=msgspec.Raw(msgspec.json.encode(forged))))
    desk.store.close()
    key = bootstrap.keyring_for(tmp_path / "store").key()
    _by_hand(tmp_path / "store", key, entry.id, body)
    again = bootstrap.open_desk(str(tmp_path / "store"))
    try:
        verdict = judged(again, text)
        assert (verdict.state, verdict.words) == ("forged", "流水里这张单据的签名不对,内容可能被改动")
    finally:
        again.store.close()


def _by_hand(folder: Path, key: bytes, entry_id: str, body: bytes) -> None:
    connection = sqlcipher.connect(str(folder / "yekuo.db"))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("DROP TRIGGER entries_never_change")
    connection.execute("UPDATE entries SET body = ? WHERE id = ?", (body, entry_id))
    connection.commit()
    connection.close()


def test_codes_of_sheets_issued_before_they_were_signed_still_open(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    sheet_no, number = accepted.sheets[0].sheet_no, accepted.case.number
    examined = custody.examine(desk, SheetCode(sheet_no, number))
    assert examined.case == desk.store.case(accepted.case.id)
    assert examined.verdict.state == "unproved"
    assert custody.verdict_words(examined).startswith(f"《{ORDER}》没有防伪签名:")
    printing.void(desk, clerk, accepted.case.id, sheet_no, "写错")
    assert custody.examine(desk, SheetCode(sheet_no, number)).verdict.state == "void"


def test_a_case_that_is_not_here_is_said_to_be_unknown(desk: Desk) -> None:
    mark = Mark("AAA", 1, 1, 0, "ABCDEFGHIJKL")
    verdict = judged(desk, signed_code("YK4101-XX09-260310-0001-1", mark))
    assert verdict.state == "unknown"
    assert "请到出具的供电所核验" in verdict.words


def test_the_project_manager_signs_for_the_true_sheet_only(
    desk: Desk, clerk: Session, manager: Session, accepted: accepting.Accepted
) -> None:
    text = scanned(desk, clerk, accepted.case.id, accepted.sheets[0].sheet_no)
    bad = text[:-1] + ("A" if text[-1] != "A" else "B")
    with pytest.raises(Refused, match="伪造或被改动"):
        sign(desk, manager, bad, "scan")
    assert sign(desk, manager, text, "scan").stage == "survey"


def test_every_station_knows_the_key_of_every_device(desk: Desk, accepted: accepting.Accepted) -> None:
    devices = desk.store.organisation().devices
    assert [(d.terminal, d.device) for d in devices.values()] == [("HK01", "device")]
    assert base64.b64decode(devices[desk.store.signer.key].public) == desk.store.signer.public


def test_a_sheet_without_a_number_has_one_of_its_own(desk: Desk, clerk: Session) -> None:
    sheets = []
    for at in range(3):  # within the same minute
        values = RESIDENT | {"address_door": f"{at}号"}
        case = accepting.register(desk, clerk, values, {})
        sheets.append((case.id, printing.issue(desk, clerk, case.id, "one_time_notice").sheet_no))
    assert len({sheet_no for _, sheet_no in sheets}) == 3
    for case_id, sheet_no in sheets:
        code = read_code(scanned(desk, clerk, case_id, sheet_no))
        assert code is not None
        found = custody.examine(desk, code)
        assert found.case is not None
        assert (found.case.id, found.verdict.state) == (case_id, "valid")


def test_the_signature_is_of_this_device_and_this_life_of_the_store() -> None:
    one, same, life, key = (
        DeviceSigner(county.KEY, county.identity()),
        DeviceSigner(county.KEY, county.identity()),
        DeviceSigner(county.KEY, county.identity(life="life-2")),
        DeviceSigner(bytes(32), county.identity()),
    )
    assert one.public == same.public
    assert len({one.key, life.key, key.key}) == 3
    signed = one.sign(b"sheet")
    assert one.verifies(one.public, signed, b"sheet")
    assert not one.verifies(one.public, signed, b"sheet!")
    assert not one.verifies(life.public, signed, b"sheet")
    assert not one.verifies(b"short", signed, b"sheet")
    assert county.KEY not in one.public + signed


def test_the_tag_hangs_on_everything_that_stands_on_the_paper() -> None:
    signature = base64.b64encode(hashlib.sha512(b"a").digest()).decode()
    other = base64.b64encode(hashlib.sha512(b"b").digest()).decode()
    marks = {
        mark_of(form, version, copy, reprint, proof).tag
        for form in ("work_order", "design_opinion")
        for version in (1, 2)
        for copy in (1, 2)
        for reprint in (0, 1)
        for proof in (signature, other)
    }
    assert len(marks) == 32


def test_other_devices_of_the_county_are_checked_by_their_own_key(
    desk: Desk, clerk: Session, accepted: accepting.Accepted, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """The journal of the counter, read by another machine with a key of its own."""
    text = scanned(desk, clerk, accepted.case.id, accepted.sheets[0].sheet_no)
    entries = [desk.store.entry(e.id) for e in desk.store.history(f"case:{accepted.case.id}")]
    office = [e for key in desk.store.organisation().devices for e in desk.store.history(f"device:{key}")]
    identity = Identity(
        org="org", station="DL", terminal="DL01", device="other", incarnation="life-9", practice=True
    )
    there = bootstrap.new_desk(tmp_path / "there", identity, clock, CHEAP)
    try:
        with there.store.unit() as unit:
            for entry in (*office, *entries):
                assert entry is not None
                _bring(unit, entry)
        assert there.store.signer.key != desk.store.signer.key
        assert judged(there, text).state == "valid"
    finally:
        there.store.close()


def _bring(unit: Any, entry: Entry) -> None:
    """Fold another device's entry in, as a pull will."""
    unit._fold(entry, payload_of(entry))
    written = unit._written
    body = msgspec.json.encode(entry, order="deterministic")
    opened = open_body(body)
    written.seq += 1
    columns = county.units.columns(replace(opened, incarnation="life-1"))
    written.rows.append((written.seq, *columns.values(), body, GENESIS))


def test_the_key_is_told_once(desk: Desk, clerk: Session, accepted: accepting.Accepted) -> None:
    printing.issue(desk, clerk, accepted.case.id, "acceptance_receipt")
    key = desk.store.signer.key
    assert len(desk.store.history(f"device:{key}")) == 1
