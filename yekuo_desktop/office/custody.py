"""Signing what is issued and judging what is scanned, without a line: all it needs is in the journal."""

import base64

import msgspec

from yekuo_desktop.domain.case import Case, Paper
from yekuo_desktop.domain.custody import CUSTOMERS, WORDS, Proof, Verdict, mark_of, same_mark, statement
from yekuo_desktop.domain.entries import Entry, encode_payload
from yekuo_desktop.domain.office_acts import DeviceSaved
from yekuo_desktop.domain.organisation import Device, Organisation
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.qr import Mark, SheetCode, signed_code
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Draft, Unit

SYSTEM = "system"


class Examined(msgspec.Struct, frozen=True):
    """A scanned sheet: its case where this station has it, and what the sheet is."""

    case: Case | None
    verdict: Verdict
    title: str = ""


class _Issued(msgspec.Struct):
    """The parts of an issuing entry that are proved, the sheet byte for byte."""

    snapshot: msgspec.Raw
    proof: Proof = Proof()


def prove(desk: Desk, unit: Unit, case_id: str, sheet: Snapshot) -> Proof:
    """Sign a sheet that is being issued in this commit."""
    signer = desk.store.signer
    _make_known(desk, unit)
    signature = signer.sign(statement(case_id, bytes(encode_payload(sheet))))
    return Proof(signer.key, base64.b64encode(signature).decode())


def _make_known(desk: Desk, unit: Unit) -> None:
    """Tell every station this device's public key, once."""
    signer, identity = desk.store.signer, desk.store.identity
    if signer.key in unit.organisation().devices:
        return
    device = Device(
        id=signer.key,
        device=identity.device,
        terminal=identity.terminal,
        station=identity.station,
        public=base64.b64encode(signer.public).decode(),
    )
    now = desk.clock()
    unit.append(
        Draft(
            act=desk.ids(),
            subject=f"device:{signer.key}",
            kind="device.saved",
            actor=SYSTEM,
            stated=now,
            recorded=now,
            payload=DeviceSaved(device),
        )
    )


def code_of(sheet: Snapshot, proof: Proof, copy: int, reprint: int, progress: str = "") -> str:
    """The text of the QR code of one copy of one printing; the sheet's own where it was not signed. On a
    receipt it is an address behind ``progress``, which the program reads as well as a telephone does."""
    if not (sheet.qr and proof.signature):
        return sheet.qr
    before = progress if sheet.form in CUSTOMERS else ""
    return before + signed_code(
        sheet.sheet_no, mark_of(sheet.form, sheet.version, copy, reprint, proof.signature)
    )


def examine(desk: Desk, code: SheetCode) -> Examined:
    """What a scanned sheet is worth."""
    case = desk.store.find(code.sheet_no) or desk.store.find(code.sheet_no.lower())
    if case is None:
        return Examined(None, Verdict("unknown", f"本机没有单据 {code.sheet_no} 的业务,请到出具的供电所核验"))
    paper = next((p for p in case.papers if p.sheet_no.upper() == code.sheet_no), None)
    entry = desk.store.entry(paper.entry) if paper else None
    if paper is None or entry is None:
        return Examined(case, Verdict("forged", f"这件业务没有出具过单据 {code.sheet_no}"))
    wrong = _wrong(desk, case, paper, entry, code.mark) if code.mark else ""
    if wrong:
        return Examined(case, Verdict("forged", wrong), paper.title)
    return Examined(case, _standing(case, paper, code.mark), paper.title)


def _wrong(desk: Desk, case: Case, paper: Paper, entry: Entry, mark: Mark) -> str:
    """What does not agree between the sheet's mark and the journal, "" when all does."""
    issued = msgspec.json.decode(entry.payload, type=_Issued)
    sheet = msgspec.json.decode(issued.snapshot, type=Snapshot)
    if not _proved(desk.store.organisation(), desk, case.id, issued):
        return "流水里这张单据的签名不对,内容可能被改动"
    if mark.reprint > paper.reprints:
        return f"没有登记过第 {mark.reprint} 次补打"
    meant = mark_of(sheet.form, sheet.version, mark.copy, mark.reprint, issued.proof.signature)
    return "" if same_mark(mark, meant) else "防伪码与登记的不符,不是本单位出具的原件"


def _proved(organisation: Organisation, desk: Desk, case_id: str, issued: _Issued) -> bool:
    device = organisation.devices.get(issued.proof.key)
    if device is None:
        return False
    signature, public = base64.b64decode(issued.proof.signature), base64.b64decode(device.public)
    return desk.store.signer.verifies(public, signature, statement(case_id, bytes(issued.snapshot)))


def _standing(case: Case, paper: Paper, mark: Mark | None) -> Verdict:
    """A sheet that is ours: whether it still counts."""
    later = _later(case, paper)
    if paper.void:
        instead = f",现行的是 {later.sheet_no}" if later else ""
        return Verdict("void", f"{paper.void}{instead}")
    if later is not None and ALL_FORMS[paper.form].replaced:
        return Verdict("superseded", f"{later.issued:%Y-%m-%d} 又出具了 {later.sheet_no}")
    if paper.overtaken:
        return Verdict("superseded", f"出具后登记有更正:{paper.overtaken};纸面内容已过时,请作废后重新出具")
    if mark is None:
        return Verdict("unproved", f"{paper.issued:%Y-%m-%d} 出具,二维码是旧式的,请核对纸面内容")
    return Verdict("valid", _copy_words(paper, mark))


def _later(case: Case, paper: Paper) -> Paper | None:
    """The sheet of the same form that stands and was issued after this one."""
    at = case.papers.index(paper)
    return next((p for p in reversed(case.papers[at + 1 :]) if p.form == paper.form and not p.void), None)


def _copy_words(paper: Paper, mark: Mark) -> str:
    again = f",补打第 {mark.reprint} 次" if mark.reprint else ""
    since = paper.reprints - mark.reprint
    more = f";此后又补打 {since} 次" if since else ""
    return f"{paper.issued:%Y-%m-%d %H:%M} 出具,第 {mark.copy} 份{again}{more}"


def verdict_words(examined: Examined) -> str:
    """The verdict in one line."""
    title = f"《{examined.title}》" if examined.title else ""
    return f"{title}{WORDS[examined.verdict.state]}:{examined.verdict.words}"
