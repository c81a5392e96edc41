"""Numbered findings of reviews and inspections: what, what is required, who is responsible, by when;
and their closing with evidence. The same for design review, intermediate and completion inspection
(regulations.md 2.10, 2.11; product.md 5: every defect names who is responsible and by when)."""

from collections.abc import Iterator, Mapping

import msgspec

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind, Problem, Values
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
    outcome: str = ""
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
    """Every finding of a case in order, open or closed. A record closes only what was found before it: the
    rectification of what had to be inspected anew (退回重办) closes nothing that was found then."""
    found: dict[str, Finding] = {}
    turn = 0
    for record in records(case, *dict.fromkeys((*trail.found_in, *trail.closed_in))):
        if record.kind in trail.closed_in:
            _close(found, record, trail)
        if record.kind in trail.found_in:
            turn += 1
            rows = record.values.get(trail.found_key) or ()
            new = (_finding(row, str(no), turn) for no, row in enumerate(rows, start=len(found) + 1))
            found |= {finding.no: finding for finding in new}
    return tuple(found.values())


def still_open(case: Case, trail: Trail) -> tuple[Finding, ...]:
    """The findings nobody has closed with evidence."""
    return tuple(finding for finding in findings(case, trail) if not finding.closed)


def round_of(case: Case, trail: Trail, record: Record | None) -> int:
    """Which round a record of ``found_in`` was, from 1; 0 where it is none."""
    kept = [found.id for found in records(case, *trail.found_in)]
    return kept.index(record.id) + 1 if record is not None and record.id in kept else 0


def numbered(case: Case, trail: Trail, record: Record | None) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The rows of one record as they were found, each with its number through all rounds."""
    turn = round_of(case, trail, record)
    numbers = [finding.no for finding in findings(case, trail) if finding.round == turn]
    rows = record.values.get(trail.found_key) or () if record is not None else ()
    return tuple(zip(numbers, rows, strict=True)) if turn else ()


def closing_problems(case: Case, trail: Trail, values: Values, *, noun: str, done: str) -> Iterator[Problem]:
    """What is wrong with the rows that answer findings: a number that is not open, or one answered twice.
    ``noun`` is what findings are called here, ``done`` how one says that they are dealt with."""
    waiting = {finding.no for finding in still_open(case, trail)}
    said = [str(row.get("no", "")) for row in values.get(trail.closed_key) or ()]
    unknown = [no for no in dict.fromkeys(said) if no not in waiting]
    if unknown:
        yield Problem(trail.closed_key, f"没有第 {'、'.join(unknown)} 条{noun},或已经{done}")
    twice = [no for no in dict.fromkeys(said) if said.count(no) > 1]
    if twice:
        yield Problem(trail.closed_key, f"第 {'、'.join(twice)} 条{noun}写了两次")


def unanswered(case: Case, trail: Trail, values: Values, *, with_evidence: bool = False) -> tuple[str, ...]:
    """The numbers of open findings these rows do not answer (``with_evidence``: answer but do not prove)."""
    rows = values.get(trail.closed_key) or ()
    said = {str(row.get("no", "")) for row in rows if row.get("evidence") or not with_evidence}
    return tuple(finding.no for finding in still_open(case, trail) if finding.no not in said)


def _finding(row: Mapping[str, str], no: str, turn: int) -> Finding:
    return Finding(
        no=no,
        round=turn,
        what=row.get("what", ""),
        required=row.get("required", ""),
        responsible=row.get("responsible", ""),
        due=row.get("due", ""),
    )


def _close(found: dict[str, Finding], record: Record, trail: Trail) -> None:
    for row in record.values.get(trail.closed_key) or ():
        finding = found.get(str(row.get("no", "")))
        if finding is not None and row.get("evidence"):
            words = {"evidence": row["evidence"], "outcome": row.get("outcome", "")}
            found[finding.no] = msgspec.structs.replace(finding, closed=record.id, **words)
