"""Making what is derived anew from the log: cases and the organisation, case by case."""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, delete, select

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import open_body
from yekuo_desktop.domain.merging import fold_ruled
from yekuo_desktop.domain.office_acts import apply_office, is_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.rulings import COUNTING, read_ruling
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import OFFICE, Centre, station_stream
from yekuo_desktop.server.organisations import Org, all_orgs, office_row
from yekuo_desktop.server.standing import CASE, Standing, case_row

AT_ONCE = 1000


def scan(connection: Connection, question: Select[Any]) -> Iterator[Any]:
    """Row by row, with memory for a few."""
    return iter(connection.execute(question.execution_options(yield_per=AT_ONCE)))


def folded_cases(connection: Connection, org: Org) -> Iterator[dict[str, Any]]:
    """Every case as its rows make it, as it is stored: from the stream it stands in."""
    log, entries = tables.log.c, tables.entries.c
    same = (entries.device == log.device, entries.incarnation == log.incarnation, entries.n == log.n)
    question = (
        select(log.subject, log.stream, log.seq, log.verdict, log.ruling, entries.body)
        .where(log.org == org.org, entries.org == org.org, *same)
        .where(log.subject >= CASE, log.subject < "case;", log.verdict.in_(tuple(COUNTING)))
        .order_by(log.subject, log.stream, log.seq)
    )
    for _, rows in groupby(scan(connection, question), key=itemgetter(0)):
        standing = _newest(rows)
        if standing is not None:
            yield case_row(org.org, standing)


def _newest(rows: Iterator[Any]) -> Standing | None:
    """A case that moved is folded in each of its streams; it stands where its last row says."""
    folds = (
        (stream, standing)
        for stream, part in groupby(rows, key=itemgetter(1))
        if (standing := _folded(list(part))) is not None
    )
    there = [standing for stream, standing in folds if station_stream(standing.station) == stream]
    return max(there, key=lambda standing: standing.case.rev, default=None)


def _folded(rows: list[Any]) -> Standing | None:
    case: Case | None = None
    for row in rows:
        case = fold_ruled(case, open_body(bytes(row.body)), row.verdict, read_ruling(row.ruling))
    return Standing(case, case.station, int(rows[-1].seq)) if case is not None else None


def folded_office(connection: Connection, org: Org) -> tuple[Organisation, int]:
    """The organisation as its rows make it, and the place of the last of them."""
    log, entries = tables.log.c, tables.entries.c
    same = (entries.device == log.device, entries.incarnation == log.incarnation, entries.n == log.n)
    question = (
        select(log.seq, entries.body)
        .where(log.org == org.org, entries.org == org.org, *same)
        .where(log.stream == OFFICE, log.verdict.in_(tuple(COUNTING)))
        .order_by(log.seq)
    )
    organisation, seq = Organisation(), 0
    for row in scan(connection, question):
        entry = open_body(bytes(row.body))
        if is_office(entry):
            organisation, seq = apply_office(organisation, entry), int(row.seq)
    return organisation, seq


def rebuild(centre: Centre) -> int:
    """Cases and organisations anew, one organisation a transaction; how many cases."""
    with centre.database.read() as connection:
        orgs = all_orgs(connection)
    return sum(_rebuild(centre, org) for org in orgs)


def _rebuild(centre: Centre, org: Org) -> int:
    total = 0
    with centre.database.write() as connection:
        c = tables.streams.c
        connection.execute(select(c.seq).where(c.org == org.org).order_by(c.stream).with_for_update()).all()
        connection.execute(delete(tables.cases).where(tables.cases.c.org == org.org))
        rows = folded_cases(connection, org)
        while batch := list(islice(rows, AT_ONCE)):
            centre.database.add(connection, tables.cases, batch)
            total += len(batch)
        organisation, seq = folded_office(connection, org)
        if seq:
            centre.database.put(connection, tables.office, [office_row(org.org, seq, organisation)])
    return total
