"""Numbered findings of reviews and inspections: what, what is required, who is responsible, by when;
and their closing with evidence. The same for design review, intermediate and completion inspection
(regulations.md 2.10, 2.11; product.md 5: every defect names who is responsible and by when)."""

from collections.abc import Iterator, Mapping

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.records import records


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding. ``no`` counts through all rounds of a case; ``closed`` is the id of the record that
    closed it, "" while it is open."""

    no: str
    round: int
    what: str
    required: str = ""
    responsible: str = ""  # code of resources/codes/responsible.toml
    due: str = ""  # ISO date
    closed: str = ""
    evidence: str = ""


FINDING_COLUMNS = (
    Field(key="what", label="问题", required=ALL_SHEETS, max_length=300),
    Field(key="required", label="整改要求", required=ALL_SHEETS, max_length=300),
    Field(key="responsible", label="责任方", kind=Kind.CODE, codes="responsible", required=ALL_SHEETS),
    Field(key="due", label="整改期限", kind=Kind.DATE, required=ALL_SHEETS),
)
CLOSING_COLUMNS = (
    Field(key="no", label="问题序号", kind=Kind.COUNT, required=ALL_SHEETS),
    Field(key="outcome", label="复查情况", required=ALL_SHEETS, max_length=300),
    Field(key="evidence", label="整改证据", required=ALL_SHEETS, max_length=200),
)


class Trail(msgspec.Struct, frozen=True):
    """Where findings are recorded and where they are closed: kinds of tasks and the keys of their rows."""

    found_in: tuple[str, ...]
    found_key: str
    closed_in: tuple[str, ...]
    closed_key: str


def findings(case: Case, trail: Trail) -> tuple[Finding, ...]:
    """Every finding of a case in order, open or closed."""
    closed = dict(_closings(case, trail))
    return tuple(_closed(finding, closed) for finding in _found(case, trail))


def still_open(case: Case, trail: Trail) -> tuple[Finding, ...]:
    """The findings nobody has closed with evidence."""
    return tuple(finding for finding in findings(case, trail) if not finding.closed)


def _found(case: Case, trail: Trail) -> Iterator[Finding]:
    count = 0
    for turn, record in enumerate(records(case, *trail.found_in), start=1):
        for row in record.values.get(trail.found_key) or ():
            count += 1
            yield _finding(row, str(count), turn)


def _finding(row: Mapping[str, str], no: str, turn: int) -> Finding:
    return Finding(
        no=no,
        round=turn,
        what=row.get("what", ""),
        required=row.get("required", ""),
        responsible=row.get("responsible", ""),
        due=row.get("due", ""),
    )


def _closings(case: Case, trail: Trail) -> Iterator[tuple[str, tuple[str, str]]]:
    for record in records(case, *trail.closed_in):
        for row in record.values.get(trail.closed_key) or ():
            if row.get("evidence"):
                yield row.get("no", ""), (record.id, row["evidence"])


def _closed(finding: Finding, closed: Mapping[str, tuple[str, str]]) -> Finding:
    record, evidence = closed.get(finding.no, ("", ""))
    return msgspec.structs.replace(finding, closed=record, evidence=evidence)
