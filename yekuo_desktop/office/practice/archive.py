"""What the people of the practice county record at stage 7: the file comes back once from the archivist, then
goes to its shelf; the files of high voltage are asked for soon after."""

from datetime import date

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.completeness import COMPLETE, COPY, ORIGINAL, dated, demanded
from yekuo_desktop.domain.filing import Evidence, evidence, filed_items
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.archive import rounds
from yekuo_desktop.domain.stages.archive.proposals import proposed_rows
from yekuo_desktop.office.practice.answers import MANAGER, Answer, day_on

Row = dict[str, str]
CLERK, ARCHIVIST = "wangli", "xuemei"
VERDICTS = {f"archive_{word}": True for word in ("true", "ordered", "signed", "dated")}
PLACES = {
    "lv_resident": ("0412", "2", "3", "4"),
    "lv_nonresident": ("0078", "3", "1", "2"),
    "hv_single": ("G-031", "7", "2", "1"),
    "hv_dual": ("G-032", "7", "2", "2"),
}


def answers(klass: str, day: date) -> list[Answer]:
    """Every task of the stage in order, for a class and the day it begins."""
    first = [_checked(), _handed(), _counted(), _sent_back()]
    again = [_checked(), _handed(), _counted(), _shelved(klass)]
    return [_closed(day), *first, *again, *(_afterwards() if klass == "hv_dual" else [])]


def _closed(day: date) -> Answer:
    values = {"order_official_number": f"41{day:%y%m%d}000317", "order_data_filed": True}
    return Answer("order.closed", MANAGER, values)


def _checked() -> Answer:
    return Answer(rounds.CHECKED, MANAGER, {"archive_items": in_hand, "archive_answers": explained})


def in_hand(case: Case, reference: Reference) -> list[Row]:
    """The papers as they lie before the project manager: all there, signed, stamped, dated as recorded."""
    known = {item.label: evidence(case, item, reference) for item in filed_items(case, reference)}
    rows = []
    for row in proposed_rows(case, reference):
        found = known.get(row["name"])
        if found is None:
            rows.append({"pages": "1", **row})
        elif demanded(found) or found.known:
            held = ORIGINAL if found.item.original or found.item.form else COPY
            marks = {"signed": COMPLETE, "sealed": COMPLETE, **row}
            rows.append({"held": held, "pages": "2", **_dated(case, found), **marks})
        else:
            rows.append(row)
    return rows


def _dated(case: Case, found: Evidence) -> Row:
    """The last of the days the journal knows; what has no event of its own bears the day it was handed in."""
    event = case.event("accepted" if found.item.stage == "acceptance" else "connected")
    days = found.days or ({event.stated.date()} if event and dated(found.item) else set())
    return {"day": max(days).isoformat()} if days else {}


def explained(case: Case, reference: Reference) -> list[Row]:
    """What differs for a good reason is said in writing."""
    found = rounds.doubts(case, {"archive_items": in_hand(case, reference)}, reference)
    words = {"explanation": "经核对属实,按勘查和方案审批结果执行", "answered_by": "李明"}
    return [{"matter": doubt.text, **words} for doubt in found if doubt.explainable]


def _handed() -> Answer:
    people = {"archive_clerk": f"@{CLERK}", "archive_archivist": f"@{ARCHIVIST}"}
    return Answer(rounds.HANDED, MANAGER, people, proposed=True)


def _counted() -> Answer:
    return Answer(rounds.COUNTED, CLERK, {"archive_counted": pieces, "archive_same": True})


def pieces(case: Case, _reference: Reference) -> str:
    """As many as were handed over."""
    handed = rounds.now(case, rounds.HANDED)
    return str(handed.values.get("archive_pieces", "")) if handed else ""


def _sent_back() -> Answer:
    row = {
        "name": "现场勘查单",
        "what": "勘查人签字潦草,与登记的勘查人核对不上,请补签清楚",
        "answered_by": "孙浩",
        "due": day_on(3),
    }
    return Answer(rounds.REVIEWED, ARCHIVIST, {"archive_result": "returned", "archive_reasons": [row]})


def _shelved(klass: str) -> Answer:
    box, cabinet, column, layer = PLACES[klass]
    values = {
        "archive_result": "accepted",
        **VERDICTS,
        "archive_account_no": account,
        "archive_box": box,
        "archive_cabinet": cabinet,
        "archive_column": column,
        "archive_layer": layer,
    }
    return Answer(rounds.REVIEWED, ARCHIVIST, values, proposed=True)


def account(case: Case, _reference: Reference) -> str:
    """The account number of the marketing system: 13 digits, here made of the case's own number."""
    known = str(case.values.get("account_no") or "")
    digits = "".join(sign for sign in case.number if sign.isdigit())
    return known or digits[-13:].rjust(13, "0")


def _afterwards() -> list[Answer]:
    """A loan that came back, a paper signed later with approval, and a loan that is out."""
    loan = {
        "loan_borrower": "孙浩",
        "loan_unit": "营销部",
        "loan_contents": "受电工程竣工图、供用电合同",
        "loan_purpose": "核对受电装置容量",
        "loan_approver": "@qianyong",
    }
    asked = {
        "change_kind": "added",
        "change_item": "竣工图及说明",
        "change_content": "补充客户报送的接地电阻复测记录一份",
        "change_reason": "客户补测后报送",
    }
    made = {
        "change_old": "无接地电阻复测记录",
        "change_new": "补入复测记录 1 页",
        "change_kept": True,
    }
    return [
        Answer("archive.lent", ARCHIVIST, loan, proposed=True),
        Answer("archive.loan_returned", ARCHIVIST, {"loan_complete": True}, proposed=True),
        Answer("archive.change_requested", MANAGER, asked),
        Answer("archive.change_decided", "qianyong", {"change_decision": "agreed"}),
        Answer("archive.change_made", ARCHIVIST, made, proposed=True),
        Answer("archive.lent", ARCHIVIST, loan, proposed=True),
    ]
