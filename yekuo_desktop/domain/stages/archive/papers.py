"""The papers of stage 7 and the words their layouts may name: 归档资料清单, 档案目录, 档案封面; and the
contents of the dossier, which belong to no single sheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.completeness import UNNEEDED
from yekuo_desktop.domain.display import flag, long_day
from yekuo_desktop.domain.filing import evidence, filed_items, other_sheets
from yekuo_desktop.domain.paper_values import BLANK_DAY, customer_values, texts
from yekuo_desktop.domain.papers import Facts, PaperForm
from yekuo_desktop.domain.stages.archive import rounds
from yekuo_desktop.domain.stages.archive.fields import ANSWER_COLUMNS, CHECKED, HANDED, REVIEWED, SHELVED
from yekuo_desktop.domain.vocabulary import CLASSES

LIST, CATALOGUE, COVER, CONTENTS = "archive_list", "archive_catalogue", "archive_cover", "dossier_contents"
TERM = "永久"  # regulations.md 3.5: 在用档案永久保存
LABELS: dict[str, str] = {
    **{column.key: column.label for column in ANSWER_COLUMNS},
    "catalogue": "目录",
    "held": "归档形式",
    "in_file": "在卷",
    "leaf_count": "页数",
    "leaf_range": "页次",
    "signed": "签字",
    "sealed": "盖章",
    "stage_name": "环节",
    "class_name": "用户类别",
    "handed_by": "移交人",
    "handed_day": "移交日期",
    "archive_place": "存放位置",
    "archive_whole": "资料完整",
    "archive_day": "归档日期",
    "archive_term": "保管期限",
    "archived_by": "归档人",
    "paper_count": "件数",
    "page_count": "总页数",
    "sheet_number": "单据号",
    "first_page": "页码",
}


def _checked(case: Case) -> Record | None:
    return rounds.now(case, rounds.CHECKED)


def list_values(facts: Facts) -> dict[str, Any]:
    """归档资料清单: every paper with its form, pages, date, signature and stamp; who hands it over."""
    case = facts.case
    checked, handed = _checked(case), rounds.now(case, rounds.HANDED)
    rows = list(_list_rows(facts, checked))
    answers = (checked.values.get("archive_answers") or ()) if checked else ()
    return {
        **customer_values(facts),
        **texts(HANDED, handed.values if handed else {}, facts),
        "class_name": CLASSES.get(case.klass, ""),
        "catalogue": rows,
        "archive_whole": _whole(facts, checked),
        "archive_answers": [dict(row) for row in answers],
        "archive_check_remarks": checked.values.get("archive_check_remarks", "") if checked else "",
        "handed_by": facts.organisation.person_name(handed.by) if handed else "",
        "handed_day": long_day(handed.stated) if handed else BLANK_DAY,
    }


def _whole(facts: Facts, checked: Record | None) -> str:
    """是否完整 (regulations.md 2.12 归档 042); nothing before anybody looked."""
    if checked is None:
        return ""
    return flag(not rounds.waiting(facts.case, checked.values, facts.reference))


def _list_rows(facts: Facts, checked: Record | None) -> Iterator[dict[str, str]]:
    """What lies in the file; a paper this file need not hold is not on its list."""
    rows = rounds.papers_in(checked.values) if checked else ()
    said = texts(CHECKED, {"archive_items": rows}, facts)
    for row, words in zip(rows, said["archive_items"], strict=True):
        marks = {key: "—" for key in ("signed", "sealed") if row.get(key) == UNNEEDED}
        yield {**words, **marks, "in_file": "是", "leaf_count": row.get("pages", "")}


def catalogue_values(facts: Facts) -> dict[str, Any]:
    """档案目录: what lies in the file, on which leaves."""
    checked = _checked(facts.case)
    rows = rounds.papers_in(checked.values) if checked else ()
    return {**_file_values(facts), "catalogue": list(_leaves(facts, rows))}


def _leaves(facts: Facts, rows: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    numbers = _numbers(facts)
    first = 1
    for row in rows:
        leaves = int(row.get("pages") or 1)
        last = first + leaves - 1
        yield {
            "name": row["name"],
            "sheet_number": numbers.get(row["name"], ""),
            "day": row.get("day", ""),
            "leaf_count": str(leaves),
            "leaf_range": str(first) if leaves == 1 else f"{first}—{last}",
            "note": row.get("note", ""),
        }
        first = last + 1


def _numbers(facts: Facts) -> dict[str, str]:
    """By name of a paper the sheets that are it: each round has its own."""
    case, reference = facts.case, facts.reference
    known = [evidence(case, item, reference) for item in filed_items(case, reference)]
    listed = {each.item.label: _together([s.sheet_no for s in each.sheets]) for each in known if each.sheets}
    others = {
        sheet.title: _together([each.sheet_no for each in case.standing(sheet.form)])
        for sheet in other_sheets(case, reference)
    }
    return {**others, **listed}


def _together(numbers: Sequence[str]) -> str:
    """Several numbers of one case, what they have in common said once: YK…-0004-11、-13."""
    first, *more = numbers
    stem, dash, _own = first.rpartition("-")
    return "、".join((first, *(number.removeprefix(stem) if dash else number for number in more)))


def cover_values(facts: Facts) -> dict[str, Any]:
    """档案封面: front 户名 and 户号, side 户号 (档案管理规定)."""
    return _file_values(facts)


def _file_values(facts: Facts) -> dict[str, Any]:
    case = facts.case
    reviewed = rounds.now(case, rounds.REVIEWED) if rounds.accepted(case) else None
    shelf = texts((*REVIEWED, *SHELVED), reviewed.values if reviewed else {}, facts)
    checked = _checked(case)
    rows = rounds.papers_in(checked.values) if checked else ()
    pages = sum(int(row.get("pages") or 1) for row in rows)
    return {
        **customer_values(facts),
        **shelf,
        "archive_account_no": shelf.get("archive_account_no") or case.values.get("account_no", ""),
        "class_name": CLASSES.get(case.klass, ""),
        "archive_place": _place(shelf) if reviewed else "",
        "archive_day": long_day(reviewed.stated) if reviewed else BLANK_DAY,
        "archived_by": facts.organisation.person_name(reviewed.by) if reviewed else "",
        "archive_term": TERM,
        "paper_count": str(len(rows)) if rows else "",
        "page_count": str(pages) if rows else "",
    }


def _place(shelf: Mapping[str, str]) -> str:
    """柜号+列号+层号 (档案管理规定), with the zone in front and the box behind."""
    parts = (
        shelf.get("archive_zone", ""),
        f"{shelf.get('archive_cabinet', '')} 柜",
        f"{shelf.get('archive_column', '')} 列",
        f"{shelf.get('archive_layer', '')} 层",
        f"{shelf.get('archive_container', '')} {shelf.get('archive_box', '')}",
    )
    return "　".join(parts)


def _handed(case: Case) -> bool:
    """One list for each hand-over: what went back with the archivist's reasons keeps its own."""
    handed = [record for record in case.records if record.kind == rounds.HANDED and not record.redone]
    return rounds.now(case, rounds.HANDED) is not None and len(case.standing(LIST)) < len(handed)


def _never(_case: Case) -> bool:
    return False


FORMS: dict[str, PaperForm] = {
    form.id: form
    for form in (
        PaperForm(
            id=LIST,
            title="归档资料清单",
            when=_handed,
            values=list_values,
            copies_note="本清单一式两份：移交人一份，随档案一份。",
        ),
        PaperForm(
            id=COVER,
            title="电力客户档案",
            when=rounds.accepted,
            values=cover_values,
            single=True,
        ),
        PaperForm(
            id=CATALOGUE,
            title="档案目录",
            when=rounds.accepted,
            values=catalogue_values,
            single=True,
            copies_note="本目录一份，置于档案首页。",
        ),
        PaperForm(id=CONTENTS, title="卷宗目录", when=_never, of_case=False),
    )
}
