"""The rounds of the completion inspection: report, opinions, one written conclusion signed by both; after a
failure the rectification of every defect and the re-inspection that closes it (种子文件 五; R12)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.findings import Finding, findings
from yekuo_desktop.domain.formalities import DEFECTS, INSPECTED, PASSED, REINSPECTED
from yekuo_desktop.domain.records import last, records, since
from yekuo_desktop.domain.reference import Reference

APPLIED, OPINED = "completion.applied", "completion.opined"
DELIVERED, RECTIFIED = "completion.delivered", "completion.rectified"
INSPECTIONS = (INSPECTED, REINSPECTED)
AGREES = "agree"  # code of resources/codes/review_opinions.toml


class Meeting(msgspec.Struct, frozen=True):
    """One inspection on site: its record and what each department said there, the newest of each."""

    record: Record
    opinions: tuple[Record, ...]


def meetings(case: Case) -> tuple[Meeting, ...]:
    """Every inspection with the opinions it rests on, the first one first."""
    return tuple(_meetings(case))


def _meetings(case: Case) -> Iterator[Meeting]:
    said: dict[str, Record] = {}
    for record in records(case, APPLIED, OPINED, RECTIFIED, *INSPECTIONS):
        if record.kind == OPINED:
            said[record.values.get("completion_department", "")] = record
        elif record.kind in INSPECTIONS:
            yield Meeting(record, tuple(said.values()))
        else:
            said = {}


def opinions(case: Case) -> tuple[Record, ...]:
    """What the departments said at the inspection that is being held, or was held last."""
    found = since(case, OPINED, APPLIED, RECTIFIED)
    return tuple({record.values.get("completion_department"): record for record in found}.values())


def silent(case: Case, reference: Reference) -> tuple[str, ...]:
    """The departments that must speak and have not, in words: at the first inspection all the table names,
    at a re-inspection those that objected before, the leading one where nobody did."""
    table = reference.codes.get("completion_departments")
    wanted = [item.code for item in table.choices()] if table else []
    before = meetings(case)[-1] if inspection(case) is not None else None
    if before is not None:
        against = [_department(said) for said in before.opinions if not _agrees(said)]
        wanted = against or wanted[:1]
    spoken = {_department(said) for said in opinions(case)}
    return tuple(reference.code_label("departments", code) for code in wanted if code not in spoken)


def objections(case: Case) -> tuple[Record, ...]:
    """The opinions of the present inspection that do not agree."""
    return tuple(said for said in opinions(case) if not _agrees(said))


def _agrees(record: Record) -> bool:
    return bool(record.values.get("completion_opinion") == AGREES)


def _department(record: Record) -> str:
    return str(record.values.get("completion_department", ""))


def inspection(case: Case) -> Record | None:
    """The newest inspection on the application that stands; None while it waits for its first."""
    held = last(case, APPLIED) is not None and bool(since(case, INSPECTED, APPLIED))
    return last(case, *INSPECTIONS) if held else None


def passed(case: Case) -> bool:
    """Whether the newest inspection found everything right and nothing is waiting for rectification."""
    found = inspection(case)
    return found is not None and found.values.get("completion_result") == PASSED and not waiting(case)


def failed(case: Case) -> bool:
    """Whether there was an inspection and it was not passed."""
    return inspection(case) is not None and not passed(case)


def waiting(case: Case) -> tuple[Finding, ...]:
    """The defects nobody has closed, and those closed without a rectification on record (R12)."""
    return tuple(found for found in defects(case) if not found.closed or _unrecorded(case, found))


def _unrecorded(case: Case, finding: Finding) -> bool:
    places = {record.id: at for at, record in enumerate(case.records)}
    begun = [record.id for record in records(case, *DEFECTS.found_in)][finding.round - 1]
    return not any(
        places[begun] < places[record.id] < places[finding.closed]
        for record in records(case, RECTIFIED)
        if finding.no in numbers_of(record.values.get("completion_rectified") or ())
    )


def defects(case: Case) -> tuple[Finding, ...]:
    """Every defect through all rounds, each with the day by which it must be rectified now."""
    later = {
        str(row.get("no", "")): str(row["due"])
        for record in records(case, REINSPECTED)
        for row in record.values.get("completion_closed") or ()
        if row.get("due")
    }
    found = findings(case, DEFECTS)
    return tuple(msgspec.structs.replace(each, due=later.get(each.no, each.due)) for each in found)


def forgotten(case: Case) -> tuple[str, ...]:
    """What inspections found that had to be made anew (退回重办): nobody has closed it."""
    struck = (record for record in case.records if record.kind in INSPECTIONS and record.redone)
    rows = (row for record in struck for row in record.values.get(DEFECTS.found_key) or ())
    return tuple(dict.fromkeys(str(row.get("what", "")) for row in rows))


def numbers_of(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The numbers of the defects that rows are about."""
    return {str(row.get("no", "")) for row in rows}


def reported(case: Case) -> dict[str, dict[str, str]]:
    """What was reported rectified since the newest inspection, by the number of the defect."""
    found = since(case, RECTIFIED, *INSPECTIONS)
    return {str(row.get("no", "")): row for record in found for row in record.values["completion_rectified"]}


def recheck_due(case: Case) -> bool:
    """Whether a re-inspection is waited for: it failed, and every defect has its rectification on record."""
    found = {each.no for each in waiting(case)}
    return failed(case) and bool(found) and found <= reported(case).keys()


def due(case: Case) -> bool:
    """Whether an inspection is waited for: applied for, or everything was rectified."""
    return recheck_due(case) or (last(case, APPLIED) is not None and inspection(case) is None)


def delivered(case: Case) -> bool:
    """Whether both sides have signed the newest minutes."""
    return bool(since(case, DELIVERED, *INSPECTIONS))


def turn(case: Case) -> int:
    """报验次数: which time the works are reported, from 1."""
    return max(len(meetings(case)) + due(case), 1)
